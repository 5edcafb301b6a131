# ---
# jupyter:
#   course:
#     lesson: 02_activations
#     profile: numpy
#     trains: false
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Lesson 02 · Activation functions
#
# **Time:** 60–75 minutes · **Before this:** lesson 01, a neuron's weighted sum · **Points:** 14
#
# A neuron adds up its weighted inputs and then *bends* the sum. The bend is called the **activation function**.
# It looks like a detail. Without it, a network of a hundred layers can do no more than one layer.
#
# After this lesson you can
#
# - **compute** ReLU, sigmoid and softmax by hand and **write** each of them in NumPy,
# - **explain** why the textbook form of softmax breaks on large scores, and **repair** it,
# - **measure** how the slope of the sigmoid makes gradients vanish in a deep network,
# - **prove** with numbers that two linear layers are one,
# - **choose** an activation for hidden layers and for three kinds of output.

# %% nbgrader={"grade": false, "grade_id": "setup", "locked": true, "schema_version": 3, "solution": false}
import numpy as np

import course_utils
from course_utils import nn, plots

lesson = course_utils.start("02_activations")

# %% [markdown]
# **Do you remember?** Three questions from lesson 01, a minute each, in your head or on paper. No points, and you may go on without them. What you miss comes back in the next lesson.

# %% tags=["demo"]
lesson.recall()

# %% [markdown]
# ## 1. A bend in the line
#
# **The idea.** A weighted sum is a straight line: twice the input, twice the output. Most of the world is not like that.
# Food for two costs twice as much as food for one, but nobody is twice as glad about two umbrellas. An activation
# function $f$ bends the line:
#
# $$\text{output} = f(\text{weighted sum})$$
#
# **The picture.** Four bends that you will meet everywhere. Look at what each does far to the left and far to the right.

# %% tags=["demo"]
# @title Draw four activations
x = np.linspace(-6, 6, 241)
figure, axes = plots.figure(1, 4, (12, 2.8))
for axis, (name, f, note) in zip(
    axes,
    [
        ("ReLU", nn.relu, "0, then the line itself"),
        ("sigmoid", nn.sigmoid, "from 0 to 1"),
        ("tanh", nn.tanh, "from -1 to 1"),
        ("linear", nn.linear, "no bend at all"),
    ],
    strict=True,
):
    axis.plot(x, f(x), **plots.line(0))
    axis.axhline(0, color="#888", linewidth=0.8)
    axis.axvline(0, color="#888", linewidth=0.8)
    axis.set(title=f"{name}: {note}", xlabel="weighted sum")
    axis.title.set_fontsize(10)
plots.show(
    figure,
    "Four curves over a weighted sum from -6 to 6. ReLU is 0 on the left and the line y = x on the right. "
    "Sigmoid rises smoothly from 0 to 1, tanh from -1 to 1. Linear is a straight line.",
)

# %% [markdown]
# ## 2. ReLU: keep the positive, drop the negative
#
# $$\operatorname{ReLU}(x) = \max(0, x)$$
#
# **Worked numbers.** ReLU(5) = 5, because 5 is larger than 0. ReLU(−3) = 0, because 0 is larger than −3.
#
# **Predict first.** What is ReLU of `[-2, 0, 0.5, 7]`? Say it aloud before you run the next cell.

# %% tags=["demo"]
print("ReLU(5)  =", nn.relu(5.0))
print("ReLU(-3) =", nn.relu(-3.0))
print("ReLU([-2, 0, 0.5, 7]) =", nn.relu(np.array([-2, 0, 0.5, 7])))


# %% [markdown]
# ### Exercise 1: ReLU
#
# ★☆☆ · 5 minutes · 2 points
#
# Write `relu(x)` for a NumPy array `x` of any shape. The result has the same shape. Leave `x` itself as it was.
#
# <details><summary>Hint 1: a nudge</summary>
#
# Each number is compared with 0, and the larger of the two stays.
# </details>
# <details><summary>Hint 2: the function to look up</summary>
#
# `max` takes the largest number of a list. NumPy has a function that takes the larger of two numbers, place by place:
# `np.maximum`.
# </details>
# <details><summary>Hint 3: almost there</summary>
#
# Return `np.maximum(…, …)` of 0 and `x`.
# </details>


