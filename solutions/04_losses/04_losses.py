# ---
# jupyter:
#   course:
#     lesson: 04_losses
#     profile: numpy
#     trains: false
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Lesson 04 · Losses: how wrong is a prediction?
#
# **Time:** 90–105 minutes · **Before this:** lessons 02 (sigmoid, softmax) and 03 (the forward pass) · **Points:** 17
#
# A network learns by getting less wrong. For that, *wrong* must be a number. The function that gives this number is the
# **loss**. It is the only thing that a network ever hears about its work, so it had better say what you mean.
#
# After this lesson you can
#
# - **compute** the squared error and the cross-entropy by hand and **write** both in NumPy,
# - **explain** with a picture why a yes-or-no network is trained with cross-entropy and not with squared error,
# - **repair** a cross-entropy that returns `inf`, in a way that is exact and not only quiet,
# - **derive** and **check** the gradients: how the loss moves when a prediction moves,
# - **choose** the loss for five real situations.

# %% nbgrader={"grade": false, "grade_id": "setup", "locked": true, "schema_version": 3, "solution": false}
import numpy as np

import course_utils
from course_utils import nn, plots
from course_utils.lessons.lesson_04_losses.bets import bets, thousand_rounds

lesson = course_utils.start("04_losses")

# %% [markdown]
# **Do you remember?** Three questions from earlier lessons, a minute each, in your head or on paper. No points, and you may go on without them. What you miss comes back in the next lesson.

# %% tags=["demo"]
lesson.recall()

# %% [markdown]
# ## 1. Amounts: the squared error
#
# **The idea.** You guess the temperature of the next two days: 2 and 8 degrees. It turns out to be 3 and 5. You were off by −1 and by
# +3. How wrong were you *altogether*? Adding the errors gives 2, and lets one cancel the other. So make them positive first,
# by squaring: 1 and 9. The mean of the squares, 5, is the **mean squared error**:
#
# $$\text{MSE} = \frac{1}{n} \sum_i (\hat y_i - y_i)^2$$
#
# $y$ is what is true and $\hat y$ ("y hat") what was predicted. In code they are `y_true` and `y_pred`, in this order, as in
# Keras.
#
# **The picture.** Every error is the side of a square. The loss is the average area. An error of 3 has not three times the area of
# an error of 1, but nine times: the squared error cares most about the worst guess.

# %% tags=["demo"]
# @title Draw each error as the side of a square
true, guessed = np.array([3.0, 5.0, 4.0, 7.0]), np.array([2.0, 8.0, 4.5, 6.0])
left = np.array([0, 4, 8, 12])
figure, axis = plots.figure(1, 1, (9, 3.6))
for x, y, p in zip(left, true, guessed):
    side = abs(p - y)
    axis.fill([x, x + side, x + side, x], [y, y, p, p], color=plots.PALETTE[4], alpha=0.4, hatch="//")
    axis.text(x + side + 0.15, (y + p) / 2, f"error {p - y:+g}\narea {side**2:g}", va="center")
axis.plot(left, true, markersize=9, linestyle="", label="true", **plots.points(0))
axis.plot(left, guessed, markersize=9, linestyle="", label="guessed", **plots.points(1))
axis.set(aspect="equal", xlim=(-0.6, 15.5), ylabel="degrees")
axis.set(xticks=left, xticklabels=["day 1", "day 2", "day 3", "day 4"])
axis.legend(loc="lower right")
plots.show(
    figure,
    "Four days with true and guessed temperatures. Each error is the side of a hatched square. "
    "The errors -1, +3, +0.5 and -1 have the areas 1, 9, 0.25 and 1.",
)


# %% [markdown]
# **Worked numbers.** The areas are 1, 9, 0.25 and 1, together 11.25. The mean of four is 2.8125. Day 2 alone makes up 80 % of it.
#
# **Predict first.** You correct only day 2, from 8 to 6.5, half as far off. By what factor does its square shrink?

# %% [markdown]
# ### Exercise 1: mean squared error
#
# ★☆☆ · 5 minutes · 2 points
#
# Write `mse(y_true, y_pred)` for two arrays of the same shape: a row of numbers, a table, or any other shape. Return a single number, the
# mean over all of them. Leave both arrays as they were.
#
# <details><summary>Hint 1: a nudge</summary>
#
# Read the name backwards: first the *error*, then *squared*, then the *mean*.
# </details>
# <details><summary>Hint 2: the functions to look up</summary>
#
# `a - b` subtracts number by number, `e ** 2` squares each, `np.mean(…)` takes the mean of all.
# </details>
# <details><summary>Hint 3: almost there</summary>
#
# Return `np.mean((…) ** 2)`.
# </details>


# %% nbgrader={"grade": false, "grade_id": "mse-answer", "locked": false, "schema_version": 3, "solution": true}
def mse(y_true, y_pred):
    """The mean of the squared errors, one number."""
    ### BEGIN SOLUTION
    return np.mean((y_pred - y_true) ** 2)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "mse", "locked": true, "points": 2, "schema_version": 3, "solution": false}
