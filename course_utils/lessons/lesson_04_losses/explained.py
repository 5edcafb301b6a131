"""Why the solutions of this lesson are as they are, and which other way is worth a look."""

from course_utils.exercises import Explained

EXPLAINED = {
    "mse": Explained(
        "The error of each number, squared, and the mean of all. The square makes every error count as positive and large ones count more; the mean makes the loss the same for few and many examples.",
    ),
    "mse-gradient": Explained(
        "The slope of a square is two times what is squared. The loss is a mean over all numbers, so each slope is divided by how many there are. The sign: a prediction that is too large has a positive slope.",
    ),
    "mean-surprise": Explained(
        "Where y is 1 the surprise is −log p, where y is 0 it is −log(1 − p). The two products pick the right one, since the other is multiplied by 0.",
        variant="the probability of what happened",
        way="First pick the probability that was given to what really happened, then take one logarithm. It reads as the idea itself.",
    ),
    "binary-crossentropy": Explained(
        "It is the same surprise, worked out from the logit. log(1 + e^z) overflows for a large z, so the larger of z and 0 is taken out first and the power left inside is at most 1.",
        variant="logaddexp",
        way="log(e^0 + e^z) is a function of its own in NumPy, which takes the larger number out by itself. Then the loss is that, less y · z.",
    ),
    "sparse-crossentropy": Explained(
        "The logarithm of a share is the score less the logarithm of the sum of powers. The largest score is taken out first, so no power overflows, and the share itself, which may be 0, is never needed. Row n and column `labels[n]` pick the share of the right class.",
    ),
    "crossentropy-gradient": Explained(
        "For both losses the gradient by the logits is the same: shares less labels, divided by the number of examples. A class that got too large a share is pushed down, the right one up.",
        variant="one column as two classes",
        way="A sigmoid is a softmax over the score and 0. So one formula serves both losses.",
    ),
    "choose-loss": Explained(
        "A number without borders: squared error. One yes-or-no: binary cross-entropy; several independent ones: the same, one for each. One of several classes: categorical cross-entropy, *sparse* where the label is the number of the class instead of a row with a 1.",
    ),
}
