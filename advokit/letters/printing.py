"""What a print shop needs: one file with every letter, in the order of the post, with index and bookmarks; labels.

In: the letters that stand. Out: combined.pdf (index, bookmarks, for duplex every letter on a sheet of its own) and
labels.pdf. The combined file is for a printer: tags and attachments stay with the single letters.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from html import escape
from pathlib import Path

import pikepdf

from advokit.compose.letter import Envelope, recipient_of
from advokit.compose.window import Fitted, fit
from advokit.countries import PAPER_SIZES, Window
from advokit.countries.model import PaperName
from advokit.letters.folder import RunFolder
from advokit.letters.journal import Journal, Standing
from advokit.letters.labels import SHEETS, Sheet
from advokit.letters.work import Spec
from advokit.problems import OutputError, Problem
from advokit.worker import Names, Pool
from advokit.workspace import CampaignFiles

#: Lines on a page of the index, and pages laid out at a time.
_LINES, _PAGES = 46, 10
#: Letters put together at a time.
_VOLUME = 50


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


def make_printing(out: Path, files: CampaignFiles, *, combined: bool, duplex: bool, labels: str) -> tuple[str, ...]:
    """Write what was asked for into a run's folder, of its campaign as it was; gives the names of the files."""
    paper = next(iter(files.editions.values())).country.model.paper.value
    names = []
    with RunFolder(out) as folder, Journal(folder.journal) as journal:
        if combined and journal.count("done"):
            _combine(folder, journal, paper, duplex=duplex)
            names.append("combined.pdf")
        if labels and journal.count("done"):
            _label(folder, journal, files, SHEETS[labels])
            names.append("labels.pdf")
    return tuple(names)


# The combined file

