# ---
# jupyter:
#   course:
#     lesson: 08_optimizers
#     profile: numpy
#     trains: true
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Lesson 08 · Optimizers: better ways down
#
# **Time:** 100–120 minutes · **Before this:** lesson 05 (gradient descent); lesson 07 helps · **Points:** 20
#
# The gradient tells which way is down. It does not tell how far to go, and on most ground the steepest way is not the shortest. An **optimizer** is the rule that makes a step out of a gradient. In this lesson you write the four that
# everybody uses, and let them race.
#
# After this lesson you can
#
# - **explain** why plain gradient descent zigzags in a ravine,
# - **write** SGD, momentum, RMSprop and Adam, each as a small class, and **check** them against Keras,
# - **say** what each of them remembers, and what it is good for,
# - **write** a learning-rate schedule with a warm-up and a cosine,
# - **choose** learning rates, and **know** why those of SGD and Adam cannot be compared.

# %% nbgrader={"grade": false, "grade_id": "setup", "locked": true, "schema_version": 3, "solution": false}
import numpy as np

import course_utils
from course_utils import lessons, nn, plots
from course_utils.lessons.lesson_08_optimizers import ravine

lesson = course_utils.start("08_optimizers")

# %% [markdown]
# **Do you remember?** Three questions from earlier lessons, a minute each, in your head or on paper. No points, and you may go on without them. What you miss comes back in the next lesson.

# %% tags=["demo"]
lesson.recall()


# %% [markdown]
# ## 1. The ravine
#
# **The idea.** Lesson 05 rolled a ball into a bowl. Real losses look more like a **ravine**: steep walls, and a floor that slopes down only gently. Whoever always takes the steepest way runs from wall to wall, and hardly gets along
# the floor.
#
# **The ground of this lesson.** $f(w) = \tfrac12 (w_0^2 + 100\, w_1^2)$. Along the ravine the ground bends with 1, across it with 100. The slopes are $w_0$ and $100\, w_1$. The start is at $(-4, 0.6)$, at height $\tfrac12 (16 + 36) = 26$.
# The lowest point is at $(0, 0)$. Whoever gets to height 0.01 has won.
#
# **Worked numbers.** At the start the slopes are −4 along and 60 across. The way to go is 4 along and 0.6 across. So where the way is *long*, the slope is *small*. That is the whole trouble.
#
# How fast the slope grows is the **bend**: with a slope of $100\, w_1$ it is 100. One step takes $\text{rate} \cdot \text{bend} \cdot w$ away from $w$ (as in lesson 05, whose bowl had the bends ½ and 2), so it multiplies each coordinate by $1 - \text{rate} \cdot \text{bend}$.
#
# | rate | factor across, $1 - 100\,\text{rate}$ | factor along, $1 - \text{rate}$ |
# |---|---|---|
# | 0.001 | 0.9 | 0.999 |
# | 0.01 | 0, at the floor at once | 0.99 |
# | 0.0195 | −0.95, from wall to wall | 0.9805 |
# | 0.02 | −1, the limit | 0.98 |
#
# The walls set the limit, 2 / 100, and along the floor that limit is slow. Below is the way of the rule you know, with the rate 0.0195, for 40 steps.


# %% tags=["demo"]
# @title Draw plain steps in the ravine
class Walker:
    """Only for this picture: w - 0.0195 * slope."""

    def step(self, w, gradient):
        return w - 0.0195 * gradient


plots.show(*ravine.racing({"plain": ravine.path(Walker(), 200)}, 40))


# %% [markdown]
# ## 2. SGD
#
# $$w \leftarrow w - \text{learning rate} \times \text{gradient}$$
#
# You wrote it in lesson 05. Here it becomes a **class**, because the other optimizers have to *remember* something from step to step, and all are to be used in the same way:
#
# - `optimizer = SGD(learning_rate=0.1)` makes one. Python calls `__init__`, which keeps the number under `self.learning_rate`.
# - `w = optimizer.step(w, gradient)` makes a step. Inside `step`, `self` is this optimizer.
#
# The name stands for *stochastic gradient descent*: the gradients come from mini-batches, drawn by chance. The rule is the same.
#
# **Worked numbers.** Rate 0.1, $w = 3$. Slope 6: $3 - 0.1 \cdot 6 = 2.4$. Then slope 4: $2.4 - 0.4 = 2.0$.
#
# ### Exercise 1: SGD
#
# ★☆☆ · 5 minutes · 2 points
#
# Write the method `step`. It returns the new weights and leaves `w` as it was.
#
# <details><summary>Hint 1: a nudge</summary>
#
# One line. It is the rule above, with `self.learning_rate`.
# </details>
# <details><summary>Hint 2: almost there</summary>
#
# `return w - … * gradient`
# </details>


# %% nbgrader={"grade": false, "grade_id": "sgd-answer", "locked": false, "schema_version": 3, "solution": true}
class SGD:
    """Plain gradient descent."""

    def __init__(self, learning_rate):
        """Keep the learning rate."""
        self.learning_rate = learning_rate

    def step(self, w, gradient):
        """The weights after one step."""
        ### BEGIN SOLUTION
        return w - self.learning_rate * gradient
        ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "sgd", "locked": true, "points": 2, "schema_version": 3, "solution": false}
lesson.check("sgd")
### BEGIN HIDDEN TESTS
lesson.grade("sgd")
### END HIDDEN TESTS

