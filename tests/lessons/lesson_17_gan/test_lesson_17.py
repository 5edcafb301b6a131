"""What only lesson 17 promises: the figures in its text, what its pictures say, and a judge without TensorFlow."""

import itertools

import numpy as np
import pytest

from course_utils import lessons, nn, plots
from course_utils.environment import Lazy
from course_utils.exercises import check
from course_utils.lessons.lesson_17_gan import duel
from course_utils.lessons.lesson_17_gan.contest_judging import (
    DISCRIMINATOR,
    GENERATOR,
    PLAYERS,
    RATE,
    adam_with_memory,
    loss_of,
    slopes_of,
)
from course_utils.lessons.lesson_17_gan.generator_loss import loss_and_slopes
from course_utils.lessons.lesson_17_gan.generator_turn import one_turn

LESSON = lessons.load("17_gan")
TURN = LESSON["generator-turn"]


def test_the_worked_turn():
    """The table above exercise 4: shift 1.1, scale 1.2; the next point is 3.5, its logit 1.25, its D 0.78."""
    case = TURN.draw(0)[0]
    generator, discriminator = one_turn(*case.args)
    assert generator == pytest.approx([1.1, 1.2]) and discriminator == pytest.approx([3, -4, 1])
    x = generator[0] + generator[1] * 2
    logit = np.polynomial.Polynomial(discriminator)(x)
    assert (x, logit, round(float(nn.sigmoid(logit)), 2)) == (pytest.approx(3.5), pytest.approx(1.25), 0.78)


def test_the_worked_losses():
    logits = np.array([0.0, -np.log(3)])
    loss, slopes = loss_and_slopes(logits, True)
    assert (round(loss, 3), slopes) == (-0.490, pytest.approx([-0.25, -0.125]))
    loss, slopes = loss_and_slopes(logits, False)
    assert (round(loss, 3), slopes) == (1.040, pytest.approx([-0.25, -0.375]))


def contest(turns, seed, rounds=1000, points=128, rate=0.05, decay=0.05):
    """The lesson's contest on a line, with the reference in the generator's turn: mean and spread at the end."""
    rng = np.random.default_rng(seed)
    generator, discriminator = np.array([0.0, 1.0]), np.zeros(3)
    for _ in range(rounds):
        for _ in range(turns):
            groups = [(generator[0] + generator[1] * rng.normal(size=points), 0), (rng.normal(2, 0.5, points), 1)]
            slopes = decay * discriminator
            for x, label in groups:
                powers = np.vander(x, 3, increasing=True)
                slopes = slopes + powers.T @ (nn.sigmoid(powers @ discriminator) - label) / points
            discriminator = discriminator - rate * slopes
        generator, discriminator = one_turn(generator, discriminator, rng.normal(size=points), rate)
    return generator[0], abs(generator[1])


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_five_turns_match_mean_and_spread_and_one_turn_loses_the_spread(seed):
    mean, spread = contest(5, seed)
    assert abs(mean - 2) < 0.03 and abs(spread - 0.5) < 0.02
    mean, spread = contest(1, seed)
    assert abs(mean - 2) < 0.15 and spread < 0.25


def test_a_step_that_stands_still_climbs_or_goes_elsewhere_is_told():
    """Wrong in ways that are no known mistake: judged by what the weights did."""
    exercise = LESSON["contest"]
    rng = np.random.default_rng(0)
    case = exercise.draw(0)[0]
    real, noise, who = case.args

    def stack(*sizes):
        shapes = [s for i, o in itertools.pairwise(sizes) for s in [(i, o), (o,)]]
        return [rng.normal(size=shape) / 8 for shape in shapes]

    before = {"generator": stack(2, 128, 128, 3), "discriminator": stack(3, 128, 128, 1)}
    loss = loss_of(before, real, noise, who)

    def judged(loss=loss, **after):
        found = exercise.judge(
            {"alike": False, "history": [], "before": before, "loss": loss, "after": before | after}, case, None
        )
        return found.message if found else ""

    assert "moved no weight of the discriminator" in judged()
    assert "should return its loss, one number" in judged(loss="0.7")
    assert f"it is {loss:.4f}" in judged(loss=loss + 0.01)
    steps = [adam_with_memory([g], RATE) for g in slopes_of(before, real, noise, who)]
    right, climb, far = (
        [w + k * step for w, step in zip(before["discriminator"], steps, strict=True)] for k in (1, -1, 2)
    )
    assert not judged(discriminator=right)
    assert "higher than before" in judged(discriminator=climb)
    assert "not one of adam with a learning rate of 0.0005" in judged(discriminator=far)
    last_only = [*before["discriminator"][:-2], *right[-2:]]
    assert "is a layer frozen?" in judged(discriminator=last_only)
    other = [w + 1 for w in before["generator"]]
    assert "moved weights of the generator" in judged(discriminator=right, generator=other)
    assert {c.args[2] for c in exercise.draw(0)} == {DISCRIMINATOR, GENERATOR}


