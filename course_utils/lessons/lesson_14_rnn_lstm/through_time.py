"""An extra: the gradients of an RNN, from the last memory back to the first word."""

import numpy as np

from course_utils import nn
from course_utils.exercises import FunctionExercise, edge, random, small

from .common import recurrent_weights
from .read_sequence import all_memories


def gradients_through_time(dh, x, memories, recurrent_kernel):
    """The gradients of kernel, recurrent kernel and bias, given the slope of the last memory."""
    before = np.concatenate([np.zeros_like(memories[:, :1]), memories[:, :-1]], axis=1)
    dz = np.empty_like(memories)
    for t in reversed(range(x.shape[1])):
        dz[:, t] = dh * (1 - memories[:, t] ** 2)
        dh = dz[:, t] @ recurrent_kernel.T
    return np.einsum("ntd,ntf->df", x, dz), np.einsum("ntg,ntf->gf", before, dz), dz.sum(axis=(0, 1))


through_time = FunctionExercise(
    "through-time",
    answer="backward_through_time",
    reference=gradients_through_time,
    points=4,
    title="Backpropagation through time",
    library=(nn.SimpleRNN,),
    extra=True,
)


@through_time.cases
def _(rng):
    yield small(
        "one sequence of two words, 1 and 2; memories 0.5 and 0.8",
        np.array([[1.0]]),
        np.array([[[1.0], [2.0]]]),
        np.array([[[0.5], [0.8]]]),
        np.array([[2.0]]),
    )

    def read(count, steps, inputs, units, size=0.6):
        kernel, recurrent_kernel, bias = (size * w for w in recurrent_weights(rng, inputs, units))
        x = rng.normal(size=(count, steps, inputs))
        return (
            rng.normal(size=(count, units)),
            x,
            all_memories(x, kernel, recurrent_kernel, bias),
            recurrent_kernel,
        )

    yield random("two sequences of four words", *read(2, 4, 3, 5))
    yield random("three sequences of three words", *read(3, 3, 2, 2))
    yield edge("a sentence of thirty words", *read(1, 30, 2, 3))
    yield edge("sequences of a single word", *read(3, 1, 2, 4))
    dh, x, memories, recurrent_kernel = read(2, 4, 3, 2)
    yield edge("words that are whole numbers", dh, x.round().astype(int), memories, recurrent_kernel)


@through_time.variant("step by step, from the last to the first")
def _(dh, x, memories, recurrent_kernel):
    before = np.concatenate([np.zeros_like(memories[:, :1]), memories[:, :-1]], axis=1)
    dkernel = np.zeros((x.shape[2], memories.shape[2]))
    drecurrent, dbias = np.zeros_like(recurrent_kernel), np.zeros(memories.shape[2])
    for t in reversed(range(x.shape[1])):
        dz = dh * (1 - memories[:, t] ** 2)
        dkernel += x[:, t].T @ dz
        drecurrent += before[:, t].T @ dz
        dbias += dz.sum(axis=0)
        dh = dz @ recurrent_kernel.T
    return dkernel, drecurrent, dbias


@through_time.variant("all slopes first, the sums afterwards")
def _(dh, x, memories, recurrent_kernel):
    slopes = []
    for h in memories.swapaxes(0, 1)[::-1]:
        slopes.append(dh * (1 - h) * (1 + h))
        dh = np.einsum("nf,gf->ng", slopes[-1], recurrent_kernel)
    dz = np.array(slopes[::-1])
    steps = x.swapaxes(0, 1)
    return [
        sum(steps[t].T @ dz[t] for t in range(len(dz))),
        sum((memories[:, t - 1].T @ dz[t] for t in range(1, len(dz))), start=np.zeros_like(recurrent_kernel)),
        dz.sum(axis=1).sum(axis=0),
    ]


through_time.slip(
    "last-step-only",
    "Only the last step has its say. The same weights were used at every step before it: how does the slope get there?",
    "reversed(range(x.shape[1]))",
    "[x.shape[1] - 1]",
)

through_time.slip(
    "forwards",
    "You begin with the first word. The slope is known at the last memory: from which end do you have to go?",
    "reversed(range(x.shape[1]))",
    "range(x.shape[1])",
)

through_time.slip(
    "slope-not-carried-on",
    "Every step gets the slope of the last memory. What is the slope of the memory one step *earlier*?",
    "dbias += dz.sum(axis=0)\n        dh = dz @ recurrent_kernel.T",
    "dbias += dz.sum(axis=0)",
)

