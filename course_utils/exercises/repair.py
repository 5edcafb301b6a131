"""A program that runs and learns badly: the learner names the symptom, and repairs it in at most two lines.

    moons = RepairExercise("repair-moons", program=right, symptoms=[grows, stands], goal=Goal(0.1, 0.92, classes=2))

    @moons.cases
    def _(rng):
        yield "two half moons", x, y, new, truth, seed

    moons.bug("no-gate", stands, "Where does ReLU hand nothing back?", "W2.T * (z > 0)", "W2.T", why="ReLU has a gate")
    moons.another("a smaller rate", "0.5 * dW2", "0.4 * dW2")

A bug is a slip of the right program. The first stands in the lesson; its docstring begins with “Program 1”. Whoever
sits beside somebody puts program 2 in its place, which `lesson.program(id, 2)` prints. A check goes by this number: it
counts the lines that differ from this very program and asks for its symptom, so it needs to trust nobody.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations
from typing import Any, NamedTuple

from .answer import Raised, plain, quiet
from .case import Case, small
from .compare import Difference, family
from .exercise import Exercise
from .program_text import NUMBER, Program, changed_lines, written
from .result import Stage
from .symptoms import Goal, Learning, Symptom
from .table import Mistake, Slip, Variant, slipped
from .trial import Trial
from .value_words import listed

LINES = 2  # that may be changed
SHOWN = 6  # of more that were
SYMPTOM = "symptom"  # the name under which it is told, and the label of its case
LETTERS = "abcdefgh"
WRITE = 'Write the letter alone, in quotation marks, such as "a".'


@dataclass(frozen=True)
class Bug:
    """One of the programs that learn badly, the letter of what is seen of it, and why."""

    name: str
    letter: str
    why: str
    text: str
    function: Callable
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Handed:
    """A program and a letter, as a row of the table hands them in."""

    text: str
    letter: str


class Taken(NamedTuple):
    """What a learner handed in: the program, its lines, the bug that it was made of, and the symptom."""

    function: Callable
    lines: tuple[str, ...]
    bug: Bug
    symptom: Any


class RepairExercise(Exercise):
    """The answer is a repaired program and the letter of its symptom; each gives half of the points.

    The program `(x, y, new, seed)` returns its loss after each epoch and the scores of the new rows. It is right when
    it reaches the goal, however it was repaired. A case holds x, y, new, the labels of the new rows, and the seed.
    """

    kind = "repair"
    in_parts = True
    to_begin = (
        f"The program is as it was given, and `{SYMPTOM}` holds no letter. Look at the curve, write the letter of what "
        f"you see into `{SYMPTOM}`, and look for the place that does it. Then run the cells once more."
    )

    def __init__(
        self, id: str, *, program: Callable, symptoms: Sequence[Symptom], goal: Goal, points: float = 2, **options: Any
    ):
        super().__init__(id, points=points, answer=program.__name__, rounds=1, in_place=True, **options)
        self.names = (program.__name__, SYMPTOM)
        self.symptoms = dict(zip(LETTERS, symptoms, strict=False))
        self.goal = goal
        self.bugs: list[Bug] = []
        self._right = Variant("as it was meant", program)
        self._given = lambda: {name: program.__globals__[name] for name in Program.of(program).names}

    # What fills the table -----------------------------------------------------------------------------

    def bug(self, name: str, symptom: Symptom, hint: str, right: str, wrong: str, *, why: str) -> None:
        """Register a program that learns badly: `wrong` stands in it for `right`. `symptom` is what is seen of it.

        Errors: ValueError unless `right` stands exactly once in the right program.
        """
        slip = Slip(self._right, right, wrong)
        text = slipped(name, hint, slip).source
        letter = next(letter for letter, known in self.symptoms.items() if known is symptom)
        made = self._written(_numbered(text, len(self.bugs) + 1))
        self.bugs.append(Bug(name, letter, why, _numbered(text, len(self.bugs) + 1), made, Program.of(made).lines))
        if len(self.bugs) == 1:
            self._begin(letter)
        row = Handed(text, self.bugs[0].letter)
        other = {*self.bugs[-1].lines} - {*Program.of(self._right.answer).lines}
        self.mistakes.insert(len(self.bugs) - 1, Mistake(name, hint, row, _holds(other), _cell(row), slip))

    def _begin(self, right: str) -> None:
        """What follows from the program that stands in the lesson: the right answer, and each wrong letter."""
        self.reference = Handed(self._right.source, right)
        self.variants.append(Variant(self._right.name, self.reference))
        for letter in self.symptoms:
            if letter != right:
                row = Handed(self._right.source, letter)
                self.mistakes.append(Mistake(f"symptom-{letter}", self._doubt(letter), row, _says(letter), _cell(row)))

    def another(self, name: str, right: str, wrong: str) -> None:
        """Register another right repair: the right program with `wrong` in place of `right`."""
        text = slipped(name, "", Slip(self._right, right, wrong)).source
        self.variants.append(Variant(name, Handed(text, self.bugs[0].letter)))

    # What the lesson shows ----------------------------------------------------------------------------

    def given(self, number: int = 1) -> str:
        """The text of one of the programs that learn badly.

        Errors: ValueError for a number that there is not.
        """
        if number not in range(1, len(self.bugs) + 1):
            raise ValueError(f"{self.id} has the programs 1 to {len(self.bugs)}, not {number}.")
        return self.bugs[number - 1].text

    def learned(self, program: Callable) -> dict[str, Learning]:
        """How the program as it was given learns, and how the learner's does, on the same rows."""
        case = self.draw(0)[0]
        with quiet():
            given = self._learning(self._made_of(Program.of(program)).function, case)
            try:
                yours = self._learning(program, case)
            except Exception as error:
                yours = f"it stopped with {Raised.of(error)}"
        if isinstance(yours, str):
            print(f"Yours is not in the picture: {yours}.")
            return {"as given": given}
        return {"as given": given, "yours": yours}

    # What the checks ask ------------------------------------------------------------------------------

    def draw(self, seed: int) -> list[Case]:
        return [*super().draw(seed), small(SYMPTOM)]

    def attempted(self, answers: Mapping[str, Any]) -> dict[str, Any]:
        there = super().attempted(answers)
        program = Program.of(there.get(self.names[0]))
        as_given = program and self._made_of(program).lines == program.lines
        return {} if as_given and SYMPTOM not in there else there

    def take(self, answers: Mapping[str, Any]) -> tuple[Any, str]:
        name, function = self.names[0], answers[self.names[0]]
        if not callable(function):
            return None, f"`{name}` should be a function, but it is {family(function)}. Run the cell of the program."
        program = Program.of(function)
        if program is None:
            return None, f"The text of `{name}` was not found: it should stand in the cell above, with `def`."
        bug = self._made_of(program)
        changed = changed_lines(bug.lines, program.lines)
        if len(changed) > LINES:
            told = f"You changed {len(changed)} lines, and {LINES} are enough. Take back what is no repair:"
            return None, "\n".join([told, *(f"`{line}`" for line in changed[:SHOWN]), *["…"] * (len(changed) > SHOWN)])
        if foreign := sorted(program.names - Program.of(bug.function).names):
            return None, f"Your program uses {listed(foreign)}, and as given it does not. Repair it with what is there."
        return Taken(function, program.lines, bug, answers[SYMPTOM]), ""

    def observe(self, answer: Taken, case: Case) -> dict[str, Any]:
        if case.label == SYMPTOM:
            said = plain(answer.symptom)
            return {"bug": answer.bug, SYMPTOM: said.strip().lower() if isinstance(said, str) else said}
        return {"bug": answer.bug, "lines": answer.lines, "learning": self._learning(answer.function, case)}

    def _learning(self, program: Callable, case: Case) -> Learning | str:
        *known, truth, seed = case.fresh().args
        return Learning.of(plain(program(*known, seed)), truth, self.goal)

    def expected(self, case: Case) -> None:
        return None

    def judge(self, seen: Any, case: Case, expected: Any) -> Difference | None:
        told = self._letter_problem(**seen) if SYMPTOM in seen else self._problem(seen["learning"], seen["bug"])
        return Difference("value", told, None, None) if told else None

    def _letter_problem(self, symptom: Any, bug: Bug) -> str:
        if symptom is None:
            return f"no letter yet. Which sentence fits the curve of the program as it was given? {WRITE}"
        if not isinstance(symptom, str) or symptom not in self.symptoms:
            return f"it should be one of the letters {', '.join(self.symptoms)}. {WRITE}"
        return "" if symptom == bug.letter else f"{self._doubt(symptom)} {self._own_curve(bug)}".rstrip()

    def _doubt(self, letter: str) -> str:
        """What whoever names this symptom wrongly should look for."""
        return f'"{letter}" says “{self.symptoms[letter].text}” {self.symptoms[letter].because}'

    def _own_curve(self, bug: Bug) -> str:
        number = self.bugs.index(bug) + 1
        return f"Yours is program {number}, which has a curve of its own." if number > 1 else ""

    def _problem(self, learning: Learning | str, bug: Bug) -> str:
        if isinstance(learning, str) or learning.is_good:
            return learning if isinstance(learning, str) else ""
        now = f"{learning}. Needed: a loss of {self.goal.loss:g} or less, and {self.goal.accuracy:.0%}"
        letter = next((letter for letter, symptom in self.symptoms.items() if symptom.shows(learning)), None)
        if letter == bug.letter:
            return f"the symptom is still there: {now}"
        other = f" {self.symptoms[letter].text}" if letter else ""
        return f"it learns otherwise than as given, but not well.{other} Now {now}"

    def besides(self, trials: Sequence[Trial], mistake: Mistake | None) -> str:
        """What is wrong with the symptom, where the program is told of first."""
        told = [t.problem.message for t in trials[1:] if isinstance(t.problem, Difference)]
        if trials[0].problem:
            return f"And look at `{SYMPTOM}`: {told[0]}" if told else ""
        return self._own_curve(trials[0].seen.value["bug"]) if mistake else ""

    def behaves_like(self, mistake: Mistake, trials: Sequence[Trial]) -> bool:
        return any(t.problem and not t.seen.raised and mistake.when(t.seen.value) for t in trials)

    def fraction(self, trials: Sequence[Trial], good: Mapping[str, bool]) -> float:
        return sum(t.right for t in trials) / 2

    def parts(self, trials: Sequence[Trial]) -> tuple[Stage, ...]:
        names = (f"{self.names[0]} learns", "the symptom is named")
        done = (Stage(n, "passed" if t.right else "failed") for n, t in zip(names, trials, strict=False))
        return Stage(f"at most {LINES} lines changed", "passed"), *done

    def afterwards(self, trials: Sequence[Trial]) -> str:
        return f"What was wrong: {trials[0].seen.value['bug'].why}"

    def place(self, case: Case) -> str:
        return f"In `{SYMPTOM if case.label == SYMPTOM else self.names[0]}`"

    @property
    def shows_cases(self) -> bool:
        return False

    # The table's code ---------------------------------------------------------------------------------

    def answer_of(self, answer: Handed) -> dict[str, Any]:
        return {self.names[0]: self._written(answer.text), SYMPTOM: answer.letter}

    @property
    def why_in_general(self) -> str:
        """What was wrong with each program, and what it is as it was meant."""
        told = " ".join(f"Program {number}: {bug.why}" for number, bug in enumerate(self.bugs, start=1))
        return f"Below is the first program as it was meant. {told}"

    def source_of(self, row: Mistake | Variant) -> str:
        return _cell(row.answer)

    def unrepaired(self) -> Iterator[tuple[str, str, Handed]]:
        """Every program with another bug in place of its own, and the right program with each wrong letter.

        Other changes of the right program prove nothing: one that learns as well is a repair.
        """
        for (number, bug), (_, other) in permutations(enumerate(self.bugs, start=1), 2):
            yield bug.name, other.name, Handed(_numbered(other.text, number), bug.letter)
        for letter in self.symptoms:
            if letter != self.bugs[0].letter:
                yield self.bugs[0].letter, letter, Handed(self._right.source, letter)

    def _written(self, text: str) -> Callable:
        return written(text, self._right.answer)

    def _made_of(self, program: Program | None) -> Bug:
        """The bug of the program with this number; without one, that of the program that is nearest."""
        if program and program.number in range(1, len(self.bugs) + 1):
            return self.bugs[program.number - 1]
        lines = program.lines if program else ()
        return min(self.bugs, key=lambda bug: len(changed_lines(bug.lines, lines)))


def _cell(handed: Handed) -> str:
    return f'{handed.text}\n\n{SYMPTOM} = "{handed.letter}"\n'


def _numbered(text: str, number: int) -> str:
    return NUMBER.sub(f"Program {number}", text, count=1)


def _holds(lines: set[str]) -> Callable[[Mapping[str, Any]], bool]:
    """Recognises a program that does not learn by the lines of a bug."""
    return lambda seen: isinstance(seen.get("learning"), Learning) and lines <= {*seen["lines"]}


def _says(letter: str) -> Callable[[Mapping[str, Any]], bool]:
    return lambda seen: seen.get(SYMPTOM) == letter
