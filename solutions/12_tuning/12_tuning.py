# ---
# jupyter:
#   course:
#     lesson: 12_tuning
#     profile: numpy
#     trains: true
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Lesson 12 · Tuning
#
# **Time:** 100–120 minutes · **Before this:** lessons 07, 10 and 11 · **Points:** 22
#
# Training finds the weights. But who finds the learning rate, the number of neurons, the size of a batch? You do, and in
# this lesson you learn to do it with a plan: where to look, how to spend little, and how to tell a find from luck.
#
# After this lesson you can
#
# - **tell** weights from hyperparameters,
# - **draw** a learning rate evenly on a log scale,
# - **write** random search and **say** what it sees that a grid does not,
# - **write** successive halving, and **work out** its bill by hand,
# - **describe** a search space to a program that searches for you,
# - **decide** with means and standard errors whether A is really better than B,
# - **report** one honest number from a test set that nobody has looked at.

# %% nbgrader={"grade": false, "grade_id": "setup", "locked": true, "schema_version": 3, "solution": false}
import numpy as np

import course_utils
from course_utils import nn, plots
from course_utils.lessons.lesson_12_tuning.search_map import accuracy_at, grid_places, random_places, search_map

lesson = course_utils.start("12_tuning")
mnist = course_utils.load_mnist()

# %% [markdown]
# **Do you remember?** Three questions from earlier lessons, a minute each, in your head or on paper. No points, and you may go on without them. What you miss comes back in the next lesson.

# %% tags=["demo"]
lesson.recall()

# %% [markdown]
# ## 1. What training does not find
#
# **The idea.** A baker's dough finds its own shape in the oven. How hot the oven is, and for how long, somebody has to set before.
# The weights of a network are the dough: training shapes them. What you set before is called a **hyperparameter**.
#
# | hyperparameter | too small | too large |
# |---|---|---|
# | learning rate | hardly learns | jumps about, or fails |
# | epochs | stops too early | learns by heart (lesson 11) |
# | batch size | noisy steps, slow epochs | few steps in an epoch |
# | layers, width (neurons in a layer) | cannot say enough | slow, may learn by heart |
# | dropout rate | no help against learning by heart | too little gets through |
#
# There is no gradient for them. All we can do is **try**: choose settings, train, look at the accuracy on **validation** digits that
# the training has not seen. One try costs a whole training, so we keep it small while we search: 1,000 training digits, 1,000
# validation digits, 3 epochs. The **test** digits stay locked away until section 7.
#
# The next two cells are the whole laboratory. `seed` decides which digits the network learns from, its first weights, and the order of the
# batches.

# %% tags=["demo"]
from threadpoolctl import threadpool_limits

SEARCH_SIZE, EPOCHS = 1000, 3
x_all, x_test = (x.reshape(len(x), -1).astype("float32") / 255 for x in (mnist.x_train, mnist.x_test))
x_validation, y_validation = x_all[:1000], mnist.y_train[:1000]
x_pool, y_pool = x_all[1000:], mnist.y_train[1000:]

START = {"learning_rate": 0.1, "layers": 1, "width": 32, "batch_size": 32, "dropout": 0.0}


# %% tags=["demo"]
# @title The laboratory: fitted() and train()
def fitted(config, epochs, seed=0, size=SEARCH_SIZE):
    """A network with these settings, trained; and its validation accuracy after each epoch."""
    config = {**START, **config}
    hidden = []
    for _ in range(config["layers"]):
        hidden += [nn.Dense(config["width"], "relu", kernel_initializer="he_normal"), nn.Dropout(config["dropout"])]
    model = nn.Sequential([*hidden, nn.Dense(10, "softmax")], seed=seed)
    model.compile(nn.SGD(config["learning_rate"]), "sparse_categorical_crossentropy", ["accuracy"])
    chosen = np.random.default_rng(seed).permutation(len(x_pool))[:size]
    # A learning rate that is far too large may end in nan: that is an answer too. And for networks as small as these,
    # one processor core is faster than several that wait for each other.
    with np.errstate(all="ignore"), threadpool_limits(1):
        history = model.fit(
            x_pool[chosen],
            y_pool[chosen],
            batch_size=config["batch_size"],
            epochs=epochs,
            validation_data=(x_validation, y_validation),
            verbose=0,
        )
    return model, history.history["val_accuracy"]


def train(config, epochs=EPOCHS, seed=0):
    """The validation accuracy of these settings after so many epochs."""
    return fitted(config, epochs, seed)[1][-1]


# %% [markdown]
# **Predict first.** Below, *one* setting is changed at a time. Which change does most harm?

# %% tags=["demo"]
lesson.predict("most-harm")

# %% tags=["demo"]
print(f"{'the start':24s}{train({}):6.1%}")
lowest = {}
for name, values in {
    "learning_rate": [0.001, 10.0],
    "epochs": [1, 6],
    "batch_size": [8, 256],
    "layers": [0, 3],
    "width": [4, 128],
    "dropout": [0.2, 0.8],
}.items():
    for value in values:
        accuracy = train({}, value) if name == "epochs" else train({name: value})
        lowest[name] = min(accuracy, lowest.get(name, 1))
        print(f"{name + ' ' + str(value):24s}{accuracy:6.1%}")
lesson.reveal("most-harm", lowest)

