"""What can be told of a training from the model that comes out of it: its history, its steps, its digits, its optimizer."""

import numpy as np

from course_utils import nn
from course_utils.exercises.keras_models.fitting import places_swapped
from course_utils.exercises.keras_models.networks import forward, is_model


def history_problem(seen, images, labels, epochs):
    """What is wrong with the model's record of its training."""
    history = seen["history"]
    if len(history.get("loss", ())) != epochs:
        return f"{epochs} epochs were asked for, and the model's history tells of {len(history.get('loss', ()))}"
    if "accuracy" not in history and "acc" not in history and "sparse_categorical_accuracy" not in history:
        return "the history does not tell the accuracy"
    if "val_loss" not in history:
        return "the history tells nothing of a validation set"
    if (measured := len(history["val_loss"])) != epochs:
        return f"the validation digits were looked at {measured} times in {epochs} epochs; they should be after each"
    if saw_other_images(seen, images, labels, epochs):
        return "the model was trained on other images than those handed in, and on more of them"
    if not validated_on(seen, images, labels, last_fifth(labels)):
        return "the validation loss is not what the model's weights give for the last 20 % of the digits that were handed in"
    return None


def training_problem(seen, images, labels, epochs):
    """What is wrong with what the model has learned, and in how many steps."""
    trained_on = len(labels) * 4 // 5
    steps = steps_for(trained_on, epochs)
    if seen["steps"] != steps:
        return (
            f"{trained_on} digits in batches of 32 are {steps // epochs} steps an epoch, {steps} in all; "
            f"the optimizer made {int(seen['steps'])}"
        )
    if has_frozen(seen):
        return "a layer has not learned: its biases are still 0. Is it frozen?"
    if kept_only(labels).size:
        if saw_kept(seen, labels):
            return "the model was trained on digits that are kept for validation"
        if not stepped_by_adam(seen, steps):
            return "the training is not one with adam and its usual learning rate of 0.001"
    elif np.mean(seen["probabilities"].argmax(axis=1) == labels) < 0.9:
        return "the model has not learned which image has which label. Do images and labels stand in the same order?"
    return None


def has_frozen(seen):
    """Whether the biases of a layer are still 0."""
    return not all(bias.any() for bias in seen["weights"][1::2])


def last_fifth(labels):
    """The digits that are kept for validation."""
    return slice(len(labels) * 4 // 5, None)


def steps_for(count, epochs, batch_size=32):
    """How many steps so many digits are in so many epochs."""
    return epochs * -(-count // batch_size)


def kept_only(labels):
    """The classes that only the last fifth has."""
    kept = last_fifth(labels)
    return np.setdiff1d(labels[kept], labels[: kept.start])


def saw_kept(seen, labels):
    """Whether training has made a class likelier that only the last fifth has: its bias began at 0 and went up."""
    return bool(np.any(seen["weights"][-1][kept_only(labels)] > 0))


def stepped_by_adam(seen, steps):
    """Whether each bias of the output has made nearly all its steps in one direction, each of about 0.001.

    All slopes keep their sign: two classes are half of the digits each, the others never come.
    """
    way = np.abs(seen["weights"][-1]) / (0.001 * steps)
    return bool(np.all((way > 0.65) & (way < 1.05)))


def validated_on(seen, images, labels, part):
    """Whether the last validation loss is that of these digits, computed again from the final weights."""
    losses = seen["history"].get("val_loss")
    return bool(losses) and np.isclose(
        losses[-1], nn.sparse_categorical_crossentropy(labels[part], forward(seen["weights"], images[part])), rtol=1e-4
    )


def deep(test):
    """The mistake is recognised by `test(seen, images, labels, epochs)` on a model."""
    return lambda seen, images, labels, epochs: is_model(seen) and bool(test(seen, images, labels, epochs))


def scaled_again(seen, images, labels, epochs):
    """Whether the images that came prepared were divided by 255 once more."""
    kept = last_fifth(labels)
    return not validated_on(seen, images, labels, kept) and validated_on(seen, images / 255, labels, kept)


def fit_turned_round(seen, images, labels, epochs):
    """Whether the batch size and the epochs stand in each other's place."""
    return (
        places_swapped(seen["steps"], last_fifth(labels).start, epochs) and len(seen["history"].get("loss", ())) == 32
    )


def validated_on_another_share(seen, images, labels, epochs):
    """Whether the rest that was not trained on, and only that, was used for validation, but is not a fifth."""
    return not validated_on(seen, images, labels, last_fifth(labels)) and any(
        validated_on(seen, images, labels, slice(start, None)) and seen["steps"] == steps_for(start, epochs)
        for start in (len(labels) * tenth // 10 for tenth in (1, 2, 3, 5, 6, 7, 9))
    )


def saw_other_images(seen, images, labels, epochs):
    """Whether an epoch had more batches than there are images, and none of these was used for validation."""
    told = len(seen["history"].get("loss", ()))
    parts = last_fifth(labels), slice(None)
    return seen["steps"] > len(labels) * told > 0 and not any(validated_on(seen, images, labels, p) for p in parts)


def only_the_steps_differ(seen, images, labels, epochs):
    """Whether the history is right, and the model was trained on the first four fifths in another number of steps."""
    steps = steps_for(last_fifth(labels).start, epochs)
    told = history_problem(seen, images, labels, epochs)
    return told is None and seen["steps"] not in (0, steps) and not saw_kept(seen, labels)


def stepped_otherwise(seen, images, labels, epochs):
    """Whether the digits are the right ones and the steps are not Adam's."""
    return kept_only(labels).size and not saw_kept(seen, labels) and not stepped_by_adam(seen, seen["steps"])
