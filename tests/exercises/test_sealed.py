"""The course's own solution, given back as an answer, earns nothing; afterwards it can be called as before."""

import functools

import numpy as np
import pytest

from course_utils import lessons, nn
from course_utils.exercises import check, checking
from course_utils.exercises.sealed import SolutionGivenBack, found, named, sealed
from tests.exercises.table import EXERCISES

FUNCTIONS = [p for p in EXERCISES if p.values[1].kind == "function"]
PUBLIC = {name: getattr(nn, name) for name in dir(nn) if name[0] != "_" and callable(getattr(nn, name))}


def wrapped(x):
    return nn.softmax(x)


def in_steps(x):
    scores = x + 0
    return {"result": nn.activations.softmax(scores)}["result"]


def by_its_name(x):
    return getattr(nn, "soft" + "max")(x)


WAYS = {
    "another name": nn.softmax,
    "wrapped": wrapped,
    "in steps": in_steps,
    "by its name": by_its_name,
    "a lambda": lambda x: nn.softmax(x),
    "partial": functools.partial(nn.softmax, axis=-1),
    "from the table of activations": lambda x: nn.get_activation("softmax")(x),
    "from the exercise": lambda x: lessons.load("02_activations")["softmax"].reference(x),
    "through what the library calls it with": lambda x: np.exp(nn.log_softmax(x)),
}


@pytest.mark.parametrize("answer", WAYS.values(), ids=WAYS)
def test_every_way_to_it_is_told_kindly(answer):
    result = check(lessons.load("02_activations")["softmax"], {"softmax": answer}, [0])
    assert (result.status, result.points, result.mistake) == ("wrong", 0, None)
    assert "the course's own solution" in result.message and "nn.softmax" in result.message
    assert nn.softmax(np.zeros(2)).tolist() == [0.5, 0.5], "afterwards it can be called"


@pytest.mark.parametrize(("lesson", "exercise"), FUNCTIONS)
def test_no_exercise_takes_its_own_reference(lesson, exercise):
    result = check(exercise, {exercise.names[0]: exercise.reference}, [0])
    assert (result.status, result.points) == ("wrong", 0), result
    assert "own solution" in result.message


@pytest.mark.parametrize(("lesson", "exercise"), FUNCTIONS)
def test_another_process_finds_what_to_seal(lesson, exercise):
    assert tuple(found(named(exercise.solutions))) == exercise.solutions


@pytest.mark.parametrize(("lesson", "exercise"), [p for p in FUNCTIONS if p.values[1].rounds > 1])
def test_nothing_of_the_library_is_an_answer(lesson, exercise, monkeypatch):
    monkeypatch.setattr(checking, "_cause", lambda *_: checking.Cause())  # what is told of it does not matter here,
    monkeypatch.setattr(checking, "_explanation", lambda *_: "")  # and is looked for half a second each time
    for name, function in PUBLIC.items():
        assert check(exercise, {exercise.names[0]: function}, [0]).points < exercise.points, name


def test_a_method_of_a_sealed_class_is_sealed_and_opened_again_after_an_error():
    optimizer = nn.SGD(0.1)
    with pytest.raises(SolutionGivenBack), sealed([nn.SGD]):
        optimizer.apply([np.ones(1)], [np.ones(1)])
    with pytest.raises(ZeroDivisionError), sealed([nn.relu]):
        raise ZeroDivisionError
    assert nn.relu(-1.0) == 0
