"""Settings at random: mistakes in how a width is drawn."""

from .random_configs import drew, random_configs

OLDER, AT_ONCE = "the older RandomState", "all rates first, then all widths"

random_configs.slip(
    "last-width-never",
    "The last width never comes. The upper end of `rng.integers(0, n)` does not belong to the draw, as in `range(n)`: "
    "which places of the list can come?",
    "rng.randint(len(widths))",
    "rng.randint(max(len(widths) - 1, 1))",
    of=OLDER,
    when=drew("last-width-never"),
)

random_configs.slip(
    "first-width-never",
    "The first width never comes. Python counts the places of a list from 0: from which place do you draw?",
    "rng.randint(len(widths))",
    "rng.randint(min(1, len(widths) - 1), len(widths))",
    of=OLDER,
    when=drew("first-width-never"),
)

random_configs.slip(
    "one-width",
    "All settings share one width. How often should it be drawn, and on which side of the loop?",
    "chosen = rng.choice(widths, size=trials)",
    "chosen = trials * [int(rng.choice(widths))]",
    of=AT_ONCE,
    when=drew("one-width"),
)

random_configs.slip(
    "widths-uneven",
    "Some widths come far more often than others. Each of the list should have the same chance.",
    "chosen = rng.choice(widths, size=trials)",
    "chosen = [widths[int(part**2 * len(widths))] for part in rng.random(trials)]",
    of=AT_ONCE,
    when=drew("widths-uneven"),
)

random_configs.slip(
    "place-for-width",
    "A width does not come from the list. Do you give its place, or any whole number between? Which function of `rng` picks "
    "one of a list?",
    "widths[rng.randint(len(widths))]",
    "rng.randint(len(widths))",
    of=OLDER,
    when=drew("widths"),
)

random_configs.slip(
    "widths-unseeded",
    "The rates are the same both times, the widths are not, though the seed is. Which generator draws the width?",
    "rng.choice(widths, size=trials)",
    "np.roll(trials * list(widths), next(globals().setdefault('turns', iter(range(10**9)))))[:trials]",
    of=AT_ONCE,
    when=drew("widths-not-repeatable"),
)

random_configs.slip(
    "seed-in-part",
    "Two seeds that lie far apart draw the same list. Does the generator get `seed` itself, or only what is left of it after a division?",
    "default_rng(seed)",
    "default_rng(seed % 100)",
    of=AT_ONCE,
    when=drew("seed-in-part"),
)

random_configs.slip(
    "bulging",
    "Too many of your rates lie near the middle of the log scale, and too few at its ends. Each part of the scale should have the same "
    "chance: which function of `rng` draws evenly?",
    "rng.uniform(np.log10(low), np.log10(high), size=trials)",
    "(np.log10(low) + np.log10(high / low) * rng.beta(2, 2, size=trials))",
    of=AT_ONCE,
    when=drew("bulging", "uneven"),
)
