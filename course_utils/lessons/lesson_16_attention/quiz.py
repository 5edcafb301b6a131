"""The quiz of lesson 16; the text before each question is the heading that answers it."""

from course_utils.exercises import Choice, Option
from course_utils.exercises.by_hand import QuizQuestion

QUIZ = (
    QuizQuestion(
        "Mix the values, and hide some",
        Choice(
            "ten-equal-scores",
            "A query has the same score with all ten keys. What is its answer?",
            (
                Option(
                    "a",
                    "The first value",
                    "No. Softmax has no favourite among equal scores.",
                ),
                Option(
                    "b",
                    "The mean of all ten values",
                    "Ten equal scores make ten shares of 0.1.",
                ),
                Option(
                    "c",
                    "Zero, because nothing stands out",
                    "No. The shares always sum to 1, so something is always mixed.",
                ),
            ),
            "b",
        ),
    ),
    QuizQuestion(
        "No look into the future",
        Choice(
            "loss-near-zero",
            "A language model has a training loss near 0 after a few steps, and writes nonsense. What do you look at "
            "first?",
            (
                Option(
                    "a",
                    "The learning rate",
                    "No. A wrong rate makes a loss that jumps or creeps, hardly one that is too good.",
                ),
                Option(
                    "b",
                    "The number of heads",
                    "No. More or fewer heads do not let the answer through.",
                ),
                Option(
                    "c",
                    "The causal mask",
                    "If the next word can be seen, it need not be predicted. Change a late word and see whether "
                    "early outputs move.",
                ),
            ),
            "c",
        ),
    ),
    QuizQuestion(
        "Where am I?",
        Choice(
            "why-positions",
            "Why does a transformer add positions to the words?",
            (
                Option(
                    "a",
                    "Because without them the order of the words makes no difference to attention",
                    "You shuffled the words, and each kept its answer.",
                ),
                Option(
                    "b",
                    "Because words are too short otherwise",
                    "No. The positions are added to the numbers; they do not make more of them.",
                ),
                Option(
                    "c",
                    "Because softmax needs numbers between −1 and 1",
                    "No. Softmax takes any numbers.",
                ),
            ),
            "a",
        ),
    ),
    QuizQuestion(
        "Several heads",
        Choice(
            "two-heads",
            "Two heads of 4 numbers instead of one head of 8. What changes?",
            (
                Option(
                    "a",
                    "Twice as many weights",
                    "No. The heads share the numbers; 256 kernel weights in both cases.",
                ),
                Option(
                    "b",
                    "A word can look at two things at once",
                    "Each head has a softmax, and so a choice, of its own.",
                ),
                Option(
                    "c",
                    "Sentences may be twice as long",
                    "No. The length is in none of the shapes.",
                ),
            ),
            "b",
        ),
    ),
    QuizQuestion(
        "A network that writes names",
        Choice(
            "the-same-name",
            "A model writes the same name again and again. Which of these is a likely reason?",
            (
                Option(
                    "a",
                    "The temperature is very high",
                    "No. Then the shares are nearly equal, and the names are mere noise.",
                ),
                Option(
                    "b",
                    "It never draws the end",
                    "No. That makes names too long, not alike.",
                ),
                Option(
                    "c",
                    "The temperature is very low",
                    "Then the likeliest letter gets nearly the whole share, at every step.",
                ),
            ),
            "c",
        ),
    ),
    QuizQuestion(
        "Which network for which task?",
        Choice(
            "few-photographs",
            "You have 300 photographs of leaves, and want to tell ill from healthy ones. Where do you begin?",
            (
                Option(
                    "a",
                    "A CNN, best one that was trained on other images before",
                    "It knows that neighbours belong together, and lesson 18 shows how to start from a trained one.",
                ),
                Option(
                    "b",
                    "A transformer; it is the newest",
                    "No. It assumes the least of its input, and has to learn from data what a CNN knows from the "
                    "start. 300 examples are few for that.",
                ),
                Option(
                    "c",
                    "An LSTM that reads the pixels one by one",
                    "No. Neighbours above and below would be hundreds of steps apart.",
                ),
                Option(
                    "d",
                    "A GAN",
                    "No. It makes new images. The task is to judge given ones.",
                ),
            ),
            "a",
        ),
    ),
)
