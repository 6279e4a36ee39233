"""What each column of any table means: a mapping file or `--map FIELD=COLUMN` in, a frozen `Mapping` out.

A field may take several columns, which are joined; a column of JSON is a path such as `contacts.address`,
`contacts.0.phone` or `contacts[name=Office].address`. What a value means can be said per field.
"""

from __future__ import annotations

import re
import typing
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field

from advokit.fields import Model
from advokit.importers import headers
from advokit.importers.obvious import verified
from advokit.people import COLUMNS
from advokit.problems import Problem, UsageError, hint_for, nearest
from advokit.tables.rows import folded
from advokit.yamlfile import load

#: What a column may mean: the columns of the table of people, and what decides who sits.
FIELDS: tuple[str, ...] = (
    *(column for column in COLUMNS if column != "source"),
    "sort_name",
    "current",
    "period",
    "death_date",
)
#: Fields that a mapping has said enough of when it names another: no guess is made for them then.
_ENOUGH: dict[str, set[str]] = {
    "honorific": {"name"},
    "sort_name": {"name"},
    "name": {"given_name", "family_name"},
    "region": {"area"},
    "number": {"area"},
    **{part: {"address"} for part in ("street", "street2", "house", "postcode", "city")},
}
#: Fields in which several columns are joined, and by what; in the others the first that is not empty counts.
JOINED = {
    "name": " ",
    "given_name": " ",
    "family_name": " ",
    "honorific": " ",
    "address": "; ",
    "area": " ",
    "area_id": "-",
}


def _fields(value: dict[str, Any]) -> dict[str, Any]:
    for name in value:
        if name not in FIELDS and not name.startswith("identifier."):
            raise ValueError(f"'{name}' is no field | {hint_for(name, FIELDS, 'field')}")
    return value


