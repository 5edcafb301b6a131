"""Values to work out and questions to answer in words."""

from course_utils.exercises import ValuesExercise

choose = ValuesExercise(
    "choose-activation",
    points=2,
    title="Which activation where?",
    reference=lambda: {
        "hidden_layers": "relu",
        "spam_or_not": "sigmoid",
        "one_of_ten_digits": "softmax",
        "house_price": "linear",
    },
)
choose.right("capital letters", hidden_layers="ReLU", one_of_ten_digits="Softmax")
choose.right("with a stray space", spam_or_not=" sigmoid", house_price="Linear ")
choose.wrong(
    "sigmoid-for-ten",
    "Ten sigmoids give ten separate yes-or-no answers that need not sum to 1. One digit out of ten is a single choice.",
    one_of_ten_digits="sigmoid",
)
choose.wrong(
    "softmax-for-two",
    "softmax over a single output is always 1. For one yes-or-no output, which curve ends at 0 and 1?",
    spam_or_not="softmax",
)
choose.wrong(
    "sigmoid-hidden",
    "A sigmoid's slope is at most 0.25, so in a deep network the gradient shrinks at every layer. "
    "Which one has slope 1?",
    hidden_layers="sigmoid",
)
choose.wrong(
    "relu-price",
    "A network that predicts a number usually ends without a squeeze, so that it can also err below zero "
    "and still learn. Which word means 'no activation'?",
    house_price="relu",
)
choose.wrong("sigmoid-price", "A sigmoid never exceeds 1. Could it say 250 000?", house_price="sigmoid")
