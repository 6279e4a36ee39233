"""What a print shop needs: one file with every letter, in the order of the post, with index and bookmarks; labels.

In: the letters that stand. Out: combined.pdf, or parts of it (index, bookmarks, for duplex every letter on a sheet of
its own), labels.pdf and letters.zip. The combined file is for a printer: tags and attachments stay with the single
letters. It is written from front to back; memory does not grow with the number of letters.
"""

from __future__ import annotations

import contextlib
import io
import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path

import pikepdf

from advokit.compose.letter import Envelope, recipient_of
from advokit.compose.window import Fitted, fit
from advokit.countries import CLEARANCE, PAPER_SIZES, Rect
from advokit.countries.model import PaperName
from advokit.letters.archive import ARCHIVE, write_archive
from advokit.letters.folder import RunFolder, removed
from advokit.letters.journal import Journal, Standing
from advokit.letters.labels import SHEETS, Sheet
from advokit.letters.pdfwriter import Outline, PdfWriter
from advokit.letters.work import Spec
from advokit.problems import OutputError, Problem
from advokit.worker import Names, Pool
from advokit.workspace import CampaignFiles

#: Lines on a page of the index, and pages laid out at a time.
_LINES, _PAGES = 46, 10


@dataclass(frozen=True)
class Entry:
    """One letter in the combined file."""

    row: int
    recipient: str
    area: str
    path: Path
    page: int
    """The page of the combined file on which it begins, from 1."""
    pages: int


@dataclass(frozen=True)
class Wanted:
    """What is to be handed on, beside the letters themselves."""

    combined: bool = False
    """One file with every letter."""
    duplex: bool = False
    """In it, every letter on a sheet of its own, for paper printed on both sides."""
    sheets: int = 0
    """The most sheets of one such file; 0 for any number."""
    labels: str = ""
    """The kind of label sheet."""
    archive: bool = False
    """A zip of the single letters."""
    since: str = ""
    """Only letters that bear this date or a later one (ISO 8601); empty for all."""


@dataclass(frozen=True)
class Printed:
    """What was made."""

    names: tuple[str, ...] = ()
    """The files, in the run's folder."""
    problems: tuple[Problem, ...] = ()
    """What is missing in them."""


def make_printing(out: Path, files: CampaignFiles, wanted: Wanted) -> Printed:
    """Write what was asked for into a run's folder, of its campaign as it was; raises OutputError."""
    paper = next(iter(files.editions.values())).country.model.paper.value
    names: list[str] = []
    problems: list[Problem] = []
    with RunFolder(out) as folder, Journal(folder.journal) as journal:
        if next(journal.standing(since=wanted.since), None) is None:
            return Printed()
        if wanted.combined:
            names += _combine(folder, journal, paper, wanted)
        if wanted.labels:
            problems = _label(folder, journal, files, wanted)
            names.append("labels.pdf")
        if wanted.archive:
            with removed(folder.path / f".{ARCHIVE}.part") as path:
                write_archive(path, folder, journal, wanted.since)
                path.replace(folder.path / ARCHIVE)
            names.append(ARCHIVE)
        journal.note("printed", journal.digest())
        folder.lasting()
    return Printed(tuple(names), tuple(problems))


# The combined file

@dataclass(frozen=True)
class Part:
    """One of the files that a run is printed from."""

    number: int
    """From 1; 0 where there is but one."""
    letters: int
    start: int
    """How many letters stand in the parts before."""

    @property
    def name(self) -> str:
        """Give the name of its file."""
        return f"combined-{self.number:02d}.pdf" if self.number else "combined.pdf"


def _combine(folder: RunFolder, journal: Journal, paper: PaperName, wanted: Wanted) -> list[str]:
    """Put all letters into one file behind their index, or into several of so many sheets; gives their names.

    Every letter is read, written and forgotten, so that memory stays the same for any number of them.
    """
    parts = list(_parts(journal, wanted))
    for part in parts:
        with removed(folder.path / f".{part.name}.part") as path:
            _write_part(folder, journal, path, part, paper, wanted)
            path.replace(folder.path / part.name)
    names = [part.name for part in parts]
    for path in folder.path.glob("combined*.pdf"):
        if path.name not in names:
            path.unlink()
    return names


