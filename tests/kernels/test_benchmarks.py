"""The loops that the benchmark compares with are right, and its table says what was measured."""

import numpy as np
import pytest

from benchmarks import kernels, loops
from course_utils import nn


@pytest.fixture
def rng():
    return np.random.default_rng(19)


def test_convolution_loops(rng):
    x, kernel, bias = rng.normal(size=(2, 5, 4, 2)), rng.normal(size=(3, 2, 2, 3)), rng.normal(size=3)
    y = loops.conv2d(x, kernel, bias)
    assert np.allclose(y, nn.conv2d(x, kernel, bias))
    dy = rng.normal(size=y.shape)
    for a, b in zip(loops.conv2d_backward(dy, x, kernel), nn.conv2d_backward(dy, x, kernel), strict=True):
        assert np.allclose(a, b)


def test_dense_loops(rng):
    x, kernel, bias, dy = rng.normal(size=3), rng.normal(size=(3, 2)), rng.normal(size=2), rng.normal(size=2)
    assert np.allclose(loops.dense(x.tolist(), kernel.tolist(), bias.tolist()), nn.dense(x, kernel, bias))
    dx, dkernel = loops.dense_backward(dy.tolist(), x.tolist(), kernel.tolist())
    expected = nn.dense_backward(dy[None], x[None], kernel)
    assert np.allclose(dx, expected[0][0])
    assert np.allclose(dkernel, expected[1])


def test_lstm_loops(rng):
    layer = nn.LSTM(3, seed=0)
    x = rng.normal(size=(1, 4, 2))
    y = layer(x)
    assert np.allclose(loops.lstm(x[0].tolist(), *(w.tolist() for w in layer.get_weights())), y[0])


def test_cross_entropy_loops(rng):
    y, z = rng.integers(0, 4, 5), rng.normal(size=(5, 4))
    ours, expected = loops.softmax_crossentropy(y.tolist(), z.tolist()), nn.softmax_crossentropy(y, z)
    assert np.allclose(ours[0], expected[0])
    assert np.allclose(ours[1], expected[1])


def test_adam_loops(rng):
    w, optimizer = rng.normal(size=4), nn.Adam()
    lists = [w.tolist(), [0.0] * 4, [0.0] * 4]
    for t in (1, 2, 3):
        g = rng.normal(size=4)
        optimizer.apply([g], [w])
        loops.adam(lists[0], g.tolist(), lists[1], lists[2], t)
        assert np.allclose(lists[0], w)


@pytest.mark.parametrize(("target", "verdict"), [(2.0, "reached"), (1.9, "MISSED")])
def test_a_line_of_the_table(target, verdict, monkeypatch):
    monkeypatch.setattr(kernels, "PAUSE", 0)
    now = [0.0]

    def takes(seconds):
        return lambda: now.__setitem__(0, now[0] + seconds)

    row = kernels.Row("a kernel", takes(2e-3), takes(1e-3), None, takes(0.5), 10, target)
    line = kernels.measure(row, clock=lambda: now[0])
    numbers = ["2.00", "1.00", "-", "5,000.00", "2.00", "(2.00-2.00)"]
    assert line.split() == ["a", "kernel", *numbers, "<=", f"{target:.2f}", verdict]


def test_the_ratio_is_the_median_of_pairs(monkeypatch):
    """A machine that is ten times slower in two rounds of three slows both; what they are to each other stays."""
    monkeypatch.setattr(kernels, "PAUSE", 0)
    monkeypatch.setattr(kernels, "ROUNDS", 3)
    now = [0.0]

    def takes(*turns):
        left = iter([turns[0], *turns])  # once to warm up
        return lambda: now.__setitem__(0, now[0] + next(left))

    row = kernels.Row("k", takes(0.001, 0.03, 0.02), takes(0.002, 0.02, 0.01), None, None, 1, 1.6, calls=1)
    line = kernels.measure(row, clock=lambda: now[0])
    assert line.split()[1:6] == ["20.00", "10.00", "-", "-", "1.50"]


def test_the_processor_and_the_matrix_library_have_names():
    assert kernels.processor()
    assert kernels.blas() != "unknown"


def test_results_that_differ_are_not_compared():
    kernels.close(np.ones(3), np.ones(3) + 1e-6)
    with pytest.raises(AssertionError, match="differ"):
        kernels.close(np.ones(3), np.ones(3) + 1e-3)


def test_an_unknown_section_is_a_usage_error(monkeypatch, capsys):
    monkeypatch.setattr("sys.argv", ["kernels", "conv99"])
    with pytest.raises(SystemExit):
        kernels.main()
    assert "there is no section conv99" in capsys.readouterr().err
