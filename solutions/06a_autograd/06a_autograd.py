# ---
# jupyter:
#   course:
#     lesson: 06a_autograd
#     profile: tensorflow
#     trains: false
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Lesson 06a · Autograd in forty lines
#
# **Time:** 100–120 minutes · **Before this:** lessons 05 (gradient descent) and 06 (backpropagation) · **Points:** 16
#
# In lesson 06 you went back through a network by hand, one line for each step forward. Nobody does that for a network of fifty layers. In this lesson you build the
# machine that does it: numbers that remember where they came from, and a walk back through what they remember. It takes about forty lines, and the heart of TensorFlow and
# PyTorch works in the same way.
#
# **This lesson is optional.** Lesson 07 goes on from lesson 06, and no later lesson needs this one. Its points stand by themselves.
#
# After this lesson you can
#
# - **write** a number that remembers its parents and the slopes towards them,
# - **put** the values of a graph into an order in which none has its turn too early,
# - **write** the way back for *any* graph, and **check** it against what you found by hand,
# - **add** an operation of your own, and **train** a neuron with your machine,
# - **use** `tf.GradientTape`, and **say** what it records and why it sometimes answers `None`.

# %% nbgrader={"grade": false, "grade_id": "setup", "locked": true, "schema_version": 3, "solution": false}
import numpy as np

import course_utils
from course_utils import plots
from course_utils.lessons.lesson_06a_autograd import picture

lesson = course_utils.start("06a_autograd")

# %% [markdown]
# ## 1. A number that remembers
#
# **The idea.** What did you do in lesson 06, for every single step? You asked *where does this number come from?* and *how fast does it move when that one moves?* Then you
# multiplied. All of it follows from the way forward, so the way forward can write it down. We replace each number by a **value** that keeps four things:
#
# | name | what it is |
# |---|---|
# | `data` | the number itself |
# | `parents` | the values that it was computed from; none for a number that was given |
# | `slopes` | how fast it moves when each parent moves, in the same order: the *local slopes* of lesson 06 |
# | `grad` | how fast the last value moves when this one moves; 0 until somebody walks back |
#
# All values together, with a line from each parent to its child, are the **graph** of the computation.
#
# **The picture.** This is the graph of exercise 1 of lesson 06, $p = a \cdot b$, $q = a + c$, $L = p \cdot q$, after the way forward. In each circle stands a name and its
# number, at each line its slope.

# %% tags=["demo"]
plots.show(*picture.branching())


# %% [markdown]
# **Worked numbers.** With $a = 3$, $b = 2$, $c = 1$:
#
# | value | `data` | `parents` | `slopes` | why |
# |---|---|---|---|---|
# | $a$ | 3 | none | none | it was given |
# | $p = a \cdot b$ | 6 | $a$, $b$ | 2, 3 | a product moves by the *other* factor |
# | $q = a + c$ | 4 | $a$, $c$ | 1, 1 | a sum moves by as much as its parent |
# | $L = p \cdot q$ | 24 | $p$, $q$ | 4, 6 | the other factor again |
#
# **Predict first.** What are the parents and the slopes of $a \cdot a$, with $a = 3$?
#
# <details><summary>Compare</summary>
#
# Twice the same parent, $a$ and $a$, with the slopes 3 and 3. It is a product of two factors that happen to be one value.
# </details>
#
# **Some words of Python.**
#
# - A **class** is a plan for things of one kind. `Value(3.0)` makes one such thing, an **object**. The functions that stand inside a class are its **methods**.
# - Python calls the method `__init__` for each new object. There `self` is the new object, and `self.data = data` keeps the number in it. Whoever has the object `u` reads the
#   number as `u.data`.
# - For `u + v` Python calls `u.__add__(v)`, and for `u * v` it calls `u.__mul__(v)`. Inside, `self` is `u` and `other` is `v`. Their numbers are `self.data` and `other.data`.
# - `(x, y)` is a **tuple**, a list that cannot be changed.
#
# With `u = Value(3.0)` and `v = Value(2.0)`: when `u + v` is computed, `self.data` is 3 and `other.data` is 2, and the method returns a third object that holds 5.
#
# ### Exercise 1: a number that remembers
#
# ★★☆ · 12 minutes · 3 points
#
# `Value` is begun below. Write `__add__` and `__mul__`. Each returns a *new* `Value`: its number, its two parents as a tuple, `self` first, and its two slopes as a tuple
# of numbers. Both operands are values. Leave them as they are.
#
# <details><summary>Hint 1: a nudge</summary>
#
# What are the two parents, as objects? What does the table above say for the slopes of a sum, and of a product?
# </details>
# <details><summary>Hint 2: how a new value is made</summary>
#
# `Value(number, (first parent, second parent), (first slope, second slope))`. The parents are values, the slopes are numbers.
# </details>
# <details><summary>Hint 3: the sum</summary>
#
# The new value is `Value(self.data + other.data, (self, other), (1.0, 1.0))`. For the product, which slope belongs to `self`?
# </details>


