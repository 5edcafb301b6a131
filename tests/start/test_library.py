"""`my_nn.py`: what passed its check is kept with all that it needs, in order, and nothing of it is ever lost."""

import linecache
import os
import subprocess
import sys

import nbformat
import numpy as np
import pytest
from nbclient import NotebookClient

import course_utils
from course_utils import lessons
from course_utils.exercises import using
from course_utils.notebook import library
from course_utils.notebook.context import Notebook

X = np.array([[1.0, -2.0, 3.0]])
RELU = "def relu(x):\n    return np.maximum(x, 0)\n"
SIGMOID = "def sigmoid(x):\n    return np.exp(-np.logaddexp(0, -x))\n"


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("COURSE_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(Notebook, "passed", set())
    return tmp_path / "home"


class Learner(Notebook):
    """A notebook of one lesson whose cells are written here."""

    namespace = None

    def __init__(self, lesson):
        self.lesson = lessons.load(lesson)
        self.namespace = {"__name__": "__main__", "np": np}

    def cell(self, source):
        name = f"<cell {len(linecache.cache)}>"
        linecache.cache[name] = (len(source), None, source.splitlines(keepends=True), name)
        exec(compile(source, name, "exec"), self.namespace)

    def check(self, id):
        with using(self):
            return self.lesson.check(id)

    def answers(self, id, *cells):
        for source in cells:
            self.cell(source)
        return self.check(id)


def first_answer(exercise):
    return exercise.source_of(exercise.variants[0])


def kept():
    return library.path().read_text()


def relu(body, x="x"):
    """The text of a ReLU with this body."""
    return f"def relu({x}):\n    return {body}\n"


CUT = "def cut(x):\n    return x > 0\n"
SAME = "import functools\ndef same(f):\n    @functools.wraps(f)\n    def call(x):\n        return f(x)\n    return call"
UP = "def up(x, n):\n    return x * (x > 0) if n == 0 else down(x, n - 1)\n"
DOWN = "def down(x, n):\n    return up(x, n)\n"
KEPT = {
    "one function": [RELU],
    "two functions in a cell": [CUT + relu("x * cut(x)")],
    "a helper of another cell": [CUT, relu("x * cut(x)")],
    "a global number": ["LEAST = 0.0", relu("np.maximum(x, LEAST)")],
    "a global array": ["LEAST = np.zeros(1)", relu("np.maximum(x, LEAST)")],
    "imports": ["import numpy as other\nfrom math import inf", relu("other.clip(x, 0, inf)")],
    "a default value": ["LEAST = 0", relu("np.maximum(x, least)", "x, least=LEAST")],
    "a decorator": [SAME, f"@same\n{RELU}"],
    "another name": [RELU.replace("relu", "mine"), "relu = mine"],
    "a lambda": ["relu = lambda x: np.maximum(x, 0)"],
    "functions that call each other": [UP + DOWN + relu("up(x, 3)")],
    "marks of the stub": [RELU.replace("    return", "    # YOUR CODE HERE\n    return")],
}


@pytest.mark.parametrize("cells", KEPT.values(), ids=KEPT)
def test_a_right_answer_is_kept_with_all_that_it_needs(cells, capsys):
    assert Learner("02_activations").answers("relu", *cells) == 2
    assert course_utils.from_my_nn("02_activations", "relu")(X).tolist() == [[1, 0, 3]]
    assert "relu is yours, from lesson 02." in capsys.readouterr().out
    assert "YOUR CODE" not in kept()
    done = subprocess.run(
        [sys.executable, "-c", "import my_nn; print(0 + my_nn.relu(my_nn.np.array([-1.0, 2.0])))"],
        cwd=library.path().parent, capture_output=True, text=True,
    )  # fmt: skip
    assert done.stdout.strip() == "[0. 2.]", "the file is a module that anybody can import"


MAKE = "def make(n):\n    def relu(x):\n        return np.maximum(x, n)\n    return relu\nrelu = make(0)"
NOT_KEPT = {
    "data of the notebook": (["data = np.zeros(5000)", relu("np.maximum(x, data[0])")], "it reads `data`"),
    "a generator": (["rng = np.random.default_rng(0)", relu("np.maximum(x, 0 * rng.random())")], "reads `rng`"),
    "made inside": ([MAKE], "inside of another"),
}


@pytest.mark.parametrize(("cells", "says"), NOT_KEPT.values(), ids=NOT_KEPT)
def test_what_cannot_stand_alone_is_right_but_not_kept(cells, says, capsys):
    assert Learner("02_activations").answers("relu", *cells) == 2
    assert says in capsys.readouterr().out
    assert not library.path().exists()


def test_an_answer_that_needs_one_not_yet_passed_waits_for_it(capsys):
    learner = Learner("02_activations")
    slope = "def sigmoid_slope(x):\n    return sigmoid(x) * (1 - sigmoid(x))"
    learner.cell("def sigmoid(x):\n    return x")
    assert learner.answers("sigmoid-slope", slope) == 2
    assert "`sigmoid`, which has not passed" in capsys.readouterr().out
    assert not library.path().exists()
    learner.answers("sigmoid", SIGMOID)
    learner.check("sigmoid-slope")
    assert course_utils.from_my_nn("02_activations", "sigmoid_slope")(0.0) == 0.25


def test_a_class_with_state_is_kept():
    source = first_answer(lessons.load("08_optimizers")["sgd"])
    assert Learner("08_optimizers").answers("sgd", source) == 2
    assert course_utils.from_my_nn("08_optimizers", "SGD")(0.5).step(np.ones(2), np.ones(2)).tolist() == [0.5, 0.5]


def test_nothing_worse_takes_its_place():
    learner = Learner("02_activations")
    learner.answers("relu", RELU)
    before = kept()
    for worse in ("def relu(x):\n    return abs(x)", "def relu(x):\n    ...", "relu = 3"):
        learner.answers("relu", worse)
        assert kept() == before
    learner.answers("relu", relu("x * (x > 0)"))
    assert "x * (x > 0)" in kept() and "np.maximum" not in kept()


def test_what_was_changed_by_hand_stays(capsys):
    Learner("02_activations").answers("relu", RELU)
    edited = kept().replace("np.maximum(x, 0)", "(x > 0) * x  # shorter") + "def extra():\n    return 1\n"
    library.path().write_text("# mine\n" + edited)
    learner = Learner("02_activations")
    learner.answers("relu", RELU)
    learner.answers("relu", RELU.replace("x, 0", "0, x"))  # another right answer
    learner.answers("sigmoid", SIGMOID)
    assert kept().startswith("# mine\n")
    assert "# shorter" in kept() and "0, x" not in kept() and "def extra" in kept() and "def sigmoid" in kept()


def test_sections_stand_in_the_order_of_the_lessons():
    late, early = Learner("03_layers"), Learner("02_activations")
    late.answers("dense", "def dense(x, W, b):\n    return x @ W + b")
    early.answers("sigmoid", SIGMOID)
    early.answers("relu", RELU)
    order = [(section.lesson, section.exercise) for section in library.read(kept())[1]]
    assert order == [("02_activations", "relu"), ("02_activations", "sigmoid"), ("03_layers", "dense")]
    assert "course " + course_utils.__version__ in kept()


def test_a_later_function_of_the_same_name_hides_none(capsys):
    first, later = (lessons.load(name)["decide"] for name in ("01_neuron", "09_keras_workflow"))
    for exercise, name in ((first, "01_neuron"), (later, "09_keras_workflow")):
        Learner(name).answers("decide", first_answer(exercise))
    course_utils.from_my_nn("01_neuron", "decide")
    course_utils.from_my_nn("09_keras_workflow", "decide")
    assert capsys.readouterr().out.count("decide is yours") == 2


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda text: text.replace("np.maximum(x, 0)", "x"), "does not pass the check of lesson 02 any more"),
        (lambda text: text + "\ndef broken(:\n", "your my_nn.py stops with SyntaxError"),
        (lambda text: text + "\nraise ValueError('no')\n", "your my_nn.py stops with ValueError: no"),
        (lambda text: text + "\nraise SystemExit\n", "your my_nn.py stops with SystemExit"),
        (lambda text: "", "yours will stand here when exercise 1 of lesson 02 is solved"),
    ],
)
def test_the_courses_function_stands_in_and_the_reason_is_said(change, says, capsys):
    Learner("02_activations").answers("relu", RELU)
    library.path().write_text(change(kept()))
    relu = course_utils.from_my_nn("02_activations", "relu")
    assert says in capsys.readouterr().out
    assert relu(X).tolist() == [[1, 0, 3]]


