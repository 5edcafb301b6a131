"""The forward pass of a transformer block in NumPy, and by what its mistakes are recognised."""

import numpy as np

from course_utils import nn
from course_utils.exercises.keras_models.networks import is_model, shapes


def block_shapes(size, heads, hidden, key=None):
    """The shapes of norm, attention, norm, dense, dense, as Keras lists them; the key's size is size / heads."""
    return [*norm_shapes(size), *attention_shapes(size, heads, key), *norm_shapes(size), *dense_pair(size, hidden)]


def norm_shapes(size):
    """Scale and shift of one norm."""
    return [(size,), (size,)]


def attention_shapes(size, heads, key=None):
    """Kernel and bias of queries, keys, values and output."""
    key = key or size // heads
    return 3 * [(size, heads, key), (heads, key)] + [(heads, key, size), (size,)]


def dense_pair(size, hidden):
    """Kernel and bias of the two dense layers."""
    return [(size, hidden), (hidden,), (hidden, size), (size,)]


def normed(x, gamma, beta):
    """Layer normalisation with Keras's epsilon."""
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


def shaped(expected):
    """The mistake is recognised by the shapes of the weights, which `expected(*sizes)` tells."""
    return lambda seen, x, sizes: is_model(seen) and shapes(seen) == expected(*sizes[:3])


def behaves(**options):
    """The mistake is recognised by a forward pass with these options."""
    return lambda seen, x, sizes: is_model(seen) and computes(seen, x, sizes, **options)