# %% nbgrader={"grade": false, "grade_id": "value-answer", "locked": false, "schema_version": 3, "solution": true}
class Value:
    """A number that remembers what it was computed from."""

    def __init__(self, data, parents=(), slopes=()):
        """Keep the number, its parents and the slopes towards them."""
        self.data = data
        self.parents = parents
        self.slopes = slopes
        self.grad = 0.0

    def __add__(self, other):
        """self + other, as a new value."""
        ### BEGIN SOLUTION
        return Value(self.data + other.data, (self, other), (1.0, 1.0))
        ### END SOLUTION

    def __mul__(self, other):
        """self * other, as a new value."""
        ### BEGIN SOLUTION
        return Value(self.data * other.data, (self, other), (other.data, self.data))
        ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "value", "locked": true, "points": 3, "schema_version": 3, "solution": false}
lesson.check("value")
### BEGIN HIDDEN TESTS
lesson.grade("value")
### END HIDDEN TESTS

# %% [markdown]
# Look at what your values remember. Nothing was computed for the way back yet; it was only written down.

# %% tags=["demo"]
YourValue = lesson.yours("value")
a, b, c = YourValue(3.0), YourValue(2.0), YourValue(1.0)
p = a * b
q = a + c
L = p * q
names = {a: "a", b: "b", c: "c", p: "p", q: "q", L: "L"}
for value in (p, q, L):
    parents = [names[parent] for parent in value.parents]
    print(names[value], "=", value.data, "from", parents, "slopes", value.slopes)

# %% [markdown]
# ## 2. Whose turn is it?
#
# **The idea.** On the way back each value has one *turn*. In its turn it hands `grad · slope` to each of its parents. When may it have its turn? Not before all that it
# will ever receive has come in. So: **a value has its turn after every value that was computed from it.**
#
# **The picture.** $v = a \cdot b$, $w = v + a$, $L = v \cdot w$, with $a = 2$ and $b = 3$. Here $v$ leads to $L$ by two ways, a short one and a long one over $w$. Move the slider: each
# value that has had its turn is shaded.
#
# (No slider? The two pictures show the start and the end. Change the number in the last line of the folded cell, 0 to 5, and run it again.)

# %% tags=["demo"]
# @title The way back, turn by turn, with a slider
plots.show(*picture.two_ways(0))


def after(turns):
    """The graph after so many turns."""
    return picture.two_ways(int(turns))


plots.explore(after, turns=(0, 5, 1, 5))

# %% [markdown]
# **Worked numbers.** Forward: $v = 2 \cdot 3 = 6$, $w = 6 + 2 = 8$, $L = 6 \cdot 8 = 48$. $L$ is a product, so $v$ gets the other factor, 8, and $w$ gets 6. Back, the order L, w, v, b, a is right:
#
# | turn | comes in | hands on |
# |---|---|---|
# | L | 1 | 8 to $v$, 6 to $w$ |
# | w | 6 | $6 \cdot 1 = 6$ to $v$, $6 \cdot 1 = 6$ to $a$ |
# | v | $8 + 6 = 14$ | $14 \cdot 3 = 42$ to $a$, $14 \cdot 2 = 28$ to $b$ |
# | b | 28 | nothing: it has no parents |
# | a | $6 + 42 = 48$ | nothing |
#
# Is it true? $L = ab(ab + a)$. Raise $a$ from 2 to 2.001: $6.003 \cdot 8.004 = 48.048$ instead of 48. It grew by 0.048, and $0.048 / 0.001 = 48$.
#
# **Predict first.** Somebody takes the turns in the order L, **v, w**, a, b: after all, both are parents of $L$. What does $a$ end with?

