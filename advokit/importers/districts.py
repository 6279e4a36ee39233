"""A table of postcodes and districts in, the districts of one postcode out: a list, because many span several.

Made for the ZIP-to-district tables of the USA (`state_abbr, zcta, cd`); any table with a column for the postcode and
one for the area does.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from advokit.importers import headers
from advokit.importers.areas import area_of
from advokit.people import Person, sort_key
from advokit.problems import InputError, Problem
from advokit.tables.encodings import detect
from advokit.tables.rows import folded, read_head, read_rows

_CODES = ("zcta", "zip", "zipcode", "zip_code", "zcta5", "postcode", "postal_code", "pcd", "pcds", "pcd7", "pcd8",
          "plz", "code_postal", "cp")
_STATES = ("state_abbr", "state", "usps", "state_code")
_AREAS = ("cd", "district", "congressional_district", "area", "constituency", "area_id", "wahlkreis", "circonscription")


@dataclass(frozen=True)
class District:
    """One district in which a postcode lies."""

    area: str
    """The area as the table of people writes it: `CA-12`, at large `AK-AL`."""
    state: str = ""
    """The state, whose senators sit for the postcode too."""

    def has(self, person: Person) -> bool:
        """Tell whether a person represents this district, or its whole state."""
        names = {sort_key(self.area), sort_key(self.state)} - {""}
        return sort_key(person.area) in names or (not self.state and sort_key(person.area_id) in names)

    def sits(self, person: Person) -> bool:
        """Tell whether a person sits for the district itself."""
        return sort_key(self.area) in {sort_key(person.area), sort_key(person.area_id)}


def postcode(text: str) -> str:
    """Make a postcode comparable: capitals, no spaces or hyphens, of a ZIP+4 the first five digits."""
    plain = re.sub(r"[\W_]+", "", text).upper()
    match = re.fullmatch(r"(\d{5})\d{4}", plain)
    return match[1] if match else plain


def districts_of(path: Path, code: str) -> list[District]:
    """Look a postcode up, row by row; leading zeros count. Raises InputError where the table has no such columns."""
    shown = str(path)
    encoding = detect(path, shown)
    table = read_head(path, shown, encoding, (*_CODES, *_AREAS))
    names = {folded(column): column for column in table.columns}
    code_column = next((names[name] for name in _CODES if name in names), "")
    area_column = next((names[name] for name in _AREAS if name in names), "")
    state_column = next((names[name] for name in _STATES if name in names), "")
    guessed = headers.guess(column for column in table.columns if column not in (code_column, area_column))
    code_column = code_column or next((c for c in table.columns if headers.holds("postcode", c)), "")
    area_column = area_column or guessed.get("area", ("",))[0]
    if not code_column or not area_column:
        missing = "postcode (zcta, zip, postcode …)" if not code_column else "district (cd, district, area …)"
        raise InputError(
            [
                Problem(
                    shown,
                    max(table.start - 1, 1),
                    1,
                    "error",
                    "missing-column",
                    f"the table has no column for the {missing}",
                    f"Its columns: {', '.join(table.columns)}.",
                )
            ]
        )
    wanted = postcode(code)
    found: dict[District, None] = {}
    for row in read_rows(path, table, encoding, lambda *_: None):
        if postcode(row.values.get(code_column, "")) != wanted:
            continue
        area, state = row.values.get(area_column, ""), row.values.get(state_column, "")
        if state and re.fullmatch(r"\d{1,2}|AL", area):
            found[District(area_of(state, area)[0], state.upper())] = None
        elif area:
            found[District(area, state)] = None
    return list(found)
