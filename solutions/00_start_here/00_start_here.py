# ---
# jupyter:
#   course:
#     lesson: 00_start_here
#     profile: numpy
#     trains: false
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Lesson 00 · Start here
#
# **Time:** 20 minutes · **Before this:** a little Python: variables, functions · **Points:** 3
#
# This course takes you from the arithmetic of a single neuron to networks that read handwriting, sort film reviews, and
# run in an application. You learn it by writing each part yourself, and every exercise tells you at once how you did.
#
# After this lesson you can
#
# - **say** where a network that reads digits goes wrong,
# - **run** a notebook and **start it afresh** when it gets muddled,
# - **solve** an exercise, **read** what its check says, and **open** its hints one by one,
# - **tell** whether your computer has all that the course needs,
# - **find** your points and your next lesson,
# - **say** what TensorFlow and Keras are, and why this course uses them.

# %% nbgrader={"grade": false, "grade_id": "setup", "locked": true, "schema_version": 3, "solution": false}
import numpy as np

import course_utils
from course_utils import nn

lesson = course_utils.start("00_start_here")

# %% [markdown]
# ## 1. Cells
#
# A notebook is made of **cells**. Some hold text, like this one. Some hold Python, like the one above and the one below.
# Click into a code cell and press **Shift+Enter**: it runs, and its result appears below it.
#
# The first code cell of every lesson is its *set-up* cell. Always run that one first.
#
# **Predict first.** What will the next cell print? Decide, then run it.

# %% tags=["demo"]
for number in [1, 2, 3]:
    print(number, "squared is", number**2)

# %% [markdown]
# ## 2. A network reads your digit
#
# This is what you work towards. The next cell shows a square: **draw a digit**, 0 to 9, and lift the pen. Ten bars appear,
# one for each digit: how much the network believes in it. (No square, or no mouse? Take one of the course's digits with
# the buttons, or look at the 3 below the cell.)

# %% tags=["demo"]
from course_utils.lessons.lesson_00_start_here.breaking import break_it, push_left
from course_utils.lessons.lesson_00_start_here.digit_reader import read
from course_utils.plots.drawing import draw_digit

draw_digit(read)

# %% [markdown]
# It is a small *convolutional network*: 14,410 numbers, and nothing else but times, plus and "the larger of two". It has learned from
# 8,000 digits, and names 98 of 100 that it has never seen. **You build one like it by lesson 13**, and all that it is made of
# before.
#
# Does it see what you see? Let us push a 3 to the left, one pixel at a time. The image has room for 7 of them.
#
# **Predict first.** After how many pixels is its answer wrong? Run the next cell, write a number and say how sure you are, press
# the button, and go on to the cell below. (No buttons? Write your answer between the brackets, as it says there, and run the cell
# again.)
#
# There are such questions in every lesson. They give no points, and nothing waits for an answer. They are worth the half minute: if
# you have said what you expect, you notice a surprise, and remember it.

# %% tags=["demo"]
lesson.predict("first-wrong-push")

# %% tags=["demo"]
answers = push_left(3)
lesson.reveal("first-wrong-push", answers)

# %% [markdown]
# **Now break it yourself.** Turned by 60 degrees, the 3 is a 0 to the network, and it is 99 % sure. Turn it back: the sliders follow
# the mouse and the arrow keys. Then draw a digit of your own, and push it, turn it or make it thinner until the answer is wrong. How
# little is enough? (No sliders? Write other numbers between the brackets, such as `break_it(right=5, thinner=0.5)`, and run the cell
# again.)

# %% tags=["demo"]
break_it(turn=60)

# %% [markdown]
# A network knows what it was shown, and that is less than it seems. In training its digits were pushed by 2 pixels at most. Of 1,000
# new digits it names 981. Push them all 6 pixels to the right, and it names 392. That is no reason to give up, but the reason to learn
# how such a thing works.

# %% [markdown]
# ## 3. A first exercise
#
# An exercise has three parts: a text, an **answer cell** with `...` where your answer goes, and a **check cell** that you
# only run. Nothing can break: you may check as often as you like, and your best result counts for your own record.
#
# ### Exercise 1: your first number
#
# ★☆☆ · 2 minutes · 1 point
#
# Put the value of $2 \cdot 3 + 4$ into `first_number`. You may type the number, or let Python compute it.
#
# **First try it wrong, on purpose.** Write 14 in place of `...`, run both cells, and read the hint. Then write the right
# answer and run both cells again.
#
# <details><summary>Hint 1: a nudge</summary>
#
# This is a hint. Each one says a little more than the one before, so open them one at a time.
# </details>
# <details><summary>Hint 2: a rule</summary>
#
# Multiplication comes before addition.
# </details>
# <details><summary>Hint 3: almost there</summary>
#
# The sign for "times" in Python is `*`.
# </details>

# %% nbgrader={"grade": false, "grade_id": "first-number-answer", "locked": false, "schema_version": 3, "solution": true}
first_number = ...
### BEGIN SOLUTION
first_number = 2 * 3 + 4
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "first-number", "locked": true, "points": 1, "schema_version": 3, "solution": false}
lesson.check("first-number")
### BEGIN HIDDEN TESTS
lesson.grade("first-number")
### END HIDDEN TESTS

