"""Functions run in fenced child processes, so that no template, picture or style can hang or harm the program.

In: a function of a module, its arguments (both picklable) and the names to blame. Out: its result, or one `Problem`
in plain words. A child has limits on memory, CPU and wall time (POSIX `setrlimit`), no network and no programs, reads
only the workspace, advokit, the interpreter and the fonts, and writes only its own scratch folder: WeasyPrint must
put fonts somewhere. What is refused is refused by an audit hook (PEP 578), which stops what Python code opens; it is
no wall against machine code, which no input of advokit brings along.

A child that dies costs only its own job; another takes its place.
"""

from __future__ import annotations

import contextlib
import importlib
import mimetypes
import multiprocessing
import os
import pickle
import signal
import sys
import sysconfig
import tempfile
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import CancelledError
from concurrent.futures import TimeoutError as FutureTimeoutError
from dataclasses import dataclass, field
from multiprocessing import forkserver
from multiprocessing.context import ForkServerContext, SpawnContext
from pathlib import Path
from types import TracebackType
from typing import Any, Generic, Self, TypeVar

from pebble import ProcessExpired, ProcessFuture, ProcessPool

from advokit.problems import AdvokitError, OutputError, Problem

try:
    import resource
except ImportError:  # Windows has no limits to set; the wall time still holds there
    resource = None  # type: ignore[assignment]

T = TypeVar("T")

_MIB = 1024 * 1024
_WRITING_FLAGS = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


@dataclass(frozen=True)
class Limits:
    """How much one job may use."""

    memory: int = 1536 * _MIB
    """Bytes of address space of a child, its libraries included (about 300 MiB)."""
    cpu_seconds: int = 60
    """Processor time of one job."""
    wall_seconds: float = 60.0
    """Time from a job's start until it is given up."""
    jobs_per_child: int = 400
    """Jobs after which a child is replaced, so that no library's memory grows for ever."""


@dataclass(frozen=True)
class Names:
    """What to blame in a problem."""

    document: str
    """Such as `brief de`."""
    path: str
    """The template or text, relative to the workspace."""


@dataclass(frozen=True)
class Outcome(Generic[T]):
    """What became of a job: its value, or the problems that stopped it."""

    value: T | None
    """What the function returned; None where it failed."""
    problems: tuple[Problem, ...] = ()
    """Empty where the job succeeded."""

    @property
    def done(self) -> bool:
        """Say whether the job succeeded."""
        return not self.problems


class Job(Generic[T]):
    """A function handed to a child."""

    def __init__(self, future: ProcessFuture[T], names: Names, limits: Limits) -> None:
        """Bind the running function to the names to blame."""
        self._future = future
        self._names = names
        self._limits = limits

    def outcome(self) -> Outcome[T]:
        """Wait for the job, and never raise for what it did."""
        try:
            return Outcome(self._future.result())
        except AdvokitError as error:
            return Outcome(None, error.problems or (self._problem("worker-failed", "failed without saying why"),))
        except FutureTimeoutError:
            return self._stopped("worker-time", f"took longer than {self._limits.wall_seconds:g} seconds")
        except ProcessExpired as error:
            return self._expired(error.exitcode)
        except (MemoryError, RecursionError) as error:
            too_much = isinstance(error, MemoryError)
            return self._stopped("worker-memory" if too_much else "worker-depth",
                                 f"needs more than {self._limits.memory // _MIB} MiB of memory" if too_much
                                 else "is nested too deeply")
        except FencedError as error:
            return Outcome(None, (self._problem("worker-fenced", str(error), "Keep everything inside the workspace."),))
        except CancelledError:
            return Outcome(None, (self._problem("worker-cancelled", "was cancelled"),))
        except Exception as error:  # noqa: BLE001 - whatever a job raises is its failure; a person needs one sentence
            reason = " ".join(str(error).split())[:200]
            return Outcome(None, (self._problem("worker-failed", f"failed: {type(error).__name__}"
                                                                 f"{f' ({reason})' if reason else ''}"),))

    def result(self) -> T:
        """Wait for the job and give its value, or raise `OutputError` with its problems."""
        outcome = self.outcome()
        if outcome.problems:
            raise OutputError(outcome.problems)
        return outcome.value  # type: ignore[return-value]

    def cancel(self) -> None:
        """Give the job up, running or not."""
        self._future.cancel()  # type: ignore[no-untyped-call]

    def _problem(self, rule: str, message: str, hint: str = "") -> Problem:
        return Problem(self._names.path, 0, 0, "error", rule, f"{self._names.document}: {message}"
                       if rule == "worker-fenced" else f"{self._names.document} {message}", hint)

    def _stopped(self, rule: str, message: str) -> Outcome[T]:
        return Outcome(None, (self._problem(
            rule, f"was stopped: it {message}",
            "Look for an endless loop, a huge number or picture, or styles that repeat themselves."),))

    def _expired(self, exit_code: int | None) -> Outcome[T]:
        """Say why a child died; libraries that get no memory end the process by a signal."""
        number = -exit_code if exit_code is not None and exit_code < 0 else 0
        if number == getattr(signal, "SIGXCPU", -1):
            return self._stopped("worker-time", f"used more than {self._limits.cpu_seconds} seconds of processor time")
        name = signal.Signals(number).name if number in set(signal.Signals) else f"exit code {exit_code}"
        return self._stopped("worker-died", f"ended its process ({name}), most likely for want of "
                                            f"{self._limits.memory // _MIB} MiB of memory")


