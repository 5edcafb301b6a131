"""Weights that move both ways between Keras models and ours; the predictions agree."""

from typing import Any

import numpy as np

from .batch_normalization import BatchNormalization
from .chain import Chain, Residual
from .conv2d import Conv2D
from .dense import Dense
from .embedding import Embedding
from .layer import Layer
from .layer_normalization import LayerNormalization
from .lstm import LSTM
from .multi_head_attention import MultiHeadAttention
from .pooling import AveragePooling2D, MaxPooling2D
from .sequential import Sequential
from .simple_layers import Activation, Dropout, Flatten
from .simple_rnn import SimpleRNN

# The settings that a layer of ours and the Keras layer of the same name share, under the same names.
SHARED: dict[type[Layer], str] = {
    Dense: "units activation use_bias",
    Flatten: "",
    Activation: "activation",
    Dropout: "rate",
    BatchNormalization: "momentum epsilon",
    LayerNormalization: "epsilon",
    Conv2D: "filters kernel_size strides padding activation use_bias",
    MaxPooling2D: "pool_size strides padding",
    AveragePooling2D: "pool_size strides padding",
    Embedding: "input_dim output_dim",
    SimpleRNN: "units activation return_sequences",
    LSTM: "units return_sequences",
    MultiHeadAttention: "num_heads key_dim value_dim",
}

# What a Keras layer can do besides, and the only value for which ours computes the same.
RECURRENT = {
    "use_bias": True,
    "go_backwards": False,
    "stateful": False,
    "return_state": False,
    "time_major": False,
}
FIXED: dict[type[Layer], dict[str, Any]] = {
    Flatten: {"data_format": "channels_last"},
    BatchNormalization: {"center": True, "scale": True},
    LayerNormalization: {"center": True, "scale": True, "rms_scaling": False},
    Conv2D: {"data_format": "channels_last", "dilation_rate": (1, 1), "groups": 1},
    MaxPooling2D: {"data_format": "channels_last"},
    AveragePooling2D: {"data_format": "channels_last"},
    Embedding: {"mask_zero": False},
    SimpleRNN: RECURRENT,
    LSTM: {**RECURRENT, "activation": "tanh", "recurrent_activation": "sigmoid"},
    MultiHeadAttention: {"use_bias": True, "output_shape": None},
}
OURS = {layer.__name__: layer for layer in SHARED}


def from_keras(model: Any) -> Sequential:
    """A network of ours with the layers and weights of a Keras model, or of one built Keras layer.

    The model may be Sequential, or functional as long as it is one line of layers with residual connections
    (Add of x and of what layers make of x). Dropout inside recurrent and attention layers is left out: it does
    nothing in a prediction.

    Errors: ValueError that names a layer, or a setting of one, that we do not have.
    """
    pairs: list[tuple[Layer, Any]] = []
    is_model = hasattr(model, "layers")
    layers = _from_model(model, pairs) if is_model else [_from_layer(model, {}, pairs)]
    if not getattr(model, "built", False):
        raise ValueError("The Keras model has no weights yet: call it on data, or give it an Input, first.")
    ours = Sequential(layers, dtype=_weight_type(model))
    ours.build(tuple((model.inputs[0] if is_model else model.input).shape))
    for layer, keras_layer in pairs:
        layer.set_weights(keras_layer.get_weights())
    return ours


def to_keras(model: Chain, input_shape: tuple[int, ...] | None = None) -> Any:
    """A Keras model with the layers and weights of one of ours.

    input_shape, batch dimension first, is needed only if the network was not built with one.

    Errors: ValueError before the network is built, or for a layer that Keras has under no such name.
    """
    import keras

    shape = getattr(model, "input_shape", None) or input_shape
    if shape is None or not model.built:
        raise ValueError("The shapes are not known yet: call the model, fit it or build(input_shape) first.")
    words = isinstance(next(model.leaves()), Embedding)
    dtype = str(model.variables()[0].dtype if model.variables() else np.dtype("float32"))
    inputs = keras.Input(shape=tuple(shape[1:]), dtype="int32" if words else dtype)
    pairs: list[tuple[Layer, Any]] = []
    theirs = keras.Model(inputs, _apply(model, inputs, dtype, pairs))
    for layer, keras_layer in pairs:
        keras_layer.set_weights(layer.get_weights())
    return theirs


