"""`course grade --scheduler`: a real Dask cluster on this machine gives what the local pool gives."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys

import pytest
from nbgrader.api import Gradebook

from autograder.course import open_course
from autograder.errors import CourseError, UsageError
from autograder.grading import cluster
from autograder.grading import run as grading
from autograder.grading.parcel import pack, unpack
from autograder.grading.work import Unfit, to_json
from autograder.submitted import MAX_FILE
from tests.grader import toy
from tests.grader.test_grading import CLASS, LIMITS, submit_class

distributed = pytest.importorskip("distributed", reason="the extra `scale` is not installed")

pytestmark = pytest.mark.usefixtures("loops_left_open")
KILLED = 24  # submissions of the run in which a worker is killed
STUDENTS = ("honest", "half", "bad-json", "loops", "exits", "late")


def dask(*arguments: str, home) -> subprocess.Popen:
    environment = os.environ | {"HOME": str(home), "PYTHONPATH": os.getcwd(), "DASK_DISTRIBUTED__DASHBOARD__LINK": ""}
    return subprocess.Popen(
        [sys.executable, "-m", "distributed.cli." + arguments[0], *arguments[1:]],
        env=environment, cwd=home, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip


@pytest.fixture(scope="module")
def scheduler(tmp_path_factory):
    """The address of a scheduler with two workers, each a process of its own."""
    home = tmp_path_factory.mktemp("dask")
    file = home / "scheduler.json"
    running = [dask("dask_scheduler", "--scheduler-file", str(file), "--port", "0", "--no-dashboard", home=home)]
    running += [
        dask("dask_worker", "--scheduler-file", str(file), "--nthreads", "2", "--no-dashboard", home=home)
        for _ in range(2)
    ]
    try:
        with distributed.Client(scheduler_file=str(file), timeout=60, set_as_default=False) as client:
            client.wait_for_workers(2, timeout=60)
            yield client.scheduler.address
    finally:
        for process in running:
            process.terminate()
        for process in running:
            process.wait(30)


@pytest.fixture(scope="module")
def course(toy_template, tmp_path_factory):
    course = open_course(shutil.copytree(toy_template, tmp_path_factory.mktemp("cluster") / "course"))
    submit_class(course)
    return course


@pytest.fixture(scope="module")
def graded(course, scheduler):
    options = grading.Options(students=STUDENTS, scheduler=scheduler, limits=LIMITS)
    results, level = grading.grade(str(course.root), "toy", options, lambda text: None)
    assert level
    return {result.student: result for result in results}


@pytest.mark.parametrize("student", STUDENTS)
def test_a_cluster_gives_the_status_and_points_of_this_machine(graded, student):
    _, status, points, double = CLASS[student]
    result = graded[student]
    assert result.score == points and status in (None, result.status)
    assert double in (None, {exercise.id: exercise for exercise in result.exercises}["double"].status)


def test_what_a_cluster_graded_is_not_graded_again_here(graded, course):
    told = []
    grading.grade(str(course.root), "toy", grading.Options(students=STUDENTS, limits=LIMITS), told.append)
    assert any(f"{len(STUDENTS)} of {len(STUDENTS)} submissions are unchanged" in line for line in told)


def test_a_worker_that_is_killed_costs_nobody_a_result(toy_template, tmp_path, scheduler):
    here, there = (
        open_course(shutil.copytree(toy_template, tmp_path / where / "course")) for where in ("here", "there")
    )
    notebooks = {f"student-{number:02}": toy.honest() for number in range(KILLED)}
    for number, notebook in enumerate(notebooks.values()):
        toy.fill(notebook, total=f"total = {number % 4}", double=f"def double(x):\n    return {number % 3} * x")
    for course in (here, there):
        for student, notebook in notebooks.items():
            toy.submit(course.root, student, notebook)

    def tell(line: str) -> None:
        if line.startswith(f"[{KILLED // 2}/"):
            with distributed.Client(scheduler, set_as_default=False) as client:
                (victim, *_) = client.run(os.getpid).values()
            os.kill(victim, signal.SIGKILL)

    grading.grade(str(here.root), "toy", grading.Options(limits=LIMITS), lambda line: None)
    results, _ = grading.grade(str(there.root), "toy", grading.Options(scheduler=scheduler, limits=LIMITS), tell)
    assert [result.status for result in results] == ["graded"] * KILLED
    ledger = there.state / "ledger" / "toy.jsonl"
    events = [json.loads(line) for line in ledger.read_text(encoding="utf-8").splitlines()]
    assert sorted(event["student"] for event in events if event["event"] == "graded") == sorted(notebooks)
    assert rows(here) == rows(there)


def rows(course):
    """All scores and comments in the gradebook."""
    with Gradebook(course.db_url, course.id) as gradebook:
        notebooks = [n for submission in gradebook.assignment_submissions("toy") for n in submission.notebooks]
        return sorted(
            (n.student.id, row.name, getattr(row, "auto_score", None), getattr(row, "auto_comment", None) or "")
            for n in notebooks
            for row in (*n.grades, *n.comments)
        )


class _LostAndJudgedAgain:
    """A future whose worker died with the result: it waits until another worker has it."""

    status = "pending"

    def exception(self):
        return None

    def result(self):
        return json.dumps(to_json(Unfit("another version")))


def test_a_result_that_died_with_its_worker_is_waited_for():
    assert cluster._outcome(_LostAndJudgedAgain()) == Unfit("another version")


def test_no_scheduler_there_is_a_clear_error(monkeypatch):
    monkeypatch.setattr(cluster, "CONNECT_SECONDS", 1)
    with pytest.raises(CourseError, match="dask scheduler"):
        cluster.Cluster("tcp://127.0.0.1:9", LIMITS, "auto")


def test_workers_belong_to_this_machine(course, scheduler):
    with pytest.raises(UsageError, match="--workers"):
        grading.grade(str(course.root), "toy", grading.Options(workers=2, scheduler=scheduler), print)


def test_a_worker_of_another_version_is_refused(course, scheduler, monkeypatch):
    monkeypatch.setattr(cluster, "code_digest", lambda: "another")
    with pytest.raises(CourseError, match="another version"):
        grading.grade(str(course.root), "toy", grading.Options(students=("honest",), scheduler=scheduler), print)


def test_a_submission_travels_as_it_is(tmp_path):
    there, here = tmp_path / "there", tmp_path / "here"
    (there / "data").mkdir(parents=True)
    here.mkdir()
    (there / "toy.ipynb").write_text(str(toy.honest()), encoding="utf-8")
    (there / "data" / "raw.bin").write_bytes(bytes(range(256)))
    (there / "link").symlink_to("/etc/passwd")
    with (there / "huge").open("wb") as file:
        file.truncate(MAX_FILE + 1)
    os.mkfifo(there / "pipe")
    unpack(pack(there), here)
    assert (here / "toy.ipynb").read_bytes() == (there / "toy.ipynb").read_bytes()
    assert (here / "data" / "raw.bin").read_bytes() == bytes(range(256))
    for name in ("link", "pipe"):
        assert (here / name).is_symlink() and not (here / name).exists()
    assert (here / "huge").stat().st_size == MAX_FILE + 1