# %% nbgrader={"grade": false, "grade_id": "relu-answer", "locked": false, "schema_version": 3, "solution": true}
def relu(x):
    """ReLU(x) = max(0, x), number by number."""
    ### BEGIN SOLUTION
    return np.maximum(0, x)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "relu", "locked": true, "points": 2, "schema_version": 3, "solution": false}
lesson.check("relu")
### BEGIN HIDDEN TESTS
lesson.grade("relu")
### END HIDDEN TESTS

# %% [markdown]
# ## 3. Sigmoid: any number into a probability
#
# $$\sigma(x) = \frac{1}{1 + e^{-x}}$$
#
# **The idea.** Some questions want a probability: is this mail spam? The sigmoid squeezes every number between 0 and 1.
#
# **Worked numbers.** At $x = 0$: $e^0 = 1$, so $\sigma(0) = 1/(1+1) = 0.5$. At $x = 5$: $e^{-5} = 0.0067$, so
# $\sigma(5) = 1/1.0067 = 0.993$, or .99. At $x = -5$: $e^5 = 148.4$, so $\sigma(-5) = 1/149.4 = 0.0067$, or .01.
#
# **Predict first.** $\sigma(5)$ and $\sigma(-5)$ together make 1. Will $\sigma(2) + \sigma(-2)$ make 1 as well?

# %% tags=["demo"]
lesson.predict("opposites")

# %% tags=["demo"]
for value in (0.0, 5.0, -5.0):
    print(f"sigmoid({value:4.1f}) = {nn.sigmoid(value):.4f}, rounded {nn.sigmoid(value):.2f}")
together = nn.sigmoid(2.0) + nn.sigmoid(-2.0)
print(f"sigmoid(2) + sigmoid(-2) = {together:.4f}")
lesson.reveal("opposites", together)


# %% [markdown]
# ### Exercise 2: sigmoid
#
# ★☆☆ · 5 minutes · 2 points
#
# Write `sigmoid(x)` for a NumPy array of any shape. It should also be right far from zero, such as at −800 and 800.
#
# <details><summary>Hint 1: a nudge</summary>
#
# Build the formula from the inside: first $-x$, then $e^{-x}$, then $1 + e^{-x}$, then one divided by all of that.
# </details>
# <details><summary>Hint 2: the function to look up</summary>
#
# $e^{\text{something}}$ is `np.exp(something)`.
# </details>
# <details><summary>Hint 3: almost there</summary>
#
# The lower part needs its own brackets: `1 / (…)`. Far below zero `np.exp` may say `inf`; 1 / inf is 0, and that is right.
# </details>


# %% nbgrader={"grade": false, "grade_id": "sigmoid-answer", "locked": false, "schema_version": 3, "solution": true}
def sigmoid(x):
    """sigmoid(x) = 1 / (1 + exp(-x)), number by number."""
    ### BEGIN SOLUTION
    return 1 / (1 + np.exp(-x))
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "sigmoid", "locked": true, "points": 2, "schema_version": 3, "solution": false}
lesson.check("sigmoid")
### BEGIN HIDDEN TESTS
lesson.grade("sigmoid")
### END HIDDEN TESTS

