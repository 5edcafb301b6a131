"""Several heads: each looks for itself, and their answers are added."""

import numpy as np

from course_utils import nn
from course_utils.exercises import FunctionExercise, edge, random, small


def heads_together(x, query_kernel, key_kernel, value_kernel, output_kernel):
    """The sum over heads h of attention(x Q_h, x K_h, x V_h) O_h."""
    return sum(
        nn.attention(x @ query_kernel[:, h], x @ key_kernel[:, h], x @ value_kernel[:, h])[0] @ output_kernel[h]
        for h in range(len(output_kernel))
    )


multi_head = FunctionExercise(
    "multi-head",
    reference=heads_together,
    points=4,
    title="Several heads",
    library=(nn.MultiHeadAttention,),
)


def head_kernels(rng, size, heads, key):
    """Random kernels in Keras's shapes: three (size, heads, key), one (heads, key, size)."""
    return (*rng.normal(size=(3, size, heads, key)), rng.normal(size=(heads, key, size)))


_THREE_NUMBERS = [[1, 0], [0, 1], [1, 1]], [[0, 1], [1, 0], [1, 0]], [[2, 1], [1, 2], [0, 1]]


@multi_head.cases
def _(rng):
    first, second = np.array([[[1.0], [0.0]], [[0.0], [1.0]]]), np.array([[[0.0], [1.0]], [[1.0], [0.0]]])
    yield small(
        "two words, two heads of one number",
        np.array([[1.0, 2.0], [0.5, -1.0]]),
        first,
        second,
        first + 1,
        np.array([[[1.0, 0.0]], [[1.0, 2.0]]]),
    )
    yield small(
        "two words of three numbers, two heads of one number",
        np.array([[1.0, 2.0, 0.0], [0.0, -1.0, 1.0]]),
        *(np.array(kernel, float)[:, :, None] for kernel in _THREE_NUMBERS),
        np.array([[[1.0, 0.0, 2.0]], [[0.0, 1.0, 1.0]]]),
    )
    yield random("three words, two heads of two numbers", rng.normal(size=(3, 4)), *head_kernels(rng, 4, 2, 2))
    yield random("five words, three heads of two numbers", rng.normal(size=(5, 6)), *head_kernels(rng, 6, 3, 2))
    yield edge("a single word", rng.normal(size=(1, 4)), *head_kernels(rng, 4, 2, 2))
    yield edge("four words, four heads", rng.normal(size=(4, 4)), *head_kernels(rng, 4, 4, 1))
    yield edge("a single head", rng.normal(size=(3, 5)), *head_kernels(rng, 5, 1, 5))
    yield edge("scores of thousands", 40 * rng.normal(size=(4, 4)), *head_kernels(rng, 4, 2, 2))


@multi_head.variant("all heads at once")
def _(x, query_kernel, key_kernel, value_kernel, output_kernel):
    q, k, v = (np.einsum("td,dhk->htk", x, kernel) for kernel in (query_kernel, key_kernel, value_kernel))
    s = q @ k.swapaxes(1, 2) / np.sqrt(q.shape[-1])
    w = np.exp(s - s.max(axis=-1, keepdims=True))
    answers = w / w.sum(axis=-1, keepdims=True) @ v
    return np.einsum("htv,hvd->htd", answers, output_kernel).sum(axis=0)


@multi_head.variant("answers side by side, then one product")
def _(x, query_kernel, key_kernel, value_kernel, output_kernel):
    heads, size = output_kernel.shape[:2]
    answers = []
    for h in range(heads):
        s = (x @ query_kernel[:, h]) @ (x @ key_kernel[:, h]).T / size**0.5
        w = np.exp(s - s.max(axis=1, keepdims=True))
        answers.append(w @ (x @ value_kernel[:, h]) / w.sum(axis=1, keepdims=True))
    return np.concatenate(answers, axis=1) @ output_kernel.reshape(heads * size, -1)


@multi_head.variant("head by head")
def _(x, query_kernel, key_kernel, value_kernel, output_kernel):
    total = 0
    for h in range(len(output_kernel)):
        s = (x @ query_kernel[:, h]) @ (x @ key_kernel[:, h]).T / output_kernel.shape[1] ** 0.5
        w = np.exp(s - s.max(axis=1, keepdims=True))
        total = total + w @ (x @ value_kernel[:, h]) / w.sum(axis=1, keepdims=True) @ output_kernel[h]
    return total


multi_head.slip(
    "first-head-only",
    "Only the first head has its say. Over which axis of the kernels do you have to loop?",
    ".sum(axis=0)",
    "[0]",
)


multi_head.slip(
    "last-head-only",
    (
        "Only the last head has its say: each turn of your loop overwrites the one before. "
        "What should happen to the heads' answers?"
    ),
    ".sum(axis=0)",
    "[-1]",
)

multi_head.slip(
    "averaged", "You take the mean over the heads. The formula adds their answers.", ".sum(axis=0)", ".mean(axis=0)"
)

multi_head.slip(
    "query-and-key-swapped",
    "Your queries are made with the key kernel and your keys with the query kernel. Which word asks?",
    "q, k, v = ",
    "k, q, v = ",
)

multi_head.slip(
    "keys-as-values", "What you mix was made with the key kernel. Which kernel makes the answers?", " @ v", " @ k"
)

