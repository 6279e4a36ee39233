"""JSON and YAML in, their list items one at a time out: plain values with their place, in constant memory.

JSON is read by ijson (RFC 8259, and JSON Lines); a place is looked up only when a problem needs one. YAML is built
from the parser's events, item by item, every scalar as text, so that dates, `NO` and leading zeros stay what they are.
"""

from __future__ import annotations

import contextlib
import json
import re
import tempfile
from collections.abc import Collection, Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import IO, Any

import ijson
import yaml

from advokit.problems import InputError, Problem
from advokit.tables.encodings import Encoding, open_bytes, utf8_chunks
from advokit.tables.rows import tidy

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
#: Deepest nesting of one item, and values that aliases may add to a file.
MAX_DEPTH, MAX_ALIASED = 40, 100_000
#: Files below this size are read whole to find where their JSON breaks.
SMALL = 64 * 1024 * 1024


@contextlib.contextmanager
def utf8_stream(path: Path, shown: str, encoding: Encoding) -> Iterator[IO[bytes]]:
    """Open a file as UTF-8 bytes without a mark, through a temporary file where it has another encoding."""
    if encoding.name == "utf-8" and not encoding.damaged:
        with open_bytes(path, shown) as stream:
            yield stream
        return
    with tempfile.TemporaryFile() as copy:
        for chunk in utf8_chunks(path, shown, encoding):
            copy.write(chunk)
        copy.seek(0)
        yield copy


def json_items(path: Path, shown: str, encoding: Encoding, prefix: str) -> Iterator[Any]:
    """Give the items of the list at `prefix` (ijson's form, `persons.item`); raises InputError where it is not JSON."""
    with utf8_stream(path, shown, encoding) as stream, _told(path, shown, encoding):
        yield from ijson.items(stream, prefix, multiple_values=True)


def json_values(path: Path, shown: str, encoding: Encoding, prefix: str) -> Iterator[tuple[str, Any]]:
    """Give the keys and values of the mapping at `prefix`."""
    with utf8_stream(path, shown, encoding) as stream, _told(path, shown, encoding):
        yield from ijson.kvitems(stream, prefix, multiple_values=True)


def json_lists(path: Path, shown: str, encoding: Encoding, depth: int = 6) -> Iterator[str]:
    """Give the prefixes of the lists of mappings (or of lists) in a file, down to a depth, in the order of the file."""
    seen: set[str] = set()
    with utf8_stream(path, shown, encoding) as stream, _told(path, shown, encoding):
        opened = ""
        for prefix, event, _ in ijson.parse(stream, multiple_values=True):
            if opened and event in {"start_map", "start_array"} and prefix == opened and prefix not in seen:
                seen.add(prefix)
                yield prefix
            inside = event == "start_array" and f".{prefix}".count(".item") < 3 and prefix.count(".") < depth
            opened = f"{prefix}.item".lstrip(".") if inside else ""


def json_mappings(path: Path, shown: str, encoding: Encoding, depth: int = 2) -> Iterator[str]:
    """Give the prefixes of the mappings in a file that are in no list, down to a depth: first the one at the top."""
    seen: set[str] = set()
    with utf8_stream(path, shown, encoding) as stream, _told(path, shown, encoding):
        for prefix, event, _ in ijson.parse(stream, multiple_values=True):
            if (
                event == "start_map"
                and ".item" not in f".{prefix}"
                and prefix.count(".") < depth
                and prefix not in seen
            ):
                if len(seen) >= 40:
                    return
                seen.add(prefix)
                yield prefix


def json_top(path: Path, shown: str, encoding: Encoding) -> list[str]:
    """List the keys of the mapping at the top of a file; empty for a list."""
    with utf8_stream(path, shown, encoding) as stream, _told(path, shown, encoding):
        return [
            str(value)
            for prefix, event, value in ijson.parse(stream, multiple_values=True)
            if event == "map_key" and prefix == ""
        ]


def json_scalars(path: Path, shown: str, encoding: Encoding, names: Collection[str]) -> dict[str, Any]:
    """Give some bare values of the mapping at the top of a file, without building the others."""
    with utf8_stream(path, shown, encoding) as stream, _told(path, shown, encoding):
        return {
            prefix: value
            for prefix, event, value in ijson.parse(stream, multiple_values=True)
            if prefix in names and event in {"string", "number"}
        }