# %% tags=["demo"]
lesson.predict("too-early")

# %% tags=["demo"]
# (who, to whom, slope), in the order in which it is handed on
handed = [("L", "v", 8), ("L", "w", 6), ("v", "a", 3), ("v", "b", 2), ("w", "v", 1), ("w", "a", 1)]
grad = {"L": 1, "v": 0, "w": 0, "a": 0, "b": 0}
for child, parent, slope in handed:
    grad[parent] += grad[child] * slope
    print(f"{child} hands {grad[child]} · {slope} to {parent}, which then has {grad[parent]}")
lesson.reveal("too-early", grad["a"])


# %% [markdown]
# No error, no warning, only a wrong gradient. So the order must be found by a rule.
#
# **The rule.** Think of it forward first: *a value may be written down when all its parents have been written down.* To write down $L$:
#
# - write down its first parent $v$: for that, first $a$, then $b$, then $v$ itself;
# - write down its second parent $w$: its parents $v$ and $a$ stand there already, so only $w$ itself;
# - then $L$ itself.
#
# That gives $a, b, v, w, L$. Read it from the end: $L, w, v, b, a$. Each value comes after all that was computed from it. Such a list is called a **topological order**.
# Most graphs have several; each of them will do.
#
# **A function that calls itself.** Call it `visit(value)`: it visits each parent of the value, and then writes down the value itself. To visit a parent it calls `visit` again. A function
# may do that. Python finishes the inner call first, then goes on with the outer one:
#
# | call | what happens | written down |
# |---|---|---|
# | `visit(L)` | calls `visit(v)` for its first parent, and waits | |
# | `visit(v)` | calls `visit(a)` for its first parent, and waits | |
# | `visit(a)` | no parents: writes down `a` and is finished | a |
# | `visit(v)` goes on | calls `visit(b)`, which is finished at once; then writes down `v` | a, b, v |
# | `visit(L)` goes on | calls `visit(w)`, whose parents stand there already; then writes down `L` | a, b, v, w, L |
#
# A function that is written inside another one may append to the lists of the outer one.
#
# ### Exercise 2: whose turn is it?
#
# ★★☆ · 15 minutes · 3 points
#
# Write `back_order(last)`. It returns a list of all values that `last` was computed from, however far back, and `last` itself. `last` stands first, each value stands there once,
# and none stands before a value that was computed from it. Two different values may hold the same number.
#
# When is it the same value? When it is the same *object*, whatever the number. `Value(3.0)` and another `Value(3.0)` are two different values, and both belong into the list. A **set**, which
# holds each thing once, sees it in the same way: it keeps both.
#
# <details><summary>Hint 1: a nudge</summary>
#
# Write the list forward, as in the rule, and turn it round at the end. How do you know that a value has been written down already?
# </details>
# <details><summary>Hint 2: a function within the function</summary>
#
# `visit(value)`: does nothing if the value has been seen; otherwise it visits each parent first, and appends the value itself last. A set `seen` can hold values:
# `if value not in seen: seen.add(value)`. Both, `seen` and the list, are made outside `visit`.
# </details>
# <details><summary>Hint 3: pseudo-code</summary>
#
# `order ← empty list`, `seen ← empty set`. To visit a value: if it is not in `seen`, add it, visit each of `value.parents`, then append it to `order`. Visit `last`. Return `order[::-1]`, the list from its end.
# </details>


# %% nbgrader={"grade": false, "grade_id": "back-order-answer", "locked": false, "schema_version": 3, "solution": true}
def back_order(last):
    """All values that lead to last, from last back to the given numbers, none too early."""
    ### BEGIN SOLUTION
    order, seen = [], set()

    def visit(value):
        if value not in seen:
            seen.add(value)
            for parent in value.parents:
                visit(parent)
            order.append(value)

    visit(last)
    return order[::-1]
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "back-order", "locked": true, "points": 3, "schema_version": 3, "solution": false}
lesson.check("back-order")
### BEGIN HIDDEN TESTS
lesson.grade("back-order")
### END HIDDEN TESTS

