"""Exercises of lesson 09: split and scale without a leak; define, compile and train a yes-or-no classifier; decide and judge.

The judge computes a model's forward pass again in NumPy, so it needs no TensorFlow. All answers are functions that are
called on small made-up data, so that grading does not need the lesson's data set either.
"""

import numpy as np

from course_utils import nn

from .core import Lesson, edge, random, small
from .core.compare import family
from .core.lazy import keras
from .core.networks import dense_shapes, is_forward, is_model, no_model, refused, shapes, steps_of, total

lesson = Lesson("09_keras_workflow", "The Keras workflow")

# Split ------------------------------------------------------------------------------------------------


def three_parts(x, y, order, n_val, n_test):
    """Of the row numbers in `order`: the first n_test for the test, the next n_val for validation, the rest for training."""
    test, val, train = order[:n_test], order[n_test : n_test + n_val], order[n_test + n_val :]
    return x[train], y[train], x[val], y[val], x[test], y[test]


split = lesson.function("split", reference=three_parts, points=2, title="Three parts")


def samples(rng, rows):
    """A table of made-up samples, their labels and a mixed order of them."""
    return rng.normal(size=(rows, 3)).round(2), rng.integers(0, 2, rows) + 10 * np.arange(rows), rng.permutation(rows)


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


@split.mistake(
    "test-in-training",
    "Some test samples are in the training part too, so the network has seen the exam. "
    "Where in `order` may the training part begin?",
)
def _(x, y, order, n_val, n_test):
    test, val, train = order[:n_test], order[n_test : n_test + n_val], order[n_val:]
    return x[train], y[train], x[val], y[val], x[test], y[test]


@split.mistake(
    "validation-in-training",
    "The validation samples are in the training part too. Two parts stand in front of it "
    "in `order`: how long are they together?",
)
def _(x, y, order, n_val, n_test):
    test, val, train = order[:n_test], order[n_test : n_test + n_val], order[n_test:]
    return x[train], y[train], x[val], y[val], x[test], y[test]


@split.mistake(
    "validation-in-test",
    "The validation samples are test samples at the same time: both parts begin at the front of `order`.",
)
def _(x, y, order, n_val, n_test):
    test, val, train = order[:n_test], order[:n_val], order[n_test + n_val :]
    return x[train], y[train], x[val], y[val], x[test], y[test]


@split.mistake(
    "slice-end-is-no-length",
    "Your validation part has the wrong length. In `a[start:end]` the second number is a place, "
    "not a length: at which place does the part end?",
)
def _(x, y, order, n_val, n_test):
    test, val, train = order[:n_test], order[n_test:n_val], order[n_test + n_val :]
    return x[train], y[train], x[val], y[val], x[test], y[test]


@split.mistake(
    "not-mixed",
    "You cut the table as it stands. If all ill patients come first, the test has nobody else. What is `order` for?",
)
def _(x, y, order, n_val, n_test):
    end = n_test + n_val
    return x[end:], y[end:], x[n_test:end], y[n_test:end], x[:n_test], y[:n_test]


@split.mistake(
    "labels-left-behind",
    "The samples were mixed and the labels were not, so each sample has someone else's label. "
    "Use the same row numbers for both.",
)
def _(x, y, order, n_val, n_test):
    x, end = x[order], n_test + n_val
    return x[end:], y[end:], x[n_test:end], y[n_test:end], x[:n_test], y[:n_test]


@split.mistake(
    "sizes-swapped",
    "n_val samples are in the test part and n_test in the validation part. Look at the order of the parameters.",
)
def _(x, y, order, n_val, n_test):
    test, val, train = order[:n_val], order[n_val : n_test + n_val], order[n_test + n_val :]
    return x[train], y[train], x[val], y[val], x[test], y[test]


@split.mistake(
    "test-first", "The three parts are right, but the test comes out first. Return training, validation, test."
)
def _(x, y, order, n_val, n_test):
    test, val, train = order[:n_test], order[n_test : n_test + n_val], order[n_test + n_val :]
    return x[test], y[test], x[val], y[val], x[train], y[train]


@split.mistake(
    "all-x-first",
    "The parts are right, in another order: the text asks for x and y of the training, then x and y of the next part.",
)
def _(x, y, order, n_val, n_test):
    test, val, train = order[:n_test], order[n_test : n_test + n_val], order[n_test + n_val :]
    return x[train], x[val], x[test], y[train], y[val], y[test]


@split.mistake(
    "validation-from-the-end",
    "Your validation part comes from the end of `order`. It should follow the test: at which place does the test end?",
)
def _(x, y, order, n_val, n_test):
    test, val, train = order[:n_test], order[-n_val:], order[n_test:-n_val]
    return x[train], y[train], x[val], y[val], x[test], y[test]


@split.variant("mixed first, then cut")
def _(x, y, order, n_val, n_test):
    x, y, end = x[order], y[order], n_test + n_val
    return x[end:], y[end:], x[n_test:end], y[n_test:end], x[:n_test], y[:n_test]


@split.variant("np.split, as a list")
def _(x, y, order, n_val, n_test):
    test, val, train = np.split(order, [n_test, n_test + n_val])
    return [part for rows in (train, val, test) for part in (x[rows], y[rows])]


# Scale ------------------------------------------------------------------------------------------------


def scaled(x_train, x_val, x_test):
    """(x - mean) / spread for each feature; mean and spread of the training part only, and a spread of 0 counts as 1."""
    mean, spread = x_train.mean(axis=0), x_train.std(axis=0)
    spread = np.where(spread == 0, 1, spread)
    return (x_train - mean) / spread, (x_val - mean) / spread, (x_test - mean) / spread


standardize = lesson.function("standardize", reference=scaled, points=3, title="Scale without a leak")


@standardize.cases
def _(rng):
    def parts(features):
        return [
            rng.normal(5 + 3 * part, 1 + part, (n, features)).round(2) * np.arange(1, features + 1)
            for part, n in enumerate((12, 5, 7))
        ]

    yield small(
        "two features: training means 2 and 20, spreads 1 and 10",
        np.array([[1.0, 10], [3, 30]]),
        np.array([[2.0, 40], [4, 20]]),
        np.array([[5.0, 20]]),
    )
    yield random("three features", *parts(3))
    yield random("five features", *parts(5))
    with_constant = [np.column_stack([part, np.full(len(part), 4.0)]) for part in parts(2)]
    yield edge("a feature that is 4 for everybody", *with_constant)


