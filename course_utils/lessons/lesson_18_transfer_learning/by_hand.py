"""Questions about lesson 18 that later lessons ask again."""

from course_utils.exercises.by_hand import ByHand, one_of, whole

from .questions import count

BY_HAND = (
    ByHand(
        count,
        "A frozen body hands {features} numbers to a new head for {classes} classes. How many parameters are trained?",
        lambda rng: {"features": one_of(rng, 10, 20, 50, 100), "classes": whole(rng, 2, 5)},
        lambda _, features, classes: (features + 1) * classes,  # the exercise itself has numbers of its own
        because="Only the head's: {features} weights and a bias for each of {classes} classes, {answer} together.",
        read="A new head on the old body",
    ),
)
