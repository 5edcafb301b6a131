# ---
# jupyter:
#   course:
#     lesson: 01_neuron
#     profile: numpy
#     trains: false
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Lesson 01 · One neuron
#
# **Time:** 80 minutes · **Before this:** lesson 00, Python functions and lists · **Points:** 15
#
# Every neural network, also one with billions of numbers, is made of one small part used over and over: the **neuron**.
# It multiplies, adds, and bends the result. You can do all of it with paper and pencil, and you are about to.
#
# After this lesson you can
#
# - **compute** a neuron's output by hand from its inputs, weights and bias,
# - **write** a neuron in NumPy,
# - **turn** an everyday decision into a neuron, and its threshold into a bias,
# - **choose** weights so that a neuron does what you want, and **show** what one neuron can never do,
# - **name** the layers of a network, and **count** its weights and biases.

# %% nbgrader={"grade": false, "grade_id": "setup", "locked": true, "schema_version": 3, "solution": false}
import numpy as np

import course_utils
from course_utils import nn, plots
from course_utils.lessons.lesson_01_neuron.six_points import six_points
from course_utils.plots import diagrams

lesson = course_utils.start("01_neuron")

# %% [markdown]
# ## 1. Multiply, add, bend
#
# **The idea.** Think of a shop's bill. Each amount is multiplied by its price, all of it is added up, and a delivery fee
# comes on top. A neuron does the same. The amounts are its **inputs**, the prices are its **weights**, the fee is its
# **bias**. A large weight makes an input count for much. A weight of 0 makes it count for nothing. A negative weight
# makes it count against.
#
# **The picture.** Squares are inputs: numbers that are given. Circles compute. The diamond is the bias, a number that
# belongs to the neuron itself. A thick line is a large weight, a dashed line a negative one.

# %% tags=["demo"]
# @title Draw a neuron
plots.show(
    diagrams.neuron([2, 3], [0.5, -1], 4),
    "A neuron with inputs 2 and 3, in squares. The first is multiplied by 0.5, the second by -1 "
    "(a dashed line); the bias, in a diamond, adds 4. The total is 2.00, the output 0.88.",
)

# %% [markdown]
# **Worked numbers.** Follow the picture from left to right.
#
# | | input | weight | input × weight |
# |---|---|---|---|
# | first | 2 | 0.5 | 1 |
# | second | 3 | −1 | −3 |
# | sum of the products | | | −2 |
# | bias | | | 4 |
# | **total** | | | **2** |
#
# The total can be any number. The last step, the **activation**, bends it into the form that the answer should have.
# Here that is the **sigmoid**, which turns every number into one between 0 and 1:
#
# $$\sigma(z) = \frac{1}{1 + e^{-z}} \qquad\qquad \sigma(2) = \frac{1}{1 + e^{-2}} = \frac{1}{1 + 0.135} = 0.88$$
#
# Read it as a degree of *yes*: near 1 a clear yes, near 0 a clear no, 0.5 undecided. Lesson 02 is about this and other
# bends. In one line, with inputs $x_1 \dots x_D$, weights $w_1 \dots w_D$ and bias $b$:
#
# $$z = x_1 w_1 + x_2 w_2 + \dots + x_D w_D + b \qquad\qquad \text{output} = \sigma(z)$$
#
# The name comes from nerve cells, which add up signals and then fire or stay silent (McCulloch and Pitts 1943). A real
# nerve cell is far richer; what was kept is this sum.
#
# **Predict first.** A neuron has the inputs 0.5, 0.8, 0.3, the weights 0.4, 0.6, 0.2 and the bias 0.1. Everything is
# positive. On which side of 0.5 will its output lie?

# %% [markdown]
# ### Exercise 1: one neuron by hand
#
# ★☆☆ · 8 minutes · 2 points
#
# Work that neuron out, on paper or with the cell as a calculator. Give the three products, the total and the output.
# Two places after the point are enough.
#
# | input | weight |
# |---|---|
# | 0.5 | 0.4 |
# | 0.8 | 0.6 |
# | 0.3 | 0.2 |
#
# bias 0.1, activation sigmoid
#
# <details><summary>Hint 1: a nudge</summary>
#
# Each row of the table gives one product. The bias stands alone: it is added once, at the end.
# </details>
# <details><summary>Hint 2: the formula</summary>
#
# `total = product_1 + product_2 + product_3 + …`, and the output is 1 divided by $1 + e^{-\text{total}}$.
# </details>
# <details><summary>Hint 3: Python as a calculator</summary>
#
# $e^{-z}$ is `np.exp(-z)`. You may write `output = 1 / (1 + np.exp(-total))`.
# </details>

