"""Count the parameters of the review classifier by hand."""

import numpy as np

from course_utils.exercises import ValuesExercise

count = ValuesExercise(
    "count-parameters",
    points=2,
    title="Count the parameters",
    tolerance=1e-9,
    reference=lambda: {
        "embedding_parameters": 10_000 * 128,
        "lstm_parameters": 4 * (128 * 64 + 64 * 64 + 64),
        "all_parameters": 1_329_473,
    },
)
count.terms("lstm_parameters", input_weights=4 * 128 * 64, memory_weights=4 * 64 * 64, biases=4 * 64)
count.follows(
    "all_parameters", lambda embedding_parameters, lstm_parameters: embedding_parameters + lstm_parameters + 65
)
count.right("NumPy whole numbers", embedding_parameters=np.int64(1_280_000), lstm_parameters=np.int64(49_408))
count.right("as floats", lstm_parameters=49_408.0, all_parameters=1_329_473.0)
count.wrong(
    "one-gate",
    "That is one part of the LSTM. Three gates and a candidate: how many such parts are there?",
    lstm_parameters=128 * 64 + 64 * 64 + 64,
)
count.wrong(
    "no-memory-weights",
    "You counted what comes from the word. Each part also reads the 64 numbers of the short memory.",
    lstm_parameters=4 * (128 * 64 + 64),
)
count.wrong(
    "no-biases",
    "Every one of the 4 · 64 sums has one more number of its own. Which?",
    lstm_parameters=4 * (128 * 64 + 64 * 64),
)
count.wrong(
    "one-row-of-biases",
    "You gave the LSTM 64 biases. How many sums does it make, with four parts of 64?",
    lstm_parameters=4 * (128 * 64 + 64 * 64) + 64,
)
count.wrong(
    "times-length",
    "The number of steps does not count: the same weights are used at every step.",
    lstm_parameters=40 * 4 * (128 * 64 + 64 * 64 + 64),
)
count.wrong(
    "three-gates",
    "Three gates, and a fourth set of weights. What goes through the gate i?",
    lstm_parameters=3 * (128 * 64 + 64 * 64 + 64),
)
count.wrong(
    "embedding-with-bias",
    "Those are 128 numbers too many: a row too many, or a bias. The words are numbered 0 to 9,999, and an embedding only "
    "looks up a row. How many rows has it, and does it add anything?",
    embedding_parameters=10_000 * 128 + 128,
)
count.wrong(
    "dense-forgotten",
    "Embedding and LSTM are in your total. Which layer reads the LSTM's 64 numbers at the end?",
    all_parameters=1_329_408,
)
count.wrong(
    "one-too-few",
    "A single number is missing. The neuron at the end weighs 64 numbers and adds them up: what does it add as well?",
    all_parameters=1_329_472,
)
count.wrong(
    "embedding-of-the-length",
    "The embedding has a row for every word of the *vocabulary*, however long a sentence is. How many are there?",
    embedding_parameters=40 * 128,
)
count.wrong(
    "embedding-of-the-units",
    "A row of the embedding has as many numbers as its second argument says. 64 belongs to the LSTM.",
    embedding_parameters=10_000 * 64,
)
count.wrong(
    "sizes-swapped",
    "You let the word have 64 numbers and the memory 128. Which of D and F is which?",
    lstm_parameters=4 * (64 * 128 + 128 * 128 + 128),
)
count.wrong(
    "two-biases",
    "You gave the LSTM 4 · 128 biases. It makes 4 · 64 sums, and in the formula of section 4 there is one $b$: how many "
    "numbers has it?",
    lstm_parameters=4 * (128 * 64 + 64 * 64 + 2 * 64),
)
count.wrong(
    "no-word-weights",
    "You counted what comes from the short memory. Each part also reads the 128 numbers of the word.",
    lstm_parameters=4 * (64 * 64 + 64),
)
count.wrong(
    "without-the-embedding",
    "LSTM and Dense are in your total. Which layer stands before them?",
    all_parameters=49_408 + 65,
)
count.wrong(
    "dense-on-the-words",
    "Your last neuron weighs 128 numbers. How many does the LSTM hand on?",
    all_parameters=1_329_408 + 129,
)

count.wrong(
    "embedding-added-up",
    "You added the two sizes. A table of 10,000 rows with 128 numbers each: how many numbers is that?",
    embedding_parameters=10_000 + 128,
)
count.wrong(
    "word-weights-only",
    "You counted what comes from the word. Which two other things does each of the sums of an LSTM have?",
    lstm_parameters=4 * 128 * 64,
)
count.wrong(
    "two-outputs",
    "Your last layer has two neurons. How many outputs has the sigmoid for one yes or no?",
    all_parameters=1_329_408 + 130,
)
count.wrong(
    "neuron-without-weights",
    "You counted one number for the last layer. Its neuron weighs what the LSTM hands on: how many numbers are that?",
    all_parameters=1_329_409,
)
