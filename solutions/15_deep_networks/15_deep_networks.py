# ---
# jupyter:
#   course:
#     lesson: 15_deep_networks
#     profile: numpy
#     trains: true
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Lesson 15 · Deep networks
#
# **Time:** 90–110 minutes · **Before this:** lessons 02, 06, 07 and 11 · **Points:** 20
#
# Here is a network of twenty layers that learns nothing at all. Its code is right, its data are good, and training it
# longer does not help. You will measure what is wrong, layer by layer, and then cure it in four ways.
#
# After this lesson you can
#
# - **measure** how long the gradient is at every layer of a network,
# - **choose** first weights that keep the signal alive, and **derive** the 2 in He's rule,
# - **write** a residual block, forward and backward, and **explain** why gradients get through it,
# - **limit** the length of a step by clipping,
# - **write** layer normalisation and **tell** it from batch normalisation,
# - **name** the cure for four common troubles of training.

# %% nbgrader={"grade": false, "grade_id": "setup", "locked": true, "schema_version": 3, "solution": false}
import numpy as np

import course_utils
from course_utils import nn, plots

lesson = course_utils.start("15_deep_networks")
mnist = course_utils.load_mnist()

# %% [markdown]
# **Do you remember?** Three questions from earlier lessons, a minute each, in your head or on paper. No points, and you may go on without them. What you miss comes back in the next lesson.

# %% tags=["demo"]
lesson.recall()

# %% [markdown]
# ## 1. A network that does not learn
#
# **The idea.** More layers can say more. So why not twenty? We take digits, 64 neurons in each hidden layer, and train
# two networks in the same way. One has 3 layers, the other has 20. Both use the sigmoid.
#
# **Predict first.** Someone who guesses among ten digits is right once in ten times, and the loss of even guesses is
# $\log 10 = 2.303$. Where will the network of 20 layers end?

# %% tags=["demo"]
lesson.predict("twenty-layers")

# %% tags=["demo"]
# @title Tools of this lesson: network(), train(), sigmoid_layer()
x_train, x_test = (x.reshape(len(x), -1)[:8000].astype("float32") / 255 for x in (mnist.x_train, mnist.x_test))
y_train, y_test = mnist.y_train[:8000], mnist.y_test[:8000]


def network(depth, hidden, first=None):
    """depth layers: a first one, depth - 2 made by hidden(), and a softmax over ten digits."""
    first = first or hidden
    return nn.Sequential([first(), *(hidden() for _ in range(depth - 2)), nn.Dense(10, "softmax")], seed=1)


def train(model, epochs=3, **clipping):
    """Train with plain gradient descent; the history of the losses, and the share of test digits read rightly."""
    model.compile(nn.SGD(0.05, **clipping), "sparse_categorical_crossentropy", ["accuracy"])
    with np.errstate(all="ignore"):
        history = model.fit(x_train, y_train, epochs=epochs, verbose=0).history["loss"]
        return history, model.evaluate(x_test, y_test)[1]


def sigmoid_layer():
    """64 neurons with the sigmoid and Keras's usual first weights."""
    return nn.Dense(64, "sigmoid")


# %% tags=["demo"]
runs = {}
for name, depth, epochs in [("3 layers", 3, 10), ("sigmoid", 20, 3)]:
    losses, accuracy = runs[name] = train(network(depth, sigmoid_layer), epochs)
    print(
        f"{depth:2d} layers: loss {losses[0]:.3f} → {losses[-1]:.3f} in {len(losses)} epochs, "
        f"{accuracy:.1%} of the test digits"
    )
lesson.reveal("twenty-layers", runs["3 layers"][1], runs["sigmoid"][1])


