"""What is wrong with the batches of an epoch, if anything: their form, their samples, their order."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from course_utils.exercises.compare import family

SHUFFLE_SHOWS = 10  # so many samples hardly ever come out of a shuffle in their old order
Found = tuple[str, str]  # a name for what is wrong, and a sentence about it
RIGHT: Found = ("", "")


def diagnose(seen: dict[str, Any], x: np.ndarray, y: np.ndarray, size: int, seed: int = 0) -> Found:
    """The first thing that is wrong with what came for one seed, twice, and for other seeds."""
    if seen["changed"]:
        return (
            f"changed {' and '.join(seen['changed'])}",
            "x or y itself was changed; the caller still needs it as it was",
        )
    epochs = [seen["batches"], seen["again"], *seen["other seeds"]]
    for batches in epochs:
        if (found := _one_epoch(batches, x, y, size)) != RIGHT:
            return found
    return _shuffled([_places(batches, x) for batches in epochs], size)


def _one_epoch(batches: Any, x: np.ndarray, y: np.ndarray, size: int) -> Found:
    if (found := _form(batches, x, y)) != RIGHT:
        return found
    sizes = [len(yb) for _, yb in batches]
    if (found := _sizes(sizes, len(x), size)) != RIGHT:
        blocks = np.split(_places(batches, x), np.cumsum(sizes)[:-1])
        return ("whole batches", found[1]) if _whole(blocks, len(x), size) else found
    places = _places(batches, x)
    if -1 in places:
        return "strangers", "there are rows in the batches that are not in x"
    if len(set(places)) < len(x):
        return "repeats", f"{len(x) - len(set(places))} of the {len(x)} samples never come, and others come twice"
    if not np.array_equal(y[places], np.concatenate([yb for _, yb in batches])):
        return "parted", "some samples have the label of another sample"
    return RIGHT


def _form(batches: Any, x: np.ndarray, y: np.ndarray) -> Found:
    if family(batches) != "a list or tuple":
        return "generator" if family(
            batches
        ) == "a generator" else "no list", f"it should be a list of batches, but is {family(batches)}"
    if len(batches) == 2 and _arrays_like(batches[0], x) and _arrays_like(batches[1], y):
        return "two lists", "all the batches of x come in one list, and those of y in another"
    if len(batches) == 2 and _is_like(batches[0], x) and _is_like(batches[1], y):
        return "not cut", "x and y come whole: they were not cut into batches"
    if len(batches) and _arrays_like(batches, x):
        return "no labels", "the batches hold rows of x only: the labels are missing"
    if not all(map(_is_pair, batches)):
        return "no pairs", "each batch should be a pair of NumPy arrays: some rows of x, and their labels from y"
    if len(batches) and all(_is_like(first, y) and _is_like(second, x) for first, second in batches):
        return "labels first", "in each pair the labels come first; the rows of x should"
    if any(not _is_like(xb, x) or not _is_like(yb, y) or len(xb) != len(yb) for xb, yb in batches):
        return "shapes", "in a batch, the rows of x and the labels do not have the shapes that they should have"
    return RIGHT


def _sizes(sizes: list[int], count: int, size: int) -> Found:
    full, rest = divmod(count, size)
    wanted = [size] * full + [rest] * bool(rest)
    if sizes == wanted:
        return RIGHT
    if sizes == wanted[:1]:
        return "only the first", f"there should be {len(wanted)} batches, but there is only one"
    told = f"the batches should have the sizes {wanted}, but have {sizes}"
    names = {
        "rest left out": sizes == [size] * full,
        "size as count": len(sizes) == size and sum(sizes) == count,
        "spread evenly": len(sizes) == len(wanted) and sum(sizes) == count and max(sizes) - min(sizes) <= 1,
        "one too many": sizes[:1] == [size + 1],
        "one too few": sizes[:1] == [size - 1],
        "last one full": rest and sizes == [size] * (full + 1),
        "at every sample": len(sizes) == count and sizes[:full] == wanted[:full],
    }
    return next((name for name, holds in names.items() if holds), "sizes"), told


def _shuffled(orders: list[list[int]], size: int) -> Found:
    """What the orders tell: for one seed, for the same seed again, and for other seeds."""
    first, again, *others = orders
    if len(first) < SHUFFLE_SHOWS:
        return RIGHT
    different = [first, *others]
    if all(order == sorted(order) for order in different):
        return "old order", "the samples come in their old order: they were not shuffled"
    if first != again:
        return "unsteady", "the same seed gives two different orders"
    if all(_is_a_shift(order) for order in different):
        return "only shifted", "from each sample to the next it is always the same distance: the order is not random"
    if 4 <= size <= len(first) // 3 and (found := _in_blocks(different, size)) != RIGHT:
        return found
    if any(order in different[:k] for k, order in enumerate(different)):
        return "same order", "two different seeds give the same order"
    return RIGHT


def _is_a_shift(order: list[int]) -> bool:
    return len(set(np.diff(order) % len(order))) == 1


def _whole(blocks: Sequence[np.ndarray], count: int, size: int) -> bool:
    """Whether the blocks are those of the old order, in another order: the smaller one stands elsewhere than at the end."""
    if any(
        not len(block) or block[0] % size or list(block) != list(range(block[0], block[0] + len(block)))
        for block in blocks
    ):
        return False
    return sorted(int(place) for block in blocks for place in block) == list(range(count))


def _in_blocks(orders: list[list[int]], size: int) -> Found:
    batches = [[order[i : i + size] for i in range(0, len(order), size)] for order in orders]
    if all(batch == list(range(batch[0], batch[0] + len(batch))) for epoch in batches for batch in epoch):
        return "whole batches", "inside each batch the samples stand in their old order"
    if all(place // size == k for epoch in batches for k, batch in enumerate(epoch) for place in batch):
        return "inside batches", "each batch always holds the same samples, only in another order"
    return RIGHT


def _is_like(part: Any, whole: np.ndarray) -> bool:
    return isinstance(part, np.ndarray) and part.ndim == whole.ndim and part.shape[1:] == whole.shape[1:]


def _arrays_like(parts: Any, whole: np.ndarray) -> bool:
    return isinstance(parts, list | tuple) and all(_is_like(part, whole) for part in parts)


def _is_pair(batch: Any) -> bool:
    return (
        isinstance(batch, list | tuple)
        and len(batch) == 2
        and all(isinstance(part, np.ndarray) and part.ndim and part.dtype.kind in "fiu" for part in batch)
    )


def _places(batches: Sequence, x: np.ndarray) -> list[int]:
    """At which row of x each row of the batches stands; -1 for none."""
    flat = x.reshape(len(x), -1)
    found = [np.flatnonzero((flat == row.ravel()).all(axis=1)) for xb, _ in batches for row in xb]
    return [int(at[0]) if len(at) else -1 for at in found]
