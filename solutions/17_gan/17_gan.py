# ---
# jupyter:
#   course:
#     lesson: 17_gan
#     profile: tensorflow
#     trains: true
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Lesson 17 · Generating: two networks in a contest
#
# **Time:** 100–120 minutes · **Before this:** lessons 04, 06 and 09 · **Points:** 23
#
# Every network so far answered a question about something that was there. In this lesson a network makes something new: at the
# end it draws handwritten digits that nobody wrote. It learns that from a second network, whose only task is to find it out.
#
# After this lesson you can
#
# - **explain** the contest of generator and discriminator, and **compute** what a draw looks like,
# - **write** both players' losses so that no number is too large for them,
# - **compare** the two losses of the generator by their slopes, and **choose** one,
# - **write** a training step that moves one player and leaves the other alone, in NumPy and in Keras,
# - **measure** whether a generator has the mean, the spread and the *variety* of the real data,
# - **recognise** mode collapse, and **name** a cure.

# %% nbgrader={"grade": false, "grade_id": "setup", "locked": true, "schema_version": 3, "solution": false}
import numpy as np

import course_utils
from course_utils import nn, plots
from course_utils.lessons.lesson_17_gan import duel

lesson = course_utils.start("17_gan")

import keras  # after start, which keeps TensorFlow's start-up messages away
import tensorflow as tf

# %% [markdown]
# **Do you remember?** Three questions from earlier lessons, a minute each, in your head or on paper. No points, and you may go on without them. What you miss comes back in the next lesson.

# %% tags=["demo"]
lesson.recall()

# %% [markdown]
# ## 1. A forger and an inspector
#
# **The idea.** A forger makes banknotes. An inspector gets real and forged notes, one at a time, and says how probable it is
# that a note is real. The inspector learns from each error. The forger never sees a real note, only the inspector's answers,
# and learns which changes make the answers better. Both improve, until the inspector can do no more than toss a coin.
#
# The forger is the **generator** G: it turns random numbers $z$, the *noise*, into samples $G(z)$. The inspector is the
# **discriminator** D: it gives each sample a probability of being real, between 0 and 1. Together they are a *generative adversarial
# network*, a **GAN** (Goodfellow and others 2014).
#
# **The picture.**
#
# ```
# noise z ──► generator G ──► forged sample ──┐
#                                             ├──► discriminator D ──► how probably real? 0 … 1
#                real data ──► real sample ───┘
# ```
#
# **Worked numbers.** At some place $x$ the density of the real points is 0.2 and that of the forged points is 0.6. If as many real as forged
# points are shown, of four points found there one is real. The best possible answer is 1/4:
#
# $$D^*(x) = \frac{p_{\text{real}}(x)}{p_{\text{real}}(x) + p_{\text{forged}}(x)} = \frac{0.2}{0.2 + 0.6} = 0.25$$
#
# When the generator has become perfect, both densities are the same everywhere and $D^* = 1/2$: a draw.
#
# The discriminator's loss is the cross-entropy of lesson 04, once for each group. A real point costs $-\ln D$, a forged one $-\ln(1 - D)$,
# and the two *means are added*. With $D = 0.9$ on every real point and $D = 0.2$ on every forged one it is
# $-\ln 0.9 - \ln 0.8 = 0.105 + 0.223 = 0.328$. ($\ln$ is the natural logarithm, `np.log`; lesson 04 writes it $\log$.)
# The generator would like its points to pass for real. Its loss is $-\ln D$ on *forged* points: here $-\ln 0.2 = 1.609$.
#
# ### Exercise 1: when nobody wins
#
# ★☆☆ · 6 minutes · 2 points
#
# By hand or with Python, two decimals or more:
#
# - `best_answer`: at a place the density of the real points is 0.3 and that of the forged points 0.1. What should D answer?
# - `discriminator_loss_at_draw`: the discriminator's loss when $D = 0.5$ on every point, real or forged.
# - `generator_loss_at_draw`: the generator's loss, as above, when $D = 0.5$ on every point.
#
# <details><summary>Hint 1: a nudge</summary>
#
# Of four points at that place, how many are real?
# </details>
# <details><summary>Hint 2: the losses</summary>
#
# The discriminator's loss has two terms, the generator's has one. $\ln 0.5 = -0.693$.
# </details>

# %% nbgrader={"grade": false, "grade_id": "draw-answer", "locked": false, "schema_version": 3, "solution": true}
best_answer = ...
discriminator_loss_at_draw = ...
generator_loss_at_draw = ...
### BEGIN SOLUTION
best_answer = 0.3 / (0.3 + 0.1)
discriminator_loss_at_draw = -np.log(0.5) - np.log(1 - 0.5)
generator_loss_at_draw = -np.log(0.5)
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "draw", "locked": true, "points": 2, "schema_version": 3, "solution": false}
lesson.check("draw")
### BEGIN HIDDEN TESTS
lesson.grade("draw")
### END HIDDEN TESTS

# %% [markdown]
# Remember these two numbers, **1.39** and **0.69**. In other trainings a loss should fall. Here it should settle near a draw: a
# loss of the discriminator close to 0 means that the forger has lost touch.
#
# ## 2. The inspector's loss
#
# **The idea.** The last layer of the discriminator gives a **logit** $t$, any number, and the sigmoid makes $D = \sigma(t)$ of it (lesson 02).
# Logits have no bounds. The safe way to the loss goes straight from the logit, without the sigmoid on the way:
#
# $$-\ln D = -\ln \sigma(t) = \ln(1 + e^{-t}) \qquad\qquad -\ln(1 - D) = \ln(1 + e^{t})$$
#
# The function $\ln(1 + e^{t})$ is called **softplus**. NumPy computes it for every $t$ with `np.logaddexp(0, t)`, which means
# $\ln(e^0 + e^t)$ and never makes $e^t$ itself.
#
# **Predict first.** What does the direct way say for a logit of 900? The right answer of $-\ln(1 - \sigma(900))$ is 900.

