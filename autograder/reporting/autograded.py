"""autograded/: the judged notebooks as nbgrader itself would have written them, for formgrader and its commands."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import nbformat

from autograder.assignment import Assignment
from autograder.cells import grade_id_of, kind_of, nbgrader_of
from autograder.course import Course
from autograder.files import replaced_folder, write_changed
from autograder.reporting.sanitize import clean_outputs, tame
from autograder.reporting.titles import criteria_of
from autograder.results import IN_PROCESS, ExerciseResult, Standing, SubmissionResult
from autograder.submitted import carry_files


def graded_notebook(notebook: dict, result: SubmissionResult, name: str) -> Any:
    """The notebook with clean texts and outputs, each test cell with the verdict in the form that nbgrader reads."""
    cells, criteria = [], criteria_of(name)
    for cell in notebook["cells"]:
        if (grade_id := grade_id_of(cell)) in criteria and kind_of(nbgrader_of(cell)) == "manual":
            cells.append(_rubric(grade_id, criteria[grade_id]))
        if cell["cell_type"] == "code":
            exercise, about = result.find(name, grade_id), nbgrader_of(cell)
            outputs = clean_outputs(cell["outputs"])
            if kind_of(about) == "test":
                shown = [_of_no_weight(output) for output in outputs if exercise and exercise.in_process]
                outputs = [*shown, *verdict(exercise, float(about["points"]))]
            cell = {**cell, "outputs": outputs}
        elif not nbgrader_of(cell).get("locked"):
            cell = {**cell, "source": tame(cell["source"])}
        cells.append(cell)
    return nbformat.from_dict({**notebook, "cells": cells})


def _rubric(grade_id: str, criteria: list[str]) -> dict:
    """A cell that tells whoever grades in formgrader what the text below is marked by."""
    lines = ["**What earns the points of the text below**", "", *(f"- {part}" for part in criteria)]
    return {"cell_type": "markdown", "id": f"rubric-{grade_id}"[:64], "metadata": {}, "source": "\n".join(lines)}


def verdict(exercise: ExerciseResult | None, points: float) -> list[dict]:
    """Outputs from which `nbgrader.utils.determine_grade` reads the exercise's score."""
    score = min(exercise.score, points) if exercise else 0.0
    outputs = []
    if exercise and (exercise.panel_html or exercise.panel_text or exercise.message or exercise.in_process):
        judged = f"Judged {IN_PROCESS}. " if exercise.in_process else ""
        data = {"text/plain": judged + (exercise.panel_text or exercise.message)}
        if exercise.panel_html:
            data["text/html"] = exercise.panel_html
        outputs.append({"output_type": "display_data", "data": data, "metadata": {}})
    number = {"text/plain": repr(float(score))}
    return [*outputs, {"output_type": "execute_result", "data": number, "metadata": {}, "execution_count": None}]


def _of_no_weight(output: dict) -> dict:
    """What a test showed, in a form that nbgrader does not take for a failure or for points."""
    if output["output_type"] == "stream":
        return {**output, "name": "stdout"}
    if output["output_type"] == "error":
        return {"output_type": "stream", "name": "stdout", "text": "\n".join(output["traceback"]) + "\n"}
    return {"output_type": "display_data", "data": output["data"], "metadata": {}}


def write_autograded(course: Course, assignment: Assignment, standing: Standing, submitted: Path | None) -> None:
    """autograded/STUDENT/ASSIGNMENT: the judged notebooks and the files beside them, read-only."""
    result = standing.result
    with replaced_folder(course.folder("autograded", result.student, assignment.name)) as folder:
        if submitted is not None:
            carry_files(submitted, folder, own=assignment.files)
        for name, content in assignment.files.items():
            write_changed(folder / name, content)
        for name, notebook in result.notebooks.items():
            graded = graded_notebook(notebook, result, name)
            text = json.dumps(graded, indent=1, ensure_ascii=False, sort_keys=True)
            (folder / f"{name}.ipynb").write_text(text + "\n", encoding="utf-8")
        for path in folder.rglob("*"):
            if path.is_file():
                path.chmod(0o444)
