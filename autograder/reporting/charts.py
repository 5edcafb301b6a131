"""The report's pictures, as SVG: a bar of the class and a histogram of scores, each with its numbers in words."""

from __future__ import annotations

import math
from collections import Counter
from html import escape

from course_utils.exercises.status import STATUSES

BINS = 10
BAR = "#0072b2"
PATTERNS = {  # tone -> (fill, words): fills differ in hatching, not in colour alone
    "good": (BAR, "correct"),
    "part": ("url(#part)", "partly right"),
    "bad": ("url(#wrong)", "wrong or failing"),
    "none": ("url(#none)", "not attempted"),
    "manual": ("url(#manual)", "waits for a person"),
}
HATCHES = """<svg width="0" height="0" aria-hidden="true" style="position:absolute"><defs>
<pattern id="part" width="8" height="8" patternUnits="userSpaceOnUse"><rect width="8" height="8" fill="#f3d28f"/>
<circle cx="4" cy="4" r="1.8" fill="#8a5a00"/></pattern>
<pattern id="wrong" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
<rect width="8" height="8" fill="#d55e00"/><rect width="3" height="8" fill="#ffd9bf"/></pattern>
<pattern id="none" width="8" height="8" patternUnits="userSpaceOnUse"><rect width="8" height="8" fill="#e3e7ed"/>
</pattern>
<pattern id="manual" width="8" height="8" patternUnits="userSpaceOnUse"><rect width="8" height="8" fill="#e3e7ed"/>
<path d="M0 0L8 8M8 0L0 8" stroke="#5b6675"/></pattern></defs></svg>"""


def legend() -> str:
    """What the fills of `stack` mean."""
    keys = "".join(
        f'<span><svg width="16" height="12" aria-hidden="true"><rect width="16" height="12" fill="{fill}"/></svg> '
        f"{words}</span>"
        for fill, words in PATTERNS.values()
    )
    return f'<div class="legend">{keys}</div>'


def stack(counts: Counter, words: str) -> str:
    """A bar of the class, from how often each status is there: a segment a tone."""
    total, place, rects = counts.total(), 0.0, []
    for tone, (fill, _) in PATTERNS.items():
        count = sum(counts[name] for name, status in STATUSES.items() if status.tone == tone)
        width = 100 * count / total if total else 0
        if count:
            rects.append(f'<rect x="{place:.3f}%" width="{width:.3f}%" height="18" fill="{fill}"/>')
        place += width
    return (
        f'<svg width="100%" height="18" role="img" aria-label="{escape(words)}" preserveAspectRatio="none">'
        f"{''.join(rects)}</svg>"
    )


def score_bins(scores: list[float], full: float) -> list[tuple[float, float, int]]:
    """(from, to, how many) for each tenth of the full score; the last one includes the full score."""
    edges = [full * i / BINS for i in range(BINS + 1)]
    counts = Counter(min(BINS - 1, math.floor(BINS * score / full + 1e-9)) if full else 0 for score in scores)
    return [(edges[i], edges[i + 1], counts[i]) for i in range(BINS)]


def histogram(scores: list[float], full: float) -> str:
    """How many have how many points, with the same as a table."""
    bins = score_bins(scores, full)
    most = max((count for *_, count in bins), default=0) or 1
    height, bottom, step = 240, 36, 100 / BINS
    bars = []
    for i, (low, high, count) in enumerate(bins):
        tall = (height - bottom - 24) * count / most
        x, y = i * step, height - bottom - tall
        bars.append(
            f'<rect x="{x + 0.5:g}%" y="{y:.1f}" width="{step - 1:g}%" height="{tall:.1f}" fill="{BAR}">'
            f"<title>{low:g} to {high:g} points: {count}</title></rect>"
            + (f'<text x="{x + step / 2:g}%" y="{y - 6:.1f}" text-anchor="middle">{count}</text>' if count else "")
            + f'<text x="{x:g}%" y="{height - bottom + 16}" text-anchor="{"middle" if i else "start"}">{low:g}</text>'
        )
    axis = (
        f'<text x="100%" y="{height - bottom + 16}" text-anchor="end">{bins[-1][1]:g}</text>'
        f'<line x1="0" x2="100%" y1="{height - bottom}" y2="{height - bottom}" stroke="currentColor"/>'
        f'<text x="50%" y="{height - 4}" text-anchor="middle">points</text>'
    )
    words = "; ".join(f"{low:g} to {high:g} points: {count}" for low, high, count in bins if count)
    rows = "".join(f'<tr><td>{low:g} to {high:g}</td><td class="n">{n}</td></tr>' for low, high, n in bins)
    return (
        f'<figure><svg width="100%" height="{height}" style="max-width:45rem" role="img" '
        f'aria-label="Histogram of {len(scores)} scores. {escape(words)}">{"".join(bars)}{axis}</svg>'
        "</figure>"
        '<details><summary>The same as a table</summary><table style="max-width:20rem"><thead><tr>'
        f'<th scope="col">Points</th><th scope="col" class="n">Students</th></tr></thead><tbody>{rows}</tbody></table>'
        "</details>"
    )
