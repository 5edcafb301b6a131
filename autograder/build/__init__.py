"""`course build`: one text file per lesson becomes the executed solution and the student's notebook.

solutions/NN/NN.py  --source-->  cells  --rules-->  --execute-->  solutions/NN/NN.ipynb
                                                    --release-->  lessons/NN/NN.ipynb
"""

from autograder.build.command import build, build_lesson, check, check_lesson
from autograder.build.source import LessonFolder, find_root, lesson_names
from autograder.errors import BuildError

__all__ = [
    "BuildError",
    "LessonFolder",
    "build",
    "build_lesson",
    "check",
    "check_lesson",
    "find_root",
    "lesson_names",
]
