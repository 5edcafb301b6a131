"""What a reader expects before a cell shows it."""

from course_utils.exercises import Choice, Near, Number, Option

PREDICTIONS = [
    Number(
        "first-epoch",
        "After a single epoch, 219 small steps: how many of 100 unseen digits does the network name?",
        right=90,
        within=5,
        because=lambda share: (
            f"{100 * share:.0f} of 100, after seeing each training digit once. Most of what can be learned is learned "
            "early; the last few per cent take the many epochs."
        ),
        unit="of 100",
        near=[
            Near(10, "10 is what a guess gets. 219 steps are few, but each looks at 32 digits."),
            Near(50, "It seems much for one look at each digit. But every step improves all ten scores at once."),
            Near(100, "It still mixes up digits that look alike, a 4 and a 9."),
        ],
        measured=lambda share: 100 * share,
        digits=3,
    ),
    Choice(
        "zero-start",
        "The same training with all weights 0 at the start. How many of 100 unseen digits does it name after "
        "three epochs?",
        [
            Option(
                "a",
                "about 90, like the others",
                "Training moves a weight by its gradient, and here nearly all gradients are 0, at every step.",
            ),
            Option(
                "b",
                "about 50: it learns, only more slowly",
                "It does not learn slowly: the hidden layer does not learn at all.",
            ),
            Option(
                "c",
                "about 10, like a guess",
                "Each hidden neuron gives max(0, 0) = 0 and lets no gradient through. Only the ten output biases "
                "learn: "
                "which digit is the most frequent.",
            ),
        ],
        right="c",
        measured=lambda share: "a" if share > 0.8 else "b" if share > 0.2 else "c",
    ),
]
