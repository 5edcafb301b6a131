"""Values to work out and questions to answer in words."""

import numpy as np

from course_utils.exercises import ValuesExercise

rates = ValuesExercise(
    "learning-rates",
    points=3,
    title="Read the learning rate",
    reference=lambda: {
        "curve_a": "too large",
        "curve_b": "too small",
        "curve_c": "diverges",
        "curve_d": "good",
        "rate_of_one_jump": 0.25,
        "limit": 0.5,
    },
)
rates.offer("too small", "good", "too large", "diverges")
rates.right("capital letters", curve_a="Too large", curve_d="GOOD")
rates.right("as fractions", rate_of_one_jump=1 / 4, limit=np.float64(2 / 4))
rates.follows("limit", lambda rate_of_one_jump: 2 * rate_of_one_jump)
rates.wrong(
    "zigzag-diverges",
    "Curve A jumps from side to side, but look at the size of the jumps: do they grow or shrink?",
    curve_a="diverges",
)
rates.wrong(
    "diverges-as-too-large",
    "In curve C the jumps *grow*. It is worse than too large: will it ever come back?",
    curve_c="too large",
)
rates.wrong(
    "slow-is-good",
    "Curve B goes the right way without a jump, but after 20 steps it is still far from 0. Could the steps be longer?",
    curve_b="good",
)
rates.wrong(
    "fast-is-too-large",
    "Curve D is at the bottom after a few steps, without a single jump to the other side. What more can you want?",
    curve_d="too large",
)
rates.wrong(
    "slope-of-the-text",
    "0.5 and 1 are right for f(w) = w². Here f(w) = 2w², which is twice as steep: its slope is 4w. Which number then "
    "multiplies w in each step?",
    rate_of_one_jump=0.5,
    limit=1.0,
)
rates.wrong(
    "swapped",
    "You have the two rates the wrong way round. The one that jumps to the bottom makes the factor 0, the limit makes it -1.",
    rate_of_one_jump=0.5,
    limit=0.25,
)
rates.wrong(
    "factor-zero-as-limit",
    "At 0.25 the factor is 0: one jump to the bottom. A factor of -0.5 still shrinks. Which factor is the first that does not?",
    limit=0.25,
)


for curve, word, hint in (
    (
        "curve_a",
        "good",
        "Curve A jumps to the other side of 0 at every step. A good rate arrives without jumping to and fro.",
    ),
    (
        "curve_a",
        "too small",
        "Curve A jumps to the other side of 0 at every step. A step that is too small never reaches the other side.",
    ),
    (
        "curve_b",
        "too large",
        "Curve B never jumps to the other side of 0, and it comes down slowly. Are its steps long or short?",
    ),
    ("curve_b", "diverges", "The distances from 0 in curve B: do they grow or shrink?"),
    ("curve_c", "good", "Look at the scale of curve C: the distances from 0 grow at every step."),
    ("curve_c", "too small", "Curve C jumps to the other side, further out every time. What kind of step is that?"),
    ("curve_d", "too small", "Curve D is at the bottom after about five steps. Could it be much quicker?"),
    ("curve_d", "diverges", "Curve D comes to rest at 0. Does a walk that diverges do that?"),
):
    rates.wrong(f"{curve.replace('_', '-')}-{word.replace(' ', '-')}", hint, **{curve: word})
rates.wrong(
    "half-as-one-jump",
    "With 0.5 the factor is 1 - 4 · 0.5 = -1: a jump to the other side, as far out as before. Which rate makes the factor 0?",
    rate_of_one_jump=0.5,
)
rates.wrong(
    "one-as-one-jump",
    "With the rate 1 the step is the whole slope, 4w, so from w you land at -3w. Which rate makes the step exactly w?",
    rate_of_one_jump=1.0,
)
rates.wrong(
    "slope-for-rate",
    "4 is what the slope multiplies w by. The *rate* is to make of it a step of exactly w: what times 4 is 1?",
    rate_of_one_jump=4.0,
)
rates.wrong(
    "limit-of-the-text",
    "1 is the limit for f(w) = w². On a function that is twice as steep the factor is 1 - 4 · rate: where is it -1?",
    limit=1.0,
)
rates.wrong(
    "limit-doubled",
    "Twice as steep does not mean twice the rate. Which rate makes the factor 1 - 4 · rate equal to -1?",
    limit=2.0,
)


count = ValuesExercise(
    "count-updates",
    points=2,
    title="Count the iterations",
    reference=lambda: {
        "iterations_per_epoch": 1875,
        "iterations_in_all": 9375,
        "batches_of_1000": 32,
        "size_of_the_last": 8,
        "iterations_full_batch": 5,
    },
)
count.follows("iterations_in_all", lambda iterations_per_epoch: 5 * iterations_per_epoch)
count.right("as floats", iterations_per_epoch=60000 / 32, iterations_in_all=60000 / 32 * 5)
count.right("with NumPy", batches_of_1000=np.ceil(1000 / 32), size_of_the_last=np.int64(1000 % 32))
count.wrong(
    "one-epoch",
    "1875 iterations are *one* epoch. In 5 epochs the network sees all the images how many times?",
    iterations_in_all=1875,
)
count.wrong(
    "samples-not-batches",
    "You counted an iteration for every image. The weights move once for a whole *batch*.",
    iterations_per_epoch=60000,
    iterations_in_all=300000,
)
count.wrong(
    "size-for-number",
    "32 is how many images are in a batch. How many such batches do 60,000 images make?",
    iterations_per_epoch=32,
)
count.wrong("rest-forgotten", "31 full batches hold 992 samples. What happens to the other 8?", batches_of_1000=31)
count.wrong(
    "last-is-full", "1000 is not a multiple of 32. How many are left after 31 full batches?", size_of_the_last=32
)
count.wrong(
    "full-batch-once",
    "With one batch for everything there is one iteration *per epoch*. How many epochs are there?",
    iterations_full_batch=1,
)

count.wrong(
    "images-in-all",
    "You counted an iteration for every image of every epoch. The weights move once for a whole *batch*.",
    iterations_in_all=300000,
)
count.wrong(
    "batch-size-forgotten",
    "An iteration takes a whole batch of 32 images. How many iterations take all 60,000?",
    iterations_per_epoch=60000,
)
count.wrong(
    "half-a-batch",
    "There is no quarter of a batch. The last one is smaller, and it counts as one.",
    batches_of_1000=1000 / 32,
)
count.wrong(
    "part-of-a-batch",
    "A quarter of a batch is left: how many *samples* are that?",
    size_of_the_last=0.25,
)
count.wrong(
    "what-is-missing",
    "24 is how many are missing to a full batch. How many are in it?",
    size_of_the_last=24,
)
count.wrong(
    "samples-in-the-full-batch",
    "That counts samples. With one batch for everything, how often do the weights move in 5 epochs?",
    iterations_full_batch=300000,
)
count.wrong(
    "mini-batches-for-the-full",
    "That is the number for batches of 32. Here the batch is the *whole* data set: one update in each epoch.",
    iterations_full_batch=9375,
)
