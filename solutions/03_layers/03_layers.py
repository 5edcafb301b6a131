# ---
# jupyter:
#   course:
#     lesson: 03_layers
#     profile: numpy
#     trains: false
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Lesson 03 · Layers and the forward pass
#
# **Time:** 70–85 minutes · **Before this:** lessons 01 (one neuron) and 02 (activations) · **Points:** 14
#
# One neuron draws one straight line. Many neurons, side by side and one row behind another, can draw almost anything.
# The sums stay the same; only the bookkeeping grows. This lesson is about that bookkeeping: which number goes where.
#
# After this lesson you can
#
# - **write** a layer of neurons as one matrix product, for a whole batch of examples at once,
# - **predict** the shape of every array in a network before you run it, and **count** its parameters,
# - **run** a network of any depth from input to scores: the forward pass,
# - **choose** weights by hand that solve XOR, and **explain** the fold that makes it possible,
# - **prove** that layers without activation collapse into one, whatever their number.

# %% nbgrader={"grade": false, "grade_id": "setup", "locked": true, "schema_version": 3, "solution": false}
import numpy as np

import course_utils
from course_utils import nn, plots
from course_utils.plots import diagrams
from course_utils.lessons.lesson_03_layers.fold import folded, folding
from course_utils.lessons.lesson_03_layers.shape_flow import shape_flow

lesson = course_utils.start("03_layers")

# %% [markdown]
# **Do you remember?** Three questions from earlier lessons, a minute each, in your head or on paper. No points, and you may go on without them. What you miss comes back in the next lesson.

# %% tags=["demo"]
lesson.recall()

# %% [markdown]
# ## 1. Neurons side by side
#
# **The idea.** Picture three judges at a cooking contest. All three taste the same dishes, but each has a taste of their own:
# one loves salt, one loves crunch. A **layer** is such a row of neurons. All look at the same inputs, and each has its
# own weights and its own bias. This kind is called a **dense** or *fully connected* layer, because every neuron sees
# every input.
#
# **The picture.** Two inputs, three neurons. Every line is a weight.

# %% tags=["demo"]
# @title Draw two inputs and three neurons
plots.show(
    diagrams.network([2, 3], counts=True),
    "Two inputs on the left, three neurons on the right, every input joined with every neuron: "
    "2 × 3 = 6 weights and 3 biases.",
)

# %% [markdown]
# **Put the weights in a table.** One row for each input, one *column* for each neuron. The table is called $W$:
#
# | | neuron 1 | neuron 2 | neuron 3 |
# |---|---|---|---|
# | weight of input 1 | 1 | 0 | 2 |
# | weight of input 2 | 3 | 1 | −1 |
# | **bias** | 0.5 | −1 | 0 |
#
# **Worked numbers.** The inputs are 1 and 2. Each neuron goes down its own column:
#
# - neuron 1: $1 \cdot 1 + 2 \cdot 3 + 0.5 = 7.5$
# - neuron 2: $1 \cdot 0 + 2 \cdot 1 - 1 = 1$
# - neuron 3: $1 \cdot 2 + 2 \cdot (-1) + 0 = 0$
#
# To run down every column, multiply and add up is what a **matrix product** does. Python writes it `@`:
#
# $$z = x W + b$$
#
# **A batch.** Several examples at once are several rows of $x$. Each row goes through the same weights, and gives one row of
# results. Nothing in the formula changes.
#
# **Predict first.** A second example has the inputs 0 and 1. What do the three neurons say? It is quicker than it looks.

# %% tags=["demo"]
x = np.array([[1.0, 2.0], [0.0, 1.0]])
W = np.array([[1.0, 0.0, 2.0], [3.0, 1.0, -1.0]])
b = np.array([0.5, -1.0, 0.0])

print("first example, one neuron at a time:")
print([float(nn.weighted_sum(x[0], W[:, f], b[f])) for f in range(3)])
print("the whole batch at once:")
print(x @ W + b)


