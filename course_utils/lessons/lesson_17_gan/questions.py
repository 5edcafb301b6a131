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
draw.right("computed with NumPy", discriminator_loss_at_draw=2 * np.log(2), generator_loss_at_draw=np.log(2))
draw.right("two decimals", discriminator_loss_at_draw=1.39, generator_loss_at_draw=0.69)
draw.wrong(
    "ratio",
    "3 says how many real points come for one forged point. A probability is the real ones out of *all* points "
    "at this place. How many are all?",
    best_answer=3.0,
)
draw.wrong(
    "share-of-the-forged",
    "0.25 is the share of the forged points. The discriminator says how probable *real* is.",
    best_answer=0.25,
)
draw.wrong(
    "density-itself",
    "0.3 says how crowded the place is with real points. How many of all points there are real?",
    best_answer=0.3,
)
draw.wrong(
    "one-term-only",
    "ln 2 is the cost of the real points alone. What do the forged points cost the discriminator?",
    discriminator_loss_at_draw=0.693,
)
draw.wrong(
    "a-draw-costs-nothing",
    "A loss of 0 would need an answer that is right and sure. At a draw the answer is 0.5 everywhere.",
    discriminator_loss_at_draw=0.0,
)
draw.wrong(
    "generator-counted-twice",
    "The generator's loss looks at forged points only. How many terms has it?",
    generator_loss_at_draw=1.386,
)
draw.wrong(
    "probability-for-loss",
    "0.5 is the discriminator's answer. The loss is minus the logarithm of it.",
    generator_loss_at_draw=0.5,
)
draw.wrong(
    "minus-forgotten",
    "The logarithm of 0.5 is negative. What stands before it in the loss?",
    discriminator_loss_at_draw=-1.386,
)
draw.wrong(
    "generator-minus-forgotten",
    "The logarithm of 0.5 is negative. What stands before it in the generator's loss?",
    generator_loss_at_draw=-0.693,
)
draw.wrong(
    "other-logarithm",
    "You took the logarithm to base 10. ln is the natural one, `np.log` in NumPy.",
    discriminator_loss_at_draw=0.602,
)
