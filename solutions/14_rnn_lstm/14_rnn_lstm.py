# ---
# jupyter:
#   course:
#     lesson: 14_rnn_lstm
#     profile: tensorflow
#     trains: true
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Lesson 14 · Sequences: RNN and LSTM
#
# **Time:** 140–160 minutes, in two sittings: 85–95 before the break, 55–65 after it · **Before this:** lessons 02, 09 and 10 · **Points:** 24
#
# "Not good, it is bad." and "Not bad, it is good." have the same words. Only their order differs. A network that reads
# a sentence word by word, and remembers, can tell them apart. You will build such a memory by hand, and then a better one.
#
# After this lesson you can
#
# - **compute** a step of a recurrent network by hand and **run** it over a whole sequence,
# - **train** a network to name the next word, and **explain** why it needs a memory for that,
# - **compute** a step of an LSTM, gate by gate, in Keras's order, and get the same numbers as Keras,
# - **explain** by the slopes that arrive why one network remembers over sixty letters and another does not,
# - **set** the gates of a cell by hand so that it remembers,
# - **prepare** sentences: pad, cut, mask,
# - **count** the parameters of Embedding-LSTM-Dense, **build** it and **compare** it with a simple baseline.

# %% nbgrader={"grade": false, "grade_id": "setup", "locked": true, "schema_version": 3, "solution": false}
import numpy as np

import course_utils
from course_utils import nn, plots
from course_utils.lessons.lesson_14_rnn_lstm.cell_picture import step_through
from course_utils.lessons.lesson_14_rnn_lstm.letters import as_numbers, letter_rows, reach, spelled
from course_utils.lessons.lesson_14_rnn_lstm.pictures import by_length, slopes_by_length, watch_letters, watch_reviews
from course_utils.lessons.lesson_14_rnn_lstm.twins import negated, numbered, twin_sentences

lesson = course_utils.start("14_rnn_lstm")

import keras  # after start, which keeps TensorFlow's start-up messages away

reviews = course_utils.load_reviews(num_words=10_000)
print(reviews)

# %% [markdown]
# **Do you remember?** Three questions from earlier lessons, a minute each, in your head or on paper. No points, and you may go on without them. What you miss comes back in the next lesson.

# %% tags=["demo"]
lesson.recall()

# %% [markdown]
# ## 1. A network with a memory
#
# **The idea.** A dense layer sees its whole input at once and forgets it at once. A **recurrent** layer reads one word at a
# time. It keeps a row of numbers, its **memory** $h$. Each step makes a new memory from two things: the word that comes in,
# and the memory of the step before.
#
# **The picture.** It is one layer, drawn once for each word. All drawings share the same weights.
#
# ```
#  the           cat           sat
#   │ kernel      │ kernel      │ kernel
#   ▼             ▼             ▼
# [step]── h₁ ─►[step]── h₂ ─►[step]── h₃ ─►
#      recurrent     recurrent
#       kernel        kernel
# ```
#
# **The formula.** For a word $x$ (a row of $D$ numbers) and a memory $h$ of $F$ numbers:
#
# $$h_{\text{new}} = \tanh(x\,W + h\,U + b)$$
#
# Keras calls $W$ the `kernel`, shape (D, F), and $U$ the `recurrent_kernel`, shape (F, F). tanh keeps every number between −1 and 1.
#
# **Worked numbers.** One number in, one number of memory: $W = 1$, $U = 0.5$, $b = 0.25$. The inputs are 1, 0, 0. The memory starts at 0.
#
# | step | word | sum | new memory |
# |---|---|---|---|
# | 1 | 1 | 1 · 1 + 0.5 · 0 + 0.25 = 1.25 | tanh(1.25) = 0.8483 |
# | 2 | 0 | 1 · 0 + 0.5 · 0.8483 + 0.25 = 0.6741 | tanh(0.6741) = 0.5877 |
# | 3 | 0 | 0 + 0.5 · 0.5877 + 0.25 = 0.5439 | tanh(0.5439) = 0.4959 |
#
# The inputs of steps 2 and 3 are the same, and the memories are not: the 1 of step 1 still echoes.
#
# **Predict first.** If the first input were 0 instead of 1, what would the memory after step 1 be?

# %% tags=["demo"]
h = 0.0
for x in (1, 0, 0):
    h = np.tanh(1 * x + 0.5 * h + 0.25)
    print(f"word {x}: memory {h:.4f}")
print(f"with a first word 0: {np.tanh(0.25):.4f}")


# %% [markdown]
# ### Exercise 1: one step with memory
#
# ★☆☆ · 6 minutes · 2 points
#
# Write `rnn_step(x, h, kernel, recurrent_kernel, bias)`. It returns the new memory, shape (N, F), for N sequences at once:
# `x` has the shape (N, D), `h` the shape (N, F).
#
# <details><summary>Hint 1: a nudge</summary>
#
# It is a dense layer (lesson 03) with one more term in its sum.
# </details>
# <details><summary>Hint 2: the formula</summary>
#
# tanh of: x times kernel, plus h times recurrent kernel, plus bias. `@` multiplies matrices.
# </details>
# <details><summary>Hint 3: almost there</summary>
#
# `np.tanh(x @ … + … @ … + …)`
# </details>


# %% nbgrader={"grade": false, "grade_id": "rnn-step-answer", "locked": false, "schema_version": 3, "solution": true}
def rnn_step(x, h, kernel, recurrent_kernel, bias):
    """The new memory from the word x and the old memory h."""
    ### BEGIN SOLUTION
    return np.tanh(x @ kernel + h @ recurrent_kernel + bias)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "rnn-step", "locked": true, "points": 2, "schema_version": 3, "solution": false}
lesson.check("rnn-step")
### BEGIN HIDDEN TESTS
lesson.grade("rnn-step")
### END HIDDEN TESTS

# %% [markdown]
# ## 2. From word to word
#
# **The idea.** Start with an empty memory, all zeros. Take the step once for every word, in order. Collect the memories.
# The same three arrays of weights serve every step, so a sentence may have any length.
#
# ### Exercise 2: read a sequence
#
# ★★☆ · 10 minutes · 3 points
#
# Write `read_sequence(x, kernel, recurrent_kernel, bias)`. `x` has the shape (N, T, D): N sequences, T words each, D numbers
# a word. Return the memory after *every* word, shape (N, T, F). You may call your `rnn_step`.
#
# <details><summary>Hint 1: a nudge</summary>
#
# The words number t of all sequences are `x[:, t]`. Which variable has to survive from one turn of the loop to the next?
# </details>
# <details><summary>Hint 2: the functions to look up</summary>
#
# `np.zeros((N, F))` for the empty memory. `np.stack(list, axis=…)` makes one array of the collected memories.
# </details>
# <details><summary>Hint 3: pseudo-code</summary>
#
# h ← zeros; for each t: h ← step of word t and h, then put h on the list; stack the list along axis 1.
# </details>


# %% nbgrader={"grade": false, "grade_id": "read-sequence-answer", "locked": false, "schema_version": 3, "solution": true}
def read_sequence(x, kernel, recurrent_kernel, bias):
    """The memory after every word, shape (N, T, F)."""
    ### BEGIN SOLUTION
    h, memories = np.zeros((len(x), len(bias))), []
    for t in range(x.shape[1]):
        h = np.tanh(x[:, t] @ kernel + h @ recurrent_kernel + bias)
        memories.append(h)
    return np.stack(memories, axis=1)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "read-sequence", "locked": true, "points": 3, "schema_version": 3, "solution": false}
