"""Children stay inside their fence, and every way of breaking out or down ends in one problem."""

from __future__ import annotations

import os
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from advokit.problems import CheckError, OutputError, Problem
from advokit.worker import Job, Limits, Names, Outcome, Pool

NAMES = Names("brief de", "templates/brief/page.html")
LIMITS = Limits(memory=600 * 1024 * 1024, cpu_seconds=20, wall_seconds=2.0)


def double(value: int) -> int:
    return value * 2


def slow_double(value: int) -> int:
    time.sleep(0.2 if value % 2 else 0)
    return value * 2


def huge_power() -> int:
    return len(str(9 ** (9 ** 9)))


def hoard() -> int:
    return len(bytearray(10_000_000_000))


def die() -> None:
    os._exit(3)


def abort() -> None:
    os.abort()


def descend(depth: int = 0) -> int:
    return descend(depth + 1) + 1


def find_problems() -> None:
    raise CheckError([Problem("a.md", 1, 2, "error", "x", "one"), Problem("a.md", 3, 4, "error", "x", "two")])


def stumble() -> None:
    raise KeyError("some\nkey")


def read(path: str) -> str:
    return Path(path).read_text(encoding="utf-8")


def write(path: str) -> None:
    Path(path).write_text("x", encoding="utf-8")


def write_scratch() -> str:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "a"
        file.write_text("kept", encoding="utf-8")
        return file.read_text(encoding="utf-8")


def connect() -> None:
    socket.create_connection(("127.0.0.1", 9), timeout=1)


def start_program() -> None:
    subprocess.run(["true"], check=False)


def burn() -> None:
    while True:
        pass


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("workspace")
    (root / "a.txt").write_text("inside", encoding="utf-8")
    outside = tmp_path_factory.mktemp("elsewhere") / "secret.txt"
    outside.write_text("outside", encoding="utf-8")
    (root / "link.txt").symlink_to(outside)
    return root


@pytest.fixture(scope="module")
def pool(workspace: Path) -> Iterator[Pool]:
    with Pool(LIMITS, readable=[workspace], preload=(__name__,)) as opened:
        yield opened


def only_problem(outcome: Outcome[Any]) -> Problem:
    assert len(outcome.problems) == 1
    problem = outcome.problems[0]
    assert problem.path == NAMES.path
    assert "brief de" in problem.message
    assert "\n" not in problem.message
    return problem


def test_gives_the_value(pool: Pool) -> None:
    assert pool.submit(double, 21, names=NAMES).result() == 42


def test_runs_keep_the_order_and_hold_few_calls_at_a_time() -> None:
    taken = 0

    def calls() -> Iterator[tuple[tuple[int], Names]]:
        nonlocal taken
        for value in range(30):
            taken = value
            yield (value,), NAMES

    with Pool(LIMITS, jobs=2, preload=(__name__,)) as two:
        outcomes = two.run(slow_double, calls())
        assert next(outcomes).value == 0
        assert taken < 10
        assert [outcome.value for outcome in outcomes] == [2 * value for value in range(1, 30)]


@pytest.mark.parametrize(("function", "rule"), [
    (huge_power, "worker-time"), (burn, "worker-time"), (hoard, "worker-memory"), (die, "worker-died"),
    (abort, "worker-died"), (descend, "worker-depth"), (stumble, "worker-failed"), (connect, "worker-fenced"),
    (start_program, "worker-fenced"),
])
def test_every_breakdown_is_one_problem_and_costs_only_its_own_job(pool: Pool, function: Any, rule: str) -> None:
    before = pool.submit(double, 1, names=NAMES)
    broken: Job[Any] = pool.submit(function, names=NAMES)
    after = pool.submit(double, 2, names=NAMES)
    assert only_problem(broken.outcome()).rule == rule
    assert (before.result(), after.result()) == (2, 4)


def test_processor_time_is_counted_for_each_job() -> None:
    with Pool(Limits(cpu_seconds=1, wall_seconds=20.0), preload=(__name__,)) as strict:
        problem = only_problem(strict.submit(burn, names=NAMES).outcome())
    assert "processor time" in problem.message


def test_problems_of_a_job_come_back_all_of_them(pool: Pool) -> None:
    outcome = pool.submit(find_problems, names=NAMES).outcome()
    assert [problem.message for problem in outcome.problems] == ["one", "two"]
    with pytest.raises(OutputError) as caught:
        pool.submit(find_problems, names=NAMES).result()
    assert len(caught.value.problems) == 2


def test_reads_the_workspace_and_nothing_beside_it(pool: Pool, workspace: Path) -> None:
    assert pool.submit(read, str(workspace / "a.txt"), names=NAMES).result() == "inside"
    for path in ("link.txt", "../elsewhere0/secret.txt"):
        problem = only_problem(pool.submit(read, str(workspace / path), names=NAMES).outcome())
        assert problem.rule == "worker-fenced"
    assert only_problem(pool.submit(read, "/etc/hostname", names=NAMES).outcome()).rule == "worker-fenced"


def test_writes_only_its_scratch_folder(pool: Pool, workspace: Path) -> None:
    assert only_problem(pool.submit(write, str(workspace / "new.txt"), names=NAMES).outcome()).rule == "worker-fenced"
    assert not (workspace / "new.txt").exists()
    assert pool.submit(write_scratch, names=NAMES).result() == "kept"
