"""Draw the start values of a network: random weights of the right spread, and biases of 0."""

import numpy as np

from course_utils.exercises import FunctionExercise, edge, random, small
from course_utils.exercises.compare import family

from .common import layer_shapes


def start_values(inputs, hidden, outputs, seed):
    """W1, b1, W2, b2: weights with the standard deviation sqrt(2 / inputs of the layer), biases 0."""
    rng = np.random.default_rng(seed)
    W1 = rng.normal(0, np.sqrt(2 / inputs), size=(inputs, hidden))
    W2 = rng.normal(0, np.sqrt(2 / hidden), size=(hidden, outputs))
    return [W.astype("float32") for W in (W1, np.zeros(hidden), W2, np.zeros(outputs))]


initialise = FunctionExercise("initialise", reference=start_values, points=2, title="Start values")


@initialise.cases
def _(rng):
    yield small("100-400-50", 100, 400, 50, 1)
    yield random("300-60-100", 300, 60, 100, int(rng.integers(1, 1000)))
    yield random("80-200-40", 80, 200, 40, int(rng.integers(1, 1000)))
    yield edge("784-128-10", 784, 128, 10, int(rng.integers(1, 1000)))


@initialise.drive
def _(answer, inputs, hidden, outputs, seed):
    seeds = {"network": seed, "again": seed, "other seed": seed + 1}
    return {name: answer(inputs, hidden, outputs, number) for name, number in seeds.items()}


def spread(weights: np.ndarray, wanted: float) -> bool:
    """Whether the standard deviation is `wanted`, as far as chance allows (five standard errors and 1 %)."""
    return abs(weights.std() / wanted - 1) < 0.01 + 5 / np.sqrt(2 * weights.size)


def start_finding(seen: dict, inputs: int, hidden: int, outputs: int, seed: int = 0) -> tuple[str, str]:
    """The name of what is wrong with the start values and a sentence about it; ("", "") when all is right."""
    network = seen["network"]
    wanted = [(inputs, hidden), (hidden,), (hidden, outputs), (outputs,)]
    shapes = layer_shapes(network)
    if shapes is None:
        return "no list", f"it should be a list of the four arrays W1, b1, W2, b2, but is {family(network)}"
    if shapes != wanted:
        return (
            "transposed" if shapes[0] == wanted[0][::-1] else "shapes",
            f"the shapes of W1, b1, W2, b2 should be {wanted}, but are {shapes}",
        )
    if any(W.dtype not in (np.float32, np.float64) for W in (network[0], network[2])):
        return (
            "type",
            f"the weights should be float32 or float64, but W1 is {network[0].dtype} and W2 {network[2].dtype}",
        )
    W1, b1, W2, b2 = (np.asarray(a, dtype=float) for a in network)
    if not (W1.any() and W2.any()):
        return "zeros" if not W1.any() else "zeros behind", "there are weights that are all 0"
    if np.ptp(W1) == 0 or np.ptp(W2) == 0:
        return "constant", "all the weights of a layer are the same number"
    if b1.any() or b2.any():
        same = np.ptp(b1) == 0 and np.ptp(b2) == 0
        return "same biases" if same else "biases", "the biases should all be 0"
    for name, W, sizes in (("W1", W1, (inputs, hidden)), ("W2", W2, (hidden, outputs))):
        std = np.sqrt(2 / sizes[0])
        told = f"the standard deviation of {name} should be near {std:.4f}, but is {W.std():.4f}"
        if W.min() >= 0:
            return "positive", "all the weights are positive"
        if not spread(W, std):
            others = {
                "variance": std**2,
                "unscaled": 1.0,
                "fan-out": np.sqrt(2 / sizes[1]),
                "without-two": np.sqrt(1 / sizes[0]),
                "both-sides": np.sqrt(2 / sum(sizes)),
                "width": std / np.sqrt(3),
                "upside-down": 1 / std,
                "root-of-two-only": np.sqrt(2) / sizes[0],
                "fixed": 0.01,
            }
            if name == "W2":
                others["first-inputs"] = np.sqrt(2 / inputs)
            return next((other for other, value in others.items() if spread(W, value)), "spread"), told
        if abs(W.mean()) > 5 * std / np.sqrt(W.size):
            return "mean", f"the mean of {name} should be near 0, but is {W.mean():.4f}"
    if any(np.array_equal(W, seen["other seed"][place]) for place, W in ((0, W1), (2, W2))):
        return "seed", "two different seeds give the same weights"
    others = [
        name for name, place in (("W1", 0), ("W2", 2)) if not np.array_equal(network[place], seen["again"][place])
    ]
    if len(others) == 1:
        return f"no seed for {others[0]}", f"the same seed gives another {others[0]} at the second call"
    if not all(map(np.array_equal, network, seen["again"])):
        return "no seed", "the same seed gives other weights at the second call"
    return "", ""


