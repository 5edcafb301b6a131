"""Count the parameters of the CNN, layer by layer."""

import numpy as np

from course_utils.exercises import ValuesExercise

count = ValuesExercise(
    "count-parameters",
    points=2,
    title="Count the parameters",
    reference=lambda: {
        "first_convolution": 3 * 3 * 1 * 32 + 32,
        "second_convolution": 3 * 3 * 32 * 64 + 64,
        "hidden_layer": 5 * 5 * 64 * 64 + 64,
        "whole_network": 121_930,
    },
)
count.terms("first_convolution", weights=3 * 3 * 32, biases=32)
count.terms("second_convolution", weights=3 * 3 * 32 * 64, biases=64)
count.terms("hidden_layer", weights=1600 * 64, biases=64)
count.terms("whole_network", weights=3 * 3 * 32 + 3 * 3 * 32 * 64 + 1600 * 64 + 64 * 10, biases=32 + 64 + 64 + 10)
count.follows(
    "whole_network",
    lambda first_convolution, second_convolution, hidden_layer: (
        first_convolution + second_convolution + hidden_layer + 650
    ),
)
count.right("NumPy whole numbers", first_convolution=np.int64(320), second_convolution=np.int64(18_496))
count.right("as floats", hidden_layer=102_464.0, whole_network=121_930.0)
count.wrong("no-biases", "288 weights in 32 filters of 3 × 3. What else does each filter own?", first_convolution=288)
count.wrong(
    "bias-at-every-place",
    "You give the filter a bias of its own at each of its 26 × 26 places. It carries its numbers with it: "
    "how many biases do 32 filters have?",
    first_convolution=288 + 26 * 26 * 32,
)
count.wrong(
    "one-filter", "That is one filter of 3 × 3 with its bias. How many filters are there?", first_convolution=10
)
count.wrong(
    "one-channel-deep",
    "Your filters of the second convolution are 3 × 3 and one channel deep. How many channels come out of "
    "the first one, and does a filter see all of them?",
    second_convolution=3 * 3 * 64 + 64,
)
count.wrong(
    "filters-for-channels",
    "You let each filter reach through 64 channels. 64 is the number of filters of this layer: how many channels "
    "come into it?",
    second_convolution=3 * 3 * 64 * 64 + 64,
)
count.wrong(
    "same-padding",
    "You counted 7 × 7 × 64 inputs. That is 28 halved twice, but each convolution without padding also takes "
    "away two rows: 28 → 26 → 13 → 11 → ?",
    hidden_layer=7 * 7 * 64 * 64 + 64,
)
count.wrong(
    "second-pooling-forgotten",
    "11 × 11 places leave the second convolution, and then comes the second pooling.",
    hidden_layer=11 * 11 * 64 * 64 + 64,
)
count.wrong(
    "channels-forgotten",
    "Flatten lays out 5 × 5 places of *each* of the 64 channels. How many numbers is that?",
    hidden_layer=25 * 64 + 64,
)
count.wrong(
    "output-layer-forgotten",
    "You added the three layers above. What do the ten neurons of the output need?",
    whole_network=121_280,
)
count.wrong(
    "second-no-biases",
    "Those are the weights of 64 filters, each 3 × 3 and 32 channels deep. What else does each filter own?",
    second_convolution=18_432,
)
count.wrong(
    "one-deep-filter",
    "That is one filter of the second convolution, 32 channels deep, with its bias. How many filters are there?",
    second_convolution=3 * 3 * 32 + 1,
)
count.wrong(
    "hidden-no-biases",
    "1600 numbers go into each of 64 neurons. What does every neuron own beside its weights?",
    hidden_layer=102_400,
)
count.wrong(
    "hidden-biases-of-the-inputs",
    "You gave the hidden layer a bias for each of its 1600 inputs. How many sums does it make?",
    hidden_layer=102_400 + 1600,
)
count.wrong(
    "without-any-bias",
    "Your total lacks 170 numbers: that is one for every filter and every neuron. Which?",
    whole_network=121_930 - 170,
)
count.wrong(
    "output-without-biases",
    "Ten numbers are missing in your total. Which layer has ten of something?",
    whole_network=121_920,
)
count.wrong(
    "convolutions-only",
    "That is the sum of the two convolutions. Which layers come after Flatten?",
    whole_network=18_816,
)
count.wrong(
    "dense-layers-only",
    "That is the sum of the two dense layers. Which layers of the table come before them, and do they have weights?",
    whole_network=102_464 + 650,
)
count.wrong(
    "results-for-parameters",
    "26 · 26 · 32 is how many numbers come *out* of the first convolution. How many does it own?",
    first_convolution=26 * 26 * 32,
)
count.wrong(
    "results-of-the-second",
    "11 · 11 · 64 is how many numbers come *out* of the second convolution. How many does it own?",
    second_convolution=11 * 11 * 64,
)
count.wrong(
    "sides-added",
    "A window of 3 × 3 has 9 numbers, not 3. How many products does one sum have?",
    first_convolution=3 * 32 + 32,
)
count.wrong(
    "all-pixels",
    "You give each of the 32 filters a weight for every pixel. That is a dense layer: how many pixels lie under the window?",
    first_convolution=28 * 28 * 32 + 32,
)
count.wrong(
    "rounded-up",
    "You counted maps of 6 × 6. Half of 11 is 5.5: what does pooling do with a row that does not fill a square?",
    hidden_layer=6 * 6 * 64 * 64 + 64,
)
count.wrong(
    "the-layer-after",
    "64 · 10 + 10 belongs to the output layer. How many numbers go into the 64 neurons after Flatten?",
    hidden_layer=650,
)
count.wrong(
    "one-neuron",
    "That is one neuron with its bias. How many neurons are there?",
    hidden_layer=1601,
)
count.wrong(
    "hidden-neurons-only",
    "64 is how many neurons there are. How many weights has each of them?",
    hidden_layer=64,
)
count.wrong(
    "sum-of-filters",
    "You added the channels that come in to the filters. For each filter, how many numbers lie on how many channels?",
    second_convolution=3 * 3 * (32 + 64) + 64,
)
count.wrong(
    "biases-of-the-channels",
    "The weights are right. You count a bias for each of the 32 channels that come in: who owns the biases?",
    second_convolution=18_432 + 32,
)
