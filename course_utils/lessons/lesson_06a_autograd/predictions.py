"""What a reader expects before a cell shows it."""

from course_utils.exercises import Choice, Near, Number, Option

predictions = [
    Number(
        "too-early",
        "The turns are taken in the order L, v, w, a, b. Which gradient does a end with?",
        right=30,
        within=0.5,
        because="v had its turn with 8 only, and handed 8 · 3 = 24 to a. Then w handed 6 to a: 30. The 6 that w handed to v "
        "came when v had had its turn, so 6 · 3 = 18 never reached a.",
        near=[
            Near(48, "48 is the true gradient. To reach a, the 6 from w must be at v *before* v has its turn."),
            Near(24, "24 comes by v. One more share comes to a, from w."),
        ],
        measured=lambda gradient: gradient,
    ),
    Choice(
        "built-once",
        "The graph is built once, before the loop, and every step walks back through it. The loss began at 3.2. "
        "What is the true loss after 40 steps?",
        [
            Option("a", "near 0: the gradients still lead downhill", "They are those of the start, at every step."),
            Option("b", "as at the start: nothing moves", "Everything moves: each step subtracts the same gradient."),
            Option(
                "c",
                "above the start",
                "Each step subtracts the same gradient, that of the start. The neuron walks straight on, through the valley "
                "and up on the other side, and nothing tells it to stop.",
            ),
        ],
        right="c",
        measured=lambda before, after: "a" if after < 0.5 * before else "b" if after < 1.02 * before else "c",
    ),
]
