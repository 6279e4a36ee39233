"""Any table in (CSV, TSV, JSON, XML or YAML, any encoding, headers in any language), records out, by a mapping.

Rows of the same identifier are one person; without a column for it, rows of the same name, area and e-mail are.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from collections.abc import Mapping as Mapping_
from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar

from advokit.importers import headers, markup, nested, trees
from advokit.importers.mapping import JOINED, Known, Mapping, resolve, spelled_in
from advokit.importers.nested import flatten, pick
from advokit.importers.obvious import settle
from advokit.importers.reading import DataSet, Draft, Place, Reading, Record
from advokit.importers.words import turned
from advokit.people import sort_key
from advokit.problems import InputError, Problem
from advokit.tables.encodings import Encoding, detect, open_bytes
from advokit.tables.rows import Row, read_head, read_rows

_PERSON = (
    "name",
    "sort_name",
    "honorific",
    "given_name",
    "family_name",
    "gender",
    "language",
    "address",
    "email",
    "form_url",
    "phone",
)
_SEAT = ("role", "chamber", "party", "area", "area_id", "start", "end", "current", "period")
#: Items of a JSON file that are looked through for their columns before the import begins.
_LOOK = 2000
#: Rows on which a guess is tried.
_SAMPLE = 300
#: What stands in the first cell of a row of sums.
_SUMS = frozenset(
    headers.plain(word)
    for word in [
        "total",
        "totals",
        "sum",
        "summe",
        "gesamt",
        "gesamtzahl",
        "insgesamt",
        "totaux",
        "ensemble",
        "totale",
        "totaal",
        "totalt",
        "yhteensä",
        "kokku",
        "kopā",
        "viso",
        "razem",
        "suma",
        "celkem",
        "spolu",
        "ukupno",
        "skupaj",
        "összesen",
        "итого",
        "всего",
        "усього",
        "разом",
        "общо",
        "σύνολο",
        "toplam",
        "合計",
        "合计",
        "总计",
        "總計",
        "계",
        "합계",
        "المجموع",
        "סהכ",
        "รวม",
        "tổng",
        "jumlah",
        "कुल",
    ]
)


@dataclass(frozen=True)
class Shape:
    """What a named format knows beforehand: its mapping, the fields left out, the scope of identifiers."""

    mapping: Mapping
    left: frozenset[str] = frozenset()
    scope: str = ""
    guess: bool = False


@dataclass(frozen=True)
class Item:
    """One row or item: its cells by column, and its place."""

    values: dict[str, str]
    place: Place
    raw: Any = None
    row: Row | None = None
    group: int = 0

    def get(self, column: str) -> str:
        """Give a cell; a path with an index or a filter is looked up in the item itself."""
        if column in self.values or self.raw is None:
            return self.values.get(column, "")
        return pick(self.raw, column)

    def at(self, column: str) -> Place:
        """Give the place of a cell."""
        if not self.row:
            return self.place
        line, number = self.row.column_of(column)
        return Place(self.place.path, line, number)


def is_json(path_name: str, head: bytes) -> bool:
    """Tell JSON by its name, or by its first sign where the name says nothing."""
    if re.search(r"\.(?:json|jsonl|ndjson|geojson)$", path_name, re.IGNORECASE):
        return True
    if re.search(r"\.(?:csv|tsv|tab|txt)$", path_name, re.IGNORECASE):
        return False
    return head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in {b"[", b"{"}


def _maker(data: DataSet, head: bytes) -> Any:
    if re.search(r"\.ya?ml$", data.path.name, re.IGNORECASE):
        return _yaml
    if markup.is_xml(data.path.name, head):
        return _xml
    return _json if is_json(data.path.name, head) else _delimited


def read(datasets: Sequence[DataSet], reading: Reading, shape: Shape | None = None) -> Iterator[Record]:
    """Read every file of a table through the mapping of the question, or of the named format."""
    asked = reading.question.mapping or Mapping()
    for data in datasets:
        mapping = shape.mapping if shape else asked
        with open_bytes(data.path, data.shown) as stream:
            head = stream.read(256)
        asked_for = reading.question.encoding or mapping.encoding or markup.declared(head, data.shown)
        encoding = detect(data.path, data.shown, reading.question.country, asked_for)
        told(reading, data, encoding)
        items, columns, scope = _maker(data, head)(data, reading, mapping, encoding, shape)
        yield from _records(items, columns, mapping, data, reading, shape, scope)


def told(reading: Reading, data: DataSet, encoding: Encoding) -> None:
    """Say which encoding was found, and warn where it was guessed or does not fit."""
    reading.notes.append(f"{data.shown}: encoding {encoding.name}{' (guessed)' if encoding.guessed else ''}")
    if encoding.guessed and not encoding.name.startswith("utf-16"):
        reading.say(
            Place(data.shown),
            "encoding-guessed",
            f"the file is not UTF-8; it is read as {encoding.name}",
            "Look at the names in the output; --encoding NAME reads it otherwise.",
        )
    if encoding.damaged:
        reading.say(
            Place(data.shown),
            "damaged-text",
            f"some bytes of the file are not {encoding.name} text",
            "They are shown as \ufffd.",
        )


Read = tuple[Iterator[Item], dict[str, tuple[str, ...]], str]


def _delimited(data: DataSet, reading: Reading, mapping: Mapping, encoding: Encoding, shape: Shape | None) -> Read:
    wanted = [column for columns in mapping.columns.values() for column in columns]
    delimiter = mapping.delimiter.replace("\\t", "\t")
    look = headers.telling if shape is None else None
    table = read_head(data.path, data.shown, encoding, wanted, delimiter, header=mapping.header, look=look)
    if not table.columns:
        raise InputError(
            [
                Problem(
                    data.shown, 1, 1, "error", "empty-file", "the file has no row", "Look whether it is the right one."
                )
            ]
        )
    known = spelled_in(table.columns)

    def has(column: str) -> str:
        return known(column) or (
            table.columns[int(column) - 1] if column.isdecimal() and 0 < int(column) <= len(table.columns) else ""
        )

    if shape:
        mapping = _present(mapping, has)
    few = [row.values for row in itertools.islice(read_rows(data.path, table, encoding, _unsaid), _SAMPLE)]
    names = Known(table.columns, has, data.shown, few, country=reading.question.country)
    columns = resolve(mapping, names, guess=shape is None or shape.guess)

    def say(line: int, column: int, rule: str, message: str, hint: str) -> None:
        reading.say(Place(data.shown, line, column), rule, message, hint)

    def items() -> Iterator[Item]:
        for number, row in enumerate(read_rows(data.path, table, encoding, say)):
            place = Place(data.shown, row.line.number, 1)
            if shape is None and (what := _no_person(row, number, columns)):
                reading.counts["rows that are notes, headings or sums"] += 1
                reading.say(place, "not-a-person", f"the row is {what}; it is left out", "Look whether it is a person.")
                continue
            yield Item(row.values, place, row=row)

    return items(), columns, "|".join(table.columns)


def _unsaid(*_: object) -> None:
    """Say nothing: the rows are read again."""


def _no_person(row: Row, number: int, columns: dict[str, tuple[str, ...]]) -> str:
    """Tell what a row is that is no person: a note, a heading between the rows, a sum, the header again."""
    values, width = row.values, len(row.table.columns)
    if all(name == text for name, text in values.items()) or (
        number < 3 and headers.telling(values.values()) > max(2, 0.6 * len(values))
    ):
        return "a header"
    first = next(iter(values.values()))
    if headers.plain(first) in _SUMS or any(
        headers.plain(values.get(name, "")) in _SUMS for name in columns.get("name", ())
    ):
        return "a sum"
    if width > 2 and len(set(values.values())) == 1:
        named = any(name in columns.get("name", ()) for name in values)
        if not (
            named
            and re.fullmatch(r"[^\W\d_][^\d:;!?*†©]{0,50}[^\d:;!?*†©.]", first)
            and (" " in first or first > "\u0370")
        ):
            return "a note or a heading"
    return ""


def _present(mapping: Mapping, has: Any) -> Mapping:
    """Keep of a named format's mapping what the file at hand has: older files lack columns."""
    kept = {
        name: found
        for name, columns in mapping.columns.items()
        if (found := tuple(column for column in columns if has(column)))
    }
    return mapping.model_copy(update={"columns": kept})


