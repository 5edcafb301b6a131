"""Diagnose four trainings from their curves."""

from course_utils.exercises import ValuesExercise

diagnose = ValuesExercise(
    "diagnose",
    points=2,
    title="Four trainings, four findings",
    reference=lambda: {"north": "underfits", "east": "overfits", "south": "stopped too soon", "west": "fits"},
)
diagnose.offer("underfits", "overfits", "fits", "stopped too soon")
diagnose.right("capital letters", north="Underfits", west="FITS")
diagnose.right("with a stray space", east="overfits ", south=" Stopped too soon")
diagnose.wrong(
    "small-gap-means-fit",
    "In north the two curves lie close together, but where? Its *training* loss has stopped at a "
    "high level. Could a network that has understood the digits be so often wrong?",
    north="fits",
)
diagnose.wrong(
    "high-loss-means-overfitting",
    "north does badly on the digits it trains on as well. What has it learned by heart, then?",
    north="overfits",
)
diagnose.wrong(
    "training-loss-only",
    "east's training loss is nearly 0, but that is the loss on its exercises. What does the other "
    "curve do after epoch 5?",
    east="fits",
)
diagnose.wrong(
    "falling-means-done",
    "The two curves of south keep together, but they end higher than those of west. Look at the last epochs: are they level yet?",
    south="fits",
)
diagnose.wrong(
    "still-high-means-too-small",
    "south is still above west, but its curves are on their way down. What would you do "
    "before you build a larger network?",
    south="underfits",
)
diagnose.wrong(
    "any-gap-means-overfitting",
    "In west the validation loss is a little higher than the training loss, as it nearly always "
    "is. Overfitting is when it *rises*. Does it?",
    west="overfits",
)