lesson.check("mse")
### BEGIN HIDDEN TESTS
lesson.grade("mse")
### END HIDDEN TESTS

# %% [markdown]
# Your prediction from above: half the error is a quarter of the square, 2.25 instead of 9.
#
# ### Break it: a perfect prediction with a large loss
#
# **Predict first.** Below, every prediction is exactly right. Only the shapes differ: the labels lie in a row, `(4,)`, and the
# predictions stand in a column, `(4, 1)`, as a network gives them. What is the loss?

# %% tags=["demo"]
lesson.predict("perfect-loss")

# %% tags=["demo"]
y_true = np.array([10.0, 20.0, 30.0, 40.0])
y_pred = y_true.reshape(4, 1)
print("loss:", np.mean((y_pred - y_true) ** 2))
print("shape of the errors:", (y_pred - y_true).shape)
print(y_pred - y_true)
lesson.reveal("perfect-loss", np.mean((y_pred - y_true) ** 2))

# %% [markdown]
# NumPy subtracted every label from every prediction, 16 differences instead of 4. No error, a plausible number, and a
# network that will never learn. This is one of the most common mistakes with real networks. **The habit to keep:** before you
# compute a loss, see that both shapes are the same.

# %% [markdown]
# ## 2. Which way is better? The gradient
#
# **The idea.** A loss says how wrong you are. To get better you need to know *which way to go*. Raise one prediction a tiny
# bit, and watch the loss. If it grows, that was the wrong way. How fast it grows is the **slope**. The slopes for all the predictions
# together are the **gradient**. It has one number for each prediction, and so the same shape.
#
# **The formula.** The slope of $e^2$ is $2e$. The mean divides by $n$:
#
# $$\frac{\partial\, \text{MSE}}{\partial\, \hat y_i} = \frac{2\,(\hat y_i - y_i)}{n}$$
#
# **Worked numbers.** Two days, errors −1 and +3. The gradient is $2 \cdot (-1) / 2 = -1$ and $2 \cdot 3 / 2 = 3$. The minus says: raise
# the first guess and the loss falls. The 3 says: raise the second and the loss grows, three times as fast.
#
# **Predict first.** Raise the second guess by 0.01, from 8 to 8.01. By about how much will the loss grow?

# %% tags=["demo"]
before = np.mean((np.array([2.0, 8.0]) - np.array([3.0, 5.0])) ** 2)
after = np.mean((np.array([2.0, 8.01]) - np.array([3.0, 5.0])) ** 2)
print(f"loss before {before:.5f}, after {after:.5f}")
print(f"grown by {after - before:.5f}, about 3 times 0.01")


# %% [markdown]
# ### Exercise 2: the gradient of the squared error
#
# ★☆☆ · 6 minutes · 2 points
#
# Write `mse_gradient(y_true, y_pred)`: the slope for each prediction, in the shape of `y_pred`. The arrays may have any shape.
#
# <details><summary>Hint 1: a nudge</summary>
#
# There is no mean to take here. The dividing that the mean does is already in the formula.
# </details>
# <details><summary>Hint 2: how many</summary>
#
# $n$ is how many numbers the array holds, in all rows and columns: `y_pred.size`.
# </details>
# <details><summary>Hint 3: almost there</summary>
#
# Return `2 * (…) / y_pred.size`.
# </details>


# %% nbgrader={"grade": false, "grade_id": "mse-gradient-answer", "locked": false, "schema_version": 3, "solution": true}
def mse_gradient(y_true, y_pred):
    """How fast the mean squared error grows when each prediction is raised."""
    ### BEGIN SOLUTION
    return 2 * (y_pred - y_true) / y_pred.size
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "mse-gradient", "locked": true, "points": 2, "schema_version": 3, "solution": false}
lesson.check("mse-gradient")
### BEGIN HIDDEN TESTS
lesson.grade("mse-gradient")
### END HIDDEN TESTS

# %% [markdown]
# **Now use it.** Two tests of your two functions. First: nudge each prediction up and down and measure the slope, as above. It should agree with the
# formula. Then: go a few steps *against* the gradient, and see the loss fall. That is lesson 05 in one line.

# %% tags=["demo"]
your_mse, your_mse_gradient = lesson.yours("mse"), lesson.yours("mse-gradient")
y, p = np.array([3.0, 5.0, 4.0, 7.0]), np.array([2.0, 8.0, 4.5, 6.0])
print("formula: ", your_mse_gradient(y, p))
print("measured:", nn.numerical_gradient(lambda guess: your_mse(y, guess), p).round(6))
for step in range(5):
    print(f"step {step}: loss {your_mse(y, p):.4f}, guesses", p.round(3))
    p = p - your_mse_gradient(y, p)

