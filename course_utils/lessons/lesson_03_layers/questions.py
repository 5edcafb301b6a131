"""Values to work out and questions to answer in words."""

import numpy as np

from course_utils.exercises import ValuesExercise

shapes = ValuesExercise(
    "shapes",
    points=3,
    title="The table of shapes",
    reference=lambda: {
        "x_shape": (32, 784),
        "W1_shape": (784, 128),
        "b1_shape": (128,),
        "h1_shape": (32, 128),
        "W2_shape": (128, 64),
        "b2_shape": (64,),
        "y_shape": (32, 10),
        "parameters_1": 100_480,
        "parameters_2": 8_256,
        "parameters_3": 650,
        "parameters_total": 109_386,
    },
)
shapes.right("lists instead of tuples", x_shape=[32, 784], b1_shape=[128])


@shapes.variant("read off real arrays")
def _():
    W1, b1 = np.zeros((784, 128)), np.zeros(128)
    return {"W1_shape": W1.shape, "b1_shape": b1.shape, "parameters_1": W1.size + b1.size}


shapes.right("NumPy's whole numbers", parameters_2=np.int64(8256), parameters_total=np.sum([100_480, 8_256, 650]))
shapes.wrong(
    "transposed",
    "Rows and columns of the weights are swapped. Here x stands on the left, x @ W: "
    "what must the first number of W's shape agree with?",
    W1_shape=(128, 784),
)
shapes.wrong(
    "batch-in-weights",
    "Your weights depend on how many images come in at once. Would the network grow if you showed it 33 images?",
    W1_shape=(32, 128),
)
shapes.wrong(
    "always-pixels",
    "The second layer does not see the pixels. What does it get instead, and how many numbers is that for one image?",
    W2_shape=(784, 64),
)
shapes.wrong(
    "bias-per-image",
    "Your biases form a table with a row for each image. A neuron has one bias, whatever the image.",
    b1_shape=(32, 128),
)
shapes.wrong(
    "bias-as-number",
    "128 is a number and so is (128), for brackets alone change nothing. A shape is a tuple, also when it has "
    "one entry: which sign makes it one?",
    b1_shape=128,
)
shapes.wrong(
    "one-image",
    "This is right for one image. The table asks for a batch of 32. Where does the 32 stand in a shape?",
    y_shape=(10,),
)
shapes.wrong(
    "weights-only",
    "You counted the weights. What else does each neuron own?",
    parameters_1=100_352,
    parameters_2=8_192,
    parameters_3=640,
)
shapes.wrong(
    "bias-for-inputs",
    "You gave a bias to each *input* of a layer. Which end of the layer has the neurons: rows or columns of W?",
    parameters_1=101_136,
    parameters_2=8_320,
    parameters_3=704,
)
shapes.wrong(
    "times-the-batch",
    "You multiplied by the 32 images. All images go through the same weights; how many numbers are stored?",
    parameters_total=109_386 * 32,
)
