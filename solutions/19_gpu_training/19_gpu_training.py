# ---
# jupyter:
#   course:
#     lesson: 19_gpu_training
#     profile: tensorflow
#     trains: true
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Lesson 19 · Training on a GPU
#
# **Time:** 110–130 minutes, in two sittings: 45–55 before the break, 65–75 after it · **Before this:** lessons 05 and 10 · **Points:** 24
#
# Training takes long. A graphics card can make it ten times as fast, or not faster at all. The difference is
# arithmetic, and you will do it here: first with a pencil, then with a stopwatch. You need no graphics card. Every cell
# runs on any computer, says what it found, and uses a card where there is one.
#
# After this lesson you can
#
# - **find** the devices that TensorFlow computes on,
# - **compute** what a faster device is worth, and what limits it,
# - **measure** how many samples a second a network learns from, by batch size, and **adapt** the learning rate,
# - **build** an input pipeline whose stages stand in the right order,
# - **explain** what gets lost in 16 bits, and **write** the loss scaling that saves it,
# - **build** a model in mixed precision,
# - **combine** the gradients of several devices, and **run** a model on two of them and on another backend.

# %% nbgrader={"grade": false, "grade_id": "setup", "locked": true, "schema_version": 3, "solution": false}
import numpy as np

import course_utils
from course_utils import nn, plots
from course_utils.lessons.lesson_19_gpu_training import timeline

lesson = course_utils.start("19_gpu_training")

import keras  # after start, which keeps TensorFlow's start-up messages away
import tensorflow as tf

mnist = course_utils.load_mnist()

# %% [markdown]
# **Do you remember?** Three questions from earlier lessons, a minute each, in your head or on paper. No points, and you may go on without them. What you miss comes back in the next lesson.

# %% tags=["demo"]
lesson.recall()

# %% [markdown]
# ## 1. What a GPU changes
#
# **The idea.** A processor (CPU) is a few excellent cooks. Each can do anything, one dish after the other. A graphics card
# (GPU) is a hall of thousands of helpers who can all do the same simple thing at once: multiply and add. A layer of a
# network is a matrix product, and that is nothing but multiplying and adding. So the hall fits the work.
#
# But a hall has its price. Everyone has to be told what to do, and the ingredients have to be carried in. For three
# potatoes the cook is faster.
#
# **Worked numbers.** A product of two tables of $N \times N$ numbers has $N^2$ results. Each takes $N$ products and about $N$
# sums, so there are about $2N^3$ operations. For $N = 100$ that is 2 million, for $N = 1000$ it is 2 billion: a thousand
# times more work, with only a hundred times more numbers to carry.
#
# **Predict first.** Will large tables be multiplied at the same speed as small ones, counted in operations per second?

# %% tags=["demo"]
# @title Measure operations per second
import time

print("TensorFlow found:", ", ".join(device.name for device in tf.config.list_physical_devices()))
print("It will compute on:", " + ".join(course_utils.devices()))