# %% [markdown]
# ## 4. The slope decides who learns
#
# **The idea.** A network learns by asking: if I turn this weight a little, how much does the output move? The answer, a
# number for each weight, is called the **gradient**; lesson 04 is about it. It passes through every layer on the way, and
# is multiplied there: by a weight, and by the **slope** of the activation. A slope near 0 means: nothing gets through,
# nothing is learned.
#
# **Measure it.** The slope says how fast a curve rises. Take two points of the sigmoid, a little to the left and a little to
# the right of the place, and divide the rise by the step:
#
# - at $x = 0$: $\sigma(0.1) = 0.5250$ and $\sigma(-0.1) = 0.4750$. It rises by $0.0500$ on a step of $0.2$: slope $0.25$.
# - at $x = 5$: $\sigma(5.1) = 0.9939$ and $\sigma(4.9) = 0.9926$. It rises by $0.0013$ on a step of $0.2$: slope about $0.0065$.
#
# **The formula.** For the sigmoid you need not measure. With $s = \sigma(x)$ its slope is
#
# $$\sigma'(x) = s\,(1 - s)$$
#
# **Worked numbers.** At $x = 0$: $s = 0.5$, slope $0.5 \cdot 0.5 = 0.25$. That is the steepest point.
# At $x = 5$: $s = 0.9933$, slope $0.9933 \cdot 0.0067 = 0.0066$. Both agree with what was measured.
# ReLU is simpler: slope 1 for every positive number, 0 for every negative one.
#
# <details><summary>Where the formula comes from, for those who know derivatives</summary>
#
# The derivative of $1 / u$ is $-u' / u^2$. With $u = 1 + e^{-x}$ that is $e^{-x} / (1 + e^{-x})^2$: one factor is
# $1 / (1 + e^{-x}) = s$, the other $e^{-x} / (1 + e^{-x}) = 1 - s$.
# </details>
#
# **The picture.** Move the slider. The thick line touches the curve; its steepness is the number in the title.


# %% tags=["demo"]
# @title The slope as a line that touches the curve, with a slider
def tangent(at):
    """Sigmoid and ReLU with the line that touches each at x = at."""
    figure, axes = plots.figure(1, 2, (9, 3.2))
    for axis, name, f, slope in [
        (axes[0], "sigmoid", nn.sigmoid, nn.sigmoid_derivative),
        (axes[1], "ReLU", nn.relu, nn.relu_derivative),
    ]:
        near = np.array([at - 1.5, at + 1.5])
        axis.plot(x, f(x), **plots.line(0))
        axis.plot(near, f(at) + slope(at) * (near - at), linewidth=4, alpha=0.8, **plots.line(1))
        axis.plot(at, f(at), "o", color="black")
        axis.set(title=f"{name}: slope {slope(at):.3f} at x = {at:g}", xlabel="x")
    return figure, (
        f"At x = {at:g} the sigmoid has slope {nn.sigmoid_derivative(at):.3f} "
        f"and ReLU has slope {nn.relu_derivative(at):.0f}."
    )


plots.explore(tangent, at=(-5.5, 5.5, 0.5, 2.0))


# %% [markdown]
# ### Exercise 3: the slope of the sigmoid
#
# ★★☆ · 5 minutes · 2 points
#
# Write `sigmoid_slope(x)` for a NumPy array of any shape. You may use your own `sigmoid`.
#
# <details><summary>Hint 1: a nudge</summary>
#
# The formula speaks of $s$, not of $x$. What is $s$?
# </details>
# <details><summary>Hint 2: the steps</summary>
#
# First the height $s = \sigma(x)$. Then $s$ times how far $s$ is from 1.
# </details>
# <details><summary>Hint 3: pseudo-code</summary>
#
# `s ← sigmoid(x)`, return `s · (1 − s)`.
# </details>


# %% nbgrader={"grade": false, "grade_id": "sigmoid-slope-answer", "locked": false, "schema_version": 3, "solution": true}
def sigmoid_slope(x):
    """The slope of the sigmoid at x."""
    ### BEGIN SOLUTION
    s = 1 / (1 + np.exp(-x))
    return s * (1 - s)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "sigmoid-slope", "locked": true, "points": 2, "schema_version": 3, "solution": false}
lesson.check("sigmoid-slope")
### BEGIN HIDDEN TESTS
lesson.grade("sigmoid-slope")
### END HIDDEN TESTS

# %% [markdown]
# **Now use it.** A gradient that travels back through ten sigmoid layers is multiplied by ten slopes, and by weights. Even at
# the best place, $x = 0$, each slope is only 0.25. The next cell multiplies the slopes alone, with your own function once
# it passes.

# %% tags=["demo"]
slope = lesson.yours("sigmoid-slope")
best = float(slope(np.array([0.0]))[0])
print("layers   sigmoid at its best   ReLU (active)")
for layers in (1, 2, 5, 10, 20):
    print(f"{layers:6d}   {best**layers:19.10f}   {1.0**layers:13.1f}")