def json_lines(path: Path, shown: str, encoding: Encoding) -> bool:
    """Tell JSON Lines: more than one mapping at the top, one after another."""
    tops = 0
    with utf8_stream(path, shown, encoding) as stream, contextlib.suppress(ijson.JSONError):
        for prefix, event, _ in ijson.parse(stream, multiple_values=True):
            if prefix == "" and event == "start_array":
                return False
            tops += prefix == "" and event == "start_map"
            if tops > 1:
                return True
    return False


@contextlib.contextmanager
def _told(path: Path, shown: str, encoding: Encoding) -> Iterator[None]:
    try:
        yield
    except ijson.JSONError as error:
        reason = re.sub(r"\s+", " ", str(error).splitlines()[0] if str(error) else "it ends too early").strip()
        line, column = _broken(path, shown, encoding)
        raise InputError(
            [
                Problem(
                    shown,
                    line,
                    column,
                    "error",
                    "json-syntax",
                    f"this is not JSON: {reason}",
                    "Look at this place for a missing comma, bracket or quotation mark.",
                )
            ]
        ) from None


_TOKENS = re.compile(rb'"(?:[^"\\]|\\.)*"|[{}\[\],\n]|:', re.DOTALL)


def _tokens(stream: IO[bytes]) -> Iterator[tuple[bytes, int, int]]:
    """Give the marks of a JSON text with line and column; reads a line at a time, which JSON's strings cannot span."""
    for number, line in enumerate(stream, 1):
        for match in _TOKENS.finditer(line):
            yield match[0], number, match.start() + 1


def _broken(path: Path, shown: str, encoding: Encoding) -> tuple[int, int]:
    """Find the place where JSON breaks: the last bracket that opens and is not closed, or is closed wrongly."""
    stack: list[tuple[bytes, int, int]] = []
    pairs = {b"}": b"{", b"]": b"["}
    with utf8_stream(path, shown, encoding) as stream:
        text = stream.read(SMALL)
        if len(text) < SMALL:
            try:
                json.loads(text)
            except json.JSONDecodeError as error:
                if not error.msg.startswith("Extra data"):
                    return error.lineno, error.colno
            except ValueError:
                pass
        stream.seek(0)
        line = column = 1
        for token, line, column in _tokens(stream):
            if token in {b"{", b"["}:
                stack.append((token, line, column))
            elif token in pairs:
                if not stack or stack[-1][0] != pairs[token]:
                    return line, column
                stack.pop()
    return (stack[-1][1], stack[-1][2]) if stack else (line, column)


def json_places(
    path: Path, shown: str, encoding: Encoding, wanted: Mapping[str, set[int]]
) -> dict[tuple[str, int], tuple[int, int]]:
    """Find line and column of items, `{prefix: {index, …}}`; one pass over the file, only when problems need it."""
    found: dict[tuple[str, int], tuple[int, int]] = {}
    stack: list[list[Any]] = []
    text = b""
    left = sum(map(len, wanted.values()))
    with utf8_stream(path, shown, encoding) as stream:
        top = 0
        for token, line, column in _tokens(stream):
            if token in {b"{", b"["}:
                prefix = ".".join(frame[1] for frame in stack if frame[1])
                index = stack[-1][2] if stack else top
                in_list = not stack or stack[-1][0] == b"["
                if in_list and index in wanted.get(prefix, ()) and (prefix, index) not in found:
                    found[prefix, index] = (line, column)
                    left -= 1
                    if not left:
                        break
                stack.append([token, "item" if token == b"[" else "", 0])
            elif token in {b"}", b"]"}:
                if stack:
                    stack.pop()
                top += 0 if stack else 1
            elif token == b"," and stack:
                stack[-1][2] += 1
            elif token == b":" and stack:
                stack[-1][1] = text[1:-1].decode("utf-8", "replace")
            else:
                text = token
    return found


def flat(value: Any) -> str:
    """Give a scalar as the text of a cell: nothing for null, `true` and `false`, numbers as they were written."""
    if isinstance(value, str):
        if "\n" in value or "\r" in value:
            return "; ".join(part for part in (tidy(line) for line in value.splitlines()) if part)
        return tidy(value) if value else ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, Decimal | int | float) else ""


