"""The TensorFlow profile: models train and predict inside the cage, and the judge sees numbers."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from autograder.runner.errors import StudentTimeout
from autograder.runner.launch import ForkServer
from autograder.runner.sandbox.limits import Limits
from autograder.runner.session import Session
from course_utils.exercises.keras_models.unasked import told

MODEL = """
import keras, numpy as np, tensorflow as tf
keras.utils.set_random_seed(0)
x = np.linspace(-1, 1, 64, dtype='float32')[:, None]
model = keras.Sequential([keras.layers.Input((1,)), keras.layers.Dense(8, activation='relu'), keras.layers.Dense(1)])
model.compile('adam', 'mse')
history = model.fit(x, x ** 2, epochs=3, verbose=0).history
tensor, variable = tf.constant([1.0, 2.0]), model.layers[0].kernel
def train_for_ever(): model.fit(x, x, epochs=10 ** 9, verbose=0)
"""


@pytest.fixture(scope="module")
def student() -> Iterator[Session]:
    with ForkServer("tensorflow", Limits(check_seconds=60, cell_seconds=120)) as server, server.spawn() as student:
        outcome = student.run_cell(MODEL)
        assert outcome.status == "ok" and outcome.outputs == [], outcome
        yield student


def test_a_model_answers_through_its_proxy(student: Session) -> None:
    model = student.namespace["model"]
    assert model.count_params() == 25 and model.output_shape == (None, 1)
    assert [type(layer.units) for layer in model.layers] == [int, int] and not callable(model.history)
    predicted = model.predict(np.zeros((5, 1), np.float32), verbose=0)
    assert type(predicted) is np.ndarray and predicted.shape == (5, 1) and predicted.dtype == np.float32


def test_what_a_model_was_told_is_looked_up_over_there(student: Session) -> None:
    student.run_cell(
        "odd = keras.Sequential([keras.layers.Input((1,)), keras.layers.Dense(1, bias_initializer='ones')])\n"
        "odd.compile(keras.optimizers.Adam(beta_1=0.5), 'mse')"
    )
    usual, odd = (told(student.namespace[name]) for name in ("model", "odd"))
    assert usual == {"optimizer": "Adam", "changed": [], "layers": []}
    assert odd == {"optimizer": "Adam", "changed": ["beta_1=0.5"], "layers": [("Dense", "bias_initializer", "Ones")]}


def test_tensors_and_variables_come_as_arrays(student: Session) -> None:
    names = student.namespace
    assert type(names["tensor"]) is np.ndarray and names["tensor"].tolist() == [1.0, 2.0]
    assert type(names["variable"]) is np.ndarray and names["variable"].shape == (1, 8)
    assert [w.shape for w in names["model"].get_weights()] == [(1, 8), (8,), (8, 1), (1,)]
    assert len(names["history"]["loss"]) == 3 and all(type(loss) is float for loss in names["history"]["loss"])


def test_models_are_saved_in_the_scratch_folder_and_nowhere_else(student: Session) -> None:
    saved = student.run_cell("model.save('m.keras'); again = keras.models.load_model('m.keras')")
    assert saved.status == "ok", saved
    x = np.ones((2, 1), np.float32)
    again, model = student.namespace["again"], student.namespace["model"]
    assert np.array_equal(again.predict(x, verbose=0), model.predict(x, verbose=0))
    log = student.run_cell("model.fit(x, x, epochs=1, verbose=0, callbacks=[keras.callbacks.TensorBoard('logs')])")
    assert log.status == "ok", log
    assert student.run_cell("model.save('/tmp/m.keras')").status == "error"


def test_a_check_works_in_place_where_tensorflow_runs(student: Session) -> None:
    with student.snapshot() as fork:
        assert fork is None


def test_a_model_may_be_made_for_the_first_time_inside_a_check() -> None:
    made_inside = "import keras\ndef build(): return keras.Sequential([keras.Input((3,)), keras.layers.Dense(2)])"
    with ForkServer("tensorflow", Limits(check_seconds=60)) as server, server.spawn() as student:
        assert student.run_cell(made_inside).status == "ok"
        with student.snapshot() as fork:
            model = (fork or student).namespace["build"]()
            assert model(np.zeros((4, 3), np.float32)).shape == (4, 2)


def test_training_without_end_is_interrupted(student: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(student, "limits", Limits(check_seconds=1))
    with pytest.raises(StudentTimeout):
        student.namespace["train_for_ever"]()
    monkeypatch.undo()
    if student.alive:  # TensorFlow let the interrupt through; otherwise the process was ended
        assert student.namespace["model"].count_params() == 25