# %% [markdown]
# Ten slopes leave one part in a million. A weight of 4 at each layer would make up for it; but large weights make large sums,
# and far out the slopes are smaller still. This is the **vanishing gradient**: the first
# layers of a deep sigmoid network hardly learn. An active ReLU has slope 1, and 1 times 1 stays 1. That is the main reason why ReLU took over
# the hidden layers (Glorot, Bordes and Bengio 2011). Lesson 15 measures it in a real network.
#
# ReLU has a price of its own: a neuron whose sum is negative for every example has slope 0 for ever. It is called
# *dead*. Leaky ReLU gives the left side a small slope to keep it alive.

# %% [markdown]
# ## 5. Softmax: scores into shares
#
# **The idea.** To say *which one of ten digits*, a network gives ten scores. Softmax turns them into shares that are
# positive and add up to 1.
#
# $$\operatorname{softmax}(z)_i = \frac{e^{z_i}}{\sum_j e^{z_j}}$$
#
# **Worked numbers.** Scores 2.0, 1.0, 0.1. The exponentials are 7.39, 2.72 and 1.11; together 11.21.
# The shares: 7.39 / 11.21 = .66, 2.72 / 11.21 = .24, 1.11 / 11.21 = .10. The sum is 1.

# %% tags=["demo"]
scores = np.array([2.0, 1.0, 0.1])
shares = nn.softmax(scores)
print("exponentials:", np.exp(scores).round(2), " sum", np.exp(scores).sum().round(2))
print("shares:      ", shares.round(2), " sum", shares.sum().round(2))

# %% tags=["demo"]
# @title Draw the scores and their softmax
figure, axes = plots.figure(1, 2, (8, 2.8))
for axis, values, title in [(axes[0], scores, "scores"), (axes[1], shares, "softmax: shares of 1")]:
    for i, value in enumerate(values):
        axis.bar(i, value, **plots.bars(i))
        axis.text(i, value, f"{value:.2f}", ha="center", va="bottom")
    axis.set(title=title, xticks=range(3), xticklabels=["cat", "dog", "bird"])
plots.show(figure, "Left, three scores: 2.0, 1.0 and 0.1. Right, their softmax: 0.66, 0.24 and 0.10, which sum to 1.")

# %% [markdown]
# ### Break it
#
# **Predict first.** The formula has no limits written into it. What will it say for the scores 1000, 1001, 999?
# By how much do they differ from each other? Run the cell and see.

# %% tags=["demo"]
lesson.predict("large-scores")

# %% tags=["demo"]
large = np.array([1000.0, 1001.0, 999.0])
with np.errstate(all="ignore"):
    print("exp(1000) =", np.exp(1000.0))
    textbook = np.exp(large) / np.exp(large).sum()
    print("textbook softmax:", textbook)
print("the scores 1, 2, 0, one apart as well:", nn.softmax(np.array([1.0, 2.0, 0.0])).round(4))
lesson.reveal("large-scores", textbook)


# %% [markdown]
# $e^{1000}$ has 435 digits before the point. The largest float64 has 309, so the computer says `inf`, and `inf / inf`
# is `nan`, not a number. One such row poisons the whole training.
#
# The cure costs one subtraction. Take any number $m$ from every score:
#
# $$\frac{e^{z_i - m}}{\sum_j e^{z_j - m}} = \frac{e^{-m} e^{z_i}}{e^{-m} \sum_j e^{z_j}} = \frac{e^{z_i}}{\sum_j e^{z_j}}$$
#
# The result is the same. Choose $m$ so that no exponential can overflow.
#
# ### Exercise 4: a softmax that does not break
#
# ★★☆ · 15 minutes · 3 points
#
# Write `softmax(z)` for one row of scores, shape `(K,)`, or a batch, shape `(N, K)`. Each row becomes shares that sum to 1.
# It must work for scores of any size, also when the rows lie far apart.
#
# <details><summary>Hint 1: a nudge</summary>
#
# With $m$ the largest score of the row, the largest exponent is 0, and $e^0 = 1$.
# </details>
# <details><summary>Hint 2: rows, not the whole table</summary>
#
# `z.max(axis=-1, keepdims=True)` takes the largest of each row and keeps the shape `(N, 1)`, so that NumPy can subtract
# it row by row. The same words help with the sum.
# </details>
# <details><summary>Hint 3: pseudo-code</summary>
#
# `e ← exp(z − row maximum)`, return `e / row sum of e`.
# </details>


