"""What a reader expects before a cell shows it."""

from collections.abc import Mapping

from course_utils.exercises import Choice, Option

_SETTINGS = {"learning_rate": "a", "batch_size": "b", "layers": "c", "width": "d", "dropout": "e"}


def _most_harm(lowest: Mapping[str, float]) -> str:
    return _SETTINGS[min(_SETTINGS, key=lambda name: lowest[name])]


def _guesser(validation: float, test: float) -> str:
    if validation < 0.15:
        return "a"
    return "b" if test < 0.15 else "c"


PREDICTIONS = [
    Choice(
        "most-harm",
        "One setting at a time is set badly. Which one does the most harm?",
        [
            Option(
                "a",
                "a learning rate 100 times too small or too large",
                "Too small: in these few steps the weights hardly move. Too large: every step throws them away. "
                "Either way it stays near a guess, 10 of 100.",
            ),
            Option(
                "b", "batches of 256 in place of 32", "Fewer steps, so it gets less far. But it is on the right way."
            ),
            Option(
                "c", "no hidden layer, or three", "Even without a hidden layer most of these digits can be told apart."
            ),
            Option(
                "d",
                "only 4 hidden neurons",
                "That hurts: ten digits through a gap of 4 numbers. Yet it still learns something.",
            ),
            Option(
                "e", "dropout of 0.8", "Four of five neurons are switched off in training, all of them work afterwards."
            ),
        ],
        right="a",
        measured=_most_harm,
    ),
    Choice(
        "best-guesser",
        "1,000 networks that only guess. The best on 100 validation digits: what does it reach there, and on the "
        "test digits?",
        [
            Option(
                "a",
                "about 10 % on both",
                "On average. But you keep the *best* of 1,000, and among so many some are lucky.",
            ),
            Option(
                "b",
                "about 20 % there, about 10 % on the test digits",
                lambda validation, test: (
                    f"{validation:.0%} and {test:.0%}. The best of 1,000 was lucky on these 100 digits. It was "
                    f"chosen for its luck, and luck "
                    "does not come along to the test digits."
                ),
            ),
            Option(
                "c", "about 20 % on both", "That would be skill. It knows nothing; it was lucky on those 100 digits."
            ),
        ],
        right="b",
        measured=_guesser,
    ),
]