def _combine(folder: RunFolder, journal: Journal, paper: PaperName, *, duplex: bool) -> None:
    """Put all letters into one file behind their index, volume by volume, so that few files are open at once."""
    entries = list(_entries(folder, journal.standing("post"), duplex=duplex))
    index = -(-len(entries) // _LINES)
    shift = index + index % 2 if duplex else index
    entries = [replace(entry, page=entry.page + shift) for entry in entries]
    path = folder.path / ".combined.pdf.part"
    with contextlib.ExitStack() as stack, pikepdf.new() as pdf:
        for number, part in enumerate(_sheets(index_pages(entries), paper)):
            _append(pdf, stack, folder.path / f".index-{number}.pdf.part", part)
        _even(pdf, paper, duplex=duplex)
        for start in range(0, len(entries), _VOLUME):
            name = folder.path / f".volume-{start}.pdf.part"
            _volume(name, entries[start:start + _VOLUME], paper, duplex=duplex)
            _append(pdf, stack, name)
        _bookmarks(pdf, entries)
        pdf.save(path, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
    path.replace(folder.path / "combined.pdf")


def _append(pdf: pikepdf.Pdf, stack: contextlib.ExitStack, path: Path, content: bytes | None = None) -> None:
    """Add the pages of a file that is taken away when all is done; its streams are read when they are written."""
    if content is not None:
        path.write_bytes(content)
    stack.callback(path.unlink, missing_ok=True)
    pdf.pages.extend(stack.enter_context(pikepdf.open(path)).pages)


def _volume(path: Path, entries: Sequence[Entry], paper: PaperName, *, duplex: bool) -> None:
    """Put some of the letters into one file."""
    with contextlib.ExitStack() as stack, pikepdf.new() as pdf:
        for entry in entries:
            letter = stack.enter_context(pikepdf.open(entry.path))
            for page in letter.pages:
                _strip(page)
            pdf.pages.extend(letter.pages)
            _even(pdf, paper, duplex=duplex)
        pdf.save(path, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)


def _strip(page: pikepdf.Page) -> None:
    """Take off what has no meaning on paper and would point nowhere: links and the tie to the tags."""
    for name in ("/Annots", "/StructParents", "/Tabs"):
        if name in page.obj:
            del page.obj[name]


def _even(pdf: pikepdf.Pdf, paper: PaperName, *, duplex: bool) -> None:
    """Add an empty page where the next letter would begin on the back of this one."""
    if duplex and len(pdf.pages) % 2:
        width, height = (size / 25.4 * 72 for size in PAPER_SIZES[paper])
        pdf.add_blank_page(page_size=(width, height))


def _entries(folder: RunFolder, letters: Iterable[Standing], *, duplex: bool) -> Iterator[Entry]:
    page = 1
    for letter in letters:
        if "pdf" not in letter.files:
            continue
        pages = letter.pages or 1
        yield Entry(letter.row, letter.recipient, letter.area, folder.path / "letters" / letter.files["pdf"]["name"],
                    page, pages)
        page += pages + pages % 2 if duplex else pages


def _bookmarks(pdf: pikepdf.Pdf, entries: Sequence[Entry]) -> None:
    """Write the bookmarks: recipients, and below each the rows whose letters go there."""
    with pdf.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem("Index", 0))
        above: pikepdf.OutlineItem | None = None
        name = None
        for entry in entries:
            if above is None or entry.recipient != name:
                above, name = pikepdf.OutlineItem(entry.recipient, entry.page - 1), entry.recipient
                above.is_closed = True
                outline.root.append(above)
            above.children.append(pikepdf.OutlineItem(f"Row {entry.row}", entry.page - 1))


def index_pages(entries: Sequence[Entry]) -> Iterator[str]:
    """Write the index page by page: page, row, recipient, area; rows stand for senders."""
    for start in range(0, len(entries), _LINES):
        lines = "".join(f"<tr><td>{entry.page}</td><td>{entry.row}</td><td>{_short(entry.recipient)}</td>"
                        f"<td>{_short(entry.area)}</td></tr>" for entry in entries[start:start + _LINES])
        yield (f"<section><table><tr><th>Page</th><th>Row</th><th>Recipient</th><th>Area</th></tr>{lines}</table>"
               "</section>")


def _short(text: str) -> str:
    return escape(text if len(text) <= 48 else text[:47] + "…")


# Labels

def _label(folder: RunFolder, journal: Journal, files: CampaignFiles, sheet: Sheet) -> None:
    """Write the sheets of labels, in the order of the combined file."""
    found = (fitted for letter in journal.standing("post") if (fitted := _address(files, letter, sheet)))
    with contextlib.ExitStack() as stack, pikepdf.new() as pdf:
        for number, part in enumerate(_sheets(label_pages(found, sheet), sheet.paper)):
            _append(pdf, stack, folder.path / f".labels-{number}.pdf.part", part)
        path = folder.path / ".labels.pdf.part"
        pdf.save(path, deterministic_id=True)
    path.replace(folder.path / "labels.pdf")


def _address(files: CampaignFiles, letter: Standing, sheet: Sheet) -> Fitted | None:
    """Fit the address of one letter on a label; None where no readable size fits, as the window has room for more."""
    spec = Spec.read(letter.payload)
    edition = files.editions[spec.edition]
    words = recipient_of(edition.loaded, edition.country, Envelope(spec.sender, spec.form, spec.addressee))
    window = Window(id="label", side="left", box=sheet.box(0), clearance=3.0, strength="g")
    return fit(words.address, window)


def label_pages(labels: Iterable[Fitted], sheet: Sheet) -> Iterator[str]:
    """Write sheets of labels."""
    cells: list[str] = []
    for label in labels:
        box = sheet.box(len(cells))
        lines = "<br>".join(escape(line) for line in label.lines)
        cells.append(f'<p style="left: {box.left + label.left:.3f}mm; top: {box.top + label.top:.3f}mm; font-size: '
                     f'{label.size}pt; line-height: {label.leading}pt">{lines}</p>')
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