# %% [markdown]
# ## 3. Momentum: a ball with weight
#
# **The idea.** Let the ball keep some of its speed. Pushes that point the same way again and again add up: along the floor it gets faster and faster. Pushes that change sides cancel out: the zigzag dies down.
#
# **The formula** (Polyak 1964), in the form that Keras uses. The velocity starts at 0.
#
# $$v \leftarrow \text{momentum} \cdot v - \text{learning rate} \cdot \text{gradient}, \qquad w \leftarrow w + v$$
#
# With momentum 0.9, each step keeps nine tenths of the speed.
#
# **Worked numbers.** Momentum 0.5, rate 0.1, $w = 1$; the slopes are 2, 2 and −1.
#
# | slope | velocity | new $w$ |
# |---|---|---|
# | 2 | 0.5 · 0 − 0.2 = −0.2 | 0.8 |
# | 2 | 0.5 · (−0.2) − 0.2 = −0.3 | 0.5 |
# | −1 | 0.5 · (−0.3) + 0.1 = −0.05 | 0.45 |
#
# In the third step the slope says "to the right", and the ball still rolls to the left, only slower.
#
# **Predict first.** The slope is 1 in every step, momentum 0.9, rate 0.1. The velocity grows. Without end?

# %% tags=["demo"]
v = 0.0
for k in range(1, 101):
    v = 0.9 * v - 0.1 * 1
    if k in (1, 2, 3, 10, 50, 100):
        print(f"velocity after {k:3d} steps: {v:.4f}")


# %% [markdown]
# It ends at −1, ten times the single push of 0.1. In general, $1 / (1 - \text{momentum})$ times: friction holds it. So momentum 0.9 makes the steps up to ten times as long, where the slope stays the same.
#
# ### Exercise 2: momentum
#
# ★★☆ · 10 minutes · 3 points
#
# Write `step`. The velocity stands ready in `self.velocity`; what you assign to it is still there at the next call.
#
# <details><summary>Hint 1: a nudge</summary>
#
# Two lines: first the new velocity, then the new weights.
# </details>
# <details><summary>Hint 2: the memory</summary>
#
# `self.velocity = …` keeps it. Plain `velocity = …` would be forgotten when the method ends.
# </details>
# <details><summary>Hint 3: almost there</summary>
#
# `self.velocity = self.momentum * self.velocity - …`, then `return w + …`.
# </details>


# %% nbgrader={"grade": false, "grade_id": "momentum-answer", "locked": false, "schema_version": 3, "solution": true}
class Momentum:
    """Gradient descent of a ball that keeps a part of its speed."""

    def __init__(self, learning_rate, momentum=0.9):
        """Keep the settings; the ball is at rest."""
        self.learning_rate = learning_rate
        self.momentum = momentum
        self.velocity = 0.0

    def step(self, w, gradient):
        """The weights after one step."""
        ### BEGIN SOLUTION
        self.velocity = self.momentum * self.velocity - self.learning_rate * gradient
        return w + self.velocity
        ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "momentum", "locked": true, "points": 3, "schema_version": 3, "solution": false}
lesson.check("momentum")
### BEGIN HIDDEN TESTS
lesson.grade("momentum")
### END HIDDEN TESTS

# %% [markdown]
# ## 4. RMSprop: each weight its own step
#
# **The idea.** In the ravine one weight has slopes a hundred times as large as the other. Why should both have the same learning rate? Divide each slope by the size that *this* weight's slopes usually have. Then steep and flat
# directions get steps of about the same length.
#
# **The formula** (Tieleman and Hinton 2012). The usual size is the root of the mean square, *root mean square* or RMS. The mean is a running one: old values fade out.
#
# $$s \leftarrow \rho \cdot s + (1 - \rho) \cdot \text{gradient}^2, \qquad w \leftarrow w - \text{learning rate} \cdot \frac{\text{gradient}}{\sqrt{s + \varepsilon}}$$
#
# $s$ starts at 0, $\rho$ (rho) is usually 0.9. Every weight has its own $s$. The tiny $\varepsilon$ (epsilon, $10^{-7}$) keeps 0 / 0 away. Keras puts it under the root; the check takes it beside the root as well.
#
# **Worked numbers.** $\rho = 0.75$, rate 0.1, $w = 1$, slopes 4 and 4.
#
# - $s = 0.75 \cdot 0 + 0.25 \cdot 16 = 4$, the root is 2, the step $0.1 \cdot 4 / 2 = 0.2$: $w = 0.8$.
# - $s = 0.75 \cdot 4 + 0.25 \cdot 16 = 7$, the root is 2.646, the step $0.1 \cdot 4 / 2.646 = 0.151$: $w = 0.649$.
#
# **Predict first.** The same slopes times a thousand, 4000 and 4000. Where does $w$ go now?

# %% tags=["demo"]
lesson.predict("thousandfold")

# %% tags=["demo"]
ends = []
for size in (1, 1000):
    s, w = 0.0, 1.0
    for gradient in (4.0 * size, 4.0 * size):
        s = 0.75 * s + 0.25 * gradient**2
        w = w - 0.1 * gradient / np.sqrt(s + 1e-7)
    ends.append(w)
    print(f"slopes {4 * size}: w = {w:.6f}")
lesson.reveal("thousandfold", ends)


# %% [markdown]
# To the same place. The size of the slopes cancels out. So the learning rate of RMSprop is not a factor any more: it is, roughly, the *length of a step*.
#
# ### Exercise 3: RMSprop
#
# ★★☆ · 12 minutes · 3 points
#
# Write `step`. `self.mean_square` is the $s$ of the formula.
#
# <details><summary>Hint 1: a nudge</summary>
#
# Two lines again: renew the memory, then move. `gradient**2` squares each number of an array.
# </details>
# <details><summary>Hint 2: the new mean</summary>
#
# `self.mean_square = self.rho * self.mean_square + (1 - self.rho) * gradient**2`
# </details>
# <details><summary>Hint 3: the step</summary>
#
# `np.sqrt(self.mean_square + self.epsilon)` is what you divide by.
# </details>


