# ---
# jupyter:
#   course:
#     lesson: 16_attention
#     profile: tensorflow
#     trains: true
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Lesson 16 · Attention
#
# **Time:** 160–190 minutes, in two sittings: 100–120 before the break, 60–70 after it · **Before this:** lessons 02, 10, 14 and 15 · **Points:** 29
#
# "The cat sat on the …" To go on, you look back for the animal, and skip the rest. **Attention** is a layer that does just that: every
# word looks at all others, and chooses. It is the heart of the transformer, the network behind today's language models.
#
# After this lesson you can
#
# - **compute** attention weights by hand: query, key, softmax, and **mix** the values,
# - **hide** the future with a causal mask, and **test** that nothing leaks,
# - **explain** why attention alone does not know the order of words, and **compute** positions,
# - **run** several heads and get the same numbers as Keras,
# - **build** a transformer block, **train** it and **read** its attention map,
# - **let** it write names, letter by letter, at a **temperature**, and **measure** it against a simple model,
# - **judge** when a transformer is worth it, and name the right network for a task.

# %% nbgrader={"grade": false, "grade_id": "setup", "locked": true, "schema_version": 3, "solution": false}
import numpy as np

import course_utils
from course_utils import nn, plots
from course_utils.lessons.lesson_16_attention.attention_map import attention_map
from course_utils.lessons.lesson_16_attention.names_pictures import SIGNS, names_at, pair_map

lesson = course_utils.start("16_attention")

import keras  # after start, which keeps TensorFlow's start-up messages away

# %% [markdown]
# **Do you remember?** Three questions from earlier lessons, a minute each, in your head or on paper. No points, and you may go on without them. What you miss comes back in the next lesson.

# %% tags=["demo"]
lesson.recall()

# %% [markdown]
# ## 1. Who fits my question?
#
# **The idea.** In a library you have a *question*. Every book has a *title* on its back and a *text* inside. You compare your question with
# the titles, and read most in the books that fit best. Attention does the same with rows of numbers:
#
# | in the library | in the network | letter |
# |---|---|---|
# | your question | the **query** of the word that looks | $q$ |
# | the title of a book | the **key** of a word that is looked at | $k$ |
# | the text of the book | the **value** of that word | $v$ |
#
# **The picture.** One word asks. Three words are looked at.
#
# ```
#             key 1 ── score ──┐              ┌── 0.422 · value 1 ──┐
#  query ───  key 2 ── score ──┤── softmax ───┤── 0.155 · value 2 ──┼──► answer
#             key 3 ── score ──┘              └── 0.422 · value 3 ──┘
# ```
#
# **Where do they come from?** A word is a row of numbers, $x$. In a network it has three more rows, made from its own numbers by three learned kernels: $q = xQ$, $k = xK$,
# $v = xV$. You will do that in section 5. Until then we choose them by hand, or take $x$ itself for all three.
#
# **The formula.** Multiply a query and a key number by number and add up, as a neuron does (lesson 01). The larger this sum, the better the two *fit*. This sum, divided by $\sqrt{D}$, is called the **score**. Softmax (lesson 02) makes shares of the
# scores of *all* keys, the **attention weights**:
#
# $$\text{weights} = \operatorname{softmax}\!\left(\frac{q \cdot k_1}{\sqrt{D}},\; \frac{q \cdot k_2}{\sqrt{D}},\; \dots\right)$$
#
# $D$ is how many numbers a query has, and a key has as many. With several queries as the rows of one table $q$, and the keys as the rows of $k$, all scores at once are $q\,k^\top / \sqrt{D}$: a row
# for each query.
#
# **Worked numbers.** $D = 4$, so $\sqrt{D} = 2$. The query is (1, 1, 1, 1).
#
# | key | sum with the query | score: divided by 2 | $e$ to that power | share |
# |---|---|---|---|---|
# | (1, 1, 0, 0) | 2 | 1 | 2.7183 | 2.7183 / 6.4366 = 0.422 |
# | (0, 0, 0, 0) | 0 | 0 | 1 | 1 / 6.4366 = 0.155 |
# | (1, 0, 1, 0) | 2 | 1 | 2.7183 | 0.422 |
# | | | | together 6.4366 | together 1, but for rounding |
#
# **Why divide?** The sum has $D$ products. The more products, the larger the sum, and softmax of large numbers gives nearly everything to a single
# key. Where one share is nearly 1, the slope of softmax is nearly 0, and nothing can be learned. Why by the root of $D$, and not by $D$? Some products are above 0 and some below, and they partly
# cancel. So the sum of $D$ random products grows like $\sqrt{D}$. Divided by that, the scores keep their size for every $D$.
#
# **Predict first.** 64 random numbers a query, ten keys. How large is the largest share, with and without the division?

# %% tags=["demo"]
softmax = course_utils.from_my_nn("02_activations", "softmax")
rng = np.random.default_rng(16)
for size in (4, 64, 1024):
    queries, keys = rng.normal(size=(500, size)), rng.normal(size=(10, size))
    plain = softmax(queries @ keys.T).max(axis=1).mean()
    divided = softmax(queries @ keys.T / np.sqrt(size)).max(axis=1).mean()
    print(f"D = {size:4d}: largest of ten shares {plain:.2f}, divided by the root of D {divided:.2f}")


# %% [markdown]
# ### Exercise 1: attention weights
#
# ★★☆ · 10 minutes · 3 points
#
# Write `attention_weights(query, key)`. `query` has the shape (T, D): T words ask. `key` has the shape (S, D): S words are looked at. Return the
# weights, shape (T, S): row i holds the shares of query i, and each row sums to 1. `nn.softmax` works on the last axis.
# Scores may be of any size, thousands too.
#
# <details><summary>Hint 1: a nudge</summary>
#
# One matrix product makes all T · S scores at once. Which of the two arrays must be turned on its side for that?
# </details>
# <details><summary>Hint 2: the formula</summary>
#
# softmax of (query times key turned, divided by the root of D). `key.T` turns, `query.shape[1]` is D, `np.sqrt` takes the root.
# </details>
# <details><summary>Hint 3: almost there</summary>
#
# `nn.softmax(query @ … / np.sqrt(…))`
# </details>


# %% nbgrader={"grade": false, "grade_id": "attention-weights-answer", "locked": false, "schema_version": 3, "solution": true}
def attention_weights(query, key):
    """The share of attention that each query gives to each key, shape (T, S)."""
    ### BEGIN SOLUTION
    return nn.softmax(query @ key.T / np.sqrt(query.shape[1]))
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "attention-weights", "locked": true, "points": 3, "schema_version": 3, "solution": false}
lesson.check("attention-weights")
### BEGIN HIDDEN TESTS
lesson.grade("attention-weights")
### END HIDDEN TESTS

# %% [markdown]
# **Your weights as a map.** Three words, with queries and keys chosen by hand. Row by row: who looks at whom?

# %% tags=["demo"]
three = ["cat", "sat", "there"]
asks = np.array([[0.0, 0.0], [4.0, 0.0], [0.0, 4.0]])  # a query for each word
offers = np.array([[1.0, 0.0], [0.0, 1.0], [0.0, 0.0]])  # a key for each word
by_hand = lesson.yours("attention-weights")(asks, offers)
plots.show(*attention_map(by_hand, three, 1, "chosen by hand"))

# %% [markdown]
# The query of "cat" is (0, 0), all its scores are 0, so it looks at all words alike. "sat" asks for the first number, and only "cat" offers it. "there" asks for the second,
# and only "sat" offers it. A trained network finds such queries and keys by itself.
#
# ## 2. Mix the values, and hide some
#
# **The idea.** The answer to a query is a mixture of the values, in the shares of its weights: $\text{weights} \cdot v$.
#
# **Worked numbers.** Take the query and the three keys of the worked numbers in section 1. Their values are 10, 20 and 40. The mixture is
# 0.422 · 10 + 0.155 · 20 + 0.422 · 40 = 24.2.
#
# **A mask** says who may be looked at: True is allowed, False is hidden. A hidden word must get the weight 0, and the others must still sum to 1. So give
# the hidden word a *score*, the number after the division, so low that softmax makes 0 of it: $-\infty$, or −1,000,000,000. After softmax it would be too late.
#
# **Worked numbers.** The scores are 1, 0 and 1. Hide the third word: 1, 0 and −1,000,000,000. Now e¹ + e⁰ = 3.718 is the whole, the weights are 0.731, 0.269 and 0, and the mixture is
# 0.731 · 10 + 0.269 · 20 = 12.69.
#
# **Predict first.** What happens if you give the hidden word the score 0 instead?

