"""Lesson 08 against keras.optimizers and Keras's schedule, step by step, on variables in float64.

Keras keeps Adam's beta_2 in float32, which costs it the sixth place; so Adam is compared here with its means written
out as weighted sums, and with Keras in test_lesson_08.py.
"""

import functools

import numpy as np


@functools.cache
def keras():
    from course_utils.environment import import_tensorflow

    import_tensorflow()
    import keras

    return keras


def by_keras(name, **fixed):
    """The places of a Keras optimizer after each step, for the same gradients."""

    def places(settings, w, gradients):
        optimizer = getattr(keras().optimizers, name)(**{**fixed, **settings})
        variable = keras().Variable(w, dtype="float64")
        seen = []
        for gradient in gradients:
            optimizer.apply([keras().ops.convert_to_tensor(gradient)], [variable])
            seen.append(variable.numpy().copy())
        return seen

    return places


def rates(steps, top, warmup, total):
    cosine = keras().optimizers.schedules.CosineDecay(
        0.0 if warmup else top, total - warmup, warmup_target=top if warmup else None, warmup_steps=warmup
    )
    return [float(cosine(step)) for step in steps]


def adam(settings, w, gradients):
    """Keras's form, with m and v as weighted sums over all the gradients so far."""
    beta_1, beta_2 = settings.get("beta_1", 0.9), settings.get("beta_2", 0.999)
    rate, epsilon, g = settings["learning_rate"], settings.get("epsilon", 1e-7), np.array(gradients)
    places = [w]
    for t in range(1, len(g) + 1):
        age = np.arange(t)[::-1]
        m = (1 - beta_1) * np.tensordot(beta_1**age, g[:t], axes=1)
        v = (1 - beta_2) * np.tensordot(beta_2**age, g[:t] ** 2, axes=1)
        now = rate * np.sqrt(1 - beta_2**t) / (1 - beta_1**t)
        places.append(places[-1] - now * m / (np.sqrt(v) + epsilon))
    return places[1:]


ORACLES = {
    "sgd": by_keras("SGD"),
    "momentum": by_keras("SGD", momentum=0.9),
    "rmsprop": by_keras("RMSprop"),
    "adam": adam,
    "schedule": rates,
    "nesterov": by_keras("SGD", momentum=0.9, nesterov=True),
}