# %% [markdown]
# ### Exercise 1: a dense layer
#
# ★☆☆ · 6 minutes · 2 points
#
# Write `dense(x, W, b)`. `x` holds a batch of examples, one in each row, shape `(N, D)`. `W` has shape `(D, F)`, one column for
# each neuron, and `b` has shape `(F,)`. Return the weighted sums, shape `(N, F)`. No activation yet.
#
# <details><summary>Hint 1: a nudge</summary>
#
# The formula is one line above. It has two steps: multiply, then add.
# </details>
# <details><summary>Hint 2: the sign for it</summary>
#
# `A @ B` is the matrix product. `A * B` only multiplies number by number, in place.
# </details>
# <details><summary>Hint 3: the bias</summary>
#
# `b` has one number for each column. NumPy adds a row of shape `(F,)` to every row of a table of shape `(N, F)` by itself.
# </details>


# %% nbgrader={"grade": false, "grade_id": "dense-answer", "locked": false, "schema_version": 3, "solution": true}
def dense(x, W, b):
    """The weighted sums of a layer of neurons, one row for each example."""
    ### BEGIN SOLUTION
    return x @ W + b
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "dense", "locked": true, "points": 2, "schema_version": 3, "solution": false}
lesson.check("dense")
### BEGIN HIDDEN TESTS
lesson.grade("dense")
### END HIDDEN TESTS

# %% [markdown]
# ## 2. Read a network by its shapes
#
# **The idea.** Most errors in neural networks are errors of shape. Whoever can say the shapes aloud finds them at once.
# There is one rule:
#
# $$(N, \mathbf{D}) \;@\; (\mathbf{D}, F) \;\to\; (N, F)$$
#
# The two inner numbers must agree; they meet and disappear. The two outer numbers remain. `N` is how many examples, `D` how
# many numbers go in, `F` how many neurons there are.
#
# **The picture.** Here are two layers with all their numbers. Blue is *data* on its way through: it has a row for each
# example. Orange is what the network *owns*: its **parameters**, the weights and biases that it will learn. The shaded row
# follows the first example. A struck-out number was negative, and ReLU made it 0.
#
# **Predict first.** Move `batch`. Which shapes change, the blue or the orange ones? Then move `hidden`, the number of hidden
# neurons. Which shapes change now?
#
# (No slider? Change the two numbers in the last line and run the cell again.)

# %% tags=["demo"]
your_dense = lesson.yours("dense")


def flow(batch, hidden):
    """Two layers, computed by your own function once it passes."""
    return shape_flow(batch, hidden, dense=your_dense)


plots.explore(flow, batch=(1, 5, 1, 2), hidden=(1, 5, 1, 4))

# %% [markdown]
# Check the first example by hand. The first entry of `z` is $3 \cdot 0.2 + (-1) \cdot 1.6 + (-2) \cdot (-1.3) + 1.2 = 2.8$. ReLU strikes out
# the other three. So the first score is $2.8 \cdot 0.5 - 0.3 = 1.1$.
#
# The answer to the question: `batch` changes only the blue shapes. The network owns the same numbers, whether one example
# comes in or a thousand. `hidden` changes the columns of `W1`, the length of `b1`, *and the rows of* `W2`, since the second
# layer has to look at everything that the first one says.
#
# **Three kinds of layers.**
#
# - The **input layer** is the data itself, `x`. It computes nothing and owns nothing.
# - **Hidden layers** stand between. Nobody tells them what their numbers should mean; the network finds that out.
# - The **output layer** gives the scores `y`, one for each possible answer.
#
# The number of neurons in a layer is its **width**. The number of layers that compute is the **depth**. A network with more than one
# hidden layer is called **deep**. The next one is deep: it reads a digit from an image of 28 × 28 = 784 pixels.

# %% tags=["demo"]
# @title Draw the digit network
plots.show(
    diagrams.network([784, 128, 64, 10]),
    "A network of four layers, from left to right: 784 inputs, a hidden layer of 128 neurons, "
    "a hidden layer of 64 neurons, an output layer of 10 neurons. Every number of a layer is "
    "joined with every neuron of the next.",
)

