"""An open task: a program of the learner's own, judged by how good its answers are on rows that nobody has seen.

    train = OpenTask("train", reference=descend, points=8, mark=Mark(cost, needed=70, little=110, told="{:.0f} cents"))

    @train.rows
    def _(rng):
        return x, y, exam_x, exam_y       # fresh at every check

The answer is a function `train(x, y, seed)`. It learns and returns another one, `predict(rows)`, with an answer a row.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from .answer import plain
from .case import Case, small
from .compare import Difference, family
from .exercise import SHARES
from .kinds import FunctionExercise
from .result import Stage
from .table import Mistake
from .trial import Trial

STEPS = {
    "small": "has learned something",
    "random": "as good as asked for",
    "edge": "each row by itself",
    "unchanged": "inputs left unchanged",
}
ALONE = 8  # rows of the exam that are asked about one by one
HINTS = {
    "returns-nothing": (
        "Your function returned nothing. It must hand back what was learned, as a function: is `return predict` its "
        "last line, outside of the loop and of `predict`?"
    ),
    "no-function": (
        "Your function returns a thing that cannot be called. The task wants a *function* back, one that takes rows "
        "and answers them: define it inside of yours, and return its name without brackets."
    ),
    "predict-returns-nothing": "`predict` returned nothing. Does it end with `return`, followed by the answers?",
    "column": (
        "The answers are a column, shape (N, 1). The task wants one number a row, shape (N,): which index takes the "
        "only column out?"
    ),
    "shares-not-classes": (
        "`predict` gives a whole row of numbers for each row. The task wants one: the place of the largest. Which "
        "function finds it, and along which axis?"
    ),
    "wrong-axis": (
        "There are not as many answers as rows. Along which axis do you look for the largest, or take the mean? Axis 0 "
        "goes down a column, over all rows; axis 1 goes along a row."
    ),
    "not-finite": (
        "Some answers are no numbers (nan or inf): training broke down. Look at the loss after each epoch. Are the "
        "steps too long, or the inputs too large for them?"
    ),
    "units": (
        "Trained on the same rows with {easier}, your program reaches the mark; on the rows as they come it does not. "
        "So the sizes of the inputs stop it. Prepare them in `train`, and the same way in `predict`."
    ),
    "by-heart": (
        "It answers the rows that it has learned from well enough, and others not: it has learned them by heart. What "
        "makes a program look for what all rows of a kind have in common?"
    ),
    "guess": (
        "On rows that it has not seen it is hardly better than one answer for all. Do rows and answers stay together "
        "when you shuffle? Does each step start from where the last one ended? Does the loss fall at all?"
    ),
    "short": (
        "It has learned, but not enough. Is the loss still falling when you stop? Does it jump up and down? Then more "
        "epochs, or shorter steps, help. If it has come to rest: does it use all that a row tells?"
    ),
    "another-answer-each-time": (
        "The same rows get other answers when they are asked again: something in `predict` is drawn at random, or it "
        "goes on learning. What belongs into `train` alone?"
    ),
    "prepared-by-the-request": (
        "A row asked alone gets another answer than among others: `predict` prepares it by the rows that happen to "
        "come along. From which rows must a mean, a spread or a largest value be taken, once and for all?"
    ),
}


@dataclass(frozen=True)
class Mark:
    """How good answers must be: `measure(answers, truth)`, what is `needed`, and what shows that `little` was learned.

    Where less is better, `needed` is below `little`. `told` puts a value into words, such as "{:.0%} right".
    """

    measure: Callable[[np.ndarray, np.ndarray], float]
    needed: float
    little: float
    told: str

    def reached(self, value: float, mark: float) -> bool:
        """Whether a value is as good as a mark."""
        return value <= mark if self.needed < self.little else value >= mark

    def words(self, value: float) -> str:
        """A value beside what is asked for."""
        bound = "at most" if self.needed < self.little else "at least"
        return f"{self.told.format(value)}; asked for: {bound} {self.told.format(self.needed)}"


def standardized(x: np.ndarray, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Both with mean 0 and spread 1 in each column, by the training rows."""
    mean, std = x.mean(axis=0), x.std(axis=0)
    return (x - mean) / std, (rows - mean) / std


