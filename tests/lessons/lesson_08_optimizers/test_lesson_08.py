"""What lesson 08 promises beyond the table: Keras over 20 steps, worked figures, and the race."""

import numpy as np
import pytest

from course_utils import lessons
from course_utils.exercises import check
from course_utils.lessons.lesson_08_optimizers import ravine
from course_utils.lessons.lesson_08_optimizers.race import RACERS, outcome
from tests.lessons.lesson_08_optimizers.oracles import by_keras

lesson = lessons.load("08_optimizers")
KERAS = {
    "sgd": ("SGD", {}),
    "momentum": ("SGD", {"momentum": 0.9}),
    "rmsprop": ("RMSprop", {}),
    "adam": ("Adam", {}),
    "nesterov": ("SGD", {"momentum": 0.9, "nesterov": True}),
}


def answers():
    for id in KERAS:
        yield pytest.param(id, lesson[id].reference, id=id)
        for variant in lesson[id].variants:
            yield pytest.param(id, variant.answer, id=f"{id}: {variant.name}")


@pytest.mark.parametrize("id, optimizer", [*answers()])
def test_twenty_steps_down_the_ravine_agree_with_keras(id, optimizer):
    name, fixed = KERAS[id]
    places = ravine.path(optimizer(0.01), 20)
    theirs = by_keras(name, **fixed)({"learning_rate": 0.01}, ravine.START, list(ravine.slopes(places[:-1])))
    assert np.allclose(places[1:], theirs, rtol=1e-5, atol=1e-5)
    assert not np.allclose(ravine.path(optimizer(0.0101), 20)[1:], theirs, rtol=1e-5, atol=1e-5)


WORKED = {
    "sgd": [2.4, 2.0],
    "momentum": [0.8, 0.5, 0.45],
    "rmsprop": [0.8, 0.8 - 0.4 / np.sqrt(7)],
    "adam": [0.9, 0.9],
    "nesterov": [0.7, 0.35, 0.425],
}


@pytest.mark.parametrize("id, places", WORKED.items())
def test_the_worked_figures_of_the_lesson(id, places):
    exercise = lesson[id]
    seen = exercise.observe(exercise.reference, exercise.draw(0)[0])
    assert np.ravel(seen) == pytest.approx(places, abs=1e-6)


def test_the_rates_of_the_schedule_that_the_lesson_works_out():
    exercise = lesson["schedule"]
    assert exercise.observe(exercise.reference, exercise.draw(0)[0]) == pytest.approx([0, 0.05, 0.1, 0.05, 0])


@pytest.mark.parametrize("angle", [0.0, 30.0, 90.0])
def test_the_slopes_of_the_ravine_are_those_of_its_height(angle):
    w, h = np.array([-1.3, 0.4]), 1e-6
    found = [(ravine.height(w + h * e, angle) - ravine.height(w - h * e, angle)) / (2 * h) for e in np.eye(2)]
    assert np.allclose(found, ravine.slopes(w, angle), rtol=1e-6)


def test_a_turned_ravine_is_the_same_ravine_to_sgd_and_another_to_rmsprop():
    for name, same in (("sgd", True), ("momentum", True), ("rmsprop", False), ("adam", False)):
        flat, turned = (ravine.height(ravine.path(RACERS[name](0.015), 60, angle=a), a) for a in (0.0, 45.0))
        assert np.allclose(flat, turned) == same, name


@pytest.mark.parametrize(
    "rates, told",
    [
        (3.0, "a dict with the key 'sgd'"),
        ({}, "a dict with the key 'sgd'"),
        ({"sgd": "fast"}, "should be a number"),
        ({"sgd": True}, "should be a number"),
        ({"sgd": -0.01}, "above 0"),
        ({"sgd": np.nan}, "above 0"),
    ],
)
def test_rates_that_are_none_are_told_so(rates, told):
    result = check(lesson["race"], {"rates": rates}, [0])
    assert result.points == 0 and told in result.message


def test_rates_that_were_good_in_the_wide_ravine_must_be_chosen_anew():
    result = check(lesson["race"], {"rates": {"sgd": 0.0195, "momentum": 0.015, "rmsprop": 0.1, "adam": 0.5}}, [0])
    assert (result.points, result.mistake) == (0, "too-steep")


def test_the_race_can_be_won_with_a_range_of_rates():
    """The band is wide enough to be found by trying."""
    bands = {"sgd": (0.0034, 0.00495), "momentum": (0.003, 0.009), "rmsprop": (0.05, 0.2), "adam": (0.08, 1.0)}
    for name, (lowest, highest) in bands.items():
        for rate in np.linspace(lowest, highest, 9):
            assert outcome({name: rate}, name, ravine.START) == ("", ""), (name, rate)


def test_the_picture_of_the_race_says_who_has_arrived():
    rates = {"sgd": 0.0195, "momentum": 0.015, "rmsprop": 0.1, "adam": 0.5}
    paths = {name: ravine.path(RACERS[name](rate), 60) for name, rate in rates.items()}
    figure, text = ravine.racing(paths, 60)
    assert "sgd is at height" in text and "adam is there since step 58" in text
    assert len(figure.axes) == 5


def test_the_look_is_where_the_old_speed_carries_the_ball():
    ball, velocity, looks = ravine.START, np.zeros(2), [ravine.START]
    for _ in range(20):
        velocity = 0.9 * velocity - 0.008 * ravine.slopes(ball + 0.9 * velocity)
        ball = ball + velocity
        looks.append(ball + 0.9 * velocity)
    assert np.allclose(ravine.path(lesson["nesterov"].reference(0.008), 20), looks)


def test_what_the_lesson_says_of_nesterov_s_ball():
    ways = [ravine.path(lesson[id].reference(0.008), 100) for id in ("momentum", "nesterov")]
    assert [ravine.arrival(ravine.height(way)) for way in ways] == [64, 28]
    far, near = (np.abs(way[1:31, 1]).mean() for way in ways)
    assert 9 < far / near < 11
    ends = [ravine.height(ravine.path(lesson["nesterov"].reference(rate), 300))[-1] for rate in (0.0135, 0.0136)]
    assert ends[0] < 0.01 and ends[1] > 100
