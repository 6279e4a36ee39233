"""Letters made in a warm process have the bytes of letters made alone, up to the edge of the page and beyond it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from advokit.compose import Job, compose
from advokit.compose.letter import Envelope, Sender
from advokit.countries import Addressee
from advokit.letters.work import Kit, Spec, letter
from advokit.problems import OutputError
from advokit.render.pdf import render
from advokit.render.warm import Warm
from advokit.safeguarding import PrivateList
from advokit.safeguarding.names import PrivateName
from advokit.workspace import read_campaign
from tests.letters.workspace import DATE, campaign
from tests.workspaces import NAME

PERSON = Addressee(full_name="Kim Example", surname="Example", gender="female", postal=("1 Road", "Oxton"))


def test_a_warm_process_gives_the_same_bytes_and_needs_one_layout(tmp_path: Path) -> None:
    files, _ = read_campaign(campaign(tmp_path), NAME, ["gb"])
    assert files is not None
    warm, layouts = Warm(), []
    for count in (0, 40, 200, 205, 210, 215, 220, 225, 400, 3):
        sender = Sender("Ann Lee", ("1 High Street", "Oxton"), "", "word " * count)
        composed = compose(Job(files, "gb", "letter", DATE, Envelope(sender, "gb-mp", PERSON)))
        done = render(composed, files.root, warm=warm)
        assert done.pdf == render(composed, files.root).pdf, count
        layouts.append((done.pages, done.layouts))
    assert layouts[0][1] > 1
    assert all(tries == 1 for pages, tries in layouts[1:] if pages == 1)
    assert layouts[-1] == (1, 1)


def test_a_specification_is_read_back_as_it_was_written() -> None:
    spec = Spec("gb", Sender("A\u2028B", ("x", "y"), "p", "words\n\n{{ x }}", "C"), None, PERSON, "v", "n", "e", "w", "r")
    assert Spec.read(spec.as_json()) == spec
    assert Spec.read(spec.as_json()).as_json() == spec.as_json()


def test_a_finished_letter_that_names_a_private_name_is_not_delivered(tmp_path: Path) -> None:
    files, _ = read_campaign(campaign(tmp_path), NAME, ["gb"])
    assert files is not None
    listed = replace(files, private=PrivateList((PrivateName(given="Олена", family="Примарчук"),), "d"))
    sender = Sender("Ann Lee", ("1 High Street", "Oxton"), "", "words of my own")
    spec = Spec("gb", sender, "gb-mp", PERSON, to_name="Olena Prymarchuk", to_email="someone@example.org")
    assert letter(Kit(files, {}, DATE, ("eml",), "d"), spec).files
    with pytest.raises(OutputError) as caught:
        letter(Kit(listed, {}, DATE, ("eml",), "d"), spec)
    assert {problem.rule for problem in caught.value.problems} == {"minor-identified"}
    assert "rymarchuk" not in str(caught.value)
