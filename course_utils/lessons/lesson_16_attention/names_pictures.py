"""Pictures of names: which letter follows which, and what a temperature does to the next letter and to whole names."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np

from course_utils.plots import PALETTE, Picture, bars, figure

from .draws import softmax

SIGNS = [
    "end",
    *"abcdefghijklmnopqrstuvwxyz",
]  # the signs of the numbers 0 to 26; as the first of a pair, 0 is the start


def pair_map(shares: np.ndarray) -> Picture:
    """Which letter follows which: a row for each letter, and a cell for the share of each that follows.

    Shapes: shares (27, 27), row i is what comes after number i

    >>> shares = np.eye(27)[::-1]
    >>> _, text = pair_map(shares)
    >>> text.startswith("Shares of the next letter, a row for each letter before it. After the start most often z")
    True
    """
    made, axes = figure(1, 1, (7.5, 6.6))
    axes.imshow(np.asarray(shares, float), cmap="cividis", vmin=0, vmax=0.35)
    axes.grid(False)
    axes.set_xticks(range(27), SIGNS, fontsize=9)
    axes.set_yticks(range(27), ["start", *SIGNS[1:]], fontsize=9)
    axes.set(xlabel="next", ylabel="letter before", title="which letter follows which: dark never, bright often")
    likeliest = [
        f"{name} most often {SIGNS[int(np.argmax(shares[n]))]}" for name, n in (("the start", 0), ("q", 17), ("a", 1))
    ]
    return Picture(
        made, f"Shares of the next letter, a row for each letter before it. After {', after '.join(likeliest)}."
    )


def names_at(
    logits: np.ndarray, temperature: float, names: Sequence[str], known: Collection[str], begin: str
) -> Picture:
    """The shares of the letter after `begin` at one temperature, and names written at it; an asterisk marks known ones.

    Shapes: logits (27,)

    >>> logits = np.where(np.arange(27) < 2, 1.0, -np.inf)
    >>> _, text = names_at(logits, 0.5, ["anna", "aan"], {"anna"}, "ma")
    >>> print(text)
    Temperature 0.5. Shares of the next letter after "ma": end 0.50, a 0.50. Names written: anna*, aan. 1 of 2, with an
    asterisk, stands in the training data.
    """
    shares, usual = softmax(logits / temperature), softmax(logits)
    made, axes = figure(1, 2, (11, 3.6), gridspec_kw={"width_ratios": [2.2, 1]})
    axes[0].bar(range(27), shares, **bars(0), label=f"temperature {temperature:.1f}")
    axes[0].step(
        np.arange(28) - 0.5, [*usual, usual[-1]], where="post", color=PALETTE[1], label="as the network gives them"
    )
    axes[0].set_xticks(range(27), SIGNS, fontsize=9)
    axes[0].set(
        ylim=(0, 1), xlabel=f'next letter after "{begin}"', ylabel="share", title=f"temperature {temperature:.1f}"
    )
    axes[0].legend(loc="upper right")
    told = [f"{name}*" if name in known else name for name in names]
    half = (len(told) + 1) // 2
    for column, part in enumerate((told[:half], told[half:])):
        axes[1].text(
            0.05 + 0.5 * column,
            0.95,
            "\n".join(part),
            va="top",
            family="monospace",
            fontsize=12,
            transform=axes[1].transAxes,
        )
    axes[1].set(title="names (* in the training data)", xticks=[], yticks=[])
    axes[1].grid(False)
    largest = [n for n in np.argsort(-shares, kind="stable")[:4] if shares[n] >= 0.005]
    count = sum(name in known for name in names)
    return Picture(
        made,
        f'Temperature {temperature:.1f}. Shares of the next letter after "{begin}": '
        f"{', '.join(f'{SIGNS[n]} {shares[n]:.2f}' for n in largest)}. Names written: {', '.join(told)}. "
        f"{count} of {len(names)}, with an asterisk, {'stands' if count == 1 else 'stand'} in the training data.",
    )
