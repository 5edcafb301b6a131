"""Lesson 15 against sums written out, nudged numbers, the uniform limits of the papers, and `statistics`."""

import statistics

import numpy as np

STEP = 1e-6
BEND = 1e-5  # above which a sum passes ReLU; with it the slope at 0 is the 0 of the text


def norms(dy, kernels, slopes):
    """The derivative of sum(dy * output) by each layer's z, found by nudging every z of the linearised network."""
    found = []
    for layer, slope in enumerate(slopes):
        gradient = np.zeros(slope.shape)
        for place in np.ndindex(slope.shape):
            z = np.zeros(slope.shape)
            z[place] = 1.0
            for after in range(layer, len(slopes)):
                y = z * slopes[after]
                z = y @ kernels[after + 1] if after + 1 < len(slopes) else y
            gradient[place] = (dy * y).sum()
        found.append(np.linalg.norm(gradient))
    return np.array(found)


def std(fan_in, fan_out, activation):
    """From the uniform limits that the papers give: a uniform number in [-a, a] has deviation a / sqrt(3)."""
    limit = (6 / fan_in) ** 0.5 if activation == "relu" else 6**0.5 / (fan_in + fan_out) ** 0.5
    return limit / 3**0.5


def forward(x, W, bend=0.0):
    rows = []
    for row in x.tolist():
        sums = [sum(a * w for a, w in zip(row, column, strict=True)) for column in W.T.tolist()]
        rows.append([a + (s if s > bend else 0.0) for a, s in zip(row, sums, strict=True)])
    return np.array(rows)


def nudged(f, at):
    gradient = np.zeros(at.shape)
    for place in np.ndindex(at.shape):
        up, down = at.copy(), at.copy()
        up[place] += STEP
        down[place] -= STEP
        gradient[place] = (f(up) - f(down)) / (2 * STEP)
    return gradient


def backward(dy, x, W):
    """Each number of x and W is moved a little; what becomes of sum(dy * y)?"""
    return (
        nudged(lambda moved: (dy * forward(moved, W, BEND)).sum(), x),
        nudged(lambda moved: (dy * forward(x, moved, BEND)).sum(), W),
    )


def clipped(grads, limit):
    numbers = [float(n) for g in grads for n in g.ravel()]
    length = np.hypot.reduce(np.array(numbers))
    return [g.copy() if length <= limit else g / (length / limit) for g in grads]


def normalized(x, gamma, beta, epsilon):
    rows = []
    for row in x.tolist():
        mean, spread = statistics.fmean(row), (statistics.pvariance(row) + epsilon) ** 0.5
        rows.append([g * (n - mean) / spread + b for n, g, b in zip(row, gamma, beta, strict=True)])
    return np.array(rows)


ORACLES = {
    "gradient-norms": norms,
    "kernel-std": std,
    "residual": forward,
    "residual-backward": backward,
    "clip-by-norm": clipped,
    "layer-norm": normalized,
}
