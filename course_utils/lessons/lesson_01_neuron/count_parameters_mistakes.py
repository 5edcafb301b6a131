"""Count the parameters: mistakes in which gaps are counted, and which biases."""

from .count_parameters import count_parameters

WEIGHTS = "np.dot(sizes[:-1], sizes[1:])"
ALL = f"{WEIGHTS} + np.sum(sizes[1:])"

for name, hint, right, wrong in (
    (
        "weights-of-the-first-gap",
        "The biases are all there, the weights are only those of the first gap. How many gaps does the list have?",
        WEIGHTS,
        "sizes[0] * sizes[1]",
    ),
    (
        "weights-of-the-last-gap",
        "The biases are all there, the weights are only those of the last gap. Does each turn of the loop add to the sum?",
        WEIGHTS,
        "sizes[-2] * sizes[-1]",
    ),
    (
        "first-gap-left-out",
        "The first gap, from the inputs to the first layer, is not in your count. Where does your loop begin?",
        ALL,
        "np.dot(sizes[1:-1], sizes[2:]) + np.sum(sizes[2:])",
    ),
    (
        "last-joined-with-first",
        "One gap too many is counted, between the *last* layer and the inputs: `sizes[-1]` is the last size. "
        "Which is the first i for which `sizes[i - 1]` is a layer before it?",
        ALL,
        "np.dot([sizes[-1], *sizes[:-1]], sizes) + np.sum(sizes)",
    ),
    (
        "always-the-same",
        "Always 26: right for the example and for no other network. Where are the sizes in your function?",
        ALL,
        "26",
    ),
    (
        "inputs-joined-with-every-layer",
        "You join the inputs with every layer. Lines run only between neighbours: does the first factor move along?",
        WEIGHTS,
        "sizes[0] * np.sum(sizes[1:])",
    ),
    (
        "layers-joined-with-themselves",
        "You multiply each size by itself. Lines run from one layer to the *next*: which two sizes belong to a gap?",
        WEIGHTS,
        "np.dot(sizes[1:], sizes[1:])",
    ),
    (
        "all-sizes-squared",
        "You multiply each size by itself, that of the inputs too. Lines run from one layer to the *next*: "
        "which two sizes belong to a gap?",
        ALL,
        "np.dot(sizes, sizes) + np.sum(sizes)",
    ),
    (
        "every-second-gap",
        "Every second gap is left out. By how much does your index grow in each turn?",
        ALL,
        "np.dot(sizes[:-1:2], sizes[1::2]) + np.sum(sizes[1::2])",
    ),
    (
        "biases-taken-away",
        "The biases are taken away. They are parameters like the weights: which sign joins the two counts?",
        f"{WEIGHTS} +",
        f"{WEIGHTS} -",
    ),
    (
        "one-for-each-size",
        "You add 1 for each entry of the list. How many neurons does a layer have, and how many biases each?",
        "np.sum(sizes[1:])",
        "len(sizes)",
    ),
    (
        "biases-twice",
        "The biases are counted twice. Are they in your product already?",
        "np.sum(sizes[1:])",
        "2 * np.sum(sizes[1:])",
    ),
    (
        "gap-by-gap",
        "These are the counts of the gaps, one for each. The question asks for one number: all of them together.",
        ALL,
        "[a * b + b for a, b in zip(sizes, sizes[1:])]",
    ),
    (
        "a-layer-skipped",
        "You join each layer with the one after the next. Neighbours are `sizes[i]` and `sizes[i + 1]`.",
        ALL,
        "np.dot(sizes[:-2], sizes[2:]) + np.sum(sizes[2:])",
    ),
    (
        "layers",
        "This is the length of the list. Asked for are the lines and the biases of the network.",
        ALL,
        "len(sizes)",
    ),
):
    count_parameters.slip(name, hint, right, wrong, of="NumPy")


@count_parameters.mistake(
    "exactly-three-unpacked",
    "Your function takes the list apart into exactly three sizes, so it stops when there are more, or fewer. "
    "Which loop visits all of a list?",
)
def _(sizes):
    first, second, third = sizes
    return first * second + second + second * third + third


@count_parameters.mistake(
    "sorts-the-sizes",
    "You put the sizes in order, so other layers become neighbours, and the caller's list is changed too. "
    "The order of the list *is* the network: is `sort` needed?",
)
def _(sizes):
    sizes.sort()
    return sum(sizes[i] * sizes[i + 1] + sizes[i + 1] for i in range(len(sizes) - 1))
