"""Values to work out and questions to answer in words."""

from course_utils.exercises import ValuesExercise

choose = ValuesExercise(
    "choose-loss",
    points=2,
    title="Which loss where?",
    reference=lambda: {
        "flat_rent": "mse",
        "spam_or_not": "binary_crossentropy",
        "digit_as_number": "sparse_categorical_crossentropy",
        "flower_as_one_hot": "categorical_crossentropy",
        "tags_of_a_photo": "binary_crossentropy",
    },
)
choose.right("capital letters", flat_rent="MSE", spam_or_not="Binary_Crossentropy")
choose.right(
    "with a stray space", tags_of_a_photo=" binary_crossentropy", digit_as_number="sparse_categorical_crossentropy "
)
choose.wrong(
    "squared-for-spam",
    "Squared error hardly pushes a sigmoid that is sure and wrong: see the picture of section 3. Which loss does?",
    spam_or_not="mse",
)
choose.wrong(
    "digits-as-amounts",
    "With squared error, a 7 read as a 9 would be *a little* wrong and a 7 read as a 1 *very* wrong. "
    "Are digits amounts here, or names of classes?",
    digit_as_number="mse",
)
choose.wrong(
    "one-hot-mixed-up",
    "You have the two forms the wrong way round. *Sparse* means that the label is a single class number, "
    "not a row of zeros with a one.",
    digit_as_number="categorical_crossentropy",
    flower_as_one_hot="sparse_categorical_crossentropy",
)
choose.wrong(
    "one-hot-for-numbers",
    "The labels here are plain class numbers, such as 7. Which form of the loss takes them as they are?",
    digit_as_number="categorical_crossentropy",
)
choose.wrong(
    "tags-exclude-each-other",
    "A photo can be *beach* and *night* at once, but the shares of a softmax must sum to 1, so one tag would push out the others. "
    "How many yes-or-no questions are there?",
    tags_of_a_photo="categorical_crossentropy",
)
choose.wrong(
    "long-name",
    "The right loss, under its long name. Write it as in the last column of the table, so that it can be compared.",
    flat_rent="mean_squared_error",
)
choose.wrong(
    "rent-as-classes",
    "A rent is an amount: 701 euros is nearly right when 700 is true. Which loss measures how *far* off a number is?",
    flat_rent="sparse_categorical_crossentropy",
)
choose.wrong(
    "spam-as-many",
    "Spam or not is one output with one probability. Which loss is made for two classes?",
    spam_or_not="categorical_crossentropy",
)