class OpenTask(FunctionExercise):
    """A program that learns: any that reaches the mark is right. It is trained once a check, and judged in four steps.

    `easier(x, rows)` prepares training rows and exam rows as the learner should, called `easier_words`. It is tried
    where an answer falls short, to tell whether the sizes of its inputs are the cause. Words need none.
    """

    judged_by_result = True
    why_in_general = "Any program that reaches the mark is right. This is one of them."

    def __init__(
        self,
        id: str,
        *,
        mark: Mark,
        easier: Callable[[np.ndarray, np.ndarray], tuple[np.ndarray, np.ndarray]] | None = None,
        easier_words: str = "",
        **options: Any,
    ):
        super().__init__(id, rounds=1, **options)
        self.mark, self.easier, self.easier_words = mark, easier, easier_words
        self.parameters = ["x", "y", "seed", "rows", "truth"]
        self.symptoms: dict[str, Callable[[np.ndarray, np.ndarray, np.ndarray], bool]] = {}
        self._drive, self._accept = self._examined, self._problem

    def rows(self, draw: Callable[[np.random.Generator], tuple]) -> Callable:
        """Register what draws training rows, their answers, the rows of an exam and theirs."""

        def exam(rng: np.random.Generator) -> Any:
            x, y, rows, truth = draw(rng)
            yield small("the exam", x, y, int(rng.integers(1000)), rows, truth)

        self.cases(exam)
        return draw

    def known(self, name: str, right: str, wrong: str, of: str = "") -> None:
        """Register a mistake that every open task has, by a slip that makes it."""
        self.slip(name, self._hint(name), right, wrong, of=of, when=self.finds(name))

    def mistaken(self, name: str) -> Callable:
        """Register a mistake that every open task has, by a program that makes it."""
        return self.mistake(name, self._hint(name), when=self.finds(name))

    def symptom(self, name: str, hint: str, right: str, wrong: str, of: str = "") -> Callable:
        """Register a mistake of this task, seen in answers that fall short: `test(answers, truth, rows)`."""

        def register(test: Callable[[np.ndarray, np.ndarray, np.ndarray], bool]) -> Callable:
            self.symptoms[name] = test
            self.slip(name, hint, right, wrong, of=of, when=self.finds(name))
            return test

        return register

    def finds(self, name: str) -> Callable[..., bool]:
        """Recognises an answer by what `finding` says of it."""
        return lambda seen, x, y, seed, rows, truth: self.finding(seen, truth, rows)[0] == name

    def finding(self, seen: Any, truth: np.ndarray, rows: np.ndarray) -> tuple[str, str]:
        """The name of what is wrong with an answer, and a sentence about it; ("", "") when it passes."""
        return self._form(seen, truth) or self._quality(seen, truth, rows) or self._steadiness(seen) or ("", "")

    def _hint(self, name: str) -> str:
        return HINTS[name].format(easier=self.easier_words)

    def _examined(self, answer: Any, x: Any, y: Any, seed: int, rows: Any, truth: Any) -> dict[str, Any]:
        """Train once, and ask about the exam: all rows, the same again, some of them alone."""
        mine, before = x.copy(), rows.copy()
        few = before[:ALONE]
        predict = answer(x, y, seed)
        if not callable(predict):
            return {"returned": family(predict)}
        seen = {"answers": plain(predict(rows))}
        if self._form(seen, truth):
            return seen
        if not self._good(seen["answers"], truth):
            own = plain(predict(mine.copy()))
            seen["own"] = not self._form({"answers": own}, y) and self._good(own, y)
            return seen | self._with_easier_rows(answer, mine, y, seed, before, truth)
        crowd = np.concatenate([few, np.repeat(mine.max(axis=0, keepdims=True), 200, axis=0)])
        seen["again"] = plain(predict(before.copy()))
        seen["alone"] = [plain(predict(few[i : i + 1].copy())) for i in range(len(few))]
        seen["crowd"] = plain(predict(crowd))
        return seen

    def _with_easier_rows(self, answer: Any, x: Any, y: Any, seed: int, rows: Any, truth: Any) -> dict[str, Any]:
        """Whether the program reaches the mark when its rows are prepared for it."""
        if self.easier is None:
            return {"easier": False}
        easy_x, easy_rows = self.easier(x, rows)
        try:
            said = plain(answer(easy_x, y.copy(), seed)(easy_rows))
        except Exception:  # it was not made for such rows, and nobody asked it to be
            return {"easier": False}
        return {"easier": not self._form({"answers": said}, truth) and self._good(said, truth)}

    def _good(self, said: Any, truth: np.ndarray) -> bool:
        with np.errstate(all="ignore"):
            return self.mark.reached(self.mark.measure(np.asarray(said), truth), self.mark.needed)

    def _form(self, seen: Any, truth: np.ndarray) -> tuple[str, str] | None:
        """What is wrong with the form of the answers."""
        if not isinstance(seen, dict):
            return "no-function", f"a function should come back, but it is {family(seen)}"
        if "returned" in seen:
            name = "returns-nothing" if seen["returned"] == family(None) else "no-function"
            return name, f"a function should come back, but it is {seen['returned']}"
        if seen["answers"] is None:
            return "predict-returns-nothing", "predict gave nothing"
        said, rows = np.asarray(seen["answers"]), len(truth)
        if said.dtype.kind not in "biuf":
            return "other", f"{rows} rows should get {rows} numbers, but they got {family(seen['answers'])}"
        if said.shape == (rows,):
            return None
        told = f"{rows} rows should get {rows} numbers, shape ({rows},), but they got the shape {said.shape}"
        if said.shape == (rows, 1):
            return "column", told
        return {2: "shares-not-classes" if len(said) == rows else "other", 1: "wrong-axis"}.get(
            said.ndim, "other"
        ), told

    def _quality(self, seen: dict[str, Any], truth: np.ndarray, rows: np.ndarray) -> tuple[str, str] | None:
        """What is wrong with answers of the right form that are not good enough."""
        said = np.asarray(seen["answers"])
        if self._good(said, truth):
            return None
        value = self.mark.measure(said, truth)
        told = self.mark.words(value)
        if seen["easier"]:
            return "units", told
        if not np.isfinite(said).all():
            return "not-finite", "some answers are no numbers (nan or inf)"
        found = next((name for name, test in self.symptoms.items() if test(said, truth, rows)), "")
        if not found and seen["own"] and any(mistake.name == "by-heart" for mistake in self.mistakes):
            found = "by-heart"
        return found or ("short" if self.mark.reached(value, self.mark.little) else "guess"), told

    def _steadiness(self, seen: dict[str, Any]) -> tuple[str, str] | None:
        """Whether good answers depend on chance, or on the company."""
        first, alone = np.asarray(seen["answers"]), np.array([np.ravel(a)[0] for a in seen["alone"]])
        if not _alike(seen["again"], first):
            return "another-answer-each-time", "the same rows get other answers when they are asked again"
        if not (_alike(alone, first[: len(alone)]) and _alike(np.asarray(seen["crowd"])[: len(alone)], alone)):
            return "prepared-by-the-request", "a row asked alone gets another answer than among others"
        return None

    def _problem(self, seen: Any, x: Any, y: Any, seed: int, rows: Any, truth: np.ndarray) -> str | None:
        return self.finding(seen, truth, rows)[1] or None

    def besides(self, trials: Sequence[Trial], mistake: Mistake | None) -> str:
        """What was measured, beside a known mistake's hint."""
        return (
            f"(In the exam: {trials[0].problem.message}.)"
            if mistake and isinstance(trials[0].problem, Difference)
            else ""
        )

    def place(self, case: Case) -> str:
        return "In the exam"

    def good_stages(self, trials: Sequence[Trial]) -> dict[str, bool]:
        """From one training: learned something, good enough, each row by itself, inputs left unchanged."""
        trial = trials[0]
        seen, truth = trial.seen.value, trial.case.args[4]
        whole = trial.seen.raised is None and not self._form(seen, truth)
        with np.errstate(all="ignore"):
            value = self.mark.measure(np.asarray(seen["answers"]), truth) if whole else np.nan
        learned, good = (whole and self.mark.reached(value, mark) for mark in (self.mark.little, self.mark.needed))
        steady = good and not self._steadiness(seen)
        return {"small": learned, "random": good, "edge": steady, "unchanged": whole and not trial.seen.changed}

    def parts(self, trials: Sequence[Trial]) -> tuple[Stage, ...]:
        """The steps, each as it came out; behind the first that fails the others were not asked about."""
        good, changed = self.good_stages(trials), bool(trials[0].seen.changed)
        first = next((stage for stage in SHARES if not good[stage] and (changed or stage != "unchanged")), "")
        failed = {first, "unchanged"} if changed else {first}
        states = {s: "passed" if good[s] else "failed" if s in failed else "not reached" for s in SHARES}
        return tuple(Stage(STEPS[stage], state) for stage, state in states.items())


def _alike(some: Any, others: np.ndarray) -> bool:
    return np.shape(some) == np.shape(others) and np.allclose(some, others, rtol=1e-3, atol=1e-3)
