"""Exercises of lesson 01: one neuron by hand and in NumPy, a decision, a line, and how many numbers a network holds."""

from itertools import pairwise

import numpy as np

from course_utils import nn

from .core import Lesson, edge, random, small

lesson = Lesson("01_neuron", "One neuron")


def numbers(rng, count):
    """Inputs, weights and a bias, none of them 0, with few digits so that a reader can follow a case on paper."""
    x, w = rng.uniform(0.2, 2, size=(2, count)).round(1) * rng.choice([-1, 1], size=(2, count))
    return x, w, round(float(rng.uniform(0.5, 2)), 1)


# By hand ----------------------------------------------------------------------------------------------

by_hand = lesson.values(
    "by-hand",
    points=2,
    title="One neuron by hand",
    tolerance=0.005,
    reference=lambda: {
        "product_1": 0.5 * 0.4,
        "product_2": 0.8 * 0.6,
        "product_3": 0.3 * 0.2,
        "total": 0.84,
        "output": 1 / (1 + np.exp(-0.84)),
    },
)


@by_hand.mistake(
    "forgot-bias", "Your total is 0.74: the three products alone. Which number of the neuron is not used yet?"
)
def _():
    return {"total": 0.74}


@by_hand.mistake(
    "bias-each-time", "Your total is 1.04: the bias went in once for each input. How many biases does one neuron have?"
)
def _():
    return {"total": 1.04}


@by_hand.mistake(
    "added-not-multiplied",
    "You added the weight to its input: 0.5 + 0.4. A weight says how much an input counts. "
    "What do you do with a price and an amount?",
)
def _():
    return {"product_1": 0.9, "product_2": 1.4, "product_3": 0.5}


@by_hand.mistake(
    "no-activation", "Your output is still the total, 0.84. One step is missing: what does the sigmoid make of it?"
)
def _():
    return {"output": 0.84}


@by_hand.mistake(
    "missing-minus",
    "Your output is below 0.5, but a positive total gives a sigmoid above 0.5. Look at the sign in the exponent.",
)
def _():
    return {"output": 0.3015}


@by_hand.mistake(
    "activated-without-bias", "Your output is the sigmoid of 0.74. Does the bias come before or after the sigmoid?"
)
def _():
    return {"output": 0.6770}


@by_hand.mistake("decimal-point", "0.3 · 0.2 is not 0.6: three tenths *of* two tenths. Is that more or less than 0.2?")
def _():
    return {"product_3": 0.6}


@by_hand.variant("rounded to two places, as on paper")
def _():
    return {"product_1": 0.2, "product_2": 0.48, "product_3": 0.06, "total": 0.84, "output": 0.70}


@by_hand.variant("rounded to four places")
def _():
    return {"output": 0.6985}


@by_hand.variant("NumPy numbers")
def _():
    return {"total": np.float64(0.84), "output": np.float32(0.69847)}


# The weighted sum -------------------------------------------------------------------------------------

weighted_sum = lesson.function("weighted-sum", reference=nn.weighted_sum, points=2, title="The weighted sum")


@weighted_sum.cases
def _(rng):
    yield small("three inputs: 3 - 2 + 6, and the bias 10", np.array([1.0, 2.0, 3.0]), np.array([3.0, -1.0, 2.0]), 10.0)
    yield random("three inputs", *numbers(rng, 3))
    yield random("five inputs", *numbers(rng, 5))
    yield edge("a single input", *numbers(rng, 1))
    yield edge("all inputs 0: only the bias is left", np.zeros(4), numbers(rng, 4)[1], 1.5)


@weighted_sum.mistake(
    "forgot-bias", "The products are right and added up. Which argument does your function never use?"
)
def _(x, w, b):
    return np.sum(x * w)


@weighted_sum.mistake(
    "bias-each-time",
    "The bias went in once for each input. A neuron has one bias: add it after the sum, not inside it.",
)
def _(x, w, b):
    return np.sum(x * w + b)


