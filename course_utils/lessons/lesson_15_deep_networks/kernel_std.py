"""The standard deviation of the first weights: He's rule for ReLU, Glorot's for the other activations."""

import numpy as np

from course_utils.exercises import FunctionExercise, edge, random, small


def first_std(fan_in, fan_out, activation):
    """The standard deviation of the first weights: He's sqrt(2 / fan_in) for ReLU, else Glorot's."""
    if activation == "relu":
        return np.sqrt(2 / fan_in)
    return np.sqrt(2 / (fan_in + fan_out))


kernel_std = FunctionExercise("kernel-std", reference=first_std, points=2, title="How large the first weights are")


@kernel_std.cases
def _(rng):
    yield small("ReLU, 8 inputs, 24 outputs: 0.5", 8, 24, "relu")
    yield small("tanh, 8 inputs, 24 outputs: 0.25", 8, 24, "tanh")
    yield random("ReLU, other sizes", int(rng.integers(30, 90)), int(rng.integers(100, 200)), "relu")
    yield random("tanh, other sizes", int(rng.integers(30, 90)), int(rng.integers(100, 200)), "tanh")
    yield edge("leaky_relu: another activation than relu", 18, 32, "leaky_relu")
    yield edge("relu6: another activation than relu", int(rng.integers(30, 90)), 12, "relu6")
    yield edge("linear: another activation than relu", 8, int(rng.integers(10, 40)), "linear")
    yield edge("one input, ReLU", 1, 7, "relu")
    yield edge("4,096 inputs, ReLU", 4096, 4096, "relu")
    yield edge("sigmoid, one output", int(rng.integers(4, 40)), 1, "sigmoid")


@kernel_std.variant("a table of variances")
def _(fan_in, fan_out, activation):
    return {"relu": 2 / fan_in}.get(activation, 2 / (fan_in + fan_out)) ** 0.5


@kernel_std.variant("from the mean of both fans")
def _(fan_in, fan_out, activation):
    fan = fan_in / 2 if activation == "relu" else (fan_in + fan_out) / 2
    return float(1 / np.sqrt(fan))


kernel_std.slip(
    "variance",
    "2 / fan_in and its sister are variances. How do you get from a variance to a standard deviation?",
    " ** 0.5",
    "",
)

kernel_std.slip(
    "root-of-the-two",
    "The root covers the whole fraction, not only the 2. What is √(2 / 8)?",
    '{"relu": 2 / fan_in}.get(activation, 2 / (fan_in + fan_out)) ** 0.5',
    '{"relu": 2**0.5 / fan_in}.get(activation, 2**0.5 / (fan_in + fan_out))',
)

kernel_std.slip(
    "always-he",
    "You used He's rule everywhere. For which activation was the factor 2 meant?",
    "2 / (fan_in + fan_out)",
    "2 / fan_in",
)

kernel_std.slip(
    "always-glorot",
    "You used Glorot's rule everywhere. ReLU throws half of the signal away; which rule makes up for it?",
    "2 / fan_in",
    "2 / (fan_in + fan_out)",
)

kernel_std.slip(
    "fan-out",
    "He's rule counts what one neuron adds up. Is that the number of its inputs or of its neighbours?",
    "2 / fan_in",
    "2 / fan_out",
)

kernel_std.slip(
    "rules-swapped",
    "Both rules are there, each at the other's place. Which one belongs to ReLU?",
    '{"relu": 2 / fan_in}.get(activation, 2 / (fan_in + fan_out))',
    '{"relu": 2 / (fan_in + fan_out)}.get(activation, 2 / fan_in)',
)

kernel_std.slip(
    "without-the-two",
    "With 1 / fan_in a linear layer keeps its signal. What does ReLU do to half of the numbers?",
    "2 / fan_in",
    "1 / fan_in",
)

kernel_std.slip(
    "every-relu",
    'You use He\'s rule for every name with "relu" in it. For which one word does the text want it?',
    '{"relu": 2 / fan_in}.get(activation, 2 / (fan_in + fan_out))',
    '(2 / fan_in if "relu" in activation else 2 / (fan_in + fan_out))',
)

kernel_std.slip(
    "root-of-the-sum-alone",
    "Your number for the other activations is 2 / √(fan in + fan out). In Glorot's rule the root covers the whole fraction: what is √(2 / 32), and what is 2 / √32?",
    "2 / (fan_in + fan_out)",
    "(2 / (fan_in + fan_out) ** 0.5) ** 2",
)

kernel_std.slip(
    "glorot-without-the-two",
    "He's rule is right. In Glorot's rule the mean of both fans counts: where has the 2 above the line gone?",
    "2 / (fan_in + fan_out)",
    "1 / (fan_in + fan_out)",
)