# %% [markdown]
# ## 3. Surprise: bet on ten events
#
# **The idea.** Now the network does not guess an amount. It says *with probability 0.9 this mail is spam*. How wrong is that? It depends on
# how surprised you are by the truth. If it is spam: hardly. If it is not: very. Before the formula, take the place of the network yourself.
#
# **The game.** Here are ten events. How probable is each of them? Say it in per cent, from 1 to 99.
#
# 1. Five coins all fall on the same side.
# 2. A die shows a six.
# 3. Of ten coins exactly five show heads.
# 4. A card from a deck of 52 is an ace, a king, a queen or a jack.
# 5. Of three dice at least one shows a six.
# 6. Among 23 people two have the same birthday.
# 7. Two dice show 7 or more together.
# 8. Two cards from the deck have different suits.
# 9. Among five people two were born on the same day of the week.
# 10. Two dice do not both show a six.
#
# **The price.** Then chance decides. For each event you pay by your surprise: the less probability you had given to what then happened, the more you pay.
#
# | probability given to what happened | price |
# |---|---|
# | 1 | 0 |
# | 0.9 | 0.105 |
# | 0.75 | 0.288 |
# | 0.5 | 0.693 |
# | 0.25 | 1.386 |
# | 0.1 | 2.303 |
# | 0.01 | 4.605 |
# | 0 | without limit |
#
# **Worked numbers.** You say 75 % for event 8. The suits differ: you had given 0.75 to that, and pay 0.288. The suits are the same: you had given only 0.25 to that, and
# pay 1.386.
#
# **Predict first.** The ten events come a thousand times. Is it better to say what you believe, or to be careful, or to be bold?

# %% tags=["demo"]
lesson.predict("who-pays-least")

# %% [markdown]
# Now play: move the ten sliders, then press the button. (By keyboard: Tab goes to a slider, the arrow keys move it. No sliders? Write ten numbers, such as
# `bets(50, 20, 50, 30, 50, 10, 60, 70, 40, 90)`, into the cell, and run it.)

# %% tags=["demo"]
bets()

# %% tags=["demo"]
paid = thousand_rounds(np.random.default_rng(4))
for person, price in paid.items():
    print(f"{person:24} pays {price:.3f} an event")
lesson.reveal("who-pays-least", paid)


# %% [markdown]
# In a single round luck decides, and a bold bet may win. In the long run nobody pays less than who says the true probability. Check it by hand for an event that comes three times in
# four. Of four tries, three come out *yes* and one *no*. With 0.9 the mean price is $(3 \cdot 0.105 + 2.303) / 4 = 0.655$.
#
# | you say | price if yes | price if no | on average |
# |---|---|---|---|
# | 0.5 | 0.693 | 0.693 | 0.693 |
# | 0.6 | 0.511 | 0.916 | 0.612 |
# | **0.75** | 0.288 | 1.386 | **0.562** |
# | 0.9 | 0.105 | 2.303 | 0.655 |
# | 0.99 | 0.010 | 4.605 | 1.159 |
#
# That is why networks are trained with this price: it pays to say what is true, neither more nor less.
#
# **The measure.** The price has a name, **surprise**, and a formula:
#
# $$-\log p \qquad\text{where } p \text{ is the probability that was given to what really happened.}$$
#
# `log` is the natural logarithm, `np.log`. To be sure and right costs nothing. To be sure and wrong costs without limit. Why the logarithm? Two independent
# surprises multiply their probabilities, and should *add* as costs: $-\log(p \cdot q) = -\log p - \log q$ (Shannon 1948).
#
# ## 4. Yes or no: the mean surprise
#
# **The idea.** In the game you paid ten times. The mean of the ten prices is a loss: one number that says how wrong your ten probabilities were. For a network it is the same, with
# a label for each example in place of the chance.
#
# **The formula.** With label $y = 1$ for yes and $y = 0$ for no, and $p$ the probability of yes, the mean surprise is the **binary
# cross-entropy**:
#
# $$-\frac{1}{N} \sum_i \bigl[\, y_i \log p_i + (1 - y_i) \log (1 - p_i) \,\bigr]$$
#
# It looks long, but of its two parts one is always multiplied by 0. Label 1 leaves $-\log p$, label 0 leaves $-\log(1-p)$.
#
# **Worked numbers.** Label 1 with $p = 0.5$: $-\log 0.5 = 0.693$. Label 0 with $p = 0.75$: $-\log 0.25 = 1.386$. The mean is 1.040.

# %% [markdown]
# ### Exercise 3: the mean surprise
#
# ★☆☆ · 6 minutes · 2 points
#
# Write `mean_surprise(y, p)`, the formula above. `y` holds labels 0 and 1. `p` has the same shape, any shape, and holds the probabilities of yes. All of
# them lie between 0 and 1, none is exactly 0 or 1. Return a single number, the mean over all.
#
# <details><summary>Hint 1: a nudge</summary>
#
# Two logs for every example. The label decides which of them counts.
# </details>
# <details><summary>Hint 2: in NumPy</summary>
#
# `np.log(p)` takes the log of each number, and `y * …` works number by number, too. The mean, with a minus in front, comes last.
# </details>
# <details><summary>Hint 3: almost there</summary>
#
# Return `-np.mean(y * … + (1 - y) * …)`.
# </details>


