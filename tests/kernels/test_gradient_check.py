"""The gradient check finds what is wrong and passes what is right."""

import numpy as np
import pytest

from course_utils import nn


def f(x):
    return float((np.sin(x) * x**2).sum())


def gradient(x):
    return np.cos(x) * x**2 + 2 * x * np.sin(x)


X = np.random.default_rng(13).normal(size=(4, 5)) + 2
WRONG = {
    "zeros": lambda g: np.zeros_like(g),
    "sign": lambda g: -g,
    "a thousandth too large": lambda g: 1.001 * g,
    "one element": lambda g: g + 0.001 * np.abs(g).max() * (np.arange(g.size).reshape(g.shape) == 7),
    "transposed": lambda g: g.T.reshape(g.shape),
}


def test_right_gradient_passes_both_checks():
    assert nn.gradient_error(f, X, gradient(X)) < 1e-8
    assert nn.directional_error(f, X, gradient(X), np.random.default_rng(0)) < 1e-8


@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG)
def test_wrong_gradient_is_rejected_by_both_checks(wrong):
    planted = wrong(gradient(X))
    assert nn.gradient_error(f, X, planted) > 1e-4
    assert nn.directional_error(f, X, planted, np.random.default_rng(0)) > 1e-4


def test_x_is_left_alone_and_may_be_of_any_shape():
    for x in (X, X[0], np.array(2.0)):
        before = x.copy()
        assert nn.numerical_gradient(f, x).shape == x.shape
        assert np.array_equal(x, before)


def test_wrong_shape_is_not_a_small_error():
    with pytest.raises(ValueError, match="shapes differ"):
        nn.gradient_error(f, X, gradient(X)[:1])


def test_a_chain_is_checked_layer_by_layer():
    rng = np.random.default_rng(0)
    chain = nn.Chain([nn.Dense(3, "tanh", seed=1), nn.Residual([nn.Dense(3, seed=2), nn.LayerNormalization()])])
    x = rng.normal(size=(4, 2))
    errors = nn.layer_gradient_errors(chain, x, rng)
    assert list(errors) == ["dx", "0.kernel", "0.bias", "1.kernel", "1.bias", "2.gamma", "2.beta"]
    assert max(errors.values()) < 1e-7
    inner = chain.layers[1].layers[0]
    right = inner._backward
    inner._backward = lambda dy: 1.001 * right(dy)
    errors = nn.layer_gradient_errors(chain, x, rng)
    assert {name for name, error in errors.items() if error > 1e-5} == {"dx", "0.kernel", "0.bias"}


def test_weights_are_as_before_after_a_check():
    layer = nn.Dense(3, seed=1)
    layer.build((None, 2), "float64")
    before = layer.get_weights()
    nn.layer_gradient_errors(layer, np.ones((4, 2)), np.random.default_rng(0))
    assert all(np.array_equal(a, b) for a, b in zip(before, layer.get_weights(), strict=True))