# %% nbgrader={"grade": false, "grade_id": "rmsprop-answer", "locked": false, "schema_version": 3, "solution": true}
class RMSprop:
    """Steps divided by the usual size of each weight's gradient."""

    def __init__(self, learning_rate, rho=0.9, epsilon=1e-7):
        """Keep the settings; nothing is known of the gradients yet."""
        self.learning_rate = learning_rate
        self.rho = rho
        self.epsilon = epsilon
        self.mean_square = 0.0

    def step(self, w, gradient):
        """The weights after one step."""
        ### BEGIN SOLUTION
        self.mean_square = self.rho * self.mean_square + (1 - self.rho) * gradient**2
        return w - self.learning_rate * gradient / np.sqrt(self.mean_square + self.epsilon)
        ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "rmsprop", "locked": true, "points": 3, "schema_version": 3, "solution": false}
lesson.check("rmsprop")
### BEGIN HIDDEN TESTS
lesson.grade("rmsprop")
### END HIDDEN TESTS

# %% [markdown]
# ## 5. Adam: both together
#
# **The idea.** Momentum smooths the direction. RMSprop evens out the size. Adam (Kingma and Ba 2015) does both, with two running means for each weight: $m$ of the gradients, $v$ of their squares.
#
# $$m \leftarrow \beta_1 m + (1 - \beta_1)\, g, \qquad v \leftarrow \beta_2 v + (1 - \beta_2)\, g^2$$
#
# **A repair.** Both start at 0, so they are too small at first. After one step with $\beta_1 = 0.9$, $m$ is only a tenth of the gradient; with $\beta_2 = 0.999$, $v$ is a thousandth of its square. In step $t$ (counted from 1) exactly these factors put it
# right:
#
# $$\hat m = \frac{m}{1 - \beta_1^t}, \qquad \hat v = \frac{v}{1 - \beta_2^t}, \qquad w \leftarrow w - \text{learning rate} \cdot \frac{\hat m}{\sqrt{\hat v} + \varepsilon}$$
#
# **Worked numbers.** $\beta_1 = 0.5$, $\beta_2 = 0.75$, rate 0.1, $w = 1$, slopes 4 and −2.
#
# - $t = 1$: $m = 2$, $v = 0.25 \cdot 16 = 4$. $\hat m = 2 / 0.5 = 4$, $\hat v = 4 / 0.25 = 16$. The step is $0.1 \cdot 4 / 4 = 0.1$: $w = 0.9$.
# - $t = 2$: $m = 0.5 \cdot 2 + 0.5 \cdot (-2) = 0$. The old push and the new one cancel, so $w$ stays at 0.9.
#
# The first step is as long as the learning rate, whatever the slope.
#
# ### Exercise 4: Adam
#
# ★★★ · 15 minutes · 4 points
#
# Write `step`. `self.t` is the number of steps made so far. Keep `self.m` and `self.v` *uncorrected*; correct them only for the step.
#
# <details><summary>Hint 1: a nudge</summary>
#
# Five lines: count, renew `m`, renew `v`, correct both, move.
# </details>
# <details><summary>Hint 2: the count</summary>
#
# `self.t += 1` comes first, so that it is 1 in the first step. With 0 you would divide by $1 - 1 = 0$.
# </details>
# <details><summary>Hint 3: the correction</summary>
#
# `m_hat = self.m / (1 - self.beta_1**self.t)`, and the same for `v_hat` with `beta_2`.
# </details>


# %% nbgrader={"grade": false, "grade_id": "adam-answer", "locked": false, "schema_version": 3, "solution": true}
class Adam:
    """Running means of the gradients and of their squares, corrected for their start at 0."""

    def __init__(self, learning_rate, beta_1=0.9, beta_2=0.999, epsilon=1e-7):
        """Keep the settings; no step has been made."""
        self.learning_rate = learning_rate
        self.beta_1 = beta_1
        self.beta_2 = beta_2
        self.epsilon = epsilon
        self.m = 0.0
        self.v = 0.0
        self.t = 0

    def step(self, w, gradient):
        """The weights after one step."""
        ### BEGIN SOLUTION
        self.t += 1
        self.m = self.beta_1 * self.m + (1 - self.beta_1) * gradient
        self.v = self.beta_2 * self.v + (1 - self.beta_2) * gradient**2
        m_hat = self.m / (1 - self.beta_1**self.t)
        v_hat = self.v / (1 - self.beta_2**self.t)
        return w - self.learning_rate * m_hat / (np.sqrt(v_hat) + self.epsilon)
        ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "adam", "locked": true, "points": 4, "schema_version": 3, "solution": false}
lesson.check("adam")
### BEGIN HIDDEN TESTS
lesson.grade("adam")
### END HIDDEN TESTS

# %% [markdown]
# **Two forms of Adam.** The formula above is Algorithm 1 of the paper. Keras has another one, which the paper mentions too, at the end of its section 2. It saves time: the correction goes into the learning rate, one number, not into every $m$ and $v$:
#
# $$w \leftarrow w - \text{learning rate} \cdot \frac{\sqrt{1 - \beta_2^t}}{1 - \beta_1^t} \cdot \frac{m}{\sqrt{v} + \varepsilon}$$
#
# Without $\varepsilon$ the two are equal. With it they are not: Keras adds $\varepsilon$ to the *uncorrected* root, and that is smaller. It acts like $\varepsilon / \sqrt{1 - \beta_2^t}$ in the paper's form, at $t = 1$ that is 32 times as large. When does this matter?

