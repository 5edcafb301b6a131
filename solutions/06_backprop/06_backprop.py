# ---
# jupyter:
#   course:
#     lesson: 06_backprop
#     profile: numpy
#     trains: false
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Lesson 06 · Backpropagation: every slope in one run back
#
# **Time:** 100–130 minutes, in two sittings: 45–60 before the break, 55–70 after it · **Before this:** lessons 03 (layers), 04 (losses) and 05 (gradient descent) · **Points:** 19
#
# To train, a network needs the slope of the loss for every single weight. Measured one at a time, as in lesson 05, that takes two runs of the network
# for each weight. There is a way to get all of them in *one* run back through the network. It is called **backpropagation**, and it is no more
# than one rule, used again and again.
#
# After this lesson you can
#
# - **follow** a gradient back through any graph of plus, times and simple functions, by hand,
# - **write** the way back through a sigmoid, through softmax with cross-entropy, and through a dense layer,
# - **join** these pieces into the backward pass of a whole network, and **read** a scoreboard that shows which step is off,
# - **write** a check that finds a planted bug in somebody's gradients,
# - **train** a network with nothing but your own functions.

# %% nbgrader={"grade": false, "grade_id": "setup", "locked": true, "schema_version": 3, "solution": false}
import numpy as np

import course_utils
from course_utils import nn, plots
from course_utils.lessons.lesson_06_backprop.common import network_loss, network_params, suspects
from course_utils.lessons.lesson_06_backprop.network_backward import small_network
from course_utils.lessons.lesson_06_backprop.computation import lighting
from course_utils.lessons.lesson_06_backprop.graph_fields import on_graph
from course_utils.lessons.lesson_06_backprop.scoreboard import scoreboard

lesson = course_utils.start("06_backprop")

# %% [markdown]
# **Do you remember?** Three questions from earlier lessons, a minute each, in your head or on paper. No points, and you may go on without them. What you miss comes back in the next lesson.

# %% tags=["demo"]
lesson.recall()

# %% [markdown]
# ## 1. One rule: what comes in, times the local slope
#
# **The idea.** Three cogwheels. The first turns the second twice as fast, the second turns the third three times as fast. How much faster does the third turn than the
# first? $2 \cdot 3 = 6$ times. Nobody has to know the whole machine: each wheel knows only its own factor, and along the chain the factors are *multiplied*.
#
# A network is such a machine. Each small computation knows how fast its output moves when its input moves: its **local slope**. The gradient is handed back from the
# loss, step by step, and each step does the same:
#
# $$\text{gradient handed on} = \text{gradient that comes in} \times \text{local slope}$$
#
# This is the **chain rule**. We write `dz` for "how fast the loss grows when $z$ grows", for short: the gradient of $z$.
#
# **The picture.** One neuron with a ReLU, and the squared error from the target 1. First it runs forward, from left to right, and fills in the values. Then it runs
# backward and fills in the gradients, below each node.
#
# **Predict first.** The loss is $L = e^2$ with $e = 3$. What is `de`? Move the slider on from 5 only when you have said it.
#
# (No slider? The two pictures show the end of the way forward and the end of the way back. Open the folded cell, change the last number of its last line, and run it again.)

# %% tags=["demo"]
# @title The graph, forward and back, with a slider
plots.show(*lighting(5))


def light(step):
    """The graph after so many steps: 1 to 5 go forward, 6 to 11 go back."""
    return lighting(int(step))


plots.explore(light, step=(0, 11, 1, 11))


# %% [markdown]
# **Worked numbers.** Each kind of node has its own simple way to hand a gradient on:
#
# | node | local slope | what it does with the gradient | here |
# |---|---|---|---|
# | square, $e^2$ | $2e$ | multiplies by twice the input | $1 \cdot 2 \cdot 3 = 6$ |
# | minus a number, $h - 1$ | 1 | hands it on | 6 |
# | ReLU | 1 or 0 | lets it through, or stops it | $z = 4 > 0$: 6 |
# | plus, $u + b$ | 1 for each | hands it on to *both*, in full | 6 and 6 |
# | times, $w \cdot x$ | the *other* factor | multiplies by the other factor | $6 \cdot 2 = 12$ for $w$, $6 \cdot 3 = 18$ for $x$ |
#
# Is it true? `dw = 12` says: raise $w$ by 0.001 and the loss grows by about 0.012.


# %% tags=["demo"]
def neuron_loss(w, x=2.0, b=-2.0, target=1.0):
    """The loss of the neuron in the picture."""
    return (max(0.0, w * x + b) - target) ** 2


print(f"loss at w = 3:     {neuron_loss(3.0):.6f}")
print(f"loss at w = 3.001: {neuron_loss(3.001):.6f}, grown by {neuron_loss(3.001) - neuron_loss(3.0):.6f}")
print(f"loss at w = 0.5:   {neuron_loss(0.5):.6f}, at w = 0.501: {neuron_loss(0.501):.6f}  (the ReLU is closed)")

