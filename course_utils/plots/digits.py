"""Pictures of a network that reads images. Each is a pair: the figure, and the text that says what there is to see.

plots.show(*pictures.confusion(labels, said))
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from course_utils import nn

from . import charts, style
from .picture import Picture


def digits(images: np.ndarray, labels: Sequence[int], columns: int = 10) -> Picture:
    """Images with their labels above."""
    figure = charts.images(images, [str(label) for label in labels], columns)
    return Picture(figure, f"{len(images)} handwritten digits with the label above each: {' '.join(map(str, labels))}.")


def pixels(image: np.ndarray, label: int, rows: slice = slice(10, 19), columns: slice = slice(8, 20)) -> Picture:
    """A part of an image as the numbers it is made of: as stored, and divided by 255."""
    part = image[rows, columns]
    figure, axes = style.figure(1, 2, (11, 3.6))
    for axis, title, values, form in [
        (axes[0], "as stored: 0 to 255", part, "d"),
        (axes[1], "prepared: 0 to 1", part / 255, ".1f"),
    ]:
        _show(axis, part, "gray_r", title, vmin=0, vmax=255)
        _write(axis, values, lambda value, form=form: format(value, form), part > 127)
    return Picture(
        figure,
        (
            f"Part of a handwritten {label} as numbers: dark strokes are near 255, paper is 0. "
            "To the right the same pixels divided by 255, from 0.0 to 1.0."
        ),
    )


def flow(image: np.ndarray, label: int, weights: Sequence[np.ndarray]) -> Picture:
    """One prepared image on its way through a network with one hidden layer: pixels, ReLU neurons, softmax shares.

    Shapes: image (28, 28); weights as from Keras: kernel (784, F), bias (F,), kernel (F, 10), bias (10,)
    """
    kernel, bias, out_kernel, out_bias = weights
    row = image.reshape(1, -1)
    neurons = nn.relu(row @ kernel + bias)
    shares = nn.softmax(neurons @ out_kernel + out_bias)[0]
    said, active = int(shares.argmax()), np.count_nonzero(neurons)
    figure, axes = style.figure(1, 4, (12.5, 2.7), gridspec_kw={"width_ratios": [1, 2.2, 1.8, 2.2]})
    _show(axes[0], image, "gray_r", f"image, label {label}")
    _show(axes[1], np.repeat(row, 60, axis=0), "gray_r", f"Flatten: {row.size} pixels in a row", aspect="auto")
    _show(axes[2], neurons.reshape(8, -1), "cividis", f"{neurons.size} neurons, {active} active (light: more)")
    for k, share in enumerate(shares):
        axes[3].bar(k, share, **style.bars(int(k == said)))
    axes[3].set(title=f"10 shares: {said} gets {shares[said]:.1%}", xticks=range(10), ylim=(0, 1.05))
    for axis in axes:
        axis.title.set_fontsize(10)
    return Picture(
        figure,
        (
            f"A handwritten {label} becomes a row of {row.size} pixels. {active} of {neurons.size} hidden neurons are "
            f"active. Of the ten shares, the largest, {shares[said]:.3f}, goes to {said}."
        ),
    )


def weight_images(kernel: np.ndarray, count: int = 16) -> Picture:
    """The weights of the `count` (a multiple of 8) hidden neurons with the largest weights, each as an image.

    Shapes: kernel (784, F)
    """
    strongest = np.argsort(-np.linalg.norm(kernel, axis=0))[:count]
    figure, axes = style.figure(-(-count // 8), 8, (11, 1.6 * -(-count // 8)))
    for neuron, axis in zip(strongest, axes.flat, strict=True):
        weights = kernel[:, neuron].reshape(28, 28)
        largest = np.abs(weights).max()
        _show(axis, weights, "PuOr_r", f"neuron {neuron}", vmin=-largest, vmax=largest)
        axis.title.set_fontsize(9)
    return Picture(
        figure,
        (
            f"The 784 weights of {count} hidden neurons as images of 28 by 28: orange spots and arcs for positive "
            "weights, purple ones for negative, on a grainy ground that is left over from the random start."
        ),
    )


def worst(
    images: np.ndarray, labels: np.ndarray, said: np.ndarray, confidences: np.ndarray, count: int = 16
) -> Picture:
    """The wrong answers that were given with the largest share."""
    wrong = np.flatnonzero(said != labels)
    first = wrong[np.argsort(-confidences[wrong], kind="stable")][:count]
    if not len(first):
        return Picture(
            charts.images(images[:1], ["no mistake"]), "There is no mistake to show: every answer was right."
        )
    titles = [f"says {said[i]} ({confidences[i]:.0%})\nlabel {labels[i]}" for i in first]
    told = "; ".join(f"a {labels[i]} taken for a {said[i]}" for i in first)
    return Picture(
        charts.images(images[first], titles, 8, 1.3),
        (f"The {len(first)} wrong answers with the largest shares, of {len(wrong)} in all: {told}."),
    )


def confusion(labels: np.ndarray, said: np.ndarray, classes: int = 10) -> Picture:
    """How often each class was taken for each other one; the diagonal, the right answers, is left empty."""
    table = np.zeros((classes, classes), int)
    np.add.at(table, (labels, said), 1)
    np.fill_diagonal(table, 0)
    figure, axis = style.figure(size=(4.8, 4.4))
    _show(axis, table, "Blues", f"{table.sum()} mistakes")
    _write(axis, table, lambda number: str(number) if number else "", table > table.max() / 2)
    axis.set(xticks=range(classes), yticks=range(classes), xlabel="the network says", ylabel="label")
    pairs = sorted(zip(*np.nonzero(table), strict=True), key=lambda pair: -table[pair])[:5]
    told = ", ".join(f"{a} taken for {b} ({table[a, b]} ×)" for a, b in pairs)
    return Picture(
        figure, f"Table of {table.sum()} mistakes, labels against answers. The most frequent: {told or 'none'}."
    )


def with_accuracy(history: dict[str, Sequence[float]]) -> dict[str, Sequence[float]]:
    """The history with its accuracy under that name, however `compile` called it.

    Errors: ValueError for a history without an accuracy.

    >>> with_accuracy({"loss": [0.5], "val_acc": [0.5], "acc": [0.75]})
    {'loss': [0.5], 'val_accuracy': [0.5], 'accuracy': [0.75]}
    """
    metric = next((name for name in history if "acc" in name and not name.startswith("val_")), None)
    if metric is None:
        raise ValueError(f"The history holds no accuracy, only {', '.join(history)}. Ask for it: metrics=['accuracy'].")
    return {name.replace(metric, "accuracy"): values for name, values in history.items()}


def training(history: dict[str, Sequence[float]]) -> Picture:
    """Loss and accuracy by epoch, of the training and, where there is one, of the validation set."""
    history = with_accuracy(history)
    figure, axes = style.figure(1, 2, (10, 3.2))
    charts.curves(history, "loss", axes[0])
    charts.curves(history, "accuracy", axes[1])
    loss, accuracy = history["loss"], history["accuracy"]
    told = (
        f"Loss and accuracy over {len(loss)} epochs. The training loss goes from {loss[0]:.2f} to {loss[-1]:.2f}, "
        f"the training accuracy from {accuracy[0]:.1%} to {accuracy[-1]:.1%}."
    )
    if "val_loss" in history:
        best = int(np.argmin(history["val_loss"]))
        told += (
            f" The validation loss is lowest, {history['val_loss'][best]:.2f}, at epoch {best + 1} and ends at "
            f"{history['val_loss'][-1]:.2f}; the validation accuracy ends at {history['val_accuracy'][-1]:.1%}."
        )
    return Picture(figure, told)


def _show(axis: Any, values: np.ndarray, colours: str, title: str, **options: Any) -> None:
    axis.imshow(values, cmap=colours, **options)
    axis.set(xticks=[], yticks=[], title=title)
    axis.grid(False)


def _write(axis: Any, values: np.ndarray, text: Any, dark: np.ndarray) -> None:
    for (row, column), value in np.ndenumerate(values):
        colour = "white" if dark[row, column] else "black"
        axis.text(column, row, text(value), ha="center", va="center", fontsize=9, color=colour)