# %% [markdown]
# Someone who guesses is right for 10 of 100 digits. A learning rate that is a hundred times too small, or too large, leaves the network
# close to that. No other change did so much harm. So the learning rate comes first. Let us look for it where it lives.
#
# ## 2. A scale for learning rates
#
# **The idea.** Is 0.002 close to 0.001? It is *twice* as much, and the network notices. Is 0.502 close to 0.501? Nobody can tell
# them apart. What counts is the factor, not the difference. So we walk from the lowest to the highest rate in equal *factors*: on a **log
# scale**.
#
# **The picture.** The same nine draws, made evenly on a linear scale (top) and on a log scale (bottom).

# %% tags=["demo"]
# @title Draw nine learning rates on both scales
u = (np.arange(9) + 0.5) / 9
low, high = 0.0001, 1.0
figure, axes = plots.figure(2, 1, (8, 2.6), sharex=True)
for number, (axis, name, drawn) in enumerate(
    zip(axes, ["evenly on a linear scale", "evenly on a log scale"], [low + u * (high - low), low * (high / low) ** u])
):
    axis.plot(drawn, np.zeros(9), linestyle="", markersize=9, **plots.points(number))
    axis.set(xscale="log", yticks=[], xlim=(low / 1.5, high * 1.5))
    axis.set_title(f"{name}: {np.sum(drawn < 0.01)} of 9 below 0.01", fontsize=11)
axes[1].set_xlabel("learning rate")
plots.show(
    figure,
    "Nine learning rates from 0.0001 to 1. Drawn evenly on a linear scale none lies below 0.01; drawn "
    "evenly on a log scale four lie below 0.01, and one on 0.01.",
)


# %% [markdown]
# On the linear scale all draws crowd at the upper end. Rates such as 0.001 would never be tried.
#
# **The formula.** A random number $u$ between 0 and 1 says how far we walk. On a log scale it is the *exponent* that goes evenly:
#
# $$\log(\text{rate}) = \log(\text{low}) + u\,\bigl(\log(\text{high}) - \log(\text{low})\bigr)$$
#
# **Worked numbers.** From 0.001 = $10^{-3}$ to 0.1 = $10^{-1}$. For $u = 0.5$ the exponent is halfway from −3 to −1, that is −2. The
# rate is $10^{-2} = 0.01$. (On a linear scale it would be 0.0505, five times as much.)
#
# ### Exercise 1: even steps on a log scale
#
# ★☆☆ · 10 minutes · 3 points
#
# Write `log_uniform(u, low, high)`. `u` is an array of numbers between 0 and 1. Return an array of rates: `low` for 0, `high` for 1,
# and in between as in the formula.
#
# <details><summary>Hint 1: a nudge</summary>
#
# Three steps: take the logarithm of low and of high, walk between them, undo the logarithm.
# </details>
# <details><summary>Hint 2: the functions to look up</summary>
#
# `np.log` is undone by `np.exp`. `np.log10` is undone by `10 ** ...`. Both pairs lead to the same rates.
# </details>
# <details><summary>Hint 3: pseudo-code</summary>
#
# `start ← log10(low)`, `end ← log10(high)`, return `10 to the power (start + u · (end − start))`.
# </details>


# %% nbgrader={"grade": false, "grade_id": "log-uniform-answer", "locked": false, "schema_version": 3, "solution": true}
def log_uniform(u, low, high):
    """Rates from low to high, even on a log scale."""
    ### BEGIN SOLUTION
    start, end = np.log10(low), np.log10(high)
    return 10 ** (start + u * (end - start))
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "log-uniform", "locked": true, "points": 3, "schema_version": 3, "solution": false}
lesson.check("log-uniform")
### BEGIN HIDDEN TESTS
lesson.grade("log-uniform")
### END HIDDEN TESTS

# %% [markdown]
# ## 3. Two ways to search
#
# **The idea.** Somebody has buried a coin on a beach, and you may dig nine holes. A **grid** digs three rows of three. **Random search**
# digs nine holes anywhere. Suppose the coin is in fact a long cable from one end of the beach to the other: only the distance from
# the sea matters. Then the grid has tried 3 distances, three times each, and random search has tried 9.
#
# Learning rate and width are such a beach. Here is its map: 9 rates, 5 widths, 45 trainings. On two cores they take one to three seconds: the networks are small on purpose.

# %% tags=["demo"]
# @title Train all 45 networks of the map
RATES = [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0]
WIDTHS = [8, 16, 32, 64, 128]
scores = np.array([[train({"learning_rate": rate, "width": width}) for rate in RATES] for width in WIDTHS])

print("width " + "".join(f"{rate:>8g}" for rate in RATES) + "   ← learning rate")
for width, row in zip(WIDTHS[::-1], scores[::-1]):
    print(f"{width:5d} " + "".join(f"{score:8.0%}" for score in row))
print(
    f"\nbest minus worst, along the rates: {np.ptp(scores, axis=1).mean():.0%} on average; along the widths: "
    f"{np.ptp(scores, axis=0).mean():.0%}"
)

# %% [markdown]
# **Predict first.** The picture below puts a grid (left) and a random search (right) on this map. White ticks at the lower edge show
# which learning rates were tried. How many different ones has a grid of 4 × 4? And random search with 16 draws? Then move the sliders. (The
# searches *read* the map here, and between its places take a mix, so that you need not wait.)

# %% tags=["demo"]
search_map(scores, RATES, WIDTHS)

