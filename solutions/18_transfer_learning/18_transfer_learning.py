# ---
# jupyter:
#   course:
#     lesson: 18_transfer_learning
#     profile: tensorflow
#     trains: true
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Lesson 18 · Transfer learning
#
# **Time:** 90–110 minutes · **Before this:** lessons 09, 10 and 13 · **Points:** 22
#
# You have thirty labelled images. A network trained on thirty images is poor. But somebody has trained a network on
# thousands of *other* images, and gives it to you. In this lesson you build on what that network has learned, you measure
# how much it helps, and you meet three cases in which it hurts.
#
# After this lesson you can
#
# - **count** which parameters are taken over and which are trained,
# - **freeze** layers, **cut off** a head and **put on** a new one,
# - **extract** features once and train on them in a moment,
# - **fine-tune** a network in two phases without spoiling it,
# - **measure** what transfer is worth, against the number of labels,
# - **recognise** when it hurts, and **choose** a strategy.

# %% nbgrader={"grade": false, "grade_id": "setup", "locked": true, "schema_version": 3, "solution": false}
import numpy as np

import course_utils
from course_utils import plots
from course_utils.lessons.lesson_18_transfer_learning import data, networks, pictures

lesson = course_utils.start("18_transfer_learning")

import keras  # after start, which keeps TensorFlow's start-up messages away

mnist = course_utils.load_mnist()

# %% [markdown]
# **Do you remember?** Three questions from earlier lessons, a minute each, in your head or on paper. No points, and you may go on without them. What you miss comes back in the next lesson.

# %% tags=["demo"]
lesson.recall()

# %% [markdown]
# ## 1. Two tasks
#
# **The idea.** A violinist who takes up the cello does not begin at zero. Much of what the first instrument taught serves the
# second. Networks can do the same: what a network has learned in a **source** task is the starting point of a **target** task.
#
# - Our **source** is MNIST: 8,000 digits of 28 × 28 pixels.
# - Our **target** is another real data set: 1,797 digits of 8 × 8 pixels, written by 13 people in Turkey (Alpaydın and Kaynak
#   1998, the UCI digits; they come with scikit-learn). We pretend that only a few of them are labelled.
#
# To fit, the small digits are enlarged to 20 × 20 and get a margin of 4, because MNIST's digits were made that way.
# A thousand of them may be used for training, the other 797 are for testing. (More MNIST digits, or a graphics card? Set
# `FULL_DATA = True`.)

# %%
FULL_DATA = False
SEED = 18
n_train, n_test = (None, None) if FULL_DATA else (8000, 2000)


def as_input(images):
    """Images of 0 to 255 as float32 of 0 to 1, with one channel."""
    return (images.astype("float32") / 255)[..., None]


x_source, y_source = as_input(mnist.x_train[:n_train]), mnist.y_train[:n_train]
x_source_test, y_source_test = as_input(mnist.x_test[:n_test]), mnist.y_test[:n_test]
target, y_all = data.small_digits()
x_pool, y_pool = target[:1000, ..., None], y_all[:1000]
x_test, y_test = target[1000:, ..., None], y_all[1000:]
print("source:", x_source.shape, "  target:", x_pool.shape, "to choose from,", x_test.shape, "to test")

# %% tags=["demo"]
plots.show(*pictures.samples({"source (MNIST)": x_source[:10, ..., 0], "target (UCI)": x_pool[:10, ..., 0]}))


# %% [markdown]
# ## 2. The network that has learned already
#
# **The idea.** A network for images has two parts. The **body** turns pixels into *features*: edges, arcs, parts of strokes
# (lesson 13). The **head**, its last layer, turns features into shares of the classes. The head belongs to one task.
# The body may serve many.
#
# | part | layer | result | parameters |
# |---|---|---|---|
# | body | Conv2D, 16 filters of 3 × 3, ReLU | 26 × 26 × 16 | 3 · 3 · 1 · 16 + 16 = 160 |
# | body | MaxPooling2D | 13 × 13 × 16 | 0 |
# | body | Conv2D, 32 filters of 3 × 3, ReLU | 11 × 11 × 32 | 3 · 3 · 16 · 32 + 32 = 4,640 |
# | body | MaxPooling2D, Flatten | 800 | 0 |
# | body | Dense 64, ReLU | 64 | 800 · 64 + 64 = 51,264 |
# | **head** | Dense 10, softmax | 10 | ? |
#
# The next cells build it and train it on the source. In real life you would load such a network: `keras.applications` has some that were
# trained on a million photos for days.


# %% tags=["demo"]
def build_network(classes):
    """The network of the table with a head for that many classes, compiled."""
    model = keras.Sequential([
        keras.Input((28, 28, 1)),
        keras.layers.Conv2D(16, 3, activation="relu"),
        keras.layers.MaxPooling2D(2),
        keras.layers.Conv2D(32, 3, activation="relu"),
        keras.layers.MaxPooling2D(2),
        keras.layers.Flatten(),
        keras.layers.Dense(64, activation="relu"),
        keras.layers.Dense(classes, activation="softmax"),
    ])
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


# %% tags=["demo"]
def score(model, x, y):
    """The share of right answers."""
    return model.evaluate(x, y, batch_size=500, verbose=0)[1]