lesson.check("read-sequence")
### BEGIN HIDDEN TESTS
lesson.grade("read-sequence")
### END HIDDEN TESTS

# %% [markdown]
# **The same in Keras.** `SimpleRNN` holds exactly these three arrays. Give your function its weights:

# %% tags=["demo"]
layer = keras.layers.SimpleRNN(3, return_sequences=True)
x = np.random.default_rng(0).normal(size=(2, 5, 4)).astype("float32")
theirs = layer(x).numpy()
ours = lesson.yours("read-sequence")(x, *layer.get_weights())
print("shapes of its weights:", *[w.shape for w in layer.get_weights()])
print(f"largest difference: {np.abs(theirs - ours).max():.1e}")

# %% [markdown]
# ## 3. The cat sat on the …
#
# **The idea.** A network that names the next word needs no labels: every sentence is its own answer book. After "the" comes
# "cat", after "cat" comes "sat". Read all words but the last; the targets are all words but the first.
#
# | read | the | cat | sat | on | the |
# |---|---|---|---|---|---|
# | say | cat | sat | on | the | mat |
#
# Look at the last column. The word "the" is read twice, and the right answers differ. A network without memory
# cannot know which one is meant.
#
# **The data.** A small world: four animals, each with its own place. 48 sentences, 8 of them kept for testing, among them
# "the cat sat on the mat". The network never sees that sentence.

# %% tags=["demo"]
# @title Write the 48 sentences
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
print(len(vocabulary), "words:", *vocabulary)
print("kept for testing:", *np.array(sentences)[held_out], sep="\n    ")


# %% [markdown]
# ### Exercise 3: the word that follows
#
# ★☆☆ · 5 minutes · 2 points
#
# Write `next_words(sentences)`. `sentences` are word numbers of shape (N, T). Return the pair `read, say`, both of shape (N, T − 1).
#
# <details><summary>Hint 1: a nudge</summary>
#
# The table above has five columns for a sentence of six words. Which word is missing in each row?
# </details>
# <details><summary>Hint 2: slices</summary>
#
# `a[:, 1:]` leaves out the first column. How do you leave out the last?
# </details>


# %% nbgrader={"grade": false, "grade_id": "next-words-answer", "locked": false, "schema_version": 3, "solution": true}
def next_words(sentences):
    """The words to read, and for each of them the word that follows."""
    ### BEGIN SOLUTION
    return sentences[:, :-1], sentences[:, 1:]
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "next-words", "locked": true, "points": 2, "schema_version": 3, "solution": false}
lesson.check("next-words")
### BEGIN HIDDEN TESTS
lesson.grade("next-words")
### END HIDDEN TESTS

# %% [markdown]
# **Train it for real.** Embedding turns each word number into a row of 8 learned numbers. `SimpleRNN` returns its
# memory after every word, and a softmax over the 16 words says what comes next. Beside it, the same network without memory: a dense
# layer sees only the present word.
#
# **Predict first.** The network *without* memory knows only that the last word was "the". What share will it give to the right place? Look at
# the words that follow "the" in these sentences: how many different ones are there?


# %% tags=["demo"]
def train_next_word(middle):
    """A network with this middle layer, trained to name the next word of the training sentences."""
    keras.utils.set_random_seed(14)
    model = keras.Sequential([
        keras.Input((None,), dtype="int32"),
        keras.layers.Embedding(len(vocabulary), 8),
        middle,
        keras.layers.Dense(len(vocabulary), activation="softmax"),
    ])
    model.compile(keras.optimizers.Adam(0.02), "sparse_categorical_crossentropy")
    model.fit(*pairs(numbers[~held_out]), epochs=60, batch_size=40, verbose=0)
    return model


# %% tags=["demo"]
pairs = lesson.yours("next-words")
with_memory = train_next_word(keras.layers.SimpleRNN(16, return_sequences=True))
without = train_next_word(keras.layers.Dense(16, activation="tanh"))
read, say = pairs(numbers[held_out])
for name, model in [("with memory", with_memory), ("without", without)]:
    shares = model(read).numpy()[np.arange(len(read)), -1, say[:, -1]]
    print(f"{name}: the right place gets a share of {shares.mean():.3f}, the mean of {len(read)} unseen sentences")

# %% tags=["demo"]
# @title Draw the five most likely words
start = np.array([[vocabulary.index(word) for word in "the cat sat on the".split()]])
figure, axes = plots.figure(1, 2, (11, 3.4), sharey=True)
told = []
with_and_without = [("with memory", with_memory), ("without memory", without)]
for axis, (name, model) in zip(axes, with_and_without, strict=True):
    shares = model(start).numpy()[0, -1]
    best = np.argsort(-shares)[:5]
    axis.bar([vocabulary[k] for k in best], shares[best], **plots.bars(0))
    axis.set(title=f"{name}: the cat sat on the …", ylim=(0, 1))
    told.append(f"{name}: " + ", ".join(f"{vocabulary[k]} {shares[k]:.2f}" for k in best))
plots.show(figure, "Shares of the most likely words after 'the cat sat on the'. " + ". ".join(told))
print(*told, sep="\n")


# %% [markdown]
# Three words before the last "the" it read "cat", and the memory still holds it. Without memory the network answers the question "what
# follows *the*?" Four animals and four places follow it equally often, so each gets a share of about 1/8 = 0.125.
#
# This small world is easy. Language models work the same way: the next word is the target. They have more words and a longer memory.
#
# ### It writes
#
# A network that says what comes next can also *write*. Give it "the", draw a word in the shares that it gives, put it behind, and ask again. A number, the temperature,
# says how daring the draw is: each share is raised to the power 1 / temperature, and all are made to sum to 1 again. Below 1 the likeliest words win more often, above 1 less often. (Lesson
# 16 writes names in this way.)
#
# **Worked numbers.** Two words have the shares 0.9 and 0.1. At temperature 2 the power is 1/2, the square root: 0.949 and 0.316, together 1.265. Divided by that they are 0.75 and 0.25.
#
# **Predict first.** Of 200 sentences that each network writes at temperature 1, how many are among the 48 of this world?


# %% tags=["demo"]
def write_sentences(model, count, temperature, rng):
    """Sentences of six words, each drawn in the shares that the network gives after the words before it."""
    words = np.full((count, 1), vocabulary.index("the"))
    for _ in range(5):
        shares = np.float64(model(words).numpy()[:, -1]) ** (1 / temperature)
        shares /= shares.sum(axis=1, keepdims=True)
        words = np.column_stack([words, [rng.choice(len(vocabulary), p=row) for row in shares]])
    return [" ".join(vocabulary[number] for number in row) for row in words]


# %% tags=["demo"]
for name, model in with_and_without:
    for temperature in (0.5, 1.0, 2.0):
        written = write_sentences(model, 200, temperature, np.random.default_rng(14))
        real, kept = (np.isin(written, part).sum() for part in (sentences, np.array(sentences)[held_out]))
        print(f"{name}, temperature {temperature}: {real} of 200 are real, {kept} of them were kept for testing")
        print("   ", ", ".join(written[:3]))