for size in (16, 64, 256, 1024):
    table = tf.random.normal((size, size))
    for repeats in (3, max(3, 2**24 // size**2 // 16)):  # the first round only warms up
        begin = time.perf_counter()
        for _ in range(repeats):
            product = table @ table
        float(product[0, 0])  # waits until the device has finished
        seconds = (time.perf_counter() - begin) / repeats
    print(f"{size:5d} × {size:<5d} {2 * size**3 / seconds / 1e9:8.2f} billion operations a second")

# %% [markdown]
# Small tables are slow, because calling for the work takes longer than the work. That is true on every device. On
# a GPU it is true of much larger tables still.
#
# **Where does my model run?** Keras puts it on the first GPU if there is one, and on the CPU otherwise. You change nothing
# in your code. No GPU although you have one? See the table at the end.
#
# ## 2. What is it worth?
#
# **The idea.** A train that is twice as fast does not get you home in half the time if you walk to the station. Training
# has a walk, too: reading images, cutting and scaling them. That is the processor's work, and the GPU does not touch it. So
# the **speed-up** is
#
# $$\text{speed-up} = \frac{\text{old time}}{\text{new time}} = \frac{\text{load} + \text{train}}{\text{load} + \text{train} / k}$$
#
# where $k$ is how many times faster the GPU trains. However large $k$ is, the load stays. This is **Amdahl's law** (1967).
#
# **Worked numbers.** A step: 4 ms to load, 12 ms to train, 16 ms together. A GPU that trains 6 times as fast needs 4 + 2 = 6 ms.
# The speed-up is 16 / 6 = 2.67. With an infinitely fast one 4 ms are left: never more than 16 / 4 = 4.
#
# ### Exercise 1: what a faster device is worth
#
# ★☆☆ · 8 minutes · 2 points
#
# MNIST has 60,000 training digits. We train in batches of 128.
#
# - `steps_per_epoch`: how many batches make an epoch? The last one may be smaller.
# - `seconds_per_epoch`: how long does an epoch take, in seconds, at 4 ms a step?
#
# Now another network. Its step takes 2 ms to load and 18 ms to train.
#
# - `gpu_speed_up`: the speed-up with a GPU that trains 9 times as fast.
# - `highest_speed_up`: what no GPU can exceed, however fast it trains.
#
# <details><summary>Hint 1: a nudge</summary>
#
# For the last two, first write down the new time of a step in milliseconds.
# </details>
# <details><summary>Hint 2: the formulas</summary>
#
# Steps: samples / batch size, rounded up. Speed-up: the old time of a step divided by the new one.
# </details>
# <details><summary>Hint 3: almost there</summary>
#
# 60,000 / 128 = 468.75. Old step 20 ms; new step 2 + 18 / 9 ms; and with an endlessly fast GPU 2 + 0 ms.
# </details>

# %% nbgrader={"grade": false, "grade_id": "speed-up-answer", "locked": false, "schema_version": 3, "solution": true}
steps_per_epoch = ...
seconds_per_epoch = ...
gpu_speed_up = ...
highest_speed_up = ...
### BEGIN SOLUTION
steps_per_epoch = int(np.ceil(60_000 / 128))
seconds_per_epoch = steps_per_epoch * 4 / 1000
gpu_speed_up = (2 + 18) / (2 + 18 / 9)
highest_speed_up = (2 + 18) / 2
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "speed-up", "locked": true, "points": 2, "schema_version": 3, "solution": false}
lesson.check("speed-up")
### BEGIN HIDDEN TESTS
lesson.grade("speed-up")
### END HIDDEN TESTS

# %% [markdown]
# ## 3. Larger batches
#
# **The idea.** Each step has a fixed cost: Python calls TensorFlow, TensorFlow calls the device. A bus costs the same
# whether one person sits in it or fifty. With more samples in a step, each pays less.
#
# **Predict first.** We double the batch again and again. Does the number of samples per second double each time?
#
# The next cells train lesson 10's network 784-128-10. `FULL_DATA = True` takes all digits that were found on your computer.

# %%
FULL_DATA = False
n_train, n_test = (None, None) if FULL_DATA else (8000, 2000)
x_train, x_test = mnist.x_train[:n_train].astype("float32") / 255, mnist.x_test[:n_test].astype("float32") / 255
y_train, y_test = mnist.y_train[:n_train], mnist.y_test[:n_test]


def network():
    """A new network 784-128-10, not compiled yet."""
    return keras.Sequential([
        keras.Input((28, 28)),
        keras.layers.Flatten(),
        keras.layers.Dense(128, activation="relu"),
        keras.layers.Dense(10, activation="softmax"),
    ])


# %% tags=["demo"]
# @title Measure samples per second, and draw
STEPS = 20


def samples_per_second(batch_size):
    """How many samples a second the network learns from: the fastest of three turns, after one that only warms up."""
    model = network()
    model.compile("sgd", "sparse_categorical_crossentropy")
    places = np.arange(STEPS * batch_size) % len(x_train)
    x, y = x_train[places], y_train[places]
    turns = []
    for _ in range(4):
        begin = time.perf_counter()
        model.fit(x, y, batch_size=batch_size, shuffle=False, verbose=0)
        turns.append(time.perf_counter() - begin)
    return len(x) / min(turns[1:])


sizes = [4, 8, 16, 32, 64, 128, 256, 512, 1024]
speeds = [samples_per_second(size) for size in sizes]
figure, axes = plots.figure(1, 1, (7.5, 3.4))
axes.plot(sizes, speeds, marker="o", label="measured here", **plots.line(0))
quickest = max(speed / size for size, speed in zip(sizes, speeds, strict=True))  # steps a second
axes.plot(
    sizes, [quickest * size for size in sizes], label="if every step were as quick as the quickest", **plots.line(1)
)
axes.set(
    xscale="log",
    yscale="log",
    xticks=sizes,
    xticklabels=sizes,
    xlabel="batch size",
    ylabel="samples per second",
    ylim=(min(speeds) / 2, 20 * quickest * max(sizes)),
)
axes.minorticks_off()
axes.legend()
plots.show(
    figure,
    "Samples per second by batch size, both scales logarithmic. "
    + ", ".join(f"{size}: {speed:,.0f}" for size, speed in zip(sizes, speeds, strict=True))
    + ". A straight line shows equally quick steps; the measured curve touches it once and lies "
    "below it elsewhere.",
)

# %% [markdown]
# At first the curve climbs about as steeply as the straight line: a larger batch is nearly free. Then it bends. From there on the
# device has enough to do, and a batch twice as large takes nearly twice as long. (No bend? Then your device could bear still larger ones.) On a GPU the bend comes later, because there are more
# helpers to keep busy. Where it bends is a good batch size, if memory allows. (Bumps in the curve come from whatever else your
# computer is doing.)
#
# ### A larger batch wants a larger step
#
# There is a catch. In an epoch of 8,000 digits there are 250 steps with batches of 32, and only 32 steps with batches of 250.
# Fewer steps of the same length do not get as far. A common rule, tested up to batches of 8,192 images (Goyal and others, 2017):
#
# > **Batch $k$ times as large: learning rate $k$ times as large.** (For plain gradient descent and momentum.)
#
# **Worked numbers.** Batch 32 with rate 0.1. Batch 250 is 7.8 times as large: rate 0.78, about 0.8. Batch 1000: rate 3.1.
#
# **Predict first.** Five trainings of three epochs each. Which of them learns well?

# %% tags=["demo"]
lesson.predict("rule-too-far")

# %% tags=["demo"]
for batch_size, rate in [(32, 0.1), (250, 0.1), (250, 0.8), (1000, 0.1), (1000, 3.1)]:
    keras.utils.set_random_seed(1)
    model = network()
    model.compile(keras.optimizers.SGD(rate), "sparse_categorical_crossentropy", metrics=["accuracy"])
    begin = time.perf_counter()
    model.fit(x_train, y_train, batch_size=batch_size, epochs=3, verbose=0)
    seconds = time.perf_counter() - begin
    accuracy = model.evaluate(x_test, y_test, verbose=0)[1]
    print(f"batch {batch_size:4d}, rate {rate:3.1f}: {accuracy:6.1%} of the test digits, {seconds:.1f} s")
lesson.reveal("rule-too-far", accuracy)

# %% [markdown]
# With the old rate, larger batches fall behind. With the larger rate the batch of 250 catches up. At 1000 the rule has come
# to its end: a step of 3.1 jumps over the valley (lesson 05). Real trainings therefore begin with a small rate
# and raise it over the first epochs, a **warm-up**. Over four starts on two CPU cores we measured:
#
# | batch, rate | 32, 0.1 | 250, 0.1 | 250, 0.8 | 1000, 0.1 | 1000, 3.1 |
# |---|---|---|---|---|---|
# | of 2,000 bundled test digits | 92.1–93.7 % | 88.1–88.7 % | 92.1–93.3 % | 80.4–81.2 % | 10.0–37.3 % |
#
# ## 4. Feeding the device
#
# **The idea.** In a restaurant kitchen one person cuts, one cooks. If the cook waits while vegetables are cut, and the
# cutter waits while they are cooked, both stand idle half of the time. Let the cutter prepare the *next* portion
# meanwhile. In TensorFlow this is called **prefetch**.
#
# **The picture.** Five batches. The upper lane is the processor that prepares, the lower one the device that trains. Move
# the sliders: what if preparing takes longer than training?

# %% tags=["demo"]
plots.explore(timeline.draw, load=(1, 10, 1, 4), compute=(1, 10, 1, 5))


# %% [markdown]
# **Worked numbers.** Four batches, 2 ms to prepare and 3 ms to train. In turn: 4 · (2 + 3) = 20 ms. With prefetch: the first batch
# is prepared (2 ms). Then there are three rounds in which one batch is trained on and the next one prepared side by
# side; each lasts as long as the slower of the two (3 ms). At last the fourth batch is trained on (3 ms): 2 + 3 · 3 + 3 = 14 ms.
#
# ### Exercise 2: the time of an epoch
#
# ★★☆ · 10 minutes · 3 points
#
# Write `epoch_time(batches, load, compute, prefetch)`. It returns the milliseconds until the last of `batches` batches (1 or more)
# is trained on. `prefetch` is `True` or `False`.
#
# <details><summary>Hint 1: a nudge</summary>
#
# With prefetch, look at the picture: what happens alone at the very beginning, and what alone at the very end?
# </details>
# <details><summary>Hint 2: the formula</summary>
#
# In turn: $n \cdot (\text{load} + \text{compute})$. With prefetch: $\text{load} + (n - 1) \cdot \text{slower} + \text{compute}$.
# </details>
# <details><summary>Hint 3: pseudo-code</summary>
#
# if not prefetch: return `batches · (load + compute)`; otherwise use Python's `max(load, compute)` for the slower.
# </details>


# %% nbgrader={"grade": false, "grade_id": "epoch-time-answer", "locked": false, "schema_version": 3, "solution": true}
def epoch_time(batches, load, compute, prefetch):
    """The time of an epoch, with the next batch prepared meanwhile or not."""
    ### BEGIN SOLUTION
    if not prefetch:
        return batches * (load + compute)
    return load + (batches - 1) * max(load, compute) + compute
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "epoch-time", "locked": true, "points": 3, "schema_version": 3, "solution": false}
lesson.check("epoch-time")
### BEGIN HIDDEN TESTS
lesson.grade("epoch-time")
### END HIDDEN TESTS