keras.utils.set_random_seed(SEED)
source_model = build_network(10)
source_model.fit(x_source, y_source, epochs=3, batch_size=32, verbose=0)
learned = source_model.get_weights()


# %% tags=["demo"]
def learned_network():
    """A new copy of the network that has learned the source."""
    model = build_network(10)
    model.set_weights(learned)
    return model


print(f"source: {score(source_model, x_source_test, y_source_test):.1%} of the MNIST test digits")

# %% [markdown]
# **Predict first.** The same network, not trained any further, gets the target's digits. They are digits like its own. Will it read
# 95 % of them, 60 % or 10 %? And what if we forget the margin and enlarge them to the whole image?

# %% tags=["demo"]
lesson.predict("other-pens")

# %% tags=["demo"]
stretched, _ = data.small_digits(framed=False)
in_frame = score(source_model, x_test, y_test)
print(f"target, in MNIST's frame:    {in_frame:.1%}")
print(f"target, without the margin:  {score(source_model, stretched[1000:, ..., None], y_test):.1%}")
lesson.reveal("other-pens", in_frame)

# %% [markdown]
# More than half, far from all: other pens, other habits, other scanners. The margin alone is worth a lot. **First rule of transfer: feed the new
# data exactly as the old data were fed**, in scale, size, position and colours. It costs nothing and needs no label.
#
# **Worked numbers.** Say a body ends in 20 features and its head has 3 classes: 20 · 3 + 3 = 63 parameters. A new head for
# 4 classes has 20 · 4 + 4 = 84. If the body has 1,000 parameters and is frozen, 84 of 1,084 are trained, 8 %.
#
# ### Exercise 1: count what is trained
#
# ★☆☆ · 6 minutes · 2 points
#
# Use the table above.
#
# - `old_head`: the parameters of the old head, for 10 classes.
# - `new_head`: those of a new head for **5** classes on the same body.
# - `frozen`: how many parameters stand still while only the new head is trained.
# - `all_trainable`: how many are trained when, later, nothing is frozen any more (body and new head).
#
# <details><summary>Hint 1: a nudge</summary>
#
# What comes into the head: the 800 numbers after Flatten, or what the layer after it makes of them?
# </details>
# <details><summary>Hint 2: the formula</summary>
#
# A dense layer with $D$ inputs and $K$ neurons has $D \cdot K + K$ parameters. Frozen is the whole body: three numbers of the table.
# </details>

# %% nbgrader={"grade": false, "grade_id": "count-trainable-answer", "locked": false, "schema_version": 3, "solution": true}
old_head = ...
new_head = ...
frozen = ...
all_trainable = ...
### BEGIN SOLUTION
old_head = 64 * 10 + 10
new_head = 64 * 5 + 5
frozen = 160 + 4640 + 51264
all_trainable = frozen + new_head
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "count-trainable", "locked": true, "points": 2, "schema_version": 3, "solution": false}
lesson.check("count-trainable")
### BEGIN HIDDEN TESTS
lesson.grade("count-trainable")
### END HIDDEN TESTS

# %% [markdown]
# ## 3. Freeze
#
# **The idea.** To freeze a layer means: training may use its weights but not change them. In Keras every layer has the switch
# `trainable`. It is True at first.
#
# **Worked numbers.** A network with layers of 25, 36 and 14 parameters. With the first two frozen, 14 can be trained. Look:

# %% tags=["demo"]
tiny = networks.row_network()
for layer in tiny.layers:
    print(f"{layer.name.split('_')[0]:6s} {layer.count_params():3d} parameters, trainable: {layer.trainable}")
tiny.layers[0].trainable = False
tiny.layers[1].trainable = False
print("weights that can be trained:", [tuple(w.shape) for w in tiny.trainable_weights])


# %% [markdown]
# **A maker.** The exercises give you `make_network`, a function without arguments. Each call returns a *new copy* of a trained network.
# So you can change the copy as you like, and running a cell twice does no harm. (`keras.applications.MobileNetV2` is such a
# function.)
#
# ### Exercise 2: freeze
#
# ★★☆ · 10 minutes · 3 points
#
# Write `freeze(make_network, last)`. It makes a network, freezes all its layers except the last `last` ones, and returns it. With
# `last = 0` everything is frozen.
#
# <details><summary>Hint 1: a nudge</summary>
#
# `network.layers` is a list. How many of them are to be frozen, if there are `len(network.layers)`?
# </details>
# <details><summary>Hint 2: a trap</summary>
#
# `layers[:-1]` leaves out the last. What does `layers[:-0]` give? Try it on a list.
# </details>
# <details><summary>Hint 3: pseudo-code</summary>
#
# network ← make_network(); for each of the first (number of layers − last) layers: trainable ← False; return network.
# </details>


# %% nbgrader={"grade": false, "grade_id": "freeze-answer", "locked": false, "schema_version": 3, "solution": true}
def freeze(make_network, last):
    """A new network of which only the last `last` layers can be trained."""
    ### BEGIN SOLUTION
    network = make_network()
    for layer in network.layers[: len(network.layers) - last]:
        layer.trainable = False
    return network
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "freeze", "locked": true, "points": 3, "schema_version": 3, "solution": false}
lesson.check("freeze")
### BEGIN HIDDEN TESTS
lesson.grade("freeze")
### END HIDDEN TESTS