# %% [markdown]
# The network of 20 layers guesses. It has more weights than the small one, and yet it knows nothing. To see why, we follow
# the gradient on its way back.
#
# ## 2. How long is the gradient?
#
# **The idea.** Think of a rumour that is passed on by twenty people. If each tells only a tenth of it, the last one hears
# nothing. A gradient is passed on from the last layer to the first, and at each layer two things happen to it:
#
# $$dz = dy \cdot f'(z) \qquad\text{and then}\qquad dy_{\text{layer before}} = dz \, W^\top$$
#
# The **slope** $f'(z)$ of the activation multiplies it number by number. Then the **kernel** $W$ carries it to the layer
# before. We measure the length of $dz$: the square root of the sum of all its squares.
#
# **Worked numbers.** Three layers of one neuron, with kernels 5, 6, 0.5 and slopes 0.5, 0.25, 0.5. From the end comes $dy = 8$.
#
# | layer | $dy$ arrives | times slope: $dz$ | times kernel, to the layer before |
# |---|---|---|---|
# | 3 | 8 | 8 · 0.5 = **4** | 4 · 0.5 = 2 |
# | 2 | 2 | 2 · 0.25 = **0.5** | 0.5 · 6 = 3 |
# | 1 | 3 | 3 · 0.5 = **1.5** | (the input needs none) |
#
# Read from the first layer to the last, the lengths are 1.5, 0.5, 4.
#
# With several examples `dz` has a row for each, and its length goes over *all* rows together. Two examples, two layers of one neuron, all
# slopes 1, kernels 3 and 0.5. From the end come $dy = 6$ and $8$. At layer 2 $dz$ has the rows 6 and 8: the length is $\sqrt{36 + 64} = 10$.
# Times 0.5 they are 3 and 4, so at layer 1 it is $\sqrt{9 + 16} = 5$.
#
# ### Exercise 1: the gradient's length at each layer
#
# ★★☆ · 15 minutes · 3 points
#
# Write `gradient_norms(dy, kernels, slopes)`. `kernels` and `slopes` are lists with one array for each layer, first layer
# first. `dy` has shape `(N, F)` and arrives at the *last* layer. Return a NumPy array with the length of `dz` at each layer,
# first layer first: one number a layer, over all N examples.
#
# <details><summary>Hint 1: a nudge</summary>
#
# The table above is worked from layer 3 down to layer 1. Do the same in a loop, then turn the list round.
# </details>
# <details><summary>Hint 2: the functions to look up</summary>
#
# `reversed(kernels)` walks from the end. `zip` walks through two lists together. `np.linalg.norm(dz)` is the length.
# </details>
# <details><summary>Hint 3: pseudo-code</summary>
#
# for each layer from the last: `dz ← dy · slope`, note its length, `dy ← dz @ kernel.T`. Return the notes, turned round.
# </details>


# %% nbgrader={"grade": false, "grade_id": "gradient-norms-answer", "locked": false, "schema_version": 3, "solution": true}
def gradient_norms(dy, kernels, slopes):
    """The length of dz at each layer, first layer first, as a NumPy array."""
    ### BEGIN SOLUTION
    norms = []
    for kernel, slope in zip(reversed(kernels), reversed(slopes), strict=True):
        dz = dy * slope
        norms.append(np.linalg.norm(dz))
        dy = dz @ kernel.T
    return np.array(norms[::-1])
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "gradient-norms", "locked": true, "points": 3, "schema_version": 3, "solution": false}
lesson.check("gradient-norms")
### BEGIN HIDDEN TESTS
lesson.grade("gradient-norms")
### END HIDDEN TESTS

# %% [markdown]
# **Now use it.** The next cell builds real networks, sends 256 digits forward, and measures the gradient on its way back,
# with your function once it passes. Each bar is one layer. The scale is logarithmic: one step down is a
# thousand times less.
#
# **Predict first.** Move the slider to the left and to the right. In which of the three pictures do the bars stay level?

# %% tags=["demo"]
# @title Draw the length of the gradient by layer, with a slider
measure = lesson.yours("gradient-norms")


def relu_layer(initializer):
    """A maker of layers of 64 ReLU neurons with the first weights of that name."""
    return lambda: nn.Dense(64, "relu", kernel_initializer=initializer)


def lengths(depth, hidden):
    """The length of dz at each hidden layer of a fresh network, for 256 digits."""
    model = network(depth, hidden)
    model(x_train[:256])
    *layers, last = model.layers
    _, dz = nn.softmax_crossentropy(y_train[:256], last.z)
    slopes = [nn.DERIVATIVES[layer.activation](layer.z) for layer in layers]
    return measure(dz @ last.params["kernel"].T, [layer.params["kernel"] for layer in layers], slopes)


KINDS = {
    "sigmoid": sigmoid_layer,
    "ReLU, weights within 0.05": relu_layer("random_uniform"),
    "ReLU, He's weights": relu_layer("he_normal"),
}


def bars_by_depth(depth):
    """One bar for each hidden layer, for three kinds of layer."""
    figure, axes = plots.figure(1, 3, (12, 3.2), sharey=True)
    told = []
    for number, (axis, (name, hidden)) in enumerate(zip(axes, KINDS.items(), strict=True)):
        norms = lengths(depth, hidden)
        axis.bar(np.arange(1, depth), norms, **plots.bars(number))
        axis.set(title=name, xlabel="hidden layer", yscale="log", ylim=(1e-18, 10))
        axis.xaxis.get_major_locator().set_params(integer=True)
        told.append(f"{name}: {norms[0]:.0e} at the first hidden layer, {norms[-1]:.0e} at the last")
    axes[0].set_ylabel("length of the gradient")
    return figure, f"Gradient lengths in a network of {depth} layers. " + "; ".join(told) + "."


plots.explore(bars_by_depth, depth=(3, 24, 1, 20))

# %% tags=["demo"]
for name, hidden in KINDS.items():
    norms = lengths(20, hidden)
    print(f"{name:26s} first hidden layer {norms[0]:.1e}, last {norms[-1]:.1e}")