kernel_std.slip(
    "uniform-limits",
    "With the 6 you compute how far the numbers reach when they are drawn evenly. Which number stands above the line in the two rules?",
    '{"relu": 2 / fan_in}.get(activation, 2 / (fan_in + fan_out))',
    '{"relu": 6 / fan_in}.get(activation, 6 / (fan_in + fan_out))',
)

kernel_std.slip(
    "uniform-limit-of-glorot",
    "Your number for the other activations is how far the numbers reach when they are drawn evenly. Which number stands above the line in Glorot's variance?",
    "2 / (fan_in + fan_out)",
    "6 / (fan_in + fan_out)",
)

kernel_std.slip(
    "uniform-limit-of-he",
    "Your number for ReLU is how far the numbers reach when they are drawn evenly. Which number stands above the line in He's variance?",
    "2 / fan_in",
    "6 / fan_in",
)

kernel_std.slip(
    "inputs-alone-for-others",
    "He's rule is right. For the other activations you count the inputs alone: what else does Glorot's rule count?",
    "2 / (fan_in + fan_out)",
    "1 / fan_in",
)

kernel_std.slip(
    "brackets-of-the-sum",
    "He's rule is right. In Glorot's rule both fans stand below the line: what holds them together there?",
    "2 / (fan_in + fan_out)",
    "2 / fan_in + fan_out",
)

kernel_std.slip(
    "product-of-the-fans",
    "He's rule is right. In Glorot's rule you multiply the two fans. What does it do with them?",
    "2 / (fan_in + fan_out)",
    "2 / (fan_in * fan_out)",
)

kernel_std.slip(
    "both-fans-for-relu",
    "Glorot's rule is right. For ReLU you count inputs and neurons: which of the two does He's rule count?",
    "2 / fan_in",
    "4 / (fan_in + fan_out)",
)

kernel_std.slip(
    "glorot-for-tanh-alone",
    "You use Glorot's rule for `\"tanh\"`, and He's for every other word. Which is the one word that gets a rule of its own?",
    '{"relu": 2 / fan_in}.get(activation, 2 / (fan_in + fan_out))',
    '{"tanh": 2 / (fan_in + fan_out)}.get(activation, 2 / fan_in)',
)

kernel_std.slip(
    "outputs-alone-for-others",
    "He's rule is right. For the other activations you count the neurons alone: what else does Glorot's rule count?",
    "2 / (fan_in + fan_out)",
    "1 / fan_out",
)

kernel_std.slip(
    "turned-over",
    "Both rules are turned over: the more inputs, the larger your weights. What stands above the line?",
    '{"relu": 2 / fan_in}.get(activation, 2 / (fan_in + fan_out))',
    '{"relu": fan_in / 2}.get(activation, (fan_in + fan_out) / 2)',
)

kernel_std.slip(
    "glorot-for-tanh-and-sigmoid-alone",
    'You use Glorot\'s rule for `"tanh"` and `"sigmoid"`, and He\'s for every other word. Which is the one word that gets a rule of its own?',
    '{"relu": 2 / fan_in}.get(activation, 2 / (fan_in + fan_out))',
    '(2 / (fan_in + fan_out) if activation in ("tanh", "sigmoid") else 2 / fan_in)',
)

_NAMED_ALONE = (
    "For an activation that your function does not name, such as {}, nothing comes back. Glorot's rule is meant for *every* other "
    "activation: how can a condition say that?"
)


@kernel_std.mistake("none-but-tanh-and-sigmoid", _NAMED_ALONE.format("linear"))
def _(fan_in, fan_out, activation):
    if activation == "relu":
        return np.sqrt(2 / fan_in)
    if activation in ("tanh", "sigmoid"):
        return np.sqrt(2 / (fan_in + fan_out))


@kernel_std.mistake("none-but-tanh", _NAMED_ALONE.format("sigmoid"))
def _(fan_in, fan_out, activation):
    if activation == "relu":
        return np.sqrt(2 / fan_in)
    if activation == "tanh":
        return np.sqrt(2 / (fan_in + fan_out))


_LISTED_ALONE = (
    "Your dictionary does not know every activation: {} is missing. Glorot's rule is meant for *every* other activation: what could stand "
    "for all that are not in it?"
)
for _name, _others, _missing in (
    ("listed-tanh-and-sigmoid", ("tanh", "sigmoid"), "linear"),
    ("listed-tanh", ("tanh",), "sigmoid"),
):
    kernel_std.slip(
        _name,
        _LISTED_ALONE.format(_missing),
        '{"relu": 2 / fan_in}.get(activation, 2 / (fan_in + fan_out))',
        '{"relu": 2 / fan_in, ' + ", ".join(f'"{o}": 2 / (fan_in + fan_out)' for o in _others) + "}[activation]",
    )


kernel_std.equivalent("the result", "at most 6", why="with one input or more it is √2 at most")