# %% [markdown]
# **Worked numbers**, for the smaller network of the sliders with `batch` 2 and `hidden` 4:
#
# | array | shape | why | parameters |
# |---|---|---|---|
# | `x` | (2, 3) | 2 examples of 3 numbers | none: data |
# | `W1` | (3, 4) | 3 come in, 4 neurons | 12 |
# | `b1` | (4,) | one for each neuron | 4 |
# | `h` | (2, 4) | 2 examples, 4 numbers each | none: data |
# | `W2` | (4, 2) | 4 come in, 2 neurons | 8 |
# | `b2` | (2,) | one for each neuron | 2 |
# | `y` | (2, 2) | 2 examples, 2 scores each | none: data |
# | together | | | 26 |
#
# ### Exercise 2: the table of shapes
#
# ★★☆ · 10 minutes · 3 points
#
# Fill in the same table for the network in the picture, 784 – 128 – 64 – 10, and a batch of **32** images. Write each shape as a
# tuple, such as `(3, 4)` or, with one entry, `(4,)`. `h1` is what the first hidden layer gives, `y` the scores.
# `parameters_1` counts the weights and biases of the first hidden layer, and so on.
#
# <details><summary>Hint 1: data or parameter?</summary>
#
# Arrays of data begin with the 32. Parameters never do.
# </details>
# <details><summary>Hint 2: the chain</summary>
#
# Write the three matrices in a row: (784, 128), (128, …), (…, …). The inner numbers of neighbours agree.
# </details>
# <details><summary>Hint 3: counting</summary>
#
# A layer has `rows · columns` weights and one bias for each column.
# </details>

# %% nbgrader={"grade": false, "grade_id": "shapes-answer", "locked": false, "schema_version": 3, "solution": true}
x_shape = ...
W1_shape = ...
b1_shape = ...
h1_shape = ...
W2_shape = ...
b2_shape = ...
y_shape = ...
parameters_1 = ...
parameters_2 = ...
parameters_3 = ...
parameters_total = ...
### BEGIN SOLUTION
x_shape = (32, 784)
W1_shape = (784, 128)
b1_shape = (128,)
h1_shape = (32, 128)
W2_shape = (128, 64)
b2_shape = (64,)
y_shape = (32, 10)
parameters_1 = 784 * 128 + 128
parameters_2 = 128 * 64 + 64
parameters_3 = 64 * 10 + 10
parameters_total = parameters_1 + parameters_2 + parameters_3
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "shapes", "locked": true, "points": 3, "schema_version": 3, "solution": false}
lesson.check("shapes")
### BEGIN HIDDEN TESTS
lesson.grade("shapes")
### END HIDDEN TESTS

# %% [markdown]
# ## 3. Break it: the bias that stands upright
#
# A wrong shape usually stops the program. That is lucky: you see it. The dangerous ones are those that run.
#
# **Predict first.** Below, the bias is given once lying down, shape `(2,)`, and once standing up, shape `(2, 1)`. The layer has
# two neurons. With a batch of 3 examples, will the upright one stop with an error? And with a batch of 2?

# %% tags=["demo"]
lesson.predict("upright-bias")

# %% tags=["demo"]
W = np.array([[1.0, 0.0], [0.0, 1.0]])
lying = np.array([10.0, 20.0])
upright = lying.reshape(2, 1)
outcomes = ["stops", "stops"]
for k, batch in enumerate((3, 2)):
    x = np.zeros((batch, 2))
    print(f"batch of {batch}, lying b:  ", (x @ W + lying).tolist())
    try:
        sums = x @ W + upright
        print(f"batch of {batch}, upright b:", sums.tolist())
        outcomes[k] = "right" if np.array_equal(sums, x @ W + lying) else "wrong"
    except ValueError as error:
        print(f"batch of {batch}, upright b: ValueError: {error}")
lesson.reveal("upright-bias", *outcomes)

# %% [markdown]
# With 3 examples NumPy complains. With 2 it says nothing, and adds 10 to every neuron of the first *example* and 20 to
# every neuron of the second. No error, wrong numbers. It would only come to light when the batch has another size.
#
# **The habit to keep:** test a layer with a number of examples that equals no other size in the network, such as 5, and print the
# shape after every step.

