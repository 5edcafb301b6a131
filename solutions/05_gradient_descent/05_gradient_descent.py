# ---
# jupyter:
#   course:
#     lesson: 05_gradient_descent
#     profile: numpy
#     trains: false
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Lesson 05 · Gradient descent: downhill, one step at a time
#
# **Time:** 75–90 minutes · **Before this:** lesson 04 (losses and their gradients) · **Points:** 16
#
# A loss says how wrong a network is. Now the network is to get better, by itself. There is one idea behind all of it: find out which way
# is downhill, take a small step, and do it again. A network with three weights learns like this, and so does one with a hundred billion.
#
# After this lesson you can
#
# - **measure** the gradient of any function, without knowing a formula for it,
# - **apply** the rule *weight ← weight − learning rate × gradient*, by hand and in NumPy,
# - **read** from a curve whether a learning rate is too small, good, or too large, and **compute** where it breaks,
# - **write** a whole training loop that fits a line to data,
# - **count** epochs, batches and iterations, and **cut** data into mini-batches that lose no sample.

# %% nbgrader={"grade": false, "grade_id": "setup", "locked": true, "schema_version": 3, "solution": false}
import numpy as np

import course_utils
from course_utils import plots
from course_utils.lessons.lesson_01_neuron import six_points
from course_utils.lessons.lesson_05_gradient_descent.ball import four_rates, height, rolling, walk

lesson = course_utils.start("05_gradient_descent")

# %% [markdown]
# **Do you remember?** Three questions from earlier lessons, a minute each, in your head or on paper. No points, and you may go on without them. What you miss comes back in the next lesson.

# %% tags=["demo"]
lesson.recall()

# %% [markdown]
# ## 1. Which way is down?
#
# **The idea.** You stand on a hillside in thick fog and want to go down to the village. You cannot see it. But you can feel the ground: put
# one foot a little forward, one foot a little back. Which one stands higher? And by how much? That is the **slope** under you.
#
# **The picture.** The height of the ground is $f(w) = w^2$, and you stand at $w = 3$. One foot is at 3.5, the other at 2.5. The line through your two
# feet is as steep as the ground under you.

# %% tags=["demo"]
# @title Draw the slope under your feet
w = np.linspace(-1, 4.5, 200)
figure, axis = plots.figure(1, 1, (6.5, 3.6))
axis.plot(w, w**2, label="the ground, f(w) = w²", **plots.line(0))
axis.plot([2, 4.2], [3, 16.2], label="through both feet: slope 6", **plots.line(1))
axis.plot([2.5, 3.5], [2.5**2, 3.5**2], linestyle="", markersize=9, **plots.points(1))
axis.plot(3, 9, "o", color="black", markersize=9)
axis.annotate("you", (3, 9), xytext=(-34, 2), textcoords="offset points")
axis.set(xlabel="w", ylabel="height", ylim=(-1, 18))
axis.legend(loc="upper left")
plots.show(
    figure,
    "The curve w squared. At w = 3 you stand at height 9, with one foot at w = 2.5 and the other at w = 3.5. "
    "The line through both feet rises by 6 for each step of 1 to the right.",
)

# %% [markdown]
# **Worked numbers.** The foot in front stands at height $3.5^2 = 12.25$, the one behind at $2.5^2 = 6.25$. The difference is 6, and your feet are 1 apart.
# So the slope is $6 / 1 = 6$: uphill to the right.
#
# **The formula.** With feet at $w + h$ and $w - h$, which are $2h$ apart:
#
# $$\text{slope} \approx \frac{f(w + h) - f(w - h)}{2h}$$
#
# **Predict first.** What is the slope at $w = 0$, the lowest point? And at $w = -3$?

# %% tags=["demo"]
for at in (3.0, 0.0, -3.0):
    print(f"slope at w = {at:4.1f}: {((at + 0.5) ** 2 - (at - 0.5) ** 2) / (2 * 0.5):4.1f}")
print("one foot only, at w = 3:", ((3 + 0.5) ** 2 - 3**2) / 0.5)


# %% [markdown]
# A slope of 0 means level ground; a negative slope means that the way down is to the right. With one foot on the spot and one in front, the
# slope comes out as 6.5: a curve bends, and two feet on both sides cancel the bend.
#
# **More than one direction.** A network has many weights, and the ground has a slope in the direction of each. Measure them *one at a time*: move
# one weight by $+h$ and $-h$, and leave all the others where they are. The list of all the slopes is the **gradient**. It points to where the
# ground rises fastest.
#
# **Worked numbers.** $f(x) = x_0^3 + x_1^3$ at $(1, 2)$ with $h = 0.5$.
#
# - Move only $x_0$: $f(1.5, 2) = 3.375 + 8$ and $f(0.5, 2) = 0.125 + 8$. The difference is 3.25, over $2h = 1$: slope **3.25**.
# - Move only $x_1$: $f(1, 2.5) = 1 + 15.625$ and $f(1, 1.5) = 1 + 3.375$. The difference is 12.25: slope **12.25**.