@initialise.accept
def _(seen, inputs, hidden, outputs, seed):
    return start_finding(seen, inputs, hidden, outputs, seed)[1] or None


def starts(*names):
    """Recognises start values by what `start_finding` says of them."""
    return lambda seen, *case: start_finding(seen, *case)[0] in names


@initialise.variant("both spreads, then both tables")
def _(inputs, hidden, outputs, seed):
    rng = np.random.default_rng(seed)
    std1, std2 = np.sqrt(2 / inputs), np.sqrt(2 / hidden)
    W1, W2 = rng.normal(0, std1, (inputs, hidden)), rng.normal(0, std2, (hidden, outputs))
    return [W1, np.zeros(hidden), W2, np.zeros(outputs)]


initialise.variant("as float32")(start_values)


@initialise.variant("standard_normal, scaled afterwards")
def _(inputs, hidden, outputs, seed):
    rng = np.random.default_rng(seed)
    W1 = rng.standard_normal((inputs, hidden)) * (2 / inputs) ** 0.5
    W2 = rng.standard_normal((hidden, outputs)) * (2 / hidden) ** 0.5
    return W1, np.zeros(hidden), W2, np.zeros(outputs)


@initialise.variant("evenly spread, with the same standard deviation")
def _(inputs, hidden, outputs, seed):
    rng = np.random.default_rng(seed)
    a, b = np.sqrt(6 / inputs), np.sqrt(6 / hidden)
    return [
        rng.uniform(-a, a, (inputs, hidden)),
        np.zeros(hidden),
        rng.uniform(-b, b, (hidden, outputs)),
        np.zeros(outputs),
    ]


initialise.slip(
    "zeros",
    "With weights that are all alike, 0 or another number, all hidden neurons compute the same, get the same gradient and stay the same for ever. What makes them differ?",
    "rng.normal(0, std1, (inputs, hidden)), rng.normal(0, std2, (hidden, outputs))",
    "np.zeros((inputs, hidden)), np.zeros((hidden, outputs))",
    when=starts("zeros", "constant"),
)
initialise.slip(
    "unscaled",
    "The weights have the standard deviation 1, whatever the number of inputs. A sum of 784 such numbers is huge. What should they be multiplied by?",
    "np.sqrt(2 / inputs), np.sqrt(2 / hidden)",
    "1, 1",
    when=starts("unscaled"),
)
initialise.slip(
    "variance",
    "2 / inputs is the *variance*. `rng.normal` wants the standard deviation: which function lies between them?",
    "np.sqrt(2 / inputs), np.sqrt(2 / hidden)",
    "2 / inputs, 2 / hidden",
    when=starts("variance"),
)
initialise.slip(
    "counted-outputs",
    "You divide by the number of neurons in the layer. A neuron adds up its *inputs*: how many numbers come in?",
    "np.sqrt(2 / inputs), np.sqrt(2 / hidden)",
    "np.sqrt(2 / hidden), np.sqrt(2 / outputs)",
    when=starts("fan-out"),
)
initialise.slip(
    "all-positive",
    "None of your weights is negative, so every sum drifts upwards. Numbers from `rng.normal` with mean 0 have both signs: do you draw with it, and do the signs survive?",
    "rng.normal(0, std1, (inputs, hidden)), rng.normal(0, std2, (hidden, outputs))",
    "std1 * rng.random((inputs, hidden)), std2 * rng.random((hidden, outputs))",
    when=starts("positive"),
)
initialise.slip(
    "without-two",
    "The spread is too small by a factor of 1.41. ReLU drops half of the signal; which number under the root makes up for it?",
    "np.sqrt(2 / inputs), np.sqrt(2 / hidden)",
    "np.sqrt(1 / inputs), np.sqrt(1 / hidden)",
    when=starts("without-two"),
)
initialise.slip(
    "transposed",
    "W1 has one row for each neuron. Here x @ W1 must work, so it needs one row for each *input*.",
    "rng.normal(0, std1, (inputs, hidden)), rng.normal(0, std2, (hidden, outputs))",
    "rng.normal(0, std1, (hidden, inputs)), rng.normal(0, std2, (outputs, hidden))",
    when=starts("transposed"),
)
initialise.slip(
    "random-biases",
    "The biases are random. They may all start at 0: the random weights already make the neurons differ.",
    "np.zeros(hidden), W2, np.zeros(outputs)",
    "rng.normal(size=hidden), W2, rng.normal(size=outputs)",
    when=starts("biases"),
)
initialise.slip(
    "same-for-every-seed",
    "Two seeds give the same weights, in one layer or in both. Does the generator that draws them get your `seed`?",
    "default_rng(seed)",
    "default_rng(0)",
    when=starts("seed"),
)
initialise.slip(
    "seed-not-used",
    "Called twice with one seed, it gives two networks. Where does the generator get its `seed`, and do all the numbers come from this generator?",
    "default_rng(seed)",
    "default_rng()",
    when=starts("no seed"),
)
for _name, _other, _draw in (
    ("W2", "W1", "rng.normal(0, std2, (hidden, outputs))"),
    ("W1", "W2", "rng.normal(0, std1, (inputs, hidden))"),
):
    initialise.slip(
        f"{_name}-without-seed",
        f"Called twice with one seed, it gives the same {_other} and another {_name}. Which generator draws {_name}?",
        _draw,
        _draw.replace("rng", "np.random"),
        when=starts(f"no seed for {_name}"),
    )