# %% [markdown]
# ## 4. The forward pass
#
# **The idea.** A network is a row of layers. What one layer gives, the next one takes. To run all of them from the input to the
# scores is called the **forward pass**, or *forward propagation*:
#
# $$h_1 = \operatorname{ReLU}(x W_1 + b_1) \qquad h_2 = \operatorname{ReLU}(h_1 W_2 + b_2) \qquad \dots \qquad y = h W_{\text{last}} + b_{\text{last}}$$
#
# Every hidden layer bends its sums with ReLU. The last layer does not: its **scores** may be any number. If they should be
# probabilities, a sigmoid or a softmax (lesson 02) comes after them. Lesson 04 shows why it is kept apart.
#
# **Worked numbers.** One example, $x = (1, 2)$. Two layers:
#
# | | $W$ | $b$ |
# |---|---|---|
# | layer 1 | rows (1, −2) and (1, 1) | (0, −1) |
# | layer 2 | rows (2) and (5) | (−10) |
#
# 1. Layer 1, sums: $1 \cdot 1 + 2 \cdot 1 + 0 = 3$ and $1 \cdot (-2) + 2 \cdot 1 - 1 = -1$.
# 2. ReLU: $3$ and $0$.
# 3. Layer 2: $3 \cdot 2 + 0 \cdot 5 - 10 = -4$. This is the score.
#
# **Predict first.** What would the score be without ReLU?

# %% tags=["demo"]
lesson.predict("without-relu")

# %% tags=["demo"]
layers = [
    (np.array([[1.0, -2.0], [1.0, 1.0]]), np.array([0.0, -1.0])),
    (np.array([[2.0], [5.0]]), np.array([-10.0])),
]
(W1, b1), (W2, b2) = layers
z1 = np.array([[1.0, 2.0]]) @ W1 + b1
print("sums of layer 1:   ", z1)
print("after ReLU:        ", nn.relu(z1))
print("score:             ", nn.relu(z1) @ W2 + b2)
print("score without ReLU:", z1 @ W2 + b2)
lesson.reveal("without-relu", (z1 @ W2 + b2).item())


# %% [markdown]
# ### Exercise 3: the forward pass
#
# ★★☆ · 12 minutes · 3 points
#
# Write `forward(x, layers)`. `layers` is a list of pairs `(W, b)`, first layer first. Return the scores. Put ReLU after
# every layer except the last. The list may hold any number of layers, also just one. Leave it as it was. You may use your own
# `dense`. ReLU is there as `nn.relu`; the one that you wrote in lesson 02 lives in that notebook only.
#
# <details><summary>Hint 1: a nudge</summary>
#
# Keep one name for "what is on its way", and let each layer replace it: `x = …`.
# </details>
# <details><summary>Hint 2: all but the last</summary>
#
# `layers[:-1]` is the list without its last entry, `layers[-1]` is the last entry. `for W, b in layers[:-1]:` takes the pairs apart.
# </details>
# <details><summary>Hint 3: pseudo-code</summary>
#
# For each pair in `layers[:-1]`: `x ← ReLU(x @ W + b)`. Then take the last pair and return `x @ W + b`.
# </details>


# %% nbgrader={"grade": false, "grade_id": "forward-answer", "locked": false, "schema_version": 3, "solution": true}
def forward(x, layers):
    """The scores of a network: ReLU after every layer but the last."""
    ### BEGIN SOLUTION
    for W, b in layers[:-1]:
        x = np.maximum(0, x @ W + b)
    W, b = layers[-1]
    return x @ W + b
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "forward", "locked": true, "points": 3, "schema_version": 3, "solution": false}
lesson.check("forward")
### BEGIN HIDDEN TESTS
lesson.grade("forward")
### END HIDDEN TESTS

# %% [markdown]
# **Now use it.** Your function runs the digit network of exercise 2 on 32 made-up images. The weights are random, so its answers
# are guesses: softmax gives every digit about the same chance. Training will change the numbers, never the shapes.

