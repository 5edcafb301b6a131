"""The `course` command: one function a subcommand, each importing its code only when it runs."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import click

from course_utils import __version__

# Where it is there, jsonschema, which nbgrader imports, builds the grammars of international addresses for 0.8 seconds.
# No notebook's schema has such an address, and jsonschema does without.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]


class _Course(click.Group):
    """Says in one sentence what a command lacks on this machine."""

    def invoke(self, ctx: click.Context) -> Any:
        from autograder.missing import explained

        try:
            return super().invoke(ctx)
        except ModuleNotFoundError as error:
            text = explained(error, ctx.invoked_subcommand or "")
            if text is None:
                raise
            click.echo(f"course: {text}", err=True)
            ctx.exit(2)


@click.group(cls=_Course, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="course")
def main() -> None:
    """Exploring Neural Networks with TensorFlow: open, build and grade the course."""


@main.command(context_settings={"ignore_unknown_options": True})
@click.argument("jupyter_args", nargs=-1, type=click.UNPROCESSED)
def lab(jupyter_args: tuple[str, ...]) -> None:
    """Open your workspace in JupyterLab, and make one at first; JUPYTER_ARGS go to JupyterLab."""
    from autograder.commands import run_lab

    sys.exit(run_lab(jupyter_args))


@main.command()
@click.argument("directory", required=False, metavar="[DIR]")
def start(directory: str | None) -> None:
    """Make a workspace, your own copies of the lessons, in DIR; without DIR, in your home folder."""
    from autograder.commands import run_start

    sys.exit(run_start(directory))


@main.command()
@click.argument("directory", required=False, metavar="[DIR]")
def update(directory: str | None) -> None:
    """Bring new versions of the lessons into your workspace; nothing of yours is lost."""
    from autograder.commands import run_update

    sys.exit(run_update(directory))


@main.command()
def progress() -> None:
    """Show the points you have, lesson by lesson."""
    from datetime import date

    from course_utils.notebook import games, predictions, progress, review

    parts = progress.summary(), predictions.calibration(), games.standing(), review.waiting(date.today())
    for told in filter(None, parts):
        click.echo(f"{told}\n")


@main.command()
def review() -> None:
    """Ask again what is due of the questions that you answered in the lessons."""
    from autograder.commands import run_review

    sys.exit(run_review())


@main.command()
@click.option("--check", is_flag=True, help="Build nothing; name every generated file that differs from its source.")
@click.option("--no-run", is_flag=True, help="Run nothing: only texts have changed, and the stored outputs stay.")
@click.argument("lessons", nargs=-1, metavar="[NN]...")
def build(check: bool, no_run: bool, lessons: tuple[str, ...]) -> None:
    """Build the lessons (all, or those named: 02 or 02_activations) from solutions/NN/NN.py."""
    from autograder.build.command import run

    sys.exit(run(lessons, check, no_run))


@main.command()
@click.option("--out", metavar="FILE.zip", help="By default its name and version, in the current folder.")
def bundle(out: str | None) -> None:
    """Write one zip with the course and its lessons, to be unpacked on Google Drive or uploaded to any Jupyter."""
    from autograder.commands import run_bundle

    sys.exit(run_bundle(out))


@main.command("new-exercise")
@click.argument("lesson", metavar="NN")
@click.argument("id")
def new_exercise(lesson: str, id: str) -> None:
    """Write a small working exercise into lesson NN (its table, two cells, an oracle), to be made one's own."""
    from autograder.commands import run_new_exercise

    sys.exit(run_new_exercise(lesson, id))


@main.command()
@click.argument("lessons", nargs=-1, metavar="[NN]...")
@click.option("--exercise", default="", metavar="ID", help="Only this exercise.")
@click.option("--every", type=click.IntRange(1), default=1, metavar="N", help="Try each N-th broken answer only.")
@click.option("--workers", type=click.IntRange(1), metavar="N", help="Processes; by default one a core.")
def prove(lessons: tuple[str, ...], exercise: str, every: int, workers: int | None) -> None:
    """Break every right answer in every small way, and show which broken ones the checks accept."""
    from autograder.commands import run_prove

    sys.exit(run_prove(lessons, exercise, every, workers))


def _course_dir(function: Callable) -> Callable:
    text = "Course directory in nbgrader's layout (submitted/, gradebook.db ...)."
    return click.option("--course-dir", default=".", show_default=True, metavar="DIR", help=text)(function)


@main.command()
@click.argument("assignment")
@_course_dir
@click.option("--student", "students", multiple=True, metavar="ID", help="Grade only this student (repeatable).")
@click.option("--workers", type=click.IntRange(1), metavar="N", help="Processes that judge; by default one a core.")
@click.option("--scheduler", metavar="ADDR", help="Judge on this Dask cluster (tcp://HOST:PORT) instead.")
@click.option(
    "--timeout",
    type=click.FloatRange(1),
    metavar="S",
    help="Seconds of processor time that one submission may take; by the clock it gets five times as many.",
)
@click.option("--json", "json_file", metavar="FILE", help="Also write the results as JSON (- for standard output).")
@click.option("--force", is_flag=True, help="Grade again what has not changed since the last run.")
@click.option(
    "--regrade", is_flag=True, help="Take the tests from the source as it is now, and judge everyone by them."
)
@click.option("--dry-run", is_flag=True, help="Judge and compare with the gradebook; write nothing.")
@click.option("--unsafe-no-sandbox", is_flag=True, help="Run students' code unconfined. Only for code that you trust.")
def grade(assignment: str, **options: Any) -> None:
    """Grade the submissions of ASSIGNMENT into the gradebook, with feedback pages."""
    from autograder.commands import run_grade

    sys.exit(run_grade(assignment, **options))