# %% [markdown]
# One draw proves nothing. The next cell repeats the random search 2,000 times for each budget.

# %% tags=["demo"]
for side in (2, 3, 4, 5):
    grid_best = accuracy_at(scores, *grid_places(side)).max()
    random_best = np.array([accuracy_at(scores, *random_places(side, seed)).max() for seed in range(2000)])
    print(
        f"{side * side:2d} trainings: grid {grid_best:.1%}   random: median {np.median(random_best):.1%}, "
        f"from {np.quantile(random_best, 0.05):.1%} to {np.quantile(random_best, 0.95):.1%} in 90 of 100 searches"
    )


# %% [markdown]
# The grid is a matter of luck: does one of its few learning rates happen to lie in the good band, or not? With 2 × 2 here it does not, with 3 × 3 it does,
# and with 4 × 4 the result is *worse* than with 3 × 3. Random search gets better step by step. With two hyperparameters a well-placed grid is a
# fair rival. With six, a grid of three values each needs $3^6 = 729$ trainings, and most of them repeat what does not matter
# (Bergstra and Bengio 2012).
#
# ### Exercise 2: draw settings at random
#
# ★★☆ · 15 minutes · 3 points
#
# Write `random_configs(trials, low, high, widths, seed)`. Return a list of `trials` dicts such as
# `{"learning_rate": 0.02, "width": 32}`. Each has its own learning rate, drawn evenly on a log scale from `low` to `high`, and its own
# width, drawn from the list `widths`. The same seed must give the same list, so that others can repeat your search.
#
# <details><summary>Hint 1: a nudge</summary>
#
# One generator, made once from the seed. Then a loop with two draws in each round.
# </details>
# <details><summary>Hint 2: the functions to look up</summary>
#
# `rng = np.random.default_rng(seed)`. `rng.random()` is a number from 0 to 1; your `log_uniform` makes a rate of it.
# `rng.choice(widths)` picks one of a list.
# </details>
# <details><summary>Hint 3: pseudo-code</summary>
#
# make rng; for each trial: rate ← log_uniform(rng.random(), low, high), width ← rng.choice(widths), append the dict; return the list.
# </details>


# %% nbgrader={"grade": false, "grade_id": "random-configs-answer", "locked": false, "schema_version": 3, "solution": true}
def random_configs(trials, low, high, widths, seed):
    """A list of settings drawn at random."""
    ### BEGIN SOLUTION
    rng = np.random.default_rng(seed)
    configs = []
    for _ in range(trials):
        rate = 10 ** rng.uniform(np.log10(low), np.log10(high))
        configs.append({"learning_rate": rate, "width": int(rng.choice(widths))})
    return configs
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "random-configs", "locked": true, "points": 3, "schema_version": 3, "solution": false}
lesson.check("random-configs")
### BEGIN HIDDEN TESTS
lesson.grade("random-configs")
### END HIDDEN TESTS

# %% [markdown]
# ## 4. Successive halving
#
# **The idea.** A talent show does not let everyone sing for two hours. All sing for one minute, the better half goes on and sings for
# two minutes, the better half of those for four. **Successive halving** does this with settings: all train for a few epochs, the
# better half trains twice as long, and so on, until one is left.
#
# **Worked numbers.** Four settings, and their accuracy after 1 and 2 epochs. We start with 1 epoch.
#
# | setting | after 1 epoch | goes on? | after 2 epochs | goes on? |
# |---|---|---|---|---|
# | A | 0.40 | no | | |
# | B | 0.60 | yes | **0.70** | wins |
# | C | **0.65** | yes | 0.675 | no |
# | D | 0.50 | no | | |
#
# The bill: 4 settings · 1 epoch + 2 settings · 2 epochs = **8 epochs**. One is left, so it is over. Note that C led after the first
# round and lost: each round compares *new* accuracies.
#
# ### Exercise 3: successive halving
#
# ★★★ · 20 minutes · 4 points
#
# Write `successive_halving(train, configs, epochs)`. `train(config, epochs)` gives the accuracy of one setting after so many epochs of training from the
# start. While more than one setting is left: train all that are left, keep the better half (of 7 keep 3), double the
# epochs. Return the pair `winner, spent`: the last setting, and the epochs of all trainings together. With a single setting there is nothing to
# do: it wins, and 0 epochs are spent.
#
# (So that the check is quick, its `train` trains nothing. It computes `ceiling − delay / epochs`: the accuracy rises towards a ceiling, sooner or later. Setting A
# of the table has ceiling 0.9 and delay 0.5: 0.9 − 0.5/1 = 0.40.)
#
# <details><summary>Hint 1: a nudge</summary>
#
# A `while len(...) > 1` loop. In each round: scores, bill, keep, double. Leave the caller's list as it was.
# </details>
# <details><summary>Hint 2: the functions to look up</summary>
#
# `sorted(configs, key=lambda config: train(config, epochs), reverse=True)` is a new list, best first. `len(configs) // 2` is half,
# rounded down.
# </details>
# <details><summary>Hint 3: pseudo-code</summary>
#
# spent ← 0; while more than one is left: spent ← spent + epochs · (how many are left); left ← the first half of the sorted list;
# epochs ← 2 · epochs. Return left[0], spent.
# </details>