# %% [markdown]
# ## 3. The way back
#
# **The idea.** Now the way back is short. Three things, for any graph:
#
# 1. every gradient is set to 0, for a walk before this one may have left something;
# 2. the last value gets 1: if $L$ grows by 1, $L$ grows by 1;
# 3. in the order of the turns, each value hands `grad · slope` to each parent, where it is **added** to what is there.
#
# Why added? Two ways that meet are summed: that was *one more thing* in section 1 of lesson 06. Here it is one sign, `+=`.
#
# ### Exercise 3: every gradient in one run back
#
# ★★☆ · 12 minutes · 3 points
#
# Write `backward(last)`. It fills in `grad` of every value that leads to `last`, and returns nothing. Called twice on the same graph, it must give the same gradients twice. You may use your
# `back_order`; until it passes, the check puts the course's in its place.
#
# <details><summary>Hint 1: a nudge</summary>
#
# Two loops, both over the same order. What happens between them?
# </details>
# <details><summary>Hint 2: two lists side by side</summary>
#
# `for parent, slope in zip(value.parents, value.slopes):` goes through both at once.
# </details>
# <details><summary>Hint 3: pseudo-code</summary>
#
# `order ← back_order(last)`; every `grad ← 0.0`; `last.grad ← 1.0`; for each value in the order, for each of its parents with its slope: `parent.grad += value.grad · slope`.
# </details>


# %% nbgrader={"grade": false, "grade_id": "backward-answer", "locked": false, "schema_version": 3, "solution": true}
def backward(last):
    """Fill in the gradient of every value that leads to last."""
    ### BEGIN SOLUTION
    order = back_order(last)
    for value in order:
        value.grad = 0.0
    last.grad = 1.0
    for value in order:
        for parent, slope in zip(value.parents, value.slopes):
            parent.grad += value.grad * slope
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "backward", "locked": true, "points": 3, "schema_version": 3, "solution": false}
lesson.check("backward")
### BEGIN HIDDEN TESTS
lesson.grade("backward")
### END HIDDEN TESTS

# %% [markdown]
# **The scoreboard.** In exercise 1 of lesson 06 you found the gradients of this graph with pencil and paper: 4, 6, 14, 12 and 6. Does your machine agree?

# %% tags=["demo"]
your_backward = lesson.yours("backward")
a, b, c = YourValue(3.0), YourValue(2.0), YourValue(1.0)
p = a * b
q = a + c
L = p * q
your_backward(L)
for name, value, by_hand in (("p", p, 4), ("q", q, 6), ("a", a, 14), ("b", b, 12), ("c", c, 6)):
    sign = "✓" if value.grad == by_hand else "✗"
    print(f"{sign} d{name}: by machine {value.grad:g}, by hand {by_hand}")
plots.show(*picture.graph(L, {"a": a, "b": b, "c": c, "p": p, "q": q, "L": L}))


# %% [markdown]
# Nobody told the machine anything about *this* graph. You wrote two slopes for a plus and two for a product, and the walk does the rest. Try a
# graph of your own in a new cell, and check one gradient by moving its number by 0.001.
#
# ## 4. One more operation
#
# **The idea.** A network also bends. For that the machine needs one thing only: an operation that returns a value with its parent and its slope. The walk back stays as it is.
#
# **The formula.** $t = \tanh v$ has the slope $1 - t^2$ (the table at the end of lesson 06). It is flat far out, and steepest at 0.
#
# **Worked numbers.** Take $v = \log 3 \approx 1.0986$. Here `log` is the natural logarithm (the key *ln*), so $e^v = 3$ and $e^{-v} = 1/3$. As $\tanh v = (e^v - e^{-v}) / (e^v + e^{-v})$,
# it is $t = (3 - 1/3) / (3 + 1/3) = 2.667 / 3.333 = 0.8$, and the slope is $1 - 0.64 = 0.36$. For $v = 0$ it is $t = 0$, with the slope 1.
#
# ### Exercise 4: one more operation
#
# ★☆☆ · 6 minutes · 2 points
#
# Write `tanh(v)` for a `Value` v. It returns a new `Value`, with v as its only parent. `np.tanh` computes the number. Mind that a tuple of one thing has a comma: `(v,)`.
#
# <details><summary>Hint 1: a nudge</summary>
#
# The same three things as in `__add__`: the number, the parents, the slopes. Here there is one of each.
# </details>
# <details><summary>Hint 2: the number first</summary>
#
# `t = np.tanh(v.data)`. The slope is computed from `t`.
# </details>


