"""What every lesson must be, checked before and after it runs. Each rule yields (cell id, what is wrong)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from nbformat import NotebookNode
from nbgrader.nbgraderformat import MetadataValidator, ValidationError
from nbgrader.utils import determine_grade, is_grade, is_locked, is_solution, is_task

from autograder.cells import TITLE as FOLD_TITLE
from autograder.cells import answer_id, exercise_id, grade_id_of, is_demo, nbgrader_of, title_of
from course_utils.exercises.status import STATUSES

Problem = tuple[str, str]

CHECK = 'lesson.check("{id}")\n### BEGIN HIDDEN TESTS\nlesson.grade("{id}")\n### END HIDDEN TESTS'
VISIBLE_LINES = 15  # of code, in a demonstration that stands open
TITLE_LENGTH = 80  # of a folded one: a line that JupyterLab shows whole
NUMBERED = re.compile(r"^#{2,4} (Exercise \d+)\b", re.MULTILINE)
HEADING = re.compile(r"^#{2,4} .*$", re.MULTILINE)
IMPORTS_KERAS = re.compile(r"^\s*(import|from) (tensorflow|keras)\b", re.MULTILINE)
DIFFICULTY = re.compile(r"★|☆|\bdifficulty\b", re.IGNORECASE)
MINUTES = re.compile(r"\b\d+\s*min", re.IGNORECASE)
EXTRA = re.compile(r"\b\d+ extra points?\b")
POINTS = re.compile(r"\b(\d+(?:\.\d+)?)\s*points?\b", re.IGNORECASE)
TITLE = re.compile(r"\*\*Time:\*\* .*min.* · \*\*Before this:\*\* .+ · \*\*Points:\*\* (\d+(?:\.\d+)?)$", re.MULTILINE)
MARKDOWN_IMAGE = re.compile(r"!\[([^\]]*)\]\(")
HTML_IMAGE = re.compile(r"<img\b[^>]*>", re.IGNORECASE)
ALT = re.compile(r"\balt\s*=\s*(\"[^\"]*\S[^\"]*\"|'[^']*\S[^']*')", re.IGNORECASE)


def source_problems(notebook: NotebookNode, name: str, points: Mapping[str, float]) -> list[Problem]:
    """Everything wrong with the cells of a lesson; `points` holds the points of its exercises."""
    return [
        *course_rules(notebook, name),
        *metadata_rules(notebook),
        *exercise_rules(notebook, points),
        *title_rules(notebook, points),
        *heading_rules(notebook),
        *number_rules(notebook),
        *image_rules(notebook),
        *folding_rules(notebook),
    ]


def course_rules(notebook: NotebookNode, name: str) -> Iterator[Problem]:
    """The header says which lesson this is, what its grading imports, and whether it trains (outputs vary)."""
    course = notebook.metadata.get("course", {})
    graded = (c for c in notebook.cells if c.cell_type == "code" and not is_demo(c))
    imports_keras = any(IMPORTS_KERAS.search(cell.source) for cell in graded)
    if course.get("lesson") != name:
        yield "header", f"course.lesson must be {name}"
    if course.get("profile") not in ("numpy", "tensorflow"):
        yield "header", "course.profile must be numpy or tensorflow"
    elif imports_keras and course.profile != "tensorflow":
        yield "header", "course.profile must be tensorflow: a cell imports it"
    if not isinstance(course.get("trains"), bool):
        yield "header", "course.trains must be true (outputs vary from run to run) or false"


def metadata_rules(notebook: NotebookNode) -> Iterator[Problem]:
    """nbgrader's own rules, unique grade_ids, a locked set-up cell, marks only where nbgrader reads them."""
    try:
        MetadataValidator().validate_nb(notebook)
    except ValidationError as error:
        yield "?", f"nbgrader rejects the metadata: {str(error).splitlines()[0]}"
    ids = [grade_id_of(cell) for cell in notebook.cells if nbgrader_of(cell)]
    yield from ((i, "grade_id used twice") for i in sorted({i for i in ids if ids.count(i) > 1}))
    setup = _by_grade_id(notebook).get("setup")
    if setup is None or not is_locked(setup) or is_grade(setup):
        yield "setup", 'the set-up cell must be read-only: grade_id "setup", locked, no grade, no solution'
    for cell in notebook.cells:
        if "BEGIN SOLUTION" in cell.source and not is_solution(cell):
            yield cell.id, "has a solution region but is no solution cell: students would read the answer"
        if "HIDDEN TESTS" in cell.source and not is_grade(cell):
            yield cell.id, "has hidden tests but is no test cell"
        if "MARK SCHEME" in cell.source and not is_task(cell):
            yield cell.id, "nbgrader allows a mark scheme only in a task cell; an answer's region is BEGIN SOLUTION"


