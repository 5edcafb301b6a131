"""Lessons made up at random, what authors do to them for a new version, and what learners do to their copies."""

from __future__ import annotations

import copy
import json
import random
import re
from pathlib import Path

from autograder.cells import hashed_id
from autograder.workspace.notebook import to_bytes

LESSON = "07_made_up"
PATH = Path(LESSON, f"{LESSON}.ipynb")
KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
STUB = 'def {id}(x):\n    """The answer."""\n    # YOUR CODE HERE\n'


def text(source: str, cell_type: str = "markdown") -> dict:
    cell = {"cell_type": cell_type, "id": hashed_id(LESSON, cell_type, source, 1), "metadata": {}, "source": source}
    return {**cell, "outputs": [], "execution_count": None} if cell_type == "code" else cell


HEAD = text("# Head\n\nOne.\n\nTwo.")


def graded(grade_id: str, source: str, solution: bool) -> dict:
    marks = {"grade_id": grade_id, "solution": solution, "locked": not solution, "grade": not solution}
    return {**text(source, "code"), "id": grade_id, "metadata": {"nbgrader": marks, "deletable": False}}


def exercise(id: str, stub: str = STUB) -> list[dict]:
    about = text(f"### Exercise {id}\n\nWrite it.\n\nThink first.")
    return [about, graded(f"{id}-answer", stub.format(id=id), True), graded(id, f'lesson.check("{id}")', False)]


def with_source(cell: dict, source: str, **more) -> dict:
    return {**cell, "source": source, **more}


def answered(id: str, answer: str = "return 42", **more) -> list[dict]:
    about, stub, check = exercise(id)
    return [about, with_source(stub, stub["source"].replace("# YOUR CODE HERE", answer), **more), check]


def notebook(blocks: list[list[dict]]) -> bytes:
    cells = [cell for block in blocks for cell in block]
    metadata = {"kernelspec": KERNEL, "course": {"lesson": LESSON}}
    return to_bytes({"cells": copy.deepcopy(cells), "metadata": metadata, "nbformat": 4, "nbformat_minor": 5})


def lesson(rng: random.Random) -> list[list[dict]]:
    """A lesson in blocks: its head, then exercises between texts and demonstrations."""
    blocks = [[text("# Made up\n\nThe head."), graded("setup", "import course_utils", False)]]
    for number in range(rng.randint(1, 5)):
        blocks += [[text(f"## Section {number}\n\nIdea {number}.\n\nMore."), text(f"print({number})", "code")]]
        blocks += [exercise(f"task{number}")]
    return blocks


def new_version(blocks: list[list[dict]], rng: random.Random) -> list[list[dict]]:
    """What an author makes of it: texts changed, exercises added, removed, reordered, stubs and set-up changed."""
    blocks = copy.deepcopy(blocks)
    for _ in range(rng.randint(1, 6)):
        block = rng.randrange(len(blocks))
        match rng.randrange(6):
            case 0:
                cell = rng.randrange(len(blocks[block]))
                blocks[block][cell] = _reworded(blocks[block][cell], rng)
            case 1:
                blocks.insert(block + 1, exercise(f"more{rng.randrange(10**6)}"))
            case 2 if block:
                del blocks[block]
            case 3 if block:
                blocks.append(blocks.pop(block))
            case 4:
                blocks[block] = [_reworded(cell, rng) for cell in blocks[block]]
            case _:
                blocks[block].append(text(f"A remark of version {rng.randrange(10**6)}."))
    return [*blocks, [text("The end of another version.")]]


def _reworded(cell: dict, rng: random.Random) -> dict:
    source = f"{cell['source']}\n# better {rng.randrange(10**6)}"
    return {**cell, "source": source} if "nbgrader" in cell["metadata"] else text(source, cell["cell_type"])