# %% tags=["demo"]
with np.errstate(all="ignore"):
    print("the direct way: ", -np.log(1 - 1 / (1 + np.exp(-900.0))))
print("from the logit: ", np.logaddexp(0, 900.0))


# %% [markdown]
# **Worked numbers.** One real point with logit $\ln 3 = 1.099$, one forged point with logit 0. $\sigma(\ln 3) = 0.75$ and $\sigma(0) = 0.5$.
# The loss is $-\ln 0.75 - \ln 0.5 = 0.288 + 0.693 = 0.981$.
#
# ### Exercise 2: the discriminator's loss
#
# ★★☆ · 10 minutes · 3 points
#
# Write `discriminator_loss(real_logits, fake_logits)`: the mean of $-\ln D$ over the real points **plus** the mean of $-\ln(1 - D)$ over
# the forged ones. The two arrays may have different lengths. It must be right for logits of any size.
#
# <details><summary>Hint 1: a nudge</summary>
#
# Each of the two groups has its own mean. Which group wants its logits large, which wants them small?
# </details>
# <details><summary>Hint 2: the formula</summary>
#
# Softplus of $-t$ for the real, softplus of $t$ for the forged.
# </details>
# <details><summary>Hint 3: almost there</summary>
#
# `np.mean(np.logaddexp(0, …)) + np.mean(np.logaddexp(0, …))`
# </details>


# %% nbgrader={"grade": false, "grade_id": "discriminator-loss-answer", "locked": false, "schema_version": 3, "solution": true}
def discriminator_loss(real_logits, fake_logits):
    """Mean of -ln D over the real plus mean of -ln(1 - D) over the forged, from logits."""
    ### BEGIN SOLUTION
    return np.mean(np.logaddexp(0, -real_logits)) + np.mean(np.logaddexp(0, fake_logits))
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "discriminator-loss", "locked": true, "points": 3, "schema_version": 3, "solution": false}
lesson.check("discriminator-loss")
### BEGIN HIDDEN TESTS
lesson.grade("discriminator-loss")
### END HIDDEN TESTS

# %% [markdown]
# **Now use it.** Four discriminators look at the same five real and five forged points. Which is best?

# %% tags=["demo"]
score = lesson.yours("discriminator-loss")
ones = np.ones(5)
for name, logit in [("tosses a coin", 0), ("mostly right", 2), ("surely right", 9), ("surely wrong", -9)]:
    D = nn.sigmoid(logit)
    print(f"{name:14s} D(real) = {D:.4f}   loss {score(logit * ones, -logit * ones):8.4f}")


# %% [markdown]
# ## 3. Two losses for the forger
#
# **The idea.** The generator wants the opposite of what the discriminator wants. Two ways to say so:
#
# | form | loss, mean over forged points | from the logit $t$ |
# |---|---|---|
# | **saturating** | $\ln(1 - D)$ | $-\text{softplus}(t)$ |
# | **non-saturating** | $-\ln D$ | $\text{softplus}(-t)$ |
#
# Both fall when D rises, so both lead to the same goal. But look at how *steep* they are, for the logit $t$:
#
# $$\frac{d}{dt}\ln(1 - D) = -D \qquad\qquad \frac{d}{dt}(-\ln D) = D - 1$$
#
# (The sigmoid has the slope $D(1 - D)$, lesson 02. By the chain rule the logarithm divides it: by $1 - D$ in the first form, by $D$ in the second.)
#
# **Worked numbers.** At the start the forgeries are poor and the discriminator sees through them: $D = 0.01$. The saturating loss has
# slope $-0.01$, the other one $-0.99$. With the first form the generator learns 99 times as slowly, exactly when it has most to learn.
#
# Now two points with logits $0$ and $-\ln 3$, so $D = 0.5$ and $0.25$. Each is one half of the mean. The saturating loss is
# $(\ln 0.5 + \ln 0.75)/2 = -0.490$ with the slopes $-0.5/2 = -0.25$ and $-0.25/2 = -0.125$. The other form:
# $(-\ln 0.5 - \ln 0.25)/2 = 1.040$ with the slopes $-0.25$ and $-0.375$.
#
# ### Exercise 3: two losses for the generator
#
# ★★☆ · 12 minutes · 4 points
#
# Write `generator_loss(fake_logits, saturating)` for an array of $N$ logits. Return the pair `loss, slopes`: the mean loss in the form that
# `saturating` (True or False) asks for, and an array with the slope of that mean for each logit. Logits may be of any size.
#
# <details><summary>Hint 1: a nudge</summary>
#
# The second table column has the loss, the two formulas below it have the slopes of *one* point. A mean of $N$ points shares them out.
# </details>
# <details><summary>Hint 2: D from the logit</summary>
#
# `nn.sigmoid(fake_logits)` is D, for logits of any size. For the slopes you may use it; for the loss use softplus, as in exercise 2.
# </details>
# <details><summary>Hint 3: pseudo-code</summary>
#
# D ← sigmoid of the logits. If saturating: mean of −softplus(t), and −D / N. Else: mean of softplus(−t), and (D − 1) / N.
# </details>


# %% nbgrader={"grade": false, "grade_id": "generator-loss-answer", "locked": false, "schema_version": 3, "solution": true}
def generator_loss(fake_logits, saturating):
    """The generator's mean loss, and its slope for each logit."""
    ### BEGIN SOLUTION
    D = nn.sigmoid(fake_logits)
    N = len(fake_logits)
    if saturating:
        return -np.mean(np.logaddexp(0, fake_logits)), -D / N
    return np.mean(np.logaddexp(0, -fake_logits)), (D - 1) / N
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "generator-loss", "locked": true, "points": 4, "schema_version": 3, "solution": false}
lesson.check("generator-loss")
### BEGIN HIDDEN TESTS
lesson.grade("generator-loss")
### END HIDDEN TESTS

