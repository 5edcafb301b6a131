"""Optimizers, clipping and schedules step by step against Keras."""

import numpy as np
import pytest

from course_utils import nn

STEPS = 20
OPTIMIZERS = [
    ("SGD", {}),
    ("SGD", {"learning_rate": 0.1, "momentum": 0.9}),
    ("SGD", {"learning_rate": 0.1, "momentum": 0.9, "nesterov": True}),
    ("SGD", {"learning_rate": 0.1, "clipvalue": 0.3}),
    ("SGD", {"learning_rate": 0.1, "clipnorm": 0.5}),
    ("SGD", {"learning_rate": 0.1, "global_clipnorm": 0.5}),
    ("SGD", {"learning_rate": 0.1, "global_clipnorm": 100.0}),
    ("RMSprop", {}),
    ("RMSprop", {"learning_rate": 0.1, "rho": 0.5, "epsilon": 0.01}),
    ("Adam", {}),
    ("Adam", {"learning_rate": 0.1, "beta_1": 0.5, "beta_2": 0.9, "epsilon": 0.01}),
]


@pytest.fixture
def rng():
    return np.random.default_rng(7)


@pytest.mark.parametrize(("name", "settings"), OPTIMIZERS, ids=str)
@pytest.mark.parametrize(("dtype", "tolerance"), [("float32", 1e-5), ("float64", 1e-6)])
def test_twenty_steps_agree_with_keras(name, settings, dtype, tolerance, rng):
    import keras

    shapes = [(3, 4), (4,)]
    ours = [rng.normal(size=shape).astype(dtype) for shape in shapes]
    theirs = [keras.Variable(v, dtype=dtype) for v in ours]
    optimizer, keras_optimizer = getattr(nn, name)(**settings), getattr(keras.optimizers, name)(**settings)
    for _ in range(STEPS):
        grads = [rng.normal(size=shape).astype(dtype) for shape in shapes]
        before = [g.copy() for g in grads]
        optimizer.apply(grads, ours)
        keras_optimizer.apply([keras.ops.convert_to_tensor(g) for g in grads], theirs)
        assert all(np.array_equal(a, b) for a, b in zip(grads, before, strict=True))
        for a, b in zip(ours, theirs, strict=True):
            assert nn.relative_error(a, b.numpy()) < tolerance
    assert {v.dtype.name for v in ours} == {dtype}
    assert optimizer.iterations == STEPS


@pytest.mark.parametrize(("name", "settings"), OPTIMIZERS, ids=str)
def test_large_variables_in_blocks_move_as_small_ones(name, settings, rng):
    if "clipnorm" in settings or "global_clipnorm" in settings:
        settings = {"learning_rate": 0.1}  # a norm depends on the size
    large = [rng.normal(size=(3, 50_000))]
    ends = np.r_[0:10, 49_990:50_000]
    small = [large[0][:, ends]]
    a, b = getattr(nn, name)(**settings), getattr(nn, name)(**settings)
    for _ in range(3):
        grad = rng.normal(size=(3, 50_000))
        a.apply([grad], large)
        b.apply([grad[:, ends]], small)
    assert np.array_equal(large[0][:, ends], small[0])


def test_the_two_forms_of_adam_differ_only_where_gradients_are_small():
    for g, least, most in [(1e-6, 0.5, 1), (1e-4, 0.01, 0.05), (1e-2, 0, 1e-3)]:
        w = [np.array([0.0])]
        nn.Adam(1.0).apply([np.array([g])], w)
        paper = -g / (g + 1e-7)
        assert least <= abs(w[0][0] - paper) <= most


def test_a_dead_unit_does_not_drag_the_optimizer_into_subnormal_numbers():
    w, optimizer = [np.ones(10, "float32")], nn.Adam()
    optimizer.apply([np.ones(10, "float32")], w)
    for _ in range(1500):
        optimizer.apply([np.zeros(10, "float32")], w)
    smallest_normal = np.finfo("float32").tiny
    for m in optimizer._memory[0]:
        assert not ((m != 0) & (np.abs(m) < smallest_normal)).any()
    assert (optimizer._memory[0][0] == 0).all()


def test_schedule_is_asked_before_each_step():
    asked, w = [], [np.array([1.0])]
    optimizer = nn.SGD(lambda step: asked.append(step) or [0.5, 0.25][step])
    for _ in range(2):
        optimizer.apply([np.array([1.0])], w)
    assert asked == [0, 1]
    assert w[0] == 0.25


@pytest.mark.parametrize(
    ("ours", "theirs", "settings"),
    [
        (nn.exponential_decay, "ExponentialDecay", {"initial_learning_rate": 0.1, "decay_steps": 7, "decay_rate": 0.5}),
        (
            nn.exponential_decay,
            "ExponentialDecay",
            {"initial_learning_rate": 0.1, "decay_steps": 7, "decay_rate": 0.5, "staircase": True},
        ),
        (nn.cosine_decay, "CosineDecay", {"initial_learning_rate": 0.1, "decay_steps": 20, "alpha": 0.1}),
        (
            nn.cosine_decay,
            "CosineDecay",
            {"initial_learning_rate": 0.0, "decay_steps": 20, "warmup_target": 0.1, "warmup_steps": 5},
        ),
        (nn.piecewise_constant_decay, "PiecewiseConstantDecay", {"boundaries": [5, 9], "values": [1.0, 0.5, 0.1]}),
    ],
)
def test_schedules_agree_with_keras(ours, theirs, settings):
    import keras

    rate, keras_rate = ours(**settings), getattr(keras.optimizers.schedules, theirs)(**settings)
    for step in range(40):
        assert rate(step) == pytest.approx(float(keras_rate(step)), rel=1e-5, abs=1e-8), step


def test_clipping_by_global_norm_keeps_the_direction(rng):
    grads = [rng.normal(size=(3, 4)), rng.normal(size=5)]
    clipped = nn.clip_by_global_norm(grads, 0.1)
    assert nn.global_norm(clipped) == pytest.approx(0.1)
    ratio = np.concatenate([(c / g).ravel() for c, g in zip(clipped, grads, strict=True)])
    assert np.allclose(ratio, ratio[0])
    assert np.array_equal(nn.clip_by_global_norm(grads, 1e9)[0], grads[0])


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: nn.SGD().apply([np.zeros(2)], [np.zeros(3)]), "shapes"),
        (lambda: nn.SGD().apply([], [np.zeros(3)]), "shapes"),
        (lambda: nn.SGD(clipnorm=1.0, clipvalue=1.0), "at most one"),
        (lambda: nn.SGD(momentum=1.5), "momentum"),
        (lambda: nn.Adam(beta_1=1.0), "beta_1"),
        (lambda: nn.Adam(beta_2=-0.1), "beta_2"),
        (lambda: nn.get_optimizer("newton"), "Choose one of"),
        (lambda: nn.exponential_decay(0.1, 0, 0.5), "positive"),
        (lambda: nn.piecewise_constant_decay([5, 2], [1, 2, 3]), "rising"),
        (lambda: nn.piecewise_constant_decay([5], [1]), "one value more"),
    ],
)
def test_wrong_arguments_are_a_clear_error(call, message):
    with pytest.raises(ValueError, match=message):
        call()


def test_an_optimizer_serves_one_set_of_variables():
    optimizer = nn.Adam()
    optimizer.apply([np.zeros(2)], [np.zeros(2)])
    with pytest.raises(ValueError, match="make a new one"):
        optimizer.apply([np.zeros(3)], [np.zeros(3)])
