"""A search for a learning rate by successive halving, and what goes wrong in it."""

import numpy as np

from course_utils import nn
from course_utils.data.samples import digits, held_back
from course_utils.exercises import RepairExercise
from course_utils.exercises.symptoms import Goal, bursts, only_training, slow, stands


def search(x, y, new, seed):
    """Program 1: eight rates race for a network 784-32-10. With the winner, the loss of each epoch and the shares of new digits."""

    def trained(rate, rows, epochs):
        model = nn.Sequential([nn.Dense(32, "relu"), nn.Dense(10, "softmax")], seed=seed)
        model.compile(nn.SGD(rate), "sparse_categorical_crossentropy", ["accuracy"])
        return model, model.fit(x[:rows], y[:rows], batch_size=25, epochs=epochs, verbose=0)

    rates, epochs = 10 ** np.linspace(-5, -0.4, 8), 1
    while len(rates) > 1:
        models = [trained(rate, 800, epochs)[0] for rate in rates]
        accuracies = [model.evaluate(x[800:], y[800:])[1] for model in models]
        ranked = rates[np.argsort(accuracies)]
        rates, epochs = ranked[len(rates) // 2 :], 2 * epochs
    model, fitted = trained(rates[0], 1000, 15)
    return fitted.history["loss"], model.predict(new)


repair_search = RepairExercise(
    "repair-search",
    program=search,
    title="Repair a program",
    symptoms=[bursts, stands, slow, only_training],
    goal=Goal(loss=0.3, accuracy=0.78, classes=10),
)


@repair_search.cases
def _(rng):
    known, unseen = digits(), held_back()
    rows, others = rng.permutation(len(known.x_train))[:1000], rng.permutation(len(unseen.x))[:500]
    x, new = (images.reshape(len(images), 784) / np.float32(255) for images in (known.x_train[rows], unseen.x[others]))
    yield "1,000 digits", x, known.y_train[rows].astype(int), new, unseen.y[others].astype(int), int(rng.integers(1000))


repair_search.bug(
    "worse-half",
    stands,
    "`np.argsort` puts the place of the smallest number first. Which rates stand in the half that goes on?",
    "ranked[len(rates) // 2 :]",
    "ranked[: len(rates) // 2]",
    why="the half with the lower accuracies went on, so the worst of the eight rates won.",
)
repair_search.bug(
    "exponents-for-rates",
    bursts,
    "Print the eight rates. Which way does a step go whose rate is below 0?",
    "10 ** np.linspace(-5, -0.4, 8)",
    "np.linspace(-5, -0.4, 8)",
    why="on a log scale the exponents go evenly, and the rates are 10 to their power. Here the exponents themselves were taken for rates: eight numbers below 0, which lead uphill.",
)
repair_search.bug(
    "range-too-low",
    slow,
    "Print the rates that are left in each round. Where in the range does the winner lie, and what may lie beyond?",
    "np.linspace(-5, -0.4, 8)",
    "np.linspace(-5, -2, 8)",
    why="the best rate lies above 0.01, where nobody looked. A winner at the edge of its range says: look further.",
)
repair_search.bug(
    "loss-for-accuracy",
    stands,
    "`evaluate` gives two numbers. Which of them does the race go by, and is a large one good?",
    "evaluate(x[800:], y[800:])[1]",
    "evaluate(x[800:], y[800:])[0]",
    why="the race went by the loss, and the half with the larger one went on.",
)
repair_search.another("a lower end", "-0.4, 8", "-0.6, 8")
