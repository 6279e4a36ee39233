"""Where the files that advokit ships stand: its starter workspace and its built-in templates.

In: nothing. Out: paths. An installed wheel carries the starter as `advokit/starter/`; in a checkout the repository
itself is the workspace, and its private and generated files are left out here by the rules that leave them out of
the wheel (`tool.hatch.build` in pyproject.toml).
"""

from __future__ import annotations

from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath

from advokit.problems import InputError, Problem

#: The folders of a workspace that the starter has.
STARTER_FOLDERS = ("templates", "facts", "campaigns")
#: What stays behind, relative to the workspace; a `*` stands for one name.
PRIVATE = ("facts/archive", "facts/private", "campaigns/*/people", "campaigns/*/senders*")
_UNWANTED_SUFFIXES = (".pyc", ".pyo", "~", ".swp")


def starter() -> Path:
    """Give the workspace that advokit ships: inside an installed wheel, or the top of an editable checkout.

    Take single files from it by name; to copy it, walk `starter_files`, since a checkout also holds private files.
    """
    package = Path(__file__).resolve().parent
    packed = package / "starter"
    if packed.is_dir():
        return packed
    checkout = package.parent
    if (checkout / "pyproject.toml").is_file() and any((checkout / name).is_dir() for name in STARTER_FOLDERS):
        return checkout
    raise InputError([Problem(str(packed), 0, 0, "error", "missing-file",
                              "the starter workspace that belongs to advokit is not there",
                              "Install advokit again: pip install --force-reinstall advokit.")])


def builtin_templates() -> Path:
    """Give the folder of the built-in templates, `<document>/` and `locale/` in it."""
    return starter() / "templates"


def starter_files() -> Iterator[tuple[PurePosixPath, Path]]:
    """Yield every file of the starter, sorted: its path in a workspace and the file to copy."""
    top = starter()
    for folder in STARTER_FOLDERS:
        for path in sorted((top / folder).rglob("*")):
            relative = PurePosixPath(path.relative_to(top).as_posix())
            if path.is_file() and not path.is_symlink() and _is_shipped(relative):
                yield relative, path


def _is_shipped(relative: PurePosixPath) -> bool:
    """Say whether a file may leave the repository: neither private, nor hidden, nor a program's left-over."""
    if any(part.startswith(".") or part == "__pycache__" for part in relative.parts):
        return False
    if relative.name.endswith(_UNWANTED_SUFFIXES):
        return False
    return not any(_is_under(relative, pattern) for pattern in PRIVATE)


def _is_under(relative: PurePosixPath, pattern: str) -> bool:
    """Say whether the first names of a path fit the pattern, name by name, so that `*` never crosses a folder."""
    names = pattern.split("/")
    return len(relative.parts) >= len(names) and all(map(fnmatchcase, relative.parts, names))
