"""The forward pass of a transformer block in NumPy, and by what its mistakes are recognised."""

from itertools import permutations

import numpy as np

from course_utils import nn
from course_utils.exercises import plain
from course_utils.exercises.compare import family
from course_utils.exercises.keras_models.networks import is_model, no_model, shapes
from course_utils.exercises.keras_models.unasked import told, unasked_setting

EPSILONS = (1e-3, 1e-6)  # Keras's own, and that of many transformers: the text asks for none


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


def one_norm_shapes(size, heads, hidden):
    """The shapes of a block with a single norm."""
    return norm_shapes(size) + bare_shapes(size, heads, hidden)


def layers_of(weights):
    """The weights layer by layer, in the order in which the layers were made: norms, attentions, dense layers."""
    sizes, layers, at = {1: 2, 2: 2, 3: 8}, [], 0
    while at < len(weights):
        count = sizes.get(np.ndim(weights[at]), 1)
        layers.append(list(weights[at : at + count]))
        at += count
    return layers


def arrangements(weights, wanted):
    """All ways to sort the layers so that the weights get the wanted shapes: a class may make its layers in any order."""
    layers = layers_of(weights)
    if len(layers) > 5:
        return
    for order in permutations(layers):
        sorted_weights = [w for layer in order for w in layer]
        if list(map(np.shape, sorted_weights)) == wanted:
            yield sorted_weights


def normed(x, gamma, beta, epsilon):
    """Layer normalisation."""
    return gamma * (x - x.mean(-1, keepdims=True)) / np.sqrt(x.var(-1, keepdims=True) + epsilon) + beta


def attended(x, weights, causal):
    """Multi-head attention of sentences x (N, T, D) to themselves, from Keras's eight arrays."""
    q, k, v = (
        np.einsum("ntd,dhk->nhtk", x, kernel) + bias[:, None]
        for kernel, bias in zip(weights[:6:2], weights[1:6:2], strict=True)
    )
    y, _ = nn.attention(q, k, v, nn.causal_mask(x.shape[1]) if causal else None)
    return np.einsum("nhtv,hvd->ntd", y, weights[6]) + weights[7]


def block_forward(weights, x, causal, epsilon, first=True, second=True, bend=nn.relu, end=nn.linear, detour=()):
    """The outputs of a block from its weights.

    `first` and `second` say whether the shortcuts are there, `detour` which of them start behind the norm.
    """
    a = normed(x, *weights[:2], epsilon)
    x = attended(a, weights[2:10], causal) + first * (a if "first" in detour else x)
    a = normed(x, *weights[10:12], epsilon)
    hidden = bend(a @ weights[12] + weights[13])
    return end(hidden @ weights[14] + weights[15]) + second * (a if "second" in detour else x)


def without_norms(weights, x, causal, epsilon):
    """The outputs of a block in which nothing is normalised."""
    x = x + attended(x, weights[:8], causal)
    return x + nn.relu(x @ weights[8] + weights[9]) @ weights[10] + weights[11]


def normed_afterwards(weights, x, causal, epsilon):
    """The outputs of a block whose norms stand behind the shortcuts."""
    x = normed(x + attended(x, weights[2:10], causal), *weights[:2], epsilon)
    return normed(x + nn.relu(x @ weights[12] + weights[13]) @ weights[14] + weights[15], *weights[10:12], epsilon)


def computes(seen, x, sizes, forward=block_forward, wanted=block_shapes, **options):
    """Whether the model has the right weights and computes exactly this forward pass."""
    options = {"causal": sizes[3]} | options
    return any(
        matches(forward(weights, x, epsilon=epsilon, **options), seen["outputs"])
        for weights in arrangements(seen["weights"], wanted(*sizes[:3]))
        for epsilon in EPSILONS
    )


def matches(one, other):
    """Whether two outputs are alike."""
    return np.shape(one) == np.shape(other) and np.allclose(one, other, atol=1e-3)


def bare_shapes(size, heads, hidden):
    """The shapes of a block without the scales and shifts of its norms."""
    return attention_shapes(size, heads) + dense_pair(size, hidden)