def test_a_name_that_is_no_exercise_is_told_the_names():
    with pytest.raises(ValueError, match="has no exercise 'rule'; it has: relu, sigmoid"):
        course_utils.from_my_nn("02_activations", "rule")


@pytest.mark.parametrize("name", ["NBGRADER_EXECUTION", "COURSE_GRADING", "COURSE_BUILD"])
def test_grading_neither_reads_nor_writes_it(name, monkeypatch, capsys):
    Learner("02_activations").answers("relu", RELU)
    library.path().write_text(f"{kept()}\nraise SystemExit('it was read')\n")
    before = kept()
    monkeypatch.setenv(name, "1")
    Learner("02_activations").answers("sigmoid", SIGMOID)
    course_utils.from_my_nn("02_activations", "relu")
    assert "relu is the course's: yours will stand here" in capsys.readouterr().out
    assert kept() == before


def test_a_home_that_cannot_be_written_is_said_and_the_lesson_goes_on(home, capsys):
    home.write_text("a file in the way")
    assert Learner("02_activations").answers("relu", RELU) == 2
    assert "relu was not kept in your my_nn.py" in capsys.readouterr().out


def test_a_lock_left_behind_is_taken_over(home):
    home.mkdir()
    lock = home / ".my_nn.py.lock"
    lock.touch()
    os.utime(lock, (0, 0))
    Learner("02_activations").answers("relu", RELU)
    assert "def relu" in kept()
    assert not lock.exists()