# %% [markdown]
# ### Exercise 1: a gradient, measured
#
# ★★☆ · 12 minutes · 3 points
#
# Write `numerical_gradient(f, x, h)`. `f` is a function that takes an array like `x` and gives one number. `x` has shape `(D,)`. Return the `D` slopes
# as an array. Leave `x` as it was.
#
# <details><summary>Hint 1: a nudge</summary>
#
# A function can be handed over like a number: inside, you just call `f(...)`. How often will you call it for an `x` with 3 elements?
# </details>
# <details><summary>Hint 2: move one element</summary>
#
# `up = x.copy()` and then `up[i] += h` moves only element `i`, and only in the copy. You need a second copy for the way down.
# </details>
# <details><summary>Hint 3: pseudo-code</summary>
#
# `slopes ← np.zeros(len(x))`. For each `i`: `up` and `down` are fresh copies of `x`; move element `i` of each; `slopes[i] ← (f(up) − f(down)) / (2 * h)`. Return
# `slopes`.
# </details>


# %% nbgrader={"grade": false, "grade_id": "numerical-gradient-answer", "locked": false, "schema_version": 3, "solution": true}
def numerical_gradient(f, x, h):
    """The slope of f in the direction of each element of x, measured from both sides."""
    ### BEGIN SOLUTION
    slopes = np.zeros(len(x))
    for i in range(len(x)):
        up, down = x.copy(), x.copy()
        up[i] += h
        down[i] -= h
        slopes[i] = (f(up) - f(down)) / (2 * h)
    return slopes
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "numerical-gradient", "locked": true, "points": 3, "schema_version": 3, "solution": false}
lesson.check("numerical-gradient")
### BEGIN HIDDEN TESTS
lesson.grade("numerical-gradient")
### END HIDDEN TESTS

# %% [markdown]
# **Now use it.** How small should $h$ be? The exact slopes of $x_0^3 + x_1^3$ at $(1, 2)$ are 3 and 12.
#
# **Predict first.** A smaller $h$ is better. Is the smallest the best?

# %% tags=["demo"]
lesson.predict("smallest-h")

# %% tags=["demo"]
your_numerical_gradient = lesson.yours("numerical-gradient")
point, errors = np.array([1.0, 2.0]), []
for h in (0.5, 0.1, 1e-3, 1e-5, 1e-9, 1e-13):
    found = your_numerical_gradient(lambda x: np.sum(x * x * x), point, h)
    errors.append(np.abs(found - [3, 12]).max())
    print(f"h = {h:<7g} slopes {found[0]:.6f} {found[1]:.6f}   largest error {errors[-1]:.0e}")
lesson.reveal("smallest-h", errors)


# %% [markdown]
# For very small $h$ the two heights agree in nearly all of their 16 digits, and the difference has only a few digits left. Around $10^{-5}$ is a good
# choice.
#
# This works for every function, and you will use it as a *check*. It is too slow to train with: each slope costs two runs of the whole network. With a million
# weights that is two million runs for a single step. Lesson 06 shows how to get all the slopes in one run back.

# %% [markdown]
# ## 2. One step downhill
#
# **The idea.** The gradient points uphill, so go the other way. Go far where the ground is steep, and carefully where it is nearly flat. The **learning
# rate** says how far in all.
#
# $$\text{weight} \leftarrow \text{weight} - \text{learning rate} \times \text{gradient}$$
#
# **Worked numbers.** $f(w) = w^2$ has the slope $2w$. Start at $w = 3$ with the learning rate 0.1:
#
# | step | $w$ | slope $2w$ | learning rate × slope | new $w$ |
# |---|---|---|---|---|
# | 1 | 3 | 6 | 0.6 | 2.4 |
# | 2 | 2.4 | 4.8 | 0.48 | 1.92 |
# | 3 | 1.92 | 3.84 | 0.384 | 1.536 |
#
# The steps get shorter by themselves, because the ground gets flatter.
#
# **Predict first.** Will $w$ ever be exactly 0?

# %% [markdown]
# ### Exercise 2: one step downhill
#
# ★☆☆ · 4 minutes · 2 points
#
# Write `gradient_step(w, gradient, learning_rate)`. `w` and `gradient` are arrays of the same shape, which may be any. Return the new weights, and leave
# both arrays as they were.
#
# <details><summary>Hint 1: a nudge</summary>
#
# The rule is one line in the text. NumPy does it for all the weights at once.
# </details>
# <details><summary>Hint 2: a test by hand</summary>
#
# `gradient_step(np.array([3.0]), np.array([6.0]), 0.1)` should give 2.4.
# </details>