# %% [markdown]
# ### The stages of a pipeline
#
# `tf.data` builds a pipeline from stages. Each stage takes a dataset and gives a *new* one, so you write them in a row:
# `dataset.map(...).cache().shuffle(...)`.
#
# | stage | what it does |
# |---|---|
# | `tf.data.Dataset.from_tensor_slices((images, labels))` | gives one pair (image, label) after the other |
# | `.map(function)` | does something to each element, such as scaling; here the function takes `image, label` and returns both |
# | `.cache()` | keeps in memory all that has come so far; from the second epoch on nothing before it runs again |
# | `.shuffle(n)` | holds `n` elements and always gives out a random one of them; in a new order in each epoch |
# | `.batch(size)` | puts `size` elements together; the last batch may be smaller |
# | `.prefetch(tf.data.AUTOTUNE)` | prepares the next elements while the last one is worked on |
#
# **Order matters.** Six samples, batches of two, three epochs:

# %% tags=["demo"]
six = tf.data.Dataset.range(1, 7)
keras.utils.set_random_seed(3)
for name, dataset in {
    "shuffle(6), batch(2)": six.shuffle(6).batch(2),
    "batch(2), shuffle(3)": six.batch(2).shuffle(3),
    "shuffle(6), cache(), batch(2)": six.shuffle(6).cache().batch(2),
    "shuffle(2), batch(2)": six.shuffle(2).batch(2),
}.items():
    print(
        f"{name:30s}",
        "   |   ".join(" ".join(str(batch.tolist()) for batch in dataset.as_numpy_iterator()) for _ in range(3)),
    )


# %% [markdown]
# Only the first line is what we want. In the second, 1 and 2 always travel together. In the third, all epochs are alike. In the
# fourth, no number comes much earlier than it stands.
#
# ### Exercise 3: build a pipeline
#
# ★★★ · 15 minutes · 4 points
#
# Write `make_pipeline(images, labels, batch_size)`. `images` are `uint8` from 0 to 255. Return a dataset that
#
# - gives pairs of images and labels, with the pixels as `float32` from 0 to 1,
# - does the scaling only once, not in every epoch,
# - holds every sample once in an epoch, all of them mixed, however many there are, in a new order each time,
# - gives batches of `batch_size`, and the smaller last batch too,
# - prepares the next batch while one is being trained on.
#
# The check looks at what comes out. It cannot see how often you scale: for that, look yourself at where `cache()` stands. For a pixel as
# `float32`, TensorFlow has `tf.cast(image, tf.float32)`.
#
# <details><summary>Hint 1: a nudge</summary>
#
# The table above has the stages in a good order. How many samples must `shuffle` hold to mix all of them?
# </details>
# <details><summary>Hint 2: scaling</summary>
#
# A function for `map` takes `image, label` and returns both: `tf.cast(image, tf.float32) / 255, label`.
# </details>
# <details><summary>Hint 3: pseudo-code</summary>
#
# from_tensor_slices → map(scale) → cache → shuffle(number of images) → batch(batch_size) → prefetch(AUTOTUNE); return the last.
# </details>


# %% nbgrader={"grade": false, "grade_id": "make-pipeline-answer", "locked": false, "schema_version": 3, "solution": true}
def make_pipeline(images, labels, batch_size):
    """A tf.data pipeline: scaled once, mixed anew in each epoch, in batches, prefetched."""

    ### BEGIN SOLUTION
    def scale(image, label):
        return tf.cast(image, tf.float32) / 255, label

    dataset = tf.data.Dataset.from_tensor_slices((images, labels))
    return dataset.map(scale).cache().shuffle(len(images)).batch(batch_size).prefetch(tf.data.AUTOTUNE)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "make-pipeline", "locked": true, "points": 4, "schema_version": 3, "solution": false}
lesson.check("make-pipeline")
### BEGIN HIDDEN TESTS
lesson.grade("make-pipeline")
### END HIDDEN TESTS

# %% [markdown]
# **Now use it.** First the stopwatch: ten batches, each about 20 ms to prepare and 20 ms to train. Here both are only waited
# for, so that we know what to expect: your `epoch_time` says it beforehand. Then a real training with your pipeline.

# %% tags=["demo"]
# @title Hold a stopwatch to four pipelines
my_time, my_pipeline = lesson.yours("epoch-time"), lesson.yours("make-pipeline")


def slowly(number):
    """Takes 20 ms and changes nothing."""
    time.sleep(0.02)
    return number


def epoch_seconds(dataset):
    """The time of an epoch in which every batch is trained on for 20 ms."""
    begin = time.perf_counter()
    for _ in dataset:
        time.sleep(0.02)
    return time.perf_counter() - begin


in_turn = tf.data.Options()
in_turn.experimental_optimization.inject_prefetch = False  # TensorFlow would otherwise add what we want to leave out
slow = tf.data.Dataset.range(10).map(lambda number: tf.numpy_function(slowly, [number], tf.int64)).with_options(in_turn)
kept = slow.cache().prefetch(1)
for name, dataset, expected in [
    ("in turn", slow, my_time(10, 20, 20, False)),
    ("prefetch", slow.prefetch(1), my_time(10, 20, 20, True)),
    ("prefetch and cache, first epoch", kept, my_time(10, 20, 20, True)),
    ("prefetch and cache, second epoch", kept, my_time(10, 0, 20, True)),
]:
    print(f"{name:34s} expected {expected:4.0f} ms, measured {1000 * epoch_seconds(dataset):4.0f} ms")