# %% tags=["demo"]
# @title Run the digit network on 32 made-up images
your_forward = lesson.yours("forward")
rng = np.random.default_rng(3)
sizes = [784, 128, 64, 10]
digit_layers = [(rng.normal(size=(d, f)) / np.sqrt(d), np.zeros(f)) for d, f in zip(sizes, sizes[1:])]
images = rng.uniform(size=(32, 784))
print("images:       shape", images.shape)
for depth in (1, 2, 3):
    print(f"after layer {depth}: shape", your_forward(images, digit_layers[:depth]).shape)
shares = nn.softmax(your_forward(images, digit_layers))
print("parameters:  ", f"{sum(W.size + b.size for W, b in digit_layers):,}")
print("first image, chance of each digit:", shares[0].round(2))
print("their sum:", shares[0].sum().round(2))

# %% [markdown]
# ## 5. XOR: fold the plane
#
# **The idea.** Lesson 01 left us with a riddle. XOR says yes when *exactly one* of two inputs is 1. No straight line parts the two yes
# corners from the two no corners, so no single neuron can do it. A hidden layer can, and here is how: it *folds the paper*.
#
# **The picture.** Draw the four corners on a sheet. Fold it along the line through the two yes corners. The far no corner
# lands on the near one, and now a single straight cut is enough. Unfold the sheet: the one cut has become two.
#
# **Predict first.** You need not fold all the way. At which value of `fold` does one cut become possible?

# %% tags=["demo"]
plots.explore(folding, fold=(0, 1, 0.05, 1.0))

# %% [markdown]
# At one half, the far no corner lies on the line through the two yes corners. Beyond that, both no corners lie on the same
# side of it, and one cut will do.
#
# **The formula of the fold.** A ReLU neuron is a fold waiting to happen: it does nothing on one side of a line, and
# pushes on the other. The line here is $x_1 + x_2 = 1$, and the push is
#
# $$\operatorname{ReLU}(x_1 + x_2 - 1)$$
#
# On the near side it is 0. At the far corner (1, 1) it is 1. Take it away from both coordinates, and (1, 1) moves to (0, 0).

# %% tags=["demo"]
corners = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
pushes = nn.relu(corners.sum(axis=1) - 1)
print("corner    push   folded to")
for corner, push, place in zip(corners, pushes, folded(corners, fold=1.0)):
    print(corner, f"  {push:.0f}   ", place)

# %% [markdown]
# Now the cut. After the fold, add up the two coordinates: yes corners have the sum 1, no corners the sum 0. So cut halfway, at
# ½. Written in the old coordinates:
#
# $$\text{score} = \underbrace{(x_1 + x_2)}_{\text{how many ones}} \;-\; 2 \cdot \underbrace{\operatorname{ReLU}(x_1 + x_2 - 1)}_{\text{1 only if both}} \;-\; \tfrac12$$
#
# | inputs | how many ones | 1 only if both | score |
# |---|---|---|---|
# | 0, 0 | 0 | 0 | −½ |
# | 0, 1 | 1 | 0 | ½ |
# | 1, 0 | 1 | 0 | ½ |
# | 1, 1 | 2 | 1 | −½ |
#
# So two hidden neurons and one output neuron are enough. (*How many ones* may go through ReLU as well: it is never negative.)
#
# ### Exercise 4: XOR by hand
#
# ★★☆ · 12 minutes · 3 points
#
# Write `xor_layers`, a list of two layers for your `forward`: two inputs, two hidden neurons, one score. The score must be **above 0**
# for the inputs 0, 1 and 1, 0, and **not above 0** for 0, 0 and 1, 1. There is more than one way; every network that does it is right.
#
# Write a layer as `(np.array([[…, …], […, …]]), np.array([…, …]))`: first `W` with one row for each input, then `b`.
#
# <details><summary>Hint 1: the hidden layer</summary>
#
# Both hidden neurons add up the two inputs, so both columns of `W1` are the same. They differ in their bias.
# </details>
# <details><summary>Hint 2: the output layer</summary>
#
# `W2` has the shape (2, 1): the weight of *how many ones* on top, the weight of *1 only if both* below it. The formula above names
# both, and the bias.
# </details>
# <details><summary>Hint 3: the frame</summary>
#
# `xor_layers = [(np.array([[1, 1], [1, 1]]), np.array([0, …])), (np.array([[…], […]]), np.array([…]))]`
# </details>