# %% [markdown]
# Six starts on two CPU cores, at temperature 1: with memory at least 178 of 200 sentences were real in four of the six, and 66 in the worst. Without memory it was 13 or 14, about one in
# fifteen.
#
# Hardly one of the eight sentences that were kept for testing is ever written. Look at them: nobody in the training sentences *sat on* or *waited on* something, so "on"
# gets hardly a share there. A network writes what its data hold.
#
# ## 4. LSTM: a memory with gates
#
# **The problem.** The simple memory is rewritten in full at every step. What was read long ago fades. How much does the memory after step 3 move when the memory after step 2 moves? By $U$
# times the slope of tanh, $U(1 - h^2)$, where $h$ is the *new* memory (lesson 02). In the numbers of section 1 that is
# 0.5 · (1 − 0.4959²) = 0.377. From step 2 back to step 1 it is 0.5 · (1 − 0.5877²) = 0.327. Over both steps
# 0.377 · 0.327 = 0.123 is left. Twenty factors of about 0.35 leave 0.0000000008: the vanishing gradient again. The network can hardly learn what
# happened long ago.
#
# The **LSTM** (*long short-term memory*) keeps a second row of numbers, the **long memory** $c$, and changes it with care.
# For each number of the memory three **gates** decide, each from 0 (shut) to 1 (open):
#
# | gate | question |
# |---|---|
# | $i$, write | how much of the new goes in? |
# | $f$, keep (*forget gate*) | how much of the old stays? |
# | $o$, show | how much of it is shown now? |
#
# and $g$, the **candidate**, is what is to be written.
#
# **The formula.** One product gives four parts side by side, in Keras's order $i, f, g, o$:
#
# $$[z_i, z_f, z_g, z_o] = x\,W + h\,U + b$$
# $$c_{\text{new}} = \sigma(z_f)\,c + \sigma(z_i)\tanh(z_g) \qquad h_{\text{new}} = \sigma(z_o)\tanh(c_{\text{new}})$$
#
# $W$ has the shape (D, 4F), $U$ the shape (F, 4F), $b$ has 4F numbers. $h$ is the **short memory**, what the rest of the network sees.
# $\sigma$ is the sigmoid, and gates and memories are multiplied number by number. With F = 2 the product has 8 numbers in a row: the first two
# are $z_i$, the next two $z_f$, then $z_g$ and $z_o$.
#
# **Worked numbers.** One number of memory. The old long memory is $c = 2$. The gates are $i = 0.5$, $f = 0.9$, $o = 1$ and the candidate is $g = -1$. Then
# $c_{\text{new}} = 0.9 \cdot 2 + 0.5 \cdot (-1) = 1.3$, and $h_{\text{new}} = 1 \cdot \tanh(1.3) = 0.8617$.
#
# **The picture.** The cell, part by part. Below comes in what is read; the line at the top is the long memory. Move *part* from 1 to 5, then
# *word* to the next. This cell has one unit; it reads the words 1, 0, −1, 0. Its weights are ours:
#
# | for | $i$ | $f$ | $g$ | $o$ |
# |---|---|---|---|---|
# | the word | 1 | −1 | 2 | 0.5 |
# | the short memory $h$ | 0.5 | 0.5 | −0.5 | 1 |
# | bias | 0 | 1 | 0 | 0 |
#
# Word 1 is 1, and both memories are 0. The sums are 1, −1 + 1 = 0, 2 and 0.5. So $i$ = σ(1) = 0.73, $f$ = σ(0) = 0.50, $g$ = tanh 2 = 0.96 and $o$ = σ(0.5) = 0.62. That makes
# $c$ = 0.50 · 0 + 0.73 · 0.96 = 0.70 and $h$ = 0.62 · tanh 0.70 = 0.38. The picture begins with word 2. Check one number of each of its parts with the formula.

# %% tags=["demo"]
# @title Step through a cell, part by part
step_through(
    np.array([[1.0], [0.0], [-1.0], [0.0]]),
    (np.array([[1.0, -1.0, 2.0, 0.5]]), np.array([[0.5, 0.5, -0.5, 1.0]]), np.array([0.0, 1.0, 0.0, 0.0])),
)

# %% [markdown]
# **Why it remembers.** If $f$ is nearly 1 and $i$ nearly 0, $c$ stays as it was, for as many steps as you like.
#
# **Predict first.** Keep 0.9 of something at each step. How much is left after 20 steps? And with 0.5?

# %% tags=["demo"]
for keep in (0.5, 0.9, 0.99):
    print(f"keep {keep}: after 5 steps {keep**5:.4f}, after 20 steps {keep**20:.6f}")


# %% [markdown]
# ### Exercise 4: one step of an LSTM
#
# ★★★ · 15 minutes · 4 points
#
# Write `lstm_step(x, h, c, kernel, recurrent_kernel, bias)`. Return the pair `h_new, c_new`. `nn.sigmoid` is there for you.
#
# <details><summary>Hint 1: a nudge</summary>
#
# One line makes all the sums, and it is the sum of exercise 1. What remains is to cut it in four.
# </details>
# <details><summary>Hint 2: the function to look up</summary>
#
# `np.split(z, 4, axis=-1)` gives four equal parts, in order.
# </details>
# <details><summary>Hint 3: pseudo-code</summary>
#
# z ← x·W + h·U + b; i, f, g, o ← four parts of z; sigmoid for i, f, o and tanh for g; c ← f·c + i·g; h ← o·tanh(c); return h, c.
# </details>


# %% nbgrader={"grade": false, "grade_id": "lstm-step-answer", "locked": false, "schema_version": 3, "solution": true}
def lstm_step(x, h, c, kernel, recurrent_kernel, bias):
    """The new short memory h and the new long memory c."""
    ### BEGIN SOLUTION
    i, f, g, o = np.split(x @ kernel + h @ recurrent_kernel + bias, 4, axis=-1)
    c_new = nn.sigmoid(f) * c + nn.sigmoid(i) * np.tanh(g)
    return nn.sigmoid(o) * np.tanh(c_new), c_new
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "lstm-step", "locked": true, "points": 4, "schema_version": 3, "solution": false}
lesson.check("lstm-step")
### BEGIN HIDDEN TESTS
lesson.grade("lstm-step")
### END HIDDEN TESTS

# %% [markdown]
# **The same in Keras**, over five words, with the same weights:

# %% tags=["demo"]
layer = keras.layers.LSTM(3)
theirs = layer(x).numpy()
step = lesson.yours("lstm-step")
h, c = np.zeros((2, 3)), np.zeros((2, 3))
for t in range(x.shape[1]):
    h, c = step(x[:, t], h, c, *layer.get_weights())
print("shapes of its weights:", *[w.shape for w in layer.get_weights()])
print(f"largest difference: {np.abs(theirs - h).max():.1e}")
print("its bias:", layer.get_weights()[2])


# %% [markdown]
# Look at the bias: the second quarter starts at 1. A new LSTM's keep gate is σ(1) = 0.73 open, so that it remembers from the beginning.
#
# ## 5. A need for memory
#
# **The task.** A row of letters a, b, c, d. Two of them are capitals, of different letters. Then come 5 to 60 small letters. Which capital was the last?
#
# | row | answer |
# |---|---|
# | b A d C b b a d c | c |
# | D a A c b a d d b | a |
#
# Nothing helps here but memory, and one that can be changed: the second capital has to take the place of the first. Who guesses is right in one
# row of four. Who knows both capitals but not their order, such as a bag of words, is right in one row of two.
#
# **Worked numbers.** The letters are numbers, a = 0 to d = 3, and a second row says where the capitals are. For the row b A d C b the letters are 1 0 3 2 1, the
# capitals 0 1 0 1 0. The memory after each letter is – 0 0 2 2, so the answer is 2.
#
# ### Exercise 5: remember the last capital
#
# ★☆☆ · 6 minutes · 2 points
#
# First write the task as a program; it will give the networks their answers. `last_capital(letters, capitals)` gets two arrays of shape (N, T), the letters 0 to 3, and 1
# where a letter is a capital, 0 elsewhere. Every row has at least one capital. Return for each row the number of its last capital letter, shape (N,).
#
# <details><summary>Hint 1: a nudge</summary>
#
# Read a row from left to right. Which single thing do you have to remember, and when does it change?
# </details>
# <details><summary>Hint 2: one row</summary>
#
# A variable `memory`, and one `if` in a loop over the letters of the row.
# </details>
# <details><summary>Hint 3: all rows at once</summary>
#
# `np.where(capitals[:, t] == 1, …, …)`: what is written where there is a capital, what is kept where there is none?
# </details>


