"""The whole import in one function: data sets in, a table of people and a report out."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from babel.languages import get_official_languages

from advokit.importers import looks, popolo, trees
from advokit.importers.choose import Choice, Chooser, chambers_and_periods, same_chamber
from advokit.importers.formats import Format, format_by_name
from advokit.importers.mapping import Mapping
from advokit.importers.reading import MOST_OF_A_RULE, DataSet, Office, Place, Question, Reading
from advokit.importers.spool import Spool
from advokit.importers.words import read_date
from advokit.people import write_people
from advokit.problems import InputError, Problem, UsageError, nearest
from advokit.tables.encodings import detect, digest


@dataclass(frozen=True)
class Request:
    """What is asked of an import; `today` is given, never read from the clock."""

    format: str
    """The name of the format."""
    paths: tuple[Path, ...]
    """The files or folders of the data set."""
    country: str
    """The country, ISO 3166-1 in small letters, or `eu`."""
    output: Path
    """The table to write."""
    today: dt.date
    """The day on which the import is made."""
    on: dt.date | None = None
    """Write those who sit that day."""
    everyone: bool = False
    """Write everyone."""
    chamber: str = ""
    """Only this chamber; names the chamber where the data has none."""
    mapping: Mapping | None = None
    """What the columns of a table mean."""
    encoding: str = ""
    """The encoding of the files, where it is not found out."""
    language: str = ""
    """The language of names and areas where the data has several."""
    office: Office = "capitol"
    """Which office's address to write, where the data has several."""
    dated: str = ""
    """The date of the data set."""
    joins: tuple[tuple[str, Path], ...] = ()
    """Further data sets, as format and path, that fill what the first leaves empty."""


@dataclass(frozen=True)
class Report:
    """What an import read, wrote and left out, and why."""

    read: int
    """Persons in the data."""
    written: int
    """Persons in the table."""
    left_out: int
    """Persons in the data who are not in the table."""
    reasons: dict[str, int]
    """Why they are not, with numbers."""
    counts: dict[str, int]
    """What else was counted: rows, terms, memberships."""
    unused: dict[str, int]
    """Fields of the data that are left out, with the number of values."""
    mended: dict[str, int]
    """What was mended without a problem of its own."""
    sources: tuple[DataSet, ...]
    """The data sets with their digests."""
    notes: tuple[str, ...]
    """What else to know: encodings, columns taken by their names, vacant seats."""
    problems: tuple[Problem, ...]
    """Every problem, by place."""


_REASONS = frozenset(
    {
        "no name",
        "deceased",
        "in another chamber",
        "no membership in the data",
        "no longer in office",
        "not in office, as the data says",
        "sat in an earlier period only",
    }
)


def import_people(request: Request) -> Report:
    """Read the data sets, join persons, choose who is written, write the table, and report."""
    form = format_by_name(request.format)
    joined = [(format_by_name(name), path) for name, path in request.joins]
    _sensible(request, form)
    files = [file for path in request.paths for file in _files(path, form)]
    seen = [problem for file in files if not file.is_dir() for problem in _foreign(file, form, request)]
    if any(problem.severity == "error" for problem in seen):
        raise InputError(seen)
    datasets = [_dataset(file, form, request) for file in files]
    others = [(other, _dataset(path, other, request)) for other, path in joined]
    reading = Reading(Question(request.country, _languages(request), request.mapping, request.encoding, request.office))
    reading.problems += seen
    spool = Spool(reading)
    try:
        for record in form.read(datasets, reading):
            spool.add(record)
        _join(others, reading, spool)
        chambers, periods = chambers_and_periods(spool.memberships())
        _known_chamber(request.chamber, chambers)
        chooser = Chooser(
            Choice(request.today, request.on, request.everyone, request.chamber),
            reading,
            periods,
            spool.with_membership > 0,
            bool(chambers),
        )
        write_people(request.output, chooser.rows(spool))
    finally:
        spool.close()
    _after(request, reading, chooser)
    return _report(reading, chooser, (*datasets, *(data for _, data in others)), request)


def _known_chamber(wanted: str, chambers: set[str]) -> None:
    """Refuse a chamber that the data does not know, where it knows any."""
    if wanted and chambers and not any(same_chamber(wanted, chamber) for chamber in chambers):
        near = nearest(wanted, chambers)
        raise UsageError(
            [
                Problem(
                    "--chamber",
                    0,
                    0,
                    "error",
                    "unknown-chamber",
                    f"the data has no chamber '{wanted}'",
                    (f"Did you mean '{near}'? " if near else "") + f"It has {', '.join(sorted(chambers)[:20])}.",
                )
            ]
        )


def _sensible(request: Request, form: Format) -> None:
    """Refuse what cannot be meant, before anything is read."""
    problems: list[Problem] = []
    if not re.fullmatch(r"[a-z]{2}|intl", request.country):
        problems.append(
            Problem(
                "--country",
                0,
                0,
                "error",
                "invalid-value",
                f"'{request.country}' is no country",
                "Write the two letters of ISO 3166-1, or eu or intl.",
            )
        )
    if request.mapping and (request.mapping.columns or request.mapping.constants) and not form.mapped:
        problems.append(
            Problem(
                "--map",
                0,
                0,
                "error",
                "mapping-not-used",
                f"the format '{form.name}' takes no mapping",
                "Use the format 'table'.",
            )
        )
    if any(
        path.resolve() == request.output.resolve() for path in (*request.paths, *(path for _, path in request.joins))
    ):
        problems.append(
            Problem(
                "-o",
                0,
                0,
                "error",
                "output-is-input",
                "the output would replace the data set",
                "Name another file with -o.",
            )
        )
    if request.output.is_dir():
        problems.append(
            Problem(
                "-o",
                0,
                0,
                "error",
                "output-is-folder",
                f"'{request.output}' is a folder",
                "Name a file in it, such as people.csv.",
            )
        )
    problems += _dated(request.dated)
    if problems:
        raise UsageError(problems)