# %% tags=["demo"]
print("length of the first step, in learning rates (epsilon 1e-7)")
print("gradient   paper's form   Keras's form")
for g in (1.0, 1e-2, 1e-4, 1e-6, 1e-8):
    m, v = 0.1 * g, 0.001 * g**2
    paper = (m / 0.1) / (np.sqrt(v / 0.001) + 1e-7)
    keras_form = np.sqrt(0.001) / 0.1 * m / (np.sqrt(v) + 1e-7)
    print(f"{g:8.0e}   {paper:12.5f}   {keras_form:12.5f}")

# %% [markdown]
# Only for gradients of a ten-thousandth and less. The check accepts both forms. (The paper's own default is $\varepsilon = 10^{-8}$; Keras takes $10^{-7}$.)
#
# **Against Keras.** Twenty steps down the ravine, yours beside `keras.optimizers`.

# %% tags=["demo"]
# @title Twenty steps beside Keras's optimizers
from course_utils.environment import import_tensorflow

import_tensorflow()  # quietly
import keras

yours = {name: lesson.yours(name) for name in ("sgd", "momentum", "rmsprop", "adam")}
theirs = {
    "sgd": keras.optimizers.SGD(0.01),
    "momentum": keras.optimizers.SGD(0.01, momentum=0.9),
    "rmsprop": keras.optimizers.RMSprop(0.01),
    "adam": keras.optimizers.Adam(0.01),
}
print("optimizer   your place after 20 steps   largest difference from Keras on the way")
for name, optimizer in theirs.items():
    places = ravine.path(yours[name](0.01), 20)
    variable, difference = keras.Variable(ravine.START.astype("float32")), 0.0
    for mine, here in zip(places[1:], places, strict=False):
        optimizer.apply([keras.ops.convert_to_tensor(ravine.slopes(here).astype("float32"))], [variable])
        difference = max(difference, np.abs(variable.numpy() - mine).max())
    print(f"{name:10s}  ({places[-1][0]:8.5f}, {places[-1][1]:8.5f})   {difference:24.0e}")

# %% [markdown]
# ## 6. The race
#
# **The picture.** Your four optimizers in the ravine, each with a rate that suits it. To the left their paths, seen from above; × is the bottom. To the right their heights. Move the slider.
#
# **Predict first.** Which path zigzags? Which one overshoots and comes back? Which one goes straight to the floor, and then along it?
#
# (No slider? Open the folded cell, change the last number of its last line, and run it again.)

# %% tags=["demo"]
# @title The race of all four, with a slider
fast = {"sgd": 0.0195, "momentum": 0.015, "rmsprop": 0.1, "adam": 0.5}
paths = {name: ravine.path(yours[name](rate), 200) for name, rate in fast.items()}


def race(step):
    """All four after so many steps."""
    return ravine.racing(paths, step)


plots.explore(race, step=(0, 200, 5, 40))

# %% tags=["demo"]
print("optimizer   rate     height after 0, 10, 50, 100 steps            at the target after")
for name, places in paths.items():
    heights = ravine.height(places)
    some = "".join(f"{heights[k]:11.5f}" for k in (0, 10, 50, 100))
    print(f"{name:10s} {fast[name]:6.4f}  ", some, f"{ravine.arrival(heights)!s:>14} steps")


# %% [markdown]
# SGD zigzags, and makes 2 % of the way along the floor in each step. Momentum swings from wall to wall too, but it gathers speed along the floor, overshoots and comes back. RMSprop goes down both directions at the same pace, and then straight on.
# Adam swings a little, because of its momentum.
#
# ### Exercise 5: a narrower ravine
#
# ★★☆ · 12 minutes · 3 points
#
# The walls get four times as steep: across the ravine the ground now bends with 400, along it still with 1. The start and the target are the same. Make `rates`, a dictionary with the keys `"sgd"`, `"momentum"`, `"rmsprop"` and `"adam"`. Each
# must reach height 0.01 here: SGD within 1000 steps, the others within 100.
#
# **Predict first.** Which of the four rates above can stay as they are?
#
# Try a rate with `tries("adam", 0.5)`: the number of steps, or None if the target was not reached in time.
#
# <details><summary>Hint 1: SGD and momentum</summary>
#
# Their rate is a factor. The walls set the limit: for SGD it was 2 / 100. What is it now? (With momentum 0.9 the limit is higher, $2 (1 + 0.9)$ / bend; but a rate near it swings for long.)
# </details>
# <details><summary>Hint 2: RMSprop and Adam</summary>
#
# They divide by the size of the slopes. What happens when all the slopes across are four times as large?
# </details>
# <details><summary>Hint 3: try many at once</summary>
#
# `for rate in (0.001, 0.003, 0.01): print(rate, tries("momentum", rate))`
# </details>


# %% tags=["demo"]
def tries(name, rate):
    """Steps to the target in the narrower ravine; None if there are not enough."""
    with np.errstate(all="ignore"):
        places = ravine.path(yours[name](rate), 1000 if name == "sgd" else 100, across=400)
        return ravine.arrival(ravine.height(places, across=400))


print("adam with 0.5:", tries("adam", 0.5))

# %% nbgrader={"grade": false, "grade_id": "race-answer", "locked": false, "schema_version": 3, "solution": true}
rates = ...
### BEGIN SOLUTION
rates = {"sgd": 0.0048, "momentum": 0.005, "rmsprop": 0.1, "adam": 0.5}
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "race", "locked": true, "points": 3, "schema_version": 3, "solution": false}
lesson.check("race")
### BEGIN HIDDEN TESTS
lesson.grade("race")
### END HIDDEN TESTS

