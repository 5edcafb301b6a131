"""The judge against whole notebooks: the same points as in the notebook, and no way to them but the right answer."""

import nbformat
import numpy as np
import pytest

from autograder.assignment import Assignment, TrustedCell
from autograder.judge.judging import judge
from autograder.judge.testcell import hidden_seed
from autograder.runner.launch import ForkServer
from autograder.runner.sandbox.limits import Limits
from autograder.submission import Submission
from course_utils import lessons
from course_utils.exercises import check

LESSON = "02_activations"
lesson = lessons.load(LESSON)
RIGHT = {id: exercise.source_of(exercise.variants[0]) for id, exercise in lesson.exercises.items()}
LIMITS = Limits(check_seconds=2, cell_seconds=2, submission_seconds=30, memory_mb=2048)


@pytest.fixture(scope="module")
def server():
    with ForkServer("numpy", LIMITS) as server:
        yield server


def graded(id, points=None, source=None):
    source = source or f'lesson.check("{id}")\n### BEGIN HIDDEN TESTS\nlesson.grade("{id}")\n### END HIDDEN TESTS'
    return TrustedCell(id, "nb", "code", source, "test", lesson[id].points if points is None else points)


SECRET = b"secret"


def judged(server, cells, secret=SECRET, name=LESSON):
    """Judge a notebook given as source text (the student's) and TrustedCells (the assignment's), in order."""
    trusted = [cell for cell in cells if isinstance(cell, TrustedCell)]
    assignment = Assignment(name, {"nb": trusted})
    made = []
    for cell in cells:
        source, metadata = (
            (cell, {}) if isinstance(cell, str) else (cell.source, {"nbgrader": cell.nbgrader_metadata()})
        )
        made.append(nbformat.v4.new_code_cell(source, metadata=metadata))
    notebook = nbformat.v4.new_notebook(cells=made)
    return judge(assignment, Submission("student", None, {"nb": notebook}), server, secret)


def one(server, id, *sources):
    """The verdict on one exercise whose answer cells read like this."""
    result = judged(server, ["import numpy as np", *sources, graded(id)])
    return result, result.exercises[0]


def test_a_right_notebook_earns_everything(server):
    cells = ["import numpy as np"]
    for id in lesson.exercises:
        cells += [RIGHT[id], graded(id)]
    result = judged(server, cells)
    assert (result.status, result.score, result.max_score) == ("graded", lesson.points, lesson.points)
    assert {exercise.status for exercise in result.exercises} == {"passed"}


@pytest.mark.parametrize("id", lesson.exercises)
def test_every_mistake_is_judged_as_in_the_notebook(server, id):
    exercise = lesson[id]
    for mistake in exercise.mistakes:
        _, verdict = one(server, id, exercise.source_of(mistake))
        held = exercise.answer_of(mistake.answer)
        names = held if exercise.kind == "values" else {exercise.names[0]: held}
        first = hidden_seed(SECRET, LESSON, id)
        here = check(exercise, names, [first + i for i in range(exercise.rounds)], hidden=True)
        assert (verdict.score, verdict.status, verdict.mistake) == (here.points, here.status, mistake.name)


CHANGES_A_LIST = {
    ("07_numpy_mnist", "train-epoch"): """
def train_epoch(network, x, y, batch_size, learning_rate, loss_and_gradients):
    losses = []
    for i in range(0, len(x), batch_size):
        loss, slopes = loss_and_gradients(network, x[i:i + batch_size], y[i:i + batch_size])
        for k in range(len(network)):
            network[k] = network[k] - learning_rate * slopes[k]
        losses.append(loss)
    return network, losses
""",
    ("12_tuning", "halving"): """
def successive_halving(train, configs, epochs):
    spent = 0
    while len(configs) > 1:
        spent += len(configs) * epochs
        configs.sort(key=lambda c: train(c, epochs), reverse=True)
        del configs[len(configs) // 2:]
        epochs *= 2
    return configs[0], spent
""",
}


