"""Choose two weights and a bias by hand so that the neuron says AND."""

import numbers

import numpy as np

from course_utils.exercises import ModelExercise, small

CORNERS = [(0, 0), (0, 1), (1, 0), (1, 1)]
AND = [False, False, False, True]


def three(answer):
    """The numbers (w1, w2, b) as floats; None when these are not three finite numbers."""
    if not isinstance(answer, tuple | list | np.ndarray) or len(answer) != 3:
        return None
    if not all(isinstance(number, numbers.Real) for number in answer) or not np.isfinite(list(answer)).all():
        return None
    return [float(number) for number in answer]


def fires(answer):
    """What the neuron says at the four corners; an empty list when there is no neuron.

    A total that is 0 on paper counts as 0, also where float arithmetic leaves a trace: 0.1 + 0.2 - 0.3.
    """
    found = three(answer)
    if found is None:
        return []
    w1, w2, b = found
    return [w1 * x1 + w2 * x2 + b > 1e-12 * max(map(abs, found)) for x1, x2 in CORNERS]


def and_weights():
    """Two equal weights, and a bias that needs both of them."""
    return 1.0, 1.0, -1.5


and_neuron = ModelExercise("and-neuron", reference=and_weights, points=2, rounds=1, title="A neuron that says AND")


@and_neuron.cases
def _(rng):
    for x1, x2 in CORNERS:
        yield small(f"inputs {x1} and {x2}", x1, x2)


@and_neuron.drive
def _(answer, x1, x2):
    return answer if isinstance(answer, tuple | list | np.ndarray) else None


@and_neuron.accept
def _(seen, x1, x2):
    found = three(seen)
    if found is None:
        return "and_neuron should be three numbers in brackets, (w1, w2, b)"
    wanted = bool(x1 and x2)
    if fires(seen)[CORNERS.index((x1, x2))] == wanted:
        return None
    w1, w2, b = found
    total = f"{w1:g} · {x1} + {w2:g} · {x2} + ({b:g}) = {w1 * x1 + w2 * x2 + b:.6g}"
    return f"the total is {total}, and it should {'be above' if wanted else 'not be above'} 0"


@and_neuron.variant("other numbers, as a list")
def _():
    return [2, 3, -4]


@and_neuron.variant("a NumPy array")
def _():
    return np.array([0.6, 0.6, -1.0])


@and_neuron.variant("a sum that ends exactly on 0 is not above 0")
def _():
    return 1, 1, -1


@and_neuron.variant("very small and unequal weights")
def _():
    return 1e-9, np.float32(5e-9), -5.5e-9


def known(name, hint, wrong, when):
    """A known mistake that is recognised by what the neuron says, or by its numbers."""
    and_neuron.slip(name, hint, "[2, 3, -4]", wrong, when=when)


known(
    "texts",
    "Between quotation marks a number is a text, and nothing can be computed with it. What happens without the marks?",
    '"1", "1", "-1.5"',
    lambda seen, x1, x2: isinstance(seen, tuple | list | np.ndarray) and any(isinstance(part, str) for part in seen),
)
known(
    "weights-without-bias",
    "There are two numbers. A neuron with two inputs has two weights; which number is still missing?",
    "1.0, 1.0",
    lambda seen, x1, x2: isinstance(seen, tuple | list | np.ndarray) and len(seen) == 2,
)
known(
    "bias-first",
    "With your first number as the bias, this would be AND. In which order are the three numbers asked for?",
    "-1.5, 1.0, 1.0",
    lambda seen, x1, x2: bool(fires(seen)) and fires([*seen[1:], seen[0]]) == AND,
)
known(
    "or",
    "Your neuron says yes as soon as one input is 1: that is OR. A single weight must not be enough. "
    "What should the bias be compared with one weight, and with two?",
    "1.0, 1.0, -0.5",
    lambda seen, x1, x2: fires(seen) == [False, True, True, True],
)
known(
    "always",
    "Your neuron says yes to everything, even when both inputs are 0; then only the bias is left. "
    "Which sign does a bias need to hold the neuron back?",
    "1.0, 1.0, 1.5",
    lambda seen, x1, x2: fires(seen) == [True] * 4,
)
known(
    "never-by-weight",
    "Your neuron never says yes, and one of its weights is not above 0. What should an input do to the total "
    "when it turns from 0 to 1?",
    "-1.0, 1.0, -1.5",
    lambda seen, x1, x2: fires(seen) == [False] * 4 and min(three(seen)[:2]) <= 0,
)
known(
    "never",
    "Your neuron never says yes: even both weights together do not make up for the bias. "
    "How far may the bias lie below 0?",
    "1.0, 1.0, -2.5",
    lambda seen, x1, x2: fires(seen) == [False] * 4,
)
known(
    "one-input",
    "Your neuron follows one input and lets the other make no difference. AND needs both: "
    "how should the two weights compare with the bias?",
    "1.0, 0.0, -0.5",
    lambda seen, x1, x2: fires(seen) in ([False, False, True, True], [False, True, False, True]),
)
known(
    "one-against",
    "Your neuron says yes when one input is 1 and the other is 0, but not when both are 1. "
    "So one of your inputs speaks against. Which sign has its weight?",
    "1.0, -1.0, -0.5",
    lambda seen, x1, x2: fires(seen) in ([False, False, True, False], [False, True, False, False]),
)
known(
    "nor",
    "Your neuron says yes only when both inputs are 0. What would the two weights and the bias have to do "
    "so that an input of 1 speaks *for* a yes?",
    "-1.0, -1.0, 0.5",
    lambda seen, x1, x2: fires(seen) == [True, False, False, False],
)
known(
    "opposite",
    "Your neuron says exactly the opposite of AND. What happens to a total when every sign in it is turned round?",
    "-1.0, -1.0, 1.5",
    lambda seen, x1, x2: fires(seen) == [True, True, True, False],
)

for numbers_of_a_variant in (
    "[2, 3, -4]",
    "np.array([0.6, 0.6, -1.0])",
    "(1e-09, np.float32(5e-09), -5.5e-09)",
):
    and_neuron.equivalent(numbers_of_a_variant, why="every three numbers that say AND are right")