class Learner:
    """Works in a copy; every word of theirs is one that no lesson has."""

    def __init__(self, data: bytes, rng: random.Random):
        self.notebook = json.loads(data)
        for cell in self.notebook["cells"]:
            cell["source"] = "".join(cell["source"])
        self.cells, self.rng, self.words = self.notebook["cells"], rng, 0

    def word(self) -> str:
        self.words += 1
        return f"mine{self.words}w"

    def bytes(self) -> bytes:
        return to_bytes(self.notebook)

    def work(self, steps: int) -> None:
        for _ in range(steps):
            self.rng.choice(ACTIONS)(self, self.rng.randrange(len(self.cells)))

    def answers(self, place: int) -> None:
        for cell in self.cells:
            if cell["id"].endswith("-answer") and self.rng.random() < 0.5:
                cell["source"] = cell["source"].replace("# YOUR CODE HERE", f"return {self.word()}")

    def notes(self, place: int) -> None:
        lines = self.cells[place]["source"].split("\n")
        lines.insert(self.rng.randint(0, len(lines)), f"note {self.word()} ```of {self.word()}")
        self.cells[place]["source"] = "\n".join(lines)

    def rewrites(self, place: int) -> None:
        self.cells[place]["source"] = f"{self.word()} only\n{self.word()}"

    def changes_a_line(self, place: int) -> None:
        self.cells[place]["source"] += f" {self.word()}"

    def adds(self, place: int) -> None:
        kind = self.rng.choice(["code", "markdown", "raw"])
        own = {**text(f"own {self.word()}", kind), "id": f"own{self.words}"}
        self.cells.insert(self.rng.randint(0, len(self.cells)), own)

    def deletes(self, place: int) -> None:
        if len(self.cells) > 2:
            del self.cells[place]

    def moves(self, place: int) -> None:
        self.cells.insert(self.rng.randrange(len(self.cells)), self.cells.pop(place))

    def copies(self, place: int) -> None:
        again = {**copy.deepcopy(self.cells[place]), "id": f"copy{self.rng.randrange(10**9)}"}
        self.cells.insert(place + self.rng.randint(0, 1), again)

    def doubles_an_id(self, place: int) -> None:
        again = {**copy.deepcopy(self.cells[place]), "source": f"twice {self.word()}"}
        self.cells.insert(self.rng.randint(0, len(self.cells)), again)

    def loses_an_id(self, place: int) -> None:
        self.cells[place]["id"] = f"lost{self.rng.randrange(10**9)}"

    def runs(self, place: int) -> None:
        if self.cells[place]["cell_type"] == "code":
            output = {"name": "stdout", "output_type": "stream", "text": ["done\n"]}
            self.cells[place] |= {"outputs": [output], "execution_count": 3}

    def pastes_a_picture(self, place: int) -> None:
        if self.cells[place]["cell_type"] == "markdown":
            self.cells[place]["attachments"] = {"a.png": {"image/png": "AAAA"}}
            self.cells[place]["source"] += f"\n![{self.word()}](attachment:a.png)"

    def changes_metadata(self, place: int) -> None:
        self.cells[place]["metadata"] |= {"collapsed": True, "tags": ["hers"]}
        self.notebook["metadata"]["widgets"] = {"state": {}}

    def turns_into_another_kind(self, place: int) -> None:
        kind = self.rng.choice(["code", "markdown", "raw"])
        old = self.cells[place]
        self.cells[place] = {**text(old["source"], kind), "id": old["id"], "metadata": old["metadata"]}


ACTIONS = [
    *[Learner.answers, Learner.adds, Learner.notes] * 3,
    *(Learner.rewrites, Learner.changes_a_line, Learner.deletes, Learner.moves, Learner.copies, Learner.doubles_an_id),
    *(Learner.loses_an_id, Learner.runs, Learner.pastes_a_picture, Learner.changes_metadata),
    Learner.turns_into_another_kind,
]


def words_of(*texts: str) -> set[str]:
    """The learner's words in some texts."""
    return set(re.findall(r"mine\d+w", "\n".join(texts)))


def sources(data: bytes) -> list[str]:
    """The texts of a notebook's cells."""
    return ["".join(cell["source"]) for cell in json.loads(data)["cells"]]