@standardize.mistake(
    "leak",
    "You took mean and spread of all three parts together. Then the test data have helped to prepare the "
    "training: a leak. Which part alone may you look at?",
)
def _(x_train, x_val, x_test):
    everything = np.concatenate([x_train, x_val, x_test])
    mean, spread = everything.mean(axis=0), everything.std(axis=0)
    spread = np.where(spread == 0, 1, spread)
    return (x_train - mean) / spread, (x_val - mean) / spread, (x_test - mean) / spread


@standardize.mistake(
    "leak-of-validation",
    "The test part kept its secret, but the validation part did not: its rows are in your mean. "
    "They stand for unseen patients as well.",
)
def _(x_train, x_val, x_test):
    seen = np.concatenate([x_train, x_val])
    mean, spread = seen.mean(axis=0), seen.std(axis=0)
    spread = np.where(spread == 0, 1, spread)
    return (x_train - mean) / spread, (x_val - mean) / spread, (x_test - mean) / spread


@standardize.mistake(
    "each-by-its-own",
    "Each part has its own mean and spread, so the same patient would get other numbers in another part. "
    "Which one mean serves all three?",
)
def _(x_train, x_val, x_test):
    return tuple(
        (x - x.mean(axis=0)) / np.where(x.std(axis=0) == 0, 1, x.std(axis=0)) for x in (x_train, x_val, x_test)
    )


@standardize.mistake(
    "one-mean-for-all-features",
    "One mean for the whole table mixes areas of 1000 with smoothness of 0.1. Along which axis do the patients run?",
)
def _(x_train, x_val, x_test):
    mean, spread = x_train.mean(), x_train.std()
    return (x_train - mean) / spread, (x_val - mean) / spread, (x_test - mean) / spread


@standardize.mistake(
    "mean-of-a-patient", "You averaged over the features of a patient. Which axis gives one mean for each feature?"
)
def _(x_train, x_val, x_test):
    return tuple((x - x.mean(axis=1, keepdims=True)) / x.std(axis=1, keepdims=True) for x in (x_train, x_val, x_test))


@standardize.mistake(
    "not-centred", "The spread is right, but the training means are not 0 yet. What is subtracted before dividing?"
)
def _(x_train, x_val, x_test):
    spread = x_train.std(axis=0)
    spread = np.where(spread == 0, 1, spread)
    return x_train / spread, x_val / spread, x_test / spread


@standardize.mistake(
    "only-centred", "The means are 0 now, and the features still differ a thousandfold in size. What do you divide by?"
)
def _(x_train, x_val, x_test):
    mean = x_train.mean(axis=0)
    return x_train - mean, x_val - mean, x_test - mean


@standardize.mistake(
    "variance", "You divide by the variance, the square of the spread. Which NumPy function gives the spread itself?"
)
def _(x_train, x_val, x_test):
    mean, variance = x_train.mean(axis=0), x_train.var(axis=0)
    variance = np.where(variance == 0, 1, variance)
    return (x_train - mean) / variance, (x_val - mean) / variance, (x_test - mean) / variance


@standardize.mistake(
    "zero-to-one",
    "You stretch each feature from 0 to 1. That is another way to scale; this exercise asks for mean 0 and spread 1.",
)
def _(x_train, x_val, x_test):
    low, high = x_train.min(axis=0), x_train.max(axis=0)
    width = np.where(high == low, 1, high - low)
    return (x_train - low) / width, (x_val - low) / width, (x_test - low) / width


@standardize.mistake(
    "training-only",
    "Only the training part was scaled. The network will be asked about the other two: "
    "in which units does it expect them?",
)
def _(x_train, x_val, x_test):
    mean, spread = x_train.mean(axis=0), x_train.std(axis=0)
    return (x_train - mean) / np.where(spread == 0, 1, spread), x_val, x_test


@standardize.mistake(
    "divides-by-zero",
    "A feature that never changes has the spread 0, and 0 / 0 is not a number. "
    "By what can you divide it instead, so that it stays 0?",
)
def _(x_train, x_val, x_test):
    mean, spread = x_train.mean(axis=0), x_train.std(axis=0)
    with np.errstate(all="ignore"):
        return (x_train - mean) / spread, (x_val - mean) / spread, (x_test - mean) / spread


@standardize.variant("a tiny number added to the spread")
def _(x_train, x_val, x_test):
    mean, spread = np.mean(x_train, axis=0), np.std(x_train, axis=0) + 1e-7
    return [(part - mean) / spread for part in (x_train, x_val, x_test)]


@standardize.variant("feature by feature, in float32")
def _(x_train, x_val, x_test):
    parts = [part.astype("float32") for part in (x_train, x_val, x_test)]
    for column in range(x_train.shape[1]):
        mean, spread = x_train[:, column].mean(), x_train[:, column].std()
        for part in parts:
            part[:, column] = (part[:, column] - mean) / (spread or 1)
    return tuple(parts)


# Leaks ------------------------------------------------------------------------------------------------

find_leaks = lesson.values(
    "find-leaks",
    points=2,
    title="Find the leaks",
    reference=lambda: {"ana": "clean", "ben": "leak", "cem": "clean", "dia": "leak", "eva": "clean", "fin": "leak"},
)


@find_leaks.mistake(
    "scaling-taken-for-harmless",
    "Ben's mean and spread were taken of the whole table. Which patients are in it that should be unknown?",
)
def _():
    return {"ben": "clean"}


@find_leaks.mistake(
    "training-statistics-feared",
    "Ana's mean and spread come from the training part. To *use* numbers from there on "
    "the test part is what you did in exercise 2. What would be a leak?",
)
def _():
    return {"ana": "leak"}


@find_leaks.mistake(
    "choice-by-validation-feared",
    "Cem chooses by the validation part and reports the test part. What else is a validation part for?",
)
def _():
    return {"cem": "leak"}


@find_leaks.mistake(
    "best-of-several-tests",
    "Dia looks at the test part five times and keeps the best. Part of that number is luck: "
    "which part should have made the choice?",
)
def _():
    return {"dia": "clean"}


@find_leaks.mistake(
    "threshold-feared", "Eva chose her threshold before she opened the test part. Did any test patient have a say?"
)
def _():
    return {"eva": "leak"}


