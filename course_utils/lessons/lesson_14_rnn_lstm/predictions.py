"""What a reader expects before a cell shows it."""

from course_utils.exercises import Choice, Option

PREDICTIONS = [
    Choice(
        "who-remembers",
        "A new LSTM learns from rows with 5 to 60 small letters, its keep gate begins at σ(1) = 0.73. How many of the "
        "capitals 60 letters ago does it name after 1,000 batches?",
        [
            Option(
                "a",
                "nearly all: it is made for that",
                lambda lstm, kept: (
                    f"{lstm:.0%}. It can keep, but it has to learn it, and 0.73 kept at each of 60 steps is nothing. "
                    f"Begun at 0.95, it names {kept:.0%}."
                ),
            ),
            Option(
                "b",
                "more than a quarter are missing",
                lambda lstm, kept: (
                    f"It names {lstm:.0%}, and {kept:.0%} when its keep gate begins at 0.95. What it kept at the start "
                    "decides what it can learn."
                ),
            ),
        ],
        right="b",
        measured=lambda lstm, kept: "a" if lstm > 0.75 else "b",
    ),
    Choice(
        "slope-over-sixty",
        "In a new RNN, which share of the slope arrives at a capital 60 letters ago?",
        [
            Option(
                "a",
                "more than a tenth",
                lambda share: f"It is {share:.0e}. Each step back multiplies it by a number below 1, sixty times.",
            ),
            Option(
                "b",
                "between a thousandth and a tenth",
                lambda share: f"It is {share:.0e}. Even 0.89 at each step would leave a thousandth, and it is less.",
            ),
            Option(
                "c",
                "less than a thousandth",
                lambda share: f"It is {share:.0e}. Each step back multiplies it by a number below 1, sixty times.",
            ),
        ],
        right="c",
        measured=lambda share: "a" if share > 0.1 else "b" if share > 0.001 else "c",
    ),
    Choice(
        "bag-or-lstm",
        "The LSTM has 130 times as many parameters as the bag of words, and knows the order. Does it name more "
        "test sentences rightly?",
        [
            Option(
                "a",
                "yes",
                "It could say more. But to learn what order means takes many sentences, and for most of them the "
                "words alone decide.",
            ),
            Option(
                "b",
                "no, as many or fewer",
                lambda lstm, bag: (
                    f"{lstm:.1%} against {bag:.1%}. In most of these sentences the words alone decide, and a few "
                    f"thousand are too "
                    "few to learn more from. The larger network only has more room to learn them by heart."
                ),
            ),
        ],
        right="b",
        measured=lambda lstm, bag: "a" if lstm > bag + 0.005 else "b",
    ),
    Choice(
        "no-mask",
        "The same weights, but the mask is off: after each sentence the LSTM reads the zeros too. What becomes of"
        " the accuracy?",
        [
            Option(
                "a",
                "it stays: zeros say nothing",
                "To this network zero is a word like any other, number 0, with a row of its own. Each step "
                "changes the memory.",
            ),
            Option(
                "b",
                "it falls by more than 5 in 100",
                lambda masked, unmasked: (
                    f"From {masked:.1%} to {unmasked:.1%}. Each zero is one more step in which the gates let some"
                    f" of the old fade. "
                    "After twenty of them little is left of the sentence."
                ),
            ),
            Option(
                "c",
                "it rises: more steps, more thought",
                "There is nothing to think about in them. Each one lets some of the old fade.",
            ),
        ],
        right="b",
        measured=lambda masked, unmasked: "b" if unmasked < masked - 0.05 else "c" if unmasked > masked + 0.02 else "a",
    ),
]