@weighted_sum.mistake(
    "no-sum", "You return one number for each input. A neuron gives a single number: what happens to the products?"
)
def _(x, w, b):
    return x * w + b


@weighted_sum.mistake(
    "added-not-multiplied",
    "Input and weight are added. With a weight of 0 an input should not count at all. Which sign does that?",
)
def _(x, w, b):
    return np.sum(x + w) + b


@weighted_sum.mistake(
    "bias-as-factor",
    "You multiply by the bias. With a bias of 0 nothing would ever come out. How does the bias join the sum?",
)
def _(x, w, b):
    return np.sum(x * w) * b


@weighted_sum.mistake(
    "sums-multiplied",
    "You add up first and multiply the sums. Then every weight meets every input. "
    "Each weight belongs to one input: which step comes first?",
)
def _(x, w, b):
    return np.sum(x) * np.sum(w) + b


@weighted_sum.mistake("average", "You take the average of the products. A neuron adds them up and does not divide.")
def _(x, w, b):
    return np.mean(x * w) + b


@weighted_sum.mistake(
    "last-input-missing", "The last input is never used. What is the last value of i in `range(len(x) - 1)`?"
)
def _(x, w, b):
    total = b
    for i in range(len(x) - 1):
        total += x[i] * w[i]
    return total


@weighted_sum.mistake(
    "nothing-returned",
    "Your function works something out and hands nothing back. `print` only shows a number. "
    "Which word gives it to the caller?",
)
def _(x, w, b):
    total = x @ w + b
    del total


@weighted_sum.mistake(
    "changes-input",
    "The number is right, but x itself was changed: `x *= w` writes into the caller's array. Make a new one instead.",
)
def _(x, w, b):
    x *= w
    return x.sum() + b


@weighted_sum.variant("products, then sum")
def _(x, w, b):
    return np.sum(x * w) + b


@weighted_sum.variant("matrix product")
def _(x, w, b):
    return x @ w + b


@weighted_sum.variant("loop over pairs")
def _(x, w, b):
    total = b
    for value, weight in zip(x, w, strict=True):
        total = total + value * weight
    return total


@weighted_sum.variant("float32")
def _(x, w, b):
    return np.dot(x.astype(np.float32), w.astype(np.float32)) + np.float32(b)


@weighted_sum.variant("the bias as one more weight")
def _(x, w, b):
    return np.append(x, 1.0) @ np.append(w, b)


# The whole neuron -------------------------------------------------------------------------------------

neuron = lesson.function("neuron", reference=nn.neuron, points=2, title="The whole neuron")


@neuron.cases
def _(rng):
    yield small("a total of exactly 0", np.array([1.0, 2.0]), np.array([3.0, -2.0]), 1.0)
    yield small("the neuron of exercise 1", np.array([0.5, 0.8, 0.3]), np.array([0.4, 0.6, 0.2]), 0.1)
    yield random("three inputs", *numbers(rng, 3))
    yield random("six inputs", *numbers(rng, 6))
    yield edge("a single input", *numbers(rng, 1))
    yield edge("a very large total", np.full(2, 30.0), np.array([1.0, 2.0]), 5.0)


@neuron.mistake("no-activation", "This is the weighted sum. The last step is missing: send it through the sigmoid.")
def _(x, w, b):
    return x @ w + b


@neuron.mistake("step", "You return 0 or 1. The sigmoid is smooth: a total of exactly 0 gives 0.5.")
def _(x, w, b):
    return float(x @ w + b > 0)


@neuron.mistake(
    "bias-after",
    "The bias came in after the sigmoid, so the output can leave the range from 0 to 1. What belongs to the total?",
)
def _(x, w, b):
    return 1 / (1 + np.exp(-(x @ w))) + b


@neuron.mistake(
    "each-input",
    "Each product went through the sigmoid by itself. A neuron adds up first. How often is its activation used?",
)
def _(x, w, b):
    return np.sum(1 / (1 + np.exp(-x * w))) + b


