"""The wheel, the lock files and the set-up scripts: what leaves this repository, and what a person is told."""

from __future__ import annotations

import ast
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.version import Version

ROOT = Path(__file__).parent.parent
LOCKS = ("requirements-build.lock", "requirements.lock", "requirements-dev.lock")
PRIVATE = (
    "facts/archive/0123abcd.txt",
    "facts/private/names.yaml",
    "campaigns/ukraine-children/people/de-bundestag.csv",
    "campaigns/ukraine-children/senders.csv",
    "templates/brief/.page.html.swp",
    "facts/notes.yaml~",
)
SHIPPED = (
    "facts/planted.yaml",
    "campaigns/ukraine-children/planted.yaml",
    "campaigns/ukraine-children/text/uk/planted.md",
    "templates/planted/page.html",
)


@pytest.fixture(scope="module")
def project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copy the checkout, without its .gitignore, and plant private files and shipped ones in it."""
    copy = tmp_path_factory.mktemp("checkout")
    leave = shutil.ignore_patterns("__pycache__", "archive", "private", "people")
    for name in ("advokit", "templates", "facts", "campaigns"):
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, copy / name, ignore=leave)
    for name in ("pyproject.toml", "LICENSE", "README.md"):
        if (ROOT / name).is_file():
            shutil.copy(ROOT / name, copy / name)
    if not (copy / "README.md").is_file():
        (copy / "README.md").write_text("# advokit\n", encoding="utf-8")
    for name in (*PRIVATE, *SHIPPED):
        (copy / name).parent.mkdir(parents=True, exist_ok=True)
        (copy / name).write_text("planted\n", encoding="utf-8")
    return copy


@pytest.fixture(scope="module")
def wheel(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    pytest.importorskip("hatchling", reason="hatchling builds the wheel: make setup")
    out = tmp_path_factory.mktemp("dist")
    python(checkout, "-m", "hatchling", "build", "-t", "wheel", "-d", str(out))
    [built] = out.glob("advokit-*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Unpack the wheel as pip does, away from the checkout."""
    site = tmp_path_factory.mktemp("site")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)
    return site