# %% nbgrader={"grade": false, "grade_id": "xor-layers-answer", "locked": false, "schema_version": 3, "solution": true}
xor_layers = ...
### BEGIN SOLUTION
xor_layers = [
    (np.array([[1, 1], [1, 1]]), np.array([0, -1])),
    (np.array([[1], [-2]]), np.array([-0.5])),
]
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "xor-layers", "locked": true, "points": 3, "schema_version": 3, "solution": false}
lesson.check("xor-layers")
### BEGIN HIDDEN TESTS
lesson.grade("xor-layers")
### END HIDDEN TESTS

# %% [markdown]
# **Now look at it.** The next cell asks your network about 40,000 points of the plane and hatches those where it says yes. Then it does
# the same with the ReLU taken out.
#
# **Predict first.** Without ReLU, how many straight edges will the hatched area have?

# %% tags=["demo"]
# @title Ask your network about 40,000 points, with ReLU and without
your_xor = [(np.asarray(W), np.asarray(b)) for W, b in lesson.yours("xor-layers")]
side = np.linspace(-1, 2, 200)
plane = np.array([(x1, x2) for x2 in side for x1 in side])


def without_relu(x, layers):
    """All layers, but nothing bends."""
    for W, b in layers:
        x = x @ W + b
    return x


figure, axes = plots.figure(1, 2, (8.5, 4.9))
for axis, run, title in [(axes[0], your_forward, "with ReLU"), (axes[1], without_relu, "without ReLU")]:
    score = run(plane, your_xor).reshape(200, 200)
    axis.contourf(side, side, score, levels=[1e-9, 1e9], colors=[plots.PALETTE[4]], alpha=0.4, hatches=["//"])
    for number, (name, group) in enumerate([("no", [0, 3]), ("yes", [1, 2])]):
        axis.plot(*corners[group].T, linestyle="", markersize=12, label=name, **plots.points(number))
    axis.set(title=title, xlabel="x1", ylabel="x2", aspect="equal", xticks=[0, 1], yticks=[0, 1])
    print(f"{title:12} scores at the corners:", run(corners, your_xor).ravel().tolist())
axes[0].legend(loc="lower left", title="should say")
plots.show(
    figure,
    "Two maps of the plane with the four corners of XOR. With ReLU the hatched yes area holds "
    "the corners (0,1) and (1,0) and leaves out (0,0) and (1,1). Without ReLU it has at most "
    "one straight edge and gets corners wrong.",
)


# %% [markdown]
# ## 6. Why the layers must bend
#
# **The idea.** Without ReLU there is one straight edge, as if there were one layer. In fact there *is* only one. Lesson 02 merged
# two linear layers: $W = W_1 W_2$ and $b = b_1 W_2 + b_2$. The merged layer can be merged with the next one, and so on to the end.
# A hundred linear layers collapse into a single table of weights and a single row of biases.
#
# **Worked numbers.** Three layers with one input each: first $2x + 1$, then $3x - 1$, then $2x + 5$.
#
# 1. The first two: $3\,(2x + 1) - 1 = 6x + 2$.
# 2. With the third: $2\,(6x + 2) + 5 = 12x + 9$.
#
# At $x = 1$, step by step: $3$, then $8$, then $21$. In one step: $12 + 9 = 21$.
#
# ### Exercise 5: many linear layers are one
#
# ★★★ · 12 minutes · 3 points
#
# Write `collapse(layers)` for a list of pairs `(W, b)` with no activation between them. Return the pair `W, b` of the single layer
# that does the same. The list may hold any number of layers, also one. Leave it as it was.
#
# <details><summary>Hint 1: a nudge</summary>
#
# Begin with the first layer as your result. Then swallow one layer after another.
# </details>
# <details><summary>Hint 2: what happens to W, what to b</summary>
#
# Everything that you have so far goes through the next layer. Your `W` is multiplied by the next one. Your `b` is multiplied
# *and* gets the next bias added.
# </details>
# <details><summary>Hint 3: pseudo-code</summary>
#
# Begin with `W, b ← layers[0]`. For each next layer: the new `W` is the old one times `…`, the new `b` is the old one times `…`
# plus `…`. Return `W, b`.
# </details>


