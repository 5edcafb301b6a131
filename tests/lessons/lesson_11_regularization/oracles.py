"""Lesson 11 by other means: Keras's own regularizer, layer and callback, SciPy's shift, plain loops."""

from types import SimpleNamespace

import numpy as np
from scipy import ndimage


def dropout(x, rate, draws, training):
    """Number by number."""
    if not training:
        return x
    pairs = zip(x.flat, draws.flat, strict=True)
    result = [0.0 if draw < rate else float(number) / (1.0 - rate) for number, draw in pairs]
    return np.array(result).reshape(x.shape)


def l2(W, strength):
    """Keras's regularizer for the penalty, TensorFlow's tape for its gradient."""
    import keras
    import tensorflow as tf

    weights = tf.Variable(np.asarray(W, float))
    with tf.GradientTape() as tape:
        penalty = keras.regularizers.L2(1.0)(weights)  # its strength would be rounded to float32
    return strength * float(penalty), strength * tape.gradient(penalty, weights).numpy()


def early_stopping(val_losses, patience):
    """Keras's callback, told the losses one by one."""
    import keras

    model = SimpleNamespace(stop_training=False)
    callback = keras.callbacks.EarlyStopping(monitor="val_loss", patience=patience)
    callback.set_model(model)
    callback.on_train_begin()
    for epoch, loss in enumerate(val_losses):
        callback.on_epoch_end(epoch, {"val_loss": loss})
        if model.stop_training:
            break
    return epoch + 1, callback.best_epoch + 1


def batch_norm(x, gamma, beta, stored_mean, stored_variance, training, momentum=0.9, epsilon=1e-3):
    """Keras's layer in float64."""
    import keras

    layer = keras.layers.BatchNormalization(momentum=momentum, epsilon=epsilon, dtype="float64")
    layer.build(x.shape)
    layer.set_weights([gamma, beta, stored_mean, stored_variance])
    y = np.array(layer(x, training=training))
    return y, *(np.array(w) for w in layer.get_weights()[2:])


def batch_norm_backward(dy, x, gamma, epsilon=1e-3):
    """TensorFlow's tape through Keras's layer in training, in float64."""
    import keras
    import tensorflow as tf

    layer = keras.layers.BatchNormalization(epsilon=epsilon, dtype="float64")
    layer.build(x.shape)
    zero = np.zeros_like(gamma)
    layer.set_weights([gamma, zero, zero, zero])
    inputs = tf.Variable(np.asarray(x, float))
    with tf.GradientTape() as tape:
        loss = tf.reduce_sum(dy * layer(inputs, training=True))
    return tuple(g.numpy() for g in tape.gradient(loss, [inputs, layer.gamma.value, layer.beta.value]))


def shift(images, down, right):
    return ndimage.shift(images, (0, down, right), order=0, mode="constant", cval=0.0)


ORACLES = {
    "dropout": dropout,
    "l2": l2,
    "early-stopping": early_stopping,
    "batch-norm": batch_norm,
    "batch-norm-backward": batch_norm_backward,
    "shift": shift,
}