@neuron.mistake(
    "missing-minus", "A large total should give an output near 1, yours is near 0. Look at the sign in the exponent."
)
def _(x, w, b):
    return 1 / (1 + np.exp(x @ w + b))


@neuron.mistake(
    "minus-on-first-part",
    "`np.exp(-x @ w + b)` takes the minus for the products only. Put the whole total in brackets.",
)
def _(x, w, b):
    return 1 / (1 + np.exp(-x @ w + b))


@neuron.mistake("forgot-bias", "The bias is not in your total. Did you use your weighted_sum with all three arguments?")
def _(x, w, b):
    return 1 / (1 + np.exp(-(x @ w)))


@neuron.mistake(
    "rounded",
    "Right, but rounded. On paper two places are enough; a function hands on all that it has. "
    "Who else may want to go on computing with it?",
)
def _(x, w, b):
    return np.round(1 / (1 + np.exp(-(x @ w + b))), 2)


@neuron.mistake("tanh", "tanh runs from -1 to 1. The sigmoid runs from 0 to 1, and a total of 0 gives 0.5.")
def _(x, w, b):
    return np.tanh(x @ w + b)


@neuron.variant("the formula")
def _(x, w, b):
    return 1 / (1 + np.exp(-(np.sum(x * w) + b)))


@neuron.variant("half a tanh")
def _(x, w, b):
    return 0.5 + 0.5 * np.tanh((x @ w + b) / 2)


@neuron.variant("loop, with a plain Python number as result")
def _(x, w, b):
    total = b
    for i in range(len(x)):
        total += x[i] * w[i]
    return float(1 / (1 + np.exp(-total)))


# A decision -------------------------------------------------------------------------------------------


def goes(x, w, threshold):
    """True when the weighted sum of the reasons exceeds the threshold."""
    return bool(np.dot(x, w) > threshold)


decide = lesson.function("decide", reference=goes, points=2, title="Go to the party?")
IMPORTANCE = np.array([0.3, 0.6, -0.5])


@decide.cases
def _(rng):
    yield small("the evening of the text", np.array([0.8, 0.9, 0.3]), IMPORTANCE, 0.5)
    yield small("the same evening, but very tired", np.array([0.8, 0.9, 0.9]), IMPORTANCE, 0.5)
    yield small("rain, no friends, tired", np.array([0.1, 0.0, 0.9]), IMPORTANCE, 0.5)
    yield small("little speaks for it, little against", np.array([0.1, 0.1, 0.1]), IMPORTANCE, 0.5)
    for label, side in [("just above the threshold", -1), ("just below the threshold", 1)]:
        x, w, _ = numbers(rng, 4)
        yield random(label, x, w, round(float(x @ w + side * rng.uniform(0.05, 0.3)), 2))
    yield edge("exactly on the threshold", np.array([1.0, 1.0]), np.array([0.5, 0.25]), 0.75)
    yield edge("a cautious person", np.array([1.0, 0.5]), np.array([0.6, 0.8]), 1.5)
    yield edge("a single reason", np.array([1.0]), np.array([2.0]), float(rng.uniform(1, 1.9)))


@decide.mistake(
    "at-least",
    "All fine, except for a sum that lies exactly on the threshold. To exceed means to be larger, not equal.",
)
def _(x, w, threshold):
    return np.dot(x, w) >= threshold


@decide.mistake(
    "reversed", "You go exactly when you should stay at home. Which side of the comparison should be larger?"
)
def _(x, w, threshold):
    return np.dot(x, w) < threshold


@decide.mistake("returns-sum", "This is the weighted sum. The question is yes or no: compare it with the threshold.")
def _(x, w, threshold):
    return np.dot(x, w)


@decide.mistake(
    "one-or-zero",
    "1 and 0 stand for yes and no, but True and False were asked for. "
    "What kind of value does a comparison have by itself?",
)
def _(x, w, threshold):
    return 1 if np.dot(x, w) > threshold else 0