# %% nbgrader={"grade": false, "grade_id": "collapse-answer", "locked": false, "schema_version": 3, "solution": true}
def collapse(layers):
    """W and b of the one linear layer that equals all the layers in a row."""
    ### BEGIN SOLUTION
    W, b = layers[0]
    for W_next, b_next in layers[1:]:
        W, b = W @ W_next, b @ W_next + b_next
    return W, b
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "collapse", "locked": true, "points": 3, "schema_version": 3, "solution": false}
lesson.check("collapse")
### BEGIN HIDDEN TESTS
lesson.grade("collapse")
### END HIDDEN TESTS

# %% [markdown]
# **Now use it** on the digit network. Without its ReLUs it says exactly what one layer with a fraction of the numbers says.

# %% tags=["demo"]
your_collapse = lesson.yours("collapse")
W_all, b_all = your_collapse(digit_layers)
apart = without_relu(images, digit_layers)
merged = images @ W_all + b_all
print("three layers:", f"{sum(W.size + b.size for W, b in digit_layers):,} parameters")
print("one layer:   ", f"{W_all.size + b_all.size:,} parameters, shape of W {W_all.shape}")
print("same scores: ", np.allclose(apart, merged))
bent = your_forward(images, digit_layers)
print("same scores with ReLU between the layers:", np.allclose(bent, merged))

# %% [markdown]
# ## Quiz
#
# Four questions, no points. Answer each before you look: whatever you choose, you read why. What you miss comes back in
# a later lesson, and in `course review`.

# %% tags=["demo"]
lesson.quiz()

# %% [markdown]
# ## Key points
#
# - A dense layer is `x @ W + b`: one row for each example, one column for each neuron.
# - Inner numbers agree, outer numbers remain. Data begins with the batch, parameters never do.
# - The forward pass hands the result of each layer to the next. ReLU after every layer but the last.
# - A hidden layer makes new coordinates in which a straight cut is enough. For XOR it folds the plane.
# - Without activation, any number of layers is one layer.
#
# | what | formula | shape |
# |---|---|---|
# | data | $x$ | `(N, D)` |
# | weights of a layer | $W$ | `(inputs, neurons)` |
# | biases of a layer | $b$ | `(neurons,)` |
# | sums | $z = x W + b$ | `(N, neurons)` |
# | hidden values | $h = \operatorname{ReLU}(z)$ | as $z$ |
# | parameters of a layer | $(\text{inputs} + 1) \cdot \text{neurons}$ | |
# | two linear layers in one | $W = W_1 W_2,\; b = b_1 W_2 + b_2$ | `(D, K)`, `(K,)` |
#
# ## If something goes wrong
#
# | you see | it means | do |
# |---|---|---|
# | `matmul: Input operand 1 has a mismatch in its core dimension` | the inner numbers of a product differ | print both `.shape`s; is one turned round, or is a layer left out? |
# | `operands could not be broadcast together` | a bias does not fit its layer | it needs the shape `(neurons,)`: print `b.shape` |
# | `too many values to unpack` | an entry of the list is not a pair | print `len(layers)` and `layers[0]` |
# | right numbers for one batch, wrong ones for another | a shape fits by chance | go back to section 3 and test with 5 examples |
# | "not found. Run the cell above" | the answer cell has not run since the kernel started | run it, then the check |
#
# ## Sources
#
# - I. Goodfellow, Y. Bengio, A. Courville: *Deep Learning*, MIT Press 2016, chapter 6.1 (XOR with two ReLU neurons).
# - G. Montúfar, R. Pascanu, K. Cho, Y. Bengio: *On the Number of Linear Regions of Deep Neural Networks*, NIPS 2014 (layers fold space).
# - M. Minsky, S. Papert: *Perceptrons*, MIT Press 1969 (what one layer cannot do).
# - Keras documentation, `keras.layers.Dense` (kernel of shape inputs × units).