# %% nbgrader={"grade": false, "grade_id": "last-capital-answer", "locked": false, "schema_version": 3, "solution": true}
def last_capital(letters, capitals):
    """For each row the number of its last capital letter, shape (N,)."""
    ### BEGIN SOLUTION
    memory = np.zeros(len(letters), dtype=int)
    for t in range(letters.shape[1]):
        memory = np.where(capitals[:, t] == 1, letters[:, t], memory)
    return memory
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "last-capital", "locked": true, "points": 2, "schema_version": 3, "solution": false}
lesson.check("last-capital")
### BEGIN HIDDEN TESTS
lesson.grade("last-capital")
### END HIDDEN TESTS

# %% [markdown]
# Your program writes at a capital and keeps at a small letter. Those are two of the LSTM's gates.
#
# **Three networks.** A simple RNN; an LSTM as Keras begins it, with the bias of its keep gate at 1; and an LSTM that begins with this bias at 3, so that the gate
# is σ(3) = 0.95 open. Each has 16 units and a softmax over the four letters, and learns from 1,000 batches of 32 rows. A letter comes in as five numbers: four say which
# letter it is, the fifth says whether it is a capital. The layers are the course's own. They have Keras's formulas and start values, and are quick when a network is this small.


# %% tags=["demo"]
def train(layer, keep=1):
    """A network with this layer, trained to name the last capital of rows with 5 to 60 small letters after it."""
    rng = np.random.default_rng(14)
    network = nn.Sequential([layer, nn.Dense(4, activation="softmax")], seed=14)
    network.compile(nn.Adam(0.01), "sparse_categorical_crossentropy", ["accuracy"])
    network.build((None, None, 5))
    if keep != 1:
        layer.params["bias"][16:32] = keep  # the second of the four parts: i, f, g, o
    for _ in range(1000):
        letters, capitals = letter_rows(rng, 32, rng.integers(5, 61))
        network.train_on_batch(as_numbers(letters, capitals), answer(letters, capitals))
    return network


# %% [markdown]
# **Predict first.** Take the second of the three, the LSTM as Keras begins it. How many of the capitals 60 letters ago will it name?

# %% tags=["demo"]
lesson.predict("who-remembers")

# %% [markdown]
# The next cell trains all three, 1,000 batches each. Until it is done it says nothing: a few seconds, and longer where the computer has other work.

# %% tags=["demo"]
answer = lesson.yours("last-capital")
for row in zip(*letter_rows(np.random.default_rng(0), 3, 8), strict=True):
    print(spelled(*row))
networks = {
    "RNN": train(nn.SimpleRNN(16)),
    "LSTM": train(nn.LSTM(16)),
    "LSTM, keep bias 3": train(nn.LSTM(16), keep=3),
}

# %% tags=["demo"]
# @title Draw the accuracy over the number of small letters
LENGTHS = [5, 10, 20, 30, 40, 50, 60]
rng = np.random.default_rng(0)
asked = [letter_rows(rng, 1000, small) for small in LENGTHS]
scores = {
    name: [network.evaluate(as_numbers(*rows), answer(*rows))[1] for rows in asked]
    for name, network in networks.items()
}
plots.show(*by_length(scores, LENGTHS))
print(*(f"{name}: " + ", ".join(f"{a:.0%}" for a in accuracies) for name, accuracies in scores.items()), sep="\n")
lesson.reveal("who-remembers", scores["LSTM"][-1], scores["LSTM, keep bias 3"][-1])

# %% [markdown]
# **Read it.** Ten starts each, 2 CPU cores:
#
# | network | right after 5 to 60 small letters |
# |---|---|
# | RNN | 22 to 29 %: it guesses, even after 5. (With the smaller rate 0.002: 22 to 35 %) |
# | LSTM | seven of ten starts guess, two come to about half, one to 65 to 75 % |
# | LSTM, keep bias 3 | 93 to 100 % after 5, and 100 % from 10 on |
#
# Our LSTM in the middle comes to about half. That is not the half of the bag. It has learned to recognise one of the four letters, and guesses among the other three:
# 1/4 + 3/4 · 1/3 = 1/2.
#
# <details><summary>Further measurements: shorter rows, and an easier task</summary>
#
# On shorter rows, of 5 to 20 small letters, the LSTM of the second line learns too: after 1,500 batches 99 to 100 % of the capitals 20 letters ago, and 66 to 100 % of those 60 letters ago, which it never met
# in training. The RNN still guesses, 22 to 31 %. It is not hopeless: on an easier task, to name the *first* letter of a row, four of six RNNs came to 100 % after 4,000 batches with the rate 0.002.
# </details>
#
# So an LSTM does not remember because it is an LSTM. It *can* remember, and whether it learns to depends on where its keep gate begins. Why?
#
# ## 6. The way back
#
# **The idea.** The mistake is seen at the end of the row. To learn what to do at the capital, the slope has to travel back to it, through every step between: the
# chain rule of lesson 06, from the last step to the first. That is called **backpropagation through time**. The weights are the same at every step, so their
# gradients from all steps are added up.
#
# At every step back the slope is multiplied by something. In the simple RNN it is $U(1 - h^2)$, as in section 4. Along the long memory of an LSTM it is just the keep gate $f$:
#
# $$c_{\text{new}} = f\,c + i\,g \qquad\text{so the slope of } c_{\text{new}} \text{ by } c \text{ is } f$$
#
# **Worked numbers.**
#
# | keep gate | after 5 steps back | after 60 |
# |---|---|---|
# | σ(1) = 0.731 | 0.731⁵ = 0.209 | 0.000000007 |
# | σ(3) = 0.9526 | 0.9526⁵ = 0.784 | 0.054 |
# | 0.99 | 0.951 | 0.547 |
#
# **Measure it.** Take a new layer. Change the last letter of a row a little, and see how much the last memory moves. Change the capital instead, 60 letters earlier, and see again. The second
# number divided by the first is the **share** that arrives. (The cell finds both by one walk back.) The slope of an LSTM has a second
# way, through $h$, so the numbers are not those of the table.
#
# **Predict first.** Take the new RNN. Which share arrives over 60 letters?

# %% tags=["demo"]
lesson.predict("slope-over-sixty")


# %% tags=["demo"]
def new(layer, keep=1):
    """The layer with its start values."""
    layer.build((None, None, 5))
    if keep != 1:
        layer.params["bias"][16:32] = keep
    return layer


layers = {
    "new RNN": new(nn.SimpleRNN(16, seed=14)),
    "new LSTM": new(nn.LSTM(16, seed=14)),
    "new LSTM, keep bias 3": new(nn.LSTM(16, seed=14), keep=3),
    "the same, trained": networks["LSTM, keep bias 3"].layers[0],
}