# %% tags=["demo"]
for last in (1, 2, 7):
    network = lesson.yours("freeze")(learned_network, last)
    free = sum(np.size(w.numpy()) for w in network.trainable_weights)
    print(f"last = {last}: {free:6,d} of {network.count_params():,} parameters can be trained")

# %% [markdown]
# ## 4. Features: run the body once
#
# **The idea.** A frozen body gives the same features for the same image, every time. So run it **once**, keep the features, and train
# only a head on them. An epoch then costs next to nothing.
#
# **The picture.** Each point is one digit of the target, none of which the network has ever seen. Each digit is a long list of numbers: 784
# pixels, or thousands of numbers in a layer. We draw it on the two directions in which the digits differ most (found with
# SVD, the singular value decomposition). The title counts how many digits lie nearer to the middle (the mean) of their own kind than
# to that of any other. Move the slider from the pixels (0) over both poolings (1, 2) to the 64 features (3).
#
# **Predict first.** In which picture do digits of one kind stand together?

# %% tags=["demo"]
# @title The target's digits by what the network knows, with a slider
DEPTHS = ["pixels", "first pooling", "second pooling", "64 features"]
values_at = [x_test]
for first, end in [(0, 2), (2, 4), (4, 6)]:
    part = keras.Sequential(source_model.layers[first:end])
    values_at.append(part.predict(values_at[-1], verbose=0))


def map_at(depth):
    """The target's test digits, placed by what the network knows at this depth."""
    return pictures.map_of(values_at[depth], y_test, DEPTHS[depth])


plots.explore(map_at, depth=(0, 3, 1, 3))

# %% tags=["demo"]
print("How many digits are nearest to the middle of their own kind?")
for name, values in zip(DEPTHS, values_at, strict=True):
    flat = pictures.nearest_middle(pictures.project(values), y_test)
    full = pictures.nearest_middle(values, y_test)
    print(f"{name:15s} {flat:.0%} in the picture, {full:.0%} with all {values[0].size:,d} numbers")


# %% [markdown]
# In the flat picture more digits come to stand with their own kind. With all numbers, 64 features tell the kinds apart as well as 784
# pixels do: what matters for digits is still there, in a twelfth of the numbers. Few numbers need few weights, and few weights need
# few labels.
#
# ### Exercise 3: extract the features
#
# ★★☆ · 10 minutes · 3 points
#
# Write `extract_features(make_network, images)`. It returns what arrives at the head: the output of the layer *before* the last,
# one row for each image, as a NumPy array or as a tensor. The images are prepared already.
#
# <details><summary>Hint 1: a nudge</summary>
#
# Build a network of the layers that you want to run. Which ones does `network.layers[:-1]` hold?
# </details>
# <details><summary>Hint 2: the class to look up</summary>
#
# `keras.Sequential(list of layers)` makes a network of layers that exist already; they bring their weights with them.
# </details>
# <details><summary>Hint 3: pseudo-code</summary>
#
# body ← Sequential of all layers of make_network() but the last; return body.predict(images, verbose=0).
# </details>


# %% nbgrader={"grade": false, "grade_id": "extract-features-answer", "locked": false, "schema_version": 3, "solution": true}
def extract_features(make_network, images):
    """What arrives at the head of the network, a row for each image."""
    ### BEGIN SOLUTION
    body = keras.Sequential(make_network().layers[:-1])
    return body.predict(images, verbose=0)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "extract-features", "locked": true, "points": 3, "schema_version": 3, "solution": false}
lesson.check("extract-features")
### BEGIN HIDDEN TESTS
lesson.grade("extract-features")
### END HIDDEN TESTS

# %% [markdown]
# **Now use it.** Fifty labelled digits, five of each kind. The features are computed once. Then a head of 650 parameters is trained on them, 30
# epochs. (Adam's rate is 0.01: a single layer bears long steps.)

# %% tags=["demo"]
import time


def extract(make_network, images):
    """Your features, as a NumPy array."""
    return np.asarray(lesson.yours("extract-features")(make_network, images))


# %% tags=["demo"]
features_pool, features_test = extract(learned_network, x_pool), extract(learned_network, x_test)
keras.utils.set_random_seed(SEED)
chosen = data.some_of_each(y_pool, 5, np.random.default_rng(SEED))
head_model = keras.Sequential([keras.Input((64,)), keras.layers.Dense(10, activation="softmax")])
head_model.compile(keras.optimizers.Adam(0.01), "sparse_categorical_crossentropy", metrics=["accuracy"])
began = time.perf_counter()
head_model.fit(features_pool[chosen], y_pool[chosen], epochs=30, batch_size=16, verbose=0)
print(
    f"{len(chosen)} labels, {time.perf_counter() - began:.1f} s: {score(head_model, features_test, y_test):.1%} of the target's test digits"
)