# %% [markdown]
# **One more thing: a value that is used twice.** If $a$ reaches the loss by two ways, both ways count. Each hands back a gradient, and at $a$ they are **added**. Take
# $L = a \cdot a$ with $a = 3$: as the left factor, $a$ receives 3, and as the right factor it receives 3. Together 6, which is $2a$, as it should be.
#
# ### Exercise 1: gradients on a graph
#
# ★★☆ · 8 minutes · 2 points
#
# $$p = a \cdot b \qquad q = a + c \qquad L = p \cdot q \qquad\text{with } a = 3,\; b = 2,\; c = 1$$
#
# Forward: $p = 6$, $q = 4$, $L = 24$. Here is its graph. Go back from $L$, with pencil and paper: first `dp` and `dq`, then the other three. Mind that $a$ is used twice.
#
# Enter each gradient in its field on the graph, and press Enter. It is checked at once, so you need not carry a mistake on. Then write all five into the cell below the graph, where
# `dp` is called `grad_p`; that cell is graded. (No fields? Write the numbers into the cell of the graph, such as `on_graph(dp=5, dq=5)`, and run it.)

# %% tags=["demo"]
on_graph()

# %% [markdown]
# <details><summary>Hint 1: a nudge</summary>
#
# Begin at the end: `dL` is 1. Go along the arrows, against their direction. How many arrows lead away from $a$?
# </details>
# <details><summary>Hint 2: the first step</summary>
#
# $L = p \cdot q$ is a product. Each factor receives the value of the other.
# </details>
# <details><summary>Hint 3: at a</summary>
#
# Through $p$, $a$ receives `grad_p` times $b$. Through $q$ it receives `grad_q` times 1. Then add.
# </details>

# %% nbgrader={"grade": false, "grade_id": "graph-gradients-answer", "locked": false, "schema_version": 3, "solution": true}
grad_p = ...
grad_q = ...
grad_a = ...
grad_b = ...
grad_c = ...
### BEGIN SOLUTION
grad_p = 4
grad_q = 6
grad_a = grad_p * 2 + grad_q * 1
grad_b = grad_p * 3
grad_c = grad_q * 1
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "graph-gradients", "locked": true, "points": 2, "schema_version": 3, "solution": false}
lesson.check("graph-gradients")
### BEGIN HIDDEN TESTS
lesson.grade("graph-gradients")
### END HIDDEN TESTS

# %% [markdown]
# ## 2. Back through a sigmoid
#
# **The idea.** An activation works on each number by itself. So its way back is one multiplication per number: what comes in, times the slope at that place.
#
# **The formula.** With $h = \sigma(z)$ the slope is $h(1-h)$ (lesson 02). It needs only the *output* $h$, which we still have from the way forward:
#
# $$dz = dh \cdot h \,(1 - h)$$
#
# **Worked numbers.** The neuron said $h = 0.25$, and the gradient $dh = -4$ comes in. The slope is $0.25 \cdot 0.75 = 0.1875$. So $dz = -4 \cdot 0.1875 = -0.75$.
#
# **Predict first.** The neuron is very sure: $h = 0.999$. How much of a gradient of 1 gets through?

# %% tags=["demo"]
for h in (0.5, 0.25, 0.9, 0.999):
    print(f"h = {h:5.3f}: of a gradient of 1, {h * (1 - h):.6f} gets through")


# %% [markdown]
# ### Exercise 2: back through a sigmoid
#
# ★☆☆ · 5 minutes · 2 points
#
# Write `sigmoid_backward(dh, h)`. `h` is what the sigmoid gave on the way forward, `dh` the gradient that comes in. Return `dz`. All three have the same shape,
# which may be any. Leave `dh` and `h` as they were.
#
# <details><summary>Hint 1: a nudge</summary>
#
# Two factors: what comes in, and the local slope.
# </details>
# <details><summary>Hint 2: no sigmoid needed</summary>
#
# `h` has been through the sigmoid already. There is no `np.exp` in the answer.
# </details>


# %% nbgrader={"grade": false, "grade_id": "sigmoid-backward-answer", "locked": false, "schema_version": 3, "solution": true}
def sigmoid_backward(dh, h):
    """dz, from the gradient dh that comes in and the output h of the sigmoid."""
    ### BEGIN SOLUTION
    return dh * h * (1 - h)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "sigmoid-backward", "locked": true, "points": 2, "schema_version": 3, "solution": false}
lesson.check("sigmoid-backward")
### BEGIN HIDDEN TESTS
lesson.grade("sigmoid-backward")
### END HIDDEN TESTS

# %% [markdown]
# For ReLU the slope is 1 where $z > 0$ and 0 elsewhere. So the way back through it is a **gate**: `dz = dh * (z > 0)`. What decides is the sign of $z$ on the way forward, *not* the
# sign of the gradient.
#
# ## 3. Where it begins: the loss
#
# **The idea.** The way back begins at the loss. For a network that chooses among classes that is softmax with cross-entropy. In lesson 04 you saw that the two together
# have a very simple gradient: *prediction minus truth*, divided by the number of examples,
#
# $$dz = \frac{p - y}{N}, \qquad p = \operatorname{softmax}(z)$$
#
# where $y$ is 1 at the true class and 0 elsewhere. Here is why, by the rule of section 1. For one example the loss is $\log \sum_j e^{z_j} - z_\text{label}$.
#
# - The second part has the slope −1 for the true class, and 0 for the others: that is $-y$.
# - The first part is a log of a sum. The log has the local slope $1 / \sum_j e^{z_j}$, the plus hands it on, the exponential multiplies by $e^{z_k}$. Together
#   $e^{z_k} / \sum_j e^{z_j}$: that is $p_k$.
#
# **Worked numbers.** Two examples with the shares ¼ and ¾. The first is truly of class 0, the second of class 1.
#
# - loss: the mean of $-\log ¼ = 1.386$ and $-\log ¾ = 0.288$, so 0.837
# - prediction minus truth: $(¼ - 1,\; ¾)$ and $(¼,\; ¾ - 1)$
# - divided by 2: $(-0.375,\; 0.375)$ and $(0.125,\; -0.125)$
#
# **Predict first.** Each row sums to 0. Why must it?