# %% tags=["demo"]
# @title Draw the share of the slope that arrives
rng = np.random.default_rng(0)
shares = {name: [reach(layer, small, rng) for small in LENGTHS] for name, layer in layers.items()}
plots.show(*slopes_by_length(shares, LENGTHS))
print(*(f"{name}: over 60 letters a share of {left[-1]:.1g}" for name, left in shares.items()), sep="\n")
lesson.reveal("slope-over-sixty", shares["new RNN"][-1])

# %% [markdown]
# **Read it.** In a new RNN and in a new LSTM the slope shrinks alike, by five powers of ten over 60 letters: what should be done at the capital hardly moves the weights. With the keep gate
# at σ(3) about as much arrives from 60 letters back as from the last letter. (Ten starts: 0.000002 to 0.00008 for the RNN, 0.000006 to 0.0001 for the LSTM, 0.2 to 2 with
# the bias at 3.) That is more than the table says, since the way through $h$ adds to $f$. So the first two networks begin almost blind to what happened at the capital. The third sees it from the first batch on.
#
# The last line is that third network *after* its training. In our run its share over 60 letters is 4, more than 1: its gates now let a capital in and keep small letters out. So a capital 60 letters ago moves the memory more
# than the last letter does.
#
# **Too large instead of too small.** Factors above 1 grow as fast as those below 1 shrink: 1.1⁶⁰ = 304. Then one batch throws the weights far away. The cure is **gradient clipping**: a gradient that is longer
# than a limit is shortened to it, `keras.optimizers.Adam(global_clipnorm=1.0)`. You will write it in lesson 15. The three networks above needed none.
#
# **The GRU.** A *gated recurrent unit* is a smaller relative of the LSTM. It has one memory and three parts in place of four. The first is one gate for keeping and writing
# together: it writes $1 - z$ where it keeps $z$. The second is the *reset gate*: it says how much of the old memory the candidate may see. The third is the candidate. So it has about three quarters of the weights: GRU(64) on
# rows of 128 numbers has 37,248 in Keras, LSTM(64) has 49,408. In Keras it is `keras.layers.GRU`. On our task, as Keras begins it, two of three
# starts came to 99 to 100 %, one to 20 to 28 %; with its keep gate at σ(3) all three came to 100 %.
#
# ## 7. Inside a memory
#
# **The picture.** The third network reads a row. You see one of its 16 units, the one whose write gate tells capitals from small letters best. Move the slider to other rows.
#
# **Predict first.** At which letters will the write gate be open, and when the keep gate?

# %% tags=["demo"]
watch_letters(list(networks["LSTM, keep bias 3"].layers[0].params.values()))

# %% [markdown]
# At a capital the write gate opens, and the keep gate shuts: the old letter goes, the new one comes in. At small letters it is the other way round: nothing is written, and
# the memory stays nearly as it was. In the picture it is −0.77 at the B and −0.55 after 14 small letters.
#
# In our run and two more the write gate of this unit was 0.90 to 0.96 open at capitals and 0.02 to 0.06 at small letters, the keep gate 0.09 to 0.15 and 0.97 to 0.99, the means of 200 rows. The memory tells something of the letter too: in our run it is
# about 0.8 at an A and about −0.8 at a B. But one unit alone cannot tell all four apart: a C begins at −0.59, and the B has come to −0.55 by the end. The 16 units tell it together.
#
# Nobody told the network about writing and keeping. It found your program of exercise 5 by going downhill.
#
# ### Exercise 6: a cell that remembers, by hand
#
# ★★★ · 14 minutes · 3 points
#
# Now set the gates yourself. One unit, two letters. A word is a pair of numbers: the letter, +1 or −1; and 1 for a capital, 0 for a small letter. The recurrent kernel is
# all 0, so each of the four sums is
#
# letter · (its weight) + capital · (its weight) + bias
#
# Choose `kernel`, shape (2, 4), and `bias`, 4 numbers, in Keras's order i f g o, and put them into `cell = (kernel, bias)`. At the end of a row the short memory should be above 0.5 if the
# last capital was +1, and below −0.5 if it was −1. A row may have one capital or several, and up to sixty small letters before or after them.
#
# <details><summary>Hint 1: a nudge</summary>
#
# Make a table with the columns i, f, g, o and the rows *at a capital*, *at a small letter*. Which gates are to be open, which shut?
# </details>
# <details><summary>Hint 2: how open is open</summary>
#
# σ(10) is 0.99995, σ(−10) is 0.00005. So a sum of 10 opens a gate and a sum of −10 shuts it. g is no gate: what is to be written there?
# </details>
# <details><summary>Hint 3: the sums</summary>
#
# At a small letter the capital's number is 0, so only the bias is left. At a capital its weight has to turn the sum round: from −10 to 10, or from 10 to −10.
# </details>

# %% nbgrader={"grade": false, "grade_id": "cell-by-hand-answer", "locked": false, "schema_version": 3, "solution": true}
cell = ...
### BEGIN SOLUTION
kernel = np.array([
    [0, 0, 10, 0],  # the letter: it is the candidate
    [20, -20, 0, 0],  # a capital opens write and shuts keep
])
bias = np.array([-10, 10, 0, 10])  # at a small letter: write shut, keep open; show always open
cell = kernel, bias
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "cell-by-hand", "locked": true, "points": 3, "schema_version": 3, "solution": false}
lesson.check("cell-by-hand")
### BEGIN HIDDEN TESTS
lesson.grade("cell-by-hand")
### END HIDDEN TESTS

# %% [markdown]
# **Step through your own cell.** It reads A b B a a, where a is +1 and b is −1. Watch what happens to $c$ at the second capital, *word* 3.

# %% tags=["demo"]
row = np.array([[1, 1], [-1, 0], [-1, 1], [1, 0], [1, 0]])
my_kernel, my_bias = lesson.yours("cell-by-hand")
step_through(row, (my_kernel, np.zeros((1, 4)), my_bias), "A b B a a".split())

# %% [markdown]
# ---
# **A good place for a break.** *What stands:* networks with a memory, and what makes it last. *What comes:* real sentences, which a network calls good or bad.
#
# *Coming back:* your answers are saved with the notebook, but the kernel may have forgotten what was computed. Click into the next cell that holds code, and choose *Run → Run All Above Selected Cell*
# (in Colab *Runtime → Run before*). Everything above is computed once more, in less than a minute; then go on from here.
#
# ---
#
# ## 8. Film reviews: prepare
#
# **The data.** Each item is a list of word numbers. 1 is the start sign, 2 an unknown word, frequent words have small numbers.
# The course brings 10,605 sentences from film reviews with human ratings. With the 50,000 IMDB reviews on your computer, it takes those.

# %% tags=["demo"]
for place in [*np.flatnonzero(reviews.y_train == 0)[:2], *np.flatnonzero(reviews.y_train == 1)[:2]]:
    print(reviews.y_train[place], reviews.decode(reviews.x_train[place])[:100])
lengths = np.array([len(words) for words in reviews.x_train])
print(f"words in an item: half have up to {np.median(lengths):.0f}, the longest {lengths.max()}")