# %% nbgrader={"grade": false, "grade_id": "by-hand-answer", "locked": false, "schema_version": 3, "solution": true}
product_1 = ...
product_2 = ...
product_3 = ...
total = ...
output = ...
### BEGIN SOLUTION
product_1 = 0.5 * 0.4
product_2 = 0.8 * 0.6
product_3 = 0.3 * 0.2
total = product_1 + product_2 + product_3 + 0.1
output = 1 / (1 + np.exp(-total))
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "by-hand", "locked": true, "points": 2, "schema_version": 3, "solution": false}
lesson.check("by-hand")
### BEGIN HIDDEN TESTS
lesson.grade("by-hand")
### END HIDDEN TESTS

# %% [markdown]
# ## 2. The same in NumPy
#
# **The idea.** A neuron with three inputs is a short sum. One that looks at an image has hundreds of inputs, so we write
# inputs and weights as arrays and let NumPy multiply them place by place.
#
# **Worked numbers.** The cell below goes through the neuron of exercise 1 with arrays. Compare it with your paper.

# %% tags=["demo"]
example_inputs = np.array([0.5, 0.8, 0.3])
example_weights = np.array([0.4, 0.6, 0.2])
example_products = example_inputs * example_weights
example_total = example_products.sum() + 0.1
print("products            ", example_products.round(2))
print("sum of the products ", f"{example_products.sum():.2f}")
print("total, with bias 0.1", f"{example_total:.2f}")
example_output = nn.sigmoid(example_total)
print("output              ", f"{example_output:.4f}, rounded {example_output:.2f}")

# %% [markdown]
# **Predict first.** What does `np.array([1, 2, 3]) * np.array([3, -1, 2])` give: one number or three? And the same with
# `@` in place of `*`?

# %% tags=["demo"]
lesson.predict("star")

# %% tags=["demo"]
product = np.array([1, 2, 3]) * np.array([3, -1, 2])
print("*  gives", product)
print("@  gives", np.array([1, 2, 3]) @ np.array([3, -1, 2]))
lesson.reveal("star", product)


# %% [markdown]
# `*` multiplies place by place and leaves three numbers. `@` also adds them up; it is called the *dot product*.
#
# ### Exercise 2: the weighted sum
#
# ★☆☆ · 6 minutes · 2 points
#
# Write `weighted_sum(x, w, b)`. `x` and `w` are arrays of the same length, `b` is one number. The result is one number:
# the total, before any activation. Leave `x` and `w` as they were.
#
# <details><summary>Hint 1: a nudge</summary>
#
# Three steps: multiply place by place, add the products up, add the bias.
# </details>
# <details><summary>Hint 2: the signs for it</summary>
#
# `np.sum(x * w)` and `x @ w` both give the sum of the products.
# </details>
# <details><summary>Hint 3: almost there</summary>
#
# `return … + b`
# </details>


# %% nbgrader={"grade": false, "grade_id": "weighted-sum-answer", "locked": false, "schema_version": 3, "solution": true}
def weighted_sum(x, w, b):
    """x_1 w_1 + ... + x_D w_D + b, one number."""
    ### BEGIN SOLUTION
    return x @ w + b
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "weighted-sum", "locked": true, "points": 2, "schema_version": 3, "solution": false}
lesson.check("weighted-sum")
### BEGIN HIDDEN TESTS
lesson.grade("weighted-sum")
### END HIDDEN TESTS

# %% [markdown]
# ### Exercise 3: the whole neuron
#
# ★★☆ · 6 minutes · 2 points
#
# Write `neuron(x, w, b)`: the sigmoid of the weighted sum, one number between 0 and 1. You may use your own
# `weighted_sum`.
#
# <details><summary>Hint 1: a nudge</summary>
#
# There are two steps, and the first one is already written.
# </details>
# <details><summary>Hint 2: the formula</summary>
#
# First $z$ = the weighted sum, then $\sigma(z) = 1 / (1 + e^{-z})$.
# </details>
# <details><summary>Hint 3: pseudo-code</summary>
#
# `z ← weighted_sum(x, w, b)`, return `1 / (1 + exp(−z))`.
# </details>