@decide.mistake(
    "fixed-threshold",
    "Your function always compares with 0.5. Another person may have another threshold: "
    "which argument have you not used?",
)
def _(x, w, threshold):
    return np.dot(x, w) > 0.5


@decide.mistake(
    "nothing-otherwise",
    "On the evenings when you go, all is well. What does your function hand back when you stay at home?",
)
def _(x, w, threshold):
    if np.dot(x, w) > threshold:
        return True


@decide.mistake(
    "no-weights",
    "You add the reasons up as if all counted the same. Then being tired speaks *for* the party. "
    "Where does the importance come in?",
)
def _(x, w, threshold):
    return np.sum(x) > threshold


@decide.mistake(
    "threshold-added",
    "You add the threshold, so a high threshold makes it easier to go. A bias is *minus* the threshold.",
)
def _(x, w, threshold):
    return np.dot(x, w) + threshold > 0


@decide.mistake(
    "any-reason", "You ask whether one reason alone exceeds the threshold. A neuron weighs them together: add up first."
)
def _(x, w, threshold):
    return np.any(x * w > threshold)


@decide.mistake("average", "You compare the average with the threshold. The neuron compares the sum.")
def _(x, w, threshold):
    return np.mean(x * w) > threshold


@decide.variant("if and else")
def _(x, w, threshold):
    total = 0.0
    for reason, importance in zip(x, w, strict=True):
        total += reason * importance
    going = False
    if total > threshold:
        going = True
    return going


@decide.variant("with the threshold as bias")
def _(x, w, threshold):
    return np.dot(x, w) + (-threshold) > 0


@decide.variant("not at most")
def _(x, w, threshold):
    return not np.dot(x, w) <= threshold


# A neuron of your own ---------------------------------------------------------------------------------

CORNERS = [(0, 0), (0, 1), (1, 0), (1, 1)]


def fires(numbers):
    """What the neuron (w1, w2, b) says at the four corners; None when these are not three finite numbers."""
    try:
        w1, w2, b = (float(number) for number in numbers)
    except (TypeError, ValueError):
        return None
    return [w1 * x1 + w2 * x2 + b > 0 for x1, x2 in CORNERS] if np.isfinite([w1, w2, b]).all() else None


def and_weights():
    """Two equal weights, and a bias that needs both of them."""
    return 1.0, 1.0, -1.5


and_neuron = lesson.object("and-neuron", reference=and_weights, points=2, rounds=1, title="A neuron that says AND")


@and_neuron.cases
def _(rng):
    for x1, x2 in CORNERS:
        yield small(f"inputs {x1} and {x2}", x1, x2)


@and_neuron.drive
def _(answer, x1, x2):
    return answer if isinstance(answer, tuple | list | np.ndarray) else None


@and_neuron.accept
def _(seen, x1, x2):
    said = fires(seen)
    if said is None:
        return "and_neuron should be three numbers in brackets, (w1, w2, b)"
    total = f"{seen[0]:g} · {x1} + {seen[1]:g} · {x2} + ({seen[2]:g}) = {seen[0] * x1 + seen[1] * x2 + seen[2]:g}"
    wanted = bool(x1 and x2)
    if said[CORNERS.index((x1, x2))] == wanted:
        return None
    return f"the total is {total}, and it should {'be above' if wanted else 'not be above'} 0"


@and_neuron.mistake(
    "or",
    "Your neuron says yes as soon as one input is 1: that is OR. A single weight must not be enough. "
    "What should the bias be compared with one weight, and with two?",
    when=lambda seen, x1, x2: fires(seen) == [False, True, True, True],
)
def _():
    return 1.0, 1.0, -0.5


@and_neuron.mistake(
    "always",
    "Your neuron says yes to everything, even when both inputs are 0; then only the bias is left. "
    "Which sign does a bias need to hold the neuron back?",
    when=lambda seen, x1, x2: fires(seen) == [True] * 4,
)
def _():
    return 1.0, 1.0, 1.5