# %% [markdown]
# **The idea.** A batch is one array, so all its rows are equally long. Short sentences are filled with 0, which is the number of no word: that is
# **padding**. Long ones are cut. Then a **mask** tells the LSTM to take no step at a 0.
#
# **Worked numbers.** With length 3, the sentence 5 8 becomes 5 8 0, and 1 2 3 4 becomes 2 3 4.
#
# ### Exercise 7: make all sentences equally long
#
# ★★☆ · 8 minutes · 2 points
#
# Write `pad(sentences, length)`. `sentences` is a list of arrays of word numbers. Return one array of whole numbers, shape (N, length):
# zeros *after* the words of a short sentence, the *last* `length` words of a long one.
#
# <details><summary>Hint 1: a nudge</summary>
#
# Begin with an array of zeros. Then only words have to be written into it.
# </details>
# <details><summary>Hint 2: slices</summary>
#
# `words[-3:]` are the last three words, or all if there are fewer. `row[:len(words)] = words` fills the beginning of a row.
# </details>
# <details><summary>Hint 3: pseudo-code</summary>
#
# rows ← zeros (N, length), whole numbers; for each row and sentence: words ← the last `length`; fill the beginning of the row.
# </details>


# %% nbgrader={"grade": false, "grade_id": "pad-answer", "locked": false, "schema_version": 3, "solution": true}
def pad(sentences, length):
    """One array (N, length): zeros after short sentences, the last words of long ones."""
    ### BEGIN SOLUTION
    rows = np.zeros((len(sentences), length), dtype="int32")
    for row, words in zip(rows, sentences, strict=True):
        words = words[-length:]
        row[: len(words)] = words
    return rows
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "pad", "locked": true, "points": 2, "schema_version": 3, "solution": false}
lesson.check("pad")
### BEGIN HIDDEN TESTS
lesson.grade("pad")
### END HIDDEN TESTS

# %% tags=["demo"]
LENGTH = 40 if reviews.kind == "sentences" else 200
mine = lesson.yours("pad")
x_train, x_test = mine(reviews.x_train, LENGTH), mine(reviews.x_test, LENGTH)
y_train, y_test = reviews.y_train, reviews.y_test
print(x_train.shape, x_test.shape, f"positive in the test set: {y_test.mean():.1%}")
print(x_train[0])


# %% [markdown]
# ## 9. First the baseline
#
# **The idea.** Before a clever network, try a simple one. A **bag of words** notes only which words are there: 10,000 inputs, 1 where the
# word occurs. One neuron weighs them. It knows nothing of order.


# %% tags=["demo"]
def bag(sentences):
    """For each sentence a row with 1 for every word in it."""
    rows = np.zeros((len(sentences), 10_000), "float32")
    for row, words in zip(rows, sentences, strict=True):
        row[words] = 1
    return rows


one, other = bag([reviews.encode(text) for text in ("Not good, it is bad", "Not bad, it is good")])
print("the two sentences have the same bag:", np.array_equal(one, other))

# %% tags=["demo"]
keras.utils.set_random_seed(14)
baseline = keras.Sequential([
    keras.Input((10_000,)),
    keras.layers.Dense(1, activation="sigmoid"),
])
baseline.compile(keras.optimizers.Adam(0.01), "binary_crossentropy", metrics=["accuracy"])
baseline.fit(bag(reviews.x_train), y_train, epochs=3, batch_size=128, verbose=0)
baseline_accuracy = baseline.evaluate(bag(reviews.x_test), y_test, verbose=0)[1]
print(f"bag of words: {baseline_accuracy:.1%}, {baseline.count_params():,} parameters")

# %% [markdown]
# ## 10. Embedding-LSTM-Dense
#
# **The idea.** Three layers. *Embedding(10000, 128)* is a table: word number 7 becomes row 7, a row of 128 learned numbers. *LSTM(64)* reads these rows
# and ends with a short memory of 64 numbers. *Dense(1)* with a sigmoid makes a probability of them.
#
# **Worked numbers.** A small one: Embedding(50, 6) has 50 · 6 = 300 numbers. LSTM(5) on rows of 6: each of its four parts has
# 6 · 5 + 5 · 5 + 5 = 60, together 240. Dense(1) on 5 numbers: 5 + 1 = 6.
#
# ### Exercise 8: count the parameters
#
# ★★☆ · 6 minutes · 2 points
#
# For Embedding(10000, 128), LSTM(64), Dense(1): how many parameters has the embedding, the LSTM, and the whole network?
#
# <details><summary>Hint 1: a nudge</summary>
#
# Which letters of the worked example become which here? D is 128, F is 64.
# </details>
# <details><summary>Hint 2: the formula</summary>
#
# LSTM: 4 · (D·F + F·F + F).
# </details>

# %% nbgrader={"grade": false, "grade_id": "count-parameters-answer", "locked": false, "schema_version": 3, "solution": true}
embedding_parameters = ...
lstm_parameters = ...
all_parameters = ...
### BEGIN SOLUTION
embedding_parameters = 10_000 * 128
lstm_parameters = 4 * (128 * 64 + 64 * 64 + 64)
all_parameters = embedding_parameters + lstm_parameters + 64 + 1
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "count-parameters", "locked": true, "points": 2, "schema_version": 3, "solution": false}
lesson.check("count-parameters")
### BEGIN HIDDEN TESTS
lesson.grade("count-parameters")
### END HIDDEN TESTS

# %% [markdown]
# ### Exercise 9: a classifier of reviews
#
# ★★☆ · 10 minutes · 4 points
#
# Write `build_classifier(words, size, units)`: an Embedding of `words` rows of `size` numbers that masks the zeros, an LSTM with `units` units, one neuron
# with sigmoid. Compile it with `"adam"`, `"binary_crossentropy"` and the metric `"accuracy"`, and return it. The sentences may have any
# length: `keras.Input((None,), dtype="int32")`.
#
# <details><summary>Hint 1: a nudge</summary>
#
# Steps 2 and 3 of lesson 10's five. The model for the next word in section 3 has most of the layers.
# </details>
# <details><summary>Hint 2: the option to look up</summary>
#
# `keras.layers.Embedding(..., mask_zero=True)`
# </details>
# <details><summary>Hint 3: almost there</summary>
#
# `keras.Sequential([Input, Embedding, LSTM, Dense])`, then `model.compile(optimizer=…, loss=…, metrics=[…])`, then `return model`.
# </details>


# %% nbgrader={"grade": false, "grade_id": "build-classifier-answer", "locked": false, "schema_version": 3, "solution": true}
def build_classifier(words, size, units):
    """Embedding with mask, LSTM, one sigmoid; compiled with Adam and binary cross-entropy."""
    ### BEGIN SOLUTION
    model = keras.Sequential([
        keras.Input((None,), dtype="int32"),
        keras.layers.Embedding(words, size, mask_zero=True),
        keras.layers.LSTM(units),
        keras.layers.Dense(1, activation="sigmoid"),
    ])
    model.compile(optimizer="adam", loss="binary_crossentropy", metrics=["accuracy"])
    return model
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "build-classifier", "locked": true, "points": 4, "schema_version": 3, "solution": false}
lesson.check("build-classifier")
### BEGIN HIDDEN TESTS
lesson.grade("build-classifier")
### END HIDDEN TESTS

# %% [markdown]
# **Train it.** Two epochs are enough here; afterwards it mostly learns the sentences by heart.
#
# **Predict first.** The LSTM has 130 times as many parameters as the baseline, and it knows the order. Will it win on 8,484 sentences?

# %% tags=["demo"]
lesson.predict("bag-or-lstm")

# %% tags=["demo"]
keras.utils.set_random_seed(14)
model = lesson.yours("build-classifier")(10_000, 128, 64)
batch_size = 64 if reviews.kind == "sentences" else 128
model.fit(x_train, y_train, epochs=2, batch_size=batch_size, verbose=0)
accuracy = model.evaluate(x_test, y_test, batch_size=500, verbose=0)[1]
print(f"bag of words: {baseline_accuracy:.1%}")
print(f"LSTM:         {accuracy:.1%}, {model.count_params():,} parameters")
lesson.reveal("bag-or-lstm", accuracy, baseline_accuracy)