# %% [markdown]
# ### Exercise 3: softmax and cross-entropy, forward and backward
#
# ★★☆ · 12 minutes · 3 points
#
# Write `softmax_loss(z, labels)`. `z` has shape `(N, K)` and holds scores, `labels` has shape `(N,)` and holds class numbers. Return two things: the mean loss, and its gradient
# `dz` of shape `(N, K)`. Both share the exponentials; that is why they live in one function. It must be exact for scores of any size: also for a row of
# thousands beside a row of small scores, and for a row with both. Leave `z` as it was.
#
# <details><summary>Hint 1: a nudge</summary>
#
# You have written both halves in lesson 04. `log_p` gives the loss, and `np.exp(log_p)` gives the shares.
# </details>
# <details><summary>Hint 2: minus the truth</summary>
#
# `dz[np.arange(N), labels] -= 1` takes 1 away at the true class of each row. Do that in an array of its own.
# </details>
# <details><summary>Hint 3: pseudo-code</summary>
#
# `shifted ← z − row maximum`; `log_p ← shifted − log(row sum of exp(shifted))`; `loss ← −mean(log_p at the labels)`; `dz ← exp(log_p)`; take 1 away at the labels; return
# `loss, dz / N`.
# </details>


# %% nbgrader={"grade": false, "grade_id": "softmax-loss-answer", "locked": false, "schema_version": 3, "solution": true}
def softmax_loss(z, labels):
    """The mean cross-entropy of softmax(z), and its gradient for every score."""
    ### BEGIN SOLUTION
    rows = np.arange(len(z))
    shifted = z - z.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    loss = -np.mean(log_p[rows, labels])
    dz = np.exp(log_p)
    dz[rows, labels] -= 1
    return loss, dz / len(z)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "softmax-loss", "locked": true, "points": 3, "schema_version": 3, "solution": false}
lesson.check("softmax-loss")
### BEGIN HIDDEN TESTS
lesson.grade("softmax-loss")
### END HIDDEN TESTS

# %% [markdown]
# The shares of a row always sum to 1, and so does the truth. Their difference sums to 0: what one class gains, the others lose.
#
# ## 4. Back through a dense layer
#
# **The idea.** A layer computes $z = xW + b$. On the way back `dz` comes in, and three things want to know their gradient: the inputs $x$, the weights $W$ and the biases $b$.
# A weighted sum is made of times and plus, and you know both.
#
# - **A weight** $W_{df}$ is multiplied by the input $x_d$. *The other factor:* it receives $x_d \cdot dz_f$. Every example of the batch uses the same weight, so all of them
#   add up.
# - **A bias** $b_f$ is added. A plus hands on in full: it receives $dz_f$, added up over the examples.
# - **An input** $x_d$ is multiplied by a whole row of weights, one for each neuron. It is used many times, so it receives the sum $\sum_f dz_f W_{df}$.
#
# **The formula.** As matrix products:
#
# $$dW = x^{\mathsf T} dz \qquad\quad db = \textstyle\sum_n dz_n \qquad\quad dx = dz\, W^{\mathsf T}$$
#
# **You need not learn it by heart: the shapes tell.** A gradient has the shape of its variable. With $x$: `(N, D)`, $W$: `(D, F)`, $dz$: `(N, F)` there is only one way:
#
# | gradient | shape it must have | so |
# |---|---|---|
# | `dW` | (D, F) | (D, **N**) @ (**N**, F) = `x.T @ dz` |
# | `dx` | (N, D) | (N, **F**) @ (**F**, D) = `dz @ W.T` |
# | `db` | (F,) | (N, F), summed over the N rows |
#
# **Worked numbers.** One example, $x = (1, 2)$, and $dz = (3, -1)$, with $W = \begin{pmatrix} 1 & 2 \\ 0 & 5 \end{pmatrix}$.
#
# - $dW = \begin{pmatrix} 1 \cdot 3 & 1 \cdot (-1) \\ 2 \cdot 3 & 2 \cdot (-1) \end{pmatrix} = \begin{pmatrix} 3 & -1 \\ 6 & -2 \end{pmatrix}$: every input times every $dz$
# - $db = (3, -1)$
# - $dx = (3 \cdot 1 - 1 \cdot 2,\; 3 \cdot 0 - 1 \cdot 5) = (1, -5)$
#
# **Predict first.** A second, identical example joins the batch. The loss is a mean, so each row of $dz$ is now half as large. Which of the three gradients
# change?

# %% tags=["demo"]
lesson.predict("twice-the-same")

