"""Choose a network for each task and a cure for each trouble; write the model card of your project."""

from course_utils.exercises import TextExercise, ValuesExercise

networks = ValuesExercise(
    "choose-network",
    points=2,
    title="Which network for which task?",
    reference=lambda: {
        "loan_from_a_form": "feedforward",
        "cracks_on_photos": "cnn",
        "pulse_on_a_watch": "lstm",
        "contracts_in_two_languages": "transformer",
        "faces_of_nobody": "gan",
    },
)
networks.offer("feedforward", "cnn", "lstm", "transformer", "gan")
networks.right(
    "capital letters",
    cracks_on_photos="CNN",
    pulse_on_a_watch="LSTM",
    faces_of_nobody="GAN",
    loan_from_a_form="Feedforward",
)
networks.right("with a stray space", contracts_in_two_languages=" Transformer", faces_of_nobody="gan ")
networks.wrong(
    "cnn-for-a-table",
    "A form has columns, not neighbours: age beside income means no more than age beside postcode. "
    "What would a window that slides over it find?",
    loan_from_a_form="cnn",
)
networks.wrong(
    "flat-photos",
    "A feedforward network sees 784 or a million separate pixels (lesson 10: shift the digit). A crack may be "
    "anywhere on the photo. Which network looks for the same shape everywhere?",
    cracks_on_photos="feedforward",
)
networks.wrong(
    "transformer-on-a-watch",
    "Attention compares every moment with every other and keeps them all. The watch has little memory "
    "and gets one number a second. Which network carries a state of fixed size?",
    pulse_on_a_watch="transformer",
)
networks.wrong(
    "lstm-for-long-texts",
    "An LSTM must carry a word on page 1 through every word up to page 9. Which network looks at both at once?",
    contracts_in_two_languages="lstm",
)
networks.wrong(
    "classifier-for-making",
    "A CNN by itself tells what is on a picture. Here new pictures are to be made. "
    "Which of the five is a contest between a maker and a judge?",
    faces_of_nobody="cnn",
)

cures = ValuesExercise(
    "choose-cures",
    points=2,
    title="Which cure for which trouble?",
    reference=lambda: {
        "deep_sigmoids": "relu and residual",
        "train_99_validation_81": "regularization",
        "train_62_validation_61": "larger network",
        "loss_is_nan": "smaller learning rate",
        "two_hundred_photos": "pretrained network",
        "hour_per_epoch": "gpu",
    },
)
cures.offer(
    "relu and residual", "regularization", "larger network", "smaller learning rate", "pretrained network", "gpu"
)
cures.right("capital letters", hour_per_epoch="GPU", deep_sigmoids="ReLU and residual")
cures.right("with a stray space", loss_is_nan="smaller learning rate ", two_hundred_photos=" Pretrained network")
cures.wrong(
    "more-layers-for-vanishing",
    "The first layers learn nothing because the gradient has become almost 0 on its way back "
    "through thirty layers. Does a larger network make that way shorter?",
    deep_sigmoids="larger network",
)
cures.wrong(
    "rate-for-vanishing",
    "A smaller step makes steps of almost 0 smaller still. What lets the gradient pass (lesson 15)?",
    deep_sigmoids="smaller learning rate",
)
cures.wrong(
    "larger-for-overfitting",
    "99 % on the training rows: this network learns by heart already. What would a larger one do?",
    train_99_validation_81="larger network",
)
cures.wrong(
    "regularize-an-underfitter",
    "The two figures lie 1 % apart, so nothing was learned by heart, and both are low. "
    "Regularization holds a network back; does this one need that?",
    train_62_validation_61="regularization",
)
cures.wrong(
    "gpu-for-nan", "A faster computer arrives at nan sooner. Which number says how long a step is?", loss_is_nan="gpu"
)
cures.wrong(
    "larger-for-few-photos",
    "200 photos cannot settle a million weights. Who has already learned edges and shapes from millions?",
    two_hundred_photos="larger network",
)
cures.wrong(
    "regularize-few-photos",
    "Regularization helps a little, but 200 photos stay 200. Which cure brings along what was learned from "
    "millions of others?",
    two_hundred_photos="regularization",
)
cures.wrong(
    "rate-for-time",
    "The loss falls as it should; only the clock is the trouble. Smaller steps would need more epochs.",
    hour_per_epoch="smaller learning rate",
)

model_card = TextExercise(
    "model-card",
    points=4,
    title="The model card of your project",
    rubric="""
1 point, use: says what the model is for, who should use it, and at least one use for which it is not meant.
1 point, data: where the rows come from, how many were used for training and how many for the exam, and who is missing in them.
1 point, quality: quotes the score on unseen rows of this run beside the blind guess, and says what an error costs whom.
1 point, operation: at least one weakness or risk that was looked at (a figure, a class that is confused, a break-it test) and
how one would notice in use that the model has become worse.
""",
)
