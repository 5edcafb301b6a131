# ---
# jupyter:
#   course:
#     lesson: 20_deployment
#     profile: tensorflow
#     trains: true
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Lesson 20 · Into an application
#
# **Time:** 155–180 minutes, in two sittings: 65–80 before the break, 90–100 after it, and as long as you like for your project · **Before this:** lessons 09, 11 and 15 · **Points:** 24
#
# A trained network in a notebook helps nobody. In this lesson it moves out: into a file, onto a phone's runtime, behind a
# web address that other programs ask. On the way three things break that no accuracy ever shows. Then comes your own project.
#
# After this lesson you can
#
# - **pack** the preparation of the data into the model, so that it cannot be forgotten,
# - **save** and **export** a model in four forms and **prove** that the copies answer alike,
# - **check** what a stranger sends to your model, and **write** a reply that every program can read,
# - **run** a small web service and **measure** how fast it answers,
# - **choose** the kind of network for a task, and the cure for a trouble,
# - **carry out** a project of your own on real data and **write** its model card.

# %% nbgrader={"grade": false, "grade_id": "setup", "locked": true, "schema_version": 3, "solution": false}
import json

import numpy as np
from sklearn.datasets import load_wine

import course_utils
from course_utils import environment, nn, plots
from course_utils.lessons.lesson_20_deployment import projects
from course_utils.lessons.lesson_20_deployment import serving
from course_utils.lessons.lesson_20_deployment.request_path import request_path

lesson = course_utils.start("20_deployment")

import keras  # after start, which keeps TensorFlow's start-up messages away

# %% [markdown]
# **Do you remember?** Three questions from earlier lessons, a minute each, in your head or on paper. No points, and you may go on without them. What you miss comes back in the next lesson.

# %% tags=["demo"]
lesson.recall()

# %% [markdown]
# ## 1. What belongs to a model?
#
# **The idea.** A trained model is three things: the *layers*, the *weights*, and the *preparation* that its inputs went through. The
# first two come with the file. The third is easily left behind in a notebook.
#
# **The data.** 178 wines from one region of Italy, from three kinds of vine, *cultivars*. A laboratory measured 13 amounts in each: alcohol, acids, colour,
# and so on. From the 13 numbers the network is to name the cultivar. The set comes with scikit-learn.

# %% tags=["demo"]
NAMES = ["cultivar A", "cultivar B", "cultivar C"]
wine = load_wine()
order = np.random.default_rng(20).permutation(len(wine.data))
x, y = wine.data[order].astype("float32"), wine.target[order]
x_train, y_train, x_test, y_test = x[:118], y[:118], x[118:], y[118:]
mean, std = x_train.mean(axis=0), x_train.std(axis=0)

for column in (0, 5, 10, 12):
    name = wine.feature_names[column]
    print(f"{name:15s} mean {mean[column]:7.2f}   spread {std[column]:7.2f}")

# %% [markdown]
# The columns live on very different scales, so the network is trained on *standardized* numbers: $(x - \text{mean}) / \text{std}$, with mean and
# spread of the training wines (lesson 09).

# %% tags=["demo", "measured"]
EPOCHS = 40
keras.utils.set_random_seed(20)
network = keras.Sequential([
    keras.Input((13,)),
    keras.layers.Dense(16, activation="relu"),
    keras.layers.Dense(3, activation="softmax"),
])
network.compile(keras.optimizers.Adam(0.01), "sparse_categorical_crossentropy", metrics=["accuracy"])
network.fit((x_train - mean) / std, y_train, epochs=EPOCHS, batch_size=16, verbose=0)
accuracy = network.evaluate((x_test - mean) / std, y_test, verbose=0)[1]
print(f"wine network 13-16-3, 60 test wines: {100 * accuracy:.1f} %")

# %% [markdown]
# Over five starts on two CPU cores it was 95.0–96.7 %, one or two wines more or less.
#
# **Predict first.** A colleague gets the file of this network and asks it about the 60 test wines, with the numbers as the laboratory
# wrote them down. She does not know that they should be standardized. Will there be an error message? What will the accuracy be, and
# how sure will the network be?

# %% tags=["demo"]
lesson.predict("raw-wines")

# %% tags=["demo"]
as_measured = network.predict(x_test, verbose=0)
right, sure = np.mean(as_measured.argmax(axis=1) == y_test), as_measured.max(axis=1).mean()
print(f"accuracy on the numbers as measured: {right:.0%}")
print(f"mean confidence:                     {sure:.1%}")
lesson.reveal("raw-wines", right, sure)


# %% [markdown]
# No error. A third is right, which is a guess, and the network is as sure as can be. Nobody would notice. So the preparation must
# travel *inside* the model.
#
# **The layer for it.** `keras.layers.Rescaling(scale, offset)` computes $x \cdot \text{scale} + \text{offset}$, number by number. It learns nothing. (`Normalization(mean=…,
# variance=…)` is another way.) Both hold numbers only. A `Lambda` layer would put Python
# code into the file, and whoever loads it would have to trust that code.
#
# **Worked numbers.** A column has mean 10 and spread 2. A wine with 14 becomes (14 − 10) / 2 = 2. As one multiplication and one
# addition: $14 \cdot 0.5 + b = 2$, so $b = -5$. That is $-10 / 2$. Check it with 10: $10 \cdot 0.5 - 5 = 0$, as the mean must.
#
# ### Exercise 1: pack the preparation in
#
# ★★☆ · 15 minutes · 3 points
#
# Write `pack(weights, mean, std)`. At each call it returns a new Keras model that takes measurements *as they come* and gives shares of the classes.
#
# - `weights` is what `network.get_weights()` gives: kernel and bias of the hidden layer, kernel and bias of the output.
# - `mean` and `std` have one number for each measurement.
# - Layers: standardize, Dense with ReLU, Dense with softmax. Read their sizes off `mean` and the biases. No need to compile.
# - A whole model gets its weights in one call: `model.set_weights(weights)`. Rescaling has none, so the four arrays fit.
#
# <details><summary>Hint 1: a nudge</summary>
#
# Write $(x - \text{mean}) / \text{std}$ as $x \cdot a + b$. What is $a$, what is $b$?
# </details>
# <details><summary>Hint 2: the numbers</summary>
#
# $a = 1 / \text{std}$ and $b = -\text{mean} / \text{std}$. Give them to the layer as lists: `(1 / std).tolist()`.
# </details>
# <details><summary>Hint 3: pseudo-code</summary>
#
# model ← Sequential of Input((number of means,)), Rescaling(a, b), Dense(number of hidden biases, ReLU),
# Dense(number of output biases, softmax); put the weights in; return the model.
# </details>


