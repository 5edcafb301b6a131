"""What a reader expects before a cell shows it."""

from collections.abc import Mapping

from course_utils.exercises import Choice, Option

_CLEARLY = 0.04  # of the test digits


def _suffers(dense: Mapping[str, float], cnn: Mapping[str, float]) -> str:
    lost = [accuracy["as written"] - accuracy["shuffled"] > _CLEARLY for accuracy in (dense, cnn)]
    return {(True, False): "a", (False, True): "b", (True, True): "c", (False, False): "d"}[lost[0], lost[1]]


def _moved(cnn: float, dense: float) -> str:
    if cnn > 0.9:
        return "a"
    return "b" if cnn > dense + 0.05 else "c"


PREDICTIONS = [
    Choice(
        "shuffled-pixels",
        "The pixels of all images are put into disorder, always the same. Both networks train again. Which of "
        "them suffers?",
        [
            Option(
                "a",
                "the dense network",
                "It has a weight for each pixel and never knew which ones are neighbours. Any order is as good.",
            ),
            Option(
                "b",
                "the CNN",
                "Its filters look at neighbours, and the neighbours are gone. To the dense network all orders are"
                " alike.",
            ),
            Option("c", "both: nobody can read dots", "No person can. But the dense network never looked at shapes."),
            Option(
                "d",
                "neither: no number is lost",
                "None is lost, but the CNN only looks at pixels that lie side by side, and these have nothing to "
                "do with each other now.",
            ),
        ],
        right="b",
        measured=_suffers,
    ),
    Choice(
        "moved-cnn",
        "The digits move 4 pixels. The dense network of lesson 10 then named about 3 of 10. And the CNN?",
        [
            Option(
                "a",
                "nearly all: convolution does not care where",
                "The convolutions do not. But after Flatten comes a dense layer, which knows the arcs by their places.",
            ),
            Option(
                "b",
                "more than the dense network, but far from all",
                lambda cnn, dense: (
                    f"{cnn:.0%} against {dense:.0%}. The convolutions find an arc wherever it is. After Flatten "
                    f"the dense "
                    "layers know the arcs by their places, and pooling forgives only a pixel or two."
                ),
            ),
            Option(
                "c",
                "no more than the dense network",
                "The convolutions find an arc wherever it is, and pooling forgives a pixel or two.",
            ),
        ],
        right="b",
        measured=_moved,
    ),
]