# %% tags=["demo"]
W, found = np.array([[1.0, 2.0], [0.0, 5.0]]), []
for copies in (1, 2):
    x, dz = np.tile([1.0, 2.0], (copies, 1)), np.tile([3.0, -1.0], (copies, 1)) / copies
    found.append({"dW": x.T @ dz, "db": dz.sum(axis=0), "dx": dz @ W.T})
    print(
        f"{copies} example{'s' * (copies > 1)}:", ", ".join(f"{name} = {d.tolist()}" for name, d in found[-1].items())
    )
lesson.reveal("twice-the-same", *found)


# %% [markdown]
# ### Exercise 4: back through a dense layer
#
# ★★☆ · 10 minutes · 3 points
#
# (The prediction from above: `dW` and `db` stay as they are, since two half pulls make a whole one. `dx` has two rows, each half as large.)
#
# Write `dense_backward(dz, x, W)`. Return `dx, dW, db`, in this order. The division by $N$ is in `dz` already, since the loss was a mean. So nothing is divided here.
#
# <details><summary>Hint 1: a nudge</summary>
#
# Each of the three is one short line. Let the shapes guide you.
# </details>
# <details><summary>Hint 2: the signs for it</summary>
#
# `A.T` is the table on its side, `A @ B` the matrix product, `A.sum(axis=0)` adds up the rows.
# </details>


# %% nbgrader={"grade": false, "grade_id": "dense-backward-answer", "locked": false, "schema_version": 3, "solution": true}
def dense_backward(dz, x, W):
    """dx, dW and db of a dense layer z = x W + b."""
    ### BEGIN SOLUTION
    return dz @ W.T, x.T @ dz, dz.sum(axis=0)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "dense-backward", "locked": true, "points": 3, "schema_version": 3, "solution": false}
lesson.check("dense-backward")
### BEGIN HIDDEN TESTS
lesson.grade("dense-backward")
### END HIDDEN TESTS

# %% [markdown]
# ---
# **A good place for a break.** *What stands:* the way back through each part by itself: a graph, a sigmoid, the loss, a dense layer. *What comes:* the parts put together, a check that finds a wrong gradient, and a training.
#
# *Coming back:* your answers are saved with the notebook, but the kernel may have forgotten what was computed. Click into the next cell that holds code, and choose *Run → Run All Above Selected Cell*
# (in Colab *Runtime → Run before*). Everything above is computed once more, in less than a minute; then go on from here.
#
# ---
#
# ## 5. A whole network, backward
#
# **The idea.** You have all the pieces. A network of two layers is a chain of them: forward in this order, backward in the other.
#
# ```
# forward    x ──(W1, b1)──▶ z1 ──ReLU──▶ h ──(W2, b2)──▶ z2 ──softmax, cross-entropy──▶ loss
# backward   dW1, db1 ◀───── dz1 ◀─gate── dh ◀─────────── dz2 ◀───── (p − y) / N ─────── 1
#                                               dW2, db2 ◀──┘
# ```
#
# **Worked numbers.** Two examples, two inputs, two hidden neurons, two classes. Every number can be checked by hand:
#
# $$x = \begin{pmatrix} 1 & 2 \\ 2 & 1 \end{pmatrix} \quad W_1 = \begin{pmatrix} 1 & -1 \\ 1 & 0 \end{pmatrix} \quad b_1 = (0, 0) \quad
# W_2 = \begin{pmatrix} 1 & -1 \\ 2 & 0 \end{pmatrix} \quad b_2 = (-3,\; 3 + \log 3) \quad \text{labels } 0, 1$$
#
# | step | first example | second example |
# |---|---|---|
# | `z1` | 3, −1 | 3, −2 |
# | `h` | 3, 0 | 3, 0 |
# | `z2` | 0, log 3 | 0, log 3 |
# | shares | ¼, ¾ | ¼, ¾ |
# | **`dz2`** | −0.375, 0.375 | 0.125, −0.125 |
# | **`dh`** | −0.75, −0.75 | 0.25, 0.25 |
# | **`dz1`** | −0.75, 0 | 0.25, 0 |
#
# The second hidden neuron was at −1 and −2: its gate is closed, and nothing gets through to `dz1`. The weights collect from both examples:
# $dW_2 = \begin{pmatrix} -0.75 & 0.75 \\ 0 & 0 \end{pmatrix}$, $db_2 = (-0.25, 0.25)$, $dW_1 = \begin{pmatrix} -0.25 & 0 \\ -1.25 & 0 \end{pmatrix}$, $db_1 = (-0.5, 0)$.
#
# **Predict first.** Which weights will a step of gradient descent leave where they are?

# %% [markdown]
# ### Exercise 5: a two-layer network, backward
#
# ★★★ · 25 minutes · 4 points
#
# Write `network_backward(x, labels, W1, b1, W2, b2)`. It runs the network forward, then backward, and returns a dict with the seven gradients
# `"dz2"`, `"dW2"`, `"db2"`, `"dh"`, `"dz1"`, `"dW1"`, `"db1"`. As in exercise 3, it must work for scores of any size. You may call your own `softmax_loss` and `dense_backward` once they pass, or write the lines out.
#
# **Do it step by step, with the scoreboard.** Run the two cells below once as they are. Then write the way forward and the first gradient only, and return
# `{"dz2": dz2}`. Run your cell: the board below it changes at once. When `dz2` is exact, go on to the next.
#
# <details><summary>Hint 1: the way forward</summary>
#
# `z1 = x @ W1 + b1`, `h = np.maximum(0, z1)`, `z2 = h @ W2 + b2`. Then `dz2` is the second thing that `softmax_loss(z2, labels)` returns.
# </details>
# <details><summary>Hint 2: the second layer</summary>
#
# Its input was `h`. So `dense_backward(dz2, h, W2)` gives `dh`, `dW2` and `db2`.
# </details>
# <details><summary>Hint 3: the gate and the first layer</summary>
#
# `dz1 = dh * (z1 > 0)`. Then the same as in hint 2 for the first layer, whose input was `x`. Its `dx` is not needed.
# </details>