# %% nbgrader={"grade": false, "grade_id": "pack-answer", "locked": false, "schema_version": 3, "solution": true}
def pack(weights, mean, std):
    """A model for measurements as they come: standardize, hidden layer, shares."""
    ### BEGIN SOLUTION
    model = keras.Sequential([
        keras.Input((len(mean),)),
        keras.layers.Rescaling((1 / std).tolist(), (-mean / std).tolist()),
        keras.layers.Dense(len(weights[1]), activation="relu"),
        keras.layers.Dense(len(weights[3]), activation="softmax"),
    ])
    model.set_weights(weights)
    return model
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "pack", "locked": true, "points": 3, "schema_version": 3, "solution": false}
lesson.check("pack")
### BEGIN HIDDEN TESTS
lesson.grade("pack")
### END HIDDEN TESTS

# %% tags=["demo"]
model = lesson.yours("pack")(network.get_weights(), mean, std)
shares = model.predict(x_test, verbose=0)
print(f"your packed model, numbers as measured: {np.mean(shares.argmax(axis=1) == y_test):.1%}")

# %% [markdown]
# ## 2. Four forms of a saved model
#
# **The idea.** Who will load the file decides its form.
#
# | form | command | holds | loaded by |
# |---|---|---|---|
# | Keras file | `model.save("wine.keras")` | layers, weights, optimizer's state | Python with Keras; training can go on |
# | weights only | `model.save_weights("wine.weights.h5")` | numbers | your own code that builds the same layers first |
# | SavedModel | `model.export("wine", format="tf_saved_model")` | computation and weights | TensorFlow without your code: servers, C++, TensorFlow Serving |
# | LiteRT | `model.export("wine.tflite", format="litert")` | the same for small machines | phones, watches, microcontrollers |
#
# LiteRT was called TensorFlow Lite before; the file ending has stayed. A fifth form, ONNX, moves models between
# frameworks; Keras writes it with `format="onnx"` once the package `tf2onnx` is installed.
#
# **A copy is good when it gives the same answers.** So each form is written, loaded again and asked about the 60 test wines.

# %% tags=["demo"]
import tempfile
from pathlib import Path

import tensorflow as tf

folder = Path(tempfile.mkdtemp())
with environment.quiet_stderr():  # the exporters are talkative
    model.save(folder / "wine.keras")
    model.save_weights(folder / "wine.weights.h5")
    model.export(folder / "wine", format="tf_saved_model", verbose=False)
    model.export(str(folder / "wine.tflite"), format="litert", verbose=False)  # Keras 3.13 takes no Path here

# %% tags=["demo"]
# @title Load each copy, and compare its answers
rebuilt = lesson.yours("pack")([np.zeros_like(w) for w in network.get_weights()], mean, std)
rebuilt.load_weights(folder / "wine.weights.h5")
on_a_phone = serving.litert(folder / "wine.tflite")
saved_model = tf.saved_model.load(folder / "wine")
copies = {
    "wine.keras": keras.models.load_model(folder / "wine.keras").predict(x_test, verbose=0),
    "wine.weights.h5": rebuilt.predict(x_test, verbose=0),
    "wine": saved_model.serve(x_test).numpy(),
    "wine.tflite": on_a_phone(x_test),
}
for name, copied in copies.items():
    path = folder / name
    files = [file for file in [path, *path.rglob("*")] if file.is_file()]
    size = sum(file.stat().st_size for file in files) / 1024
    apart = np.abs(copied - shares).max()
    changed = int(np.sum(copied.argmax(axis=1) != shares.argmax(axis=1)))
    print(f"{name:16s} {size:6.1f} KB   largest difference {apart:.0e}   answers changed: {changed}")

# %% [markdown]
# The network has 13 · 16 + 16 + 16 · 3 + 3 = 275 numbers, 1.1 KB. All else in the files is description. No answer changed; a
# difference around $10^{-7}$ is rounding, because LiteRT adds in another order.
#
# Load only files that you trust. A model file can be made to run code; that is why Keras refuses `Lambda` layers unless
# you say `safe_mode=False`.
#
# ## 3. What may come in
#
# **The idea.** Behind a web address the model meets strangers. They send JSON, a text form of dictionaries, lists, numbers, texts, `true` and `null`.
# Ours has the form that TensorFlow Serving uses, too: `{"instances": [[14.2, 1.7, …], …]}`, one list of measurements for each wine.
#
# Programs, like people, send nonsense: a number in quotes, a missing value, a million rows. A model never refuses; it computes. So
# a **check** stands in front of it. It lets a request through as an array, or says in words what is wrong.
#
# **Worked numbers.** Two measurements a row, at most ten rows:
#
# | request | result |
# |---|---|
# | `{"instances": [[1, 2.5], [3, 4]]}` | array of shape (2, 2) |
# | `{"instances": [[1, "abc"]]}` | text with the word *number* |
# | `{"instances": [[1, 2, 3]]}` | text with the number *2* |
# | `{"rows": [[1, 2]]}` | text with the word *instances* |
#
# **Predict first.** Which of these does Python take for a number?

# %% tags=["demo"]
for value in [7, 7.5, "7.5", True, None, float("nan")]:
    number, yes_or_no = isinstance(value, int | float), isinstance(value, bool)
    print(f"{value!r:6}  an int or a float: {number!s:6}  a bool: {yes_or_no}")


