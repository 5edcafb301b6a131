"""Why the solutions of this lesson are as they are, and which other way is worth a look."""

from course_utils.exercises import Explained

EXPLAINED = {
    "sgd": Explained(
        "The rule of lesson 05 in a class: the rate is kept in `self`, and `step` returns new weights. It remembers nothing from step to step.",
        variant="in place, on a copy",
        way="`w -= …` saves a new array, which matters for millions of weights. On a copy it leaves the caller's alone.",
    ),
    "momentum": Explained(
        "The velocity keeps a part of itself and takes up the new push; w moves by the velocity. Pushes that agree add up, pushes that change sides cancel. It must be kept in `self`, or it would be forgotten.",
        variant="from the last two places",
        way="The velocity is the last move, so two places hold it. This is the *heavy ball* as Polyak wrote it: a step, and a part of the last move.",
    ),
    "rmsprop": Explained(
        "A running mean of the squares says how large this weight's slopes usually are. Dividing by its root makes steps of about the same length in steep and flat directions. Epsilon keeps 0 / 0 away.",
    ),
    "adam": Explained(
        "Two running means: of the slopes, for the direction, and of their squares, for the size. Both begin at 0 and are too small at first; dividing by 1 − β^t puts exactly that right. `self.m` and `self.v` stay uncorrected, because the next step builds on them.",
        variant="the correction in the rate, as Keras has it",
        way="The two corrections are one number for all weights, so it can go into the rate. It saves work, and puts epsilon beside another root.",
    ),
    "schedule": Explained(
        "Before the end of the warm-up the rate climbs in a straight line; after it, half a cosine wave leads down to 0. `min(…, 1)` holds it there when training goes on longer.",
        variant="by the square of the cosine of half the angle",
        way="(1 + cos a) / 2 is cos² (a / 2): the same curve without a sum.",
    ),
    "race": Explained(
        "The walls are steeper than before, so each rule has another limit. The rates of SGD and momentum are factors of the slope and must shrink with it; those of RMSprop and Adam are lengths of a step, and hardly care.",
    ),
    "nesterov": Explained(
        "The velocity is that of momentum. In the move the old velocity is already contained, because w is the place of the look; what is added is a part of the *new* velocity and the push.",
        variant="with the place of the ball itself",
        way="Step back from the look to the ball, move the ball as in exercise 2, look ahead again. Longer, and nearer to the idea.",
    ),
}
