"""Wrong words and wrong sums are told apart without telling the right one."""

from pathlib import Path

import pytest

from course_utils import lessons
from course_utils.exercises import check
from course_utils.exercises.kinds import ValuesExercise
from course_utils.notebook.panel import as_html
from tests.exercises.table import EXERCISES

ROOT = Path(__file__).resolve().parents[2]
VALUES = [p for p in EXERCISES if isinstance(p.values[1], ValuesExercise)]
WITH_WORDS = [p for p in VALUES if any(isinstance(value, str) for value in p.values[1].values.values())]
SUMS = [
    pytest.param(p.values[1], name, terms, id=f"{p.id}/{name}")
    for p in VALUES
    for name, terms in p.values[1]._terms.items()
]


def told(exercise, **wrong):
    result = check(exercise, {**exercise.values, **wrong}, [0])
    assert result.points < exercise.points
    return result


@pytest.mark.parametrize(("lesson", "exercise"), WITH_WORDS)
def test_the_words_on_offer_are_those_of_the_text(lesson, exercise):
    right = [value for value in exercise.values.values() if isinstance(value, str)]
    assert set(right) <= set(exercise.words)
    source = (ROOT / "solutions" / lesson / f"{lesson}.py").read_text(encoding="utf-8")
    text = source[: source.index(f'"{exercise.id}-answer"')]
    assert all(word in text for word in exercise.words)


@pytest.mark.parametrize(("lesson", "exercise"), WITH_WORDS)
def test_a_word_that_is_not_on_offer_brings_the_list_and_the_nearest(lesson, exercise):
    name, right = next((n, v) for n, v in exercise.values.items() if isinstance(v, str))
    misspelt = f"{right[:-1]}q{right[-1]}"
    message = told(exercise, **{name: misspelt}).message
    assert all(f"“{word}”" in message for word in exercise.words) and f"Did you mean “{right}”?" in message
    assert "Did you mean" not in told(exercise, **{name: "xyz"}).message


@pytest.mark.parametrize(("exercise", "name", "terms"), SUMS)
def test_a_term_left_out_or_taken_twice_is_named(exercise, name, terms):
    for term, value in terms.items():
        without = told(exercise, **{name: exercise.values[name] - value})
        twice = told(exercise, **{name: exercise.values[name] + value})
        assert without.mistake or f"not the {term}" in without.message or "in it twice" in without.message, without
        assert twice.mistake or f"the {term} are in it twice" in twice.message or "not the" in twice.message, twice


def test_terms_must_sum_to_the_right_value():
    exercise = ValuesExercise("count", points=1, reference=lambda: {"n": 10})
    with pytest.raises(ValueError, match="sum to 9, not 10"):
        exercise.terms("n", weights=6, biases=3)
    exercise.terms("n", weights=6, biases=4)
    assert "the weights are in it, but not the biases" in told(exercise, n=6).message
    assert told(exercise, n=7).message.endswith("the number differs.")


def pair():
    """Three counts, the last of them the sum of the others, with a known mistake in two."""
    exercise = ValuesExercise("count", points=3, reference=lambda: {"a": 1200, "b": 34, "both": 1234})
    exercise.wrong("tenfold", "12,000 has a 0 too many.", a=12_000)
    exercise.wrong("digit", "3 is half of it.", b=3)
    exercise.sum("both", "a", "b")
    return exercise


def test_other_wrong_values_are_told_beside_a_known_mistake():
    message = told(pair(), a=12_000, b=3).message
    assert message == "12,000 has a 0 too many. And: 3 is half of it."
    assert told(pair(), a=12_000, both=7).message == "12,000 has a 0 too many. Look at `both` as well."
    assert told(pair(), a=12_000, b=5, both=7).message.endswith("Look at `b` and `both` as well.")
    assert told(pair(), a=12_000, b=...).message == "12,000 has a 0 too many."


def test_a_sum_that_does_not_agree_with_its_right_parts_is_told():
    assert told(pair(), both=1235).message.endswith("`a` and `b` are right, but they do not add up to your `both`.")
    assert "add up" not in told(pair(), both=1235, b=5).message
    with pytest.raises(ValueError, match="do not sum to a"):
        pair().sum("a", "b", "both")


LONG = {"a text": "x" * 900_000, "a list": list(range(100_000)), "a dict": {"k" * 900_000: 1}}


@pytest.mark.parametrize("value", LONG.values(), ids=LONG)
def test_a_message_quotes_no_more_than_can_be_read(value):
    exercise = lessons.load("02_activations")["choose-activation"]
    result = check(exercise, dict.fromkeys(exercise.names, value), [0])
    assert "is not one of the words on offer" in result.message
    assert 1_000 < len(result.message) < 5_000 and len(as_html(result)) < 20_000
