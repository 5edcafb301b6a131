"""nbgrader's settings for this course: `nbgrader` and `course` read the same file."""

c = get_config()  # noqa: F821 - nbgrader provides it

# solutions/ is what instructors write, lessons/ is what students get.
c.CourseDirectory.source_directory = "solutions"
c.CourseDirectory.release_directory = "lessons"
# The text source of a lesson holds its answers, so it is never released beside the notebook.
c.CourseDirectory.ignore = [".ipynb_checkpoints", "*.pyc", "__pycache__", "[0-9][0-9]_*.py"]

# An untouched stub does nothing, so that Run All reaches the end of an unfinished lesson.
c.ClearSolutions.code_stub = {"python": "# YOUR CODE HERE"}
c.ClearSolutions.text_stub = "YOUR ANSWER HERE"

# Seconds a cell may take; the longest lesson trains for less than a minute.
c.ExecutePreprocessor.timeout = 300
