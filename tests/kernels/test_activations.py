"""Activations against Keras and SciPy, their derivatives against finite differences, and their behaviour far out."""

import numpy as np
import pytest

from course_utils import nn

NAMES = list(nn.ACTIVATIONS)
FAR = [-1e4, -800.0, -90.0, -1.0, 1.0, 90.0, 800.0, 1e4]


@pytest.fixture
def rng():
    return np.random.default_rng(1)


@pytest.mark.parametrize("name", NAMES)
def test_value_agrees_with_keras(name, rng):
    import keras

    x = (4 * rng.normal(size=(20, 7))).astype("float32")
    theirs = np.array(keras.activations.get(name)(x))
    assert np.allclose(nn.ACTIVATIONS[name](x), theirs, rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize("name", [n for n in NAMES if n != "softmax"])
def test_derivative_agrees_with_finite_differences(name, rng):
    x = 3 * rng.normal(size=(5, 4))
    slope = nn.numerical_gradient(lambda x: nn.ACTIVATIONS[name](x).sum(), x)
    assert nn.relative_error(nn.DERIVATIVES[name](x), slope) < 1e-8


def test_approximate_gelu_and_its_derivative(rng):
    import keras

    x = 3 * rng.normal(size=(5, 4))
    theirs = np.array(keras.activations.gelu(x, approximate=True))
    assert np.allclose(nn.gelu(x, approximate=True), theirs, atol=1e-7)  # Keras rounds its constants to float32
    slope = nn.numerical_gradient(lambda x: nn.gelu(x, approximate=True).sum(), x)
    assert nn.relative_error(nn.gelu_derivative(x, approximate=True), slope) < 1e-8
    assert np.abs(nn.gelu(x) - nn.gelu(x, approximate=True)).max() < 5e-4


def test_softmax_jacobian_and_backward_agree(rng):
    x, dy = rng.normal(size=(3, 5)), rng.normal(size=(3, 5))
    jacobian = nn.softmax_derivative(x)
    dx = nn.softmax_backward(dy, nn.softmax(x))
    assert np.allclose(dx, np.einsum("nij,ni->nj", jacobian, dy), atol=1e-15)
    assert nn.gradient_error(lambda x: (nn.softmax(x) * dy).sum(), x, dx) < 1e-8


@pytest.mark.parametrize("name", NAMES)
def test_backward_from_the_output_is_the_derivative(name, rng):
    x, dy = rng.normal(size=(3, 5)), rng.normal(size=(3, 5))
    f = nn.ACTIVATIONS[name]
    dx = nn.activation_backward(name, dy, x, f(x))
    assert nn.gradient_error(lambda x: (f(x) * dy).sum(), x, dx) < 1e-8


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_far_out_nothing_overflows_and_no_digit_is_lost(name, dtype):
    x = np.array(FAR, dtype=dtype)
    for values in (nn.ACTIVATIONS[name](x), nn.DERIVATIVES[name](x)):
        assert np.isfinite(values).all()
        assert values.dtype == dtype


def test_sigmoid_and_softplus_agree_with_scipy_far_out():
    from scipy.special import expit, log1p, log_expit

    x = np.array([-700.0, -40.0, -1e-9, 0.0, 1e-9, 40.0, 700.0])
    assert np.allclose(nn.sigmoid(x), expit(x), rtol=1e-14, atol=0)
    assert np.allclose(nn.softplus(x), -log_expit(-x), rtol=1e-14, atol=0)
    assert np.allclose(nn.softplus([0.0]), log1p(1.0), rtol=1e-15)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("dtype", ["float16", "float32", "float64"])
def test_float_type_and_input_are_kept(name, dtype, rng):
    x = rng.normal(size=(3, 4)).astype(dtype)
    before = x.copy()
    assert nn.ACTIVATIONS[name](x).dtype == dtype
    assert nn.DERIVATIVES[name](x).dtype == dtype
    assert np.array_equal(x, before)


@pytest.mark.parametrize("name", [n for n in NAMES if n != "softmax"])
def test_takes_numbers_lists_and_integers(name):
    f = nn.ACTIVATIONS[name]
    assert f([1, 2])[0] == f(1) == f(np.array([1]))[0]
    assert f(1).ndim == 0
    assert f([1, 2]).dtype == "float64"


@pytest.mark.parametrize("axis", [0, 1, -1])
def test_softmax_sums_to_one_along_its_axis_and_ignores_a_shift(axis, rng):
    x = rng.normal(size=(3, 4, 5))
    y = nn.softmax(x, axis=axis)
    assert np.allclose(y.sum(axis=axis), 1)
    assert np.allclose(nn.softmax(x + 100, axis=axis), y)


def test_names():
    assert nn.get_activation("relu") is nn.relu
    assert nn.get_activation(None) is nn.linear
    assert nn.get_activation(np.tanh) is np.tanh
    assert set(nn.ACTIVATIONS) == set(nn.DERIVATIVES)
    with pytest.raises(ValueError, match=r"Choose one of: linear, relu"):
        nn.get_activation("swoosh")


class TestNeuron:
    """The worked numbers of the course: .2 + .48 + .06 + .1 = .84, and sigmoid(.84) = .70."""

    x, w, b = [0.5, 0.8, 0.3], [0.4, 0.6, 0.2], 0.1

    def test_worked_numbers(self):
        assert nn.weighted_sum(self.x, self.w, self.b) == pytest.approx(0.84, abs=1e-12)
        assert nn.neuron(self.x, self.w, self.b) == pytest.approx(0.6985, abs=1e-4)
        assert nn.neuron(self.x, self.w, self.b, activation=None) == pytest.approx(0.84, abs=1e-12)

    def test_a_batch_is_one_neuron_for_each_row(self, rng):
        x, w = rng.normal(size=(4, 3)), rng.normal(size=3)
        assert np.allclose(nn.neuron(x, w, 0.5), [nn.neuron(row, w, 0.5) for row in x])

    @pytest.mark.parametrize(
        ("x", "w", "b", "message"),
        [
            ([1, 2, 3], [1, 2], 0, "one weight for each input"),
            ([1, 2], [[1, 2]], 0, "one weight for each input"),
            (1, [1], 0, "one weight for each input"),
            ([1, 2], [1, 2], [0, 0], "one bias"),
        ],
    )
    def test_wrong_shapes(self, x, w, b, message):
        with pytest.raises(ValueError, match=message):
            nn.weighted_sum(x, w, b)
