"""Whole persons in, rows of the table of people out: who sits, in which membership, and why the others are left out.

"Current" is what the data set says: a flag, an open end in its latest period, an end that is still to come; with a
day, whoever's dates hold that day. Dates may be years or months; they hold the day if they possibly can.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from advokit.dates import PartialDate
from advokit.importers.reading import Reading
from advokit.importers.spool import Whole
from advokit.people import Membership, Person, sort_key

#: Names of the two houses that stand for each other in `--chamber`.
_LOWER = {"lower", "house", "rep", "commons", "house of representatives", "house of commons", "assembly"}
_UPPER = {"upper", "senate", "sen", "lords", "house of lords"}


@dataclass(frozen=True)
class Choice:
    """Whom to write: everyone, those who sit on a day, or (neither) whom the data set calls current."""

    today: dt.date
    on: dt.date | None = None
    everyone: bool = False
    chamber: str = ""


def _first(text: str) -> dt.date:
    return PartialDate.parse(text).first if text else dt.date.min


def _last(text: str) -> dt.date:
    return PartialDate.parse(text).last if text else dt.date.max


def natural(text: str) -> tuple[tuple[int, int, str], ...]:
    """Order periods as a person does: term/9 before term/13."""
    return tuple((0, int(part), "") if part.isdecimal() else (1, 0, part) for part in re.split(r"(\d+)", text) if part)


def chambers_and_periods(memberships: Iterable[Membership]) -> tuple[set[str], dict[str, str]]:
    """Find the chambers, and the latest period of each: by its start where one is stated, else by its name."""
    chambers: set[str] = set()
    best: dict[str, tuple[tuple[str, tuple[tuple[int, int, str], ...]], str]] = {}
    for membership in memberships:
        chambers.add(membership.chamber)
        if membership.period:
            rank = (membership.period_start, natural(membership.period))
            if membership.chamber not in best or rank > best[membership.chamber][0]:
                best[membership.chamber] = (rank, membership.period)
    return chambers - {""}, {chamber: period for chamber, (_, period) in best.items()}


def same_chamber(wanted: str, chamber: str) -> bool:
    """Tell whether a chamber is the one asked for, by its name or by its house."""
    one, two = sort_key(wanted), sort_key(chamber)
    return one == two or any({one, two} <= names for names in (_LOWER, _UPPER))


def sits_on(membership: Membership, day: dt.date) -> bool:
    """Tell whether the dates of a membership, or of its period, can hold a day; both ends count."""
    if membership.current is False and not membership.end and not membership.period_end:
        return False
    return _first(membership.start or membership.period_start) <= day <= _last(membership.end or membership.period_end)


def is_current(membership: Membership, day: dt.date, periods: dict[str, str]) -> bool:
    """Tell whether the data set itself calls a membership current."""
    if membership.current is not None:
        return membership.current
    if membership.period and periods.get(membership.chamber) != membership.period:
        return False
    return _first(membership.start) <= day <= _last(membership.end)


def _handed_over(one: Membership, best: Membership) -> bool:
    """Tell whether one membership ended on the day on which the other began."""
    return bool(one.end) and one.end == best.start and one is not best


@dataclass
class Chooser:
    """Goes through the persons once and gives the rows to write; counts what it leaves out and why."""

    choice: Choice
    reading: Reading
    periods: dict[str, str]
    any_membership: bool
    any_chamber: bool
    read: int = 0
    written: int = 0
    undated: int = 0

    def rows(self, persons: Iterable[Whole]) -> Iterator[Person]:
        """Give one row for each person who is to be written."""
        for whole in persons:
            self.read += 1
            if not whole.person.get("name"):
                self.reading.say(
                    whole.place,
                    "missing-name",
                    "the row has no name; it is left out",
                    "Look at the mapping, or mend the row.",
                    warning=False,
                )
                self.leave("no name")
                continue
            row = self.row(whole)
            if row:
                self.written += 1
                yield row

    def leave(self, why: str) -> None:
        """Count one person who is not written."""
        self.reading.counts[why] += 1

    def row(self, whole: Whole) -> Person | None:
        """Choose the membership of one person and make the row, or count why there is none."""
        seats = [one for one in whole.memberships if not one.party_only]
        if not seats and self.any_membership and not self.choice.everyone:
            self.leave("no membership in the data")
            return None
        if self.choice.chamber and self.any_chamber:
            seats = [one for one in seats if same_chamber(self.choice.chamber, one.chamber)]
            if not seats:
                self.leave("in another chamber")
                return None
        death = whole.person.get("death_date", "")
        if death and not self.choice.everyone and _last(death) < self._day:
            self.leave("deceased")
            return None
        held = seats if self.choice.everyone else [one for one in seats if self._holds(one)]
        if seats and not held:
            self.leave(self._why(seats))
            return None
        return self._person(whole, self._pick(held, whole))

    @property
    def _day(self) -> dt.date:
        return self.choice.on or self.reading.day or self.choice.today

    def _holds(self, membership: Membership) -> bool:
        if self.choice.on:
            return sits_on(membership, self.choice.on)
        return is_current(membership, self._day, self.periods)

    def _why(self, seats: list[Membership]) -> str:
        if all(one.current is False for one in seats):
            return "not in office, as the data says"
        if all(one.start and _first(one.start) > self._day for one in seats):
            return f"not yet in office on {self._day}"
        if self.choice.on:
            return f"did not sit on {self._day}"
        if all(one.period and self.periods.get(one.chamber) != one.period for one in seats):
            return "sat in an earlier period only"
        return "no longer in office"

    def _pick(self, held: list[Membership], whole: Whole) -> Membership:
        """Take the membership that began last; two at a time in different areas are told."""
        if not held:
            return Membership()
        ranked = sorted(
            enumerate(held), key=lambda pair: (pair[1].start or pair[1].period_start, natural(pair[1].period), pair[0])
        )
        best = ranked[-1][1]
        if not self.choice.everyone:
            areas = sorted({one.area or one.area_id for one in held if not _handed_over(one, best)} - {""})
            if len(areas) > 1:
                self.reading.say(
                    whole.place,
                    "several-memberships",
                    f"{whole.person['name']} holds several seats at once: {', '.join(areas)}",
                    f"The one that began last is written: {best.area or best.area_id}.",
                )
            if not any((best.start, best.end, best.period_start, best.period_end)) and best.current is None:
                self.undated += 1
        return best

    def _person(self, whole: Whole, seat: Membership) -> Person:
        party = seat.party or next(
            (one.party for one in reversed(whole.memberships) if one.party_only and self._holds(one)), ""
        )
        own = whole.person
        chosen = {
            key: getattr(seat, key) or own.get(key, "") or own.get(f"last_{key}", "")
            for key in ("address", "email", "form_url", "phone")
        }
        chamber = seat.chamber or ("" if self.any_chamber else self.choice.chamber)
        person = Person(
            **{
                key: own.get(key, "")
                for key in ("id", "name", "honorific", "given_name", "family_name", "gender", "language")
            },
            **chosen,
            party=party,
            role=seat.role,
            chamber=chamber,
            area=seat.area,
            area_id=seat.area_id,
            start=seat.start or seat.period_start,
            end=seat.end or seat.period_end,
            source="; ".join(whole.sources),
        )
        return person if person.id else replace(person, id=f"row-{whole.key}")
