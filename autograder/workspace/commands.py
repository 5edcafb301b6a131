"""`course start` and `course update`: a workspace made, or brought to the installed lessons, and what is said of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

from autograder.errors import Exit, UsageError
from autograder.workspace.folder import (
    STATE,
    Workspace,
    default_folder,
    find_workspace,
    refuse_checkout,
    shipped_lessons,
)
from autograder.workspace.opened import open_notebooks
from autograder.workspace.update import NOTEBOOK, Report, bring, bytes_of

README = Path(__file__).parent / "README.md"
Tell = Callable[[str], object]


def start(folder: Path | None, tell: Tell) -> Workspace:
    """Make a workspace in the folder, by default the one in the home folder; one that is there stays as it is.

    Errors: UsageError where a learner's work has no place.
    """
    folder = (folder or default_folder()).absolute()
    refuse_checkout(folder)
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder} is a file. Name a folder: course start DIR.")
    workspace = Workspace(folder)
    if workspace.exists:
        tell(f"{folder} is a workspace already. `course lab` opens it, `course update` brings new lessons into it.")
        return workspace
    report = bring(workspace, shipped_files())
    (folder / STATE).mkdir(exist_ok=True)
    lessons = sum(path.suffix == NOTEBOOK for path in report.new)
    tell(f"Made your workspace {folder}, with {lessons} lessons for you to work in.")
    _tell_the_rest(report, workspace, tell)
    return workspace


def update(folder: Path | None, tell: Tell) -> Exit:
    """Bring a workspace to the installed lessons, by default the one around the current folder, and say what was done.

    Returns FOUND when a notebook had to be left as it is, since it is open or damaged. Errors: UsageError when there is
    no workspace.
    """
    workspace = find_workspace(Path.cwd()) if folder is None else Workspace(folder.absolute())
    if workspace is None or not workspace.exists:
        where = f"in {folder}" if folder else f"here, above, or in {default_folder()}"
        raise UsageError(f"There is no workspace {where}. `course start DIR` makes one, `course lab` too.")
    opened = cache(lambda: open_notebooks(workspace.root))  # asked only when a notebook is about to change
    report = bring(workspace, shipped_files(), lambda place: place.resolve() in opened())
    for path in report.new:
        tell(f"  {path}: new")
    for path in report.updated:
        tell(f"  {path}: new version")
    _tell_the_rest(report, workspace, tell)
    for path in report.open:
        tell(f"{path} is open in Jupyter, so it was left as it is. Save it there and close its tab.")
    if report.open:
        tell("Then `course update` again brings the new version.")
    left = report.open or report.damaged
    if not (report.new or report.updated or left):
        tell(f"{workspace.root} is up to date.")
    return Exit.FOUND if left else Exit.DONE


def _tell_the_rest(report: Report, workspace: Workspace, tell: Tell) -> None:
    for path in report.kept:
        tell(f"  {path}: yours, for which the new version has no place")
    if report.backups:
        tell(f"Your work was carried over. The notebooks as they were lie in {workspace.backups}.")
    for line in report.damaged:
        tell(line)


def outdated(workspace: Workspace) -> bool:
    """Whether the installed course has other lessons than those last brought to the workspace."""
    return any(bytes_of(workspace.handed_out / path) != data for path, data in shipped_files())


def shipped_files() -> Iterator[tuple[Path, bytes]]:
    """Each file of a workspace as the installed course has it, by its path inside."""
    yield Path(README.name), README.read_bytes()
    lessons = shipped_lessons()
    for path in sorted(lessons.rglob("*")):
        inside = path.relative_to(lessons)
        if path.is_file() and not any(part.startswith(".") or part == "__pycache__" for part in inside.parts):
            yield inside, path.read_bytes()
