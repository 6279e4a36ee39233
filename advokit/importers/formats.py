"""The formats of people's data by name: one row a format, one module a row, imported only when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module

from advokit.importers.reading import DataSet, Reading, Record
from advokit.problems import Problem, UsageError, hint_for

Reader = Callable[[Sequence[DataSet], Reading], Iterator[Record]]


@dataclass(frozen=True)
class Format:
    """One format: its name, what it is, and the module that reads it."""

    name: str
    """The name on the command line."""
    reads: str
    """What the paths are."""
    about: str
    """Where such data comes from."""
    module: str
    """The module of `advokit.importers` whose function `read` reads it."""
    mapped: bool = False
    """Whether it takes a mapping."""
    folders: bool = False
    """Whether a path may be a folder."""

    @property
    def read(self) -> Reader:
        """The function that reads it."""
        found: Reader = import_module(f"advokit.importers.{self.module}").read
        return found


FORMATS: dict[str, Format] = {
    row.name: row
    for row in (
        Format(
            "congress-legislators",
            "YAML (legislators, district offices) or CSV",
            "the United States Congress, as unitedstates/congress-legislators publishes it",
            "congress_legislators",
        ),
        Format(
            "openstates",
            "a folder of YAML files, one a person, or CSV",
            "the states of the USA, as Open States publishes them",
            "openstates",
            folders=True,
        ),
        Format(
            "popolo",
            "JSON in one file, in several or in a folder, with or without language maps",
            "Popolo data: EveryPolitician, TheyWorkForYou, Wikidata exports, national projects",
            "popolo",
            folders=True,
        ),
        Format(
            "everypolitician-csv",
            "CSV of one term a file",
            "parliaments as EveryPolitician exported them",
            "everypolitician_csv",
        ),
        Format(
            "table",
            "any CSV, TSV, JSON, XML or YAML",
            "everything else, through --map or a mapping file",
            "table",
            mapped=True,
        ),
    )
}


def format_by_name(name: str) -> Format:
    """Find a format; raises UsageError with the nearest name."""
    if name not in FORMATS:
        known = ", ".join(FORMATS)
        hint = hint_for(name, FORMATS, "format")
        raise UsageError(
            [
                Problem(
                    "FORMAT",
                    0,
                    0,
                    "error",
                    "unknown-format",
                    f"there is no format '{name}'",
                    f"{hint} All: {known}." if hint.startswith("Did") else f"Known: {known}.",
                )
            ]
        )
    return FORMATS[name]
