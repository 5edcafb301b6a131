"""Count the places at which a window fits, with any stride and padding."""

from course_utils.exercises import FunctionExercise, edge, random, small


def places(size, window, stride, pad):
    """floor((size + 2 pad - window) / stride) + 1."""
    return (size + 2 * pad - window) // stride + 1


output_size = FunctionExercise("output-size", reference=places, points=2, title="How large is the result?")


@output_size.cases
def _(rng):
    yield small("8 pixels, window 3, stride 2, 2 zeros on each side", 8, 3, 2, 2)
    yield random("an image of MNIST, window 3", 28, 3, 1, int(rng.integers(0, 2)))
    for _ in range(3):
        window, stride, pad = (int(rng.integers(low, high)) for low, high in [(2, 6), (2, 4), (1, 4)])
        yield random("any sizes", window + int(rng.integers(4, 30)), window, stride, pad)
    yield edge("28 pixels, window 3, stride 2, no padding: 13", 28, 3, 2, 0)
    yield edge("28 pixels, window 5, two zeros on each side: 28 again", 28, 5, 1, 2)
    yield edge("a photo of 224 pixels", 224, 7, 2, 3)
    yield edge("a window as large as the image", 7, 7, 3, 0)
    yield edge("one pixel", 1, 1, 1, 0)
    yield edge("the window stops before the last pixel", 9, 2, 2, 0)  # 3.5 moves: `round` would say 4


output_size.variant("whole division")(places)


@output_size.variant("int and division")
def _(size, window, stride, pad):
    return int((size + 2 * pad - window) / stride) + 1


@output_size.variant("counted")
def _(size, window, stride, pad):
    return len(range(0, size + 2 * pad - window + 1, stride))


output_size.slip(
    "no-plus-one",
    "Try 3 pixels and a window of 3: it fits at 1 place, and you say 0. The first place counts too.",
    "// stride + 1",
    "// stride",
)

output_size.slip(
    "not-whole",
    (
        "A result of 5.5 places? When the stride does not come out even, the last window would hang over the edge. "
        "Which division throws the rest away?"
    ),
    "// stride",
    "/ stride",
)

output_size.slip(
    "rounded-up",
    "You count a last window that would hang over the edge. Only windows that fit wholly inside count.",
    "(size + 2 * pad - window) // stride",
    "-(-(size + 2 * pad - window) // stride)",
)

output_size.slip(
    "padded-once", "The zeros are added on *both* sides. How much longer does the image get?", "2 * pad", "pad"
)

output_size.slip(
    "padding-ignored",
    "Your result does not depend on `pad`. How long is the image after the zeros are added?",
    " + 2 * pad",
    "",
)

output_size.slip(
    "stride-ignored",
    "That is the number of places when the window moves by 1. What if it moves by `stride`?",
    " // stride",
    "",
)

output_size.slip(
    "one-added-too-early",
    (
        "You add the 1 before dividing. Count the moves first, (length − window) // stride, then the places: "
        "one more than the moves."
    ),
    "(size + 2 * pad - window) // stride + 1",
    "(size + 2 * pad - window + 1) // stride",
)

output_size.slip(
    "division-first",
    (
        "Python divides before it adds and subtracts, so here only the window is divided by the stride. What has to "
        "stand in brackets?"
    ),
    "(size + 2 * pad - window) // stride",
    "size + 2 * pad - window // stride",
)

output_size.slip(
    "rounded",
    (
        "`round` goes to the nearest whole number, so it sometimes counts a last window that hangs over the edge. Which "
        "division always rounds down?"
    ),
    "int(",
    "round(",
    of="int and division",
)

output_size.slip(
    "window-forgotten",
    "Your result does not depend on the window. At which pixel does the last window begin that fits wholly inside?",
    "* pad - window)",
    "* pad)",
)

output_size.slip(
    "last-fit-not-counted",
    "A last window that ends exactly at the edge fits, and you do not count it. Is it `<` or `<=` at the edge, and where does your `range` stop?",
    "len(range(0, size + 2 * pad - window + 1, stride))",
    "len(range(0, size + 2 * pad - window, stride))",
    of="counted",
)

output_size.slip(
    "one-place-too-many",
    "You count one window that begins behind the last place. At which pixel does the last window begin that fits wholly inside?",
    "size + 2 * pad - window + 1, stride",
    "size + 2 * pad - window + stride + 1, stride",
    of="counted",
)

output_size.slip(
    "jumps-by-the-window",
    "Your windows lie side by side, as in pooling. By how many pixels do they move here?",
    "(size + 2 * pad - window) // stride + 1",
    "(size + 2 * pad) // window",
)

output_size.slip(
    "size-by-stride",
    'That is the size divided by the stride, as Keras has it with "same". Here `window` and `pad` decide too: how long is the image with its frame?',
    "(size + 2 * pad - window) // stride + 1",
    "-(-size // stride)",
)

output_size.slip(
    "window-twice",
    "You take away the window twice. Does the 2 in your code belong to the zeros alone?",
    "2 * pad - window",
    "2 * (pad - window)",
)

output_size.slip(
    "zeros-taken-away",
    "The zeros make the image longer, and you take them away. Which sign belongs before them?",
    "size + 2 * pad",
    "size - 2 * pad",
)

output_size.slip(
    "window-added",
    "You add the window to the length of the image. How much room is left for it to move?",
    "* pad - window",
    "* pad + window",
)

output_size.slip(
    "padded-afterwards",
    "You add the zeros to the result. They are there *before* the window slides: to what do they belong?",
    "(size + 2 * pad - window) // stride + 1",
    "(size - window) // stride + 1 + 2 * pad",
)

output_size.slip(
    "stride-multiplies",
    "A larger stride gives you more places. Does a window that takes longer steps stop more often?",
    "// stride",
    "* stride",
)

output_size.slip(
    "area",
    "You count the places in the whole square. How many are there along one side?",
    "return (size + 2 * pad - window) // stride + 1",
    "return ((size + 2 * pad - window) // stride + 1) ** 2",
)


output_size.equivalent(
    "(size + 2 * pad - window) / stride",
    "(size + 2 * pad - window) // stride",
    why="int leaves a whole number as it is",
)