# %% nbgrader={"grade": false, "grade_id": "mean-surprise-answer", "locked": false, "schema_version": 3, "solution": true}
def mean_surprise(y, p):
    """The mean surprise at the labels y (0 or 1), given the probabilities p of yes."""
    ### BEGIN SOLUTION
    return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "mean-surprise", "locked": true, "points": 2, "schema_version": 3, "solution": false}
lesson.check("mean-surprise")
### BEGIN HIDDEN TESTS
lesson.grade("mean-surprise")
### END HIDDEN TESTS

# %% [markdown]
# ### How hard does it push?
#
# **The picture.** The truth is *yes*. Slide the probability that the network gives to yes. On the left you see the loss. On the right you see
# the **push** on the score $z$ before the sigmoid: the gradient with its sign turned round, so that up means *raise the score*.
#
# **Predict first.** The network is sure and wrong: $p = 0.01$. It should be pushed hard. Which of the two losses does so?

# %% tags=["demo"]
# @title Loss and push of both losses, with a slider
chance = np.linspace(0.002, 0.998, 400)
LOSS_AND_PUSH = {
    "cross-entropy": (lambda p: -np.log(p), lambda p: 1 - p),
    "squared error": (lambda p: (1 - p) ** 2, lambda p: 2 * (1 - p) * p * (1 - p)),
}


def certainty(p):
    """Loss and push of both losses when the truth is yes and the network says p."""
    figure, axes = plots.figure(1, 2, (10, 3.6))
    told = []
    for number, (name, (loss, push)) in enumerate(LOSS_AND_PUSH.items()):
        for axis, f in [(axes[0], loss), (axes[1], push)]:
            axis.plot(chance, f(chance), label=f"{name}: {f(p):.3f}", **plots.line(number))
            axis.plot(p, f(p), markersize=9, **plots.points(number))
        told.append(f"{name} has the loss {loss(p):.3f} and the push {push(p):.3f}")
    for axis, title in [(axes[0], "loss"), (axes[1], "push on the score z")]:
        axis.axvline(p, color="#888", linewidth=0.8)
        axis.set(title=f"{title} at p = {p:g}", xlabel="probability given to yes")
        axis.legend()
    axes[0].set(ylim=(-0.1, 5))
    axes[1].set(ylim=(-0.03, 1.05))
    return figure, f"The truth is yes and the network says p = {p:g}: {'; '.join(told)}."


plots.explore(certainty, p=(0.01, 0.99, 0.01, 0.01))

# %% [markdown]
# At $p = 0.01$ the cross-entropy pushes with 0.99, almost full force. The squared error pushes with 0.02, fifty times less. The reason is the
# slope of the sigmoid (lesson 02): far out it is nearly 0, and the squared error has to pass through it. With the cross-entropy
# the slope cancels. **A network that is sure and wrong learns quickly from cross-entropy, and hardly at all from squared error.**
#
# ## 5. From the score, not from the probability
#
# **The idea.** Your function needs a $p$ that is neither 0 nor 1. What if a network is so sure that the float can no longer tell its $p$ from 1?
#
# **Predict first.** A network gives the score $z = 40$, and the label is 0. It is sure and wrong; the loss should be large, namely 40.
# What will the formula say?

# %% tags=["demo"]
lesson.predict("score-40")

# %% tags=["demo"]
p = 1 / (1 + np.exp(-40.0))
print("p =", p, "  exactly 1?", p == 1)
with np.errstate(divide="ignore"):
    loss = -np.log(1 - p)
    print("-log(1 - p) =", loss)
print("a common repair, -log(1 - p + 1e-7) =", -np.log(1 - p + 1e-7))
lesson.reveal("score-40", loss)

# %% [markdown]
# The sigmoid of 40 differs from 1 by $4 \cdot 10^{-18}$, too little for a float. So $1 - p$ is 0, and the log of 0 is `-inf`. Many programs add a tiny
# number to get rid of the `inf`. That is quiet, but is it right? Here it says 16.1 instead of 40, and it is off in less
# extreme cases too. The next cell measures by how much, on 1,000 examples with ten classes and random scores.

# %% tags=["demo"]
rng = np.random.default_rng(1)
labels = rng.integers(0, 10, size=1000)
print("spread of the scores   exact loss   with + 1e-7   wrong by")
for spread in (1, 3, 5, 9):
    scores = spread * rng.normal(size=(1000, 10))
    exact = nn.sparse_categorical_crossentropy(labels, scores, from_logits=True)
    repaired = -np.log(nn.softmax(scores)[np.arange(1000), labels] + 1e-7).mean()
    print(f"{spread:20d}   {exact:10.4f}   {repaired:11.4f}   {(exact - repaired) / exact:.4%}")