# %% nbgrader={"grade": false, "grade_id": "halving-answer", "locked": false, "schema_version": 3, "solution": true}
def successive_halving(train, configs, epochs):
    """The winner of the race, and the epochs that it cost."""
    ### BEGIN SOLUTION
    spent = 0
    while len(configs) > 1:
        ranked = sorted(configs, key=lambda config: train(config, epochs), reverse=True)
        spent += epochs * len(configs)
        configs = ranked[: len(ranked) // 2]
        epochs *= 2
    return configs[0], spent
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "halving", "locked": true, "points": 4, "schema_version": 3, "solution": false}
lesson.check("halving")
### BEGIN HIDDEN TESTS
lesson.grade("halving")
### END HIDDEN TESTS

# %% [markdown]
# **Now use it.** 16 random settings, drawn by your function, race through your halving. So that we can see what it might have missed,
# we train *all* of them for 8 epochs here. In real work that is just what you save.
# (16 · 8 = 128 epochs, about as many as for the map: a few seconds.)

# %% tags=["demo"]
# @title Race 16 settings through your halving
draw, race = lesson.yours("random-configs"), lesson.yours("halving")
runners = draw(16, 0.001, 10.0, WIDTHS, 12)
curves = [fitted(config, 8)[1] for config in runners]
seen = {}


def replay(config, epochs):
    """What training gave after so many epochs; and a note of how far this setting came."""
    i = runners.index(config)
    seen[i] = max(epochs, seen.get(i, 0))
    return curves[i][epochs - 1]


winner, spent = race(replay, runners, 1)
final = [curve[-1] for curve in curves]
rank = sorted(final, reverse=True).index(final[runners.index(winner)]) + 1
print(f"winner: learning rate {winner['learning_rate']:.3f}, width {winner['width']}")
print(f"{spent} epochs spent; all 16 for 8 epochs would cost {16 * 8}")
print(
    f"after 8 epochs the winner has {final[runners.index(winner)]:.1%} and is number {rank} of 16; the best has {max(final):.1%}"
)

figure, axes = plots.figure(1, 1, (8, 3.6))
for i, curve in enumerate(curves):
    reached = seen[i]
    axes.plot(range(reached, 9), curve[reached - 1 :], color="#BBBBBB", linewidth=1, linestyle=":")
    axes.plot(range(1, reached + 1), curve[:reached], color=plots.PALETTE[0], linewidth=1.2)
    if reached < 8:
        axes.plot(reached, curve[reached - 1], linestyle="", marker="x", color=plots.PALETTE[0], markersize=6)
axes.plot(range(1, 9), curves[runners.index(winner)], color=plots.PALETTE[1], linewidth=2.5, marker="o", label="winner")
axes.set(xlabel="epoch", ylabel="validation accuracy", title="× = out of the race; dotted = what it would have become")
axes.legend(loc="lower right")
plots.show(
    figure,
    f"Validation accuracy of 16 random settings over 8 epochs. Half of them leave the race after 1 epoch, "
    f"4 after 2 and 2 after 4; two race for all 8. The winner is number {rank} of 16 after 8 epochs.",
)


# %% [markdown]
# Half of the epochs were saved, for 16 settings. With more settings halving saves more, because most of them leave after the first round.
#
# The danger is the **slow starter**: a small learning rate, or much dropout, may be behind after one epoch and ahead after
# fifty. Look at the dotted lines: would any of those thrown out have won? Start with more epochs if you fear it. **Hyperband**
# (Li and others 2018) runs several halvings with different starts for this reason.
#
# ## 5. A program that searches
#
# **The idea.** After ten tries you have seen something: large rates fail, 0.3 was good. Random search does not use it. A program such as
# **Optuna** does: it draws more often where it went well before. You only tell it the **search space**, by asking a `trial` object
# for each value:
#
# | you write | you get |
# |---|---|
# | `trial.suggest_float("rate", 0.1, 0.9)` | a number, evenly on a linear scale |
# | `trial.suggest_float("rate", 0.001, 0.1, log=True)` | a number, evenly on a log scale |
# | `trial.suggest_int("count", 1, 5)` | one of 1, 2, 3, 4, 5 (both ends belong to it) |
# | `trial.suggest_categorical("size", [8, 64])` | one of the list |
#
# The text in quotes is the name under which the program remembers what it tried. Each hyperparameter needs its own.
#
# **Worked numbers.** A trial that always answers with the *middle* gives 0.5, 0.01, 3 and 64 for these four lines. (A list with two
# entries has no middle; it takes the second.)
#
# ### Exercise 4: a search space
#
# ★★☆ · 10 minutes · 3 points
#
# Write `search_space(trial, low, high, widths, batch_sizes)`. Return a dict with five keys. Each value is asked of `trial`, under the same
# name as its key:
#
# | key | values |
# |---|---|
# | `"learning_rate"` | a number from `low` to `high`, on a log scale |
# | `"layers"` | 1, 2 or 3 |
# | `"width"` | one of the list `widths` |
# | `"batch_size"` | one of the list `batch_sizes` |
# | `"dropout"` | a number from 0 to 0.5, on a linear scale |
#
# <details><summary>Hint 1: a nudge</summary>
#
# Five lines, one for each row. Find the line of the table above that gives this kind of value.
# </details>
# <details><summary>Hint 2: the first of the five</summary>
#
# `"learning_rate": trial.suggest_float("learning_rate", low, high, log=True)`
# </details>
# <details><summary>Hint 3: pseudo-code</summary>
#
# return a dict: float on a log scale, int, categorical, categorical, float.
# </details>


