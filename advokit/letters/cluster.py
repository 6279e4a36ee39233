"""The same letters on a Dask cluster: the function of `work`, the same bytes, results streamed back a few at a time.

In: a scheduler's address and the run's letters. Out: each letter with what became of it, in the order in which they
finish. The workspace travels once to every worker as a zip, without people, senders and copies; workers need advokit
and its fonts in the same versions. Nothing is written on a worker but that zip, in a temporary folder.
"""

from __future__ import annotations

import hashlib
import io
import pickle
import tempfile
import threading
import zipfile
from asyncio import CancelledError as AsyncCancelled
from collections.abc import Iterable, Iterator
from concurrent.futures import CancelledError as FuturesCancelled
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from advokit.letters.run import Waiting, batches, unpacked
from advokit.letters.work import Kit, Made, MadeLetter, Spec, made_or_not
from advokit.problems import AdvokitError, OutputError, Problem, UsageError
from advokit.worker import Outcome

#: Letters in one task, and tasks on their way for each thread of the cluster.
TOGETHER, AHEAD = 8, 3
_LEFT_OUT = {"people", "archive", "private", ".git", ".venv", "build", "__pycache__", "editions", "text"}
_TAKEN = ("templates", "campaigns", "countries")


@dataclass(frozen=True)
class ClusterRunner:
    """Workers of a Dask cluster."""

    root: Path
    address: str
    wall_seconds: float = 120.0
    """How long the cluster may take to answer."""

    def run(self, kit: Path, digest: str, letters: Iterable[Waiting], *, alone: bool = False
            ) -> Iterator[tuple[Waiting, Outcome[MadeLetter]]]:
        """Make letters and give each as it finishes; a letter whose worker is lost is made by another one."""
        from distributed import Client, as_completed
        cargo = pickle.dumps((pack(self.root), kit.read_bytes()))
        source = batches(letters, 1 if alone else TOGETHER)
        with self._client(Client) as client:
            shared = client.scatter(cargo, broadcast=True, hash=False)
            meant: dict[str, list[Waiting]] = {}

            def submit(batch: list[Waiting]) -> Any:
                # pure=False: the same letter twice is two tasks, so that no result is taken from an older run.
                future = client.submit(remote_letters, shared, digest, [letter[3] for letter in batch], pure=False,
                                       retries=0)
                meant[future.key] = batch
                return future

            threads = max(1, sum(client.nthreads().values()))
            first = [submit(batch) for _, batch in zip(range(AHEAD * threads), source, strict=False)]
            running: Any = as_completed(first, loop=client.loop)  # type: ignore[no-untyped-call]
            for future in running:
                batch = meant.pop(future.key)
                outcome = _outcome(future)
                future.release()
                following = next(source, None)
                if following is not None:
                    running.add(submit(following))
                yield from unpacked(batch, outcome)

    def _client(self, client: Any) -> Any:
        try:
            return client(self.address, timeout=self.wall_seconds, set_as_default=False)
        except (OSError, ValueError, TimeoutError) as error:
            raise UsageError([Problem("--cluster", 0, 0, "error", "no-cluster",
                                      f"no Dask scheduler answers at {self.address}: {type(error).__name__}",
                                      "Start one with 'dask scheduler', and workers with 'dask worker ADDRESS'.")]
                             ) from None


def _outcome(future: Any) -> Outcome[Made]:
    """Give what became of some letters, as a local pool would."""
    from distributed import KilledWorker
    try:
        return Outcome(future.result())
    except AdvokitError as error:
        return Outcome(None, error.problems)
    except (KilledWorker, FuturesCancelled, AsyncCancelled):
        return Outcome(None, (Problem("senders", 0, 0, "error", "worker-lost", "the workers that held it were lost"),))
    except Exception as error:  # noqa: BLE001 - whatever a job raises is its failure, told in one sentence
        return Outcome(None, (Problem("senders", 0, 0, "error", "worker-failed", f"failed: {type(error).__name__}"),))


#: Pango's layouts and the warm styles belong to one thread; workers with several of them take turns.
_TURN = threading.Lock()


def remote_letters(cargo: bytes, digest: str, payloads: list[str]) -> Made:
    """Make some letters on a worker."""
    try:
        with _TURN:
            kit = _kit(digest, cargo)
            return [made_or_not(kit, Spec.read(payload)) for payload in payloads]
    except AdvokitError:
        raise
    except Exception as error:  # noqa: BLE001 - whatever a job raises is its failure
        # Dask logs what escapes with its arguments; a sender's data must not come into a log.
        raise OutputError([Problem("senders", 0, 0, "error", "worker-failed", f"failed: {type(error).__name__}")]
                          ) from None


class _Cargo:
    """What has been unpacked on this worker: its temporary folder lives as long as the process."""

    def __init__(self, cargo: bytes) -> None:
        self.folder = tempfile.TemporaryDirectory(prefix="advokit-")
        packed, kit = pickle.loads(cargo)  # noqa: S301 - sent by the run that this worker serves
        with zipfile.ZipFile(io.BytesIO(packed)) as archive:
            archive.extractall(self.folder.name)
        read: Kit = pickle.loads(kit)  # noqa: S301 - see above
        self.kit = replace(read, files=replace(read.files, root=Path(self.folder.name).resolve()))


@lru_cache(maxsize=2)
def _unpacked(digest: str, checksum: str, cargo: _Held) -> _Cargo:  # noqa: ARG001 - both are the cache's key
    return _Cargo(cargo.content)


class _Held:
    """Bytes that count as equal to any others, so that a cache does not compare them."""

    def __init__(self, content: bytes) -> None:
        self.content = content

    def __hash__(self) -> int:
        return 0

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Held)


def _kit(digest: str, cargo: bytes) -> Kit:
    return _unpacked(digest, hashlib.blake2b(cargo[:4096] + cargo[-4096:]).hexdigest(), _Held(cargo)).kit


def pack(root: Path) -> bytes:
    """Pack what a worker reads of a workspace: templates, pictures and fonts, never people."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for top in _TAKEN:
            for path in sorted((root / top).rglob("*")):
                parts = path.relative_to(root).parts
                if path.is_file() and not path.is_symlink() and not _LEFT_OUT & set(parts) and not any(
                        part.startswith((".", "senders")) for part in parts) and path.suffix != ".csv":
                    archive.writestr(zipfile.ZipInfo(path.relative_to(root).as_posix()), path.read_bytes())
    return stream.getvalue()