# %% nbgrader={"grade": false, "grade_id": "gradient-step-answer", "locked": false, "schema_version": 3, "solution": true}
def gradient_step(w, gradient, learning_rate):
    """The weights after one step against the gradient."""
    ### BEGIN SOLUTION
    return w - learning_rate * gradient
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "gradient-step", "locked": true, "points": 2, "schema_version": 3, "solution": false}
lesson.check("gradient-step")
### BEGIN HIDDEN TESTS
lesson.grade("gradient-step")
### END HIDDEN TESTS

# %% tags=["demo"]
your_step = lesson.yours("gradient-step")
at = np.array([3.0])
for k in range(31):
    if k in (0, 1, 2, 3, 10, 20, 30):
        print(f"after {k:2d} steps: w = {at[0]:.6f}")
    at = your_step(at, 2 * at, 0.1)


# %% [markdown]
# Each step leaves 80 % of the way. So $w$ comes as close to 0 as you like, but never quite there. That is good enough: a network stops when it is good
# enough, too.
#
# ### Against you: the six points of lesson 01
#
# In section 5 of lesson 01 you turned three knobs, to part three discs from three crosses. The score was 6 at most. What is missing to 6 is a loss. So let
# gradient descent turn the knobs, with nothing but your two functions: the slopes of the loss are *measured*, one knob at a time, and then all three
# knobs take a step. It starts where you did, at 0, 0, 0. Its knobs end at −8 and 8, as yours did; `np.clip` keeps them there.
#
# **Predict first.** It does not see the picture. It feels three slopes and nothing else. Will it get all six right? Will it beat your score?


# %% tags=["demo"]
def missing(knobs):
    """The loss: what the knobs (w1, w2, b) leave to the full score of 6."""
    return 6 - six_points.score(knobs)


knobs = np.zeros(3)
for k in range(201):
    if k in (0, 1, 10, 50, 200):
        print(f"after {k:3d} steps: score {six_points.score(knobs):.2f}, knobs {knobs.round(2)}")
    slopes = your_numerical_gradient(missing, knobs, 1e-5)
    knobs = np.clip(your_step(knobs, slopes, 2.0), -8, 8)
print(six_points.beside(knobs))


# %% [markdown]
# After ten steps five points are right. After 200 all six are, with a score of 5.35. No place of the three sliders gives more: we tried all 274,625 of them. So you can at best
# have drawn. And three knobs are few: lesson 10 has 101,770, and nobody turns these by hand.

# %% [markdown]
# ## 3. How large a step?
#
# **The picture.** A ball in a bowl, $f(w) = \tfrac14 w_0^2 + w_1^2$, with the slopes $\tfrac12 w_0$ and $2 w_1$. It moves by *your* function. The bowl is
# four times as steep along $w_1$ as along $w_0$, as if it were a valley.
#
# **Predict first.** Before you move the slider: what will happen at 0.05, at 0.4, at 0.95 and at 1.05?
#
# (No slider? Open the folded cell, change the last number of its last line, and run it again.)


# %% tags=["demo"]
# @title A ball that rolls down, with a slider
def ball(learning_rate):
    """Twenty steps of the ball, each by your own function once it passes."""
    return rolling(learning_rate, your_step)


plots.explore(ball, learning_rate=(0.05, 1.1, 0.05, 0.95))

# %% [markdown]
# At 0.05 the ball creeps. At 0.4 it goes down without jumping: each step leaves $0.2$ of $w_1$ and $0.8$ of $w_0$. At 0.95 it jumps from one side of the valley to the other, and the jumps shrink slowly.
# At 1.05 each jump lands higher than the one before: it **diverges**. The same four at a glance:

# %% tags=["demo"]
print("learning rate   height after 0, 1, 5, 20 steps")
for rate in (0.05, 0.4, 0.95, 1.05):
    heights = height(walk(rate, your_step))
    print(f"{rate:13.2f}  ", "  ".join(f"{heights[k]:9.4f}" for k in (0, 1, 5, 20)))

