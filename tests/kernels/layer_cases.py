"""The table of layers that the contract tests run through: each once, with every setting that changes its formulas.

Names and settings are Keras's, so the same line makes our layer and the Keras layer it is compared with.
"""

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from course_utils import nn


@dataclass
class Case:
    """A layer by its Keras name, its settings, and the shape of an input."""

    name: str
    settings: dict[str, Any]
    shape: tuple[int, ...]
    training: bool = False
    bad_shapes: list[tuple[int, ...]] = field(default_factory=list)  # at first use
    bad_later: list[tuple[int, ...]] = field(default_factory=list)  # once built for `shape`

    def __str__(self) -> str:
        settings = ",".join(f"{k}={v}" for k, v in self.settings.items()).replace(" ", "")
        return f"{self.name}({settings}){'-training' if self.training else ''}-{len(self.shape)}d"

    @property
    def words(self) -> bool:
        return self.name == "Embedding"

    def x(self, rng: np.random.Generator, n: int | None = None, dtype: str = "float64") -> np.ndarray:
        shape = self.shape if n is None else (n, *self.shape[1:])
        if self.words:
            return rng.integers(0, self.settings["input_dim"], shape)
        return rng.normal(size=shape).astype(dtype)

    def ours(self, rng: np.random.Generator, dtype: str = "float64") -> nn.Layer:
        """Our layer, built, with every weight random (the usual first values, 0 and 1, would hide mistakes)."""
        layer = getattr(nn, self.name)(**self.settings)
        layer.build(self.shape, dtype)
        layer.set_weights([rng.uniform(0.2, 1.0, w.shape) * rng.choice([-1, 1], w.shape) for w in layer.get_weights()])
        if "moving_variance" in layer.state:
            layer.state["moving_variance"][...] = rng.uniform(0.5, 2.0, layer.state["moving_variance"].shape)
        return layer


IMAGE = (3, 7, 6, 5)
SEQUENCE = (3, 6, 5)

CASES = [
    Case("Dense", {"units": 4}, (3, 5), bad_shapes=[(5,), ()], bad_later=[(3, 4)]),
    Case("Dense", {"units": 4, "use_bias": False}, (3, 5)),
    *[
        Case("Dense", {"units": 4, "activation": name}, (3, 5))
        for name in ["relu", "leaky_relu", "sigmoid", "tanh", "softplus", "gelu", "softmax"]
    ],
    Case("Dense", {"units": 4, "activation": "tanh"}, (2, 3, 5)),
    Case("Flatten", {}, (3, 2, 4), bad_shapes=[(5,)]),
    Case("Activation", {"activation": "relu"}, (3, 5)),
    Case("Activation", {"activation": "softmax"}, (2, 3, 5), bad_shapes=[(5,)]),
    Case("Dropout", {"rate": 0.5}, (3, 5)),
    Case("BatchNormalization", {}, (6, 5), bad_shapes=[(5,)], bad_later=[(6, 4)]),
    Case("BatchNormalization", {"momentum": 0.9, "epsilon": 0.01}, (6, 5), training=True),
    Case("BatchNormalization", {}, IMAGE, training=True),
    Case("LayerNormalization", {}, (3, 5), bad_shapes=[(5,)], bad_later=[(3, 4)]),
    Case("LayerNormalization", {"epsilon": 0.01}, SEQUENCE),
    Case(
        "Conv2D",
        {"filters": 4, "kernel_size": 3},
        IMAGE,
        bad_shapes=[(3, 7, 6), (3, 2, 6, 5), (3, 7, 2, 5)],
        bad_later=[(3, 7, 6, 4)],
    ),
    Case("Conv2D", {"filters": 4, "kernel_size": 3}, (3, 7, 6, 1)),
    Case("Conv2D", {"filters": 4, "kernel_size": [3, 2], "padding": "same", "activation": "tanh"}, IMAGE),
    Case("Conv2D", {"filters": 4, "kernel_size": [2, 3], "strides": 2, "padding": "same"}, IMAGE),
    Case("Conv2D", {"filters": 4, "kernel_size": 3, "strides": [2, 1], "use_bias": False}, IMAGE),
    Case("Conv2D", {"filters": 4, "kernel_size": 3, "strides": 2, "padding": "same"}, (3, 7, 6, 2)),
    Case("Conv2D", {"filters": 4, "kernel_size": 1, "strides": 3}, IMAGE),
    *[
        case
        for name in ["MaxPooling2D", "AveragePooling2D"]
        for case in [
            Case(name, {"pool_size": 2}, IMAGE, bad_shapes=[(3, 7, 6), (3, 1, 6, 5)]),
            Case(name, {"pool_size": 3, "strides": 2}, IMAGE),
            Case(name, {"pool_size": [3, 2], "strides": 2, "padding": "same"}, IMAGE),
            Case(name, {"pool_size": 3, "strides": 1, "padding": "same"}, IMAGE),
        ]
    ],
    Case("Embedding", {"input_dim": 7, "output_dim": 4}, (3, 5), bad_shapes=[()]),
    *[
        case
        for name in ["SimpleRNN", "LSTM"]
        for case in [
            Case(name, {"units": 4}, SEQUENCE, bad_shapes=[(3, 5), (3, 0, 5)], bad_later=[(3, 6, 4)]),
            Case(name, {"units": 4, "return_sequences": True}, SEQUENCE),
            Case(name, {"units": 1}, (2, 2, 1)),
        ]
    ],
    Case("SimpleRNN", {"units": 4, "activation": "relu", "return_sequences": True}, SEQUENCE),
    Case(
        "MultiHeadAttention",
        {"num_heads": 2, "key_dim": 3},
        SEQUENCE,
        bad_shapes=[(3, 5), (3, 2, 2, 5)],
        bad_later=[(3, 6, 4)],
    ),
    Case("MultiHeadAttention", {"num_heads": 3, "key_dim": 2, "value_dim": 4}, SEQUENCE),
]