@and_neuron.mistake(
    "never",
    "Your neuron never says yes: even both weights together do not make up for the bias. "
    "How far may the bias lie below 0?",
    when=lambda seen, x1, x2: fires(seen) == [False] * 4,
)
def _():
    return 1.0, 1.0, -2.5


@and_neuron.mistake(
    "one-input",
    "Your neuron follows one input and lets the other make no difference. AND needs both: "
    "how should the two weights compare with the bias?",
    when=lambda seen, x1, x2: fires(seen) in ([False, False, True, True], [False, True, False, True]),
)
def _():
    return 1.0, 0.0, -0.5


@and_neuron.mistake(
    "opposite",
    "Your neuron says exactly the opposite of AND. What happens to a total when every sign in it is turned round?",
    when=lambda seen, x1, x2: fires(seen) == [True, True, True, False],
)
def _():
    return -1.0, -1.0, 1.5


@and_neuron.variant("other numbers, as a list")
def _():
    return [2, 3, -4]


@and_neuron.variant("a NumPy array")
def _():
    return np.array([0.6, 0.6, -1.0])


@and_neuron.variant("a sum that ends exactly on 0 is not above 0")
def _():
    return 1, 1, -1


# Reading a network ------------------------------------------------------------------------------------

read_network = lesson.values(
    "read-network",
    points=2,
    title="Read a network",
    reference=lambda: {
        "net_inputs": 4,
        "net_hidden_layers": 2,
        "net_outputs": 2,
        "net_is_deep": True,
        "net_weights": 41,
        "net_biases": 10,
    },
)


@read_network.mistake(
    "all-layers-hidden", "You counted four hidden layers. Hidden are only those that are neither input nor output."
)
def _():
    return {"net_hidden_layers": 4}


@read_network.mistake(
    "one-end-hidden",
    "You counted three hidden layers. Hidden means *between* the input and the output: which end is in your count?",
)
def _():
    return {"net_hidden_layers": 3}


@read_network.mistake("hidden-neurons", "8 is the number of hidden *neurons*. How many layers do they stand in?")
def _():
    return {"net_hidden_layers": 8}


@read_network.mistake("not-deep", "How many hidden layers did you count? Deep means more than one.")
def _():
    return {"net_is_deep": False}


@read_network.mistake(
    "bias-for-inputs", "Your 14 gives the inputs a bias too. Inputs are given numbers; they compute nothing."
)
def _():
    return {"net_biases": 14}


@read_network.mistake(
    "bias-per-layer",
    "3 is one bias for each layer. Which part of a network owns a bias: a layer, or each of its neurons?",
)
def _():
    return {"net_biases": 3}


@read_network.mistake(
    "weights-multiplied",
    "120 is 4 · 5 · 3 · 2. Lines run only between neighbouring layers: count one gap at a time, then add.",
)
def _():
    return {"net_weights": 120}


@read_network.mistake(
    "weights-with-biases", "51 is weights and biases together. How many *lines* does the picture have?"
)
def _():
    return {"net_weights": 51}


@read_network.variant("worked out in the cell")
def _():
    return {"net_weights": int(np.dot([4, 5, 3], [5, 3, 2])), "net_biases": 5 + 3 + 2}


@read_network.variant("whole numbers with a point")
def _():
    return {"net_inputs": 4.0, "net_outputs": 2.0, "net_is_deep": np.bool_(True)}


# Counting parameters ----------------------------------------------------------------------------------


def parameters(sizes):
    """The number of weights and biases of a network with these layer sizes, inputs first."""
    return sum((before + 1) * here for before, here in pairwise(sizes))


count_parameters = lesson.function("count-parameters", reference=parameters, points=3, title="Count the parameters")