class FencedError(PermissionError):
    """Something that a child may not do; raised inside the child."""


@dataclass(frozen=True)
class _Fence:
    """What a child may touch."""

    limits: Limits
    readable: tuple[str, ...]
    scratch: str
    preload: tuple[str, ...] = field(default=())


class Pool:
    """Children that run jobs; use it with `with`."""

    def __init__(self, limits: Limits | None = None, jobs: int = 1, *, readable: Iterable[Path] = (),
                 preload: Sequence[str] = ("advokit.render.pdf",)) -> None:
        """Plan a pool of `jobs` children which may read `readable`, such as the workspace.

        `preload` names modules that every child needs: they are imported once, before the first child begins.
        Nothing starts before the first job.
        """
        self._limits = limits or Limits()
        self._jobs = max(1, jobs)
        self._readable = tuple(str(Path(path).resolve()) for path in readable)
        self._preload = tuple(preload)
        self._scratch: tempfile.TemporaryDirectory[str] | None = None
        self._pool: ProcessPool | None = None

    def __enter__(self) -> Self:
        """Open the pool."""
        return self

    def __exit__(self, kind: type[BaseException] | None, _: BaseException | None, __: TracebackType | None) -> None:
        """End the children: at once after an error, else when the jobs are done."""
        if self._pool is not None:
            if kind:
                self._pool.stop()  # type: ignore[no-untyped-call]
            else:
                self._pool.close()  # type: ignore[no-untyped-call]
            self._pool.join()
            self._pool = None
        if self._scratch is not None:
            self._scratch.cleanup()
            self._scratch = None

    def submit(self, function: Callable[..., T], *args: object, names: Names) -> Job[T]:
        """Hand over one job; `function` must stand at the top of a module."""
        # Pickled here and read inside the job: an import that the fence refuses then fails that job, not its child.
        future = self._started().schedule(_run, args=(pickle.dumps((function, args)), self._limits.cpu_seconds),
                                          timeout=self._limits.wall_seconds)
        return Job(future, names, self._limits)

    def run(self, function: Callable[..., T], calls: Iterable[tuple[tuple[Any, ...], Names]]) -> Iterator[Outcome[T]]:
        """Yield the outcome of each call in the order given, holding only a few calls and results at a time."""
        waiting: deque[Job[T]] = deque()
        for args, names in calls:
            waiting.append(self.submit(function, *args, names=names))
            if len(waiting) >= 4 * self._jobs:
                yield waiting.popleft().outcome()
        while waiting:
            yield waiting.popleft().outcome()

    def _started(self) -> ProcessPool:
        """Start the children when the first job comes."""
        if self._pool is None:
            self._scratch = tempfile.TemporaryDirectory(prefix="advokit-")
            fence = _Fence(self._limits, (*self._readable, *interpreter_folders()),
                           os.path.realpath(self._scratch.name), self._preload)
            self._pool = ProcessPool(max_workers=self._jobs, max_tasks=self._limits.jobs_per_child,
                                     initializer=_fence_in, initargs=(fence,), context=_context(self._preload))
        return self._pool


