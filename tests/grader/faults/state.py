"""What a course holds after a run, without times, without numbers drawn by chance: two courses can be compared."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

from autograder.course import Course


def state_of(course: Course) -> dict[str, dict]:
    """Everything that a killed run and its repetition must leave as a run in peace does."""
    return {
        "gradebook": tables(course.gradebook_file),
        "files": {step: tree(course.root / step) for step in ("autograded", "feedback")},
        "ledger": ledger(course.state / "ledger" / "toy.jsonl"),
        "beside": {"there": sorted(path.name for path in course.root.iterdir() if path.name != "submitted")}
        | {"state": sorted(path.name for path in course.state.iterdir())}
        | {"odd": sorted(path.name for path in course.state.rglob("*.part*"))},
    }


def tables(file: Path) -> dict[str, list]:
    """Every table's rows. In place of a row's number, which is drawn by chance, stands the row that it means."""
    with closing(sqlite3.connect(file)) as db:
        db.row_factory = sqlite3.Row
        assert db.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        names = [row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        points = {name: _references(db, name) for name in names}
        rows = {name: [dict(row) for row in db.execute(f'SELECT * FROM "{name}"')] for name in names}
        schema = sorted(str(row[0]) for row in db.execute("SELECT sql FROM sqlite_master"))
    by_number = {(name, row.get("id")): row for name in names for row in rows[name]}

    def meant(table: str, row: dict) -> dict:
        return {
            column: meant(points[table][column], by_number[points[table][column], value])
            if column in points[table] and value is not None
            else value
            for column, value in row.items()
            if column in points[table] or column != "id" or len(str(value)) != 32
        }

    told = {name: sorted(json.dumps(meant(name, row), default=str) for row in rows[name]) for name in names}
    return {**told, "schema": schema}


def _references(db: sqlite3.Connection, table: str) -> dict[str, str]:
    """Column -> the table that its values are numbers of."""
    return {row["from"]: row["table"] for row in db.execute(f'PRAGMA foreign_key_list("{table}")')}


def tree(folder: Path) -> dict[str, tuple]:
    """Path -> (mode, bytes) of everything below a folder, hidden things too."""
    found = sorted(folder.rglob("*"))
    return {
        str(path.relative_to(folder)): (oct(path.stat().st_mode), path.read_bytes() if path.is_file() else b"")
        for path in found
    }


def ledger(path: Path) -> dict[str, list]:
    """student -> the last result without its seconds, whether it is marked as applied, the contents met so far."""
    told: dict[str, list] = {}
    keys: dict[str, str] = {}  # with the course's secret in them, which is drawn by chance
    for line in path.read_text(encoding="utf-8").splitlines():
        try:
            event = json.loads(line)
        except ValueError:
            continue  # cut off by a kill
        result, _, contents = told.get(event["student"], [None, False, []])
        if event["event"] == "graded":
            key = event.pop("key")
            event["result"] = {**event["result"], "seconds": 0}
            contents = contents if event["content"] in contents else [*contents, event["content"]]
            told[event["student"]], keys[event["student"]] = [event, False, contents], key
        else:
            told[event["student"]] = [result, event["key"] == keys[event["student"]], contents]
    return told