# %% tags=["demo", "measured"]
print(f"{len(x_test):,} test {reviews.kind}: bag of words {baseline_accuracy:.1%}, LSTM {accuracy:.1%}")

# %% [markdown]
# **Read it honestly.** On the bundled sentences the simple baseline is as good or better. Measured over four seeds on a CPU, it names 78 to 79 % of the test
# sentences rightly, the LSTM 74 to 78 %. There are 8,484 short sentences, and many of them turn on one strong word. The LSTM has
# to learn its 1.28 million embedding numbers from the same few examples.
#
# More data change the picture. With 25,000 whole IMDB reviews, cut to their last 200 words, the same network in batches of 128 named
# 87.5 % of 12,500 test reviews rightly after two epochs, and 80.5 % after a third: it had begun to learn by heart. (One run, seed 14, 2 CPU cores, about
# half a minute an epoch.)
#
# **The lesson:** begin with a baseline, report both numbers, and stop in time.
#
# **Where order decides.** *good* is praise and *not good* is not; *bad* is not and *not bad* is. A bag of words and one neuron give each word a number and add them up: $g$, $s$ and $n$ for *good*,
# *bad* and *not*, and a bias $b$.
#
# | words | sum | should be |
# |---|---|---|
# | good | $g + b$ | above 0 |
# | not bad | $n + s + b$ | above 0 |
# | bad | $s + b$ | below 0 |
# | not good | $n + g + b$ | below 0 |
#
# The first two rows add up to $g + n + s + 2b$, and so do the last two. One number cannot be above 0 and below 0: this is the XOR of lesson 03. A
# hidden layer behind the bag can learn these four. But nothing behind a bag can tell *not bad it is good* from *not good it is bad*.
#
# **Twins.** 1,152 made sentences. Each has a twin with the same words in another order and the opposite verdict. 288 are kept for testing; they bring together a good and
# a bad word that never met in training.
#
# **Predict first.** How many of the 288 will a bag of words with a hidden layer get right? And your LSTM? (In both an Embedding turns each word into 8 learned numbers. Such a row is called a **word vector**.)

# %% tags=["demo"]
# @title Ten epochs on the twins with a bag of words and with an LSTM
texts, praise, kept = twin_sentences()
print(*texts[8:12], sep="\n")
twins, vocabulary_of_twins = numbered(texts)
keras.utils.set_random_seed(14)
bag_of_twins = keras.Sequential([
    keras.layers.Embedding(len(vocabulary_of_twins) + 1, 8, mask_zero=True),
    keras.layers.GlobalAveragePooling1D(),
    keras.layers.Dense(16, activation="relu"),
    keras.layers.Dense(1, activation="sigmoid"),
])
lstm_of_twins = lesson.yours("build-classifier")(len(vocabulary_of_twins) + 1, 8, 16)
for name, network in (("bag of words", bag_of_twins), ("LSTM", lstm_of_twins)):
    network.compile(keras.optimizers.Adam(0.01), "binary_crossentropy", metrics=["accuracy"])
    network.fit(twins[~kept], praise[~kept], epochs=10, batch_size=32, verbose=0)
    print(f"{name:12}  {network.evaluate(twins[kept], praise[kept], verbose=0)[1]:.1%} of 288 new sentences")

# %% [markdown]
# The bag says the same of both twins, so it is right about one of the two: 50 %, whatever it has learned. The LSTM was right about all 288. (Seven starts, 2 CPU cores:
# the bag 50.0 %, the LSTM 100.0 % each time.)
#
# **And in real reviews?** There the bag was as good as the LSTM. Perhaps the LSTM wins where a sentence holds *not*, *no*, *never* or a word with *n't*?

# %% tags=["demo"]
negations = np.array([negated(reviews.decode(words)) for words in reviews.x_test])
said_by = {
    "bag of words": baseline.predict(bag(reviews.x_test), verbose=0)[:, 0],
    "LSTM": model.predict(x_test, batch_size=500, verbose=0)[:, 0],
}
for name, said in said_by.items():
    right = (said > 0.5) == y_test
    print(
        f"{name:12}  {right[negations].mean():.1%} of {negations.sum()} with a negation, {right[~negations].mean():.1%} of the others"
    )

# %% [markdown]
# In our run the LSTM is ahead by 1 in 100 where there is a negation: 311 of the 425 sentences against 307. Four sentences are chance. Measured over four seeds on a CPU with the bundled sentences, the bag
# named 72 to 74 % of them rightly and the LSTM 70 to 73 %; without a negation it was 80 % and 76 to 79 %. So it does not win there. The network *can* learn what *not* does, as the made twins show. From 8,484 reviews, most of which turn on one strong word, it has
# not learned it. So ask two things of each task: does order decide, and do the examples show it often enough?
#
# ## 11. Watch the gates
#
# **The picture.** The trained LSTM reads a sentence. For every word you see the gates of one of its 64 units, the one that changes its memory most
# in this sentence, with its long memory *c*. Below it is what the network would say if the sentence stopped there. Move the slider to another sentence. The numbers come from the formula of exercise 4 and the network's weights.

# %% tags=["demo"]
# @title Watch the gates of one unit, with a slider
table, kernel, recurrent_kernel, bias, out_kernel, out_bias = model.get_weights()
EXAMPLES = [
    "a wonderful film",
    "not good it is bad",
    "not bad it is good",
    "the actors are great but the film is a mess",
]
watch_reviews(
    (kernel, recurrent_kernel, bias),
    lambda h: nn.sigmoid(h @ out_kernel + out_bias),
    [(text, table[reviews.encode(text)]) for text in EXAMPLES],
)
for text in EXAMPLES[1:3]:
    print(f"{text}: {model(reviews.encode(text)[None]).numpy().item():.2f}")

# %% [markdown]
# In our run the gates stay near the values they started from, 0.5 and 0.73: two epochs on short sentences hardly moved them. In the last sentence the keep
# gate of this unit stays between 0.71 and 0.76. What moves is the memory. Each word adds its candidate to it, *mess* a strongly negative one: $c$ goes from 0.08 to −0.29. And at every step about a quarter of the old fades.
#
# Now move the slider to 1 and to 2: *not good it is bad*, *not bad it is good*. A bag of words gives both the same number, whatever it has
# learned. Does your LSTM give two different ones? Is the second higher? The last two lines say it. In our run it is 0.29 for *not good it is bad* and 0.21 for
# *not bad it is good*: two different numbers, but both call it blame, and the wrong one is higher. It *can* tell them apart. Which of them is
# praise, it has not learned from 8,484 sentences.
#
# ### Break it
#
# **Predict first.** Take the trained weights, and switch the mask off. A sentence of 20 words is now followed by 20 zeros, and the LSTM reads each as a
# word. What happens to the accuracy?

# %% tags=["demo"]
lesson.predict("no-mask")

# %% tags=["demo"]
unmasked = keras.Sequential([
    keras.Input((None,), dtype="int32"),
    keras.layers.Embedding(10_000, 128),
    keras.layers.LSTM(64),
    keras.layers.Dense(1, activation="sigmoid"),
])
unmasked.set_weights(model.get_weights())
named = []
for name, network in [("with mask", model), ("without", unmasked)]:
    said = network(x_test[:2000]).numpy()[:, 0]
    named.append(np.mean((said > 0.5) == y_test[:2000]))
    print(f"{name}: {named[-1]:.1%} of 2,000, {np.mean(said > 0.5):.1%} called positive")