# %% nbgrader={"grade": false, "grade_id": "search-space-answer", "locked": false, "schema_version": 3, "solution": true}
def search_space(trial, low, high, widths, batch_sizes):
    """Settings for one training, asked of the trial."""
    ### BEGIN SOLUTION
    return {
        "learning_rate": trial.suggest_float("learning_rate", low, high, log=True),
        "layers": trial.suggest_int("layers", 1, 3),
        "width": trial.suggest_categorical("width", widths),
        "batch_size": trial.suggest_categorical("batch_size", batch_sizes),
        "dropout": trial.suggest_float("dropout", 0.0, 0.5),
    }
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "search-space", "locked": true, "points": 3, "schema_version": 3, "solution": false}
lesson.check("search-space")
### BEGIN HIDDEN TESTS
lesson.grade("search-space")
### END HIDDEN TESTS

# %% [markdown]
# **Now use it.** Optuna makes 30 trainings in your space of five hyperparameters, on real digits. They take a few seconds.

# %% tags=["demo"]
space = lesson.yours("search-space")
tuned, found = {"learning_rate": 0.3, "layers": 1, "width": 64, "batch_size": 16, "dropout": 0.0}, []
try:
    import optuna
except ImportError:
    print("Optuna is not installed here: `pip install optuna` brings it. We go on with settings from the map.")
else:
    optuna.logging.set_verbosity(optuna.logging.WARNING)
    study = optuna.create_study(direction="maximize", sampler=optuna.samplers.TPESampler(seed=12))
    study.optimize(lambda trial: train(space(trial, 0.001, 10.0, WIDTHS, [16, 32, 64])), n_trials=30)
    tuned = study.best_params
    found = np.array([trial.value for trial in study.trials])
    asked = np.array([trial.params["learning_rate"] for trial in study.trials])
    print(f"best of 30: {study.best_value:.1%} with", {k: round(v, 3) for k, v in tuned.items()})

# %% tags=["demo"]
# @title Draw the 30 trials
if len(found):
    figure, axes = plots.figure(1, 2, (11, 3.2))
    numbers = np.arange(1, len(found) + 1)
    axes[0].plot(numbers, found, linestyle="", label="this trial", **plots.points(0))
    axes[0].step(numbers, np.maximum.accumulate(found), where="post", label="best so far", **plots.line(1))
    axes[0].set(xlabel="trial", ylabel="validation accuracy", xticks=range(0, 31, 5))
    axes[0].legend(loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=2)
    axes[1].plot(numbers, asked, linestyle="", **plots.points(2))
    axes[1].set(
        xlabel="trial", ylabel="learning rate", yscale="log", title="where the program looked", xticks=range(0, 31, 5)
    )
    plots.show(
        figure,
        f"Left: validation accuracy of 30 trials and the best so far, ending at {found.max():.1%}. Right: the "
        f"learning rate of each trial on a log scale; the first ten lie between {asked[:10].min():.2g} and "
        f"{asked[:10].max():.2g}, the last ten between {asked[-10:].min():.2g} and {asked[-10:].max():.2g}.",
    )


# %% [markdown]
# Optuna's way is called TPE, the *tree-structured Parzen estimator* (Bergstra and others 2011). It draws its first ten trials at random. After that it
# asks: where are good trials denser than bad ones? Good programs do not replace the plan. They carry it out.
#
# ## 6. A find, or luck?
#
# **The idea.** Train the same settings again with another seed and the accuracy changes. So a lead of half a percent in *one* run
# may be luck. The cure: several seeds, their mean, and a number that says how sure the mean is.
#
# $$\text{standard error} = \frac{s}{\sqrt n}, \qquad s = \sqrt{\frac{\sum (x_i - \text{mean})^2}{n - 1}}$$
#
# $s$ is how far single runs are apart. The mean of $n$ runs is surer than one run, by the factor $\sqrt n$. We divide by $n - 1$ because the
# numbers are measured from *their own* mean, and that makes them look a little closer together than they are.
#
# **Worked numbers.** Runs 90, 92, 94, 92. The mean is 92. The differences are −2, 0, 2, 0, their squares 4, 0, 4, 0, together
# 8. $s = \sqrt{8/3} = 1.63$. The standard error is $1.63 / \sqrt 4 = 0.82$. We write **92.0 ± 0.8**.
#
# ### Exercise 5: mean and standard error
#
# ★☆☆ · 10 minutes · 2 points
#
# Write `mean_and_error(scores)` for an array of at least two runs. Return the pair `mean, standard error`.
#
# <details><summary>Hint 1: a nudge</summary>
#
# First $s$, then divide by the root of the number of runs.
# </details>
# <details><summary>Hint 2: the functions to look up</summary>
#
# `scores.mean()`, `scores.std(ddof=1)` (it divides by $n - 1$), `np.sqrt(len(scores))`.
# </details>


# %% nbgrader={"grade": false, "grade_id": "mean-error-answer", "locked": false, "schema_version": 3, "solution": true}
def mean_and_error(scores):
    """The mean of the runs, and its standard error."""
    ### BEGIN SOLUTION
    return scores.mean(), scores.std(ddof=1) / np.sqrt(len(scores))
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "mean-error", "locked": true, "points": 2, "schema_version": 3, "solution": false}
lesson.check("mean-error")
### BEGIN HIDDEN TESTS
lesson.grade("mean-error")
### END HIDDEN TESTS

