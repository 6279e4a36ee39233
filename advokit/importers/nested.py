"""Nested data of any shape in, the list of people in it and their fields by path out.

A list of people is found by its items: those that look most like people, whatever the list is called and however deep
it lies. Lists of memberships inside a person are taken apart, so that each counts.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from advokit.importers import headers, trees
from advokit.problems import InputError, Problem, nearest
from advokit.tables.encodings import Encoding

#: Lists of one file that are looked at, and items of each.
_LISTS, _ITEMS = 60, 5
#: What each of these fields says for a list being one of people.
_WEIGHTS = {
    "name": 4,
    "given_name": 2,
    "family_name": 3,
    "party": 2,
    "area": 2,
    "email": 2,
    "start": 1,
    "role": 1,
    "gender": 1,
}
#: From so many points on a list has people with names.
NAMED = _WEIGHTS["name"]
#: With so many points no other list is looked for.
_ENOUGH = 7


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


@dataclass(frozen=True)
class Found:
    """A list of people: its prefix in ijson's form, and whether the people are the values of a mapping there."""

    prefix: str
    keyed: bool = False

    @property
    def shown(self) -> str:
        """The list's name for a mapping file."""
        return "" if self.prefix == "item" else self.prefix.removesuffix(".item").replace(".item", "")


def items(path: Path, shown: str, encoding: Encoding, found: Found) -> Iterator[Any]:
    """Give the people of a list, or the values of a mapping with their keys."""
    if not found.keyed:
        yield from trees.json_items(path, shown, encoding, found.prefix)
        return
    for key, value in trees.json_values(path, shown, encoding, found.prefix):
        if isinstance(value, dict):
            yield {"key": key, **value}


def points(values: Sequence[Any], wanted: Sequence[str] = ()) -> int:
    """Judge how much items look like people; the columns that a mapping names count most."""
    rows = [value for value in values if isinstance(value, dict)]
    if not rows:
        return 0
    columns = list(dict.fromkeys(path for row in rows for path, text in flatten(row).items() if text))
    asked = sum(any(pick(row, column) for row in rows) for column in wanted)
    guessed = headers.guess(columns, paths=True)
    named = [guessed[field][0] for field in ("name", "given_name", "family_name") if field in guessed]
    if any(list_in(row, named[0]) for row in rows if named):
        return 10 * asked
    marks = sum(_WEIGHTS.get(field, 0) for field in guessed)
    return 10 * asked + (marks if named else min(marks, NAMED - 1))


def named_lists(path: Path, shown: str, encoding: Encoding, names: Sequence[str]) -> list[Found]:
    """Find the lists that a mapping names; raises InputError where one is not there."""
    lists = {
        prefix.removesuffix(".item").replace(".item", ""): prefix for prefix in trees.json_lists(path, shown, encoding)
    }
    mappings = set(itertools.islice(trees.json_mappings(path, shown, encoding), _LISTS))
    found = []
    for name in (name.strip(".").replace(".item", "") for name in names):
        if name not in lists and name not in mappings:
            raise _unknown(shown, name, list(lists))
        found.append(Found(lists[name]) if name in lists else Found(name, keyed=True))
    return found


def people(path: Path, shown: str, encoding: Encoding, wanted: Sequence[str] = ()) -> tuple[Found, list[str]]:
    """Find the list of people in a JSON file: the one whose items look most like people.

    Gives also the names of other lists whose items look like people.
    """
    scored: list[tuple[int, Found]] = []
    for prefix in itertools.islice(trees.json_lists(path, shown, encoding), _LISTS):
        if not any(prefix.startswith(f"{one.prefix}.") for mark, one in scored if mark >= NAMED):
            first = list(itertools.islice(trees.json_items(path, shown, encoding, prefix), _ITEMS))
            mark = points(first, wanted) or int(bool(first) and _header(first[0]))
            scored.append((mark, Found(prefix)))
    best = max(scored, key=lambda pair: pair[0], default=(0, Found("")))
    if best[0] < _ENOUGH:
        keyed = _keyed(path, shown, encoding, wanted)
        if keyed and keyed[0] > best[0]:
            best = keyed
    if best[0] == 0 and trees.json_lines(path, shown, encoding):
        return Found(""), []
    if best[0] == 0 and not scored:
        return _whole(path, shown, encoding), []
    chosen = best[1] if best[0] or not scored else scored[0][1]
    others = [one.shown for mark, one in scored if one != chosen and mark >= max(NAMED, 0.7 * best[0])]
    return chosen, others


