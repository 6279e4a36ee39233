"""How an observation stands in a newer ledger: current, superseded, disputed, withdrawn.

In: what was printed (id, value, whether it was disputed, which sources it had) and a newer ledger. Out: one word and
one sentence. `verify` asks it for a PDF, `changes` for every document of a campaign.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Literal

from advokit.ledger import Evidence, Ledger, Observation

Standing = Literal["current", "superseded", "disputed", "withdrawn"]

#: Statuses under which no document may print a value.
SILENT = frozenset({"withheld", "retired"})

_QUALIFIERS = {"exact": "", "at_least": "at least ", "more_than": "more than ", "about": "about ",
               "nearly": "nearly ", "up_to": "up to ", "fewer_than": "fewer than "}


@dataclass(frozen=True)
class Printed:
    """What a document printed of an observation."""

    id: str
    value: str
    """The machine value, as in `<data value=…>`."""
    disputed: bool = False
    """Whether the document's own ledger had it as disputed."""
    sources: frozenset[tuple[str, str | None]] = frozenset()
    """Its sources with their relays."""


def standing(printed: Printed, ledger: Ledger) -> tuple[Standing, str]:
    """Tell what has become of an observation in a newer ledger."""
    if printed.id not in ledger.observations:
        return "withdrawn", "the ledger no longer has it"
    _, item = ledger.observations[printed.id]
    if item.status in SILENT:
        return "withdrawn", f"the ledger has it as {item.status}"
    gone = [evidence.source for evidence in item.evidence if evidence.source not in ledger.sources]
    if gone:
        return "withdrawn", f"its source '{gone[0]}' is gone from the ledger"
    if not same_value(item, printed.value):
        return "superseded", f"the ledger now says {item.machine_value} (as of {item.as_of})"
    if newer := ledger.superseded_by.get(printed.id):
        other = ledger.observations[newer][1]
        return "superseded", f"superseded by {newer}: {other.machine_value} (as of {other.as_of})"
    if disputed_by(ledger, item) and not printed.disputed:
        return "disputed", "other counts in the ledger now contradict it: " + ", ".join(disputed_by(ledger, item))
    if pairs(item.evidence) != printed.sources:
        return "current", "still current; its evidence has changed"
    return "current", "still current"


def same_value(item: Observation, value: str) -> bool:
    """Tell whether an observation has the value that was printed."""
    if ".." in value or item.value is None:
        return item.machine_value == value
    try:
        return item.value == Decimal(value)
    except InvalidOperation:
        return False


def disputed_by(ledger: Ledger, item: Observation) -> tuple[str, ...]:
    """List the observations that contradict one, in either direction."""
    other = {name for name, (_, one) in ledger.observations.items() if item.id in one.disputes
             and one.status not in SILENT}
    found = sorted({*item.disputes, *other})
    return tuple(found) or (("its own status",) if item.status == "disputed" else ())


def pairs(evidence: Iterable[Evidence]) -> frozenset[tuple[str, str | None]]:
    """Give the sources of some evidence with their relays."""
    return frozenset((item.source, item.via) for item in evidence)


def in_digits(item: Observation) -> str:
    """Write a value for a message: digits in groups, with what binds them."""
    if item.value is None:
        return f"{item.low:,} to {item.high:,}"
    return f"{_QUALIFIERS[item.qualifier]}{item.value:,}"
