"""The direction of imports: a stage imports only from stages before it (docs/architecture.md)."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "advokit"

#: The stages in their order; modules of one stage may import each other only where they share a room.
STAGES: list[tuple[str, ...]] = [
    ("problems", "questions"), ("dates", "squeezing", "freshness", "resources"), ("fields", "language", "tables"), ("yamlfile",),
    ("people",), ("ledger", "campaign", "countries", "importers"), ("numbers", "standing"), ("quotes", "capture"),
    ("archive", "ledgerfile"), ("safeguarding",), ("workspace",), ("compose",), ("rules",), ("custody",), ("render",),
    ("pdfreading",), ("prove",), ("worker",), ("checking", "build", "letters", "verify"), ("changes", "exporting"), ("cli",),
]
ORDER = {name: number for number, stage in enumerate(STAGES) for name in stage}


def _room(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def _imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "advokit":
            parts = node.module.split(".")
            found |= {parts[1]} if len(parts) > 1 else {alias.name for alias in node.names}
        elif isinstance(node, ast.Import):
            found |= {alias.name.split(".")[1] for alias in node.names if alias.name.startswith("advokit.")}
    return {name for name in found if not name.startswith("__")}


MODULES = sorted(path for path in PACKAGE.rglob("*.py") if path != PACKAGE / "__init__.py")


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_a_stage_imports_only_from_stages_before_it(path: Path) -> None:
    room = _room(path)
    assert room in ORDER, f"{room} stands in no stage"
    later = sorted(name for name in _imports(path) - {room} if ORDER.get(name, 99) >= ORDER[room])
    assert not later, f"{path.name} (stage {ORDER[room]}) imports {later}"


def test_help_and_check_start_without_the_renderer() -> None:
    import subprocess
    import sys
    code = ("import sys; from advokit.cli import main; import advokit.checking; "
            "sys.exit(any(name.split('.')[0] in {'weasyprint', 'pikepdf', 'pypdfium2', 'docx'} for name in sys.modules))")
    assert subprocess.run([sys.executable, "-c", code], cwd=PACKAGE.parent, check=False).returncode == 0


#: Modules of data, long because languages have many words.
DATA = {"numbers/tables.py"}


def test_what_is_long_says_why() -> None:
    long = []
    for path in MODULES:
        lines = path.read_text("utf-8").split("\n")
        if len(lines) > 700 and path.relative_to(PACKAGE).as_posix() not in DATA:
            long.append(f"{path.name}: {len(lines)} lines")
        long += [f"{path.name}:{node.lineno} {node.name}" for node in ast.walk(ast.parse("\n".join(lines)))
                 if isinstance(node, ast.FunctionDef) and (node.end_lineno or 0) - node.lineno > 60
                 and "# long:" not in lines[node.lineno - 1]]
    assert not long
