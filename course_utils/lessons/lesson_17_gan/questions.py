"""Values to work out and questions to answer in words."""

import numpy as np

from course_utils.exercises import ValuesExercise

draw = ValuesExercise(
    "draw",
    points=2,
    title="When nobody wins",
    tolerance=5e-3,
    reference=lambda: {"best_answer": 0.75, "discriminator_loss_at_draw": 1.386, "generator_loss_at_draw": 0.693},
)


@draw.variant("computed with NumPy")
def _():
    return {"discriminator_loss_at_draw": 2 * np.log(2), "generator_loss_at_draw": np.log(2)}


@draw.variant("two decimals")
def _():
    return {"discriminator_loss_at_draw": 1.39, "generator_loss_at_draw": 0.69}


@draw.mistake(
    "ratio",
    "3 says how many real points come for one forged point. A probability is the real ones out of *all* points "
    "at this place. How many are all?",
)
def _():
    return {"best_answer": 3.0}


@draw.mistake(
    "share-of-the-forged", "0.25 is the share of the forged points. The discriminator says how probable *real* is."
)
def _():
    return {"best_answer": 0.25}


@draw.mistake(
    "density-itself", "0.3 says how crowded the place is with real points. How many of all points there are real?"
)
def _():
    return {"best_answer": 0.3}


@draw.mistake(
    "one-term-only", "ln 2 is the cost of the real points alone. What do the forged points cost the discriminator?"
)
def _():
    return {"discriminator_loss_at_draw": 0.693}


@draw.mistake(
    "a-draw-costs-nothing",
    "A loss of 0 would need an answer that is right and sure. At a draw the answer is 0.5 everywhere.",
)
def _():
    return {"discriminator_loss_at_draw": 0.0}


@draw.mistake("generator-counted-twice", "The generator's loss looks at forged points only. How many terms has it?")
def _():
    return {"generator_loss_at_draw": 1.386}


@draw.mistake("probability-for-loss", "0.5 is the discriminator's answer. The loss is minus the logarithm of it.")
def _():
    return {"generator_loss_at_draw": 0.5}


@draw.mistake("minus-forgotten", "The logarithm of 0.5 is negative. What stands before it in the loss?")
def _():
    return {"discriminator_loss_at_draw": -1.386}


@draw.mistake(
    "generator-minus-forgotten", "The logarithm of 0.5 is negative. What stands before it in the generator's loss?"
)
def _():
    return {"generator_loss_at_draw": -0.693}


@draw.mistake("other-logarithm", "You took the logarithm to base 10. ln is the natural one, `np.log` in NumPy.")
def _():
    return {"discriminator_loss_at_draw": 0.602}
