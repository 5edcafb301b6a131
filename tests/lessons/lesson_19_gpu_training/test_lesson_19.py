"""What only lesson 19 promises: a judge without TensorFlow, right figures and pictures, a fair look at shuffles."""

import itertools

import numpy as np
import pytest

from course_utils import lessons, plots
from course_utils.exercises import check
from course_utils.lessons.lesson_19_gpu_training import pipeline_judging, timeline

LESSON = lessons.load("19_gpu_training")


@pytest.mark.parametrize("prefetch", [False, True])
@pytest.mark.parametrize(("load", "compute"), [(2, 3), (3, 2), (4, 4), (0, 5)])
@pytest.mark.parametrize("batches", [1, 2, 5])
def test_the_timeline_ends_when_the_formula_says(batches, load, compute, prefetch):
    times = timeline.schedule(batches, load, compute, prefetch)
    assert times[-1].compute[1] == LESSON["epoch-time"].reference(batches, load, compute, prefetch)
    for one, other in itertools.pairwise(times):
        assert one.compute[0] >= one.load[1], "no batch is trained on before it is ready"
        assert other.compute[0] >= one.compute[1] and other.load[0] >= one.load[1], "one batch at a time in each lane"


def test_the_picture_of_the_timeline_says_and_shows_its_times():
    figure, text = timeline.draw(2, 3, batches=4)
    assert "without prefetch 20 ms, device busy 60% of the time" in text
    assert "with prefetch 14 ms, device busy 86% of the time" in text
    for axis, end in zip(figure.axes, (20, 14), strict=True):
        assert len(axis.patches) >= 8 and max(bar.get_x() + bar.get_width() for bar in axis.patches) == end
    assert plots.Picture(figure, text).png.startswith(b"\x89PNG")


def test_the_facts_of_the_16_bit_types_in_the_text():
    info = np.finfo(np.float16)
    assert (info.max, info.smallest_subnormal) == (65504, 2.0**-24)
    assert np.float16(1) + np.float16(0.0004) == 1 and np.nextafter(np.float16(1), np.float16(2)) == 1 + 1 / 1024
    assert np.float16(2.0**-25) == 0 and np.float16(1.01 * 2.0**-25) == 2.0**-24
    ml_dtypes = pytest.importorskip("ml_dtypes")
    brain = ml_dtypes.finfo(ml_dtypes.bfloat16)
    assert float(brain.max) == pytest.approx(3.4e38, rel=0.01) and float(brain.eps) == 2.0**-7
    assert float(brain.smallest_subnormal) == pytest.approx(9.2e-41, rel=0.01)


def test_the_worked_rows_of_loss_scaling():
    step = LESSON["scaled-step"].reference
    w, scale, good = step(np.array([1.0, 2.0]), np.array([8.0, -16.0]), 8.0, 0, 0.1, 3)
    assert np.allclose(w, [0.9, 2.2]) and (scale, good) == (8, 1)
    w, scale, good = step(w, np.array([np.inf, -16.0]), scale, good, 0.1, 3)
    assert np.allclose(w, [0.9, 2.2]) and (scale, good) == (4, 0)
    for _ in range(3):
        w, scale, good = step(w, np.array([4.0, 4.0]), scale, good, 0.1, 3)
    assert np.allclose(w, [0.6, 1.9]) and (scale, good) == (8, 0)


class Stages:
    """Stands for a dataset: gives the epochs that it is told to give, as a padded table."""

    def __init__(self, epochs, batch_size):
        self.epochs, self.batch_size = iter(epochs), batch_size

    def take(self, count):
        return self

    def padded_batch(self, count):
        return self

    def get_single_element(self):
        numbers = next(self.epochs)
        rows = [numbers[i : i + self.batch_size] for i in range(0, len(numbers), self.batch_size)]
        table = np.array([[*row, *[0] * (self.batch_size - len(row))] for row in rows])
        return (table[..., None, None] / 255).astype(np.float32), table


def verdict(orders):
    exercise = LESSON["make-pipeline"]
    case = exercise.draw(0)[0]
    seen = exercise.observe(lambda images, labels, size: Stages(orders(len(images)), size), case)
    told = exercise.judge(seen | {"last": "a _PrefetchDataset"}, case, None)
    return told.message if told else None


def test_a_fair_shuffle_passes_and_nearly_fair_ones_do_not():
    rng = np.random.default_rng(19)
    assert all(verdict(lambda n: [rng.permutation(n) + 1 for _ in range(5)]) is None for _ in range(50))
    assert "the same order" in verdict(lambda n: [np.random.default_rng(1).permutation(n) + 1] * 5)
    assert "comes earlier than it stands by more than 1 of 24 places" in verdict(
        lambda n: [rng.permuted(np.arange(1, n + 1).reshape(-1, 2), axis=1).ravel() for _ in range(5)]
    )
    assert "once" in verdict(lambda n: [rng.integers(1, n + 1, n) for _ in range(5)])


def test_a_dataset_or_model_of_another_kind_is_told_in_words():
    result = check(LESSON["make-pipeline"], {"make_pipeline": lambda *_: [1, 2]}, [0])
    assert (result.status, result.points) == ("wrong", 0) and "returned a list or tuple" in result.message
    result = check(LESSON["build-mixed"], {"build_mixed": lambda policy: policy}, [0])
    assert (result.status, result.points) == ("wrong", 0) and "it returned a string" in result.message


def test_hardly_any_fair_shuffle_is_taken_for_a_small_buffer():
    """The promise of the text is one in ten million; of 4,000 none may fail, in small and in large."""
    rng = np.random.default_rng(19)
    for count, epochs, tries in ((24, 5, 2000), (50, 5, 1900), (12_000, 2, 100)):
        for _ in range(tries):
            seen = {"labels": [rng.permutation(count) + 1 for _ in range(epochs)]}
            assert pipeline_judging.mixes_all(seen, count)


@pytest.mark.parametrize("buffer", [1000, 5000, 10_000])
def test_a_buffer_of_any_size_that_one_types_in_is_too_small(buffer):
    """What `shuffle(buffer)` may do at most: the last of the buffer comes first."""
    order = np.roll(np.arange(12_000), 1)
    order[:buffer] = order[:buffer][::-1]
    assert not pipeline_judging.mixes_all({"labels": [order + 1] * 2}, 12_000)


def test_the_digits_of_the_repair_come_sorted_and_the_new_ones_do_not():
    x, y, _, truth, _ = LESSON["repair-scale"].draw(0)[0].args
    assert len(x) == 1000 and (x.min(), x.max()) == (0, 1)
    assert np.all(np.diff(y) >= 0) and np.any(np.diff(truth) < 0)