# %% tags=["demo"]
keras.utils.set_random_seed(1)
model = network()
model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(
    my_pipeline(mnist.x_train[:n_train], y_train, 125), epochs=2, shuffle=False, verbose=0
)  # the pipeline shuffles
print(
    f"trained from the pipeline: {model.evaluate(x_test, y_test, verbose=0)[1]:.1%} of the test digits after 2 epochs"
)

# %% [markdown]
# ## 5. One recipe instead of many calls
#
# **The idea.** For a layer, TensorFlow calls the device three times: multiply, add the bias, apply ReLU. Between the calls the
# results go to memory and back. A **compiler**, XLA, can make one call of the three. You ask for it with
# `model.compile(..., jit_compile=True)`. Keras asks for it by itself where it expects it to help, which is on a GPU.
#
# **The price.** Compiling takes time, at the first step and again for every new shape of a batch: a smaller last batch counts.
#
# **Predict first.** Is it faster on the device that you have?

# %% tags=["demo"]
# @title Measure with and without the compiler
for jit in (False, True):
    model = network()
    model.compile("adam", "sparse_categorical_crossentropy", jit_compile=jit)
    begin = time.perf_counter()
    model.fit(x_train[:128], y_train[:128], batch_size=128, verbose=0)
    first = time.perf_counter() - begin
    turns = []
    for _ in range(3):
        begin = time.perf_counter()
        model.fit(x_train[: 30 * 128], y_train[: 30 * 128], batch_size=128, verbose=0)
        turns.append(time.perf_counter() - begin)
    print(f"jit_compile={jit!s:5}: first step {first:.2f} s, then {1000 * min(turns) / 30:.2f} ms a step")

# %% [markdown]
# Here you have the trade: seconds more at the first step, against milliseconds at each of the others, which may be saved or
# not. On two CPU cores we have seen both, so measure on your device before you believe. Networks with many small
# operations, on a GPU, gain most.
#
# ---
# **A good place for a break.** *What stands:* what a step costs, and how a device is fed. *What comes:* numbers with 16 bits, and several devices.
#
# *Coming back:* your answers are saved with the notebook, but the kernel may have forgotten what was computed. Click into the next cell that holds code, and choose *Run → Run All Above Selected Cell*
# (in Colab *Runtime → Run before*). Everything above is computed once more, in less than a minute; then go on from here.
#
# ---
#
# ## 6. Sixteen bits
#
# **The idea.** A number in `float32` has 32 bits. With 16 bits it takes half the memory, half the time to carry, and GPUs have
# special units that multiply such numbers several times as fast. The price: coarser numbers, and fewer of them.
#
# **The picture.** How the bits are shared out. The exponent says how large or small a number may be, the fraction how exact it is.
#
# | type | sign | exponent | fraction | largest | next after 1 | smallest above 0 |
# |---|---|---|---|---|---|---|
# | `float32` | 1 | 8 bits | 23 bits | 3.4 · 10³⁸ | 1.00000012 | 1.4 · 10⁻⁴⁵ |
# | `float16` | 1 | 5 bits | 10 bits | 65,504 | 1.00098 | 6.0 · 10⁻⁸ |
# | `bfloat16` | 1 | 8 bits | 7 bits | 3.4 · 10³⁸ | 1.0078 | 9.2 · 10⁻⁴¹ |
#
# **Worked numbers.** `float16` has 10 bits of fraction, so between 1 and 2 there are $2^{10} = 1024$ steps: the number after 1 is
# $1 + 1/1024 = 1.00098$. The smallest positive number is $2^{-24} = 0.00000006$. What is less than half of it becomes 0.
#
# **Predict first.** What does each line print?

# %% tags=["demo"]
with np.errstate(over="ignore"):
    print("1 + 0.0004:           ", np.float16(1) + np.float16(0.0004))
    print("0.00000001 in float16:", np.float16(1e-8))
    print("300 · 300 in float16: ", np.float16(300) * np.float16(300))
    print(
        "1e-8 · 32768:         ",
        np.float16(1e-8 * 32768),
        "and back:",
        np.float16(1e-8 * 32768).astype("float32") / 32768,
    )


# %% [markdown]
# The last line is the trick of this section. A gradient of $10^{-8}$ gets lost. But multiplied by 32,768 *before* it goes into
# 16 bits, it fits, and can be divided again in 32 bits. To have all gradients multiplied, multiply the *loss*: by the
# chain rule every gradient then carries the same factor. This is **loss scaling** (Micikevicius and others, 2018).
#
# ### Exercise 4: what does not fit into 16 bits
#
# ★★☆ · 12 minutes · 3 points
#
# Write `lost_in_half(gradients, scale)`. Multiply the array by the scale, store it as `np.float16`, and return two shares of *all*
# gradients, each from 0 to 1:
#
# 1. of those that are now 0, but were not 0 before,
# 2. of those that are now infinite, plus or minus.
#
# **Worked numbers.** Gradients $10^{-8}$, $10^{-4}$, 0 and −3. Scale 1: the first becomes 0, so the answer is 0.25 and 0. Scale 32,768: the last
# becomes −98,304, less than −65,504. So it is −inf, and the answer is 0 and 0.25.
#
# <details><summary>Hint 1: a nudge</summary>
#
# Comparing an array gives an array of `True` and `False`. Its mean is the share of `True`.
# </details>
# <details><summary>Hint 2: the functions to look up</summary>
#
# `.astype(np.float16)`, `np.isinf(...)`, and `&` for "and" between two arrays, each side in brackets.
# </details>
# <details><summary>Hint 3: pseudo-code</summary>
#
# half ← (gradients · scale) as float16; first ← mean of (half is 0) & (gradients are not 0); second ← mean of isinf(half).
# </details>


# %% nbgrader={"grade": false, "grade_id": "lost-in-half-answer", "locked": false, "schema_version": 3, "solution": true}
def lost_in_half(gradients, scale):
    """The shares of gradients that vanish and that overflow when they are stored, scaled, as float16."""
    ### BEGIN SOLUTION
    half = (gradients * scale).astype(np.float16)
    vanished = np.mean((half == 0) & (gradients != 0))
    return vanished, np.mean(np.isinf(half))
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "lost-in-half", "locked": true, "points": 3, "schema_version": 3, "solution": false}
lesson.check("lost-in-half")
### BEGIN HIDDEN TESTS
lesson.grade("lost-in-half")
### END HIDDEN TESTS

# %% [markdown]
# **Now use it.** The gradients of a real network: 784-128-10, trained for a few epochs, on one batch of 1,000 digits. The
# numbers are those that go back from the loss to the scores, one for each digit and class. Which scale would you choose?

