"""A transformer block, judged by computing it again in NumPy from its weights."""

import numpy as np

from course_utils import nn
from course_utils.exercises.keras_models.networks import is_model, no_model, shapes


def block_shapes(size, heads, hidden, key=None):
    """The shapes of norm, attention, norm, dense, dense, as Keras lists them; the key's size is size / heads."""
    return [*norm_shapes(size), *attention_shapes(size, heads, key), *norm_shapes(size), *dense_pair(size, hidden)]


def norm_shapes(size):
    return [(size,), (size,)]


def attention_shapes(size, heads, key=None):
    key = key or size // heads
    return 3 * [(size, heads, key), (heads, key)] + [(heads, key, size), (size,)]


def dense_pair(size, hidden):
    return [(size, hidden), (hidden,), (hidden, size), (size,)]


def normed(x, gamma, beta):
    return gamma * (x - x.mean(-1, keepdims=True)) / np.sqrt(x.var(-1, keepdims=True) + 1e-3) + beta


def attended(x, weights, causal):
    """Multi-head attention of sentences x (N, T, D) to themselves, from Keras's eight arrays."""
    q, k, v = (
        np.einsum("ntd,dhk->nhtk", x, kernel) + bias[:, None]
        for kernel, bias in zip(weights[:6:2], weights[1:6:2], strict=True)
    )
    y, _ = nn.attention(q, k, v, nn.causal_mask(x.shape[1]) if causal else None)
    return np.einsum("nhtv,hvd->ntd", y, weights[6]) + weights[7]


def block_forward(weights, x, causal, first=True, second=True, bend=nn.relu, end=nn.linear, detour=False):
    """The outputs of a block from its weights; `first` and `second` say whether the shortcuts are there."""
    a = normed(x, *weights[:2])
    x = attended(a, weights[2:10], causal) + first * (a if detour else x)
    a = normed(x, *weights[10:12])
    hidden = bend(a @ weights[12] + weights[13])
    return end(hidden @ weights[14] + weights[15]) + second * (a if detour else x)


def computes(seen, x, sizes, **options):
    """Whether the model has the right weights and computes exactly this forward pass."""
    if shapes(seen) != block_shapes(*sizes[:3]):
        return False
    expected = block_forward(seen["weights"], x, **{"causal": sizes[3]} | options)
    return expected.shape == np.shape(seen["outputs"]) and np.allclose(expected, seen["outputs"], atol=1e-3)


def problem_of(seen, x, sizes):
    """What is wrong with a block, or None."""
    if not is_model(seen):
        return no_model(seen, "build_block")
    if np.shape(seen["outputs"]) != x.shape:
        return (
            f"words of shape {x.shape} should come out in the same shape, but came out as {np.shape(seen['outputs'])}"
        )
    if shapes(seen) != block_shapes(*sizes[:3]):
        return (
            f"with the sizes {sizes[:3]} the weights, in the order of the drawing, should have the shapes {', '.join(map(str, block_shapes(*sizes[:3])))}; "
            f"yours have {', '.join(map(str, shapes(seen)))}"
        )
    if not computes(seen, x, sizes):
        return "the outputs are not those of norm, attention, shortcut, norm, two dense layers, shortcut"
    return None


def shaped(expected):
    """The mistake is recognised by the shapes of the weights, which `expected(*sizes)` tells."""
    return lambda seen, x, sizes: is_model(seen) and shapes(seen) == expected(*sizes[:3])


def behaves(**options):
    """The mistake is recognised by a forward pass with these options."""
    return lambda seen, x, sizes: is_model(seen) and computes(seen, x, sizes, **options)
