"""Proxies: they behave as the object would, as far as a check may ask, and no further."""

from __future__ import annotations

import copy
import math
import pickle
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from autograder.runner.errors import StudentError
from autograder.runner.launch import ForkServer
from autograder.runner.proxy import CallableProxy, Proxy, make, write_back
from autograder.runner.session import Session
from autograder.runner.wire import Handle
from course_utils import nn
from course_utils.exercises import is_stub, over_there, plain
from course_utils.exercises.compare import changed
from course_utils.lessons.lesson_06a_autograd.value import Value, remembered

STUDENT = """
import numpy as np

class Layer:
    scale = 2.0
    def __init__(self, n=3):
        self.kernel = np.arange(float(n))
        self.parts = [Layer(1)] if n > 1 else []
    def __call__(self, x): return x * self.scale + self.kernel
    def step(self, rate): self.kernel -= rate; return self
    def broken(self): return self.nothing

class Stub:
    def forward(self, x):
        ...  # YOUR CODE HERE

def stub(x):
    ...  # YOUR CODE HERE

def fill(array, value): array[...] = value
def grow(items, table):
    items.append(4); items[1]['a'] = 2; table['new'] = [1]; table.pop('old')
def apply(f, *args, **kwargs): return f(*args, **kwargs)
def grow_list(items): items.append(1)
def same(a, b): return a is b
def both(): return Layer(), {'layer': Layer(), 'n': 1}
def shift(x): x += 1; raise ValueError('after the change')
class Record: pass
class Value:
    def __init__(self, data, parents=(), slopes=()):
        self.data, self.parents, self.slopes, self.grad = data, parents, slopes, 0.0
    def __add__(self, other): return Value(self.data + other.data, (self, other), (1.0, 1.0))
    def __mul__(self, other): return self.data * other.missing
record = Record()
layer = Layer()
def draws(rng, n): return rng.random(n)
values = {1, 2}
"""


@pytest.fixture(scope="module")
def student() -> Iterator[Session]:
    with ForkServer("numpy") as server, server.spawn() as student:
        assert student.run_cell(STUDENT).status == "ok"
        yield student


@pytest.fixture
def names(student: Session) -> Any:
    return student.namespace


def test_objects_with_state_work_from_afar(names: Any) -> None:
    layer = names["Layer"](2)
    assert layer(np.ones(2)).tolist() == [2, 3]
    assert layer.scale == 2.0 and layer.kernel.tolist() == [0, 1]
    layer.scale = 10.0
    assert layer(np.ones(2)).tolist() == [10, 11]
    assert layer.step(1.0).kernel.tolist() == [-1, 0]
    assert [isinstance(part, CallableProxy) for part in layer.parts] == [True] and layer.parts[0].kernel.tolist() == [0]


def test_a_function_of_the_course_uses_an_object_where_it_is(names: Any) -> None:
    case = {"a": 2.0, "b": 5.0}, [("s", "a", "+", "b"), ("t", "s", "+", "a")]
    seen = over_there(remembered, names["Value"], *case)
    assert seen == over_there(remembered, Value, *case) and seen["t"]["parents"] == ["s", "a"]
    with pytest.raises(StudentError, match="no attribute 'missing'") as raised:
        over_there(remembered, names["Value"], case[0], [("p", "a", "*", "b")])
    assert raised.value.where.startswith("def __mul__")


def test_no_operator_travels(names: Any) -> None:
    one = names["Value"](1.0)
    for use in (lambda: one + one, lambda: one * one, lambda: 1.0 - one, lambda: -one):
        with pytest.raises(TypeError):
            use()


def test_what_is_callable_says_so(names: Any) -> None:
    assert callable(names["Layer"]) and callable(names["layer"]) and callable(names["layer"].step)
    assert not callable(names["values"]) and isinstance(names["values"], Proxy)


def test_an_error_about_an_object_says_what_the_object_is(names: Any) -> None:
    with pytest.raises(TypeError, match="'Layer'"):
        names["layer"] - 1
    with pytest.raises(TypeError, match="'Record' object is not callable"):
        names["record"](1)


