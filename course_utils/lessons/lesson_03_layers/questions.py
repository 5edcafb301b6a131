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
shapes.terms("parameters_1", weights=784 * 128, biases=128)
shapes.terms("parameters_2", weights=128 * 64, biases=64)
shapes.terms("parameters_3", weights=64 * 10, biases=10)
shapes.terms("parameters_total", weights=784 * 128 + 128 * 64 + 64 * 10, biases=128 + 64 + 10)
shapes.sum("parameters_total", "parameters_1", "parameters_2", "parameters_3")
shapes.follows("W1_shape", lambda x_shape: (x_shape[1], 128))
shapes.follows("b1_shape", lambda W1_shape: (W1_shape[1],))
shapes.follows("h1_shape", lambda x_shape, W1_shape: (x_shape[0], W1_shape[1]))
shapes.follows("W2_shape", lambda h1_shape: (h1_shape[1], 64))
shapes.follows("b2_shape", lambda W2_shape: (W2_shape[1],))
shapes.follows("y_shape", lambda x_shape: (x_shape[0], 10))
shapes.follows("parameters_1", lambda W1_shape, b1_shape: W1_shape[0] * W1_shape[1] + b1_shape[0])
shapes.follows("parameters_2", lambda W2_shape, b2_shape: W2_shape[0] * W2_shape[1] + b2_shape[0])
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
shapes.wrong(
    "weights-only-in-the-first",
    "100,352 is 784 · 128: the weights are right. What else does each neuron own?",
    parameters_1=784 * 128,
)
shapes.wrong(
    "weights-only-in-the-second",
    "8,192 is 128 · 64: the weights are right. What else does each neuron own?",
    parameters_2=128 * 64,
)
shapes.wrong(
    "weights-only-in-the-third",
    "640 is 64 · 10: the weights are right. What else does each neuron own?",
    parameters_3=64 * 10,
)
shapes.wrong(
    "weights-only-together", "109,184 is all the weights. What else does each neuron own?", parameters_total=109_184
)
shapes.wrong("biases-only-together", "202 is all the biases. Where are the weights?", parameters_total=202)
shapes.wrong(
    "bias-for-the-pixels-together",
    "110,170 gives a bias to each pixel too. Pixels are given numbers, not neurons.",
    parameters_total=110_170,
)
shapes.wrong(
    "two-layers-together", "108,736 is the first two layers. Which layer is left out?", parameters_total=108_736
)
shapes.wrong(
    "pixels-to-the-end",
    "784 · 128 · 64 · 10 counts paths. Between two layers there are rows · columns weights: count each layer, then add.",
    parameters_total=784 * 128 * 64 * 10,
)
shapes.wrong(
    "images-in-columns",
    "Your images stand in columns. Here each example is a *row*: which number comes first?",
    x_shape=(784, 32),
)
shapes.wrong("images-as-squares", "784 is 28 · 28: here each image is one row of numbers.", x_shape=(32, 28, 28))
shapes.wrong(
    "one-image-in", "This is one image. The batch holds 32. Where does the 32 stand in a shape?", x_shape=(784,)
)
shapes.wrong(
    "hidden-values-in-columns", "Data has a row for each example. Which number comes first?", h1_shape=(128, 32)
)
shapes.wrong(
    "hidden-values-of-one-image", "This is right for one image. Which arrays begin with the 32?", h1_shape=(128,)
)
shapes.wrong(
    "hidden-values-like-weights",
    "This is the shape of the weights. `h1` is *data*: what the first hidden layer gives for each image of the batch.",
    h1_shape=(784, 128),
)
shapes.wrong(
    "hidden-values-like-inputs",
    "This is the shape of the inputs. How many numbers does the first hidden layer give for each image?",
    h1_shape=(32, 784),
)
shapes.wrong(
    "hidden-values-of-the-second",
    "This is what the *second* hidden layer gives. How wide is the first one?",
    h1_shape=(32, 64),
)
shapes.wrong(
    "second-weights-transposed",
    "Rows and columns of the second weights are swapped. x stands on the left: what comes into this layer?",
    W2_shape=(64, 128),
)
shapes.wrong(
    "third-weights",
    "These are the weights into the *output* layer. `W2` leads from the first hidden layer to the second.",
    W2_shape=(64, 10),
)
shapes.wrong(
    "batch-in-the-second-weights",
    "Parameters never begin with the number of images. What comes into this layer?",
    W2_shape=(32, 64),
)
shapes.wrong(
    "scores-in-columns", "The scores are data, with a row for each example. Which number comes first?", y_shape=(10, 32)
)
shapes.wrong(
    "scores-of-the-hidden-layer",
    "64 is the width of the last *hidden* layer. How many scores are there?",
    y_shape=(32, 64),
)
shapes.wrong("one-score", "This is one score for each image. How many possible answers are there?", y_shape=(32, 1))
shapes.wrong(
    "bias-for-the-inputs",
    "784 is the number of inputs, and they have no bias. How many neurons are in this layer?",
    b1_shape=(784,),
)
shapes.wrong(
    "bias-in-two-axes",
    "Your bias is a table with one row. A simple row of numbers has one axis only: which tuple has one entry?",
    b1_shape=(1, 128),
)
shapes.wrong(
    "bias-upright",
    "Your bias stands upright, in a table of one column. See section 3 for what that does.",
    b1_shape=(128, 1),
)
shapes.wrong(
    "second-bias-upright",
    "Your second bias is a table of one column. A simple row of numbers has one axis only.",
    b2_shape=(64, 1),
)
shapes.wrong(
    "second-bias-in-two-axes",
    "Your second bias is a table of one row. How many axes has a simple row?",
    b2_shape=(1, 64),
)
shapes.wrong(
    "second-bias-as-number", "64 is a number and so is (64). Which sign makes it a tuple with one entry?", b2_shape=64
)
shapes.wrong(
    "second-bias-for-the-inputs",
    "128 numbers come *into* this layer. A bias belongs to a neuron: how many neurons has it?",
    b2_shape=(128,),
)
shapes.wrong(
    "second-bias-per-image",
    "Your second biases form a table with a row for each image. Parameters never begin with 32.",
    b2_shape=(32, 64),
)
shapes.wrong(
    "inputs-with-bias-in-the-first",
    "101,136 gives a bias to each of the 784 *inputs*. Which end of the layer has the neurons?",
    parameters_1=101_136,
)
shapes.wrong(
    "inputs-with-bias-in-the-second",
    "8,320 gives a bias to each of the 128 numbers that come in. How many neurons has this layer?",
    parameters_2=8_320,
)
shapes.wrong(
    "inputs-with-bias-in-the-third",
    "704 gives a bias to each of the 64 numbers that come in. How many neurons has this layer?",
    parameters_3=704,
)
