"""Why the solutions of this lesson are as they are, and which other way is worth a look."""

from course_utils.exercises import Explained

EXPLAINED = {
    "numerical-gradient": Explained(
        "Move one number a little up and a little down, leave the others, and divide the difference by the whole way, 2h. Each time a copy is moved, so the caller's numbers stay as they are. Both sides together are far more exact than one.",
        variant="a row of the identity matrix as the move",
        way="A row of the identity matrix is 1 at one place and 0 elsewhere: h times it is the move.",
    ),
    "gradient-step": Explained(
        "The gradient points uphill, so it is taken away. The rate says how much of it. A new array is returned; `w -= …` would change the caller's.",
    ),
    "learning-rates": Explained(
        "A curve that creeps has too small a rate, one that jumps from side to side too large a one, one that grows is beyond the limit. Where the slope grows by 4 for each 1, the rate 1/4 reaches the bottom in one jump, and 2/4 is the limit, at which each jump lands equally high on the other side.",
    ),
    "fit-line": Explained(
        "In each step the error of all points gives both slopes: the mean of error · x for w, the mean of the error for b, each times 2. Both are worked out before either weight moves; otherwise b would be corrected for a line that is not there any more.",
        variant="both weights in one array",
        way="A column of ones beside x makes b a weight like w, and both slopes one product.",
    ),
    "count-updates": Explained(
        "60,000 / 32 = 1,875 steps an epoch, five times that in all. 1,000 rows make 31 full batches of 32, and 8 rows are left for one more. With all rows in one batch there is one step an epoch.",
    ),
    "minibatches": Explained(
        "One order, drawn once, is used for `x` and for `y`, so every row keeps its label. Slices of `batch_size` follow one another, and the last one takes what is left.",
    ),
}