@pytest.mark.parametrize(
    ("claim", "believed"),
    [(["rate"], ["rate"]), (["<b>", 3, "x" * 200, "n"], ["n"]), ("rate", []), (None, []), (["n"] * 50, ["n"] * 20)],
)
def test_what_is_said_to_be_never_read_are_names(claim: Any, believed: list[str]) -> None:
    assert make(None, Handle(1, {"unread": claim})).course_unread == believed


def test_a_parameter_that_is_never_read_is_seen_over_there(names: Any) -> None:
    assert names["stub"].course_unread == ["x"]
    assert names["fill"].course_unread == []


def test_stubs_are_known_as_stubs(names: Any) -> None:
    assert [n for n in ("stub", "Stub", "fill", "Layer", "layer") if is_stub(names[n])] == ["stub", "Stub"]


def test_a_missing_attribute_is_an_attribute_error(names: Any) -> None:
    layer = names["layer"]
    assert getattr(layer, "nothing", 5) == 5 and not hasattr(layer, "nothing") and not hasattr(layer, "_private")
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        layer.broken()
    assert plain(layer) is layer  # `plain` asks for `.numpy`


def test_arguments_changed_there_are_changed_here(names: Any) -> None:
    array = np.ones((2, 2))
    view = array[0]
    names["fill"](array, 5.0)
    assert array.tolist() == [[5, 5], [5, 5]] and view.tolist() == [5, 5]
    inner = {"a": 1}
    items, table = [1, inner], {"old": 0}
    names["grow"](items, table)
    assert items == [1, {"a": 2}, 4] and items[1] is inner and table == {"new": [1]}


def test_a_change_before_an_error_is_seen(names: Any) -> None:
    x = np.zeros(2)
    with pytest.raises(StudentError, match="after the change"):
        names["shift"](x)
    assert x.tolist() == [1, 1]


def test_an_untouched_argument_is_not_written_to(names: Any) -> None:
    array = np.ones(3)
    array.flags.writeable = False
    assert names["layer"](array).tolist() == [2, 3, 4]
    with pytest.raises(StudentError, match="read-only"):
        names["fill"](array, 1.0)


def test_proxies_go_back_as_the_objects_they_stand_for(names: Any) -> None:
    layer = names["layer"]
    assert names["apply"](layer, np.zeros(3)).tolist() == [0, 1, 2]
    assert names["apply"](names["Layer"], n=1).kernel.tolist() == [0]
    assert names["same"](layer, names["layer"]) is True and names["same"](layer, names["Layer"]()) is False


def test_handles_inside_containers_are_proxies(names: Any) -> None:
    layer, table = names["both"]()
    assert layer.course_type == "Layer" and table["n"] == 1 and table["layer"].kernel.tolist() == [0, 1, 2]


def test_len_items_and_iteration_go_over(student: Session, names: Any) -> None:
    student.run_cell(
        "class Bag:\n    def __len__(self): return 2\n    def __getitem__(self, i): return [10, 20][i]\nbag = Bag()"
    )
    bag = names["bag"]
    assert len(bag) == 2 and bag[1] == 20 and list(bag) == [10, 20] and bool(bag)
    with pytest.raises(StudentError, match="IndexError"):
        bag[5]


def test_a_length_that_is_no_length_is_an_error(student: Session, names: Any) -> None:
    student.run_cell("class Odd:\n    def __len__(self): return 2**70\nodd = Odd()")
    with pytest.raises(StudentError):
        len(names["odd"])


def test_a_copy_is_the_same_proxy_and_pickling_is_refused(names: Any) -> None:
    layer = names["layer"]
    assert copy.copy(layer) is layer and copy.deepcopy([layer])[0] is layer
    with pytest.raises(TypeError, match="cannot be saved"):
        pickle.dumps(layer)


@pytest.mark.parametrize(
    "function, argument",
    [
        (nn.relu, np.array([-1.0, 2.0])),
        (np.tanh, 0.5),
        (np.linalg.norm, np.ones(4)),
        (math.sqrt, 2.0),
        (abs, -1),
    ],
    ids=["relu", "tanh", "norm", "sqrt", "abs"],
)
def test_public_functions_go_over_by_name(names: Any, function: Any, argument: Any) -> None:
    assert np.array_equal(names["apply"](function, argument), function(argument))
    functions = [function]
    names["grow_list"](functions)
    assert functions[0] is function and functions[1] == 1


