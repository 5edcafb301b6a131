"""Choose the weights of a small network by hand so that it says XOR."""

import numpy as np

from course_utils.exercises import ModelExercise, small

CORNERS = [(0, 0), (0, 1), (1, 0), (1, 1)]
XOR = [False, True, True, False]


def as_numbers(part):
    """The part as an array of floats; None for texts, uneven rows and whatever else is no table of numbers."""
    try:
        array = np.asarray(part)
    except ValueError:
        return None
    return array.astype(float) if array.dtype.kind in "biuf" else None


def xor_scores(layers):
    """The network's scores at the four corners, or a sentence that says why `layers` is no network for XOR."""
    if not isinstance(layers, list | tuple) or not layers:
        return "xor_layers should be a list of layers, each a pair (W, b)"
    h = np.array(CORNERS, dtype=float)
    for number, layer in enumerate(layers, start=1):
        if not isinstance(layer, list | tuple) or len(layer) != 2:
            return f"layer {number} should be a pair (W, b) in round brackets"
        W, b = map(as_numbers, layer)
        if W is None or b is None:
            return f"layer {number} should hold a table of numbers W and a row of numbers b"
        if W.ndim != 2 or W.shape[0] != h.shape[1]:
            came = f"{h.shape[1]} numbers come in, so W needs {h.shape[1]} rows"
            return f"layer {number}: {came}, but its shape is {W.shape}"
        if b.shape != (W.shape[1],):
            return (
                f"layer {number}: W has {W.shape[1]} columns, so b needs the shape ({W.shape[1]},), but has {b.shape}"
            )
        if not np.isfinite(W).all() or not np.isfinite(b).all():
            return f"layer {number} holds a number that is not finite"
        h = h @ W + b
        if number < len(layers):
            h = np.maximum(0, h)
    return h[:, 0] if h.shape[1] == 1 else f"the last layer should give one score, but gives {h.shape[1]}"


def says(layers):
    """Yes or no at the four corners; an empty list when there is no network to ask."""
    scores = xor_scores(layers)
    return [] if isinstance(scores, str) else [bool(score > 1e-9) for score in scores]


def xor_by_hand():
    """One neuron counts the ones, one fires only for two of them; counted twice, it takes both back."""
    return [
        (np.array([[1.0, 1.0], [1.0, 1.0]]), np.array([0.0, -1.0])),
        (np.array([[1.0], [-2.0]]), np.array([-0.5])),
    ]


xor_layers = ModelExercise("xor-layers", reference=xor_by_hand, points=3, rounds=1, title="XOR by hand")


@xor_layers.cases
def _(rng):
    for x1, x2 in CORNERS:
        yield small(f"inputs {x1} and {x2}", x1, x2)


@xor_layers.drive
def _(answer, x1, x2):
    return answer if isinstance(answer, tuple | list) else None


@xor_layers.accept
def _(seen, x1, x2):
    scores = xor_scores(seen)
    if isinstance(scores, str):
        return scores
    wanted, corner = XOR[CORNERS.index((x1, x2))], CORNERS.index((x1, x2))
    if says(seen)[corner] == wanted:
        return None
    return f"the score is {scores[corner]:.4g}, and it should {'be above' if wanted else 'not be above'} 0"


@xor_layers.variant("the difference, both ways")
def _():
    return [(np.array([[1, -1], [-1, 1]]), np.array([0, 0])), (np.array([[1], [1]]), np.array([0]))]


@xor_layers.variant("plain lists and a threshold of one half")
def _():
    return [([[1, 1], [1, 1]], [0, -1]), ([[2], [-4]], [-1])]


@xor_layers.variant("three layers")
def _():
    keep = (np.eye(2), np.zeros(2))
    return [(np.ones((2, 2)), np.array([0.0, -1.0])), keep, (np.array([[1.0], [-2.0]]), np.zeros(1))]


@xor_layers.variant("numbers that float arithmetic does not hit exactly")
def _():
    return ((np.full((2, 2), 0.1), np.array([0.0, -0.1])), (np.array([[0.3], [-0.6]]), np.array([0.0])))


xor_layers.slip(
    "one-layer",
    (
        "There is no hidden layer, so this is one straight cut, and no straight cut parts the corners of XOR. "
        "What has to happen to the plane first?"
    ),
    "[([[1, 1], [1, 1]], [0, -1]), ([[2], [-4]], [-1])]",
    "[([[1], [1]], [-0.5])]",
    of="plain lists and a threshold of one half",
    when=lambda seen, x1, x2: len(says(seen)) == 4 and len(seen) == 1,
)


def one_sign(layer, part, whole=False):
    """Recognises two layers in which one sign is all that is wrong, in W (0) or b (1) of a layer; or all signs there."""

    def when(seen, x1, x2):
        if len(says(seen)) != 4 or len(seen) != 2:
            return False
        for place in [slice(None)] if whole else range(np.size(seen[layer][part])):
            turned = [[np.array(p, dtype=float) for p in pair] for pair in seen]
            turned[layer][part].flat[place] *= -1
            if says(turned) == XOR:
                return True
        return False

    return when