# %% [markdown]
# **Where is the limit?** Take $f(w) = w^2$ with the slope $2w$ again. One step makes of $w$
#
# $$w - \text{rate} \cdot 2w = (1 - 2\,\text{rate}) \cdot w$$
#
# So each step *multiplies* $w$ by the same factor, $1 - 2\,\text{rate}$. That factor tells all:
#
# | rate | factor | what happens |
# |---|---|---|
# | 0.1 | 0.8 | comes closer, always from the same side |
# | 0.5 | 0 | one jump to the bottom |
# | 0.9 | −0.8 | jumps to the other side each time, and comes closer |
# | 1 | −1 | jumps to and fro for ever: **the limit** |
# | 1.1 | −1.2 | each jump is larger than the last |
#
# The bowl above has the slope $2 w_1$ across the valley, so its limit is 1 as well: that is why 0.95 still arrives and 1.05 does not. How fast the slope
# grows when $w$ grows by 1 is called the **bend** of the ground: here it is 2. One step multiplies $w$ by $1 - \text{rate} \cdot \text{bend}$, so
# the limit is always $2 / \text{bend}$, for the direction in which the ground bends most. Along the valley the bend is only ½.
#
# The next cell draws four learning rates on **another** function, $f(w) = 2w^2$, which is twice as steep. Below each place $w$ you see the
# loss. Which is which?

# %% tags=["demo"]
plots.show(*four_rates())

# %% [markdown]
# ### Exercise 3: read the learning rate
#
# ★★☆ · 8 minutes · 3 points
#
# For each of the four curves write one of the words `"too small"`, `"good"`, `"too large"` (it still arrives) or `"diverges"`.
#
# Then two numbers for $f(w) = 2w^2$, whose slope is $4w$: `rate_of_one_jump` is the learning rate that reaches the bottom in a single step; `limit` is the
# learning rate at which $w$ jumps to and fro for ever.
#
# <details><summary>Hint 1: the curves</summary>
#
# Two questions: does it change sides? Do the distances from 0 grow or shrink?
# </details>
# <details><summary>Hint 2: the numbers</summary>
#
# Write out one step as in the text: $w - \text{rate} \cdot 4w = (\ldots) \cdot w$. Which rate makes the factor 0? Which one makes it −1?
# </details>

# %% nbgrader={"grade": false, "grade_id": "learning-rates-answer", "locked": false, "schema_version": 3, "solution": true}
curve_a = ...
curve_b = ...
curve_c = ...
curve_d = ...
rate_of_one_jump = ...
limit = ...
### BEGIN SOLUTION
curve_a = "too large"
curve_b = "too small"
curve_c = "diverges"
curve_d = "good"
rate_of_one_jump = 0.25
limit = 0.5
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "learning-rates", "locked": true, "points": 3, "schema_version": 3, "solution": false}
lesson.check("learning-rates")
### BEGIN HIDDEN TESTS
lesson.grade("learning-rates")
### END HIDDEN TESTS

# %% [markdown]
# **Where you start matters, too.** A real loss is no bowl. Here the ground has two valleys, and the right one is deeper. Three balls start at different
# places, with the same learning rate.
#
# **Predict first.** Which of them will find the deeper valley?


# %% tags=["demo"]
# @title Three balls and two valleys
def ground(w):
    """Two valleys, the right one deeper."""
    return w**4 / 4 - w**2 - 0.3 * w


def ground_slope(w):
    return w**3 - 2 * w - 0.3


figure, axis = plots.figure(1, 1, (7, 3.4))
line = np.linspace(-2.2, 2.3, 200)
axis.plot(line, ground(line), color="#888", linewidth=1.5)
for number, start in enumerate((-2.0, -0.3, 0.1)):
    at, places = np.array([start]), [start]
    for _ in range(40):
        at = your_step(at, ground_slope(at), 0.1)
        places.append(at[0])
    places = np.array(places)
    print(f"start {start:4.1f}: ends at w = {places[-1]:6.3f}, height {ground(places[-1]):.3f}")
    axis.plot(
        places,
        ground(places) + 0.1 * number,
        markersize=5,
        linestyle=":",
        label=f"start {start:g}",
        color=plots.PALETTE[number],
        marker=plots.MARKERS[number],
    )
axis.set(xlabel="w", ylabel="height")
axis.legend()
plots.show(
    figure,
    "A curve with two valleys, near w = -1.3 and near w = 1.5; the right one is deeper. The balls that start at -2 and "
    "at -0.3 end in the left valley, the one that starts at 0.1 ends in the right one.",
)


# %% [markdown]
# Gradient descent goes to *a* bottom, not to *the* bottom. In networks with many weights that is less of a problem than it looks: there is nearly always one more
# direction that still leads down, and different valleys are often about equally good (Goodfellow, Bengio and Courville, chapter 8.2).

