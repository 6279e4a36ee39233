"""Delimited text in, rows with their line and columns out (RFC 4180, read leniently as spreadsheets write it).

The delimiter is sniffed; blank lines and `#` lines are passed over; unnamed and doubled headers get names of their own;
short and long rows, and quotation marks that never close, become problems of their line and nothing else is lost.
"""

from __future__ import annotations

import csv
import itertools
import re
import unicodedata
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from advokit.tables.encodings import Encoding, open_text

_DELIMITERS = (",", ";", "\t", "|")
#: Lines in which the header is looked for.
HEAD = 40
#: Lines that one quoted cell may span before its quotation mark counts as never closed.
MAX_SPAN = 100

#: Letters of the longest cell that is read.
csv.field_size_limit(64 * 1024 * 1024)

_BREAK = re.compile(r"\r\n|\r|\n")

Say = Callable[[int, int, str, str, str], None]


def tidy(text: str) -> str:
    """Make the text of a cell comparable: NFC, every kind of space one space, nothing invisible."""
    text = unicodedata.normalize("NFC", text)
    if text.isprintable() and "  " not in text:
        return text.strip()
    kept = "".join(
        " " if c.isspace() else c
        for c in text
        if c.isspace() or c in "\u200c\u200d" or unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Co"}
    )
    return " ".join(kept.split())


def folded(header: str) -> str:
    """Make headers comparable whatever their case, width, spaces, hyphens and underscores."""
    text = unicodedata.normalize("NFKC", header).casefold()
    return re.sub(r"[\s_\-]+", "_", text).strip("_")


@dataclass(frozen=True, slots=True)
class Line:
    """One row as it stands in the file: its cells, its first line, its raw text."""

    number: int
    cells: list[str]
    raw: str


