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
        "The graph is built once, before the loop, and every step walks back through it. The loss begins at 4.43; with a new "
        "graph at each step it came down to about 0.4. What is the true loss after 40 steps now?",
        [
            Option(
                "a",
                "about 0.4 too",
                "Only the first step is the same. After it the slopes should be others, and are not.",
            ),
            Option("b", "still 4.43: nothing moves", "Everything moves: each step subtracts the same gradient."),
            Option(
                "c",
                "about 4",
                "Each step subtracts the gradient of the start. The bias runs on and on below 0, and the neuron says −1 to "
                "everything: three rows are right, and the fourth is off by 2, squared 4.",
            ),
        ],
        right="c",
        measured=lambda before, after: "a" if after < 1 else "b" if after == before else "c",
    ),
]