# %% [markdown]
# **The cure** is to go from the score $z$ straight to the loss, without ever computing $p$. Such a score is called a **logit**. Put
# $p = 1/(1 + e^{-z})$ into $-\log p$, and it becomes short:
#
# - label 1: $\;-\log p = \log(1 + e^{-z})$
# - label 0: $\;-\log(1 - p) = \log(1 + e^{z})$
#
# In both cases it is $\log(1 + e^{a})$, where $a$ is the score that speaks *against* the label: $-z$ or $z$. One danger is left: $e^{a}$ overflows
# for $a$ above 709. But for large $a$, $\log(1 + e^a)$ is nearly $a$ itself. Take it out:
#
# $$\log(1 + e^{a}) = \max(a, 0) + \log(1 + e^{-|a|})$$
#
# Now no exponent is ever above 0. For both labels in one line, since $\max(-z, 0) = \max(z, 0) - z$:
#
# $$\text{loss} = \max(z, 0) - z\,y + \log(1 + e^{-|z|})$$
#
# **Worked numbers.** $z = 0$, label 1: $0 - 0 + \log 2 = 0.693$. $z = 40$, label 0: $40 - 0 + \log(1 + e^{-40}) = 40$.

# %% [markdown]
# ### Exercise 4: binary cross-entropy from logits
#
# ★★☆ · 12 minutes · 3 points
#
# Write `binary_crossentropy(y, z)`. `y` holds labels 0 and 1, `z` the logits, in the same shape, which may be any shape. Return the mean loss, one number.
# It must be right up to rounding, without overflow, for logits of any size, however far from 0: wrong by about $10^{-16}$ at most
# where the loss is below 1, and by about $10^{-16}$ of itself where it is larger.
#
# <details><summary>Hint 1: a nudge</summary>
#
# There is no sigmoid and no `p` in the last formula. There need be none in your function.
# </details>
# <details><summary>Hint 2: the functions to look up</summary>
#
# `np.maximum(z, 0)`, `np.abs(z)`, `np.exp`, and `np.log1p(a)` for $\log(1 + a)$. Then the mean over all examples. (`np.log(1 + a)` will
# do here too. `log1p` is the finer tool: $1 + 4 \cdot 10^{-18}$ is rounded to 1, whose log is 0, and `np.log1p` of $4 \cdot 10^{-18}$ is $4 \cdot 10^{-18}$.)
# </details>
# <details><summary>Hint 3: almost there</summary>
#
# Return `np.mean(np.maximum(…) - z * … + np.log1p(np.exp(-…)))`.
# </details>


# %% nbgrader={"grade": false, "grade_id": "binary-crossentropy-answer", "locked": false, "schema_version": 3, "solution": true}
def binary_crossentropy(y, z):
    """The mean surprise at the labels y (0 or 1), given logits z."""
    ### BEGIN SOLUTION
    return np.mean(np.maximum(z, 0) - z * y + np.log1p(np.exp(-np.abs(z))))
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "binary-crossentropy", "locked": true, "points": 3, "schema_version": 3, "solution": false}
lesson.check("binary-crossentropy")
### BEGIN HIDDEN TESTS
lesson.grade("binary-crossentropy")
### END HIDDEN TESTS

# %% [markdown]
# **Now use it** on four mails. The scores 5 and −5 are the sigmoid figures of lesson 02: probabilities of .99 and .01.

# %% tags=["demo"]
your_bce = lesson.yours("binary-crossentropy")
print("score   says spam   truth   loss")
for z, y in [(5.0, 1.0), (5.0, 0.0), (-5.0, 1.0), (0.0, 1.0)]:
    loss = your_bce(np.array([y]), np.array([z]))
    print(f"{z:5.0f}   {nn.sigmoid(z):9.2f}   {'spam' if y else 'ham':5}   {loss:.4f}")

# %% [markdown]
# ## 6. One of several: categorical cross-entropy
#
# **The idea.** Ten digits, one is right. Softmax gives each a share, and the loss is once more the surprise: minus the log of the share that the
# *true* class got. How the other classes divide up the rest makes no difference.
#
# **Two ways to write a label.** A digit 2 among four classes can be written
#
# - as a class number, **2**: a *sparse* label, or
# - as a row with a single one, **(0, 0, 1, 0)**: a *one-hot* label.
#
# For one-hot labels the formula is a sum over the classes, but all parts except one are multiplied by 0:
#
# $$-\sum_k y_k \log p_k = -\log p_{\text{label}}$$
#
# The left side is called **categorical** cross-entropy, the right side **sparse categorical** cross-entropy. They are the same number. Sparse labels save
# memory. A row can say more: (0.7, 0.3), *70 % cat, 30 % dog*. Then it is no longer one-hot; it is called a **soft** label.
#
# **Worked numbers.** Scores 2.0, 1.0, 0.1 have the softmax .66, .24, .10, or with one more place .659, .242, .099. If the first class is
# true, the loss is $-\log .659 = 0.417$. If the last is true, it is $-\log .0986 = 2.317$.

