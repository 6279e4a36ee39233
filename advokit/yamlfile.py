"""The only reader of YAML: bytes in, plain values with their file, line and column out (YAML 1.2 core, as text).

Every scalar stays the text it was (`NO`, `2023-11`, `1.10`); only an empty scalar, `~` and `null` mean "nothing".
Duplicate keys, tags, second documents, aliases that explode, deep nesting and bytes that are no UTF-8 are
problems, all of which are reported together wherever the file can still be read. `load` then builds a frozen pydantic
model and says every mistake in a person's words.
"""

from __future__ import annotations

import re
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, Generic, TypeVar, Union, get_args, get_origin

import yaml
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from advokit.problems import InputError, Problem, hint_for, nearest, one_line

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

#: Longest file read, in bytes: a ledger of 10,000 observations takes about 5 MB.
MAX_BYTES = 48 * 1024 * 1024
#: Deepest nesting of lists and mappings.
MAX_DEPTH = 40
#: Values that aliases may add to a file, over and above what is written in it.
MAX_ALIASED = 10_000

KeyPath = tuple[str | int, ...]
M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True)
class Mark:
    """A place in a file, counted from 1."""

    line: int
    column: int


@dataclass(frozen=True)
class YamlFile:
    """The plain value of one file and the mark of every key and value in it."""

    path: str
    value: Any
    values: Mapping[KeyPath, Mark]
    keys: Mapping[KeyPath, Mark]

    def mark(self, path: KeyPath, *, key: bool = False) -> Mark:
        """Give the place of a value (or of its key), or of the nearest thing around it that has one."""
        if key and path in self.keys:
            return self.keys[path]
        while path and path not in self.values:
            path = path[:-1]
        return self.values.get(path) or Mark(1, 1)

    def problem(self, path: KeyPath, rule: str, message: str, hint: str = "", *, key: bool = False,
                warning: bool = False) -> Problem:
        """Make a problem at the place of `path`."""
        mark = self.mark(path, key=key)
        severity = "warning" if warning else "error"
        return Problem(self.path, mark.line, mark.column, severity, rule, message, hint)  # type: ignore[arg-type]


@dataclass(frozen=True)
class Loaded(Generic[M]):
    """A model and the file that it came from, for messages that name the place."""

    model: M
    file: YamlFile


@dataclass
class _Node:
    """A list or mapping under construction."""

    value: Any
    path: KeyPath
    anchor: str | None
    key: str | None = None
    size: int = 1
    marks: dict[KeyPath, Mark] = field(default_factory=dict)


def _decode(raw: bytes, shown: str) -> str:
    if len(raw) > MAX_BYTES:
        raise InputError([Problem(shown, 0, 0, "error", "file-too-large",
                                  f"the file has {len(raw):,} bytes; {MAX_BYTES:,} is the most that is read",
                                  "Split the topic into several ledgers.")])
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[:error.start]
        line = before.count(b"\n") + 1
        column = len(before.rpartition(b"\n")[2].decode("utf-8", "replace")) + 1
        raise InputError([Problem(shown, line, column, "error", "not-utf8",
                                  f"byte 0x{raw[error.start]:02X} is not UTF-8 text", utf8_hint(raw))]) from None


def utf8_hint(raw: bytes) -> str:
    """Say how to mend bytes that are no UTF-8."""
    wide = raw.startswith((b"\xff\xfe", b"\xfe\xff"))
    return f"{'It looks like UTF-16; save' if wide else 'Save'} the file again with the encoding UTF-8."


#: Controls; marks that turn the direction of what follows, so that a text reads otherwise than it is written; and
#: private characters, with which composing keeps its own places.
_HIDDEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ud800-\uf8ff\ufffe\uffff]")


def hidden_character(text: str) -> str:
    """Give the first character of a text that no reader sees and no document may hold; else an empty string."""
    found = _HIDDEN.search(text)
    return found[0] if found else ""


