"""One step of an LSTM: the units counted in the wrong place, and a sum cut along the wrong axis."""

from .lstm_step import lstm_step

SLICES = "a slice for each gate"

for _name, _hint, _units in (
    (
        "units-counted-in-the-sequences",
        "You take the number of sequences for the number of units. Which axis of h counts the units?",
        "len(h)",
    ),
    (
        "units-counted-in-the-word",
        "You take the length of a word for the number of units. In which array does F stand by itself?",
        "x.shape[1]",
    ),
    (
        "all-four-for-one",
        "4F numbers stand side by side, and you take all of them for one gate. How long is one of the four parts?",
        "len(bias)",
    ),
):
    lstm_step.slip(_name, _hint, "h.shape[1]", _units, of=SLICES)

lstm_step.slip(
    "cut-along-the-sequences",
    "You cut the sums along their first axis, and that counts the sequences. Along which axis do the 4F numbers stand?",
    ", 4, axis=-1)",
    ", 4)",
    of="the formulas",
)