# %% [markdown]
# ## 5. A new head on the old body
#
# **The idea.** Stored features are quick, but in the end you want *one* network that takes images. So: take the old layers without the
# head, freeze them, add a new head, compile. Leave none of these steps out: Keras would
# not complain.
#
# **The picture.**
#
# ```
# old network    image → [ conv → pool → conv → pool → flatten → 64 ] → [ old head: 10 ]
#                          ───────────── body, taken over ─────────       cut off
# new network    image → [ conv → pool → conv → pool → flatten → 64 ] → [ new head: K ]
#                          ───────────── frozen ───────────────────       trained
# ```
#
# ### Exercise 4: a new head
#
# ★★☆ · 12 minutes · 4 points
#
# Write `with_new_head(make_network, classes)`. It returns a compiled model: all layers of `make_network()` but the last, frozen, and a new
# Dense layer with softmax for `classes` classes. Adam with its usual rate, sparse categorical cross-entropy, accuracy.
#
# <details><summary>Hint 1: a nudge</summary>
#
# You have written most of it: exercise 3 cuts off the head, exercise 2 freezes.
# </details>
# <details><summary>Hint 2: a star</summary>
#
# `[*body, layer]` is a list with all items of `body` and one more.
# </details>
# <details><summary>Hint 3: pseudo-code</summary>
#
# body ← all layers but the last; freeze each; model ← Sequential of body and Dense(classes, softmax); compile; return.
# </details>


# %% nbgrader={"grade": false, "grade_id": "with-new-head-answer", "locked": false, "schema_version": 3, "solution": true}
def with_new_head(make_network, classes):
    """A compiled network: the old body, frozen, and a new head for that many classes."""
    ### BEGIN SOLUTION
    body = make_network().layers[:-1]
    for layer in body:
        layer.trainable = False
    model = keras.Sequential([*body, keras.layers.Dense(classes, activation="softmax")])
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "with-new-head", "locked": true, "points": 4, "schema_version": 3, "solution": false}
lesson.check("with-new-head")
### BEGIN HIDDEN TESTS
lesson.grade("with-new-head")
### END HIDDEN TESTS

# %% [markdown]
# ## 6. What is it worth?
#
# **The idea.** One training proves nothing: with ten labels, luck decides which ten. So we repeat. For each number of labels we draw them
# three times, and each time train in two ways, with 100 steps of 16 digits:
#
# - **from scratch**: the whole network with new random weights, Adam at 0.001,
# - **features**: a new head on the frozen body, Adam at 0.01.
#
# **Predict first.** With one label for each digit, who is ahead? And with thirty? Can three labels on features stand against thirty from
# scratch?

# %% tags=["demo"]
lesson.predict("three-or-thirty")

# %% tags=["demo"]
# @title Train from scratch and on features with 1 to 30 labels, and draw
STEPS, TRIES = 100, 3
whole = build_network(10)  # one compiled network that starts anew for each training


def train(model, weights, x, y, rate, rng):
    """Start anew from these weights and make STEPS steps of 16 samples drawn from x and y."""
    networks.restart(model, weights, rate)
    drawn = rng.integers(0, len(x), 16 * STEPS)
    model.fit(x[drawn], y[drawn], batch_size=16, verbose=0)
    return model


def compare(x_pool, y_pool, x_test, y_test, features_pool, features_test, counts):
    """Accuracies from scratch and on features: {name: {labels in each class: accuracies}}."""
    classes = len(np.unique(y_pool))
    network = whole if classes == 10 else build_network(classes)
    head = keras.Sequential([keras.Input(features_pool.shape[1:]), keras.layers.Dense(classes, activation="softmax")])
    head.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    results = {"from scratch": {}, "new head on frozen features": {}}
    for count in counts:
        for tries in results.values():
            tries[count] = []
        for number in range(TRIES):
            rng = np.random.default_rng([SEED, count, number])
            chosen = data.some_of_each(y_pool, count, rng)
            labels = y_pool[chosen]
            fresh = [network.get_weights(), head.get_weights()]
            for start in fresh:  # new random weights of Keras's usual size, biases 0
                for i, w in enumerate(start):
                    # Glorot's rule (lesson 15): the more inputs and outputs, the smaller
                    reach = (
                        np.sqrt(6 / (np.prod(w.shape[:-1]) + np.prod(w.shape[:-2]) * w.shape[-1])) if w.ndim > 1 else 0
                    )
                    start[i] = rng.uniform(-reach, reach, w.shape)
            train(network, fresh[0], x_pool[chosen], labels, 0.001, rng)
            train(head, fresh[1], features_pool[chosen], labels, 0.01, rng)
            results["from scratch"][count].append(score(network, x_test, y_test))
            results["new head on frozen features"][count].append(score(head, features_test, y_test))
    return results


keras.utils.set_random_seed(SEED)
curves = compare(x_pool, y_pool, x_test, y_test, features_pool, features_test, counts=(1, 3, 10, 30))
plots.show(*pictures.by_labels(curves, "MNIST → UCI digits"))
lesson.reveal("three-or-thirty", np.mean(curves["new head on frozen features"][3]), np.mean(curves["from scratch"][30]))

# %% tags=["demo", "measured"]
for name, tries in curves.items():
    print(f"{name}, 10 labels a class, 797 UCI digits: {np.mean(tries[10]):.1%}".replace("%", " %"))


