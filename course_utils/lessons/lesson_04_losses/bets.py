"""A game before the formula of cross-entropy: bet on ten events, and pay by surprise for what then happens."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from html import escape
from math import prod
from typing import Any

import numpy as np
from IPython.display import display

from course_utils.plots import Picture, bars, figure, line, live, show_widget
from course_utils.plots.explore import HANDLE_NAMES, titled

EVENTS = (
    ("Five coins all fall on the same side.", 2 / 2**5),
    ("A die shows a six.", 1 / 6),
    ("Of ten coins exactly five show heads.", 252 / 2**10),
    ("A card from a deck of 52 is an ace, a king, a queen or a jack.", 16 / 52),
    ("Of three dice at least one shows a six.", 1 - (5 / 6) ** 3),
    ("Among 23 people two have the same birthday.", 1 - prod((365 - k) / 365 for k in range(23))),
    ("Two dice show 7 or more together.", 21 / 36),
    ("Two cards from the deck have different suits.", 39 / 51),
    ("Among five people two were born on the same day of the week.", 1 - prod((7 - k) / 7 for k in range(5))),
    ("Two dice do not both show a six.", 35 / 36),
)
HONEST = np.array([chance for _, chance in EVENTS])
ROUNDS = 1000
FEWEST, MOST = 1, 99  # per cent
WRAPPED = """<style>.course-bet .widget-label { white-space: normal; text-align: left; line-height: 1.3; height: auto;
max-height: none; align-self: center; }</style>"""
HALF = np.full(len(EVENTS), 0.5)
BOLD = np.where(HONEST > 0.5, MOST, FEWEST) / 100


def prices(bets: np.ndarray, happened: np.ndarray) -> np.ndarray:
    """The surprise at each event: minus the log of the probability that was given to what happened.

    >>> prices(np.array([0.75, 0.75]), np.array([True, False])).round(3)
    array([0.288, 1.386])
    """
    return -np.log(np.where(happened, bets, 1 - bets))


def in_the_long_run(bets: np.ndarray) -> float:
    """The mean price of an event when the ten come again and again: each outcome's price, as often as it comes.

    >>> round(in_the_long_run(HALF), 3)
    0.693
    """
    return float(np.mean(HONEST * prices(bets, np.True_) + (1 - HONEST) * prices(bets, np.False_)))


def thousand_rounds(rng: np.random.Generator) -> dict[str, float]:
    """What the honest, the careful and the bold pay for an event, on average over the same thousand rounds."""
    happened = rng.random((ROUNDS, len(EVENTS))) < HONEST
    people = {"the true probability": HONEST, "50 % each time": HALF, "99 % for the likelier side": BOLD}
    return {name: float(prices(bets, happened).mean()) for name, bets in people.items()}


@dataclass(frozen=True)
class Played:
    """One round of bets, what happened in it, and in the rounds after it. Shapes: bets (10,), happened (rounds, 10)"""

    bets: np.ndarray
    happened: np.ndarray
    told: bool = True  # whether somebody has bet, and may see the true probabilities

    @cached_property
    def picture(self) -> Picture:
        """Left the price of each event in the first round, right what people pay in more and more rounds."""
        paid = prices(self.bets, self.happened[0])
        made, (left, right) = figure(1, 2, (11, 3.8))
        for place, (price, yes) in enumerate(zip(paid, self.happened[0], strict=True), start=1):
            left.bar(place, price, **bars(0 if yes else 1))
            left.text(place, price + 0.03, "yes" if yes else "no", ha="center", va="bottom", fontsize=10)
        left.set(title=f"one round: {paid.mean():.3f} an event", xlabel="event", ylabel="price", xticks=range(1, 11))
        left.set_ylim(0, max(2.5, 1.12 * paid.max()))
        people = {"you": self.bets} if self.told else {}
        people |= {"honest": HONEST, "always 50 %": HALF, "bold: 1 % or 99 %": BOLD}
        rounds = np.arange(1, len(self.happened) + 1)
        told = []
        for number, (name, bets) in enumerate(people.items()):
            mean = np.cumsum(prices(bets, self.happened).mean(axis=1)) / rounds
            right.plot(rounds, mean, label=f"{name}: {in_the_long_run(bets):.3f}", **line(number))
            told.append(f"{name} {in_the_long_run(bets):.3f}")
        right.set(title="mean price so far", xlabel="rounds", xscale="log", ylim=(0, 2.4))
        right.set_xticks([1, 10, 100, 1000], ["1", "10", "100", "1000"])
        right.minorticks_off()
        right.legend(title="in the long run", loc="upper right")
        yes = int(self.happened[0].sum())
        return Picture(
            made,
            f"Left, the price of each of ten events in one round, {yes} of which happened; the mean is {paid.mean():.3f}. "
            f"Right, the mean price so far over {len(rounds)} rounds, for {len(people)} people; the lines settle. In the long run "
            f"an event costs: {', '.join(told)}.",
        )

    @property
    def rows(self) -> Sequence[tuple[str, ...]]:
        """What was bet on each event, its true probability, what happened, and the price."""
        paid = prices(self.bets, self.happened[0])
        return [
            (str(number), event, f"{bet:.0%}", f"{chance:.1%}", "yes" if yes else "no", f"{price:.3f}")
            for number, ((event, chance), bet, yes, price) in enumerate(
                zip(EVENTS, self.bets, self.happened[0], paid, strict=True), start=1
            )
        ]

    @property
    def verdict(self) -> str:
        """One line that compares the bets with the honest ones in the long run."""
        yours, honest = in_the_long_run(self.bets), in_the_long_run(HONEST)
        beside = f"the true probabilities {honest:.3f}" if round(yours - honest, 3) else "so do the true probabilities"
        return f"In the long run your bets cost {yours:.3f} an event, {beside}."

    def __repr__(self) -> str:
        lines = ["  ".join(row) for row in self.rows] if self.told else []
        return "\n".join([repr(self.picture), *lines, *([self.verdict] if self.told else [])])

    def _repr_html_(self) -> str:
        if not self.told:
            return self.picture._repr_html_()
        cell = '<td style="padding:.1em .7em;text-align:left">'
        head = "".join(f"{cell}<b>{name}</b></td>" for name in ("", "event", "you said", "true", "happened", "price"))
        body = "".join(f"<tr>{''.join(f'{cell}{escape(x)}</td>' for x in row)}</tr>" for row in self.rows)
        return (
            f'<div role="status" style="line-height:1.4"><b>{self.verdict}</b></div>{self.picture._repr_html_()}'
            f'<table style="border-collapse:collapse"><tr>{head}</tr>{body}</table>'
        )


def bets(*per_cent: float) -> None:
    """Show ten sliders and a button that lets the events happen; with ten numbers, per cent, they happen at once.

    Errors: ValueError for other than ten numbers from 1 to 99.
    """
    if per_cent:
        display(_play(_read(per_cent)))
        return
    still = _play(HALF, told=False)
    if live():
        show_widget(_form(), still)
    else:
        display(still)


def _read(per_cent: Sequence[float]) -> np.ndarray:
    if len(per_cent) != len(EVENTS):
        raise ValueError(f"There are ten events, so write ten numbers; here are {len(per_cent)}.")
    for place, number in enumerate(per_cent, start=1):
        numeric = isinstance(number, int | float | np.number) and not isinstance(number, bool)
        if not numeric or not FEWEST <= number <= MOST:
            raise ValueError(
                f"Event {place}: a bet goes from {FEWEST} to {MOST} per cent, but it is {number!r}. Whoever gives 0 % to "
                "what then happens would pay without limit."
            )
    return np.array(per_cent, float) / 100


def _play(said: np.ndarray, told: bool = True) -> Played:
    """A fresh round and those after it; without somebody at the notebook the same ones each time."""
    rng = np.random.default_rng(None if live() else 4)
    return Played(said, rng.random((ROUNDS, len(EVENTS))) < HONEST, told)


def _form() -> Any:
    """A slider for each event, a button, and the place for what comes of it."""
    import ipywidgets

    sliders = []
    for number, (event, _) in enumerate(EVENTS, start=1):
        bet = ipywidgets.IntSlider(
            value=50,
            min=FEWEST,
            max=MOST,
            readout_format="d",
            description=f"{number}. {event}",
            style={"description_width": "55%"},
            layout={"width": "56em", "max_width": "100%", "height": "auto"},
        )
        titled(bet, f"{event} From {FEWEST} to {MOST} per cent.")
        bet.add_class("course-bet")
        sliders.append(bet)
    button = ipywidgets.Button(description="Let it happen", layout={"width": "12em"})
    shown = ipywidgets.HTML()

    def play(_: Any) -> None:
        shown.value = _play(_read([bet.value for bet in sliders]))._repr_html_()

    button.on_click(play)
    return ipywidgets.VBox([*sliders, button, shown, ipywidgets.HTML(HANDLE_NAMES + WRAPPED)])
