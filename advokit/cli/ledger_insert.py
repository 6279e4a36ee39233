"""Puts new entries into a ledger's file as text and leaves every other byte as it is: comments, order, line breaks.

In: the file's bytes and what is to be added. Out: the new bytes, read back: they must hold what was there, the new
entries, and nothing else, and be a valid ledger. A form that cannot be edited safely is refused with what to write by
hand.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml

from advokit import yamlfile
from advokit.ledger import Ledger
from advokit.ledgerfile import _Lines, _true_end
from advokit.problems import InputError, Problem

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_PLAIN = re.compile(r"[a-z][a-z0-9._-]*|-?\d+(?:\.\d+)?")


@dataclass(frozen=True)
class Addition:
    """What is put into a ledger."""

    sources: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    figures: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    observations: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """One new observation per figure."""


def inserted(raw: bytes, shown: str, addition: Addition) -> bytes:
    """Give the file with the addition; raises InputError, and nothing is changed."""
    before = yamlfile.parse(raw, shown)
    text = raw.decode("utf-8")
    newline = "\r\n" if "\r\n" in text else "\n"
    for figure, observation in addition.observations.items():
        text = _into_list(text, shown, figure, observation, newline)
    for key in ("sources", "figures"):
        for name, entry in getattr(addition, key).items():
            text = _into_mapping(text, shown, key, (name, entry), newline)
    after = text.encode()
    _prove(after, before.value, _wanted(before.value, addition), shown)
    return after


def _wanted(before: Any, addition: Addition) -> Any:
    wanted = dict(before) if isinstance(before, dict) else {}
    for key in ("sources", "figures"):
        new = getattr(addition, key)
        if new:
            wanted[key] = {**(wanted.get(key) or {}), **new}
    for figure, observation in addition.observations.items():
        old = wanted["figures"][figure]
        wanted["figures"] = {**wanted["figures"], figure: {**old, "observations": [*old["observations"], observation]}}
    return wanted


def _prove(after: bytes, before: Any, wanted: Any, shown: str) -> None:
    """Read the result back: what was there, the new entries, and nothing else; and a valid ledger."""
    try:
        file = yamlfile.parse(after, shown)
    except InputError:
        file = None
    if file is None or file.value != wanted or before == wanted:
        raise InputError([_refusal(shown)])
    yamlfile.build(file, Ledger)


def _refusal(shown: str) -> Problem:
    return Problem(
        shown,
        0,
        0,
        "error",
        "cannot-edit",
        "the ledger is written in a form that cannot be edited safely",
        "Write figures and observations as blocks, one key a line, or add the entry in an editor.",
    )


def _child(node: Any, key: str) -> Any:
    found = [value for name, value in getattr(node, "value", []) if getattr(name, "value", None) == key]
    return found[0] if found else None


def _into_mapping(text: str, shown: str, key: str, entry: tuple[str, Mapping[str, Any]], newline: str) -> str:
    """Put an entry behind the last one of a top mapping; a mapping that is not there yet comes at the end."""
    lines = _Lines.of(text)
    node = _child(yaml.compose(text, Loader=_Loader), key)
    if node is None:
        head = text if not text or text.endswith(("\n", "\r")) else text + newline
        return f"{head}{newline}{key}:{newline}{_block({entry[0]: entry[1]}, 2, newline)}"
    if not isinstance(node, yaml.MappingNode) or node.flow_style or not node.value:
        raise InputError([_refusal(shown)])
    name, last = node.value[-1]
    end = lines.line_end(_true_end(lines, last, lines.at(name.end_mark)))
    return _put(text, end, newline + _block({entry[0]: entry[1]}, node.value[0][0].start_mark.column, newline), newline)


def _into_list(text: str, shown: str, figure: str, observation: Mapping[str, Any], newline: str) -> str:
    """Put an observation behind the last one of its figure."""
    lines = _Lines.of(text)
    node = _child(_child(_child(yaml.compose(text, Loader=_Loader), "figures"), figure), "observations")
    if not isinstance(node, yaml.SequenceNode) or node.flow_style or not node.value:
        raise InputError([_refusal(shown)])
    end = lines.line_end(_true_end(lines, node.value[-1], lines.at(node.value[-1].start_mark)))
    indent = node.start_mark.column
    block = _block(observation, indent + 2, newline)
    return _put(text, end, " " * indent + "- " + block[indent + 2 :], newline)


def _put(text: str, end: int, block: str, newline: str) -> str:
    head = text[:end] if text[:end].endswith(("\n", "\r")) else text[:end] + newline
    return head + block + text[end:]


def _block(entry: Mapping[str, Any], indent: int, newline: str) -> str:
    return "".join(" " * indent + line + newline for line in _lines(entry))


def _lines(entry: Mapping[str, Any]) -> Iterator[str]:
    """Write a mapping as lines of a block; what is short and flat stands in one line."""
    for key, value in entry.items():
        if isinstance(value, Mapping) and _long(value):
            yield f"{key}:"
            yield from ("  " + line for line in _lines(value))
        elif isinstance(value, list) and value and isinstance(value[0], Mapping) and key == "observations":
            yield f"{key}:"
            for item in value:
                first, *rest = _lines(item)
                yield f"  - {first}"
                yield from ("    " + line for line in rest)
        else:
            yield f"{key}: {_flow(value)}"


def _long(value: Mapping[str, Any]) -> bool:
    return any(isinstance(item, Mapping) for item in value.values()) or len(_flow(value)) > 110


def _flow(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {_flow(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_flow(item) for item in value) + "]"
    text = str(value)
    return text if _PLAIN.fullmatch(text) and text != "null" else json.dumps(text, ensure_ascii=False)
