"""The mean surprise: mistakes in what the log is taken of, in p, and in how the labels choose."""

from .mean_surprise import surprise

ALL = "-np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))"
INSIDE = "y * np.log(p) + (1 - y) * np.log(1 - p)"
CLIP = (
    "You keep p at least {} away from 0 and 1. All of p lies between them already, and a clip changes the loss of a "
    "network that is sure and wrong."
)

for name, hint, right, wrong in (
    *(
        (
            f"clipped-{name}",
            CLIP.format(edge),
            "return -np.mean",
            f"p = np.clip(p, {edge}, 1 - {edge})\n    return -np.mean",
        )
        for name, edge in (
            ("coarsely", "0.01"),
            ("at-a-thousandth", "1e-3"),
            ("at-a-millionth", "1e-6"),
            ("at-1e-8", "1e-8"),
        )
    ),
    (
        "log-of-the-labels",
        "You take the log of the *labels*, and the log of 0 is -inf. Which of the two is a probability, y or p?",
        INSIDE,
        "p * np.log(y) + (1 - p) * np.log(1 - y)",
    ),
    (
        "log-of-the-labels-kept-above-zero",
        "You take the log of the *labels*, and the number that you add keeps it from breaking. Which of the two is a "
        "probability, y or p?",
        INSIDE,
        "p * np.log(y + 1e-7) + (1 - p) * np.log(1 - y + 1e-7)",
    ),
    (
        "sigmoid-again",
        "You send p through the sigmoid. It is a probability already: where do logits come in?",
        "return -np.mean",
        "p = 1 / (1 + np.exp(-p))\n    return -np.mean",
    ),
    (
        "log-of-the-mean",
        "You average first and take the log afterwards. The surprise of *each* example counts: which step comes first?",
        ALL,
        "-np.log(np.mean(y * p + (1 - y) * (1 - p)))",
    ),
    (
        "probability-of-what-happened",
        "This is the mean probability of what happened. The surprise is minus its *log*.",
        ALL,
        "np.mean(y * p + (1 - y) * (1 - p))",
    ),
    (
        "log-one-plus",
        "`np.log1p(p)` is the log of 1 + p. The probability of *no* is 1 minus p: which sign is missing?",
        "np.log(1 - p)",
        "np.log1p(p)",
    ),
    (
        "same-log-twice",
        "Both halves take the log of p. What is the probability of *no*, if that of yes is p?",
        "np.log(1 - p)",
        "np.log(p)",
    ),
    (
        "minus-in-the-second-half-only",
        "Only the second half has the minus: surprises at label 1 make your loss smaller. Which part does the minus belong to?",
        ALL,
        "np.mean(y * np.log(p) - (1 - y) * np.log(1 - p))",
    ),
    (
        "halved",
        "You divide by 2 as well. Of the two halves only one counts for each example: what is there to halve?",
        ALL,
        "-np.mean(y * np.log(p) + (1 - y) * np.log(1 - p)) / 2",
    ),
    (
        "each-kind-by-itself",
        "You average over the examples of each label by themselves. Over how many numbers does the one mean run?",
        ALL,
        "-np.sum(y * np.log(p)) / np.maximum(np.sum(y), 1) - np.sum((1 - y) * np.log(1 - p)) / np.maximum(np.sum(1 - y), 1)",
    ),
    (
        "divided-by-the-yes",
        "You divide by the number of examples with label 1. The mean runs over all of them.",
        ALL,
        "-np.sum(y * np.log(p) + (1 - y) * np.log(1 - p)) / np.maximum(np.sum(y), 1)",
    ),
    (
        "distance",
        "This is the mean distance of p from the label, without a log. Near certainty and wrong, it hardly grows any more.",
        ALL,
        "np.abs(np.mean(y - p))",
    ),
    (
        "decided",
        "You made p a decision, 0 or 1, and count the wrong ones. The surprise asks *how* sure the network was.",
        ALL,
        "np.mean((p > 0.5) != y)",
    ),
    (
        "rounded",
        "Your result is rounded. A function hands on all that it has.",
        ALL,
        "np.round(-np.mean(y * np.log(p) + (1 - y) * np.log(1 - p)), 4)",
    ),
    (
        "mean-closed-too-early",
        "Your result has a number for each example: the brackets of the mean close too early, and the second half has no minus.",
        ALL,
        "-np.mean(y * np.log(p)) + (1 - y) * np.log(1 - p)",
    ),
    (
        "mean-and-a-half-outside",
        "Your result has a number for each example: the brackets of the mean close too early. Both halves belong inside.",
        ALL,
        "-(np.mean(y * np.log(p)) + (1 - y) * np.log(1 - p))",
    ),
    (
        "p-in-front-of-the-second-log",
        "In one place p stands where y belongs: the factor in front of the second log.",
        "(1 - y) * np.log(1 - p)",
        "(1 - p) * np.log(1 - p)",
    ),
    (
        "p-in-front-of-the-first-log",
        "In one place p stands where y belongs: the factor in front of the first log.",
        "y * np.log(p) +",
        "p * np.log(p) +",
    ),
    (
        "second-half-without-brackets",
        "1 - y * log(…) and (1 - y) * log(…) are not the same. What is done first, the product or the difference?",
        "(1 - y) * np.log(1 - p)",
        "1 - y * np.log(1 - p)",
    ),
    (
        "logs-multiplied",
        "You multiply the two halves, and one of them is always 0. Which sign joins them?",
        INSIDE,
        "y * np.log(p) * (1 - y) * np.log(1 - p)",
    ),
    *(
        (
            f"{tiny}-added",
            f"A small number inside the log, {tiny}, changes the loss where the probability is small. "
            "All of p lies between 0 and 1: what is there to repair?",
            INSIDE,
            f"y * np.log(p + {tiny}) + (1 - y) * np.log(1 - p + {tiny})",
        )
        for tiny in ("1e-6", "1e-8", "1e-9", "1e-10", "1e-12")
    ),
    (
        "log-of-the-labels-kept-tiny",
        "You take the log of the *labels*, and a tiny number keeps it from breaking. Which of the two is a probability, y or p?",
        INSIDE,
        "p * np.log(y + 1e-9) + (1 - p) * np.log(1 - y + 1e-9)",
    ),
    (
        "log-of-the-labels-kept-above-1e-8",
        "You take the log of the *labels*, with 1e-8 added. Which of the two is a probability, y or p?",
        INSIDE,
        "p * np.log(y + 1e-8) + (1 - p) * np.log(1 - y + 1e-8)",
    ),
    (
        "log-of-the-labels-kept-above-1e-12",
        "You take the log of the *labels*, with 1e-12 added. Which of the two is a probability, y or p?",
        INSIDE,
        "p * np.log(y + 1e-12) + (1 - p) * np.log(1 - y + 1e-12)",
    ),
):
    surprise.slip(name, hint, right, wrong)
