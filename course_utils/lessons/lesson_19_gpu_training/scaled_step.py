"""One step with dynamic loss scaling."""

import numpy as np

from course_utils.exercises import FunctionExercise, edge, random, small


def step_with_scale(w, scaled_gradient, scale, good_steps, rate, patience):
    """One careful step: skip and halve when a gradient is not finite; double after `patience` good steps."""
    if not np.all(np.isfinite(scaled_gradient)):
        return w, scale / 2, 0
    w = w - rate * scaled_gradient / scale
    good_steps += 1
    if good_steps == patience:
        return w, scale * 2, 0
    return w, scale, good_steps


scaled_step = FunctionExercise("scaled-step", reference=step_with_scale, points=4, title="Dynamic loss scaling")


@scaled_step.cases
def _(rng):
    def drawn(size=3):
        return rng.normal(size=size), rng.normal(size=size) * 100

    scale = 2.0 ** int(rng.integers(5, 12))
    yield small("a good step: (0.9, 2.2), 8, 1", np.array([1.0, 2.0]), np.array([8.0, -16.0]), 8.0, 0, 0.1, 3)
    yield small("an infinity: skip, 4, 0", np.array([1.0, 2.0]), np.array([np.inf, -16.0]), 8.0, 2, 0.1, 3)
    yield random("a good step", *drawn(), scale, int(rng.integers(2, 40)), 0.05, 100)
    yield random("the last of the patience", *drawn(4), scale, 9, 0.05, 10)
    w, gradient = drawn(4)
    yield random("minus infinity", w, np.where(np.arange(4) == 2, -np.inf, gradient), scale, 7, 0.05, 10)
    w, gradient = drawn(3)
    yield edge("not a number", w, np.where(np.arange(3) == 1, np.nan, gradient), scale, 5, 0.05, 10)
    yield edge("patience of 1", *drawn(2), scale, 0, 0.05, 1)


scaled_step.variant("rule by rule")(step_with_scale)


@scaled_step.variant("a conditional return")
def _(w, scaled_gradient, scale, good_steps, rate, patience):
    if not np.all(np.isfinite(scaled_gradient)):
        return w, scale / 2, 0
    w = w - rate * scaled_gradient / scale
    return (w, scale * 2, 0) if good_steps + 1 == patience else (w, scale, good_steps + 1)


@scaled_step.variant("unscaled first, then looked at")
def _(w, scaled_gradient, scale, good_steps, rate, patience):
    gradient = scaled_gradient / scale
    if np.isnan(gradient).any() or np.isinf(gradient).any():
        return w.copy(), scale * 0.5, 0
    good_steps = (good_steps + 1) % patience
    return w - rate * gradient, scale if good_steps else scale * 2, good_steps


@scaled_step.variant("as a list, through the sum")
def _(w, scaled_gradient, scale, good_steps, rate, patience):
    good = np.isfinite(np.abs(scaled_gradient).sum())
    grown = good and good_steps + 1 >= patience
    new = w + (-rate / scale) * scaled_gradient if good else w
    return [new, scale * (2.0 if grown else 1.0 if good else 0.5), good_steps + 1 if good and not grown else 0]


scaled_step.slip(
    "not-unscaled",
    "The gradient still carries the scale, so the step is that many times too long. What takes it away?",
    "scaled_gradient / scale",
    "scaled_gradient",
)

scaled_step.slip(
    "no-skip",
    "You halve the scale and still take the step, so the weights are no numbers any more. What should w be?",
    "return w, scale / 2, 0",
    "return w - rate * scaled_gradient / scale, scale / 2, 0",
)

scaled_step.slip(
    "nan-missed",
    "Infinities are caught, but inf - inf gives something else. Which function asks for both?",
    "not np.all(np.isfinite(scaled_gradient))",
    "np.any(np.isinf(scaled_gradient))",
)

scaled_step.slip(
    "infinity-missed",
    "You look for nan only. What does a number become that is too large for 16 bits?",
    "not np.all(np.isfinite(scaled_gradient))",
    "np.any(np.isnan(scaled_gradient))",
)

scaled_step.slip(
    "zeros-for-infinities",
    "You took the step with 0 in place of the bad numbers. The rule is: how many weights move?",
    "return w, scale / 2, 0",
    "return w - rate * np.nan_to_num(scaled_gradient, posinf=0, neginf=0) / scale, scale / 2, 0",
)

scaled_step.slip(
    "scale-kept",
    "The step was skipped, but the next one will overflow again. What should happen to the scale?",
    "scale / 2, 0",
    "scale, 0",
)

scaled_step.slip(
    "count-kept",
    "After a bad step the good ones in a row begin anew. What should the count be then?",
    "scale / 2, 0",
    "scale / 2, good_steps",
)

scaled_step.slip(
    "never-grows",
    "The patience is used up, and your scale has not grown. Does the step that was just taken count?",
    "scale * 2, 0",
    "scale, good_steps",
)

scaled_step.slip(
    "grows-at-once",
    "Your scale doubles after every good step. How many should it wait for?",
    "good_steps == patience",
    "good_steps >= 1",
)


@scaled_step.mistake(
    "grown-before-dividing",
    "This gradient was made with the old scale, but you divided by the new one. Which comes first?",
)
def _(w, scaled_gradient, scale, good_steps, rate, patience):
    if not np.all(np.isfinite(scaled_gradient)):
        return w, scale / 2, 0
    good_steps += 1
    if good_steps == patience:
        scale, good_steps = scale * 2, 0
    return w - rate * scaled_gradient / scale, scale, good_steps


scaled_step.slip(
    "changes-input",
    "The numbers are right, but `-=` writes into the caller's weights. Make a new array for the result.",
    "w = w - rate",
    "w -= rate",
)