# %% tags=["demo"]
lesson.predict("score-zero")

# %% tags=["demo"]
query = np.array([[1.0, 1.0, 1.0, 1.0]])
key = np.array([[1.0, 1.0, 0.0, 0.0], [0.0, 0.0, 0.0, 0.0], [1.0, 0.0, 1.0, 0.0]])
value = np.array([[10.0], [20.0], [40.0]])
tries = {"nothing hidden": [1, 0, 1], "third -1e9": [1, 0, -1e9], "third 0": [1, 0, 0]}
for name, scores in tries.items():
    shares = nn.softmax(np.array(scores))
    print(f"{name:14s}: weights {shares.round(3)}, mixture {(shares @ value).item():.2f}")
lesson.reveal("score-zero", shares[2])


# %% [markdown]
# A score of 0 hides nothing: $e^0 = 1$, and the third word keeps a share of 0.212. Only a very low score makes a weight of 0.
#
# ### Exercise 2: mix the values under a mask
#
# ★★☆ · 10 minutes · 3 points
#
# Write `attend(query, key, value, mask)`. The mask has the shape (T, S), and every query may look at one word at least. `value` has
# the shape (S, V). Return the mixtures, shape (T, V). Scores may be of any size, thousands too, also the hidden ones.
#
# <details><summary>Hint 1: a nudge</summary>
#
# Three steps: scores, then weights, then the mixture. Between which two does the mask come in?
# </details>
# <details><summary>Hint 2: the function to look up</summary>
#
# `np.where(mask, a, b)` takes `a` where the mask is True and `b` elsewhere.
# </details>
# <details><summary>Hint 3: pseudo-code</summary>
#
# scores ← query · keyᵀ / √D; scores ← scores where the mask is True, else −1e9; weights ← softmax of scores; return weights · value.
# </details>


# %% nbgrader={"grade": false, "grade_id": "attend-answer", "locked": false, "schema_version": 3, "solution": true}
def attend(query, key, value, mask):
    """The values, mixed by attention weights; where the mask is False the weight is 0."""
    ### BEGIN SOLUTION
    scores = query @ key.T / np.sqrt(query.shape[1])
    return nn.softmax(np.where(mask, scores, -1e9)) @ value
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "attend", "locked": true, "points": 3, "schema_version": 3, "solution": false}
lesson.check("attend")
### BEGIN HIDDEN TESTS
lesson.grade("attend")
### END HIDDEN TESTS

# %% [markdown]
# ## 3. No look into the future
#
# **The idea.** A network that is to *predict* the next word must not see it. Word 3 may look at words 1, 2 and 3, but not at word 4. This is the **causal
# mask**: row i is the word that looks, column j the word looked at, and True stands where $j \le i$.
#
# **The picture.** For four words, ■ is True:
#
# ```
#          the  cat  sat  on
#   the     ■    ·    ·    ·
#   cat     ■    ■    ·    ·
#   sat     ■    ■    ■    ·
#   on      ■    ■    ■    ■
# ```
#
# **Predict first.** What are the weights of the first word, whatever the scores are?
#
# ### Exercise 3: the causal mask
#
# ★☆☆ · 5 minutes · 2 points
#
# Write `causal_mask(n)`. It returns the mask for n words: an array of True and False, shape (n, n).
#
# <details><summary>Hint 1: a nudge</summary>
#
# The picture shows a lower triangle, with its diagonal.
# </details>
# <details><summary>Hint 2: the function to look up</summary>
#
# `np.tril` keeps the lower triangle of a table. Or compare a column of positions with a row of positions.
# </details>
# <details><summary>Hint 3: almost there</summary>
#
# `np.tril(np.ones((n, n), dtype=…))`
# </details>


# %% nbgrader={"grade": false, "grade_id": "causal-mask-answer", "locked": false, "schema_version": 3, "solution": true}
def causal_mask(n):
    """mask[i, j] is True where word i may look at word j: at itself and at the past."""
    ### BEGIN SOLUTION
    return np.tril(np.ones((n, n), dtype=bool))
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "causal-mask", "locked": true, "points": 2, "schema_version": 3, "solution": false}
lesson.check("causal-mask")
### BEGIN HIDDEN TESTS
lesson.grade("causal-mask")
### END HIDDEN TESTS

# %% [markdown]
# The first word has only itself to look at: its weight is 1, whatever the scores are.
#
# **A test for leaks.** A wrong mask gives no error. The network simply becomes too good in training, and useless afterwards. So test it, from outside: change one
# word and compare the outputs. Outputs *before* that word must not move. Those at the word and after it may.
#
# **Worked numbers.** Three words have the outputs 1, 2, 3. You change the last word (number 2, counted from 0).
#
# | outputs now | moved | leak? |
# |---|---|---|
# | 1, 2, 7 | the changed word itself | no |
# | 4, 2, 7 | word 0, which comes before it | yes |
#
# ### Exercise 4: does the future leak?
#
# ★★☆ · 8 minutes · 2 points
#
# Write `leaks(before, after, t)`. `before` and `after` are the outputs, shape (T, D), before and after word number `t` was changed. Return True if any
# output of a word before `t` moved by more than 0.000001, otherwise False. (Computers round, so a tiny move is no leak.)
#
# <details><summary>Hint 1: a nudge</summary>
#
# Which slice holds the words before t? If t is 0 it is empty, and an empty slice has no largest number.
# </details>
# <details><summary>Hint 2: the functions to look up</summary>
#
# `np.abs` takes away the sign. `np.any` is True if any of the comparisons is, and False for none.
# </details>
# <details><summary>Hint 3: pseudo-code</summary>
#
# moves ← size of (after − before), up to t; return whether any move is above 1e-6.
# </details>


# %% nbgrader={"grade": false, "grade_id": "leaks-answer", "locked": false, "schema_version": 3, "solution": true}
def leaks(before, after, t):
    """Whether a change of word t moved an output before it."""
    ### BEGIN SOLUTION
    return bool(np.any(np.abs(after[:t] - before[:t]) > 1e-6))
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "leaks", "locked": true, "points": 2, "schema_version": 3, "solution": false}
lesson.check("leaks")
### BEGIN HIDDEN TESTS
lesson.grade("leaks")
### END HIDDEN TESTS

# %% [markdown]
# **Try the test on three masks, and on Keras.** One of the masks is wrong by a single diagonal. The words are taken as query, key and value, all three.

# %% tags=["demo"]
# @title Test three masks and Keras's layer
my_attend, my_mask, my_test = (lesson.yours(id) for id in ("attend", "causal-mask", "leaks"))
x = np.random.default_rng(1).normal(size=(5, 4))
changed = x.copy()
changed[3] += 1
masks = {
    "no mask": np.ones((5, 5), bool),
    "your causal mask": np.asarray(my_mask(5), bool),
    "one diagonal too many": np.tri(5, k=1, dtype=bool),
}
for name, mask in masks.items():
    leak = my_test(my_attend(x, x, x, mask), my_attend(changed, changed, changed, mask), 3)
    print(f"{name:22s} leak: {leak}")

layer = keras.layers.MultiHeadAttention(num_heads=2, key_dim=2)
for causal in (False, True):
    before, after = [layer(a[None], a[None], use_causal_mask=causal).numpy()[0] for a in (x, changed)]
    print(f"Keras, use_causal_mask={causal!s:5} leak: {my_test(before, after, 3)}")

# %% [markdown]
# ## 4. Where am I?
#
# **The problem.** Nothing in the formula says where a word stands. A score compares two words, wherever they are.
#
# **Predict first.** Shuffle the words, let them attend without a mask, and put the answers back in the old order. What has changed?

