"""How many words of a sender's own a letter has room for: measured on the letter itself, never guessed.

In: a campaign, an edition, a date. Out: a number of words; whether a certain paragraph fits. Both lay the letter out,
so they run in a child process.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import lxml.html

from advokit.campaign import Recipient
from advokit.compose import Job, compose
from advokit.compose.letter import Envelope, Sender
from advokit.render.pdf import render
from advokit.render.warm import Warm
from advokit.workspace import CampaignFiles
from advokit.yamlfile import Loaded

#: The finest that is told, in words; and the most that is looked for.
STEP, MOST = 10, 320
_SOMEBODY = Sender("Alexandra Musterfrau-Beispiel", ("1234 Long Example Street", "12345 Example Town"), "Example Town")
_ANYBODY = Recipient(name="Kim Example", address=("1 Example Street", "Example Town"), salutation="Dear Kim Example",
                     closing="Yours sincerely")


def letter_text(files: CampaignFiles, edition: str, date: dt.date) -> str:
    """Give the words of an edition's letter, from the salutation to the closing, without any sender's own."""
    root = lxml.html.document_fromstring(compose(_job(files, edition, _SOMEBODY, date)).html)
    for mark in root.xpath("//*[@class='citation']"):
        mark.drop_tree()
    return " ".join(" ".join(node.text_content().split()) for node in root.xpath("//*[@class='text']//p"))


def words_that_fit(files: CampaignFiles, edition: str, date: dt.date) -> int:
    """Measure how many words fit on the page, as long as the letter's own words are; 0 where it is full already."""
    words, warm = letter_text(files, edition, date).split(), Warm()
    low, high = 0, MOST // STEP
    while low < high:
        middle = (low + high + 1) // 2
        text = " ".join((words * (MOST // max(len(words), 1) + 1))[:middle * STEP])
        low, high = (middle, high) if _pages(files, edition, text, date, warm) == 1 else (low, middle - 1)
    return low * STEP


def fits(files: CampaignFiles, edition: str, words: str, date: dt.date) -> bool:
    """Tell whether a letter with these own words is one page."""
    return _pages(files, edition, words, date, Warm()) == 1


def _pages(files: CampaignFiles, edition: str, words: str, date: dt.date, warm: Warm) -> int:
    sender = Sender(_SOMEBODY.name, _SOMEBODY.lines, _SOMEBODY.place, words)
    return render(compose(_job(files, edition, sender, date)), files.root, warm=warm).pages


def _job(files: CampaignFiles, edition: str, sender: Sender, date: dt.date) -> Job:
    found = files.editions[edition]
    if found.edition.recipient is None:  # its letters go to the people of a table; anybody will do to measure one
        loaded = Loaded(found.edition.model_copy(update={"recipient": _ANYBODY}), found.loaded.file)
        files = replace(files, editions={**files.editions, edition: replace(found, loaded=loaded)})
    return Job(files, edition, "letter", date, Envelope(sender))
