"""Whether `fit` got the epochs and the batches that a text asks for, by what a model remembers of its training."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..answer import plain
from .networks import steps_of

DIGITS = (8000, 60000)  # of the lessons; all of MNIST with FULL_DATA
KEPT_PERCENT = range(0, 31, 5)  # what `validation_split` may keep back where the text asks for no validation
GUESSING = 2.2  # a loss hardly below that of ten equal shares
BATCHES, EPOCHS = "batches", "epochs"
PLACES = (
    "The third place in `fit` is that of the batch size and the fourth that of the epochs, and yours stand the other "
    "way round. Name both: `epochs=…, batch_size=…`."
)
SCALED_AGAIN = (
    "The images are prepared already, from 0 to 1, and you divide them by 255 again: your network learned from pixels "
    "that are nearly 0. Which line is one too many?"
)


def fitting(model: Any) -> dict[str, Any]:
    """For a drive: the record of the last call of `fit`, its steps an epoch, and all steps that the model has made."""
    past = getattr(model, "history", None)
    return {
        "history": {} if past is None else plain(past.history),
        "each": 0 if past is None else int((plain(getattr(past, "params", None)) or {}).get("steps") or 0),
        "steps": steps_of(model),
    }


def learned_from(there: tuple[float, float], here: tuple[float, float]) -> bool:
    """Whether a model learned from images of another scale, by its loss and accuracy there and on those prepared.

    One that was only trained too little, or not well, is no better there.

    >>> learned_from(there=(0.5, 0.95), here=(1.9, 0.93)), learned_from(there=(2.3, 0.85), here=(0.5, 0.85))
    (True, False)
    """
    return there[0] < min(0.8 * here[0], GUESSING) and there[1] > 0.3


def steps_each(digits: int, batch_size: int = 32, kept_percent: int = 0) -> int:
    """How many steps an epoch has.

    >>> steps_each(8000), steps_each(8000, kept_percent=20)
    (250, 200)
    """
    return -(-(digits * (100 - kept_percent) // 100) // batch_size)


def places_swapped(steps: int, rows: int, epochs: int, batch_size: int = 32) -> bool:
    """Whether so many steps are `batch_size` epochs in batches of `epochs` rows, where the text asks for the reverse.

    >>> places_swapped(steps=32 * 106, rows=528, epochs=5), places_swapped(steps=5 * 17, rows=528, epochs=5)
    (True, False)
    """
    return epochs != batch_size and steps == batch_size * -(-rows // epochs)


def in_batches_of(seen: Mapping[str, Any], batch_size: int) -> bool:
    """Whether the epochs of the last `fit` had the steps of all digits in such batches.

    >>> in_batches_of({"each": 1600}, 5), in_batches_of({"each": 250}, 5)
    (True, False)
    """
    return any(seen["each"] == steps_each(digits, batch_size, kept) for digits in DIGITS for kept in KEPT_PERCENT)


def fit_finding(seen: Mapping[str, Any], epochs: int, batch_size: int = 32) -> tuple[str, str]:
    """What differs from so many epochs of all digits in such batches, with a sentence on it; ("", "") if nothing does.

    Two calls of `fit` may share the epochs. Of a model that was loaded, which has no history, only the steps are known.
    """
    history, each, steps = seen["history"], seen["each"], seen["steps"]
    kept = KEPT_PERCENT if "val_loss" in history or not history else (0,)
    right = {steps_each(digits, batch_size, percent) for digits in DIGITS for percent in kept}
    if each and each not in right:
        usual = " and ".join(f"{steps_each(n, batch_size)} with {n} digits" for n in DIGITS)
        return BATCHES, f"the epochs of the last `fit` had {each} steps; in batches of {batch_size} it is {usual}"
    wanted = sorted(epochs * n for n in ([each] if each else right))
    if len(history.get("loss", ())) > epochs or steps not in wanted:
        asked = f"{epochs} epochs are {wanted[0]}" if each else f"{epochs} epochs are asked for"
        return EPOCHS, f"the model made {steps} steps of training in all; {asked}"
    return "", ""