# %% tags=["demo"]
scores = np.array([[2.0, 1.0, 0.1]])
shares = nn.softmax(scores)
one_hot = np.array([[1.0, 0.0, 0.0]])
print("shares:                   ", shares.round(4))
print("one-hot, sum over classes:", -(one_hot * np.log(shares)).sum())
print("sparse, share of label 0: ", -np.log(shares[0, 0]))
print("a network that knows nothing about 10 classes: -log(1/10) =", -np.log(1 / 10))

# %% [markdown]
# **Keep that last number in mind.** An untrained network with ten classes should start near a loss of 2.30. If yours starts at 15, its
# first scores are far too large. If it starts near 0, its weights are not new, or the loss or the labels are not those that you think.
#
# **Straight from the scores again.** With $m$ the largest score of the row (lesson 02), take the log on paper:
#
# $$\log p_k = \log \frac{e^{z_k - m}}{\sum_j e^{z_j - m}} = (z_k - m) - \log \sum_j e^{z_j - m}$$
#
# Nothing can overflow, since no exponent is above 0. And the log never meets a 0: one of the exponentials in the sum is $e^0 = 1$.
#
# **Pick one number from each row.** `log_p[np.arange(N), labels]` takes row 0 at column `labels[0]`, row 1 at column `labels[1]`, and so on.
#
# **Predict first.** What would `log_p[:, labels]` give instead? How many numbers?

# %% tags=["demo"]
table = np.array([[0.1, 0.2, 0.3], [1.1, 1.2, 1.3]])
picked = np.array([2, 0])
print("table[np.arange(2), picked] =", table[np.arange(2), picked])
print("table[:, picked] =", table[:, picked].tolist())


# %% [markdown]
# ### Exercise 5: sparse categorical cross-entropy from logits
#
# ★★★ · 15 minutes · 3 points
#
# Write `sparse_crossentropy(labels, z)`. `labels` has shape `(N,)` and holds class numbers, `z` has shape `(N, K)` and holds scores. Return
# the mean loss, exact for scores of any size: also for a row of thousands beside a row of small scores, and for a row with both.
#
# <details><summary>Hint 1: a nudge</summary>
#
# Three steps: shift every row by its largest score, turn the rows into `log_p`, pick the true class of each row. You need no
# softmax.
# </details>
# <details><summary>Hint 2: rows, not the whole table</summary>
#
# `z.max(axis=1, keepdims=True)` is the largest score of each row, shape `(N, 1)`. The sum of the exponentials needs the same two words.
# </details>
# <details><summary>Hint 3: pseudo-code</summary>
#
# `shifted ← z − row maximum`, `log_p ← shifted − log(row sum of exp(shifted))`, return minus the mean of
# `log_p[np.arange(len(labels)), labels]`.
# </details>


# %% nbgrader={"grade": false, "grade_id": "sparse-crossentropy-answer", "locked": false, "schema_version": 3, "solution": true}
def sparse_crossentropy(labels, z):
    """The mean surprise at the class numbers in labels, given a row of scores for each."""
    ### BEGIN SOLUTION
    shifted = z - z.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return -np.mean(log_p[np.arange(len(labels)), labels])
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "sparse-crossentropy", "locked": true, "points": 3, "schema_version": 3, "solution": false}
lesson.check("sparse-crossentropy")
### BEGIN HIDDEN TESTS
lesson.grade("sparse-crossentropy")
### END HIDDEN TESTS

# %% [markdown]
# ## 7. Prediction minus truth
#
# **The idea.** You have seen in the picture that the push of the cross-entropy is $1 - p$ when the truth is yes. That is no accident. Follow the
# chain for label 1:
#
# - the loss $-\log p$ has the slope $-1/p$,
# - the sigmoid has the slope $p\,(1 - p)$,
# - together: $-\frac{1}{p} \cdot p\,(1-p) = -(1 - p) = p - 1$.
#
# For label 0 the same steps give $p - 0$. In both cases the slope with respect to the score is
#
# $$\textbf{prediction minus truth:}\qquad \frac{\partial\, \text{loss}}{\partial z} = p - y$$
#
# **And for softmax?** The same again, for a whole row: $p - y$, with the one-hot row $y$. The exponential and the logarithm cancel there
# as well. The mean over $N$ examples divides by $N$:
#
# $$\frac{p - y}{N}, \qquad p = \begin{cases}\operatorname{sigmoid}(z) & \text{one column: yes or no}\\ \operatorname{softmax}(z) & \text{several columns: one of several}\end{cases}$$
#
# Several columns mean *one* choice here. Several separate yes-or-no questions, each with a sigmoid of its own, come in section 8.
#
# **Worked numbers.** Scores $0, 0, \log 2$ have the shares ¼, ¼, ½. The second class is true: $y = (0, 1, 0)$. The gradient is
# $(¼, -¾, ½)$: pull the true class up, push the others down, each by as much as it got too much. The three numbers sum to 0.
#
# **Predict first.** When is this gradient 0, so that nothing is left to learn?