lesson.reveal("no-mask", *named)


# %% [markdown]
# The weights are the same. Only the steps after the last word differ. A network that is trained *without* a mask has to learn,
# besides its task, to carry the verdict through all those zeros.

# %% [markdown]
# ### Extra: backpropagation through time
#
# ★★★★ · 20 minutes · 4 extra points
#
# *For those who want more. The points of an extra lie outside of the lesson's total: nobody needs them.*
#
# Section 6 told the idea. Now write it. At step $t$ the network computed $h_t = \tanh(x_t W + h_{t-1} U + b)$. On the way back the slope of $h_t$ passes through tanh, and from there to the memory before:
#
# $$dz_t = dh_t \, (1 - h_t^2), \qquad dh_{t-1} = dz_t \, U^T$$
#
# Every step used the same three arrays, so each step adds its share to their gradients:
#
# $$dW = \sum_t x_t^T dz_t, \qquad dU = \sum_t h_{t-1}^T dz_t, \qquad db = \sum_t dz_t \text{, summed over the rows}$$
#
# **Worked numbers.** One sequence of two words, 1 and 2, with one memory: 0.5 after the first step, 0.8 after the second; $U = 2$. The slope at the last memory is 1.
#
# | step | $dh$ | $dz$ | to $dW$ | to $dU$ | to $db$ |
# |---|---|---|---|---|---|
# | 2 | 1 | 1 · (1 − 0.64) = 0.36 | 2 · 0.36 = 0.72 | 0.5 · 0.36 = 0.18 | 0.36 |
# | 1 | 0.36 · 2 = 0.72 | 0.72 · (1 − 0.25) = 0.54 | 1 · 0.54 = 0.54 | 0, the memory was empty | 0.54 |
# | sum | | | 1.26 | 0.18 | 0.90 |
#
# **Your task.** Write `backward_through_time(dh, x, memories, recurrent_kernel)`. `dh` (N, F) is the slope of the *last* memory; `x` (N, T, D) is what was read; `memories` (N, T, F) is what `read_sequence` returned.
# Return three arrays: the gradients of kernel, recurrent kernel and bias.
#
# <details><summary>Hint 1: a nudge</summary>
#
# A loop over the steps from the last to the first, `reversed(range(x.shape[1]))`. It carries `dh` with it, as the way forward carried `h`.
# </details>
# <details><summary>Hint 2: the memory before the first word</summary>
#
# At step 0 the recurrent kernel read zeros, so that step adds nothing to its gradient. At all others it read `memories[:, t - 1]`.
# </details>
# <details><summary>Hint 3: pseudo-code</summary>
#
# gradients ← zeros. For t from the last to the first: dz ← dh · (1 − h²); add the three shares; dh ← dz @ recurrent kernel, turned.
# </details>


# %% nbgrader={"grade": false, "grade_id": "through-time-answer", "locked": false, "schema_version": 3, "solution": true}
def backward_through_time(dh, x, memories, recurrent_kernel):
    """The gradients of kernel, recurrent kernel and bias, from the last memory back to the first word."""
    ### BEGIN SOLUTION
    before = np.concatenate([np.zeros_like(memories[:, :1]), memories[:, :-1]], axis=1)
    dkernel = np.zeros((x.shape[2], memories.shape[2]))
    drecurrent, dbias = np.zeros_like(recurrent_kernel), np.zeros(memories.shape[2])
    for t in reversed(range(x.shape[1])):
        dz = dh * (1 - memories[:, t] ** 2)
        dkernel += x[:, t].T @ dz
        drecurrent += before[:, t].T @ dz
        dbias += dz.sum(axis=0)
        dh = dz @ recurrent_kernel.T
    return dkernel, drecurrent, dbias
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "through-time", "locked": true, "points": 0, "schema_version": 3, "solution": false}
lesson.check("through-time")
### BEGIN HIDDEN TESTS
lesson.grade("through-time")
### END HIDDEN TESTS

# %% [markdown]
# Ten lines, and they train every recurrent network. For sequences of thousands of steps all memories have to be kept until the way back has passed them; so one often goes back over the last hundred steps or so only (*truncated* backpropagation through time).

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
# - A recurrent layer makes its new memory from a word and the old memory, with the same weights at every step.
# - To learn the next word, read all but the last and say all but the first.
# - An LSTM carries a long memory $c$ through three gates: write, keep, show. Keras's order is i f g o.
# - On the way back the slope is multiplied at every step. Along $c$ the factor is $f$: a keep gate near 1 lets it arrive.
# - A new LSTM is no better at 60 steps than an RNN. It can be brought to remember; begin with the keep gate open.
# - Pad to one length, mask the padding.
# - Embedding is a table. Most parameters of a small text network are in it.
# - Baseline first. On few short sentences a bag of words is hard to beat; where only the order decides it cannot win.
#
# | quantity | formula | here |
# |---|---|---|
# | RNN step | $\tanh(xW + hU + b)$ | |
# | long memory | $f\,c + i\,g$ | $0.9 \cdot 2 + 0.5 \cdot (-1) = 1.3$ |
# | short memory | $o \tanh(c)$ | $\tanh(1.3) = 0.8617$ |
# | slope of $c_{\text{new}}$ by $c$ | $f$ | $0.9526^{60} = 0.054$ |
# | parameters of SimpleRNN | $DF + F^2 + F$ | |
# | parameters of LSTM | $4(DF + F^2 + F)$ | $49\,408$ |
# | parameters of Embedding | words · size | $1\,280\,000$ |
#
# ## If something goes wrong
#
# | you see | it means | do |
# |---|---|---|
# | `matmul: Input operand 1 has a mismatch` | the two kernels are exchanged | `x @ kernel`, `h @ recurrent_kernel` |
# | `setting an array element with a sequence … inhomogeneous shape` | the sentences have different lengths | `pad` them first |
# | the accuracy over long rows stays at chance | the slope does not arrive | a larger bias of the keep gate, shorter rows first |
# | accuracy near 50 % | the LSTM reads the padding | `mask_zero=True` |
# | predictions of shape (N, T, 1) | the LSTM returns every step | leave out `return_sequences` |
# | training takes many minutes | whole IMDB reviews on a small machine | a smaller `LENGTH`, such as 100 |
# | other numbers than a friend's | other random weights, or a GPU | look at the bands; nothing is wrong |
#
# ## Sources
#
# - J. Elman: *Finding structure in time*, Cognitive Science 1990 (the simple recurrent network).
# - S. Hochreiter, J. Schmidhuber: *Long short-term memory*, Neural Computation 1997.
# - F. Gers, J. Schmidhuber, F. Cummins: *Learning to forget*, Neural Computation 2000 (the keep gate).
# - R. Jozefowicz, W. Zaremba, I. Sutskever: *An empirical exploration of recurrent network architectures*, ICML 2015 (the bias of the keep gate).
# - R. Pascanu, T. Mikolov, Y. Bengio: *On the difficulty of training recurrent neural networks*, ICML 2013 (vanishing and exploding, clipping).
# - K. Cho and others: *Learning phrase representations using RNN encoder-decoder*, EMNLP 2014 (the GRU).
# - A. Maas and others: *Learning word vectors for sentiment analysis*, ACL 2011 (the IMDB reviews).
# - C. Hutto, E. Gilbert: *VADER*, ICWSM 2014 (the bundled sentences and ratings; MIT licence, see `course_utils/data`).
# - Keras documentation, *Working with RNNs* and *Understanding masking and padding*, keras.io.
