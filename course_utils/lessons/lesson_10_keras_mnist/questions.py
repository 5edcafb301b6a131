"""Count parameters, explain confusions in words, and diagnose four runs from their curves."""

import numpy as np

from course_utils.exercises import TextExercise, ValuesExercise

count = ValuesExercise(
    "count-parameters",
    points=2,
    title="Count the parameters",
    reference=lambda: {
        "hidden_layer": 784 * 128 + 128,
        "output_layer": 128 * 10 + 10,
        "whole_network": 101_770,
        "deeper_network": 109_386,
    },
)
count.terms("hidden_layer", weights=784 * 128, biases=128)
count.terms("output_layer", weights=128 * 10, biases=10)
_FIRST = {"weights_of_the_first_layer": 784 * 128, "biases_of_the_first_layer": 128}
_LAST = {"weights_of_the_last_layer": 64 * 10, "biases_of_the_last_layer": 10}
count.terms("whole_network", **_FIRST, weights_of_the_second_layer=128 * 10, biases_of_the_second_layer=10)
count.terms("deeper_network", **_FIRST, weights_of_the_second_layer=128 * 64, biases_of_the_second_layer=64, **_LAST)
count.follows("whole_network", lambda hidden_layer, output_layer: hidden_layer + output_layer)
count.right("NumPy whole numbers", hidden_layer=np.int64(100_480), output_layer=np.int64(1_290))
count.right("as floats", whole_network=101_770.0, deeper_network=109_386.0)
count.wrong(
    "no-biases",
    "100,352 lines run from 784 pixels to 128 neurons. What else does each neuron own?",
    hidden_layer=784 * 128,
)
count.wrong(
    "one-bias-for-all",
    "You counted one bias for the whole layer. How many neurons does the layer have?",
    hidden_layer=784 * 128 + 1,
)
count.wrong(
    "counted-neurons",
    "128 is the number of neurons. How many numbers does each of them need to add up 784 pixels?",
    hidden_layer=128,
)
count.wrong(
    "added-sizes",
    "You added 784 and 128. Every pixel is joined to every neuron: how many pairs are there?",
    hidden_layer=784 + 128,
)
count.wrong(
    "one-row-of-pixels",
    "28 is one side of the image. How many pixels does the whole image have after flattening?",
    hidden_layer=28 * 128 + 128,
)
count.wrong(
    "pixels-into-output",
    "The output layer does not see the pixels. What comes in from the layer before it?",
    output_layer=784 * 10 + 10,
)
count.wrong(
    "no-biases-in-the-output",
    "1,280 lines run into the output. What else does each of its ten neurons own?",
    output_layer=128 * 10,
)
count.wrong(
    "one-bias-in-the-output",
    "You counted one bias for the whole output. How many neurons does it have?",
    output_layer=128 * 10 + 1,
)
count.wrong(
    "weights-only",
    "That is the number of all weights, 101,632. The biases of both layers are missing.",
    whole_network=784 * 128 + 128 * 10,
)
count.wrong(
    "one-bias-a-layer",
    "You counted one bias for each layer. Every neuron has its own.",
    whole_network=784 * 128 + 128 * 10 + 2,
)
count.wrong(
    "deeper-weights-only",
    "That is the number of all weights, 109,184. The biases of the three layers are missing.",
    deeper_network=784 * 128 + 128 * 64 + 64 * 10,
)
count.wrong(
    "deeper-without-output",
    "You added the two hidden layers. Which layer comes after the one of 64?",
    deeper_network=100_480 + 8_256,
)
count.wrong(
    "middle-layer-forgotten",
    "That is the total of the network with one hidden layer. What does the layer of 64 add, "
    "and how many inputs does the output have now?",
    deeper_network=101_770,
)
count.wrong(
    "old-output-layer",
    "Your deeper network still counts 128 inputs into the output. Which layer stands before it now?",
    deeper_network=100_480 + 8_256 + 1_290,
)
count.wrong(
    "a-bias-for-each-pixel",
    "You counted a bias for each number that comes in. Whose are the biases, and how many of those are there?",
    hidden_layer=784 * 128 + 784,
)
count.wrong(
    "a-bias-for-each-input-of-the-output",
    "In the output you counted a bias for each number that comes in. Whose are the biases?",
    output_layer=128 * 10 + 128,
)
count.wrong(
    "output-forgotten",
    "That is the hidden layer alone. Which layer belongs to the whole network as well?",
    whole_network=784 * 128 + 128,
)
count.wrong(
    "all-sizes-multiplied",
    "You multiplied all three sizes. The output layer sees the 128 neurons, not the pixels: what is done with two layers' counts?",
    whole_network=784 * 128 * 10,
)
count.wrong(
    "neurons-in-all",
    "You added the sizes of the layers. Each pair of neighbours has a line between them: how many lines are there?",
    whole_network=784 + 128 + 10,
)
count.wrong(
    "both-outputs",
    "You put the new layers on top of the whole first network, with its output. Which of the outputs is still there?",
    deeper_network=101_770 + 8_256 + 650,
)
count.wrong(
    "deeper-one-bias-a-layer",
    "You counted one bias for each of the three layers. Every neuron has its own.",
    deeper_network=784 * 128 + 128 * 64 + 64 * 10 + 3,
)
count.wrong(
    "deeper-bias-for-each-input",
    "You counted a bias for each number that comes into a layer. Whose are the biases?",
    deeper_network=784 * 129 + 128 * 65 + 64 * 11,
)