def _json(data: DataSet, reading: Reading, mapping: Mapping, encoding: Encoding, shape: Shape | None) -> Read:
    wanted = [column for columns in mapping.columns.values() for column in columns]
    others: list[str] = []
    if mapping.items:
        lists = nested.named_lists(data.path, data.shown, encoding, mapping.items)
    else:
        best, others = nested.people(data.path, data.shown, encoding, wanted)
        lists = [best]
    _others(reading, data, lists[0].shown, others)
    if shown := ", ".join(f"'{found.shown}'" for found in lists if found.shown):
        reading.notes.append(f"{data.shown}: people taken from {shown}")

    def values() -> Iterator[tuple[Any, Place]]:
        for found in lists:
            for index, value in enumerate(nested.items(data.path, data.shown, encoding, found)):
                yield value, Place(data.shown) if found.keyed else Place(data.shown, item=(found.prefix, index))

    return _tree(values, data, reading, mapping, shape)


def _xml(data: DataSet, reading: Reading, mapping: Mapping, _encoding: Encoding, shape: Shape | None) -> Read:
    wanted = [column for columns in mapping.columns.values() for column in columns]
    asked = reading.question.encoding or mapping.encoding
    if mapping.items:
        lists = markup.named(data.path, data.shown, mapping.items, asked)
    else:
        best, others = markup.people(data.path, data.shown, wanted, asked)
        lists = [best]
        _others(reading, data, best, others)
    reading.notes.append(f"{data.shown}: people taken from {', '.join(map(repr, lists))}")

    def values() -> Iterator[tuple[Any, Place]]:
        for name in lists:
            for value, line in markup.items(data.path, data.shown, name, asked):
                yield value, Place(data.shown, line, 1)

    return _tree(values, data, reading, mapping, shape)