def _dated(text: str) -> Iterator[Problem]:
    try:
        read_date(text)
    except ValueError as error:
        yield Problem("--dated", 0, 0, "error", "invalid-date", str(error), "Write 2025-12-11, 2025-12 or 2025.")


def _foreign(path: Path, form: Format, request: Request) -> Iterator[Problem]:
    mapped = bool(request.mapping and (request.mapping.columns or request.mapping.items))
    yield from looks.foreign(path, str(path), form.name, mapped=mapped)


def _files(path: Path, form: Format) -> Sequence[Path]:
    """Give the files of a folder where a format has one file for each kind of thing; else the path itself."""
    if form.module != "popolo" or not path.is_dir():
        return [path]
    files = sorted(one for one in path.iterdir() if one.suffix.lower() in {".json", ".jsonl", ".ndjson"})
    if not files:
        hint = "Name the folder that holds persons.json, or the files themselves."
        raise InputError([Problem(str(path), 0, 0, "error", "empty-folder", "the folder has no JSON file", hint)])
    return files


def _dataset(path: Path, form: Format, request: Request) -> DataSet:
    shown = str(path)
    if path.is_dir() and not form.folders:
        names = sorted(p.name for p in path.iterdir() if p.is_file())[:12]
        raise InputError(
            [
                Problem(
                    shown,
                    0,
                    0,
                    "error",
                    "unreadable-file",
                    f"this is a folder; '{form.name}' reads {form.reads}",
                    f"Name a file in it: {', '.join(names)}." if names else "",
                )
            ]
        )
    data = DataSet(path, shown, digest(path, shown), read_date(request.dated) if request.dated else "")
    if form.module == "popolo" and not data.date:
        data = replace(data, date=popolo.stated_date(data, detect(path, shown, request.country, request.encoding)))
    return data


def _languages(request: Request) -> tuple[str, ...]:
    """Order the languages for texts that stand in several: the one asked for, then the country's."""
    official = get_official_languages(request.country.upper(), de_facto=True)
    return tuple(filter(None, (request.language, *(name.replace("_", "-") for name in official))))


def _join(others: Sequence[tuple[Format, DataSet]], reading: Reading, spool: Spool) -> None:
    """Let further data sets fill what the first leaves empty; they add no person and no membership."""
    for form, data in others:
        for record in form.read([data], reading):
            first = record.memberships[-1] if record.memberships else None
            more = {
                key: value
                for key in ("address", "email", "form_url", "phone")
                if first and (value := getattr(first, key))
            }
            spool.add(replace(record, extends_only=True, memberships=(), person={**more, **record.person}))


def _after(request: Request, reading: Reading, chooser: Chooser) -> None:
    """Say what only the whole shows."""
    paths = ", ".join(str(path) for path in request.paths)
    if request.on and chooser.undated:
        reading.say(
            Place(paths),
            "no-dates",
            f"{chooser.undated} persons have no dates; they are written as sitting on {request.on}",
            "The data set does not say when they began or ended.",
        )
    if not chooser.read:
        reading.say(
            Place(paths), "no-people", "the data set has no person", "Look whether it is the right file.", warning=False
        )
    elif not chooser.written:
        hint = "--on DATE picks those who sat on a day; --all writes everyone."
        if request.chamber:
            hint = f"No one sits in the chamber '{request.chamber}', or no longer. {hint}"
        reading.say(Place(paths), "nobody-written", "nobody in the data set is written", hint)


def _located(reading: Reading, sources: Sequence[DataSet], request: Request) -> Iterator[Problem]:
    """Give the problems of JSON items their lines, one pass over each file that has any."""
    for data in sources:
        mine = [(item, problem) for item, problem in reading.pending if problem.path == data.shown]
        wanted: dict[str, set[int]] = {}
        for (prefix, index), _ in mine:
            wanted.setdefault(prefix, set()).add(index)
        encoding = detect(data.path, data.shown, request.country, request.encoding) if mine else None
        found = trees.json_places(data.path, data.shown, encoding, wanted) if encoding else {}
        for item, problem in mine:
            line, column = found.get(item, (0, 0))
            yield replace(problem, line=line, column=column)


def _report(reading: Reading, chooser: Chooser, sources: tuple[DataSet, ...], request: Request) -> Report:
    problems = [*reading.problems, *_located(reading, sources, request)]
    problems += [
        Problem(
            path,
            0,
            0,
            "warning",
            rule,
            f"{count - MOST_OF_A_RULE:,} more of this kind",
            "They are counted, not listed.",
        )
        for (path, rule), count in reading.told.items()
        if count > MOST_OF_A_RULE
    ]
    reasons = {
        why: count
        for why, count in reading.counts.items()
        if why in _REASONS or why.startswith(("not yet in office", "did not sit on"))
    }
    counts = {what: count for what, count in reading.counts.items() if what not in reasons}
    return Report(
        chooser.read,
        chooser.written,
        chooser.read - chooser.written,
        reasons,
        counts,
        dict(reading.unused.most_common()),
        dict(reading.mended.most_common()),
        sources,
        tuple(reading.notes),
        tuple(sorted(set(problems))),
    )
