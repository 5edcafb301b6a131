"""Errors of Keras and TensorBoard, made for real."""

from pathlib import Path

import numpy as np
import pytest

from course_utils import data


def keras_models():
    keras = pytest.importorskip("keras")
    return keras, keras.Sequential([keras.Input((4,)), keras.layers.Dense(3, activation="softmax")])


def not_compiled():
    keras_models()[1].fit(np.zeros((8, 4)), np.zeros(8), verbose=0)


def other_shape():
    keras_models()[1](np.zeros((8, 5), np.float32))


def other_axes():
    keras = keras_models()[0]
    keras.Sequential([keras.layers.Conv2D(2, 3)])(np.zeros((8, 28, 28), np.float32))


def other_optimizer():
    keras, model = keras_models()
    optimizer = keras.optimizers.Adam()
    optimizer.build(model.trainable_variables)
    optimizer.apply_gradients([(v, v) for v in keras_models()[1].trainable_variables])


def other_weights():
    model = keras_models()[1]
    model.layers[-1].set_weights([np.zeros((5, 3)), np.zeros(3)])


def other_name():
    _, model = keras_models()
    model.compile("adam", "sparse_categorical_crossentropi")
    model.fit(np.zeros((8, 4)), np.zeros(8, int), verbose=0)


def activation_name():
    keras, _ = keras_models()
    keras.layers.Dense(3, activation="reluu")


def other_labels():
    _, model = keras_models()
    model.compile("adam", "categorical_crossentropy")
    model.train_on_batch(np.zeros((8, 4)), np.zeros(8, int))


def unread_log():
    from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

    EventAccumulator(".").Tensors("epoch_loss")


def other_count():
    _, model = keras_models()
    model.compile("adam", "sparse_categorical_crossentropy")
    model.fit(np.zeros((10, 4)), np.zeros(8, int), verbose=0)


def bare_size():
    keras_models()[0].Input(30)


def watched_variables():
    tf = pytest.importorskip("tensorflow")
    with tf.GradientTape() as tape:
        tape.watch(keras_models()[1].trainable_variables)


def scalars_of_tensors():
    from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

    log = EventAccumulator(str(Path(data.__file__).with_name("tensorboard") / "ash" / "train"))
    log.Reload()
    log.Scalars("epoch_loss")


def history():
    _, model = keras_models()
    model.compile("adam", "sparse_categorical_crossentropy")
    model.fit(np.zeros((8, 4)), np.zeros(8, int), verbose=0).get_weights()


def text_for_number():
    _, model = keras_models()
    model.compile("adam", "sparse_categorical_crossentropy", ["accuracy"])
    model.fit(np.zeros((8, 4)), np.zeros(8, int), verbose=0)
