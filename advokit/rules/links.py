"""What hangs together in a ledger: disputes and common origins both ways, what is derived from what.

In: a ledger. Out: `Links`, worked out once a ledger, because a hundred documents ask for them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from advokit.ledger import Claim, Ledger, Observation

#: Entries that no document may print, and that therefore contradict nothing in print.
SILENT = frozenset({"withheld", "retired"})


@dataclass(frozen=True)
class Links:
    """The links between the entries of one ledger."""

    disputes: Mapping[str, frozenset[str]]
    """For each observation those that it contradicts or that contradict it."""
    claim_disputes: Mapping[str, frozenset[str]]
    """The same for claims."""
    origin: Mapping[str, str]
    """For each observation that shares its origin with others, the name of that origin: the first of them."""
    derived: tuple[tuple[str, frozenset[str]], ...]
    """Derived observations with what they are computed from."""


@dataclass(frozen=True)
class _Key:
    digest: str
    ledger: Ledger = field(compare=False)


def links(ledger: Ledger) -> Links:
    """Give the links of a ledger."""
    return _links(_Key(ledger.digest, ledger))


@lru_cache(maxsize=4)
def _links(key: _Key) -> Links:
    observations = {name: item for name, (_, item) in key.ledger.observations.items()}
    derived = tuple(
        (name, frozenset(item.inputs))
        for name, item in observations.items()
        if item.inputs and item.status not in SILENT
    )
    return Links(
        _both_ways(observations, "disputes"), _both_ways(key.ledger.claims, "disputes"), _origins(observations), derived
    )


def _both_ways(entries: Mapping[str, Observation] | Mapping[str, Claim], key: str) -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for name, item in entries.items():
        for other in getattr(item, key):
            if other in entries and other != name and not {item.status, entries[other].status} & SILENT:
                found.setdefault(name, set()).add(other)
                found.setdefault(other, set()).add(name)
    return {name: frozenset(others) for name, others in found.items()}


def _origins(observations: Mapping[str, Observation]) -> Mapping[str, str]:
    """Join what goes back to one origin, however long the chain."""
    parent: dict[str, str] = {}

    def root(name: str) -> str:
        while parent.setdefault(name, name) != name:
            parent[name] = parent[parent[name]]
            name = parent[name]
        return name

    for name, item in observations.items():
        for other in item.same_origin_as:
            if other in observations:
                parent[root(name)] = root(other)
    return {name: root(name) for name in tuple(parent)}


def declared(ledger: Ledger, names: Iterable[str]) -> bool:
    """Tell whether a derived observation is computed from all of these."""
    wanted = frozenset(names)
    return any(wanted <= inputs for _, inputs in links(ledger).derived)