# %% [markdown]
# **The picture.** Both losses and their slopes, from forgeries that are found out (left) to forgeries that pass (right).

# %% tags=["demo"]
two_forms = lesson.yours("generator-loss")
plots.show(*duel.two_losses(two_forms))


# %% [markdown]
# On the left, where every training begins, the saturating loss is level and its slope is 0: nothing to learn from. So nearly everybody uses
# $-\ln D$, as the inventors of the GAN advised, and so do we from here on.
#
# ## 4. Taking turns
#
# **The idea.** Two players, two losses. In the discriminator's turn only the discriminator's weights move. In the generator's turn only the
# generator's weights move. The gradient of the generator still has to pass *through* the discriminator, since only the discriminator
# knows what would look more real. But on its way it must not change anything there. One says that the discriminator is **frozen**.
#
# We start with the smallest players that can do anything, five numbers in all:
#
# - the generator: $x = \text{shift} + \text{scale} \cdot z$, with noise $z$ of mean 0 and spread 1,
# - the discriminator: the logit $t = c + u\,x + v\,x^2$, a curve that can single out a stretch of the line.
#
# **The picture.** The way back in the generator's turn, from right to left. The discriminator hands the slope on and stays as it is.
#
# ```
#   shift, scale                c, u, v  (frozen)
#        │                          │
# z ──► x = shift + scale·z ──► t = c + u·x + v·x² ──► −ln D, mean over N points
#                   ◄── ·(u + 2·v·x) ──┘   ◄── (D − 1)/N ──┘
# ```
#
# **Worked numbers.** Noise $z = 2$, one point. Shift 1, scale 1, so $x = 3$. With $c = 3$, $u = -4$, $v = 1$ the logit is $3 - 12 + 9 = 0$ and $D = 0.5$.
#
# | | |
# |---|---|
# | slope for the logit | $(0.5 - 1)/1 = -0.5$ |
# | slope of the logit for $x$ | $u + 2 v x = -4 + 6 = 2$ |
# | slope for $x$ | $-0.5 \cdot 2 = -1$ |
# | slope for the shift, for the scale | $-1$, and $-1 \cdot z = -2$ |
# | after a step with rate 0.1 | shift $1 + 0.1 = 1.1$, scale $1 + 0.2 = 1.2$ |
#
# The next point from this noise is $1.1 + 1.2 \cdot 2 = 3.5$, with logit $1.25$ and $D = 0.78$ instead of 0.5. It looks more real.
#
# ### Exercise 4: the generator's turn
#
# ★★★ · 15 minutes · 4 points
#
# Write `generator_turn(generator, discriminator, noise, rate)`. `generator` is the array `[shift, scale]`, `discriminator` is `[c, u, v]`, `noise`
# has $N$ numbers. One step of gradient descent on the *non-saturating* loss. Return the pair `generator, discriminator`, two arrays, as they are
# after the turn. Leave the given arrays as they were.
#
# <details><summary>Hint 1: a nudge</summary>
#
# Only one of the two arrays changes. Follow the worked table line by line, with arrays in the place of numbers.
# </details>
# <details><summary>Hint 2: from the points to shift and scale</summary>
#
# Every point depends on the same shift and scale, so their slopes add up: the sum of `dx` for the shift, the sum of `dx * noise` for the scale.
# </details>
# <details><summary>Hint 3: pseudo-code</summary>
#
# x ← shift + scale·noise; t ← c + u·x + v·x²; dt ← (sigmoid(t) − 1)/N; dx ← dt·(u + 2·v·x);
# new generator ← generator − rate·[sum of dx, sum of dx·noise]; return it and the discriminator as it was.
# `np.array([…, …])` makes an array of the two sums.
# </details>


# %% nbgrader={"grade": false, "grade_id": "generator-turn-answer", "locked": false, "schema_version": 3, "solution": true}
def generator_turn(generator, discriminator, noise, rate):
    """Both players after one step of the generator; the discriminator is frozen."""
    ### BEGIN SOLUTION
    shift, scale = generator
    c, u, v = discriminator
    x = shift + scale * noise
    t = c + u * x + v * x**2
    dt = (nn.sigmoid(t) - 1) / len(noise)
    dx = dt * (u + 2 * v * x)
    slopes = np.array([np.sum(dx), np.sum(dx * noise)])
    return generator - rate * slopes, discriminator
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "generator-turn", "locked": true, "points": 4, "schema_version": 3, "solution": false}
lesson.check("generator-turn")
### BEGIN HIDDEN TESTS
lesson.grade("generator-turn")
### END HIDDEN TESTS

# %% [markdown]
# **The contest.** The real points have mean 2 and spread 0.5. The generator starts at mean 0 and spread 1. In each round the
# discriminator has five turns and the generator, with your function, one. The discriminator's step is that of one neuron with the inputs
# $1, x, x^2$ (lesson 01). A small *decay* pulls its three numbers towards 0 all the time; without it the two players run round
# each other in circles (Mescheder, Geiger and Nowozin 2018; their own cure is a penalty on the slope of $D$ at the samples, which is also common).
#
# **Predict first.** The generator never sees a real point. Will it find the mean? And the spread?

# %% tags=["demo"]
# @title The discriminator's turn
MEAN, SPREAD, POINTS, RATE, DECAY = 2.0, 0.5, 128, 0.05, 0.05
their_turn = lesson.yours("generator-turn")


def discriminator_turn(discriminator, real, forged):
    """One step down the discriminator's loss; the forged points are only looked at."""
    slopes = DECAY * discriminator
    for x, label in [(real, 1), (forged, 0)]:
        inputs = np.stack([np.ones_like(x), x, x**2])
        slopes = slopes + inputs @ (nn.sigmoid(discriminator @ inputs) - label) / len(x)
    return discriminator - RATE * slopes