@dataclass(frozen=True)
class Table:
    """The header of a table, its delimiter, and the line where its rows begin."""

    shown: str
    columns: tuple[str, ...]
    delimiter: str
    start: int
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One row by column name, tidied; empty cells are not in it."""

    table: Table
    line: Line
    values: dict[str, str]

    def column_of(self, name: str) -> tuple[int, int]:
        """Give line and column where a cell begins, both counted from 1."""
        index = self.table.columns.index(name) if name in self.table.columns else 0
        return place_of(self.line, index, self.table.delimiter)


def place_of(line: Line, index: int, delimiter: str) -> tuple[int, int]:
    """Find where cell `index` of a row begins."""
    number, column, seen, quoted = line.number, 1, 0, False
    for at, character in enumerate(line.raw):
        if seen == index:
            break
        if character == '"':
            quoted = not quoted
        elif character == delimiter and not quoted:
            seen += 1
        column += 1
        broken = character == "\n" or (character == "\r" and line.raw[at + 1 : at + 2] != "\n")
        if broken:
            number, column = number + 1, 1
    return number, column


@dataclass
class _Feed:
    """Hands lines to the csv reader, remembers those of the row at hand, and takes some back."""

    lines: Iterator[str]
    back: deque[str] = field(default_factory=deque)
    taken: list[str] = field(default_factory=list)
    number: int = 0
    overrun: bool = False
    ended: bool = False

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if len(self.taken) >= MAX_SPAN:
            self.overrun = True
            raise StopIteration
        text = self.back.popleft() if self.back else next(self.lines, None)
        if text is None:
            self.ended = True
            raise StopIteration
        self.taken.append(text)
        self.number += 1
        return text.replace("\0", "")

    def give_back(self) -> str:
        """Keep the first line of the row at hand and return the others to the file."""
        first, rest = self.taken[0], self.taken[1:]
        self.back.extendleft(reversed(rest))
        self.number -= len(rest)
        self.taken, self.overrun, self.ended = [first], False, False
        return first


def raw_rows(lines: Iterator[str], delimiter: str, say: Say | None = None) -> Iterator[Line]:
    """Split lines into rows, including blank and `#` rows; an open quotation mark costs only its own line."""
    feed = _Feed(lines)
    while True:
        reader = csv.reader(feed, delimiter=delimiter)
        try:
            for cells in reader:
                if feed.overrun or (feed.ended and _open(feed.taken)):
                    yield _unquoted(feed, delimiter, say)
                    break
                yield Line(feed.number - len(feed.taken) + 1, cells, "".join(feed.taken))
                feed.taken = []
            else:
                if not feed.overrun:
                    return
                yield _unquoted(feed, delimiter, say)
        except csv.Error:
            yield _unquoted(feed, delimiter, say)
        feed.taken = []


def _open(taken: list[str]) -> bool:
    """Tell whether the quotation marks of the last row never closed: the file ended inside."""
    return sum(line.count('"') for line in taken) % 2 == 1 and (len(taken) > 1 or taken[0].lstrip().startswith('"'))


def _unquoted(feed: _Feed, delimiter: str, say: Say | None) -> Line:
    first = feed.give_back()
    if say:
        at = first.rfind(f'{delimiter}"') + 2 if f'{delimiter}"' in first else 1
        say(
            feed.number,
            max(at, 1),
            "open-quote",
            "a quotation mark opens here and never closes",
            'Close it, or write "" for a quotation mark inside a quoted cell.',
        )
    cells = [cell.strip('"') for cell in first.rstrip("\r\n").split(delimiter)]
    return Line(feed.number, cells, first)


def sniff(lines: Sequence[str]) -> str:
    """Tell the delimiter: the one that gives most rows the same number of cells, and many of them."""
    best, score = ",", 0.0
    plain = [line for line in lines if line.strip() and not line.startswith("#")] or list(lines)
    for delimiter in _DELIMITERS:
        widths = [len(line.cells) for line in raw_rows(iter(plain), delimiter) if line.cells]
        if not widths:
            continue
        common = max(set(widths), key=lambda width: (widths.count(width), width))
        here = widths.count(common) / len(widths) * min(common - 1, 12)
        if common > 1 and here > score:
            best, score = delimiter, here
    return best


def headers(cells: Sequence[str]) -> tuple[str, ...]:
    """Name the columns: tidied, `column 3` where unnamed, `Name (2)` where a name stands twice."""
    names: list[str] = []
    for number, cell in enumerate(cells, 1):
        name = tidy(cell.replace("\ufeff", "")) or f"column {number}"
        base, copy = name, 2
        while name in names:
            name, copy = f"{base} ({copy})", copy + 1
        names.append(name)
    return tuple(names)


def read_head(
    path: Path,
    shown: str,
    encoding: Encoding,
    wanted: Sequence[str] = (),
    delimiter: str = "",
    *,
    header: bool = True,
    look: Callable[[Sequence[str]], int] | None = None,
) -> Table:
    """Find the header: the row near the top with most of the wanted columns, else the first full one.

    `look` tells of any row how much it looks like a header; below 2 it counts for nothing.
    """
    with open_text(path, shown, encoding) as stream:
        top = list(itertools.islice(stream, HEAD))
    delimiter = delimiter or sniff(top)
    rows = [line for line in raw_rows(iter(top), delimiter) if any(tidy(cell) for cell in line.cells)]
    if not rows:
        return Table(shown, (), delimiter, 1)
    if not header:
        body = [line for line in rows if not line.raw.startswith("#")] or rows
        return Table(shown, headers([""] * max(len(line.cells) for line in body)), delimiter, 1)
    names = {folded(name) for name in wanted}
    plain = [line for line in rows if not _comment(line)] or rows
    width = max(len(line.cells) for line in plain)
    first = next((line for line in plain if sum(1 for cell in line.cells if tidy(cell)) >= min(width, 2)), plain[0])

    def hits(line: Line) -> int:
        cells = headers(_uncommented(line))
        looks = look(cells) if look else 0
        return 2 * sum(1 for name in cells if folded(name) in names) + (looks if looks > 1 else 0)

    found = max(rows, key=hits, default=first)
    found = found if hits(found) > hits(first) else first
    cells = _uncommented(found) if found is not first else found.cells
    return Table(
        shown,
        headers(cells),
        delimiter,
        found.number + max(len(_BREAK.findall(found.raw)), 1),
        marked=found.raw.startswith("#"),
    )


def _comment(line: Line) -> bool:
    return line.raw.lstrip("\ufeff \t").startswith("#") and tidy(line.cells[0]) != "#"


def _uncommented(line: Line) -> list[str]:
    first = line.cells[0]
    return [first[1:] if first.startswith("#") and len(first) > 1 else first, *line.cells[1:]]


def read_rows(path: Path, table: Table, encoding: Encoding, say: Say) -> Iterator[Row]:
    """Read the rows under a header, one at a time."""
    width = len(table.columns)
    with open_text(path, table.shown, encoding) as stream:
        for line in raw_rows(iter(stream), table.delimiter, say):
            if line.number < table.start or not any(map(str.strip, line.cells)):
                continue
            if line.cells[0].lstrip().startswith("#") and not _data(line, width):
                continue
            if "\ufffd" in line.raw:
                say(
                    *place_of(line, next(i for i, cell in enumerate(line.cells) if "\ufffd" in cell), table.delimiter)
                    if any("\ufffd" in cell for cell in line.cells)
                    else (line.number, 1),
                    "damaged-text",
                    f"some bytes of this row are not {encoding.name} text",
                    "Give the encoding with --encoding.",
                )
            extra = [cell for cell in line.cells[width:] if cell.strip()]
            if extra or len(line.cells) < width:
                say(
                    line.number,
                    1,
                    "ragged-row",
                    f"the row has {len(line.cells)} cells, the header {width}",
                    "The extra cells are left out." if extra else "The missing cells are taken as empty.",
                )
            values = {
                name: text for name, cell in zip(table.columns, line.cells, strict=False) if (text := _cell(cell))
            }
            yield Row(table, line, values)


def _cell(cell: str) -> str:
    """Tidy a cell, keeping the line breaks of an address as '; '."""
    if "\n" in cell or "\r" in cell:
        return "; ".join(part for part in (tidy(line) for line in cell.splitlines()) if part)
    return tidy(cell)


def _data(line: Line, width: int) -> bool:
    """Tell a row that happens to begin with '#' ('#12, …') from a remark."""
    return len(line.cells) == width and bool(re.match(r"\s*#\d", line.cells[0]))