# %% [markdown]
# In the sigmoid network the gradient at the first layer is less than a hundred-billionth of the one at the last: the
# **vanishing gradient** (Hochreiter 1991; Bengio, Simard and Frasconi 1994). The slope of the sigmoid is at most 0.25
# (lesson 02), and nineteen such factors leave next to nothing.
#
# The second picture is a surprise. ReLU has slope 1 where it is active, and yet the gradient vanishes even faster. The
# slope was not the only factor. The other one was the kernel.
#
# ## 3. First weights
#
# **The idea.** A neuron adds up $n$ products of weight and input. The more there are, the larger the sum. So the
# weights must be smaller where there are more inputs. How much smaller?
#
# **The formula.** The *variance* $\operatorname{var}(w)$ of weights around 0 is the mean of their squares; its root is the *standard
# deviation*. If the weights do not depend on each other, the mean square of the sum is $n \cdot \operatorname{var}(w)$ times the
# mean square of the inputs. ReLU then sets half of the sums to 0 and halves the mean square. To come out as we went in, we need
#
# $$\tfrac12\, n \operatorname{var}(w) = 1 \qquad\Rightarrow\qquad \operatorname{var}(w) = \frac{2}{\text{fan in}}$$
#
# *Fan in* is the number of inputs of a neuron, *fan out* the number of neurons of the layer. This is **He's rule**, for ReLU. You
# know it from lesson 07; now it has been derived.
# For tanh and sigmoid the usual choice is **Glorot's rule**, a compromise between the way forward and the way back:
#
# $$\operatorname{var}(w) = \frac{2}{\text{fan in} + \text{fan out}}$$
#
# **Worked numbers.** 8 inputs, 24 neurons. ReLU: variance 2/8 = 0.25, standard deviation 0.5. tanh: 2/32 = 0.0625,
# standard deviation 0.25. Now the weights of the second picture: drawn evenly between −0.05 and 0.05, they have the standard deviation
# $0.05 / \sqrt 3 = 0.0289$. With 64 inputs and ReLU each layer multiplies the mean square of the signal by ½ · 64 · 0.0289² = 0.0267. Its
# *size*, the root of the mean square, it multiplies by √0.0267 = 0.163. Ten layers leave $0.163^{10}$, about $10^{-8}$, of the size.
#
# ### Exercise 2: how large the first weights are
#
# ★☆☆ · 5 minutes · 2 points
#
# Write `kernel_std(fan_in, fan_out, activation)`: the *standard deviation* of the first weights. Use He's rule for `"relu"` and
# Glorot's rule for every other activation.
#
# <details><summary>Hint 1: a nudge</summary>
#
# Both formulas give a variance. The standard deviation is its square root.
# </details>
# <details><summary>Hint 2: pseudo-code</summary>
#
# if the activation is `"relu"`: √(2 / fan in), else √(2 / (fan in + fan out)).
# </details>


# %% nbgrader={"grade": false, "grade_id": "kernel-std-answer", "locked": false, "schema_version": 3, "solution": true}
def kernel_std(fan_in, fan_out, activation):
    """The standard deviation of the first weights of a layer."""
    ### BEGIN SOLUTION
    if activation == "relu":
        return np.sqrt(2 / fan_in)
    return np.sqrt(2 / (fan_in + fan_out))
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "kernel-std", "locked": true, "points": 2, "schema_version": 3, "solution": false}
lesson.check("kernel-std")
### BEGIN HIDDEN TESTS
lesson.grade("kernel-std")
### END HIDDEN TESTS

# %% [markdown]
# **Now use it.** A signal goes forward through 20 ReLU layers of 64 neurons. Your rule sets one of the three curves. Find
# the $10^{-8}$ of the worked numbers on another one, at layer 10.

# %% tags=["demo"]
# @title Send a signal through 20 layers, and draw its size
std_for, relu = lesson.yours("kernel-std"), course_utils.from_my_nn("02_activations", "relu")
rng = np.random.default_rng(15)
figure, axes = plots.figure(1, 1, (7, 3.4))
STDS = {"0.029: too small": 0.05 / np.sqrt(3), "He's rule": float(std_for(64, 64, "relu")), "0.5: too large": 0.5}
for number, (name, std) in enumerate(STDS.items()):
    signal = rng.normal(size=(200, 64))
    sizes = [np.sqrt(np.mean(signal**2))]
    for _ in range(20):
        signal = relu(signal @ rng.normal(size=(64, 64), scale=std))
        sizes.append(np.sqrt(np.mean(signal**2)))
    axes.plot(
        range(21),
        sizes,
        marker=plots.MARKERS[number],
        markersize=4,
        label=f"{name} (ends at {sizes[-1]:.0e})",
        **plots.line(number),
    )
axes.set(xlabel="layer", ylabel="size of the signal", yscale="log", xticks=range(0, 21, 5))
axes.legend()
plots.show(
    figure,
    "Size of the signal over 20 ReLU layers on a logarithmic scale. With standard deviation 0.029 it "
    "falls to about 1e-16, with 0.5 it rises to about 1e9, with He's rule it stays near 1.",
)