# %% [markdown]
# Two traps: `True` counts as the whole number 1, and `nan`, *not a number*, is a float.
#
# ### Exercise 2: read a request
#
# ★★★ · 20 minutes · 4 points
#
# Write `read_request(payload, columns, most_rows)`. `payload` is what Python makes of the JSON. Return an array of floats of shape
# `(N, columns)` or, where there is a fault, a text. Return it; do not raise an error. When there are several faults, the text may be about any of them.
#
# | fault | the text must contain |
# |---|---|
# | no dictionary, no `"instances"` in it, or what stands there is not a list, or it is empty | `instances` |
# | more than `most_rows` rows | the number `most_rows` |
# | a row is not a list of exactly `columns` values: too few, too many, a text | the number `columns` |
# | a value is not a number: a text, `True`, `None`, a list | `number` |
# | a value is NaN or infinite | `finite` |
#
# A long whole number is a number, too: JSON may hold $10^{20}$. What else stands in the dictionary beside `"instances"` does not matter.
# The rest of the text is yours. Write what you would like to read at midnight when your own program is refused.
#
# <details><summary>Hint 1: a nudge</summary>
#
# Go through the table from top to bottom, with one `if` for each fault. What must be true before you may write `payload["instances"]`?
# </details>
# <details><summary>Hint 2: the questions to ask</summary>
#
# `isinstance(payload, dict)`, `payload.get("instances")`, `isinstance(row, list)`, `len(row) != columns`, `isinstance(value, bool)`,
# `isinstance(value, int | float)`, `abs(value) <= 1e308`. The last is False for infinity and for NaN. (`np.isfinite(value)`
# stops with an error at a whole number of 21 digits, and `float(value)` at one of 400. This comparison stops at neither.)
# </details>
# <details><summary>Hint 3: pseudo-code</summary>
#
# if payload is no dict: complain · rows ← its instances · if rows is no list or is empty: complain · if too many: complain ·
# for each row: if no list or wrong length: complain; for each value: if bool or neither int nor float: complain; if its
# absolute value is not at most 1e308: complain · return the rows as an array of floats. "Complain" is `return f"…"`.
# </details>


# %% nbgrader={"grade": false, "grade_id": "read-request-answer", "locked": false, "schema_version": 3, "solution": true}
def read_request(payload, columns, most_rows):
    """The rows of a request as an array (N, columns), or a text that says what is wrong."""
    ### BEGIN SOLUTION
    rows = payload.get("instances") if isinstance(payload, dict) else None
    if not isinstance(rows, list) or not rows:
        return 'Send {"instances": [[...], ...]} with at least one row.'
    if len(rows) > most_rows:
        return f"There are {len(rows)} rows; send at most {most_rows} at a time."
    for number, row in enumerate(rows, start=1):
        if not isinstance(row, list) or len(row) != columns:
            return f"Row {number} should be a list of {columns} values."
        for value in row:
            if isinstance(value, bool) or not isinstance(value, int | float):
                return f"Row {number}: {value!r} is not a number."
            if not abs(value) <= 1e308:
                return f"Row {number}: {value} is not finite."
    return np.array(rows, dtype=float)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "read-request", "locked": true, "points": 4, "schema_version": 3, "solution": false}
lesson.check("read-request")
### BEGIN HIDDEN TESTS
lesson.grade("read-request")
### END HIDDEN TESTS

# %% [markdown]
# ## 4. What goes out
#
# **The idea.** The client wants a name, not three shares, and it wants to know how sure the model is. The reply is JSON again, so it may hold
# plain Python values only.
#
# **Predict first.** `np.float32(0.75)` prints like 0.75. Can it be written as JSON?

# %% tags=["demo"]
for value in [0.75, np.float32(0.75)]:
    try:
        print(type(value).__name__, "→", json.dumps({"confidence": value}))
    except TypeError as error:
        print(type(value).__name__, "→ TypeError:", error)


# %% [markdown]
# **Worked numbers.** The shares are 0.25 and 0.75 for one row, the names `"cat"` and `"dog"`. The reply is
# `{"predictions": [{"class": "dog", "confidence": 0.75}]}`.
# The share that a model gives its own answer is called its **confidence**.
#
# ### Exercise 3: write the reply
#
# ★★☆ · 10 minutes · 3 points
#
# Write `reply(shares, names)`. `shares` is an array of shape `(N, K)`, `names` a list of K texts. Return
# `{"predictions": [...]}` with one `{"class": …, "confidence": …}` for each row: the name of the class with the largest share, and that
# share as a plain `float`, not rounded.
#
# <details><summary>Hint 1: a nudge</summary>
#
# You have read predictions in lesson 10: the place of the largest number, and its size. What makes a name of a place?
# </details>
# <details><summary>Hint 2: plain numbers</summary>
#
# `int(…)` and `float(…)` turn NumPy's numbers into Python's. `tolist()` does it for a whole array.
# </details>
# <details><summary>Hint 3: pseudo-code</summary>
#
# said ← empty list · for each row of shares: place ← argmax; append {name at that place, float of the share at that place} ·
# return said under "predictions".
# </details>


# %% nbgrader={"grade": false, "grade_id": "reply-answer", "locked": false, "schema_version": 3, "solution": true}
def reply(shares, names):
    """For each row the name of its class and how sure the model is, in plain Python types."""
    ### BEGIN SOLUTION
    said = []
    for row in shares:
        place = int(np.argmax(row))
        said.append({"class": names[place], "confidence": float(row[place])})
    return {"predictions": said}
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "reply", "locked": true, "points": 3, "schema_version": 3, "solution": false}
lesson.check("reply")
### BEGIN HIDDEN TESTS
lesson.grade("reply")
### END HIDDEN TESTS

# %% [markdown]
# ## 5. A service
#
# **The idea.** Your two functions and the model make a web service. *FastAPI* connects addresses with functions, *uvicorn* listens. Each reply carries a
# status: 200 done, 400 not even JSON, 422 JSON that we cannot use. A fault of the client must never look like a fault of ours (500).
#
# **How to read the code.** The line with `@` above a function says at which address it answers. `get` is for asking, `post` for
# sending something along. `async` and `await` mean: while the body of this request is still on its way, others may be served.

# %% tags=["demo"]
READY = serving.ready()  # are the packages here that a service needs?
check, answer = lesson.yours("read-request"), lesson.yours("reply")

if READY:
    from fastapi import FastAPI, Request
    from fastapi.responses import JSONResponse

    app = FastAPI(title="Which cultivar?")

    @app.get("/health")
    def health():
        return {"status": "ok", "model": "wine 13-16-3"}

    LARGEST = 1e6  # no amount in a wine comes near it