def _apply(layer: Layer, x: Any, dtype: str, pairs: list[tuple[Layer, Any]]) -> Any:
    """What the Keras form of `layer` makes of the Keras tensor x; notes each pair of layers in `pairs`."""
    import keras

    if isinstance(layer, Chain):
        y = x
        for inner in layer.layers:
            y = _apply(inner, y, dtype, pairs)
        return keras.layers.Add(dtype=dtype)([x, y]) if isinstance(layer, Residual) else y
    if type(layer) not in SHARED:
        raise ValueError(f"to_keras does not know the layer {layer!r}.")
    settings = {name: getattr(layer, name) for name in SHARED[type(layer)].split()}
    keras_layer = getattr(keras.layers, type(layer).__name__)(**settings, dtype=dtype)
    pairs.append((layer, keras_layer))
    if isinstance(layer, MultiHeadAttention):
        return keras_layer(x, x, use_causal_mask=layer.causal)
    return keras_layer(x)


def _from_model(model: Any, pairs: list[tuple[Layer, Any]]) -> list[Layer]:
    import keras

    if isinstance(model, keras.Sequential):
        return [_from_layer(layer, {}, pairs) for layer in model.layers]
    if len(model.inputs) != 1 or len(model.outputs) != 1:
        raise ValueError("from_keras takes models with one input and one output.")
    return _line(model.inputs[0], model.outputs[0], pairs)


def _from_layer(keras_layer: Any, call: dict[str, Any], pairs: list[tuple[Layer, Any]]) -> Layer:
    """Our layer for a Keras layer that was called with the keyword arguments `call`."""
    if hasattr(keras_layer, "layers"):
        return Chain(_from_model(keras_layer, pairs))
    kind = type(keras_layer).__name__
    if kind not in OURS:
        raise ValueError(f"from_keras does not know {kind} ({keras_layer.name}). It knows: {', '.join(OURS)}.")
    ours, config = OURS[kind], keras_layer.get_config()
    for name, only in FIXED.get(ours, {}).items():
        value = config.get(name, only)
        if (tuple(value) if isinstance(value, list) else value) != only:
            raise ValueError(f"{kind} ({keras_layer.name}) has {name}={value!r}; from_keras takes only {only!r}.")
    if "axis" in config and not _is_last_axis(config["axis"], keras_layer):
        raise ValueError(f"{kind} ({keras_layer.name}) has axis={config['axis']}; from_keras takes the last axis.")
    settings = {name: config[name] for name in SHARED[ours].split()}
    if ours is MultiHeadAttention:
        settings["causal"] = bool(call.get("use_causal_mask", False))
    layer = ours(**settings)
    pairs.append((layer, keras_layer))
    return layer


def _is_last_axis(axis: int | list[int], keras_layer: Any) -> bool:
    axes = axis if isinstance(axis, list | tuple) else [axis]
    return len(axes) == 1 and axes[0] in (-1, len(keras_layer.input.shape) - 1)


def _line(start: Any, end: Any, pairs: list[tuple[Layer, Any]]) -> list[Layer]:
    """The layers that lead from the Keras tensor `start` to `end`, found by walking back from the end."""
    layers: list[Layer] = []
    while end is not start:
        operation, inputs, call = _origin(end)
        if type(operation).__name__ == "Add" and len(inputs) == 2:
            fork, branch = inputs if _comes_from(inputs[1], inputs[0]) else inputs[::-1]
            if not _comes_from(branch, fork):
                raise ValueError(f"{operation.name} adds two branches; from_keras takes x + layers(x) only.")
            layers.append(Residual(_line(fork, branch, pairs)))
            end = fork
        elif len({id(tensor) for tensor in inputs}) == 1:
            layers.append(_from_layer(operation, call, pairs))
            end = inputs[0]
        else:
            raise ValueError(f"{operation.name} has {len(inputs)} inputs; from_keras takes one line of layers.")
    return layers[::-1]


def _origin(tensor: Any) -> tuple[Any, list[Any], dict[str, Any]]:
    """The Keras layer a tensor came out of, the tensors that went in, and how the layer was called."""
    operation, index, _ = tensor._keras_history
    node = operation._inbound_nodes[index]
    return operation, list(node.input_tensors), node.arguments.kwargs


def _comes_from(tensor: Any, source: Any) -> bool:
    return tensor is source or any(_comes_from(before, source) for before in _origin(tensor)[1])


def _weight_type(model: Any) -> str:
    weights = model.get_weights()
    return str(weights[0].dtype) if weights else "float32"