def yaml_items(path: Path, shown: str) -> Iterator[tuple[Any, int, int]]:
    """Give the items of the list in a YAML file (or its one mapping) with line and column; scalars stay text."""
    with open_bytes(path, shown) as stream:
        try:
            yield from _Items(shown).read(yaml.parse(stream, Loader=_Loader))
        except yaml.reader.ReaderError as error:
            raise InputError(
                [
                    Problem(
                        shown,
                        0,
                        0,
                        "error",
                        "yaml-syntax",
                        f"the file is not UTF-8 text: {error.reason}",
                        "Save the file again with the encoding UTF-8.",
                    )
                ]
            ) from None
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
            raise InputError(
                [
                    Problem(
                        shown,
                        line,
                        column,
                        "error",
                        "yaml-syntax",
                        f"this is not YAML: {re.sub(chr(10), ' ', str(error.problem or error.context))}",
                        "Look at the indentation and the quotation marks here and in the line above.",
                    )
                ]
            ) from None


class _Items:
    """Builds values from YAML events and hands out each item of the top list as soon as it is complete."""

    def __init__(self, shown: str) -> None:
        self.shown = shown
        self.stack: list[tuple[Any, str | None]] = []
        self.keys: list[str | None] = []
        self.anchors: dict[str, tuple[Any, int]] = {}
        self.aliased = 0

    def fatal(self, event: Any, rule: str, message: str) -> InputError:
        mark = event.start_mark
        return InputError([Problem(self.shown, mark.line + 1, mark.column + 1, "error", rule, message)])

    def read(self, events: Iterator[Any]) -> Iterator[tuple[Any, int, int]]:
        """Walk the events; an item is complete when the stack is back to the top list."""
        streamed = False
        place = (1, 1)
        for event in events:
            if isinstance(event, yaml.SequenceStartEvent) and not self.stack and not streamed:
                streamed = True
                continue
            if not self.stack and hasattr(event, "anchor"):
                place = (event.start_mark.line + 1, event.start_mark.column + 1)
            done, value = self.feed(event)
            if done:
                yield value, *place

    def feed(self, event: Any) -> tuple[bool, Any]:
        """Take one event; tell whether it completed an item, and give it."""
        if isinstance(event, yaml.ScalarEvent):
            plain = event.style is None and event.value in {"", "~", "null"}
            if self.stack and isinstance(self.stack[-1][0], dict) and self.keys[-1] is None:
                self.keys[-1] = event.value
                return False, None
            return self.put(None if plain else event.value, event.anchor)
        if isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
            if len(self.stack) >= MAX_DEPTH:
                raise self.fatal(event, "too-deep", f"lists and mappings are nested more than {MAX_DEPTH} deep")
            if self.stack and isinstance(self.stack[-1][0], dict) and self.keys[-1] is None:
                raise self.fatal(event, "yaml-syntax", "a list or mapping cannot be a key")
            self.stack.append(({} if isinstance(event, yaml.MappingStartEvent) else [], event.anchor))
            self.keys.append(None)
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent) and self.stack:
            value, anchor = self.stack.pop()
            self.keys.pop()
            return self.put(value, anchor)
        elif isinstance(event, yaml.AliasEvent):
            if event.anchor not in self.anchors:
                raise self.fatal(event, "unknown-alias", f"the alias '*{event.anchor}' has no anchor before it")
            value, size = self.anchors[event.anchor]
            self.aliased += size
            if self.aliased > MAX_ALIASED:
                raise self.fatal(event, "alias-bomb", f"aliases would add more than {MAX_ALIASED:,} values")
            return self.put(value, None)
        return False, None

    def put(self, value: Any, anchor: str | None) -> tuple[bool, Any]:
        """Set a finished value where it belongs."""
        if anchor:
            self.anchors[anchor] = (value, _size(value))
        if not self.stack:
            return True, value
        top = self.stack[-1][0]
        if isinstance(top, list):
            top.append(value)
        else:
            top[self.keys[-1] or ""] = value
            self.keys[-1] = None
        return False, None


def _size(value: Any) -> int:
    if isinstance(value, dict):
        return 1 + sum(map(_size, value.values()))
    return 1 + sum(map(_size, value)) if isinstance(value, list) else 1