@find_leaks.mistake(
    "feature-choice-taken-for-harmless",
    "Fin chose his features by the labels of all patients. Whose labels were among them?",
)
def _():
    return {"fin": "clean"}


@find_leaks.variant("capital letters")
def _():
    return {"ana": "Clean", "ben": "Leak"}


@find_leaks.variant("with a stray space")
def _():
    return {"cem": " clean", "fin": "leak "}


# Define and compile -----------------------------------------------------------------------------------


def build_classifier(inputs, first, second):
    """The network inputs-first-second-1, compiled with Adam, binary cross-entropy and accuracy."""
    model = keras.Sequential([
        keras.Input((inputs,)),
        keras.layers.Dense(first, activation="relu"),
        keras.layers.Dense(second, activation="relu"),
        keras.layers.Dense(1, activation="sigmoid"),
    ])
    model.compile(optimizer="adam", loss="binary_crossentropy", metrics=["accuracy"])
    return model


build = lesson.function("build-classifier", reference=build_classifier, points=3, rounds=1, title="Define and compile")


@build.given
def _():
    return {"keras": keras}


@build.cases
def _(rng):
    def data(inputs):
        return rng.normal(size=(24, inputs)).astype(np.float32), np.arange(24, dtype=np.float32) % 3 % 2

    yield small("the layers of 30 → 32 → 16 → 1", (30, 32, 16), *data(30), "layers")
    yield random("the layers of 10 → 64 → 32 → 1", (10, 64, 32), *data(10), "layers")
    yield random("10 → 64 → 32 → 1, compiled", (10, 64, 32), *data(10), "compiled")


@build.drive
def _(answer, sizes, x, labels, aspect):
    model = answer(*sizes)
    if not hasattr(model, "get_weights"):
        return family(model)
    probabilities, misfit = refused(model, x)
    seen = {"probabilities": probabilities, "misfit": misfit, "weights": model.get_weights()}
    if aspect == "compiled" and not misfit:
        model.run_eagerly = True  # one step is quicker than the translation of the step into a graph
        seen["scores"], seen["refused"] = refused(model.test_on_batch, x, labels)
        if not seen["refused"]:
            model.train_on_batch(x, labels)
            seen["after"] = model.get_weights()
    return seen


@build.accept
def _(seen, sizes, x, labels, aspect):
    if not is_model(seen):
        return no_model(seen, "build_classifier")
    if seen["misfit"]:
        return f"the model does not take rows of {sizes[0]} numbers"
    p = seen["probabilities"]
    if np.shape(p) != (len(x), 1):
        return f"{len(x)} samples should give predictions of shape ({len(x)}, 1), but gave {np.shape(p)}"
    if aspect == "compiled":
        return compile_problem(seen, labels)
    if shapes(seen) != dense_shapes(*sizes, 1):
        return (
            f"the network {' → '.join(map(str, sizes))} → 1 has {total({'weights': [np.empty(s) for s in dense_shapes(*sizes, 1)]})} "
            f"parameters, but yours has {total(seen)}, with weights of the shapes {', '.join(map(str, shapes(seen)))}"
        )
    if not is_forward(seen, x, output=nn.sigmoid):
        return "the predictions are not those of ReLU in both hidden layers and a sigmoid at the end"
    return None


def compile_problem(seen, labels):
    """What is wrong with loss, metrics or optimizer, judged from one evaluation and one step of training."""
    if seen["refused"]:
        return f"Keras cannot evaluate the model: {seen['refused']}"
    loss, *metrics = np.atleast_1d(seen["scores"])
    p = seen["probabilities"]
    if not abs(loss - nn.binary_crossentropy(labels[:, None], p)) < 1e-3:
        return "the loss is not the binary cross-entropy"
    if not np.isclose(metrics, right_share(seen, labels), atol=1e-3).any():
        return "the model does not report its accuracy"
    steps = np.abs(last_step(seen))
    if not np.isclose(np.median(steps[steps > 0]), 0.001, rtol=0.2) or steps.max() > 0.0012:
        return "the first step of training is not one of adam with its usual learning rate of 0.001"
    return None


def right_share(seen, labels):
    """The share of samples that a threshold of 0.5 decides rightly."""
    return np.mean((seen["probabilities"][:, 0] > 0.5) == labels)


def last_step(seen):
    """How far one step of training moved the output neuron. Adam moves each number by its learning rate, whatever the slope."""
    return np.concatenate([np.ravel(seen["after"][i] - seen["weights"][i]) for i in (-2, -1)])


def sgd_step(seen, labels):
    """How far one step of plain gradient descent with rate 0.01 moves the bias of a sigmoid output."""
    return -0.01 * np.mean(seen["probabilities"] - labels[:, None])


def built(test):
    """The mistake is recognised by `test(seen, sizes, x, labels)` on a model that takes the data."""
    return lambda seen, sizes, x, labels, aspect: (
        is_model(seen) and not seen["misfit"] and bool(test(seen, sizes, x, labels))
    )


def compiled(test):
    """The mistake is recognised by `test(seen, labels)` on a model that could be evaluated and trained."""
    return built(lambda seen, sizes, x, labels: "after" in seen and test(seen, labels))


@build.mistake(
    "no-return",
    "build_classifier returned nothing. The model must leave the function: which line is missing at its end?",
    when=lambda seen, *_: seen == "None",
)
def _(inputs, first, second):
    model = keras.Sequential([
        keras.Input((inputs,)),
        keras.layers.Dense(first, activation="relu"),
        keras.layers.Dense(second, activation="relu"),
        keras.layers.Dense(1, activation="sigmoid"),
    ])
    model.compile(optimizer="adam", loss="binary_crossentropy", metrics=["accuracy"])


@build.mistake(
    "input-fixed",
    "Your model takes rows of one fixed length, whatever the caller asks for. "
    "Which parameter tells how many features there are?",
    when=lambda seen, *_: is_model(seen) and bool(seen["misfit"]),
)
def _(inputs, first, second):
    model = keras.Sequential([
        keras.Input((30,)),
        keras.layers.Dense(first, activation="relu"),
        keras.layers.Dense(second, activation="relu"),
        keras.layers.Dense(1, activation="sigmoid"),
    ])
    model.compile(optimizer="adam", loss="binary_crossentropy", metrics=["accuracy"])
    return model


