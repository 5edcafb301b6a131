"""Answers of two students that are more alike than the exercise explains: a place to look, and no more than that.

An answer is compared without what says nothing: the names of one's own variables, comments, spacing, and every line
that the lesson hands out, that stands in the course's own answers, or that half of the class wrote. Nothing of the
student's is parsed here, only split into tokens by one regular expression.
"""

from __future__ import annotations

import builtins
import keyword
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial

LEAST_ALIKE = 90  # per cent of the tokens
FEWEST_TOKENS = 20  # what is left of an answer; shorter ones are alike by chance
MOST_TOKENS = 2_000
MOST_TEXT = 20_000  # characters of an answer that are looked at
TOKEN = re.compile(
    r"""(?P<comment>\#[^\n]*) | (?P<newline>\n) | (?P<space>[^\S\n]+|\\\n)
    | (?P<text>[rbfuRBFU]{0,2}(?:\"{3}(?s:.*?)\"{3} | '{3}(?s:.*?)'{3}
        | "(?:\\.|[^"\\\n]){0,999}" | '(?:\\.|[^'\\\n]){0,999}'))
    | (?P<name>[^\W\d]\w*) | (?P<number>\d[\w.]*) | (?P<sign>.)""",
    re.VERBOSE,
)
GIVEN = re.compile(r"\b(?:(?:import|as|def|class)\s+([^\W\d]\w*)|([^\W\d]\w*)\()")  # np, softmax, whatever is called
NAMES = frozenset([*dir(builtins), *keyword.kwlist])

Line = tuple[str, ...]
Answers = Mapping[str, str]  # student -> what stands in the cell


@dataclass(frozen=True)
class Question:
    """An answer's cell. `expected` is what nobody need have copied: its stub and the course's own answers."""

    notebook: str
    grade_id: str
    prose: bool = False
    expected: tuple[str, ...] = ()


@dataclass(frozen=True)
class Alike:
    """Two students' answers to one question. `weight` grows with what they share and few others wrote."""

    question: Question
    percent: int
    weight: float


@dataclass(frozen=True)
class Pair:
    """Two students, and the exercises in which their answers are alike."""

    students: tuple[str, str]
    alike: tuple[Alike, ...]

    @property
    def weight(self) -> float:
        return sum(each.weight for each in self.alike)


def pairs_alike(answers: Mapping[Question, Answers], handed_out: str) -> list[Pair]:
    """The pairs of a class, those first who share most that few others wrote.

    `handed_out` is the code of the assignment's own cells, whose functions and modules keep their names.
    """
    names = NAMES.union(*GIVEN.findall(handed_out))
    found: dict[tuple[str, str], list[Alike]] = defaultdict(list)
    for question, mine in answers.items():
        for students, percent, weight in _compared(question, mine, names):
            found[students].append(Alike(question, percent, weight))
    pairs = [Pair(students, tuple(alike)) for students, alike in found.items()]
    return sorted(pairs, key=lambda pair: (-pair.weight, pair.students))


def sentences_of(text: str) -> list[Line]:
    """The sentences of an answer in words.

    >>> sentences_of("It's flat. So\\nnothing is learnt!")
    [('it', 's', 'flat'), ('so', 'nothing', 'is', 'learnt')]
    """
    sentences = re.split(r"[.!?;:]|\n\s*\n", text[:MOST_TEXT].lower())
    return [words for sentence in sentences if (words := tuple(re.findall(r"\w+", sentence)))]


def lines_of(source: str, names: frozenset[str] | set[str]) -> list[Line]:
    """The statements of an answer as tokens: a name of one's own is any name, a line goes on inside brackets.

    >>> lines_of("total = np.sum(a,  # all\\n    axis=1)", {"np"})
    [('name', '=', 'np', '.', 'sum', '(', 'name', ',', 'name', '=', '1', ')')]
    """
    lines: list[list[str]] = [[]]
    depth = count = 0
    for match in TOKEN.finditer(source[:MOST_TEXT]):
        kind, token = match.lastgroup, match.group()
        if kind == "newline" and depth <= 0:
            lines.append([])
        if kind in ("newline", "comment", "space"):
            continue
        if kind == "sign":
            depth += (token in "([{") - (token in ")]}")
        elif kind == "name" and token not in names and lines[-1][-1:] != ["."]:
            token = "name"
        lines[-1].append(token)
        count += 1
        if count >= MOST_TOKENS:
            break
    return [tuple(line) for line in lines if line]


def _compared(
    question: Question, answers: Answers, names: frozenset[str] | set[str]
) -> Iterable[tuple[tuple[str, str], int, float]]:
    """(students, per cent, weight) of those whose answers to one question are alike."""
    from rapidfuzz import fuzz, process

    read = sentences_of if question.prose else partial(lines_of, names=names)
    known = {line for text in question.expected for line in read(text)}
    written = {student: read(text) for student, text in answers.items()}
    counts = Counter(line for lines in written.values() for line in set(lines))
    often = max(3, math.ceil(len(answers) / 2))
    told = {line for line, count in counts.items() if line not in known and count < often}
    left: dict[Line, list[str]] = defaultdict(list)  # what is left of an answer -> who wrote it
    own: dict[Line, set[Line]] = {}
    for student, lines in written.items():
        kept = [line for line in lines if line in told]
        tokens = tuple(token for line in kept for token in line)
        if len(tokens) >= FEWEST_TOKENS:
            left[tokens].append(student)
            own[tokens] = set(kept)
    texts = list(left)
    if not texts:
        return
    percents = process.cdist(texts, texts, scorer=fuzz.ratio, score_cutoff=LEAST_ALIKE, workers=-1)
    for one, other in zip(*percents.nonzero(), strict=True):
        shared = own[texts[one]] & own[texts[other]]
        weight = sum(math.log2(len(answers) / counts[line]) for line in shared)
        for a in left[texts[one]]:
            for b in left[texts[other]]:
                if a < b:
                    yield (a, b), int(percents[one, other]), weight
