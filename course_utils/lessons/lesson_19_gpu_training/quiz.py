"""The quiz of lesson 19; the text before each question is the heading that answers it."""

from course_utils.exercises import Choice, Option
from course_utils.exercises.by_hand import QuizQuestion

QUIZ = (
    QuizQuestion(
        "What a GPU changes",
        Choice(
            "faster-gpu",
            "A step takes 6 ms to load and 6 ms to train. You buy a GPU that trains 100 times as fast, and use no "
            "prefetch. Your training becomes",
            (
                Option(
                    "a",
                    "about 100 times as fast",
                    "No. Only the 6 ms of training shrink. The 6 ms of loading stay as they are.",
                ),
                Option(
                    "b",
                    "not quite twice as fast",
                    "12 ms become 6 + 0.06 ms, a speed-up of 1.98. A better pipeline is the next thing to look at.",
                ),
                Option(
                    "c",
                    "about 50 times as fast",
                    "No. That would be the mean of the two speed-ups, but times are added, not speeds.",
                ),
            ),
            "b",
        ),
    ),
    QuizQuestion(
        "Larger batches",
        Choice(
            "larger-batches",
            "You go from batches of 32 to batches of 256 and change nothing else. After the same number of epochs "
            "the network is worse. Why?",
            (
                Option(
                    "a",
                    "Gradients of large batches are less exact",
                    "No. A mean over more samples is more exact. There are just fewer steps.",
                ),
                Option(
                    "b",
                    "The GPU rounds more coarsely",
                    "No. The type of the numbers decides on rounding, not the size of the batch.",
                ),
                Option(
                    "c",
                    "It has made an eighth of the steps",
                    "The same length of step, eight times fewer of them. Try a learning rate eight times as large.",
                ),
            ),
            "c",
        ),
    ),
    QuizQuestion(
        "One recipe instead of many calls",
        Choice(
            "where-cache",
            "Where does `cache()` belong?",
            (
                Option(
                    "a",
                    "Behind everything that is slow and always the same, before everything random",
                    "Reading and scaling give the same in each epoch. Shuffling and random changes of images should "
                    "not.",
                ),
                Option(
                    "b",
                    "Behind shuffle, so that the mixing is done only once",
                    "No. Then every epoch has the same order, and mixing was to prevent just that.",
                ),
                Option(
                    "c",
                    "At the very end, behind prefetch",
                    "No. Then it keeps the finished batches, with the order of the first epoch.",
                ),
            ),
            "a",
        ),
    ),
    QuizQuestion(
        "Sixteen bits",
        Choice(
            "why-loss-scaling",
            "What is loss scaling good for?",
            (
                Option(
                    "a",
                    "It makes the loss smaller",
                    "No. It makes it larger for a moment, and the gradients with it. The step is divided by the same "
                    "factor.",
                ),
                Option(
                    "b",
                    "It lifts small gradients over the smallest number of float16",
                    "What would become 0 survives, and is divided again in 32 bits.",
                ),
                Option(
                    "c",
                    "It replaces a larger learning rate",
                    "No. The factor is taken out again before the step. With exact numbers nothing would change at "
                    "all.",
                ),
            ),
            "b",
        ),
    ),
    QuizQuestion(
        "Sixteen bits",
        Choice(
            "bfloat16",
            "Why does `mixed_bfloat16` need no loss scaling?",
            (
                Option(
                    "a",
                    "It is more exact than float16",
                    "No. It has 7 bits of fraction instead of 10, so it is coarser.",
                ),
                Option(
                    "b",
                    "Its weights are in float32",
                    "No. That is true of both policies. The question is about gradients on their way back.",
                ),
                Option(
                    "c",
                    "It has the 8 bits of exponent of float32",
                    "Its numbers are coarse, but they may be as small as in float32.",
                ),
            ),
            "c",
        ),
    ),
)