# %% nbgrader={"grade": false, "grade_id": "tanh-answer", "locked": false, "schema_version": 3, "solution": true}
def tanh(v):
    """The tanh of a value, as a new value."""
    ### BEGIN SOLUTION
    t = np.tanh(v.data)
    return Value(t, (v,), (1 - t**2,))
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "tanh", "locked": true, "points": 2, "schema_version": 3, "solution": false}
lesson.check("tanh")
### BEGIN HIDDEN TESTS
lesson.grade("tanh")
### END HIDDEN TESTS

# %% [markdown]
# **A neuron and its loss.** With plus, times and tanh it is complete. Minus 1 is plus −1, and a square is a product: $e \cdot e$. The two inputs are 1 and 1, the target is 1.
#
# **Worked numbers.** The weights are 0.5 and −0.5, the bias is 0. Forward: $z = 0.5 \cdot 1 - 0.5 \cdot 1 + 0 = 0$, $h = \tanh 0 = 0$, $e = 0 - 1 = -1$, $L = (-1) \cdot (-1) = 1$.
#
# **Predict first.** $e$ is both factors of $L = e \cdot e$. With $e = -1$: what is its gradient, $-1$ or $-2$?

# %% tags=["demo"]
your_tanh = lesson.yours("tanh")
w1, w2, b, x1, x2 = (YourValue(number) for number in (0.5, -0.5, 0.0, 1.0, 1.0))
z = w1 * x1 + w2 * x2 + b
h = your_tanh(z)
e = h + YourValue(-1.0)
L = e * e
your_backward(L)
named = {"w1": w1, "w2": w2, "b": b, "x1": x1, "x2": x2, "z": z, "h": h, "e": e, "L": L}
plots.show(*picture.graph(L, named))


# %% [markdown]
# $-2$: both ways count, $-1$ and $-1$. From there on by hand: the plus hands $-2$ to $h$. The slope of tanh at 0 is 1, so $z$ gets $-2 \cdot 1 = -2$. The two pluses hand $-2$ on to
# each product and to `b`. In $w_1 \cdot x_1$ the other factor is $x_1 = 1$, so `w1` gets $-2 \cdot 1 = -2$: raise it, and the loss falls. (Your machine also gave the inputs a gradient. Nobody moves an input, but in a deeper network
# these are the outputs of the layer before.)
#
# You have now written about forty lines, and they are a complete **automatic differentiation**, for short **autograd**. This kind, which walks from the last value back, is called *reverse mode*.
#
# ## 5. Train with it
#
# **The idea.** The training loop of lesson 05: loss, gradients, step, repeat. Only, nobody writes a gradient any more. What is trained is `data` of some values, the **parameters**.
#
# One thing is new. The values remember the numbers and slopes of the moment in which they were made. When a parameter has moved, the old graph is out of date.
# So **each step builds the graph anew**. That is why `loss` below is a function: each call computes the loss from the parameters as they are now.
#
# **Worked numbers.** One weight and a bias, the point $x = 2$, $y = 6$: $L = e^2$ with $e = 2w + b - 6$. The start is $w = 1$, $b = 0$, the rate 0.05.
#
# | step | $e$ | loss | $dw = 2e \cdot 2$ | $db = 2e$ | new $w$ | new $b$ |
# |---|---|---|---|---|---|---|
# | 1 | −4 | 16 | −16 | −8 | $1 + 0.8 = 1.8$ | 0.4 |
# | 2 | −2 | 4 | −8 | −4 | 2.2 | 0.6 |
# | 3 | −1 | 1 | −4 | −2 | 2.4 | 0.7 |
#
# ### Exercise 5: train with it
#
# ★★☆ · 15 minutes · 3 points
#
# With values, the loss of the example is `e = w * Value(2.0) + b + Value(-6.0)` and then `e * e`. Bare numbers do not work there: both sides of a plus or a times must be values.
#
# Write `train(params, loss, steps, rate)`. `params` is a list of values. `loss()` computes the loss from them and returns a value. In each of the `steps` call it once, walk back, and move
# every parameter downhill, all by the gradients of this one walk. Change `data` of the parameters themselves. Return the list of the losses as numbers, each from *before* the step: `[16, 4, 1]` in the example.
#
# <details><summary>Hint 1: a nudge</summary>
#
# Four lines in a loop: a loss, its walk back, its number into the list, the moves. Which of your functions does the second?
# </details>
# <details><summary>Hint 2: a move</summary>
#
# Downhill is against the gradient: `p.data -= rate * p.grad`.
# </details>
# <details><summary>Hint 3: pseudo-code</summary>
#
# `losses ← empty list`; `steps` times: `last ← loss()`; `backward(last)`; append `last.data`; for each `p` in `params`: `p.data -= rate · p.grad`. Return `losses`.
# </details>