# %% [markdown]
# The lines are means of three tries, the bands reach from the worst to the best. Over three starts on two CPU cores:
#
# | labels in each class | from scratch | new head on frozen features |
# |---|---|---|
# | 1 | 59–63 % | 72–80 % |
# | 3 | 73–77 % | 85–87 % |
# | 10 | 82–83 % | 87–92 % |
# | 30 | 83–87 % | 89–93 % |
#
# (100 steps each, 797 test digits of the UCI set.) The fewer labels, the more the old body is worth. Look across the rows: features with
# *three* labels a class are as good as training from scratch with *thirty*.
#
# ## 7. Fine-tune
#
# **The idea.** Features alone stop somewhere: the body still sees the target with the eyes of the source. *Fine-tuning* lets the body move
# too, a little. In two phases:
#
# 1. **Body frozen.** The new head learns, at the usual rate. Without this phase a head that only guesses sends large, random slopes
#    back into the body.
# 2. **Everything free.** Train on with a rate that is a **hundred times smaller**.
#
# Between the phases, **compile again**. At the first `fit` after `compile` Keras settles which weights a step may change, and keeps to that. Switches that you
# set later count only after the next `compile`.
#
# **Worked numbers.** Adam moves each weight by about its learning rate in each step, whatever the slope (lesson 08). Rate 0.01, 40 steps:
# a weight of the head may wander by 0.4. Rate 0.0001, 40 steps: a weight of the body moves by at most about 0.004, while the weights
# themselves are about 0.05 in size.
#
# ### Exercise 5: fine-tune in two phases
#
# ★★★ · 18 minutes · 5 points
#
# Write `fine_tune(make_network, images, labels, epochs, rate)`. `make_network()` returns a network whose head (the last layer) is still to be
# trained; nothing is frozen yet.
#
# 1. Freeze all but the last layer. Compile with `keras.optimizers.Adam(rate)`. Train for `epochs` epochs in batches of 16.
# 2. Make every layer trainable. Compile with `rate / 100`. Train again for `epochs` epochs in batches of 16.
#
# The loss is sparse categorical cross-entropy. Return the model.
#
# <details><summary>Hint 1: a nudge</summary>
#
# The two phases have the same three parts: set the switches, compile, fit. What differs?
# </details>
# <details><summary>Hint 2: compile</summary>
#
# `model.compile(keras.optimizers.Adam(…), "sparse_categorical_crossentropy", metrics=["accuracy"])`
# </details>
# <details><summary>Hint 3: pseudo-code</summary>
#
# model ← make_network(); body layers not trainable; compile(rate); fit; all layers trainable; compile(rate / 100); fit; return model.
# </details>


# %% nbgrader={"grade": false, "grade_id": "fine-tune-answer", "locked": false, "schema_version": 3, "solution": true}
def fine_tune(make_network, images, labels, epochs, rate):
    """The network after training its head alone, and then everything at a hundredth of the rate."""
    ### BEGIN SOLUTION
    model = make_network()
    for layer in model.layers[:-1]:
        layer.trainable = False
    model.compile(keras.optimizers.Adam(rate), "sparse_categorical_crossentropy", metrics=["accuracy"])
    model.fit(images, labels, epochs=epochs, batch_size=16, verbose=0)
    for layer in model.layers:
        layer.trainable = True
    model.compile(keras.optimizers.Adam(rate / 100), "sparse_categorical_crossentropy", metrics=["accuracy"])
    model.fit(images, labels, epochs=epochs, batch_size=16, verbose=0)
    return model
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "fine-tune", "locked": true, "points": 5, "schema_version": 3, "solution": false}
lesson.check("fine-tune")
### BEGIN HIDDEN TESTS
lesson.grade("fine-tune")
### END HIDDEN TESTS

# %% [markdown]
# **Now use it.** Your three functions together: the learned network, a new head, fine-tuned with thirty labels of each digit.

# %% tags=["demo", "measured"]
# @title Fine-tune with thirty labels of each digit
keras.utils.set_random_seed(SEED)
chosen = data.some_of_each(y_pool, 30, np.random.default_rng(SEED))
few_x, few_y = x_pool[chosen], y_pool[chosen]


def learned_body_new_head():
    """A maker: the learned body with a new head, nothing frozen."""
    model = lesson.yours("with-new-head")(learned_network, 10)
    for layer in model.layers:
        layer.trainable = True
    return model


tuned = lesson.yours("fine-tune")(learned_body_new_head, few_x, few_y, 20, 0.01)
print(f"fine-tuned, 30 labels a class, 797 UCI digits: {score(tuned, x_test, y_test):.1%}".replace("%", " %"))

# %% [markdown]
# ### Break it: a rate that is too high
#
# **Predict first.** The same head, the same labels. Only the rate of the second phase grows: 0.0001, 0.001, 0.01, 0.1. What remains of
# what the body knew? (The dashed line: the body still frozen, before the second phase.)

# %% tags=["demo"]
head_model.optimizer.learning_rate = 0.01
head_model.fit(features_pool[chosen], few_y, epochs=20, batch_size=16, verbose=0)
start = [*learned[:-2], *head_model.get_weights()]
before = score(networks.restart(whole, start, 0.001), x_test, y_test)
after = {}
for rate in (0.0001, 0.001, 0.01, 0.1):
    after[rate] = score(train(whole, start, few_x, few_y, rate, np.random.default_rng(SEED)), x_test, y_test)
