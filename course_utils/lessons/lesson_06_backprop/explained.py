"""Why the solutions of this lesson are as they are, and which other way is worth a look."""

from course_utils.exercises import Explained

EXPLAINED = {
    "graph-gradients": Explained(
        "Walk from the loss to the inputs and multiply the local slopes on the way. For a product the local slope is the *other* factor, for a sum it is 1. Where two ways lead back to the same number, their slopes are added.",
    ),
    "sigmoid-backward": Explained(
        "The local slope of the sigmoid is h(1 − h), and h is known from the way forward. What comes from above is multiplied by it, number by number.",
    ),
    "softmax-loss": Explained(
        "The loss is that of lesson 04. Its gradient by the scores is shares less 1 at the right class, divided by the number of rows, since the loss is a mean. Softmax and loss together are simpler than each alone.",
    ),
    "dense-backward": Explained(
        "Each shape tells where the product goes: `dx` is `dz` with `W` turned round, `dW` is `x` turned round with `dz`. A bias meets every row with the slope 1, so its gradient is the sum over the rows.",
        variant="b as the weight of an input that is always 1",
        way="With a column of ones beside `x`, the gradients of table and bias are one product: the last row is `db`.",
    ),
    "network-backward": Explained(
        "Every line of the way forward is answered by one of the way back, in the reverse order. ReLU lets a slope through where its input was above 0. What the way back needs, `h` and the shares, was computed on the way forward and is kept.",
    ),
    "find-wrong": Explained(
        "Each number is moved up and down by a little, and the slope measured so is held beside the claimed one. The difference is compared with the size of the gradient: 0.001 is much beside 0.01 and little beside 1,000. Always a copy is moved.",
    ),
}