# %% tags=["demo"]
def play(turns, rounds=1000, seed=17):
    """Generators and discriminators after each round, when the discriminator has so many turns in each."""
    rng = np.random.default_rng(seed)
    generator, discriminator = np.array([0.0, 1.0]), np.zeros(3)
    generators, discriminators = [generator], [discriminator]
    for _ in range(rounds):
        for _ in range(turns):
            forged = generator[0] + generator[1] * rng.normal(size=POINTS)
            discriminator = discriminator_turn(discriminator, rng.normal(MEAN, SPREAD, POINTS), forged)
        generator, discriminator = their_turn(generator, discriminator, rng.normal(size=POINTS), RATE)
        generators.append(generator)
        discriminators.append(discriminator)
    return np.array(generators), np.array(discriminators)


# %% tags=["demo"]
generators, discriminators = play(turns=5)
for rounds in (0, 50, 100, 200, 400, 1000):
    shift, scale = generators[rounds]
    print(f"after {rounds:4d} rounds: mean {shift:5.2f}, spread {abs(scale):.2f}")

# %% [markdown]
# **The picture.** The distribution while it is being learned. The dashed line is the discriminator's answer $D(x)$ along the line:
# 0 at the bottom of the picture, 1 at its top.

# %% tags=["demo"]
# @title Draw the contest after 0, 50, 100 and 1,000 rounds
rng = np.random.default_rng(4)
z, grid = rng.normal(size=2000), np.linspace(-3.5, 4.5, 161)
real_points = rng.normal(MEAN, SPREAD, 2000)


def at(rounds):
    """The contest after so many rounds."""
    shift, scale = generators[rounds]
    answers = nn.sigmoid(discriminators[rounds] @ np.stack([np.ones_like(grid), grid, grid**2]))
    return duel.Moment(rounds, shift + scale * z, answers)


plots.show(*duel.strip(real_points, grid, [at(rounds) for rounds in (0, 50, 100, 1000)]))

# %% [markdown]
# First the dashed line rises on the side of the real points, and the forged points climb it. Then it becomes a hill over the stretch where too few
# forged points lie, and the spread is set right. In the end it is flat at 0.5: a draw. Move through the rounds:

# %% tags=["demo"]
plots.explore(lambda rounds: duel.moment(real_points, grid, at(int(rounds))), rounds=(0, 1000, 10, 60))

# %% [markdown]
# Over twelve other seeds the contest ended with means of 1.99 to 2.01 and spreads of 0.50 to 0.51.
#
# ### Break it: an inspector who is too slow
#
# **Predict first.** Give the discriminator one turn in each round instead of five. It then learns a fifth as much in each round.
# What will become of the mean, and what of the spread?

# %% tags=["demo"]
lesson.predict("slow-inspector")

# %% tags=["demo"]
slow, _ = play(turns=1)
plots.show(*duel.paths({"five turns": generators, "one turn": slow}, MEAN, SPREAD))
print(f"one turn:  mean {slow[-1, 0]:.2f}, spread {abs(slow[-1, 1]):.2f}")
print(f"five turns: mean {generators[-1, 0]:.2f}, spread {abs(generators[-1, 1]):.2f}")
lesson.reveal("slow-inspector", slow[-1, 0], abs(slow[-1, 1]))


# %% [markdown]
# The mean is nearly right, the spread is far too small: all forgeries look alike. The generator has found the place that pleases the
# discriminator most at the moment, and puts everything there. A faster discriminator would punish that. This is a first, mild form of
# **mode collapse**.
#
# ## 5. Mode collapse
#
# **The idea.** A *mode* is a heap of the data: the sevens among the digits, say. A generator that makes perfect sevens and nothing else
# fools the discriminator well, and yet it has failed. No loss tells you so. You have to **count**.
#
# **Worked numbers.** Two heaps, around −2 and 2. Eight forged samples: −2.0, −1.9, −2.1, −2.0, 2.0, 0.3, 0.4, 0.2. Within 0.5 of −2 lie four of
# eight, a share of 0.5. Within 0.5 of 2 lies one of eight, a share of 0.125. If a share of at least 0.25 is asked for, only one mode is covered.
#
# The words “at most” and “at least” count the limits in, and a sample may count twice. Samples 0, 0.5, 1 and 3; centers 0 and 1, radius 0.5: near 0 lie 0 and 0.5 (exactly at the radius), near
# 1 lie 0.5 and 1. Two of four each, a share of exactly 0.5. If at least 0.5 is asked for, both modes are covered.
#
# ### Exercise 5: count the covered modes
#
# ★★☆ · 10 minutes · 3 points
#
# Write `covered_modes(samples, centers, radius, share)`. `samples` and `centers` are arrays of numbers. A center is covered if at least `share` of
# *all* samples lie at a distance of at most `radius` from it. Return how many centers are covered.
#
# <details><summary>Hint 1: a nudge</summary>
#
# For one center: the distances, then which of them are small enough, then their share. Then do it for all centers.
# </details>
# <details><summary>Hint 2: the functions to look up</summary>
#
# `np.abs(samples - center)` are the distances. The mean of an array of True and False is the share of True.
# </details>
# <details><summary>Hint 3: pseudo-code</summary>
#
# count ← 0; for each center: if the mean of (distance ≤ radius) is at least share, count ← count + 1. Return count.
# </details>


# %% nbgrader={"grade": false, "grade_id": "covered-modes-answer", "locked": false, "schema_version": 3, "solution": true}
def covered_modes(samples, centers, radius, share):
    """How many centers have at least `share` of the samples within `radius`."""
    ### BEGIN SOLUTION
    count = 0
    for center in centers:
        if np.mean(np.abs(samples - center) <= radius) >= share:
            count += 1
    return count
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "covered-modes", "locked": true, "points": 3, "schema_version": 3, "solution": false}
lesson.check("covered-modes")
### BEGIN HIDDEN TESTS
lesson.grade("covered-modes")
### END HIDDEN TESTS

