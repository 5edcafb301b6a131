"""Split a table into training, validation and test in a mixed order."""

import numpy as np

from course_utils.exercises import FunctionExercise, edge, random, small


def three_parts(x, y, order, n_val, n_test):
    """Of the row numbers in `order`: the first n_test for the test, the next n_val for validation, the rest for training."""
    test, val, train = order[:n_test], order[n_test : n_test + n_val], order[n_test + n_val :]
    return x[train], y[train], x[val], y[val], x[test], y[test]


split = FunctionExercise("split", reference=three_parts, points=2, title="Three parts")


def samples(rng, rows):
    """A table of made-up samples, their labels and a mixed order of them."""
    return 10 * rng.normal(size=(rows, 3)), rng.integers(0, 2, rows) + 10 * np.arange(rows), rng.permutation(rows)


@split.cases
def _(rng):
    yield small(
        "seven samples: two for the test, one for validation",
        np.array([[0.0], [1], [2], [3], [4], [5], [6]]),
        np.array([10, 11, 12, 13, 14, 15, 16]),
        np.array([5, 2, 6, 0, 3, 1, 4]),
        1,
        2,
    )
    yield random("20 samples, 3 for validation, 5 for the test", *samples(rng, 20), 3, 5)
    yield random("15 samples, 4 for validation, 2 for the test", *samples(rng, 15), 4, 2)
    yield edge("one for training", *samples(rng, 8), 4, 3)


split.variant("the order cut, then the rows taken")(three_parts)


@split.variant("mixed first, then cut")
def _(x, y, order, n_val, n_test):
    end = n_test + n_val
    x, y = x[order], y[order]
    return x[end:], y[end:], x[n_test:end], y[n_test:end], x[:n_test], y[:n_test]


@split.variant("np.split, as a list")
def _(x, y, order, n_val, n_test):
    test, val, train = np.split(order, [n_test, n_test + n_val])
    return [part for rows in (train, val, test) for part in (x[rows], y[rows])]


split.slip(
    "test-in-training",
    (
        "Some test samples are in the training part too, so the network has seen the exam. "
        "Where in `order` may the training part begin?"
    ),
    "order[n_test + n_val :]",
    "order[n_val:]",
)

split.slip(
    "validation-in-training",
    (
        "The validation samples are in the training part too. Two parts stand in front of it "
        "in `order`: how long are they together?"
    ),
    "order[n_test + n_val :]",
    "order[n_test:]",
)

split.slip(
    "validation-in-test",
    "The validation samples are test samples at the same time: both parts begin at the front of `order`.",
    "order[n_test : n_test + n_val]",
    "order[:n_val]",
)

split.slip(
    "slice-end-is-no-length",
    (
        "Your validation part has the wrong length. In `a[start:end]` the second number is a place, "
        "not a length: at which place does the part end?"
    ),
    "order[n_test : n_test + n_val]",
    "order[n_test:n_val]",
)

split.slip(
    "places-for-lengths",
    "Your validation ends at the *place* n_val, and the training begins there. The validation should be n_val *long*: "
    "it begins at the place n_test, so at which place does it end?",
    "order[n_test : n_test + n_val], order[n_test + n_val :]",
    "order[n_test:n_val], order[n_val:]",
)

split.slip(
    "not-mixed",
    "You cut the table as it stands. If all ill patients come first, the test has nobody else. What is `order` for?",
    "    x, y = x[order], y[order]\n",
    "",
    of="mixed first, then cut",
)

split.slip(
    "mixed-twice",
    "You mix the table by `order`, and then take rows from it by the numbers in `order` once more. Once is enough: which of the two do you "
    "leave out?",
    "test, val, train = order",
    "x, y = x[order], y[order]\n    test, val, train = order",
)

split.slip(
    "labels-left-behind",
    (
        "The samples were mixed and the labels were not, so each sample has someone else's label. "
        "Use the same row numbers for both."
    ),
    "x, y = x[order], y[order]",
    "x = x[order]",
    of="mixed first, then cut",
)

split.slip(
    "sizes-swapped",
    "n_val samples are in the test part and n_test in the validation part. Look at the order of the parameters.",
    "order[:n_test], order[n_test : n_test + n_val]",
    "order[:n_val], order[n_val : n_val + n_test]",
)

split.slip(
    "test-first",
    "The three parts are right, but the test comes out first. Return training, validation, test.",
    "x[train], y[train], x[val], y[val], x[test], y[test]",
    "x[test], y[test], x[val], y[val], x[train], y[train]",
)

split.slip(
    "all-x-first",
    "The parts are right, in another order: the text asks for x and y of the training, then x and y of the next part.",
    "x[train], y[train], x[val], y[val], x[test], y[test]",
    "x[train], x[val], x[test], y[train], y[val], y[test]",
)

split.slip(
    "validation-from-the-end",
    "Your validation part comes from the end of `order`. It should follow the test: at which place does the test end?",
    "order[n_test : n_test + n_val], order[n_test + n_val :]",
    "order[-n_val:], order[n_test:-n_val]",
)