# %% tags=["demo"]
if READY:

    @app.post("/predict")
    async def predict(request: Request):
        try:
            payload = await request.json()
        except ValueError:
            return JSONResponse({"error": "The body of the request is not JSON."}, status_code=400)
        rows = check(payload, 13, 100)
        if isinstance(rows, str):
            return JSONResponse({"error": rows}, status_code=422)
        if np.abs(rows).max() > LARGEST:
            return JSONResponse({"error": "No amount in a wine is as large as a million."}, status_code=422)
        return answer(model(rows).numpy(), NAMES)

    service = serving.serve(app)
    print("running:", service.runs)

# %% [markdown]
# It runs beside this notebook, at an address that only this computer can reach, on a free port. Any program could ask it; here
# *httpx* plays the client. (`trust_env=False`: no detour over a proxy.)

# %% tags=["demo"]
asked = wine.data[order][118:].tolist()  # the test wines as lists of plain numbers
if READY:
    import httpx

    client = httpx.Client(base_url=service.address, trust_env=False)
    print(client.get("/health").json())
    response = client.post("/predict", json={"instances": asked[:2]})
    print(response.status_code, response.json())
    print("right answers:", [NAMES[label] for label in y_test[:2]])

# %% [markdown]
# Now a client that has a bad day. JSON knows no NaN, and httpx would refuse to write one. Many programs
# write it all the same, Python's `json.dumps` too; `content=` sends its text as it is.

# %% tags=["demo"]
good = asked[0]
bodies = {
    "no JSON": "instances = 13 numbers",
    "another name": json.dumps({"rows": [good]}),
    "twelve numbers": json.dumps({"instances": [good[:12]]}),
    "number in quotes": json.dumps({"instances": [[*good[:12], "750"]]}),
    "missing value": json.dumps({"instances": [[*good[:12], None]]}),
    "NaN": json.dumps({"instances": [[*good[:12], float("nan")]]}),
    "101 rows": json.dumps({"instances": [good] * 101}),
    "1e300": json.dumps({"instances": [[*good[:12], 1e300]]}),
}
for name, body in bodies.items():
    if READY:
        response = client.post("/predict", content=body)
        print(f"{name:17s}{response.status_code}  {response.json()['error']}")


# %% [markdown]
# The last one is a trap. $10^{300}$ is finite in Python, and your check may let it pass. But the model computes with 32 bits a number, up to about
# $3 \cdot 10^{38}$: there it is infinite, the shares become NaN, and the reply would be a 500. So the service asks for the size as well.
#
# **The picture.** Follow a request on its way. The first two measurements and the last are written out. Move the slider: 0 to 4 are wines of the test set, 5 to
# 8 are the bad day.


# %% tags=["demo"]
# @title Follow a request, with a slider
def way(request):
    """The picture for one of nine requests."""
    wrong = ["another name", "twelve numbers", "number in quotes", "missing value"]
    good = json.dumps({"instances": [asked[request]]})
    payload = json.loads(good if request < 5 else bodies[wrong[request - 5]])
    rows = check(payload, 13, 100)
    if isinstance(rows, str):
        return request_path(payload, rows, None, None, None, NAMES)
    shares = model(rows).numpy()
    prepared = model.layers[0](rows).numpy()
    return request_path(payload, rows, prepared, shares, answer(shares, NAMES), NAMES)


plots.explore(way, request=(0, 8, 1, 0))

# %% tags=["demo"]
plots.show(*way(7))

# %% [markdown]
# ### Break it: right form, wrong unit
#
# *Proline* is measured in milligrams per litre. One laboratory starts to send grams: 0.75 in place of 750. The check lets it pass, for
# 0.75 is a fine number.
#
# **Predict first.** How many of the 60 answers stay right? And will the confidence warn us?

# %% tags=["demo"]
lesson.predict("wrong-unit")

# %% tags=["demo"]
# @title Send proline in grams
in_grams = x_test.copy()
in_grams[:, 12] /= 1000
for name, rows in [("milligrams", x_test), ("grams", in_grams)]:
    passed = check({"instances": rows.tolist()}, 13, 100)  # as the service does it
    received = answer(model(passed).numpy(), NAMES)["predictions"]
    said = [prediction["class"] for prediction in received]
    right = np.mean([a == NAMES[label] for a, label in zip(said, y_test, strict=True)])
    sure = np.mean([prediction["confidence"] for prediction in received])
    print(f"proline in {name:11s} right {right:4.0%}   mean confidence {sure:.0%}")

low, high = x_train.min(axis=0), x_train.max(axis=0)
outside = np.mean((in_grams < low) | (in_grams > high), axis=0)
print(f"outside the range of the training wines: {outside[12]:.0%} of the values in grams")
lesson.reveal("wrong-unit", sure)

# %% [markdown]
# Over five starts 63–88 % of the answers stayed right, and the mean confidence was always between 94 and 97 %. It does not warn us. What helps is to keep the range of the training data with the model, count how
# many values fall outside, and look at the count every day. A service is watched as a patient is.

# %% [markdown]
# ## 6. How fast?
#
# **The idea.** Every call has a fixed price (start, check, bookkeeping) and a price for each row. Many rows at once share the fixed price. *Latency* is how long one
# caller waits. *Throughput* is how many rows are done in a second.
#
# **Worked numbers.** Say a call costs 1 millisecond and each row 0.001 more. One row: 1.001 ms. A hundred rows: 1.1 ms, or 0.011 ms a row, ninety
# times as cheap.
#
# **Predict first.** Four ways to ask about one wine: `model.predict`, `model(...)`, LiteRT, and our service. Which is the fastest? Which the slowest?

# %% tags=["demo"]
# @title Measure four ways to ask
import time


def milliseconds(call, repeats=9):
    """The median time of a call; the first call, which prepares things, does not count."""
    call()
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        call()
        times.append(1000 * (time.perf_counter() - start))
    return float(np.median(times))


batches = [1, 10, 100]
ways = {
    "model.predict": lambda rows: model.predict(rows, verbose=0),
    **({"service": lambda rows: client.post("/predict", json={"instances": rows.tolist()})} if READY else {}),
    "model(...)": lambda rows: model(rows),
    "LiteRT": lambda rows: on_a_phone(rows),
}
measured = {}
for name, ask in ways.items():
    samples = [np.resize(x_test, (n, 13)) for n in batches]
    measured[name] = [milliseconds(lambda rows=rows, ask=ask: ask(rows)) for rows in samples]

