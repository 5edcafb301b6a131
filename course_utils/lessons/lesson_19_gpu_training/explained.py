"""Why the solutions of this lesson are as they are, and which other way is worth a look."""

from course_utils.exercises import Explained

EXPLAINED = {
    "speed-up": Explained(
        "Steps are rounded up: the last, smaller batch is a step too. Only what runs on the device gets faster; the rest stays and sets a limit that no device can pass.",
    ),
    "epoch-time": Explained(
        "In turn, every batch costs loading and computing. With the next one prepared meanwhile, only the slower of the two counts, except for the first loading and the last computing.",
        variant="batch by batch",
        way="A clock for each of the two workers: the device starts when the batch is ready *and* it is free. Such a count also serves where batches differ.",
    ),
    "make-pipeline": Explained(
        "`cache` keeps what is always the same, so it comes before `shuffle`; a batch is made of mixed rows; `prefetch` comes last, so that whole batches are prepared ahead.",
    ),
    "lost-in-half": Explained(
        "In 16 bits small numbers become 0 and large ones infinite. Lost is what was not 0 and is now 0; too large is what is infinite now.",
    ),
    "scaled-step": Explained(
        "A gradient that is not finite is thrown away and the scale halved. A good one is divided by the scale before the step. After `patience` good steps in a row the scale is doubled, and the count begins anew.",
    ),
    "build-mixed": Explained(
        "The layers compute in the policy's type; the last one, whose shares and their logarithms need the digits, in float32.",
    ),
    "whole-gradient": Explained(
        "A mean of means is wrong where the groups differ in size. Each device's mean counts as often as it has samples.",
        variant="np.average",
        way="A weighted mean by its own name: the counts are the weights.",
    ),
}