# %% [markdown]
# <details><summary>When your rates have passed: what was the point?</summary>
#
# The rates of RMSprop and Adam may stay: the factor of four cancels out. Those of SGD and momentum have to come down to a quarter, and with SGD the way then takes four times as many steps.
# </details>
#
# ### Break it: turn the ravine
#
# RMSprop and Adam look at each weight by itself. In our ravine that fits: one weight runs along it, the other across. What if the ravine lies diagonally, so that both weights are steep? Nothing else changes: the same
# ground, the same start, turned by 45 degrees.
#
# **Predict first.** Which of the four will not even notice?

# %% tags=["demo"]
lesson.predict("turned-ravine")

# %% tags=["demo"]
print("steps to the target (None: not within 400)")
print("optimizer    straight   turned by 10°   turned by 45°")
needed = {}
for name, rate in fast.items():
    steps = needed[name] = []
    for angle in (0, 10, 45):
        steps.append(ravine.arrival(ravine.height(ravine.path(yours[name](rate), 400, angle=angle), angle)))
    print(f"{name:10s} {steps[0]!s:>10} {steps[1]!s:>15} {steps[2]!s:>15}")
lesson.reveal("turned-ravine", needed)

# %% [markdown]
# SGD and momentum go the same way, only turned: a gradient does not care how the axes lie. RMSprop loses its whole advantage. It still makes steps of its length, jumps between the walls and settles at a height of about 0.25. Adam is saved by its
# momentum. So there is no best optimizer for every ground. That Adam does well on so many networks is experience, not a theorem.

# %% [markdown]
# ## 7. A race with digits
#
# **The idea.** Now the ground is the loss of the network 784-128-10 of lesson 07, with 101,770 weights. Each optimizer, with three learning rates, trains on 2,000 digits for four epochs in batches of 32: 252 steps. The target: a mean loss of 0.3 or less over
# the last 20 batches. Each of the four arrays $W_1, b_1, W_2, b_2$ gets an optimizer of its own, since each has to remember something else.

# %% tags=["demo"]
# @title Train four optimizers at three learning rates each
lesson_07 = lessons.load("07_numpy_mnist")
loss_and_gradients = lesson_07["loss-and-gradients"].reference
initialise = lesson_07["initialise"].reference
mnist = course_utils.load_mnist()
x, y = mnist.x_train[:2000].reshape(-1, 784).astype("float32") / 255, mnist.y_train[:2000]


def train(optimizer, rate, epochs=4):
    """The mean loss of the last 20 batches, from batch 20 on."""
    network, rng, losses = initialise(784, 128, 10, 0), np.random.default_rng(0), []
    optimizers = [optimizer(rate) for _ in network]
    for _ in range(epochs):
        order = rng.permutation(len(x))
        for start in range(0, len(x), 32):
            rows = order[start : start + 32]
            loss, slopes = loss_and_gradients(network, x[rows], y[rows])
            network = [o.step(w, dw) for o, w, dw in zip(optimizers, network, slopes, strict=True)]
            losses.append(loss)
    return np.convolve(losses, np.ones(20) / 20, "valid")  # means over 20 batches in a row


print("optimizer    learning rate: steps to the target (of 252)")
best = {}
tries_of = {
    "sgd": (0.03, 0.1, 0.3),
    "momentum": (0.01, 0.03, 0.1),
    "rmsprop": (0.0003, 0.001, 0.003),
    "adam": (0.0003, 0.001, 0.003),
}
for name, tried in tries_of.items():
    runs = {rate: train(yours[name], rate) for rate in tried}
    steps = {rate: ravine.arrival(run, 0.3) for rate, run in runs.items()}
    best[name] = runs[min(tried, key=lambda rate: steps[rate] or 999)]
    words = {rate: "not yet" if k is None else k + 20 for rate, k in steps.items()}
    print(f"{name:10s}", "   ".join(f"{rate:6g}: {words[rate]!s:>7}" for rate in tried))

# %% tags=["demo"]
# @title Draw the best run of each optimizer
figure, axis = plots.figure(1, 1, (8, 3.6))
for number, (name, run) in enumerate(best.items()):
    marks = {"marker": plots.MARKERS[number], "markevery": (5 * number, 30)}
    axis.plot(np.arange(len(run)) + 20, run, label=name, **marks, **plots.line(number))
axis.axhline(0.3, color="black", linewidth=0.8)
axis.set(xlabel="step", ylabel="mean loss of 20 batches", yscale="log")
axis.legend()
plots.show(
    figure,
    "The loss of four optimizers on digits, each with the best of three rates, on a scale of powers of ten. "
    + "; ".join(f"{name} ends at {run[-1]:.2f}" for name, run in best.items())
    + ". The black line is the target 0.3.",
)