# %% [markdown]
# **See it happen.** The real data now have four heaps. Five numbers are not enough for that, so both players become networks with two hidden
# layers of 32 neurons, trained with Adam (lesson 08). The generator's learning rate is 0.005. The discriminator's is 0.0002 in the first contest
# and 0.005 in the second. Every 500 rounds we count, with your function: a heap is covered if at least 10 % of the forgeries lie within 0.75 of it.
#
# Counting alone can be fooled: points spread evenly over the line cover every heap a little. So we also ask which share of the
# forgeries lies near *any* heap. Of the real points it is 99 %.
#
# **Predict first.** Which of the two discriminators keeps all four modes alive?

# %% tags=["demo"]
lesson.predict("four-heaps")

# %% tags=["demo"]
# @title Play with four heaps, twice
CENTERS, HEAP, RADIUS, ENOUGH = np.array([-6.0, -2.0, 2.0, 6.0]), 0.3, 0.75, 0.1
count = lesson.yours("covered-modes")
forger_loss = lesson.yours("generator-loss")


def play_heaps(judge_rate, forger_rate=0.005, rounds=2000, batch=128, seed=7):
    """Forged samples at the end, and the covered modes every 500 rounds."""
    rng = np.random.default_rng(seed)
    forger = nn.Sequential([nn.Dense(32, "tanh"), nn.Dense(32, "tanh"), nn.Dense(1)], seed=seed)
    judge = nn.Sequential([nn.Dense(32, "leaky_relu"), nn.Dense(32, "leaky_relu"), nn.Dense(1)], seed=seed + 1000)
    forger_steps, judge_steps = nn.Adam(forger_rate, beta_1=0.5), nn.Adam(judge_rate, beta_1=0.5)
    labels = np.repeat([1.0, 0.0], batch)[:, None]
    history = []
    for turn in range(1, rounds + 1):
        real = rng.choice(CENTERS, batch) + HEAP * rng.normal(size=batch)
        samples = np.concatenate([real[:, None], forger(rng.normal(size=(batch, 2)))])
        judge.backward((nn.sigmoid(judge(samples)) - labels) / batch)
        judge_steps.apply(judge.gradients(), judge.variables())  # the judge's turn

        logits = judge(forger(rng.normal(size=(batch, 2))))
        _, slopes = forger_loss(logits.ravel(), False)
        forger.backward(judge.backward(slopes.reshape(-1, 1)))
        forger_steps.apply(forger.gradients(), forger.variables())  # the forger's turn
        if turn % 500 == 0:
            forged = forger(rng.normal(size=(2000, 2))).ravel()
            history.append(count(forged, CENTERS, RADIUS, ENOUGH))
    return forged, history


def near_a_heap(samples):
    """The share of the samples near any of the heaps."""
    return np.mean(np.abs(samples[:, None] - CENTERS).min(axis=1) <= RADIUS)


results = {"slow discriminator": play_heaps(0.0002), "equally fast": play_heaps(0.005)}
print("modes covered after 500, 1,000, 1,500 and 2,000 rounds, and forgeries near a heap at the end")
for name, (forged, history) in results.items():
    print(f"    {name:18s} {history}   {near_a_heap(forged):.0%}")
rng = np.random.default_rng(5)
four_heaps = rng.choice(CENTERS, 2000) + HEAP * rng.normal(size=2000)
ends = {name: (forged, history[-1]) for name, (forged, history) in results.items()}
plots.show(*duel.heaps(four_heaps, ends, CENTERS))
lesson.reveal("four-heaps", *(history[-1] for _, history in results.values()))

# %% [markdown]
# The slow discriminator lets the generator run from one good place to the next, and its forgeries pile up in one place or two, at times between
# the heaps (bars above 0.3 are cut off). Over ten seeds 0 to 2 of the four modes were covered after 2,000 rounds. With an equally fast
# discriminator it was four each time, over twelve seeds, and 87 to 96 % of the forgeries lay near a heap.
#
# Other cures are in use. One shows the discriminator several samples at a time: forgeries that all look alike are then suspicious, even if each of
# them is good (PacGAN: Lin, Khetan, Fanti and Oh 2018).
#
# ## 6. Digits, in Keras
#
# **The idea.** The same contest with images. The data are 1,797 handwritten digits of 8 × 8 pixels that come with scikit-learn. Noise of 16
# numbers goes in, 64 pixels come out. Two more things are new:
#
# - **`tf.GradientTape`.** While the tape runs, TensorFlow notes every computation. Afterwards `tape.gradient(loss, weights)` gives the slope of the loss for
#   each of the `weights` that you name, and for no other.
# - **Who is named moves.** That is all there is to freezing: in each turn, give the tape and the optimizer the variables of *one* player.
#
# **See the tape work.** $w^2$ at $w = 3$ has the slope $2w = 6$. One step of gradient descent with the rate 0.1 leads to $3 - 0.6 = 2.4$:

# %% tags=["demo"]
w = tf.Variable(3.0)
with tf.GradientTape() as tape:
    loss = w**2
slope = tape.gradient(loss, w)
keras.optimizers.SGD(0.1).apply_gradients([(slope, w)])
print(f"slope {float(slope)}, and after the step w is {float(w):.1f}")


