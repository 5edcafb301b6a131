"""The sizes of one network written into `pack`, which is asked for others too."""

from .pack import FOR_WINE_ONLY
from .pack_mistakes import pack

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
