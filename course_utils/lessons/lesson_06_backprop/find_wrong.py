"""Write a check that measures every gradient and names the wrong ones."""

from collections.abc import Callable

import numpy as np

from course_utils import nn
from course_utils.exercises import FunctionExercise, edge, random, small

from .common import Params, network_gradients, network_loss, network_params


def one_neuron_loss(params: Params) -> float:
    """(2 w + b - 5)^2: one neuron, the input 2, the target 5."""
    return float(((2 * params["w"] + params["b"] - 5) ** 2).sum())


def bowl_loss(params: Params) -> float:
    """The sum of the squares of all parameters."""
    return float(sum((value**2).sum() for value in params.values()))


def faint_loss(params: Params) -> float:
    """A millionth of `network_loss`: right or wrong, its gradients are tiny."""
    return 1e-6 * network_loss(params)


def wrong_gradients(f, params, gradients):
    """The names whose gradient differs from the measured one by more than 1e-4 of the larger of the two."""
    wrong = []
    for name, claimed in gradients.items():
        measured = nn.numerical_gradient(lambda value, name=name: f({**params, name: value}), params[name])
        if nn.relative_error(measured, claimed) > 1e-4:
            wrong.append(name)
    return wrong


finder = FunctionExercise("find-wrong", reference=wrong_gradients, points=3, title="A check that finds the bug")


@finder.cases
def _(rng):
    at = {"w": np.array([3.0]), "b": np.array([1.0])}
    yield small(
        "one neuron; the x is forgotten in the gradient of w",
        one_neuron_loss,
        at,
        {"w": np.array([4.0]), "b": np.array([4.0])},
    )
    yield small("one neuron; both are right", one_neuron_loss, at, {"w": np.array([8.0]), "b": np.array([4.0])})
    params, right = _network(rng)
    yield random("a network; one gradient 1 % too large", network_loss, params, _spoilt(right, rng, lambda g: 1.01 * g))
    params, right = _network(rng)
    yield random("a network; a sign turned round", network_loss, params, _spoilt(right, rng, lambda g: -g))
    params, right = _network(rng)
    yield random("a network; two elements exchanged", network_loss, params, _spoilt(right, rng, _exchanged))
    params, right = _network(rng)
    yield random(
        "a network; two gradients wrong", network_loss, params, {**right, "b1": 2 * right["b1"], "W2": 0 * right["W2"]}
    )
    params, right = _network(rng)
    yield edge("one single element is wrong, the last", network_loss, params, _spoilt(right, rng, _last_off))
    params, right = _network(rng)
    faint = {name: 1e-6 * gradient for name, gradient in right.items()}
    yield edge("tiny gradients, one twice too large", faint_loss, params, _spoilt(faint, rng, lambda g: 2 * g))
    low = {"w": rng.uniform(0.01, 0.02, size=3), "b": rng.uniform(0.01, 0.02, size=2)}
    yield edge("close to the bottom, all right", bowl_loss, low, {name: 2 * value for name, value in low.items()})


def _network(rng: np.random.Generator) -> tuple[dict[str, np.ndarray], dict[str, np.ndarray]]:
    params = network_params(rng)
    return params, network_gradients(params)


def _spoilt(gradients: Params, rng: np.random.Generator, spoil: Callable) -> dict[str, np.ndarray]:
    name = ("W1", "b1", "W2", "b2")[rng.integers(4)]
    return {**gradients, name: spoil(gradients[name])}


def _exchanged(gradient: np.ndarray) -> np.ndarray:
    """The largest and the smallest element change places."""
    g = gradient.copy()
    low, high = g.argmin(), g.argmax()
    g.flat[low], g.flat[high] = gradient.flat[high], gradient.flat[low]
    return g


def _last_off(gradient: np.ndarray) -> np.ndarray:
    g = gradient.copy()
    g.flat[-1] += 0.3 * np.abs(gradient).max()
    return g


@finder.variant("both sides, another h, sum of both sizes")
def _(f, params, gradients):
    wrong = []
    for name in gradients:
        measured = []
        for k in range(params[name].size):
            move = np.zeros(params[name].size)
            move[k] = 1e-6
            move = move.reshape(params[name].shape)
            measured.append(
                (f({**params, name: params[name] + move}) - f({**params, name: params[name] - move})) / 2e-6
            )
        measured, claimed = np.array(measured), gradients[name].ravel()
        if np.linalg.norm(measured - claimed) > 1e-4 * (np.linalg.norm(measured) + np.linalg.norm(claimed)):
            wrong.append(name)
    return wrong


