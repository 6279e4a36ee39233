"""`advokit letters`: one letter a sender and recipient, resumable.

In: a command line. Out: a private folder of letters; counts and problems by row on standard error.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from advokit.cli.options import CampaignName, Date, Json, Quiet, Verbose, Workspace, day, named, root_of, settings_of
from advokit.cli.output import count, print_json, print_line, print_problems, problems_json
from advokit.problems import Problem, UsageError, hint_for

if TYPE_CHECKING:
    import datetime as dt

    from advokit.letters.matching import Directory
    from advokit.letters.preview import Preview
    from advokit.letters.printing import Printed, Wanted
    from advokit.letters.run import Report, Request, Runner, Tick
    from advokit.letters.similarity import Similarity
    from advokit.workspace import EditionFiles


def letters(  # long: one parameter an option, each with its help
    context: typer.Context,
    campaign: CampaignName = None,
    edition: Annotated[list[str] | None, typer.Option("--edition", "-e", metavar="EDITION", show_default=False,
        help="The edition, such as gb; a further one for senders in another language of the country.")] = None,
    senders: Annotated[Path | None, typer.Option("--senders", metavar="FILE.csv", show_default=False,
        help="The table of senders.")] = None,
    people: Annotated[list[Path] | None, typer.Option("--people", metavar="FILE.csv", show_default=False,
        help="The table of people (default: the campaign's, of the country).")] = None,
    maps: Annotated[list[str] | None, typer.Option("--map", metavar="FIELD=COLUMN", show_default=False,
        help="Which column of the senders holds a field; repeatable.")] = None,
    match: Annotated[str, typer.Option("--match", metavar="area|all|office", help="To each sender's own"
        " representatives, to everyone in the table of people, or to the edition's own recipient.")] = "area",
    chamber: Annotated[str, typer.Option("--chamber", metavar="C", show_default=False,
        help="Only to this chamber (default: all of them).")] = "",
    districts: Annotated[Path | None, typer.Option("--districts", metavar="FILE.csv", show_default=False,
        help="Postcodes and their districts, for senders without an area.")] = None,
    to_chamber: Annotated[bool, typer.Option("--to-chamber", help="Write to the chamber's address, not to one of the"
        " person's own.")] = False,
    form: Annotated[list[str] | None, typer.Option("--format", "-f", metavar="pdf|eml|docx|txt", show_default=False,
        help="The format (default: pdf); repeatable.")] = None,
    combined: Annotated[bool, typer.Option("--combined", help="One file for the printer, with an index.")] = False,
    duplex: Annotated[bool, typer.Option("--duplex", help="Begin every letter of the combined file on a new sheet, for"
        " paper printed on both sides.")] = False,
    sheets: Annotated[int, typer.Option("--sheets", min=0, metavar="N", show_default=False,
        help="Divide the combined file into files of at most N sheets of paper.")] = 0,
    since: Annotated[str, typer.Option("--since", metavar="YYYY-MM-DD", show_default=False,
        help="In the combined file, the labels and the zip, only letters of this date or a later one.")] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Tell what the run would do, and write nothing.")] = False,
    archive: Annotated[bool, typer.Option("--zip", help="All letters in letters.zip too.")] = False,
    labels: Annotated[str, typer.Option("--labels", metavar="SHEET", show_default=False,
        help="Address labels too, on sheets such as L7163 or 5160.")] = "",
    jobs: Annotated[int, typer.Option("--jobs", min=0, max=256, metavar="N", show_default=False,
        help="Letters made side by side (default: one for each processor).")] = 0,
    cluster: Annotated[str, typer.Option("--cluster", metavar="ADDRESS", show_default=False,
        help="Make the letters on a Dask cluster, such as tcp://10.0.0.1:8786.")] = "",
    out: Annotated[Path | None, typer.Option("--out", "-o", metavar="DIR", show_default=False,
        help="The run's folder (default: build/CAMPAIGN/letters-EDITION).")] = None,
    names: Annotated[bool, typer.Option("--names", help="Put senders' names into the names of files.")] = False,
    forget: Annotated[bool, typer.Option("--forget", help="Remove the run's personal data; its counts stay.")] = False,
    date: Date = None,
    json: Json = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
    workspace: Workspace = None,
) -> int:
    """Write one letter for each sender to each of the sender's own representatives.

    A run can be stopped or killed at any moment: the same command goes on from there. What could not be made is
    listed by row in failures.csv.

    \b
    advokit letters -e gb --senders senders.csv            one PDF each
    advokit letters -e gb --senders senders.csv --combined one file for the printer
    advokit letters -e us --senders s.csv --chamber senate only to senators
    advokit letters -e gb --senders s.csv -f eml           drafts of e-mail
    advokit letters -e gb --senders s.csv --dry-run        what it would do
    advokit letters -e gb --forget                         remove all personal data
    """  # noqa: D301 - \b keeps the lines of the examples apart
    root = root_of(context, workspace)
    settings = settings_of(context, quiet=quiet, verbose=verbose)
    from advokit.cli.names import find_campaign
    name = find_campaign(root, campaign)
    editions = named(edition)
    if not editions:
        raise UsageError([Problem("-e", 0, 0, "error", "which-edition", "letters need an edition",
                                  "Name it: advokit letters -e gb --senders FILE.csv")])
    folder = out or root / "build" / name / f"letters-{editions[0]}"
    if forget:
        return _forget(folder)
    options: dict[str, Any] = {"match": match, "chamber": chamber, "to_chamber": to_chamber,
                               "formats": named(form) or ("pdf",), "named": names,
                               "dated": bool(date)}
    _check(options["formats"], match, labels, combined=combined, duplex=duplex, sheets=sheets)
    request = _request(root, name, editions, folder, senders, people, maps or [], districts, day(date), options)
    if dry_run:
        return _preview(request, as_json=json)
    runner = _runner(root, cluster, jobs or os.cpu_count() or 1)
    report = _run(request, runner, quiet=settings.quiet or json, verbose=settings.verbose and not json)
    from advokit.letters.printing import Printed, Wanted
    wanted = Wanted(combined, duplex, sheets, labels.upper(), archive, _since(since))
    extra = _printing(folder, report, wanted) if combined or labels or archive else Printed()
    _show(report, folder, extra, as_json=json, quiet=settings.quiet)
    return report.exit_code


def _check(formats: tuple[str, ...], match: str, labels: str, *, combined: bool, duplex: bool,
           sheets: int) -> None:
    """Refuse what cannot be, all of it at once."""
    from advokit.letters.labels import SHEETS
    from advokit.letters.matching import MATCHES
    from advokit.letters.work import LETTER_FORMATS
    problems = [Problem("-f", 0, 0, "error", "unknown-format", f"letters have no format '{name}'",
                        hint_for(name, LETTER_FORMATS, "format")) for name in formats if name not in LETTER_FORMATS]
    if match not in MATCHES:
        problems.append(Problem("--match", 0, 0, "error", "unknown-match", f"there is no way '{match}' to match",
                                hint_for(match, MATCHES, "way")))
    if labels and labels.upper() not in SHEETS:
        problems.append(Problem("--labels", 0, 0, "error", "unknown-sheet", f"there is no sheet of labels '{labels}'",
                                hint_for(labels.upper(), SHEETS, "sheet")))
    if (duplex or sheets) and not combined:
        problems.append(Problem("--duplex" if duplex else "--sheets", 0, 0, "error", "contradiction",
                                "this is about the combined file, which is not asked for", "Add --combined."))
    if sheets == 1:
        problems.append(Problem("--sheets", 0, 0, "error", "too-few-sheets", "one sheet has no room for an index and a"
                                " letter", "Ask for 2 sheets at least; print shops like some hundreds."))
    if (combined or labels) and "pdf" not in formats:
        problems.append(Problem("--combined", 0, 0, "error", "contradiction", "what is printed is made of PDFs, and -f"
                                " leaves them out", "Add -f pdf."))
    if problems:
        raise UsageError(problems)


def _since(text: str) -> str:
    try:
        return day(text).isoformat() if text else ""
    except UsageError as error:
        raise UsageError([replace(problem, path="--since") for problem in error.problems]) from None


def _request(root: Path, campaign: str, editions: tuple[str, ...], out: Path, senders: Path | None,
             people: list[Path] | None, maps: list[str], districts: Path | None, date: dt.date,
             options: dict[str, Any]) -> Request:
    """Gather what a run needs; raises with every problem of the files that it names."""
    from advokit.letters.matching import Wish, chamber_wished
    from advokit.letters.run import Request, questions_of
    from advokit.letters.senders import SenderTable, mapping_of
    from advokit.problems import InputError
    from advokit.workspace import read_campaign
    if senders is None:
        raise UsageError([Problem("--senders", 0, 0, "error", "no-senders", "letters need a table of senders",
                                  "Write a CSV with the columns name, street, city, postcode, area, own_words, and give"
                                  " it with --senders FILE.csv.")])
    files, problems = read_campaign(root, campaign, editions)
    missing = [name for name in editions if files is None or name not in files.editions]
    if files is None or missing:
        raise InputError(problems)
    first = files.editions[editions[0]]
    questions = questions_of(first.edition)
    wish = Wish(options["match"], chamber_wished(first.country.model, options["chamber"]), options["to_chamber"])
    directory = None if wish.match == "office" else _directory(root, campaign, first, people, districts)
    table = SenderTable(senders, str(senders), first.edition.country, questions, mapping_of(maps, questions.ids))
    return Request(root, campaign, editions, date, table, directory, wish, out, options["formats"], options["named"],
                   options["dated"])


def _directory(root: Path, campaign: str, edition: EditionFiles, people: list[Path] | None,
               districts: Path | None) -> Directory:
    from advokit.letters.matching import Directory, read_postcodes
    from advokit.letters.postcodes import people_without
    from advokit.people import read_people
    code = edition.edition.country
    folder = root / "campaigns" / campaign / "people"
    paths = people or sorted([*folder.glob(f"{code}.csv"), *folder.glob(f"{code}-*.csv")])
    if not paths:
        raise UsageError([Problem(str(folder / f"{code}.csv"), 0, 0, "error", "no-people",
                                  "there is no table of people for this country",
                                  "Make one with 'advokit people import', name one with --people FILE.csv, or write to"
                                  " the edition's own recipient with --match office.")])
    found = [person for path in paths for person in read_people(path)]
    if problem := people_without(found, edition.country.model, str(paths[0])):
        print_problems([problem])
    postcodes = read_postcodes(districts) if districts else None
    return Directory(found, edition.country.model, str(paths[0]), postcodes)


def _runner(root: Path, cluster: str, jobs: int) -> Runner:
    from advokit.letters.run import LocalRunner
    if not cluster:
        return LocalRunner(root.resolve(), jobs)
    from advokit.letters.cluster import ClusterRunner
    return ClusterRunner(root.resolve(), cluster)


def _run(request: Request, runner: Runner, *, quiet: bool, verbose: bool) -> Report:
    from advokit.letters.run import run_letters
    say = (lambda text: print_line(text, stderr=True)) if verbose else (lambda _text: None)
    with _progress(quiet) as tick:
        return run_letters(request, runner, say=say, tick=tick)


#: Seconds between two lines of progress where there is no terminal.
_EVERY = 30.0


@contextmanager
def _progress(quiet: bool) -> Iterator[Tick]:
    """Show what is done, the rate and the time left: as a bar on a terminal, else as a line now and then."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
    screen = Console(stderr=True)
    if quiet:
        yield lambda _done, _all, _failed: None
    elif not screen.is_terminal:
        yield _Lines().tick
    else:
        with Progress(TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(),
                      console=screen, transient=True) as bar:
            task, begun = bar.add_task("letters", total=None), time.monotonic()

            def tick(done: int, total: int, failed: int) -> None:
                rate = done / max(time.monotonic() - begun, 0.001)
                lost = f", {failed} failed" if failed else ""
                bar.update(task, description=f"{rate:.1f} letters/s{lost}", completed=done, total=total)
            yield tick


