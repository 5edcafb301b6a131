"""`course report`: one page for the instructor on how the class did and what to teach again.

A single HTML file: no scripts, no outside resources, pictures as SVG with their numbers in a table beside them.
"""

from __future__ import annotations

import math
import os
import statistics
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path

from autograder.assignment import load_assignment
from autograder.course import UsageError, open_course
from autograder.gradebook import GradebookWriter, Standing
from autograder.ledger import Ledger
from autograder.reporting.feedback import POLICY, STATUS, SUBMISSION, exercise_titles, lesson_title
from autograder.reporting.sanitize import clean_text
from autograder.results import SubmissionResult

BINS = 10
SHOWN_NAMES = 12
ORDER = ("passed", "partial", "wrong", "error", "timed_out", "crashed", "not_attempted", "missing", "manual")
PATTERNS = {  # group -> (statuses, fill, words): fills differ in hatching, not in colour alone
    "right": (("passed",), "#0072b2", "correct"),
    "part": (("partial",), "url(#part)", "partly right"),
    "wrong": (("wrong", "error", "timed_out", "crashed"), "url(#wrong)", "wrong or failing"),
    "none": (("not_attempted", "missing"), "url(#none)", "not attempted"),
    "manual": (("manual",), "url(#manual)", "waits for a person"),
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
STYLE = """
:root{color-scheme:light dark;--bg:#fff;--fg:#1d2430;--soft:#5b6675;--line:#d8dee6;--box:#f5f7fa;--blue:#0072b2;
--bad:#b8400a}
@media (prefers-color-scheme:dark){:root{--bg:#14181f;--fg:#e6eaf0;--soft:#a3adba;--line:#333c48;--box:#1c222b;
--blue:#6cbcf0;--bad:#ff9a66}}
*{box-sizing:border-box}body{margin:0 auto;max-width:70rem;padding:2rem 1.25rem 4rem;background:var(--bg);
color:var(--fg);font:1rem/1.55 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
h1{font-size:1.6rem;margin:0}h2{font-size:1.2rem;margin:2.5rem 0 .75rem}.sub{color:var(--soft)}
.cards{display:flex;flex-wrap:wrap;gap:1rem;margin:1.5rem 0 0}.card{background:var(--box);border:1px solid var(--line);
border-radius:.5rem;padding:.7rem 1.2rem;min-width:8rem}.card b{display:block;font-size:1.7rem;line-height:1.2}
.card span{color:var(--soft);font-size:.9rem}
table{border-collapse:collapse;width:100%}th{text-align:left;color:var(--soft);font-size:.85rem;font-weight:600}
th,td{padding:.45rem .6rem;border-bottom:1px solid var(--line);vertical-align:top}
td.n,th.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}td.big{font-size:1.15rem;font-weight:700}
.who{color:var(--soft);font-size:.9rem}code{background:var(--box);padding:.05rem .3rem;border-radius:.25rem}
.legend{display:flex;flex-wrap:wrap;gap:.4rem 1.4rem;font-size:.9rem;margin:.5rem 0}.legend svg{vertical-align:-2px}
details{margin:.5rem 0}summary{cursor:pointer;color:var(--soft)}svg text{fill:var(--fg);font:12px system-ui,sans-serif}
.bad{color:var(--bad);font-weight:600}figure{margin:0}.scroll{overflow-x:auto}
"""


@dataclass(frozen=True)
class KnownMistake:
    """A mistake of the class: what it is, the hint that students read, and who made it."""

    exercise: str
    name: str
    hint: str
    students: tuple[str, ...]


def write_report(course_dir: str, name: str, out: str | None) -> Path:
    """Write the report; returns its path. Errors: UsageError when nothing has been graded yet."""
    course = open_course(course_dir)
    assignment, there = load_assignment(course, name, save=False), course.submissions(name)
    results = Ledger(course.state / "ledger" / f"{name}.jsonl").results()
    results = [result for result in results if result.student in there]
    if not results:
        raise UsageError(f"Nothing of {name!r} has been graded yet in {course.root}. Run `course grade {name}` first.")
    target = Path(out) if out else course.root / f"{name}-report.html"
    if not target.resolve().parent.is_dir():
        raise UsageError(f"There is no folder {target.parent} to write the report into.")
    with GradebookWriter(course, assignment) as gradebook:
        standings = [gradebook.standing(result) for result in results]
    part = target.with_name(f".{target.name}.{os.getpid()}")
    part.write_text(page(name, standings), encoding="utf-8")
    os.replace(part, target)
    return target


def page(name: str, standings: list[Standing]) -> str:
    """The report as a page that needs nothing else."""
    title, results = lesson_title(name), [standing.result for standing in standings]
    sections = (
        f'<h1>{escape(title)}</h1><div class="sub">{escape(name)} · what the class can do, what to teach again</div>',
        _cards(standings),
        _reteach(known_mistakes(name, results)),
        _exercises(name, results),
        _distribution(standings),
        _attention(standings),
        _everyone(standings),
    )
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{escape(title)}: class report</title><style>{STYLE}</style></head><body>{HATCHES}"
        f"{''.join(sections)}</body></html>\n"
    )


