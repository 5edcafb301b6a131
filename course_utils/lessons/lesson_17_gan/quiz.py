"""The quiz of lesson 17; the text before each question is the heading that answers it."""

from course_utils.exercises import Choice, Option
from course_utils.exercises.by_hand import QuizQuestion

QUIZ = (
    QuizQuestion(
        "Taking turns",
        Choice(
            "discriminator-at-001",
            "After 200 rounds the discriminator's loss is 0.01. What does that mean?",
            (
                Option(
                    "a",
                    "The training is a success, the loss is nearly 0",
                    "No. Only the discriminator has succeeded. It tells every forgery from the real data.",
                ),
                Option(
                    "b",
                    "The generator makes perfect samples",
                    "No. On perfect samples nobody could do better than toss a coin, and that costs 1.39.",
                ),
                Option(
                    "c",
                    "The forger has lost touch",
                    "D is near 0 on all forgeries. A draw would be at 1.39.",
                ),
            ),
            "c",
        ),
    ),
    QuizQuestion(
        "Taking turns",
        Choice(
            "why-frozen",
            "Why is the discriminator frozen in the generator's turn?",
            (
                Option(
                    "a",
                    "Otherwise it would learn to be fooled",
                    "The generator's loss is small when D is near 1 on forgeries. A discriminator that goes down "
                    "this loss calls them real.",
                ),
                Option(
                    "b",
                    "So that no gradient passes through it",
                    "No. The gradient has to pass through it, or the generator would learn nothing. Only its weights "
                    "stay.",
                ),
                Option(
                    "c",
                    "To save time",
                    "It does save a little, but a training without freezing goes wrong, however fast.",
                ),
            ),
            "a",
        ),
    ),
    QuizQuestion(
        "Two losses for the forger",
        Choice(
            "two-slopes",
            "On all forgeries D = 0.001. How steep are the two losses of the generator, for the logit?",
            (
                Option(
                    "a",
                    "Both about −1",
                    "No. The saturating one has slope −D, and D is tiny.",
                ),
                Option(
                    "b",
                    "Saturating −0.001, the other −0.999",
                    "−D and D − 1. So the second one still learns.",
                ),
                Option(
                    "c",
                    "Saturating −1000, as ln is steep near 0",
                    "No. ln(1 − D) is near ln 1 there, where the logarithm is not steep, and the sigmoid before it "
                    "is almost level.",
                ),
            ),
            "b",
        ),
    ),
    QuizQuestion(
        "Mode collapse",
        Choice(
            "always-the-same-face",
            "A GAN for faces draws wonderful faces, all of the same woman. What is it, and who notices?",
            (
                Option(
                    "a",
                    "Overfitting; the validation loss notices",
                    "No. She need not be in the training data at all, and a GAN has no validation loss that says how "
                    "good it is.",
                ),
                Option(
                    "b",
                    "Mode collapse; the generator's loss notices",
                    "Half right. It is mode collapse, but the loss can be low, because each single face passes.",
                ),
                Option(
                    "c",
                    "Mode collapse; you notice when you count or compare samples",
                    "Or a discriminator that sees several samples at once.",
                ),
            ),
            "c",
        ),
    ),
)
