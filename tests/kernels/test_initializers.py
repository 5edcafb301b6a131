"""Initialisers by their properties: mean, spread, bounds and orthogonality, beside Keras's."""

import numpy as np
import pytest

from course_utils import nn

SHAPES = [(300, 200), (3, 3, 40, 60)]


@pytest.fixture
def rng():
    return np.random.default_rng(5)


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("name", ["glorot_uniform", "glorot_normal", "he_uniform", "he_normal"])
def test_spread_and_bounds_are_those_of_keras(name, shape, rng):
    import keras

    ours = nn.INITIALIZERS[name](shape, rng)
    theirs = np.array(keras.initializers.get(name)(shape))
    assert abs(ours.mean()) < 0.02 * ours.std()
    assert ours.std() == pytest.approx(theirs.std(), rel=0.02)
    assert np.abs(ours).max() == pytest.approx(np.abs(theirs).max(), rel=0.02)
    fan_in, fan_out = nn.fans(shape)
    variance = 2 / fan_in if name.startswith("he") else 2 / (fan_in + fan_out)
    assert ours.var() == pytest.approx(variance, rel=0.03)


@pytest.mark.parametrize("shape", [(6, 6), (8, 5), (5, 8), (2, 3, 4)])
def test_orthogonal(shape, rng):
    q = nn.orthogonal(shape, rng, np.float64).reshape(-1, shape[-1])
    small = q if q.shape[0] >= q.shape[1] else q.T
    assert np.allclose(small.T @ small, np.eye(small.shape[1]), atol=1e-12)


def test_orthogonal_has_no_favourite_sign(rng):
    first = [nn.orthogonal((2, 2), rng)[0, 0] > 0 for _ in range(400)]
    assert 0.4 < np.mean(first) < 0.6


@pytest.mark.parametrize("name", nn.INITIALIZERS)
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_shape_type_and_seed(name, dtype):
    values = [nn.INITIALIZERS[name]((4, 3), np.random.default_rng(s), np.dtype(dtype)) for s in (1, 1, 2)]
    assert values[0].shape == (4, 3)
    assert values[0].dtype == dtype
    assert np.array_equal(values[0], values[1])
    assert np.array_equal(values[0], values[2]) == (name in ("zeros", "ones"))


def test_clear_errors(rng):
    with pytest.raises(ValueError, match="two dimensions"):
        nn.orthogonal((4,), rng)
    with pytest.raises(ValueError, match="Choose one of"):
        nn.get_initializer("lucky")