def _parts(journal: Journal, wanted: Wanted) -> Iterator[Part]:
    """Divide the letters so that no part has more sheets than asked for, its index included."""
    number, letters, pages, start = 1, 0, 0, 0
    duplex, sheets, since = wanted.duplex, wanted.sheets, wanted.since
    for letter in _printed(journal, since):
        more = _even(letter.pages or 1, duplex=duplex)
        full = sheets and letters and _sheets_of(_index(letters + 1, duplex=duplex) + pages + more,
                                                 duplex=duplex) > sheets
        if full:
            yield Part(number, letters, start)
            number, start, letters, pages = number + 1, start + letters, 0, 0
        letters, pages = letters + 1, pages + more
    yield Part(number if number > 1 else 0, letters, start)


def _write_part(folder: RunFolder, journal: Journal, path: Path, part: Part, paper: PaperName, wanted: Wanted) -> None:
    duplex, since = wanted.duplex, wanted.since
    width, height = (size / 25.4 * 72 for size in PAPER_SIZES[paper])
    with PdfWriter(path) as writer:
        outline = Outline(writer)
        for sheet in _sheets(index_pages(_entries(folder, journal, part, since, duplex=duplex)), paper):
            with pikepdf.open(io.BytesIO(sheet)) as pdf:
                for page in pdf.pages:
                    number = writer.add_page(page)
                    if writer.pages == 1:
                        outline.chapter("Index", number)
        if writer.pages < _index(part.letters, duplex=duplex):
            writer.add_blank(width, height)
        for entry in _entries(folder, journal, part, since, duplex=duplex):
            with _opened(entry.path, entry.pages) as letter:
                numbers = [writer.add_page(page) for page in letter.pages]
            if duplex and len(numbers) % 2:
                writer.add_blank(width, height)
            outline.entry(f"{entry.recipient}\0{entry.area}", entry.recipient, f"Row {entry.row}", numbers[0])
        writer.finish(b"/Outlines %d 0 R /PageMode /UseOutlines /Lang (en)" % outline.finish(),
                      b"/Title (Letters) /Producer (advokit)")


@contextlib.contextmanager
def _opened(path: Path, pages: int) -> Iterator[pikepdf.Pdf]:
    """Open a letter; raises OutputError where it is gone or is not the one that the journal knows."""
    try:
        with pikepdf.open(path) as pdf:
            if len(pdf.pages) == pages:
                yield pdf
                return
    except (FileNotFoundError, pikepdf.PdfError):
        pass  # told below
    raise OutputError([Problem(f"letters/{path.name}", 0, 0, "error", "letter-damaged",
                               "the letter was taken away or changed while the file for the printer was made",
                               "Start the same command again: the letter is made anew.")])


def _even(pages: int, *, duplex: bool) -> int:
    return pages + pages % 2 if duplex else pages