# %% tags=["demo"]
# @title Draw the times
figure, axes = plots.figure(1, 2, (11, 3.6))
for number, (name, times) in enumerate(measured.items()):
    style = {**plots.line(number), **plots.points(number)}
    axes[0].plot(batches, times, **style, label=name)
    axes[1].plot(batches, np.array(times) / batches, **style, label=name)
for axis, title, label in zip(axes, ["one call", "one row"], ["milliseconds", "milliseconds a row"], strict=True):
    axis.set(title=title, ylabel=label, xlabel="rows in the call", xscale="log", yscale="log")
axes[0].legend(fontsize=9, loc="center left", bbox_to_anchor=(0, 0.35), ncols=2)
told = "; ".join(f"{name} {t[0]:.3g} and {t[-1]:.3g}" for name, t in measured.items())
plots.show(figure, f"Milliseconds for a call with 1 and with 100 rows: {told}.")
print("milliseconds for" + "".join(f"{n:8d} rows" for n in batches))
for name, times in measured.items():
    print(f"{name:16s}" + "".join(f"{t:13.3f}" for t in times))

# %% [markdown]
# `predict` is made for large data: it sets up a loop over batches at each call, which for one row is nearly all of its time. For single requests, call the
# model itself. LiteRT carries nothing but the sums, so it is quicker by far: that is why phones use it.
#
# The service is done. Stop it, so that nothing goes on listening:

# %% tags=["demo"]
if READY:
    client.close()
    service.stop()
    print("running:", service.runs)

# %% [markdown]
# **From here to the internet** it is the same service in a *container*, behind a program that adds encryption and a password, with
# a limit on the size of a request, a log, and an alarm. TensorFlow Serving can take the place of our FastAPI program: it loads the
# SavedModel and speaks the same JSON. The check stays yours.
#
# ## 7. Which network for which task?
#
# **The idea.** Look at the *shape of the data* first. What is a neighbour of what?
#
# | network | its idea | good for | lesson |
# |---|---|---|---|
# | feedforward (MLP) | every input to every neuron | tables: columns without order | 03, 09 |
# | CNN | the same small window everywhere | images, and whatever has neighbours | 13 |
# | RNN, LSTM | one step at a time, with a memory of fixed size | streams and sequences on small machines | 14 |
# | transformer | every item looks at every other (attention) | language, long sequences, much data | 16 |
# | GAN | a maker against a judge | making new examples that look real | 17 |
#
# ### Exercise 4: which network for which task?
#
# ★☆☆ · 6 minutes · 2 points
#
# Write one of `"feedforward"`, `"cnn"`, `"lstm"`, `"transformer"`, `"gan"` for each task. Each fits once.
#
# - `loan_from_a_form`: age, income, postcode and ten more fields of a form; will the loan be paid back?
# - `cracks_on_photos`: is there a crack in the wall, anywhere on the photo?
# - `pulse_on_a_watch`: one heartbeat a second, little memory; an alarm as soon as the rhythm changes.
# - `contracts_in_two_languages`: translate contracts; a word on page 9 depends on a word on page 1.
# - `faces_of_nobody`: portraits of people who do not exist, for a film crowd.
#
# <details><summary>Hint 1: a nudge</summary>
#
# Three questions: is there a neighbourhood, is there an order, is something to be *made*?
# </details>
# <details><summary>Hint 2: two with an order</summary>
#
# Two tasks have an order in time or text. One of them must do with a small memory, the other must look far back.
# </details>

# %% nbgrader={"grade": false, "grade_id": "choose-network-answer", "locked": false, "schema_version": 3, "solution": true}
loan_from_a_form = ...
cracks_on_photos = ...
pulse_on_a_watch = ...
contracts_in_two_languages = ...
faces_of_nobody = ...
### BEGIN SOLUTION
loan_from_a_form = "feedforward"
cracks_on_photos = "cnn"
pulse_on_a_watch = "lstm"
contracts_in_two_languages = "transformer"
faces_of_nobody = "gan"
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "choose-network", "locked": true, "points": 2, "schema_version": 3, "solution": false}
lesson.check("choose-network")
### BEGIN HIDDEN TESTS
lesson.grade("choose-network")
### END HIDDEN TESTS

# %% [markdown]
# ## 8. Challenges and cures
#
# **The idea.** First look, then treat. Two figures tell most of it: the result on the training data and the one on validation data.
#
# | trouble | how it shows | cures | lesson |
# |---|---|---|---|
# | vanishing gradients | a deep network's loss stays still from the start | ReLU, good first weights, residual connections, normalisation | 15 |
# | exploding gradients, steps too long | the loss jumps, then `nan` | smaller learning rate, clipping | 08, 15 |
# | overfitting | training good, validation worse | regularization: dropout, L2, early stopping; more data | 11 |
# | underfitting | both bad, and close together | larger network, more epochs, better inputs | 10, 12 |
# | too little data | validation jumps about; every run differs | a pretrained network, augmentation | 11, 18 |
# | training time | all is well but the clock | GPU, larger batches, mixed precision | 19 |
#
# ### Exercise 5: which cure for which trouble?
#
# ★★☆ · 8 minutes · 2 points
#
# Give each trouble one of `"relu and residual"`, `"regularization"`, `"larger network"`, `"smaller learning rate"`, `"pretrained network"`,
# `"gpu"`. Each fits once.
#
# - `deep_sigmoids`: thirty sigmoid layers; the loss is the same after ten epochs as before.
# - `train_99_validation_81`: accuracy 99 % on training data, 81 % on validation data.
# - `train_62_validation_61`: a hidden layer of four neurons; 62 % and 61 %, and both have stopped rising.
# - `loss_is_nan`: the loss goes 2.3, 41, 8 000, `nan`.
# - `two_hundred_photos`: 200 photos of rare birds, and no way to get more.
# - `hour_per_epoch`: the loss falls as it should, but an epoch on the office laptop takes an hour.
#
# <details><summary>Hint 1: a nudge</summary>
#
# For each line ask first: does the network learn its *training* data?
# </details>
# <details><summary>Hint 2: if it does not</summary>
#
# Then it is too small, its steps are too long, or its gradients do not arrive. The numbers of the line say which.
# </details>

