"""The questions answered in the head, worked out from the numbers in their text, without the course."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from itertools import pairwise


def numbers_in(text: str) -> list[float]:
    """All numbers of a text, in their order."""
    return [float(number) for number in re.findall(r"-?\d+(?:\.\d+)?", text)]


def ordinal(text: str) -> int:
    """The place, from 0, that a text names with a word."""
    return next(i for i, word in enumerate(("first", "second", "third")) if f"the {word}" in text)


def _stops(losses: list[float], patience: float) -> list[int]:
    best = 0
    for epoch, loss in enumerate(losses):
        best = epoch if loss < losses[best] else best
        if epoch - best == patience:
            return [epoch + 1, best + 1]
    raise AssertionError("the losses end before the training does")


def _window(size: float, window: float, stride: float, pad: float) -> int:
    return len(range(0, int(size + 2 * pad - window) + 1, int(stride)))


def _row(words: list[float], length: int) -> list[float]:
    return (words + [0] * length)[:length] if len(words) < length else words[len(words) - length :]


def _clipped(a: float, b: float, limit: float) -> list[float]:
    longer = max(math.hypot(a, b) / limit, 1)
    return [a / longer, b / longer]


def _agree(n: list[float]) -> float:
    return sum(label == said for label, said in zip(n[:5], n[5:10], strict=True))


def _called(n: list[float]) -> int:
    return sum((label, said) == (n[10], n[11]) for label, said in zip(n[:5], n[5:10], strict=True))


def _momentum(w: float, rate: float, beta: float, g: float) -> list[float]:
    return [w - rate * g, w - rate * g - (beta * rate * g + rate * g)]


# For each question, what a learner works out of the text; n are the numbers in it, t is the text itself.
FROM_TEXT: dict[str, Callable[[list[float], str], float | list[float]]] = {
    "01_neuron/weighted-sum": lambda n, t: n[0] * n[2] + n[1] * n[3] + n[4],
    "01_neuron/count-parameters": lambda n, t: sum(a * b + b for a, b in pairwise(n)),
    "02_activations/relu": lambda n, t: [max(x, 0) for x in n],
    "02_activations/softmax": lambda n, t: [e / sum(n) for e in n],
    "02_activations/sigmoid-slope": lambda n, t: n[0] - n[0] ** 2,
    "02_activations/merge-layers": lambda n, t: [n[2] * n[0], n[2] * n[1] + n[3]],
    "03_layers/dense": lambda n, t: [n[4] + n[6] * n[0] + n[7] * n[2], n[5] + n[6] * n[1] + n[7] * n[3]],
    "03_layers/forward": lambda n, t: n[2] * max(n[0] * n[4] + n[1], 0) + n[3],
    "04_losses/mse": lambda n, t: ((n[0] - n[2]) ** 2 + (n[1] - n[3]) ** 2) / 2,
    "04_losses/crossentropy-gradient": lambda n, t: [p - (i == ordinal(t)) for i, p in enumerate(n)],
    "04_losses/mse-gradient": lambda n, t: [n[2] - n[0], n[3] - n[1]],
    "05_gradient_descent/gradient-step": lambda n, t: n[0] - n[1] * n[2],
    "05_gradient_descent/minibatches": lambda n, t: [math.ceil(n[0] / n[1]), n[0] % n[1]],
    "05_gradient_descent/numerical-gradient": lambda n, t: (n[2] - n[0]) / (n[3] - n[1]),
    "06_backprop/dense-backward": lambda n, t: [n[2] * n[1], n[2] * n[0], n[2]],
    "06_backprop/sigmoid-backward": lambda n, t: n[1] * (n[0] - n[0] ** 2),
    "07_numpy_mnist/accuracy": lambda n, t: _agree(n) / 5,
    "07_numpy_mnist/one-hot": lambda n, t: [float(place == n[2]) for place in range(int(n[0]))],
    "07_numpy_mnist/confusion-matrix": lambda n, t: _called(n),
    "08_optimizers/momentum": lambda n, t: _momentum(n[0], n[2], n[3], n[4]),
    "08_optimizers/schedule": lambda n, t: n[1] / n[2] * n[3],
    "08_optimizers/sgd": lambda n, t: n[0] - n[1] * (n[2] + n[3]),
    "09_keras_workflow/scores": lambda n, t: [n[1] / n[0], n[1] / 10],
    "09_keras_workflow/standardize": lambda n, t: (n[2] - n[0]) / n[1],
    "09_keras_workflow/decide": lambda n, t: [float(p >= n[4]) for p in n[:4]],
    "10_keras_mnist/read-history": lambda n, t: sorted(range(1, 6), key=lambda epoch: n[epoch - 1])[0],
    "10_keras_mnist/read-predictions": lambda n, t: [n[4:8].index(max(n[4:8])), max(n[4:8])],
    "10_keras_mnist/prepare": lambda n, t: n[0] / 255,
    "11_regularization/dropout": lambda n, t: [0 if i == ordinal(t) else x / (1 - n[0]) for i, x in enumerate(n[1:])],
    "11_regularization/early-stopping": lambda n, t: _stops(n[:-1], n[-1]),
    "11_regularization/l2": lambda n, t: n[-1] * sum(w * w for w in n[:3]),
    "12_tuning/log-uniform": lambda n, t: math.sqrt(n[0] * n[1]),
    "12_tuning/choose-report": lambda n, t: n[3:][n[:3].index(max(n[:3]))],
    "12_tuning/mean-error": lambda n, t: [(n[0] + n[1]) / 2, (n[1] - n[0]) / 2],
    "13_cnn/output-size": lambda n, t: _window(*n),
    "13_cnn/slide": lambda n, t: sum(k * p for k, p in zip(n[:4], n[4:], strict=True)),
    "13_cnn/max-pool": lambda n, t: [max(n[i] for i in (2, 3, 6, 7)), max(n[i] for i in (4, 5, 8, 9))],
    "14_rnn_lstm/lstm-step": lambda n, t: n[1] * n[0] + n[2] * n[3],
    "14_rnn_lstm/next-words": lambda n, t: n[1:],
    "14_rnn_lstm/pad": lambda n, t: _row(n[:-1], int(n[-1])),
    "15_deep_networks/residual": lambda n, t: n[1] + max(n[0] * n[1], 0),
    "15_deep_networks/clip-by-norm": lambda n, t: _clipped(*n),
    "15_deep_networks/kernel-std": lambda n, t: math.sqrt(2 / n[0]),
    "15_deep_networks/layer-norm": lambda n, t: [n[3] - n[2], n[3] + n[2]],
    "16_attention/attend": lambda n, t: sum(v for i, v in enumerate(n) if i != ordinal(t)) / 2,
    "16_attention/causal-mask": lambda n, t: [float(place <= n[1]) for place in range(1, int(n[0]) + 1)],
    "17_gan/generator-loss": lambda n, t: [-n[0], n[0] - 1],
    "17_gan/covered-modes": lambda n, t: sum(sum(abs(x - c) <= 1 for x in n[:8]) >= 2 for c in (0, 10, 20)),
    "18_transfer_learning/count-trainable": lambda n, t: n[0] * n[1] + n[1],
    "19_gpu_training/epoch-time": lambda n, t: [n[0] * (n[1] + n[2]), n[1] + n[2] + (n[0] - 1) * max(n[1:3])],
    "19_gpu_training/whole-gradient": lambda n, t: (n[0] * n[1] + n[2] * n[3]) / (n[0] + n[2]),
    "19_gpu_training/scaled-step": lambda n, t: n[0] / 2,
}
