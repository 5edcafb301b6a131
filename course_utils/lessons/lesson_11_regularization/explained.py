"""Why the solutions of this lesson are as they are, and which other way is worth a look."""

from course_utils.exercises import Explained

EXPLAINED = {
    "diagnose": Explained(
        "Both curves high and level: the network is too simple. Training loss near 0 and validation loss rising: learned by heart. Both still falling together: stopped too soon. Both low, close and level: it fits.",
    ),
    "dropout": Explained(
        "A neuron stays where its draw is at least the rate. Those that stay are divided by 1 − rate, so the sum stays the same on average. In use nobody is dropped, and nothing has to be corrected.",
        variant="np.where",
        way="Read it as a sentence: where the draw is below the rate 0, elsewhere the enlarged number.",
    ),
    "l2": Explained(
        "The penalty is the sum of all squared weights times a strength. The slope of w² is 2w, so each weight is pulled towards 0 the more, the larger it is.",
    ),
    "early-stopping": Explained(
        "Keep the number of the best epoch, and stop when it lies `patience` epochs back. Only a loss that is *lower* is better; an equal one uses up patience.",
    ),
    "batch-norm": Explained(
        "In training mean and variance are those of the batch, in use the stored ones; then both go through the same formula. In training each stored average keeps nine tenths of itself and takes a tenth of the batch's.",
        variant="a step towards the batch",
        way="0.9 · stored + 0.1 · batch is stored + 0.1 · (batch − stored): a step of a tenth of the way. Every running mean can be read so.",
    ),
    "shift": Explained(
        "A frame of zeros round the image makes room on each side; the window that is cut out decides the direction. A shift down means that the window begins higher in the frame. What leaves the image is gone, and zeros come in.",
    ),
    "build-regularized": Explained(
        "L2 belongs to the layer whose weights it makes small, Dropout is a layer of its own behind the hidden one. Behind the last layer it would drop answers.",
    ),
    "batch-norm-backward": Explained(
        "The slope goes back on three ways, for each x has moved the mean and the variance of its batch. What is taken away is the mean slope, for it would only shift all examples, and the part along the normalised x, for it would only stretch them. gamma and beta took part in every row, so their gradients are sums.",
        variant="way by way: straight on, through the variance, through the mean",
        way="The chain rule one way at a time: longer, and each line can be checked against a line of the way forward.",
    ),
}