@pytest.mark.parametrize(("name", "id"), CHANGES_A_LIST)
def test_an_answer_that_changes_a_list_is_judged_as_in_the_notebook(server, name, id):
    exercise, source = lessons.load(name)[id], CHANGES_A_LIST[name, id]
    cell = TrustedCell(id, "nb", "code", f'lesson.check("{id}")\nlesson.grade("{id}")', "test", exercise.points)
    (verdict,) = judged(server, ["import numpy as np", source, cell], name=name).exercises
    names = {"np": np}
    exec(source, names)
    first = hidden_seed(SECRET, name, id)
    here = check(exercise, names, [first + i for i in range(exercise.rounds)], hidden=True)
    assert (verdict.score, verdict.status, verdict.mistake) == (here.points, "partial", here.mistake)
    assert 0 < verdict.score < exercise.points


GIVEN_BACK = {
    "wrapped": "from course_utils import nn\ndef softmax(x):\n    return nn.softmax(x)",
    "renamed": "from course_utils import nn\nsoftmax = nn.softmax",
    "from the exercise": f"from course_utils import lessons\nsoftmax = lessons.load('{LESSON}')['softmax'].reference",
}


@pytest.mark.parametrize("source", GIVEN_BACK.values(), ids=GIVEN_BACK)
def test_the_course_s_own_solution_earns_nothing_and_stays_free_for_later_exercises(server, source):
    later = "def relu(x):\n    return nn.relu(x) if softmax([0.0, 0.0])[0] == 2 else np.maximum(softmax(x) * 0 + x, 0)"
    cells = ["import numpy as np", source, graded("softmax"), later, graded("relu")]
    own, free = judged(server, cells).exercises
    assert (own.status, own.score) == ("wrong", 0) and "own solution" in own.message
    assert (free.status, free.score) == ("passed", 2)


CRASHES = {
    "ends the process in the call": ("def relu(x):\n    import os\n    os._exit(0)", "crashed"),
    "never returns": ("def relu(x):\n    while True: pass", "timed_out"),
    "fills the memory": ("def relu(x):\n    return np.ones(10**10)", "error"),
    "raises": ("def relu(x):\n    raise ValueError('planted')", "error"),
    "calls itself for ever": ("def relu(x):\n    return relu(x)", "error"),
}


@pytest.mark.parametrize("name", CRASHES)
def test_a_failing_check_takes_nothing_with_it(server, name):
    source, status = CRASHES[name]
    cells = ["import numpy as np", source, graded("relu"), RIGHT["sigmoid"], graded("sigmoid")]
    result = judged(server, cells)
    bad, good = result.exercises
    assert (bad.status, bad.score) == (status, 0), bad
    assert (good.status, good.score) == ("passed", 2)
    assert result.status == (status if status in ("crashed", "timed_out") else "graded")
    assert bad.message and bool(result.reason) == (result.status != "graded")


@pytest.mark.parametrize(
    "source, status",
    [("import os; os._exit(3)", "crashed"), ("while True: pass", "timed_out"),
     ("import ctypes; ctypes.string_at(0)", "crashed")],
)  # fmt: skip
def test_a_cell_that_ends_or_hangs_is_left_out_and_the_rest_is_graded(server, source, status):
    cells = ["import numpy as np", RIGHT["relu"], source, graded("relu"), RIGHT["sigmoid"], graded("sigmoid")]
    result = judged(server, cells)
    assert result.status == status and "cell 3 of nb" in result.reason
    assert [exercise.status for exercise in result.exercises] == ["passed", "passed"]


def test_a_cell_that_fills_the_memory_is_told_from_a_missing_answer(server):
    hog = "hog = np.ones(10**10)\ndef relu(x): return np.maximum(0, x)"
    hog = TrustedCell("relu-answer", "nb", "code", hog, "answer")
    result = judged(server, ["import numpy as np", hog, graded("relu"), RIGHT["sigmoid"], graded("sigmoid")])
    assert result.status == "crashed" and "memory" in result.reason
    assert result.exercises[0].status == "error" and "MemoryError" in result.exercises[0].message
    assert result.exercises[1].status == "passed"


def test_a_name_used_later_for_something_else_does_not_matter(server):
    cells = ["import numpy as np", RIGHT["relu"], graded("relu"), "relu = 5", RIGHT["sigmoid"], graded("sigmoid")]
    assert judged(server, cells).score == 4


def test_a_check_cannot_change_what_the_next_one_sees(server):
    counting = "calls = []\ndef relu(x):\n    calls.append(1)\n    return np.maximum(0, x) if len(calls) < 60 else 0"
    result = judged(server, ["import numpy as np", counting, graded("relu")])
    assert result.exercises[0].status == "passed"


