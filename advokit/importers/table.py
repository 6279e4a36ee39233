"""Any table in (CSV, TSV or JSON, any encoding, headers in any language), records out, by a mapping.

Rows of the same identifier are one person; without a column for it, rows of the same name, area and e-mail are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar

from advokit.importers import trees
from advokit.importers.mapping import JOINED, Mapping, resolve, spelled_in
from advokit.importers.reading import DataSet, Draft, Place, Reading, Record
from advokit.people import sort_key
from advokit.problems import InputError, Problem
from advokit.tables.encodings import Encoding, detect
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


def flatten(value: Any, prefix: str = "") -> dict[str, str]:
    """Give the scalars of an item by path; of a list of mappings the first of each, a list of scalars as one text."""
    found: dict[str, str] = {}
    if isinstance(value, dict):
        for key, part in value.items():
            found |= {
                path: text
                for path, text in flatten(part, f"{prefix}.{key}" if prefix else str(key)).items()
                if path not in found or not found[path]
            }
    elif isinstance(value, list):
        if any(isinstance(part, dict | list) for part in value):
            for part in value:
                for path, text in flatten(part, prefix).items():
                    found[path] = found.get(path) or text
        else:
            found[prefix] = " ".join(filter(None, map(trees.flat, value)))
    else:
        found[prefix] = trees.flat(value)
    return found


_STEP = re.compile(r"([^.\[\]]+)|\[([^=\[\]]+)=([^\]]*)\]")


def pick(item: Any, path: str) -> str:
    """Follow a path with indexes and filters: `contacts[name=Office].address`, `constituency.0`."""
    here = item
    for key, field, wanted in _STEP.findall(path):
        if field:
            here = (
                next((part for part in here if isinstance(part, dict) and trees.flat(part.get(field)) == wanted), None)
                if isinstance(here, list)
                else None
            )
        elif isinstance(here, list) and key.isdecimal():
            here = here[int(key)] if int(key) < len(here) else None
        elif isinstance(here, list):
            here = next((part[key] for part in here if isinstance(part, dict) and part.get(key)), None)
        else:
            here = here.get(key) if isinstance(here, dict) else None
    return next(iter(flatten(here).values()), "") if here is not None else ""


def is_json(path_name: str, head: bytes) -> bool:
    """Tell JSON by its name, or by its first sign where the name says nothing."""
    if re.search(r"\.(?:json|jsonl|ndjson|geojson)$", path_name, re.IGNORECASE):
        return True
    if re.search(r"\.(?:csv|tsv|tab|txt)$", path_name, re.IGNORECASE):
        return False
    return head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in {b"[", b"{"}


def read(datasets: Sequence[DataSet], reading: Reading, shape: Shape | None = None) -> Iterator[Record]:
    """Read every file of a table through the mapping of the question, or of the named format."""
    asked = reading.question.mapping or Mapping()
    for data in datasets:
        mapping = shape.mapping if shape else asked
        encoding = detect(
            data.path, data.shown, reading.question.country, reading.question.encoding or mapping.encoding
        )
        told(reading, data, encoding)
        with data.path.open("rb") as stream:
            head = stream.read(256)
        maker = _json if is_json(data.path.name, head) else _delimited
        items, columns, scope = maker(data, reading, mapping, encoding, shape)
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
    table = read_head(data.path, data.shown, encoding, wanted, delimiter, header=mapping.header)
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
    columns = resolve(mapping, table.columns, has, data.shown, guess=shape is None or shape.guess)

    def say(line: int, column: int, rule: str, message: str, hint: str) -> None:
        reading.say(Place(data.shown, line, column), rule, message, hint)

    def items() -> Iterator[Item]:
        for row in read_rows(data.path, table, encoding, say):
            yield Item(dict(row.values), Place(data.shown, row.line.number, 1), row=row)

    return items(), columns, "|".join(table.columns)


def _present(mapping: Mapping, has: Any) -> Mapping:
    """Keep of a named format's mapping what the file at hand has: older files lack columns."""
    kept = {
        name: found
        for name, columns in mapping.columns.items()
        if (found := tuple(column for column in columns if has(column)))
    }
    return mapping.model_copy(update={"columns": kept})


