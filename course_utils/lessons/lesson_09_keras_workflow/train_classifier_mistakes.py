"""More mistakes in training the classifier: sizes of the network and of a batch, and labels of other rows."""

from course_utils.exercises.keras_models.fitting import PLACES, places_swapped

from .train_classifier import AS_WIDE_AS_LONG, LEARNED, learning_problem, ranked_rightly, train, validated_on, watched

train.slip(
    "samples-for-features",
    "528 is the number of *samples*, and your network takes rows of 528 numbers. Which place of `x_train.shape` counts the "
    "features?",
    "x_train.shape[1]",
    "x_train.shape[0]",
    when=lambda seen, *_: seen == AS_WIDE_AS_LONG,
)

train.slip(
    "one-large-batch",
    "The model made one step in each epoch: all samples went into one batch. What should `batch_size` be?",
    "batch_size=32",
    "batch_size=len(x_train)",
    when=watched(lambda seen, *case: validated_on(seen, case[0], *case[2:4]) and seen["steps"] == case[4]),
)

train.slip(
    "labels-of-other-rows",
    "Of a yes and a no of the training part, your model puts the yes first in fewer than four pairs of five, so it has hardly learned. Do the "
    "labels of fit belong to its rows? And do all rows take part, with the rate with which exercise 4 compiles?",
    "x_train, y_train, epochs",
    "x_train, y_train[::-1], epochs",
    when=watched(
        lambda seen, *case: (
            bool(learning_problem(seen, *case[:2]))
            and ranked_rightly(seen, case[1]) < LEARNED
            and validated_on(seen, case[0], *case[2:4])
        )
    ),
)

train.slip(
    "fit-turned-round",
    PLACES,
    "epochs=epochs, batch_size=32,",
    "epochs=32, batch_size=epochs,",
    when=watched(
        lambda seen, x_train, y_train, x_val, y_val, epochs: places_swapped(seen["steps"], len(x_train), epochs)
    ),
)

train.slip(
    "validates-now-and-then",
    "The validation part is measured after some epochs only, so the curve has holes. Which argument makes `fit` skip epochs? Without it none is.",
    "verbose=0",
    "verbose=0, validation_freq=2",
    when=watched(
        lambda seen, *case: 0 < len(seen["history"].get("val_loss", ())) < len(seen["history"]["loss"]) == case[4]
    ),
)