@build.mistake(
    "sizes-fixed",
    "Your hidden layers always have 32 and 16 neurons. The caller says how many: where do `first` and `second` belong?",
    when=built(lambda seen, sizes, *_: sizes[1:] != (32, 16) and shapes(seen) == dense_shapes(sizes[0], 32, 16, 1)),
)
def _(inputs, first, second):
    model = keras.Sequential([
        keras.Input((inputs,)),
        keras.layers.Dense(32, activation="relu"),
        keras.layers.Dense(16, activation="relu"),
        keras.layers.Dense(1, activation="sigmoid"),
    ])
    model.compile(optimizer="adam", loss="binary_crossentropy", metrics=["accuracy"])
    return model


@build.mistake(
    "softmax-of-one",
    "Every sample gets exactly 1. Softmax makes shares that sum to 1, and one neuron alone gets the whole share. "
    "Which activation turns one number into a probability?",
    when=built(lambda seen, *_: np.shape(seen["probabilities"])[1:] == (1,) and np.all(seen["probabilities"] == 1)),
)
def _(inputs, first, second):
    model = keras.Sequential([
        keras.Input((inputs,)),
        keras.layers.Dense(first, activation="relu"),
        keras.layers.Dense(second, activation="relu"),
        keras.layers.Dense(1, activation="softmax"),
    ])
    model.compile(optimizer="adam", loss="binary_crossentropy", metrics=["accuracy"])
    return model


@build.mistake(
    "two-outputs",
    "Two neurons answer. A yes-or-no question needs one: the probability of yes. That of no is the rest.",
    when=built(lambda seen, *_: np.shape(seen["probabilities"])[1:] == (2,)),
)
def _(inputs, first, second):
    model = keras.Sequential([
        keras.Input((inputs,)),
        keras.layers.Dense(first, activation="relu"),
        keras.layers.Dense(second, activation="relu"),
        keras.layers.Dense(2, activation="softmax"),
    ])
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


@build.mistake(
    "no-sigmoid",
    "Some of your predictions are below 0 or above 1: they are scores, not probabilities. "
    "What squeezes any number between 0 and 1?",
    when=built(lambda seen, sizes, x, _: is_forward(seen, x, output=nn.linear) and len(seen["weights"]) == 6),
)
def _(inputs, first, second):
    model = keras.Sequential([
        keras.Input((inputs,)),
        keras.layers.Dense(first, activation="relu"),
        keras.layers.Dense(second, activation="relu"),
        keras.layers.Dense(1),
    ])
    model.compile(optimizer="adam", loss="binary_crossentropy", metrics=["accuracy"])
    return model


@build.mistake(
    "no-bend",
    "The hidden layers have no activation, so the three layers do no more than one (lesson 02). What bends them?",
    when=built(
        lambda seen, sizes, x, _: len(seen["weights"]) == 6 and is_forward(seen, x, hidden=nn.linear, output=nn.sigmoid)
    ),
)
def _(inputs, first, second):
    model = keras.Sequential([
        keras.Input((inputs,)),
        keras.layers.Dense(first),
        keras.layers.Dense(second),
        keras.layers.Dense(1, activation="sigmoid"),
    ])
    model.compile(optimizer="adam", loss="binary_crossentropy", metrics=["accuracy"])
    return model


@build.mistake(
    "layers-swapped",
    "The hidden layers stand in the wrong order. A layer is fed by the one above it in the list.",
    when=built(lambda seen, sizes, *_: shapes(seen) == dense_shapes(sizes[0], sizes[2], sizes[1], 1)),
)
def _(inputs, first, second):
    model = keras.Sequential([
        keras.Input((inputs,)),
        keras.layers.Dense(second, activation="relu"),
        keras.layers.Dense(first, activation="relu"),
        keras.layers.Dense(1, activation="sigmoid"),
    ])
    model.compile(optimizer="adam", loss="binary_crossentropy", metrics=["accuracy"])
    return model


@build.mistake(
    "one-hidden-layer",
    "There is one hidden layer. Where is the one with `second` neurons?",
    when=built(lambda seen, sizes, *_: shapes(seen) == dense_shapes(sizes[0], sizes[1], 1)),
)
def _(inputs, first, second):
    model = keras.Sequential([
        keras.Input((inputs,)),
        keras.layers.Dense(first, activation="relu"),
        keras.layers.Dense(1, activation="sigmoid"),
    ])
    model.compile(optimizer="adam", loss="binary_crossentropy", metrics=["accuracy"])
    return model


@build.mistake(
    "not-compiled",
    "The layers are right, but Keras does not know yet how to train them. Which step comes between defining and training?",
    when=built(lambda seen, *_: "compile" in seen.get("refused", "")),
)
def _(inputs, first, second):
    return keras.Sequential([
        keras.Input((inputs,)),
        keras.layers.Dense(first, activation="relu"),
        keras.layers.Dense(second, activation="relu"),
        keras.layers.Dense(1, activation="sigmoid"),
    ])


@build.mistake(
    "loss-for-many-classes",
    "That loss expects one output for each class, and you have one output in all. "
    "Which cross-entropy is made for yes or no?",
    when=built(
        lambda seen, *_: (
            "label value" in seen.get("refused", "")
            or ("scores" in seen and not seen["refused"] and np.ravel(seen["scores"])[0] == 0)
        )
    ),
)
def _(inputs, first, second):
    model = keras.Sequential([
        keras.Input((inputs,)),
        keras.layers.Dense(first, activation="relu"),
        keras.layers.Dense(second, activation="relu"),
        keras.layers.Dense(1, activation="sigmoid"),
    ])
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


@build.mistake(
    "squared-error",
    "The squared error of a probability is at most 1, however sure and wrong it is, and its slope dies out. "
    "Which loss makes a sure mistake expensive (lesson 04)?",
    when=compiled(
        lambda seen, labels: np.isclose(
            np.ravel(seen["scores"])[0], np.mean((seen["probabilities"] - labels[:, None]) ** 2), rtol=1e-3
        )
    ),
)
def _(inputs, first, second):
    model = keras.Sequential([
        keras.Input((inputs,)),
        keras.layers.Dense(first, activation="relu"),
        keras.layers.Dense(second, activation="relu"),
        keras.layers.Dense(1, activation="sigmoid"),
    ])
    model.compile(optimizer="adam", loss="mse", metrics=["accuracy"])
    return model


