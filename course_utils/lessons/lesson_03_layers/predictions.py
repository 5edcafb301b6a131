"""What a reader expects before a cell shows it."""

from course_utils.exercises import Choice, Near, Number, Option

PREDICTIONS = [
    Choice(
        "upright-bias",
        "The bias of two neurons stands upright, shape (2, 1). What happens with 3 examples, and what with 2?",
        [
            Option(
                "a", "both stop with an error", "With 2 examples the shapes (2, 2) and (2, 1) fit together: it runs."
            ),
            Option(
                "b",
                "both run, and the sums are right",
                "Upright, the bias goes down the rows: to the examples, not the neurons.",
            ),
            Option(
                "c",
                "3 stop with an error, 2 run with wrong sums",
                "Upright, the bias has a number for each row. For 3 rows there are too few, and NumPy complains. "
                "For 2 rows "
                "there are just enough: each example gets one, where each neuron should.",
            ),
            Option(
                "d", "both run, with wrong sums", "With 3 examples there are 3 rows and 2 numbers: that does not fit."
            ),
        ],
        right="c",
        measured=lambda three, two: {
            ("stops", "stops"): "a",
            ("right", "right"): "b",
            ("stops", "wrong"): "c",
            ("wrong", "wrong"): "d",
        }[three, two],
    ),
    Number(
        "without-relu",
        "With ReLU the score is −4. What is it without ReLU?",
        right=-9,
        within=0.05,
        because="The −1 is no longer made 0. It goes on with its sign: 3 · 2 + (−1) · 5 − 10 = −9.",
        near=[
            Near(-4, "That is the score with ReLU. Without it the second neuron says −1 in place of 0."),
            Near(1, "You took 1 · 5. The second neuron says −1, and keeps its sign."),
            Near(-5, "(−1) · 5 = −5 is what the second neuron adds. The first adds 6, the bias −10."),
        ],
        measured=float,
    ),
]
