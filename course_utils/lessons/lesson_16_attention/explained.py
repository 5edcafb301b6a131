"""Why the solutions of this lesson are as they are, and which other way is worth a look."""

from course_utils.exercises import Explained

EXPLAINED = {
    "attention-weights": Explained(
        "Every query meets every key in a product of tables; the root of the size keeps the scores from growing with it. Softmax along each row makes shares of them.",
    ),
    "attend": Explained(
        "Where the mask says no, the score becomes minus infinity, and its power 0: the share is exactly 0 and the others still sum to 1. Setting shares to 0 afterwards would leave rows that do not.",
        variant="a very low score, added",
        way="Adding −10⁹ does the same in numbers, and there is no infinity that could become nan in a row with nothing to see. Many libraries do it like this.",
    ),
    "causal-mask": Explained(
        "Row t may see the columns up to t: a lower triangle, the diagonal included.",
        variant="comparing positions",
        way="It says what is meant: the place of the reader is not before the place of what it reads.",
    ),
    "leaks": Explained(
        "Change only what comes from place t on. If an output before t moves, it has seen the future. A tiny tolerance allows for rounding.",
    ),
    "positions": Explained(
        "Each pair of columns is a sine and a cosine of one speed, from fast to slow. Together they give every place its own pattern, as the hands of a clock do.",
    ),
    "multi-head": Explained(
        "Every head has tables of its own, and attends by itself; its answers go through its output table, and the heads are added. `einsum` does all heads at once: h stays, what is summed over disappears.",
        variant="answers side by side, then one product",
        way="The heads' answers side by side, times the output tables one above the other, are the same sum.",
    ),
    "build-block": Explained(
        "Normalise, attend, add; normalise, two dense layers, add. The two sums are the shortcuts of lesson 15. The first dense layer is wide and bends, the second brings the size back.",
    ),
    "sample": Explained(
        "Dividing the scores by the temperature comes first: below 1 it sharpens, above 1 it evens out. Softmax makes shares, and the generator that was handed in draws by them.",
        variant="the largest after noise was added",
        way="Gumbel noise added to the scores, and the largest wins: each then wins as often as its share says. No softmax is needed.",
    ),
    "generate": Explained(
        "It begins with the sign for the end, as every name in training did. Each letter drawn is appended and read with the next ones, at most `context` of them. It ends when the end is drawn, or at the limit.",
    ),
}
