"""Values to work out and questions to answer in words."""

import numpy as np

from course_utils.exercises import ValuesExercise

by_hand = ValuesExercise(
    "by-hand",
    points=2,
    title="One neuron by hand",
    tolerance=0.002,
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
by_hand.follows("total", lambda product_1, product_2, product_3: product_1 + product_2 + product_3 + 0.1)
by_hand.follows("output", lambda total: 1 / (1 + np.exp(-total)))
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
by_hand.wrong(
    "decimal-point-first", "2 is 5 · 4. Half of 0.4 is asked for: is that more or less than 0.4?", product_1=2.0
)
by_hand.wrong(
    "decimal-point-second", "4.8 is 8 · 0.6. Eight *tenths* of 0.6: is that more or less than 0.6?", product_2=4.8
)
by_hand.wrong("bias-as-factor", "0.074 is 0.74 · 0.1. The bias is added, not multiplied.", total=0.074)
by_hand.wrong("bias-taken-away", "0.64 is 0.74 - 0.1. Which sign has the bias in the formula?", total=0.64)
by_hand.wrong(
    "only-the-exponential",
    "0.43 is e to the power -0.84, the inner part of the sigmoid. Which two steps are still to do?",
    output=0.4317,
)
by_hand.wrong(
    "without-the-fraction",
    "1.43 is what stands below the fraction line, 1 + e to the power -0.84. What is to be done with it? "
    "If the fraction is there, are its brackets?",
    output=1.4317,
)
by_hand.wrong(
    "exponential-of-the-total", "2.32 is e to the power 0.84. Where is the minus, and the rest?", output=2.3164
)
by_hand.wrong(
    "cut-not-rounded", "0.69 is 0.698… with its third place cut off. To which two places is 0.698 nearer?", output=0.69
)
by_hand.wrong("percent", "69.8 is a percentage. A degree of *yes* lies between 0 and 1.", output=69.847)
by_hand.wrong(
    "yes-or-no", "1 is the answer *yes*. The sigmoid says how sure it is: a number between 0 and 1.", output=1
)
by_hand.wrong("tanh", "0.69 is tanh of 0.84. The formula of the sigmoid stands above.", output=0.6858)


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
read_network.terms("net_weights", first_weights=4 * 5, second_weights=5 * 3, third_weights=3 * 2)
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
read_network.wrong(
    "bias-as-input", "Count the symbols of the first column only. Does the picture show a fifth one?", net_inputs=5
)
read_network.wrong(
    "first-hidden-only", "Between the first and the last column there is more than one.", net_hidden_layers=1
)
read_network.wrong(
    "gap-between-the-hidden-left-out",
    "26 is 4 · 5 + 3 · 2. There are three gaps: which one is missing?",
    net_weights=26,
)
read_network.wrong("last-gap-left-out", "35 is 4 · 5 + 5 · 3. Do the two outputs get no lines?", net_weights=35)
read_network.wrong(
    "first-gap-left-out", "21 is 5 · 3 + 3 · 2. What runs from the inputs to the first circles?", net_weights=21
)
read_network.wrong("first-gap-only", "20 is 4 · 5, the first gap. How many gaps are there?", net_weights=20)
read_network.wrong(
    "outputs-without-bias", "8 is 5 + 3. Are the two symbols of the last column circles or squares?", net_biases=8
)
read_network.wrong(
    "outputs-counted-as-one", "How many circles stand in the last column? Each is an output of its own.", net_outputs=1
)
read_network.wrong(
    "a-bias-for-each-line", "41 is one bias for each line. Which part owns a bias: a line or a circle?", net_biases=41
)
read_network.wrong(
    "biases-with-weights", "51 is weights and biases together. How many *circles* are there?", net_biases=51
)
read_network.wrong(
    "deep-as-text",
    "In quotation marks, this is a text. Without the marks, True is a value by itself.",
    net_is_deep="true",
)
read_network.wrong("deep-in-words", "Yes in Python is the value True, without quotation marks.", net_is_deep="yes")
read_network.wrong("deep-as-number", "1 is a number. Which value does Python have for *yes*?", net_is_deep=1)
read_network.wrong(
    "weights-apart", "These are the three gaps. The question is for all lines together.", net_weights=[20, 15, 6]
)
read_network.wrong("lines-counted-twice", "82 counts each line from both of its ends.", net_weights=82)