# %% tags=["demo"]
# @title Count lost gradients by scale, and draw
look = lesson.yours("lost-in-half")
keras.utils.set_random_seed(1)
model = network()
model.compile("adam", "sparse_categorical_crossentropy")
model.fit(x_train, y_train, batch_size=125, epochs=6, verbose=0)
kernel, bias, out_kernel, out_bias = model.get_weights()
scores = nn.relu(x_train[:1000].reshape(-1, 784) @ kernel + bias) @ out_kernel + out_bias
_, back = nn.softmax_crossentropy(y_train[:1000], scores)

powers = np.arange(0, 33, 2)
with np.errstate(over="ignore"):
    vanish, overflow = np.array([look(back.astype("float64"), 2.0 ** int(power)) for power in powers]).T
figure, axes = plots.figure(1, 1, (7.5, 3.3))
axes.plot(powers, vanish, marker="o", label="turned into 0", **plots.line(0))
axes.plot(powers, overflow, marker="s", label="infinite", **plots.line(1))
axes.set(xlabel="scale, as a power of 2", ylabel="share of the gradients", xticks=powers[::2])
axes.legend()
best = int(powers[np.argmin(vanish + 10 * overflow)])
plots.show(
    figure,
    f"Share of {back.size:,} gradients lost in float16 by the scale. Scale 1: {vanish[0]:.0%} turn into 0. They "
    f"get fewer with a larger scale, until gradients become infinite at the right end. At 2 to the {best}: "
    f"{vanish[powers == best][0]:.1%} turn into 0 and {overflow[powers == best][0]:.1%} are infinite.",
)
print(
    f"scale 1: {vanish[0]:.1%} turned into 0;   scale 2^{best}: {vanish[powers == best][0]:.1%}, "
    f"and {overflow[powers == best][0]:.1%} infinite"
)


# %% [markdown]
# ### A scale that finds itself
#
# Nobody knows the best scale beforehand, and it changes during the training. So let it move. Start large. When a gradient
# becomes infinite or "not a number", **skip** this step and halve the scale. After many good steps in a row, try twice the scale.
# This is **dynamic loss scaling**. Keras starts at $2^{15}$ and doubles after 2,000 good steps.
#
# **Worked numbers.** Weights (1, 2), rate 0.1, scale 8, patience 3, no good steps yet.
#
# | the scaled gradient | what happens | weights | scale | good steps |
# |---|---|---|---|---|
# | (8, −16) | divided by 8: (1, −2); step | (0.9, 2.2) | 8 | 1 |
# | (inf, −16) | skip, halve | (0.9, 2.2) | 4 | 0 |
# | (4, 4), three times | three steps of (1, 1); then double | (0.6, 1.9) | 8 | 0 |
#
# ### Exercise 5: dynamic loss scaling
#
# ★★★ · 15 minutes · 4 points
#
# Write `scaled_step(w, scaled_gradient, scale, good_steps, rate, patience)`. It returns three things: the new weights, the new scale
# and the new number of good steps in a row.
#
# - If any number of the gradient is infinite or nan: weights as they were, half the scale (from 1 it goes on to 0.5), 0 good steps.
# - Otherwise: divide the gradient by the scale, take the step, count it. If that makes `patience` good steps, double the scale and
#   begin to count at 0.
#
# <details><summary>Hint 1: a nudge</summary>
#
# One `if` at the top settles the bad case, with a `return` of its own.
# </details>
# <details><summary>Hint 2: the functions to look up</summary>
#
# `np.isfinite(x)` is False for inf, −inf and nan. `np.all(...)` asks whether it is True everywhere.
# </details>
# <details><summary>Hint 3: pseudo-code</summary>
#
# if not all finite: return w, scale / 2, 0. `w ← w − rate · gradient / scale`; `good ← good + 1`; if good is patience: return
# w, scale · 2, 0; otherwise return w, scale, good.
# </details>


# %% nbgrader={"grade": false, "grade_id": "scaled-step-answer", "locked": false, "schema_version": 3, "solution": true}
def scaled_step(w, scaled_gradient, scale, good_steps, rate, patience):
    """New weights, scale and number of good steps after one step with dynamic loss scaling."""
    ### BEGIN SOLUTION
    if not np.all(np.isfinite(scaled_gradient)):
        return w, scale / 2, 0
    w = w - rate * scaled_gradient / scale
    good_steps += 1
    if good_steps == patience:
        return w, scale * 2, 0
    return w, scale, good_steps
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "scaled-step", "locked": true, "points": 4, "schema_version": 3, "solution": false}
lesson.check("scaled-step")
### BEGIN HIDDEN TESTS
lesson.grade("scaled-step")
### END HIDDEN TESTS

# %% [markdown]
# **Now use it.** Find the lowest point of $10^{-6} \cdot (w - 1)^2 / 2$. Its gradients are tiny, and they pass through `float16`. Two ways
# to go: without a scale, and with your dynamic one, which starts far too large.

# %% tags=["demo"]
# @title Find the lowest point without a scale and with yours
step = lesson.yours("scaled-step")
for name, scale, patience in [("no scale", 1.0, 10**9), ("dynamic", 2.0**50, 50)]:
    w, good, skipped = np.array([1.02]), 0, 0
    for _ in range(400):
        with np.errstate(over="ignore"):
            gradient = (1e-6 * (w - 1) * scale).astype(np.float16).astype(np.float64)
        skipped += not np.isfinite(gradient).all()
        w, scale, good = step(w, gradient, scale, good, 2e4, patience)
    print(
        f"{name:9s} w = {w[0]:.6f} after 400 steps, {skipped:2d} of them skipped, the scale ended at 2^{np.log2(scale):.0f}"
    )

# %% [markdown]
# ### Break it: everything in 16 bits
#
# If 16 bits are so fast, why not keep the *weights* in them too?
#
# **Predict first.** A weight is 1. Each of 1,000 steps adds 0.0004. Where does it end in `float32`, where in `float16`?

# %% tags=["demo"]
lesson.predict("half-precision")

# %% tags=["demo"]
for kind in (np.float32, np.float16):
    weight = kind(1)
    for _ in range(1000):
        weight += kind(0.0004)
    print(f"{kind.__name__}: {weight:.4f}")
lesson.reveal("half-precision", float(weight))

# %% tags=["demo"]
# @title Train with weights of 32 and of 16 bits
for kind in ("float32", "float16"):
    keras.utils.set_random_seed(1)
    model = keras.Sequential([
        keras.Input((28, 28)),
        keras.layers.Flatten(dtype=kind),
        keras.layers.Dense(128, activation="relu", dtype=kind),
        keras.layers.Dense(10, activation="softmax", dtype=kind),
    ])
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    model.fit(x_train, y_train, batch_size=125, epochs=1, verbose=0)
    print(
        f"weights in {kind}: loss {model.history.history['loss'][0]:.3f}, "
        f"{model.evaluate(x_test, y_test, verbose=0)[1]:.1%} of the test digits"
    )