multi_head.slip(
    "scaled-by-word-size",
    (
        "You divide by the root of the word's size. Inside a head a query is shorter: how many numbers "
        "does a score add up there?"
    ),
    "q.shape[-1]",
    "x.shape[-1]",
)

multi_head.slip(
    "not-scaled",
    "The scores go into softmax undivided. By the root of what does a head divide them?",
    " / np.sqrt(q.shape[-1])",
    "",
)

multi_head.slip(
    "columns-sum-to-one",
    "Inside a head your shares sum to 1 down the columns. Each word shares out among all words: along which axis do they lie?",
    "w.sum(axis=-1, keepdims=True)",
    "w.sum(axis=-2, keepdims=True)",
)

multi_head.slip(
    "no-softmax",
    "You mix the values with the bare scores. What makes shares of them?",
    "w / w.sum(axis=-1, keepdims=True)",
    "s",
)

multi_head.slip(
    "overflow",
    (
        "Small scores are right, scores of thousands give `nan`. Subtract each row's largest score first, or use your "
        "`attention_weights`."
    ),
    "s - s.max(axis=-1, keepdims=True)",
    "s",
)

multi_head.slip(
    "not-joined",
    (
        "You lay the heads' answers side by side and stop there. Which kernel turns each of them back into "
        "a row of the word's size?"
    ),
    'np.einsum("htv,hvd->htd", answers, output_kernel).sum(axis=0)',
    "answers.transpose(1, 0, 2).reshape(len(x), -1)",
)


@multi_head.mistake(
    "one-wide-head",
    "All heads share one table of weights, as if they were a single wide head. "
    "Every head should look for itself: where does its own softmax stand?",
)
def _(x, query_kernel, key_kernel, value_kernel, output_kernel):
    q, k, v = (
        np.einsum("td,dhk->thk", x, kernel).reshape(len(x), -1) for kernel in (query_kernel, key_kernel, value_kernel)
    )
    s = q @ k.T / np.sqrt(q.shape[-1])
    w = np.exp(s - s.max(axis=-1, keepdims=True))
    return w / w.sum(axis=-1, keepdims=True) @ v @ output_kernel.reshape(-1, x.shape[1])


multi_head.slip(
    "heads-not-added",
    "You return the answers of the heads beside each other. What does the sign in front of the formula do with them?",
    ".sum(axis=0)",
    "",
)

multi_head.slip(
    "shortcut-added",
    "Your sum starts with the words themselves. The formula adds the heads' answers, and nothing else.",
    'return np.einsum("htv,hvd->htd", answers, output_kernel)',
    'return x + np.einsum("htv,hvd->htd", answers, output_kernel)',
)

multi_head.slip(
    "weights-added",
    "You add up the heads' weights, (T, T) numbers. Which part of attention is the answer?",
    'np.einsum("htv,hvd->htd", answers, output_kernel).sum(axis=0)',
    "(w / w.sum(axis=-1, keepdims=True)).sum(axis=0)",
)

multi_head.slip(
    "one-kernel-for-both",
    "Your keys were made with the query kernel, so question and title are the same. Which kernel makes the keys?",
    "kernel in (query_kernel, key_kernel, value_kernel)",
    "kernel in (query_kernel, query_kernel, value_kernel)",
)

multi_head.slip(
    "looks-back-only",
    "You hide the future. In this exercise all words look at all words, without a mask.",
    "    w = np.exp",
    "    s = np.where(np.tri(len(x), dtype=bool), s, -np.inf)\n    w = np.exp",
)

multi_head.slip(
    "two-heads-always",
    "Right with two heads, and only with two. How many are there? The shape of `output_kernel` begins with it.",
    'np.einsum("htv,hvd->htd", answers, output_kernel)',
    'np.einsum("htv,hvd->htd", answers[:2], output_kernel[:2])',
)

multi_head.slip(
    "scaled-by-the-heads",
    "You divide by the root of the number of heads. How many numbers does a score add up inside a head?",
    "q.shape[-1]",
    "len(q)",
)

multi_head.slip(
    "scaled-by-the-words",
    "You divide by the root of the number of words. How many numbers does a score add up inside a head?",
    "q.shape[-1]",
    "len(x)",
)

for _counted, _name, _hint in (
    (
        "query_kernel",
        "numbers",
        "Your loop runs once for each number of a word. The axes of the first three kernels are word, head, number: along "
        "which of them do the heads lie?",
    ),
    (
        "x",
        "words",
        "Your loop runs once for each word. How many heads there are does not depend on the words: which array's shape says it?",
    ),
    (
        "output_kernel[0]",
        "numbers-of-a-head",
        "Your loop runs as often as a head has numbers, so it leaves heads out or asks for some that are not there. Which "
        "axis of the kernels counts the heads?",
    ),
):
    multi_head.slip(
        f"as-many-heads-as-{_name}", _hint, "range(len(output_kernel))", f"range(len({_counted}))", of="head by head"
    )

multi_head.equivalent("k.swapaxes(1, 2)", "k.swapaxes(2, 1)", why="a swap has no direction")
multi_head.equivalent("output_kernel.reshape(heads * size, -1)", why="the other number follows from it")
