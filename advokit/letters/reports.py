"""What a run tells afterwards: tables for spreadsheets and a small JSON, without any sender's data but row numbers.

In: the journal. Out: failures.csv, letters.csv, similar.csv, counts.csv (RFC 4180, formulas neutralised) and run.json.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from advokit.freshness import write_whole
from advokit.letters.journal import Journal
from advokit.letters.similarity import Similarity
from advokit.people import neutral


def table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """Write a CSV in which no cell is a formula to any spreadsheet."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([neutral(cell) if isinstance(cell, str) else cell for cell in row] for row in rows)
    return text.getvalue().encode()


def counts(journal: Journal) -> bytes:
    """Count the letters by area and chamber."""
    return table(("area", "chamber", "letters", "failed"), journal.by_area())


def write_reports(folder: Path, journal: Journal, similarity: Similarity, head: dict[str, Any]) -> None:
    """Write every report, each whole."""
    write_whole(folder / "failures.csv", table(
        ("row", "line", "recipient", "rule", "message", "hint", "nearest"),
        ((fault.row, fault.line, recipient, fault.rule, fault.message, fault.hint, fault.near)
         for fault, recipient in journal.faults())))
    write_whole(folder / "letters.csv", table(
        ("row", "recipient", "area", "chamber", "date", "pages", "files"),
        ((letter.row, letter.recipient, letter.area, letter.chamber, letter.day, letter.pages or "",
          " ".join(f"letters/{letter.name}.{form}" for form in sorted(letter.files)))
         for letter in journal.standing())))
    write_whole(folder / "similar.csv", table(
        ("group", "rows in it", "row"),
        [*((number, len(group), row) for number, group in enumerate(similarity.groups, 1) for row in group),
         *(("letter", len(similarity.pasted), row) for row in similarity.pasted)]))
    write_whole(folder / "counts.csv", counts(journal))
    data = {**head, "letters": journal.count("done"), "failed": sum(1 for _ in journal.faults()),
            "waiting": journal.count("waiting"),
            "own_words": {"senders": similarity.with_words, "without": similarity.without,
                          "median": similarity.median_words, "distinct": similarity.distinct,
                          "alike": similarity.alike, "pasted": len(similarity.pasted)}}
    write_whole(folder / "run.json", json.dumps(data, ensure_ascii=False, indent=1).encode() + b"\n")