plots.show(*pictures.by_rate(after, before))

# %% [markdown]
# At 0.1 every weight is moved in one step by more than its own size. Nothing is left of the source, and 300 labels cannot replace it: every digit
# gets the same answer, and one in ten is right. When new training wipes out what a network knew, this is called **catastrophic
# forgetting** (McCloskey and Cohen 1989). A small rate is not caution for its own sake. It is what makes this transfer
# and not training from scratch with strange first weights.
#
# Over three starts on two CPU cores:
#
# | frozen, before | 0.0001 | 0.001 | 0.01 | 0.1 |
# |---|---|---|---|---|
# | 94–96 % | 94–96 % | 95–96 % | 89–93 % | 10 % |
#
# (These heads are better than the 89–93 % of section 6, with the same thirty labels: there a head had 100 steps. Here it had 120 on fifty digits and 380 on the three hundred.)
#
# Be honest about the gain, too. The two small rates move the result by a point at most, once downwards. This body knew digits already, so
# the second phase had little left to win. What it could lose was everything.
#
# ## 8. When it hurts
#
# **The idea.** What the source taught may be of no use, or worse: then transfer is **negative**, below training from scratch. Three cases.
#
# - **Inverted**: in our arrays a stroke is 1 and the ground 0 (the pictures show 1 as dark). Now the ground is 1 and the stroke 0. Every edge has changed its sign.
# - **Shuffled**: the pixels of each image change places, always in the same way. Neighbours are torn apart.
# - **A narrow source**: a body that has seen only the digits 0–4 is to tell 5–9 apart. It has learned what *its* five digits need.
#
# **Predict first.** In which of the three is the old body worse than none?

# %% tags=["demo"]
order = np.random.default_rng(0).permutation(784)
CHANGES = {
    "as they are": lambda x: x,
    "inverted": lambda x: 1 - x,
    "shuffled": lambda x: x.reshape(-1, 784)[:, order].reshape(-1, 28, 28, 1),
}
plots.show(*pictures.samples({name: change(x_pool[:8])[..., 0] for name, change in CHANGES.items()}))


# %% tags=["demo"]
# @title Change the target, and compare
def report(name, results):
    """One line: the mean accuracies for the last number of labels."""
    scratch, reused = (100 * np.mean(list(tries.values())[-1]) for tries in results.values())
    print(
        f"{name:14s} from scratch {scratch:.1f} %, frozen features {reused:.1f} %, difference {reused - scratch:+.1f}"
    )


keras.utils.set_random_seed(SEED)
report("as they are", compare(x_pool, y_pool, x_test, y_test, features_pool, features_test, (5,)))
for name, change in list(CHANGES.items())[1:]:
    pool, test = change(x_pool), change(x_test)
    report(
        name, compare(pool, y_pool, test, y_test, extract(learned_network, pool), extract(learned_network, test), (5,))
    )

# %% tags=["demo"]
# @title A narrow source: from 0–4 to 5–9
keras.utils.set_random_seed(SEED)
low, high = y_source < 5, y_source >= 5
narrow_model = build_network(5)
narrow_model.fit(x_source[low], y_source[low], epochs=3, batch_size=32, verbose=0)
narrow_weights = narrow_model.get_weights()


def narrow_network():
    """A new copy of the network that has seen 0 to 4 only."""
    model = build_network(5)
    model.set_weights(narrow_weights)
    return model


others, others_y = x_source_test[y_source_test >= 5], y_source_test[y_source_test >= 5] - 5
narrow = compare(
    x_source[high],
    y_source[high] - 5,
    others,
    others_y,
    extract(narrow_network, x_source[high]),
    extract(narrow_network, others),
    (2, 20),
)
plots.show(*pictures.by_labels(narrow, "Digits 0–4 → digits 5–9"))
report("0–4 → 5–9", narrow)

# %% [markdown]
# All three differences are negative. But is the comparison fair? Both sides had 100 steps, and that is short. So we gave both more time, in
# three starts on two CPU cores: 400 steps from scratch, and the head as many as it takes until its loss falls no further.
#
# | | from scratch, 400 steps | frozen features, head trained to its end |
# |---|---|---|
# | inverted, 5 labels a class | 80–84 % | 76–80 % |
# | shuffled, 5 labels a class | 78–85 % | 66–73 % |
# | 0–4 → 5–9, 20 labels a class | 89–93 % | 82–87 % |
#
# The gaps shrink, the sign stays. A part of the harm was impatience, the rest is real. Before you blame the source, train to the end.
#
# The last one is the surprise, because the images are of the very same kind. But 64 features that were
# made to tell 0–4 apart keep what *these* five need and drop the rest, and what a body has dropped no head brings back. The
# ten-digit body of section 6 was broad enough. A source should ask for at least as much as the target.
#
# **What to do.** Inverted: prepare the images, `1 - x`, and all is well again. Shuffled: train from scratch; the body looks for strokes, and
# there are none. Narrow source: look for a broader one, or fine-tune. Always: **train from scratch as well**, and compare. Without that number you
# cannot know whether transfer helps.
#
# ## 9. Clothes, if they are there
#
# Fashion-MNIST (Xiao, Rasul and Vollgraf 2017) has ten kinds of clothes in MNIST's format. If Keras has it on this computer, or there is a network, the next
# cell asks your features about clothes; otherwise it says so and goes on.