# %% [markdown]
# With a rate that fits, all four arrive, and they lie less far apart than in the ravine. The more important lesson is in the table: the right rate of one is useless for another. For SGD 0.1 is usual, for Adam 0.001. When you change the optimizer, choose the rate anew.
#
# ## 8. A rate that changes
#
# **The idea.** At first you want long steps, to get there. At the end you want short ones, to settle: a mini-batch is a poll, each gradient is a little wrong, and with long steps the weights jitter round the bottom for ever. A **schedule** makes the learning
# rate a function of the step. A **warm-up** is often put before it: the very first gradients come from random weights, so begin gently.
#
# **The formula.** A straight climb from 0 to the top over `warmup` steps; then half a cosine wave (Loshchilov and Hutter 2017) down to 0 at the step `total`; and 0 from there on.
#
# $$\text{rate} = \begin{cases} \text{top} \cdot \dfrac{\text{step}}{\text{warmup}} & \text{step} < \text{warmup} \\[2ex] \text{top} \cdot \dfrac{1 + \cos(\pi \cdot \text{part})}{2} & \text{part} = \dfrac{\text{step} - \text{warmup}}{\text{total} - \text{warmup}}, \text{ at most } 1\end{cases}$$
#
# **Worked numbers.** Top 0.1, warm-up 10, total 50.
#
# | step | part | rate |
# |---|---|---|
# | 0 | | 0 |
# | 5 | | 0.1 · 5 / 10 = 0.05 |
# | 10 | 0 | 0.1 · (1 + 1) / 2 = 0.1 |
# | 30 | 20 / 40 = 0.5 | 0.1 · (1 + 0) / 2 = 0.05 |
# | 50 | 1 | 0.1 · (1 − 1) / 2 = 0 |
#
# ### Exercise 6: a schedule
#
# ★★☆ · 10 minutes · 3 points
#
# Write `rate_at(step, top, warmup, total)`: the learning rate at one step, a number.
#
# <details><summary>Hint 1: a nudge</summary>
#
# Two cases, two returns. In the second, work out `part` first.
# </details>
# <details><summary>Hint 2: at most 1</summary>
#
# `min(…, 1)` keeps `part` from growing beyond the end.
# </details>
# <details><summary>Hint 3: almost there</summary>
#
# `if step < warmup: return …`. Then `part = min((step - warmup) / (total - warmup), 1)`, and `np.cos(np.pi * part)` is the wave.
# </details>


# %% nbgrader={"grade": false, "grade_id": "schedule-answer", "locked": false, "schema_version": 3, "solution": true}
def rate_at(step, top, warmup, total):
    """A warm-up to the top, then half a cosine wave down to 0."""
    ### BEGIN SOLUTION
    if step < warmup:
        return top * step / warmup
    part = min((step - warmup) / (total - warmup), 1)
    return top * (1 + np.cos(np.pi * part)) / 2
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "schedule", "locked": true, "points": 3, "schema_version": 3, "solution": false}
lesson.check("schedule")
### BEGIN HIDDEN TESTS
lesson.grade("schedule")
### END HIDDEN TESTS

# %% [markdown]
# **Now use it.** The ravine, with slopes that are a little wrong in each step, as those of mini-batches are. SGD once with the rate 0.015 throughout, and once with your schedule.
#
# **Predict first.** Which one is lower after 100 steps? And after 400?

# %% tags=["demo"]
# @title The noisy ravine, with a fixed rate and with your schedule
your_rate, steps = lesson.yours("schedule"), 400


def noisy(rate_of):
    """Heights on the way, with noise on every slope."""
    optimizer, rng, w = yours["sgd"](0.0), np.random.default_rng(4), ravine.START
    heights = [ravine.height(w)]
    for step in range(steps):
        optimizer.learning_rate = rate_of(step)
        w = optimizer.step(w, ravine.slopes(w) + rng.normal(0, 2, size=2))
        heights.append(ravine.height(w))
    return np.array(heights)


ways = {
    "always 0.015": noisy(lambda step: 0.015),
    "schedule": noisy(lambda step: your_rate(step, 0.015, 20, steps)),
}
figure, axes = plots.figure(1, 2, (11, 3.3))
axes[0].plot([your_rate(step, 0.015, 20, steps) for step in range(steps + 50)], **plots.line(1))
axes[0].set(title="the schedule", xlabel="step", ylabel="learning rate")
for number, (name, heights) in enumerate(ways.items()):
    axes[1].plot(heights, label=name, **{**plots.line(number), "linewidth": 1})
    print(
        f"{name:13s} mean height of steps 90 to 110: {heights[90:110].mean():.4f},",
        f"of the last 20: {heights[-20:].mean():.4f}",
    )
axes[1].set(title="height, with noise", xlabel="step", yscale="log")
axes[1].legend()
plots.show(
    figure,
    "Left, the schedule: a short climb to 0.015, then half a wave down to 0 at step 400. Right, the height on a scale of powers of ten: with the "
    "fixed rate it stops falling after some 200 steps and jitters by a factor of a hundred; with the schedule the jitter dies down to nothing.",
)


# %% [markdown]
# On the way the fixed rate is ahead, because its steps stay long. At the end it pays for that: it is thrown about by the noise, and whether the last step was a good one is luck. With the schedule the steps become so short that the noise averages out.

# %% [markdown]
# ### Exercise 7: repair a program
#
# ★★☆ · 10 minutes · 2 points
#
# An optimizer with an error in it still moves the weights. This program trains a network 784-32-10 on 1,000 digits with Adam. It runs to its end and learns badly: **one** place in it is
# wrong. `x` and `y` are the training digits, with pixels from 0 to 1, and their labels; `new` are digits that it has never seen. `w`, `m` and `v` are lists of four: for the weights and biases of
# the first layer, then of the second.
#
# Run the cell, and the one below it, which draws the loss. Then do two things:
#
# 1. **Name the symptom**, before you look for a cause: write the letter of what you see in the curve of the program *as given* into `symptom`.
# 2. **Repair the program.** Change at most two lines; spaces and comments do not count. It should reach a loss of at most 0.2 after the last epoch, and at least 78 % of the new rows right.
#
# - **a** · The loss grows from the first epoch on.
# - **b** · The loss stays where a guess has it.
# - **c** · The loss begins far above that of a guess, and falls from there.
# - **d** · The loss falls from epoch to epoch, but far too slowly.
# - **e** · The loss ends near 0, but new rows are answered badly.
#
# There are 4 programs, each with another bug. Somebody beside you has this one too? Then take another: `lesson.program("repair-adam", 2)` prints the second. Put it in the
# place of this one, with its first line of text, by which the check knows which it was.
#
# <details><summary>Hint 1: a nudge</summary>
#
# Which of the five sentences fits the curve *as given*? It tells whether the steps go the wrong way, are far too long, far too short, or none at all.
# </details>
# <details><summary>Hint 2: where to look</summary>
#
# Hold the four lines of Adam beside section 5, term by term. What is each of them a mean of?
# </details>


