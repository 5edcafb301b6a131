"""Values to work out and questions to answer in words."""

import numpy as np

from course_utils.exercises import ValuesExercise

by_hand = ValuesExercise(
    "by-hand",
    points=2,
    title="One neuron by hand",
    tolerance=0.005,
    reference=lambda: {
        "product_1": 0.5 * 0.4,
        "product_2": 0.8 * 0.6,
        "product_3": 0.3 * 0.2,
        "total": 0.84,
        "output": 1 / (1 + np.exp(-0.84)),
    },
)
by_hand.right(
    "rounded to two places, as on paper", product_1=0.2, product_2=0.48, product_3=0.06, total=0.84, output=0.70
)
by_hand.right("rounded to four places", output=0.6985)
by_hand.right("NumPy numbers", total=np.float64(0.84), output=np.float32(0.69847))
by_hand.wrong(
    "forgot-bias",
    "Your total is 0.74: the three products alone. Which number of the neuron is not used yet?",
    total=0.74,
)
by_hand.wrong(
    "bias-each-time",
    "Your total is 1.04: the bias went in once for each input. How many biases does one neuron have?",
    total=1.04,
)
by_hand.wrong(
    "added-not-multiplied",
    "You added the weight to its input: 0.5 + 0.4. A weight says how much an input counts. "
    "What do you do with a price and an amount?",
    product_1=0.9,
    product_2=1.4,
    product_3=0.5,
)
by_hand.wrong(
    "no-activation",
    "Your output is still the total, 0.84. One step is missing: what does the sigmoid make of it?",
    output=0.84,
)
by_hand.wrong(
    "missing-minus",
    "Your output is below 0.5, but a positive total gives a sigmoid above 0.5. Look at the sign in the exponent.",
    output=0.3015,
)
by_hand.wrong(
    "activated-without-bias",
    "Your output is the sigmoid of 0.74. Does the bias come before or after the sigmoid?",
    output=0.6770,
)
by_hand.wrong(
    "decimal-point", "0.3 · 0.2 is not 0.6: three tenths *of* two tenths. Is that more or less than 0.2?", product_3=0.6
)


read_network = ValuesExercise(
    "read-network",
    points=2,
    title="Read a network",
    reference=lambda: {
        "net_inputs": 4,
        "net_hidden_layers": 2,
        "net_outputs": 2,
        "net_is_deep": True,
        "net_weights": 41,
        "net_biases": 10,
    },
)
read_network.right("worked out in the cell", net_weights=int(np.dot([4, 5, 3], [5, 3, 2])), net_biases=5 + 3 + 2)
read_network.right("whole numbers with a point", net_inputs=4.0, net_outputs=2.0, net_is_deep=np.bool_(True))
read_network.wrong(
    "all-layers-hidden",
    "You counted four hidden layers. Hidden are only those that are neither input nor output.",
    net_hidden_layers=4,
)
read_network.wrong(
    "one-end-hidden",
    "You counted three hidden layers. Hidden means *between* the input and the output: which end is in your count?",
    net_hidden_layers=3,
)
read_network.wrong(
    "hidden-neurons", "8 is the number of hidden *neurons*. How many layers do they stand in?", net_hidden_layers=8
)
read_network.wrong("not-deep", "How many hidden layers did you count? Deep means more than one.", net_is_deep=False)
read_network.wrong(
    "bias-for-inputs",
    "Your 14 gives the inputs a bias too. Inputs are given numbers; they compute nothing.",
    net_biases=14,
)
read_network.wrong(
    "bias-per-layer",
    "3 is one bias for each layer. Which part of a network owns a bias: a layer, or each of its neurons?",
    net_biases=3,
)
read_network.wrong(
    "weights-multiplied",
    "120 is 4 · 5 · 3 · 2. Lines run only between neighbouring layers: count one gap at a time, then add.",
    net_weights=120,
)
read_network.wrong(
    "weights-with-biases", "51 is weights and biases together. How many *lines* does the picture have?", net_weights=51
)
