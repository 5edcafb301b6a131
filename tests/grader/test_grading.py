"""A class from submissions to gradebook, through real workers: every submission ends with a result and a reason."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys

import psutil
import pytest
from click.testing import CliRunner
from nbgrader.api import Gradebook

from autograder.cli import main
from autograder.course import open_course
from autograder.errors import CourseError, GradebookLocked, ServerError, UnsafeHost, UsageError
from autograder.grading import run as grading
from autograder.grading.pool import Pool
from autograder.grading.run import Options, _Run
from autograder.grading.work import Judged, Lost, Outcome, Task, Unfit, Unsafe, from_json, result_of, to_json
from autograder.judge.alone import secret_of
from autograder.judge.submission import judge_submission
from autograder.judge.testcell import hidden_seed
from autograder.records.assignments import load_assignment
from autograder.records.ledger import Ledger
from autograder.records.state import course_secret, one_run_at_a_time
from autograder.results import ExerciseResult, SubmissionResult, report_json
from autograder.runner.sandbox.limits import Limits
from autograder.submitted import content_key, under_rules
from tests.grader import toy

LIMITS = Limits(check_seconds=3, cell_seconds=4, submission_seconds=30, memory_mb=1500)
LOOP = "while True:\n    pass"
HOG = "hog = []\nwhile True:\n    hog.append(bytearray(b'x') * 50_000_000)"


def _without(notebook: dict, grade_id: str) -> dict:
    kept = [c for c in notebook["cells"] if c["metadata"].get("nbgrader", {}).get("grade_id") != grade_id]
    return {**notebook, "cells": kept}


def _twice(notebook: dict, grade_id: str) -> dict:
    cells = [c for c in notebook["cells"] if c["metadata"].get("nbgrader", {}).get("grade_id") == grade_id]
    return {**notebook, "cells": notebook["cells"] + cells}


CLASS = {  # student -> (notebook, status, points, status of "double")
    "honest": (toy.honest(), "graded", 5.0, "passed"),
    "stubs": (toy.released(), "graded", 0.0, "wrong"),
    "half": (toy.fill(toy.honest(), double="def double(x):\n    return x + 2"), "graded", 3.0, "partial"),
    "raises": (toy.fill(toy.honest(), double="def double(x):\n    return 1 / 0"), "graded", 1.0, "error"),
    "bad-json": (json.dumps(toy.honest())[:-9], "invalid", 0.0, "missing"),
    "lacks-cells": (_without(toy.honest(), "double-answer"), "graded", 1.0, None),
    "doubled": (_twice(toy.honest(), "double-answer"), "graded", 5.0, "passed"),
    "loops": (toy.fill(toy.honest(), double="def double(x):\n    while x:\n        pass"), None, 1.0, "timed_out"),
    "loops-in-cell": (toy.fill(toy.honest(), double=LOOP), "timed_out", 1.0, None),
    "exits": (toy.fill(toy.honest(), double="import os\nos._exit(0)"), "crashed", 1.0, None),
    "hogs": (toy.fill(toy.honest(), double=HOG), None, 1.0, None),
    "late": (toy.honest(), "late", 5.0, "passed"),
}  # fmt: skip


def submit_class(course) -> None:
    with Gradebook(course.db_url, course.id) as gradebook:
        gradebook.update_or_create_assignment("toy", duedate="2026-03-01 12:00 UTC")
    for student, (notebook, *_) in CLASS.items():
        day = 2 if student == "late" else 1
        toy.submit(course.root, student, notebook, f"2026-03-0{day} 10:00:00 UTC")


@pytest.fixture(scope="module")
def graded(toy_template, tmp_path_factory):
    """(course, student -> result) of the whole class, graded once."""
    course = open_course(shutil.copytree(toy_template, tmp_path_factory.mktemp("class") / "course"))
    submit_class(course)
    results, level = grading.grade(str(course.root), "toy", grading.Options(limits=LIMITS), lambda text: None)
    assert level
    return course, {result.student: result for result in results}


@pytest.mark.parametrize("student", CLASS)
def test_every_submission_ends_with_its_status_and_points(graded, student):
    _, results = graded
    _, status, points, double = CLASS[student]
    result = results[student]
    exercises = {exercise.id: exercise for exercise in result.exercises}
    assert result.score == points, exercises
    assert status in (None, result.status)
    assert double in (None, exercises["double"].status)
    assert set(exercises) == {"total", "double", "why"}
    assert result.reason or not result.failed
    assert result.sandbox


def test_the_gradebook_and_the_folders_agree(graded):
    course, results = graded
    with Gradebook(course.db_url, course.id) as gradebook:
        scores = {row.student.id: row.score for row in gradebook.find_assignment("toy").submissions}
    assert scores == {student: result.score for student, result in results.items()}
    for student in CLASS:
        assert (course.root / "autograded" / student / "toy" / "toy.ipynb").is_file()
        assert (course.root / "feedback" / student / "toy" / "toy.html").is_file()


def test_the_json_is_the_contract(graded):
    _, results = graded
    content = report_json("toy", "level", list(results.values()))
    assert set(content) == {"assignment", "sandbox", "submissions"}
    for submission in content["submissions"]:
        assert {"student", "status", "score", "max_score", "seconds", "exercises"} <= set(submission)
        for exercise in submission["exercises"]:
            assert set(exercise) - {"judged"} == {"id", "score", "max_score", "status", "mistake", "message"}
            if submission["status"] == "graded" and exercise["id"] != "why":  # that is for a person
                assert exercise["judged"] == "in the student's process"
    assert json.loads(json.dumps(content)) == content


@pytest.fixture
def small(toy_course):
    """A course with two honest submissions."""
    for student in ("ann", "bob"):
        toy.submit(toy_course.root, student, toy.honest())
    return toy_course


def run(course, **options):
    """Grade; returns (student -> score, the lines that were said)."""
    said: list[str] = []
    options = grading.Options(limits=LIMITS, workers=1, **options)
    results, _ = grading.grade(str(course.root), "toy", options, said.append)
    return {result.student: result.score for result in results}, said


def judged(said):
    """The students that were really judged in a run."""
    return [line.split("] ")[1].split(":")[0] for line in said if line.startswith("[")]


def test_only_what_changed_is_graded_again(small):
    assert judged(run(small)[1]) == ["ann", "bob"]
    assert judged(run(small)[1]) == []
    toy.submit(small.root, "bob", toy.released())
    scores, said = run(small)
    assert (scores, judged(said)) == ({"ann": 5.0, "bob": 0.0}, ["bob"])
    assert judged(run(small, force=True, students=("ann",))[1]) == ["ann"]


def test_a_lost_gradebook_is_filled_again_without_judging(small, toy_template):
    run(small)
    shutil.copy(toy_template / "gradebook.db", small.gradebook_file)
    shutil.rmtree(small.root / "feedback" / "ann")
    scores, said = run(small)
    assert (scores, judged(said)) == ({"ann": 5.0, "bob": 5.0}, [])
    with Gradebook(small.db_url, small.id) as gradebook:
        assert {row.student.id: row.score for row in gradebook.find_assignment("toy").submissions} == scores
    assert (small.root / "feedback" / "ann" / "toy" / "toy.html").is_file()


def test_a_persons_grade_reaches_the_page_at_the_next_run(small):
    run(small)
    with Gradebook(small.db_url, small.id) as gradebook:
        gradebook.find_grade("why", "toy", "toy", "ann").manual_score = 1.5
        gradebook.db.commit()
    assert judged(run(small)[1]) == []
    page = (small.root / "feedback" / "ann" / "toy" / "toy.html").read_text()
    assert "Graded by a person" in page
    assert ">6.5 <small>of 7 points" in page


def test_a_dry_run_writes_nothing(small):
    before = small.gradebook_file.read_bytes()
    scores, said = run(small, dry_run=True)
    assert scores == {"ann": 5.0, "bob": 5.0}
    assert "ann: nothing in the gradebook, 5 now (graded)" in said
    assert small.gradebook_file.read_bytes() == before
    assert not (small.root / "autograded").exists()
    assert judged(run(small)[1]) == ["ann", "bob"]  # the ledger does not know of it


def test_a_dry_run_after_a_real_one_tells_what_is_graded_already(small):
    run(small)
    toy.submit(small.root, "bob", toy.released())
    toy.submit(small.root, "cat", toy.honest())
    before = _tree(small.root)
    scores, said = run(small, dry_run=True)
    assert scores == {"ann": 5.0, "bob": 0.0, "cat": 5.0}
    assert judged(said) == ["bob", "cat"]
    assert "ann: 5 in the gradebook, graded already" in said
    assert "bob: 5 in the gradebook, 0 now (graded)" in said
    assert "cat: nothing in the gradebook, 5 now (graded)" in said
    assert said[-1] == "Dry run: 1 graded already, 2 would be graded; nothing was written."
    assert _tree(small.root) == before


def test_a_dry_run_when_all_is_graded_ends_well(small):
    command = ("grade", "toy", "--course-dir", small.root, "--workers", 1)
    assert call(*command).exit_code == 0
    before = _tree(small.root)
    done = call(*command, "--dry-run")
    assert done.exit_code == 0, done.output
    assert "2 graded already, 0 would be graded" in done.output
    assert _tree(small.root) == before


def test_a_first_dry_run_leaves_no_trace(small):
    before = _tree(small.root)
    run(small, dry_run=True)
    assert _tree(small.root) == before


def _tree(root):
    """Every file below a folder, with its content and the time of its last change."""
    files = (path for path in sorted(root.rglob("*")) if path.is_file())
    return {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in files}


def test_the_same_cases_for_all_and_again(small):
    """The secret is made once, and only its owner may read it."""
    first = course_secret(small)
    assert course_secret(small) == first
    assert (small.state / "secret").stat().st_mode & 0o777 == 0o600
    assert len(first) == 32


def test_another_content_meets_other_cases_and_the_same_one_the_same_again(small, monkeypatch):
    """What an answer learned of its hidden cases, and showed on its page, helps the next attempt no more."""
    attempts = []
    judge = Pool.run

    def watched(pool, tasks, *rest):
        attempts.append({task.student: task.attempt for task in tasks})
        return judge(pool, tasks, *rest)

    monkeypatch.setattr(Pool, "run", watched)
    run(small)
    toy.submit(small.root, "ann", toy.fill(toy.honest(), double="def double(x):\n    return x + x"))
    run(small)
    run(small, force=True)  # the same contents again
    toy.submit(small.root, "ann", toy.honest())  # what was handed in first
    run(small)
    assert attempts == [{"ann": 0, "bob": 0}, {"ann": 1}, {"ann": 1, "bob": 0}, {"ann": 0}]
    seeds = {hidden_seed(secret_of(course_secret(small), "toy", attempt), "toy", "double") for attempt in range(3)}
    assert len(seeds) == 3


def test_killed_in_the_middle_and_run_again(toy_course):
    """The gradebook after a kill and a second run is that of a run without a kill."""
    for student in ("ann", "bob", "cat"):
        toy.submit(toy_course.root, student, toy.honest())
    toy.submit(toy_course.root, "dan", toy.fill(toy.honest(), total=LOOP))
    command = [sys.executable, "-m", "autograder.cli", "grade", "toy", "--workers", "1", "--timeout", "30"]
    process = subprocess.Popen([*command, "--course-dir", str(toy_course.root)], stderr=subprocess.PIPE, text=True)
    try:
        first = process.stderr.readline()
        family = psutil.Process(process.pid).children(recursive=True)
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stderr.close()
    assert first.startswith("[1/4]")  # mostly ann, but one who has waited too long on a busy machine comes last
    assert psutil.wait_procs(family, timeout=60)[1] == []  # no worker, server or cell goes on without it
    (toy_course.root / "submitted" / "dan" / "toy" / "toy.ipynb").write_text(json.dumps(toy.released()))
    scores, _ = run(toy_course)
    assert scores == {"ann": 5.0, "bob": 5.0, "cat": 5.0, "dan": 0.0}
    with Gradebook(toy_course.db_url, toy_course.id) as gradebook:
        assert {row.student.id: row.score for row in gradebook.find_assignment("toy").submissions} == scores


def test_outcomes_travel_and_become_results(toy_course):
    assignment = load_assignment(toy_course, "toy")
    judged = Judged(_result("ann"))
    for outcome in (judged, Lost("gone", "timed_out"), Unsafe("no cage"), Unfit("too old")):
        assert from_json(json.loads(json.dumps(to_json(outcome)))) == outcome
    assert result_of(judged, assignment, "ann") is judged.result
    lost = result_of(Lost("gone", "timed_out"), assignment, "ann")
    assert (lost.student, lost.status, lost.reason, lost.score, lost.retry) == ("ann", "timed_out", "gone", 0.0, True)
    with pytest.raises(UnsafeHost, match="no cage"):
        result_of(Unsafe("no cage"), assignment, "ann")
    with pytest.raises(CourseError, match="too old"):
        result_of(Unfit("too old"), assignment, "ann")


def _killed_with(students: set[str], pool: Pool) -> None:
    """From now on the fork server dies under each of these submissions."""
    judged = pool._judged

    def fatal(task: Task) -> Outcome:
        if task.student in students:
            pool._server._process.kill()
        return judged(task)

    pool._judged = fatal


@pytest.mark.parametrize(("fatal", "lost"), [((), ()), (("ann",), ("ann",)), (("bob", "dan"), ("bob", "dan"))])
def test_a_fork_server_that_dies_takes_no_other_submission_with_it(toy_course, fatal, lost):
    """What was judged at that time is judged once more, by itself; only who does it again is lost."""
    students = ("ann", "bob", "cat", "dan", "eve")
    tasks = [Task(student, toy.submit(toy_course.root, student, toy.honest())) for student in students]
    assignment = load_assignment(toy_course, "toy")
    with Pool(2, "numpy", LIMITS, "auto") as pool:
        _killed_with(set(fatal), pool)
        results = {task.student: result for task, result in pool.run(tasks, assignment, b"s" * 32)}
    assert {student: result.score for student, result in results.items()} == {
        student: 0.0 if student in lost else 5.0 for student in students
    }
    for student in lost:
        assert (results[student].status, results[student].retry) == ("crashed", True)
        assert "The process that judged it failed" in results[student].reason


def test_a_fork_server_that_died_while_nothing_was_judged_is_replaced(toy_course):
    tasks = [Task(student, toy.submit(toy_course.root, student, toy.honest())) for student in ("ann", "bob")]
    assignment = load_assignment(toy_course, "toy")
    with Pool(1, "numpy", LIMITS, "auto") as pool:
        for task in tasks:
            ((_, result),) = pool.run([task], assignment, b"s" * 32)
            assert result.score == 5.0
            pool._server._process.kill()


def test_what_ran_out_of_time_by_the_clock_is_judged_once_more_at_the_end(toy_course):
    folders = [toy.submit(toy_course.root, student, toy.honest()) for student in ("ann", "bob", "cat")]
    folders_of = {folder.parent.name: folder for folder in folders}
    ran = []

    class Busy:
        """Two of three submissions find the machine busy, one of them for good."""

        sandbox = "imitated"

        def run(self, tasks, assignment, secret):
            ran.append([task.student for task in tasks])
            for task in tasks:
                waited = task.student == "cat" or (task.student == "ann" and len(tasks) > 1)
                status, reason = ("timed_out", "too busy") if waited else ("graded", "")
                yield task, SubmissionResult(task.student, status, reason, waited=waited)

    assignment = load_assignment(toy_course, "toy")
    run = _Run(toy_course, assignment, folders_of, Options(), lambda _: None)
    results = {
        task.student: result for task, result in run._twice(Busy(), [Task(*item) for item in folders_of.items()])
    }
    assert ran == [["ann", "bob", "cat"], ["ann"], ["cat"]]
    assert {name: (r.status, r.waited) for name, r in results.items()} == {
        "ann": ("graded", False),
        "bob": ("graded", False),
        "cat": ("timed_out", True),
    }


def test_a_sleep_is_tried_twice_and_a_loop_once(toy_course):
    """The real thing: the same pool runs the second time, and the message says which limit it was."""
    sleeps = toy.fill(toy.honest(), double="def double(x):\n    import time\n    time.sleep(1e6)")
    loops = toy.fill(toy.honest(), double="def double(x):\n    while x: pass")
    folders = [toy.submit(toy_course.root, name, cells) for name, cells in (("ann", sleeps), ("bob", loops))]
    folders_of = {folder.parent.name: folder for folder in folders}
    limits = Limits(check_seconds=0.3, cell_seconds=0.3, clock_factor=30, memory_mb=1500)
    run = _Run(toy_course, load_assignment(toy_course, "toy"), folders_of, Options(limits=limits), lambda _: None)
    ran = []
    with Pool(2, "numpy", limits, "auto") as pool:
        real = pool.run
        pool.run = lambda tasks, *rest: ran.append([t.student for t in tasks]) or real(tasks, *rest)
        results = {t.student: r for t, r in run._twice(pool, [Task(*item) for item in folders_of.items()])}
    assert ran == [["ann", "bob"], ["ann"]]
    assert "by the clock" in results["ann"].reason and "processor time" in results["bob"].reason
    assert all(result.score == 1.0 and result.status == "timed_out" for result in results.values())


@pytest.mark.parametrize(
    ("error", "code", "told"),
    [
        (UsageError("no such thing"), 2, "course: no such thing"),
        (CourseError("put it right"), 3, "course: put it right"),
        (GradebookLocked("close formgrader"), 3, "course: close formgrader"),
        (ServerError("gone"), 3, "course: gone"),
        (OSError(28, "No space left", "gradebook.db"), 3, "course: No space left: gradebook.db"),
        (KeyboardInterrupt(), 3, "run the same command to go on"),
        (UnsafeHost("no cage here"), 4, "course: no cage here"),
    ],
)
def test_an_error_is_a_message_and_an_exit_code(toy_course, monkeypatch, error, code, told):
    def fail(*_):
        raise error

    monkeypatch.setattr(grading, "grade", fail)
    result = call("grade", "toy", "--course-dir", toy_course.root)
    assert (result.exit_code, told in result.output) == (code, True), result.output


def test_a_failure_of_the_grader_is_told_and_tried_again(small, monkeypatch):
    """An error in the judge is not the student's: the next run judges the submission again."""
    assignment = load_assignment(small, "toy")

    class Server:
        sandbox = "none"

        def spawn(self, _):
            raise RuntimeError("bug in the judge")

        limits = LIMITS

    result = judge_submission(small.root / "submitted" / "ann" / "toy", "ann", assignment, Server(), b"s")
    assert (result.status, result.score, result.retry) == ("crashed", 0.0, True)
    assert "bug in the judge" in result.reason
    ledger = Ledger(small.state / "ledger" / "toy.jsonl")
    ledger.add("ann", "key", result)
    assert ledger.result("ann", "key") is None
    assert [r.student for r in ledger.results()] == ["ann"]


