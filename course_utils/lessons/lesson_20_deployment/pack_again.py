"""`pack` is asked for more than one network: sizes written in, and arguments that are left changed."""

from .pack import FOR_WINE_ONLY
from .pack_mistakes import pack, packs

pack.slip(
    "sizes-written-in",
    (
        "`pack` makes a network of the sizes of the wines, 13-16-3, and stops with an error where one of them is another: "
        "there are sizes that are written in as numbers. Which of the arrays that `pack` is given knows each of them?"
    ),
    "len(weights[1])",
    "16",
    when=lambda seen, *_: seen == FOR_WINE_ONLY,
)

pack.slip(
    "scaling-changed-in-place",
    "`pack` writes into the `mean` or the `std` that it was given, so a second network that is packed with them gets other "
    "numbers. `-mean / std` makes a new array; `/=` and `**=` write into the old one.",
    "    model = keras.Sequential([\n        keras.Input((len(mean),)),\n        keras.layers.Rescaling(scale=(1 / std).tolist(), "
    "offset=(-mean / std).tolist()),\n",
    "    std **= -1\n    mean *= -std\n    model = keras.Sequential([\n        keras.Input((len(mean),)),\n"
    "        keras.layers.Rescaling(scale=std.tolist(), offset=mean.tolist()),\n",
    when=packs(lambda seen, *_: not seen["scaling kept"]),
)