# %% [markdown]
# ## 4. The training loop
#
# **The idea.** Now the whole of it, with data. Six steps, and every network of this course is trained by them:
#
# 1. **initialise** the weights,
# 2. **forward:** predict with the weights as they are,
# 3. **loss:** how wrong is that?
# 4. **backward:** find the gradient,
# 5. **update:** weight ← weight − learning rate × gradient,
# 6. **repeat** from 2.
#
# **An example.** How many cones does an ice-cream van sell on a day of so many degrees? A line through the points would tell: $\hat y = w x + b$. The two
# numbers to learn are $w$ and $b$. (The data are made up: warm in tens of degrees, cones in hundreds.)
#
# **The formula.** The loss is the mean squared error. Let $e_i = w x_i + b - y_i$ be the error, prediction minus truth. Then
#
# $$\frac{\partial L}{\partial w} = 2 \cdot \text{mean}(e_i \, x_i) \qquad\qquad \frac{\partial L}{\partial b} = 2 \cdot \text{mean}(e_i)$$
#
# The first is the second with an $x_i$ in it. When $w$ moves by a little, the prediction moves $x_i$ times as much.
#
# **Worked numbers.** Two points, $(0, 1)$ and $(2, 5)$. Start with $w = 0$, $b = 0$; the learning rate is 0.1.
#
# | | step 1 | step 2 |
# |---|---|---|
# | forward: predictions | 0 and 0 | 0.6 and 2.6 |
# | errors | −1 and −5 | −0.4 and −2.4 |
# | loss | (1 + 25) / 2 = **13** | (0.16 + 5.76) / 2 = **2.96** |
# | backward: slope for $w$ | 2 · mean(0, −10) = −10 | 2 · mean(0, −4.8) = −4.8 |
# | slope for $b$ | 2 · mean(−1, −5) = −6 | 2 · mean(−0.4, −2.4) = −2.8 |
# | update: $w$ | 0 + 0.1 · 10 = **1** | 1 + 0.48 = **1.48** |
# | $b$ | 0 + 0.1 · 6 = **0.6** | 0.6 + 0.28 = **0.88** |
#
# The line through both points is $2x + 1$. It is already on its way there.

# %% [markdown]
# ### Exercise 4: fit a line
#
# ★★★ · 15 minutes · 3 points
#
# Write `fit_line(x, y, learning_rate, steps)`. Start from $w = 0$ and $b = 0$, and take exactly so many steps of gradient descent on the mean squared error, also
# when nothing is left to learn. Return three things: `w`, `b`, and a list of the losses, each noted *before* its step. So two steps on the points above give `1.48, 0.88, [13.0, 2.96]`.
#
# <details><summary>Hint 1: a nudge</summary>
#
# Go down one column of the table of worked numbers: every row is one line of code. What belongs before the loop, what inside, what after?
# </details>
# <details><summary>Hint 2: the lines</summary>
#
# `error = w * x + b - y` gives all errors at once. Both slopes are computed from it, and only then are `w` and `b` moved.
# </details>
# <details><summary>Hint 3: pseudo-code</summary>
#
# `w, b, losses ← 0, 0, []`. Repeat `steps` times: `error ← w x + b − y`; append the mean of `error ** 2`; `dw ← 2 · mean(error · x)`;
# `db ← 2 · mean(error)`; `w ← w − rate · dw`; `b ← b − rate · db`. After the loop return all three.
# </details>


# %% nbgrader={"grade": false, "grade_id": "fit-line-answer", "locked": false, "schema_version": 3, "solution": true}
def fit_line(x, y, learning_rate, steps):
    """w, b and the losses of gradient descent on mean((w x + b - y) ** 2)."""
    ### BEGIN SOLUTION
    w, b, losses = 0.0, 0.0, []
    for _ in range(steps):
        error = w * x + b - y
        losses.append(np.mean(error**2))
        dw = 2 * np.mean(error * x)
        db = 2 * np.mean(error)
        w = w - learning_rate * dw
        b = b - learning_rate * db
    return w, b, losses
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "fit-line", "locked": true, "points": 3, "schema_version": 3, "solution": false}
lesson.check("fit-line")
### BEGIN HIDDEN TESTS
lesson.grade("fit-line")
### END HIDDEN TESTS

# %% [markdown]
# **Now use it** on twelve days of the ice-cream van. `np.polyfit` computes the best line directly. Does gradient descent find it?

# %% tags=["demo"]
# @title Fit the line, and compare with np.polyfit
your_fit = lesson.yours("fit-line")
rng = np.random.default_rng(7)
warm = np.linspace(1.0, 3.2, 12).round(2)
cones = (1.5 * warm - 0.8 + 0.25 * rng.normal(size=12)).round(2)

figure, (left, right) = plots.figure(1, 2, (10.5, 3.6))
left.plot(warm, cones, linestyle="", color="black", marker="o", label="12 days")
for number, steps in enumerate((1, 3, 1000)):
    w, b, losses = your_fit(warm, cones, 0.1, steps)
    print(f"after {steps:4d} steps: cones = {w:.3f} * warm + {b:.3f}")
    left.plot(warm, w * warm + b, label=f"after {steps} steps", **plots.line(number))
