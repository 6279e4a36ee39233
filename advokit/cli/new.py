"""`advokit new DIR`: a workspace to start from.

In: a folder's name. Out: a copy of the starter campaign, or with `--blank` the least workspace that builds.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Annotated

import typer

from advokit import resources
from advokit.cli.output import print_line
from advokit.problems import Problem, UsageError

_IGNORED = """\
# Private: copies of sources, the list of names, representatives and senders never leave this machine.
facts/archive/
facts/private/
campaigns/*/people/
campaigns/*/senders*
senders*
build/
"""


def new(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder to make; it must not exist or be empty.")],
    blank: Annotated[bool, typer.Option("--blank", help="The least workspace that builds, for another topic; each file"
                                                        " explains itself.")] = False,
    name: Annotated[str | None, typer.Option("--name", metavar="NAME", show_default=False,
                                             help="With --blank: the campaign's name (default: the folder's).")] = None,
) -> int:
    """Start a workspace with the shipped campaign, or with --blank one for any other topic.

    \b
    advokit new mine && cd mine && advokit build
    advokit new pools --blank
    """  # noqa: D301 - click wants the character itself
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError([Problem(str(folder), 0, 0, "error", "not-empty", "there is something in the way already",
                                  "Name a folder that does not exist; nothing is ever overwritten.")])
    if name and not blank:
        raise UsageError([Problem("--name", 0, 0, "error", "wrong-usage", "a name goes with --blank",
                                  "The shipped campaign keeps its own.")])
    if blank:
        campaign = _name(name or folder.resolve().name)
        files = list(_blank(campaign))
    else:
        files = [(path, source.read_bytes()) for path, source in resources.starter_files()
                 if path.parts[0] != "templates"]
    for path, content in [*files, (PurePosixPath(".gitignore"), _IGNORED.encode())]:
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    names = sorted({path.parts[1] for path, _ in files if path.parts[0] == "campaigns"})
    print_line(f"{folder}: {len(files) + 1} files.")
    print_line(f"Next:  cd {shlex.quote(str(folder))} && advokit build {names[0] if names else ''}".rstrip())
    return 0


def _name(text: str) -> str:
    name = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")
    if not name:
        raise UsageError([Problem("--name", 0, 0, "error", "invalid-value", f"'{text}' makes no name for a campaign",
                                  "Give one with --name, in small letters a to z, digits and '-'.")])
    return name


def _blank(campaign: str) -> Iterator[tuple[PurePosixPath, bytes]]:
    top = Path(resources.__file__).parent / "blank"
    for source in sorted(top.rglob("*")):
        if source.is_file() and source.suffix in {".yaml", ".md"}:
            path = PurePosixPath(source.relative_to(top).as_posix().replace("NAME", campaign))
            yield path, re.sub(r"\bNAME\b", campaign, source.read_text("utf-8")).encode()
