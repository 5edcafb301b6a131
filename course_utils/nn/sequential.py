"""A network: layers in a row, and the training loop around them."""

import math
from collections.abc import Iterable

import numpy as np
from numpy.typing import ArrayLike

from .batches import batches
from .callbacks import Callback, History, ProgressBar
from .chain import Chain
from .embedding import Embedding
from .layer import Layer
from .losses import Loss, get_loss
from .optimizers import Optimizer, get_optimizer


class Sequential(Chain):
    """Layers in a row, with Keras's compile, fit, evaluate and predict.

    seed makes the initial weights, the dropout and the order of the batches repeatable. All numbers have the
    type `dtype`.

    >>> from course_utils.nn import Dense
    >>> x, y = np.array([[0.0], [1.0], [2.0], [3.0]]), np.array([[1.0], [3.0], [5.0], [7.0]])
    >>> model = Sequential([Dense(1)], seed=0)
    >>> model.compile("sgd", "mean_squared_error")
    >>> history = model.fit(x, y, epochs=1000, verbose=0)
    >>> model.predict([[10.0]]).round(1)
    array([[21.]], dtype=float32)
    """

    def __init__(self, layers: Iterable[Layer], seed: int | None = None, dtype: str = "float32"):
        super().__init__(layers)
        if not self.layers:
            raise ValueError("Sequential needs at least one layer.")
        self.dtype = np.dtype(dtype)
        self.input_shape: tuple[int, ...] | None = None
        self.stop_training = False
        self.loss: Loss | None = None
        if seed is not None:
            leaves = list(self.leaves())
            own, *seeds = np.random.SeedSequence(seed).spawn(1 + len(leaves))
            self.rng = np.random.default_rng(own)
            for leaf, leaf_seed in zip(leaves, seeds, strict=True):
                leaf.rng = np.random.default_rng(leaf_seed)

    def build(self, input_shape: tuple[int, ...], dtype: type | None = None) -> None:
        """Create the parameters of all layers, of the network's own dtype."""
        if not self.built:
            super().build(input_shape, self.dtype)
            self.input_shape = (None, *input_shape[1:])

    def _as_input(self, x: ArrayLike) -> np.ndarray:
        takes_words = isinstance(next(self.leaves()), Embedding)
        return np.asarray(x) if takes_words else np.asarray(x, dtype=self.dtype)

    def compile(
        self,
        optimizer: str | Optimizer = "rmsprop",
        loss: str = "mean_squared_error",
        metrics: Iterable[str] = (),
        from_logits: bool = False,
    ) -> None:
        """Choose how to train. from_logits: the network gives scores, without softmax or sigmoid at its end.

        Errors: ValueError for a name that does not exist, or from_logits with a loss that knows no logits.
        """
        self.optimizer = get_optimizer(optimizer)
        self.loss = get_loss(loss)
        self.from_logits = from_logits
        if from_logits and not self.loss.replaces:
            raise ValueError(f"from_logits makes no sense with {loss}; it is for the cross-entropies.")
        self.metrics = list(metrics)
        for metric in self.metrics:
            if metric != "accuracy" or not self.loss.right:
                raise ValueError(f"The metric is 'accuracy', with a cross-entropy, not {metric!r} with {loss}.")

    def fit(
        self,
        x: ArrayLike,
        y: ArrayLike,
        batch_size: int = 32,
        epochs: int = 1,
        validation_data: tuple[ArrayLike, ArrayLike] | None = None,
        validation_split: float = 0.0,
        shuffle: bool = True,
        callbacks: Iterable[Callback] = (),
        verbose: int = 1,
    ) -> History:
        """Train: for each epoch and each batch forward, loss, backward, update.

        validation_split sets the last part of the data aside (before shuffling) to be evaluated after each
        epoch. verbose is 0 for silence, 1 for a progress bar, 2 for one line per epoch.

        Errors: ValueError before compile, or for data that do not fit.
        """
        self._require_compiled()
        x, y = self._as_input(x), np.asarray(y)
        if validation_split:
            if not 0 < validation_split < 1:
                raise ValueError(f"validation_split must lie between 0 and 1, but it is {validation_split}.")
            cut = math.floor(len(x) * (1 - validation_split))
            validation_data = (x[cut:], y[cut:])
            x, y = x[:cut], y[:cut]
        if not len(x):
            raise ValueError("There is no sample to train on.")
        history = History()
        shown = [ProgressBar(epochs, live=verbose == 1)] if verbose else []
        callbacks = [history, *callbacks, *shown]
        self.stop_training = False
        for callback in callbacks:
            callback.model = self
            callback.on_train_begin()
        for epoch in range(epochs):
            logs = self._train_epoch(x, y, batch_size, shuffle, callbacks)
            if validation_data is not None:
                for name, value in self.evaluate(*validation_data, return_dict=True).items():
                    logs[f"val_{name}"] = value
            for callback in callbacks:
                callback.on_epoch_end(epoch, logs)
            if self.stop_training:
                break
        for callback in callbacks:
            callback.on_train_end()
        return history

    def _train_epoch(self, x, y, batch_size, shuffle, callbacks):
        totals, seen = np.zeros(1 + len(self.metrics)), 0
        count = math.ceil(len(x) / max(batch_size, 1))
        first_layer = self.layers[0]
        first_layer.needs_dx, needed_dx = False, first_layer.needs_dx  # nobody asks how to change the data
        for i, (x_batch, y_batch) in enumerate(batches(x, y, batch_size, self.rng if shuffle else None), 1):
            totals += self.train_on_batch(x_batch, y_batch) * len(x_batch)
            seen += len(x_batch)
            logs = self._named(totals / seen)
            for callback in callbacks:
                callback.on_batch_end(i, count, logs)
        first_layer.needs_dx = needed_dx
        return logs

    def train_on_batch(self, x: np.ndarray, y: np.ndarray) -> np.ndarray:
        """One step of the training loop; returns the batch's loss and metrics from before the update."""
        y_pred = self.forward(x, training=True)
        numbers = self._loss_and_backward(np.asarray(y), y_pred)
        self.optimizer.apply(self.gradients(), self.variables())
        return numbers

    def _loss_and_backward(self, y, y_pred):
        y = self.loss.fit_labels(y, y_pred)
        last = self.layers[-1]
        if self._ends_in_probabilities():
            loss, dz = self.loss.of_logits(y, last.z)
            dx = last.backward_from_logits(dz)
            for layer in reversed(self.layers[:-1]):
                dx = layer.backward(dx)
        elif self.from_logits:
            loss, dy = self.loss.of_logits(y, y_pred)
            self.backward(dy)
        else:
            loss = self.loss.value(y, y_pred)
            self.backward(self.loss.gradient(y, y_pred))
        return np.array([loss, *self._metric_values(y, y_pred)])

    def _ends_in_probabilities(self):
        """Does the last layer end in the softmax or sigmoid that the loss can do without?

        Then the loss works on the scores before it: exact, and the gradient is simply (probability - label).
        """
        last = self.layers[-1]
        return (
            not self.from_logits
            and hasattr(last, "backward_from_logits")
            and self.loss.replaces is not None
            and last.activation == self.loss.replaces
        )

    def _metric_values(self, y, y_pred):
        if not self.metrics:
            return []
        return [self.loss.right(y, y_pred, self.from_logits).mean()]

    def _named(self, numbers):
        return dict(zip(["loss", *self.metrics], map(float, numbers), strict=True))

    def evaluate(
        self, x: ArrayLike, y: ArrayLike, batch_size: int = 256, return_dict: bool = False
    ) -> float | list[float] | dict[str, float]:
        """The loss, or [loss, accuracy], or with return_dict {"loss": ..., "accuracy": ...}, without training.

        Errors: ValueError before compile, or for data that do not fit.
        """
        self._require_compiled()
        x, y = self._as_input(x), np.asarray(y)
        if not len(x):
            raise ValueError("There is no sample to evaluate on.")
        totals = np.zeros(1 + len(self.metrics))
        for x_batch, y_batch in batches(x, y, batch_size):
            y_pred = self.forward(x_batch)
            labels = self.loss.fit_labels(y_batch, y_pred)
            if self._ends_in_probabilities():
                loss = self.loss.value(labels, self.layers[-1].z, from_logits=True)
            elif self.from_logits:
                loss = self.loss.value(labels, y_pred, from_logits=True)
            else:
                loss = self.loss.value(labels, y_pred)
            totals += np.array([loss, *self._metric_values(labels, y_pred)]) * len(x_batch)
        logs = self._named(totals / len(x))
        if return_dict:
            return logs
        return list(logs.values()) if self.metrics else logs["loss"]

    def predict(self, x: ArrayLike, batch_size: int = 256) -> np.ndarray:
        """The outputs for all x, batch_size at a time."""
        x = self._as_input(x)
        starts = range(0, max(len(x), 1), batch_size)
        return np.concatenate([self.forward(x[start : start + batch_size]) for start in starts])

    def summary(self) -> None:
        """Print each layer, the shape of its output and how many parameters it has.

        Errors: ValueError before the shapes are known.
        """
        if not self.built:
            raise ValueError("The shapes are not known yet: call the model, fit it or build(input_shape) first.")
        shape = self.input_shape
        for layer in self.layers:
            shape = layer.compute_output_shape(shape)
            print(f"{layer!r:<34} {shape!s:<24} {layer.count_params():>12,}")
        print(f"{'total':<34} {'':<24} {self.count_params():>12,}")

    def _require_compiled(self):
        if self.loss is None:
            raise ValueError("Call compile(optimizer, loss) first.")