# %% nbgrader={"grade": false, "grade_id": "choose-cures-answer", "locked": false, "schema_version": 3, "solution": true}
deep_sigmoids = ...
train_99_validation_81 = ...
train_62_validation_61 = ...
loss_is_nan = ...
two_hundred_photos = ...
hour_per_epoch = ...
### BEGIN SOLUTION
deep_sigmoids = "relu and residual"
train_99_validation_81 = "regularization"
train_62_validation_61 = "larger network"
loss_is_nan = "smaller learning rate"
two_hundred_photos = "pretrained network"
hour_per_epoch = "gpu"
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "choose-cures", "locked": true, "points": 2, "schema_version": 3, "solution": false}
lesson.check("choose-cures")
### BEGIN HIDDEN TESTS
lesson.grade("choose-cures")
### END HIDDEN TESTS

# %% [markdown]
# ---
# **A good place for a break.** *What stands:* a model that carries its preparation with it, and a service around it that takes nothing wrong. *What comes:* the same with data of your choice, by yourself.
#
# *Coming back:* your answers are saved with the notebook, but the kernel may have forgotten what was computed. Click into the next cell that holds code, and choose *Run → Run All Above Selected Cell*
# (in Colab *Runtime → Run before*). Everything above is computed once more, in less than a minute; then go on from here.
#
# ---
#
# ## 9. Your project
#
# **The task.** Choose one of three real data sets. Make a model for it, in any way that you have learned. Make it ready for use, and
# write its model card. One part is checked at once, the other is read by a person.
#
# | data set | a row | the answer | guess | asked for |
# |---|---|---|---|---|
# | `"digits"` | 64 grey values of an 8 × 8 image | which digit, 0 to 9 | 8 % right | at least 90 % right |
# | `"breast cancer"` | 30 measurements of cells of a lump | 0 malignant, 1 benign | 68 % right | at least 92 % right |
# | `"diabetes"` | 10 facts about a patient | how far the disease has gone after a year, 25 to 346 | error 77.8 | error at most 65 |
#
# *Guess* is one answer for everybody: the most frequent class, or the mean. The *error* is the root of the mean squared error.
#
# One row in three is kept back for the **exam**. `projects.load(…)` gives you the others, with their answers. `projects.exam(…)` gives the rows of
# the exam, without their answers: a model that has learned from them proves nothing and earns nothing. Set some of your own rows aside for validation.
# `projects.score(DATA, answers)` says what answers to the exam are worth.
# Change the data set here if you like:

# %%
DATA = "digits"
mine = projects.load(DATA)
print(f"{DATA}: {len(mine.x)} rows of {mine.x.shape[1]} numbers, from {mine.x.min():g} to {mine.x.max():g}")
print(f"each row: {mine.project.rows}; answer: {mine.project.answer}")
print("the first answers:", mine.y[:12])

# %% tags=["demo"]
# @title Show ten digits of your project, if it has any
if DATA == "digits":
    labels = [str(label) for label in mine.y[:10]]
    plots.show(
        plots.images(mine.x[:10].reshape(-1, 8, 8), labels),
        f"Ten digits of 8 × 8 pixels with their labels: {' '.join(labels)}.",
    )

# %% [markdown]
# ### Exercise 6: make it
#
# ★★★ · 45 minutes or more · 4 points
#
# Train a model on `mine.x` and `mine.y`. Then write a function that takes rows **as they come**, of shape `(N, D)`, and returns **one number for
# each**, shape `(N,)`: the number of the class, or the amount. Put both into
# `project = {"data": DATA, "predict": your_function}`.
#
# The check asks about all rows of the exam, and about some of them one at a time, and twice: the answer must depend neither on the company nor on chance,
# and the rows stay as they are. A model that is not clearly better than the guess earns nothing.
# A network with one hidden layer is enough for each of the three; training takes seconds. Over four starts on two CPU cores one hidden layer of 16 to 64
# neurons and 20 epochs gave 96–97 % for the digits, 97–98 % for breast cancer and an error of 55–57 for diabetes.
#
# <details><summary>Hint 1: a nudge</summary>
#
# Build it as in exercise 1: the preparation is the model's first layer. The digits run from 0 to 16; the measurements of the others
# need mean and spread.
# </details>
# <details><summary>Hint 2: loss and output</summary>
#
# Classes: softmax with one neuron a class, `"sparse_categorical_crossentropy"`, then `argmax(axis=1)`. Amounts: one neuron without activation,
# `"mse"`, then `[:, 0]`. For diabetes, learn the amounts in small numbers and scale them back at the end, or give the optimizer time.
# </details>
# <details><summary>Hint 3: pseudo-code</summary>
#
# model ← Input, Normalization(mean, variance) or Rescaling, Dense(32, ReLU), Dense(output) · compile with Adam(0.005) · fit 20 epochs ·
# define predict_rows(x): return argmax of model.predict(x, verbose=0) · project ← dictionary.
# </details>

# %% nbgrader={"grade": false, "grade_id": "project-answer", "locked": false, "schema_version": 3, "solution": true}
project = ...
### BEGIN SOLUTION
reader = keras.Sequential([
    keras.Input((64,)),
    keras.layers.Rescaling(1 / 16),
    keras.layers.Dense(64, activation="relu"),
    keras.layers.Dense(10, activation="softmax"),
])
reader.compile(keras.optimizers.Adam(0.005), "sparse_categorical_crossentropy")
reader.fit(mine.x, mine.y, epochs=20, batch_size=32, validation_split=0.2, verbose=0)


def read_digits(x):
    return reader.predict(x, verbose=0).argmax(axis=1)


project = {"data": DATA, "predict": read_digits}
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "project", "locked": true, "points": 4, "schema_version": 3, "solution": false}
lesson.check("project")
### BEGIN HIDDEN TESTS
lesson.grade("project")
### END HIDDEN TESTS

# %% tags=["demo", "measured"]
done = lesson.yours("project")
exam = projects.exam(done["data"])
answers = np.asarray(done["predict"](exam.x))
score, guess = projects.score(done["data"], answers), projects.guess(done["data"])
told = f"project {done['data']}, {len(answers)} rows of the exam"
if exam.project.amounts:
    print(f"{told}: error {score:.1f}, guess {guess:.1f}")
