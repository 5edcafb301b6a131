"""Why the solutions of this lesson are as they are, and which other way is worth a look."""

from course_utils.exercises import Explained

EXPLAINED = {
    "gradient-norms": Explained(
        "From the last layer to the first: the slope of the activation, then the turned kernel. The length is taken at each layer on the way. The list is turned round at the end, so that the first layer stands first.",
    ),
    "kernel-std": Explained(
        "Each layer should hand on signals as large as it got them. A sum of n products has n times the variance of one, so the variance is 1 over n; ReLU loses half of it, so He takes 2 over n.",
        variant="from the mean of both fans",
        way="Forward the number of inputs matters, backward that of outputs. Glorot takes the mean of both.",
    ),
    "residual": Explained(
        "The block adds what it has computed to what came in. If the layer has nothing to say, the input passes unchanged.",
    ),
    "residual-backward": Explained(
        "A sum sends the slope to both sides: straight on, as `dy`, and through the layer. So whatever the layer does, `dy` arrives whole. That is the cure of vanishing gradients.",
    ),
    "clip-by-norm": Explained(
        "One length over *all* gradients together, and one factor for all. So the direction stays, and only the length is cut.",
        variant="through one long vector",
        way="All gradients laid behind one another are one long vector, whose length is what is meant.",
    ),
    "layer-norm": Explained(
        "Mean and variance of each row, over its own features. So it needs no batch, does the same in training and in use, and works for a single example.",
    ),
    "choose-cure": Explained(
        "No gradient in the first layers: a way round, residual. A loss that jumps to nan: clip. Good in training only: dropout. Too slow: a faster device.",
    ),
}