# %% nbgrader={"grade": false, "grade_id": "repair-adam-answer", "locked": false, "schema_version": 3, "solution": true}
def reader(x, y, new, seed):
    """Program 1: a network 784-32-10, with Adam. The loss after each epoch, and the scores of new digits."""
    rng = np.random.default_rng(seed)
    w = [rng.normal(size=size) * 0.05 for size in [(784, 32), (32,), (32, 10), (10,)]]
    m, v = [0.0] * 4, [0.0] * 4
    losses, t = [], 0
    for _ in range(10):
        for rows in rng.permutation(len(x)).reshape(-1, 25):
            h = np.maximum(0, x[rows] @ w[0] + w[1])
            dscores = (nn.softmax(h @ w[2] + w[3]) - nn.one_hot(y[rows], 10)) / len(rows)
            dz = dscores @ w[2].T * (h > 0)
            gradients = [x[rows].T @ dz, dz.sum(axis=0), h.T @ dscores, dscores.sum(axis=0)]
            t += 1
            for i, g in enumerate(gradients):
                m[i] = 0.9 * m[i] + 0.1 * g
                v[i] = 0.999 * v[i] + g**2
                speed = np.sqrt(v[i] / (1 - 0.999**t)) + 1e-7
                w[i] = w[i] - 0.003 * m[i] / (1 - 0.9**t) / speed
        scores = np.maximum(0, x @ w[0] + w[1]) @ w[2] + w[3]
        losses.append(nn.sparse_categorical_crossentropy(y, scores, from_logits=True))
    return losses, np.maximum(0, new @ w[0] + w[1]) @ w[2] + w[3]


symptom = ...


### BEGIN SOLUTION
def reader(x, y, new, seed):
    """Program 1: a network 784-32-10, with Adam. The loss after each epoch, and the scores of new digits."""
    rng = np.random.default_rng(seed)
    w = [rng.normal(size=size) * 0.05 for size in [(784, 32), (32,), (32, 10), (10,)]]
    m, v = [0.0] * 4, [0.0] * 4
    losses, t = [], 0
    for _ in range(10):
        for rows in rng.permutation(len(x)).reshape(-1, 25):
            h = np.maximum(0, x[rows] @ w[0] + w[1])
            dscores = (nn.softmax(h @ w[2] + w[3]) - nn.one_hot(y[rows], 10)) / len(rows)
            dz = dscores @ w[2].T * (h > 0)
            gradients = [x[rows].T @ dz, dz.sum(axis=0), h.T @ dscores, dscores.sum(axis=0)]
            t += 1
            for i, g in enumerate(gradients):
                m[i] = 0.9 * m[i] + 0.1 * g
                v[i] = 0.999 * v[i] + 0.001 * g**2
                speed = np.sqrt(v[i] / (1 - 0.999**t)) + 1e-7
                w[i] = w[i] - 0.003 * m[i] / (1 - 0.9**t) / speed
        scores = np.maximum(0, x @ w[0] + w[1]) @ w[2] + w[3]
        losses.append(nn.sparse_categorical_crossentropy(y, scores, from_logits=True))
    return losses, np.maximum(0, new @ w[0] + w[1]) @ w[2] + w[3]


symptom = "d"
### END SOLUTION

# %% tags=["demo"]
# @title Draw the loss of the program as it was given, and of yours
plots.show(*plots.learning(lesson["repair-adam"].learned(reader)))

# %% nbgrader={"grade": true, "grade_id": "repair-adam", "locked": true, "points": 2, "schema_version": 3, "solution": false}
lesson.check("repair-adam")
### BEGIN HIDDEN TESTS
lesson.grade("repair-adam")
### END HIDDEN TESTS

# %% [markdown]
# ### Extra: look before you leap
#
# ★★★★ · 15 minutes · 3 extra points
#
# *For those who want more. The points of an extra lie outside of the lesson's total: nobody needs them.*
#
# **The idea** (Nesterov 1983). A ball with momentum knows part of its next move before it asks for the slope: it will roll on with its old speed, whatever the slope
# says. So it can take the slope *there*, at the place where the old speed is about to carry it. Where the ground turns upwards it then learns of it a step earlier, and brakes.
#
# Call the ball's own place $b$. The step is
#
# $$v \leftarrow \mu v - \eta \cdot \text{slope at } (b + \mu v), \qquad b \leftarrow b + v$$
#
# Our `step(w, gradient)` gets the slope at `w` and cannot ask for another. The way out (Sutskever and others 2013): let $w$ be the place of the *look*, $w = b + \mu v$.
# After the step the look is at $b + v + \mu v$, with the new $v$. Put in $b = w - \mu v_{\text{old}}$ and $v = \mu v_{\text{old}} - \eta g$; what is left is
#
# $$v \leftarrow \mu v - \eta g, \qquad w \leftarrow w + \mu v - \eta g$$
#
# **Worked numbers.** Momentum 0.5, rate 0.1, $w = 1$; the slopes are 2, 2 and −1, as in section 3.
#
# | slope | velocity | new $w$ |
# |---|---|---|
# | 2 | 0.5 · 0 − 0.2 = −0.2 | 1 − 0.1 − 0.2 = 0.7 |
# | 2 | 0.5 · (−0.2) − 0.2 = −0.3 | 0.7 − 0.15 − 0.2 = 0.35 |
# | −1 | 0.5 · (−0.3) + 0.1 = −0.05 | 0.35 − 0.025 + 0.1 = 0.425 |
#
# Plain momentum rolled on in the third step. This ball turns round.
#
# **Your task.** Write `step`, as in exercise 2. Then put the three lines of algebra above on paper: which terms cancel?
#
# <details><summary>Hint 1: a nudge</summary>
#
# The velocity is renewed as in exercise 2. Only the second line is another one.
# </details>
# <details><summary>Hint 2: almost there</summary>
#
# `return w + … * self.velocity - …`: a part of the *new* velocity, and the push once more.
# </details>