print("np.polyfit:      ", *np.polyfit(warm, cones, 1).round(3))
left.set(xlabel="warmth, in tens of degrees", ylabel="hundreds of cones")
left.legend()
right.plot(losses[:40], marker="o", markersize=3, **plots.line(0))
right.set(title="the first 40 losses", xlabel="step", ylabel="loss", yscale="log")
plots.show(
    figure,
    "Left, twelve points and the line after 1, 3 and 1000 steps, which comes to lie through the points. Right, the loss over the "
    "first 40 steps: it falls very fast at first, then slowly.",
)

# %% [markdown]
# ### Break it: the same data in degrees
#
# **Predict first.** Nothing changes but the unit: 10 to 32 degrees instead of 1.0 to 3.2. The learning rate is 0.1 as before. What will the losses do?

# %% tags=["demo"]
lesson.predict("degrees")

# %% tags=["demo"]
with np.errstate(all="ignore"):
    w, b, losses = your_fit(10 * warm, cones, 0.1, 200)
print("the first losses:", [float(f"{loss:.3g}") for loss in losses[:5]])
lost = next((k for k, loss in enumerate(losses) if not np.isfinite(loss)), None)
print("the loss is no longer a number from step", lost, "on; w ends as", w)
for name, x in (("in tens of degrees", warm), ("in degrees", 10 * warm)):
    bend = 2 * np.mean(x**2)  # how fast the slope for w grows when w grows by 1
    print(f"{name}: the bend for w is {bend:.1f}, so the limit of the learning rate is at most {2 / bend:.4f}")
lesson.reveal("degrees", losses)

# %% [markdown]
# Inputs ten times as large make the ground bend a hundred times as much, because $x$ counts twice: once in the error and once more in the slope. So the limit
# $2 / \text{bend}$ is a hundred times smaller. (*At most*, because $b$ moves too: together with it the limit in tens of degrees is 0.17 and not 0.20.) **The habit to keep:** bring inputs to a size around 1 before you train. That is why the images of lesson 07 are divided by
# 255. And when a loss becomes `nan`: divide the learning rate by 10 first, then look for other reasons.

# %% [markdown]
# ## 5. Epochs, batches, iterations
#
# **The idea.** To find the gradient of the loss over 60,000 images you have to look at all of them, for a single step. But a hundred images tell nearly the same.
# Think of a poll: nobody asks a whole country. So look at a few samples, step, look at the next few, step again.
#
# Four words, which everybody uses:
#
# - a **batch** (or mini-batch) is the few samples that are looked at for one step,
# - the **batch size** is how many samples that are, often 32,
# - an **iteration** is one step: one batch, one update of the weights,
# - an **epoch** is one pass through *all* the samples.
#
# **The picture.** Ten samples, batch size 4, two epochs. As with a deck of cards: shuffle, deal out all the cards, then collect and shuffle again.

# %% tags=["demo"]
# @title Draw two epochs as decks of cards
figure, axis = plots.figure(1, 1, (9.5, 2.6))
axis.set_axis_off()
deck = np.random.default_rng(3)
iteration = 0
for epoch in range(2):
    order, left_edge = deck.permutation(10), 0.0
    axis.text(-0.4, -1.6 * epoch, f"epoch {epoch + 1}", ha="right", va="center")
    for batch in range(3):
        iteration += 1
        cards = order[4 * batch : 4 * batch + 4]
        axis.text(
            left_edge + len(cards) / 2 - 0.05, 0.62 - 1.6 * epoch, f"iteration {iteration}", ha="center", fontsize=9
        )
        for k, card in enumerate(cards):
            corner, low = left_edge + k, -1.6 * epoch - 0.45
            axis.fill(
                [corner, corner + 0.9, corner + 0.9, corner],
                [low, low, low + 0.9, low + 0.9],
                facecolor=plots.PALETTE[batch],
                alpha=0.35,
                edgecolor="black",
                hatch=plots.HATCHES[batch],
            )
            axis.text(
                corner + 0.45,
                low + 0.45,
                str(card),
                ha="center",
                va="center",
                bbox={"facecolor": "white", "edgecolor": "none", "pad": 1},
            )
        left_edge += len(cards) + 0.6
axis.set(xlim=(-1.8, 12), ylim=(-2.4, 1.1))
plots.show(
    figure,
    "Ten cards, numbered 0 to 9, dealt out in two epochs. Each epoch has three batches: four cards, four cards, and the two that are left. "
    "The order differs from epoch to epoch. The iterations are counted on, from 1 to 6.",
)