# %% [markdown]
# ### Exercise 6: the gradient of cross-entropy
#
# ★★☆ · 12 minutes · 3 points
#
# Write `crossentropy_gradient(y, z)`. `z` has shape `(N, K)` and holds scores, `y` has the same shape and holds the truth. If there is a single column, it
# is a yes-or-no question: use the sigmoid. If there are several, each row is one choice among them: use softmax. Return
# prediction minus truth, divided by the number of examples. It must work for scores of any size: large and small ones, in one row or in
# different rows.
#
# <details><summary>Hint 1: a nudge</summary>
#
# The two cases differ only in how `z` becomes `p`. After that it is the same line.
# </details>
# <details><summary>Hint 2: which case is it?</summary>
#
# `z.shape[1]` is the number of columns, `len(z)` the number of examples.
# </details>
# <details><summary>Hint 3: pseudo-code</summary>
#
# If there is one column: `p ← 1 / (1 + exp(−z))`. Otherwise: `e ← exp(z − row maximum)`, `p ← e / row sum of e`. Return `(p − y) / N`.
# </details>


# %% nbgrader={"grade": false, "grade_id": "crossentropy-gradient-answer", "locked": false, "schema_version": 3, "solution": true}
def crossentropy_gradient(y, z):
    """The slope of the mean cross-entropy for every score: prediction minus truth, over N."""
    ### BEGIN SOLUTION
    if z.shape[1] == 1:
        p = 1 / (1 + np.exp(-z))
    else:
        e = np.exp(z - z.max(axis=1, keepdims=True))
        p = e / e.sum(axis=1, keepdims=True)
    return (p - y) / len(z)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "crossentropy-gradient", "locked": true, "points": 3, "schema_version": 3, "solution": false}
lesson.check("crossentropy-gradient")
### BEGIN HIDDEN TESTS
lesson.grade("crossentropy-gradient")
### END HIDDEN TESTS

# %% [markdown]
# **Now use it.** First the test that every gradient has to pass: nudge the scores and measure, with *your* losses from exercises 4 and 5.

# %% tags=["demo"]
# @title Your formulas beside the measured slopes
your_gradient, your_sparse = lesson.yours("crossentropy-gradient"), lesson.yours("sparse-crossentropy")
rng = np.random.default_rng(4)
z_two, y_two = rng.normal(size=(3, 1)), np.array([[1.0], [0.0], [1.0]])
z_many, y_many = rng.normal(size=(2, 3)), np.array([2, 0])
slopes_two = nn.numerical_gradient(lambda z: your_bce(y_two, z), z_two)
slopes_many = nn.numerical_gradient(lambda z: your_sparse(y_many, z), z_many)
pairs = [
    ("yes or no", your_gradient(y_two, z_two), slopes_two),
    ("one of three", your_gradient(np.eye(3)[y_many], z_many), slopes_many),
]
for name, formula, measured in pairs:
    print(f"{name}, formula: ", formula.ravel().round(4))
    print(f"{name}, measured:", measured.ravel().round(4))

# %% [markdown]
# The gradient is 0 only where the prediction equals the truth; a share of 0.99 still leaves a push of 0.01.
#
# Then a race. A neuron starts sure and wrong, at the score −5, and the truth is yes. Each step moves the score against the gradient: on one track that of
# your cross-entropy, on the other that of the squared error.

# %% tags=["demo"]
# @title The race of cross-entropy and squared error
steps, truth = 60, np.array([[1.0]])
tracks = {"cross-entropy": [-5.0], "squared error": [-5.0]}
for _ in range(steps):
    z = np.array([[tracks["cross-entropy"][-1]]])
    tracks["cross-entropy"].append((z - your_gradient(truth, z)).item())
    z = np.array([[tracks["squared error"][-1]]])
    p = nn.sigmoid(z)
    tracks["squared error"].append((z - your_mse_gradient(truth, p) * p * (1 - p)).item())

figure, axis = plots.figure(1, 1, (7, 3.4))
for number, (name, scores) in enumerate(tracks.items()):
    axis.plot(nn.sigmoid(np.array(scores)), label=name, **plots.line(number))
    above = sum(score > 0 for score in scores)
    print(f"{name}: p = {nn.sigmoid(scores[-1]):.3f} at the end, above one half in {above} of {steps} steps")
axis.set(xlabel="step", ylabel="probability given to yes", ylim=(0, 1))
axis.legend(loc="center right")
plots.show(
    figure,
    "The probability of yes over 60 steps. With cross-entropy it rises above one half within "
    "the first steps and approaches 1. With squared error it stays near 0 all the time.",
)

