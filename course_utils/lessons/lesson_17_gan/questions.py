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
    "ln 2 is the cost of the real points alone. What do the forged points cost the discriminator? If you have both, they are added, not averaged.",
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

draw.wrong(
    "base-two",
    "2 is what the logarithm to base 2 gives. ln is the natural one, `np.log` in NumPy.",
    discriminator_loss_at_draw=2.0,
)
draw.wrong(
    "base-two-for-the-generator",
    "1 is what the logarithm to base 2 gives. ln is the natural one, `np.log` in NumPy.",
    generator_loss_at_draw=1.0,
)
draw.wrong(
    "base-ten-for-the-generator",
    "0.301 is what the logarithm to base 10 gives. ln is the natural one, `np.log` in NumPy.",
    generator_loss_at_draw=0.301,
)
draw.wrong(
    "worked-example",
    "0.328 is the loss of the worked example, where D is 0.9 and 0.2. What is D at a draw?",
    discriminator_loss_at_draw=0.328,
)
draw.wrong(
    "worked-example-of-the-generator",
    "1.609 is the loss of the worked example, where D is 0.2 on forged points. What is D at a draw?",
    generator_loss_at_draw=1.609,
)
draw.wrong(
    "draw-everywhere",
    "0.5 would be right where both densities are the same. Which of the two is larger here?",
    best_answer=0.5,
)
draw.wrong(
    "forged-for-each-real",
    "One third says how many forged points come for one real point. Which part of *all* points there is real?",
    best_answer=1 / 3,
)
draw.wrong(
    "in-percent",
    "A probability lies between 0 and 1. How is 75 % written so?",
    best_answer=75.0,
)
draw.wrong(
    "difference",
    "0.2 says by how much one density is larger. A probability is a share: the real points out of how many?",
    best_answer=0.2,
)
draw.wrong(
    "generator-plays-for-nothing",
    "A loss of 0 would need forgeries that surely pass, D = 1. At a draw D is 0.5.",
    generator_loss_at_draw=0.0,
)
draw.wrong(
    "logarithm-itself",
    "-0.69 is ln 0.5 itself. Which sign has a loss, and how many terms has the one of the discriminator?",
    discriminator_loss_at_draw=-0.693,
)
draw.wrong(
    "answers-added",
    "1 is the sum of the answers 0.5. What does the loss take of each answer before it adds?",
    discriminator_loss_at_draw=1.0,
)
