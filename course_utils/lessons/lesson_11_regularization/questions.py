"""Values to work out and questions to answer in words."""

from course_utils.exercises import ValuesExercise

diagnose = ValuesExercise(
    "diagnose",
    points=2,
    title="Four trainings, four findings",
    reference=lambda: {"north": "underfits", "east": "overfits", "south": "stopped too soon", "west": "fits"},
)


@diagnose.variant("capital letters")
def _():
    return {"north": "Underfits", "west": "FITS"}


@diagnose.variant("with a stray space")
def _():
    return {"east": "overfits ", "south": " Stopped too soon"}


@diagnose.mistake(
    "small-gap-means-fit",
    "In north the two curves lie close together, but where? Its *training* loss has stopped at a "
    "high level. Could a network that has understood the digits be so often wrong?",
)
def _():
    return {"north": "fits"}


@diagnose.mistake(
    "high-loss-means-overfitting",
    "north does badly on the digits it trains on as well. What has it learned by heart, then?",
)
def _():
    return {"north": "overfits"}


@diagnose.mistake(
    "training-loss-only",
    "east's training loss is nearly 0, but that is the loss on its exercises. What does the other "
    "curve do after epoch 5?",
)
def _():
    return {"east": "fits"}


@diagnose.mistake(
    "falling-means-done",
    "The two curves of south keep together, but they end higher than those of west. Look at the last epochs: are they level yet?",
)
def _():
    return {"south": "fits"}


@diagnose.mistake(
    "still-high-means-too-small",
    "south is still above west, but its curves are on their way down. What would you do "
    "before you build a larger network?",
)
def _():
    return {"south": "underfits"}


@diagnose.mistake(
    "any-gap-means-overfitting",
    "In west the validation loss is a little higher than the training loss, as it nearly always "
    "is. Overfitting is when it *rises*. Does it?",
)
def _():
    return {"west": "overfits"}
