"""Why the solutions of this lesson are as they are, and which other way is worth a look."""

from course_utils.exercises import Explained

EXPLAINED = {
    "prepare": Explained(
        "Divided by 255, the pixels lie between 0 and 1. float32 is what Keras computes in, and half as large as float64.",
    ),
    "count-parameters": Explained(
        "784 · 128 weights and 128 biases, then 128 · 10 and 10. In the deeper network 128 · 64 + 64 and 64 · 10 + 10 stand in place of the last layer.",
    ),
    "build-mlp": Explained(
        "Flatten lays the 28 rows of pixels behind one another and has no parameters. Ten shares come from softmax, and the labels are numbers of classes: *sparse* categorical cross-entropy.",
    ),
    "train-mlp": Explained(
        "`fit` makes the batches, mixes them anew each epoch, and takes a step for each: lesson 07's loop in one line. Five epochs are enough for the mark on these digits.",
    ),
    "evaluate": Explained(
        "The loss is the mean of −log of the share that the *right* digit got, the accuracy the share of rows whose largest number stands at the label. Row numbers beside labels pick one number out of each row.",
    ),
    "read-predictions": Explained(
        "`argmax` says where the largest share stands, and that place is the digit; `max` says how large it is. Both go along the row.",
    ),
    "train-deeper": Explained(
        "One more layer between, and `validation_split` keeps the last fifth of the digits out of the training. Those digits tell how good the network is on what it has never seen.",
    ),
    "read-history": Explained(
        "The best epoch is the one with the lowest *validation* loss; counting begins at 1, so 1 is added. The gap at the end, training less validation accuracy, tells how much was learned by heart.",
        variant="with lists only",
        way="A history is plain lists: `index(min(…))` does it without NumPy.",
    ),
    "fair-experiment": Explained(
        "The two trainings differ in one row, so a difference can come from nothing else but luck; several starts show how large luck is. Validation digits judge, since the exam may not choose and the training digits were practised.",
        variant="the library",
        way="Any row may be the one that differs, and the others may be held at either of their values; this plan asks about the library.",
    ),
    "read-curve": Explained(
        "A log holds records under tags. By default the reader keeps only some of many; `size_guidance` 0 asks for all of them.",
    ),
    "diagnose": Explained(
        "Look at both curves, and at their height. Smooth and low: healthy. Smooth and high: steps too short. Jumping and high: too long. Training loss near 0 with a validation loss that *rises*: overfitting.",
    ),
}