def test_one_run_at_a_time(small):
    with one_run_at_a_time(small), pytest.raises(CourseError, match="Another `course grade` is running"):
        run(small)


def call(*arguments):
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def test_exit_codes_and_messages(small, tmp_path):
    """0 done, 1 some submissions failed, 2 usage, 3 infrastructure."""
    where = ("--course-dir", small.root)
    done = call("grade", "toy", *where, "--json", tmp_path / "out.json", "--workers", 1)
    assert done.exit_code == 0, done.output
    assert len(json.loads((tmp_path / "out.json").read_text())["submissions"]) == 2
    toy.submit(small.root, "cat", "{")
    assert call("grade", "toy", *where).exit_code == 1
    for arguments, message in [
        (("grade", "nothing", *where), "Unknown assignment 'nothing'"),
        (("grade", "toy", *where, "--student", "zoe"), "There are: ann, bob, cat"),
        (("grade", "toy", "--course-dir", tmp_path / "nowhere"), "no course directory"),
        (("grade", "toy", *where, "--json", tmp_path / "no" / "out.json"), "no folder"),
        (("report", "nothing", *where), "Unknown assignment"),
        (("check", tmp_path / "x.ipynb"), "no notebook"),
    ]:
        result = call(*arguments)
        assert (result.exit_code, message in result.output) == (2, True), result.output
    assert call("grade", "toy", *where, "--workers", 0).exit_code == 2
    (small.root / "gradebook.db").write_bytes(b"not a database" * 100)
    broken = call("grade", "toy", *where)
    assert (broken.exit_code, "cannot be used" in broken.output) == (3, True), broken.output