# %% tags=["demo"]
order = np.array([3, 0, 4, 2, 1])
everything = np.ones((5, 5), bool)
straight = my_attend(x, x, x, everything)
shuffled = my_attend(x[order], x[order], x[order], everything)
print(f"largest change of an answer: {np.abs(shuffled - straight[order]).max():.1e}")


# %% [markdown]
# Nothing. "Not bad, it is good" and "Not good, it is bad" would be the same to it.
#
# **The idea.** Add to each word's numbers a row that depends on its **position**. The first transformer took waves: a fast pair of sine and cosine, a slower
# pair, a still slower pair, like the hands of a clock. With $p$ for the position, from 0, and $D$ numbers a word:
#
# $$\text{column } 2i: \ \sin\frac{p}{10000^{2i/D}} \qquad \text{column } 2i + 1: \ \cos\frac{p}{10000^{2i/D}}$$
#
# **Worked numbers.** $D = 4$ makes two pairs, $i = 0$ and $i = 1$. The divisors are $10000^{0/4} = 1$ and $10000^{2/4} = 100$.
#
# | position | sin(p) | cos(p) | sin(p/100) | cos(p/100) |
# |---|---|---|---|---|
# | 0 | 0 | 1 | 0 | 1 |
# | 1 | 0.8415 | 0.5403 | 0.0100 | 0.99995 |
# | 2 | 0.9093 | −0.4161 | 0.0200 | 0.9998 |
#
# ### Exercise 5: positions as waves
#
# ★★☆ · 12 minutes · 3 points
#
# Write `positions(length, size)`. It returns the table of waves, shape (length, size). `size` is even.
#
# <details><summary>Hint 1: a nudge</summary>
#
# Make the table of angles first, one column for each *pair*. Positions go down, divisors go across.
# </details>
# <details><summary>Hint 2: the pieces</summary>
#
# `np.arange(0, size, 2)` is 0, 2, 4, …, that is 2i. `np.arange(length)[:, None]` is a column. `table[:, 0::2]` are the even columns.
# </details>
# <details><summary>Hint 3: pseudo-code</summary>
#
# angles ← column of positions / 10000 ** (2i / size); table ← zeros; even columns ← sin of angles; odd columns ← cos of angles.
# </details>


# %% nbgrader={"grade": false, "grade_id": "positions-answer", "locked": false, "schema_version": 3, "solution": true}
def positions(length, size):
    """A row of waves for each position: sine in the even columns, cosine in the odd ones."""
    ### BEGIN SOLUTION
    angles = np.arange(length)[:, None] / 10_000 ** (np.arange(0, size, 2) / size)
    table = np.zeros((length, size))
    table[:, 0::2] = np.sin(angles)
    table[:, 1::2] = np.cos(angles)
    return table
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "positions", "locked": true, "points": 3, "schema_version": 3, "solution": false}
lesson.check("positions")
### BEGIN HIDDEN TESTS
lesson.grade("positions")
### END HIDDEN TESTS

# %% tags=["demo"]
# @title Draw the table of positions, and shuffle with positions
my_positions = lesson.yours("positions")
table = my_positions(40, 32)
figure, axes = plots.figure(1, 2, (11, 3.4))
axes[0].imshow(table.T, cmap="cividis", aspect="auto", vmin=-1, vmax=1)
axes[0].grid(False)
axes[0].set(xlabel="position", ylabel="column", title="the table: dark -1, bright 1")
for number, column in enumerate((0, 4, 8)):
    axes[1].plot(
        table[:, column], label=f"column {column}", marker=plots.MARKERS[number], markevery=4, **plots.line(number)
    )
axes[1].set(xlabel="position", title="three columns: fast, slower, slow", ylim=(-1.1, 1.5))
axes[1].legend(loc="upper center", ncol=3)
plots.show(
    figure,
    "Waves for 40 positions and 32 columns. The first columns swing once in about six "
    "positions, later ones more and more slowly, the last hardly at all. "
    "No two positions have the same row.",
)
placed, mixed = x + my_positions(5, 4), x[order] + my_positions(5, 4)
straight = my_attend(placed, placed, placed, everything)
shuffled = my_attend(mixed, mixed, mixed, everything)
change = np.abs(shuffled - straight[order]).max()
print(f"with positions, largest change of an answer after the shuffle: {change:.2f}")


# %% [markdown]
# ## 5. Several heads
#
# **The idea.** One set of weights can look for one thing at a time. A word may want two: *who did it*, and *where am I in the sentence*. So let several
# **heads** look at once. Each has its own small query, key and value, made from the word $x$ by learned kernels, and its own kernel $O_h$, which brings its
# answer from the size of a head to the size of a word. These answers are added:
#
# $$y = \sum_h \operatorname{attention}(x Q_h,\; x K_h,\; x V_h)\; O_h$$
#
# **Shapes, as Keras keeps them.** Words $x$: (T, D). Kernels of query, key and value: (D, heads, size of a head). Kernel of the output: (heads, size of
# a head, D). The kernel of head h is `query_kernel[:, h]`, likewise for key and value. Its part of the output kernel is `output_kernel[h]`. The $\sqrt{D}$ in a head is the root of *its* size.
#
# **Worked numbers.** Words of 8 numbers, two heads of 4. Each of the three kernels has 8 · 2 · 4 = 64 numbers, the output kernel 2 · 4 · 8 = 64, together
# 256. A single head of 8 would have just as many: heads share the numbers among them. Keras adds biases: 8 each for query, key and value, and 8 for the output, together 32.
#
# ### Exercise 6: several heads
#
# ★★★ · 15 minutes · 4 points
#
# Write `multi_head(x, query_kernel, key_kernel, value_kernel, output_kernel)`: all words look at all words, no mask, no biases. Return the sum, shape (T, D). Scores may be of any size.
# Your `attention_weights` does most of it (or `nn.attention(q, k, v)`, which returns the mixture and the weights).
#
# <details><summary>Hint 1: a nudge</summary>
#
# A loop over heads, and a sum that grows. Everything inside the loop you have written before.
# </details>
# <details><summary>Hint 2: inside a head</summary>
#
# `q = x @ query_kernel[:, h]` has the shape (T, size of a head); k and v likewise.
# </details>
# <details><summary>Hint 3: pseudo-code</summary>
#
# y ← 0; for each head h: q, k, v ← x times its kernels; y ← y + (weights of q and k · v) · output kernel of h; return y.
# </details>


# %% nbgrader={"grade": false, "grade_id": "multi-head-answer", "locked": false, "schema_version": 3, "solution": true}
def multi_head(x, query_kernel, key_kernel, value_kernel, output_kernel):
    """The answers of all heads, each brought back to the size of a word, added up."""
    ### BEGIN SOLUTION
    y = 0
    for h in range(len(output_kernel)):
        q, k, v = x @ query_kernel[:, h], x @ key_kernel[:, h], x @ value_kernel[:, h]
        y = y + nn.attention(q, k, v)[0] @ output_kernel[h]
    return y
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "multi-head", "locked": true, "points": 4, "schema_version": 3, "solution": false}
lesson.check("multi-head")
### BEGIN HIDDEN TESTS
lesson.grade("multi-head")
### END HIDDEN TESTS

# %% [markdown]
# **The same in Keras**, with the same weights:

# %% tags=["demo"]
layer = keras.layers.MultiHeadAttention(num_heads=2, key_dim=4, use_bias=False)
words = np.random.default_rng(2).normal(size=(5, 8)).astype("float32")
theirs = layer(words[None], words[None]).numpy()[0]
ours = lesson.yours("multi-head")(words, *layer.get_weights())
print("shapes of its weights:", *[w.shape for w in layer.get_weights()])
print("numbers in them:", layer.count_params())
print(f"largest difference: {np.abs(theirs - ours).max():.1e}")