def test_the_summary_counts_the_lines_behind_what_was_used():
    Learner("02_activations").answers("relu", RELU)
    Learner("02_activations").answers(
        "sigmoid", '# sure\ndef sigmoid(x):\n    """Sure."""\n\n    return np.exp(-np.logaddexp(0, -x))'
    )
    used = course_utils.from_my_nn("02_activations", "relu", "softmax")
    told = course_utils.my_nn_summary(*used).splitlines()
    assert told[0] == "This ran on 2 lines of yours."
    assert told[1] == "Your my_nn.py holds 5 lines of yours, from 2 exercises:"
    assert told[2] == "  02_activations: relu (2), sigmoid (3)"


@pytest.mark.slow
def test_two_real_notebooks_at_once_lose_nothing_of_each_other(home, tmp_path):
    """Two kernels, each with its own lesson; then a third that takes functions of both."""
    both = [notebook(START.format(name), ANSWER_ALL) for name in ("02_activations", "03_layers")]
    run_together([NotebookClient(n, kernel_name="python3", timeout=120, startup_timeout=120) for n in both])
    order = [(section.lesson, section.exercise) for section in library.read(kept())[1]]
    assert order == [(n, e.id) for n in ("02_activations", "03_layers") for e in functions(n)]

    take = "course_utils.from_my_nn('02_activations', 'softmax')\ncourse_utils.from_my_nn('03_layers', 'forward');"
    third = notebook("import course_utils", take)
    NotebookClient(third, kernel_name="python3", timeout=120, startup_timeout=120).execute()
    assert third.cells[1].outputs[0].text == "softmax is yours, from lesson 02.\nforward is yours, from lesson 03.\n"


def test_classes_are_kept_and_belong_to_the_library():
    learner = Learner("06a_autograd")
    learner.answers("value", first_answer(learner.lesson["value"]))
    learner.answers("back-order", first_answer(learner.lesson["back-order"]))
    assert "__name__" not in kept()
    Value, back_order = library.from_my_nn("06a_autograd", "Value", "back_order")
    assert Value.__module__ == back_order.__module__ == "my_nn"
    assert back_order(Value(2.0) + Value(3.0))[0].data == 5.0
    assert library.my_nn_summary(Value).startswith("This ran on 12 lines of yours.")


START = "import numpy as np\nimport course_utils\nlesson = course_utils.start({!r})"
ANSWER_ALL = """
for exercise in lesson.exercises.values():
    if exercise.kind == "function":
        get_ipython().run_cell(exercise.source_of(exercise.variants[0]))
        get_ipython().run_cell(f"lesson.check({exercise.id!r})")
"""


def functions(name):
    return [exercise for exercise in lessons.load(name).exercises.values() if exercise.kind == "function"]


def notebook(*cells):
    return nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in cells])


def run_together(clients):
    import asyncio

    async def all_of_them():
        await asyncio.gather(*(client.async_execute() for client in clients))

    asyncio.run(all_of_them())