def norms_bare(seen, x, sizes):
    """Whether the block is right but for norms that lack a scale or a shift, its layers in the order of the drawing."""
    weights = seen["weights"] if is_model(seen) else []
    found = [np.ndim(w) for w in weights]
    if 3 not in found or len(found) - found.index(3) < 12:
        return False
    start, end = found.index(3), len(found) - 4
    attention, pair = weights[start : start + 8], weights[end:]
    if list(map(np.shape, [*attention, *pair])) != bare_shapes(*sizes[:3]) or (start, end - start - 8) == (2, 2):
        return False
    return any(
        matches(block_forward([*one, *attention, *other, *pair], x, sizes[3], epsilon), seen["outputs"])
        for one in _completed(weights[:start])
        for other in _completed(weights[start + 8 : end])
        for epsilon in EPSILONS
    )


def _completed(norm):
    """The scales and shifts that a norm with these weights may stand for: 1 and 0 where it has none."""
    if len(norm) == 1:
        return [(norm[0], 0.0), (1.0, norm[0])]
    return [tuple(norm) or (1.0, 0.0)] if len(norm) < 3 else []


def shaped(expected):
    """The mistake is recognised by the shapes of the weights, which `expected(*sizes)` tells."""
    return lambda seen, x, sizes: is_model(seen) and shapes(seen) == expected(*sizes[:3])


def behaves(**options):
    """The mistake is recognised by a forward pass with these options, where the right one gives something else."""
    return lambda seen, x, sizes: (
        is_model(seen) and computes(seen, x, sizes, **options) and not computes(seen, x, sizes)
    )


def right_but(test):
    """The outputs are right, and the mistake is recognised by `test(seen)`."""
    return lambda seen, x, sizes: is_model(seen) and computes(seen, x, sizes) and bool(test(seen))


def use(answer, x, sizes):
    """A block with random weights: its outputs in use and in training, and whether another call shares its layers."""
    model = answer(*sizes)
    if not hasattr(model, "get_weights"):
        return family(model)
    model(x)  # a model that was written as a class has its weights only now
    rng = np.random.default_rng(0)  # fresh weights start with biases of 0, which would hide a missing one
    model.set_weights([np.float32(rng.normal(0, 0.5, np.shape(w))) for w in model.get_weights()])
    seen = {"outputs": model(x), "training": model(x, training=True), "weights": model.get_weights()}
    other = answer(*sizes)
    other(x)
    theirs = other.get_weights()
    return seen | {
        "trainable": len(plain(list(model.trainable_weights))),
        "told": told(model),
        "alike": any(np.ptp(w) == 0 for layer in layers_of(theirs) if np.ndim(layer[0]) > 1 for w in layer[::2]),
        "shared": any(np.array_equal(a, b) for a, b in zip(seen["weights"], theirs, strict=False)),
    }


def problem_of(seen, x, sizes):
    """What is wrong with a block, or None."""
    if not is_model(seen):
        return no_model(seen, "build_block")
    if np.shape(seen["outputs"]) != x.shape:
        return (
            f"words of shape {x.shape} should come out in the same shape, but came out as {np.shape(seen['outputs'])}"
        )
    if sorted(shapes(seen)) != sorted(block_shapes(*sizes[:3])):
        return (
            f"with the sizes {sizes[:3]} the weights, in the order of the drawing, should have the shapes {', '.join(map(str, block_shapes(*sizes[:3])))}; "
            f"yours have {', '.join(map(str, shapes(seen)))}"
        )
    if not computes(seen, x, sizes):
        return "the outputs are not those of norm, attention, shortcut, norm, two dense layers, shortcut"
    if not matches(seen["outputs"], seen["training"]):
        return "in training the outputs are others than in use. The drawing has no layer that does that"
    if seen["trainable"] != len(seen["weights"]):
        return f"only {seen['trainable']} of its {len(seen['weights'])} arrays of weights can be trained"
    if seen["alike"]:
        return "the numbers of a kernel are all alike at first. Leave the layers their usual random start"
    if seen["shared"]:
        return "two calls of build_block gave the same layers. Each call should make new ones"
    return unasked_setting(seen)
