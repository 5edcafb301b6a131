"""The cases of the check that finds the bug: losses, their parameters, and the gradients that somebody claims."""

from collections.abc import Callable, Iterator

import numpy as np

from course_utils.exercises import edge, random, small
from course_utils.exercises.case import Case

from .common import Params, network_gradients, network_loss, network_params
from .small_losses import bowl_loss, faint_loss, idle_loss, one_neuron_loss, steep_and_flat_loss, valley_loss


def claims(rng: np.random.Generator) -> Iterator[Case]:
    """Right and wrong gradients: as a whole and in one element, tiny, borderline, in another order."""
    at = {"w": np.array([3.0]), "b": np.array([1.0])}
    yield small(
        "one neuron; the x is forgotten in the gradient of w",
        one_neuron_loss,
        at,
        {"w": np.array([4.0]), "b": np.array([4.0])},
    )
    yield small("one neuron; both are right", one_neuron_loss, at, {"w": np.array([8.0]), "b": np.array([4.0])})
    spoilt = rng.permutation(["W1", rng.choice(["b1", "W2"]), "b2"])  # the first, one between, the last
    for told, name, spoil in zip(SPOILT, spoilt, SPOILT.values(), strict=True):
        params, right = _network(rng)
        yield random(f"a network; {told}", network_loss, params, {**right, name: spoil(right[name])})
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
    billionth = {"w": 1e-9 * rng.uniform(1, 2, size=3), "b": 1e-9 * rng.uniform(1, 2, size=2)}
    yield edge(
        "a few billionths, one twice too large",
        bowl_loss,
        billionth,
        {"w": 4 * billionth["w"], "b": 2 * billionth["b"]},
    )
    yield from _borders(rng)
    yield from _others(rng)


def _borders(rng: np.random.Generator) -> Iterator[Case]:
    """Just above and just below 1e-4 of the largest element, as a whole and in one element of many."""
    at = {"down": -rng.uniform(1, 2, size=(2, 3)), "up": rng.uniform(1, 2, size=4), "both": np.array([-1.5, 0.5, 1.9])}
    right = {name: 2 * value for name, value in at.items()}
    for low, high in ((0.85, 1.2), (1.2, 0.85)):
        claimed = {
            "up": (1 + low * 1e-4) * right["up"],
            "both": right["both"],
            "down": (1 - high * 1e-4) * right["down"],
        }
        yield edge(f"{low:g} and {high:g} ten-thousandths off", bowl_loss, at, claimed)
        tipped = {
            name: _tipped(value, share) for (name, value), share in zip(right.items(), (low, high, 0), strict=True)
        }
        yield edge("one element of many is off by as much", bowl_loss, at, tipped)

    alike = {
        "w": np.full((2, 2), rng.uniform(1, 2)),
        "b": np.full(3, -rng.uniform(1, 2)),
        "c": np.array([2.0, 0.1, 0.1]),
    }
    claimed = {name: 2 * value for name, value in alike.items()}
    claimed["w"] = (1 + 1.5e-4) * claimed["w"]
    claimed["b"] = (1 + 0.7e-4) * claimed["b"]
    claimed["c"] = claimed["c"] * np.array([1 + 0.7e-4, 1, 1])
    yield edge("elements of one size, and a large beside small ones", bowl_loss, alike, claimed)

    many = {"w": rng.uniform(1, 2, size=(3, 4))}
    claimed = 2 * many["w"]
    claimed[1, 2] *= 1.0005
    yield edge("one element of twelve is off by five ten-thousandths", bowl_loss, many, {"w": claimed})


def _tipped(gradient: np.ndarray, share: float) -> np.ndarray:
    """The smallest element is off by this many ten-thousandths of the largest one."""
    g = gradient.copy()
    g.flat[np.abs(g).argmin()] += share * 1e-4 * np.abs(g).max()
    return g


def _others(rng: np.random.Generator) -> Iterator[Case]:
    at = {"w": np.full((2, 2, 3), 0.004) + 1e-4 * rng.normal(size=(2, 2, 3)), "b": np.array([-0.0475])}
    slope = 2 * sum(value.sum() for value in at.values())
    right = {name: np.full(value.shape, slope) for name, value in at.items()}
    yield edge("each slope depends on all parameters, all right", valley_loss, at, right)
    unused = {"w": rng.uniform(1, 2, size=2), "unused": rng.normal(size=3)}
    slopes = {"unused": np.zeros(3), "w": 6 * (3 * unused["w"] - 1)}
    yield edge("a parameter that the loss does not use", idle_loss, unused, slopes)
    yield edge("a slope where there should be none", idle_loss, unused, {**slopes, "unused": np.full(3, 1e-3)})
    yield edge("a slope of 0 is claimed", idle_loss, unused, {**slopes, "w": np.zeros(2)})
    uneven = {"w": rng.uniform(1, 2, size=6), "b": rng.uniform(1, 2, size=3)}
    right = {name: value * np.where(np.arange(value.size) % 2, 1e-6, 1.0) for name, value in uneven.items()}
    twice = {name: np.where(np.arange(g.size) % 2, 2 * g, g) for name, g in right.items()}
    yield edge("tiny elements beside large ones are twice too large", steep_and_flat_loss, uneven, twice)
    params, right = _network(rng)
    backwards = {"b2": 1.5 * right["b2"], "W2": -right["W2"], "b1": right["b1"], "W1": 1.001 * right["W1"]}
    yield edge("three wrong, and the gradients in another order", network_loss, params, backwards)


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


SPOILT: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "one gradient 1 % too large": lambda g: 1.01 * g,
    "a sign turned round": lambda g: -g,
    "two elements exchanged": _exchanged,
}