# %% [markdown]
# The number after 1 is 1.00098. A step of 0.0004 is less than half of the way, so the weight is rounded back to 1, a thousand times. And
# Adam divides by the root of a mean of *squared* gradients (lesson 08): the square of 0.0001 is 0.00000001, which is 0 in `float16`.
#
# So we *mix*: **weights in 32 bits, products in 16 bits.** In Keras this is a layer's **policy**: `dtype="mixed_float16"`.
#
# | policy | computes in | stores weights in | where |
# |---|---|---|---|
# | `"float32"` | float32 | float32 | the usual one |
# | `"mixed_float16"` | float16 | float32 | GPUs; with loss scaling |
# | `"mixed_bfloat16"` | bfloat16 | float32 | newer GPUs, TPUs, some CPUs; the range of float32, so no scaling is needed |
#
# The last layer stays in `float32`: its shares go through a logarithm, and rounding hurts there.
#
# ### Exercise 6: a model in mixed precision
#
# ★★☆ · 10 minutes · 3 points
#
# Write `build_mixed(policy)`. At each call it returns a new model: input `(28, 28)`, Flatten, Dense 128 with ReLU under the `policy`, Dense 10 with softmax
# in `"float32"`, all of it ready to learn. Do not compile it.
#
# <details><summary>Hint 1: a nudge</summary>
#
# `network()` in section 3 has the four lines. Every layer takes an argument `dtype=`.
# </details>
# <details><summary>Hint 2: which layer gets what</summary>
#
# The hidden layer gets the variable `policy`, without quotes. The last layer gets the text `"float32"`.
# </details>
# <details><summary>Hint 3: almost there</summary>
#
# `keras.layers.Dense(128, activation="relu", dtype=policy)`, and the same idea for the other layers.
# </details>


# %% nbgrader={"grade": false, "grade_id": "build-mixed-answer", "locked": false, "schema_version": 3, "solution": true}
def build_mixed(policy):
    """A new network 784-128-10 that computes under the policy, and its softmax in float32."""
    ### BEGIN SOLUTION
    return keras.Sequential([
        keras.Input((28, 28)),
        keras.layers.Flatten(dtype=policy),
        keras.layers.Dense(128, activation="relu", dtype=policy),
        keras.layers.Dense(10, activation="softmax", dtype="float32"),
    ])
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "build-mixed", "locked": true, "points": 3, "schema_version": 3, "solution": false}
lesson.check("build-mixed")
### BEGIN HIDDEN TESTS
lesson.grade("build-mixed")
### END HIDDEN TESTS

# %% tags=["demo", "measured"]
build = lesson.yours("build-mixed")
digits = f"{len(x_test):,} {'bundled ' if 'bundled' in mnist.source else ''}test digits"
for policy in ("float32", "mixed_float16", "mixed_bfloat16"):
    keras.utils.set_random_seed(1)
    model = build(policy)
    optimizer = keras.optimizers.Adam()
    if policy == "mixed_float16":
        optimizer = keras.optimizers.LossScaleOptimizer(optimizer)  # your exercise 5, ready-made
    model.compile(optimizer, "sparse_categorical_crossentropy", metrics=["accuracy"])
    model.fit(x_train, y_train, batch_size=125, epochs=3, verbose=0)
    accuracy = model.evaluate(x_test, y_test, verbose=0)[1]
    print(f"784-128-10 in {policy}, 3 epochs, {digits}: {100 * accuracy:.1f} %")


# %% [markdown]
# The same accuracy with half the bits: over four starts on two CPU cores 91.6–92.3 % of the 2,000 bundled test digits with each of the three. On a
# CPU it is rarely faster, because most CPUs have no units for 16 bits and turn the numbers back and forth. On a GPU
# with such units, large layers gain most. To set a policy for all layers at once: `keras.mixed_precision.set_global_policy("mixed_float16")`.
#
# ## 7. Several devices
#
# **The idea.** A teacher and three assistants mark one pile of exams. Each takes a part of the pile. In the end they need *one* mean
# mark for the class. With several GPUs: each has a copy of the network and a part of the batch, a **shard**. Each computes the mean gradient
# of its shard. Then they agree on one gradient, and every copy takes the same step. So the copies stay equal.
#
# **The picture.**
#
# ```
#                 ┌─► device 0: 3 samples ─► mean gradient g₀ ─┐
# batch of 4 ─────┤                                            ├─► one gradient g ─► the same step on both
#                 └─► device 1: 1 sample  ─► mean gradient g₁ ─┘
# ```
#
# **Worked numbers.** Device 0 has 3 samples and the mean gradient (2, 4). Device 1 has one sample with (4, 8). All four together: the sum is
# 3 · (2, 4) + 1 · (4, 8) = (10, 20), so the mean is (2.5, 5). The plain mean of both devices, (3, 6), would be wrong: it hears the one sample three times
# as loud as each of the others.
#
# ### Exercise 7: one gradient from several devices
#
# ★★☆ · 10 minutes · 3 points
#
# Write `whole_gradient(gradients, counts)`. `gradients` is a list with one array for each device, the mean gradient of its shard; `counts` is a list with
# the number of samples of each. Return the mean gradient over all samples. A device may have 0 samples.
#
# <details><summary>Hint 1: a nudge</summary>
#
# From a mean and a count you get the sum. Sums of shards may simply be added.
# </details>
# <details><summary>Hint 2: the formula</summary>
#
# $g = \dfrac{n_0 g_0 + n_1 g_1 + \dots}{n_0 + n_1 + \dots}$
# </details>
# <details><summary>Hint 3: almost there</summary>
#
# `sum(n * g for n, g in zip(counts, gradients))` is the upper line. What is the lower one?
# </details>


# %% nbgrader={"grade": false, "grade_id": "whole-gradient-answer", "locked": false, "schema_version": 3, "solution": true}
def whole_gradient(gradients, counts):
    """The mean gradient over the samples of all devices."""
    ### BEGIN SOLUTION
    return sum(n * g for n, g in zip(counts, gradients, strict=True)) / sum(counts)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "whole-gradient", "locked": true, "points": 3, "schema_version": 3, "solution": false}
lesson.check("whole-gradient")
### BEGIN HIDDEN TESTS
lesson.grade("whole-gradient")
### END HIDDEN TESTS

# %% [markdown]
# **Now use it.** A batch of 100 digits, cut into shards of 70, 25 and 5. Is your gradient that of the whole batch?

# %% tags=["demo"]
# @title Combine the gradients of three shards
combine = lesson.yours("whole-gradient")