# %% nbgrader={"grade": false, "grade_id": "network-backward-answer", "locked": false, "schema_version": 3, "solution": true}
def network_backward(x, labels, W1, b1, W2, b2):
    """The gradients of the loss of relu(x W1 + b1) W2 + b2, as a dict from "dz2" back to "db1"."""
    ### BEGIN SOLUTION
    z1 = x @ W1 + b1
    h = np.maximum(0, z1)
    z2 = h @ W2 + b2
    e = np.exp(z2 - z2.max(axis=1, keepdims=True))
    dz2 = e / e.sum(axis=1, keepdims=True)
    dz2[np.arange(len(x)), labels] -= 1
    dz2 = dz2 / len(x)
    dW2, db2 = h.T @ dz2, dz2.sum(axis=0)
    dh = dz2 @ W2.T
    dz1 = dh * (z1 > 0)
    dW1, db1 = x.T @ dz1, dz1.sum(axis=0)
    return {"dz2": dz2, "dW2": dW2, "db2": db2, "dh": dh, "dz1": dz1, "dW1": dW1, "db1": db1}
    ### END SOLUTION


# %% tags=["demo"]
scoreboard(lesson["network-backward"], *small_network())

# %% [markdown]
# `exact` means equal to nine digits. `close` means that it is off by less than a thousandth: rounding, perhaps, or a small thing forgotten. `off` tells what it can: a wrong shape, a common factor, a
# turned sign. **Always repair the first row that is off**; the rows below it may only be its victims.

# %% nbgrader={"grade": true, "grade_id": "network-backward", "locked": true, "points": 4, "schema_version": 3, "solution": false}
lesson.check("network-backward")
### BEGIN HIDDEN TESTS
lesson.grade("network-backward")
### END HIDDEN TESTS

# %% [markdown]
# (The prediction from above: the second hidden neuron was closed for both examples. So its column of $W_1$, its bias and its row of $W_2$ stay where they are.)
#
# **What was it worth?** The network of lesson 07 has 784 inputs, 128 hidden neurons and 10 classes. Count the runs that one step of gradient descent costs.

# %% tags=["demo"]
weights = 784 * 128 + 128 + 128 * 10 + 10
print(f"weights and biases:  {weights:,}")
print(f"measured one by one: {2 * weights:,} runs forward for a single step")
print("backpropagation:     1 run forward and 1 run back; the run back costs about 2 forward, so about 3 in all")


# %% [markdown]
# ## 6. A check that finds the bug
#
# **The idea.** A wrong gradient does not crash. The network trains, only worse, and you look for the reason everywhere else. So every gradient that was written by hand gets
# **checked** against the measured one, on a small example, before it is used.
#
# **How close is close?** A difference of $10^{-7}$ is nothing for a gradient of 1, and everything for a gradient of $10^{-7}$. So compare it with the size of the gradients, the
# **relative error**:
#
# $$\frac{\max |\,\text{measured} - \text{claimed}\,|}{\max\bigl(\max|\text{measured}|,\; \max|\text{claimed}|\bigr)}$$
#
# **Worked numbers.** One neuron, $L = (2w + b - 5)^2$ at $w = 3$, $b = 1$. The error is 2, so $dw = 2 \cdot 2 \cdot 2 = 8$ and $db = 4$. Somebody claims $dw = 4$. The relative error
# is $4 / 8 = 0.5$: wrong. A right gradient in float64 comes out below $10^{-7}$, so a limit of $10^{-4}$ leaves plenty of room.
#
# **And 0 / 0?** A loss may not depend on a parameter at all. Then both gradients are 0, and so is their difference: nothing is wrong. To avoid the division, ask
# whether the difference is larger than $10^{-4}$ *times* the size.

# %% [markdown]
# ### Exercise 6: a check that finds the bug
#
# ★★★ · 20 minutes · 3 points
#
# Write `find_wrong(f, params, gradients)`. `params` is a dict of arrays, such as `{"W1": …, "b1": …}`; `f(params)` gives the loss; `gradients` has the same names, and holds what
# somebody claims. Its names may come in another order. Return a list of the names whose gradient is wrong, in the order of `gradients`: those with a relative
# error above $10^{-4}$, by the formula above. Measure from both sides with $h = 10^{-5}$. Leave `params` as it was.
#
# <details><summary>Hint 1: a nudge</summary>
#
# Three loops or steps, one in the other: for each name, for each element of its array, measure. Then compare the whole array with the claim.
# </details>
# <details><summary>Hint 2: move one element of one array</summary>
#
# `np.ndindex(array.shape)` runs through all the places of an array of any shape. `up = params[name].copy()`, `up[place] += h`; then `{**params, name: up}` is a new dict in which only this array is
# replaced.
# </details>
# <details><summary>Hint 3: pseudo-code</summary>
#
# For each `name, claimed` in `gradients.items()`: `measured ← zeros like claimed`; for each `place`: make `up` and `down`, `measured[place] ← (f(… up) − f(… down)) / (2h)`.
# If `np.abs(measured − claimed).max()` is larger than `1e-4` times the larger of the two maxima, append the name.
# </details>


