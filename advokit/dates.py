"""Dates as exact as they are known: a day, a month or a year, `~` for approximate.

In: text in the form of EDTF level 0 with the `~` of level 1 (ISO 8601-2:2019), such as `2025-12-11`, `2025-12`,
`2025`, `2023-03~`. Out: a frozen `PartialDate`. The words of a date in a language are `language.py`'s work.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import Field, PlainSerializer, PlainValidator

_FORM = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(~)?", re.ASCII)

Precision = Literal["year", "month", "day"]


@dataclass(frozen=True)
class PartialDate:
    """A date of which the day, or the month, may be unknown; compared by its last possible day."""

    year: int
    month: int | None = None
    day: int | None = None
    approximate: bool = False

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """Read EDTF text; raises ValueError with a sentence for a person."""
        match = _FORM.fullmatch(text.strip())
        if not match:
            raise ValueError(f"'{text}' is not a date; write 2025-12-11, 2025-12 or 2025 (and ~ at the end for about)")
        year, month, day = (int(part) if part else None for part in match.groups()[:3])
        try:
            dt.date(year or 0, month or 1, day or 1)
        except ValueError:
            raise ValueError(f"'{text}' is not a day of the calendar") from None
        return cls(year or 0, month, day, bool(match[4]))

    @property
    def precision(self) -> Precision:
        """Tell how exact the date is."""
        return "day" if self.day else "month" if self.month else "year"

    @property
    def first(self) -> dt.date:
        """The earliest day that the date can mean."""
        return dt.date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> dt.date:
        """The latest day that the date can mean."""
        month = self.month or 12
        return dt.date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    def __str__(self) -> str:
        """Write the date as EDTF again."""
        parts = [f"{self.year:04d}"]
        if self.month:
            parts.append(f"{self.month:02d}")
        if self.day:
            parts.append(f"{self.day:02d}")
        return "-".join(parts) + ("~" if self.approximate else "")


def _date(value: Any) -> PartialDate:
    if isinstance(value, PartialDate):
        return value
    if not isinstance(value, str):
        raise ValueError("a date is text such as 2025-12-11")  # noqa: TRY004 - pydantic wants ValueError
    return PartialDate.parse(value)


#: A field of a model that holds a `PartialDate`.
DateField = Annotated[
    PartialDate,
    PlainValidator(_date, json_schema_input_type=Annotated[str, Field(pattern=r"^\d{4}(-\d{2}(-\d{2})?)?~?$")]),
    PlainSerializer(str, return_type=str),
]