def exercise_rules(notebook: NotebookNode, points: Mapping[str, float]) -> Iterator[Problem]:
    """Each exercise has one answer cell, then one test cell of the fixed form with the exercise's points."""
    cells = _by_grade_id(notebook)
    order = list(cells)
    graded = {grade_id: cell for grade_id, cell in cells.items() if is_grade(cell)}
    for grade_id, cell in graded.items():
        if grade_id not in points:
            yield grade_id, "the cell is graded, but the lesson's exercises do not hold this id"
            continue
        if float(nbgrader_of(cell)["points"]) != float(points[grade_id]):
            yield grade_id, f"the cell gives {nbgrader_of(cell)['points']} points, the exercise {points[grade_id]:g}"
        if cell.cell_type == "markdown":
            continue
        if is_solution(cell):
            yield grade_id, "a graded code cell is a test cell: solution must be false"
        if cell.source.strip() != CHECK.format(id=grade_id):
            yield grade_id, f"a test cell reads exactly:\n{CHECK.format(id=grade_id)}"
        answer = cells.get(answer_id(grade_id))
        if answer is None or not is_solution(answer) or answer.cell_type != "code":
            yield grade_id, f'needs an answer cell: grade_id "{answer_id(grade_id)}", solution true, grade false'
        elif order.index(answer_id(grade_id)) > order.index(grade_id):
            yield grade_id, "its answer cell comes after it"
        elif "BEGIN SOLUTION" not in answer.source:
            yield answer.id, "mark the solution with ### BEGIN SOLUTION and ### END SOLUTION"
    yield from ((name, "the exercise has no test cell in the lesson") for name in points if name not in graded)
    answers = (i for i, cell in cells.items() if is_solution(cell) and not is_grade(cell))
    yield from ((i, "an answer cell without a test cell") for i in answers if exercise_id(i) not in graded)


def title_rules(notebook: NotebookNode, points: Mapping[str, float]) -> Iterator[Problem]:
    """The first cell says how long the lesson takes, what comes before it, and the points of all exercises."""
    first = notebook.cells[0]
    said = TITLE.search(first.source)
    if not first.source.startswith("# ") or said is None:
        yield first.id, "begin with # title, then: **Time:** N minutes · **Before this:** … · **Points:** N"
    elif float(said[1]) != sum(points.values()):
        yield first.id, f"the title gives {said[1]} points, the exercises together {sum(points.values()):g}"


def heading_rules(notebook: NotebookNode) -> Iterator[Problem]:
    """Above each exercise its heading says difficulty, minutes and the same points."""
    heading = ""
    for cell in notebook.cells:
        if cell.cell_type == "markdown" and not is_grade(cell):
            last = [match.start() for match in HEADING.finditer(cell.source)][-1:]
            heading = cell.source[last[0] :] if last else f"{heading}\n{cell.source}"
        if not is_grade(cell):
            continue
        lacks = [w for w, p in (("difficulty", DIFFICULTY), ("minutes", MINUTES)) if not p.search(heading)]
        said = [float(number) for number in POINTS.findall(heading)]
        if not nbgrader_of(cell).get("points"):
            lacks += [] if EXTRA.search(heading) else ["how many extra points"]
        elif float(nbgrader_of(cell)["points"]) not in said:
            lacks.append(f"{nbgrader_of(cell).get('points'):g} points")
        if lacks:
            yield cell.id, f"the exercise's heading does not say {', '.join(lacks)}"


