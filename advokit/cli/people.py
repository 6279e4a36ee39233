"""`advokit people`: import representatives from public data sets, list the formats, find a person.

In: a command line. Out: a table of people; counts and problems on standard error, JSON on standard output.
"""

from __future__ import annotations

import datetime as dt
import re
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from advokit.cli.options import Json, Quiet, Workspace, day, root_of, settings_of
from advokit.cli.output import print_json, print_line, print_problems, print_table, problems_json
from advokit.problems import Problem, UsageError

if TYPE_CHECKING:
    from advokit.importers.districts import District
    from advokit.importers.run import Report, Request
    from advokit.people import Hit, Person

app = typer.Typer(no_args_is_help=True, help="Representatives from public data sets.")


class OfficeChoice(StrEnum):
    """Which office's address is written."""

    CAPITOL = "capitol"
    DISTRICT = "district"


@app.command("import")
def import_(  # long: one parameter an option, each with its help
    context: typer.Context,
    format_name: Annotated[str, typer.Argument(metavar="FORMAT", help="See 'advokit people formats'.")],
    paths: Annotated[list[Path], typer.Argument(metavar="PATH…", help="The files, or the folder, of the data set.")],
    *,
    country: Annotated[str, typer.Option(metavar="CC", help="The country: two letters of ISO 3166-1, or eu.")],
    output: Annotated[
        Path, typer.Option("-o", "--output", metavar="FILE.csv", help="The table to write; - prints it.")
    ],
    chamber: Annotated[
        str, typer.Option(metavar="C", help="Only this chamber; names it where the data does not.", show_default=False)
    ] = "",
    on: Annotated[
        str | None, typer.Option("--on", metavar="YYYY-MM-DD", help="Those who sit that day.", show_default=False)
    ] = None,
    everyone: Annotated[bool, typer.Option("--all", help="Everyone, whether they sit or not.")] = False,
    maps: Annotated[
        list[str] | None,
        typer.Option(
            "--map", metavar="FIELD=COLUMN", help="Which column holds a field; FIELD==TEXT holds for every row."
        ),
    ] = None,
    mapping: Annotated[Path | None, typer.Option(metavar="FILE.yaml", help="A mapping file.")] = None,
    encoding: Annotated[str, typer.Option(help="The encoding, where it is not found out.", show_default=False)] = "",
    language: Annotated[
        str, typer.Option(metavar="LANG", help="For names that stand in several languages.", show_default=False)
    ] = "",
    office: Annotated[OfficeChoice, typer.Option(help="Which office's address is written.")] = OfficeChoice.CAPITOL,
    dated: Annotated[str, typer.Option(metavar="DATE", help="The date of the data set.", show_default=False)] = "",
    join: Annotated[
        list[str] | None,
        typer.Option(metavar="FORMAT:PATH", help="A further data set that fills gaps, joined by identifiers."),
    ] = None,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Write those who sit, one row a person, from a public data set."""
    from advokit.importers.mapping import mapping_from
    from advokit.importers.run import Request, import_people

    if as_json and str(output) == "-":
        hint = "Name a file with -o, or leave --json out."
        raise UsageError([Problem("-o", 0, 0, "error", "contradiction", "-o - and --json both print", hint)])
    if on and everyone:
        hint = "--on DATE picks one day, --all takes everyone."
        raise UsageError([Problem("--all", 0, 0, "error", "contradiction", "--on and --all exclude each other", hint)])
    given = mapping_from(maps or [], mapping) if maps or mapping else None
    request = Request(
        format_name,
        tuple(paths),
        country.lower(),
        output,
        today=day(None),
        on=_day(on),
        everyone=everyone,
        chamber=chamber,
        mapping=given,
        encoding=encoding,
        language=language,
        office=office.value,
        dated=dated,
        joins=_joins(join or []),
    )
    report = _to_screen(request) if str(output) == "-" else import_people(request)
    if as_json:
        print_json(_as_json(report))
    else:
        print_problems(report.problems)
        if not settings_of(context, quiet=quiet).quiet:
            _print_report(report, output)
    if any(problem.severity == "error" for problem in report.problems):
        raise typer.Exit(1)


def _to_screen(request: Request) -> Report:
    """Import into a file that is printed and goes, for `-o -`."""
    from advokit.importers.run import import_people

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "people.csv"
        report = import_people(replace(request, output=path))
        if path.exists():
            sys.stdout.write(path.read_text("utf-8"))
    return report


def _day(text: str | None) -> dt.date | None:
    if text is None:
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        hint = "Name one day of the calendar, written as 2025-12-11; people may sit for part of a month or year only."
        raise UsageError([Problem("--on", 0, 0, "error", "invalid-date", f"'{text}' is no day", hint)]) from None


def _joins(texts: Sequence[str]) -> tuple[tuple[str, Path], ...]:
    found = []
    for text in texts:
        name, colon, path = text.partition(":")
        if not colon or not path:
            hint = "Write FORMAT:PATH, such as everypolitician-csv:term-57.csv."
            message = f"'{text}' names no format and path"
            raise UsageError([Problem("--join", 0, 0, "error", "invalid-join", message, hint)])
        found.append((name, Path(path)))
    return tuple(found)


def _as_json(report: Report) -> dict[str, Any]:
    return {
        "read": report.read,
        "written": report.written,
        "left_out": report.left_out,
        "reasons": report.reasons,
        "counts": report.counts,
        "unused": report.unused,
        "mended": report.mended,
        "sources": [{"path": data.shown, "sha256": data.sha256, "date": data.date or None} for data in report.sources],
        "notes": list(report.notes),
        **problems_json(report.problems),
    }


def _print_report(report: Report, output: Path) -> None:
    """Print the counts: what was read, written and left out, and why."""
    lines = [
        f"{report.read:,} persons read, {report.written:,} written to {output}, {report.left_out:,} left out",
        *(f"  left out: {count:,} {why}" for why, count in report.reasons.items()),
        *(f"  counted: {count:,} {what}" for what, count in report.counts.items()),
        *(f"  mended: {count:,} × {what}" for what, count in report.mended.items()),
    ]
    if report.unused:
        lines.append("  fields left out: " + ", ".join(f"{name} ({count:,})" for name, count in report.unused.items()))
    lines += [f"  {note}" for note in report.notes]
    for data in report.sources:
        date = f"of {data.date}" if data.date else "without a date (--dated DATE gives it one)"
        lines.append(f"  source: {data.shown} sha256:{data.sha256[:16]}… {date}")
    for line in lines:
        print_line(line, stderr=True)


@app.command("formats")
def formats(*, as_json: Json = False) -> None:
    """List the formats that are read, and the fields that a mapping can fill."""
    from advokit.importers.formats import FORMATS
    from advokit.importers.mapping import FIELDS

    fields = [*FIELDS, "identifier.SCHEME"]
    if as_json:
        rows = [
            {"name": row.name, "reads": row.reads, "about": row.about, "mapping": row.mapped}
            for row in FORMATS.values()
        ]
        print_json({"formats": rows, "fields": fields})
        return
    print_table(("format", "reads", "what it is"), [(row.name, row.reads, row.about) for row in FORMATS.values()])
    print_line(f"\nFields for --map: {', '.join(fields)}")


@app.command("find")
def find(
    context: typer.Context,
    words: Annotated[list[str], typer.Argument(metavar="WORDS", help="A name, an area or a postcode.")],
    *,
    people: Annotated[
        list[Path] | None, typer.Option(metavar="FILE.csv", help="Tables of people; else the workspace's.")
    ] = None,
    districts: Annotated[
        Path | None, typer.Option(metavar="FILE.csv", help="Postcodes and their districts (state_abbr, zcta, cd).")
    ] = None,
    workspace: Workspace = None,
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="How many to show, except of a postcode.")] = 20,
    as_json: Json = False,
) -> None:
    """Find persons by name, area or postcode, without accents or exact spelling, in any script."""
    from advokit.people import find_people, read_people

    text = " ".join(words)
    files = people or sorted(root_of(context, workspace).glob("campaigns/*/people/*.csv"))
    if not files:
        hint = "Make one with 'advokit people import', or name one with --people FILE.csv."
        message = "the workspace has no table of people"
        raise UsageError([Problem(str(workspace or "."), 0, 0, "error", "no-people", message, hint)])
    problems: list[Problem] = []
    found: list[District] = []
    if districts and re.search(r"\d", text):
        from advokit.importers.districts import districts_of

        found = districts_of(districts, text)
    tables = {str(path): read_people(path, problems) for path in files}
    hits = _of_districts(found, tables) if found else find_people(text, tables, limit=limit)
    if as_json:
        print_json(_found_json(hits, found, problems))
    else:
        print_problems(problems)
        _print_found(text, hits, found)
    raise typer.Exit(0 if hits or found else 1)


def _of_districts(found: Sequence[District], files: dict[str, Iterator[Person]]) -> list[Hit]:
    """Give those who sit for the districts, district by district, and after them those who sit for the whole state."""
    from advokit.people import Hit

    ranked: list[tuple[int, Hit]] = []
    for path, people in files.items():
        for person in people:
            own = next((index for index, one in enumerate(found) if one.sits(person)), None)
            if own is not None or any(one.has(person) for one in found):
                ranked.append((len(found) if own is None else own, Hit(person, 100.0, path)))
    return [hit for _, hit in sorted(ranked, key=lambda pair: pair[0])]


def _vacant(hits: Sequence[Hit], found: Sequence[District]) -> list[str]:
    return [one.area for one in found if not any(one.sits(hit.person) for hit in hits)]


def _found_json(hits: Sequence[Hit], found: Sequence[District], problems: Sequence[Problem]) -> dict[str, Any]:
    return {
        "districts": [one.area for one in found],
        "vacant": _vacant(hits, found),
        "people": [{**asdict(hit.person), "score": round(hit.score), "file": hit.path} for hit in hits],
        **problems_json(problems),
    }


def _print_found(text: str, hits: Sequence[Hit], found: Sequence[District]) -> None:
    if found:
        many = " (it spans several: the street decides)" if len(found) > 1 else ""
        print_line(f"{text} lies in {', '.join(one.area for one in found)}{many}")
    for area in _vacant(hits, found):
        print_line(f"{area}: nobody in the table; the seat may be vacant")
    if not hits and not found:
        print_line(f"Nobody is like '{text}'. Try fewer words, or the area.", stderr=True)
    if hits:
        rows = [
            (f"{one.honorific} {one.name}".strip(), one.party, one.chamber, one.area, one.email or one.form_url, one.id)
            for one in (hit.person for hit in hits)
        ]
        print_table(("name", "party", "chamber", "area", "e-mail or form", "id"), rows)
