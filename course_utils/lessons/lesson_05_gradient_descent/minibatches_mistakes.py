"""Mini-batches: mistakes in where a batch begins and ends, and what kind of thing is handed back."""

from .minibatches import minibatches, shows

LIST = "[(x[i : i + batch_size], y[i : i + batch_size]) for i in range(0, len(x), batch_size)]"

for name, hint, wrong in (
    (
        "one-too-many",
        "Each of your batches holds one sample too many, which the next one holds as well. In `x[a:b]`, does the place b belong to it?",
        "[(x[i : i + batch_size + 1], y[i : i + batch_size + 1]) for i in range(0, len(x), batch_size)]",
    ),
    (
        "one-too-few",
        "Each of your batches holds one sample too few. In `x[a:b]` the place b is left out already: what should b be?",
        "[(x[i : i + batch_size - 1], y[i : i + batch_size - 1]) for i in range(0, len(x), batch_size)]",
    ),
    (
        "last-one-full",
        "Your last batch is full, though so many samples are not left. Every sample comes *once*: let the last batch be smaller.",
        "[(x[(i + np.arange(batch_size)) % len(x)], y[(i + np.arange(batch_size)) % len(x)]) for i in range(0, len(x), batch_size)]",
    ),
    (
        "spread-evenly",
        "You spread the samples evenly over the batches, as `np.array_split` does. All batches but the last hold exactly "
        "`batch_size`: where do you cut?",
        "list(zip(np.array_split(x, -(-len(x) // batch_size)), np.array_split(y, -(-len(x) // batch_size))))",
    ),
    (
        "at-every-sample",
        "A batch begins at every sample, so they overlap. By how much does the beginning move from one batch to the next?",
        "[(x[i : i + batch_size], y[i : i + batch_size]) for i in range(len(x))]",
    ),
    (
        "generator",
        "With `yield`, or with round brackets round a loop, the batches are made one by one when somebody asks. The exercise "
        "wants them in a list: `append`, or square brackets?",
        "((x[i : i + batch_size], y[i : i + batch_size]) for i in range(0, len(x), batch_size))",
    ),
):
    minibatches.slip(name, hint, LIST, wrong, when=shows(name.replace("-", " ")))

minibatches.slip(
    "drawn-for-each-batch",
    "You draw the samples of each batch anew, so some come twice and others never, and the last batch is full. "
    "Draw *one* order for the whole epoch, and cut it.",
    LIST,
    "[\n        (x[drawn], y[drawn])\n"
    "        for k in range(-(-len(x) // batch_size))\n"
    "        for drawn in [np.random.default_rng([seed, k]).permutation(len(x))[:batch_size]]\n    ]",
    when=shows("repeats", "last one full"),
)