def _list(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


Columns = Annotated[tuple[str, ...], BeforeValidator(_list, json_schema_input_type=str | list[str])]


class Mapping(Model):
    """A mapping file: which columns hold what, and how the file is written."""

    columns: Annotated[dict[str, Columns], AfterValidator(_fields)] = Field(default_factory=dict)
    """Field: column, or a list of columns that are joined; `identifier.SCHEME: column` joins data sets."""
    constants: Annotated[dict[str, str], AfterValidator(_fields)] = Field(default_factory=dict)
    """Field: a value that holds for every row."""
    values: Annotated[dict[str, dict[str, str]], AfterValidator(_fields)] = Field(default_factory=dict)
    """Field: what the values of its column mean, such as `gender: {男: male}`."""
    items: Annotated[tuple[str, ...], BeforeValidator(_list)] = ()
    """JSON: the path of the list that holds the people, such as `data.members`, or several; found out otherwise."""
    memberships: str = ""
    """JSON: the path of a list inside each person whose items are memberships, such as `terms`; found out otherwise."""
    fill: Annotated[tuple[str, ...], BeforeValidator(_list)] = ()
    """Fields whose cells were merged over several rows: an empty cell takes what stands above it."""
    encoding: str = ""
    """The encoding of the file, where it is not found out."""
    delimiter: str = ""
    """The sign between two cells, where it is not found out."""
    header: bool = True
    """Whether the table has a header; without one its columns are `column 1`, `column 2`, …"""
    family_first: bool = False
    """Whether names without a comma begin with the family name, as in `Example Kim`."""
    dates: Literal["", "dmy", "mdy"] = ""
    """The order of day and month in dates of figures; the country's otherwise."""


def mapping_from(pairs: Sequence[str], file: Path | None = None) -> Mapping:
    """Read a mapping file and `FIELD=COLUMN` pairs, which go first; raises UsageError with every mistake."""
    base = load(file, Mapping).model if file else Mapping()
    columns: dict[str, list[str]] = {}
    constants: dict[str, str] = {}
    problems: list[Problem] = []
    for pair in pairs:
        name, equals, column = (part.strip() for part in pair.partition("="))
        name = name.replace("-", "_") if not name.startswith("identifier.") else name
        if not equals or not column:
            problems.append(
                Problem(
                    "--map",
                    0,
                    0,
                    "error",
                    "invalid-mapping",
                    f"'{pair}' is no mapping",
                    "Write FIELD=COLUMN, such as --map name='Full name'.",
                )
            )
        elif name not in FIELDS and not name.startswith("identifier."):
            problems.append(
                Problem(
                    "--map",
                    0,
                    0,
                    "error",
                    "unknown-field",
                    f"'{name}' is no field",
                    f"{hint_for(name, FIELDS, 'field')} All: {', '.join(FIELDS)}, identifier.SCHEME.",
                )
            )
        elif column.startswith("=") and len(column) > 1:
            constants[name] = column[1:]
        else:
            columns.setdefault(name, []).append(column)
    if problems:
        raise UsageError(problems)
    merged = dict(base.columns) | {name: tuple(found) for name, found in columns.items()}
    return base.model_copy(update={"columns": merged, "constants": {**base.constants, **constants}})


@dataclass(frozen=True)
class Known:
    """The columns that a table has: their names, the table's own spelling of one, a few rows, how they are written."""

    columns: Sequence[str]
    has: Callable[[str], str]
    shown: str
    samples: Sequence[typing.Mapping[str, str]] = ()
    paths: bool = False
    country: str = ""


def resolve(mapping: Mapping, known: Known, *, guess: bool = True) -> dict[str, tuple[str, ...]]:
    """Find the columns that a mapping names, and those that name themselves; raises UsageError with every unknown one.

    Besides fields there may be parts of fields (`headers.PARTS`), which `obvious.settle` puts together.
    """
    found: dict[str, tuple[str, ...]] = {}
    problems: list[Problem] = []
    for name, columns in mapping.columns.items():
        pairs = [(column, known.has(column)) for column in columns]
        problems += [_unknown(name, column, known.columns, known.shown) for column, own in pairs if not own]
        found[name] = tuple(own for _, own in pairs if own)
    if problems:
        raise UsageError(problems)
    if guess:
        found |= _guessed(mapping, found, known)
    if not {"name", "given_name", "family_name", "sort_name"} & (found.keys() | mapping.constants.keys()):
        near = headers.like_a_name(known.columns) or (known.columns[0] if known.columns else "COLUMN")
        raise UsageError(
            [
                Problem(
                    known.shown,
                    0,
                    0,
                    "error",
                    "missing-mapping",
                    "no column is known to hold the name",
                    f"Say which, as in --map name={_shell(near)}. {_listed(known.columns)}",
                )
            ]
        )
    return found


def _guessed(
    mapping: Mapping, found: typing.Mapping[str, tuple[str, ...]], known: Known
) -> dict[str, tuple[str, ...]]:
    """Find the columns that name themselves; one that the rows do not bear out makes room for the next best."""
    taken = {column for columns in found.values() for column in columns}
    free = [column for column in known.columns if column not in taken]
    said = found.keys() | mapping.constants.keys()
    never: set[tuple[str, str]] = set()
    while True:
        guessed = headers.guess(free, paths=known.paths, never=never)
        borne = verified(guessed, known.samples, known.country)
        wrong = {
            (part, column)
            for name in guessed.keys() - borne.keys() - mapping.values.keys()
            for column in guessed[name]
            for part in ((name, "region", "number") if name == "area" else (name,))
        }
        if wrong <= never:
            break
        never |= wrong
    if known.country == "eu" and "area" not in guessed:
        words = {"country", "land", "pays"}
        states = [column for column in free if headers.plain(column.rpartition(".")[2]) in words]
        guessed |= {"area": (states[0],)} if states else {}
        borne |= {"area": guessed["area"]} if states else {}
    return {
        name: columns
        for name, columns in guessed.items()
        if (name in borne or name in mapping.values) and name not in said and not said & _ENOUGH.get(name, set())
    }


def _unknown(name: str, column: str, known: Sequence[str], shown: str) -> Problem:
    near = nearest(column, known)
    hint = f"Did you mean '{near}'? " if near else ""
    return Problem(
        shown, 0, 0, "error", "unknown-column", f"there is no column '{column}' (for {name})", hint + _listed(known)
    )


def _listed(known: Sequence[str]) -> str:
    return f"Its columns: {', '.join(known[:60])}{', …' if len(known) > 60 else ''}." if known else "It has no columns."


def _shell(column: str) -> str:
    return column if re.fullmatch(r"[\w.-]+", column) else f"'{column}'"


def spelled_in(known: Iterable[str]) -> Callable[[str], str]:
    """Make the function that gives the table's spelling of a column: exactly, or whatever its case and spaces."""
    exact = {name: name for name in known}
    loose: dict[str, str] = {}
    for name in exact:
        loose.setdefault(folded(name), name)
    return lambda column: exact.get(column) or loose.get(folded(column), "")