# %% nbgrader={"grade": false, "grade_id": "neuron-answer", "locked": false, "schema_version": 3, "solution": true}
def neuron(x, w, b):
    """The sigmoid of the weighted sum."""
    ### BEGIN SOLUTION
    z = x @ w + b
    return 1 / (1 + np.exp(-z))
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "neuron", "locked": true, "points": 2, "schema_version": 3, "solution": false}
lesson.check("neuron")
### BEGIN HIDDEN TESTS
lesson.grade("neuron")
### END HIDDEN TESTS

# %% [markdown]
# ## 3. Turn the knobs
#
# **The idea.** The inputs come from the world. Weights and bias belong to the neuron: they are the knobs that are turned
# until the output is right. Turning them automatically is what *learning* means, and it begins in lesson 05.
# Here you turn them yourself.
#
# **Predict first.** The inputs are 0.5, 0.8 and 0.3. Raise one weight by 1: which one moves the output most?
#
# Then try: what must the bias be for an output of exactly 0.50? Can you reach 1.00, or only come near it?


# %% tags=["demo"]
# @title A neuron with four knobs
def knobs(weight_1, weight_2, weight_3, bias):
    """The neuron of exercise 1 with these weights and this bias, beside its place on the sigmoid."""
    turned = [weight_1, weight_2, weight_3]
    at = nn.weighted_sum(example_inputs, turned, bias)
    height = nn.sigmoid(at)
    figure, (left, right) = plots.figure(1, 2, (11, 3.8), width_ratios=[1.5, 1])
    diagrams.neuron(example_inputs, turned, bias, left)
    right.plot(np.linspace(-9, 9, 181), nn.sigmoid(np.linspace(-9, 9, 181)), **plots.line(0))
    right.plot([at, at, -9], [0, height, height], color="black", linestyle=":")
    right.plot(at, height, "o", color="black")
    right.set(title=f"sigmoid({at:.2f}) = {height:.2f}", xlabel="total", ylabel="output", xlim=(-9, 9), ylim=(0, 1.02))
    return figure, (
        f"Inputs 0.5, 0.8, 0.3 with weights {weight_1:.2f}, {weight_2:.2f}, {weight_3:.2f} "
        f"and bias {bias:.2f} give the total {at:.2f}. "
        f"Beside it the sigmoid curve, which makes {height:.2f} of it."
    )


plots.explore(
    knobs, weight_1=(-4, 4, 0.1, 0.4), weight_2=(-4, 4, 0.1, 0.6), weight_3=(-4, 4, 0.1, 0.2), bias=(-2, 2, 0.02, 0.1)
)


# %% [markdown]
# The second weight moves the output most, because its input, 0.8, is the largest: the total grows by *weight × input*.
# With the bias at −0.74 the total is 0 and the output 0.50. The output never reaches 1; it only rounds to it.

# %% [markdown]
# ## 4. A decision
#
# **The idea.** Should I go to the party? Several reasons speak for it or against it, and some matter more to you than
# others. You weigh them together, and if the sum exceeds a certain **threshold**, you go. That is a neuron.
#
# **Worked numbers.** The inputs say what tonight is like. The weights say what *you* find important. These weights and
# the threshold, 0.5, are one person's choice; yours may differ.
#
# | reason | tonight | importance | product |
# |---|---|---|---|
# | the weather is good | 0.8 | 0.3 | 0.24 |
# | friends are going | 0.9 | 0.6 | 0.54 |
# | I am tired | 0.3 | −0.5 | −0.15 |
# | **sum** | | | **0.63** |
#
# 0.63 exceeds 0.5: go. Being tired speaks against it, so its importance is negative.
#
# **Predict first.** The same evening, but very tired: 0.9 in place of 0.3. Go or stay?