# %% [markdown]
# ## 8. Which loss where?
#
# Ask two questions. *What does the network say:* an amount, one probability, several separate probabilities, or shares of one whole? *How are the
# labels written?*
#
# | the output says | activation | loss | Keras calls it |
# |---|---|---|---|
# | an amount | none | squared error | `mse` |
# | yes or no, once or several times | sigmoid | binary cross-entropy | `binary_crossentropy` |
# | one of several, labels as class numbers | softmax | sparse categorical cross-entropy | `sparse_categorical_crossentropy` |
# | one of several, labels as one-hot rows | softmax | categorical cross-entropy | `categorical_crossentropy` |
#
# ### Exercise 7: choose
#
# ★★☆ · 5 minutes · 2 points
#
# Write one of the four words of the last column for each situation.
#
# - `flat_rent`: a network predicts the rent of a flat in euros.
# - `spam_or_not`: a mail is spam (1) or not (0).
# - `digit_as_number`: a digit from 0 to 9 in an image; the label of a seven is `7`.
# - `flower_as_one_hot`: one of three kinds of flowers; the label of the second kind is `[0, 1, 0]`.
# - `tags_of_a_photo`: which of *beach*, *night*, *dog* apply to a photo; all three may apply, or none. A label is a row such as `[1, 1, 0]`.
#
# <details><summary>Hint 1: amounts</summary>
#
# Is it meaningful to be *a little* wrong? Then it is an amount.
# </details>
# <details><summary>Hint 2: one choice, or many questions?</summary>
#
# If exactly one answer is true, the shares sum to 1. If each answer can be true by itself, there are several yes-or-no questions, each with a sigmoid
# of its own.
# </details>

# %% nbgrader={"grade": false, "grade_id": "choose-loss-answer", "locked": false, "schema_version": 3, "solution": true}
flat_rent = ...
spam_or_not = ...
digit_as_number = ...
flower_as_one_hot = ...
tags_of_a_photo = ...
### BEGIN SOLUTION
flat_rent = "mse"
spam_or_not = "binary_crossentropy"
digit_as_number = "sparse_categorical_crossentropy"
flower_as_one_hot = "categorical_crossentropy"
tags_of_a_photo = "binary_crossentropy"
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "choose-loss", "locked": true, "points": 2, "schema_version": 3, "solution": false}
lesson.check("choose-loss")
### BEGIN HIDDEN TESTS
lesson.grade("choose-loss")
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
# - A loss is one number for a whole batch. Smaller is better. With certain labels 0 is perfect; with a soft label such as 70 % cat, 30 % dog not even
#   the best prediction, .7 and .3, gets below 0.611.
# - Squared error for amounts. Cross-entropy, the mean surprise, for classes.
# - Go from the scores straight to the cross-entropy. A tiny number added inside the log makes it quiet and wrong.
# - The gradient of cross-entropy with respect to the scores is *prediction minus truth*. It does not vanish when the network is sure and wrong.
# - A network that knows nothing about $K$ classes has the loss $\log K$.
#
# | loss | formula for one example | gradient |
# |---|---|---|
# | mean squared error | $(\hat y - y)^2$ | $2(\hat y - y)$ |
# | binary cross-entropy from a logit | $\max(z, 0) - z y + \log(1 + e^{-\lvert z \rvert})$ | $\operatorname{sigmoid}(z) - y$ |
# | categorical cross-entropy from logits | $-\sum_k y_k \log p_k$ | $\operatorname{softmax}(z) - y$ |
# | sparse categorical cross-entropy | $-\log p_{\text{label}}$ | the same, with $y$ one-hot |
# | log of a share | $\log p_k = (z_k - m) - \log \sum_j e^{z_j - m}$ | |
#
# The mean over the batch divides each gradient by $N$ (by the number of all entries for the squared error).
#
# ## If something goes wrong
#
# | you see | it means | do |
# |---|---|---|
# | `nan` or `inf` | the log of 0, or an exponential that overflowed | use the form that starts from the scores |
# | a loss that is far too large for good predictions | `(N,)` against `(N, 1)`: all were compared with all | print both `.shape`s |
# | a negative cross-entropy | the minus in front is missing | the log of a probability is never above 0 |
# | `IndexError: index 3 is out of bounds` | a label is not one of 0 … K−1 | do your labels count from 1? |
# | a loss that grows with the batch | a sum instead of a mean | `np.mean` |
# | "not found. Run the cell above" | the answer cell has not run since the kernel started | run it, then the check |
#
# ## Sources
#
# - C. Shannon: *A Mathematical Theory of Communication*, Bell System Technical Journal 1948 (surprise and its logarithm).
# - I. Goodfellow, Y. Bengio, A. Courville: *Deep Learning*, MIT Press 2016, chapter 6.2 (why cross-entropy and not squared error).
# - J. Bridle: *Probabilistic Interpretation of Feedforward Classification Network Outputs*, 1990 (softmax with cross-entropy).
# - Keras documentation, *Losses* (names, `from_logits`).