def known_mistakes(name: str, results: list[SubmissionResult]) -> list[KnownMistake]:
    """The class's mistakes, the most frequent first."""
    who: dict[tuple[str, str], list[str]] = defaultdict(list)
    for result in results:
        for exercise in result.exercises:
            if exercise.mistake:
                who[exercise.id, exercise.mistake].append(result.student)
    hints = _hints(name)
    found = [KnownMistake(*key, hints.get(key, ""), tuple(sorted(students))) for key, students in who.items()]
    return sorted(found, key=lambda mistake: (-len(mistake.students), mistake.exercise, mistake.name))


def _hints(name: str) -> dict[tuple[str, str], str]:
    from course_utils import lessons

    if name not in lessons.names():
        return {}
    lesson = lessons.load(name)
    return {(e.id, mistake.name): mistake.hint for e in lesson.exercises.values() for mistake in e.mistakes}


def _scores(standings: list[Standing]) -> list[float]:
    """Final scores of those that could be read."""
    return [standing.score for standing in standings if standing.result.status != "invalid"]


def _cards(standings: list[Standing]) -> str:
    graded, full = _scores(standings), standings[0].result.max_score
    cards = [(str(len(standings)), "submissions")]
    if graded:
        cards += [
            (f"{statistics.mean(graded):.1f}", f"mean of {full:g} points"),
            (f"{statistics.median(graded):g}", "median"),
            (str(sum(score >= full for score in graded)), "with full marks"),
        ]
    counts = Counter(standing.result.status for standing in standings)
    cards += [(str(counts[status]), SUBMISSION[status][1].lower()) for status in SUBMISSION if counts[status]]
    boxes = "".join(f'<div class="card"><b>{number}</b><span>{words}</span></div>' for number, words in cards)
    return f'<div class="cards">{boxes}</div>'


def _reteach(mistakes: list[KnownMistake]) -> str:
    if not mistakes:
        return "<h2>What to teach again</h2><p>No answer behaved like a known mistake.</p>"
    rows = "".join(
        f'<tr><td class="n big">{len(m.students)}</td><td><code>{escape(m.exercise)}</code></td>'
        f"<td><code>{escape(m.name)}</code></td><td>{_inline_code(m.hint)}</td>"
        f'<td class="who">{_names(m.students)}</td></tr>'
        for m in mistakes
    )
    head = (
        '<th scope="col" class="n">Students</th><th scope="col">Exercise</th><th scope="col">Mistake</th>'
        '<th scope="col">The hint that they read</th><th scope="col">Who</th>'
    )
    return (
        '<h2>What to teach again</h2><div class="sub">Answers that behave like a known mistake, the most frequent '
        f'first.</div><div class="scroll"><table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>'
    )


def _names(students: tuple[str, ...]) -> str:
    if len(students) <= SHOWN_NAMES:
        return escape(", ".join(students))
    shown, rest = escape(", ".join(students[:SHOWN_NAMES])), escape(", ".join(students[SHOWN_NAMES:]))
    return f"<details><summary>{shown} and {len(students) - SHOWN_NAMES} more</summary>{rest}</details>"


def _inline_code(text: str) -> str:
    parts = escape(text, quote=False).split("`")
    return "".join(f"<code>{part}</code>" if i % 2 else part for i, part in enumerate(parts))


def _exercises(name: str, results: list[SubmissionResult]) -> str:
    titles = exercise_titles(name)
    rows = []
    for exercise in results[0].exercises:
        mine = [e for result in results if result.status != "invalid" for e in result.exercises]
        mine = [e for e in mine if e.id == exercise.id and e.notebook == exercise.notebook]
        counts = Counter(e.status for e in mine)
        mean = statistics.mean(e.score for e in mine) if mine else 0.0
        words = ", ".join(f"{counts[s]} {STATUS[s][1].lower()}" for s in ORDER if counts[s])
        rows.append(
            f"<tr><td>{escape(titles.get(exercise.id, exercise.id))}</td>"
            f'<td class="n">{_percent(counts["passed"], len(mine))}</td><td class="n">{mean:.1f} of '
            f'{exercise.max_score:g}</td><td>{_stack(counts, len(mine), words)}<div class="who">{words}</div></td></tr>'
        )
    keys = "".join(
        f'<span><svg width="16" height="12" aria-hidden="true"><rect width="16" height="12" fill="{fill}"/></svg> '
        f"{words}</span>"
        for _, fill, words in PATTERNS.values()
    )
    head = (
        '<th scope="col">Exercise</th><th scope="col" class="n">Correct</th><th scope="col" class="n">Mean points</th>'
        '<th scope="col" style="width:55%">Answers</th>'
    )
    return (
        f'<h2>Exercise by exercise</h2><div class="legend">{keys}</div><div class="scroll"><table><thead><tr>'
        f"{head}</tr></thead><tbody>{''.join(rows)}</tbody></table></div>"
    )


