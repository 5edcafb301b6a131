"""Turn even steps from 0 to 1 into learning rates that are even on a log scale."""

import numpy as np

from course_utils.exercises import FunctionExercise, edge, random, small


def rates_on_log_scale(u, low, high):
    """low (high / low)^u: as u goes evenly from 0 to 1, the exponent goes evenly from that of low to that of high."""
    return low * (high / low) ** u


log_uniform = FunctionExercise(
    "log-uniform", reference=rates_on_log_scale, points=3, title="Even steps on a log scale", tolerance=1e-10
)


@log_uniform.cases
def _(rng):
    yield small("0, a half and 1, from 0.001 to 0.1", np.array([0.0, 0.5, 1.0]), 0.001, 0.1)
    yield random("five numbers", rng.random(5), 10.0 ** rng.uniform(-5, -3), 10.0 ** rng.uniform(-1, 1))
    yield random("three numbers", rng.random(3), 10.0 ** rng.uniform(-3, -2), 10.0 ** rng.uniform(0.2, 2))
    yield random("a table of numbers", rng.random((2, 3)), 0.001, 0.1)
    yield edge("one value only: low is high", rng.random(4), 0.02, 0.02)
    yield edge("from 1 to 1000, both whole numbers", rng.random(3), 1, 1000)
    yield edge("a very wide range", rng.random(4), 1e-9, 1e6)
    yield edge("a single number", rng.random(1), 0.001, 1.0)


log_uniform.variant("a power of the ratio")(rates_on_log_scale)


@log_uniform.variant("exp of a mix of logs")
def _(u, low, high):
    return np.exp((1 - u) * np.log(low) + u * np.log(high))


@log_uniform.variant("exponents in base 10")
def _(u, low, high):
    start, end = np.log10([low, high])
    return 10 ** (start + u * (end - start))


@log_uniform.variant("one at a time")
def _(u, low, high):
    return np.array([low ** (1 - part) * high**part for part in u])


log_uniform.slip(
    "linear",
    (
        "For u = 0.5 your rate lies in the middle of low and high. Walked that way, small rates hardly ever come up. "
        "What goes up evenly on a log scale: the rate or its exponent?"
    ),
    "low * (high / low) ** u",
    "low + u * (high - low)",
)

log_uniform.slip(
    "exponents",
    "These are exponents, such as -2. Which rate belongs to the exponent -2?",
    "10 ** (start + u * (end - start))",
    "start + u * (end - start)",
    of="exponents in base 10",
)

log_uniform.slip(
    "mixed-bases",
    "You took one logarithm and undid another one. np.log goes with np.exp; what goes with np.log10?",
    "10 ** (start + u * (end - start))",
    "np.exp(start + u * (end - start))",
    of="exponents in base 10",
)

log_uniform.slip(
    "backwards",
    "u = 0 gave the highest rate and u = 1 the lowest. Which exponent do you start from?",
    "[low, high]",
    "[high, low]",
    of="exponents in base 10",
)

log_uniform.slip(
    "exponent-from-zero",
    "You shortened the way: u runs over the exponent of high alone. Where should it start, where end?",
    "(high / low) ** u",
    "high**u",
)

log_uniform.slip(
    "linear-inside-the-log",
    "You mixed first and took the logarithm afterwards. Which comes first? And what has to be undone at the end?",
    "low * (high / low) ** u",
    "np.log10(low + u * (high - low))",
)

log_uniform.slip(
    "natural-exponents",
    "The walk is right, but these are still logarithms, and so negative for small rates. What undoes `np.log`?",
    "np.exp((1 - u) * np.log(low) + u * np.log(high))",
    "(1 - u) * np.log(low) + u * np.log(high)",
    of="exp of a mix of logs",
)


@log_uniform.mistake(
    "u-ignored",
    "You make a ladder of your own and never look at `u`. Each number of `u` says how far to walk: where does it belong?",
)
def _(u, low, high):
    return np.geomspace(low, high, u.size).reshape(u.shape)


log_uniform.slip(
    "rounded",
    "Your rates are rounded. What becomes of a rate such as 0.0000043? Leave them as they are.",
    "low * (high / low) ** u",
    "np.round(low * (high / low) ** u, 4)",
)

log_uniform.slip(
    "mixed-bases-the-other-way",
    "You took one logarithm and undid another one. What undoes np.log, and what undoes np.log10?",
    "np.exp((1 - u) * np.log(low) + u * np.log(high))",
    "10 ** ((1 - u) * np.log(low) + u * np.log(high))",
    of="exp of a mix of logs",
)

log_uniform.slip(
    "only-the-start-raised",
    "Python raises before it adds, so 10 is raised to the start alone and the way is added after that. What has to stand in brackets?",
    "10 ** (start + u * (end - start))",
    "10**start + u * (end - start)",
    of="exponents in base 10",
)

log_uniform.slip(
    "way-without-brackets",
    "For u = 1 your rate is right, for u = 0 it is 1. At which exponent does the walk begin, and does (end - start) stand in brackets?",
    "u * (end - start)",
    "u * end - start",
    of="exponents in base 10",
)

log_uniform.slip(
    "low-forgotten",
    "For u = 0 you give 1, and it should be low. From which rate does the walk start?",
    "low * (high / low) ** u",
    "(high / low) ** u",
)

log_uniform.slip(
    "ratio-without-brackets",
    "Python raises before it divides, so only `low` is raised to u. What has to stand in brackets?",
    "low * (high / low) ** u",
    "low * high / low**u",
)

log_uniform.slip(
    "difference-for-ratio",
    "On a log scale equal steps are equal factors. By which factor is high larger than low: do you get it by subtracting?",
    "(high / low) ** u",
    "(high - low) ** u",
)

log_uniform.slip(
    "factor-added",
    "For u = 0 you give low + 1. A walk in equal factors multiplies: which sign stands between low and the factor?",
    "low * (high",
    "low + (high",
)

log_uniform.slip(
    "u-in-the-factor",
    "Your rate goes up evenly with u. On a log scale u is the *exponent* of the factor high / low: which sign raises to a power?",
    "(high / low) ** u",
    "(high / low) * u",
)

log_uniform.slip(
    "log-of-one-more",
    "`log1p` takes the logarithm of 1 + rate, and small rates hardly change it. Which function takes that of the rate itself?",
    "np.exp((1 - u) * np.log(low) + u * np.log(high))",
    "np.expm1((1 - u) * np.log1p(low) + u * np.log1p(high))",
    of="exp of a mix of logs",
)


for _name, _steps, _told in (
    ("by-its-length", "len(u)", "You ask only how long `u` is"),
    ("in-one-row", "u.size", "You ask only how many numbers `u` has"),
):
    log_uniform.slip(
        f"u-ignored-{_name}",
        f"{_told}, and make a ladder of your own. Each number of `u` says how far to walk: where does it belong?",
        "10 ** (start + u * (end - start))",
        f"np.logspace(start, end, {_steps})",
        of="exponents in base 10",
    )