def number_rules(notebook: NotebookNode) -> Iterator[Problem]:
    """No two exercises have one number: readers, and links inside the notebook, could not tell them apart."""
    seen: set[str] = set()
    for cell in notebook.cells:
        for name in NUMBERED.findall(cell.source) if cell.cell_type == "markdown" else ():
            if name in seen:
                yield cell.id, f"a second heading “{name}”: number the exercises in the order of the lesson"
            seen.add(name)


def image_rules(notebook: NotebookNode) -> Iterator[Problem]:
    """Images in the text have a text alternative."""
    for cell in notebook.cells:
        if cell.cell_type != "markdown":
            continue
        if any(not alt.strip() for alt in MARKDOWN_IMAGE.findall(cell.source)):
            yield cell.id, "an image without alt text: ![what it shows](file)"
        if any(not ALT.search(tag) for tag in HTML_IMAGE.findall(cell.source)):
            yield cell.id, "an <img> without alt text"


def folding_rules(notebook: NotebookNode) -> Iterator[Problem]:
    """A long demonstration is folded below a title that says what it does; what a learner writes or runs stays open."""
    for cell in notebook.cells:
        if cell.cell_type != "code":
            continue
        title, lines = title_of(cell), sum(bool(line.strip()) for line in cell.source.splitlines())
        if title is not None and not is_demo(cell):
            yield cell.id, "has a title, which folds it; only a demonstration may be folded"
        elif title is not None and not 0 < len(title) <= TITLE_LENGTH:
            yield cell.id, f"its title must say in 1 to {TITLE_LENGTH} characters what the cell does"
        elif title is None and is_demo(cell) and lines > VISIBLE_LINES:
            yield (
                cell.id,
                (
                    f"shows {lines} lines, more than {VISIBLE_LINES}. Split it, move its picture to "
                    f"course_utils/lessons, or fold it: begin it with a line `{FOLD_TITLE}what it does`"
                ),
            )


def output_problems(notebook: NotebookNode) -> list[Problem]:
    """Everything wrong with an executed solution: a test below full marks, a figure only for the eye."""
    return [*score_rules(notebook), *figure_rules(notebook)]


def score_rules(notebook: NotebookNode) -> Iterator[Problem]:
    """The solution earns full marks, as nbgrader itself reads its outputs."""
    for cell in notebook.cells:
        if is_grade(cell) and cell.cell_type == "code":
            results = [output for output in cell.outputs if output.output_type == "execute_result"]
            score, top = determine_grade(cell)
            if not results:
                yield cell.id, "the test cell shows no points (its last expression has no value)"
            elif score != top:
                yield cell.id, f"the solution earns {score:g} of {top:g} points"
            elif not top and not any(_passed(output) for output in cell.outputs):
                yield cell.id, "the solution does not pass this extra exercise"


def _passed(output: NotebookNode) -> bool:
    return output.get("data", {}).get("text/plain", "").startswith(STATUSES["passed"].sign)


def figure_rules(notebook: NotebookNode) -> Iterator[Problem]:
    """Every figure has a text alternative, in the output's metadata or in its HTML."""
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            html = data.get("text/html", "")
            if any(not ALT.search(tag) for tag in HTML_IMAGE.findall(html)):
                yield cell.id, "shows an <img> without alt text"
            if "image/png" in data and not (_alt(output) or ALT.search(html)):
                yield cell.id, "shows a figure without alt text; show it with course_utils.plots"


def _alt(output: NotebookNode) -> str:
    metadata = output.get("metadata", {})
    return str(metadata.get("image/png", {}).get("alt", "") or metadata.get("alt", "")).strip()


def _by_grade_id(notebook: NotebookNode) -> dict[str, NotebookNode]:
    return {grade_id: cell for cell in notebook.cells if (grade_id := grade_id_of(cell))}