# %% [markdown]
# The first cure: **ReLU with He's weights**. Twenty layers, the same data, the same three epochs.


# %% tags=["demo"]
def he_layer():
    """64 ReLU neurons with He's weights."""
    return nn.Dense(64, "relu", kernel_initializer="he_normal")


runs["ReLU and He"] = train(network(20, he_layer))
losses, accuracy = runs["ReLU and He"]
print("loss by epoch:", np.round(losses, 2), f"  test digits: {accuracy:.1%}")


# %% [markdown]
# ## 4. A way past the layer
#
# **The idea.** Good first weights help at the start. Another cure helps all the time: build a road *around* the layer. A
# **residual block** gives its input back, plus what the layer has to add:
#
# $$y = x + f(x), \qquad\text{here}\qquad y = x + \operatorname{ReLU}(x W)$$
#
# The layer only has to learn what should be *different*. If it has nothing to say, $f(x) = 0$ and the block hands $x$ on.
#
# **The picture.**
#
# ```
# x ──┬──► W ──► ReLU ──┐
#     │                 ▼
#     └───────────────► + ──► y        the lower road is the shortcut
# ```
#
# **Worked numbers.** $x = (1, 2)$ and $W$ with rows $(1, 0)$ and $(1, -1)$. The sums: $1·1 + 2·1 = 3$ and $1·0 + 2·(-1) = -2$.
# ReLU makes $(3, 0)$ of them. Together $y = (1, 2) + (3, 0) = (4, 2)$.
#
# ### Exercise 3: a residual block, forward
#
# ★☆☆ · 5 minutes · 2 points
#
# Write `residual(x, W)` for `x` of shape `(N, D)` and `W` of shape `(D, D)`. Leave `x` itself as it was.
#
# <details><summary>Hint 1: a nudge</summary>
#
# Compute the upper road of the picture first. Which of the two roads has the ReLU?
# </details>
# <details><summary>Hint 2: almost there</summary>
#
# The upper road is `np.maximum(0, x @ W)`. Where does the lower road join?
# </details>


# %% nbgrader={"grade": false, "grade_id": "residual-answer", "locked": false, "schema_version": 3, "solution": true}
def residual(x, W):
    """y = x + relu(x W)."""
    ### BEGIN SOLUTION
    return x + np.maximum(0, x @ W)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "residual", "locked": true, "points": 2, "schema_version": 3, "solution": false}
lesson.check("residual")
### BEGIN HIDDEN TESTS
lesson.grade("residual")
### END HIDDEN TESTS

# %% [markdown]
# ### The way back
#
# The gradient $dy$ meets the plus sign and takes *both* roads. On the shortcut nothing happens to it. On the upper road it
# meets the ReLU and the kernel, as in lesson 06. At $x$ the two add up:
#
# $$dz = dy \cdot [\,xW > 0\,], \qquad dx = dy + dz\,W^\top, \qquad dW = x^\top dz$$
#
# Look at $dx$: whatever the layer does, $dy$ arrives **whole**. Twenty blocks in a row still have one road from the
# last to the first without any factor.
#
# **Worked numbers.** With $x$ and $W$ as above, $dy = (10, 20)$. The sums were $(3, -2)$, so $dz = (10, 0)$. The upper road gives
# $dz\,W^\top = (10, 10)$. Together $dx = (20, 30)$. And $dW$ has the rows $(1·10, 1·0) = (10, 0)$ and $(2·10, 2·0) = (20, 0)$.
#
# ### Exercise 4: a residual block, backward
#
# ★★★ · 15 minutes · 3 points
#
# Write `residual_backward(dy, x, W)`. Return the pair `dx, dW`. Leave `dy`, `x` and `W` as they were.
#
# <details><summary>Hint 1: a nudge</summary>
#
# Three lines, one for each formula. `x @ W > 0` is a table of True and False; times a number, True counts as 1.
# </details>
# <details><summary>Hint 2: the shapes</summary>
#
# `dy`, `dz`, `x` and `dx` have shape `(N, D)`; `dW` has the shape of `W`. `W.T` is $W^\top$.
# </details>
# <details><summary>Hint 3: pseudo-code</summary>
#
# `dz ← dy · (x @ W > 0)`, return `dy + dz @ W.T` and `x.T @ dz`.
# </details>


# %% nbgrader={"grade": false, "grade_id": "residual-backward-answer", "locked": false, "schema_version": 3, "solution": true}
def residual_backward(dy, x, W):
    """dx and dW of the block y = x + relu(x W)."""
    ### BEGIN SOLUTION
    dz = dy * (x @ W > 0)
    return dy + dz @ W.T, x.T @ dz
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "residual-backward", "locked": true, "points": 3, "schema_version": 3, "solution": false}
lesson.check("residual-backward")
### BEGIN HIDDEN TESTS
lesson.grade("residual-backward")
### END HIDDEN TESTS