# %% [markdown]
# ### Two rivals, the same seeds
#
# **The idea.** Two runners are compared best on the *same* days: then rain slows both. Let A and B train with the same seeds, so that both get
# the same digits. Subtract seed by seed. What is left is the difference between A and B, without the weather.
#
# **Worked numbers.**
#
# | seed | A | B | A − B |
# |---|---|---|---|
# | 1 | 80 | 79 | 1 |
# | 2 | 90 | 88 | 2 |
# | 3 | 85 | 82 | 3 |
# | 4 | 75 | 73 | 2 |
#
# The differences have mean 2 and standard error 0.41. The mean is almost five standard errors above 0: A is better. The scores of A alone
# run from 75 to 90. Without pairs the lead of 2 would drown in that.
#
# **The rule here:** if the mean difference is *more than two standard errors* away from 0, we believe it. If not, we say that we do not
# know.
#
# ### Exercise 6: is A really better than B?
#
# ★★☆ · 10 minutes · 3 points
#
# Write `really_better(a, b)`. `a[i]` and `b[i]` are the scores of A and B with the same seed. Return `"A"`, `"B"` or `"not sure"` by the rule above.
#
# <details><summary>Hint 1: a nudge</summary>
#
# `a - b` is one array of differences. Its mean and standard error are all you need.
# </details>
# <details><summary>Hint 2: the sign</summary>
#
# A clear lead of B has a *negative* mean. Test "far from 0" with `abs(...)` first, then look at the sign.
# </details>
# <details><summary>Hint 3: pseudo-code</summary>
#
# `mean, error ← mean and standard error of (a − b)`; if `|mean| ≤ 2 · error` return `"not sure"`; return `"A"` if `mean > 0`, else `"B"`.
# </details>


# %% nbgrader={"grade": false, "grade_id": "really-better-answer", "locked": false, "schema_version": 3, "solution": true}
def really_better(a, b):
    """Who is better, or "not sure"."""
    ### BEGIN SOLUTION
    difference = a - b
    error = difference.std(ddof=1) / np.sqrt(len(difference))
    if abs(difference.mean()) <= 2 * error:
        return "not sure"
    return "A" if difference.mean() > 0 else "B"
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "really-better", "locked": true, "points": 3, "schema_version": 3, "solution": false}
lesson.check("really-better")
### BEGIN HIDDEN TESTS
lesson.grade("really-better")
### END HIDDEN TESTS

# %% [markdown]
# **Predict first.** Eight seeds each, 24 trainings in all, a second or two. Is the tuned network really better than the start? Is width 36 really better than width 32?

# %% tags=["demo"]
with_error, decide = lesson.yours("mean-error"), lesson.yours("really-better")
SEEDS = range(1, 9)
runs = {
    name: np.array([100 * train(config, seed=seed) for seed in SEEDS])
    for name, config in {"tuned": tuned, "start": {}, "width 36": {"width": 36}}.items()
}

# %% tags=["demo"]
# @title Compare the means with their errors, paired and unpaired
error_of = {}
for name, values in runs.items():
    mean, error = with_error(values)
    error_of[name] = error
    print(f"{name:9s} {mean:.1f} ± {error:.1f} %   from {values.min():.1f} to {values.max():.1f}")
for rival in ("tuned", "width 36"):
    mean, error = with_error(runs[rival] - runs["start"])
    unpaired = np.hypot(error_of[rival], error_of["start"])
    told = {"A": f"{rival} is better", "B": "the start is better"}.get(decide(runs[rival], runs["start"]), "not sure")
    print(f"{rival + ' − start:':17s} {mean:+.2f} ± {error:.2f}  →  {told}   (without pairs ± {unpaired:.2f})")

# %% [markdown]
# The same settings, another seed: several percent lie between the luckiest and the unluckiest run. Someone with a single run each could have
# "shown" anything. The last column says how unsure the difference would be without pairs, from the errors of the two means. With pairs it is
# steadier, most of all where the rivals are alike.
#
# What the ± does *not* cover: all runs were judged by the same 1,000 validation digits. Of 1,000 other digits a network that names 90 % would name about
# 1 % more or fewer ($\sqrt{0.9 \cdot 0.1 / 1000} = 0.0095$), for all its seeds alike.
#
# Two standard errors are a convention, not a proof. How often does the rule call a winner when A and B are *the same*?

# %% tags=["demo"]
rng = np.random.default_rng(0)
for n in (3, 5, 8, 20):
    differences = rng.normal(size=(20000, n))
    errors = differences.std(axis=1, ddof=1) / np.sqrt(n)
    print(
        f"{n:2d} seeds: a winner by mere chance in {np.mean(np.abs(differences.mean(axis=1)) > 2 * errors):.0%} of the cases"
    )

# %% [markdown]
# With three seeds the rule is easily fooled, with eight or more it is fair. And if you compare twenty rivals, one of them will look
# better by chance. That leads to the last point.
#
# ## 7. One look at the test set
#
# **The idea.** Give a hundred people a quiz in a language that none of them speaks. Somebody will come out best. Is that person good?
# Only a *new* quiz can tell. The validation digits are the first quiz: you chose the best on it, so its score is partly luck. The
# test digits are the new quiz. They work only if they had no say in the choice.
#
# ### Break it
#
# The networks below know *nothing*: they guess one of ten digits for each image. We try many of them on 100 validation digits, keep the best, and
# then look at its test score.
#
# **Predict first.** What does the best of 1,000 guessers reach on 100 validation digits? And on the test digits?

