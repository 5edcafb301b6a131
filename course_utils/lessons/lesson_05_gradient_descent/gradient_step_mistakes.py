"""One step downhill: mistakes in what is multiplied by what, and in what comes back."""

from .gradient_step import step

ALL = "w + (-learning_rate) * gradient"
RATE = "(-learning_rate)"
MOVE = "(-learning_rate) * gradient"

for name, hint, right, wrong in (
    (
        "gradient-unused",
        "The gradient is not in your step: all weights move by the learning rate. How far and which way does each slope send its weight?",
        MOVE,
        "(-learning_rate)",
    ),
    (
        "slope-of-the-square",
        "The gradient is not in your step: in its place stands 2 w, the slope of w² alone. The slopes come as the second "
        "argument, whatever the loss is.",
        "* gradient",
        "* 2 * w",
    ),
    (
        "weights-for-the-gradient",
        "The gradient is not in your step: you multiply the learning rate by the weights. Which argument holds the slopes?",
        "* gradient",
        "* w",
    ),
    (
        "divided-by-the-gradient",
        "You divide by the gradient, so on flat ground the step is huge. Where the slope is small the step should be small.",
        ALL,
        "w - learning_rate / gradient",
    ),
    (
        "squared-gradient",
        "You square the gradient, so its sign is lost. The rule takes the slope as it is.",
        "* gradient",
        "* gradient**2",
    ),
    ("half-a-step", "Your step is half as long as the rule says. What do you divide by?", RATE, "(-learning_rate / 2)"),
    (
        "double-step",
        "Your step is twice as long as the rule says. Where does the 2 come from?",
        RATE,
        "(-2 * learning_rate)",
    ),
    (
        "sum-of-the-gradient",
        "All weights take the same step, that of the summed slopes. Each weight has a slope of its own.",
        MOVE,
        "(-learning_rate) * np.sum(gradient)",
    ),
    (
        "never-below-zero",
        "Weights below 0 became 0. A weight may be negative: is there a ReLU, or a `max`, too many?",
        ALL,
        "np.maximum(0, w - learning_rate * gradient)",
    ),
    (
        "weights-in-the-step",
        "The weights themselves are in your step as well. How far to go depends on the slope and the learning rate only.",
        MOVE,
        "(-learning_rate) * (gradient + w)",
    ),
    (
        "weights-shrink",
        "The learning rate multiplies the weights, and the gradient is taken whole. Which of the two should be made smaller?",
        ALL,
        "w * (1 - learning_rate) - gradient",
    ),
    (
        "other-way-round",
        "Every sign is the other way round: you take the weights away from the step. From what do you take what?",
        ALL,
        "learning_rate * gradient - w",
    ),
    (
        "first-weight-only",
        "Only what stands first came back. All of them move: is an index too many?",
        ALL,
        "w[0] - learning_rate * gradient[0]",
    ),
    (
        "brackets-round-the-difference",
        "You take the learning rate away from the weights, and multiply by the gradient. Which two belong together first?",
        ALL,
        "(w - learning_rate) * gradient",
    ),
    (
        "weights-and-gradient",
        "You return two things. The exercise asks for the new weights alone.",
        ALL,
        "(w - learning_rate * gradient, gradient)",
    ),
    (
        "list",
        "The new weights stand in a list. Asked for is an array. Do you need a loop at all?",
        ALL,
        "[place - learning_rate * slope for place, slope in zip(w, gradient)]",
    ),
    ("weights-untouched", "The weights came back as they were. Where is the step?", MOVE, "0 * gradient"),
):
    step.slip(name, hint, right, wrong)