@build.mistake(
    "no-metrics",
    "The model reports its loss only, which is hard to read. Which argument of compile asks for the accuracy as well?",
    when=compiled(lambda seen, labels: np.size(seen["scores"]) == 1),
)
def _(inputs, first, second):
    model = keras.Sequential([
        keras.Input((inputs,)),
        keras.layers.Dense(first, activation="relu"),
        keras.layers.Dense(second, activation="relu"),
        keras.layers.Dense(1, activation="sigmoid"),
    ])
    model.compile(optimizer="adam", loss="binary_crossentropy")
    return model


@build.mistake(
    "sgd",
    'One step moves the bias by 0.01 times its slope: that is plain gradient descent, "sgd". '
    "Which optimizer does the text ask for?",
    when=compiled(lambda seen, labels: np.isclose(last_step(seen)[-1], sgd_step(seen, labels), rtol=0.05, atol=1e-6)),
)
def _(inputs, first, second):
    model = keras.Sequential([
        keras.Input((inputs,)),
        keras.layers.Dense(first, activation="relu"),
        keras.layers.Dense(second, activation="relu"),
        keras.layers.Dense(1, activation="sigmoid"),
    ])
    model.compile(optimizer="sgd", loss="binary_crossentropy", metrics=["accuracy"])
    return model


@build.variant("layer by layer, with objects")
def _(inputs, first, second):
    model = keras.Sequential()
    model.add(keras.Input(shape=(inputs,)))
    for neurons in (first, second):
        model.add(keras.layers.Dense(neurons))
        model.add(keras.layers.ReLU())
    model.add(keras.layers.Dense(1, activation=keras.activations.sigmoid))
    model.compile(keras.optimizers.Adam(), keras.losses.BinaryCrossentropy(), metrics=[keras.metrics.BinaryAccuracy()])
    return model


@build.variant("functional")
def _(inputs, first, second):
    features = keras.Input((inputs,))
    hidden = keras.layers.Dense(second, "relu")(keras.layers.Dense(first, "relu")(features))
    model = keras.Model(features, keras.layers.Dense(1, "sigmoid")(hidden))
    model.compile("adam", "binary_crossentropy", metrics=["acc"])
    return model


@build.variant("without an Input, built when it is first used")
def _(inputs, first, second):
    model = keras.Sequential([
        keras.layers.Dense(first, activation="relu"),
        keras.layers.Dense(second, activation="relu"),
        keras.layers.Dense(1, activation="sigmoid"),
    ])
    model.compile(optimizer="adam", loss="binary_crossentropy", metrics=["accuracy"])
    return model


# Train ------------------------------------------------------------------------------------------------


def trained(x_train, y_train, x_val, y_val, epochs):
    """The classifier 32-16-1 after this many epochs in batches of 32, watched on the validation part."""
    model = build_classifier(x_train.shape[1], 32, 16)
    model.fit(x_train, y_train, epochs=epochs, batch_size=32, validation_data=(x_val, y_val), verbose=0)
    return model


train = lesson.function("train-classifier", reference=trained, points=3, rounds=1, title="Train and watch")


@train.given
def _():
    return {"keras": keras, "build_classifier": build_classifier}


@train.cases
def _(rng):
    def data(rows):
        x = rng.normal(size=(rows, 6)).astype(np.float32)
        return x, (x[:, 0] + rng.normal(0, 0.5, rows) > 0).astype(np.float32)

    yield small("90 made-up samples with 6 features, 20 more for validation, 3 epochs", *data(90), *data(20), 3)


@train.drive
def _(answer, x_train, y_train, x_val, y_val, epochs):
    model = answer(x_train, y_train, x_val, y_val, epochs)
    if not hasattr(model, "get_weights"):
        return "its history" if hasattr(model, "history") else family(model)
    past, fifth = getattr(model, "history", None), len(x_train) * 4 // 5
    parts = {
        "validation": (x_val, y_val),
        "training": (x_train, y_train),
        "last fifth": (x_train[fifth:], y_train[fifth:]),
    }

    def losses(x, y):
        """The loss with the labels as a row and as a column: Keras measures rightly only in the form that fit was given."""
        return [refused(model.evaluate, x, labels, verbose=0)[0] for labels in (y, y[:, None])]

    return {
        "weights": model.get_weights(),
        "history": {} if past is None else past.history,
        "losses": {name: losses(*part) for name, part in parts.items()},
        "steps": steps_of(model),
    }


@train.accept
def _(seen, x_train, y_train, x_val, y_val, epochs):
    """The training is judged, not the network again: that is exercise 4, and nobody should pay twice for one slip."""
    if not is_model(seen):
        return no_model(seen, "train_classifier")
    if not any(32 in shape for shape in shapes(seen)):
        return f"no layer has 32 neurons; the weights have the shapes {', '.join(map(str, shapes(seen)))}"
    if shapes(seen)[-1] != (1,):
        return "the network does not end in one neuron, as exercise 4 asks"
    history = seen["history"]
    if len(history.get("loss", ())) != epochs:
        return f"{epochs} epochs were asked for, and the model's history tells of {len(history.get('loss', ()))}"
    if "val_loss" not in history:
        return "the history tells nothing of the validation part"
    if not validated_on(seen, "validation"):
        return "the last validation loss is not the loss on the validation part"
    needed = epochs * steps(len(x_train))
    if seen["steps"] != needed:
        return (
            f"{len(x_train)} samples in batches of 32 are {steps(len(x_train))} steps an epoch, {needed} in all; "
            f"the optimizer made {seen['steps']}"
        )
    return None