# %% nbgrader={"grade": false, "grade_id": "find-wrong-answer", "locked": false, "schema_version": 3, "solution": true}
def find_wrong(f, params, gradients):
    """The names of the claimed gradients that differ from the measured ones."""
    ### BEGIN SOLUTION
    wrong = []
    for name, claimed in gradients.items():
        measured = np.zeros(claimed.shape)
        for place in np.ndindex(claimed.shape):
            up, down = params[name].copy(), params[name].copy()
            up[place] += 1e-5
            down[place] -= 1e-5
            measured[place] = (f({**params, name: up}) - f({**params, name: down})) / 2e-5
        size = max(np.abs(measured).max(), np.abs(claimed).max())
        if np.abs(measured - claimed).max() > 1e-4 * size:
            wrong.append(name)
    return wrong
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "find-wrong", "locked": true, "points": 3, "schema_version": 3, "solution": false}
lesson.check("find-wrong")
### BEGIN HIDDEN TESTS
lesson.grade("find-wrong")
### END HIDDEN TESTS

# %% [markdown]
# **Now use it as a detective.** Three programs, A, B and C, compute the gradients of the same network, 2 → 3 → 3 with tanh. Not all of them are right. Your check says in which gradients each is wrong.
#
# **Predict first.** You will see *where* it is wrong. Can you tell from that what was forgotten? Think of which gradients each line of a backward pass feeds.

# %% tags=["demo"]
your_find_wrong = lesson.yours("find-wrong")
params = network_params(np.random.default_rng(2))
for name, gradients in suspects(params).items():
    print(f"program {name}: wrong gradients {your_find_wrong(network_loss, params, gradients)}")

# %% [markdown]
# In A only `b2` is wrong: `dz2` must be right, or `W2` would be wrong too. So the error is in the line of `db2` itself; it takes a mean instead of a sum. In C both gradients of the *first* layer are wrong, and both of the second are right. So the
# error lies between them, at the activation: its program has $1 - \tanh z$ for the slope where it should have $1 - \tanh^2 z$. Program B is right: its list is empty.
#
# **And your own network?** The last suspect is you.

# %% tags=["demo"]
# @title Your own network under suspicion
your_backward, your_softmax_loss = lesson.yours("network-backward"), lesson.yours("softmax-loss")
x, labels, *start = small_network()
own = dict(zip(("W1", "b1", "W2", "b2"), start, strict=True))


def own_loss(p):
    """The loss of the two-layer network of exercise 5."""
    return your_softmax_loss(np.maximum(0, x @ p["W1"] + p["b1"]) @ p["W2"] + p["b2"], labels)[0]


claims = {name: your_backward(x, labels, **own)[f"d{name}"] for name in own}
print("wrong in your network_backward:", your_find_wrong(own_loss, own, claims))
claims["W1"] = 1.001 * claims["W1"]
print("with dW1 a thousandth too large:", your_find_wrong(own_loss, own, claims))

# %% [markdown]
# One trap: at the kink of ReLU, exactly at $z = 0$, there is no slope, and a measured one lies somewhere between 0 and 1. If a check complains about a ReLU network, try other random numbers before you look for
# a bug.

# %% [markdown]
# ## 7. Train it
#
# The six steps of lesson 05, with nothing but your own functions: initialise, forward, loss, backward, update, repeat. The data are two half moons that no straight line can part.
#
# **Predict first.** Before any training, what loss do you expect for two classes? (Lesson 04: $\log 2$.)

# %% tags=["demo"]
# @title Make two half moons of points
rng = np.random.default_rng(5)
angle = np.pi * rng.random(240)
moon = np.repeat([0, 1], 120)
points = np.stack([np.cos(angle) * (1 - 2 * moon) + moon, np.sin(angle) * (1 - 2 * moon) + 0.5 * moon], axis=1)
points += 0.12 * rng.normal(size=points.shape)


# %% tags=["demo"]
def scores(p, at):
    """The two scores of the network with the parameters p."""
    return np.maximum(0, at @ p["W1"] + p["b1"]) @ p["W2"] + p["b2"]


def train(p, epochs=150, batch_size=32, learning_rate=0.2):
    """The trained parameters, and the loss after each epoch."""
    order, losses = np.random.default_rng(0), []
    for _ in range(epochs):  # 6 repeat
        for rows, truth in nn.batches(points, moon, batch_size, order):
            gradients = your_backward(rows, truth, **p)  # 2, 3, 4 forward, loss, backward
            p = {name: p[name] - learning_rate * gradients[f"d{name}"] for name in p}  # 5 update
        losses.append(your_softmax_loss(scores(p, points), moon)[0])
    return p, losses


# %% tags=["demo"]
first = {
    "W1": rng.normal(size=(2, 16)),
    "b1": np.zeros(16),  # 1 initialise
    "W2": 0.05 * rng.normal(size=(16, 2)),
    "b2": np.zeros(2),
}
trained, losses = train(first)
right = (scores(trained, points).argmax(axis=1) == moon).mean()
print(
    f"loss before training {your_softmax_loss(scores(first, points), moon)[0]:.3f}, after {losses[-1]:.3f}; {right:.1%} right"
)