class _Builder:
    """Turns the parser's events into values; iterative, so that nesting cannot exhaust the stack."""

    def __init__(self, shown: str) -> None:
        self.shown = shown
        self.problems: list[Problem] = []
        self.values: dict[KeyPath, Mark] = {}
        self.keys: dict[KeyPath, Mark] = {}
        self.anchors: dict[str, tuple[Any, int]] = {}
        self.aliased = 0
        self.stack: list[_Node] = []
        self.root: Any = None
        self.documents = 0

    def say(self, mark: Mark, rule: str, message: str, hint: str = "") -> None:
        self.problems.append(Problem(self.shown, mark.line, mark.column, "error", rule, message, hint))

    def fatal(self, mark: Mark, rule: str, message: str, hint: str = "") -> InputError:
        self.say(mark, rule, message, hint)
        return InputError(self.problems)

    def place(self, mark: Mark) -> KeyPath:
        """Give the path of the value that comes next, and note its mark."""
        if not self.stack:
            path: KeyPath = ()
        else:
            top = self.stack[-1]
            path = (*top.path, len(top.value) if isinstance(top.value, list) else top.key or "")
        self.values[path] = mark
        return path

    def wants_key(self) -> bool:
        return bool(self.stack) and isinstance(self.stack[-1].value, dict) and self.stack[-1].key is None

    def put(self, value: Any, size: int) -> None:
        if not self.stack:
            self.root = value
            return
        top = self.stack[-1]
        top.size += size
        if isinstance(top.value, list):
            top.value.append(value)
        else:
            top.value[top.key] = value
            top.key = None

    def key(self, text: str, mark: Mark) -> None:
        top = self.stack[-1]
        path = (*top.path, text)
        if text == "<<":
            raise self.fatal(mark, "merge-key", "the merge key '<<' is not read", "Write the shared keys out.")
        if text in top.value:
            first = self.keys[path]
            self.say(mark, "duplicate-key", f"the key '{text}' stands here a second time",
                     f"It stands first in line {first.line}; keep one of the two.")
        else:
            self.keys[path] = mark
        top.key = text

    def scalar(self, event: yaml.ScalarEvent, mark: Mark) -> None:
        found = hidden_character(event.value)
        if found:
            self.say(mark, "bad-character", f"the character U+{ord(found):04X} has no meaning in a text",
                     "Remove it; it is invisible in most editors.")
        if self.wants_key():
            self.key(event.value, mark)
            return
        self.place(mark)
        plain = bool(event.implicit[0])
        value = None if plain and event.value in {"", "~", "null"} else event.value
        if event.anchor:
            self.anchors[event.anchor] = (value, 1)
        self.put(value, 1)

    def open(self, value: Any, event: Any, mark: Mark) -> None:
        if self.wants_key():
            raise self.fatal(mark, "yaml-syntax", "a list or mapping cannot be a key",
                             "Text with { } or [ ] needs quotation marks.")
        if len(self.stack) >= MAX_DEPTH:
            raise self.fatal(mark, "too-deep", f"lists and mappings are nested more than {MAX_DEPTH} deep")
        self.stack.append(_Node(value, self.place(mark), event.anchor))

    def close(self) -> None:
        node = self.stack.pop()
        if node.anchor:
            self.anchors[node.anchor] = (node.value, node.size)
        self.put(node.value, node.size)

    def alias(self, name: str, mark: Mark) -> None:
        if self.wants_key():
            raise self.fatal(mark, "yaml-syntax", "an alias cannot be a key")
        if name not in self.anchors:
            raise self.fatal(mark, "unknown-alias", f"the alias '*{name}' has no complete anchor before it",
                             hint_for(name, self.anchors, "anchor"))
        value, size = self.anchors[name]
        self.aliased += size
        if self.aliased > MAX_ALIASED:
            raise self.fatal(mark, "alias-bomb", f"aliases would add more than {MAX_ALIASED:,} values to the file",
                             "Write the values out.")
        self.place(mark)
        self.put(value, size)

    def feed(self, event: Any) -> None:
        mark = Mark(event.start_mark.line + 1, event.start_mark.column + 1)
        if getattr(event, "tag", None) not in {None, "!"}:
            self.say(mark, "yaml-tag", f"the tag '{event.tag}' is not read",
                     "Remove it; every value is read as text first.")
        if isinstance(event, yaml.ScalarEvent):
            self.scalar(event, mark)
        elif isinstance(event, yaml.MappingStartEvent):
            self.open({}, event, mark)
        elif isinstance(event, yaml.SequenceStartEvent):
            self.open([], event, mark)
        elif isinstance(event, yaml.CollectionEndEvent):
            self.close()
        elif isinstance(event, yaml.AliasEvent):
            self.alias(event.anchor or "", mark)
        elif isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                raise self.fatal(mark, "second-document", "a second YAML document begins here ('---')",
                                 "One file holds one document.")


