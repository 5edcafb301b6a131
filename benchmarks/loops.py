"""The formulas as they stand in a textbook, one number at a time: what vectorised code is compared with."""

import math

import numpy as np


def conv2d(x: np.ndarray, kernel: np.ndarray, bias: np.ndarray) -> np.ndarray:
    """y[n, h, w, f] = sum over i, j, c of x[n, h + i, w + j, c] kernel[i, j, c, f] + bias[f]; "valid"."""
    (n, height, width, _), (kh, kw, channels, filters) = x.shape, kernel.shape
    y = np.zeros((n, height - kh + 1, width - kw + 1, filters), x.dtype)
    for s, h, w, f in np.ndindex(y.shape):
        total = bias[f]
        for i, j, c in np.ndindex(kh, kw, channels):
            total += x[s, h + i, w + j, c] * kernel[i, j, c, f]
        y[s, h, w, f] = total
    return y


def conv2d_backward(dy: np.ndarray, x: np.ndarray, kernel: np.ndarray) -> tuple[np.ndarray, ...]:
    """dx, dkernel and dbias: each product of the forward pass sends its two shares back."""
    dx, dkernel, dbias = np.zeros_like(x), np.zeros_like(kernel), np.zeros(kernel.shape[-1], x.dtype)
    for s, h, w, f in np.ndindex(dy.shape):
        d = dy[s, h, w, f]
        dbias[f] += d
        for i, j, c in np.ndindex(kernel.shape[:3]):
            dx[s, h + i, w + j, c] += d * kernel[i, j, c, f]
            dkernel[i, j, c, f] += d * x[s, h + i, w + j, c]
    return dx, dkernel, dbias


def dense(x: list[float], kernel: list[list[float]], bias: list[float]) -> list[float]:
    """One sample: y_f = sum_d x_d kernel[d][f] + bias_f."""
    return [sum(x[d] * kernel[d][f] for d in range(len(x))) + bias[f] for f in range(len(bias))]


def dense_backward(dy: list[float], x: list[float], kernel: list[list[float]]) -> tuple[list, list[list[float]]]:
    """One sample: dx_d = sum_f dy_f kernel[d][f] and dkernel[d][f] = x_d dy_f (dbias is dy)."""
    dx = [sum(d * k for d, k in zip(dy, row, strict=True)) for row in kernel]
    return dx, [[x_d * d for d in dy] for x_d in x]


def sigmoid(z: float) -> float:
    """1 / (1 + exp(-z))."""
    return 1 / (1 + math.exp(-z))


def lstm(x: list[list[float]], kernel: list, recurrent_kernel: list, bias: list[float]) -> list[float]:
    """One sample, a list of steps: the last h."""
    units = len(recurrent_kernel)
    h, c = [0.0] * units, [0.0] * units
    for step in x:
        z = [
            a + b for a, b in zip(dense(step, kernel, bias), dense(h, recurrent_kernel, [0.0] * 4 * units), strict=True)
        ]
        for u in range(units):
            i, f, g, o = (z[gate * units + u] for gate in range(4))
            c[u] = sigmoid(f) * c[u] + sigmoid(i) * math.tanh(g)
            h[u] = sigmoid(o) * math.tanh(c[u])
    return h


def softmax_crossentropy(y: list[int], logits: list[list[float]]) -> tuple[float, list[list[float]]]:
    """The mean loss and its gradient, a row at a time."""
    loss, dlogits = 0.0, []
    for label, row in zip(y, logits, strict=True):
        largest = max(row)
        e = [math.exp(z - largest) for z in row]
        total = sum(e)
        loss += math.log(total) - (row[label] - largest)
        dlogits.append([(e_k / total - (k == label)) / len(y) for k, e_k in enumerate(e)])
    return loss / len(y), dlogits


def adam(w: list[float], g: list[float], m: list[float], v: list[float], t: int, rate: float = 0.001) -> None:
    """One step on all weights, in place."""
    rate_t = rate * math.sqrt(1 - 0.999**t) / (1 - 0.9**t)
    for i in range(len(w)):
        m[i] += 0.1 * (g[i] - m[i])
        v[i] += 0.001 * (g[i] * g[i] - v[i])
        w[i] -= rate_t * m[i] / (math.sqrt(v[i]) + 1e-7)
