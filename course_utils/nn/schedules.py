"""Learning-rate schedules: functions from the number of steps taken to the learning rate."""

import bisect
import math
from collections.abc import Callable, Sequence

Schedule = Callable[[int], float]


def exponential_decay(
    initial_learning_rate: float, decay_steps: int, decay_rate: float, staircase: bool = False
) -> Schedule:
    """rate(step) = initial_learning_rate * decay_rate^(step / decay_steps); staircase rounds the power down.

    >>> rate = exponential_decay(0.1, decay_steps=10, decay_rate=0.5)
    >>> [rate(0), rate(10), rate(20)]
    [0.1, 0.05, 0.025]
    """
    _check_steps("decay_steps", decay_steps)

    def rate(step: int) -> float:
        power = step // decay_steps if staircase else step / decay_steps
        return initial_learning_rate * decay_rate**power

    return rate


def piecewise_constant_decay(boundaries: Sequence[int], values: Sequence[float]) -> Schedule:
    """rate(step) = values[0] up to and including boundaries[0], then values[1], and so on.

    Errors: ValueError unless there is one value more than there are (rising) boundaries.

    >>> rate = piecewise_constant_decay([10, 20], [1.0, 0.5, 0.1])
    >>> [rate(10), rate(11), rate(21)]
    [1.0, 0.5, 0.1]
    """
    boundaries, values = list(boundaries), list(values)
    if len(values) != len(boundaries) + 1 or boundaries != sorted(boundaries):
        raise ValueError("Give rising boundaries and one value more than there are boundaries.")
    return lambda step: values[bisect.bisect_left(boundaries, step)]


def cosine_decay(
    initial_learning_rate: float,
    decay_steps: int,
    alpha: float = 0.0,
    warmup_target: float | None = None,
    warmup_steps: int = 0,
) -> Schedule:
    """Half a cosine wave from the start value down to alpha times it, over decay_steps; then flat.

    With warmup_target the rate first climbs in a straight line from initial_learning_rate to the target, over
    warmup_steps, and the wave starts from there.

    Source: Loshchilov & Hutter 2017, SGDR.

    >>> rate = cosine_decay(0.1, decay_steps=100)
    >>> [rate(0), round(rate(50), 6), rate(100), rate(1000)]
    [0.1, 0.05, 0.0, 0.0]
    """
    _check_steps("decay_steps", decay_steps)
    if warmup_target is None:
        warmup_steps = 0
    top = initial_learning_rate if warmup_target is None else warmup_target

    def rate(step: int) -> float:
        if step < warmup_steps:
            return initial_learning_rate + (top - initial_learning_rate) * step / warmup_steps
        done = min((step - warmup_steps) / decay_steps, 1)
        return top * ((1 - alpha) * 0.5 * (1 + math.cos(math.pi * done)) + alpha)

    return rate


def _check_steps(name: str, steps: int) -> None:
    if steps <= 0:
        raise ValueError(f"{name} must be positive, but it is {steps}.")