def parse(raw: bytes, shown: str) -> YamlFile:
    """Read the bytes of one file; raises InputError with every problem of its YAML."""
    text = _decode(raw, shown)
    builder = _Builder(shown)
    try:
        for event in yaml.parse(text, Loader=_Loader):
            builder.feed(event)
    except yaml.reader.ReaderError as error:
        before = text[:error.position] if isinstance(error.position, int) else ""
        mark = Mark(before.count("\n") + 1, len(before.rpartition("\n")[2]) + 1)
        raise builder.fatal(mark, "yaml-syntax", f"the character U+{_code(error):04X} is not allowed in YAML",
                            "Remove it; it is invisible in most editors.") from None
    except yaml.MarkedYAMLError as error:
        at = error.problem_mark or error.context_mark
        mark = Mark(at.line + 1, at.column + 1) if at else Mark(1, 1)
        raise builder.fatal(mark, "yaml-syntax", f"this is not YAML: {_sentence(error)}", _advice(error)) from None
    if builder.problems:
        raise InputError(builder.problems)
    return YamlFile(shown, builder.root, builder.values, builder.keys)


def _code(error: yaml.reader.ReaderError) -> int:
    character = error.character
    return ord(character) if isinstance(character, str) else int(character)


def _sentence(error: yaml.MarkedYAMLError) -> str:
    text = re.sub(r"\s+", " ", str(error.problem or error.context or "it cannot be read"))
    return text.replace("found character that cannot start any token", "a character that cannot start a value")


def _advice(error: yaml.MarkedYAMLError) -> str:
    text = f"{error.context} {error.problem}"
    if "\\t" in text or "tab" in text or "cannot start any token" in text:
        return "Indent with spaces, not tabs; put text that starts with a special sign in quotation marks."
    if "mapping values are not allowed" in text:
        return "Text that holds ': ' needs quotation marks."
    if "',' or" in text:
        return "A bracket stays open, or a comma is missing; look here and in the lines above."
    if "block end" in text or "expected key" in text or "simple key" in text:
        return "Look at the indentation here and in the lines above, and for an open quotation mark or bracket."
    return "Look at this line and the one above."


def read(path: Path, shown: str | None = None) -> YamlFile:
    """Read one file from disk; raises InputError where it cannot be opened or is not YAML."""
    name = shown or str(path)
    return parse(read_bytes(path, name, MAX_BYTES), name)


def read_bytes(path: Path, shown: str, most: int) -> bytes:
    """Read an ordinary file of at most `most` bytes; raises InputError for anything else, before it can hang."""
    try:
        info = path.stat()
        if not (stat.S_ISREG(info.st_mode) or stat.S_ISDIR(info.st_mode)):
            raise InputError([Problem(shown, 0, 0, "error", "unreadable-file", "this is a pipe or device, not a file",
                                      "Put an ordinary file in its place.")])
        if info.st_size > most and stat.S_ISREG(info.st_mode):
            raise InputError([Problem(shown, 0, 0, "error", "file-too-large",
                                      f"the file has {info.st_size:,} bytes; {most:,} is the most that is read",
                                      "Split it into several files.")])
        return path.read_bytes()
    except FileNotFoundError:
        siblings = [p.name for p in path.parent.glob(f"*{path.suffix}")] if path.parent.is_dir() else []
        near = nearest(path.name, siblings)
        hint = f"Did you mean '{near}'?" if near else ""
        raise InputError([Problem(shown, 0, 0, "error", "missing-file", "there is no such file", hint)]) from None
    except OSError as error:
        raise InputError([Problem(shown, 0, 0, "error", "unreadable-file",
                                  f"the file cannot be read: {error.strerror}")]) from None


def load(path: Path, model: type[M], shown: str | None = None) -> Loaded[M]:
    """Read a file into a frozen model; raises InputError with every problem of the file."""
    return build(read(path, shown), model)


def build(file: YamlFile, model: type[M]) -> Loaded[M]:
    """Make a model of a file that has been read; raises InputError with every problem."""
    if not isinstance(file.value, dict):
        what = "empty" if file.value is None else "not a mapping"
        raise InputError([file.problem((), "invalid-value", f"the file is {what}; it needs keys such as "
                                       + ", ".join(f"'{key}'" for key in list(known_keys(model, ()))[:4]))])
    try:
        return Loaded(model.model_validate(file.value), file)
    except ValidationError as error:
        found = error.errors(include_url=False, include_input=True)
        raise InputError({_translate(item, file, model) for item in found if not _follows(item, found)}) from None
    except RecursionError:
        raise InputError([file.problem((), "too-deep", "the file is nested too deeply")]) from None


def _follows(item: ErrorDetails, found: list[ErrorDetails]) -> bool:
    """Tell whether a list is called too short only because its items are wrong."""
    loc = item["loc"]
    return item["type"] == "too_short" and any(len(other["loc"]) > len(loc) and other["loc"][:len(loc)] == loc
                                               for other in found)