@main.command()
@click.argument("notebook")
@click.option("--course", "course_dir", metavar="DIR", help="For an assignment of another course: its directory.")
@click.option("--json", "json_file", metavar="FILE", help="Also write the results as JSON (- for standard output).")
def check(notebook: str, course_dir: str | None, json_file: str | None) -> None:
    """Grade your own copy of a lesson, NOTEBOOK. Safe on a stranger's too, where this machine has a cage."""
    from autograder.commands import run_check

    sys.exit(run_check(notebook, course_dir, json_file))


@main.command()
@click.argument("directory", required=False, metavar="[DIR]")
@click.option("--name", required=True, help="The name that stands on it.")
@click.option("--out", default="", metavar="FILE.html", help="Where to write it; by default certificate.html in DIR.")
def certificate(directory: str | None, name: str, out: str) -> None:
    """Run your notebooks, in the workspace DIR, on fresh cases, and write a page on what you have reached."""
    from autograder.commands import run_certificate

    sys.exit(run_certificate(directory, name, out))


@main.command()
@click.argument("assignment")
@_course_dir
@click.option("--out", metavar="FILE.html", help="Where to write it; by default ASSIGNMENT-report.html in DIR.")
@click.option("--similar", is_flag=True, help="Also list answers that are alike: a place to look, not a finding.")
def report(assignment: str, course_dir: str, out: str | None, similar: bool) -> None:
    """Write a page on how the class did: scores, exercises, and the mistakes to reteach."""
    from autograder.commands import run_report

    sys.exit(run_report(assignment, course_dir, out, similar))


@main.command()
@click.argument("assignment", default="")
@click.option("--format", "layout", type=click.Choice(["canvas", "moodle", "csv", "exercises"]), required=True)
@_course_dir
@click.option("--out", default="-", metavar="FILE.csv", help="Where to write it; by default standard output.")
@click.option("--bom", is_flag=True, help="Begin with a byte order mark, by which Excel knows UTF-8.")
@click.option("--roster", default="", metavar="CANVAS.csv", help="Canvas's own table: the points go into its rows.")
@click.option("--match", default="SIS Login ID", metavar="COLUMN", help="The roster's column with nbgrader's ids.")
def export(assignment: str, layout: str, course_dir: str, out: str, bom: bool, roster: str, match: str) -> None:
    """Export the gradebook, or one ASSIGNMENT, in the columns that Canvas or Moodle import, or by exercise."""
    from autograder.commands import run_export

    if roster and layout != "canvas":
        raise click.UsageError("--roster goes with --format canvas.")
    sys.exit(run_export(layout, course_dir, out, assignment, bom, roster, match))


@main.command("init")
@click.argument("directory", metavar="DIR")
@click.argument("lessons", nargs=-1, metavar="[NN]...")
@click.option("--course-id", default="", metavar="NAME", help="nbgrader's name of the course; by default DIR's.")
@click.option("--exchange", default="", metavar="FOLDER", help="nbgrader's exchange, which students reach too.")
def init(directory: str, lessons: tuple[str, ...], course_id: str, exchange: str) -> None:
    """Make a course directory DIR, with all lessons or those named, ready to release and grade."""
    from autograder.commands import run_init

    sys.exit(run_init(directory, lessons, course_id, exchange))


@main.command("demo-class")
@click.argument("assignment")
@click.argument("directory", metavar="DIR")
@click.option("--students", type=click.IntRange(1), required=True, metavar="N", help="How many students to make up.")
@click.option("--seed", type=int, default=0, show_default=True, metavar="S", help="Another seed, another class.")
def demo_class(assignment: str, directory: str, students: int, seed: int) -> None:
    """Write a course directory DIR with a made-up class: correct, mistaken, partial, empty, late and broken."""
    from autograder.commands import run_demo_class

    sys.exit(run_demo_class(assignment, directory, students, seed))


@main.command()
@click.option("--json", "as_json", is_flag=True, help="Write the report as JSON.")
@click.option("--trace", "notebook", metavar="NOTEBOOK", help="Run a notebook confined; list what it is refused.")
def doctor(as_json: bool, notebook: str | None) -> None:
    """Examine whether this machine can confine a student's code, by trying to break out."""
    if notebook:
        from autograder.commands import run_trace

        sys.exit(run_trace(notebook, as_json))
    from autograder.doctor import doctor as examine

    sys.exit(examine(as_json, click.echo))


def run() -> None:
    """The `course` program."""
    from autograder.consoles import speak_plainly
    from autograder.lean import lean

    lean()
    speak_plainly()
    main()


if __name__ == "__main__":
    run()