# %% [markdown]
# In a network it looks the same, with lists of variables:
#
# ```python
# with tf.GradientTape() as tape:
#     loss = ...                                         # computed from the networks' outputs
# weights = network.trainable_variables
# optimizer.apply_gradients(zip(tape.gradient(loss, weights), weights))
# ```
#
# **Worked numbers.** How many weights does each player have? Generator 16 → 128 → 128 → 64: $(16 + 1) \cdot 128 + (128 + 1) \cdot 128 + (128 + 1) \cdot 64 = 26{,}944$.
# Discriminator 64 → 128 → 128 → 1: $(64 + 1) \cdot 128 + (128 + 1) \cdot 128 + 129 = 24{,}961$. A fair match.
#
# ### Exercise 6: a contest in Keras
#
# ★★★ · 20 minutes · 5 points
#
# `Contest` makes the two networks in `__init__`; leave that as it is. The discriminator ends in a logit. Write the two turns:
#
# - `discriminator_step(real, noise)`: one step of the discriminator on its loss from exercise 2, with forgeries made from `noise`,
# - `generator_step(noise)`: one step of the generator on its non-saturating loss.
#
# Each step moves all weights of its player, and is made by the player's own optimizer from `__init__`.
#
# Both return their loss. In each turn the other player's weights stay exactly as they were.
# `keras.ops.softplus` and `keras.ops.mean` do for tensors what you know from NumPy.
#
# <details><summary>Hint 1: a nudge</summary>
#
# A network is called like a function: `self.generator(noise)` are the forgeries, `self.discriminator(…)` the logits. The four lines above fit both turns.
# </details>
# <details><summary>Hint 2: the losses</summary>
#
# For the discriminator: `keras.ops.mean(keras.ops.softplus(-…)) + keras.ops.mean(keras.ops.softplus(…))`. For the generator: the mean of softplus of minus
# the logits of its forgeries.
# </details>
# <details><summary>Hint 3: pseudo-code of one turn</summary>
#
# on the tape: logits ← discriminator(generator(noise)); loss ← …; then weights ← the variables of the player whose turn it is;
# that player's optimizer applies the gradients; return loss.
# </details>


# %% nbgrader={"grade": false, "grade_id": "contest-answer", "locked": false, "schema_version": 3, "solution": true}
class Contest:
    """A generator and a discriminator, and one step for each."""

    def __init__(self, noise_size, pixels, width=128, rate=0.0005):
        """Two networks with two hidden layers each, and an optimizer for each."""

        def network(inputs, outputs, last):
            return keras.Sequential([
                keras.Input((inputs,)),
                keras.layers.Dense(width, activation="leaky_relu"),
                keras.layers.Dense(width, activation="leaky_relu"),
                keras.layers.Dense(outputs, activation=last),
            ])

        self.generator = network(noise_size, pixels, "sigmoid")
        self.discriminator = network(pixels, 1, None)
        self.generator_optimizer = keras.optimizers.Adam(rate, beta_1=0.5)
        self.discriminator_optimizer = keras.optimizers.Adam(rate, beta_1=0.5)

    def discriminator_step(self, real, noise):
        """One step of the discriminator; returns its loss."""
        ### BEGIN SOLUTION
        with tf.GradientTape() as tape:
            on_real = self.discriminator(real)
            on_fake = self.discriminator(self.generator(noise))
            loss = keras.ops.mean(keras.ops.softplus(-on_real)) + keras.ops.mean(keras.ops.softplus(on_fake))
        weights = self.discriminator.trainable_variables
        self.discriminator_optimizer.apply_gradients(zip(tape.gradient(loss, weights), weights))
        return loss
        ### END SOLUTION

    def generator_step(self, noise):
        """One step of the generator; returns its loss."""
        ### BEGIN SOLUTION
        with tf.GradientTape() as tape:
            on_fake = self.discriminator(self.generator(noise))
            loss = keras.ops.mean(keras.ops.softplus(-on_fake))
        weights = self.generator.trainable_variables
        self.generator_optimizer.apply_gradients(zip(tape.gradient(loss, weights), weights))
        return loss
        ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "contest", "locked": true, "points": 5, "schema_version": 3, "solution": false}
lesson.check("contest")
### BEGIN HIDDEN TESTS
lesson.grade("contest")
### END HIDDEN TESTS

# %% [markdown]
# **The contest.** 2,500 rounds with batches of 64; about ten seconds on two CPU cores. `tf.function` turns your two methods into graphs that
# TensorFlow runs several times as fast. Nothing else changes.
#
# **Predict first.** What will the forgeries look like after 100 rounds? After 500?

# %% tags=["demo"]
# @title Play for digits, and show the forgeries
from sklearn.datasets import load_digits

ROUNDS, BATCH, NOISE = 2500, 64, 16
data = load_digits()
digits, names = (data.data / 16).astype("float32"), data.target


def draw_digits(players_class, rounds=ROUNDS, seed=17, keep=(0, 100, 500)):
    """The players after the contest, forgeries at the rounds to keep, both losses, a maker of noise."""
    keras.utils.set_random_seed(seed)
    rng = np.random.default_rng(seed)

    def noise(count):
        return tf.constant(rng.normal(size=(count, NOISE)), tf.float32)

    players = players_class(NOISE, 64)
    steps = [duel.compiled(step) for step in (players.discriminator_step, players.generator_step)]
    fixed, kept, losses = noise(10), {}, []
    for turn in range(rounds):
        if turn in keep:
            kept[turn] = players.generator(fixed).numpy()
        real = tf.constant(digits[rng.integers(0, len(digits), BATCH)])
        losses.append([steps[0](real, noise(BATCH)), steps[1](noise(BATCH))])
    kept[rounds] = players.generator(fixed).numpy()
    return players, kept, np.array(losses, dtype=float), noise