# %% [markdown]
# ## 6. The transformer block
#
# **The idea.** Attention carries news *between* words. Then each word thinks it over *by itself*: two dense layers, the same for every word. Around
# both halves lies a shortcut (lesson 15), and before each a **layer normalisation** (lesson 15, section 6): it gives the numbers of each word the mean 0 and the spread 1.
#
# **The picture.**
#
# ```
#       ┌─────────────────────────┐      ┌──────────────────────────────────┐
#  x ───┴─► norm ─► attention ──►(+)─────┴─► norm ─► dense, ReLU ─► dense ─►(+)──► out
# ```
#
# Words of `size` numbers go in, and words of `size` numbers come out. So blocks can be stacked: large language models have dozens of them, one on
# top of the other.
#
# ### Exercise 7: a transformer block in Keras
#
# ★★★ · 15 minutes · 4 points
#
# Write `build_block(size, heads, hidden, causal)`. Each call returns a new `keras.Model`, for sentences of any length, words of `size` numbers. The heads
# share the numbers: each has `size // heads`. The first dense layer has `hidden` neurons and ReLU, the second `size` neurons and no activation. If
# `causal` is True no word looks ahead. The layers: `keras.layers.LayerNormalization()`, `keras.layers.MultiHeadAttention(heads, key_dim)`, `keras.layers.Dense`.
#
# **A new way to build a model.** `keras.Input` stands for words that are still to come. A layer called with it, `layer(inputs)`, gives what will come out of the layer, and that can go into the next
# layer. Two such things of one shape can be added with `+`. `keras.Model(inputs, x)` is the network that leads from `inputs` to `x`. As an example, a model with one dense layer and a shortcut:
#
# ```python
# inputs = keras.Input((None, size))
# x = inputs + keras.layers.Dense(size)(inputs)
# return keras.Model(inputs, x)
# ```
#
# <details><summary>Hint 1: a nudge</summary>
#
# Follow the picture from left to right and write a line for each arrow. Both halves have the same form: x + something of norm(x).
# </details>
# <details><summary>Hint 2: attention to itself</summary>
#
# The layer is called with the words twice, as query and as value: `layer(a, a, use_causal_mask=causal)`. Without a third argument the value serves as the key too.
# </details>
# <details><summary>Hint 3: pseudo-code</summary>
#
# a ← norm of x; x ← x + attention of a to a; a ← norm of x; x ← x + dense(size) of dense(hidden, ReLU) of a. Two norms: make a new layer for each.
# </details>


# %% nbgrader={"grade": false, "grade_id": "build-block-answer", "locked": false, "schema_version": 3, "solution": true}
def build_block(size, heads, hidden, causal):
    """A transformer block: attention between words, then two dense layers for each word."""
    ### BEGIN SOLUTION
    x = inputs = keras.Input((None, size))
    a = keras.layers.LayerNormalization()(x)
    x = x + keras.layers.MultiHeadAttention(heads, size // heads)(a, a, use_causal_mask=causal)
    a = keras.layers.LayerNormalization()(x)
    x = x + keras.layers.Dense(size)(keras.layers.Dense(hidden, activation="relu")(a))
    return keras.Model(inputs, x)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "build-block", "locked": true, "points": 4, "schema_version": 3, "solution": false}
lesson.check("build-block")
### BEGIN HIDDEN TESTS
lesson.grade("build-block")
### END HIDDEN TESTS

# %% [markdown]
# ---
# **A good place for a break.** *What stands:* attention and the block, part by part. *What comes:* four transformers at work.
#
# *Coming back:* your answers are saved with the notebook, but the kernel may have forgotten what was computed. Click into the next cell that holds code, and choose *Run → Run All Above Selected Cell*
# (in Colab *Runtime → Run before*). Everything above is computed once more, in less than a minute; then go on from here.
#
# ---
#
# ## 7. A transformer that learns to reverse
#
# **The task.** Six letters come in; they are to come out in reverse. `b a f c a j` becomes `j a c f a b`. The first output needs the last input: every place has to
# look at another place.
#
# **The network.** A table of learned numbers for the letters (Embedding), plus your positions; one block with one head, yours; one more layer
# normalisation; a dense layer with softmax that names a letter at each place.

# %% tags=["demo"]
my_block = lesson.yours("build-block")
LETTERS = np.array(list("abcdefghij"))