# %% [markdown]
# ### Exercise 4: go to the party?
#
# ★★☆ · 6 minutes · 2 points
#
# Write `decide(x, w, threshold)`. It returns `True` when the sum of the weighted reasons exceeds the threshold, and
# otherwise `False`. A sum exactly on the threshold does not exceed it.
#
# <details><summary>Hint 1: a nudge</summary>
#
# First one number: how strong are all reasons together? Then one comparison.
# </details>
# <details><summary>Hint 2: a comparison is a value</summary>
#
# `3 > 2` is `True` and `2 > 2` is `False`. A function may return a comparison.
# </details>
# <details><summary>Hint 3: pseudo-code</summary>
#
# `s ← sum of x · w`, return whether `s` is larger than `threshold`.
# </details>


# %% nbgrader={"grade": false, "grade_id": "decide-answer", "locked": false, "schema_version": 3, "solution": true}
def decide(x, w, threshold):
    """True when the weighted reasons together exceed the threshold."""
    ### BEGIN SOLUTION
    return bool(x @ w > threshold)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "decide", "locked": true, "points": 2, "schema_version": 3, "solution": false}
lesson.check("decide")
### BEGIN HIDDEN TESTS
lesson.grade("decide")
### END HIDDEN TESTS

# %% [markdown]
# **From threshold to bias.** Take the threshold away on both sides:
#
# $$\text{sum} > \text{threshold} \qquad\Longleftrightarrow\qquad \text{sum} - \text{threshold} > 0$$
#
# So a threshold of 0.5 is a bias of −0.5, and every neuron can compare with 0. A high bias makes it easy to say yes, a
# low bias makes it hard. The sigmoid adds *how sure*: it is 0.5 exactly on the border, more on the side of yes and less on
# the side of no.

# %% tags=["demo"]
# @title Four evenings, decided
goes = lesson.yours("decide")
importance = np.array([0.3, 0.6, -0.5])
evenings = np.array([[0.8, 0.9, 0.3], [0.8, 0.9, 0.9], [0.1, 0.9, 0.3], [1.0, 1.0, 0.0]])
print("weather  friends  tired    sum   sum - 0.5   go?    sigmoid")
for evening in evenings:
    weather, friends, tired = evening
    strength = evening @ importance
    go = goes(evening, importance, 0.5)
    print(
        f"{weather:7.1f}{friends:9.1f}{tired:7.1f}{strength:7.2f}{strength - 0.5:12.2f}   {go!s:7}"
        f"{nn.sigmoid(strength - 0.5):7.2f}"
    )


# %% [markdown]
# ## 5. A neuron draws a line
#
# **The idea.** Take only two inputs, so that each example is a point on paper. Where is the total exactly 0? On the line
#
# $$x_1 w_1 + x_2 w_2 + b = 0$$
#
# On one side of it the neuron says yes, on the other no. The weights turn the line, the bias shifts it.
#
# **Worked numbers.** Weights 1 and 1, bias −1: the line runs where $x_1 + x_2 = 1$. The point (0.9, 0.6) has the total
# 0.9 + 0.6 − 1 = 0.5: yes. The point (0.2, 0.3) has 0.2 + 0.3 − 1 = −0.5: no.
#
# **The picture.** Move the sliders. What does the bias do to the line? What happens when a weight changes its sign?


# %% tags=["demo"]
# @title A neuron as a line, with sliders
def line_of(weight_1, weight_2, bias):
    """A neuron with two inputs as a line through the plane, and two points to tell apart."""
    at = [weight_1 * x1 + weight_2 * x2 + bias for x1, x2 in ((0.9, 0.6), (0.2, 0.3))]
    figure = diagrams.boundary((weight_1, weight_2), bias, {(0.9, 0.6): True, (0.2, 0.3): False})
    figure.axes[0].set_title(f"● total {at[0]:.2f}    × total {at[1]:.2f}")
    return figure, (
        "The plane of two inputs, bright on the side where the neuron says yes. "
        f"Weights {weight_1:.2f} and {weight_2:.2f}, bias {bias:.2f}. "
        f"The disc at (0.9, 0.6) has total {at[0]:.2f}, the cross at (0.2, 0.3) {at[1]:.2f}."
    )


plots.explore(line_of, weight_1=(-2, 2, 0.1, 1.0), weight_2=(-2, 2, 0.1, 1.0), bias=(-3, 3, 0.1, -1.0))

