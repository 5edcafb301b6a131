"""Which of the notebooks in a submission's folder is the one to grade.

JupyterLab's "Duplicate" makes `NN-Copy1.ipynb`, a browser `NN (1).ipynb`, and some students work in the copy and hand
in both. The notebook under its own name is taken when it holds any answer, else another that plainly is the lesson.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from autograder.assignment import Assignment, TrustedCell
from autograder.errors import InvalidSubmission
from autograder.files import sendable
from autograder.marks import EXERCISE, claimed, recognised
from autograder.notebook_file import read_notebook
from autograder.submitted import entries_of

ARCHIVES = (".zip", ".tar", ".gz", ".tgz", ".7z", ".rar")
PRINTED = (
    ".html",
    ".htm",
    ".pdf",
    ".py",
    ".docx",
    ".json",
    ".txt",
)  # what a notebook is exported as, or saved as by mistake
BESIDE = ("timestamp.txt", "submission_secret.txt")  # what nbgrader puts there
MOST_SHOWN, MOST_NAME = 5, 80
MOST_COPIES = 10  # of the other notebooks in the folder, so many are looked at


@dataclass(frozen=True)
class _Copy:
    """A notebook that might be the one; `known` is the share of the lesson's exercise cells that are in it."""

    path: Path
    cells: list[dict]
    known: float
    written: int

    @property
    def is_the_lesson(self) -> bool:
        return self.known >= 0.5

    @property
    def rank(self) -> tuple:
        return self.written, len(self.path.name), self.path.name  # -Copy10 comes after -Copy9


def choose_notebooks(folder: Path, assignment: Assignment, problems: list[str]) -> dict[str, list[dict]]:
    """Notebook name -> its cells. What was taken for what is added to `problems`, when it is not plain.

    Errors: InvalidSubmission when there is none to take, or the only one cannot be read.
    """
    paths = {path.stem: path for path in sorted(folder.glob("*.ipynb"))}
    others = [path for stem, path in paths.items() if stem not in assignment.notebooks]
    others = sorted(others, key=lambda path: not any(name in path.stem for name in assignment.notebooks))[:MOST_COPIES]
    chosen: dict[str, list[dict]] = {}
    for name, trusted in assignment.notebooks.items():
        own, refusal = None, None
        if name in paths:
            try:
                own = _look(paths[name], trusted)
            except InvalidSubmission as error:
                refusal = error
        copies = _readable(others, trusted)
        if own is None or not own.written:
            better = [copy for copy in copies if copy.is_the_lesson and (copy.written or name not in paths)]
        else:
            better = []
        if not better and own is None and refusal is None and len(paths) == len(assignment.notebooks) == 1:
            better = copies  # nothing else was handed in; whether it is the lesson is seen when it is made whole
        taken = max(better, key=lambda copy: copy.rank, default=own)
        if taken is not None:
            chosen[name] = taken.cells
            others = [path for path in others if path != taken.path]
            problems += _said(name, taken, own, refusal, copies)
        elif refusal is not None:
            raise refusal
    if not chosen:
        names = ", ".join(f"{name}.ipynb" for name in assignment.notebooks)
        there = _first([path.name[:MOST_NAME] for path in paths.values()]) or what_lies_in(folder)
        raise InvalidSubmission(f"{names} is not in the submission (found: {there}). Hand it in under its own name.")
    return chosen


def what_lies_in(folder: Path) -> str:
    """What a submission without a notebook holds instead, the most telling first, each with what to do about it."""
    found = [(_what_to_do(path, folder), sendable(str(path.relative_to(folder)))) for path in entries_of(folder)]
    told = [(words, name) for words, name in found if words is not None]
    told.sort(key=lambda each: not each[0])  # a file that says nothing comes last
    shown = _first([f"{name[:MOST_NAME]!r}{f' ({words})' if words else ''}" for words, name in told])
    return f"no notebook, {shown}" if told else "nothing at all"


def _first(names: list[str]) -> str:
    more = [f"{len(names) - MOST_SHOWN} more"] if len(names) > MOST_SHOWN else []
    return ", ".join([*names[:MOST_SHOWN], *more])


def _what_to_do(path: Path, folder: Path) -> str | None:
    """A word of advice on something that lies in a submission; None for what is not worth telling."""
    name, inside = path.name.lower(), path.relative_to(folder)
    if path.is_symlink():
        return "a link, which is not followed"
    if path.is_dir() or name in BESIDE or ".ipynb_checkpoints" in inside.parts:
        return None
    if ".ipynb" in name:
        deep = "take it out of its folder" if len(inside.parts) > 1 else ""
        named = "" if path.suffix == ".ipynb" else "rename it to end in .ipynb"
        return " and ".join(filter(None, [deep, named]))
    if name.endswith(ARCHIVES):
        return "unpack it"
    return "the notebook itself is needed" if name.endswith(PRINTED) else ""


def _look(path: Path, trusted: list[TrustedCell]) -> _Copy:
    cells = read_notebook(path)[0]
    places = {grade_id: place for place, grade_id in (recognised(cells, trusted) | claimed(cells, trusted)).items()}
    wanted = [cell for cell in trusted if cell.kind in EXERCISE]
    there = [cell for cell in wanted if cell.grade_id in places]
    sources = {place: cell["source"].strip() for place, cell in enumerate(cells)}
    written = [c for c in there if not c.locked and sources[places[c.grade_id]] != c.source.strip()]
    return _Copy(path, cells, len(there) / max(1, len(wanted)), len(written))


def _readable(paths: list[Path], trusted: list[TrustedCell]) -> list[_Copy]:
    copies = []
    for path in paths:
        try:
            copies.append(_look(path, trusted))
        except InvalidSubmission:  # an attempt that is damaged: it is not what the student wants graded
            continue
    return copies


def _said(
    name: str, taken: _Copy, own: _Copy | None, refusal: InvalidSubmission | None, copies: list[_Copy]
) -> list[str]:
    if taken is own:
        aside = ", ".join(repr(copy.path.name) for copy in copies if copy.is_the_lesson and copy.written)
        return [f"{name}.ipynb was graded, and {aside} left aside."] if aside else []
    why = "that one is as it was handed out" if own else f"that one cannot be read ({refusal})" if refusal else ""
    return [f"{taken.path.name!r} was taken for {name}.ipynb" + (f": {why}." if why else ".")]
