"""The same run on a real Dask cluster: the same bytes, also when a worker is killed in the middle."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from advokit.letters.cluster import ClusterRunner, pack
from advokit.letters.run import LocalRunner, Waiting, run_letters
from advokit.letters.work import MadeLetter
from advokit.problems import UsageError
from advokit.worker import Outcome
from tests.letters.test_run import digests
from tests.letters.workspace import campaign, request, sender, write_senders

distributed = pytest.importorskip("distributed", reason="the extra 'cluster' is not installed")


@pytest.fixture
def cluster() -> Iterator[Any]:
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None,
                                  silence_logs=50) as made:
        yield made


class Killing(ClusterRunner):
    """Kills one worker after the second letter."""

    def run(self, kit: Path, digest: str, letters: Iterable[Waiting], *, alone: bool = False
            ) -> Iterator[tuple[Waiting, Outcome[MadeLetter]]]:
        for number, done in enumerate(super().run(kit, digest, letters, alone=alone), 1):
            if number == 2 and not alone:
                with distributed.Client(self.address, set_as_default=False) as client:
                    pids = client.run(os.getpid)
                os.kill(next(iter(pids.values())), signal.SIGKILL)
            yield done


@pytest.mark.timeout(170)
def test_a_cluster_gives_the_same_bytes_though_a_worker_is_killed(cluster: Any, tmp_path: Path) -> None:
    root = campaign(tmp_path)
    rows = [sender(number, words=f"My words number {number}.") for number in range(1, 15)]
    senders = write_senders(tmp_path / "s.csv", [*rows, sender(15, "Westtown"), sender(16, words="word " * 790)])
    runner = Killing(root.resolve(), cluster.scheduler_address)
    far = run_letters(request(root, senders, tmp_path / "far"), runner)
    near = run_letters(request(root, senders, tmp_path / "near"), LocalRunner(root.resolve(), 1))
    assert (far.letters, far.faults, far.made) == (near.letters, near.faults, near.made) == (15, 1, 15)
    assert digests(tmp_path / "far") == digests(tmp_path / "near")
    names = ("failures.csv", "letters.csv", "counts.csv", "run.json")
    assert all((tmp_path / "far" / name).read_bytes() == (tmp_path / "near" / name).read_bytes() for name in names)


def test_an_address_where_nothing_answers_is_told(tmp_path: Path) -> None:
    root = campaign(tmp_path)
    senders = write_senders(tmp_path / "s.csv", [sender(1)])
    with pytest.raises(UsageError, match="no Dask scheduler answers"):
        run_letters(request(root, senders, tmp_path / "run"), ClusterRunner(root.resolve(), "tcp://127.0.0.1:9", 2.0))


def test_people_and_senders_never_travel_in_the_pack(tmp_path: Path) -> None:
    import io
    import zipfile
    root = campaign(tmp_path)
    for name in ("campaigns/pools/people/gb.csv", "campaigns/pools/senders.csv", "campaigns/pools/senders/a.txt",
                 "facts/archive/x.txt", "campaigns/pools/logo.svg", "countries/gb.yaml"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("x", "utf-8")
    with zipfile.ZipFile(io.BytesIO(pack(root))) as archive:
        names = archive.namelist()
    assert {"campaigns/pools/logo.svg", "countries/gb.yaml"} <= set(names)
    assert not [name for name in names if "people" in name or "senders" in name or "archive" in name]