@finder.variant("one deep copy, put back exactly")
def _(f, params, gradients):
    params = {name: value.copy() for name, value in params.items()}
    wrong = []
    for name, claimed in gradients.items():
        worst = largest = 0.0
        for place in np.ndindex(claimed.shape):
            here = params[name][place]
            params[name][place] = here + 1e-5
            above = f(params)
            params[name][place] = here - 1e-5
            slope = (above - f(params)) / 2e-5
            params[name][place] = here
            worst = max(worst, abs(slope - claimed[place]))
            largest = max(largest, abs(slope), abs(claimed[place]))
        if worst > 1e-4 * largest:
            wrong += [name]
    return wrong


@finder.variant("two copies for each element")
def _(f, params, gradients):
    wrong = []
    for name, claimed in gradients.items():
        measured = np.zeros(claimed.shape)
        for place in np.ndindex(claimed.shape):
            up, down = params[name].copy(), params[name].copy()
            up[place] += 1e-5
            down[place] -= 1e-5
            measured[place] = (f({**params, name: up}) - f({**params, name: down})) / 2e-5
        if np.abs(measured - claimed).max() > 1e-4 * max(np.abs(measured).max(), np.abs(claimed).max()):
            wrong.append(name)
    return wrong


finder.slip(
    "absolute-difference",
    (
        "Your check misses errors in small gradients: a difference of 1e-7 is nothing for a gradient of 1, and everything for one "
        "of 1e-7. Compare the difference with the size of the gradients."
    ),
    "1e-4 * max(np.abs(measured).max(), np.abs(claimed).max())",
    "1e-4",
    of="two copies for each element",
)

finder.slip(
    "one-sided",
    (
        "Your check accuses gradients that are right. You measure on one side only, and near the bottom the ground bends more than it slopes. "
        "Measure on both sides."
    ),
    "(f({**params, name: up}) - f({**params, name: down})) / 2e-5",
    "(f({**params, name: up}) - f(params)) / 1e-5",
    of="two copies for each element",
)

finder.slip(
    "first-element",
    "A gradient whose first element is right passes your check, whatever the others are. Do you look at every element?",
    "np.abs(measured - claimed).max() > 1e-4 * max(np.abs(measured).max(), np.abs(claimed).max())",
    "abs(measured.flat[0] - claimed.flat[0]) > 1e-4 * max(abs(measured.flat[0]), abs(claimed.flat[0]))",
    of="two copies for each element",
)

finder.slip(
    "errors-cancel",
    "One element too large and another too small cancel in your sum. Make the differences positive before you combine them.",
    "np.abs(measured - claimed).max()",
    "abs(np.sum(measured - claimed))",
    of="two copies for each element",
)

finder.slip(
    "lengths-only",
    "You compare the *lengths* of both gradients. A gradient that points the wrong way has the right length.",
    "np.abs(measured - claimed).max() > 1e-4 * max(np.abs(measured).max(), np.abs(claimed).max())",
    "not np.isclose(np.linalg.norm(measured), np.linalg.norm(claimed), rtol=1e-4, atol=0)",
    of="two copies for each element",
)

finder.slip(
    "names-the-right-ones",
    "You return the names of the gradients that are *right*. Which way does your comparison point?",
    "> 1e-4",
    "< 1e-4",
    of="two copies for each element",
)

finder.slip(
    "stops-at-the-first",
    "Your check stops at the first wrong gradient. There may be more: is the `return` inside the loop?",
    "wrong.append(name)",
    "return [name]",
    of="two copies for each element",
)


@finder.mistake(
    "params-moved",
    "params was changed. Adding h and taking it away again does not always give the same float, and "
    "`dict(params)` copies the names, not the arrays. Move elements in a copy.",
)
def _(f, params, gradients):
    wrong = []
    for name, claimed in gradients.items():
        measured = np.zeros(claimed.shape)
        for place in np.ndindex(claimed.shape):
            params[name][place] += 1e-5
            above = f(params)
            params[name][place] -= 2e-5
            measured[place] = (above - f(params)) / 2e-5
            params[name][place] += 1e-5
        if np.abs(measured - claimed).max() > 1e-4 * max(np.abs(measured).max(), np.abs(claimed).max()):
            wrong.append(name)
    return wrong