def test_a_random_generator_goes_over_as_it_is_and_does_not_move_here(names: Any) -> None:
    mine, twin = np.random.default_rng(5), np.random.default_rng(5)
    assert mine.integers(10, dtype=np.int32) == twin.integers(10, dtype=np.int32)  # half of a number is left over
    for _ in range(2):
        assert names["draws"](mine, 3).tolist() == copy.deepcopy(twin).random(3).tolist()
    assert mine.bit_generator.state == twin.bit_generator.state


def test_the_judges_own_objects_stay_here(names: Any) -> None:
    for private in (lambda x: x, object(), pytest.raises, Proxy):
        with pytest.raises(TypeError, match="cannot be sent"):
            names["apply"](private, 1)


def test_numbers_keep_their_types(student: Session, names: Any) -> None:
    student.run_cell("a, b, c, d = np.float32(1), np.arange(3, dtype=np.int8), True, range(3)")
    assert [type(names[n]) for n in "abcd"] == [np.float32, np.ndarray, bool, list]
    assert names["b"].dtype == np.int8


@pytest.mark.parametrize(
    "mine, theirs",
    [
        (np.zeros(3), np.ones(3)),
        ([np.zeros(3)], [np.ones((2, 2))]),
        ([1, [2, 3]], [1, [2], 5]),
        ([1, 2], []),
        ({"a": [1], "b": 2}, {"a": [1, 2], "c": 3}),
        ((np.zeros(2), [1]), (np.ones(2), [2])),
    ],
    ids=repr,
)
def test_writing_back_makes_equal_and_keeps_identity(mine: Any, theirs: Any) -> None:
    first = mine[0] if isinstance(mine, list | tuple) else mine.get("a") if isinstance(mine, dict) else mine
    write_back(mine, theirs)
    assert repr(mine) == repr(theirs)
    replaced = isinstance(first, np.ndarray) and first is not mine and first.shape != theirs[0].shape
    if isinstance(first, list | np.ndarray) and len(theirs) and not replaced:
        assert (mine if first is mine else mine["a"] if isinstance(mine, dict) else mine[0]) is first


@pytest.mark.parametrize(
    "mine, theirs",
    [
        (np.zeros(3), np.zeros(400)),
        (np.zeros(4), np.zeros((2, 2))),
        (np.full(3, np.nan), np.full(2, np.nan)),
        (np.arange(3), np.arange(3.0)),
        (np.array([True, False]), np.array([1, 0])),
        (np.array([0, -1]), np.array([0.0, -1.0])),
        (np.array(["", "ab"]), np.array(["", "ab", "c"])),
    ],
    ids=repr,
)
def test_an_array_of_another_size_or_kind_is_marked_and_never_resized(mine: Any, theirs: Any) -> None:
    view, before = mine[:], mine.copy()
    write_back(mine, theirs)
    assert changed((before,), (mine,), "x") == "x[0]"
    assert np.shares_memory(view, mine) and (mine.shape, mine.dtype) == (before.shape, before.dtype)


def test_a_constant_of_the_judge_stays_as_it_is(student: Session, names: Any) -> None:
    constant = np.zeros(3)
    constant.flags.writeable = False
    student.run_cell("def fill(x):\n    x[:] = 7")
    with pytest.raises(StudentError, match="read-only"):
        names["fill"](constant)
    assert not constant.any()


@pytest.mark.parametrize("kind", [ValueError, TypeError, IndexError, KeyError, ZeroDivisionError, RecursionError])
def test_pythons_own_errors_are_of_their_kind_here_too(student: Session, names: Any, kind: type[Exception]) -> None:
    student.run_cell(f"def fail():\n    raise {kind.__name__}('planted')")
    with pytest.raises(kind, match=f"{kind.__name__}: '?planted") as caught:
        names["fail"]()
    assert isinstance(caught.value, StudentError) and caught.value.where == f"raise {kind.__name__}('planted')"