def _context(preload: Sequence[str]) -> ForkServerContext | SpawnContext:
    """Choose how children start: from a server that has imported everything once, where the system has it."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(list(preload))
    return context


def start_early(preload: Sequence[str]) -> None:
    """Let the server that children come from import what they need, while the parent still reads and checks."""
    if "forkserver" in multiprocessing.get_all_start_methods():
        _context(preload)
        forkserver.ensure_running()


def interpreter_folders() -> tuple[str, ...]:
    """Give the folders that any Python program reads: the interpreter, its packages, advokit, fonts, time zones."""
    paths = sysconfig.get_paths()
    folders = {paths[key] for key in ("stdlib", "platstdlib", "purelib", "platlib")}
    folders |= {str(Path(__file__).parent), str(Path(sys.base_prefix) / "lib"), str(Path(sys.prefix) / "lib"),
                "/usr/share/zoneinfo"}
    from advokit import resources
    with contextlib.suppress(AdvokitError):
        folders.add(str(resources.builtin_templates()))
    from advokit.render.fonts import font_folders
    folders |= {str(folder) for folder in font_folders()}
    return tuple(sorted(os.path.realpath(folder) for folder in folders))


def _run(call: bytes, cpu_seconds: int) -> Any:
    """Run one job in the child, with its own share of processor time."""
    if resource is not None:
        used = resource.getrusage(resource.RUSAGE_SELF)
        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + cpu_seconds + 1, hard))
    function, args = pickle.loads(call)  # noqa: S301 - the parent wrote it
    return function(*args)


def _fence_in(fence: _Fence) -> None:
    """Begin a child's life: import what it needs, then close every door."""
    for module in fence.preload:
        importlib.import_module(module)
    mimetypes.init()  # reads a file of the system, which it could not read later
    tempfile.tempdir = fence.scratch
    # What libraries complain about in C must not reach a person's terminal.
    quiet = os.open(os.devnull, os.O_WRONLY)
    os.dup2(quiet, 1)
    os.dup2(quiet, 2)
    # A stuck child must die at once; the default handler needs the interpreter to come back.
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if resource is not None:
        resource.setrlimit(resource.RLIMIT_AS, (fence.limits.memory, fence.limits.memory))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.addaudithook(_Watch(fence.readable, fence.scratch))


#: Events that reach out of the process, by the beginning of their names.
_FORBIDDEN = ("socket.connect", "socket.bind", "socket.getaddrinfo", "socket.gethostby", "socket.getnameinfo",
              "socket.sendto", "socket.sendmsg", "subprocess.", "os.exec", "os.posix_spawn", "os.spawn", "os.system",
              "os.fork", "os.startfile", "os.kill", "os.putenv", "os.unsetenv", "os.chdir", "os.setxattr",
              "ctypes.dlopen", "urllib.Request", "ftplib.", "smtplib.", "imaplib.", "poplib.", "telnetlib.",
              "webbrowser.", "signal.pthread_kill")
#: Events that change files; all their arguments that are paths must lie in the scratch folder.
_CHANGING = ("os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.link", "os.symlink", "os.truncate", "os.chmod",
             "os.chown", "os.utime", "shutil.", "tempfile.")


class _Watch:
    """The audit hook of a child."""

    def __init__(self, readable: Sequence[str], scratch: str) -> None:
        self._readable = (*readable, scratch)
        self._scratch = scratch
        self._devices = {os.devnull, "/dev/urandom"}

    def __call__(self, event: str, args: tuple[object, ...]) -> None:
        """Refuse an event by raising, or let it pass."""
        if event == "open":
            path, mode, flags = args
            self._open(path, mode, flags)
        elif event.startswith(_FORBIDDEN):
            raise FencedError(f"a job may not use the network or other programs ({event})")
        elif event.startswith(_CHANGING):
            for path in args:
                if isinstance(path, str | bytes | os.PathLike) and not self._within(path, (self._scratch,)):
                    raise FencedError(f"a job may not change files ({event})")

    def _open(self, path: object, mode: object, flags: object) -> None:
        if not isinstance(path, str | bytes | os.PathLike):
            return  # already open: the pipe to the parent
        writes = bool(isinstance(flags, int) and flags & _WRITING_FLAGS) or (
            isinstance(mode, str) and any(letter in mode for letter in "wax+"))
        if os.fsdecode(path) in self._devices:
            return
        if writes and not self._within(path, (self._scratch,)):
            raise FencedError("a job may not write files")
        if not self._within(path, self._readable):
            raise FencedError("a job may read only the workspace and advokit")

    @staticmethod
    def _within(path: str | bytes | os.PathLike[str], folders: Sequence[str]) -> bool:
        real = os.path.realpath(os.fsdecode(path))
        return any(real == folder or real.startswith(folder + os.sep) for folder in folders)