# %% tags=["demo"]
# @title Draw what the network says, and its loss
figure, (left, middle) = plots.figure(1, 2, (10.5, 3.8))
grid = np.stack(np.meshgrid(np.linspace(-1.5, 2.5, 161), np.linspace(-1.1, 1.6, 109)), axis=-1)
margin = scores(trained, grid.reshape(-1, 2)) @ [-1, 1]
left.contourf(
    grid[..., 0],
    grid[..., 1],
    margin.reshape(grid.shape[:2]),
    levels=[-99, 0, 99],
    colors=[plots.PALETTE[5], plots.PALETTE[4]],
    alpha=0.3,
)
for number in (0, 1):
    left.plot(*points[moon == number].T, linestyle="", markersize=4, label=f"class {number}", **plots.points(number))
left.set(title="what the network says")
left.legend(loc="upper right")
middle.plot(range(1, 151), losses, **plots.line(0))
middle.set(title="loss", xlabel="epoch", ylim=(0, None))
plots.show(
    figure,
    "Left, two half moons of points that reach into each other; the border that the network has learned winds between "
    "them. Right, the loss falls from about 0.4 after the first epoch to nearly 0.",
)


# %% [markdown]
# ### Exercise 7: repair a program
#
# ★★☆ · 10 minutes · 2 points
#
# A wrong gradient does not crash. This program trains a network 2-16-2 on two half moons, with the way back written out by hand. It runs to its end, and learns badly: **one**
# place in it is wrong. `x` and `y` are 240 points and their moons, `new` are points that it has never seen.
#
# Run the cell, and the one below it, which draws the loss. Then do two things:
#
# 1. **Name the symptom**, before you look for a cause: write the letter of what you see in the curve of the program *as given* into `symptom`.
# 2. **Repair the program.** Change at most two lines; spaces and comments do not count. It should reach a loss of at most 0.1 after the last epoch, and at least 92 % of the new rows right.
#
# - **a** · The loss grows from the first epoch on.
# - **b** · The loss stays where a guess has it.
# - **c** · The loss jumps up and down and does not settle.
# - **d** · The loss falls at first, then stays well above 0.
# - **e** · The loss ends near 0, but new rows are answered badly.
#
# There are 5 programs, each with another bug. Somebody beside you has this one too? Then take another: `lesson.program("repair-moons", 2)` prints the second. Put it in the
# place of this one, with its first line of text, by which the check knows which it was.
#
# <details><summary>Hint 1: a nudge</summary>
#
# Which of the five sentences fits the curve *as given*? It tells where to look: at the start values, the steps, the gradients, or at the answers to new points.
# </details>
# <details><summary>Hint 2: where to look</summary>
#
# Read the way back line by line, from `dscores` on, and say for each line which line of the way forward it belongs to. What did each of them do to its input?
# </details>


# %% nbgrader={"grade": false, "grade_id": "repair-moons-answer", "locked": false, "schema_version": 3, "solution": true}
def moons(x, y, new, seed):
    """Program 1: a network 2-16-2. The loss after each epoch, and the scores of new points."""
    rng = np.random.default_rng(seed)
    W1, b1 = rng.normal(size=(2, 16)), np.zeros(16)
    W2, b2 = rng.normal(size=(16, 2)) / 4, np.zeros(2)
    losses = []
    for _ in range(60):
        for rows in rng.permutation(len(x)).reshape(-1, 20):
            z = x[rows] @ W1 + b1
            h = np.maximum(0, z)
            shares = nn.softmax(h @ W2 + b2)
            dscores = (shares - np.eye(2)[y[rows]]) / len(rows)
            dW2, db2 = h.T @ dscores, dscores.sum(axis=0)
            dz = dscores @ W2.T
            dW1, db1 = x[rows].T @ dz, dz.sum(axis=0)
            W1, b1 = W1 - 0.5 * dW1, b1 - 0.5 * db1
            W2, b2 = W2 - 0.5 * dW2, b2 - 0.5 * db2
        shares = nn.softmax(np.maximum(0, x @ W1 + b1) @ W2 + b2)
        losses.append(-np.log(shares[np.arange(len(x)), y]).mean())
    return losses, np.maximum(0, new @ W1 + b1) @ W2 + b2


symptom = ...


### BEGIN SOLUTION
def moons(x, y, new, seed):
    """Program 1: a network 2-16-2. The loss after each epoch, and the scores of new points."""
    rng = np.random.default_rng(seed)
    W1, b1 = rng.normal(size=(2, 16)), np.zeros(16)
    W2, b2 = rng.normal(size=(16, 2)) / 4, np.zeros(2)
    losses = []
    for _ in range(60):
        for rows in rng.permutation(len(x)).reshape(-1, 20):
            z = x[rows] @ W1 + b1
            h = np.maximum(0, z)
            shares = nn.softmax(h @ W2 + b2)
            dscores = (shares - np.eye(2)[y[rows]]) / len(rows)
            dW2, db2 = h.T @ dscores, dscores.sum(axis=0)
            dz = dscores @ W2.T * (z > 0)
            dW1, db1 = x[rows].T @ dz, dz.sum(axis=0)
            W1, b1 = W1 - 0.5 * dW1, b1 - 0.5 * db1
            W2, b2 = W2 - 0.5 * dW2, b2 - 0.5 * db2
        shares = nn.softmax(np.maximum(0, x @ W1 + b1) @ W2 + b2)
        losses.append(-np.log(shares[np.arange(len(x)), y]).mean())
    return losses, np.maximum(0, new @ W1 + b1) @ W2 + b2