def test_no_submissions_is_said_with_the_place(toy_course):
    with pytest.raises(UsageError, match=r"No submissions of 'toy' found.*submitted"):
        run(toy_course)


def _result(student, score=1.0):
    return SubmissionResult(student, "graded", exercises=(ExerciseResult("total", score, 1.0, "passed"),))


def test_the_ledger_survives_a_torn_line(tmp_path):
    path = tmp_path / "ledger.jsonl"
    Ledger(path).add("ann", "k1", _result("ann"))
    with path.open("a") as file:
        file.write('{"event": "graded", "student": "bob", "k')
    ledger = Ledger(path)
    ledger.add("cat", "k3", _result("cat"))
    ledger.mark_applied({"ann": "d1", "nobody": "d2"})
    again = Ledger(path)
    assert again.result("ann", "k1") == _result("ann")
    assert again.result("bob", "k2") is None
    assert again.result("cat", "k3") == _result("cat")
    assert again.applied("ann", "k1") == "d1"
    assert again.applied("cat", "k3") is None


def test_the_ledger_forgets_a_result_for_other_content(tmp_path):
    ledger = Ledger(tmp_path / "ledger.jsonl")
    ledger.add("ann", "k1", _result("ann"))
    ledger.mark_applied({"ann": "d1"})
    ledger.add("ann", "k2", _result("ann", 0.5))
    assert ledger.result("ann", "k1") is None
    assert ledger.applied("ann", "k2") is None
    assert ledger.result("ann", "k2").score == 0.5


