"""Why the solutions of this lesson are as they are, and which other way is worth a look."""

from course_utils.exercises import Explained

EXPLAINED = {
    "slide": Explained(
        "At each place the kernel covers a window of its own size; both are multiplied number by number and added up. The result has one place for each position at which the kernel fits: H − kh + 1.",
        variant="one shifted image for each number of the kernel",
        way="Nine shifted images, each times one number of the kernel, added up. It has fewer turns in Python, so it is faster, and it shows that a convolution is a weighted sum of shifted images.",
    ),
    "output-size": Explained(
        "The frame adds 2 · pad, and the window needs its own size for its first place. Every further stride that fits into what is left gives one more place; whole division drops the rest.",
    ),
    "conv-layer": Explained(
        "`sliding_window_view` shows all windows without copying; `[::stride]` takes every second of them. `einsum` then sums over the window and over the channels, for every filter. One bias for each filter.",
    ),
    "max-pool": Explained(
        "Cut off what does not fill a square, give each square two axes of its own, and take the largest along both. No loop is needed.",
        variant="the larger of shifted images",
        way="For squares of 2 four images, each with every second pixel: the largest of the four at each place.",
    ),
    "max-pool-backward": Explained(
        "A slope goes to the pixel that was the largest of its square, and 0 to the others. Both are blown up to the size of the image, and the comparison picks the pixel.",
    ),
    "kernel-gradient": Explained(
        "Each number of the kernel was used at every place, so it collects a share from each: the slope there times the pixel that it met. That is `dy`, slid over the image.",
        variant="number by number",
        way="This is exercise 1 with `dy` as the kernel: what slides forward slides back as well.",
    ),
    "count-parameters": Explained(
        "3 · 3 · 1 · 32 + 32, then 3 · 3 · 32 · 64 + 64: window · channels · filters, and a bias for each filter. How large the image is does not matter. What is left of it, 5 · 5 · 64 numbers, meets the dense layer of 64.",
    ),
    "build-cnn": Explained(
        "Convolution and pooling in turn: more filters, smaller maps. Flatten hands what is left to the dense layers of lesson 10.",
    ),
    "train-cnn": Explained(
        "Nothing new: the loop is that of lesson 10. The network sees patterns instead of single pixels, and gets further with the same digits.",
    ),
    "predict-by-hand": Explained(
        "The eight arrays are used in the order of the layers. ReLU and max pooling may change places, for the larger of two numbers stays the larger. After the last pooling rows are laid flat, in the order height, width, channel.",
    ),
    "image-gradient": Explained(
        "Each window gets back the kernel times the slope of its place, and a pixel adds up what all windows that read it send. The image was larger than `dy` by the kernel's size less 1.",
        variant="a frame round dy, and the turned kernel slides over it",
        way="Seen from a pixel: the slopes round it, with the kernel turned by half a turn. The way back of a convolution is a convolution.",
    ),
}
