"""What a judge without TensorFlow can say of a Keras classifier whose output is softmax.

`seen` is what a drive has seen of a model, see `networks`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Sized
from typing import Any

import numpy as np

from course_utils import nn

from ..answer import Raised, plain
from ..plain_words import in_plain_words
from .first_step import adam_problem, optimizer_too
from .networks import refused, training_only
from .unasked import other_optimizer, told, unasked_setting


def share_problem(probabilities: Any, inputs: Sized, classes: int = 10, sample: str = "digit") -> str | None:
    """What keeps the output from being shares of the classes for each sample; None when it is.

    >>> share_problem(np.array([[0.5, 0.5]]), inputs=["one sample"], classes=2)
    >>> share_problem(np.array([[3.0, -1.0]]), inputs=["one sample"], classes=2)
    'the 2 numbers for a digit should be shares: not negative, and 1 together'
    """
    p, expected = np.asarray(probabilities), (len(inputs), classes)
    if p.shape != expected:
        return f"{len(inputs)} {sample}s should give predictions of shape {expected}, but gave {p.shape}"
    if not np.allclose(p.sum(axis=-1), 1, atol=1e-3) or p.min() < 0:
        return f"the {classes} numbers for a {sample} should be shares: not negative, and 1 together"
    return None


def evaluated(model: Any, inputs: np.ndarray, labels: np.ndarray) -> dict[str, Any]:
    """For a drive: the model's scores on a batch and its weights after one step, or why Keras refuses."""
    model.run_eagerly = True  # one step is quicker than the translation of the step into a graph
    seen = dict(zip(("scores", "refused"), refused(model.test_on_batch, inputs, labels), strict=True))
    seen["in_training"] = plain(model(inputs, training=True))
    seen["told"] = told(model)
    if not seen["refused"]:
        seen["of_shares"] = plain(model.compute_loss(None, labels, plain(model(inputs))))
        model.train_on_batch(inputs, labels)
        seen["after"] = model.get_weights()
    return seen


def compile_problem(
    seen: Mapping[str, Any], inputs: np.ndarray, labels: np.ndarray, gradients: Sequence[np.ndarray] | None = None
) -> str | None:
    """What is wrong with loss, metrics or optimizer (Adam), judged from one evaluation and one step of training.

    With the slopes of all weights, the step of each of them must be Adam's.
    """
    if seen["refused"]:
        return cannot_evaluate(seen)
    if problem := unasked_setting(seen):
        return problem
    loss, *metrics = np.atleast_1d(seen["scores"])
    p = seen["probabilities"]
    with np.errstate(divide="ignore"):
        as_they_are = -np.mean(np.log(p[np.arange(len(p)), labels]))  # Keras does not clip shares whose logits it has
    if min(abs(loss - right) for right in (nn.sparse_categorical_crossentropy(labels, p), as_they_are)) > 1e-3:
        also = optimizer_too(seen["weights"], seen["after"])
        return f"the loss is not the cross-entropy of the labels 0 to {p.shape[1] - 1}{also}"
    if not np.isclose(metrics, np.mean(p.argmax(axis=1) == labels), atol=1e-5).any():
        return "the model does not report its accuracy"
    if gradients is not None:
        clipped = nn.sparse_categorical_crossentropy(labels, p)
        problem = takes_scores(seen, clipped) or training_only(seen) or other_optimizer(seen)
        return problem or adam_problem(seen["weights"], seen["after"], gradients)
    if not np.allclose(np.abs(first_step(seen)), 0.001, rtol=0.2):
        return "the first step of training is not one of adam with its usual learning rate of 0.001"
    return other_optimizer(seen)


def takes_scores(seen: Mapping[str, Any], clipped: float | None = None) -> str | None:
    """That the loss was told to expect scores, although Keras finds those below the last activation by itself.

    `clipped` is the loss of the shares where none counts as less than 1e-7; the loss of scores knows no such bound.
    """
    right = [np.ravel(seen["scores"])[0], *([] if clipped is None else [clipped])]
    if np.isclose(seen["of_shares"], right, atol=1e-3).any():
        return None
    return (
        "the loss is told to expect scores, by `from_logits=True`, and the last layer gives shares. Keras notices it "
        "here and takes the scores below the activation; given shares alone, it takes them for scores"
    )


def cannot_evaluate(seen: Mapping[str, Any]) -> str:
    """Why Keras refuses to evaluate a model, in its own words and in plain ones."""
    told = f"Keras cannot evaluate the model: {seen['refused']}"
    return f"{told.rstrip('.')}. {in_plain_words(Raised('ValueError', seen['refused']))}".rstrip()


def first_step(seen: Mapping[str, Any]) -> np.ndarray:
    """How far one step moved the output biases. Adam moves each by its learning rate, whatever the slope."""
    return seen["after"][-1] - seen["weights"][-1]


def loss_and_accuracy(probabilities: np.ndarray, labels: np.ndarray) -> tuple[float, float]:
    """Mean of -log(share of the right class), and the share of rows whose largest share is the right class.

    >>> loss_and_accuracy(np.array([[0.5, 0.5], [0.0, 1.0]]), np.array([0, 0]))[1]
    0.5
    """
    return (
        nn.sparse_categorical_crossentropy(labels, probabilities),
        float(np.mean(np.argmax(probabilities, axis=1) == labels)),
    )
