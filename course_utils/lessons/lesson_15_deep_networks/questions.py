"""Values to work out and questions to answer in words."""

from course_utils.exercises import ValuesExercise

cures = ValuesExercise(
    "choose-cure",
    points=4,
    title="Which cure for which trouble?",
    reference=lambda: {
        "first_layers_get_no_gradient": "residual",
        "loss_jumps_to_nan": "clipping",
        "training_good_validation_bad": "dropout",
        "each_epoch_takes_an_hour": "gpu",
    },
)


@cures.variant("capital letters")
def _():
    return {"each_epoch_takes_an_hour": "GPU", "first_layers_get_no_gradient": "Residual"}


@cures.variant("with a stray space")
def _():
    return {"loss_jumps_to_nan": " clipping", "training_good_validation_bad": "Dropout "}


@cures.mistake("clip-the-vanishing", "Clipping only ever makes a gradient shorter. Is a vanishing gradient too long?")
def _():
    return {"first_layers_get_no_gradient": "clipping"}


@cures.mistake(
    "dropout-for-vanishing",
    "Dropout silences neurons so that the network cannot learn by heart. Who lacks a gradient here?",
)
def _():
    return {"first_layers_get_no_gradient": "dropout"}


@cures.mistake(
    "residual-for-overfitting",
    "A good training result says that the gradients arrive. Which cure makes learning by heart harder?",
)
def _():
    return {"training_good_validation_bad": "residual"}


@cures.mistake("residual-for-nan", "A shortcut adds to the signal. Here one step is far too long; what limits a step?")
def _():
    return {"loss_jumps_to_nan": "residual"}


@cures.mistake("gpu-for-nan", "A faster computer arrives at nan sooner. Which cure limits the length of a step?")
def _():
    return {"loss_jumps_to_nan": "gpu"}


@cures.mistake(
    "gpu-for-overfitting", "A GPU learns by heart as well, only sooner. Which cure makes learning by heart harder?"
)
def _():
    return {"training_good_validation_bad": "gpu"}


@cures.mistake(
    "dropout-for-speed", "Dropout makes no sum quicker, and learning slower. What does many sums side by side?"
)
def _():
    return {"each_epoch_takes_an_hour": "dropout"}


@cures.mistake("residual-for-speed", "A shortcut does not make the sums any fewer. What does them side by side?")
def _():
    return {"each_epoch_takes_an_hour": "residual"}
