"""The `course` command: one function a subcommand, each importing its code only when it runs.

Exit codes: 0 done, 1 something was found wrong, 2 usage, 3 infrastructure, 4 unsafe host.
"""

from __future__ import annotations

import sys
from pathlib import Path

import click

from course_utils import __version__

DONE, FOUND, USAGE, INFRASTRUCTURE, UNSAFE = range(5)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="course")
def main() -> None:
    """Exploring Neural Networks with TensorFlow: open, build and grade the course."""


@main.command(context_settings={"ignore_unknown_options": True})
@click.argument("jupyter_args", nargs=-1, type=click.UNPROCESSED)
def lab(jupyter_args: tuple[str, ...]) -> None:
    """Open JupyterLab on the first lesson; JUPYTER_ARGS go to JupyterLab."""
    from autograder.lab import open_lab

    sys.exit(open_lab(Path.cwd(), jupyter_args))


@main.command()
def progress() -> None:
    """Show the points you have, lesson by lesson."""
    from course_utils import progress

    click.echo(progress.summary())


if __name__ == "__main__":
    main()
