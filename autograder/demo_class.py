"""`course demo-class`: a course directory with a made-up class, to try grading on and to test it with.

Every planted answer is written down in demo-class.json, so that what the grader says can be compared with the truth.
"""

from __future__ import annotations

import datetime
import inspect
import json
import random
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from autograder.build.installed import find_sources, write_notebook
from autograder.build.source import LessonFolder
from autograder.cells import answer_id, exercise_id, grade_id_of, is_answer
from autograder.course import CODE_STUB, Course
from autograder.errors import UsageError
from autograder.files import replaced_folder
from autograder.records.assignments import load_assignment
from autograder.records.gradebook import GradebookWriter
from autograder.source import author_answers, find_source, released_notebooks
from course_utils import lessons
from course_utils.exercises import Choice, Exercise, Lesson, Number, Question

DUE = datetime.datetime(2026, 3, 1, 22, 59)  # UTC
BROKEN = ("bad_json", "deleted_cells", "duplicated_cell", "infinite_loop", "os_exit", "memory_hog")
KINDS = ("correct", "mistaken", "variant", "partial", "late", "empty", *BROKEN)
NAMES = (
    "ada", "alan", "amina", "anna", "boris", "carmen", "chen", "dana", "david", "elena", "emeka", "emma", "felix",
    "grace", "hana", "hugo", "ines", "ivan", "jana", "jonas", "kai", "kofi", "lea", "lena", "luis", "maja",
    "marco", "maria", "mei", "mila", "nadia", "noah", "nora", "olga", "omar", "otto", "paula", "petra", "pia",
    "priya", "rosa", "sam", "sara", "sofia", "tariq", "theo", "uma", "vera", "wei", "yara", "yusuf", "zoe",
)  # fmt: skip
CONFIG = f'''"""nbgrader's settings for a made-up class."""

c = get_config()  # noqa: F821 - nbgrader provides it
c.CourseDirectory.course_id = "demo"
c.ClearSolutions.code_stub = {{"python": {CODE_STUB!r}}}
'''
ASKED = re.compile(r'lesson\.predict\("([\w-]+)"\)')
HOG = "hog = []\nwhile True:\n    hog.append(bytearray(200_000_000))\n"
PROSE = "I think it is because of the slope: where it is flat, nothing is learnt."


@dataclass
class MadeUp:
    """One student of the made-up class: the kind, and for each exercise the kind and name of the planted answer."""

    id: str
    kind: str
    answers: dict[str, tuple[str, str | None]] = field(default_factory=dict)

    def to_json(self) -> dict:
        answers = {id: {"kind": kind, "name": name} for id, (kind, name) in self.answers.items()}
        return {"kind": self.kind, "exercises": answers}


def write_class(name: str, directory: Path, students: int, seed: int) -> Iterator[str]:
    """Write the course directory; yields what there is to say about it.

    Errors: UsageError when the lesson has no exercises or no source, or the directory is not empty.
    """
    (name,) = [other for other in lessons.names() if other.startswith(f"{name}_")] or [name]
    if name not in lessons.names():
        raise UsageError(f"There is no lesson {name!r} with exercises. There are: {', '.join(lessons.names())}.")
    if directory.exists() and any(directory.iterdir()):
        raise UsageError(f"{directory} is not empty. Name a new directory for the made-up class.")
    people = make_class(lessons.load(name), students, seed)
    with replaced_folder(directory.resolve()) as root:
        _put_source(Course(root), name)
        _fill(Course(root), name, people, seed)
    counts = {kind: sum(person.kind == kind for person in people) for kind in KINDS}
    yield f"{directory}: {students} made-up students: " + ", ".join(f"{n} {kind}" for kind, n in counts.items() if n)
    yield f"Next: course grade {name} --course-dir {directory}"


