"""Draw one of several numbers: logits, a temperature, softmax, and a random generator."""

from collections.abc import Callable

import numpy as np

from course_utils import nn
from course_utils.exercises import FunctionExercise, edge, random, small
from course_utils.exercises.compare import family

from .draws import NARROW, counts, outside_band, softmax, whole

MANY, AGAIN = 400, 20


def drawn(logits, temperature, rng):
    """A number from 0 to K - 1, drawn in the shares softmax(logits / temperature)."""
    shares = nn.softmax(np.asarray(logits, float) / temperature)
    return int(rng.choice(len(shares), p=shares))


sample = FunctionExercise("sample", reference=drawn, points=3, rounds=2, visible=4, title="Draw the next letter")


@sample.cases
def _(rng):
    def seed():
        return int(rng.integers(10_000_000))

    cold, hot = rng.permutation([5.0, 4.2, 3.0, 1.0, 0.5]), rng.permutation([5.7, 0.3, 0.3])
    one_above = np.where(np.arange(27) == rng.integers(27), 7.5, 1.5)
    yield small("the logits 6, 3 and 0 at temperature 3", np.array([6.0, 3.0, 0.0]), 3.0, MANY, seed())
    yield random("five logits, cold", cold, 0.4, MANY, seed())
    yield random("three logits, hot", hot, 3.0, MANY, seed())
    yield edge("logits from −1000 to 1000", np.array([1000.0, 1000.5, -1000.0]), 0.5, 60, seed())
    yield edge("logits below 0, as float32", np.array([-900.0, -897.0, -890.0], np.float32), 1.0, 30, seed())
    yield edge("very cold: the largest logit is nearly certain", hot, 0.01, AGAIN, seed())
    yield edge("27 logits, one above all others", one_above, 2.0, MANY, seed())


@sample.drive
def _(answer, logits, temperature, draws, seed):
    def draw(number):
        return answer(logits, temperature, np.random.default_rng([seed, number]))

    return {"draws": [draw(n) for n in range(draws)], "again": [draw(n) for n in range(AGAIN)]}


@sample.accept
def _(seen, logits, temperature, draws, seed):
    drawn = seen["draws"]
    if odd := [number for number in drawn if not whole(number)]:
        return f"it should be one whole number, but it is {family(odd[0])}"
    size, shares = len(logits), softmax(np.asarray(logits, float) / temperature)
    if wild := [number for number in drawn if not 0 <= number < size]:
        return f"{size} logits have the numbers 0 to {size - 1}, and {wild[0]} was drawn"
    if drawn[: len(seen["again"])] != seen["again"]:
        return "two generators in the same state drew different numbers"
    worst = outside_band(drawn, shares)
    if worst is None:
        return None
    return (
        f"of {draws} draws {counts(drawn, size)[worst]} were the number {worst}, "
        f"and about {draws * shares[worst]:.0f} are right"
    )


@sample.variant("rng.choice")
def _(logits, temperature, rng):
    scaled = np.asarray(logits, float) / temperature
    powers = np.exp(scaled - scaled.max())
    shares = powers / powers.sum()
    return int(rng.choice(len(shares), p=shares))


@sample.variant("where a random number falls among the sums")
def _(logits, temperature, rng):
    scaled = logits / temperature
    sums = np.cumsum(np.exp(scaled - scaled.max()))
    return np.searchsorted(sums / sums[-1], rng.random())


@sample.variant("a loop that takes away power by power")
def _(logits, temperature, rng):
    scaled = logits / temperature
    powers = np.exp(scaled - scaled.max())
    number, left = 0, rng.random() * powers.sum()
    while left > powers[number]:
        left -= powers[number]
        number += 1
    return number


@sample.variant("the largest after noise was added")
def _(logits, temperature, rng):
    return np.argmax(logits / temperature + rng.gumbel(size=len(logits)))


@sample.variant("one throw of a multinomial")
def _(logits, temperature, rng):
    scaled = np.asarray(logits, float) / temperature
    powers = np.exp(scaled - scaled.max())
    return int(rng.multinomial(1, powers / powers.sum()).argmax())


def like(shares_of: Callable[[np.ndarray, float], np.ndarray]) -> Callable[..., bool]:
    """Whether the draws are repeatable and fit other shares."""
    return lambda seen, logits, temperature, draws, seed: (
        all(map(whole, seen["draws"]))
        and seen["draws"][:AGAIN] == seen["again"]
        and outside_band(seen["draws"], shares_of(np.asarray(logits, float), temperature), NARROW) is None
    )


def first(test: Callable[..., bool]) -> Callable[..., bool]:
    """Whether each thing that was drawn passes the test, which is given the logits too."""
    return lambda seen, logits, *case: all(test(number, logits) for number in seen["draws"])


