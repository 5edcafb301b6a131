"""The first cell of every lesson."""

from __future__ import annotations

from course_utils import environment, lessons
from course_utils.exercises import Lesson, context

from .context import Notebook

FIRST_KERAS_LESSON = "09"


def start(name: str, tensorflow: bool | None = None, seed: int = environment.SEED, solutions: bool = True) -> Lesson:
    """Prepare a lesson: TensorFlow quietly where it is used, seeds, one line about the surroundings; its exercises.

    `tensorflow` says whether the lesson uses TensorFlow; by default lessons 09 and later do.
    Without `solutions` nobody can open an explained one in this notebook.

    Errors: ValueError with the known names when there is no such lesson.
    """
    lesson = lessons.load(name)
    if tensorflow is None:
        tensorflow = lessons.number(name) >= FIRST_KERAS_LESSON
    if tensorflow:
        environment.import_tensorflow()
    else:
        environment.silence_later_import()
    environment.seed_everything(seed)
    notebook = Notebook(solutions)
    notebook.watch()
    context.install(notebook)
    print(environment.described(tensorflow))
    return lesson