# %% nbgrader={"grade": false, "grade_id": "softmax-answer", "locked": false, "schema_version": 3, "solution": true}
def softmax(z):
    """The softmax of each row (the last axis) of z."""
    ### BEGIN SOLUTION
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "softmax", "locked": true, "points": 3, "schema_version": 3, "solution": false}
lesson.check("softmax")
### BEGIN HIDDEN TESTS
lesson.grade("softmax")
### END HIDDEN TESTS

# %% [markdown]
# ## 6. Why bend at all?
#
# **The idea.** A layer of neurons without activation computes $x W + b$: inputs times a table of weights, plus biases.
# Put a second such layer behind it:
#
# $$(x W_1 + b_1)\, W_2 + b_2 = x \,(W_1 W_2) + (b_1 W_2 + b_2)$$
#
# The right-hand side is again *one* table of weights and *one* row of biases. The second layer has bought nothing.
#
# **Worked numbers.** One input, $W_1 = 2$, $b_1 = 1$, then $W_2 = 3$, $b_2 = -1$. For $x = 5$: first $5 \cdot 2 + 1 = 11$,
# then $11 \cdot 3 - 1 = 32$. In one step: $W = 2 \cdot 3 = 6$, $b = 1 \cdot 3 - 1 = 2$, and $5 \cdot 6 + 2 = 32$.
#
# **Predict first.** Below, ten random layers stand in a row, once without and once with ReLU in between.
# Which of the two can draw a curve that is not straight?

# %% tags=["demo"]
rng = np.random.default_rng(5)
line = np.linspace(-2, 2, 200)[:, None]
widths = [1] + [32] * 10
layers = [(rng.normal(size=(n, m)) * np.sqrt(2 / n), rng.normal(size=m) * 0.3) for n, m in zip(widths, widths[1:])]
out = rng.normal(size=(32, 1)) / 32


def run(f):
    """Ten layers with activation f, then one output."""
    h = line
    for W, b in layers:
        h = f(h @ W + b)
    return h @ out


# %% tags=["demo"]
# @title Draw the answers of ten layers, without and with ReLU
figure, axes = plots.figure(1, 2, (9, 3))
for number, (axis, name, f) in enumerate([(axes[0], "linear", nn.linear), (axes[1], "ReLU", nn.relu)]):
    axis.plot(line, run(f), **plots.line(number))
    axis.set(title=f"ten layers, {name}", xlabel="input", ylabel="output")
plots.show(
    figure,
    "Two plots of output against input for ten layers. Without activation the graph is one straight line. "
    "With ReLU it is made of several straight pieces with corners, so it bends.",
)


# %% [markdown]
# ### Exercise 5: two linear layers are one
#
# ★★☆ · 10 minutes · 3 points
#
# Write `merge_layers(W1, b1, W2, b2)`. It returns the pair `W, b` of the single layer that does the same.
# `W1` has shape `(D, H)`, `b1` `(H,)`, `W2` `(H, K)`, `b2` `(K,)`; so `W` has shape `(D, K)` and `b` `(K,)`.
#
# <details><summary>Hint 1: a nudge</summary>
#
# Both parts stand in the formula above. Which part of it is multiplied by $x$?
# </details>
# <details><summary>Hint 2: the sign for it</summary>
#
# `A @ B` is the matrix product. `A * B` would multiply entry by entry.
# </details>
# <details><summary>Hint 3: pseudo-code</summary>
#
# `W ← W1 @ …`. `b ←` what becomes of `b1` in the second layer, plus `…`. Return `W, b`.
# </details>