def kernel_gradient(rows, labels):
    """The mean gradient of a single softmax layer's kernel, all weights 0."""
    _, dz = nn.softmax_crossentropy(labels, np.zeros((len(rows), 10)))
    return rows.T @ dz


rows, labels = x_train[:100].reshape(100, -1).astype("float64"), y_train[:100]
shards = np.split(np.arange(100), [70, 95])
parts = [kernel_gradient(rows[shard], labels[shard]) for shard in shards]
whole = kernel_gradient(rows, labels)
print(f"combined, largest difference from the whole batch:   {np.abs(combine(parts, [70, 25, 5]) - whole).max():.1e}")
print(f"plain mean, largest difference from the whole batch: {np.abs(np.mean(parts, axis=0) - whole).max():.1e}")

# %% [markdown]
# ### tf.distribute does it for you
#
# `tf.distribute.MirroredStrategy` makes the copies, cuts the batches and combines the gradients. You only build and compile the model inside
# `strategy.scope()`. Who has no two GPUs can cut the processor into two **virtual devices**. That must happen before TensorFlow
# starts, so the script below runs in a Python of its own. It trains the same model twice, once on one device and once on two.
#
# **Predict first.** Same start, same data, no shuffling. How far will the weights be apart in the end?

# %% tags=["demo"]
# @title Train on one device and on two, in a Python of its own
import os
import subprocess
import sys

TWO_DEVICES = """
import contextlib
import numpy as np
import tensorflow as tf
import keras

gpus = tf.config.list_logical_devices("GPU") if len(tf.config.list_physical_devices("GPU")) > 1 else []
if not gpus:
    [cpu] = tf.config.list_physical_devices("CPU")
    tf.config.set_logical_device_configuration(cpu, [tf.config.LogicalDeviceConfiguration()] * 2)
names = [gpu.name for gpu in gpus[:2]] or ["CPU:0", "CPU:1"]
strategy = tf.distribute.MirroredStrategy(names)

x = np.random.default_rng(0).normal(size=(64, 4)).astype("float32")
y = (x.sum(axis=1) > 0).astype("float32")

def train(scope):
    keras.utils.set_random_seed(1)
    with scope:
        model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(8, activation="relu"),
                                  keras.layers.Dense(1, activation="sigmoid")])
        model.compile(keras.optimizers.SGD(0.1), "binary_crossentropy")
    model.fit(x, y, batch_size=32, epochs=5, shuffle=False, verbose=0)
    return model.get_weights()

alone, together = train(contextlib.nullcontext()), train(strategy.scope())
apart = max(np.abs(a - b).max() for a, b in zip(alone, together))
print(f"{strategy.num_replicas_in_sync} copies on {' and '.join(names)}: after 10 steps the weights are at most {apart:.0e} apart")
"""


def run_apart(script, **settings):
    """Run a script in a Python of its own and return what it prints, or the last line of its error."""
    quiet = {"TF_CPP_MIN_LOG_LEVEL": "3", "XLA_PYTHON_CLIENT_PREALLOCATE": "false"}
    done = subprocess.run(
        [sys.executable, "-c", script], env=os.environ | quiet | settings, capture_output=True, text=True
    )
    return done.stdout.strip() if done.returncode == 0 else "It stopped: " + done.stderr.strip().splitlines()[-1]


print(run_apart(TWO_DEVICES))

# %% [markdown]
# Next to nothing: only the last digit of `float32` is rounded in another order. Two virtual devices share the same processor, so there is nothing to gain in
# time. With real GPUs each takes half of the batch. Then make the batch twice as large, so that each GPU has as much to do as before, and think of the learning rate.
#
# ## 8. The same model on another backend
#
# **The idea.** Keras is the steering wheel (lesson 10). TensorFlow is one engine; **JAX** and **PyTorch** are others. A model that is built, trained and
# asked with Keras alone runs on each of them. The environment variable `KERAS_BACKEND` chooses the engine before Keras is imported.

# %% tags=["demo"]
# @title Train on each backend that is installed
import importlib.util
import tempfile
from pathlib import Path

ANY_BACKEND = """
import os, time
import keras
import numpy as np

data = np.load(os.environ["DIGITS"])
keras.utils.set_random_seed(1)
model = keras.Sequential([keras.Input((28, 28)), keras.layers.Flatten(),
                          keras.layers.Dense(128, activation="relu"), keras.layers.Dense(10, activation="softmax")])
model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(data["x"], data["y"], batch_size=125, verbose=0)
begin = time.perf_counter()
model.fit(data["x"], data["y"], batch_size=125, epochs=2, verbose=0)
seconds = (time.perf_counter() - begin) / 2
accuracy = model.evaluate(data["x_test"], data["y_test"], verbose=0)[1]
print(f"{keras.backend.backend():10s} {seconds:.2f} s an epoch, {accuracy:.1%} of the test digits after 3 epochs")
"""

with tempfile.TemporaryDirectory() as folder:
    np.savez(Path(folder) / "digits.npz", x=x_train, y=y_train, x_test=x_test, y_test=y_test)
    for backend in ("tensorflow", "jax", "torch"):
        if importlib.util.find_spec(backend) is None:
            print(f"{backend:10s} is not installed here")
        else:
            print(run_apart(ANY_BACKEND, KERAS_BACKEND=backend, DIGITS=str(Path(folder) / "digits.npz")))


# %% [markdown]
# One script, one accuracy, up to what the random numbers of each engine do. What ties code to one engine: `tf.` or `jax.` in a
# layer or in a loss of your own. Write `keras.ops.` there instead. A `tf.data` pipeline may stay: Keras takes it on every backend.

# %% [markdown]
# ### Exercise 8: repair a program
#
# ★★☆ · 10 minutes · 2 points
#
# One layer reads digits. Its slopes pass through 16 bits with a scale that starts at 1, grows after each epoch, and is halved where a slope becomes infinite; the batches come from a pipeline, and two devices answer one half of the new digits each.
# The program runs to its end and learns badly: **one** place in it is wrong. `x` holds 1,000 digits from 0 to 1, first all zeros, then all ones, and so on, as files lie in folders; `y` are their labels, and `new` are 500
# digits in no order that it has never seen.
#
# Run the cell, and the one below it, which draws the loss. Then do two things:
#
# 1. **Name the symptom**, before you look for a cause: write the letter of what you see in the curve of the program *as given* into `symptom`.
# 2. **Repair the program.** Change at most two lines; spaces and comments do not count. It should reach a loss of at most 0.4 after the last epoch, and at least 75 % of the new rows right.
#
# - **a** · The loss becomes huge, or nan, within the epochs.
# - **b** · The loss stays where a guess has it.
# - **c** · The loss falls at first, then stays well above 0.
# - **d** · The loss ends near 0, but new rows are answered badly.
#
# There are 4 programs, each with another bug. Somebody beside you has this one too? Then take another: `lesson.program("repair-scale", 2)` prints the second. Put it in the
# place of this one, with its first line of text, by which the check knows which it was.
#
# <details><summary>Hint 1: a nudge</summary>
#
# Which of the four sentences fits the curve *as given*? It tells where to look: at the steps, at the scale, at the batches, or at the answers to new digits.
# </details>
# <details><summary>Hint 2: where to look</summary>
#
# Print a few numbers of the first steps: the labels of a batch, the scale, the largest slope before it goes into 16 bits and after it has come back. Which of them is not as you expect it?
# </details>


