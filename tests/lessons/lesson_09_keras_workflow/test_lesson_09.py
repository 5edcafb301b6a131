"""What only lesson 09 promises: its judge needs no TensorFlow, one slip costs once, and its band of figures is real."""

import numpy as np
import pytest

from course_utils import lessons
from course_utils.exercises import check
from course_utils.exercises.keras_models.networks import forward, is_forward, is_stack

LESSON = lessons.load("09_keras_workflow")
REFERENCE = {id: exercise.reference for id, exercise in LESSON.exercises.items()}


SLIPS = ["no-bend", "no-sigmoid", "layers-swapped", "squared-error", "no-metrics", "sgd"]


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_in_the_network_does_not_cost_the_points_of_the_training_too(slip):
    network = next(m.answer for m in LESSON["build-classifier"].mistakes if m.name == slip)
    source = LESSON["train-classifier"].source_of(LESSON["train-classifier"].variants[0])
    namespace = {"np": np, "build_classifier": network}
    exec(source, namespace)
    result = check(LESSON["train-classifier"], namespace, [0])
    assert result.status == "passed", result


def test_a_network_of_other_layers_is_no_stack_and_does_not_stop_the_judge():
    scale_and_shift = [np.ones(3)] * 4
    assert not is_stack(scale_and_shift, 3)
    assert not is_stack([np.ones((3, 2)), np.ones(2), np.ones((5, 1)), np.ones(1)], 3)
    seen = {"weights": scale_and_shift, "probabilities": np.ones((2, 1))}
    assert not is_forward(seen, np.ones((2, 3)))


def test_is_forward_can_say_no():
    weights, x = [np.eye(2), np.zeros(2), np.ones((2, 1)), np.zeros(1)], np.array([[1.0, -2.0], [3.0, 4.0]])
    right = forward(weights, x, output=lambda z: z)
    np.testing.assert_allclose(right, [[1.0], [7.0]])
    assert is_forward({"weights": weights, "probabilities": right}, x, output=lambda z: z)
    assert not is_forward({"weights": weights, "probabilities": right + 0.01}, x, output=lambda z: z)


def test_a_network_learns_the_patients_and_the_chosen_threshold_finds_more_of_the_ill():
    keras = pytest.importorskip("keras")
    from sklearn.datasets import load_breast_cancer

    cancer = load_breast_cancer()
    x, y = cancer.data.astype("float32"), (cancer.target == 0).astype("float32")
    order = np.random.default_rng(8).permutation(len(x))
    x_train, y_train, x_val, y_val, x_test, y_test = REFERENCE["split"](x, y, order, 114, 114)
    x_train, x_val, x_test = REFERENCE["standardize"](x_train, x_val, x_test)
    keras.utils.set_random_seed(9)
    model = REFERENCE["train-classifier"](x_train, y_train, x_val, y_val, 20)
    p_val, p_test = model.predict(x_val, verbose=0), model.predict(x_test, verbose=0)
    chosen = REFERENCE["choose-threshold"](p_val[:, 0], y_val, np.arange(0, 1, 0.01), 0.97)
    at_half, at_chosen = (REFERENCE["scores"](y_test, REFERENCE["decide"](p_test, t)) for t in (0.5, chosen))
    assert at_half[0] > 0.92, "the lesson says 94 to 100 %"
    assert REFERENCE["scores"](y_val, REFERENCE["decide"](p_val, chosen))[2] >= 0.97
    assert chosen < 0.5 and at_chosen[2] >= at_half[2] and at_chosen[1] <= at_half[1]
