"""What a Keras model was told that its first numbers do not show: a relative of Adam, a penalty, where biases begin.

The first step of Adamax and of Lion is that of Adam, and a penalty on biases that begin at 0 costs nothing at first.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from ..answer import over_there

_PENALTIES = ("_regularizer", "_constraint")
_OF_ONES_OWN = (NotImplementedError, TypeError, ValueError)  # a class of the learner's own may have no configuration


def told(model: Any) -> dict[str, Any]:
    """For a drive: the optimizer's kind with what was set otherwise than usual in it, and such settings of layers."""
    return over_there(settings, model)


def settings(model: Any) -> dict[str, Any]:
    """What `told` tells, of a model in this process.

    Its parts: "optimizer", the name of its class or ""; "changed", texts such as "beta_1=0.5"; "layers", for each
    setting the layer's class, its name and its value.
    """
    optimizer = getattr(model, "optimizer", None)
    optimizer = getattr(optimizer, "inner_optimizer", optimizer)  # mixed precision wraps it
    return {
        "optimizer": "" if optimizer is None else type(optimizer).__name__,
        "changed": [] if optimizer is None else list(_changed(optimizer)),
        "layers": list(dict.fromkeys(_settings(getattr(model, "layers", ())))),
    }


def _changed(optimizer: Any) -> Iterator[str]:
    try:
        usual, own = type(optimizer)().get_config(), optimizer.get_config()
    except _OF_ONES_OWN:
        return
    for name, value in own.items():
        if name not in ("name", "learning_rate") and (value or None) != (usual.get(name) or None):
            yield f"{name}={value!r}"


def _settings(layers: Collection[Any]) -> Iterator[tuple[str, str, str]]:
    for layer in layers:
        if inner := getattr(layer, "layers", ()):
            yield from _settings(inner)
            continue
        try:
            config = layer.get_config()
        except _OF_ONES_OWN:
            continue
        yield from ((type(layer).__name__, name, value) for name, value in _told(config))


def _told(config: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The settings of one layer that are seldom meant, also those of a layer inside it."""
    for name, value in config.items():
        if name.endswith(_PENALTIES) or name.endswith("bias_initializer"):
            kind = value.get("class_name", "") if isinstance(value, Mapping) else str(value or "")
            if kind not in ("", "Zeros"):
                yield name, kind
        elif isinstance(value, Mapping):
            yield from _told(value)


def unasked_setting(seen: Mapping[str, Any], asked: Collection[str] = ()) -> str | None:
    """What a layer was told that the exercise does not ask for; `asked` names what it does ask for.

    >>> unasked_setting({"told": {"layers": [("Dense", "kernel_constraint", "NonNeg")]}})
    'a Dense layer is told `kernel_constraint`, here NonNeg, and nobody asked for it'
    """
    for layer, name, value in seen["told"]["layers"]:
        if name not in asked:
            return f"a {layer} layer is told `{name}`, here {value}, and nobody asked for it"
    return None


def other_optimizer(seen: Mapping[str, Any], wanted: str = "Adam") -> str | None:
    """What is wrong with an optimizer, the learning rate aside: that shows in its first step.

    >>> other_optimizer({"told": {"optimizer": "Lion", "changed": []}})
    'the optimizer is Lion; Adam is asked for'
    """
    about = seen["told"]
    if about["optimizer"] not in ("", wanted):
        return f"the optimizer is {about['optimizer']}; {wanted} is asked for"
    if about["changed"]:
        return f"the optimizer is told `{', '.join(about['changed'])}`; {wanted} as it comes is asked for"
    return None