def _others(reading: Reading, data: DataSet, best: str, others: Sequence[str]) -> None:
    """Tell of other lists that look like people."""
    for other in others:
        reading.say(
            Place(data.shown),
            "another-list",
            f"the list '{other}' looks like people too; it is left out",
            f"Only '{best}' is read; a mapping file reads both (items: [{best}, {other}]).",
        )


def _yaml(data: DataSet, reading: Reading, mapping: Mapping, _encoding: Encoding, shape: Shape | None) -> Read:
    def values() -> Iterator[tuple[Any, Place]]:
        for value, line, column in trees.yaml_items(data.path, data.shown):
            place = Place(data.shown, line, column)
            inside = nested.inner(value, mapping.items)
            for one in [value] if inside is None else inside:
                yield one, place

    return _tree(values, data, reading, mapping, shape)


def _tree(
    values: Callable[[], Iterator[tuple[Any, Place]]],
    data: DataSet,
    reading: Reading,
    mapping: Mapping,
    shape: Shape | None,
) -> Read:
    """Read items of nested data: look through the first for their columns, then give them one by one."""
    wanted = {column for columns in mapping.columns.values() for column in columns}
    seen: dict[str, None] = {}
    few: list[dict[str, str]] = []
    lists: Counter[str] = Counter()
    for number, item in enumerate(_items(values, None)):
        seen |= dict.fromkeys(item.values)
        wanted -= {column for column in wanted if item.get(column)}
        if number < _SAMPLE:
            few.append(item.values)
            lists.update({path: 1 for column in item.values if (path := nested.list_in(item.raw, column))})
        if number >= _LOOK and not wanted - set(seen):
            break
    known = spelled_in(seen)

    def has(column: str) -> str:
        special = "[" in column or re.search(r"\.\d+(?:\.|$)", column)
        return known(column) or (column if special and column not in wanted else "")

    if not seen:
        raise InputError(
            [
                Problem(
                    data.shown,
                    0,
                    0,
                    "error",
                    "empty-file",
                    "the file has no list of people",
                    "Name the list in a mapping file: items: path.",
                )
            ]
        )
    names = Known(list(seen), has, data.shown, few, paths=True, country=reading.question.country)
    columns = resolve(mapping, names, guess=shape is None)
    apart = mapping.memberships or _seats(columns, lists)
    if apart:
        reading.notes.append(f"{data.shown}: memberships taken from '{apart}'")
    return _items(values, reading, apart), columns, "json"


def _items(
    values: Callable[[], Iterator[tuple[Any, Place]]], reading: Reading | None, apart: str = ""
) -> Iterator[Item]:
    """Give the items of nested data; rows of bare cells have their header first. Without a report nothing is said."""
    header: list[str] = []
    for number, (value, place) in enumerate(values(), 1):
        if isinstance(value, list) and not header:
            header = [trees.flat(cell) or f"column {column}" for column, cell in enumerate(value, 1)]
            continue
        whole = dict(zip(header, value, strict=False)) if isinstance(value, list) else value
        if isinstance(whole, dict):
            for one in nested.apart(whole, apart) if apart else (whole,):
                if reading:
                    reading.unused.update(nested.further(one))
                yield Item({path: text for path, text in flatten(one).items() if text}, place, one, group=number)
        elif reading:
            reading.say(
                place, "not-a-person", f"item {number} of the list is no mapping; it is left out", warning=False
            )


def _seats(columns: dict[str, tuple[str, ...]], lists: Mapping_[str, int]) -> str:
    """Tell which list inside a person holds memberships: the one in which they begin or end."""
    for field in ("start", "end"):
        for column in columns.get(field, ()):
            for path in lists:
                if column.startswith(f"{path}."):
                    return path
    return ""


