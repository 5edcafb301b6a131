"""A layer whose slopes pass through 16 bits, and what goes wrong with their scale, the mixing and two devices."""

import numpy as np

from course_utils import nn
from course_utils.data.samples import digits, held_back, scaled
from course_utils.environment import Lazy
from course_utils.exercises import RepairExercise
from course_utils.exercises.symptoms import Goal, bursts, only_training, stands, stays_high

tf = Lazy("tensorflow")


def half_trained(x, y, new, seed):
    """Program 1: a layer 784-10, slopes in 16 bits. The loss after each epoch, and the shares of new digits."""
    kernel, scale = np.zeros((784, 10)), 1.0
    pairs = tf.data.Dataset.from_tensor_slices((x, y))
    batches = pairs.shuffle(1000, seed=seed).batch(25).prefetch(tf.data.AUTOTUNE)
    losses = []
    for _ in range(8):
        for images, labels in batches.as_numpy_iterator():
            _, dscores = nn.softmax_crossentropy(labels, images @ kernel)
            half = (scale * dscores).astype(np.float16)
            if not np.isfinite(half).all():
                scale = scale / 2
                continue
            dkernel = images.T @ half.astype(np.float32) / scale
            kernel = kernel - 0.2 * dkernel
        scale = scale * 8
        losses.append(nn.sparse_categorical_crossentropy(y, x @ kernel, from_logits=True))

    halves = np.array_split(new, 2)
    answers = [nn.softmax(part @ kernel) for part in halves]
    return losses, np.concatenate(answers)


repair_scale = RepairExercise(
    "repair-scale",
    program=half_trained,
    title="Repair a program",
    symptoms=[bursts, stands, stays_high, only_training],
    goal=Goal(loss=0.4, accuracy=0.75, classes=10),
)


@repair_scale.cases
def _(rng):
    known, unseen = digits(), held_back()
    rows, others = rng.permutation(len(known.x_train))[:1000], rng.permutation(len(unseen.x))[:500]
    rows = rows[np.argsort(known.y_train[rows], kind="stable")]
    x, new = (scaled(images).reshape(-1, 784) for images in (known.x_train[rows], unseen.x[others]))
    yield "1,000 digits", x, known.y_train[rows].astype(int), new, unseen.y[others].astype(int), int(rng.integers(1000))


repair_scale.bug(
    "scale-not-divided-out",
    bursts,
    "Follow a slope of 0.01 from `dscores` to `kernel`. How large is it in `half`, and how large in `dkernel`?",
    "half.astype(np.float32) / scale",
    "half.astype(np.float32)",
    why="the slopes were multiplied by the scale and never divided by it, so with every growth of the scale the steps became longer, in the end about a million times too long.",
)
repair_scale.bug(
    "mixes-ten",
    stays_high,
    "Print the labels of the first three batches. What must `shuffle` hold so that any digit may come first?",
    "pairs.shuffle(1000",
    "pairs.shuffle(10",
    why="the digits came sorted, and `shuffle` held only ten of them. Each batch was made of one kind, or of two, so each step forgot the other kinds.",
)
repair_scale.bug(
    "good-steps-skipped",
    stands,
    "Count the steps of an epoch that reach the last line of the inner loop. Which steps should be skipped, and which are?",
    "if not np.isfinite(half).all()",
    "if np.isfinite(half).all()",
    why="the question was turned round: steps whose slopes fit into 16 bits were skipped. These were all, so the kernel stayed at 0.",
)
repair_scale.bug(
    "every-second-row",
    only_training,
    "Training is well. Two devices answer one half each. In which order do the rows stand in `new`, and in which in the answer?",
    "np.array_split(new, 2)",
    "[new[0::2], new[1::2]]",
    why="one device got every second row, the other the rest, and their answers were put one behind the other. So nearly every row got the answer of another one.",
)
repair_scale.another("a smaller rate", "0.2 * dkernel", "0.15 * dkernel")