# %% nbgrader={"grade": false, "grade_id": "merge-layers-answer", "locked": false, "schema_version": 3, "solution": true}
def merge_layers(W1, b1, W2, b2):
    """W and b of the one linear layer that equals layer 1 followed by layer 2."""
    ### BEGIN SOLUTION
    return W1 @ W2, b1 @ W2 + b2
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "merge-layers", "locked": true, "points": 3, "schema_version": 3, "solution": false}
lesson.check("merge-layers")
### BEGIN HIDDEN TESTS
lesson.grade("merge-layers")
### END HIDDEN TESTS

# %% [markdown]
# ## 7. Which one where?
#
# A hidden layer has one duty: to bend, and to let the gradient through. The last layer has another: to say its answer
# in the right form. Ask it: is the answer **one probability**, **several shares of one whole**, or **an amount** that may
# be any number?
#
# ### Exercise 6: choose
#
# ★☆☆ · 3 minutes · 2 points
#
# Write one of the words `"relu"`, `"sigmoid"`, `"softmax"`, `"linear"` for each of the four places.
#
# <details><summary>Hint: ask the output what it has to say</summary>
#
# One probability? Several shares of one whole? An amount without limits?
# </details>

# %% nbgrader={"grade": false, "grade_id": "choose-activation-answer", "locked": false, "schema_version": 3, "solution": true}
hidden_layers = ...
spam_or_not = ...
one_of_ten_digits = ...
house_price = ...
### BEGIN SOLUTION
hidden_layers = "relu"
spam_or_not = "sigmoid"
one_of_ten_digits = "softmax"
house_price = "linear"
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "choose-activation", "locked": true, "points": 2, "schema_version": 3, "solution": false}
lesson.check("choose-activation")
### BEGIN HIDDEN TESTS
lesson.grade("choose-activation")
### END HIDDEN TESTS

# %% [markdown]
# ## Quiz
#
# Three questions, no points. Answer each before you look: whatever you choose, you read why. What you miss comes back in
# a later lesson, and in `course review`.

# %% tags=["demo"]
lesson.quiz()

# %% [markdown]
# ## Key points
#
# - An activation bends the weighted sum. Without it, depth is worth nothing.
# - ReLU in hidden layers: slope 1 where active, 0 where not.
# - Sigmoid for one probability. Its slope is never more than 0.25.
# - Softmax for one class of several. Subtract each row's largest score first.
#
# | place | usual choice | why |
# |---|---|---|
# | hidden layers | ReLU | cheap, slope 1 where it is active |
# | output, one yes-or-no | sigmoid | one probability |
# | output, one class of several | softmax | shares that sum to 1 |
# | output, an amount | linear (no activation) | any number can come out |
#
# | name | formula | slope |
# |---|---|---|
# | ReLU | $\max(0, x)$ | 1 if $x > 0$, else 0 |
# | sigmoid | $s = 1 / (1 + e^{-x})$ | $s(1 - s)$ |
# | tanh | $t = \tanh x$ | $1 - t^2$ |
# | softmax | $e^{z_i - m} / \sum_j e^{z_j - m}$ | lesson 04 |
#
# ## If something goes wrong
#
# | you see | it means | do |
# |---|---|---|
# | "not found. Run the cell above" | the answer cell has not run since the kernel started | run it, then the check |
# | "Not attempted" after you wrote an answer | the cell was changed but not run | Shift+Enter in it |
# | `operands could not be broadcast together` | two shapes do not fit | print both `.shape`s; is `keepdims=True` missing? |
# | `nan` far from zero | one infinity was divided by another | which exponential gets large there? Write the formula so that it does not stand above the line |
#
# ## Sources
#
# - X. Glorot, A. Bordes, Y. Bengio: *Deep Sparse Rectifier Neural Networks*, AISTATS 2011.
# - I. Goodfellow, Y. Bengio, A. Courville: *Deep Learning*, MIT Press 2016, chapters 4.1 (overflow) and 6.2 (output units).
# - J. Bridle: *Probabilistic Interpretation of Feedforward Classification Network Outputs*, 1990 (the name softmax).