else:
    print(f"{told}: {100 * score:.1f} %, guess {100 * guess:.1f} %")

# %% tags=["demo"]
# @title Draw where the model errs
figure, axes = plots.figure(1, 1, (6.4, 3.6))
unit = "usual error" if exam.project.amounts else "answered wrongly, %"
errors = {
    group: error if exam.project.amounts else 100 * error
    for group, error in projects.errors(done["data"], answers).items()
}
axes.bar(list(errors), list(errors.values()), **plots.bars(1))
axes.set(xlabel="true amount" if exam.project.amounts else "true class", ylabel=unit)
told = ", ".join(f"{group}: {error:.0f}" for group, error in errors.items())
plots.show(figure, f"Where the model errs in the exam, {unit}: {told}.")

# %% [markdown]
# The exam has now been sat. If you improve your model with what you have just seen, it is no longer an exam (lesson 10, quiz). Say so in the card.
#
# ### Exercise 7: the model card
#
# ★★☆ · 30 minutes · 4 points, graded by a person
#
# A model card is the leaflet in the box: one page for whoever will use the model, without having made it (Mitchell and others, 2019). Write it for
# your project, ten to twenty sentences. Each part earns one point.
#
# | part | questions to answer |
# |---|---|
# | 1. use | What is it for, and for whom? For what should it *not* be used? |
# | 2. data | Where do the rows come from? How many for training, how many for the exam? Who or what is missing in them? |
# | 3. quality | The score on unseen rows, beside the guess. What does an error cost, and whom? |
# | 4. operation | One weakness that you looked at, with a figure. How would one notice in use that the model has become worse? |
#
# <details><summary>Hint: who reads it?</summary>
#
# Imagine a doctor or a clerk with your model on the screen, and a patient or customer opposite. Which sentence would you want her to have read?
# </details>

# %% [markdown] nbgrader={"grade": true, "grade_id": "model-card", "locked": false, "points": 4, "schema_version": 3, "solution": true}
# ### BEGIN SOLUTION
# **Use.** The model reads a single handwritten digit from an 8 × 8 image with grey values from 0 to 16, for sorting forms whose result a
# person sees again. It is not meant for amounts of money without a second look, for letters, or for several digits at once.
#
# **Data.** 1,797 images that scikit-learn ships, a part of a set collected from 43 writers at Boğaziçi University in Istanbul (Alpaydin and Kaynak,
# 1998). 1,198 images for training, a fifth of them for validation; 599 for the exam. Writers with other habits are missing: a 1 with a long
# upstroke, a 7 with a bar. The writers of exam and training may be the same people, so strangers will be read less well.
#
# **Quality.** 97 % of the 599 exam images are right; always saying the most frequent training digit gives 8 %. Three in a hundred
# digits are wrong. In a postcode of five digits that is one letter in seven sent astray, which costs the receiver days.
#
# **Operation.** The misses are not spread evenly: in my run 3s and 5s were missed most (see the plot). Grey values from 0 to 255 in place of 0 to 16
# would give confident nonsense, so the service refuses values above 16. In use I would keep fifty read forms a week, let a person read them again, and
# raise an alarm when fewer than 95 % agree.
#
# *Rubric: 1 point each for use and what it is not for; data with counts and who is missing; the score on unseen rows beside the guess and what an
# error costs; a weakness looked at with a figure, and how a decline would be noticed.*
# ### END SOLUTION

# %% [markdown]
# The next cell shows what your text is marked by. Do you work alone? Then read it once more as a stranger would, compare, and write in what
# it has earned, such as `lesson.mark("model-card", 2)`. In a class your instructor's points count, not these.

# %% tags=["demo"]
lesson.mark("model-card")

# %% [markdown]
# ## 10. What is yours
#
# Your answers have been collected in a file of your own, `my_nn.py`. Here the wine network of section 1 runs once more: its trained weights, and
# of all code only three functions that you wrote in lessons 02 and 03.

# %% tags=["demo"]
relu, softmax = course_utils.from_my_nn("02_activations", "relu", "softmax")
dense = course_utils.from_my_nn("03_layers", "dense")
W1, b1, W2, b2 = network.get_weights()
by_hand = softmax(dense(relu(dense((x_test - mean) / std, W1, b1)), W2, b2))
print(f"largest difference from Keras: {np.abs(by_hand - network((x_test - mean) / std).numpy()).max():.0e}\n")
print(course_utils.my_nn_summary(relu, softmax, dense))


# %% [markdown]
# ### Exercise 8: repair a program
#
# ★★☆ · 10 minutes · 2 points
#
# A whole way in one program: a layer learns from wines, goes into a file, comes out of it, and answers requests one by one. It runs to its end and serves badly:
# **one** place in it is wrong. `x` holds 118 wines as the laboratory measured them, `y` their cultivars, and `new` are 60 wines that it has never seen.
#
# Run the cell, and the one below it, which draws the loss. Then do two things:
#
# 1. **Name the symptom**, before you look for a cause: write the letter of what you see in the curve of the program *as given* into `symptom`.
# 2. **Repair the program.** Change at most two lines; spaces and comments do not count. It should reach a loss of at most 0.1 after the last epoch, and at least 85 % of the new rows right.
#
# - **a** · The loss grows from the first epoch on.
# - **b** · The loss begins far above that of a guess, and falls from there.
# - **c** · The loss falls at first, then stays well above 0.
# - **d** · The loss ends near 0, but new rows are answered badly.
#
# There are 4 programs, each with another bug. Somebody beside you has this one too? Then take another: `lesson.program("repair-service", 2)` prints the second. Put it in the
# place of this one, with its first line of text, by which the check knows which it was.
#
# <details><summary>Hint 1: a nudge</summary>
#
# Which of the four sentences fits the curve *as given*? It tells where to look: at the training, or behind it.
# </details>
# <details><summary>Hint 2: where to look</summary>
#
# Take one wine of `x` and send it the way of a request too. Where do its thirteen numbers, or the kernel, differ from what they were in the training?
# </details>


