"""Answers that are alike: what counts as the same, what is left out, and how it is said."""

from __future__ import annotations

import re

import pytest

from autograder.course import open_course
from autograder.records.assignments import load_assignment
from autograder.records.ledger import Ledger
from autograder.reporting.alike import find_pairs
from autograder.reporting.likeness import Question, pairs_alike
from autograder.reporting.report import write_report
from autograder.reporting.written import written_answers
from autograder.results import SubmissionResult
from course_utils import lessons
from tests.grader import made, toy
from tests.grader.test_report import text_of

GIVEN = "import numpy as np\ndef softmax(x): pass"
LONG = """def softmax(x):
    z = np.asarray(x, dtype=float)
    biggest = np.amax(z, axis=len(z.shape) - 1)[..., None]
    powers = np.power(np.e, z - biggest)
    return powers / np.add.reduce(powers, axis=-1)[..., None]
"""
OTHER = """def softmax(x):
    rows = []
    for row in np.atleast_2d(x):
        total = sum(np.exp(v - max(row)) for v in row)
        rows.append([np.exp(v - max(row)) / total for v in row])
    return np.array(rows).reshape(np.shape(x))
"""
PROSE = """Where the curve is flat its slope is almost zero, and so the weights below get almost no gradient:
they stop to learn."""


def alike(question, *texts, given=GIVEN):
    """The pairs among these answers, each by who wrote them (a, b, c ...) and the per cent."""
    answers = {chr(ord("a") + i): text for i, text in enumerate(texts)}
    return [(*pair.students, pair.alike[0].percent) for pair in pairs_alike({question: answers}, given)]


SAME = {
    "names": LONG.replace("powers", "p").replace("biggest", "top").replace("z", "scores"),
    "parameter": re.sub(r"\bx\b", "values", LONG),
    "comments": LONG.replace("\n    powers", "  # stable\n    # now the powers\n    powers"),
    "spacing": LONG.replace(" = ", "=").replace(" - ", "-").replace("    ", "\t").replace("(x, ", "(x,\n            "),
    "blank lines": LONG.replace("\n", "\n\n"),
}


@pytest.mark.parametrize("change", SAME)
def test_a_copy_in_disguise_is_the_same(change):
    assert SAME[change] != LONG
    assert alike(Question("n", "q"), LONG, OTHER, SAME[change]) == [("a", "c", 100)]


def test_a_small_change_is_nearly_the_same_and_another_way_is_not():
    ((*who, percent),) = alike(Question("n", "q"), LONG, OTHER, LONG.replace("np.amax", "np.max"))
    assert (who, 90 <= percent < 100) == (["a", "c"], True)
    assert alike(Question("n", "q"), LONG, OTHER) == []


@pytest.mark.parametrize("change", ["np.exp", "np.add.reduce", "softmax"])
def test_names_that_the_lesson_gives_are_no_one_s_own(change):
    """Were every name any name, these would be the same."""
    left, right = (f"def f(x):\n    return {name}(x, x) + {name}(x - x, x * x) * x\n" for name in (change, "np.tanh"))
    assert all(percent < 100 for *_, percent in alike(Question("n", "q"), left, right))
    assert alike(Question("n", "q"), left, left) == [("a", "b", 100)]


LEFT_OUT = {
    "the stub": (Question("n", "q", expected=(LONG,)), [LONG, LONG, OTHER]),
    "the course's own answer": (Question("n", "q", expected=("# stub", LONG)), [LONG, SAME["names"], OTHER]),
    "what half of the class wrote": (Question("n", "q"), [LONG, LONG, LONG, OTHER, OTHER + "\n1", "x = 1"][:4]),
    "what is short": (Question("n", "q"), ["def softmax(x):\n    return x / x.sum()"] * 2),
    "nothing at all": (Question("n", "q"), []),
}


@pytest.mark.parametrize("what", LEFT_OUT)
def test_what_says_nothing_is_left_out(what):
    question, texts = LEFT_OUT[what]
    assert alike(question, *texts) == []


def test_an_answer_in_words_is_read_in_sentences():
    changed = PROSE.replace("almost zero", "ALMOST   zero").replace(",", " -")
    assert alike(Question("n", "q", prose=True), PROSE, changed, "It isn't steep. It's flat.") == [("a", "b", 100)]


def test_pairs_that_share_what_few_wrote_come_first():
    common = "\n".join(f"    y{i} = np.sin(x) + np.cos(x) * {i}" for i in range(3))
    answers = {f"s{i}": common for i in range(5)} | {f"t{i}": f"y = np.exp(x) ** {i} + {i}" for i in range(8)}
    answers |= {"ann": LONG, "bob": SAME["names"]}
    pairs = pairs_alike({Question("n", "q"): answers}, GIVEN)
    assert pairs[0].students == ("ann", "bob")
    assert len(pairs) == 1 + 5 * 4 / 2


@pytest.mark.parametrize(
    "text", ['"' * 300_000, '"\\' * 200_000, "'''" + "\\'" * 100_000, "(" * 300_000, "\x00\ud800", "b" * 10**6]
)
def test_no_text_is_too_odd(text):
    assert all(pair[:2] == ("a", "b") for pair in alike(Question("n", "q"), text, text))


@pytest.mark.parametrize("name", lessons.names())
def test_a_class_that_writes_what_the_course_knows_shows_nothing(tmp_path, name):
    """All the right and wrong answers of a lesson, each by two students: no one is to be asked about these."""
    assignment = load_assignment(open_course(tmp_path), name, save=False)
    results = []
    for number, exercise in enumerate(lessons.load(name).exercises.values()):
        for place, answer in enumerate([*exercise.variants, *exercise.mistakes]):
            cell = {
                "metadata": {"nbgrader": {"grade_id": f"{exercise.id}-answer"}},
                "source": exercise.source_of(answer),
            }
            results += [
                SubmissionResult(f"s{number}-{place}-{twin}", "graded", notebooks={name: {"cells": [cell]}})
                for twin in "ab"
            ]
    written = written_answers(assignment, results)
    assert sum(len(texts) for texts in written.values()) == len(results) >= 20
    assert find_pairs(open_course(tmp_path), assignment, written) == []


def test_the_section_is_written_on_request_and_accuses_no_one(toy_course):
    assignment = load_assignment(toy_course, "toy")
    ledger = Ledger(toy_course.state / "ledger" / "toy.jsonl")
    loop = "    total = 0\n    for p in parts:\n        total += p\n    return total * 1"
    copy = f"def double(x):\n    <b>parts = [x, x]\n{loop}"
    for student, text in {"ann": copy, "bob": copy.replace("total", "t"), "cat": toy.ANSWERS["double"]}.items():
        notebook = toy.fill(toy.released(), double=text)
        made.write(toy_course, student, notebook=notebook)
        ledger.add(student, "key", made.result(assignment, toy_course.root / "submitted" / student / "toy", student))
    assert "alike" not in write_report(str(toy_course.root), "toy", None).read_text()
    html = write_report(str(toy_course.root), "toy", None, similar=True).read_text()
    text = text_of(html)
    assert "A place to look, not a finding." in text
    assert "ann and bob : double-answer 100 %" in text
    assert "<b>parts" not in html and "&lt;b&gt;parts" in html
    assert "cat " not in text[text.index("Answers that are alike") : text.index("Everyone")].split("Needs your")[0]
    assert not re.search(r"cheat|copied|plagiar|fraud|suspic", text, re.IGNORECASE)
