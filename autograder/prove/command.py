"""`course prove`: every exercise's mutants, on all processors, and what survived."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor

from autograder.errors import Exit, UsageError
from course_utils import lessons

from .survivors import Proof, exercises_of, prove


def run(wanted: Sequence[str], exercise: str, every: int, workers: int | None, say: Callable[[str], None]) -> Exit:
    """Prove the exercises of these lessons (all by default); returns the exit code."""
    work = exercises_of(
        [name for name in lessons.names() if not wanted or {name, lessons.number(name)} & set(wanted)], exercise
    )
    if not work:
        raise UsageError(f"There is no exercise {exercise or 'at all'} in: {', '.join(wanted) or 'the course'}.")
    tried = faults = 0
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers or os.cpu_count(), mp_context=spawn) as pool:
        for proof in pool.map(prove, *zip(*work, strict=True), [every] * len(work)):
            tried += proof.tried
            faults += len(proof.survivors) + len(proof.idle)
            say(_told(proof))
    say(f"{tried:,} broken answers of {len(work)} exercises; {faults} faults.")
    return Exit.FOUND if faults else Exit.DONE


def _told(proof: Proof) -> str:
    lines = [f"{proof.lesson}/{proof.exercise}: {proof.tried} tried, {proof.explained} explained"]
    lines += [f"    accepted: {survivor}" for survivor in proof.survivors]
    lines += [f"    explains nothing: {row}" for row in proof.idle]
    return "\n".join(lines)
