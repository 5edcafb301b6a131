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
choose.offer("relu", "sigmoid", "softmax", "linear")
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
choose.wrong(
    "softmax-hidden",
    "Softmax makes shares of one whole, so neurons of a hidden layer would compete. What is a hidden layer for?",
    hidden_layers="softmax",
)
choose.wrong(
    "linear-hidden",
    "Without a bend, all the layers together are only one: exercise 5. Which word bends, and lets the gradient through?",
    hidden_layers="linear",
)
choose.wrong(
    "relu-for-two",
    "ReLU may say 0 or 17. A probability lies between 0 and 1: which curve ends there?",
    spam_or_not="relu",
)
choose.wrong(
    "linear-for-two",
    "Without a squeeze any number may come out, also -3. A probability lies between 0 and 1: which curve ends there?",
    spam_or_not="linear",
)
choose.wrong(
    "relu-for-ten",
    "ReLU gives ten amounts, and nothing makes them sum to 1. Which one turns scores into shares of one whole?",
    one_of_ten_digits="relu",
)
choose.wrong(
    "linear-for-ten",
    "These would be ten scores. Which one turns scores into shares that sum to 1?",
    one_of_ten_digits="linear",
)
choose.wrong(
    "softmax-price",
    "Softmax over a single output is always 1, so every house would cost the same. Which word means 'no activation'?",
    house_price="softmax",
)
