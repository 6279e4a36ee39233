"""Persons and how they are reached: the table of people in, frozen `Person`s out, and back again (words as in Popolo).

One documented table (UTF-8, RFC 4180) stands between the importers and the letters: one row a person with the columns
of `COLUMNS`. It is read as a stream, with a problem for each bad cell, and written so that no spreadsheet takes a
cell for a formula.
"""

from __future__ import annotations

import contextlib
import csv
import os
import re
import tempfile
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path

from anyascii import anyascii

from advokit.dates import PartialDate
from advokit.problems import InputError, OutputError, Problem, hint_for
from advokit.tables.encodings import detect
from advokit.tables.rows import folded, read_head, read_rows, tidy


@dataclass(frozen=True, slots=True)
class Person:
    """One person in one post, as one row of the table of people; an empty text means that the data does not say."""

    id: str = ""
    """The identifier that the data set gives the person, as it stands there."""
    name: str = ""
    """The whole name as it is printed, without titles and marks."""
    honorific: str = ""
    """Titles before the name, such as `Dr` or `Sir`."""
    given_name: str = ""
    """The given names, where the data keeps them apart."""
    family_name: str = ""
    """The family name, where the data keeps it apart."""
    gender: str = ""
    """`female`, `male` or `other`; empty where it is not stated."""
    party: str = ""
    """The party or group on whose behalf the person sits."""
    role: str = ""
    """What the person is, in the data's words: `Senator`, `member`."""
    chamber: str = ""
    """The body in which the person sits, in the data's words."""
    area: str = ""
    """The name of the area that the person represents."""
    area_id: str = ""
    """The identifier of the area."""
    address: str = ""
    """The postal address; its lines are set apart by `; `."""
    email: str = ""
    """One e-mail address."""
    form_url: str = ""
    """The address of a web form, for those who publish no e-mail address."""
    phone: str = ""
    """A telephone number, as it is published."""
    language: str = ""
    """The language in which to write to the person (BCP 47), where the data says so."""
    start: str = ""
    """The day, month or year in which the membership began (EDTF)."""
    end: str = ""
    """The day, month or year in which it ended or is due to end (EDTF)."""
    source: str = ""
    """The data set: its name, its SHA-256, and its date where one is known."""

    @property
    def address_lines(self) -> tuple[str, ...]:
        """The lines of the address."""
        return tuple(line for part in self.address.split(";") if (line := part.strip()))


@dataclass(frozen=True, slots=True)
class Membership:
    """A person in a post for a time, as a data set states it; `current` is the data set's own flag, if it has one."""

    role: str = ""
    chamber: str = ""
    party: str = ""
    area: str = ""
    area_id: str = ""
    start: str = ""
    end: str = ""
    current: bool | None = None
    period: str = ""
    period_start: str = ""
    period_end: str = ""
    address: str = ""
    email: str = ""
    form_url: str = ""
    phone: str = ""
    party_only: bool = False


#: The columns of the table of people, in their order.
COLUMNS: tuple[str, ...] = tuple(field.name for field in fields(Person))
#: What one column holds, for the documentation and the help.
_RISKY = re.compile(r"'*[#=+\-@\t\r\uff1d\uff0b\uff0d\uff20]")
_QUOTED = re.compile(r"'+[#=+\-@\t\r\uff1d\uff0b\uff0d\uff20]")
_MAIL = re.compile(
    r"[^@\s<>\"',;:()\[\]\\]+@[^@\s<>\"',;:()\[\]\\/?#]+\.[^@\s<>\"',;:()\[\]\\/?#.\d][^@\s<>\"',;:()\[\]\\/?#.]*"
)
_WEB = re.compile(r"https?://[^\s<>\"'`\\/]+\.[^\s<>\"'`\\]*", re.IGNORECASE)


def is_mail(text: str) -> bool:
    """Tell whether a text is one e-mail address."""
    return bool(_MAIL.fullmatch(text)) and ".." not in text