through_time.slip(
    "kernel-not-turned",
    "You multiply by the recurrent kernel as on the way forward. On the way back a table is turned round.",
    "dz @ recurrent_kernel.T",
    "dz @ recurrent_kernel",
)

through_time.slip(
    "no-tanh",
    "The slope passes through tanh as if it were not there. Its own slope is 1 - h², and h is in `memories`.",
    "dh * (1 - memories[:, t] ** 2)",
    "dh * 1",
)

through_time.slip(
    "tanh-left-out-on-the-way",
    "Your gradients at a step have the slope of tanh, and what you carry to the step before has it not. Which of your two slopes goes through the kernel?",
    "dh = dz @ recurrent_kernel.T",
    "dh = dh @ recurrent_kernel.T",
)

through_time.slip(
    "no-square",
    "You take 1 - h for the slope of tanh. What is it at h = 0.8: 0.2, or 0.36?",
    "memories[:, t] ** 2",
    "memories[:, t]",
)

through_time.slip(
    "sigmoid-s-slope",
    "h (1 - h) is the slope of a sigmoid. Here the memory comes out of tanh.",
    "(1 - memories[:, t] ** 2)",
    "memories[:, t] * (1 - memories[:, t])",
)

through_time.slip(
    "memory-after-the-step",
    "The recurrent kernel read the memory from *before* the step, and you give it the one from after it. What did the first step read?",
    "before[:, t].T @ dz",
    "memories[:, t].T @ dz",
)

through_time.slip(
    "first-memory-not-empty",
    "Before the first word the memory was empty. Which number stands for that?",
    "np.zeros_like(memories[:, :1])",
    "np.ones_like(memories[:, :1])",
)

through_time.slip(
    "kernel-overwritten",
    "The gradient of the kernel is that of the first step alone: each step overwrites the one before. Shares of all steps are added.",
    "dkernel += ",
    "dkernel = ",
)

through_time.slip(
    "recurrent-kernel-overwritten",
    "The gradient of the recurrent kernel is that of one step alone: each step overwrites the one before. Shares of all steps are added.",
    "drecurrent += ",
    "drecurrent = ",
)

through_time.slip(
    "bias-overwritten",
    "The gradient of the bias is that of one step alone: each step overwrites the one before. Shares of all steps are added.",
    "dbias += ",
    "dbias = ",
)

through_time.slip(
    "bias-as-a-mean",
    "The bias took part in every row, and you take the mean over the rows. A gradient adds what comes back.",
    "dz.sum(axis=0)",
    "dz.mean(axis=0)",
)

through_time.slip(
    "mean-over-the-steps",
    "Everything is divided by the number of steps. The loss does not ask how many there were: shares are added.",
    "return dkernel, drecurrent, dbias",
    "return dkernel / x.shape[1], drecurrent / x.shape[1], dbias / x.shape[1]",
)

through_time.slip(
    "kernels-exchanged",
    "The two kernels have changed places in your result. Which one was asked for first?",
    "return dkernel, drecurrent, dbias",
    "return drecurrent, dkernel, dbias",
)

through_time.slip(
    "downhill-already",
    "Every sign is the other way round. The step downhill is taken later.",
    "return dkernel, drecurrent, dbias",
    "return -dkernel, -drecurrent, -dbias",
)

_BEFORE = "[np.zeros_like(memories[:, :1]), memories[:, :-1]"
through_time.equivalent(
    f"{_BEFORE}]", f"{_BEFORE}, memories[:, :-1]]", why="what stands behind the last step is never read"
)
through_time.equivalent(":-1", ":", why="what stands behind the last step is never read")
for _zeros in ("memories[:, :1]", "recurrent_kernel"):
    _wrong = f"np.zeros_like({_zeros}, dtype='uint8')"
    through_time.equivalent(f"np.zeros_like({_zeros})", _wrong, why="zeros of any type are zeros")
through_time.equivalent("x.shape[1]", "memories.shape[1]", why="there is a memory for each step")
for _array in ("memories", "x"):
    through_time.equivalent(f"{_array}.swapaxes(0, 1)", f"{_array}.swapaxes(1, 0)", why="an exchange has no order")
through_time.equivalent("dz.sum(axis=1)", "dz.sum(axis=0)", why="both axes are summed, in either order")
