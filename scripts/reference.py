"""Write the generated parts of the documentation: the tables of keys and the command reference.

In: the models and the command line. Out: docs/ledger.md, docs/campaign.md and docs/commands.md, between their marks.
`python scripts/reference.py` writes, `--check` only says whether anything would change (exit 1).
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args, get_origin

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.update(COLUMNS="100", NO_COLOR="1", TERM="dumb", TERMINAL_WIDTH="100")

from pydantic import BaseModel  # noqa: E402 - the path must be set first

from advokit import campaign, ledger  # noqa: E402

_MARK = re.compile(r"(<!-- generated: (?P<name>\S+) -->\n).*?(<!-- end -->)", re.DOTALL)


def table(model: type[BaseModel]) -> str:
    """Write the table of a model's keys."""
    rows = ["| key | takes | what it is |", "|---|---|---|"]
    for name, info in model.model_fields.items():
        key = info.alias or name
        needed = " **needed**" if info.is_required() else ""
        words = (info.description or "").replace("|", "\\|")
        rows.append(f"| `{key}` | {takes(info.annotation)}{needed} | {words} |")
    return "\n".join(rows) + "\n"


def takes(annotation: Any) -> str:
    """Say in a few words what a key takes."""
    if annotation is None or annotation is type(None):
        return "nothing"
    origin, args = get_origin(annotation), get_args(annotation)
    name = str(annotation)
    if "Literal" in name and origin is not None and str(origin) == "typing.Literal":
        return ", ".join(f"`{value}`" for value in args) if len(args) < 9 else f"one of {len(args)} words"
    if origin is dict:
        inner = takes(args[1])
        return "text, or text per language" if args[1] is str else f"entries by id{inner.removeprefix('a mapping')}"
    if origin is tuple:
        return f"a list of {takes(args[0])}".replace("of a mapping ", "").replace("of text", "of texts")
    if args:
        kinds = [takes(part) for part in args if part is not type(None) and not hasattr(part, "func")]
        return next((kind for kind in kinds if kind != "a value"), "a value")
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return f"a mapping ({annotation.__name__})"
    return {"str": "text", "Decimal": "a number", "bool": "true or false", "PartialDate": "a date",
            "timedelta": "a length of time"}.get(getattr(annotation, "__name__", ""), "a value")


MODELS: dict[str, type[BaseModel]] = {
    "Ledger": ledger.Ledger, "Source": ledger.Source, "Name": ledger.Name, "Copy": ledger.Copy,
    "Figure": ledger.Figure, "Observation": ledger.Observation, "Evidence": ledger.Evidence, "Claim": ledger.Claim,
    "Organization": ledger.Organization, "Campaign": campaign.Campaign, "Edition": campaign.Edition,
    "Ask": campaign.Ask, "Recipient": campaign.Recipient, "OwnWords": campaign.OwnWords,
    "Contact": campaign.Contact, "Brand": campaign.Brand,
    "Typeface": campaign.Typeface, "TextHead": campaign.TextHead,
}


def commands() -> str:
    """Write the help of every command, as a terminal of 100 columns shows it."""
    return "\n".join(f"## `{' '.join(['advokit', *path])}`\n\n```text\n{text}\n```\n" for path, text in _helps())


def _helps() -> Iterator[tuple[tuple[str, ...], str]]:
    from typer.main import get_command

    from advokit.cli.main import app
    root = get_command(app)
    queue: list[tuple[tuple[str, ...], Any]] = [((), root)]
    while queue:
        path, command = queue.pop(0)
        yield path, _help(path)
        queue += [((*path, name), sub) for name, sub in getattr(command, "commands", {}).items()]


def _help(path: tuple[str, ...]) -> str:
    from typer.testing import CliRunner

    from advokit.cli.main import app
    done = CliRunner().invoke(app, [*path, "--help"], prog_name="advokit", catch_exceptions=False)
    return "\n".join(line.rstrip() for line in done.stdout.strip("\n").split("\n"))


def filled(text: str) -> str:
    """Fill the marked parts of a page."""
    def part(match: re.Match[str]) -> str:
        name = match["name"]
        return match[1] + (commands() if name == "commands" else table(MODELS[name])) + match[3]
    return _MARK.sub(part, text)


def main(arguments: list[str]) -> int:
    """Write the pages, or check them."""
    stale = []
    for path in sorted((ROOT / "docs").rglob("*.md")):
        old = path.read_text("utf-8")
        new = filled(old) if "<!-- generated:" in old else old
        if new != old:
            stale.append(path.relative_to(ROOT).as_posix())
            if "--check" not in arguments:
                path.write_text(new, "utf-8")
    for name in stale:
        print(f"{name}: {'is out of date; run: make docs' if '--check' in arguments else 'written'}")
    return 1 if stale and "--check" in arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