def _prefix(data: DataSet, encoding: Encoding, mapping: Mapping) -> str | None:
    """Find the list of people in a JSON file: named by the mapping, else the first list of mappings, else the top.

    None stands for a mapping whose values are the people.
    """
    lists: list[str] = []
    wanted = mapping.items.strip(".")
    for prefix in trees.json_lists(data.path, data.shown, encoding):
        lists.append(prefix)
        if (f"{wanted}.item" == prefix) if wanted else prefix.count(".") < 2:
            return prefix
        if len(lists) >= 50:
            break
    if wanted:
        names = [name.removesuffix(".item") for name in lists]
        raise InputError(
            [
                Problem(
                    data.shown,
                    0,
                    0,
                    "error",
                    "unknown-list",
                    f"there is no list '{wanted}'",
                    f"Its lists: {', '.join(names) or 'none'}.",
                )
            ]
        )
    if trees.json_lines(data.path, data.shown, encoding):
        return ""
    inner = [name.partition(".")[2] for name in lists]
    return lists[0] if lists and len(inner) == len(set(inner)) else None


def _values(data: DataSet, encoding: Encoding, prefix: str | None) -> Iterator[Any]:
    if prefix is not None:
        yield from trees.json_items(data.path, data.shown, encoding, prefix)
        return
    for key, value in trees.json_values(data.path, data.shown, encoding, ""):
        if isinstance(value, dict):
            yield {"key": key, **value}


def _json(data: DataSet, reading: Reading, mapping: Mapping, encoding: Encoding, shape: Shape | None) -> Read:
    prefix = _prefix(data, encoding, mapping)

    def items() -> Iterator[Item]:
        header: list[str] = []
        for index, value in enumerate(_values(data, encoding, prefix)):
            place = Place(data.shown) if prefix is None else Place(data.shown, item=(prefix, index))
            if isinstance(value, list) and not header:
                header = [trees.flat(cell) or f"column {number}" for number, cell in enumerate(value, 1)]
                continue
            whole = dict(zip(header, value, strict=False)) if isinstance(value, list) else value
            if isinstance(whole, dict):
                yield Item({path: text for path, text in flatten(whole).items() if text}, place, whole)
            else:
                reading.say(
                    place, "not-a-person", f"item {index + 1} of the list is no mapping; it is left out", warning=False
                )

    wanted = {column for columns in mapping.columns.values() for column in columns}
    seen: dict[str, None] = {}
    for number, item in enumerate(items()):
        seen |= dict.fromkeys(item.values)
        wanted -= {column for column in wanted if item.get(column)}
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
    reading.told.pop((data.shown, "not-a-person"), None)
    reading.problems[:] = [p for p in reading.problems if p.rule != "not-a-person"]
    reading.pending[:] = [p for p in reading.pending if p[1].rule != "not-a-person"]
    return items(), resolve(mapping, list(seen), has, data.shown, guess=shape is None), "json"


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
        own = (f"{name}={'+'.join(found)}" for name, found in columns.items() if name not in mapping.columns)
        reading.notes.append(f"{data.shown}: taken by their names: {', '.join(own)}")
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
    }

    def __init__(self, reading: Reading, item: Item, columns: dict[str, tuple[str, ...]]) -> None:
        self.inner, self.item, self.columns = reading, item, columns
        self.question, self.mended = reading.question, reading.mended

    def say(self, place: Place, rule: str, message: str, hint: str = "", *, warning: bool = True) -> None:
        name = self._COLUMN.get(rule, "start" if message.startswith("the start") else "end")
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
        identifiers = [f"row:{scope}{' | '.join(parts)}"] if parts[0] else []
        own = re.sub(r"[^a-z0-9]+", "-", sort_key(" ".join((parts[0], seat.area or seat.area_id)))).strip("-")
    return Record(item.place, data.source, own, tuple(identifiers), person, (seat,))