split.slip(
    "one-too-many",
    "Your validation part has one row too many: a slice ends *before* its second number.",
    "order[n_test : n_test + n_val]",
    "order[n_test : n_test + n_val + 1]",
    of="the order cut, then the rows taken",
)

split.slip(
    "from-the-end",
    "You cut the order from its end. The text begins with the test, at the front.",
    "order[:n_test], order[n_test : n_test + n_val], order[n_test + n_val :]",
    "order[-n_test:], order[-n_test - n_val : -n_test], order[: -n_test - n_val]",
    of="the order cut, then the rows taken",
)


def numbers(seen, x, y):
    """The row numbers in each part, told by the labels, and whether each sample kept its label; None without three parts."""
    if len(seen) != 6 or any(len(seen[k]) != len(seen[k + 1]) for k in (0, 2, 4)):
        return None
    parts = [[int(np.flatnonzero(y == label)[0]) for label in labels] for labels in seen[1::2]]
    return parts, all(np.array_equal(x[rows], samples) for rows, samples in zip(parts, seen[::2], strict=True))


def cut(test):
    """The mistake is recognised by `test(parts, right parts)` on parts in which each sample has its own label."""

    def when(seen, x, y, order, n_val, n_test):
        found = numbers(seen, x, y)
        right = numbers(three_parts(x, y, order, n_val, n_test), x, y)[0]
        return found is not None and found[1] and found[0] != right and test(found[0], right)

    return when


def sizes(parts):
    return [len(part) for part in parts]


def different(parts):
    """How many samples there are in all the parts, each counted once."""
    return len({number for part in parts for number in part})


split.slip(
    "table-order",
    "Each part holds the right samples, but in another order. They should stand as they do in `order`.",
    "order[:n_test], order[n_test : n_test + n_val], order[n_test + n_val :]",
    "np.sort(order[:n_test]), np.sort(order[n_test : n_test + n_val]), np.sort(order[n_test + n_val :])",
    when=cut(lambda parts, right: list(map(sorted, parts)) == list(map(sorted, right))),
)

split.slip(
    "validation-and-test-swapped",
    "The parts are right, but the validation and the test have changed places in what you return: training, validation, test.",
    "x[train], y[train], x[val], y[val], x[test], y[test]",
    "x[train], y[train], x[test], y[test], x[val], y[val]",
)

split.slip(
    "numbers-not-samples",
    "You return the row numbers themselves. With them, pick the rows of x, as you did with y.",
    "x[train], y[train], x[val], y[val], x[test], y[test]",
    "train, y[train], val, y[val], test, y[test]",
)

split.slip(
    "labels-first",
    "The labels stand before the samples. The text asks for x first, then y, part by part.",
    "x[train], y[train], x[val], y[val], x[test], y[test]",
    "y[train], x[train], y[val], x[val], y[test], x[test]",
)

split.slip(
    "some-left-out",
    "Some samples are in no part at all. Where does one piece of `order` end, and where does the next one begin?",
    "order[n_test + n_val :]",
    "order[n_test + n_val + 1 :]",
    when=cut(lambda parts, right: different(parts) == sum(sizes(parts)) < sum(sizes(right))),
)

split.slip(
    "some-twice",
    "Some samples are in two parts. Where does one piece of `order` end, and where does the next one begin?",
    "order[n_test + n_val :]",
    "order[n_test + n_val - 1 :]",
    when=cut(lambda parts, right: different(parts) < sum(sizes(parts))),
)

split.slip(
    "other-samples",
    "Your parts have the right lengths, and each sample is in one of them, but they do not hold what `order` tells. Which of its rows does the text take for the test?",
    "    x, y = x[order], y[order]\n",
    "    order = np.random.default_rng(0).permutation(order)\n    x, y = x[order], y[order]\n",
    of="mixed first, then cut",
    when=cut(lambda parts, right: sizes(parts) == sizes(right) and different(parts) == sum(sizes(right))),
)

split.slip(
    "other-lengths",
    "Each sample is in one part, but the parts have other lengths than the text asks for. How many belong to the test, and how many to the validation?",
    "order[:n_test], order[n_test : n_test + n_val], order[n_test + n_val :]",
    "order[: n_test + 1], order[n_test + 1 : n_test + n_val], order[n_test + n_val :]",
    when=cut(lambda parts, right: sizes(parts) != sizes(right) and different(parts) == sum(sizes(right))),
)


def mixes_labels(seen, x, y, order, n_val, n_test):
    """Whether there are three parts of samples in which somebody has the label of another."""
    found = numbers(seen, x, y)
    return found is not None and not found[1] and all(np.shape(part)[1:] == x.shape[1:] for part in seen[::2])


split.slip(
    "labels-of-others",
    "Some samples stand beside the labels of others. Use the same row numbers for x and for y.",
    "    x, y = x[order], y[order]\n",
    "    y = y[order]\n",
    of="mixed first, then cut",
    when=mixes_labels,
)
