"""A question, and what became of an answer to it, as a panel in a notebook (HTML) and as plain text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from course_utils.exercises import Choice, Question, Verdict
from course_utils.exercises.status import COLOURS

from .panel import inline_code

BAR = {True: COLOURS["good"], False: COLOURS["part"], None: COLOURS["none"]}
SIGN = {True: "✓", False: "→", None: "○"}


@dataclass(frozen=True)
class Note:
    """A few words below a question; it remembers whether they tell of something that cannot be read."""

    text: str
    fault: bool = False

    def __repr__(self) -> str:
        return self.text

    def _repr_html_(self) -> str:
        return box(COLOURS["bad" if self.fault else "none"], f"<div>{inline_code(self.text)}</div>", live=True)


@dataclass(frozen=True)
class QuestionPanel:
    """The question with its options and the line to type; what stands where no button can be pressed.

    `told` adds the answers and their reasons, folded in HTML and left out of the text; `earlier` what came before.
    """

    question: Question
    typed: str
    told: bool = False
    earlier: Any = None

    def __repr__(self) -> str:
        lines = [self.question.text, *(f"  {key}  {text}" for key, text in options(self.question))]
        lines.append(f"To answer, write it into the cell and run it: {self.typed}")
        return "\n".join([*lines, *([repr(self.earlier)] if self.earlier else [])])

    def _repr_html_(self) -> str:
        typed = f"To answer, write it into the cell and run it: <code>{escape(self.typed, quote=False)}</code>"
        small = f'<div style="font-size:90%;opacity:.85;margin-top:.3em">{typed}</div>'
        shown = told_html(self.question) if self.told else options_html(self.question)
        earlier = self.earlier._repr_html_() if self.earlier else ""
        return box(COLOURS["none"], asked_html(self.question) + shown + small) + earlier


@dataclass(frozen=True)
class VerdictPanel:
    """What was said, what is true, why; the reasons of the other options folded below; `note` is a last line."""

    verdict: Verdict
    note: str = ""

    def __repr__(self) -> str:
        verdict = self.verdict
        lines = [f"{SIGN[verdict.right]} {verdict.headline}", f"  {verdict.because}"]
        lines += [f"  What you said: {verdict.yours}"] if verdict.yours else []
        lines += [f"  ({text}: {why})" for text, why in verdict.others]
        return "\n".join([*lines, *([f"  {self.note}"] if self.note else [])])

    def _repr_html_(self) -> str:
        verdict = self.verdict
        parts = [f"<strong>{SIGN[verdict.right]} {inline_code(verdict.headline)}</strong>"]
        parts.append(f"<div>{inline_code(verdict.because)}</div>")
        if verdict.yours:
            parts.append(f"<div><strong>What you said.</strong> {inline_code(verdict.yours)}</div>")
        if verdict.others:
            parts.append(_folded("The other answers", verdict.others))
        if self.note:
            parts.append(f'<div style="font-size:90%;opacity:.85">{inline_code(self.note)}</div>')
        return box(BAR[verdict.right], "".join(parts), live=True)


def options(question: Question) -> Sequence[tuple[str, str]]:
    """The keys and texts of the options; none for a number."""
    return [(option.key, option.text) for option in question.options] if isinstance(question, Choice) else []


def asked_html(question: Question) -> str:
    """The question's text."""
    return f"<div><strong>{inline_code(question.text)}</strong></div>"


def options_html(question: Question) -> str:
    """The options, one a line; nothing for a number."""
    rows = "".join(f"<div>{key}&nbsp; {inline_code(text)}</div>" for key, text in options(question))
    return f'<div style="margin:.2em 0 0 1em">{rows}</div>' if rows else ""


def told_html(question: Question) -> str:
    """Each option, to be opened for its reason; for a number the answer, to be opened."""
    verdict = question.verdict(None)
    reasons = dict(verdict.others) | {question.shown(verdict.truth): f"*Right.* {verdict.because}"}
    if not isinstance(question, Choice):
        return _details("The answer", f"{verdict.headline} {verdict.because}")
    return "".join(_details(question.shown(key), reasons[question.shown(key)]) for key, _ in options(question))


def _details(title: str, text: str) -> str:
    style = "margin:.2em 0 0 1em"
    return f'<details style="{style}"><summary>{inline_code(title)}</summary>{inline_code(text)}</details>'


def _folded(title: str, rows: Sequence[tuple[str, str]]) -> str:
    items = "".join(f"<div><em>{inline_code(text)}.</em> {inline_code(why)}</div>" for text, why in rows)
    return f'<details style="margin-top:.3em;font-size:90%"><summary>{title}</summary>{items}</details>'


def box(colour: str, content: str, live: bool = False) -> str:
    """A panel: a coloured bar and what stands beside it; a `live` one is read out when it appears."""
    role = ' role="status"' if live else ""
    style = f"border-left:6px solid {colour};padding:.5em 1em;margin:.3em 0;line-height:1.5;max-width:52em"
    return f'<div{role} style="{style}">{content}</div>'