def _index(letters: int, *, duplex: bool) -> int:
    """Give the pages of an index of so many letters."""
    return _even(-(-letters // _LINES), duplex=duplex)


def _sheets_of(pages: int, *, duplex: bool) -> int:
    return -(-pages // 2) if duplex else pages


def _printed(journal: Journal, since: str) -> Iterator[Standing]:
    """Give the letters in the order of the post."""
    return (letter for letter in journal.standing("post", since) if "pdf" in letter.files)


def _entries(folder: RunFolder, journal: Journal, part: Part, since: str, *, duplex: bool) -> Iterator[Entry]:
    """Give the letters of one part with the pages on which they begin."""
    page = 1 + _index(part.letters, duplex=duplex)
    for letter in itertools.islice(_printed(journal, since), part.start, part.start + part.letters):
        pages = letter.pages or 1
        yield Entry(letter.row, letter.recipient, letter.area, folder.path / "letters" / letter.files["pdf"]["name"],
                    page, pages)
        page += _even(pages, duplex=duplex)


def index_pages(entries: Iterator[Entry]) -> Iterator[str]:
    """Write the index page by page: page, row, recipient, area; rows stand for senders."""
    while some := tuple(itertools.islice(entries, _LINES)):
        lines = "".join(f"<tr><td>{entry.page}</td><td>{entry.row}</td><td>{_short(entry.recipient)}</td>"
                        f"<td>{_short(entry.area)}</td></tr>" for entry in some)
        yield (f"<section><table><tr><th>Page</th><th>Row</th><th>Recipient</th><th>Area</th></tr>{lines}</table>"
               "</section>")


def _short(text: str) -> str:
    return escape(text if len(text) <= 48 else text[:47] + "…")


# Labels

def _label(folder: RunFolder, journal: Journal, files: CampaignFiles, wanted: Wanted) -> list[Problem]:
    """Write the sheets of labels, in the order of the combined file; tells which letters have none."""
    problems: list[Problem] = []
    sheet, name, since = SHEETS[wanted.labels], wanted.labels, wanted.since

    def fitting() -> Iterator[Fitted]:
        for letter in _printed(journal, since):
            fitted = _address(files, letter, sheet)
            if fitted:
                yield fitted
            else:
                problems.append(Problem(
                    "labels.pdf", 0, 0, "warning", "label-too-small",
                    f"row {letter.row}: the address of {letter.recipient} does not fit on a label {name} in a size that"
                    " can be read; this letter has no label", "Take a larger label, or write this one by hand."))

    with removed(folder.path / ".labels.pdf.part") as path:
        with PdfWriter(path) as writer:
            for content in _sheets(label_pages(fitting(), sheet), sheet.paper):
                with pikepdf.open(io.BytesIO(content)) as pdf:
                    for page in pdf.pages:
                        writer.add_page(page)
            writer.finish(b"/Lang (en)", b"/Title (Labels) /Producer (advokit)")
        path.replace(folder.path / "labels.pdf")
    return problems


def _address(files: CampaignFiles, letter: Standing, sheet: Sheet) -> Fitted | None:
    """Fit the address of one letter on a label; None where no readable size fits, as the window has room for more."""
    spec = Spec.read(letter.payload)
    edition = files.editions[spec.edition]
    words = recipient_of(edition.loaded, edition.country, Envelope(spec.sender, spec.form, spec.addressee))
    box = sheet.box(0)
    inner = Rect(left=box.left + CLEARANCE, top=box.top + CLEARANCE, width=box.width - 2 * CLEARANCE,
                 height=box.height - 2 * CLEARANCE)
    fitted = fit(words.address, inner)
    return fitted if isinstance(fitted, Fitted) else None


def label_pages(labels: Iterable[Fitted], sheet: Sheet) -> Iterator[str]:
    """Write sheets of labels."""
    cells: list[str] = []
    first = sheet.box(0)
    for label in labels:
        box = sheet.box(len(cells))
        left, top = box.left - first.left + label.left, box.top - first.top + label.top
        lines = "<br>".join(escape(line) for line in label.lines)
        cells.append(f'<p style="left: {left:.3f}mm; top: {top:.3f}mm; font-size: {label.size}pt; '
                     f'line-height: {label.leading}pt">{lines}</p>')
        if len(cells) == sheet.count:
            yield f'<section>{"".join(cells)}</section>'
            cells = []
    if cells:
        yield f'<section>{"".join(cells)}</section>'


# Laying out

def _sheets(pages: Iterable[str], paper: PaperName) -> Iterator[bytes]:
    """Lay pages out a few at a time, in a fenced child."""
    from advokit.letters.sheets import lay_out
    with Pool(jobs=1, preload=("advokit.letters.sheets",)) as pool:
        for outcome in pool.run(lay_out, _calls(pages, paper)):
            if outcome.value is None:
                raise OutputError(outcome.problems or [Problem("combined.pdf", 0, 0, "error", "worker-failed",
                                                               "the index could not be made")])
            yield outcome.value


def _calls(pages: Iterable[str], paper: PaperName) -> Iterator[tuple[tuple[str, str], Names]]:
    batch: list[str] = []
    for page in pages:
        batch.append(page)
        if len(batch) == _PAGES:
            yield ("".join(batch), paper), Names("the sheets", "combined.pdf")
            batch = []
    if batch:
        yield ("".join(batch), paper), Names("the sheets", "combined.pdf")