def steps(rows):
    """Steps in an epoch with batches of 32."""
    return -(-rows // 32)


def validated_on(seen, part):
    """Whether the last validation loss is the finished model's loss on this part."""
    told = seen["history"].get("val_loss")
    return bool(told) and any(
        np.isclose(told[-1], np.ravel(loss)[0], rtol=1e-4) for loss in seen["losses"][part] if loss is not None
    )


def watched(test):
    """The mistake is recognised by `test(seen, x_train, y_train, x_val, y_val, epochs)` on a model."""
    return lambda seen, *case: is_model(seen) and bool(test(seen, *case))


@train.mistake(
    "no-return",
    "train_classifier returned nothing. fit trains the model in place; what must the function hand back?",
    when=lambda seen, *_: seen == "None",
)
def _(x_train, y_train, x_val, y_val, epochs):
    model = build_classifier(x_train.shape[1], 32, 16)
    model.fit(x_train, y_train, epochs=epochs, batch_size=32, validation_data=(x_val, y_val), verbose=0)


@train.mistake(
    "returns-history",
    "You return what fit returned, the history. Return the model: it keeps its history in `model.history`.",
    when=lambda seen, *_: seen == "its history",
)
def _(x_train, y_train, x_val, y_val, epochs):
    model = build_classifier(x_train.shape[1], 32, 16)
    return model.fit(x_train, y_train, epochs=epochs, batch_size=32, validation_data=(x_val, y_val), verbose=0)


@train.mistake(
    "not-trained",
    "The model is new: it has no history. Which method trains it, and is it called inside your function?",
    when=watched(lambda seen, *_: not seen["history"]),
)
def _(x_train, y_train, x_val, y_val, epochs):
    return build_classifier(x_train.shape[1], 32, 16)


@train.mistake(
    "fixed-epochs",
    "Your function always trains for the same number of epochs. The caller says how many: where does `epochs` belong?",
    when=watched(lambda seen, *case: len(seen["history"].get("loss", ())) not in (0, case[4])),
)
def _(x_train, y_train, x_val, y_val, epochs):
    model = build_classifier(x_train.shape[1], 32, 16)
    model.fit(x_train, y_train, epochs=10, batch_size=32, validation_data=(x_val, y_val), verbose=0)
    return model


@train.mistake(
    "no-validation",
    "The history tells of the training part only. Which argument of fit takes the pair (x_val, y_val)?",
    when=watched(lambda seen, *_: seen["history"] and "val_loss" not in seen["history"]),
)
def _(x_train, y_train, x_val, y_val, epochs):
    model = build_classifier(x_train.shape[1], 32, 16)
    model.fit(x_train, y_train, epochs=epochs, batch_size=32, verbose=0)
    return model


@train.mistake(
    "parts-swapped",
    "You train on the validation part and validate on the training part. Which one is larger, and why?",
    when=watched(
        lambda seen, x_train, y_train, x_val, y_val, epochs: (
            validated_on(seen, "training") and seen["steps"] == epochs * steps(len(x_val))
        )
    ),
)
def _(x_train, y_train, x_val, y_val, epochs):
    model = build_classifier(x_train.shape[1], 32, 16)
    model.fit(x_val, y_val, epochs=epochs, batch_size=32, validation_data=(x_train, y_train), verbose=0)
    return model


@train.mistake(
    "validates-on-training",
    "You validate on the very samples that the model learns from, so it can never be caught "
    "learning them by heart. Which part was set aside for this?",
    when=watched(lambda seen, *_: validated_on(seen, "training")),
)
def _(x_train, y_train, x_val, y_val, epochs):
    model = build_classifier(x_train.shape[1], 32, 16)
    model.fit(x_train, y_train, epochs=epochs, batch_size=32, validation_data=(x_train, y_train), verbose=0)
    return model


@train.mistake(
    "validation-split",
    "`validation_split` cuts a new piece off the training part. You made a validation part already: "
    "which argument takes it?",
    when=watched(lambda seen, *_: validated_on(seen, "last fifth")),
)
def _(x_train, y_train, x_val, y_val, epochs):
    model = build_classifier(x_train.shape[1], 32, 16)
    model.fit(x_train, y_train, epochs=epochs, batch_size=32, validation_split=0.2, verbose=0)
    return model


@train.mistake(
    "trains-on-validation-too",
    "The model made more steps than the training part has batches: the validation samples were "
    "trained on as well. What do they tell about unseen patients then?",
    when=watched(
        lambda seen, x_train, y_train, x_val, y_val, epochs: (
            validated_on(seen, "validation") and seen["steps"] == epochs * steps(len(x_train) + len(x_val))
        )
    ),
)
def _(x_train, y_train, x_val, y_val, epochs):
    model = build_classifier(x_train.shape[1], 32, 16)
    model.fit(
        np.concatenate([x_train, x_val]),
        np.concatenate([y_train, y_val]),
        epochs=epochs,
        batch_size=32,
        validation_data=(x_val, y_val),
        verbose=0,
    )
    return model


@train.mistake(
    "one-large-batch",
    "The model made one step in each epoch: all samples went into one batch. What should `batch_size` be?",
    when=watched(lambda seen, *case: validated_on(seen, "validation") and seen["steps"] == case[4]),
)
def _(x_train, y_train, x_val, y_val, epochs):
    model = build_classifier(x_train.shape[1], 32, 16)
    model.fit(x_train, y_train, epochs=epochs, batch_size=len(x_train), validation_data=(x_val, y_val), verbose=0)
    return model


@train.variant("Keras's usual batch size, the sizes by name")
def _(x_train, y_train, x_val, y_val, epochs):
    model = build_classifier(inputs=len(x_train[0]), first=32, second=16)
    model.fit(x=x_train, y=y_train, epochs=epochs, validation_data=(x_val, y_val), verbose=0)
    return model


@train.variant("built anew, labels as a column")
def _(x_train, y_train, x_val, y_val, epochs):
    model = keras.Sequential([
        keras.Input((x_train.shape[1],)),
        keras.layers.Dense(32, activation="relu"),
        keras.layers.Dense(16, activation="relu"),
        keras.layers.Dense(1, activation="sigmoid"),
    ])
    model.compile(optimizer="adam", loss="binary_crossentropy", metrics=["accuracy"])
    model.fit(
        x_train, y_train[:, None], epochs=epochs, batch_size=32, validation_data=(x_val, y_val[:, None]), verbose=0
    )
    return model


# Decide -----------------------------------------------------------------------------------------------


def decisions(probabilities, threshold):
    """1 where the probability is at least the threshold, else 0; from shape (N, 1) to (N,)."""
    return (probabilities[:, 0] >= threshold).astype(int)


decide = lesson.function("decide", reference=decisions, points=2, title="From probability to decision")


@decide.cases
def _(rng):
    yield small("four probabilities, threshold 0.3", np.array([[0.9], [0.2], [0.3], [0.4]]), 0.3)
    yield random("ten probabilities, a low threshold", rng.uniform(0, 1, (10, 1)), float(rng.uniform(0.1, 0.3)))
    yield random("ten probabilities, a high threshold", rng.uniform(0, 1, (10, 1)), float(rng.uniform(0.7, 0.9)))
    yield edge("a single sample, exactly at the threshold", np.array([[0.5]]), 0.5)


@decide.mistake(
    "argmax-of-one",
    "Everybody got 0. argmax tells the *place* of the largest number in a row, and your rows hold one number each. "
    "What do you compare it with instead?",
)
def _(probabilities, threshold):
    return np.argmax(probabilities, axis=1)


@decide.mistake("always-half", "You cut at 0.5, whatever the caller asks for. Where should `threshold` stand?")
def _(probabilities, threshold):
    return (probabilities[:, 0] >= 0.5).astype(int)


@decide.mistake(
    "above-only",
    "A probability exactly at the threshold should give 1: *at least*, not *more than*. Which sign says so?",
)
def _(probabilities, threshold):
    return (probabilities[:, 0] > threshold).astype(int)


@decide.mistake("reversed", "You give 1 to the low probabilities. Which of them mean yes?")
def _(probabilities, threshold):
    return (probabilities[:, 0] < threshold).astype(int)


@decide.mistake(
    "column-kept",
    "The decisions are right, but they stand in a column of shape (N, 1). Labels have shape (N,): compared with them, "
    "a column gives N × N answers. Which index takes the only column?",
)
def _(probabilities, threshold):
    return (probabilities >= threshold).astype(int)


@decide.mistake(
    "keeps-probabilities",
    "Some of your numbers are still probabilities. What becomes of those at or above the threshold?",
)
def _(probabilities, threshold):
    return np.where(probabilities[:, 0] >= threshold, probabilities[:, 0], 0)


@decide.mistake(
    "rounded",
    "Rounding cuts at 0.5, whatever the caller asks for, and exactly 0.5 becomes 0. Which comparison takes its place?",
)
def _(probabilities, threshold):
    return np.round(probabilities[:, 0])


@decide.variant("True and False")
def _(probabilities, threshold):
    return np.ravel(probabilities) >= threshold


@decide.variant("np.where")
def _(probabilities, threshold):
    return np.where(probabilities.reshape(-1) < threshold, 0.0, 1.0)


@decide.variant("a loop")
def _(probabilities, threshold):
    return np.array([1 if p[0] >= threshold else 0 for p in probabilities])


# Score ------------------------------------------------------------------------------------------------


def accuracy_precision_recall(labels, decisions):
    """Right answers of all; right alarms of all alarms; found cases of all cases. Nothing of nothing counts as 0."""
    found = np.sum((decisions == 1) & (labels == 1))
    alarms, ill = np.sum(decisions == 1), np.sum(labels == 1)
    return np.mean(decisions == labels), found / alarms if alarms else 0.0, found / ill if ill else 0.0


scores = lesson.function("scores", reference=accuracy_precision_recall, points=3, title="Accuracy, precision, recall")


def answers(rng, found, missed, false_alarms, calm):
    """Labels and decisions with these numbers of each kind, in a mixed order."""
    order = rng.permutation(found + missed + false_alarms + calm)
    labels = np.repeat([1, 1, 0, 0], [found, missed, false_alarms, calm])
    said = np.repeat([1, 0, 1, 0], [found, missed, false_alarms, calm])
    return labels[order], said[order]


@scores.cases
def _(rng):
    yield small(
        "3 found, 1 missed, 2 false alarms, 4 rightly left in peace",
        np.array([1, 1, 1, 1, 0, 0, 0, 0, 0, 0]),
        np.array([1, 1, 1, 0, 1, 1, 0, 0, 0, 0]),
    )
    yield random("many patients", *answers(rng, int(rng.integers(20, 30)), 3, 7, int(rng.integers(40, 60))))
    yield random(
        "more missed than false alarms", *answers(rng, int(rng.integers(5, 9)), 6, 2, int(rng.integers(10, 20)))
    )
    yield edge("no alarm at all", *answers(rng, 0, 3, 0, 5))
    yield edge("nobody ill", *answers(rng, 0, 0, 2, 5))


@scores.mistake(
    "precision-and-recall-swapped",
    "Precision and recall stand in each other's place. Precision asks about the *alarms*: how many of them were right?",
)
def _(labels, decisions):
    found, alarms, ill = np.sum((decisions == 1) & (labels == 1)), np.sum(decisions == 1), np.sum(labels == 1)
    return np.mean(decisions == labels), found / ill if ill else 0.0, found / alarms if alarms else 0.0


@scores.mistake(
    "other-class", "You scored the healthy ones. We look for 1: count the samples where decision and label are both 1."
)
def _(labels, decisions):
    found, alarms, ill = np.sum((decisions == 0) & (labels == 0)), np.sum(decisions == 0), np.sum(labels == 0)
    return np.mean(decisions == labels), found / alarms if alarms else 0.0, found / ill if ill else 0.0


@scores.mistake(
    "divided-by-everybody",
    "You divide the found cases by the number of all samples. Precision divides by the alarms, recall by the ill.",
)
def _(labels, decisions):
    found = np.sum((decisions == 1) & (labels == 1))
    return np.mean(decisions == labels), found / len(labels), found / len(labels)


@scores.mistake(
    "right-answers-instead-of-found",
    "You count all right answers, also the healthy left in peace. Only the ill who were found count for precision and recall.",
)
def _(labels, decisions):
    right, alarms, ill = np.sum(decisions == labels), np.sum(decisions == 1), np.sum(labels == 1)
    return right / len(labels), right / alarms if alarms else 0.0, right / ill if ill else 0.0


@scores.mistake(
    "recall-is-of-the-healthy",
    "Your third number is the share of the *healthy* who were left in peace. Recall is the share of the ill who were found.",
)
def _(labels, decisions):
    found, alarms, healthy = np.sum((decisions == 1) & (labels == 1)), np.sum(decisions == 1), np.sum(labels == 0)
    calm = np.sum((decisions == 0) & (labels == 0))
    return np.mean(decisions == labels), found / alarms if alarms else 0.0, calm / healthy


@scores.mistake("counts", "Your numbers are counts. Each should be a share between 0 and 1: found of how many?")
def _(labels, decisions):
    found = float(np.sum((decisions == 1) & (labels == 1)))
    return float(np.sum(decisions == labels)), found, found


@scores.mistake("percent", "Your numbers are percentages. The text asks for shares between 0 and 1.")
def _(labels, decisions):
    found, alarms, ill = np.sum((decisions == 1) & (labels == 1)), np.sum(decisions == 1), np.sum(labels == 1)
    return (
        100 * np.mean(decisions == labels),
        100 * found / alarms if alarms else 0.0,
        100 * found / ill if ill else 0.0,
    )


@scores.mistake(
    "divides-by-zero",
    "Without any alarm your precision is 0 / 0. The text says what it should be then: ask for that case first.",
)
def _(labels, decisions):
    found = np.sum((decisions == 1) & (labels == 1))
    with np.errstate(all="ignore"):
        return np.mean(decisions == labels), found / np.sum(decisions == 1), found / np.sum(labels == 1)


@scores.mistake(
    "recall-twice",
    "Your precision is the recall once more: found of all the *ill*. Of whom does precision take its share?",
)
def _(labels, decisions):
    found, ill = np.sum((decisions == 1) & (labels == 1)), np.sum(labels == 1)
    recall = found / ill if ill else 0.0
    return np.mean(decisions == labels), recall, recall


@scores.mistake(
    "precision-twice",
    "Your recall is the precision once more: found of all the *alarms*. Of whom does recall take its share?",
)
def _(labels, decisions):
    found, alarms = np.sum((decisions == 1) & (labels == 1)), np.sum(decisions == 1)
    precision = found / alarms if alarms else 0.0
    return np.mean(decisions == labels), precision, precision


@scores.variant("sums and products")
def _(labels, decisions):
    found = (labels * decisions).sum()
    return (labels == decisions).mean(), found / max(decisions.sum(), 1), found / max(labels.sum(), 1)


@scores.variant("a loop over the samples")
def _(labels, decisions):
    right = found = alarms = ill = 0
    for label, decision in zip(labels, decisions, strict=True):
        right += label == decision
        found += label == 1 and decision == 1
        alarms += decision == 1
        ill += label == 1
    return [right / len(labels), found / alarms if alarms else 0, found / ill if ill else 0]


# Choose a threshold -----------------------------------------------------------------------------------


def highest_threshold(probabilities, labels, thresholds, needed):
    """The largest of the thresholds at which the recall is at least `needed`."""
    ill = probabilities[labels == 1]
    return max(t for t in thresholds if np.mean(ill >= t) >= needed)


choose = lesson.function("choose-threshold", reference=highest_threshold, points=3, title="Choose the threshold")


def patients(rng, needed):
    """Ten ill and twenty healthy; the ten thresholds after 0 pass one more ill patient each, so that the recall meets `needed` exactly."""
    cuts = np.sort(rng.choice(np.arange(5, 95), 10, replace=False)) / 100
    probabilities = np.concatenate([cuts + 0.004, rng.uniform(0, 0.9, 20)])
    labels, order = np.repeat([1, 0], [10, 20]), rng.permutation(30)
    return probabilities[order], labels[order], np.concatenate([[0.0], cuts]), needed


@choose.cases
def _(rng):
    yield small(
        "four ill (0.9, 0.6, 0.4, 0.2), three healthy; a recall of 0.75 is needed",
        np.array([0.9, 0.7, 0.6, 0.4, 0.3, 0.2, 0.1]),
        np.array([1, 0, 1, 1, 0, 1, 0]),
        np.array([0.0, 0.25, 0.5, 0.75]),
        0.75,
    )
    yield random("30 patients, recall 0.8", *patients(rng, 0.8))
    yield random("30 patients, recall 0.6", *patients(rng, 0.6))
    yield edge("nobody may be missed", *patients(rng, 1.0))


@choose.mistake(
    "smallest",
    "That threshold is the *lowest*: it finds everybody and alarms everybody. Among those with enough recall, which one gives the fewest alarms?",
)
def _(probabilities, labels, thresholds, needed):
    return min(t for t in thresholds if np.mean(probabilities[labels == 1] >= t) >= needed)


@choose.mistake("place-not-threshold", "You return the place in the list. Return the threshold that stands there.")
def _(probabilities, labels, thresholds, needed):
    return int(np.flatnonzero([np.mean(probabilities[labels == 1] >= t) >= needed for t in thresholds])[-1])


@choose.mistake(
    "first-too-high", "At your threshold the recall has just fallen below what is needed. Which one stood before it?"
)
def _(probabilities, labels, thresholds, needed):
    good = np.flatnonzero([np.mean(probabilities[labels == 1] >= t) >= needed for t in thresholds])
    return thresholds[min(good[-1] + 1, len(thresholds) - 1)]


@choose.mistake("more-than-needed", "You ask for *more* than the needed recall. Exactly enough is enough.")
def _(probabilities, labels, thresholds, needed):
    return max((t for t in thresholds if np.mean(probabilities[labels == 1] >= t) > needed), default=thresholds[0])


@choose.mistake(
    "precision-instead",
    "You demand precision: few false alarms. A missed patient does not show in it. Which score counts those?",
)
def _(probabilities, labels, thresholds, needed):
    return max((t for t in thresholds if np.mean(labels[probabilities >= t] == 1) >= needed), default=thresholds[0])


@choose.mistake(
    "best-accuracy",
    "You chose the threshold with the best accuracy. It does not ask which mistakes are made: look at the recall it has.",
)
def _(probabilities, labels, thresholds, needed):
    return thresholds[int(np.argmax([np.mean((probabilities >= t) == labels) for t in thresholds]))]


@choose.variant("a loop that remembers the last good one")
def _(probabilities, labels, thresholds, needed):
    best = thresholds[0]
    for threshold in thresholds:
        found = np.sum((probabilities >= threshold) & (labels == 1))
        if found / np.sum(labels == 1) >= needed:
            best = threshold
    return best


@choose.variant("from the top down")
def _(probabilities, labels, thresholds, needed):
    for threshold in sorted(thresholds, reverse=True):
        if np.count_nonzero(probabilities[labels == 1] >= threshold) >= needed * np.count_nonzero(labels == 1) - 1e-9:
            return float(threshold)
    return 0.0