symptom = "d"
### END SOLUTION

# %% tags=["demo"]
# @title Draw the loss of the program as it was given, and of yours
plots.show(*plots.learning(lesson["repair-moons"].learned(moons)))

# %% nbgrader={"grade": true, "grade_id": "repair-moons", "locked": true, "points": 2, "schema_version": 3, "solution": false}
lesson.check("repair-moons")
### BEGIN HIDDEN TESTS
lesson.grade("repair-moons")
### END HIDDEN TESTS

# %% [markdown]
# ### Break it: begin with zeros
#
# **Predict first.** Zero seems a fair start for all weights. What will the sixteen hidden neurons learn? And what if they all start at the same number, 0.5, instead?

# %% tags=["demo"]
lesson.predict("equal-start")

# %% tags=["demo"]
for value in (0.0, 0.5):
    same = {name: np.full(array.shape, value) for name, array in first.items()}
    same["W2"] = np.stack([np.full(16, value), np.full(16, -value)], axis=1)
    trained_same, losses_same = train(same, learning_rate=0.05)
    columns = len(np.unique(trained_same["W1"].round(9), axis=1).T)
    print(
        f"all weights start at {value}: loss {losses_same[-1]:.3f}; different neurons in the hidden layer: {columns} of 16"
    )
different = len(np.unique(trained["W1"].round(9), axis=1).T)
print(f"a random start:            loss {losses[-1]:.3f}; different neurons in the hidden layer: {different} of 16")
lesson.reveal("equal-start", columns)

# %% [markdown]
# From zeros, `h` is 0 everywhere, so `dW2` is 0; and `W2` is 0, so `dh` is 0. Only the bias `b2` ever moves. From equal numbers all the neurons of a layer receive the same gradient at every step. They stay twins for
# ever: sixteen neurons do the work of one. A **random** start makes them different. That is all that initialisation has to do first; lesson 07 asks how large the random numbers should be.

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
# - One rule: what comes in, times the local slope. Along a path multiply; where paths meet, add.
# - A gradient has the shape of its variable. That decides where the transposes go.
# - Softmax with cross-entropy: prediction minus truth, divided by $N$, and that division happens once.
# - Keep the values of the way forward. The way back needs them.
# - Check every hand-written gradient against a measured one before you train with it.
# - Start from random weights, or all the neurons of a layer stay twins.
#
# Next: lesson 07 trains a network for digits with these pieces. The optional lesson 06a first builds a machine that finds every gradient by itself, in forty lines.
#
# | forward | backward |
# |---|---|
# | $z = u + b$ | $du = dz$, $\;db = dz$ |
# | $z = w \cdot x$ | $dw = dz \cdot x$, $\;dx = dz \cdot w$ |
# | $h = \sigma(z)$ | $dz = dh \cdot h(1 - h)$ |
# | $h = \operatorname{ReLU}(z)$ | $dz = dh \cdot [z > 0]$ |
# | $h = \tanh z$ | $dz = dh \cdot (1 - h^2)$ |
# | $z = xW + b$ | $dx = dz\,W^{\mathsf T}$, $\;dW = x^{\mathsf T} dz$, $\;db = \sum_n dz_n$ |
# | softmax and cross-entropy | $dz = (p - y) / N$ |
# | check | relative error below $10^{-4}$, with $h = 10^{-5}$ and float64 |
#
# ## If something goes wrong
#
# | you see | it means | do |
# |---|---|---|
# | `operands could not be broadcast together` or `matmul: … mismatch` | a transpose is missing or too many | write the three shapes beside each other: the gradient must have the shape of its variable |
# | the loss falls, but slowly, and stops early | perhaps a gradient is wrong | run your check |
# | the check complains only about a ReLU network, and only sometimes | a number close to the kink at 0 | other random numbers |
# | the relative error is about 1e-2 everywhere | float32: with h = 1e-5 the two losses differ in their last digits only | float64 |
# | the relative error is about 1e-6 to 1e-5, near a minimum more | one-sided differences | both sides: below 1e-7 |
# | the scoreboard does not change | the answer cell was changed but not run | Shift+Enter in it; run the cell of the board once |
# | "not found. Run the cell above" | the answer cell has not run since the kernel started | run it, then the check |
#
# ## Sources
#
# - D. Rumelhart, G. Hinton, R. Williams: *Learning Representations by Back-Propagating Errors*, Nature 1986.
# - I. Goodfellow, Y. Bengio, A. Courville: *Deep Learning*, MIT Press 2016, chapters 6.5 (backpropagation) and 8.4 (breaking symmetry).
# - A. Griewank, A. Walther: *Evaluating Derivatives*, SIAM 2008 (why one run back is enough, and what it costs).
# - A. Karpathy: *Neural Networks: Zero to Hero*, 2022 (the idea of a scoreboard for each intermediate gradient).
