"""What OLD and NEW name: a ledger file, a folder, a git revision, or a file at a revision → a ledger, and a campaign.

In: text from the command line. Out: a `Side`. A revision brings the texts of its own time, so that what was printed
then is known; templates are always those of today. git is called with fixed arguments, and what follows a name is
never taken for an option.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tarfile
import tempfile
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path

from advokit import yamlfile
from advokit.ledger import Ledger
from advokit.problems import InputError, Problem, UsageError
from advokit.workspace import CampaignFiles, read_campaign
from advokit.yamlfile import Loaded

#: How long git may take, in seconds.
_PATIENCE = 60


@dataclass(frozen=True)
class Side:
    """One of the two states that are compared."""

    shown: str
    """As it was named."""
    ledger: Loaded[Ledger]
    files: CampaignFiles | None
    """The campaign with this ledger, its templates those of today; None where there is no campaign."""
    problems: tuple[Problem, ...] = ()
    """What keeps some of its documents from being looked at."""


def read_side(name: str, root: Path, campaign: str | None) -> Side:
    """Read one side; raises UsageError where the name means nothing, InputError where what it names is not valid."""
    path = Path(name)
    if name and path.is_dir():
        return _whole(name, path, root, campaign)
    if path.is_file():
        return _alone(name, yamlfile.load(path, Ledger), root, campaign)
    revision, colon, inner = name.partition(":")
    if colon and not inner:
        revision = name  # "HEAD:" names no file
    commit = _commit(revision, name, root)
    if inner:
        raw = _git(root, "show", "--end-of-options", f"{commit}:{_inner(inner)}", shown=name)
        return _alone(name, yamlfile.build(yamlfile.parse(raw, name), Ledger), root, campaign)
    with tempfile.TemporaryDirectory(prefix="advokit-") as folder:
        content = _git(root, "archive", "--format=tar", commit, ".", shown=name)
        _unpack(content, Path(folder), name)
        return _whole(name, Path(folder), root, campaign)


def _unpack(content: bytes, folder: Path, shown: str) -> None:
    """Write the plain files of an archive below a folder; links and anything else are left out."""
    try:
        with tarfile.open(fileobj=BytesIO(content)) as archive:
            for member in archive:
                path = folder / member.name
                stream = archive.extractfile(member) if member.isreg() else None
                if stream is not None and path.resolve().is_relative_to(folder.resolve()):
                    path.parent.mkdir(parents=True, exist_ok=True)
                    path.write_bytes(stream.read())
    except (tarfile.TarError, OSError) as error:
        raise InputError([Problem(shown, 0, 0, "error", "unreadable-file",
                                  f"the revision cannot be unpacked: {error}")]) from None


def _alone(name: str, ledger: Loaded[Ledger], root: Path, campaign: str | None) -> Side:
    """Pair a ledger file with the texts of the workspace as they stand."""
    if campaign is None:
        return Side(name, ledger, None)
    files, problems = read_campaign(root, campaign)
    return Side(name, ledger, replace(files, ledger=ledger) if files else None, tuple(problems))


def _whole(name: str, folder: Path, root: Path, campaign: str | None) -> Side:
    """Read a workspace of another time or place; documents take today's templates, because code and templates fit."""
    found = sorted(path.parent.name for path in (folder / "campaigns").glob("*/campaign.yaml"))
    wanted = campaign or (found[0] if len(found) == 1 else None)
    if wanted is None or wanted not in found:
        what = f"no campaign '{wanted}'" if wanted else "more than one campaign" if found else "no campaign"
        raise UsageError([Problem(name, 0, 0, "error", "unknown-campaign", f"there is {what}",
                                  "Name one with -c, or give the ledger's file: HEAD~3:facts/topic.yaml.")])
    files, problems = read_campaign(folder, wanted)
    there = tuple(replace(problem, path=f"{name}:{problem.path}") for problem in problems)
    if files is None:
        raise InputError(there)
    return Side(name, files.ledger, replace(files, root=root), there)


def _inner(path: str) -> str:
    """Let a path count from the workspace, as on the command line, and not from the top of the repository."""
    return path if path.startswith(("./", "../", "/")) else f"./{path}"


def _commit(revision: str, name: str, root: Path) -> str:
    """Find the commit that a revision names."""
    if not revision or revision.startswith("-") or not revision.isprintable():
        raise UsageError([_unknown(name)])
    if shutil.which("git") is None:
        raise UsageError([Problem(name, 0, 0, "error", "missing-file", "there is no such file, and git is not there",
                                  "Give two ledger files, or install git.")])
    try:
        found = _git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}", shown=name)
    except InputError:
        raise UsageError([_unknown(name)]) from None
    return found.decode("ascii", "replace").strip()


def _unknown(name: str) -> Problem:
    return Problem(name, 0, 0, "error", "unknown-revision", "this is neither a file nor a revision of the workspace",
                   "Write a path such as facts/topic.yaml, or a revision such as HEAD~3 or HEAD~3:facts/topic.yaml.")


def _git(root: Path, *arguments: str, shown: str) -> bytes:
    """Run git in the workspace; raises InputError with git's own reason."""
    # A stranger's repository can name programs in its configuration; what is read here needs none of them.
    safe = ("-c", "core.fsmonitor=false", "-c", f"core.hooksPath={os.devnull}")
    environment = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    program = shutil.which("git") or "git"
    try:
        done = subprocess.run([program, *safe, "-C", str(root), *arguments], capture_output=True, check=False,
                              timeout=_PATIENCE, stdin=subprocess.DEVNULL,
                              env={**environment, "LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0"})
    except (OSError, subprocess.TimeoutExpired):
        raise InputError([Problem(shown, 0, 0, "error", "unreadable-file", "git does not answer")]) from None
    if done.returncode:
        lines = done.stderr.decode("utf-8", "replace").strip().splitlines()
        reason = lines[-1].removeprefix("fatal: ") if lines else "git gives no reason"
        raise InputError([Problem(shown, 0, 0, "error", "unreadable-file", f"git cannot read this: {reason}")])
    return done.stdout