# %% [markdown]
# ### Exercise 2: your first function
#
# ★☆☆ · 3 minutes · 2 points
#
# Write `twice_plus_one(x)`. It returns two times `x`, plus 1, so that `twice_plus_one(3)` is 7. Write it where
# `# YOUR CODE HERE` stands, and indent it as far as that line.
#
# `x` may also be a NumPy array, a row of numbers. You need not do anything about that: the same line works for both.
#
# <details><summary>Hint 1: a nudge</summary>
#
# Say it with the 3: first 6, then 7. What did you do to the 3?
# </details>
# <details><summary>Hint 2: handing a result back</summary>
#
# A function gives its result to the caller with `return`.
# </details>
# <details><summary>Hint 3: almost there</summary>
#
# `return 2 * … + …`
# </details>


# %% nbgrader={"grade": false, "grade_id": "twice-plus-one-answer", "locked": false, "schema_version": 3, "solution": true}
def twice_plus_one(x):
    """Twice x, plus one."""
    ### BEGIN SOLUTION
    return 2 * x + 1
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "twice-plus-one", "locked": true, "points": 2, "schema_version": 3, "solution": false}
lesson.check("twice-plus-one")
### BEGIN HIDDEN TESTS
lesson.grade("twice-plus-one")
### END HIDDEN TESTS

# %% [markdown]
# ## 4. What a check says
#
# A check tries your answer step by step. First a **small case** that you can work out by hand, then **random cases**,
# then **edge cases** such as 0 or a single number. Last it looks whether your function left its inputs as they were.
# Once the small case is right, each step earns its share of the points, so a half-right answer is worth something. While
# the small case is wrong, there are no points yet.
#
# Below is what three other people would see. The first has written nothing. The second has made a mistake that the
# course knows, and reads a hint made for it. The third was right about 3 and has not thought of other numbers.
#
# **Predict first.** Which of them gets some points?

# %% tags=["demo"]
lesson.predict("some-points")

# %% tags=["demo"]
from course_utils.exercises import check
from course_utils.notebook.panel import Panel


def nothing_yet(x): ...


def brackets_too_many(x):
    return 2 * (x + 1)


def always_seven(x):
    return 7


# %% tags=["demo"]
points = []
for attempt in (nothing_yet, brackets_too_many, always_seven):
    result = check(lesson["twice-plus-one"], {"twice_plus_one": attempt}, seeds=[0])
    points.append(result.points)
    display(Panel(result))
lesson.reveal("some-points", points)

# %% [markdown]
# The signs mean: ✓ correct, ◐ partly right, ✗ not yet, ○ nothing there so far. The number below a panel, such as `2.0`, is
# your points once more, for the program that grades.
#
# When your work is graded, the same checks run once more with **fresh numbers** that nobody has seen. That is why
# *always 7* would not get far, and why you need not fear it: a function that is right is right for every number.

# %% [markdown]
# ## 5. Is everything here?
#
# The next cell looks at Python, the packages, the device that computes, and the data. It takes a few seconds, because it
# loads TensorFlow. Where something is missing, the last column says what to do.

# %% tags=["demo", "nbval-ignore-output"]
from course_utils.notebook.checkup import checkup

checkup()

# %% [markdown]
# ## 6. TensorFlow and Keras
#
# Think of a car. **TensorFlow is the engine**: it computes with large arrays, on a processor or on a graphics card, and it
# works out by itself how a result changes when a number changes. **Keras is the steering wheel**: a few clear words, such
# as *layer*, *fit*, *evaluate*, with which you say where to go. When you write Keras, TensorFlow does the work.
#
# Here is one neuron, the one that you will compute by hand in lesson 01, three times: with NumPy, with the engine alone,
# and with the steering wheel.
#
# The code is folded away behind its title: most of its words come in later lessons. A folded cell runs like any other, and a click on
# its title opens it. Look only at what it prints.
#
# **Predict first.** Will the three numbers agree?

# %% tags=["demo"]
# @title One neuron three times: NumPy, TensorFlow, Keras
course_utils.runtime.import_tensorflow()
import keras
import tensorflow as tf

inputs = np.array([0.5, 0.8, 0.3], dtype="float32")
weights, bias = np.array([0.4, 0.6, 0.2], dtype="float32"), np.float32(0.1)

print(f"NumPy       {nn.neuron(inputs, weights, bias):.4f}")

knob = tf.Variable(weights)
with tf.GradientTape() as tape:
    answer = tf.sigmoid(tf.reduce_sum(inputs * knob) + bias)
print(f"TensorFlow  {answer.numpy():.4f}")

layer = keras.layers.Dense(1, activation="sigmoid")
layer.build((None, 3))
layer.set_weights([weights[:, None], bias[None]])
print(f"Keras       {layer(inputs[None]).numpy().item():.4f}")

print("\nFrom TensorFlow, unasked for so far: how fast the answer grows with each weight")
print(tape.gradient(answer, knob).numpy().round(4))

