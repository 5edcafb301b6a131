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
    yield edge("the third step of (4, 4): double", np.array([0.7, 2.0]), np.array([4.0, 4.0]), 4.0, 2, 0.1, 3)
    yield edge("the second step of (4, 4): not yet", np.array([0.8, 2.1]), np.array([4.0, 4.0]), 4.0, 1, 0.1, 3)
    yield edge("an infinity with the scale 1: 0.5", np.array([1.0, 2.0]), np.array([3.0, np.inf]), 1.0, 0, 0.1, 3)
    yield edge("a bad step in place of the last good one", np.ones(2), np.array([np.nan, 1.0]), scale, 2, 0.1, 3)
    yield edge("inf and -inf together", np.ones(3), np.array([np.inf, 2.0, -np.inf]), scale, 1, 0.1, 3)
    yield edge("all of them bad", np.ones(2), np.array([np.inf, np.nan]), scale, 1, 0.1, 3)
    yield edge("very large numbers, but finite", np.ones(2), np.array([1e8, -3e9]), 2.0**20, 1, 0.1, 9)
    yield edge("a gradient of zeros", np.array([0.5, -0.5]), np.zeros(2), scale, 3, 0.1, 9)


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
    "whole-scale",
    "`//` cuts the half off: with the scale 1 it leaves 0. Which sign divides and keeps what stands behind the point?",
    "return w, scale / 2, 0",
    "return w, scale // 2, 0",
)

scaled_step.slip(
    "bad-step-doubles",
    "Something overflowed, and your scale grows. In which direction must it go then?",
    "return w, scale / 2, 0",
    "return w, scale * 2, 0",
)

scaled_step.slip(
    "uphill",
    "You go up the slope. Which sign leads down?",
    "w - rate * scaled_gradient / scale",
    "w + rate * scaled_gradient / scale",
)

scaled_step.slip(
    "no-rate",
    "Your step is as long as the gradient itself. Which parameter makes it shorter?",
    "w - rate * scaled_gradient / scale",
    "w - scaled_gradient / scale",
)

scaled_step.slip(
    "one-step-too-early",
    "Your scale doubles one good step too early. How many of the patience's steps are taken by then?",
    "good_steps == patience",
    "good_steps >= patience - 1",
)

scaled_step.slip(
    "count-not-reset",
    "The scale has doubled, and your count goes on. Where does it begin again?",
    "scale * 2, 0",
    "scale * 2, good_steps",
)

scaled_step.slip(
    "bad-only-when-all-are",
    "One bad number spoils the whole step. Do you ask whether *any* of them is bad, or whether all are?",
    "not np.all(np.isfinite(scaled_gradient))",
    "not np.any(np.isfinite(scaled_gradient))",
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

scaled_step.equivalent("the result", "transposed", why="the weights stand in one row, which has no other side")
scaled_step.equivalent("w.copy()", "w", why="weights as they were may be the caller's own")
for other in ("np.abs(scaled_gradient).max()", "np.abs(scaled_gradient).mean()"):
    scaled_step.equivalent("np.abs(scaled_gradient).sum()", other, why="one infinity or nan shows in each of them")
scaled_step.equivalent("np.abs(scaled_gradient)", "scaled_gradient", why="inf - inf is nan, so it shows as well")