# %% nbgrader={"grade": false, "grade_id": "nesterov-answer", "locked": false, "schema_version": 3, "solution": true}
class Nesterov:
    """Momentum that takes the slope where the ball is about to be."""

    def __init__(self, learning_rate, momentum=0.9):
        """Keep the settings; the ball is at rest."""
        self.learning_rate = learning_rate
        self.momentum = momentum
        self.velocity = 0.0

    def step(self, w, gradient):
        """The weights after one step; the gradient is that at w, the place of the look."""
        ### BEGIN SOLUTION
        self.velocity = self.momentum * self.velocity - self.learning_rate * gradient
        return w + self.momentum * self.velocity - self.learning_rate * gradient
        ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "nesterov", "locked": true, "points": 0, "schema_version": 3, "solution": false}
lesson.check("nesterov")
### BEGIN HIDDEN TESTS
lesson.grade("nesterov")
### END HIDDEN TESTS

# %% tags=["demo"]
# @title Plain momentum and Nesterov's in the ravine, at the same rate
balls = {"momentum": lesson.yours("momentum"), "Nesterov": lesson.yours("nesterov")}
ways = {name: ravine.path(ball(0.008), 100) for name, ball in balls.items()}
plots.show(*ravine.racing(ways, 60))

# %% [markdown]
# Rate 0.008 and momentum 0.9 for both. The ball that looks ahead is there after 28 steps, the other after 64, and in its first 30 steps it is on average a tenth as far from the middle of the ravine.
# It pays with a lower limit: in this ravine it still comes down with the rate 0.0135 and flies out with 0.0136, where plain momentum bears up to 0.038 (its limit is $2 (1 + \mu) / \text{bend}$, that of Nesterov's $2 (1 + \mu) / ((1 + 2\mu) \, \text{bend})$).

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
# - An optimizer makes a step out of a gradient. They differ in what they remember.
# - In a ravine the walls limit the rate, and along the floor that rate is slow.
# - Momentum adds up what agrees and cancels what alternates. RMSprop gives each weight steps of the same size. Adam does both.
# - The rate of SGD is a factor, that of Adam a length. Choose a new one for each optimizer.
# - A schedule: long steps first, short ones at the end.
#
# | optimizer | remembers | rule | usual rate |
# |---|---|---|---|
# | SGD | nothing | $w - \eta g$ | 0.01–0.1 |
# | momentum | velocity | $v \leftarrow \mu v - \eta g$; $\;w + v$ | 0.01–0.1, $\mu = 0.9$ |
# | RMSprop | mean square | $s \leftarrow \rho s + (1 - \rho) g^2$; $\;w - \eta g / \sqrt{s + \varepsilon}$ | 0.001, $\rho = 0.9$ |
# | Adam | both, and the number of steps | $w - \eta\, \hat m / (\sqrt{\hat v} + \varepsilon)$ | 0.001, $\beta_1 = 0.9$, $\beta_2 = 0.999$ |
#
# ($\eta$ is the learning rate, $\mu$ the momentum, $g$ the gradient. In Keras: `keras.optimizers.SGD(0.01, momentum=0.9)`, `RMSprop(0.001)`, `Adam(0.001)`.
# Two relatives that you will meet: *Nesterov momentum*, `SGD(0.01, momentum=0.9, nesterov=True)`, takes the slope where the ball is about to be (the extra above); *AdamW* is Adam that also makes every weight a little smaller in each step.)
#
# ## If something goes wrong
#
# | you see | it means | do |
# |---|---|---|
# | `'Momentum' object has no attribute 'velocity'` | `__init__` does not set it, or the name is misspelt | `self.velocity = 0.0` in `__init__` |
# | every step is like the first | the memory is not kept | `self.` before the name |
# | `unsupported operand type(s) for *: … 'NoneType'` | `step` returned nothing | `return` in the last line |
# | `division by zero` in Adam | `t` is 0 in the first step | `self.t += 1` comes first |
# | `nan` in RMSprop | 0 / 0 | `+ self.epsilon` |
# | the check passes alone, but not after your own trial | an optimizer remembers its last run | make a new one for each run |
# | numbers differ a little from Keras | Keras computes in `float32` | six digits are enough |
#
# ## Sources
#
# - H. Robbins, S. Monro: *A Stochastic Approximation Method*, Annals of Mathematical Statistics 1951 (SGD).
# - B. Polyak: *Some methods of speeding up the convergence of iteration methods*, 1964 (momentum).
# - Y. Nesterov: *A method of solving a convex programming problem with convergence rate O(1/k²)*, Soviet Mathematics Doklady 1983.
# - I. Sutskever, J. Martens, G. Dahl, G. Hinton: *On the importance of initialization and momentum in deep learning*, ICML 2013 (Nesterov, rewritten).
# - T. Tieleman, G. Hinton: *Lecture 6.5, RMSprop*, Coursera 2012.
# - D. Kingma, J. Ba: *Adam: A Method for Stochastic Optimization*, ICLR 2015.
# - I. Loshchilov, F. Hutter: *SGDR: Stochastic Gradient Descent with Warm Restarts*, ICLR 2017 (the cosine).
# - G. Goh: *Why Momentum Really Works*, Distill 2017.
# - Keras documentation, *Optimizers*, keras.io.