def python(path: Path, *arguments: str, cwd: Path | None = None) -> str:
    """Run this interpreter with `path` before everything that is installed, and give what it printed."""
    environment = {**os.environ, "PYTHONPATH": str(path), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run([sys.executable, *arguments], cwd=cwd or path, env=environment, check=False,
                          capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


STARTER_LIST = """
from advokit.resources import builtin_templates, starter, starter_files
print(starter())
print(builtin_templates())
for name, path in starter_files():
    print(name)
    assert path.is_file()
"""


def test_the_wheel_carries_no_private_file(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    for name in PRIVATE:
        assert f"advokit/starter/{name}" not in names
    assert not [name for name in names if "/archive/" in name or "/private/" in name or "/people/" in name]
    for name in SHIPPED:
        assert f"advokit/starter/{name}" in names
    assert {name.partition("/")[0] for name in names} == {"advokit", f"advokit-{version()}.dist-info"}
    assert "advokit/py.typed" in names


def version() -> str:
    text = (ROOT / "advokit/__init__.py").read_text(encoding="utf-8")
    found = re.search(r'__version__ = "([^"]+)"', text)
    assert found
    return found[1]


def test_the_wheel_declares_its_command_and_licence(installed: Path) -> None:
    [info] = installed.glob("*.dist-info")
    assert "advokit = advokit.cli.main:main" in (info / "entry_points.txt").read_text(encoding="utf-8")
    assert "License-Expression: Apache-2.0" in (info / "METADATA").read_text(encoding="utf-8")
    assert "Apache License" in (info / "licenses/LICENSE").read_text(encoding="utf-8")


def test_an_installed_wheel_and_a_checkout_ship_the_same_starter(installed: Path, checkout: Path,
                                                                 tmp_path: Path) -> None:
    from_wheel = python(installed, "-c", STARTER_LIST, cwd=tmp_path).splitlines()
    from_checkout = python(checkout, "-c", STARTER_LIST, cwd=tmp_path).splitlines()
    assert from_wheel[:2] == [str(installed / "advokit/starter"), str(installed / "advokit/starter/templates")]
    assert from_checkout[:2] == [str(checkout), str(checkout / "templates")]
    assert from_wheel[2:] == from_checkout[2:]
    assert set(SHIPPED) <= set(from_wheel[2:])
    assert not set(PRIVATE) & set(from_checkout[2:])


def test_no_starter_at_all_is_one_sentence(installed: Path, tmp_path: Path) -> None:
    shutil.copytree(installed / "advokit", tmp_path / "advokit", ignore=shutil.ignore_patterns("starter"))
    code = ("from advokit.problems import InputError\nfrom advokit.resources import starter\n"
            "try:\n    starter()\nexcept InputError as error:\n    print(error)")
    printed = python(tmp_path, "-c", code)
    assert "the starter workspace that belongs to advokit is not there" in printed
    assert "pip install" in printed


def test_a_new_workspace_builds_from_the_wheel_alone(installed: Path, tmp_path: Path) -> None:
    if not (ROOT / "advokit/cli/main.py").is_file() or not (ROOT / "campaigns/ukraine-children").is_dir():
        pytest.skip("the command line or the shipped campaign is not in this checkout")
    for name in SHIPPED:
        (installed / "advokit/starter" / name).unlink()
    run = ("-c", "import sys; from advokit.cli.main import main; sys.exit(main())")
    python(installed, *run, "new", "mine", cwd=tmp_path)
    python(installed, *run, "build", "ukraine-children", "-e", "de", "--date", "2026-11-23", cwd=tmp_path / "mine")
    built = tmp_path / "mine/build/ukraine-children"
    documents = json.loads((built / "manifest.json").read_text(encoding="utf-8"))["documents"]
    assert documents
    assert all((built / entry["path"]).read_bytes() for entry in documents)


def test_the_front_door_is_the_command(tmp_path: Path) -> None:
    if not (ROOT / "advokit/cli/main.py").is_file():
        pytest.skip("the command line is not in this checkout")
    assert "build" in python(ROOT, str(ROOT / "cli.py"), "--help", cwd=tmp_path)


def test_make_alone_lists_every_target() -> None:
    if shutil.which("make") is None:
        pytest.skip("make is not installed")
    command = ["make", "-C", str(ROOT), "--no-print-directory"]
    listed = subprocess.run(command, check=True, capture_output=True, text=True)
    phony = re.search(r"^\.PHONY: (.*)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert phony
    assert set(re.findall(r"^  make (\S+)  +\S", listed.stdout, re.MULTILINE)) == set(phony[1].split())


def test_every_import_is_a_declared_dependency(project: dict[str, Any]) -> None:
    extras = project["project"]["optional-dependencies"].values()
    texts = [*project["project"]["dependencies"], *(text for extra in extras for text in extra)]
    declared = {Requirement(text).name for text in texts}
    # pydantic takes exactly one version of its core: a bound of our own could only contradict it.
    declared |= {"pydantic-core"}
    owners = metadata.packages_distributions()
    known = {name.casefold().replace("_", "-") for name in declared}
    missing = []
    for path in sorted((ROOT / "advokit").rglob("*.py")):
        for module in imports(path):
            owned_by = {owner.casefold().replace("_", "-") for owner in owners.get(module, ())}
            if module not in sys.stdlib_module_names | {"advokit"} and owned_by and not owned_by & known:
                missing.append(f"{path.relative_to(ROOT)}: {module}")
    assert missing == []


def imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.partition(".")[0])
    return found


def locked(name: str) -> dict[str, list[Version]]:
    found: dict[str, list[Version]] = {}
    text = (ROOT / name).read_text(encoding="utf-8")
    for package, number in re.findall(r"^([A-Za-z0-9._-]+)==([^ ;\\]+)", text, re.MULTILINE):
        found.setdefault(package, []).append(Version(number))
    return found


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_names_no_host_and_hashes_everything(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert "://" not in text
    assert not re.search(r"index-url|find-links|trusted-host|file:", text)
    pins = re.split(r"^(?=[A-Za-z0-9])", text, flags=re.MULTILINE)[1:]
    assert pins
    for pin in pins:
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", pin), pin


def test_the_locks_agree_and_keep_the_bounds(project: dict[str, Any]) -> None:
    build, run, dev = (locked(name) for name in LOCKS)
    groups = project["dependency-groups"]
    wanted = {
        "run": (run, project["project"]["dependencies"]),
        "build": (build, groups["build"]),
        "dev": (dev, [*project["project"]["dependencies"],
                      *(text for extra in project["project"]["optional-dependencies"].values() for text in extra),
                      *(text for name in ("types", "lint", "test") for text in groups[name])]),
    }
    for pins, texts in wanted.values():
        for requirement in map(Requirement, texts):
            name = re.sub(r"[-_.]+", "-", requirement.name).lower()
            assert name in pins, f"{name} is not locked: make lock"
            assert all(requirement.specifier.contains(pin) for pin in pins[name]), f"{name}: make lock"
    assert {name: pins for name, pins in dev.items() if name in run} == run
    for name in set(build) & set(dev):
        assert build[name] == dev[name]


def bootstrap(folder: Path, programs: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the set-up script where only a few programs exist: those named, and what every shell has."""
    folder.mkdir()
    for name in ("dirname", "id", "uname", "tr", "cat", "sed", "head", "tail", "mktemp", "rm", "env"):
        found = shutil.which(name)
        if found and name not in programs:
            (folder / name).symlink_to(found)
    for name, script in programs.items():
        (folder / name).write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        (folder / name).chmod(0o755)
    return subprocess.run(["/bin/sh", str(ROOT / "scripts/bootstrap"), *arguments], check=False, capture_output=True,
                          text=True, stdin=subprocess.DEVNULL, env={"PATH": str(folder), "VENV": str(folder / "venv")})


NO_ROOT = {"id": "echo 1000", "apt-get": "echo apt-get must not run; exit 9"}


@pytest.mark.parametrize(("programs", "told"), [
    (NO_ROOT, "Type:  sudo apt-get update && sudo apt-get install python3 python3-venv"),
    (NO_ROOT | {"sudo": "exit 1"}, "Type:  sudo apt-get update && sudo apt-get install python3 python3-venv"),
    ({"id": "echo 1000", "dnf": "exit 9"}, "Type:  sudo dnf install python3"),
    ({"uname": "echo Darwin", "id": "echo 501"}, "Type:  brew install python@3.13"),
    ({"uname": "echo MINGW64_NT-10.0"}, "wsl --install -d Debian"),
    ({"id": "echo 1000"}, "Install these with your system's package manager"),
])
def test_where_bootstrap_cannot_install_it_says_what_to_type(tmp_path: Path, programs: dict[str, str],
                                                             told: str) -> None:
    done = bootstrap(tmp_path / "bin", programs)
    assert done.returncode == 1
    assert told in done.stderr
    assert "must not run" not in done.stdout + done.stderr
    assert not (tmp_path / "bin/venv").exists()


def test_bootstrap_uses_a_sudo_that_asks_for_no_password(tmp_path: Path) -> None:
    log = tmp_path / "log"
    programs = {"id": "echo 1000", "sudo": f'printf "%s\\n" "$*" >>{log}', "apt-get": "exit 9"}
    done = bootstrap(tmp_path / "bin", programs)
    assert done.returncode == 1
    calls = log.read_text(encoding="utf-8")
    assert "-n apt-get update" in calls
    assert "install -y -q --no-install-recommends python3 python3-venv" in calls


def test_bootstrap_names_missing_libraries(tmp_path: Path) -> None:
    # An interpreter that is new enough and finds one library missing.
    fake = 'if [ "$1" = - ]; then echo Pango; fi; exit 0'
    done = bootstrap(tmp_path / "bin", NO_ROOT | {"python3": fake})
    assert done.returncode == 1
    assert "Libraries that set the pages are missing: Pango." in done.stderr
    assert "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0" in done.stderr


def test_bootstrap_refuses_an_unknown_word(tmp_path: Path) -> None:
    done = bootstrap(tmp_path / "bin", {}, "develop")
    assert done.returncode == 2
    assert "'develop' is unknown" in done.stderr