# %% [markdown]
# **Now use it.** The sigmoid network of section 1 could not be trained at all. Give each of its layers a shortcut, and
# nothing else.

# %% tags=["demo"]
runs["sigmoid and shortcuts"] = train(network(20, lambda: nn.Residual([sigmoid_layer()]), first=sigmoid_layer))
losses, accuracy = runs["sigmoid and shortcuts"]
print("loss by epoch:", np.round(losses, 2), f"  test digits: {accuracy:.1%}")

# %% [markdown]
# The same slopes of at most 0.25 and the same first weights: only the road past them is new. With such shortcuts, and batch normalisation
# beside them, He and others (2016) trained networks of more than a hundred layers. The first loss is large: all the shortcuts add up, and section 5 looks into that. Every transformer (lesson 16) has them too.
#
# ## 5. Too much of a good thing
#
# ### Break it
#
# Two cures should be better than one: He's weights *and* shortcuts.
#
# **Predict first.** He's rule keeps the size of the signal in each layer. The shortcut adds the input once more. What
# happens to the size over 18 blocks?

# %% tags=["demo"]
lesson.predict("he-and-shortcuts")


# %% tags=["demo"]
def he_block():
    """A residual block of a ReLU layer with He's weights."""
    return nn.Residual([he_layer()])


model = network(20, he_block, first=he_layer)
signal, sizes = x_train[:256], []
for number, layer in enumerate(model.layers[:-1], 1):
    signal = layer(signal)
    sizes.append(np.sqrt(np.mean(signal**2)))
    if number in (1, 7, 13, 19):
        print(f"after layer {number:2d} the signal has size {sizes[-1]:10.1f}")
runs["He and shortcuts"] = train(model)
print("loss by epoch:", runs["He and shortcuts"][0])
lesson.reveal("he-and-shortcuts", sizes[0], sizes[-1])


# %% [markdown]
# The signal grows with every block, the gradient with it, and the first step throws the weights so far away that the loss is
# `nan`, not a number. This is the **exploding gradient**. There are two cures: make the *step* shorter, or keep the *signal* in
# bounds.
#
# ### Clipping: a limit for the step
#
# Put all the gradients of the network together into one long list of numbers and take its length, the **global norm**. If it is more than the limit,
# shrink *all* of them by the same factor. So the direction stays as it was, and only the length changes:
#
# $$\text{factor} = \frac{\text{limit}}{\text{global norm}} \quad\text{if the norm is more than the limit, else } 1$$
#
# **Worked numbers.** Two gradients, $(3)$ and $(-4)$. The global norm is $\sqrt{9 + 16} = 5$. With limit 1 the factor is 1/5, and the
# step becomes $(0.6)$ and $(-0.8)$. With limit 10 nothing changes.
#
# ### Exercise 5: clip the whole step
#
# ★★☆ · 10 minutes · 3 points
#
# Write `clip_by_global_norm(grads, limit)`. `grads` is a list of arrays of any shapes. Return a list of new arrays.
#
# <details><summary>Hint 1: a nudge</summary>
#
# Add up the squares of *all* the numbers in *all* the arrays, then take one square root.
# </details>
# <details><summary>Hint 2: the functions</summary>
#
# `np.sum(g**2)` for one array, and Python's `sum(... for g in grads)` over the list.
# </details>
# <details><summary>Hint 3: pseudo-code</summary>
#
# `norm ← √(sum of the sums of squares)`; `factor ← limit / norm if norm > limit else 1`; return `[g · factor for each g]`.
# </details>


# %% nbgrader={"grade": false, "grade_id": "clip-by-norm-answer", "locked": false, "schema_version": 3, "solution": true}
def clip_by_global_norm(grads, limit):
    """All arrays times one factor, so that together they are at most `limit` long."""
    ### BEGIN SOLUTION
    norm = np.sqrt(sum(np.sum(g**2) for g in grads))
    factor = limit / norm if norm > limit else 1.0
    return [g * factor for g in grads]
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "clip-by-norm", "locked": true, "points": 3, "schema_version": 3, "solution": false}
lesson.check("clip-by-norm")
### BEGIN HIDDEN TESTS
lesson.grade("clip-by-norm")
### END HIDDEN TESTS

# %% tags=["demo"]
runs["He, shortcuts and clipping"] = train(network(20, he_block, first=he_layer), global_clipnorm=1.0)
losses, accuracy = runs["He, shortcuts and clipping"]
print("clipped at 1, loss by epoch:", np.round(losses, 2), f"  test digits: {accuracy:.1%}")


