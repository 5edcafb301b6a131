"""What Keras refuses most often, and what to try. As in `advice`."""

from __future__ import annotations

from .advice import Advice

KERAS_ADVICE = (
    Advice(
        "ValueError",
        r"You must call `compile\(\)` before",
        "The model does not know its loss yet. `model.compile(optimizer=…, loss=…, metrics=[…])` comes before `fit` and `evaluate`.",
    ),
    Advice(
        "ValueError",
        r"expected axis -?\d+ of input shape to have value (\d+), but received input with shape (\([^)]*\))",
        "The layer was made for {1} along this axis, and what came has the shape {2}. The first place of a shape counts the "
        "examples: which place of `shape` counts what comes in for one example?",
    ),
    Advice(
        "ValueError",
        r"[Ii]nput .* is incompatible with the layer|Invalid input shape for input Tensor",
        "The layer was made for another shape of input. Compare `keras.Input(…)` with the shape of one example, `x.shape[1:]`: "
        "which axis is missing, too many, or of another length?",
    ),
    Advice(
        "ValueError",
        r"Could not (?:interpret|locate|deserialize).*(?:loss|metric|optimizer|activation|initializer|[Ff]unction)|Unknown (?:loss|metric|activation|optimizer)",
        "Keras does not know this name. Look for a slip in the spelling; names are written in small letters with underscores.",
    ),
    Advice(
        "ValueError",
        r"Argument `output` must have rank|`logits` and `labels` must have the same shape|target.*output.*same shape|Arguments `target` and `output` must have the same",
        "The labels and the outputs do not fit this loss. Class numbers go with sparse_categorical_crossentropy, rows of 0 and 1 "
        "with categorical_crossentropy, a single yes or no with binary_crossentropy.",
    ),
    Advice(
        "ValueError|TypeError",
        r"dtype='string'|dtype=string|Cannot convert .* to EagerTensor of dtype",
        "A text stands where Keras wants a number. If yours is in `compile`: its third place is not that of the metrics, so "
        "name it, `metrics=[…]`.",
    ),
    Advice(
        "KeyError|ValueError",
        r"Unknown variable|optimizer can only be called for the variables it was originally built with",
        "This optimizer was made for other weights, those of an earlier `compile` or of another network. Give each one a new "
        "optimizer.",
    ),
    Advice(
        "ValueError|TypeError",
        r"(?:Unrecognized keyword arguments?|unexpected keyword argument).*'weights'",
        "A layer takes no `weights=`: that was so in old versions of Keras. Build the model first; then "
        "`model.set_weights([…])` takes the arrays of all its layers in one list.",
    ),
    Advice(
        "ValueError",
        r"Cannot convert '(\d+)' to a shape",
        "`({1})` is a number, `({1},)` a shape: a comma is missing.",
    ),
    Advice(
        "ValueError",
        r"Data cardinality is ambiguous.*'x' sizes: ([\d, ]+)\n'y' sizes: ([\d, ]+)",
        "x and y must have as many rows; yours have {1} and {2}. Which axis of x counts the examples, and did a `reshape` "
        "or a slice change it?",
    ),
    Advice(
        "ValueError",
        r"Passed in object .* not tf\.Tensor or tf\.Variable",
        "The tape sees Keras's variables by itself: leave out `watch`.",
        where=r"\bwatch\(",
    ),
    Advice(
        "ValueError",
        r"weight shape (\([\d, ]*\)) is not compatible with provided weight shape (\([\d, ]*\))",
        "The layer's weights have the shape {1}, and those given {2}. The first number of a kernel is the size of what "
        "comes in, the last one the layer's own: which of them was read off the wrong place?",
    ),
)
