"""Why some changes of a right training leave it right; `course prove` asks for it."""

from .train_deeper import train_deeper
from .train_mlp import train_mlp

_TWO_HIDDEN = (
    "keras.layers.Dense(128, activation='relu'), keras.layers.Dense(64, activation='relu'), "
    "keras.layers.Dense(10, activation='softmax')]"
)
for _right, _wrong in (
    ("[keras.Input((784,)), ", "["),
    ("[keras.Input((28, 28)), keras.layers.Flatten(), ", "[keras.layers.Flatten(), "),
):
    train_deeper.equivalent(_right + _TWO_HIDDEN, _wrong + _TWO_HIDDEN, why="the model is built when it is first used")
_FLAT = "[keras.Input((28, 28)), keras.layers.Flatten(), "
train_deeper.equivalent(
    _FLAT + _TWO_HIDDEN, f"{_FLAT}keras.layers.Flatten(), {_TWO_HIDDEN}", why="a second Flatten changes nothing"
)
train_deeper.equivalent(
    "keras.layers.Dense(10, activation='softmax')",
    "keras.layers.Dense(10, activation='softmax', kernel_initializer='zeros')",
    why="an output layer may begin with zeros: its neurons have different slopes from the first step",
)
for _compile in (
    "model.compile(optimizer='adam', loss='sparse_categorical_crossentropy', metrics=['accuracy'])",
    "model.compile('adam', 'sparse_categorical_crossentropy', metrics=['accuracy'])",
):
    train_deeper.equivalent(_compile, "for _ in range(2): …", why="compiled twice is compiled")
for _fit in (
    "model.fit(images.reshape(-1, 784), labels, batch_size=32, epochs=epochs, validation_split=0.2, verbose=0)",
    "model.fit(rows[:n], labels[:n], validation_data=(rows[n:], labels[n:]), epochs=epochs, batch_size=32, verbose=0)",
):
    train_deeper.equivalent(_fit, _fit.replace(" batch_size=32,", ""), why="32 is Keras's usual batch size")
train_deeper.equivalent("images.reshape(-1, 784)", why="any negative length is worked out")
train_deeper.equivalent("images.reshape(len(images), -1)", why="any negative length is worked out")
train_deeper.equivalent("validation_split=0.2", "validation_split=1.2", why="Keras takes 1.2 as it takes 0.2")

for _fit in (
    "model.fit(x_train, y_train, epochs=5, batch_size=32, verbose=0)",
    "model.fit(x_train, y_train, batch_size=32, epochs=5, verbose=0)",
    "model.fit(x_train, y_train, epochs=2, batch_size=32, verbose=0)",
    "model.fit(x_train, y_train, epochs=3, batch_size=32, verbose=0)",
    "model.fit(x_train, y_train, batch_size=32, epochs=5, validation_split=0.2, verbose=0)",
):
    train_mlp.equivalent(_fit, _fit.replace(" batch_size=32,", ""), why="32 is Keras's usual batch size")
train_mlp.equivalent(_fit, _fit.replace(" validation_split=0.2,", ""), why="no digits need be kept back")
train_mlp.equivalent("validation_split=0.2", why="how many digits are kept for validation is free")