_PLAIN, _BOTH_WAYS = "plain lists and a threshold of one half", "the difference, both ways"
for _layer, _part, _name, _which, _right, _wrong, _of in (
    (
        0,
        1,
        "hidden-bias",
        "a bias of the hidden layer. Which sign keeps that neuron still?",
        "[0, -1]",
        "[0, 1]",
        _PLAIN,
    ),
    (
        1,
        0,
        "score-weight",
        "a weight of the last layer. Does its neuron speak for a yes or against?",
        "-4",
        "4",
        _PLAIN,
    ),
    (
        1,
        1,
        "score-bias",
        "the bias of the last layer. What is the score of 0 and 0 to be?",
        ", [-1])]",
        ", [1])]",
        _PLAIN,
    ),
    (
        0,
        0,
        "hidden-weight",
        "a weight of the hidden layer. When should its neuron fire?",
        "[-1, 1]",
        "[1, 1]",
        _BOTH_WAYS,
    ),
):
    xor_layers.slip(
        f"sign-of-a-{_name}",
        f"One sign is the wrong way round, and all else is right: that of {_which}",
        _right,
        _wrong,
        of=_of,
        when=one_sign(_layer, _part),
    )

xor_layers.slip(
    "signs-of-the-score-weights",
    "All signs of W in the last layer are the wrong way round, and all else is right. Which hidden neuron speaks for a yes?",
    "[[2], [-4]]",
    "[[-2], [4]]",
    of=_PLAIN,
    when=one_sign(1, 0, whole=True),
)

xor_layers.slip(
    "or",
    (
        "Your network also says yes when both inputs are 1: that is OR. Which hidden neuron notices that both are 1, "
        "and does its weight in the last layer take enough away?"
    ),
    "([[2], [-4]], [-1])",
    "([[1], [-1]], [0])",
    of="plain lists and a threshold of one half",
    when=lambda seen, x1, x2: says(seen) == [False, True, True, True],
)

xor_layers.slip(
    "and",
    (
        "Your network says yes only when both inputs are 1: that is AND. For which neuron of the hidden layer should "
        "both ones speak *against*?"
    ),
    "([[2], [-4]], [-1])",
    "([[0], [1]], [0])",
    of="plain lists and a threshold of one half",
    when=lambda seen, x1, x2: says(seen) == [False, False, False, True],
)

xor_layers.slip(
    "opposite",
    (
        "Your network says exactly the opposite of XOR. Which signs of the last layer would you turn round, "
        "and what must then become of its bias?"
    ),
    "([[2], [-4]], [-1])",
    "([[-1], [2]], [0.5])",
    of="plain lists and a threshold of one half",
    when=lambda seen, x1, x2: says(seen) == [True, False, False, True],
)

xor_layers.slip(
    "never",
    "Your network says no to everything: no score is above 0. Work out the score for the inputs 0 and 1. What pulls it down?",
    "([[2], [-4]], [-1])",
    "([[1], [-2]], [-1])",
    of="plain lists and a threshold of one half",
    when=lambda seen, x1, x2: says(seen) == [False] * 4,
)

xor_layers.slip(
    "always",
    "Your network says yes to everything, also to 0 and 0. For those inputs only the biases are left. How large may they be?",
    "([[2], [-4]], [-1])",
    "([[1], [-2]], [1])",
    of="plain lists and a threshold of one half",
    when=lambda seen, x1, x2: says(seen) == [True] * 4,
)

xor_layers.slip(
    "one-corner-only",
    (
        "Only one of the two mixed corners says yes. Send (0, 1) and (1, 0) through your hidden layer: what becomes "
        "of each, and which weight treats them differently?"
    ),
    "[([[1, 1], [1, 1]], [0, -1]), ([[2], [-4]], [-1])]",
    "[([[1, 0], [0, 1]], [0, 0]), ([[1], [-1]], [0])]",
    of="plain lists and a threshold of one half",
    when=lambda seen, x1, x2: says(seen) in ([False, True, False, False], [False, False, True, False]),
)

xor_layers.slip(
    "not-both",
    (
        "Your network also says yes when both inputs are 0: it says *not both*. For 0 and 0 only the biases are left. "
        "What must they come to?"
    ),
    "([[2], [-4]], [-1])",
    "([[0], [-2]], [1])",
    of="plain lists and a threshold of one half",
    when=lambda seen, x1, x2: says(seen) == [True, True, True, False],
)

xor_layers.slip(
    "neither",
    (
        "Your network says yes only when both inputs are 0. An input of 1 should speak *for* a yes, as long as it is alone: "
        "which sign has the weight of *how many ones*?"
    ),
    "([[2], [-4]], [-1])",
    "([[-2], [0]], [1])",
    of="plain lists and a threshold of one half",
    when=lambda seen, x1, x2: says(seen) == [True, False, False, False],
)

xor_layers.slip(
    "one-input",
    (
        "Your network follows one input and lets the other make no difference. Send all four corners through your hidden "
        "layer: which weight treats the two inputs differently?"
    ),
    "[([[1, 1], [1, 1]], [0, -1]), ([[2], [-4]], [-1])]",
    "[([[1, 1], [0, 0]], [0, -1]), ([[2], [0]], [-1])]",
    of="plain lists and a threshold of one half",
    when=lambda seen, x1, x2: says(seen) in ([False, False, True, True], [False, True, False, True]),
)
