"""Why the solutions of this lesson are as they are, and which other way is worth a look."""

from course_utils.exercises import Explained

EXPLAINED = {
    "count-trainable": Explained(
        "A head has inputs · classes weights and a bias for each class: 64 · 10 + 10, and 64 · 5 + 5. Frozen parameters are there and are used, but not trained.",
    ),
    "freeze": Explained(
        "A layer with `trainable = False` keeps its weights. From the number of layers and `last` follows which ones stay free.",
    ),
    "extract-features": Explained(
        "The output of the layer before the head is what the network has made of the image: a short row of numbers. Computed once, it can be used for many heads.",
    ),
    "with-new-head": Explained(
        "The layers of the body are taken over with their weights and frozen, and a new dense layer answers. It is compiled afterwards, so that the new state holds.",
        variant="the body as one layer",
        way="A network may be a layer of another one. Then a single line freezes all of it.",
    ),
    "fine-tune": Explained(
        "First only the head learns, for its random weights would send large slopes through a good body. Then everything learns at a hundredth of the rate, so that the body is corrected and not lost. Each phase is compiled anew.",
    ),
    "choose": Explained(
        "Few labels or a small machine: features and a head. A near task with many labels: fine-tune. Nothing in common and plenty of data: from scratch. No labels at all: make the new images look like the old ones.",
    ),
}
