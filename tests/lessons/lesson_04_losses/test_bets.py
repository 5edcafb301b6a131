"""The ten bets of lesson 04: probabilities by counting, prices by SciPy, and that the honest bet is never beaten."""

import importlib
import itertools
import math
import re
from pathlib import Path

import numpy as np
import pytest
from scipy.special import rel_entr

from course_utils.lessons.lesson_04_losses import bets as game

explore = importlib.import_module("course_utils.plots.explore")
TEXT = (Path(__file__).parents[3] / "solutions/04_losses/04_losses.py").read_text(encoding="utf-8")


def share(outcomes, holds):
    """How many of the equally likely outcomes are such."""
    outcomes = list(outcomes)
    return sum(map(holds, outcomes)) / len(outcomes)


def throws(sides, times):
    return itertools.product(range(1, sides + 1), repeat=times)


DECK = [(rank, suit) for rank in range(13) for suit in range(4)]
COUNTED = {
    "coins all": lambda: share(throws(2, 5), lambda t: len(set(t)) == 1),
    "A die": lambda: share(throws(6, 1), lambda t: t == (6,)),
    "ten coins": lambda: share(throws(2, 10), lambda t: t.count(1) == 5),
    "an ace, a king": lambda: share(DECK, lambda card: card[0] < 4),
    "three dice": lambda: share(throws(6, 3), lambda t: 6 in t),
    "birthday": lambda: 1 - math.perm(365, 23) / 365**23,
    "7 or more": lambda: share(throws(6, 2), lambda t: sum(t) >= 7),
    "different suits": lambda: share(itertools.permutations(DECK, 2), lambda pair: pair[0][1] != pair[1][1]),
    "day of the week": lambda: share(throws(7, 5), lambda t: len(set(t)) < 5),
    "not both": lambda: share(throws(6, 2), lambda t: t != (6, 6)),
}


def test_each_probability_is_counted():
    for (event, chance), (words, counted) in zip(game.EVENTS, COUNTED.items(), strict=True):
        assert words in event and chance == pytest.approx(counted(), rel=1e-12), event


def test_the_text_lists_the_events_in_their_order():
    assert re.findall(r"^# \d+\. (.*)$", TEXT, re.MULTILINE)[:10] == [event for event, _ in game.EVENTS]


def test_a_bet_costs_the_least_possible_and_what_it_is_off():
    """In the long run: the entropy of the event, and the relative entropy of truth and bet."""
    rng = np.random.default_rng(0)
    for said in [game.HONEST, game.HALF, game.BOLD, *rng.uniform(0.01, 0.99, (50, 10))]:
        apart = rel_entr(game.HONEST, said) + rel_entr(1 - game.HONEST, 1 - said)
        assert game.in_the_long_run(said) - game.in_the_long_run(game.HONEST) == pytest.approx(apart.mean())


def test_the_figures_of_the_text():
    table = re.findall(r"^# \| \**(0\.\d+)\** \| ([\d.]+) \| ([\d.]+) \| \**([\d.]+)\** \|$", TEXT, re.MULTILINE)
    for said, yes, no, mean in table:
        given = np.array([float(said)])
        costs = [game.prices(given, np.array([happened]))[0] for happened in (True, False)]
        assert [f"{cost:.3f}" for cost in (*costs, (3 * costs[0] + costs[1]) / 4)] == [yes, no, mean]
    single = re.findall(r"^# \| (0\.\d+) \| ([\d.]+) \|$", TEXT, re.MULTILINE)
    assert (len(table), len(single)) == (5, 6)
    for given, price in single:
        assert f"{-math.log(float(given)):.3f}" == price
    assert "(3 \\cdot 0.105 + 2.303) / 4 = 0.655" in TEXT
    long_run = [round(game.in_the_long_run(said), 3) for said in (game.HONEST, game.HALF, game.BOLD)]
    assert long_run == [0.501, 0.693, 1.171]


@pytest.mark.parametrize("seed", range(20))
def test_a_thousand_rounds_are_enough_for_the_three_people(seed):
    honest, half, bold = game.thousand_rounds(np.random.default_rng(seed)).values()
    assert honest < half - 0.15 and bold > half + 0.35
    assert honest == pytest.approx(game.in_the_long_run(game.HONEST), abs=0.02)


@pytest.fixture
def shown(monkeypatch):
    outputs = []
    monkeypatch.setattr(game, "display", outputs.append)
    return outputs


def test_typed_bets_are_played_and_told(shown):
    game.bets(6, 17, 25, 31, 42, 51, 58, 76, 85, 97)
    game.bets(*[50] * 10)
    honest, half = shown
    assert honest.verdict == "In the long run your bets cost 0.501 an event, so do the true probabilities."
    assert half.verdict == "In the long run your bets cost 0.693 an event, the true probabilities 0.501."
    for number, event, said, true, happened, price in honest.rows:
        given = float(said[:-1]) / 100
        assert float(price) == pytest.approx(-math.log(given if happened == "yes" else 1 - given), abs=5e-4)
        assert abs(float(said[:-1]) - float(true[:-1])) < 0.6 and f"{number}  {event}" in repr(honest)
    assert f"the mean is {game.prices(honest.bets, honest.happened[0]).mean():.3f}" in honest.picture.alt
    assert honest._repr_html_().count("<tr>") == 11


def test_before_a_bet_nothing_tells_the_true_probabilities(shown):
    game.bets()
    assert "16.7%" not in shown[0]._repr_html_() + repr(shown[0]) and "you" not in shown[0].picture.alt
    assert shown[0].picture.alt == game._play(game.HALF, told=False).picture.alt, (
        "the same where nobody is at the notebook"
    )


BAD = [
    (50,),
    tuple([50] * 11),
    (0, *[50] * 9),
    (*[50] * 9, 100),
    (*[50] * 9, "60"),
    (*[50] * 9, float("nan")),
    (True,) * 10,
]


@pytest.mark.parametrize("per_cent", BAD, ids=str)
def test_what_is_no_bet_is_refused(shown, per_cent):
    with pytest.raises(ValueError, match=r"write ten numbers|a bet goes from 1 to 99 per cent"):
        game.bets(*per_cent)
    assert not shown


def test_the_button_plays_what_the_sliders_say_and_each_time_anew(monkeypatch):
    ipywidgets = pytest.importorskip("ipywidgets")
    made = []
    monkeypatch.setattr(game, "live", lambda: True)
    monkeypatch.setattr(game, "show_widget", lambda widget, still: made.append(widget))
    game.bets()
    sliders = [child for child in made[0].children if isinstance(child, ipywidgets.IntSlider)]
    button, result = made[0].children[10:12]
    assert [slider.description.partition(". ")[2] for slider in sliders] == [event for event, _ in game.EVENTS]
    assert result.value == ""
    for slider in sliders:
        slider.value = 50
    sliders[0].value = 7
    button.click()
    first = result.value
    assert ">7%</td>" in first and ">50%</td>" in first
    button.click()
    assert result.value != first