# %% [markdown]
# No `nan` any more, and the loss falls. But clipping is a safety belt, not an engine: the signal is still far too large, and
# learning is slow. Better to keep it in bounds.
#
# ## 6. Normalisation
#
# **The idea.** Marks from a strict teacher and from a mild one can be compared once you take off each teacher's mean and divide by
# the spread. A normalisation layer does this with the signal, wherever you put it:
#
# $$\hat x = \frac{x - \text{mean}}{\sqrt{\text{variance} + \epsilon}}, \qquad y = \gamma\, \hat x + \beta$$
#
# The small $\epsilon$ keeps the division safe. $\gamma$ and $\beta$ are learned, so that the network can choose another scale and
# centre if that is better.
#
# **The picture.** A table with one row per example and one column per feature. Over which numbers do we take the mean?
#
# | | mean and variance of | in use, after training |
# |---|---|---|
# | **batch** normalisation (lesson 11) | each column: one feature over all examples of the batch | needs averages stored while training |
# | **layer** normalisation | each row: one example over all its features | works the same, with a single example too |
#
# **Worked numbers.** The row $(1, 3)$: mean 2, variance 1, so $\hat x = (-1, 1)$. The row $(5, 13)$: mean 9, variance 16, so again
# $\hat x = (-1, 1)$. With $\gamma = 2$ and $\beta = 10$ both rows become $(8, 12)$.
#
# ### Exercise 6: layer normalisation
#
# ★★☆ · 10 minutes · 3 points
#
# Write `layer_norm(x, gamma, beta, epsilon)` for `x` of shape `(N, D)`; `gamma` and `beta` have shape `(D,)`.
#
# <details><summary>Hint 1: a nudge</summary>
#
# One mean and one variance for each row. Which axis runs along a row?
# </details>
# <details><summary>Hint 2: the functions to look up</summary>
#
# `x.mean(axis=-1, keepdims=True)` and `x.var(axis=-1, keepdims=True)` have shape `(N, 1)`, so NumPy can use them row by row.
# </details>
# <details><summary>Hint 3: pseudo-code</summary>
#
# `x_hat ← (x − row mean) / √(row variance + epsilon)`, return `gamma · x_hat + beta`.
# </details>


# %% nbgrader={"grade": false, "grade_id": "layer-norm-answer", "locked": false, "schema_version": 3, "solution": true}
def layer_norm(x, gamma, beta, epsilon):
    """gamma (x - mean) / sqrt(variance + epsilon) + beta, row by row."""
    ### BEGIN SOLUTION
    mean = x.mean(axis=-1, keepdims=True)
    variance = x.var(axis=-1, keepdims=True)
    return gamma * (x - mean) / np.sqrt(variance + epsilon) + beta
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "layer-norm", "locked": true, "points": 3, "schema_version": 3, "solution": false}
lesson.check("layer-norm")
### BEGIN HIDDEN TESTS
lesson.grade("layer-norm")
### END HIDDEN TESTS

# %% [markdown]
# **Now use it.** Each block normalises its input before the layer works on it. The shortcut stays free.

# %% tags=["demo"]
runs["shortcuts and layer normalisation"] = train(
    network(20, lambda: nn.Residual([nn.LayerNormalization(), he_layer()]), first=he_layer)
)
runs["shortcuts and batch normalisation"] = train(
    network(20, lambda: nn.Residual([nn.BatchNormalization(), he_layer()]), first=he_layer)
)

print(f"{'20 layers, 3 epochs':36s}loss by epoch          test digits")
for name, (losses, accuracy) in runs.items():
    if name != "3 layers":
        print(f"{name:36s}" + "".join(f"{loss:7.2f}" for loss in losses) + f"{accuracy:12.1%}")

# %% tags=["demo", "measured"]
print(
    f"20 layers, test digits: sigmoid {runs['sigmoid'][1]:.1%}, with cures {runs['shortcuts and layer normalisation'][1]:.1%}"
)

# %% tags=["demo"]
# @title Draw the test accuracy of four networks of 20 layers
figure, axes = plots.figure(1, 1, (8, 3.2))
shown = ["sigmoid", "ReLU and He", "sigmoid and shortcuts", "shortcuts and layer normalisation"]
for number, name in enumerate(shown):
    accuracy = runs[name][1]
    axes.bar(number, accuracy, **plots.bars(number))
    axes.text(number, accuracy, f"{accuracy:.0%}", ha="center", va="bottom")
axes.axhline(0.1, color="#555", linewidth=1, linestyle=":")
axes.set(
    title="20 layers after 3 epochs",
    ylabel="test digits read rightly",
    ylim=(0, 1.05),
    xticks=range(4),
    xticklabels=[name.replace(" and ", "\nand ") for name in shown],
)
plots.show(
    figure,
    "Share of test digits read rightly by four networks of 20 layers: "
    + ", ".join(f"{name} {runs[name][1]:.0%}" for name in shown)
    + ".",
)