@count_parameters.cases
def _(rng):
    yield small("3 inputs, 4 hidden, 2 outputs", [3, 4, 2])
    yield random("one hidden layer", rng.integers(2, 12, size=3).tolist())
    yield random("four hidden layers", rng.integers(2, 12, size=6).tolist())
    yield edge("one neuron with five inputs", [5, 1])
    yield edge("a network for digits", [784, 128, 10])


@count_parameters.mistake("weights-only", "You count the weights. Each neuron also has a bias.")
def _(sizes):
    total = 0
    for i in range(len(sizes) - 1):
        total += sizes[i] * sizes[i + 1]
    return total


@count_parameters.mistake(
    "bias-for-inputs",
    "You count a bias for each input as well. Inputs are given numbers, not neurons: "
    "where should the sum of biases begin?",
)
def _(sizes):
    total = sum(sizes)
    for i in range(len(sizes) - 1):
        total += sizes[i] * sizes[i + 1]
    return total


@count_parameters.mistake(
    "bias-per-layer", "You add one bias for each layer. How many neurons does a layer have, and how many biases each?"
)
def _(sizes):
    total = 0
    for i in range(len(sizes) - 1):
        total += sizes[i] * sizes[i + 1] + 1
    return total


@count_parameters.mistake(
    "all-multiplied",
    "You multiply all the sizes. Only neighbouring layers are joined: multiply pair by pair, then add.",
)
def _(sizes):
    total = 1
    for size in sizes:
        total *= size
    return total


@count_parameters.mistake(
    "neurons", "You count circles. A neuron holds one weight for each number that comes in, and a bias."
)
def _(sizes):
    return sum(sizes)


@count_parameters.mistake(
    "last-layer-missing",
    "The output layer is missing. For a list of three sizes there are two gaps: how often does your loop run?",
)
def _(sizes):
    total = 0
    for i in range(len(sizes) - 2):
        total += sizes[i] * sizes[i + 1] + sizes[i + 1]
    return total


@count_parameters.mistake(
    "last-gap-only",
    "Only the last gap is left in your result: each turn of the loop forgets the one before. How does a sum grow?",
)
def _(sizes):
    total = 0
    for i in range(len(sizes) - 1):
        total = sizes[i] * sizes[i + 1] + sizes[i + 1]
    return total


@count_parameters.mistake(
    "three-layers-only",
    "Right for three layers. With `sizes[0]`, `sizes[1]`, `sizes[2]` written out, what happens to a list "
    "of two sizes, or of six? Use a loop.",
)
def _(sizes):
    return sizes[0] * sizes[1] + sizes[1] + sizes[1] * sizes[2] + sizes[2]


@count_parameters.mistake(
    "two-numbers", "Both counts are right. The question asks for one number: weights and biases together."
)
def _(sizes):
    weights = sum(sizes[i] * sizes[i + 1] for i in range(len(sizes) - 1))
    return weights, sum(sizes[1:])


@count_parameters.mistake(
    "bias-of-the-layer-before",
    "The bias belongs to the neuron at the *end* of the line. You count the biases of the layer before it.",
)
def _(sizes):
    total = 0
    for i in range(len(sizes) - 1):
        total += sizes[i] * sizes[i + 1] + sizes[i]
    return total


@count_parameters.mistake(
    "changes-input",
    "The number is right, but the list was changed: `pop` takes items out of the caller's list. "
    "Walk through it with an index instead.",
)
def _(sizes):
    total = 0
    while len(sizes) > 1:
        before = sizes.pop(0)
        total += (before + 1) * sizes[0]
    return total


@count_parameters.variant("loop with an index")
def _(sizes):
    total = 0
    for i in range(1, len(sizes)):
        total += sizes[i - 1] * sizes[i] + sizes[i]
    return total


@count_parameters.variant("NumPy")
def _(sizes):
    return np.dot(sizes[:-1], sizes[1:]) + np.sum(sizes[1:])


@count_parameters.variant("recursion")
def _(sizes):
    def count(rest):
        return 0 if len(rest) < 2 else (rest[0] + 1) * rest[1] + count(rest[1:])

    return count(sizes)