# %% nbgrader={"grade": false, "grade_id": "train-answer", "locked": false, "schema_version": 3, "solution": true}
def train(params, loss, steps, rate):
    """The losses on the way down; the parameters move."""
    ### BEGIN SOLUTION
    losses = []
    for _ in range(steps):
        last = loss()
        backward(last)
        losses.append(last.data)
        for p in params:
            p.data -= rate * p.grad
    return losses
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "train", "locked": true, "points": 3, "schema_version": 3, "solution": false}
lesson.check("train")
### BEGIN HIDDEN TESTS
lesson.grade("train")
### END HIDDEN TESTS

# %% [markdown]
# **A neuron learns AND.** Two inputs, each 0 or 1. The target is 1 when both are 1, otherwise −1. The loss is the sum of the four squared errors.
#
# In the second cell stands `lambda: and_loss(params)`. A `lambda` is a small function without a name, and behind the colon stands what it returns. Each call of this one computes
# `and_loss(params)` anew, with the parameters as they are then. `train` calls it as `loss()`.

# %% tags=["demo"]
AND = [(0.0, 0.0, -1.0), (0.0, 1.0, -1.0), (1.0, 0.0, -1.0), (1.0, 1.0, 1.0)]


def output(params, x1, x2):
    """The neuron: tanh(w1 x1 + w2 x2 + b)."""
    w1, w2, b = params
    return your_tanh(w1 * YourValue(x1) + w2 * YourValue(x2) + b)


def and_loss(params):
    """The sum of the squared errors over the four rows."""
    total = YourValue(0.0)
    for x1, x2, target in AND:
        e = output(params, x1, x2) + YourValue(-target)
        total = total + e * e
    return total


# %% tags=["demo"]
your_train = lesson.yours("train")
params = [YourValue(number) for number in (0.5, -0.5, 0.0)]
losses = your_train(params, lambda: and_loss(params), steps=40, rate=0.1)
print(f"{len(lesson.yours('back-order')(and_loss(params)))} values in the graph of one loss")
print("losses:", ", ".join(f"{loss:.2f}" for loss in (*losses[:5], losses[-1])))
for x1, x2, target in AND:
    print(f"{x1:g} and {x2:g}: output {output(params, x1, x2).data:5.2f}, target {target:2g}")

# %% [markdown]
# The sign of every output is right. For ten neurons in three layers only `output` and the list `params` would be longer. `and_loss`, `backward` and `train` stay as they are, and nobody
# derives anything.
#
# ### Break it: a graph that is out of date
#
# **Predict first.** It is slow to build the same graph again and again. So somebody builds it once, before the loop, and walks back through it 40 times.

# %% tags=["demo"]
lesson.predict("built-once")

# %% tags=["demo"]
params = [YourValue(number) for number in (0.5, -0.5, 0.0)]
built_once = and_loss(params)
true_losses = [and_loss(params).data]
for _ in range(40):
    your_backward(built_once)
    for p in params:
        p.data -= 0.1 * p.grad
    true_losses.append(and_loss(params).data)
print("the loss that the old graph still holds:", f"{built_once.data:.2f}")
print("the true loss:", ", ".join(f"{true_losses[k]:.2f}" for k in (0, 1, 2, 3, 5, 10, 40)))
print("w1, w2, b:", ", ".join(f"{p.data:.1f}" for p in params))
lesson.reveal("built-once", true_losses[0], true_losses[-1])