confusions = TextExercise(
    "confusions",
    points=3,
    title="Which digits are confused, and why?",
    rubric="""
1 point: names at least two pairs and quotes their counts from the confusion table of this run.
1 point: gives for each pair a reason in the shape of the digits, tied to an image in the gallery.
1 point: says why this network cannot help it (it sees 784 separate pixels, not strokes) or what would help, such as more
digits of that kind or a convolution.
""",
)


diagnose = ValuesExercise(
    "diagnose",
    points=2,
    title="Four runs, four findings",
    reference=lambda: {"ash": "healthy", "birch": "rate too small", "cedar": "rate too large", "elm": "overfitting"},
)
diagnose.offer("healthy", "overfitting", "rate too small", "rate too large")
diagnose.right("capital letters", ash="Healthy", elm="Overfitting")
diagnose.right("with a stray space", birch="rate too small ", cedar=" Rate too large")
diagnose.wrong(
    "gap-means-overfitting",
    "In ash the two curves lie a little apart, as they nearly always do. Overfitting is when the "
    "validation loss *rises*. Does it?",
    ash="overfitting",
)
diagnose.wrong(
    "falling-means-healthy",
    "birch does fall, but look at the height: after ten epochs it is where ash was within the first. "
    "What makes every step short?",
    birch="healthy",
)
diagnose.wrong(
    "small-and-large-swapped",
    "Compare birch and cedar again: one creeps down smoothly, the other jumps about and stays "
    "high. Which of them takes steps that are too long?",
    birch="rate too large",
    cedar="rate too small",
)
diagnose.wrong(
    "large-rate-taken-for-overfitting",
    "cedar does badly on its *training* digits too, so it has learned nothing by heart.",
    cedar="overfitting",
)
diagnose.wrong(
    "training-loss-only",
    "elm's training loss is nearly 0. What does its validation loss do after epoch 8?",
    elm="healthy",
)
diagnose.wrong(
    "ash-falls-slowly",
    "ash falls smoothly and ends low, on both curves. What would steps that are too short look like?",
    ash="rate too small",
)
diagnose.wrong(
    "ash-has-a-gap",
    "ash falls smoothly to the end. Steps that are too long would make the curve jump about: does it?",
    ash="rate too large",
)
diagnose.wrong(
    "birch-taken-for-overfitting",
    "In birch the validation loss goes down all the way, as the training loss does. When does one speak of overfitting?",
    birch="overfitting",
)
diagnose.wrong(
    "birch-jumps",
    "birch is smooth and falls all the way. Would steps that are too long look like this?",
    birch="rate too large",
)
diagnose.wrong(
    "cedar-taken-for-slow",
    "cedar is high, but is it on a smooth way down? Look how it jumps from epoch to epoch.",
    cedar="rate too small",
)
diagnose.wrong(
    "cedar-taken-for-healthy",
    "cedar's training loss stays high from the first epoch to the last. Has it learned what ash has?",
    cedar="healthy",
)
diagnose.wrong(
    "elm-has-learned",
    "elm's training loss goes to nearly 0, so its steps are long enough, and not too long. Look at the other curve.",
    elm="rate too small",
)
diagnose.wrong(
    "elm-rises",
    "elm's training loss falls smoothly to nearly 0: its steps are not too long. Why may the other curve rise all the same?",
    elm="rate too large",
)