def _records(
    items: Iterator[Item],
    columns: dict[str, tuple[str, ...]],
    mapping: Mapping,
    data: DataSet,
    reading: Reading,
    shape: Shape | None,
    scope: str,
) -> Iterator[Record]:
    if not mapping.columns.keys() >= set(columns) and shape is None:
        own = (f"{name}={' + '.join(found)}" for name, found in columns.items() if name not in mapping.columns)
        reading.notes.append(f"{data.shown}: taken by their names: {', '.join(own)}")
    guessed = {name: found for name, found in columns.items() if name not in mapping.columns} if shape is None else {}
    above: dict[str, str] = {}
    first = shape is None and (mapping.family_first or any(map(headers.family_first, columns.get("name", ()))))
    used = {column for found in columns.values() for column in found}
    roots = {re.split(r"[.\[]", column)[0] for column in used if "[" in column or re.search(r"\.\d", column)}
    left = partial(reading.leave, known=shape.left) if shape else partial(_count, reading)
    for item in items:
        reading.counts["rows"] += 1
        raw = {name: _field(item, name, found) for name, found in columns.items()} | dict(mapping.constants)
        for name, meanings in mapping.values.items():
            raw[name] = meanings.get(raw.get(name, ""), raw.get(name, ""))
        left(
            item.place,
            {
                column: text
                for column, text in item.values.items()
                if column not in used and column.partition(".")[0] not in roots
            },
        )
        for name in mapping.fill:
            above[name] = raw[name] = raw.get(name, "") or above.get(name, "")
        if guessed:
            raw = settle(raw, guessed, reading.question.country)
        if first and raw.get("name") and not raw.get("family_name"):
            raw |= turned(raw["name"], reading.question.country)
        yield _record(item, raw, columns, data, reading, shape.scope if shape else f"{scope}:")


def _count(reading: Reading, _place: Place, rest: dict[str, str]) -> None:
    reading.unused.update(column for column, text in rest.items() if text)


def _field(item: Item, name: str, columns: tuple[str, ...]) -> str:
    texts = [text for column in columns if (text := item.get(column))]
    return JOINED[name].join(texts) if name in JOINED else (texts[0] if texts else "")


class _CellDraft(Draft):
    """A draft whose problems name the cell: the field under way is looked up in the row."""

    def __init__(self, reading: Reading, item: Item, columns: dict[str, tuple[str, ...]]) -> None:
        super().__init__(_Pointing(reading, item, columns), item.place)


class _Pointing(Reading):
    """Passes everything on to the report, with the column of the cell as place."""

    _COLUMN: ClassVar[dict[str, str]] = {
        "email-is-url": "email",
        "invalid-email": "email",
        "invalid-url": "form_url",
        "unknown-gender": "gender",
        "dates-reversed": "end",
        "invalid-flag": "current",
        "invalid-language": "language",
        "capital-name": "family_name",
    }

    def __init__(self, reading: Reading, item: Item, columns: dict[str, tuple[str, ...]]) -> None:
        self.inner, self.item, self.columns = reading, item, columns
        self.question, self.mended = reading.question, reading.mended

    def say(self, place: Place, rule: str, message: str, hint: str = "", *, warning: bool = True) -> None:
        name = self._COLUMN.get(rule, "start" if message.startswith("the start") else "end")
        if name == "family_name" and name not in self.columns:
            name = "name"
        column = self.columns.get(name, ("",))[0]
        self.inner.say(self.item.at(column) if column else place, rule, message, hint, warning=warning)


def _record(
    item: Item, raw: dict[str, str], columns: dict[str, tuple[str, ...]], data: DataSet, reading: Reading, scope: str
) -> Record:
    draft = _CellDraft(reading, item, columns)
    person = draft.person({key: raw[key] for key in _PERSON if raw.get(key)})
    if death := draft.date(raw.get("death_date", ""), "date of death"):
        person["death_date"] = death
    seat = draft.membership({key: raw[key] for key in _SEAT if raw.get(key)})
    identifiers = [
        f"{name.removeprefix('identifier.')}:{value}"
        for name, value in raw.items()
        if name.startswith("identifier.") and value
    ]
    own = raw.get("id", "")
    if own:
        identifiers.insert(0, f"id:{scope}{own}")
    elif not identifiers:
        reading.counts["rows without an identifier"] += 1
        parts = (person.get("name", ""), seat.area, seat.area_id, seat.chamber, person.get("email", ""))
        identifiers = [f"row:{scope}{item.group or ' | '.join(parts)}"] if parts[0] else []
        own = re.sub(r"[^a-z0-9]+", "-", sort_key(" ".join((parts[0], seat.area or seat.area_id)))).strip("-")
    return Record(item.place, data.source, own, tuple(identifiers), person, (seat,))