def _translate(item: ErrorDetails, file: YamlFile, model: type[BaseModel]) -> Problem:
    """Say one pydantic finding in a person's words, at its place."""
    loc = tuple(part for part in item["loc"] if part != "[key]")
    kind, context = item["type"], item.get("ctx", {})
    name = loc[-1] if loc else ""
    if kind == "extra_forbidden":
        known = known_keys(model, loc[:-1])
        hint = hint_for(str(name), known, "key")
        if hint.startswith("Did"):
            hint += f" Known here: {', '.join(known)}."
        return file.problem(loc, "unknown-key", f"unknown key '{name}'{_inside(loc[:-1])}", hint, key=True)
    if kind == "missing":
        return file.problem(loc[:-1], "missing-key", f"the key '{name}' is missing{_inside(loc[:-1])}",
                            _described(model, loc), key=bool(loc[:-1]))
    value = item.get("input")
    shown = f"'{one_line(str(value), 60)}'" if isinstance(value, str | int) else "nothing" if value is None \
        else "this value"
    if kind in {"literal_error", "enum"}:
        known = [part.strip(" '\"") for part in re.split(r",| or ", str(context.get("expected", "")))]
        return file.problem(loc, "invalid-value", f"{shown} is no {_field(loc)}", hint_for(str(value), known, "value"))
    if kind in {"value_error", "assertion_error"}:
        reason = str(context.get("error", item["msg"]))
        message, _, hint = reason.partition(" | ")
        return file.problem(loc, "invalid-value", message, hint)
    if kind == "too_long":
        context = {**context, "shown": f"it takes at most {context.get('max_length')}"}
    wants = context.get("shown") or _WANTS.get(kind) or item["msg"].replace("Input should be", "it should be")
    return file.problem(loc, "invalid-value", f"{shown} does not fit {_field(loc)}: {wants}", _described(model, loc))


_WANTS = {
    "string_type": "it takes text",
    "dict_type": "it takes a mapping (key: value)",
    "model_type": "it takes a mapping (key: value)",
    "model_attributes_type": "it takes a mapping (key: value)",
    "list_type": "it takes a list (- item)",
    "tuple_type": "it takes a list (- item)",
    "int_parsing": "it takes a whole number, without separators",
    "int_type": "it takes a whole number, without separators",
    "decimal_parsing": "it takes a number in digits, with a point as decimal mark and no separators",
    "decimal_type": "it takes a number in digits, with a point as decimal mark and no separators",
    "finite_number": "it takes a finite number",
    "bool_parsing": "it takes true or false",
    "bool_type": "it takes true or false",
    "string_too_short": "it must not be empty",
    "too_short": "it must not be empty",
}


def _inside(loc: KeyPath) -> str:
    return f" in {'.'.join(str(part) for part in loc)}" if loc else ""


def _field(loc: KeyPath) -> str:
    names = [str(part) for part in loc if not isinstance(part, int)]
    return f"'{names[-1]}'" if names else "the file"


def _described(model: type[BaseModel], loc: KeyPath) -> str:
    """Give the sentence that the model holds for a field."""
    owner = model_at(model, loc[:-1])
    if owner is None or not loc:
        return ""
    for name, info in owner.model_fields.items():
        if loc[-1] in {name, info.alias} and info.description:
            return f"'{loc[-1]}': {info.description}"
    return ""


def known_keys(model: type[BaseModel], loc: KeyPath) -> list[str]:
    """List the keys that a mapping at `loc` may have."""
    owner = model_at(model, loc)
    return [info.alias or name for name, info in owner.model_fields.items()] if owner else []


def model_at(model: type[BaseModel], loc: KeyPath) -> type[BaseModel] | None:
    """Find the model of the mapping at `loc`, walking through lists, mappings and options."""
    here: Any = model
    for part in loc:
        owner = next(_models(here), None)
        if owner is None:
            here = _item(here)
            continue
        found = [info.annotation for name, info in owner.model_fields.items() if part in {name, info.alias}]
        here = found[0] if found else None
        if here is None:
            return None
    return next(_models(here), None)


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    """Give the models that an annotation can be, looking through options but not through containers."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    elif get_origin(annotation) in {Union, UnionType}:
        for part in get_args(annotation):
            yield from _models(part)
    elif get_origin(annotation) is Annotated:
        yield from _models(get_args(annotation)[0])


def _item(annotation: Any) -> Any:
    """Give the annotation of what a container holds."""
    origin, args = get_origin(annotation), get_args(annotation)
    if origin in {Union, UnionType}:
        return next((item for part in args if (item := _item(part)) is not None), None)
    if origin is Annotated:
        return _item(args[0])
    if origin in {dict, Mapping} or (isinstance(origin, type) and issubclass(origin, Mapping)):
        return args[1]
    return args[0] if args else None
