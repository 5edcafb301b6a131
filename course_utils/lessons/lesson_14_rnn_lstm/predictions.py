"""What a reader expects before a cell shows it."""

from course_utils.exercises import Choice, Option

PREDICTIONS = [
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