# %% [markdown]
# ### Play: six points
#
# **The task.** Six points and three knobs. The discs A, B and C should be *yes*, the crosses D, E and F should be *no*. Turn
# the knobs until the line parts them.
#
# **The score.** The output of the neuron is a degree of yes. Each disc earns this output. Each cross earns what is left of 1.
# An output of 0.8 earns 0.8 at a disc and 0.2 at a cross. All six together give the score, 6 at most. A point is right when
# it earns more than a half.
#
# **Worked numbers.** At the start all knobs stand at 0. So every total is 0 and every output 0.5: the score is
# $6 \cdot 0.5 = 3$. With the knobs 1, 1 and −1 the total at A, (0.9, 0.6), is 0.5, and $\sigma(0.5) = 0.62$: A earns 0.62.
#
# Can you get all six right? And how far does the score go up? Your best is kept with your progress. In lesson 05 somebody
# else will turn the same knobs.
#
# (By keyboard: Tab goes to a knob, the arrow keys turn it. No sliders? Write the knobs into the cell, such as
# `six_points(1, 1, -1)`, and run it.)

# %% tags=["demo"]
six_points()

# %% [markdown]
# Two things can be done to a line. The *ratios* of the three knobs say where it lies. Their *size* says how sharp the border
# is: double all three, and the line stays where it is, while every output moves away from a half. A point on the right side
# earns more by it, one on the wrong side less.
#
# ### Exercise 5: a neuron that says AND
#
# ★★☆ · 8 minutes · 2 points
#
# Both inputs are 0 or 1. Choose two weights and a bias so that the total is above 0 when **both** inputs are 1, and not
# above 0 in the three other cases. Write them as `and_neuron = (w1, w2, b)`. There are many right answers.
#
# | input 1 | input 2 | total |
# |---|---|---|
# | 0 | 0 | not above 0 |
# | 0 | 1 | not above 0 |
# | 1 | 0 | not above 0 |
# | 1 | 1 | **above 0** |
#
# <details><summary>Hint 1: a nudge</summary>
#
# Put the four rows as points on paper. Draw a straight line with (1, 1) on one side and the other three on the other.
# </details>
# <details><summary>Hint 2: think of a threshold first</summary>
#
# With both weights 1 the sums are 0, 1, 1 and 2. Which threshold lies between the last one and the rest?
# </details>
# <details><summary>Hint 3: from threshold to bias</summary>
#
# The bias is minus that threshold.
# </details>

# %% nbgrader={"grade": false, "grade_id": "and-neuron-answer", "locked": false, "schema_version": 3, "solution": true}
and_neuron = ...
### BEGIN SOLUTION
and_neuron = (1, 1, -1.5)
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "and-neuron", "locked": true, "points": 2, "schema_version": 3, "solution": false}
lesson.check("and-neuron")
### BEGIN HIDDEN TESTS
lesson.grade("and-neuron")
### END HIDDEN TESTS

# %% tags=["demo"]
w1, w2, b = lesson.yours("and-neuron")
AND = {(0, 0): False, (0, 1): False, (1, 0): False, (1, 1): True}
plots.show(
    diagrams.boundary((w1, w2), b, AND),
    "The four corners of a square. A straight line cuts off the corner (1, 1), a disc for yes, "
    "from the three other corners, crosses for no.",
)

# %% [markdown]
# ## 6. Break it
#
# **Predict first.** Now ask for *one or the other, but not both*: yes for (0, 1) and (1, 0), no for (0, 0) and (1, 1).
# It is called XOR. Put the four points on paper. Can a straight line part the two circles from the two crosses?
#
# The cell tries 100,000 neurons with random weights and biases, and counts how many of the four rows the best of them
# gets right.

# %% tags=["demo"]
lesson.predict("xor-neurons")

# %% tags=["demo"]
corner_inputs = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
rng = np.random.default_rng(1)
many_weights = rng.uniform(-5, 5, size=(2, 100_000))
many_biases = rng.uniform(-5, 5, size=100_000)
# A row for each corner, a column for each neuron.
said_yes = corner_inputs @ many_weights + many_biases > 0
for name, wanted in [("AND", [0, 0, 0, 1]), ("OR ", [0, 1, 1, 1]), ("XOR", [0, 1, 1, 0])]:
    right = (said_yes == np.array([wanted]).T).sum(axis=0)
    print(f"{name}: the best of 100,000 neurons gets {right.max()} of 4 right")
lesson.reveal("xor-neurons", right.max())