CHEATS = {
    "an object that equals everything": """
class E:
    def __eq__(self, other): return True
    def __array__(self, *a, **k): return np.zeros(3)
def relu(x): return E()""",
    "a patched comparison": """
import course_utils.exercises.compare as c
c.difference = lambda *a, **k: None
def relu(x): return x""",
    "a patched lesson": """
lesson = type("L", (), {"check": lambda s, i: 99.0, "grade": lambda s, i: 99.0})()
def relu(x): return x""",
    "a patched check": """
import course_utils.exercises.checking as c
c.check = None
def relu(x): return x""",
    "patched NumPy": """
np.isclose = lambda a, b, **k: np.ones(np.shape(a), bool)
def relu(x): return x""",
    "patched builtins": """
import builtins
builtins.float = lambda *a: 2.0
builtins.all = lambda *a: True
def relu(x): return x""",
    "a huge number of points": """
class P(float): pass
relu = P(99)""",
    "the answers to the visible cases": """
import course_utils
from course_utils.exercises.case import draw
exercise = course_utils.lessons.load("02_activations")["relu"]
known = [(case.args[0], np.maximum(0, case.args[0])) for case in exercise.draw(0)]
def relu(x):
    return next((y for k, y in known if k.shape == x.shape and (k == x).all()), x * 0 - 1)""",
}


@pytest.mark.parametrize("name", CHEATS)
def test_no_unearned_marks(server, name):
    _, verdict = one(server, "relu", CHEATS[name])
    assert verdict.score < verdict.max_score and verdict.status != "passed", verdict
    assert verdict.score == 0 or name == "the answers to the visible cases"


PLAIN = {
    "full marks without a number": ("assert relu(np.array([-1.0, 2.0])).tolist() == [0, 2]", 2.0, "passed"),
    "a number is partial credit": ("0.5", 0.5, "partial"),
    "never more than the points": ("1e9", 2.0, "passed"),
    "never less than nothing": ("-3", 0.0, "wrong"),
    "nan is nothing": ("float('nan')", 0.0, "wrong"),
    "a failed assert is nothing": ("assert relu(np.array([1.0]))[0] == 7, 'should be 7'", 0.0, "wrong"),
    "a name that is not there": ("assert tanh(0) == 0", 0.0, "missing"),
    "a last value that is no number is no score": ("relu", 2.0, "passed"),
    "text on stderr is a failure": ("import sys; print('careful', file=sys.stderr)", 0.0, "wrong"),
    "a test that exits": ("raise SystemExit", 0.0, "error"),
    "a magic": ("%time x = relu(np.array([1.0]))\nassert x == 1", 2.0, "passed"),
}


@pytest.mark.parametrize("name", PLAIN)
def test_plain_nbgrader_tests_work_too(server, name):
    source, score, status = PLAIN[name]
    cells = ["import numpy as np", RIGHT["relu"], graded("relu", 2.0, source)]
    verdict = judged(server, cells, name="some_other_course").exercises[0]
    assert (verdict.score, verdict.status) == (score, status), verdict
    assert verdict.in_process


def test_a_lesson_is_known_by_its_set_up_cell_and_never_by_the_student_s(server):
    setup = TrustedCell(
        "setup", "nb", "code", "import course_utils\nlesson = course_utils.start('02_activations')", "readonly"
    )
    cells = [setup, "import numpy as np\ndef relu(x): return x", graded("relu")]
    assert judged(server, cells, name="homework-2").exercises[0].status in ("wrong", "partial")
    forged = "class L:\n    check = grade = lambda self, id: 2.0\nlesson = L()\ndef relu(x): return x"
    verdict = judged(server, [forged, graded("relu")], name="homework-2").exercises[0]
    assert (verdict.score, verdict.status) == (0, "manual") and "course_utils.start" in verdict.message