def _percent(part: int, whole: int) -> str:
    return f"{round(100 * part / whole)} %" if whole else "–"


def _stack(counts: Counter, total: int, words: str) -> str:
    """A bar of the class, a segment a group of statuses."""
    place, rects = 0.0, []
    for statuses, fill, _ in PATTERNS.values():
        count = sum(counts[status] for status in statuses)
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


def _distribution(standings: list[Standing]) -> str:
    scores = _scores(standings)
    bins = score_bins(scores, standings[0].result.max_score)
    most = max((count for *_, count in bins), default=0) or 1
    width, height, left, bottom = 720, 240, 36, 36
    step = (width - left) / BINS
    bars = []
    for i, (low, high, count) in enumerate(bins):
        tall = (height - bottom - 24) * count / most
        x, y = left + i * step, height - bottom - tall
        bars.append(
            f'<rect x="{x + 3:.1f}" y="{y:.1f}" width="{step - 6:.1f}" height="{tall:.1f}" fill="#0072b2">'
            f"<title>{low:g} to {high:g} points: {count}</title></rect>"
            + (f'<text x="{x + step / 2:.1f}" y="{y - 6:.1f}" text-anchor="middle">{count}</text>' if count else "")
            + f'<text x="{x:.1f}" y="{height - bottom + 16}" text-anchor="middle">{low:g}</text>'
        )
    axis = (
        f'<text x="{width - 4}" y="{height - bottom + 16}" text-anchor="end">{bins[-1][1]:g}</text>'
        f'<line x1="{left}" x2="{width}" y1="{height - bottom}" y2="{height - bottom}" stroke="currentColor"/>'
        f'<text x="{(width + left) / 2}" y="{height - 4}" text-anchor="middle">points</text>'
    )
    words = "; ".join(f"{low:g} to {high:g} points: {count}" for low, high, count in bins if count)
    rows = "".join(f'<tr><td>{low:g} to {high:g}</td><td class="n">{n}</td></tr>' for low, high, n in bins)
    return (
        f'<h2>Scores</h2><figure><svg viewBox="0 0 {width} {height}" width="100%" style="max-width:{width}px" '
        f'role="img" aria-label="Histogram of {len(scores)} scores. {escape(words)}">{"".join(bars)}{axis}</svg>'
        "</figure>"
        '<details><summary>The same as a table</summary><table style="max-width:20rem"><thead><tr>'
        f'<th scope="col">Points</th><th scope="col" class="n">Students</th></tr></thead><tbody>{rows}</tbody></table>'
        "</details>"
    )


def _attention(standings: list[Standing]) -> str:
    rows = "".join(_attention_rows(standings))
    if not rows:
        return ""
    head = '<th scope="col">Student</th><th scope="col">What</th><th scope="col">Reason</th>'
    return f"<h2>Needs your attention</h2><table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def _attention_rows(standings: list[Standing]) -> Iterator[str]:
    for standing in sorted(standings, key=lambda standing: not standing.result.failed):
        result = standing.result
        waiting = [id for (_, id), grade in standing.grades.items() if grade.waiting]
        if result.failed or result.reason:
            words = f'<span class="bad">{SUBMISSION[result.status][1]}</span>' if result.failed else "Put right"
            reason = escape(clean_text(result.reason, 500))
            yield f"<tr><td>{escape(result.student)}</td><td>{words}</td><td>{reason}</td></tr>"
        if waiting:
            what = "An answer to read"
            yield f"<tr><td>{escape(result.student)}</td><td>{what}</td><td>{escape(', '.join(waiting))}</td></tr>"


def _everyone(standings: list[Standing]) -> str:
    rows = "".join(
        f"<tr><td>{escape(standing.result.student)}</td><td>{SUBMISSION[standing.result.status][1]}</td>"
        f'<td class="n">{standing.score:g} of {standing.result.max_score:g}</td></tr>'
        for standing in standings
    )
    head = '<th scope="col">Student</th><th scope="col">Status</th><th scope="col" class="n">Points</th>'
    note = "Points as the gradebook has them now, with late penalties and a person's grades."
    return (
        f'<h2>Everyone</h2><div class="sub">{note}</div><details><summary>{len(standings)} students</summary>'
        f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></details>"
    )