# %% [markdown]
# Not one does XOR. It is no matter of luck: no straight line parts these points, so no single neuron ever will
# (Minsky and Papert 1969).
#
# **The cure is a second row of neurons.** XOR means: *at least one* AND *not both*. One neuron for each part, and a third
# that joins their answers:
#
# | neuron | weights | bias | says yes when |
# |---|---|---|---|
# | at least one | 1, 1 | −0.5 | input 1 or input 2 is 1 |
# | not both | −1, −1 | 1.5 | at most one of them is 1 |
# | both hold | 1, 1 | −1.5 | both neurons above say yes |

# %% tags=["demo"]
at_least_one = (corner_inputs @ [1, 1] - 0.5 > 0).astype(int)
not_both = (corner_inputs @ [-1, -1] + 1.5 > 0).astype(int)
xor = (at_least_one + not_both - 1.5 > 0).astype(int)
print("inputs   at least one   not both   XOR")
for (x1, x2), one, other, both in zip(corner_inputs, at_least_one, not_both, xor, strict=True):
    print(f" {x1}  {x2}         {one}             {other}        {both}")

# %% [markdown]
# ## 7. Layers
#
# **The idea.** You have just seen a network. Its neurons stand in **layers**, and every neuron looks at all numbers of the
# layer before it.
#
# - The **input layer** holds the numbers that are given. It computes nothing.
# - A **hidden layer** stands between input and output. It makes new numbers out of the old ones, such as *at least one*.
# - The **output layer** gives the answer: one neuron for yes or no, one for each class when there are several.
#
# A network with more than one hidden layer is called **deep**; that is the *deep* in deep learning. Each layer can build on
# what the one before has found: in an image first edges, then shapes, then objects.
#
# **The picture.** Three inputs, a hidden layer of four neurons, two outputs. Count the lines.

# %% tags=["demo"]
# @title Draw a network of three layers
plots.show(
    diagrams.network([3, 4, 2], counts=True),
    "A network of three layers: 3 inputs, a hidden layer of 4 neurons, an output layer "
    "of 2 neurons. Between them 12 and 8 weights; the neurons have 4 and 2 biases.",
)

# %% [markdown]
# **Worked numbers.** Each line is one **weight**: $3 \cdot 4 = 12$ in the first gap, $4 \cdot 2 = 8$ in the second,
# together 20. Each neuron has one **bias**: $4 + 2 = 6$. Inputs are no neurons and have none. So the network has
# $20 + 6 = 26$ **parameters**, and these 26 numbers are all that it can learn.
#
# ### Exercise 6: read a network
#
# ★☆☆ · 5 minutes · 2 points
#
# Read the answers off the next picture, in which nothing is named. `net_inputs` counts the inputs, `net_hidden_layers` the
# hidden layers, `net_outputs` the outputs. `net_is_deep` is `True` or `False`. `net_weights` and `net_biases` count all weights
# and all biases.

# %% tags=["demo"]
# @title Draw a network of four layers
plots.show(
    diagrams.network([4, 5, 3, 2], named=False),
    "Four columns of symbols, from left to right: 4 squares, 5 circles, 3 circles, 2 circles. "
    "A line runs from each symbol to each circle of the next column.",
)

# %% [markdown]
# <details><summary>Hint 1: hidden</summary>
#
# Cover the first and the last column with your hands. What is left is hidden.
# </details>
# <details><summary>Hint 2: weights</summary>
#
# There are three gaps. In each, every symbol on the left is joined with every circle on the right: multiply. Then add the gaps.
# </details>
# <details><summary>Hint 3: biases</summary>
#
# One for each circle. Squares are inputs and have none.
# </details>

# %% nbgrader={"grade": false, "grade_id": "read-network-answer", "locked": false, "schema_version": 3, "solution": true}
net_inputs = ...
net_hidden_layers = ...
net_outputs = ...
net_is_deep = ...
net_weights = ...
net_biases = ...
### BEGIN SOLUTION
net_inputs = 4
net_hidden_layers = 2
net_outputs = 2
net_is_deep = True
net_weights = 4 * 5 + 5 * 3 + 3 * 2
net_biases = 5 + 3 + 2
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "read-network", "locked": true, "points": 2, "schema_version": 3, "solution": false}
lesson.check("read-network")
### BEGIN HIDDEN TESTS
lesson.grade("read-network")
### END HIDDEN TESTS