# %% tags=["demo"]
lesson.predict("best-guesser")

# %% tags=["demo"]
rng = np.random.default_rng(7)
for tries in (1, 10, 100, 1000):
    on_validation = (rng.integers(10, size=(tries, 100)) == y_validation[:100]).mean(axis=1)
    on_test = (rng.integers(10, size=(tries, len(mnist.y_test))) == mnist.y_test).mean(axis=1)
    best = on_validation.argmax()
    print(
        f"best of {tries:4d} guessers: {on_validation[best]:.0%} of the validation digits, {on_test[best]:.0%} of the test digits"
    )
lesson.reveal("best-guesser", on_validation[best], on_test[best])


# %% [markdown]
# The more you try, the better the best one *looks*, and the less that means. Choosing on the test set does exactly this to
# the only honest number that you have. It also happens unnoticed: you look at the test score, change something, look again.
#
# **Worked numbers.**
#
# | setting | validation | test |
# |---|---|---|
# | 0 | 0.84 | 0.88 |
# | 1 | **0.91** | 0.86 |
# | 2 | 0.90 | 0.90 |
#
# Validation chooses setting 1. The honest report is its *test* accuracy, 0.86, and not 0.91. Setting 2 would have looked better on the test set,
# but we are not allowed to know.
#
# ### Exercise 7: choose, then report
#
# ★☆☆ · 5 minutes · 2 points
#
# Write `choose_and_report(validation, test)` for two arrays of accuracies, one number for each setting. Return the pair `place, accuracy`: the place (from
# 0) of the setting that you choose, and the accuracy that you report.
#
# <details><summary>Hint 1: a nudge</summary>
#
# Which of the two arrays may have a say in the choice? Which one is for the report?
# </details>
# <details><summary>Hint 2: the function to look up</summary>
#
# `np.argmax(...)` gives the place of the largest number.
# </details>


# %% nbgrader={"grade": false, "grade_id": "choose-report-answer", "locked": false, "schema_version": 3, "solution": true}
def choose_and_report(validation, test):
    """The place of the chosen setting, and the accuracy to report."""
    ### BEGIN SOLUTION
    place = int(np.argmax(validation))
    return place, test[place]
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "choose-report", "locked": true, "points": 2, "schema_version": 3, "solution": false}
lesson.check("choose-report")
### BEGIN HIDDEN TESTS
lesson.grade("choose-report")
### END HIDDEN TESTS

# %% [markdown]
# **Now use it.** The search is over and the settings are fixed. They get all the training digits that are left, 10 epochs, three seeds. Then, and only
# now, the test digits come out of the drawer, once. The three trainings take a few seconds.

# %% tags=["demo", "measured"]
on_test = []
for seed in (1, 2, 3):
    model, _ = fitted(tuned, 10, seed, size=len(x_pool))
    on_test.append(100 * model.evaluate(x_test, mnist.y_test)[1])
mean, error = with_error(np.array(on_test))
print(
    f"Tuned network of dense layers, {len(x_test):,} {'bundled ' if len(x_test) == 2000 else ''}test digits: {mean:.1f} % ± {error:.1f}"
)


# %% [markdown]
# This number is far above all validation accuracies of the search, and that is no contradiction: the network learned from more digits and for more epochs. The search
# only had to put the settings *in order*. On 2 CPU cores
# with the bundled digits (7,000 for training) three such searches, with three networks each, gave 92.9 to 94.6 %. Report your number as it is, with its standard error, and do not
# go back.

# %% [markdown]
# ## 8. A search that goes wrong
#
# ### Exercise 8: repair a program
#
# ★★☆ · 10 minutes · 2 points
#
# A search can go wrong like a training. In this program eight learning rates race by successive halving; a network 784-32-10 is then trained with the winner. It runs to its end, and learns badly: **one** place in it is wrong. `x` and `y` are 1,000
# digits, with pixels from 0 to 1, and their labels. The race trains on the first 800 and looks at the other 200. `new` are digits that it has never seen.
#
# Run the cell, and the one below it, which draws the loss. Then do two things:
#
# 1. **Name the symptom**, before you look for a cause: write the letter of what you see in the curve of the program *as given* into `symptom`.
# 2. **Repair the program.** Change at most two lines; spaces and comments do not count. It should reach a loss of at most 0.3 after the last epoch, and at least 78 % of the new rows right.
#
# - **a** · The loss becomes huge, or nan, within the epochs.
# - **b** · The loss stays where a guess has it.
# - **c** · The loss falls from epoch to epoch, but far too slowly.
# - **d** · The loss ends near 0, but new rows are answered badly.
#
# There are 4 programs, each with another bug. Somebody beside you has this one too? Then take another: `lesson.program("repair-search", 2)` prints the second. Put it in the
# place of this one, with its first line of text, by which the check knows which it was.
#
# <details><summary>Hint 1: a nudge</summary>
#
# Which of the four sentences fits the curve *as given*? It tells what kind of rate has won: one that leads uphill or is far too large, one that is far too small, or one that is a little too small.
# </details>
# <details><summary>Hint 2: where to look</summary>
#
# Run the lines up to `ranked` on paper for three rates with the accuracies 0.1, 0.9 and 0.5. Which rates does the race begin with, and which go on?
# </details>


