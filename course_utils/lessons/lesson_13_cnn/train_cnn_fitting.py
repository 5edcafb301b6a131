"""More mistakes in training the CNN: what `fit` was given; and what may be changed in its call."""

from course_utils.exercises.exam import SEEN
from course_utils.exercises.keras_models.fitting import BATCHES, EPOCHS, PLACES, in_batches_of

from .train_cnn import train_cnn, training_finding, trains

train_cnn.slip(
    "without-the-callback",
    (
        "Your steps were not those of `shorter_steps`: the learning rate did not fall from 0.002 to 0.0004. Which argument of "
        "`fit` takes callbacks?"
    ),
    ", callbacks=shorter_steps",
    "",
    when=trains("callback"),
)

train_cnn.slip(
    "fit-turned-round",
    PLACES,
    "epochs=5, callbacks",
    "epochs=1, batch_size=5, callbacks",
    when=lambda seen, *case: in_batches_of(seen, 5) and trains(BATCHES)(seen, *case),
)

train_cnn.slip(
    "other-batches",
    (
        "An epoch of your `fit` has another number of steps than digits / batch size: 250 with 8,000 digits in batches of 32, 1,875 with "
        "60,000. What is your `batch_size`, and does `fit` get all of `x_train`?"
    ),
    "epochs=5, callbacks",
    "epochs=5, batch_size=64, callbacks",
    when=trains(BATCHES),
)

train_cnn.slip(
    "other-epochs",
    (
        "Your model was not trained for 5 epochs: its steps are more or fewer. What does your `fit` say of `epochs`? And if it "
        "runs more than once, is `cnn` made anew before?"
    ),
    "epochs=5, callbacks",
    "epochs=4, callbacks",
    when=trains(EPOCHS),
)


@train_cnn.mistake(
    "trained-on-the-test",
    SEEN,
    when=lambda seen, images, labels, needed, *_: needed == 0 or bool(training_finding(seen)[0]),
)
def _(build_cnn, x_test, y_test, shorter_steps):
    model = build_cnn()
    model.fit(x_test, y_test, epochs=5, batch_size=32, callbacks=[shorter_steps], verbose=0)
    return model


_RIGHT = "model.fit(x_train, y_train, epochs=5, batch_size=32, callbacks=[shorter_steps], verbose=0)"
_VALIDATED = (
    "model.fit(x_train, y_train, batch_size=32, epochs=5, validation_split=0.05, callbacks=[shorter_steps], verbose=0)"
)
for _call in (_RIGHT, _VALIDATED):
    train_cnn.equivalent(_call, _call.replace(" batch_size=32,", ""), why="32 is what Keras takes by itself")
train_cnn.equivalent(_VALIDATED, _VALIDATED.replace(" validation_split=0.05,", ""), why="no validation is asked for")
train_cnn.equivalent("validation_split=0.05", why="how many digits are kept for validation is free")