def is_web(text: str) -> bool:
    """Tell whether a text is a web address with http or https."""
    return bool(_WEB.fullmatch(text))


def neutral(cell: str) -> str:
    """Write a cell so that no spreadsheet takes it for a formula, nor a reader for a remark: with an apostrophe."""
    return f"'{cell}" if _RISKY.match(cell) else cell


def plain(cell: str) -> str:
    """Take back what `neutral` did."""
    return cell[1:] if _QUOTED.match(cell) else cell


def write_people(path: Path, people: Iterable[Person]) -> int:
    """Write a table of people, all of it or nothing; gives the number of rows. Raises OutputError."""
    count = 0
    name = ""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=".people-", suffix=".csv", dir=path.parent)
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream, lineterminator="\n")
            writer.writerow(COLUMNS)
            for person in people:
                writer.writerow([neutral(getattr(person, column)) for column in COLUMNS])
                count += 1
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except OSError as error:
        raise OutputError(
            [
                Problem(
                    str(path),
                    0,
                    0,
                    "error",
                    "unwritable-file",
                    f"the file cannot be written: {error.strerror}",
                    "Name another file with -o.",
                )
            ]
        ) from None
    finally:
        if name:
            with contextlib.suppress(OSError):
                Path(name).unlink(missing_ok=True)
    return count


def read_people(path: Path, problems: list[Problem] | None = None, shown: str = "") -> Iterator[Person]:
    """Read a table of people row by row, in constant memory.

    Rows with a mistake that matters are passed over. Their problems go into `problems`; without that list, an
    InputError with all of them is raised after the last row. A file without a usable header raises at once.
    """
    shown = shown or str(path)
    found: list[Problem] = [] if problems is None else problems

    def say(line: int, column: int, rule: str, message: str, hint: str) -> None:
        found.append(Problem(shown, line, column, "error", rule, message, hint))

    encoding = detect(path, shown)
    table = read_head(path, shown, encoding, COLUMNS)
    names = {column: folded(column) for column in table.columns}
    _check_header(shown, table.columns, table.start, found)
    for row in read_rows(path, table, encoding, say):
        values = {names[column]: tidy(plain(cell)) for column, cell in row.values.items() if names[column] in COLUMNS}
        person = Person(**values)
        mistakes = list(_mistakes(person))
        for column, rule, message, hint in mistakes:
            place = row.column_of(next((name for name, known in names.items() if known == column), column))
            say(*place, rule, message, hint)
        if not mistakes:
            yield person
    if problems is None and found:
        raise InputError(found)


def _check_header(shown: str, columns: Sequence[str], start: int, found: list[Problem]) -> None:
    known = {folded(column) for column in columns}
    if "name" not in known:
        listed = f"Its columns: {', '.join(columns[:20])}." if columns else ""
        raise InputError(
            [
                Problem(
                    shown,
                    max(start - 1, 1),
                    1,
                    "error",
                    "missing-column",
                    "the table has no column 'name'" if columns else "the file is empty",
                    f"{listed} Make a table of people with 'advokit people import'.".strip(),
                )
            ]
        )
    found += [
        Problem(
            shown,
            max(start - 1, 1),
            1,
            "error",
            "unknown-column",
            f"unknown column '{column}'",
            hint_for(folded(column), COLUMNS, "column"),
        )
        for column in columns
        if folded(column) not in COLUMNS
    ]