# %% nbgrader={"grade": false, "grade_id": "repair-service-answer", "locked": false, "schema_version": 3, "solution": true}
def service(x, y, new, seed):
    """Program 1: a layer 13-3 is trained, goes through a file, and answers. The losses, and the shares of new wines."""
    rng = np.random.default_rng(seed)
    mean, std = x.mean(axis=0), x.std(axis=0)
    kernel, bias = 0.01 * rng.normal(size=(13, 3)), np.zeros(3)
    z = (x - mean) / std
    losses = []
    for _ in range(60):
        shares = nn.softmax(z @ kernel + bias)
        d = (shares - nn.one_hot(y, 3)) / len(x)
        kernel = kernel - 0.5 * z.T @ d
        bias = bias - 0.5 * d.sum(axis=0)
        losses.append(nn.sparse_categorical_crossentropy(y, z @ kernel + bias, from_logits=True))

    packed = {"mean": mean, "std": std, "kernel": kernel, "bias": bias}
    file = json.dumps({name: numbers.tolist() for name, numbers in packed.items()})

    kept = {name: np.array(numbers) for name, numbers in json.loads(file).items()}
    answers = []
    for wine in new:
        row = (wine - wine.mean()) / wine.std()
        answers.append(nn.softmax(row @ kept["kernel"] + kept["bias"]))
    return losses, np.array(answers)


symptom = ...


### BEGIN SOLUTION
def service(x, y, new, seed):
    """Program 1: a layer 13-3 is trained, goes through a file, and answers. The losses, and the shares of new wines."""
    rng = np.random.default_rng(seed)
    mean, std = x.mean(axis=0), x.std(axis=0)
    kernel, bias = 0.01 * rng.normal(size=(13, 3)), np.zeros(3)
    z = (x - mean) / std
    losses = []
    for _ in range(60):
        shares = nn.softmax(z @ kernel + bias)
        d = (shares - nn.one_hot(y, 3)) / len(x)
        kernel = kernel - 0.5 * z.T @ d
        bias = bias - 0.5 * d.sum(axis=0)
        losses.append(nn.sparse_categorical_crossentropy(y, z @ kernel + bias, from_logits=True))

    packed = {"mean": mean, "std": std, "kernel": kernel, "bias": bias}
    file = json.dumps({name: numbers.tolist() for name, numbers in packed.items()})

    kept = {name: np.array(numbers) for name, numbers in json.loads(file).items()}
    answers = []
    for wine in new:
        row = (wine - kept["mean"]) / kept["std"]
        answers.append(nn.softmax(row @ kept["kernel"] + kept["bias"]))
    return losses, np.array(answers)


symptom = "d"
### END SOLUTION

# %% tags=["demo"]
# @title Draw the loss of the program as it was given, and of yours
plots.show(*plots.learning(lesson["repair-service"].learned(service)))

# %% nbgrader={"grade": true, "grade_id": "repair-service", "locked": true, "points": 2, "schema_version": 3, "solution": false}
lesson.check("repair-service")
### BEGIN HIDDEN TESTS
lesson.grade("repair-service")
### END HIDDEN TESTS

# %% [markdown]
# ## Quiz
#
# Five questions, no points. Answer each before you look: whatever you choose, you read why. What you miss comes back in
# `course review`.

# %% tags=["demo"]
lesson.quiz()

# %% [markdown]
# ## Key points
#
# - Layers, weights *and* preparation make a model. Put the preparation into it.
# - A copy is good when it gives the same answers on the same rows. Test it.
# - Check what comes in, reply in plain types, and say what is wrong in words that help.
# - A model never refuses, and its confidence does not warn. Watch the range of its inputs and compare with the truth.
# - A call has a fixed price: batches for throughput, single calls for latency.
# - The shape of the data chooses the network; training and validation results together choose the cure.
#
# | quantity | formula | here |
# |---|---|---|
# | standardize as Rescaling | $x \cdot \frac{1}{\text{std}} + \left(-\frac{\text{mean}}{\text{std}}\right)$ | $14 \cdot 0.5 - 5 = 2$ |
# | quality of a copy | $\max \lvert \text{copy} - \text{original} \rvert$, answers changed | about $10^{-7}$, 0 |
# | time of a call | fixed price + rows × price of a row | |
# | root mean squared error | $\sqrt{\frac{1}{N} \sum (\text{answer} - \text{truth})^2}$ | diabetes: guess 77.8 |
#
# ## If something goes wrong
#
# | you see | it means | do |
# |---|---|---|
# | "Not installed here: fastapi" (or uvicorn, httpx) | the notebook goes on without the service; every exercise works | install them as the line says, restart the kernel |
# | `You called set_weights(weights) … with a weight list of length 4` | the layers do not fit the four arrays | two Dense layers, and scaling without weights |
# | `Object of type float32 is not JSON serializable` | a NumPy number in the reply | `float(…)` |
# | `Requested the deserialization of a Lambda layer` | the file holds Python code | build it with Rescaling or Normalization |
# | `ConnectError: Connection refused` | the service has been stopped | run the cell with `serving.serve(app)` again, then that of the client |
# | a check of the project says that one row alone gets another answer | you scale with the mean of the rows that came in | take mean and spread from `mine.x`, once |
# | times that differ from a friend's | another computer, other programs running | compare the ratios, not the milliseconds |
#
# ## Sources
#
# - M. Forina, S. Aeberhard and others: the wine data, UCI Machine Learning Repository 1992; in scikit-learn as `load_wine`.
# - E. Alpaydin, C. Kaynak: *Optical recognition of handwritten digits*, UCI Machine Learning Repository 1998.
# - W. N. Street, W. H. Wolberg, O. L. Mangasarian: *Nuclear feature extraction for breast tumor diagnosis*, SPIE 1993.
# - B. Efron, T. Hastie, I. Johnstone, R. Tibshirani: *Least angle regression*, Annals of Statistics 2004 (the diabetes data).
# - M. Mitchell and others: *Model cards for model reporting*, FAT* 2019, arXiv:1810.03993.
# - D. Sculley and others: *Hidden technical debt in machine learning systems*, NeurIPS 2015.
# - C. Olston and others: *TensorFlow-Serving: flexible, high-performance ML serving*, 2017, arXiv:1712.06139; its documentation of the REST API.
# - Keras documentation, *Save, serialize, and export models*, keras.io; LiteRT documentation, ai.google.dev/edge/litert; FastAPI documentation, fastapi.tiangolo.com.