# %% [markdown]
# These numbers come from 8,000 training digits, one learning rate and one seed. Over five seeds and several runs on 2 CPU cores:
# sigmoid 10–11 %, ReLU and He 74–86 %, sigmoid and shortcuts 79–87 %, clipping alone 26–65 %, with layer normalisation 90–92 %, with batch
# normalisation 82–91 %. Deep networks make small differences large, even those of rounding. The network that guesses stays where it is.
#
# **In Keras** you need no more than this:
#
# | what | in Keras |
# |---|---|
# | He's weights | `keras.layers.Dense(64, activation="relu", kernel_initializer="he_normal")` |
# | shortcut | `x = keras.layers.add([x, layer(x)])` |
# | normalisation | `keras.layers.BatchNormalization()`, `keras.layers.LayerNormalization()` |
# | clipping | `keras.optimizers.SGD(0.05, global_clipnorm=1.0)` |
#
# ## 7. Trouble and cure
#
# | trouble | how it shows | cures |
# |---|---|---|
# | vanishing gradient | the loss stays still from the start; gradients shrink towards the first layer | ReLU, He's weights, shortcuts, normalisation |
# | exploding gradient | the loss jumps, then `nan` | clipping, normalisation, a smaller learning rate |
# | overfitting | training good, validation worse and worse | dropout, L2, early stopping, more data (lesson 11) |
# | long training | an epoch takes hours | a GPU, larger batches, mixed precision (lesson 19) |
#
# ### Exercise 7: which cure for which trouble?
#
# ★☆☆ · 5 minutes · 2 points
#
# Write one of the words `"residual"`, `"clipping"`, `"dropout"`, `"gpu"` for each trouble. Use each word once.
#
# <details><summary>Hint: what has to change?</summary>
#
# Ask of each trouble: is something too weak, too long, learned by heart, or just slow?
# </details>

# %% nbgrader={"grade": false, "grade_id": "choose-cure-answer", "locked": false, "schema_version": 3, "solution": true}
first_layers_get_no_gradient = ...
loss_jumps_to_nan = ...
training_good_validation_bad = ...
each_epoch_takes_an_hour = ...
### BEGIN SOLUTION
first_layers_get_no_gradient = "residual"
loss_jumps_to_nan = "clipping"
training_good_validation_bad = "dropout"
each_epoch_takes_an_hour = "gpu"
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "choose-cure", "locked": true, "points": 2, "schema_version": 3, "solution": false}
lesson.check("choose-cure")
### BEGIN HIDDEN TESTS
lesson.grade("choose-cure")
### END HIDDEN TESTS

# %% [markdown]
# ### Exercise 8: repair a program
#
# ★★☆ · 10 minutes · 2 points
#
# In a deep network a small error in one block is made ten times. This program has ten blocks with shortcuts, and the way back written out by hand. It runs to its end and learns badly:
# **one** place in it is wrong. `x` holds 240 points of a disc and of the ring around it, with a third number, always 1, in place of a bias; `y` says which is which, and `new` are points that it has never seen.
#
# Run the cell, and the one below it, which draws the loss. Then do two things:
#
# 1. **Name the symptom**, before you look for a cause: write the letter of what you see in the curve of the program *as given* into `symptom`.
# 2. **Repair the program.** Change at most two lines; spaces and comments do not count. It should reach a loss of at most 0.1 after the last epoch, and at least 94 % of the new rows right.
#
# - **a** · The loss becomes huge, or nan, within the epochs.
# - **b** · The loss stays where a guess has it.
# - **c** · The loss jumps up and down and does not settle.
# - **d** · The loss falls at first, then stays well above 0.
# - **e** · The loss ends near 0, but new rows are answered badly.
#
# There are 3 programs, each with another bug. Somebody beside you has this one too? Then take another: `lesson.program("repair-deep", 2)` prints the second. Put it in the
# place of this one, with its first line of text, by which the check knows which it was.
#
# <details><summary>Hint 1: a nudge</summary>
#
# Which of the five sentences fits the curve *as given*? It tells where to look: at the start values, at the way back, or at the answers to new points.
# </details>
# <details><summary>Hint 2: where to look</summary>
#
# Go backward through one block with exercise 4 beside you: what comes in, what goes through the gate, what goes around it?
# </details>


# %% nbgrader={"grade": false, "grade_id": "repair-deep-answer", "locked": false, "schema_version": 3, "solution": true}
def tower(x, y, new, seed):
    """Program 1: 3-16, then ten layers 16-16 with shortcuts. The loss after each epoch, and the scores of new points."""
    rng = np.random.default_rng(seed)
    first, last = 0.5 * rng.normal(size=(3, 16)), 0.1 * rng.normal(size=(16, 2))
    blocks = [0.1 * rng.normal(size=(16, 16)) for _ in range(10)]

    def forward(points):
        hidden = [points @ first]
        for W in blocks:
            hidden.append(hidden[-1] + np.maximum(0, hidden[-1] @ W))
        return hidden, hidden[-1] @ last

    losses = []
    for _ in range(40):
        for rows in rng.permutation(len(x)).reshape(-1, 20):
            hidden, scores = forward(x[rows])
            dscores = (nn.softmax(scores) - nn.one_hot(y[rows], 2)) / len(rows)
            dh, last = dscores @ last.T, last - 0.1 * hidden[-1].T @ dscores
            for i in range(9, -1, -1):
                dz = dh
                dh, blocks[i] = dh + dz @ blocks[i].T, blocks[i] - 0.1 * hidden[i].T @ dz
            first = first - 0.1 * x[rows].T @ dh
        losses.append(nn.sparse_categorical_crossentropy(y, forward(x)[1], from_logits=True))
    return losses, forward(new)[1]


