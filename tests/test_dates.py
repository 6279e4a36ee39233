from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advokit.dates import PartialDate


@given(st.dates(dt.date(1000, 1, 1)), st.sampled_from(["day", "month", "year"]), st.booleans())
def test_round_trip(day: dt.date, precision: str, about: bool) -> None:
    text = {"day": day.isoformat(), "month": day.isoformat()[:7], "year": day.isoformat()[:4]}[precision]
    text += "~" if about else ""
    date = PartialDate.parse(text)
    assert str(date) == text
    assert date.precision == precision
    assert date.first <= day <= date.last


@pytest.mark.parametrize("text", ["2025-13", "2025-02-30", "25-01-01", "2025-1-1", "", "2025/2026", "٢٠٢٥", "0000"])
def test_refuses_what_is_no_date(text: str) -> None:
    with pytest.raises(ValueError, match="is not a"):
        PartialDate.parse(text)


def test_a_month_ends_on_its_last_day() -> None:
    assert PartialDate.parse("2024-02").last == dt.date(2024, 2, 29)
