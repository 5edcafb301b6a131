"""What only lesson 10 promises: its judge needs no TensorFlow, and its logs are read as TensorBoard reads them."""

from types import SimpleNamespace

import numpy as np
import pytest

from course_utils import lessons
from course_utils.exercises import check
from course_utils.exercises.keras_models.fitting import BATCHES, EPOCHS, fit_finding
from course_utils.lessons.lesson_10_keras_mnist import events

LESSON = lessons.load("10_keras_mnist")


class Guesser:
    """Stands for a model: answers with the right digit for a share of the images, with this confidence."""

    def __init__(self, labels, right, confidence=0.95, steps=1250):
        self.optimizer = SimpleNamespace(iterations=steps)
        self.labels, self.right, self.confidence = labels, right, confidence

    def get_weights(self):
        return [np.zeros(shape) for shape in [(784, 128), (128,), (128, 10), (10,)]]

    def __call__(self, images):
        said = np.where(np.arange(len(images)) < self.right * len(images), self.labels, (self.labels + 1) % 10)
        shares = np.full((len(images), 10), (1 - self.confidence) / 9)
        shares[np.arange(len(images)), said] = self.confidence
        return shares


@pytest.mark.parametrize(
    ("right", "confidence", "problem"),
    [
        (0.95, 0.95, None),
        (0.91, 0.99, None),
        (0.89, 0.95, "the model names 89.0%"),
        (1.0, 0.3, "the model's loss is 1.20"),
    ],
)
def test_the_band_of_a_trained_model(right, confidence, problem):
    exercise = LESSON["train-mlp"]
    case = exercise.draw(0)[1]
    _, labels, *_ = case.args
    verdict = exercise.judge(exercise.observe(Guesser(labels, right, confidence), case), case, None)
    assert verdict is None if problem is None else verdict.message.startswith(problem)


@pytest.mark.parametrize(
    ("epochs", "each", "steps", "validated", "found"),
    [
        (5, 250, 1250, False, ""),  # as asked for
        (5, 200, 1000, True, ""),  # a fifth kept for validation
        (3, 250, 1250, False, ""),  # two calls of fit
        (0, 0, 1250, False, ""),  # a model that was loaded has no history
        (5, 200, 1000, False, BATCHES),  # batches of 40
        (4, 250, 1000, False, EPOCHS),
        (1, 250, 250, False, EPOCHS),
        (7, 250, 1750, False, EPOCHS),
        (5, 250, 2500, False, EPOCHS),  # trained twice
        (5, 125, 625, False, BATCHES),  # batches of 64
        (10, 63, 630, False, BATCHES),  # batches of 128
        (0, 0, 1000, False, ""),  # loaded, a fifth kept for validation
        (0, 0, 625, False, EPOCHS),
    ],
)
def test_a_training_of_other_epochs_or_batches_is_told(epochs, each, steps, validated, found):
    history = {"loss": [0.1] * epochs} if epochs else {}
    seen = {"history": history | ({"val_loss": [0.1]} if validated else {}), "each": each, "steps": steps}
    name, told = fit_finding(seen, epochs=5)
    assert name == found and bool(told) == bool(found)


def test_a_model_that_is_not_compiled_or_returned_is_told_in_words():
    result = check(LESSON["build-mlp"], {"build_mlp": lambda: [1, 2]}, [0])
    assert (result.status, result.points) == ("wrong", 0)
    assert "should return a Keras model, but it returned a list or tuple" in result.message


@pytest.mark.parametrize("run", ["ash", "birch", "cedar", "elm"])
@pytest.mark.parametrize("part", ["train", "validation"])
def test_recorded_runs_are_read_as_tensorboard_reads_them(run, part):
    from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
    from tensorboard.util import tensor_util

    theirs = EventAccumulator(str(events.RUNS / run / part), size_guidance={"tensors": 0}).Reload()
    ours = events.read_scalars(events.RUNS / run / part)
    assert set(ours) == set(theirs.Tags()["tensors"]) and len(ours["epoch_loss"]) == (24 if run == "elm" else 10)
    for tag, values in ours.items():
        assert values == [tensor_util.make_ndarray(e.tensor_proto).item() for e in theirs.Tensors(tag)]


def test_the_four_runs_are_what_the_exercise_says():
    loss = {
        (run, part): events.read_scalars(events.RUNS / run / part)["epoch_loss"]
        for run in ("ash", "birch", "cedar", "elm")
        for part in ("train", "validation")
    }
    assert loss["ash", "validation"] == sorted(loss["ash", "validation"], reverse=True), "healthy: it falls to the end"
    assert loss["birch", "train"] == sorted(loss["birch", "train"], reverse=True) and loss["birch", "train"][-1] > 1
    assert min(loss["cedar", "train"]) > 1.5 and loss["cedar", "train"] != sorted(loss["cedar", "train"], reverse=True)
    assert loss["elm", "train"][-1] < 0.01 and loss["elm", "validation"][-1] > 1.1 * min(loss["elm", "validation"])


def test_a_log_that_is_cut_off_or_absent_is_told(tmp_path):
    with pytest.raises(FileNotFoundError, match="No TensorBoard log"):
        events.read_scalars(tmp_path)
    whole = next((events.RUNS / "ash" / "train").iterdir()).read_bytes()
    (tmp_path / "events.out.tfevents.1").write_bytes(whole[:-7])
    with pytest.raises(ValueError, match="middle of a record"):
        events.read_scalars(tmp_path)