def build_reader(words, table, heads, causal):
    """Embedding + positions, one block, and shares of all words at each place."""
    length, size = table.shape
    numbers = keras.Input((length,), dtype="int32")
    x = keras.layers.Embedding(words, size)(numbers) + table.astype("float32")
    x = keras.layers.LayerNormalization()(my_block(size, heads, 32, causal)(x))
    model = keras.Model(numbers, keras.layers.Dense(words, activation="softmax")(x))
    model.compile(keras.optimizers.Adam(0.01), "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


# %% tags=["demo"]
# @title Train it to reverse rows of six letters
def train_to_reverse(table):
    """A network trained on 2,000 rows of six random letters, and its accuracy on 500 new ones."""
    keras.utils.set_random_seed(16)
    letters = np.random.default_rng(16).integers(0, 10, (2500, 6))
    model = build_reader(len(LETTERS), table, heads=1, causal=False)
    model.fit(letters[:2000], letters[:2000, ::-1], epochs=5, batch_size=64, verbose=0)
    return model, model.evaluate(letters[2000:], letters[2000:, ::-1], verbose=0)[1]


reverser, reverse_accuracy = train_to_reverse(my_positions(6, 32))
print(f"letters in their right place, 500 new rows: {reverse_accuracy:.1%}")
row = np.array([1, 0, 5, 2, 0, 9])
print(*LETTERS[row], "becomes", *LETTERS[reverser(row[None]).numpy()[0].argmax(axis=-1)])


# %% [markdown]
# **Where does it look?** The weights of its head, computed with the formula of exercise 1 from the network's own numbers. Move the slider from place to place.


# %% tags=["demo"]
# @title Where the head looks, with a slider
def head_weights(model, numbers, table, causal):
    """The attention weights of each head of the model's block, shape (heads, T, T)."""
    weights = [np.float64(w) for w in model.get_weights()]
    words, scale, shift, query_kernel, query_bias, key_kernel, key_bias = weights[:7]
    x = words[numbers] + table
    x = (x - x.mean(axis=1, keepdims=True)) / np.sqrt(x.var(axis=1, keepdims=True) + 0.001)
    x = scale * x + shift
    mask = np.tri(len(x), dtype=bool) if causal else None
    heads = []
    for h in range(len(query_bias)):
        q = x @ query_kernel[:, h] + query_bias[h]
        k = x @ key_kernel[:, h] + key_bias[h]
        heads.append(nn.attention(q, k, k, mask)[1])
    return np.array(heads)


reverse_map = head_weights(reverser, row, my_positions(6, 32), causal=False)[0]


def look(place):
    """Where one place of the row looks."""
    return attention_map(reverse_map, list(LETTERS[row]), place - 1, "reverse")


plots.explore(look, place=(1, 6, 1, 1))

# %% [markdown]
# The heaviest weights lie on the other diagonal: place 1 looks at place 6, place 2 at place 5. Nobody told the network; it found the places through your waves.
#
# ### Break it: forget the positions
#
# **Predict first.** The same network, the same letters, but a table of zeros instead of the waves. How many letters will be right? (A blind guess has 10 %.)

# %% tags=["demo"]
lesson.predict("no-positions")

# %% tags=["demo"]
_, lost_accuracy = train_to_reverse(np.zeros((6, 32)))
print(f"with positions: {reverse_accuracy:.1%}, without: {lost_accuracy:.1%}")
lesson.reveal("no-positions", lost_accuracy)

# %% [markdown]
# Without positions it still sees *which* letters are there, and how often, but not where. And through the shortcut each place keeps its own letter.
#
# Place 1 needs the letter of place 6, place 3 that of place 4. No place ever needs its own. So it looks at the other five and names the commonest of them. How often is that right? Over all
# possible rows:
#
# | among the other five | in so many rows | right |
# |---|---|---|
# | all differ | 30.2 % | 1 time in 5 |
# | the commonest stands there twice | 61.2 % | 2 times in 5 |
# | three times | 8.1 % | 3 times in 5 |
# | more often | 0.5 % | 4 times in 5, or always |
#
# $0.302 \cdot 0.2 + 0.612 \cdot 0.4 + 0.081 \cdot 0.6 + 0.005 \cdot 0.8 = 0.358$: that is 35.8 % of the letters. It can do no better: two rows with the same other letters in
# another order look the same to a place. (To name the commonest of all six, its own as well, would give 33.7 %.) Over six starts on two CPU cores it named
# 34 to 36 % of the letters, and 99.8 to 100 % with positions.
#
# ## 8. The cat sat on the …, again
#
# **The task** is that of lesson 14: name the next word, in a small world of four animals with a place each. Forty sentences for training, eight kept for testing,
# among them "the cat sat on the mat". A recurrent network had to *carry* the cat through three words. A transformer can look back at it. It
# must not look ahead, so the block is causal.

# %% tags=["demo"]
# @title Write the 48 sentences of lesson 14
PLACES = {"cat": "mat", "dog": "rug", "bird": "branch", "frog": "stone"}
sentences = [
    f"the {animal} {verb} {where} the {place}"
    for animal, place in PLACES.items()
    for verb in ("sat", "slept", "waited", "sang")
    for where in ("on", "near", "under")
]
vocabulary = sorted({word for sentence in sentences for word in sentence.split()})
numbers = np.array([[vocabulary.index(word) for word in sentence.split()] for sentence in sentences])
held_out = np.arange(len(numbers)) % 6 == 0

# %% tags=["demo"]
keras.utils.set_random_seed(16)
next_word = build_reader(len(vocabulary), my_positions(5, 16), heads=2, causal=True)
next_word.fit(numbers[~held_out, :-1], numbers[~held_out, 1:], epochs=40, batch_size=10, verbose=0)

said = next_word(numbers[held_out, :-1]).numpy()[:, -1].argmax(axis=-1)
right = np.mean(said == numbers[held_out, -1])
print(f"right places in {held_out.sum()} unseen sentences: {right:.0%}")

# %% tags=["demo"]
one = np.array([vocabulary.index(word) for word in "the cat sat on the".split()])
other = one.copy()
other[3] = vocabulary.index("under")
outputs = [next_word(row[None]).numpy()[0] for row in (one, other)]
print("word 3 changed: does it leak to the words before it?", my_test(*outputs, 3))

# %% [markdown]
# **The picture.** Who looks at whom in a sentence that the network has not seen. Two sliders: the head, and the word whose row is drawn as bars. A dot is a weight that the mask has made 0: no
# word looks ahead.

# %% tags=["demo"]
# @title Who looks at whom, with two sliders
BEGIN = "the cat sat on the"
cat_maps = head_weights(next_word, one, my_positions(5, 16), causal=True)
seer = int(cat_maps[:, -1, 1].argmax())  # the head that looks most at "cat" from the last word


def watch(head, word):
    """Where one word of the sentence looks, in one head."""
    return attention_map(cat_maps[head - 1], BEGIN.split(), word - 1, f"head {head}")


plots.explore(watch, head=(1, 2, 1, seer + 1), word=(1, 5, 1, 5))
print(f"the last word, in head {seer + 1}, gives {cat_maps[seer, -1, 1]:.0%} of its attention to 'cat'")

# %% [markdown]
# To name the place, the last "the" looks back at the animal, past all the words between. Move the first slider: the other head looks elsewhere. With other starting weights the shares come out differently, but in each of five
# starts (two CPU cores) all eight places were right.
#
# With a single head, one start in five stayed at 25 %: it never learned to look at the animal, and four places are to choose from.
#
# ## 9. A network that writes names
#
# **The idea.** A network that knows what may come next can *write*: it names the shares of all letters, you draw one of them, put it behind the others, and ask
# again. Large language models write in the same way, one piece of a word after the other.
#
# **The data** are 5,163 first names that were frequent in the United States in 1990 (a list of the census, in the public domain). One name in ten is held out. The letters a to z
# have the numbers 1 to 26. The number 0 is a **mark**: it stands before the first letter, and drawn after the last one it means the end.
#
# **The picture.** The name "anna", as the network learns it:
#
# ```
#  shown so far      0       0 1     0 1 14   0 1 14 14   0 1 14 14 1
#  comes next        1 (a)   14 (n)  14 (n)   1 (a)       0 (end)
# ```
#
# Thanks to the causal mask, one row of the network's input teaches all five at once.

# %% tags=["demo"]
# @title Load the names, and make rows of 12 numbers
names = course_utils.load_names()
CONTEXT = 12  # the longest name has 11 letters


def as_rows(some_names):
    """What is shown, filled up with 0, and what comes next, filled up with -1: "nothing to learn here"."""
    shown, following = np.zeros((len(some_names), CONTEXT), int), np.full((len(some_names), CONTEXT), -1)
    for row, name in enumerate(some_names):
        letters = [SIGNS.index(letter) for letter in name]
        shown[row, 1 : len(name) + 1] = letters
        following[row, : len(name) + 1] = [*letters, 0]
    return shown, following


shown, following = as_rows(names.train)
print(f"{len(names.train):,} names to learn from, {len(names.test)} held out, such as", ", ".join(names.test[:4]))
print(f'"{names.train[1]}": shown {shown[1]}, next {following[1]}')

# %% [markdown]
# **What must it beat?** A model that looks at *one* letter only. Count in all names how often each letter follows each other one, and make shares of the counts. This
# is called a **bigram model** (two letters). So that no pair is impossible, every count begins with 1.
#
# **Worked numbers.** In the names to learn from, q is followed 44 times by u and once by i. There are 27 counts, and each begins with 1. So the share of u after q is
# (44 + 1) / (45 + 27) = 45 / 72 = 0.625.

# %% tags=["demo"]
pairs = np.ones((27, 27))
np.add.at(pairs, (shown[following >= 0], following[following >= 0]), 1)
bigram = pairs / pairs.sum(axis=1, keepdims=True)
plots.show(*pair_map(bigram))
print(f"after q: u in {bigram[17, 21]:.1%}; first letter a: {bigram[0, 1]:.1%}")

# %% [markdown]
# **The transformer**, with your block and your positions. Its last layer gives **logits** (lesson 04), the scores before softmax.

# %% tags=["demo"]
keras.utils.set_random_seed(16)
letters = keras.Input((CONTEXT,), dtype="int32")
x = keras.layers.Embedding(27, 32)(letters) + my_positions(CONTEXT, 32).astype("float32")
x = keras.layers.LayerNormalization()(my_block(32, 4, 64, True)(x))
writer = keras.Model(letters, keras.layers.Dense(27)(x))
loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True, ignore_class=-1)
writer.compile(keras.optimizers.Adam(0.01), loss)
writer.fit(shown, following, epochs=10, batch_size=64, verbose=0)
print(f"{writer.count_params():,} parameters, {np.sum(following >= 0):,} letters and ends to learn from")

# %% [markdown]
# **Predict first.** A model that gives all 27 the same share has the loss ln 27 = 3.30 a letter: $e^{3.30} = 27$, it is as unsure as among 27 equal letters. Among
# how many is the bigram model, for names that it has never seen? And the transformer? (The bigram model has shares and no logits. Softmax of the logarithms of shares gives the
# shares back, so `np.log(bigram)` serves as its logits.)

# %% tags=["demo"]
held_shown, held_following = as_rows(names.test)


def loss_a_letter(logits, following):
    """The mean surprise (lesson 04) at what really came next."""
    real = following >= 0
    return nn.sparse_categorical_crossentropy(following[real], np.float64(logits[real]), from_logits=True)


held_losses = {
    "all letters alike": loss_a_letter(np.zeros((*held_shown.shape, 27)), held_following),
    "bigram": loss_a_letter(np.log(bigram)[held_shown], held_following),
    "transformer": loss_a_letter(writer.predict(held_shown, verbose=0), held_following),
}
for model, held_loss in held_losses.items():
    print(f"{model:18s} loss {held_loss:.2f}: as unsure as among {np.exp(held_loss):4.1f} letters")


