"""Show what a build made, as a table.

In: the folder of a built campaign with its manifest.json. Out: one line an edition and document on the terminal.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table


def main(arguments: list[str]) -> int:
    """Print the table of the manifest in the folder that the first argument names."""
    if len(arguments) != 1:
        print("usage: made.py FOLDER", file=sys.stderr)
        return 2
    folder = Path(arguments[0])
    try:
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        print(f"{folder}: there is no manifest.json; the build made nothing.", file=sys.stderr)
        return 3
    except ValueError as error:
        print(f"{folder / 'manifest.json'}: this is not JSON: {error}", file=sys.stderr)
        return 3
    # As wide as it needs to be where the output is a file: a path must never be cut.
    console = Console(width=None if sys.stdout.isatty() else 160)
    console.print(made(manifest, folder))
    return 0


def made(manifest: dict[str, Any], folder: Path) -> Table:
    """Lay out a manifest: a line for each file, and their number at the end."""
    documents = manifest.get("documents", [])
    table = Table(title=f"{manifest.get('campaign', folder.name)}: {len(documents)} files in {folder}/",
                  caption=f"ledger {manifest.get('ledger_digest', '')[:8]}, {manifest.get('date', '')}")
    for heading in ("edition", "language", "document", "file"):
        table.add_column(heading, overflow="fold")
    for heading in ("pages", "figures", "sources", "warnings", "kB"):
        table.add_column(heading, justify="right")
    for entry in documents:
        path = folder / entry["path"]
        size = f"{path.stat().st_size / 1000:,.0f}" if path.is_file() else "missing"
        table.add_row(*(str(entry.get(key, "")) for key in ("edition", "language", "document", "path", "pages")),
                      *(str(len(entry.get(key, ()))) for key in ("figures", "sources", "warnings")), size)
    return table


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
