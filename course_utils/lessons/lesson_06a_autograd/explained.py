"""Why the solutions of this lesson are as they are, and which other way is worth a look."""

from course_utils.exercises import Explained

EXPLAINED = {
    "value": Explained(
        "A result remembers its parents and the local slope to each. For a sum both are 1, for a product each factor's slope is the other factor. Nothing else is needed to go back.",
    ),
    "back-order": Explained(
        "A value may send its gradient on only when all who used it have sent theirs. Visiting the parents before writing oneself down gives an order with parents first; turned round, it is the order of the way back.",
        variant="when all who wait for it have had their turn",
        way="Count for each value how many wait to send it something, and take it when none is left. This needs no recursion, so a very long chain cannot exhaust Python's stack.",
    ),
    "backward": Explained(
        "The gradient of the last value by itself is 1. In the order of the way back, each value gives every parent its own gradient times the local slope. It is *added*, because a parent may have been used more than once.",
        variant="way by way, with the slopes multiplied on the way",
        way="The chain rule as it is written in books: one product for each way from the end to a number, all added. It is right and slow, since the number of ways can double at every step.",
    ),
    "tanh": Explained(
        "A new operation says its result and its local slope, and the rest works by itself. The slope of tanh is 1 − t², with the result t that has just been computed.",
    ),
    "train": Explained(
        "Each step builds the graph anew from the parameters as they are, goes back, and moves every parameter against its gradient. The loss is written down before the move.",
    ),
    "tape-gradients": Explained(
        "The tape writes down what happens to what it watches, and goes back through it as `backward` does. Constants must be watched by name; variables are watched by themselves.",
    ),
}
