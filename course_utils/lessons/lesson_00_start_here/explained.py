"""Why the solutions of this lesson are as they are, and which other way is worth a look."""

from course_utils.exercises import Explained

EXPLAINED = {
    "first-number": Explained(
        "A cell gives a name to a value, and the check looks that name up. The name must be spelt as in the text; what stands on the right is worked out first and then kept under it.",
    ),
    "twice-plus-one": Explained(
        "A function says how its result follows from `x`, whatever `x` is. `return` hands the result back; a value that is only printed is gone when the function ends.",
        variant="with NumPy",
        way="These two functions do the same to every number of an array at once, which is what all later lessons do.",
    ),
}