def _mistakes(person: Person) -> Iterator[tuple[str, str, str, str]]:
    """Give column, rule, message and hint of each mistake of one row."""
    if not person.name:
        yield "name", "missing-name", "the row has no name", "Write the whole name in the column 'name'."
    if person.email and not is_mail(person.email):
        where = " Web forms belong in the column 'form_url'." if is_web(person.email) else ""
        yield (
            "email",
            "invalid-email",
            f"'{person.email}' is no e-mail address",
            f"It looks like name@example.org.{where}",
        )
    if person.form_url and not is_web(person.form_url):
        yield "form_url", "invalid-url", f"'{person.form_url}' is no web address", "It begins with https:// or http://."
    if person.gender not in {"", "female", "male", "other"}:
        yield (
            "gender",
            "invalid-value",
            f"'{person.gender}' is no gender that a letter knows",
            "Write female, male or other, or leave the cell empty.",
        )
    dates: dict[str, PartialDate] = {}
    for column in ("start", "end"):
        if text := getattr(person, column):
            try:
                dates[column] = PartialDate.parse(text)
            except ValueError as error:
                message, _, hint = str(error).partition("; ")
                yield column, "invalid-date", message, hint.capitalize() + "." if hint else ""
    if len(dates) == 2 and dates["start"].first > dates["end"].last:
        yield "end", "dates-reversed", f"the end {person.end} lies before the start {person.start}", "Exchange the two."


def sort_key(text: str) -> str:
    """Fold a text for comparison across accents, case and scripts: `Órfhlaith` and `Οδυσσέας` become plain Latin."""
    return " ".join(re.sub(r"[^a-z0-9]+", " ", anyascii(unicodedata.normalize("NFKC", text)).lower()).split())


@dataclass(frozen=True, slots=True)
class Hit:
    """One person found, how well (0 to 100), and in which file."""

    person: Person
    score: float
    path: str


def _whole(raw: str, text: str) -> float:
    """Look for the words as they were typed: whole, or the beginning or end of a word, but never half a number."""
    best = 0.0
    at = text.find(raw)
    while at >= 0 and best < 100.0:
        before, after = text[at - 1 : at], text[at + len(raw) : at + len(raw) + 1]
        if not (before.isdigit() and raw[0].isdigit()) and not (after.isdigit() and raw[-1].isdigit()):
            cut = (before + raw[0]).isalpha() and before, (raw[-1] + after).isalpha() and after
            best = max(best, 97.0 if any(cut) and raw.isascii() else 100.0)
        at = text.find(raw, at + 1)
    return best


def _score(words: str, raw: str, person: Person, key: str, text: str) -> float:
    """Judge how well a person's words fit those sought; what is whole counts more than what is only like it."""
    from rapidfuzz import fuzz

    if raw and (whole := _whole(raw, text)):
        return whole
    if not words:
        return 0.0
    if f" {words} " in f" {key} ":
        return 99.0
    wanted, tokens = words.split(), key.split()
    worst = min(
        (
            max(
                (
                    100.0
                    if token == word
                    else 96.0
                    if len(word) > 2 and token.startswith(word)
                    else fuzz.ratio(word, token)
                    if len(word) > 3 and not word.isdigit()
                    else 0.0
                    for token in tokens
                ),
                default=0.0,
            )
            for word in wanted
        ),
        default=0.0,
    )
    glued = words.replace(" ", "")
    if worst < 75 and len(glued) > 5 and fuzz.partial_ratio(glued, sort_key(person.name).replace(" ", "")) >= 85:
        return 76.0
    return worst


def find_people(words: str, files: Mapping[str, Iterable[Person]], cutoff: float = 75.0, limit: int = 50) -> list[Hit]:
    """Find persons by name, area, party or postcode, without accents or exact spelling, in any script; best first."""
    wanted, raw = sort_key(words), tidy(unicodedata.normalize("NFKC", words)).casefold()
    hits: list[Hit] = []
    for path, people in files.items():
        for person in people:
            parts = (
                person.honorific,
                person.name,
                person.given_name,
                person.family_name,
                person.area,
                person.area_id,
                person.party,
                person.chamber,
                person.role,
                person.address,
                person.id,
            )
            text = unicodedata.normalize("NFKC", " \n ".join(parts)).casefold()
            score = _score(wanted, raw, person, sort_key(text), text)
            if score >= cutoff:
                hits.append(Hit(person, score, path))
        if len(hits) > 20 * limit:
            hits = sorted(hits, key=lambda hit: -hit.score)[:limit]
    return sorted(hits, key=lambda hit: (-hit.score, sort_key(hit.person.name), hit.person.id))[:limit]