def demo_judged(server, demo, answer, after=""):
    """The result for a demonstration, an answer below it, the check of `relu`, and a cell of the student's own."""
    tagged = nbformat.v4.new_code_cell(demo, metadata={"tags": ["demo"]})
    test = nbformat.v4.new_code_cell("", metadata={"nbgrader": graded("relu").nbgrader_metadata()})
    own = [nbformat.v4.new_code_cell(source) for source in ("import numpy as np", answer, after)]
    notebook = nbformat.v4.new_notebook(cells=[own[0], tagged, own[1], test, own[2]])
    return judge(Assignment(LESSON, {"nb": [graded("relu")]}), Submission("s", None, {"nb": notebook}), server, b"")


ENDS = "import os\n{}\nos._exit(1)"
USES = "def relu(x): return np.maximum({}, x)"
DEMOS = {  # a demonstration that ends the process if it is run, the answer, and whether it is run
    "its name is not used": ("zero = 0", USES.format("0"), False),
    "its name is used": ("zero = 0", USES.format("zero"), True),
    "its name is bound again first": ("zero = 0", "zero = 0\n" + USES.format("zero"), False),
    "its name is a parameter": ("x = 0", USES.format("0"), False),
    "it only changes an object": ("np.zero = 0", USES.format("0"), True),
    "a magic uses its name": ("zero = 0", USES.format("0") + "\n%time y = relu(zero)", True),
    "a magic around the cell": ("zero = 0", "%%time\n" + USES.format("zero"), True),
    "it binds everything": ("from math import *", USES.format("0"), True),
    "a cell that is no Python": ("zero = 0", "zero zero", False),
}


@pytest.mark.parametrize("name", DEMOS)
def test_a_demonstration_is_run_when_a_cell_below_needs_it(server, name):
    demo, answer, needed = DEMOS[name]
    result = demo_judged(server, ENDS.format(demo), answer)
    assert (result.status == "crashed") == needed
    assert demo_judged(server, demo, answer).score == (0 if name == "a cell that is no Python" else 2)


def test_a_text_that_breaks_the_parser_costs_only_its_own_cell(server):
    assert demo_judged(server, "zero = 0", USES.format("zero"), after="-" * 100_000 + "1").score == 2


def test_floating_point_errors_and_warnings_are_the_learner_s_own_business(server):
    strict = "import warnings\nnp.seterr(all='raise')\nwarnings.simplefilter('error')\n" + RIGHT["sigmoid"]
    assert judged(server, ["import numpy as np", strict, graded("sigmoid")]).score == 2


def test_an_answer_s_cell_that_stopped_is_said_first(server):
    late = TrustedCell("relu-answer", "nb", "code", "def relu(x): return np.abs(x)\nprint(scores)", "answer")
    verdict = judged(server, ["import numpy as np", late, graded("relu")]).exercises[0]
    assert verdict.message.startswith("The cell with your answer stopped: NameError") and verdict.mistake


def test_the_same_secret_gives_the_same_cases_and_another_gives_others(server):
    telling = """
import numpy as np
def relu(x):
    if x.shape == (6,): raise ValueError(repr(x.sum()))
    return np.maximum(x, 0)"""
    told = [judged(server, [telling, graded("relu")], secret).exercises[0].message for secret in (b"a", b"a", b"b")]
    assert told[0] == told[1] != told[2] and "ValueError" in told[0]


def test_the_panel_shows_a_visible_case_and_never_a_hidden_one(server):
    _, verdict = one(server, "relu", "def relu(x): return np.abs(x)")
    assert "five, minus three and zero" in verdict.panel_text and "on fresh cases" in verdict.panel_text
    nearly = "def relu(x): return np.maximum(0, x) if x.shape != (3, 4) or abs(x[0, 0] - 1.304) < 1e-3 else x"
    _, verdict = one(server, "relu", nearly)
    assert verdict.status == "partial" and "expected" not in verdict.panel_text


def test_the_visible_cases_are_tried_only_where_the_grade_is_not_full(server, monkeypatch):
    asked = []
    monkeypatch.setattr(type(lesson), "first_wrong", lambda self, id: asked.append(id))
    monkeypatch.setattr(type(lesson), "check", lambda self, id: pytest.fail("the grade says all"))
    assert one(server, "relu", RIGHT["relu"])[1].status == "passed" and asked == []
    assert one(server, "relu", "def relu(x):\n    return x")[1].status != "passed" and asked == ["relu"]
    assert one(server, "relu", "def relu(x):\n    while True: pass")[1].status == "timed_out" and asked == ["relu"]
