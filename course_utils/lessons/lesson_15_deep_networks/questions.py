"""Which cure helps against which trouble of a deep network."""

from course_utils.exercises import ValuesExercise

cures = ValuesExercise(
    "choose-cure",
    points=2,
    title="Which cure for which trouble?",
    reference=lambda: {
        "first_layers_get_no_gradient": "residual",
        "loss_jumps_to_nan": "clipping",
        "training_good_validation_bad": "dropout",
        "each_epoch_takes_an_hour": "gpu",
    },
)
cures.offer("residual", "clipping", "dropout", "gpu")
cures.right("capital letters", each_epoch_takes_an_hour="GPU", first_layers_get_no_gradient="Residual")
cures.right("with a stray space", loss_jumps_to_nan=" clipping", training_good_validation_bad="Dropout ")
cures.wrong(
    "clip-the-vanishing",
    "Clipping only ever makes a gradient shorter. Is a vanishing gradient too long?",
    first_layers_get_no_gradient="clipping",
)
cures.wrong(
    "dropout-for-vanishing",
    "Dropout silences neurons so that the network cannot learn by heart. Who lacks a gradient here?",
    first_layers_get_no_gradient="dropout",
)
cures.wrong(
    "residual-for-overfitting",
    "A good training result says that the gradients arrive. Which cure makes learning by heart harder?",
    training_good_validation_bad="residual",
)
cures.wrong(
    "residual-for-nan",
    "A shortcut adds to the signal. Here one step is far too long; what limits a step?",
    loss_jumps_to_nan="residual",
)
cures.wrong(
    "gpu-for-nan",
    "A faster computer arrives at nan sooner. Which cure limits the length of a step?",
    loss_jumps_to_nan="gpu",
)
cures.wrong(
    "gpu-for-overfitting",
    "A GPU learns by heart as well, only sooner. Which cure makes learning by heart harder?",
    training_good_validation_bad="gpu",
)
cures.wrong(
    "dropout-for-speed",
    "Dropout makes no sum quicker, and learning slower. What does many sums side by side?",
    each_epoch_takes_an_hour="dropout",
)
cures.wrong(
    "residual-for-speed",
    "A shortcut does not make the sums any fewer. What does them side by side?",
    each_epoch_takes_an_hour="residual",
)
cures.wrong(
    "gpu-for-vanishing",
    "A faster computer computes the same vanishing gradient. Which cure gives it a road past the layers?",
    first_layers_get_no_gradient="gpu",
)
cures.wrong(
    "dropout-for-nan",
    "Silencing neurons does not shorten a step that is far too long. Which cure limits its length?",
    loss_jumps_to_nan="dropout",
)
cures.wrong(
    "clipping-for-overfitting",
    "The steps are no trouble here: training goes well. Which cure makes learning by heart harder?",
    training_good_validation_bad="clipping",
)
cures.wrong(
    "clipping-for-speed",
    "A shorter step makes an epoch no shorter: there are as many steps. What does many sums side by side?",
    each_epoch_takes_an_hour="clipping",
)