# %% [markdown]
# The true loss falls at first: 4.43, 3.47, 2.98, 2.92. Only then it rises. The first step is right: the graph is new. In the next two the old slopes
# still lead downhill, only no longer by the steepest way. Then the valley is passed, and each further step leads uphill.
#
# ## 6. The same with TensorFlow
#
# **The idea.** TensorFlow does what you did. While a **GradientTape** runs, it writes down every operation with its parents. `tape.gradient(loss, [w, b])` then walks back. The difference is
# the size of a node: your values are single numbers, and TensorFlow's are whole tensors. For one digit of lesson 07 your graph would need a value for each of the
# $784 \cdot 128 + 128 \cdot 10 = 101{,}632$ products, and about as many for the sums; TensorFlow records a handful of operations, such as one `matmul` a layer.
#
# Here is the graph of section 1 again. `tape.watch` says: *write down what is computed from these.*

# %%
from course_utils.environment import import_tensorflow

import_tensorflow()  # quietly
import tensorflow as tf

# %% tags=["demo"]
a, b, c = tf.constant(3.0), tf.constant(2.0), tf.constant(1.0)
with tf.GradientTape() as tape:
    tape.watch([a, b, c])
    L = (a * b) * (a + c)
print("da, db, dc:", [gradient.numpy().item() for gradient in tape.gradient(L, [a, b, c])])

# %% [markdown]
# 14, 12 and 6, as by hand and by your machine. Four things to know:
#
# - **A `tf.Variable` is watched by itself**, so the weights of a Keras model need no `watch`. A constant is not.
# - **`None` means: there is no way back from here to there.** It was not watched, or computed before the `with`, or a step between was computed by NumPy, which the tape cannot see.
#   NumPy *in the middle* of the way gives `None`. NumPy at one of its *ends*, as the loss or as what you ask for, gives an error.
# - **A tape is used up by its first `gradient`.** `tf.GradientTape(persistent=True)` may be asked several times.
# - **`tf.stop_gradient(x)`** is x on the way forward, and a wall on the way back.

# %% tags=["demo"]
v, k = tf.Variable(3.0), tf.constant(3.0)
with tf.GradientTape(persistent=True) as tape:
    square, unwatched, walled = v * v, k * k, v * tf.stop_gradient(v)
print("v · v, a variable:       ", tape.gradient(square, v).numpy())
print("k · k, a constant:       ", tape.gradient(unwatched, k))
print("v · stop_gradient(v):    ", tape.gradient(walled, v).numpy())


# %% [markdown]
# In the last line only one of the two ways is open, so 3 comes back and not 6.
#
# **Worked numbers for the exercise.** A neuron with $x = (2, 1)$, $w = (0.5, -1)$, $b = 0$ and the target 1: $z = 1 - 1 + 0 = 0$, $h = \tanh 0 = 0$, and the loss is $(0 - 1)^2 = 1$. Back: $dh = -2$; the
# slope of tanh at 0 is 1, so $dz = -2$. Then $dw = (-2 \cdot 2, -2 \cdot 1) = (-4, -2)$ and $db = -2$.
#
# ### Exercise 6: the same with GradientTape
#
# ★★☆ · 8 minutes · 2 points
#
# Write `tape_gradients(x, w, b, target)`. `x` and `w` are NumPy arrays of shape `(D,)`, `b` and `target` are NumPy numbers. Let TensorFlow compute the loss
# $(\tanh(\sum_d w_d x_d + b) - \text{target})^2$, and return its gradients `dw, db`, in this order, as TensorFlow gives them or as NumPy arrays.
#
# <details><summary>Hint 1: a nudge</summary>
#
# Arrays of NumPy cannot be watched. Make a `tf.Variable` of `w` and one of `b`, or constants that you watch.
# </details>
# <details><summary>Hint 2: the words for it</summary>
#
# `tf.reduce_sum`, `tf.tanh`, and `** 2`, all within the `with`.
# </details>
# <details><summary>Hint 3: the last line</summary>
#
# `return tape.gradient(loss, [w, b])` gives both, in the order in which you ask.
# </details>


