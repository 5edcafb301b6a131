"""Why the solutions of this lesson are as they are, and which other way is worth a look."""

from course_utils.exercises import Explained

EXPLAINED = {
    "draw": Explained(
        "Where real points are three times as dense as forged ones, the best answer is 3 / (3 + 1). If both are equally dense everywhere it is ½: two surprises of log 2 for the discriminator, one for the generator.",
    ),
    "discriminator-loss": Explained(
        "Real points should be called real, forged ones forged: two means of surprises, added. −log σ(z) is log(1 + e^(−z)), which `logaddexp` computes without overflow.",
    ),
    "generator-loss": Explained(
        "Both forms want the discriminator to err. The first one is flat where the forgery is bad, just when a slope is needed; the second has its largest slope there. The slopes are −σ(z) and −(1 − σ(z)), over n.",
        variant="the other form is the first plus the logits",
        way="−log σ(z) and log(1 − σ(z)) differ by a sign and by z itself: two lines serve both.",
    ),
    "generator-turn": Explained(
        "The slope goes from the loss through the discriminator to the points, and on to the two numbers of the generator. Only the generator moves: the discriminator hands the slope on and stays as it was.",
    ),
    "covered-modes": Explained(
        "Count for each center the samples within the radius, both ends included. A mode is covered when its share of all samples reaches the mark.",
    ),
    "contest": Explained(
        "Each network has an optimizer of its own, and each step moves the variables of one network only. The tape runs through both, since the generator's slope comes through the discriminator.",
    ),
}
