"""The pictures that a text shows → the problems with their names, each at its place in the text.

In: HTML made of a text, and the text. Out: problems. Only names are judged here; the renderer judges what is in them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from pathlib import Path
from urllib.parse import unquote

from advokit.problems import InputError, Problem, hint_for
from advokit.workspace import Text, inside

_PICTURE = re.compile(r'<img src="workspace:([^"]*)"')
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|[/\\]|(?:.*/)?\.\.(?:/|$)", re.IGNORECASE)


def missing_pictures(html: str, text: Text, root: Path) -> Iterator[Problem]:
    """Find pictures that the workspace does not have."""
    names = dict.fromkeys(unquote(unescape(name)) for name in _PICTURE.findall(html))
    for name in names:
        line, column = _place(name, text)
        problem = Problem(text.path, line, column, "error", "missing-file", f"there is no picture '{name}'")
        if _ELSEWHERE.match(name):
            yield replace(problem, rule="not-loaded", message=f"'{name}' is not loaded: it is no file of the workspace",
                          hint="Put the picture into the workspace, and write its path from the workspace's top.")
            continue
        try:
            path = inside(root, name)
        except InputError as error:
            yield replace(error.problems[0], path=text.path, line=line, column=column)
            continue
        if not path.is_file():
            near = [item.relative_to(root).as_posix() for item in sorted(path.parent.glob("*.*"))]
            hint = hint_for(name, near, "file in that folder")
            yield replace(problem, hint=hint)


def _place(name: str, text: Text) -> tuple[int, int]:
    found = ((number, line.index(name) + 1) for number, line in enumerate(text.body.split("\n"), 1) if name in line)
    return next(found, (1, 1))
