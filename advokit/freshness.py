"""What a build was made from, so that the next one can tell in milliseconds that nothing has changed.

In: folders and files. Out: a JSON state beside the manifest. Only the standard library is used, because this module
decides whether anything else is worth importing.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from advokit import __version__

#: The name of the state file in the output folder of a campaign.
STATE = ".advokit-state.json"
#: The version of its form.
FORM = 1

_SKIPPED = {"__pycache__", ".git", "archive", "private", "people", ".venv"}


@dataclass
class State:
    """What the last build left: its request, its inputs and, per document, its key and files."""

    request: dict[str, Any] = field(default_factory=dict)
    inputs: dict[str, list[int]] = field(default_factory=dict)
    documents: dict[str, dict[str, Any]] = field(default_factory=dict)
    complete: bool = False

    @classmethod
    def read(cls, folder: Path) -> State:
        """Read the state of an output folder; an unreadable one counts as none."""
        try:
            data = json.loads((folder / STATE).read_text("utf-8"))
            if data.get("form") != FORM:
                return cls()
            return cls(data["request"], data["inputs"], data["documents"], bool(data["complete"]))
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return cls()

    def write(self, folder: Path) -> None:
        """Write the state, whole or not at all."""
        data = {"form": FORM, "request": self.request, "inputs": self.inputs, "documents": self.documents,
                "complete": self.complete}
        write_whole(folder / STATE, json.dumps(data, sort_keys=True).encode())


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that nobody ever sees half of it: beside its place first, then moved there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with part.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def request_key(request: Mapping[str, Any]) -> dict[str, Any]:
    """Give what decides, beside the inputs, what a build makes."""
    return {"version": __version__, "date": request["date"].isoformat(), "editions": list(request["editions"]),
            "documents": list(request["documents"]), "formats": list(request["formats"]),
            "root": str(request["root"].resolve())}


def stamp(path: Path) -> list[int] | None:
    """Give size and time of change of a file, or None where there is none."""
    try:
        info = path.stat()
    except OSError:
        return None
    return [info.st_size, info.st_mtime_ns]


def inputs_of(root: Path, campaign: str, shipped: Iterable[Path]) -> dict[str, list[int]]:
    """Stamp everything that can change a campaign's documents; of private folders only the list of names can."""
    found: dict[str, list[int]] = {}
    folders = [root / "campaigns" / campaign, root / "facts", root / "templates", root / "countries", *shipped]
    for top in dict.fromkeys(folders):
        for folder, names, files in os.walk(top):
            names[:] = sorted(name for name in names if name not in _SKIPPED)
            for name in files:
                path = Path(folder, name)
                mark = stamp(path)
                if mark and not name.startswith(".") and not name.endswith((".pyc", "~")):
                    found[str(path)] = mark
    for name in ("names.yaml", "names.yaml.age"):  # whose names must not be printed decides over every document
        path = root / "facts" / "private" / name
        mark = stamp(path)
        if mark:
            found[str(path)] = mark
    return found


def is_fresh(folder: Path, request: Mapping[str, Any], inputs: Mapping[str, list[int]]) -> bool:
    """Tell whether the last build answered this very request from these very inputs and its files still stand."""
    state = State.read(folder)
    if not state.complete or state.request != request or state.inputs != inputs:
        return False
    files = [(name, entry) for document in state.documents.values() for name, entry in document["files"].items()]
    return bool(files) and all(stamp(folder / name) == entry["stamp"] for name, entry in files)


def sha256(path: Path) -> str | None:
    """Give the digest of a file, or None where there is none."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return None