@pytest.mark.parametrize("who", [DISCRIMINATOR, GENERATOR])
def test_the_slopes_of_both_players_by_finite_differences(who):
    rng = np.random.default_rng(3)
    shapes = {"generator": [(2, 4), (4,), (4, 3), (3,)], "discriminator": [(3, 4), (4,), (4, 1), (1,)]}
    weights = {name: [rng.normal(size=s) for s in each] for name, each in shapes.items()}
    real, noise, name = rng.normal(size=(5, 3)), rng.normal(size=(4, 2)), PLAYERS[who]
    for w, slope in zip(weights[name], slopes_of(weights, real, noise, who), strict=True):
        place = tuple(rng.integers(0, n) for n in w.shape)
        w[place] += 1e-6
        above = loss_of(weights, real, noise, who)
        w[place] -= 2e-6
        assert slope[place] == pytest.approx((above - loss_of(weights, real, noise, who)) / 2e-6, abs=1e-6)
        w[place] += 1e-6


def test_a_contest_that_is_no_class_is_told():
    result = check(LESSON["contest"], {"Contest": lambda *_: 3}, [0])
    assert (result.status, result.points) == ("wrong", 0) and "calling it gave a number" in result.message


GRID = np.linspace(-3.5, 4.5, 9)
MOMENT = duel.Moment(40, np.array([1.0, 3.0]), np.linspace(0.1, 0.9, 9))
REAL = np.array([0.0, 4.0])
PICTURES = [
    (
        duel.moment(REAL, GRID, MOMENT),
        ["After 40 rounds", "Real: mean 2.00, spread 2.00", "Forged: mean 2.00, spread 1.00", "0.10 to 0.90"],
    ),
    (duel.strip(REAL, GRID, [MOMENT, MOMENT._replace(rounds=80)]), ["After 40 rounds", "After 80 rounds"]),
    (
        duel.paths({"five": np.tile([2.0, -0.5], (20, 1))}, 2.0, 0.5),
        ["five: mean 2.00, spread 0.50 at the end", "mean 2, spread 0.5"],
    ),
    (
        duel.two_losses(loss_and_slopes),
        ["saturating: slope -0.001 at D = 0.001", "not saturating: slope -0.999 at D = 0.001"],
    ),
    (duel.heaps(REAL, {"slow": (np.array([0.1, 90.0]), 1)}, np.array([0.0, 4.0])), ["slow: 1 of 2 modes covered"]),
]


@pytest.mark.parametrize(("picture", "words"), PICTURES, ids=["moment", "strip", "paths", "two_losses", "heaps"])
def test_the_text_says_what_is_shown(picture, words):
    figure, text = picture
    assert all(part in text for part in words), text
    assert plots.Picture(figure, text).png.startswith(b"\x89PNG")


def test_a_step_is_compiled_if_it_can_be(capsys):
    tf = Lazy("tensorflow")
    traced = []

    def graph(x):
        traced.append(x)
        return x * 2

    run = duel.compiled(graph)
    assert [float(run(tf.constant(value))) for value in (1.0, 2.0, 3.0)] == [2, 4, 6]
    assert len(traced) == 1 and capsys.readouterr().out == ""
    run = duel.compiled(lambda x: x.numpy() * 2)
    assert [run(tf.constant(value)) for value in (1.0, 2.0)] == [2, 4]
    assert capsys.readouterr().out.count("without tf.function") == 1