# %% nbgrader={"grade": false, "grade_id": "tape-gradients-answer", "locked": false, "schema_version": 3, "solution": true}
def tape_gradients(x, w, b, target):
    """dw and db of the squared error of a tanh neuron, by a GradientTape."""
    ### BEGIN SOLUTION
    w, b = tf.Variable(w), tf.Variable(b)
    with tf.GradientTape() as tape:
        loss = (tf.tanh(tf.reduce_sum(w * x) + b) - target) ** 2
    return tape.gradient(loss, [w, b])
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "tape-gradients", "locked": true, "points": 2, "schema_version": 3, "solution": false}
lesson.check("tape-gradients")
### BEGIN HIDDEN TESTS
lesson.grade("tape-gradients")
### END HIDDEN TESTS

# %% [markdown]
# **Your machine and TensorFlow, side by side,** on a neuron with five random inputs:

# %% tags=["demo"]
rng = np.random.default_rng(6)
x, w, b = rng.normal(size=5), rng.normal(size=5), np.float64(0.3)
dw, db = lesson.yours("tape-gradients")(x, w, b, np.float64(1.0))

weights, bias = [YourValue(number) for number in w], YourValue(b)
z = bias
for weight, number in zip(weights, x):
    z = z + weight * YourValue(number)
e = your_tanh(z) + YourValue(-1.0)
your_backward(e * e)
print("TensorFlow:  ", np.round([*np.array(dw), float(db)], 6))
print("your machine:", np.round([*(weight.grad for weight in weights), bias.grad], 6))

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
# - A value remembers its number, its parents and its slopes. That is written down on the way forward.
# - A value has its turn after all that was computed from it: a topological order.
# - In its turn it adds gradient times slope to each parent. The last value begins with 1.
# - A new operation is a number, its parents, its slopes. The walk back never changes.
# - A graph is true for the numbers it was built with. Each step builds it anew.
# - `tf.GradientTape` does the same with tensors. `None` means that no way leads back.
#
# | operation | slopes |
# |---|---|
# | $u + v$ | 1, 1 |
# | $u \cdot v$ | $v$, $u$ |
# | $t = \tanh v$ | $1 - t^2$ |
# | $h = \operatorname{ReLU}(v)$ | 1 where $v > 0$, else 0 |
# | $y = e^v$ | $y$ |
# | $y = \log v$ | $1 / v$ |
#
# ## If something goes wrong
#
# | you see | it means | do |
# |---|---|---|
# | `'float' object has no attribute 'data'` | a value and a bare number were added or multiplied | `Value(1.0)` in place of `1.0` |
# | `unsupported operand type(s) for *: 'NoneType' and 'Value'` | `__add__` or `__mul__` returned nothing | a `return` |
# | `'numpy.float64' object is not iterable` | the slopes are a number, not a tuple | a comma: `(slope,)` |
# | `RecursionError` | a graph that is thousands of steps deep, and a `visit` that calls itself | a shorter graph; frameworks use a loop |
# | gradients that double at each call | they were not set to 0 | the first loop of `backward` |
# | `A non-persistent GradientTape can only be used to compute one set of gradients` | the tape was asked twice | ask for all at once, or `persistent=True` |
# | `object has no attribute '_id'` | an end of the way is of NumPy: the loss, or what it should be the slope for | `tf.tanh` and `tf.reduce_sum`, and a `tf.Variable` of each array |
# | "not found. Run the cell above" | the answer cell has not run since the kernel started | run it, then the check |
#
# ## Sources
#
# - R. Wengert: *A Simple Automatic Derivative Evaluation Program*, Communications of the ACM 1964 (values that carry their slopes, forward).
# - A. Griewank, A. Walther: *Evaluating Derivatives*, SIAM 2008 (reverse mode, and what it costs).
# - A. Baydin, B. Pearlmutter, A. Radul, J. Siskind: *Automatic Differentiation in Machine Learning: a Survey*, JMLR 2018.
# - A. Karpathy: *micrograd*, 2020 (the idea of teaching it with single numbers).
# - TensorFlow: *Introduction to gradients and automatic differentiation*, tensorflow.org/guide/autodiff.
