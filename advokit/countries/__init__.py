"""Country packs: a country's conventions, each with its source, its strength and the day it was last looked at.

In: `countries/<cc>.yaml` of the workspace, or else the file of that name beside this module. Out: a checked, frozen
`CountryPack`, and pure functions that fill its forms for a recipient, a place and a date. No pack names a person.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from advokit.countries.advice import advice, has_postcode, postcode_fits, postcode_form
from advokit.countries.check import problems_of
from advokit.countries.forms import (
    PLACEHOLDERS,
    Addressee,
    Correspondence,
    Filled,
    address_lines,
    closing,
    correspondence,
    form_for,
    salutation,
)
from advokit.countries.model import (
    CLEARANCE,
    PAPER_SIZES,
    Convention,
    CountryPack,
    Gender,
    Layout,
    Notation,
    Office,
    Rect,
    Strength,
    Window,
    walk,
)
from advokit.countries.page import PageSetup, layout_for, page_setup, place_and_date, sender_lines, window_problems
from advokit.problems import InputError, Problem, hint_for
from advokit.yamlfile import KeyPath, Loaded, load

__all__ = [
    "CLEARANCE", "PAPER_SIZES", "PLACEHOLDERS", "Addressee", "Convention", "Correspondence", "CountryPack", "Filled",
    "Gender", "Layout", "Notation", "Office", "PageSetup", "Rect", "Stated", "Strength", "Window", "address_lines",
    "advice", "closing", "codes", "conventions", "correspondence", "form_for", "has_postcode", "layout_for",
    "load_country", "pack_text", "page_setup", "place_and_date", "postcode_fits", "postcode_form", "salutation",
    "schema", "sender_lines", "window_problems",
]

_BUILT_IN = Path(__file__).parent
_CODE = re.compile(r"[a-z]{2}|intl")


def codes(workspace_root: Path | None = None) -> tuple[str, ...]:
    """List the countries that have a pack, built-in or in the workspace, in alphabetical order."""
    folders = [_BUILT_IN] if workspace_root is None else [_BUILT_IN, workspace_root / "countries"]
    names = {path.stem for folder in folders if folder.is_dir() for path in folder.glob("*.yaml")}
    return tuple(sorted(name for name in names if _CODE.fullmatch(name)))


def load_country(code: str, workspace_root: Path | None = None) -> Loaded[CountryPack]:
    """Read a country's pack; raises InputError with every problem in it, or where there is none."""
    known = codes(workspace_root)
    if code not in known:
        raise InputError([Problem(f"countries/{code}.yaml", 0, 0, "error", "unknown-country",
                                  f"there is no country pack '{code}'", hint_for(code, known, "country pack"))])
    own = workspace_root / "countries" / f"{code}.yaml" if workspace_root else None
    if own is not None and own.is_file():
        loaded = load(own, CountryPack, f"countries/{code}.yaml")
    else:
        loaded = load(_BUILT_IN / f"{code}.yaml", CountryPack, f"advokit:countries/{code}.yaml")
    problems = problems_of(loaded, code)
    if problems:
        raise InputError(problems)
    return loaded


def pack_text(code: str, workspace_root: Path | None = None) -> str:
    """Give a pack as it is written, the workspace's own first; it must exist."""
    own = workspace_root / "countries" / f"{code}.yaml" if workspace_root else None
    path = own if own is not None and own.is_file() else _BUILT_IN / f"{code}.yaml"
    return path.read_text(encoding="utf-8")


def schema() -> dict[str, Any]:
    """Give the JSON Schema of a country pack, for editors."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **CountryPack.model_json_schema()}


@dataclass(frozen=True)
class Stated:
    """How well one convention, or one part of it, is known."""

    path: KeyPath
    """Its place in the pack, for `Loaded.file.problem`."""
    strength: Strength
    """`s`, `w` or `g`."""
    source: str | None
    """The id of its source in the pack."""
    reviewed: dt.date
    """The day on which it was last looked at."""
    due: dt.date
    """The day after which it needs another look."""


def conventions(pack: CountryPack) -> Iterator[Stated]:
    """Give every convention of a pack, and every part that is known better or worse than the rest of its convention."""
    for path, convention in walk(pack):
        reviewed = convention.reviewed or pack.reviewed
        due = reviewed + pack.review_after
        yield Stated(path, convention.strength, convention.source, reviewed, due)
        for name, part in convention.parts.items():
            source = None if part.strength == "g" else part.source or convention.source
            yield Stated((*path, name), part.strength, source, reviewed, due)