def make_class(lesson: Lesson, students: int, seed: int) -> list[MadeUp]:
    """Who there is and what they answer. Every known mistake is planted as soon as the class is large enough."""
    rng = random.Random(f"{lesson.name} {seed}")
    plans = mistake_plans(lesson)
    mistaken = min(len(plans), max(1, students - len(KINDS) + 1))  # the other kinds get their places too
    kinds = ["correct", *["mistaken"] * mistaken, *KINDS[2:]]
    more = ("correct", "correct", "mistaken", "mistaken", "variant", "partial", "late")
    kinds = [*kinds, *(rng.choice(more) for _ in range(students - len(kinds)))][:students]
    pool = rng.sample(NAMES, len(NAMES))
    names = [pool[i % len(pool)] + (f"-{i // len(pool) + 1}" if i >= len(pool) else "") for i in range(students)]
    turns = dict.fromkeys(KINDS, -1)
    people = []
    for id, kind in zip(names, kinds, strict=True):
        person = MadeUp(id, kind, {e.id: ("correct", None) for e in lesson.exercises.values() if e.kind != "text"})
        turns[kind] += 1
        if kind == "mistaken":
            plan = plans[turns[kind] % len(plans)]
            again = turns[kind] >= len(plans)  # the first ones make all the mistakes of a plan, later ones some of them
            person.answers |= {e: ("mistake", m) for e, m in plan.items() if not again or rng.random() < 0.4}
        elif kind == "variant":
            tables = {e.id: e.variants for e in lesson.exercises.values() if e.variants}
            person.answers |= {id: ("variant", t[turns[kind] % len(t)].name) for id, t in tables.items()}
        elif kind == "partial":
            left = rng.sample(list(person.answers), k=max(1, len(person.answers) // 2))
            person.answers |= dict.fromkeys(left, ("stub", None))
        elif kind in ("empty", "bad_json"):
            person.answers = dict.fromkeys(person.answers, ("stub", None))
        elif kind in ("deleted_cells", "infinite_loop", "os_exit", "memory_hog"):
            person.answers[_victim(lesson)] = (kind, None)
        _leave_out_what_cannot_work(person, lesson)
        people.append(person)
    return sorted(people, key=lambda person: person.id)


def mistake_plans(lesson: Lesson) -> list[dict[str, str]]:
    """For each of a few students, exercise -> mistake, so that together they make every known mistake once.

    An exercise and one that it needs are never wrong together: the later mistake would show in another way.
    """
    left = {e.id: [mistake.name for mistake in e.mistakes] for e in lesson.exercises.values() if e.mistakes}
    plans = []
    while any(left.values()):
        plan: dict[str, str] = {}
        for id in sorted(left, key=lambda id: -len(left[id])):
            apart = all(id not in needs(lesson, other) and other not in needs(lesson, id) for other in plan)
            if left[id] and apart:
                plan[id] = left[id].pop(0)
        plans.append(plan)
    return plans or [{}]


def needs(lesson: Lesson, id: str) -> set[str]:
    """The exercises whose names an object's code uses, such as the function that builds the model to be trained."""
    if lesson[id].kind != "object":
        return set()
    used = {name for m in lesson[id].mistakes for name in inspect.signature(m.answer).parameters}
    return {e.id for e in lesson.exercises.values() if e.id != id and used & set(e.names)}


def _leave_out_what_cannot_work(person: MadeUp, lesson: Lesson) -> None:
    """Whoever has one exercise wrong leaves those that need it undone."""
    for id in person.answers:
        if any(person.answers[other][0] not in ("correct", "variant") for other in needs(lesson, id)):
            person.answers[id] = ("stub", None)


def _victim(lesson: Lesson) -> str:
    """The exercise that broken submissions break: the last function, else the last one with a code cell."""
    code = [exercise for exercise in lesson.exercises.values() if exercise.kind != "text"]
    return next((e.id for e in reversed(code) if e.kind == "function"), code[-1].id)


def _put_source(course: Course, name: str) -> None:
    """The author's notebook: as it was built and run in a checkout, else made of the installed text."""
    source, target = find_source(course, name), course.root / "source" / name
    if source is None:
        write_notebook(LessonFolder(find_sources(), name), target)
    else:
        shutil.copytree(source, target, ignore=shutil.ignore_patterns("*.py", ".ipynb_checkpoints"))


def _fill(course: Course, name: str, people: list[MadeUp], seed: int) -> None:
    source = course.root / "source" / name
    (course.root / "nbgrader_config.py").write_text(CONFIG, encoding="utf-8")
    assignment = load_assignment(course, name)
    with GradebookWriter(course, assignment) as writer:
        writer.gradebook.update_or_create_assignment(name, duedate=str(DUE) + " UTC")
    lesson = lessons.load(name)
    released = {stem: json.loads(json.dumps(nb)) for stem, nb in released_notebooks(course, name, source).items()}
    solved = {grade_id: answer for (_, grade_id), answer in author_answers(source).items()}
    for number, person in enumerate(people):
        folder = course.folder("submitted", person.id, name)
        folder.mkdir(parents=True)
        hours = 30 if person.kind == "late" else -2 - 7 * (number % 13)
        (folder / "timestamp.txt").write_text(f"{DUE + datetime.timedelta(hours=hours)} UTC\n", encoding="utf-8")
        for stem, notebook in released.items():
            text = _hand_in(json.loads(json.dumps(notebook)), person, lesson, solved)
            (folder / f"{stem}.ipynb").write_text(text, encoding="utf-8")
    truth = {"assignment": name, "seed": seed, "students": {person.id: person.to_json() for person in people}}
    (course.root / "demo-class.json").write_text(json.dumps(truth, indent=1) + "\n", encoding="utf-8")


def _hand_in(notebook: dict, person: MadeUp, lesson: Lesson, solved: dict[str, str]) -> str:
    """The text of the student's notebook file."""
    cells = []
    for cell in notebook["cells"]:
        id = grade_id_of(cell) or ""
        kind, planted = person.answers.get(exercise_id(id), ("", None))
        if kind == "deleted_cells":
            continue
        if kind and is_answer(id) and kind != "stub":
            exercise = lesson[exercise_id(id)]
            cell["source"] = _code(exercise, kind, planted, solved[id])
        elif id in lesson.exercises and lesson[id].kind == "text" and person.kind not in ("empty", "bad_json"):
            cell["source"] = PROSE
        elif (asked := ASKED.fullmatch(cell["source"])) and person.kind not in ("empty", "bad_json"):
            cell["source"] = _predicted(lesson.predictions[asked[1]], person)
        cells.append(cell)
        if person.kind == "duplicated_cell" and id == answer_id(_victim(lesson)):
            cells.append({**cell, "id": "pasted-again"})
    text = json.dumps({**notebook, "cells": cells}, indent=1) + "\n"
    return text[: len(text) // 2] if person.kind == "bad_json" else text


def _predicted(question: Question, person: MadeUp) -> str:
    """The line that asks for a prediction, with what this person expects typed in: about half of them are right."""
    rng = random.Random(f"{person.id} {question.id}")
    wrong = [option.key for option in question.options] if isinstance(question, Choice) else []
    wrong += [near.value for near in question.near] if isinstance(question, Number) else []
    said = question.right if rng.random() < 0.5 else rng.choice(wrong)
    return f'lesson.predict("{question.id}", {said!r}, {rng.choice((60, 80, 95))})'


def _code(exercise: Exercise, kind: str, planted: str | None, solved: str) -> str:
    if kind == "mistake":
        return exercise.source_of(next(m for m in exercise.mistakes if m.name == planted))
    if kind == "variant":
        return exercise.source_of(next(v for v in exercise.variants if v.name == planted))
    if kind == "infinite_loop" and exercise.kind == "function":
        return f"def {exercise.names[0]}(*_):\n    while True:\n        pass\n"
    broken = {"infinite_loop": "while True:\n    pass\n", "os_exit": "import os\nos._exit(1)\n", "memory_hog": HOG}
    return broken.get(kind, solved)
