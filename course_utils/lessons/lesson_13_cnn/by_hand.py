"""Questions about lesson 13 that later lessons ask again."""

import numpy as np

from course_utils.exercises.by_hand import ByHand, one_of, whole

from .max_pool import max_pool
from .output_size import output_size
from .slide import slide

BY_HAND = (
    ByHand(
        output_size,
        "A row of {size} pixels, a window of {window}, stride {stride}, padding {pad} on each side: how many numbers come out?",
        lambda rng: {
            "size": whole(rng, 6, 12),
            "window": whole(rng, 2, 4),
            "stride": one_of(rng, 1, 2),
            "pad": one_of(rng, 0, 1),
        },
        lambda f, size, window, stride, pad: f(size, window, stride, pad),
        because="The window can move by {size} + 2 · {pad} − {window} pixels. Divide by the stride, drop what is left over, "
        "and add 1 for the first place.",
        read="How large is the result?",
    ),
    ByHand(
        slide,
        "The kernel {kernel} lies on the pixels {pixels}. Which number comes out?",
        lambda rng: {
            "kernel": [[one_of(rng, 1, 2), one_of(rng, -1, 0)], [one_of(rng, 0, 1), one_of(rng, -1, 1)]],
            "pixels": [whole(rng, 0, 5, 2), whole(rng, 0, 5, 2)],
        },
        lambda f, kernel, pixels: f(np.array(pixels, float), np.array(kernel, float)),
        because="Each pixel times the number that lies on it, and the four products added up: {answer}.",
        read="A window that slides",
    ),
    ByHand(
        max_pool,
        "Max pooling with windows of 2 × 2 meets two rows of pixels, {rows[0]} and {rows[1]}. What comes out?",
        lambda rng: {"rows": [whole(rng, 0, 9, 4), whole(rng, 0, 9, 4)]},
        lambda f, rows: f(np.array(rows, float)[None, :, :, None]),
        because="Of each square of four pixels only the largest stays.",
        read="Pooling: only the strongest stays",
    ),
)
