"""Changes of an answer that is a plain value: the numbers and words that lie next to the right one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np


def other_values(value: Any) -> Iterator[tuple[str, Any]]:
    """Wrong values beside the right one, and what was done to it.

    >>> [name for name, _ in other_values(3)]
    ['one more', 'one less', 'doubled', 'negated']
    """
    match value:
        case bool() | np.bool_():
            yield "the opposite", not value
        case int() | np.integer():
            yield from [("one more", value + 1), ("one less", value - 1)]
            if value:
                yield from [("doubled", 2 * value), ("negated", -value)]
        case float() | np.floating():
            yield from [("a tenth more", value * 1.1 + 0.01 * (value == 0)), ("one more", value + 1)]
            if value:
                yield from [("negated", -value), ("halved", value / 2)]
        case str():
            yield from [("another word", f"not {value}"), ("nothing", "")]
        case list() | tuple() | np.ndarray() if len(value):
            items = list(value)
            yield "without the last", type(value)(items[:-1]) if not isinstance(value, np.ndarray) else value[:-1]
            for i, item in enumerate(items):
                for name, other in other_values(item.item() if isinstance(item, np.generic) else item):
                    changed = [*items[:i], other, *items[i + 1 :]]
                    yield (
                        f"item {i}: {name}",
                        np.array(changed) if isinstance(value, np.ndarray) else type(value)(changed),
                    )
        case dict():
            for key, item in value.items():
                for name, other in other_values(item):
                    yield f"{key}: {name}", value | {key: other}