class _Lines:
    """Progress for a log: one line every half minute, so that nobody thinks the run has stopped."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._begun = self._last = clock()

    def tick(self, done: int, total: int, failed: int) -> None:
        now = self._clock()
        if now - self._last < _EVERY:
            return
        self._last = now
        rate = done / max(now - self._begun, 0.001)
        left = (total - done) / max(rate, 0.001)
        lost = f", {failed} failed" if failed else ""
        print_line(f"{done:,} of {total:,} letters, {rate:.1f} a second{lost}, about {_span(left)} left", stderr=True)


def _span(seconds: float) -> str:
    """Write a time in words: `40 s`, `12 min`, `3 h 20 min`."""
    if seconds < 90:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 90 else f"{minutes // 60} h {minutes % 60} min"


def _preview(request: Request, *, as_json: bool) -> int:
    """Tell what a run would do."""
    from dataclasses import asdict

    from advokit.letters.preview import preview
    from advokit.problems import OutputError
    found = preview(request)
    if as_json:
        print_json({**problems_json(found.warnings), "senders": found.senders, "letters": found.letters,
                    "by_chamber": dict(found.by_chamber), "by_area": dict(found.by_area),
                    "faults": [{**asdict(fault), "recipient": recipient} for fault, recipient in found.faults],
                    "notes": list(found.notes)})
    else:
        print_problems(found.warnings)
        for line in _preview_lines(found):
            print_line(line)
    return OutputError.exit_code if found.faults else 0


#: Areas and rows that a preview names; --json has them all.
_NAMED = 10


def _preview_lines(found: Preview) -> Iterator[str]:
    yield f"{count(found.senders, 'sender')}, {count(found.letters, 'letter')}. Nothing has been written."
    for chamber, letters_ in found.by_chamber:
        yield f"  to {chamber or 'the office'}: {letters_:,}"
    if any(area for area, _ in found.by_area):
        areas = ", ".join(f"{area or 'no area'} {letters_:,}" for area, letters_ in found.by_area[:_NAMED])
        yield f"Areas: {len(found.by_area):,}; most letters: {areas}."
    groups: dict[tuple[str, str], list[str]] = {}
    for fault, _ in found.faults:
        groups.setdefault((fault.message, fault.hint), []).append(
            f"{fault.row} (nearest: {fault.near})" if fault.near else str(fault.row))
    if groups:
        yield f"Not delivered would be {count(len(found.faults), 'letter')}:"
    for (message, hint), rows in sorted(groups.items(), key=lambda item: -len(item[1])):
        shown = ", ".join(dict.fromkeys(rows[:_NAMED])) + (" …" if len(rows) > _NAMED else "")
        yield f"  {message}. {hint}"
        yield f"    row {shown}"
    yield from _own_words(found.similarity, "")
    for note in found.notes:
        yield f"Note: {note}"


def _printing(folder: Path, report: Report, wanted: Wanted) -> Printed:
    """Make what the printer needs, of the letters that stand."""
    from advokit.letters.printing import make_printing
    return make_printing(folder, report.files, wanted)


def _forget(folder: Path) -> int:
    from advokit.letters.folder import COUNTS, RunFolder
    from advokit.letters.journal import Journal
    from advokit.letters.reports import counts
    if not folder.is_dir():
        raise UsageError([Problem(str(folder), 0, 0, "error", "no-run", "there is no run in this folder",
                                  "Name the run's folder with -o DIR.")])
    from advokit.freshness import write_whole
    with RunFolder(folder) as run:
        if run.journal.exists():
            with Journal(run.journal) as journal:
                write_whole(run.path / COUNTS, counts(journal))
        run.forget()
    print_line(f"Forgotten: every letter and every name. {folder / COUNTS} keeps the letters by area.")
    return 0


def _show(report: Report, folder: Path, extra: Printed, *, as_json: bool, quiet: bool) -> None:
    if as_json:
        measured = report.similarity
        print_json({**problems_json((*report.warnings, *extra.problems)), "letters": report.letters,
                    "made": report.made, "failed": report.faults, "waiting": report.waiting, "folder": str(folder),
                    "printing": list(extra.names), "advice": list(report.advice),
                    "own_words": {"senders": measured.with_words, "without": measured.without,
                                  "distinct": measured.distinct, "alike": measured.alike}})
        return
    print_problems((*report.warnings, *extra.problems))
    if not quiet:
        for line in _lines(report, folder, extra):
            print_line(line, stderr=True)


def _lines(report: Report, folder: Path, extra: Printed) -> Iterator[str]:
    yield f"{count(report.letters, 'letter')} in {folder}: {report.made:,} made now."
    yield from _own_words(report.similarity, " (similar.csv)")
    for name in extra.names:
        yield f"For the printer: {folder / name}"
    for text in report.advice if report.letters else ():
        yield f"Before you post them: {text}"
    if report.waiting:
        yield f"{count(report.waiting, 'letter')} still to make: start the same command again."
    if report.faults:
        yield f"Not delivered: {report.faults:,}. The file {folder / 'failures.csv'} says why, row by row."


def _own_words(measured: Similarity, where: str) -> Iterator[str]:
    if measured.with_words:
        yield (f"Own words: {count(measured.with_words, 'sender')} wrote some, {measured.without:,} none. Of their"
               f" paragraphs, {measured.alike:,} are like another's" +
               (f"; counted once, {measured.distinct:,} differ{where}." if measured.alike else "."))
