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
diagnose.wrong(
    "north-still-falling",
    "north has hardly moved in its last five epochs. Would more epochs help it?",
    north="stopped too soon",
)
diagnose.wrong(
    "east-taken-for-underfitting",
    "east's training loss is nearly 0: it can do all its exercises. What is wrong with the other curve?",
    east="underfits",
)
diagnose.wrong(
    "east-stopped",
    "More epochs would make east worse: which way does its validation loss go at the end?",
    east="stopped too soon",
)
diagnose.wrong(
    "south-taken-for-overfitting",
    "In south the two curves fall together. Overfitting shows when the validation loss turns upwards: does it?",
    south="overfits",
)
diagnose.wrong(
    "west-taken-for-underfitting",
    "west's training loss is 0.2, far below that of north. Which of the two could be too simple?",
    west="underfits",
)
diagnose.wrong(
    "west-still-falling",
    "west has been level for its last epochs. What would more of them bring?",
    west="stopped too soon",
)
