"""Your project: answers that are drawn at random."""

from __future__ import annotations

import numpy as np

from course_utils.exercises import check
from course_utils.lessons.lesson_20_deployment import projects
from course_utils.lessons.lesson_20_deployment.project import digits_by_neighbour, project


def test_answers_that_change_for_one_row_in_forty_are_told_to_be_drawn():
    rng = np.random.default_rng(0)
    honest = digits_by_neighbour(projects)["predict"]

    def predict(rows):
        return np.where(rng.random(len(rows)) < 0.025, rng.integers(0, 10, len(rows)), honest(rows))

    for seed in range(3):
        result = check(project, {"project": {"data": "digits", "predict": predict}}, [seed])
        assert result.mistake == "another-answer-each-time", result