# %% [markdown]
# The bigram model is as unsure as among 10.4 letters, the transformer as among seven or eight. It sees the whole beginning of the name, and where it is in it. Over six starts on
# two CPU cores its loss was 2.01 to 2.04 for the held-out names, and 1.96 to 1.97 for those that it had learned from. The two are close: it has learned how names are built, and hardly any name by heart.
#
# ### Draw with a temperature
#
# **The idea.** To write, you need one letter, not shares. Always the likeliest? Then every name comes out the same. So *draw* it, in the shares that the
# network gives. A number, the **temperature** $T$, says how daring you are:
#
# $$\text{shares} = \operatorname{softmax}\!\left(\frac{\text{logits}}{T}\right)$$
#
# **Worked numbers.** The logits 6, 3 and 0:
#
# | temperature | logits / T | shares |
# |---|---|---|
# | 1 | 6, 3, 0 | 0.950, 0.047, 0.002 |
# | 3 | 2, 1, 0 | 0.665, 0.245, 0.090 |
# | 0.5 | 12, 6, 0 | 0.998, 0.002, 0.000 |
#
# Cold is careful: the likeliest gets nearly everything. Hot is daring: the shares come closer together.
#
# In lesson 14 the rule was: each share is raised to the power $1/T$, and all are made to sum to 1 again. It is the same rule, for $e^{z/T} = (e^z)^{1/T}$. Take the shares 0.9 and 0.1 at
# $T = 2$. Their roots are 0.949 and 0.316, together 1.265, which gives 0.75 and 0.25. And the logits ln 0.9 = −0.105 and ln 0.1 = −2.303, halved and put through softmax, give 0.75 and 0.25 as well.
#
# ### Exercise 8: draw the next letter
#
# ★★☆ · 10 minutes · 3 points
#
# Write `sample(logits, temperature, rng)`. `logits` holds K scores of any size. Return one whole number from 0 to K − 1, drawn in the shares of the
# formula. All chance must come from `rng`, a generator such as `np.random.default_rng(16)`: then whoever has the same generator gets the same names.
# There are several right ways to draw, and they need not draw the same number. So the check counts many draws, and lets chance have its room.
#
# <details><summary>Hint 1: a nudge</summary>
#
# First the shares, with what you know. Then a single number in these shares.
# </details>
# <details><summary>Hint 2: the functions to look up</summary>
#
# `nn.softmax` makes the shares. `rng.choice(5, p=shares)` draws one of the numbers 0 to 4 in five shares.
# </details>
# <details><summary>Hint 3: pseudo-code</summary>
#
# shares ← softmax of (logits / temperature); return a choice of `len(shares)` numbers with p = shares.
# </details>


# %% nbgrader={"grade": false, "grade_id": "sample-answer", "locked": false, "schema_version": 3, "solution": true}
def sample(logits, temperature, rng):
    """A number from 0 to K - 1, drawn in the shares softmax(logits / temperature)."""
    ### BEGIN SOLUTION
    shares = nn.softmax(np.asarray(logits, float) / temperature)
    return int(rng.choice(len(shares), p=shares))
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "sample", "locked": true, "points": 3, "schema_version": 3, "solution": false}
lesson.check("sample")
### BEGIN HIDDEN TESTS
lesson.grade("sample")
### END HIDDEN TESTS

# %% [markdown]
# ### Letter by letter
#
# **The idea.** The loop is short. Begin with the mark. Ask the model, draw, and put the number behind the others. Stop when the mark is drawn: the name has come to its
# end. Two things keep it from going wrong. A model has a table of so many positions, so show it the *last* `context` numbers only. And a model may
# never draw the end, so stop after `limit` letters.
#
# **Worked numbers.** A model that is sure of "ada". Context 3, limit 10.
#
# | shown to the model | it draws | the list |
# |---|---|---|
# | 0 | 1 | 0 1 |
# | 0 1 | 4 | 0 1 4 |
# | 0 1 4 | 1 | 0 1 4 1 |
# | 1 4 1 (the last three) | 0, the end | |
#
# The answer is the list without the mark: `[1, 4, 1]`. With limit 2 it would be `[1, 4]`.
#
# ### Exercise 9: write a name
#
# ★★★ · 15 minutes · 3 points
#
# Write `generate(model, context, limit, temperature, rng)`. `model(numbers)` takes a list of at most `context` numbers and returns the logits of
# the next one. Draw with your `sample`. Return the list of the numbers drawn, without the mark, at most `limit` of them.
#
# <details><summary>Hint 1: a nudge</summary>
#
# One list that begins as `[0]` and grows. What ends the loop: two things?
# </details>
# <details><summary>Hint 2: the pieces</summary>
#
# `numbers[-context:]` holds the last `context` numbers, or all if there are fewer. `numbers[1:]` is the list without its first.
# </details>
# <details><summary>Hint 3: pseudo-code</summary>
#
# numbers ← [0]; repeat `limit` times: number ← sample of model(the last numbers); if it is 0, stop; append it. Return all but the first.
# </details>


# %% nbgrader={"grade": false, "grade_id": "generate-answer", "locked": false, "schema_version": 3, "solution": true}
def generate(model, context, limit, temperature, rng):
    """The numbers that the model writes after the mark 0, up to the next 0 or to the limit."""
    ### BEGIN SOLUTION
    numbers = [0]
    for _ in range(limit):
        number = sample(model(numbers[-context:]), temperature, rng)
        if number == 0:
            break
        numbers.append(number)
    return numbers[1:]
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "generate", "locked": true, "points": 3, "schema_version": 3, "solution": false}
lesson.check("generate")
### BEGIN HIDDEN TESTS
lesson.grade("generate")
### END HIDDEN TESTS

# %% [markdown]
# **Now let both models write.** The transformer wants rows of 12, so zeros are put behind the numbers. The causal mask hides them: what stands behind cannot change the
# answer.

# %% tags=["demo"]
# @title Tools: ask both models, and write names with your functions
my_generate = lesson.yours("generate")
answers = {}  # what has been asked before need not be computed again


def ask_writer(numbers):
    """The transformer's logits of what comes after these numbers."""
    key = tuple(int(number) for number in numbers)
    if key not in answers:
        row = np.zeros((1, CONTEXT), int)
        row[0, : len(key)] = key
        answers[key] = writer.predict_on_batch(row)[0, len(key) - 1]
    return answers[key]


def ask_bigram(numbers):
    """The bigram model's logits; it looks at the last number only."""
    return np.log(bigram[numbers[-1]])


def write(ask, count, temperature, seed=16):
    """So many names, by your `generate`."""
    rng = np.random.default_rng(seed)
    made = [my_generate(ask, CONTEXT, 15, temperature, rng) for _ in range(count)]
    return ["".join(SIGNS[number] for number in name) for name in made]


# %% tags=["demo"]
for name, ask in (("bigram", ask_bigram), ("transformer", ask_writer)):
    print(f"{name:11s}", ", ".join(write(ask, 10, 1.0)))


# %% [markdown]
# **The picture.** What the transformer says after a first "a", and twelve names. Move the slider. (Without a slider, change the number in the last line.) The bars are for the letter after a first "a" only. The twelve names beside them begin with any letter.
#
# **Predict first.** Make it colder and colder: will nearly all the names be real ones at last? And at which temperature do they stop looking like names?


# %% tags=["demo"]
def at(temperature):
    """The shares of the letter after a first "a", and twelve names, at one temperature."""
    return names_at(ask_writer([0, 1]), temperature, write(ask_writer, 12, temperature), names.train, "a")


plots.explore(at, temperature=(0.2, 2.0, 0.1, 1.0))
plots.show(*at(0.5))

# %% [markdown]
# **New, or learned by heart?** Look each name up: in the names it learned from, and in those that were held out.

# %% tags=["demo"]
# @title Look up 300 names of each model at four temperatures
known, unseen = set(names.train), set(names.test)
print("                            in training   held out   new   different   letters of a real one")
for name, ask in (("bigram", ask_bigram), ("transformer", ask_writer)):
    for temperature in (0.2, 0.5, 1.0, 1.5):
        made = write(ask, 300, temperature)
        learned, hidden = (np.mean([n in part for n in made]) for part in (known, unseen))
        letters_of_real = np.mean([len(n) for n in made if n in known])
        label = f"{name}, temperature {temperature}"
        shares = f"{label:28s} {learned:10.0%} {hidden:10.1%} {1 - learned - hidden:5.0%}"
        print(f"{shares} {len(set(made)):11d} {letters_of_real:23.1f}")

