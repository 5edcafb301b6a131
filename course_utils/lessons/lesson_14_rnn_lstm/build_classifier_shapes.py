"""The mistakes that the shapes of the weights give away: a layer, a row or an output too many."""

from course_utils.exercises.keras_models.networks import is_model, shapes

from .build_classifier import build_classifier
from .review_judging import built, lstm_shapes


def found(test):
    """The mistake is recognised by `test(shapes of the weights, the right shapes)`."""
    return lambda seen, rows, labels, sizes, aspect: is_model(seen) and test(shapes(seen), lstm_shapes(*sizes))


build_classifier.slip(
    "more-layers",
    (
        "Embedding and LSTM have the right sizes. Behind them your model has more layers with weights than one neuron: which of them "
        "does the text not name?"
    ),
    "keras.layers.LSTM(units)",
    "keras.layers.LSTM(units, return_sequences=True), keras.layers.LSTM(units)",
    of="a list of layers",
    when=found(lambda mine, right: len(mine) > len(right) and mine[:4] == right[:4]),
)

build_classifier.slip(
    "other-units",
    "Your LSTM has another number of units than the caller asks for. Where does `units` belong?",
    "keras.layers.LSTM(units)",
    "keras.layers.LSTM(size)",
    when=found(lambda mine, right: len(mine) == len(right) and mine == lstm_shapes(*right[0], mine[2][0]) != right),
)

build_classifier.slip(
    "a-row-too-many",
    "Your embedding has one row more than `words`. The text asks for `words` rows, and the row of the 0 is one of them.",
    "Embedding(words, size,",
    "Embedding(words + 1, size,",
    when=found(lambda mine, right: mine[:1] == [(right[0][0] + 1, right[0][1])] and mine[1:] == right[1:]),
)

build_classifier.slip(
    "two-outputs",
    "Your model gives two numbers a review. One neuron is asked for: what does its single number say?",
    'Dense(1, activation="sigmoid")',
    'Dense(2, activation="softmax")',
    when=built(lambda seen, rows: shapes(seen)[-1:] == [(2,)]),
)

build_classifier.slip(
    "gru",
    "This layer has three sets of weights where an LSTM has four: it is a GRU. Which layer has a long memory too?",
    "layers.LSTM",
    "layers.GRU",
    when=built(lambda seen, rows: len(shapes(seen)) > 2 and shapes(seen)[1][1:] == (3 * shapes(seen)[2][0],)),
)
