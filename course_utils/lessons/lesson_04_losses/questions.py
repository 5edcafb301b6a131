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
choose.offer("mse", "binary_crossentropy", "categorical_crossentropy", "sparse_categorical_crossentropy")
choose.right("capital letters", flat_rent="MSE", spam_or_not="Binary_Crossentropy")
choose.right(
    "with a stray space", tags_of_a_photo=" binary_crossentropy", digit_as_number="sparse_categorical_crossentropy "
)
choose.wrong(
    "squared-for-spam",
    "Squared error hardly pushes a sigmoid that is sure and wrong: see the picture of section 4. Which loss does?",
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
choose.wrong(
    "spam-as-sparse",
    "Spam or not is one output with one probability. *Sparse* and *categorical* belong to a softmax with a share for each class.",
    spam_or_not="sparse_categorical_crossentropy",
)
choose.wrong(
    "rent-as-yes-or-no",
    "A rent is an amount, not a yes or no. Which loss measures how *far* off a number is?",
    flat_rent="binary_crossentropy",
)
choose.wrong(
    "rent-as-one-hot",
    "A rent is not one of a few classes. Which loss measures how *far* off an amount is?",
    flat_rent="categorical_crossentropy",
)
choose.wrong(
    "digit-as-yes-or-no",
    "Ten digits, and one of them is true: that is one choice among ten, not a yes or no. How is the label written?",
    digit_as_number="binary_crossentropy",
)
choose.wrong(
    "sparse-for-one-hot",
    "The label of a flower is a whole row, such as [0, 1, 0]. *Sparse* is the loss for a single class number.",
    flower_as_one_hot="sparse_categorical_crossentropy",
)
choose.wrong(
    "flower-as-yes-or-no",
    "A flower is exactly one of the three kinds, so its shares sum to 1. Which activation does that, and which loss goes with it?",
    flower_as_one_hot="binary_crossentropy",
)
choose.wrong(
    "flower-as-amount",
    "A flower is one of three kinds, not an amount. Which loss measures surprise at a one-hot label?",
    flower_as_one_hot="mse",
)
choose.wrong(
    "tags-as-numbers",
    "A label such as [1, 1, 0] is no class number, and two tags may apply at once. How many yes-or-no questions are there?",
    tags_of_a_photo="sparse_categorical_crossentropy",
)
choose.wrong(
    "tags-as-amounts",
    "Each tag applies or does not. Which loss pushes hard when a sigmoid is sure and wrong?",
    tags_of_a_photo="mse",
)