@pytest.mark.parametrize("change", ["content", "name", "rule", "kind"])
def test_the_content_key_sees_every_change(tmp_path, change):
    (tmp_path / "a.ipynb").write_text("1")
    before = under_rules(content_key(tmp_path), ["rule"])
    assert under_rules(content_key(tmp_path), ["rule"]) == before
    if change == "content":
        (tmp_path / "a.ipynb").write_text("2")
    elif change == "name":
        (tmp_path / "a.ipynb").rename(tmp_path / "b.ipynb")
    elif change == "kind":
        (tmp_path / "a.ipynb").unlink()
        (tmp_path / "a.ipynb").symlink_to("b")
    assert under_rules(content_key(tmp_path), ["other" if change == "rule" else "rule"]) != before


@pytest.mark.parametrize("score", [float("nan"), float("inf"), -1.0, 1.5])
def test_a_senseless_score_is_refused(score):
    with pytest.raises(ValueError, match="not within 0 to 1"):
        ExerciseResult("x", score, 1.0, "passed")


def test_a_file_that_may_not_be_read_does_not_stop_the_class(tmp_path, monkeypatch):
    (tmp_path / "shut.ipynb").write_text("{}", encoding="utf-8")

    def refuse(*_, **__):
        raise PermissionError(13, "Permission denied")

    readable = content_key(tmp_path)
    monkeypatch.setattr(type(tmp_path), "open", refuse)
    assert content_key(tmp_path) != readable