def _header(row: Any) -> bool:
    return isinstance(row, list) and len(row) > 1 and all(isinstance(cell, str) for cell in row)


def _unknown(shown: str, named: str, listed: Sequence[str]) -> InputError:
    near = nearest(named, listed)
    hint = f"Did you mean '{near}'? " if near else ""
    known = ", ".join(name for name in listed if name) or "none"
    return InputError(
        [Problem(shown, 0, 0, "error", "unknown-list", f"there is no list '{named}'", f"{hint}Its lists: {known}.")]
    )


def _keyed(path: Path, shown: str, encoding: Encoding, wanted: Sequence[str]) -> tuple[int, Found] | None:
    """Look for a mapping whose values are people: at the top, or under one of its keys; or one person alone."""
    best: tuple[int, Found] | None = None
    for prefix in itertools.islice(trees.json_mappings(path, shown, encoding), _LISTS):
        values = [value for _, value in itertools.islice(trees.json_values(path, shown, encoding, prefix), _ITEMS)]
        if values and all(isinstance(value, dict) for value in values):
            mark = points(values, wanted)
            if mark and (best is None or mark > best[0]):
                best = (mark, Found(prefix, keyed=True))
    return best


def _whole(path: Path, shown: str, encoding: Encoding) -> Found:
    """Take the one mapping of the file: its values if they are mappings, else itself as one person."""
    values = [value for _, value in itertools.islice(trees.json_values(path, shown, encoding, ""), _ITEMS)]
    return Found("", keyed=bool(values) and all(isinstance(value, dict) for value in values))


def list_in(item: Any, column: str) -> str:
    """Give the path of the first list of mappings that a column's path goes through."""
    here: Any = item
    walked: list[str] = []
    for step in column.split("."):
        if not isinstance(here, dict):
            return ""
        here = here.get(step)
        walked.append(step)
        if isinstance(here, list):
            return ".".join(walked) if any(isinstance(part, dict) for part in here) else ""
    return ""


def apart(item: dict[str, Any], path: str) -> Iterator[dict[str, Any]]:
    """Give an item once for each entry of a list in it, with nothing but that entry in the list's place."""
    entries: Any = item
    for step in path.split("."):
        entries = entries.get(step, {}) if isinstance(entries, dict) else {}
    rows = entries if isinstance(entries, list) else list(entries.values()) if isinstance(entries, dict) else []
    rows = [row for row in rows if isinstance(row, dict)]
    if len(rows) < 2:
        yield item
        return
    for row in rows:
        yield _with(item, path.split("."), row)


def _with(item: dict[str, Any], steps: Sequence[str], entry: Mapping[str, Any]) -> dict[str, Any]:
    first, *rest = steps
    return {**item, first: _with(item[first], rest, entry) if rest else [entry]}


def inner(value: Any, names: Sequence[str]) -> list[Any] | None:
    """Give the list of people inside one whole value, by its path or by its looks; nothing where there is none."""
    if names:
        found: list[Any] = []
        for name in names:
            here = value
            for step in name.strip(".").split("."):
                here = here.get(step) if isinstance(here, dict) else None
            found += here if isinstance(here, list) else []
        return found or None
    if not isinstance(value, dict) or points([value]):
        return None
    lists = [part for part in value.values() if isinstance(part, list) and points(part[:_ITEMS])]
    return max(lists, key=lambda part: points(part[:_ITEMS]), default=None)


def further(value: Any, prefix: str = "") -> Iterator[str]:
    """Name the entries of lists that `flatten` does not give: all but the first of a list of mappings."""
    if isinstance(value, dict):
        for key, part in value.items():
            yield from further(part, f"{prefix}.{key}" if prefix else str(key))
    elif isinstance(value, list):
        rows = [part for part in value if isinstance(part, dict)]
        yield from (f"{prefix} (further entries)" for _ in rows[1:])
        for part in rows[:1]:
            yield from further(part, prefix)