# %% nbgrader={"grade": false, "grade_id": "repair-scale-answer", "locked": false, "schema_version": 3, "solution": true}
def half_trained(x, y, new, seed):
    """Program 1: a layer 784-10, slopes in 16 bits. The loss after each epoch, and the shares of new digits."""
    kernel, scale = np.zeros((784, 10)), 1.0
    pairs = tf.data.Dataset.from_tensor_slices((x, y))
    batches = pairs.shuffle(1000, seed=seed).batch(25).prefetch(tf.data.AUTOTUNE)
    losses = []
    for _ in range(8):
        for images, labels in batches.as_numpy_iterator():
            _, dscores = nn.softmax_crossentropy(labels, images @ kernel)
            half = (scale * dscores).astype(np.float16)
            if not np.isfinite(half).all():
                scale = scale / 2
                continue
            dkernel = images.T @ half.astype(np.float32)
            kernel = kernel - 0.2 * dkernel
        scale = scale * 8
        losses.append(nn.sparse_categorical_crossentropy(y, x @ kernel, from_logits=True))

    halves = np.array_split(new, 2)
    answers = [nn.softmax(part @ kernel) for part in halves]
    return losses, np.concatenate(answers)


symptom = ...


### BEGIN SOLUTION
def half_trained(x, y, new, seed):
    """Program 1: a layer 784-10, slopes in 16 bits. The loss after each epoch, and the shares of new digits."""
    kernel, scale = np.zeros((784, 10)), 1.0
    pairs = tf.data.Dataset.from_tensor_slices((x, y))
    batches = pairs.shuffle(1000, seed=seed).batch(25).prefetch(tf.data.AUTOTUNE)
    losses = []
    for _ in range(8):
        for images, labels in batches.as_numpy_iterator():
            _, dscores = nn.softmax_crossentropy(labels, images @ kernel)
            half = (scale * dscores).astype(np.float16)
            if not np.isfinite(half).all():
                scale = scale / 2
                continue
            dkernel = images.T @ half.astype(np.float32) / scale
            kernel = kernel - 0.2 * dkernel
        scale = scale * 8
        losses.append(nn.sparse_categorical_crossentropy(y, x @ kernel, from_logits=True))

    halves = np.array_split(new, 2)
    answers = [nn.softmax(part @ kernel) for part in halves]
    return losses, np.concatenate(answers)


symptom = "a"
### END SOLUTION

# %% tags=["demo"]
# @title Draw the loss of the program as it was given, and of yours
plots.show(*plots.learning(lesson["repair-scale"].learned(half_trained)))

# %% nbgrader={"grade": true, "grade_id": "repair-scale", "locked": true, "points": 2, "schema_version": 3, "solution": false}
lesson.check("repair-scale")
### BEGIN HIDDEN TESTS
lesson.grade("repair-scale")
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
# - Measure first. A GPU helps with large products, and only with that part of a step.
# - Large batches keep a device busy. Raise the learning rate with them, up to a limit, with a warm-up.
# - map → cache → shuffle → batch → prefetch.
# - Mixed precision: products in 16 bits, weights in 32, the softmax in 32, the loss scaled with float16.
# - Several devices: the mean of the shards, weighed by their samples.
#
# | name | formula |
# |---|---|
# | speed-up (Amdahl) | $(\text{load} + \text{train}) \,/\, (\text{load} + \text{train}/k)$, at most $(\text{load} + \text{train}) / \text{load}$ |
# | epoch, in turn | $n\,(\text{load} + \text{train})$ |
# | epoch, prefetch | $\text{load} + (n-1)\max(\text{load}, \text{train}) + \text{train}$ |
# | batch and rate | batch $\times k$: rate $\times k$ |
# | loss scaling | gradient of $(s \cdot L)$, in float16; step with gradient $/ s$ |
# | several devices | $g = \sum n_d\, g_d \,/\, \sum n_d$ |
#
# ## If something goes wrong
#
# | you see | it means | do |
# |---|---|---|
# | "not found. Run the cell above" | the answer cell has not run since the kernel started | run it, then the check |
# | only `CPU:0`, though the computer has an NVIDIA card | the driver or TensorFlow's CUDA libraries are missing | on Linux `pip install "tensorflow[and-cuda]"`; on Windows use WSL2 |
# | Colab without a GPU | the notebook runs on a CPU machine | Runtime, Change runtime type, choose a GPU |
# | `ResourceExhaustedError` or "out of memory" | the batch does not fit into the GPU's memory | halve the batch size; close other notebooks |
# | the loss is `nan` under `mixed_float16` | the softmax or the loss is computed in 16 bits | give the last layer `dtype="float32"` |
# | the GPU is busy for a small part of the time | it waits for data | prefetch; prepare in parallel: `map(..., num_parallel_calls=tf.data.AUTOTUNE)` |
# | times jump from run to run | something else is running | close it; look at ratios, not at milliseconds |
#
# ## Sources
#
# - G. M. Amdahl: *Validity of the Single Processor Approach to Achieving Large Scale Computing Capabilities*, AFIPS 1967.
# - P. Goyal and others: *Accurate, Large Minibatch SGD: Training ImageNet in 1 Hour*, 2017. [arXiv:1706.02677](https://arxiv.org/abs/1706.02677)
# - P. Micikevicius and others: *Mixed Precision Training*, ICLR 2018. [arXiv:1710.03740](https://arxiv.org/abs/1710.03740)
# - D. Kalamkar and others: *A Study of BFLOAT16 for Deep Learning Training*, 2019. [arXiv:1905.12322](https://arxiv.org/abs/1905.12322)
# - D. G. Murray and others: *tf.data: A Machine Learning Data Processing Framework*, VLDB 2021. [arXiv:2101.12127](https://arxiv.org/abs/2101.12127)
# - M. Abadi and others: *TensorFlow: A System for Large-Scale Machine Learning*, OSDI 2016. [arXiv:1605.08695](https://arxiv.org/abs/1605.08695)