# %% tags=["demo"]
# @title Ask about clothes, if they are there
fashion = data.load_fashion()
if isinstance(fashion, str):
    print(fashion)
else:
    clothes, kinds = as_input(fashion[0]), fashion[1].astype(int)
    report(
        "clothes",
        compare(
            clothes[:8000],
            kinds[:8000],
            clothes[8000:],
            kinds[8000:],
            extract(learned_network, clothes[:8000]),
            extract(learned_network, clothes[8000:]),
            (5,),
        ),
    )

# %% [markdown]
# ## 10. Choose
#
# | | few labels | many labels |
# |---|---|---|
# | **target like the source** | features: frozen body, new head | fine-tune |
# | **target unlike the source** | find another source, or more labels | train from scratch |
#
# And before all of it: prepare the new data as the old were.
#
# ### Exercise 6: five situations
#
# ★★☆ · 8 minutes · 3 points
#
# Your network is the one of this lesson, trained on MNIST. Give each situation one of `"prepare"`, `"features"`, `"fine-tune"`, `"scratch"`: what do you do
# *first*? One of them fits twice.
#
# - `parcel_office`: digits scanned like MNIST's, but written by other people. Three labels for each digit, one old laptop.
# - `fifty_schools`: each of fifty schools wants its own classifier for five signs that its pupils write, pen strokes much like digits. Twenty labels a sign; a single small
#   server has to train all fifty and has room for one network of this size, and a little more.
# - `new_camera`: 20,000 labelled digits from a blurry camera. Features with a new head stopped at 85 %; there is time and a graphics card.
# - `bird_songs`: 500,000 labelled sound recordings, to be sorted by kind of bird.
# - `chalk_board`: digits written with black chalk on a white board. In the arrays the ground is 1 and a stroke 0; otherwise they are like MNIST's. Not a single label.
#
# <details><summary>Hint 1: three questions</summary>
#
# Does the target look like the source? How many labels are there? Do you know exactly what differs?
# </details>
# <details><summary>Hint 2: what fits twice</summary>
#
# The cheapest kind of training. In two situations, few labels or little machine leave no choice.
# </details>

# %% nbgrader={"grade": false, "grade_id": "choose-answer", "locked": false, "schema_version": 3, "solution": true}
parcel_office = ...
fifty_schools = ...
new_camera = ...
bird_songs = ...
chalk_board = ...
### BEGIN SOLUTION
parcel_office = "features"
fifty_schools = "features"
new_camera = "fine-tune"
bird_songs = "scratch"
chalk_board = "prepare"
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "choose", "locked": true, "points": 3, "schema_version": 3, "solution": false}
lesson.check("choose")
### BEGIN HIDDEN TESTS
lesson.grade("choose")
### END HIDDEN TESTS

# %% [markdown]
# ### Exercise 7: repair a program
#
# ★★☆ · 10 minutes · 2 points
#
# The chalk board of exercise 6, black on white, now with a hundred labels. The program takes a body that has learned MNIST and a new head, and fine-tunes them in two phases.
# This body has one layer, and reads worse than that of the lesson; so in the second phase it may go at a fifth of the first rate, not at a hundredth. The program runs to its end and learns badly:
# **one** place in it is wrong. `known` holds the kernel and the bias of the body, `x` 100 digits with ground 1 and strokes 0, `y` their labels, and `new` are 500 digits that it has never seen.
# The curve has six epochs of the first phase and sixteen of the second.
#
# Run the cell, and the one below it, which draws the loss. Then do two things:
#
# 1. **Name the symptom**, before you look for a cause: write the letter of what you see in the curve of the program *as given* into `symptom`.
# 2. **Repair the program.** Change at most two lines; spaces and comments do not count. It should reach a loss of at most 0.15 after the last epoch, and at least 75 % of the new rows right.
#
# - **a** · The loss stays where a guess has it.
# - **b** · The loss falls, then leaps up from one epoch to the next, and does not come back.
# - **c** · The loss falls at first, then stays well above 0.
# - **d** · The loss ends near 0, but new rows are answered badly.
#
# There are 4 programs, each with another bug. Somebody beside you has this one too? Then take another: `lesson.program("repair-chalk", 2)` prints the second. Put it in the
# place of this one, with its first line of text, by which the check knows which it was.
#
# <details><summary>Hint 1: a nudge</summary>
#
# Which of the four sentences fits the curve *as given*? Look behind the sixth epoch: does anything tell that the second phase begins there, and should it?
# </details>
# <details><summary>Hint 2: where to look</summary>
#
# Go through the program with three questions. Which weights may move in each phase, and from which line on does that hold? How far do they go in a step? What does the body get to see, in training and at the end?
# </details>


