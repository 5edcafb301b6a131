"""What may happen between two epochs: stop early, or show how far the training is."""

import math
import sys
from typing import TextIO

import numpy as np

Logs = dict[str, float]


class Callback:
    """Called by fit; `model` is the network in training, and `model.stop_training = True` ends it."""

    model = None

    def on_train_begin(self) -> None:
        """Before the first epoch."""

    def on_batch_end(self, batch: int, batches: int, logs: Logs) -> None:
        """After batch number `batch` of `batches`, with the means of this epoch so far."""

    def on_epoch_end(self, epoch: int, logs: Logs) -> None:
        """After an epoch (numbered from 0), with its loss and metrics."""

    def on_train_end(self) -> None:
        """After the last epoch."""


class History(Callback):
    """What fit returns: `history` maps "loss", "val_loss" and so on to one number per epoch."""

    def __init__(self) -> None:
        self.epoch: list[int] = []
        self.history: dict[str, list[float]] = {}

    def on_epoch_end(self, epoch: int, logs: Logs) -> None:
        self.epoch.append(epoch)
        for name, value in logs.items():
            self.history.setdefault(name, []).append(value)


class EarlyStopping(Callback):
    """Stop when `monitor` has not improved by more than min_delta for `patience` epochs.

    Accuracies should rise, everything else should fall. restore_best_weights puts back the weights of the best
    epoch at the end.

    Errors: ValueError in fit when there is no such number to monitor.
    """

    def __init__(
        self,
        monitor: str = "val_loss",
        patience: int = 0,
        min_delta: float = 0.0,
        restore_best_weights: bool = False,
    ):
        self.monitor, self.patience, self.min_delta = monitor, patience, abs(min_delta)
        self.restore_best_weights = restore_best_weights
        self.sign = -1 if monitor.endswith("accuracy") else 1

    def on_train_begin(self) -> None:
        self.best, self.best_epoch, self.best_weights = math.inf, 0, None
        self.stopped_epoch: int | None = None

    def on_epoch_end(self, epoch: int, logs: Logs) -> None:
        if self.monitor not in logs:
            raise ValueError(f"EarlyStopping: there is no {self.monitor!r} to monitor, only {list(logs)}.")
        value = self.sign * logs[self.monitor]
        if value < self.best - self.min_delta:
            self.best, self.best_epoch = value, epoch
            if self.restore_best_weights:
                self.best_weights = self.model.get_weights()
        elif epoch - self.best_epoch >= self.patience:
            self.stopped_epoch = epoch
            self.model.stop_training = True

    def on_train_end(self) -> None:
        if self.best_weights is not None:
            self.model.set_weights(self.best_weights)


class ProgressBar(Callback):
    """A line per epoch, which grows while the epoch runs; written to standard output.

    Epoch 3/5 [##########..........] 120/240 loss: 0.2143 accuracy: 0.9375
    """

    WIDTH = 20

    def __init__(self, epochs: int, live: bool = True, stream: TextIO | None = None):
        self.epochs, self.live, self.stream = epochs, live, stream
        self.done = 0

    def on_batch_end(self, batch: int, batches: int, logs: Logs) -> None:
        self.batches = batches
        if self.live and (batch * self.WIDTH // batches != (batch - 1) * self.WIDTH // batches):
            self._write(batch, logs, end="\r")

    def on_epoch_end(self, epoch: int, logs: Logs) -> None:
        self._write(self.batches, logs, end="\n")
        self.done = epoch + 1

    def _write(self, batch: int, logs: Logs, end: str) -> None:
        full = batch * self.WIDTH // self.batches
        bar = "#" * full + "." * (self.WIDTH - full)
        numbers = " ".join(f"{name}: {np.round(value, 4):.4f}" for name, value in logs.items())
        line = f"Epoch {self.done + 1}/{self.epochs} [{bar}] {batch}/{self.batches} {numbers}"
        print(line, end=end, file=self.stream or sys.stdout, flush=True)