# %% [markdown]
# ### Exercise 7: count the parameters
#
# ★★★ · 12 minutes · 3 points
#
# Write `count_parameters(sizes)`. `sizes` is a list with the number of inputs first, then the number of neurons of each
# layer, such as `[3, 4, 2]`. Return the number of weights and biases together, here 26. It must work for any number of
# layers. Leave the list as it was.
#
# <details><summary>Hint 1: a nudge</summary>
#
# Count one gap at a time: the weights in it, and the biases at its right end. What does the gap between 3 and 4 add? And
# the gap between 4 and 2?
# </details>
# <details><summary>Hint 2: how many gaps</summary>
#
# Three sizes have two gaps. `for i in range(len(sizes) - 1)` visits each gap; it lies between `sizes[i]` and `sizes[i + 1]`.
# </details>
# <details><summary>Hint 3: pseudo-code</summary>
#
# Start with 0. For each gap add `left · right` weights and `right` biases. Return the sum.
# </details>


# %% nbgrader={"grade": false, "grade_id": "count-parameters-answer", "locked": false, "schema_version": 3, "solution": true}
def count_parameters(sizes):
    """The weights and biases of a network with these layer sizes, inputs first."""
    ### BEGIN SOLUTION
    count = 0
    for i in range(len(sizes) - 1):
        count += sizes[i] * sizes[i + 1] + sizes[i + 1]
    return count
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "count-parameters", "locked": true, "points": 3, "schema_version": 3, "solution": false}
lesson.check("count-parameters")
### BEGIN HIDDEN TESTS
lesson.grade("count-parameters")
### END HIDDEN TESTS

# %% [markdown]
# **Now use it.** The network of lesson 10 reads images of 28 × 28 = 784 pixels, has 128 hidden neurons and one output for
# each digit. How many numbers must it learn? Guess, then run.

# %% tags=["demo"]
how_many = lesson.yours("count-parameters")
for sizes in ([1, 1], [3, 4, 2], [2, 2, 1], [784, 128, 10], [784, 128, 64, 10]):
    print(f"{' - '.join(map(str, sizes)):22} {how_many(sizes):9,} parameters")

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
# - A neuron multiplies each input by its weight, adds the products and the bias, and sends the total through an activation.
# - A threshold is a bias with its sign turned round.
# - With two inputs a neuron draws a straight line; what no line can part needs a hidden layer.
# - Weights belong to lines, biases to neurons. Together they are the parameters: all that is learned.
# - Deep means more than one hidden layer.
#
# | name | formula |
# |---|---|
# | weighted sum, total | $z = x_1 w_1 + \dots + x_D w_D + b$ |
# | neuron | $\sigma(z) = 1 / (1 + e^{-z})$ |
# | decision | $x \cdot w > t$, the same as $x \cdot w + b > 0$ with $b = -t$ |
# | line of a neuron | $x_1 w_1 + x_2 w_2 + b = 0$ |
# | parameters between layers of $m$ and $n$ | $m \cdot n + n$ |
#
# ## If something goes wrong
#
# | you see | it means | do |
# |---|---|---|
# | "not found. Run the cell above" | the answer cell has not run since the kernel started | run it, then the check |
# | `NameError: name 'np' is not defined` | the set-up cell at the top has not run | run it first |
# | `operands could not be broadcast together` | `x` and `w` differ in length | print both; one weight for each input |
# | `unsupported operand type(s) … 'ellipsis'` | a `...` is still in the way | fill in every `...` of that cell |
# | the picture has no sliders | live widgets are off here | the still picture shows the start; change the numbers in the cell |
#
# ## Sources
#
# - W. McCulloch, W. Pitts: *A Logical Calculus of the Ideas Immanent in Nervous Activity*, Bulletin of Mathematical
#   Biophysics 5, 1943.
# - F. Rosenblatt: *The Perceptron: A Probabilistic Model for Information Storage and Organization in the Brain*,
#   Psychological Review 65, 1958 (a neuron whose weights are learned).
# - M. Minsky, S. Papert: *Perceptrons*, MIT Press 1969 (what one neuron cannot do).
# - I. Goodfellow, Y. Bengio, A. Courville: *Deep Learning*, MIT Press 2016, chapter 6.1 (XOR with a hidden layer).