# %% nbgrader={"grade": false, "grade_id": "repair-chalk-answer", "locked": false, "schema_version": 3, "solution": true}
def fitted(known, x, y, new, seed):
    """Program 1: a body 784-64 that reads MNIST, and a new head. The loss of each epoch, and the shares of new digits."""
    keras.utils.set_random_seed(seed)
    body = keras.Sequential([
        keras.Input((28, 28)),
        keras.layers.Flatten(),
        keras.layers.Dense(64, activation="relu"),
    ])
    body.set_weights(known)
    head = keras.layers.Dense(10, activation="softmax", kernel_initializer="zeros")
    model = keras.Sequential([body, head])

    body.trainable = False
    model.compile(keras.optimizers.Adam(0.01), "sparse_categorical_crossentropy")
    first = model.fit(1 - x, y, batch_size=16, epochs=6, verbose=0)

    body.trainable = True
    model.optimizer.learning_rate = 0.002
    second = model.fit(1 - x, y, batch_size=16, epochs=16, verbose=0)
    return first.history["loss"] + second.history["loss"], model.predict(1 - new, verbose=0)


symptom = ...


### BEGIN SOLUTION
def fitted(known, x, y, new, seed):
    """Program 1: a body 784-64 that reads MNIST, and a new head. The loss of each epoch, and the shares of new digits."""
    keras.utils.set_random_seed(seed)
    body = keras.Sequential([
        keras.Input((28, 28)),
        keras.layers.Flatten(),
        keras.layers.Dense(64, activation="relu"),
    ])
    body.set_weights(known)
    head = keras.layers.Dense(10, activation="softmax", kernel_initializer="zeros")
    model = keras.Sequential([body, head])

    body.trainable = False
    model.compile(keras.optimizers.Adam(0.01), "sparse_categorical_crossentropy")
    first = model.fit(1 - x, y, batch_size=16, epochs=6, verbose=0)

    body.trainable = True
    model.compile(keras.optimizers.Adam(0.002), "sparse_categorical_crossentropy")
    second = model.fit(1 - x, y, batch_size=16, epochs=16, verbose=0)
    return first.history["loss"] + second.history["loss"], model.predict(1 - new, verbose=0)


symptom = "c"
### END SOLUTION

# %% tags=["demo"]
# @title Draw the loss of the program as it was given, and of yours
plots.show(*plots.learning(lesson["repair-chalk"].learned(fitted)))

# %% nbgrader={"grade": true, "grade_id": "repair-chalk", "locked": true, "points": 2, "schema_version": 3, "solution": false}
lesson.check("repair-chalk")
### BEGIN HIDDEN TESTS
lesson.grade("repair-chalk")
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
# - A body turns images into features, a head turns features into classes. Bodies travel, heads stay at home.
# - Prepare new data exactly as the old data were prepared.
# - Few labels: freeze the body, extract features once, train a head.
# - More labels: fine-tune. First the head, then everything with a much smaller rate. Compile in between.
# - Transfer can hurt. Train from scratch as well, over several draws, and compare.
#
# | quantity | formula | here |
# |---|---|---|
# | head | $D K + K$ | $64 \cdot 10 + 10 = 650$ |
# | trained in phase 1 | head only | 650 of 56,714, about 1 % |
# | trained in phase 2 | body + head | 56,714 |
# | reach of a weight under Adam | about rate × steps | $0.0001 \cdot 40 = 0.004$ |
# | gain | accuracy with transfer − accuracy from scratch, same labels | |
#
# ## If something goes wrong
#
# | you see | it means | do |
# |---|---|---|
# | accuracy does not change in phase 2 | not compiled after unfreezing | `compile`, then `fit` |
# | `Unknown variable … This optimizer can only be called for the variables it was originally built with` | the optimizer of phase 1 is used again, and knows the head only | a new `Adam(rate / 100)` in the second `compile` |
# | accuracy falls at once in phase 2 | the rate is too high | a hundredth of the first rate |
# | features sum to 1 in each row | the old head is still on | `layers[:-1]` |
# | `trainable_weights` is empty, though a layer says True | the model around it has `trainable = False` | set it on the layers |
# | `Input 0 of layer … is incompatible with the layer` | images of another size or without a channel | enlarge or pad; `images[..., None]` |
# | far below training from scratch | scale, colours or position differ from the source | look at a row of both, as in section 1 |
# | the body stays frozen after `model.trainable = True` | the model itself was never frozen, so Keras sees no change | set `trainable` on each layer |
# | results change a lot from run to run | few labels: luck of the draw | repeat, show mean and range |
# | `Fashion-MNIST is not in Keras's cache` | no network, or offline | nothing; the lesson does not need it |
#
# ## Sources
#
# - J. Yosinski, J. Clune, Y. Bengio, H. Lipson: *How transferable are features in deep neural networks?*, NeurIPS 2014.
# - M. McCloskey, N. Cohen: *Catastrophic interference in connectionist networks*, Psychology of Learning and Motivation 24, 1989.
# - E. Alpaydın, C. Kaynak: *Cascading classifiers*, Kybernetika 1998; the UCI digits, as distributed with scikit-learn.
# - H. Xiao, K. Rasul, R. Vollgraf: *Fashion-MNIST: a novel image dataset for benchmarking machine learning algorithms*, arXiv:1708.07747, 2017.
# - Keras documentation, *Transfer learning & fine-tuning*, keras.io.