initialise.slip(
    "biases-of-one",
    "Your biases begin at a number other than 0. At which number does the text let them begin?",
    "np.zeros(hidden), W2, np.zeros(outputs)",
    "np.ones(hidden), W2, np.ones(outputs)",
    when=starts("same biases"),
)
initialise.slip(
    "inputs-of-the-first-layer",
    "W2 has the spread that belongs to W1. How many inputs has the *second* layer?",
    "np.sqrt(2 / inputs), np.sqrt(2 / hidden)",
    "np.sqrt(2 / inputs), np.sqrt(2 / inputs)",
    when=starts("first-inputs"),
)
initialise.slip(
    "inputs-and-outputs",
    "You divide by inputs *and* outputs together: that is the start of Glorot. He's formula, of this lesson, counts only one of the two.",
    "np.sqrt(2 / inputs), np.sqrt(2 / hidden)",
    "np.sqrt(2 / (inputs + hidden)), np.sqrt(2 / (hidden + outputs))",
    when=starts("both-sides"),
)
initialise.slip(
    "uniform-up-to-the-deviation",
    "The spread is too small by a factor of 1.73. Do you draw evenly from -s to s? Such numbers have the standard deviation s / √3.",
    "rng.normal(0, std1, (inputs, hidden)), rng.normal(0, std2, (hidden, outputs))",
    "rng.uniform(-std1, std1, (inputs, hidden)), rng.uniform(-std2, std2, (hidden, outputs))",
    when=starts("width"),
)
initialise.slip(
    "second-layer-of-zeros",
    "The weights of W2 are all 0, so at first no gradient reaches the hidden layer. What does the formula say for W2?",
    "rng.normal(0, std2, (hidden, outputs))",
    "np.zeros((hidden, outputs))",
    when=starts("zeros behind"),
)
initialise.slip(
    "root-of-two-only",
    "The root is that of 2 alone. What else stands under it in the formula?",
    "np.sqrt(2 / inputs), np.sqrt(2 / hidden)",
    "np.sqrt(2) / inputs, np.sqrt(2) / hidden",
    when=starts("root-of-two-only"),
)
initialise.slip(
    "upside-down",
    "The more inputs, the *larger* your weights. The sum grows with the inputs: should the weights grow too?",
    "np.sqrt(2 / inputs), np.sqrt(2 / hidden)",
    "np.sqrt(inputs / 2), np.sqrt(hidden / 2)",
    when=starts("upside-down"),
)
initialise.slip(
    "always-a-hundredth",
    "Your weights have the standard deviation 0.01, whatever the number of inputs. What does the formula say for this layer?",
    "np.sqrt(2 / inputs), np.sqrt(2 / hidden)",
    "0.01, 0.01",
    when=starts("fixed"),
)
initialise.equivalent(
    "np.zeros(hidden)", "np.zeros(hidden, dtype='uint8')", why="0 is 0; the first step makes fractions"
)
initialise.equivalent(
    "np.zeros(outputs)", "np.zeros(outputs, dtype='uint8')", why="0 is 0; the first step makes fractions"
)