# %% [markdown]
# **Worked numbers.** $10 / 4 = 2.5$, so an epoch has 3 batches, of 4, 4 and 2 samples. That is 3 iterations per epoch, and 6 in two epochs.
#
# ### Exercise 5: count the iterations
#
# ★☆☆ · 5 minutes · 2 points
#
# - `iterations_per_epoch`: the 60,000 training images of MNIST with batch size 32.
# - `iterations_in_all`: the same, for 5 epochs.
# - `batches_of_1000`: into how many batches do 1000 samples fall, with batch size 32?
# - `size_of_the_last`: how many samples are in the last of them?
# - `iterations_full_batch`: how many iterations are 5 epochs, if the batch is the *whole* data set?
#
# <details><summary>Hint 1: a nudge</summary>
#
# One iteration for each batch. An incomplete batch is a batch as well.
# </details>
# <details><summary>Hint 2: division with a rest</summary>
#
# `1000 // 32` is how many full batches there are, and `1000 % 32` is what is left.
# </details>

# %% nbgrader={"grade": false, "grade_id": "count-updates-answer", "locked": false, "schema_version": 3, "solution": true}
iterations_per_epoch = ...
iterations_in_all = ...
batches_of_1000 = ...
size_of_the_last = ...
iterations_full_batch = ...
### BEGIN SOLUTION
iterations_per_epoch = 60000 // 32
iterations_in_all = 5 * iterations_per_epoch
batches_of_1000 = 32
size_of_the_last = 1000 % 32
iterations_full_batch = 5
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "count-updates", "locked": true, "points": 2, "schema_version": 3, "solution": false}
lesson.check("count-updates")
### BEGIN HIDDEN TESTS
lesson.grade("count-updates")
### END HIDDEN TESTS

# %% [markdown]
# When Keras trains, it shows this very number: `1875/1875` behind each epoch. You will meet it in lesson 09.
#
# **How to deal the cards in NumPy.** Shuffle the *numbers of the rows*, not the rows. Then use the same numbers for the inputs and for the labels, so that every sample
# keeps its own label.

# %% tags=["demo"]
order = np.random.default_rng(3).permutation(5)
letters, codes = np.array(["a", "b", "c", "d", "e"]), np.array([97, 98, 99, 100, 101])
print("order:         ", order)
print("first two rows:", letters[order[0:2]], codes[order[0:2]])
print("slicing past the end is allowed:", order[4:6])


# %% [markdown]
# ### Exercise 6: mini-batches
#
# ★★★ · 15 minutes · 3 points
#
# Write `minibatches(x, y, batch_size, seed)` for one epoch. `x` has a row for each sample (a row may be a whole image), `y` a label for each. Return a list of
# pairs `(x part, y part)` of arrays. Every sample comes exactly once, with its own label, in a random order: the same seed gives the same order, another seed
# another one. All batches hold `batch_size` samples; only the last may hold fewer. Leave `x` and `y` as they were.
#
# <details><summary>Hint 1: a nudge</summary>
#
# Three steps: draw an order, cut it into pieces, take the rows of each piece.
# </details>
# <details><summary>Hint 2: the functions to look up</summary>
#
# `rng = np.random.default_rng(seed)` makes the generator, `rng.permutation(len(x))` a random order of the row numbers. `range(0, len(x), batch_size)` gives
# the places where the pieces begin.
# </details>
# <details><summary>Hint 3: pseudo-code</summary>
#
# `order ← permutation`, `batches ← []`. For each `start`: `chosen ← order[start : start + batch_size]`; append `(x[chosen], y[chosen])`. Return `batches`.
# </details>


# %% nbgrader={"grade": false, "grade_id": "minibatches-answer", "locked": false, "schema_version": 3, "solution": true}
def minibatches(x, y, batch_size, seed):
    """All samples once, in random order, as a list of pairs of at most batch_size rows and their labels."""
    ### BEGIN SOLUTION
    order = np.random.default_rng(seed).permutation(len(x))
    batches = []
    for start in range(0, len(x), batch_size):
        chosen = order[start : start + batch_size]
        batches.append((x[chosen], y[chosen]))
    return batches
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "minibatches", "locked": true, "points": 3, "schema_version": 3, "solution": false}
lesson.check("minibatches")
### BEGIN HIDDEN TESTS
lesson.grade("minibatches")
### END HIDDEN TESTS

# %% [markdown]
# **Now use it.** The whole loop with mini-batches: two loops, one in the other. 320 samples, two inputs, ten epochs, three batch sizes. The learning rate is the same for
# all. The noise in the data is such that no line can get below a loss of about 0.27.
#
# **Predict first.** All three see every sample ten times. Which one ends with the smallest loss? Which curve will be the most restless?

# %% tags=["demo"]
your_minibatches = lesson.yours("minibatches")
rng = np.random.default_rng(11)
inputs = rng.normal(size=(320, 2))
targets = inputs @ [2.0, -1.0] + 0.5 * rng.normal(size=320)