sample.slip(
    "largest-taken",
    "You always take the largest logit. Then every name comes out the same. Which function of `rng` draws in given shares?",
    "int(rng.choice(len(shares), p=shares))",
    "int(np.argmax(shares))",
    when=lambda seen, logits, *case: all(map(whole, seen["draws"])) and set(seen["draws"]) == {int(np.argmax(logits))},
)

sample.slip(
    "temperature-multiplied",
    "The higher your temperature, the more often the largest logit wins. It should be the other way round: are the logits divided "
    "by the temperature, or multiplied?",
    "float) / temperature",
    "float) * temperature",
    when=like(lambda logits, temperature: softmax(logits * temperature)),
)

sample.slip(
    "temperature-without-effect",
    "Your draws are those of temperature 1, whatever the temperature is. Is it used *before* softmax? Afterwards, shares that "
    "are made to sum to 1 again are the old ones.",
    "float) / temperature",
    "float)",
    when=like(lambda logits, temperature: softmax(logits)),
)

sample.slip(
    "no-powers",
    "Your draws are in the shares of the logits themselves: 6 comes twice as often as 3. What makes shares of logits?",
    "shares = powers / powers.sum()",
    "shares = scaled / scaled.sum()",
    when=like(lambda logits, temperature: logits / logits.sum()),
)

sample.slip(
    "all-alike",
    "Every number comes equally often, whatever its logit. What does `rng.choice` need besides how many there are?",
    "len(shares), p=shares",
    "len(shares)",
    when=like(lambda logits, temperature: np.full(len(logits), 1 / len(logits))),
)

sample.slip(
    "softmax-twice",
    "Your shares are much too even: they are what softmax makes of shares. How often does softmax work here?",
    "shares = powers / powers.sum()",
    "shares = np.exp(powers / powers.sum())\n    shares = shares / shares.sum()",
    when=like(lambda logits, temperature: softmax(softmax(logits / temperature))),
)

sample.slip(
    "another-generator",
    "The same `rng` in the same state drew two different numbers, so nobody could repeat what you made. Which generator do you draw from?",
    "rng.choice(",
    "np.random.default_rng().choice(",
    when=lambda seen, *case: all(map(whole, seen["draws"])) and seen["draws"][:AGAIN] != seen["again"],
)

sample.slip(
    "generator-made-anew",
    "Whatever `rng` holds, you draw the same number. Do you make a generator of your own, from a seed that is always the same?",
    "rng.choice(",
    "np.random.default_rng(3).choice(",
    when=lambda seen, *case: all(map(whole, seen["draws"])) and len(set(seen["draws"])) == 1,
)

sample.slip(
    "counts-from-one",
    "Your numbers go from 1 to K. They should go from 0 to K − 1, as the places in an array do.",
    "int(rng.choice(len(shares), p=shares))",
    "int(rng.choice(len(shares), p=shares)) + 1",
    when=lambda seen, logits, temperature, *case: (
        all(map(whole, seen["draws"]))
        and outside_band([number - 1 for number in seen["draws"]], softmax(np.asarray(logits, float) / temperature))
        is None
    ),
)

sample.slip(
    "one-hot-returned",
    "This is a row with a single 1 in it. Which number was drawn: at which place does the 1 stand?",
    "int(rng.multinomial(1, powers / powers.sum()).argmax())",
    "rng.multinomial(1, powers / powers.sum())",
    of="one throw of a multinomial",
    when=first(lambda made, logits: np.shape(made) == np.shape(logits) and np.asarray(made).dtype.kind in "biu"),
)

sample.slip(
    "shares-returned",
    "These are the shares of all numbers. Now draw *one* number in these shares.",
    "int(rng.choice(len(shares), p=shares))",
    "shares",
    when=first(lambda made, logits: np.shape(made) == np.shape(logits) and np.asarray(made).dtype.kind == "f"),
)

sample.slip(
    "a-row-of-one",
    "You return an array with one number in it. Does `rng.choice` make a single number when `size` is left out?",
    "int(rng.choice(len(shares), p=shares))",
    "rng.choice(len(shares), size=1, p=shares)",
    when=first(lambda made, logits: np.shape(made) == (1,) and np.asarray(made).dtype.kind in "iu"),
)

sample.slip(
    "a-logit-returned",
    "You draw one of the logits. Which *number* was drawn: 0, 1, 2, …? `rng.choice` takes how many there are, or a list to draw from.",
    "int(rng.choice(len(shares), p=shares))",
    "rng.choice(logits, p=shares)",
    when=first(lambda made, logits: isinstance(made, float | np.floating) and bool(np.isin(made, logits))),
)


sample.equivalent("np.asarray(logits, float)", "np.asarray(logits)", why="float32 is exact enough for a draw")
for drawn_whole in ("rng.choice(len(shares), p=shares)", "rng.multinomial(1, powers / powers.sum()).argmax()"):
    sample.equivalent(f"int({drawn_whole})", drawn_whole, why="NumPy's whole numbers serve as well")
sample.equivalent(
    "left > powers[number]", "left >= powers[number]", why="a random number hardly ever falls on the border"
)
