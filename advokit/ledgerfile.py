"""Writes the `copy` of a source into a ledger's file and leaves every other byte as it is.

In: the file's bytes, a source's id, a digest and a day. Out: the new bytes. The place is found with PyYAML's own marks
and the entry is put in as text; writing the whole file anew with ruamel.yaml was tried and refused, because it wraps
long lines and moves comments. The result is read back and must differ in this one entry only.
"""

from __future__ import annotations

import os
import re
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from advokit import yamlfile
from advokit.problems import InputError, Problem, UsageError, hint_for

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_BREAK = re.compile(r"\r\n|[\n\r\x85\u2028\u2029]")


@dataclass(frozen=True)
class _Lines:
    """A text with the place where each line begins."""

    text: str
    starts: tuple[int, ...]

    @classmethod
    def of(cls, text: str) -> _Lines:
        return cls(text, (0, *(match.end() for match in _BREAK.finditer(text))))

    def at(self, mark: Any) -> int:
        """Give the place of a mark; by line and column, because libyaml counts a byte order mark as nothing."""
        bom = 1 if mark.line == 0 and self.text.startswith("\ufeff") and not getattr(mark, "buffer", None) else 0
        return self.starts[mark.line] + int(mark.column) + bom if mark.line < len(self.starts) else len(self.text)

    def line_end(self, place: int) -> int:
        """Give the place behind the line break of the line of `place`."""
        match = _BREAK.search(self.text, place)
        return match.end() if match else len(self.text)


def with_copy(raw: bytes, shown: str, source: str, digest: str, day: str, *, replace: bool = False) -> bytes:
    """Give the file with `copy: {sha256, captured}` at a source; raises InputError or UsageError."""
    file = yamlfile.parse(raw, shown)
    sources = file.value.get("sources") if isinstance(file.value, dict) else None
    if not isinstance(sources, dict) or source not in sources:
        raise UsageError(
            [
                file.problem(
                    ("sources",),
                    "unknown-source",
                    f"there is no source '{source}'",
                    hint_for(source, sources if isinstance(sources, dict) else {}, "source"),
                    key=True,
                )
            ]
        )
    here = sources[source]
    if not isinstance(here, dict) or not here:
        raise InputError([file.problem(("sources", source), "invalid-value", f"'{source}' is no mapping of keys")])
    held = here.get("copy")
    if isinstance(held, dict) and held.get("sha256") == digest:
        return raw
    if held is not None and not replace:
        raise UsageError(
            [
                file.problem(
                    ("sources", source, "copy"),
                    "copy-exists",
                    f"'{source}' has a copy already, with another digest",
                    "Its quotes were read there. Add --replace to point it to the new copy, then verify.",
                )
            ]
        )
    text = raw.decode("utf-8")
    node = _source_node(text, shown, source)
    lines = _Lines.of(text)
    entry = f'{{sha256: {digest}, captured: "{day}"}}'
    new = _replaced(lines, node, entry) if held is not None else _added(lines, node, entry)
    after = new.encode()
    _prove(after, shown, file.value, source, {"sha256": digest, "captured": day})
    return after


def _source_node(text: str, shown: str, source: str) -> Any:
    """Find the mapping of a source; one that an alias shares with another source cannot be edited alone."""
    root: Any = yaml.compose(text, Loader=_Loader)
    sources = next(value for key, value in root.value if key.value == "sources")
    node = next(value for key, value in sources.value if key.value == source)
    if sum(value is node for _, value in sources.value) > 1 or any(node is value for _, value in root.value):
        raise InputError(
            [
                Problem(
                    shown,
                    node.start_mark.line + 1,
                    node.start_mark.column + 1,
                    "error",
                    "shared-source",
                    f"'{source}' is written once and shared by an alias",
                    "Write it out for each source.",
                )
            ]
        )
    return node


def _added(lines: _Lines, node: Any, entry: str) -> str:
    """Put the entry behind the last key of the source."""
    text = lines.text
    if node.flow_style:
        last = lines.at(node.value[-1][1].end_mark)
        return f"{text[:last]}, copy: {entry}{text[last:]}"
    first = node.value[0][0]
    indent = text[lines.starts[first.start_mark.line] : lines.at(first.start_mark)]
    indent = indent if not indent.strip() else " " * first.start_mark.column
    end = lines.line_end(_true_end(lines, node.value[-1][1], lines.at(node.value[-1][0].end_mark)))
    before = text[:end]
    found = _BREAK.search(text)
    newline = found[0] if found else "\n"
    if not before.endswith(("\n", "\r", "\x85", "\u2028", "\u2029")):
        return f"{before}{newline}{indent}copy: {entry}{text[end:]}"
    return f"{before}{indent}copy: {entry}{newline}{text[end:]}"


def _true_end(lines: _Lines, node: Any, after_key: int) -> int:
    """Give the place where a value ends on the page; PyYAML ends blocks only where the next token begins."""
    while isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        after_key = lines.at(last[0].end_mark) if isinstance(last, tuple) else after_key
        node = last[1] if isinstance(last, tuple) else last
    start, end = lines.at(node.start_mark), lines.at(node.end_mark)
    if start < after_key:  # an alias: its node lies where the anchor stands
        return after_key
    if isinstance(node, yaml.ScalarNode) and node.style in {"|", ">"}:
        return start + len(lines.text[start:end].rstrip())
    return end


def _replaced(lines: _Lines, node: Any, entry: str) -> str:
    """Put the entry in the place of the one that is there."""
    value = next(value for key, value in node.value if key.value == "copy")
    start = lines.at(value.start_mark)
    if isinstance(value, yaml.CollectionNode) and not value.flow_style:
        key = next(key for key, _ in node.value if key.value == "copy")
        colon = lines.text.index(":", lines.at(key.end_mark)) + 1
        return f"{lines.text[:colon]} {entry}{lines.text[_true_end(lines, value, colon) :]}"
    return f"{lines.text[:start]}{entry}{lines.text[lines.at(value.end_mark) :]}"


def _prove(after: bytes, shown: str, before: Any, source: str, entry: dict[str, str]) -> None:
    """Read the result back: it must hold the entry, and nothing else may have changed."""
    wanted = {**before, "sources": {**before["sources"], source: {**before["sources"][source], "copy": entry}}}
    try:
        same = yamlfile.parse(after, shown).value == wanted
    except InputError:
        same = False
    if not same:
        raise InputError(
            [
                Problem(
                    shown,
                    0,
                    0,
                    "error",
                    "cannot-edit",
                    f"the entry of '{source}' is written in a form that cannot be edited safely",
                    f'Write it yourself: copy: {{sha256: {entry["sha256"]}, captured: "{entry["captured"]}"}}',
                )
            ]
        )


def write_back(path: Path, data: bytes) -> None:
    """Replace a file whole or not at all, keeping its permissions."""
    target = path.resolve()
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=".new-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(target.stat().st_mode & 0o7777)
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink()
        raise
