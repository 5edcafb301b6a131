"""Why the solutions of this lesson are as they are, and which other way is worth a look."""

from course_utils.exercises import Explained

EXPLAINED = {
    "log-uniform": Explained(
        "From low to high is a factor, and u of the way is that factor to the power u. So every power of ten between them gets the same share of the draws.",
        variant="exp of a mix of logs",
        way="Mix the logarithms evenly, then go back. It shows what *evenly on a log scale* means.",
    ),
    "random-configs": Explained(
        "One generator with the seed, and a new draw for each setting. The rate is drawn on a log scale, since 0.001 and 0.002 differ as much as 0.1 and 0.2.",
    ),
    "halving": Explained(
        "Train all a little, keep the better half, train those twice as long. Bad settings cost little that way. What is spent is the length of a round times those who run in it.",
    ),
    "search-space": Explained(
        "Each setting is asked on its own scale: a rate on a log scale, a number of layers as a whole number, widths from a list. The names are how the study tells them apart.",
    ),
    "mean-error": Explained(
        "The standard error is the spread of single results over the root of how many there are. The spread divides by n − 1, because the mean was taken from the same numbers. Four times as many seeds halve the error.",
    ),
    "really-better": Explained(
        "Differences of pairs with the same seed and split take away what both have in common. A lead counts when it is larger than two standard errors; else nobody can be sure.",
        variant="both ends of the interval",
        way="Two standard errors to both sides make an interval. If it lies above 0 A is better, if below B; if it holds 0, you cannot be sure.",
    ),
    "choose-report": Explained(
        "The validation part chooses, the test part reports: one place, two lists. Whoever takes the best of the test numbers reports luck.",
    ),
}