players, kept, losses, noise = draw_digits(lesson.yours("contest"))
sheet = np.concatenate([*kept.values(), digits[:10]]).reshape(-1, 8, 8)
rows = [f"{turn}" for turn in kept] + ["real"]
titles = [rows[i // 10] if i % 10 == 0 else "" for i in range(len(sheet))]
plots.show(
    plots.images(sheet, titles),
    f"Ten forged digits after {', '.join(rows[:-1])} rounds, a row for each, and ten real digits "
    "below. The first row is grey noise, the later ones look more and more like handwriting.",
)

# %% [markdown]
# Each column starts from the same noise. The bottom row is real.
#
# **The losses.** Do they settle near a draw, 1.39 and 0.69?

# %% tags=["demo"]
# @title Draw both losses
smooth = losses.reshape(-1, 50, 2).mean(axis=1)
figure, axes = plots.figure(1, 1, (7.5, 3.2))
for number, (name, level) in enumerate([("discriminator", 2 * np.log(2)), ("generator", np.log(2))]):
    axes.plot(
        np.arange(1, len(smooth) + 1) * 50,
        smooth[:, number],
        label=name,
        marker=plots.MARKERS[number],
        markevery=5,
        **plots.line(number),
    )
    axes.axhline(level, color=plots.PALETTE[number], linestyle=":", linewidth=1)
axes.set(xlabel="round", ylabel="loss, mean of 50 rounds", ylim=(0, None))
axes.legend()
plots.show(
    figure,
    f"Losses by round. The discriminator ends at {smooth[-1, 0]:.2f} (draw 1.39), the "
    f"generator at {smooth[-1, 1]:.2f} (draw 0.69); dotted lines mark the draw.",
)

# %% [markdown]
# **Measure the variety.** A classifier that was trained on the real digits names 2,000 forgeries. The ten digits are the modes. A digit is
# covered if at least 2 % of the forgeries are taken for it; your `covered_modes` counts.
#
# **And are they copies?** For each forgery we look for the nearest of the real images and measure the distance. For comparison: the distance from one
# real image to the nearest *other* one, and the distance from images of pure noise.

# %% tags=["demo"]
# @title Look for covered digits and for copies
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import pairwise_distances

reader = LogisticRegression(max_iter=2000).fit(digits, names)
forged_digits = players.generator(noise(2000)).numpy()
taken_for = reader.predict(forged_digits)
digits_covered = count(taken_for, np.arange(10), 0.5, 0.02)
print("forgeries taken for 0 … 9:", np.bincount(taken_for, minlength=10))
print("digits covered:", digits_covered, "of 10")

among_real = np.partition(pairwise_distances(digits), 1, axis=1)[:, 1]  # place 0 is the image itself
distances = pairwise_distances(forged_digits, digits)
grey = np.random.default_rng(0).uniform(size=(500, 64))
from_noise = pairwise_distances(grey, digits).min(axis=1)
print(
    f"distance to the nearest real image: forged {distances.min(axis=1).mean():.2f}, "
    f"real {among_real.mean():.2f}, pure noise {from_noise.mean():.2f}"
)
nearest = digits[distances[:10].argmin(axis=1)]
pairs = np.concatenate([forged_digits[:10], nearest]).reshape(-1, 8, 8)
plots.show(
    plots.images(pairs, ["forged"] + [""] * 9 + ["nearest real"] + [""] * 9),
    "Ten forged digits above, and below each the real digit nearest to it: alike, but not the same.",
)

# %% tags=["demo", "measured"]
mean, spread = generators[-1]
print(f"1-D contest, goal mean 2 and spread 0.5: mean {mean:.2f}, spread {abs(spread):.2f}")
forged, history = results["equally fast"]
print(
    f"four heaps, equally fast players: {history[-1]} of 4 modes covered, "
    f"{near_a_heap(forged):.0%} of the forgeries near one"
)
print(f"forged digits of 8 × 8 pixels: {digits_covered} of 10 digits covered")


# %% [markdown]
# Over twelve other seeds, on two CPU cores, 8 to 10 of the ten digits were covered (ten of them in ten of the twelve trainings), and the mean
# distance to the nearest real image was 1.5 to 1.7. So the forgeries are not copies, and they lie far nearer to handwriting than noise does. They
# are not as good as real digits either: the losses stop short of a draw.
#
# Larger GANs replace the dense layers by convolutions (lesson 13; DCGAN: Radford, Metz and Chintala 2016), and the contest stays the same.
#
# ## 7. What GANs are good for
#
# | kind of network | takes | gives | used for |
# |---|---|---|---|
# | dense, convolutional, recurrent, transformer (lessons 03, 13, 14, 16) | data | an answer about them | recognising, predicting, translating |
# | GAN | noise | new data like the real ones | making or sharpening images, more training data, trying out designs |
#
# A GAN draws a sample in one pass, so it is fast. It is hard to train: two losses, no single number that says how good it is, and mode collapse.
# Other generating networks, above all diffusion models, train more steadily and draw more slowly. And what a network can forge, people can misuse:
# say so when a picture was generated.

# %% [markdown]
# ### Exercise 7: repair a program
#
# ★★☆ · 10 minutes · 2 points
#
# An inspector alone, in NumPy: real points lie near a ring, the forgeries inside of it. He learns to tell them apart, with the loss of exercise 2, halved. The program runs to its end and learns badly:
# **one** place in it is wrong. `x` holds 240 points, with a third number, always 1, in place of a bias; `y` is 1 for real ones and 0 for forged ones, and `new` are points that it has never seen.
#
# Run the cell, and the one below it, which draws the loss. Then do two things:
#
# 1. **Name the symptom**, before you look for a cause: write the letter of what you see in the curve of the program *as given* into `symptom`.
# 2. **Repair the program.** Change at most two lines; spaces and comments do not count. It should reach a loss of at most 0.15 after the last epoch, and at least 93 % of the new rows right.
#
# - **a** · The loss grows from the first epoch on.
# - **b** · The loss stays where a guess has it.
# - **c** · The loss falls at first, then stays well above 0.
# - **d** · The loss ends near 0, but new rows are answered badly.
#
# There are 4 programs, each with another bug. Somebody beside you has this one too? Then take another: `lesson.program("repair-inspector", 2)` prints the second. Put it in the
# place of this one, with its first line of text, by which the check knows which it was.
#
# <details><summary>Hint 1: a nudge</summary>
#
# Which of the four sentences fits the curve *as given*? It tells where to look: at the first weights, at the slopes, at the steps, or at the answers to new points.
# </details>
# <details><summary>Hint 2: where to look</summary>
#
# Take one real point and go through the inner loop: which shares may `dt` be made of, which way should its logit go, and which way does it go here?
# </details>


# %% nbgrader={"grade": false, "grade_id": "repair-inspector-answer", "locked": false, "schema_version": 3, "solution": true}
def inspector(x, y, new, seed):
    """Program 1: 3-16-1, real points are 1 and forged ones 0. The loss after each epoch, and the shares of new points."""
    rng = np.random.default_rng(seed)
    first, last = rng.normal(size=(3, 16)), 0.1 * rng.normal(size=16)

    def logit(points):
        return np.maximum(0, points @ first) @ last

    losses = []
    for _ in range(40):
        for rows in rng.permutation(len(x)).reshape(-1, 20):
            z = x[rows] @ first
            t = np.maximum(0, z) @ last
            dt = (np.sign(t) - y[rows]) / len(rows)
            dz = np.outer(dt, last) * (z > 0)
            last = last - 0.5 * np.maximum(0, z).T @ dt
            first = first - 0.5 * x[rows].T @ dz
        t = logit(x)
        loss_of_real = np.logaddexp(0, -t[y == 1])
        loss_of_forged = np.logaddexp(0, t[y == 0])
        losses.append((loss_of_real.mean() + loss_of_forged.mean()) / 2)
    real = nn.sigmoid(logit(new))
    return losses, np.stack([1 - real, real], axis=1)


symptom = ...


### BEGIN SOLUTION
def inspector(x, y, new, seed):
    """Program 1: 3-16-1, real points are 1 and forged ones 0. The loss after each epoch, and the shares of new points."""
    rng = np.random.default_rng(seed)
    first, last = rng.normal(size=(3, 16)), 0.1 * rng.normal(size=16)

    def logit(points):
        return np.maximum(0, points @ first) @ last

    losses = []
    for _ in range(40):
        for rows in rng.permutation(len(x)).reshape(-1, 20):
            z = x[rows] @ first
            t = np.maximum(0, z) @ last
            dt = (nn.sigmoid(t) - y[rows]) / len(rows)
            dz = np.outer(dt, last) * (z > 0)
            last = last - 0.5 * np.maximum(0, z).T @ dt
            first = first - 0.5 * x[rows].T @ dz
        t = logit(x)
        loss_of_real = np.logaddexp(0, -t[y == 1])
        loss_of_forged = np.logaddexp(0, t[y == 0])
        losses.append((loss_of_real.mean() + loss_of_forged.mean()) / 2)
    real = nn.sigmoid(logit(new))
    return losses, np.stack([1 - real, real], axis=1)


symptom = "c"
### END SOLUTION

# %% tags=["demo"]
# @title Draw the loss of the program as it was given, and of yours
plots.show(*plots.learning(lesson["repair-inspector"].learned(inspector)))

# %% nbgrader={"grade": true, "grade_id": "repair-inspector", "locked": true, "points": 2, "schema_version": 3, "solution": false}
lesson.check("repair-inspector")
### BEGIN HIDDEN TESTS
lesson.grade("repair-inspector")
### END HIDDEN TESTS

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
# - The generator turns noise into samples, the discriminator says how probably real they are. Each turn moves one of them.
# - At a draw $D = 1/2$, and the losses are 1.39 and 0.69. A loss of the discriminator near 0 is a bad sign.
# - Losses are computed from logits, with softplus. The generator uses $-\ln D$, which is steep while the forgeries are poor.
# - Right mean, right spread, right variety: measure all three. Mode collapse shows in none of the losses.
#
# | name | formula |
# |---|---|
# | best discriminator | $D^*(x) = p_{\text{real}} / (p_{\text{real}} + p_{\text{forged}})$ |
# | discriminator's loss | mean of softplus$(-t)$ over the real + mean of softplus$(t)$ over the forged |
# | generator, non-saturating | mean of softplus$(-t)$, slope $(D - 1)/N$ |
# | generator, saturating | mean of $-$softplus$(t)$, slope $-D/N$ |
#
# ## If something goes wrong
#
# | you see | it means | do |
# |---|---|---|
# | "not found. Run the cell above" | the answer cell has not run since the kernel started | run it, then the check |
# | `RuntimeWarning: overflow encountered in exp` | a large logit went through `np.exp` | use `np.logaddexp(0, t)` |
# | `No gradients provided for any variable` | the tape did not see how the loss comes from the weights: forgeries or loss were made outside the `with` block | make both inside |
# | `'numpy.float32' object has no attribute '_id'` | the loss was computed with NumPy, which the tape does not see | use `keras.ops` |
# | "Your step runs without tf.function" | your step uses something that a graph cannot do, such as `.numpy()` | return the loss as it is; it works either way, only slower |
# | your digits differ from the text's | every training draws other noise | compare the counts, not the pictures |
#
# ## Sources
#
# - I. Goodfellow, J. Pouget-Abadie, M. Mirza, B. Xu, D. Warde-Farley, S. Ozair, A. Courville, Y. Bengio: *Generative Adversarial Nets*, NeurIPS 2014 (arXiv:1406.2661): the contest, both losses, the best discriminator.
# - A. Radford, L. Metz, S. Chintala: *Unsupervised Representation Learning with Deep Convolutional Generative Adversarial Networks*, ICLR 2016 (arXiv:1511.06434): convolutions, and Adam with $\beta_1 = 0.5$.
# - L. Mescheder, A. Geiger, S. Nowozin: *Which Training Methods for GANs Do Actually Converge?*, ICML 2018 (arXiv:1801.04406): why plain turns run in circles.
# - Z. Lin, A. Khetan, G. Fanti, S. Oh: *PacGAN: The Power of Two Samples in Generative Adversarial Networks*, NeurIPS 2018 (arXiv:1712.04086).
# - E. Alpaydin, C. Kaynak: *Optical Recognition of Handwritten Digits*, UCI Machine Learning Repository 1998: the 8 × 8 digits, as they come with scikit-learn.
