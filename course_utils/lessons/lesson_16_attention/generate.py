"""Write a name: ask a model for the next letter, draw it, and ask again, until the end is drawn."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from course_utils import nn
from course_utils.exercises import FunctionExercise, edge, random, small

from . import name_models
from .draws import counts, outside_band, softmax, whole


def written(model, context, limit, temperature, rng):
    """The numbers drawn after the mark 0, each from what the model says of the last `context` numbers, up to the next 0."""
    numbers = [0]
    while len(numbers) <= limit:
        shares = nn.softmax(np.asarray(model(numbers[-context:]), float) / temperature)
        number = int(rng.choice(len(shares), p=shares))
        if number == 0:
            break
        numbers.append(number)
    return numbers[1:]


generate = FunctionExercise("generate", reference=written, points=3, rounds=2, visible=4, title="Write a name")


@generate.cases
def _(rng):
    def seed():
        return int(rng.integers(10_000_000))

    limit = int(rng.integers(7, 12))
    yield small("a model that is sure of 1, 4, 1 and the end", name_models.spelling_ada, 8, 10, 1.0, 1, seed())
    yield random("a model that takes four numbers at most", name_models.weighing, 4, 30, 1.0, 1, seed())
    yield random("30 names of two equally likely letters", name_models.tossing, 200, 12, 2.0, 30, seed())
    yield random("one letter: a has the logit 11.9, the others 0", name_models.favouring_a, 3, 1, 4.0, 400, seed())
    yield edge(f"a model that counts to 30, limit {limit}", name_models.counting, 40, limit, 1.0, 1, seed())
    yield edge("a model that is shown the last number only", name_models.counting, 1, 40, 1.0, 1, seed())
    yield edge("a model that ends at once", name_models.silent, 4, 6, 1.0, 1, seed())
    yield edge("a limit of one letter", name_models.counting, 4, 1, 1.0, 1, seed())


@generate.drive
def _(answer, model, context, limit, temperature, names, seed):
    def write(number):
        return answer(model, context, limit, temperature, np.random.default_rng([seed, number]))

    made = [write(number) for number in range(names)]
    if names == 1 or not all(map(_is_name, made)):
        return made[0]
    told = {"the same `rng` writes the same": made[:10] == [write(number) for number in range(10)]}
    if model is name_models.tossing:
        return told | _tosses(made)
    shares = softmax(name_models.FAVOUR_A / temperature)
    return told | {
        "lengths": sorted({len(name) for name in made}),
        "letter a": _often([n[0] for n in made if n], shares),
    }


def _is_name(made: Any) -> bool:
    return isinstance(made, list) and all(map(whole, made))


def _tosses(names: Sequence[list[int]]) -> dict[str, Any]:
    letters = [letter for name in names for letter in name]
    return {
        "lengths": sorted({len(name) for name in names}),
        "all names alike": all(name == names[0] for name in names),
        "all letters of a name alike": all(len({*name}) <= 1 for name in names),
        "letter a": _often(letters, np.array([0, 0.5, 0.5])),
    }


def _often(letters: Sequence[int], shares: np.ndarray) -> str:
    """In words, so that names of any right way to draw are told alike."""
    if outside_band(letters, shares) is None:
        return "as often as it should"
    return "too often" if counts(letters, len(shares))[1] > len(letters) * shares[1] else "too rarely"


@generate.variant("a while loop")
def _(model, context, limit, temperature, rng):
    numbers = [0]
    while len(numbers) <= limit:
        scaled = np.asarray(model(numbers[-context:])) / temperature
        shares = np.exp(scaled - scaled.max())
        number = int(rng.choice(len(shares), p=shares / shares.sum()))
        if number == 0:
            break
        numbers.append(number)
    return numbers[1:]


@generate.variant("a for loop, the window kept by hand")
def _(model, context, limit, temperature, rng):
    window, letters = [0], []
    for _ in range(limit):
        scaled = model(window) / temperature
        powers = np.exp(scaled - scaled.max())
        number = rng.multinomial(1, powers / powers.sum()).argmax()
        if number == 0:
            return letters
        letters.append(number)
        window = [*window, number][-context:]
    return letters


@generate.variant("asked for the end at the top, with noise")
def _(model, context, limit, temperature, rng):
    def draw(logits):
        return int(np.argmax(logits / temperature + rng.gumbel(size=len(logits))))

    letters = []
    number = draw(model([0]))
    while number != 0 and len(letters) < limit:
        letters.append(number)
        number = draw(model([0, *letters][-context:]))
    return letters


generate.slip(
    "end-not-respected",
    "You go on after the end was drawn. What does the number 0 mean, and what should the loop do then?",
    "break",
    "pass",
)

generate.slip(
    "end-mark-kept",
    "The end mark 0 stands in your name. Is 0 appended before you ask whether it is the end?",
    "if number == 0:\n            break\n        numbers.append(number)",
    "numbers.append(number)\n        if number == 0:\n            break",
)

generate.slip(
    "start-mark-kept",
    "The mark 0 stands before the first letter. The model needs it there; the name that you return begins after it.",
    "numbers[1:]",
    "numbers",
)

generate.slip(
    "context-not-cropped",
    "You give the model all numbers so far, and it can take `context` numbers at most. Which slice holds the *last* ones?",
    "numbers[-context:]",
    "numbers",
)

generate.slip(
    "first-ones-kept",
    "From `context` numbers on you show the model the beginning of the name, again and again. Which slice holds the *last* numbers?",
    "numbers[-context:]",
    "numbers[:context]",
)

generate.slip(
    "last-number-only",
    "You show the model the last number only. It may look at the last `context` numbers, and a letter depends on all of them.",
    "numbers[-context:]",
    "numbers[-1:]",
)

generate.slip(
    "window-too-short",
    "Your window is one number shorter than it may be. Which slice holds the last `context` numbers?",
    "numbers[-context:]",
    "numbers[-max(context - 1, 1) :]",
)

generate.slip(
    "start-not-shown",
    "You show the model only the letters. It learned names with the mark 0 in front: does the first letter know where it stands?",
    "model(numbers[-context:])",
    "model(numbers[1:][-context:] or [0])",
)

generate.slip(
    "one-letter-too-many",
    "Your name is one letter longer than the limit allows. Does the list that you count hold the mark 0 as well?",
    "len(numbers) <= limit",
    "len(numbers) <= limit + 1",
)

generate.slip(
    "one-letter-too-few",
    "Your name ends one letter before the limit. Does the list that you count hold the mark 0 as well?",
    "len(numbers) <= limit",
    "len(numbers) < limit",
)

generate.slip(
    "limit-ignored",
    "Your name goes on beyond `limit` letters. Not every model draws the end soon: when else should the loop stop?",
    "len(numbers) <= limit",
    "True",
)

generate.slip(
    "largest-taken",
    "You always take the likeliest letter, so all names come out the same. Draw it, as your `sample` does.",
    "int(rng.choice(len(shares), p=shares / shares.sum()))",
    "int(np.argmax(shares))",
)

generate.slip(
    "temperature-lost",
    "Your names come out as at temperature 1, whatever the temperature is. Does it reach the draw?",
    " / temperature",
    "",
)

generate.slip(
    "generator-made-anew",
    "Each letter is drawn by a generator that starts anew, so the same chances always draw the same letter. Hand on the `rng` that you are given.",
    "rng.choice(",
    "np.random.default_rng(0).choice(",
)

generate.slip(
    "one-letter",
    "You return after the first letter. Does the `return` stand inside the loop?",
    "        numbers.append(number)\n    return numbers[1:]",
    "        numbers.append(number)\n        return numbers[1:]\n    return []",
)

generate.equivalent(
    "np.asarray(model(numbers[-context:]), float)",
    "np.asarray(model(numbers[-context:]))",
    why="they are numbers anyway",
)
for drawn_whole in (
    "rng.choice(len(shares), p=shares)",
    "rng.choice(len(shares), p=shares / shares.sum())",
    "np.argmax(logits / temperature + rng.gumbel(size=len(logits)))",
):
    generate.equivalent(f"int({drawn_whole})", drawn_whole, why="NumPy's whole numbers serve as well")
