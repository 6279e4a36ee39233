"""XML in, the people in it out one at a time, each as a mapping like JSON's; the list of them is found by its items.

An element with parts of its own (attributes, elements) is a mapping, one that is met twice in its parent a list, any
other its text; names lose their namespaces. Nothing outside the file is read, and entities that a file declares are
not expanded, so that no file can fetch others or grow without bounds (OWASP, XML External Entity Prevention).
"""

from __future__ import annotations

import codecs
import itertools
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from lxml import etree

from advokit.importers import nested
from advokit.problems import InputError, Problem, nearest
from advokit.tables.encodings import open_bytes

#: Elements that are looked through for the list, lists that are tried, and items of each.
_LOOK, _LISTS, _ITEMS = 200_000, 60, 5

#: Attributes that tell a validator of types and of values that are none.
_OF_SCHEMA = "{http://www.w3.org/2001/XMLSchema-instance}"


def is_xml(path_name: str, head: bytes) -> bool:
    """Tell XML by its declaration, by its name, or, where that says nothing, by its first sign."""
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"<?xml") or path_name.lower().endswith(".xml"):
        return True
    named = re.search(r"\.(?:csv|tsv|tab|txt|json|jsonl|ndjson|geojson)$", path_name, re.IGNORECASE)
    return not named and bool(re.match(rb"<[A-Za-z_]", start))


def declared(head: bytes, shown: str) -> str:
    """Give the encoding that a file declares, or an empty text; raises InputError where there is no such encoding."""
    found = re.match(rb"\s*<\?xml[^>]*?encoding=[\"']([\w.\-]+)[\"']", head.removeprefix(b"\xef\xbb\xbf"))
    name = found[1].decode("ascii") if found else ""
    try:
        return codecs.lookup(name).name if name else ""
    except LookupError:
        raise InputError([Problem(shown, 1, found.start(1) + 1 if found else 1, "error", "unknown-encoding",
                                  f"the file declares the encoding '{name}', which does not exist",
                                  "--encoding NAME reads it otherwise.")]) from None


def people(path: Path, shown: str, wanted: Sequence[str] = (), encoding: str = "") -> tuple[str, list[str]]:
    """Find the list whose items look most like people, by its path below the root; gives also the others that do."""
    scored: list[tuple[int, str]] = []
    for name in itertools.islice(lists(path, shown, encoding), _LISTS):
        if not any(name.startswith(f"{one}.") for mark, one in scored if mark >= nested.NAMED):
            first = [value for value, _ in itertools.islice(items(path, shown, name, encoding), _ITEMS)]
            scored.append((nested.points(first, wanted), name))
    best = max(scored, key=lambda pair: pair[0], default=(0, ""))
    return best[1], [name for mark, name in scored if name != best[1] and mark >= max(nested.NAMED, 0.7 * best[0])]


def named(path: Path, shown: str, names: Sequence[str], encoding: str = "") -> list[str]:
    """Find the lists that a mapping names, by the whole path or its end; raises InputError where one is not there."""
    known = list(lists(path, shown, encoding))
    found = []
    for name in (name.strip(".") for name in names):
        own = [one for one in known if one == name or one.endswith(f".{name}")]
        if not own:
            near = nearest(name, known)
            hint = f"Did you mean '{near}'? " if near else ""
            raise InputError([Problem(shown, 0, 0, "error", "unknown-list", f"there is no list '{name}'",
                                      f"{hint}Its lists: {', '.join(known[:_LISTS]) or 'none'}.")])
        found.append(own[0])
    return found


def lists(path: Path, shown: str, encoding: str = "") -> Iterator[str]:
    """Give the elements that have parts, by their path below the root, the outer ones first."""
    above: list[str] = []
    parted: dict[str, None] = {}
    for number, (event, element) in enumerate(_events(path, shown, encoding)):
        if event == "end":
            above.pop()
            element.clear()
            continue
        if len(above) > 1:
            parted[".".join(above[1:])] = None
        above.append(_local(element))
        if element.attrib and len(above) > 1:
            parted[".".join(above[1:])] = None
        if number > _LOOK:
            break
    yield from parted


def items(path: Path, shown: str, name: str, encoding: str = "") -> Iterator[tuple[Any, int]]:
    """Give the elements of a list with the lines in which they begin, holding one at a time."""
    steps = name.split(".")
    above: list[str] = []
    inside = 0
    for event, element in _events(path, shown, encoding):
        if event == "start":
            above.append(_local(element))
            inside += inside > 0 or above[1:] == steps
            continue
        above.pop()
        inside -= inside > 0
        if not inside:
            if above[1:] == steps[:-1] and len(above) == len(steps) and _local(element) == steps[-1]:
                yield _value(element), int(element.sourceline or 0)
            element.clear()
            while (before := element.getprevious()) is not None and (parent := element.getparent()) is not None:
                parent.remove(before)


def _events(path: Path, shown: str, encoding: str) -> Iterator[tuple[str, etree._Element]]:
    """Read a file as elements that begin and end; raises InputError with the place where it is not XML."""
    with open_bytes(path, shown) as stream:
        try:
            for event, element in etree.iterparse(
                    stream, events=("start", "end"), resolve_entities=False, load_dtd=False, no_network=True,
                    huge_tree=False, remove_comments=True, remove_pis=True, encoding=encoding or None):
                if isinstance(element.tag, str):
                    yield event, element
        except etree.XMLSyntaxError as error:
            line, column = error.position
            raise InputError([Problem(shown, line, column, "error", "xml-syntax",
                                      f"this is not XML: {re.sub(r', (?:line|use|try) .*', '', str(error.msg))}",
                                      "Download the file again, or look at this place.")]) from None


def _local(element: etree._Element) -> str:
    """Give the name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def _value(element: etree._Element) -> Any:
    """Make a mapping of an element with parts, a text of any other."""
    found: dict[str, Any] = {}
    for key, text in element.attrib.items():
        if not str(key).startswith(_OF_SCHEMA):
            _put(found, str(key).rpartition("}")[2], str(text))
    written = element.text or ""
    for part in element:
        if isinstance(part.tag, str):
            _put(found, _local(part), _value(part))
        else:  # an entity, which stays as it is written
            written += f"{part.text or ''}{part.tail or ''}"
    text = " ".join(written.split())
    if not found:
        return text
    return found | ({"text": text} if text else {})


def _put(found: dict[str, Any], key: str, value: Any) -> None:
    """Put a part in; a second one of the same name makes a list of both."""
    if key not in found:
        found[key] = value
    elif isinstance(found[key], list):
        found[key].append(value)
    else:
        found[key] = [found[key], value]