# %% [markdown]
# The last line is why an engine is needed. To learn, a network must know for each of its weights which way to turn it. You
# will work that out by hand in lesson 06, once. After that TensorFlow may do it for you, for a hundred thousand weights.
#
# **Why TensorFlow?**
#
# | | what it means | where you meet it |
# |---|---|---|
# | scale | the same program runs on one processor, on a graphics card, on many machines | lesson 19 |
# | flexibility | short words for the usual (Keras), every single operation for the unusual | lessons 09, 16 |
# | ecosystem | data sets, ready-trained networks, TensorBoard to watch a training | lessons 10, 12, 18 |
# | production | a trained network can be saved, served and looked after for years | lesson 20 |
# | platforms | Linux, Windows, macOS, phones, browsers | lesson 20 |
#
# Other engines exist. Since its version 3, Keras can also drive PyTorch and JAX, so what you learn here stays useful.

# %% [markdown]
# ## 7. Break it: start afresh
#
# A notebook remembers everything that has run, in the order in which *you* ran it, even cells that you have since changed
# or deleted. Sooner or later it gets muddled.
#
# **Predict first.** Run the next cell three times. Then choose **Kernel → Restart Kernel and Run All Cells…**. Which
# number will it show after that?

# %% tags=["demo"]
times_run = globals().get("times_run", 0) + 1
print("Runs of this cell since the notebook was started:", times_run)

# %% [markdown]
# After a restart it says 1, because everything was forgotten and all cells ran once, from top to bottom. Do this **before
# you hand in**: it is exactly what happens when your work is graded. Your text and code stay; only results are computed again.
#
# ### Reading an error
#
# When Python cannot go on, it prints a long report. **Read the last line first.** It says what went wrong. Then look
# for the line in your own cell, marked with an arrow. Here is such a last line, caught so that the notebook can go on:

# %% tags=["demo"]
points_so_far = 3
try:
    print(point_so_far)
except NameError as error:
    print(f"{type(error).__name__}: {error}")

# %% [markdown]
# `NameError`: a name that Python does not know. Compare the spelling: an `s` is missing. An error inside *your answer* is
# shown by the check itself, with the line it came from, and the notebook goes on.

# %% [markdown]
# ## 8. The way through the course
#
# The table shows all lessons, and your points in those that are here. Titles in the colour of a link can be opened. In a
# terminal, `course progress` shows the same points. Run the cell again at any time.

# %% tags=["demo", "nbval-ignore-output"]
from course_utils.notebook.map import CourseMap

CourseMap()

# %% [markdown]
# **In which programme?** Any of these will do:
#
# - *JupyterLab*: in a terminal, `course lab`. It opens your workspace, the folder with your own copies of the lessons.
# - *VS Code*: open the folder of your workspace, open a lesson, choose **Select Kernel** at the top right, then the Python
#   environment of the course.
# - *Colab*: put the folder of the course's bundle on your Google Drive and open a lesson there; or click the Colab badge, where a
#   lesson has one below its title. The set-up cell installs the course by itself. In the panel *Files*, press **Mount Drive**
#   first: then your points are kept on your Drive.
#
# **Handing in.** Restart and run all, save, and hand in the notebook under its own name: with **Nbgrader → Assignment
# List** if your class uses it, otherwise the file itself. Do not delete, copy or rename check cells. In a terminal,
# `course check 00` grades your own copy of this lesson the way your instructor does, in whichever folder you stand.

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
# - Shift+Enter runs a cell. The set-up cell comes first.
# - Write the answer, run it, run the check, read the hint, try again.
# - Grading uses fresh numbers, so write functions that are right for every number.
# - Restart and run all before you hand in.
# - TensorFlow is the engine, Keras the steering wheel.
#
# | key or command | does |
# |---|---|
# | Shift+Enter | runs the cell |
# | Kernel → Restart Kernel and Run All Cells… | starts afresh, top to bottom |
# | `course lab` | opens your workspace |
# | `course progress` | shows your points |
# | `course check NN` | grades your own copy of lesson NN |
# | `course update` | brings new versions of the lessons; your work stays |
#
# ## If something goes wrong
#
# | you see | it means | do |
# |---|---|---|
# | `[*]` beside a cell for long | it is still running | wait, or **Kernel → Interrupt Kernel** |
# | `No module named 'course_utils'` | the notebook runs in another Python | choose the environment of the course as its kernel |
# | `NameError: name 'lesson' is not defined` | the set-up cell has not run | run it, then this one |
# | `IndentationError` | the line is not as far in as its neighbours | four spaces inside a function |
# | ✗ in the table of section 5 | something is missing | its last column says what to do; run the cell again |
# | your text or a check cell has gone | something was deleted | **Edit → Undo**; or give the notebook another name, `course update` brings the lesson again, and copy your answers over |
#
# ## Sources
#
# - M. Abadi and others: *TensorFlow: A System for Large-Scale Machine Learning*, OSDI 2016.
# - F. Chollet and others: *Keras*, 2015, and the Keras 3 documentation on its backends, keras.io.
# - Project Jupyter: the JupyterLab documentation, jupyterlab.readthedocs.io.
#
# **Next:** lesson 01, one neuron.