# %% nbgrader={"grade": false, "grade_id": "repair-search-answer", "locked": false, "schema_version": 3, "solution": true}
def search(x, y, new, seed):
    """Program 1: eight rates race for a network 784-32-10. With the winner, the loss of each epoch and the shares of new digits."""

    def trained(rate, rows, epochs):
        model = nn.Sequential([nn.Dense(32, "relu"), nn.Dense(10, "softmax")], seed=seed)
        model.compile(nn.SGD(rate), "sparse_categorical_crossentropy", ["accuracy"])
        return model, model.fit(x[:rows], y[:rows], batch_size=25, epochs=epochs, verbose=0)

    rates, epochs = 10 ** np.linspace(-5, -0.4, 8), 1
    while len(rates) > 1:
        models = [trained(rate, 800, epochs)[0] for rate in rates]
        accuracies = [model.evaluate(x[800:], y[800:])[1] for model in models]
        ranked = rates[np.argsort(accuracies)]
        rates, epochs = ranked[: len(rates) // 2], 2 * epochs
    model, fitted = trained(rates[0], 1000, 15)
    return fitted.history["loss"], model.predict(new)


symptom = ...


### BEGIN SOLUTION
def search(x, y, new, seed):
    """Program 1: eight rates race for a network 784-32-10. With the winner, the loss of each epoch and the shares of new digits."""

    def trained(rate, rows, epochs):
        model = nn.Sequential([nn.Dense(32, "relu"), nn.Dense(10, "softmax")], seed=seed)
        model.compile(nn.SGD(rate), "sparse_categorical_crossentropy", ["accuracy"])
        return model, model.fit(x[:rows], y[:rows], batch_size=25, epochs=epochs, verbose=0)

    rates, epochs = 10 ** np.linspace(-5, -0.4, 8), 1
    while len(rates) > 1:
        models = [trained(rate, 800, epochs)[0] for rate in rates]
        accuracies = [model.evaluate(x[800:], y[800:])[1] for model in models]
        ranked = rates[np.argsort(accuracies)]
        rates, epochs = ranked[len(rates) // 2 :], 2 * epochs
    model, fitted = trained(rates[0], 1000, 15)
    return fitted.history["loss"], model.predict(new)


symptom = "b"
### END SOLUTION

# %% tags=["demo"]
# @title Draw the loss of the program as it was given, and of yours
plots.show(*plots.learning(lesson["repair-search"].learned(search)))

# %% nbgrader={"grade": true, "grade_id": "repair-search", "locked": true, "points": 2, "schema_version": 3, "solution": false}
lesson.check("repair-search")
### BEGIN HIDDEN TESTS
lesson.grade("repair-search")
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
# - Hyperparameters are set before training. Choose them by validation accuracy. The learning rate comes first.
# - What counts by factors is searched on a log scale.
# - With the same budget, random search tries more different values of what matters.
# - Halving spends epochs on those who deserve them. It may lose slow starters.
# - One run is a draw of luck. Several seeds, a mean, a standard error; rivals meet on the same seeds.
# - The test set is looked at once, after all choices.
#
# | name | formula |
# |---|---|
# | log scale | $\text{low} \cdot (\text{high} / \text{low})^u$ |
# | bill of halving, $n$ settings ($n$ a power of 2), first $e$ epochs | $n \cdot e \cdot \log_2 n$ |
# | standard error | $s / \sqrt n$, with $n - 1$ inside $s$ |
# | is A better? | $\lvert \text{mean}(a - b) \rvert > 2 \cdot \text{standard error of } (a - b)$ |
#
# ## If something goes wrong
#
# | you see | it means | do |
# |---|---|---|
# | "not found. Run the cell above" | the answer cell has not run since the kernel started | run it, then the check |
# | `TypeError: unsupported operand …` or `can't multiply sequence by non-int …` in exercise 1 | a list where an array is needed | the check gives you an array; do not turn it into a list |
# | `TypeError: only 0-dimensional arrays …` in exercise 1 | `math.log` or `math.exp` got an array | `np.log`, `np.exp` |
# | accuracies around 10 % | the learning rate is far too large or too small | nothing is broken: that *is* the answer |
# | "Optuna is not installed" | the notebook goes on without it | install it with `pip install optuna`, restart the kernel |
# | your figures differ from a friend's by a percent | another processor rounds in another order | read section 6 again |
#
# ## Sources
#
# - J. Bergstra, Y. Bengio: *Random Search for Hyper-Parameter Optimization*, Journal of Machine Learning Research 2012.
# - J. Bergstra, R. Bardenet, Y. Bengio, B. Kégl: *Algorithms for Hyper-Parameter Optimization*, NeurIPS 2011 (TPE).
# - K. Jamieson, A. Talwalkar: *Non-stochastic Best Arm Identification and Hyperparameter Optimization*, AISTATS 2016 (successive halving).
# - L. Li, K. Jamieson, G. DeSalvo, A. Rostamizadeh, A. Talwalkar: *Hyperband*, Journal of Machine Learning Research 2018.
# - T. Akiba, S. Sano, T. Yanase, T. Ohta, M. Koyama: *Optuna*, KDD 2019.
# - X. Bouthillier and others: *Accounting for Variance in Machine Learning Benchmarks*, MLSys 2021.
