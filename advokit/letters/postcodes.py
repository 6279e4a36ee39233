"""Postcodes that have not the form of their country: told by row, since a letter without one is late or lost.

In: rows of senders and the table of people, one at a time, with the country's pack. Out: a warning for each table.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from advokit.countries import CountryPack, has_postcode, postcode_fits, postcode_form
from advokit.letters.senders import SenderRow
from advokit.people import Person
from advokit.problems import Problem

#: Rows that a warning names; the rest are counted.
NAMED = 10


@dataclass
class Postcodes:
    """The rows of senders whose postcode is unlike those of their country; no postcode is kept."""

    pack: CountryPack
    rows: list[int] = field(default_factory=list)

    def see(self, row: SenderRow) -> None:
        """Look at a row; addresses in other countries are passed over."""
        if row.postcode and row.country == self.pack.code and not postcode_fits(self.pack, row.postcode):
            self.rows.append(row.row)

    def warnings(self, shown: str) -> tuple[Problem, ...]:
        """Give one warning for all of them."""
        if not self.rows:
            return ()
        one = len(self.rows) == 1
        return (Problem(shown, 0, 0, "warning", "postcode-form",
                        f"{_named(self.rows)} {'has' if one else 'have'} a postcode unlike those of '{self.pack.code}'",
                        f"{postcode_form(self.pack)} The letters are made as they stand."),)


def _named(rows: list[int]) -> str:
    return f"{'row' if len(rows) == 1 else 'rows'} {_counted([str(row) for row in rows])}"


def _counted(names: list[str]) -> str:
    """Name the first of them and count the rest."""
    return ", ".join(names[:NAMED]) + (f" and {len(names) - NAMED} more" if len(names) > NAMED else "")


def people_without(people: Iterable[Person], pack: CountryPack, shown: str) -> Problem | None:
    """Warn of people whose own address holds no postcode of the country; representatives are public persons."""
    missing = [person.name for person in people
               if person.address_lines and not has_postcode(pack, person.address_lines)]
    if not missing:
        return None
    names = ", ".join(missing[:3]) + (f" and {len(missing) - 3} more" if len(missing) > 3 else "")
    return Problem(shown, 0, 0, "warning", "postcode-form",
                   f"the address of {names} has no postcode of '{pack.code}'",
                   f"{postcode_form(pack)} --to-chamber writes to the chamber's address instead.")
