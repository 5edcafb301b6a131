"""`course report`: one page for the instructor on how the class did and what to teach again.

A single HTML file: no scripts, no outside resources, pictures as SVG with their numbers in a table beside them.
"""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Iterator, Mapping
from html import escape
from pathlib import Path

from autograder.course import open_course
from autograder.errors import UsageError
from autograder.files import write_file
from autograder.records.assignments import load_assignment
from autograder.records.gradebook import GradebookWriter
from autograder.records.ledger import open_ledger
from autograder.reporting.alike import alike_section, find_pairs
from autograder.reporting.charts import HATCHES, histogram, legend, stack
from autograder.reporting.html import head
from autograder.reporting.misconceptions import reteach_section
from autograder.reporting.output import check_target
from autograder.reporting.plain import clean_text
from autograder.reporting.predicted import predicted_by, predictions_section
from autograder.reporting.titles import and_extra, exercise_titles, extras_of, lesson_title
from autograder.reporting.written import Written, written_answers
from autograder.results import IN_PROCESS, SUBMISSION_STATUSES, ExerciseResult, Standing, SubmissionResult
from course_utils.exercises.status import STATUSES, titled


def write_report(course_dir: str, name: str, out: str | None, similar: bool = False) -> Path:
    """Write the report, with `similar` also on answers that are alike; returns its path.

    Errors: UsageError when nothing has been graded yet.
    """
    course = open_course(course_dir)
    assignment, there = load_assignment(course, name, save=False), course.submissions(name)
    results = [result for result in open_ledger(course, name).results() if result.student in there]
    if not results:
        raise UsageError(f"Nothing of {name!r} has been graded yet in {course.root}. Run `course grade {name}` first.")
    target = Path(out) if out else course.root / f"{name}-report.html"
    check_target(target)
    with GradebookWriter(course, assignment) as gradebook:
        standings = [gradebook.standing(result) for result in results]
    written = written_answers(assignment, results)
    alike = alike_section(name, find_pairs(course, assignment, written), written) if similar else ""
    predicted = predictions_section(assignment, predicted_by(there, assignment))
    write_file(target, page(name, standings, written, predicted + alike))
    return target


def page(name: str, standings: list[Standing], written: Written, more: str = "") -> str:
    """The report as a page that needs nothing else; `more` are sections of it."""
    title, results = lesson_title(name), [standing.result for standing in standings]
    sections = (
        f'<h1>{escape(title)}</h1><div class="sub">{escape(name)} · what the class can do, what to teach again</div>',
        _cards(standings),
        f"<h2>Scores</h2>{histogram(_scores(standings), results[0].max_score)}",
        reteach_section(name, results, written),
        _exercises(name, results),
        more,
        _attention(standings),
        _everyone(name, standings),
    )
    return f"{head(titled(title, 'class report'), 'report.css')}<body>{HATCHES}{''.join(sections)}</body></html>\n"


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
    cards += [(str(counts[name]), status.word.lower()) for name, status in SUBMISSION_STATUSES.items() if counts[name]]
    boxes = "".join(f'<div class="card"><b>{number}</b><span>{words}</span></div>' for number, words in cards)
    return f'<div class="cards">{boxes}</div>'


def _title(exercise: ExerciseResult, titles: Mapping[str, str], result: SubmissionResult) -> str:
    """The exercise's title; where another notebook has one of the same id, with its own notebook's name."""
    title = titles.get(exercise.id, exercise.id)
    twins = sum(other.id == exercise.id for other in result.exercises)
    return f"{title} ({exercise.notebook})" if twins > 1 else title


def _where(mine: list[ExerciseResult]) -> str:
    return f'<div class="who">judged {IN_PROCESS}</div>' if any(e.in_process for e in mine) else ""


def _exercises(name: str, results: list[SubmissionResult]) -> str:
    titles = exercise_titles(name)
    rows = []
    for exercise in results[0].exercises:
        mine = [e for result in results if result.status != "invalid" for e in result.exercises]
        mine = [e for e in mine if e.id == exercise.id and e.notebook == exercise.notebook]
        counts = Counter(e.status for e in mine)
        extra = extras_of(name).get(exercise.id)
        mean = statistics.mean(e.score if extra is None else e.extra for e in mine) if mine else 0.0
        points = f"{mean:.1f} of {exercise.max_score:g}" if extra is None else f"{mean:.1f} of {extra:g} extra"
        words = ", ".join(f"{counts[name]} {s.word.lower()}" for name, s in STATUSES.items() if counts[name])
        rows.append(
            f"<tr><td>{escape(_title(exercise, titles, results[0]))}{_where(mine)}</td>"
            f'<td class="n" data-label="correct">{_percent(counts["passed"], len(mine))}</td>'
            f'<td class="n" data-label="points, mean">{points}</td>'
            f'<td>{stack(counts, words)}<div class="who">{words}</div></td></tr>'
        )
    columns = (
        '<th scope="col">Exercise</th><th scope="col" class="n">Correct</th><th scope="col" class="n">Mean points</th>'
        '<th scope="col" style="width:55%">Answers</th>'
    )
    return (
        f'<h2>Exercise by exercise</h2>{legend()}<table class="stacked"><thead><tr>'
        f"{columns}</tr></thead><tbody>{''.join(rows)}</tbody></table>"
    )


def _percent(part: int, whole: int) -> str:
    return f"{round(100 * part / whole)} %" if whole else "–"


def _attention(standings: list[Standing]) -> str:
    rows = "".join(_attention_rows(standings))
    if not rows:
        return ""
    columns = '<th scope="col">Student</th><th scope="col">What</th><th scope="col">Reason</th>'
    return (
        '<h2>Needs your attention</h2><table class="stacked"><thead><tr>'
        f"{columns}</tr></thead><tbody>{rows}</tbody></table>"
    )


def _attention_rows(standings: list[Standing]) -> Iterator[str]:
    for standing in sorted(standings, key=lambda standing: not standing.result.failed):
        result = standing.result
        waiting = [id for (_, id), grade in standing.grades.items() if grade.waiting]
        if result.failed or result.reason:
            words = SUBMISSION_STATUSES[result.status].word
            words = f'<span class="bad">{words}</span>' if result.failed else "Put right"
            reason = escape(clean_text(result.reason, 500))
            yield f"<tr><td>{escape(result.student)}</td><td>{words}</td><td>{reason}</td></tr>"
        if waiting:
            what = "An answer to read"
            yield f"<tr><td>{escape(result.student)}</td><td>{what}</td><td>{escape(', '.join(waiting))}</td></tr>"


def _everyone(name: str, standings: list[Standing]) -> str:
    rows = "".join(
        f"<tr><td>{escape(standing.result.student)}</td><td>{SUBMISSION_STATUSES[standing.result.status].word}</td>"
        f'<td class="n">{standing.score:g} of {standing.result.max_score:g}{and_extra(name, standing.result)}</td></tr>'
        for standing in standings
    )
    columns = '<th scope="col">Student</th><th scope="col">Status</th><th scope="col" class="n">Points</th>'
    note = "Points as the gradebook has them now, with late penalties and a person's grades."
    return (
        f'<h2>Everyone</h2><div class="sub">{note}</div><details><summary>{len(standings)} students</summary>'
        f"<table><thead><tr>{columns}</tr></thead><tbody>{rows}</tbody></table></details>"
    )
