"""Why the solutions of this lesson are as they are, and which other way is worth a look."""

from course_utils.exercises import Explained

EXPLAINED = {
    "relu": Explained(
        "What is above 0 stays, everything else becomes 0. `np.where` decides for every number by itself, so one line serves numbers and tables alike.",
        variant="mask",
        way="`x > 0` is 1 or 0 for each number, and the product keeps or erases it. The same mask is the slope of ReLU, which lesson 06 needs.",
    ),
    "sigmoid": Explained(
        "The formula as it stands: e to the power of minus x, plus 1, under 1. For large negative x the power overflows to infinity, and 1 over infinity is 0, which is right.",
    ),
    "sigmoid-slope": Explained(
        "The slope is s(1 − s), with s the sigmoid. Written with e^(−|x|) it never overflows, and for large |x| nothing is lost by taking a number near 1 from 1.",
    ),
    "softmax": Explained(
        "Powers make every score positive, and dividing by their sum makes shares of them. Taking the largest score away first changes no share, because it divides all powers by the same number, and it keeps the powers from overflowing. `keepdims=True` lets each row keep its own sum.",
        variant="through the logarithm",
        way="Dividing by the sum is taking its logarithm away before the power. Losses need the logarithm of the shares anyway, so lesson 04 stops one step earlier.",
    ),
    "merge-layers": Explained(
        "(x W1 + b1) W2 + b2 multiplied out is x (W1 W2) + (b1 W2 + b2): again one table and one bias. So without an activation between them two layers can do no more than one.",
        variant="by probing with unit inputs",
        way="An input of zeros shows the bias, and an input with a single 1 shows one row of the table. Any linear machine can be read off in this way, without looking inside.",
    ),
    "choose-activation": Explained(
        "Hidden layers need a bend that costs little: ReLU. One yes-or-no answer is one probability, the sigmoid; one class of several is a row of shares, softmax. A price may be any number, so nothing may squeeze it.",
    ),
}