# %% tags=["demo"]
def train(batch_size, epochs=10, learning_rate=0.05):
    """The loss over all samples after every iteration."""
    weights, losses = np.zeros(2), []  # 1 initialise
    for epoch in range(epochs):
        for x, y in your_minibatches(inputs, targets, batch_size, epoch):
            error = x @ weights - y  # 2 forward
            gradient = 2 * x.T @ error / len(x)  # 3, 4 loss, backward
            weights = your_step(weights, gradient, learning_rate)  # 5 update
            losses.append(np.mean((inputs @ weights - targets) ** 2))
    return np.array(losses)  # 6 repeat: both loops


# %% tags=["demo"]
# @title Train with three batch sizes, and draw the losses
figure, axis = plots.figure(1, 1, (7.5, 3.6))
print("batch size   iterations   loss after 1 epoch   after 10 epochs")
for number, batch_size in enumerate((320, 32, 1)):
    losses = train(batch_size)
    per_epoch = len(losses) // 10
    print(f"{batch_size:10d}   {len(losses):10d}   {losses[per_epoch - 1]:18.3f}   {losses[-1]:15.3f}")
    axis.plot(np.arange(1, len(losses) + 1) / per_epoch, losses, label=f"batch size {batch_size}", **plots.line(number))
axis.set(xlabel="epoch", ylabel="loss", yscale="log", ylim=(0.2, 6))
axis.set_yticks([0.3, 1, 3], ["0.3", "1", "3"])
axis.minorticks_off()
axis.legend()
plots.show(
    figure,
    "The loss over ten epochs, on a scale of powers of ten. With batch size 320 it falls slowly and smoothly and is still at 0.9 at the "
    "end. With batch size 32 it reaches its lowest value, near 0.3, after about three epochs. With batch size 1 it is there within "
    "the first epoch, but keeps jittering above it.",
)

# %% [markdown]
# Small batches take many steps in the same time, so they are ahead at first. But each is a poll among few, so the steps wobble, and near the bottom the wobble
# stays. Large batches give smooth curves and use the hardware well, since NumPy and a GPU do 32 rows in hardly more time than one. The usual choice lies in between, 32 to 256.
# This form of the method is called **stochastic gradient descent**, SGD. Lesson 08 makes it faster.

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
# - The gradient is the list of the slopes of the loss, one for each weight. It points uphill, so step against it.
# - Measuring the gradient always works, and costs two runs per weight. Use it to check, not to train.
# - Learning rate: too small creeps, too large jumps, beyond the limit it diverges. Inputs of size around 1 keep the limit in reach.
# - Both slopes first, then both updates.
# - Batch: the samples of one step. Iteration: one step. Epoch: every sample once.
#
# | name | formula |
# |---|---|
# | measured slope | $\bigl(f(w + h) - f(w - h)\bigr) / (2h)$, with $h$ around $10^{-5}$ |
# | update rule | $w \leftarrow w - \text{learning rate} \times \text{gradient}$ |
# | one step on $f(w) = a w^2$ | multiplies $w$ by $1 - 2a \cdot \text{rate}$; the limit is $\text{rate} = 1/a$ |
# | slopes of a line's squared error | $2\,\text{mean}(e\,x)$ for $w$, $\;2\,\text{mean}(e)$ for $b$, with $e = wx + b - y$ |
# | iterations per epoch | samples / batch size, rounded up |
# | the loop | initialise · forward · loss · backward · update · repeat |
#
# ## If something goes wrong
#
# | you see | it means | do |
# |---|---|---|
# | the loss becomes `inf` or `nan` | the learning rate is beyond the limit | divide it by 10; scale the inputs to a size around 1 |
# | the loss grows steadily | you go uphill: a sign is turned round | error = prediction minus truth, and `w - rate * slope` |
# | the loss never changes | the prediction is not computed again, or the rate is tiny | is the forward step inside the loop? |
# | the loss jitters, but falls | small batches | nothing is wrong; a larger batch is smoother |
# | `TypeError: 'numpy.ndarray' object is not callable` | `f` was overwritten by a number or an array | choose another name for the value |
# | "not found. Run the cell above" | the answer cell has not run since the kernel started | run it, then the check |
#
# ## Sources
#
# - A. Cauchy: *Méthode générale pour la résolution des systèmes d'équations simultanées*, Comptes rendus 1847 (gradient descent).
# - H. Robbins, S. Monro: *A Stochastic Approximation Method*, Annals of Mathematical Statistics 1951 (steps from a few samples).
# - I. Goodfellow, Y. Bengio, A. Courville: *Deep Learning*, MIT Press 2016, chapters 4.3 (gradient descent), 8.1 (mini-batches) and 8.2 (valleys).
# - L. Bottou, F. Curtis, J. Nocedal: *Optimization Methods for Large-Scale Machine Learning*, SIAM Review 2018.
