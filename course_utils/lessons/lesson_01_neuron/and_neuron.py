"""Choose two weights and a bias by hand so that the neuron says AND."""

import numpy as np

from course_utils.exercises import ModelExercise, small

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
    said = fires(seen)
    if said is None:
        return "and_neuron should be three numbers in brackets, (w1, w2, b)"
    total = f"{seen[0]:g} · {x1} + {seen[1]:g} · {x2} + ({seen[2]:g}) = {seen[0] * x1 + seen[1] * x2 + seen[2]:g}"
    wanted = bool(x1 and x2)
    if said[CORNERS.index((x1, x2))] == wanted:
        return None
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


and_neuron.slip(
    "or",
    (
        "Your neuron says yes as soon as one input is 1: that is OR. A single weight must not be enough. "
        "What should the bias be compared with one weight, and with two?"
    ),
    "[2, 3, -4]",
    "1.0, 1.0, -0.5",
    when=lambda seen, x1, x2: fires(seen) == [False, True, True, True],
)

and_neuron.slip(
    "always",
    (
        "Your neuron says yes to everything, even when both inputs are 0; then only the bias is left. "
        "Which sign does a bias need to hold the neuron back?"
    ),
    "[2, 3, -4]",
    "1.0, 1.0, 1.5",
    when=lambda seen, x1, x2: fires(seen) == [True] * 4,
)

and_neuron.slip(
    "never",
    (
        "Your neuron never says yes: even both weights together do not make up for the bias. "
        "How far may the bias lie below 0?"
    ),
    "[2, 3, -4]",
    "1.0, 1.0, -2.5",
    when=lambda seen, x1, x2: fires(seen) == [False] * 4,
)

and_neuron.slip(
    "one-input",
    (
        "Your neuron follows one input and lets the other make no difference. AND needs both: "
        "how should the two weights compare with the bias?"
    ),
    "[2, 3, -4]",
    "1.0, 0.0, -0.5",
    when=lambda seen, x1, x2: fires(seen) in ([False, False, True, True], [False, True, False, True]),
)

and_neuron.slip(
    "opposite",
    "Your neuron says exactly the opposite of AND. What happens to a total when every sign in it is turned round?",
    "[2, 3, -4]",
    "-1.0, -1.0, 1.5",
    when=lambda seen, x1, x2: fires(seen) == [True, True, True, False],
)
