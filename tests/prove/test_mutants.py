"""The mutation engine: which changes it makes, that it finds a hole, and that explanations are true and needed."""

import numpy as np
import pytest

from autograder.prove.survivors import prove_exercise
from autograder.prove.wrapped import wrapped
from course_utils.exercises import FunctionExercise, ModelExercise, ValuesExercise, edge, random, small
from course_utils.exercises.mutants import mutants, other_values

CHANGES = [
    ("return x > 0", ["x > 0 → x >= 0", "x > 0 → x < 0"]),
    ("return x.max(axis=0, keepdims=True)", ["x.max(axis=0, keepdims=True) → x.min(axis=0, keepdims=True)",
                                             "x.max(axis=0, keepdims=True) → x.max(axis=0)",
                                             "x.max(axis=0, keepdims=True) → x.max(axis=1, keepdims=True)"]),
    ("return abs(x) + 1e-7", ["abs(x) → x", "abs(x) + 1e-07 → abs(x)", "abs(x) + 1e-07 → abs(x) + 0.0"]),
    ("return x[1:]", ["1: → :", "1: → 2:"]),
    ("return not x", ["not x → x"]),
    ("return a - b", ["a - b → b - a", "a - b → a + b"]),
    ("return x if a and b else y", ["a and b → a or b", "x if a and b else y → y"]),
    ("y = x.copy()\n    y[0] = 0\n    return y", ["x.copy() → x", "y[0] = 0 → pass"]),
    ("rng = np.random.default_rng(seed)\n    return rng", ["np.random.default_rng(seed) → np.random.default_rng()"]),
    ("for i in range(3):\n        x += i\n    return x", ["range(3) → range(3 - 1)", "x += i → x = i",
                                                       "for i in range(3): … → for i in list(range(3))[1:]: …"]),
    ("raise ValueError(x)", ["raise ValueError(x) → raise RuntimeError(x)", "raise ValueError(x) → pass"]),
    ('model.compile(loss="mse")\n    model.fit(a, b, epochs=5)',
     ["loss='mse' → loss='mae'", "epochs=5 → epochs=6", "model.fit(a, b, epochs=5) → model.fit(a, b[::-1], epochs=5)",
      "model.fit(a, b, epochs=5) → for _ in range(2): …"]),
    ('return keras.Sequential([keras.layers.Dense(8, activation="relu"), keras.layers.Dense(1)])',
     ["keras.layers.Dense(1) → keras.layers.Dense(1, trainable=False)", "activation='relu' → activation='sigmoid'",
      "keras.layers.Dense(1) → keras.layers.Dense(1, use_bias=False)"]),
]  # fmt: skip


@pytest.mark.parametrize(("body", "expected"), CHANGES, ids=[body.splitlines()[0] for body, _ in CHANGES])
def test_each_small_change_is_made_once_and_is_code(body, expected):
    made = list(mutants(f"def answer(x, a, b, seed, model):\n    '''Its docstring stays.'''\n    {body}\n"))
    told = [str(m) for m in made]
    assert set(expected) <= set(told), told
    assert len({m.source for m in made}) == len(made)
    for mutant in made:
        compile(mutant.source, "mutant", "exec")
        assert "Its docstring stays." in mutant.source


def test_guards_and_defaults_of_library_code_are_left_alone_when_asked():
    source = "def f(n=1):\n    if n < 0:\n        raise ValueError(n)\n    return n\n"
    assert not list(mutants(source, library_code_too=False))
    assert {"n < 0 → n <= 0", "1 → 2"} <= {str(m) for m in mutants(source)}


def relu_exercise(*cases):
    def relu(x):
        return np.where(x > 0, x, 0.0)

    exercise = FunctionExercise("relu", reference=relu, points=1)
    exercise.cases(lambda rng: iter(cases))
    return exercise


WEAK = small("one number", np.array([2.0]))
STRONG = [
    small("three", np.array([-2.125, 0.0, 3.3333333])),
    random("two by three", np.array([[1.5, -2.0, 70.7], [2.0, -4.0, 0.5]])),
    edge("tiny", np.array([-1e-5, 1e-4 / 3])),
]


def test_a_hole_in_the_cases_is_found():
    found = prove_exercise("toy", relu_exercise(WEAK)).survivors
    assert "the reference: np.where(x > 0, x, 0.0) → x" not in found, "the cases decide, not the text"
    assert any("at most 6" in s for s in found) and any("0.0 → " in s or ", 1.0)" in s for s in found)


def test_good_cases_leave_what_is_right_and_an_explanation_covers_it():
    exercise = relu_exercise(*STRONG)
    assert prove_exercise("toy", exercise).survivors == ("the reference: x > 0 → x >= 0",)
    exercise.equivalent("x > 0", "x >= 0", why="at 0 both branches give 0")
    proof = prove_exercise("toy", exercise)
    assert (proof.survivors, proof.idle, proof.explained) == ((), (), 1)
    exercise.equivalent("x > 0", "x != 0", why="it is not")
    assert prove_exercise("toy", exercise).idle == ("x > 0 → x != 0",)


def test_a_loop_without_end_counts_as_rejected():
    def count(n):
        i = 0
        while i < n:
            i += 1
        return i

    exercise = FunctionExercise("count", reference=count, points=1)
    exercise.cases(lambda rng: iter([small("three", 3), random("seven", 7), edge("none", 0)]))
    survivors = prove_exercise("toy", exercise).survivors
    assert survivors == ("the reference: 0 → -1",), "not i += 1 left out, which never ends"


def test_whole_results_and_arguments_are_broken():
    ways = {f"{right} {wrong}" for right, wrong, _ in wrapped(lambda x, rate: x * rate)}
    assert {"the result rounded to 2 places", "the result always the first one", "rate always the first one",
            "x changed in place", "the result transposed"} <= ways  # fmt: skip
    make = next(make for right, wrong, make in wrapped(np.sqrt) if wrong == "always the first one")
    cached = make()
    assert cached(4.0) == cached(9.0) == 2 and make()(9.0) == 3, "each use remembers by itself"


def test_values_have_neighbours():
    assert dict(other_values((1, "a"))) == {
        "without the last": (1,),
        "item 0: one more": (2, "a"),
        "item 0: one less": (0, "a"),
        "item 0: doubled": (2, "a"),
        "item 0: negated": (-1, "a"),
        "item 1: another word": (1, "not a"),
        "item 1: nothing": (1, ""),
    }
    exercise = ValuesExercise("n", points=1, reference=lambda: {"n": 3.0}, tolerance=0.1)
    assert prove_exercise("toy", exercise).survivors == ("the answer: n → a tenth more",)


def test_an_object_made_in_the_notebook_is_made_by_each_mutant():
    def made(start):
        return [start, start + 1]

    exercise = ModelExercise("pair", reference=made, points=1, rounds=1)
    exercise.given(lambda: {"start": 5})
    exercise.cases(lambda rng: iter([small("the pair", 1)]))
    exercise.drive(lambda answer, n: list(answer))
    assert prove_exercise("toy", exercise).survivors == ()
