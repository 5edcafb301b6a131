"""What may be changed in a right answer to fine-tune without making it wrong: what stands there, what instead, why."""

LOSS, METRICS = ", 'sparse_categorical_crossentropy'", ", metrics=['accuracy']"
FIRST = "model.compile(keras.optimizers.Adam(rate)"
SECOND = "model.compile(keras.optimizers.Adam(rate / 100)"
PRODUCT = "model.compile(keras.optimizers.Adam(0.01 * rate)"
LOOP = (
    "model.compile(optimizer=keras.optimizers.Adam(learning_rate=phase_rate), "
    "loss=keras.losses.SparseCategoricalCrossentropy())"
)
COMPILED = (f"{FIRST}{LOSS}{METRICS})", f"{SECOND}{LOSS}{METRICS})", f"{FIRST}{LOSS})", f"{PRODUCT}{LOSS})", LOOP)
NUMBERED = "enumerate(model.layers)"

EQUIVALENTS = [
    ("for layer in model.layers: …", "for layer in list(model.layers)[:-1]: …", "the head was never frozen"),
    (
        f"for number, layer in {NUMBERED}: …",
        f"for number, layer in list({NUMBERED})[:-1]: …",
        "the head was never frozen",
    ),
    *((row, "for _ in range(2): …", "a network can be compiled twice") for row in COMPILED),
    (f"{FIRST}{LOSS}{METRICS})", f"{FIRST}{LOSS})", "the text asks for no metric"),
    (f"{SECOND}{LOSS}{METRICS})", f"{SECOND}{LOSS})", "the text asks for no metric"),
    (f"{SECOND}{LOSS}{METRICS})", f"{SECOND}{METRICS})", "Keras keeps the loss of the first compile"),
    (f"{PRODUCT}{LOSS})", f"{PRODUCT})", "Keras keeps the loss of the first compile"),
]
