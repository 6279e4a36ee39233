"""A state and a district in, the name of the area out: `CA-14`, at large `AK-AL`, a whole state `CA`."""

from __future__ import annotations

#: Territories, whose delegates do not vote.
TERRITORIES = frozenset({"AS", "GU", "MP", "PR", "VI"})


def area_of(state: str, district: str) -> tuple[str, str]:
    """Name the area of a seat in the Congress of the USA and give its OCD division id."""
    state = state.upper()
    low = state.lower()
    base = "ocd-division/country:us" + (
        f"/territory:{low}"
        if state in TERRITORIES
        else "/district:dc"
        if state == "DC"
        else f"/state:{low}"
        if state
        else ""
    )
    if district == "":
        return state, base
    number = district.lstrip("0")
    if not number or number.upper() == "AL":
        return f"{state}-AL", base
    return f"{state}-{number}", f"{base}/cd:{number}"