# %% [markdown]
# At temperature 1 about nine of the transformer's names in ten are new (over six starts on two CPU cores, 300 names each: 87 to 93 %), and most could be names. At 0.5 they are likelier, and so more often
# real: 25 to 35 % stand in the training data. At 0.2 about half are real (37 to 59 % over three starts), and it repeats itself: only 78 to 109 of 300 names are different ones. At 1.5 nearly all
# are new (94 to 97 %), and many could hardly be spoken.
#
# The bigram model's names are new at 1 and 1.5 as well, and mostly no names. And at 0.5 it writes real ones as often as the transformer, 25 to 29 % over six draws of 300. Look at the last column: its
# real names have two or three letters, those of the transformer about five. A model that looks at one letter can hit on a name of two letters, and hardly on a long one. To be
# new is easy, and so is to be real in two letters. Whether a model is *good*, the loss on held-out names tells. A few of the names that the transformer writes stand among those that were held out: real ones that
# it had never seen.
#
# **Look closer.** It writes names of one country and one time, because it has seen no others. Ask it for a name from elsewhere, and it cannot. A model
# writes what its data hold, and nothing tells it what is missing.
#
# ## 10. Reviews, and an honest comparison
#
# **The idea.** To judge a whole sentence, read it with a block that may look everywhere, take the *mean* over its words, and end in one sigmoid. The zeros that fill up short
# sentences must not count. A mask keeps them out of both, the attention and the mean.
#
# **Predict first.** In lesson 14 a bag of words named 78.1 to 78.9 % of the bundled test sentences rightly, the LSTM 74.4 to 77.7 %. And a transformer?

# %% tags=["demo"]
# @title Tools: build_critic(), one block that reads reviews
reviews = course_utils.load_reviews(num_words=10_000)
LENGTH, batch_size = (40, 64) if reviews.kind == "sentences" else (200, 128)
x_train = keras.utils.pad_sequences(reviews.x_train, LENGTH, padding="post")
x_test = keras.utils.pad_sequences(reviews.x_test, LENGTH, padding="post")


def build_critic(words, length, size):
    """Embedding + positions, one block, the mean over the words, one sigmoid."""
    numbers = keras.Input((length,), dtype="int32")
    there = keras.ops.not_equal(numbers, 0)
    waves = my_positions(length, size) / 10  # a fresh embedding is small, and waves of 1 would drown it
    x = keras.layers.Embedding(words, size)(numbers) + waves.astype("float32")
    x = keras.layers.Masking()(x * keras.ops.cast(there, x.dtype)[..., None])  # hides places that hold only zeros
    block = my_block(size, 2, 64, False)
    block.supports_masking = True  # it hands the mask on to its attention
    x = keras.layers.GlobalAveragePooling1D()(block(x), mask=there)
    model = keras.Model(numbers, keras.layers.Dense(1, activation="sigmoid")(x))
    model.compile("adam", "binary_crossentropy", metrics=["accuracy"])
    return model


# %% tags=["demo"]
keras.utils.set_random_seed(16)
critic = build_critic(10_000, LENGTH, 32)
critic.fit(x_train, reviews.y_train, epochs=2, batch_size=batch_size, verbose=0)
critic_accuracy = critic.evaluate(x_test, reviews.y_test, batch_size=500, verbose=0)[1]
print(f"transformer: {critic_accuracy:.1%} of {len(x_test):,} test reviews, {critic.count_params():,} parameters")

# %% [markdown]
# **Read it honestly.** The share of test reviews named rightly:
#
# | | bundled sentences, six starts | whole IMDB reviews, one run |
# |---|---|---|
# | training | 8,484 sentences | 25,000 reviews, their last 200 words |
# | test | 2,121 sentences | 12,500 reviews |
# | transformer, 1 epoch | | 87.5 % |
# | transformer, 2 epochs | 74.5–76.8 % | 86.0 % |
# | transformer, 3 epochs | no better on average | 85.4 % |
# | LSTM (lesson 14) | 74.4–77.7 % | 87.5 % |
# | bag of words (lesson 14) | 78.1–78.9 % | |
#
# (Two CPU cores; batches of 64 and 128; the IMDB run has seed 16.) On short sentences the transformer is level with the LSTM, and below the bag of words. 8,484 sentences are few to
# learn 10,000 words and their relations from, and in most of them the order hardly matters. With whole reviews it is as good as the LSTM after one epoch, with a quarter
# of its numbers. After that it learns by heart.
#
# **What attention costs, and what it buys.** Every word looks at every word: $T$ words make $T \cdot T$ scores in each head. Forty words make 1,600, two hundred words 40,000. In
# return, the first and the last word are one step apart, where an LSTM needs $T - 1$ steps, and all words are computed at the same time. That is what lets
# transformers learn from enormous amounts of text, and there they win.

# %% tags=["demo", "measured"]
data = "bundled test sentences" if reviews.kind == "sentences" else "IMDB test reviews"
print(f"transformer that reverses six letters, 500 new rows: {100 * reverse_accuracy:.1f} %")
print(f"the same without positions: {100 * lost_accuracy:.1f} %")
print(f"causal transformer, next word, 8 unseen sentences: {100 * right:.1f} %")
print(
    f"loss a letter, {len(names.test)} unseen names: transformer {held_losses['transformer']:.2f}, bigram {held_losses['bigram']:.2f}"
)
print(f"transformer block on {len(x_test):,} {data}: {100 * critic_accuracy:.1f} %")


# %% [markdown]
# ## 11. Which network for which task?
#
# | network | what it knows of its input | good for | lesson |
# |---|---|---|---|
# | feedforward (MLP) | nothing: every input is joined to every neuron | tables, small inputs, the end of other networks | 03, 09, 10 |
# | CNN | neighbours belong together; a pattern may lie anywhere | images, and what lies on a grid | 13 |
# | RNN, LSTM | one thing after the other, with a memory | series of measurements, short texts, streams | 14 |
# | transformer | any two places may belong together; the order is told by positions | language, and much else with plenty of data | here |
# | GAN | two networks, one makes, one judges | making new examples, such as images | 17 |

# %% [markdown]
# ### Exercise 10: repair a program
#
# ★★☆ · 10 minutes · 2 points
#
# Attention can be trained with its way back written out by hand. In this program a row is a number from 0 to 5 and six letters, and the answer is the letter at that place: the number makes the query, each letter with its place makes a key, and the values are scores of the six letters. It runs to its end and learns badly:
# **one** place in it is wrong. `x` holds 400 such rows, `y` the letter that is asked for, and `new` are rows that it has never seen.
#
# Run the cell, and the one below it, which draws the loss. Then do two things:
#
# 1. **Name the symptom**, before you look for a cause: write the letter of what you see in the curve of the program *as given* into `symptom`.
# 2. **Repair the program.** Change at most two lines; spaces and comments do not count. It should reach a loss of at most 0.2 after the last epoch, and at least 95 % of the new rows right.
#
# - **a** · The loss grows from the first epoch on.
# - **b** · The loss stays where a guess has it.
# - **c** · The loss falls at first, then stays well above 0.
# - **d** · The loss ends near 0, but new rows are answered badly.
#
# There are 4 programs, each with another bug. Somebody beside you has this one too? Then take another: `lesson.program("repair-lookup", 2)` prints the second. Put it in the
# place of this one, with its first line of text, by which the check knows which it was.
#
# <details><summary>Hint 1: a nudge</summary>
#
# Which of the four sentences fits the curve *as given*? It tells where to look: at the keys, at the weights, at the steps, or at the answers to new rows.
# </details>
# <details><summary>Hint 2: where to look</summary>
#
# Follow one row through `forward`: what does its query ask for, what tells a key where it stands, and what should its weights sum to? Then follow it back.
# </details>