symptom = ...


### BEGIN SOLUTION
def tower(x, y, new, seed):
    """Program 1: 3-16, then ten layers 16-16 with shortcuts. The loss after each epoch, and the scores of new points."""
    rng = np.random.default_rng(seed)
    first, last = 0.5 * rng.normal(size=(3, 16)), 0.1 * rng.normal(size=(16, 2))
    blocks = [0.1 * rng.normal(size=(16, 16)) for _ in range(10)]

    def forward(points):
        hidden = [points @ first]
        for W in blocks:
            hidden.append(hidden[-1] + np.maximum(0, hidden[-1] @ W))
        return hidden, hidden[-1] @ last

    losses = []
    for _ in range(40):
        for rows in rng.permutation(len(x)).reshape(-1, 20):
            hidden, scores = forward(x[rows])
            dscores = (nn.softmax(scores) - nn.one_hot(y[rows], 2)) / len(rows)
            dh, last = dscores @ last.T, last - 0.1 * hidden[-1].T @ dscores
            for i in range(9, -1, -1):
                dz = dh * (hidden[i] @ blocks[i] > 0)
                dh, blocks[i] = dh + dz @ blocks[i].T, blocks[i] - 0.1 * hidden[i].T @ dz
            first = first - 0.1 * x[rows].T @ dh
        losses.append(nn.sparse_categorical_crossentropy(y, forward(x)[1], from_logits=True))
    return losses, forward(new)[1]


symptom = "a"
### END SOLUTION

# %% tags=["demo"]
# @title Draw the loss of the program as it was given, and of yours
plots.show(*plots.learning(lesson["repair-deep"].learned(tower)))

# %% nbgrader={"grade": true, "grade_id": "repair-deep", "locked": true, "points": 2, "schema_version": 3, "solution": false}
lesson.check("repair-deep")
### BEGIN HIDDEN TESTS
lesson.grade("repair-deep")
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
# - On its way back a gradient is multiplied by a slope and by a kernel at each layer. Many factors below 1: it vanishes. Above 1: it
#   explodes. Measure it, layer by layer.
# - ReLU and He's weights keep the factors near 1 at the start.
# - A shortcut lets the gradient arrive whole.
# - Clipping limits the step and keeps its direction. Normalisation keeps the signal in bounds.
#
# | name | formula |
# |---|---|
# | gradient through a layer | $dz = dy \cdot f'(z)$, then $dz\,W^\top$ |
# | He, Glorot | $\operatorname{var} = 2 / \text{fan in}$, $\; 2 / (\text{fan in} + \text{fan out})$ |
# | residual block | $y = x + f(x)$, $\; dx = dy + (\text{gradient through } f)$ |
# | clipping | $g \cdot \text{limit} / \text{norm}$, if the norm is more than the limit |
# | normalisation | $\gamma (x - \text{mean}) / \sqrt{\text{variance} + \epsilon} + \beta$ |
#
# ## If something goes wrong
#
# | you see | it means | do |
# |---|---|---|
# | "not found. Run the cell above" | the answer cell has not run since the kernel started | run it, then the check |
# | `operands could not be broadcast together` | two shapes do not fit | print both `.shape`s; is `keepdims=True` or `.T` missing? |
# | `nan` in section 5 | nothing is wrong: it is meant to happen there | read on |
# | accuracies differ from a friend's by a few points, with clipping by ten or more | another processor rounds in another order; small differences grow in deep networks | go on |
#
# ## Sources
#
# - S. Hochreiter: *Untersuchungen zu dynamischen neuronalen Netzen*, diploma thesis, TU München 1991.
# - Y. Bengio, P. Simard, P. Frasconi: *Learning Long-Term Dependencies with Gradient Descent is Difficult*, IEEE Transactions on Neural Networks 1994.
# - X. Glorot, Y. Bengio: *Understanding the Difficulty of Training Deep Feedforward Neural Networks*, AISTATS 2010.
# - R. Pascanu, T. Mikolov, Y. Bengio: *On the Difficulty of Training Recurrent Neural Networks*, ICML 2013 (clipping).
# - K. He, X. Zhang, S. Ren, J. Sun: *Delving Deep into Rectifiers*, ICCV 2015; *Deep Residual Learning for Image Recognition*, CVPR 2016.
# - S. Ioffe, C. Szegedy: *Batch Normalization*, ICML 2015. J. L. Ba, J. R. Kiros, G. Hinton: *Layer Normalization*, 2016.