# %% nbgrader={"grade": false, "grade_id": "repair-lookup-answer", "locked": false, "schema_version": 3, "solution": true}
def lookup(x, y, new, seed):
    """Program 1: the first number asks for a place, attention fetches its letter. The losses, and scores of new rows."""
    rng = np.random.default_rng(seed)
    queries, places = rng.normal(size=(6, 8)), rng.normal(size=(6, 8))
    keys, values = 0.1 * rng.normal(size=(6, 8)), 0.1 * rng.normal(size=(6, 6))

    def forward(rows):
        key = keys[rows[:, 1:]]
        scores = np.einsum("nd,ntd->nt", queries[rows[:, 0]], key) / np.sqrt(8)
        weights = nn.softmax(scores)
        return key, weights, np.einsum("nt,ntk->nk", weights, values[rows[:, 1:]])

    losses = []
    for _ in range(40):
        for chosen in rng.permutation(len(x)).reshape(-1, 20):
            rows = x[chosen]
            key, weights, logits = forward(rows)
            dlogits = (nn.softmax(logits) - nn.one_hot(y[chosen], 6)) / len(rows)
            dweights = np.einsum("nk,ntk->nt", dlogits, values[rows[:, 1:]])
            dscores = weights * (dweights - (weights * dweights).sum(axis=1, keepdims=True)) / np.sqrt(8)
            dkey = dscores[:, :, None] * queries[rows[:, 0]][:, None]
            np.add.at(values, rows[:, 1:], -1.0 * weights[:, :, None] * dlogits[:, None])
            np.add.at(queries, rows[:, 0], -1.0 * np.einsum("nt,ntd->nd", dscores, key))
            places = places - 1.0 * dkey.sum(axis=0)
        losses.append(nn.sparse_categorical_crossentropy(y, forward(x)[2], from_logits=True))
    return losses, forward(new)[2]


symptom = ...


### BEGIN SOLUTION
def lookup(x, y, new, seed):
    """Program 1: the first number asks for a place, attention fetches its letter. The losses, and scores of new rows."""
    rng = np.random.default_rng(seed)
    queries, places = rng.normal(size=(6, 8)), rng.normal(size=(6, 8))
    keys, values = 0.1 * rng.normal(size=(6, 8)), 0.1 * rng.normal(size=(6, 6))

    def forward(rows):
        key = keys[rows[:, 1:]] + places
        scores = np.einsum("nd,ntd->nt", queries[rows[:, 0]], key) / np.sqrt(8)
        weights = nn.softmax(scores)
        return key, weights, np.einsum("nt,ntk->nk", weights, values[rows[:, 1:]])

    losses = []
    for _ in range(40):
        for chosen in rng.permutation(len(x)).reshape(-1, 20):
            rows = x[chosen]
            key, weights, logits = forward(rows)
            dlogits = (nn.softmax(logits) - nn.one_hot(y[chosen], 6)) / len(rows)
            dweights = np.einsum("nk,ntk->nt", dlogits, values[rows[:, 1:]])
            dscores = weights * (dweights - (weights * dweights).sum(axis=1, keepdims=True)) / np.sqrt(8)
            dkey = dscores[:, :, None] * queries[rows[:, 0]][:, None]
            np.add.at(values, rows[:, 1:], -1.0 * weights[:, :, None] * dlogits[:, None])
            np.add.at(queries, rows[:, 0], -1.0 * np.einsum("nt,ntd->nd", dscores, key))
            places = places - 1.0 * dkey.sum(axis=0)
        losses.append(nn.sparse_categorical_crossentropy(y, forward(x)[2], from_logits=True))
    return losses, forward(new)[2]


symptom = "c"
### END SOLUTION

# %% tags=["demo"]
# @title Draw the loss of the program as it was given, and of yours
plots.show(*plots.learning(lesson["repair-lookup"].learned(lookup)))

# %% nbgrader={"grade": true, "grade_id": "repair-lookup", "locked": true, "points": 2, "schema_version": 3, "solution": false}
lesson.check("repair-lookup")
### BEGIN HIDDEN TESTS
lesson.grade("repair-lookup")
### END HIDDEN TESTS

# %% [markdown]
# ## Quiz
#
# Six questions, no points. Answer each before you look: whatever you choose, you read why. What you miss comes back in
# a later lesson, and in `course review`.

# %% tags=["demo"]
lesson.quiz()

# %% [markdown]
# ## Key points
#
# - Attention: compare a query with all keys, make shares of the scores, mix the values in these shares.
# - Divide the sums by $\sqrt{D}$, so that softmax does not give all to one.
# - A mask works on the scores, before softmax. The causal mask hides the future; a leak test proves it.
# - Attention alone does not know the order. Positions are added to the words.
# - Several heads look for several things at once.
# - A block: attention between the words, two dense layers for each, a shortcut around both, a norm before both.
# - To write: shares of what comes next, draw one, append it, ask again, until the end is drawn. A low temperature is careful, a high one daring.
# - Compare with a simple model on what was held out, and look up whether what was written is new.
# - On few short sentences a transformer is no better than a bag of words. Report both.
#
# | quantity | formula | here |
# |---|---|---|
# | weights | $\operatorname{softmax}(q k^\top / \sqrt{D})$ | 0.422, 0.155, 0.422 |
# | answer | weights · $v$ | 24.2 |
# | causal mask | True where $j \le i$ | |
# | positions | $\sin$ and $\cos$ of $p / 10000^{2i/D}$ | $\sin(1) = 0.8415$ |
# | several heads | $\sum_h \operatorname{attention}(xQ_h, xK_h, xV_h)\,O_h$ | |
# | temperature | $\operatorname{softmax}(\text{logits} / T)$ | 6, 3, 0 at $T = 3$: 0.665, 0.245, 0.090 |
# | scores in a head | $T \cdot T$ | $40 \cdot 40 = 1600$ |
#
# ## If something goes wrong
#
# | you see | it means | do |
# |---|---|---|
# | `matmul: Input operand 1 has a mismatch` | key or kernel is not turned the right way | `query @ key.T`; inside a head `x @ kernel[:, h]` |
# | `nan` in the weights | $e$ to a large power | `nn.softmax`, or subtract each row's largest score |
# | rows that sum to less than 1 | the mask was applied after softmax | hide the *scores* |
# | `zero-size array to reduction operation maximum` | the largest of nothing | `np.any(...)` |
# | `Unrecognized keyword arguments … use_causal_mask` | it stands where the layer is made, not where it is called | `MultiHeadAttention(…)(a, a, use_causal_mask=causal)` |
# | `probabilities do not sum to 1` | the logits went to `rng.choice` without softmax | `p=nn.softmax(logits / temperature)` |
# | all names are the same | the largest is taken, or a generator is made anew for each name | draw, and hand on one `rng` |
# | the reverser stays near 35 % | the positions are missing | add the table to the embedding |
# | other numbers than a friend's | other random weights, or a GPU | look at the bands; nothing is wrong |
#
# ## Sources
#
# - D. Bahdanau, K. Cho, Y. Bengio: *Neural machine translation by jointly learning to align and translate*, ICLR 2015, arXiv:1409.0473 (attention).
# - A. Vaswani and others: *Attention is all you need*, NeurIPS 2017, arXiv:1706.03762 (the transformer, its heads, its positions).
# - J. Ba, J. Kiros, G. Hinton: *Layer normalization*, 2016, arXiv:1607.06450.
# - R. Xiong and others: *On layer normalization in the transformer architecture*, ICML 2020, arXiv:2002.04745 (the norm before each half).
# - C. Hutto, E. Gilbert: *VADER*, ICWSM 2014 (the bundled sentences and ratings; MIT licence, see `course_utils/data`).
# - C. Shannon: *A mathematical theory of communication*, 1948 (text written letter by letter from counts of pairs).
# - D. Ackley, G. Hinton, T. Sejnowski: *A learning algorithm for Boltzmann machines*, Cognitive Science 1985 (the temperature of a draw).
# - United States Census Bureau: *Frequently occurring first names and surnames from the 1990 census* (the names; public domain, see `course_utils/data`).
# - Keras documentation, *MultiHeadAttention layer*, keras.io.
