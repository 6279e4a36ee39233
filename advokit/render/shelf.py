"""The skeletons that one process has at hand for the letters of one text: asked first, filled as they come.

In: the slots of a letter and what else its page depends on. Out: `Filled`, ready to be written; or a `Taker`, which a
whole layout should be given because no skeleton fits yet; or None, where the letter is laid out as a whole anyway.
Which of the first two it is never shows in the file: a letter's bytes are those of its skeleton from the first one on.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass

from advokit.compose.composed import Slots
from advokit.render.setting import Line, Setter, repertoires
from advokit.render.skeleton import Frame, Skeleton, Taker, texts_of

#: Skeletons kept; each is about as large as a letter.
_KEPT = 300

_FrameKey = tuple[int, str, tuple[tuple[str, int], ...]]
_Shape = tuple[_FrameKey, tuple[int, ...]]
"""A frame, and how many lines each text takes."""


@dataclass(frozen=True)
class Filled:
    """A skeleton with the lines of one letter."""

    skeleton: Skeleton
    lines: Sequence[Sequence[Line]]
    slots: Slots

    def file(self) -> bytes:
        """Write the letter."""
        return self.skeleton.file(self.lines)

    def says(self) -> str:
        """Give all that the page says, in the order in which it is drawn."""
        return self.skeleton.says(self.slots)


class Shelf:
    """Frames and skeletons of the letters of one text in one language."""

    def __init__(self, language: str) -> None:
        """Begin empty."""
        self._setters = tuple(Setter(characters) for characters in repertoires(language))
        self._frames: dict[_FrameKey, Frame] = {}
        self._refused: set[_FrameKey] = set()
        self._skeletons: OrderedDict[_Shape, Skeleton | None] = OrderedDict()

    def ask(self, slots: Slots, shared: str) -> Filled | Taker | None:
        """Look for the skeleton of a letter; `shared` says what else its page depends on."""
        key = self._key(slots, shared)
        if key is None or key in self._refused:
            return None
        setter = self._setters[key[0]]
        if key not in self._frames:
            return Taker(slots, setter)
        lines = self._frames[key].lines(slots, setter)
        if lines is None:
            return None
        shape = key, tuple(map(len, lines))
        if shape not in self._skeletons:
            return Taker(slots, setter)
        self._skeletons.move_to_end(shape)
        skeleton = self._skeletons[shape]
        return Filled(skeleton, lines, slots) if skeleton else None

    def keep(self, taker: Taker, slots: Slots, shared: str) -> Filled | None:
        """Keep the skeleton of a letter that was laid out, and give the letter as it comes from it."""
        key = self._key(slots, shared)
        if key is None:
            return None
        skeleton = taker.skeleton(self._frames.get(key))
        if skeleton is None:
            self._refused |= {key} if taker.one_page else set()
            return None
        frame = self._frames.setdefault(key, skeleton.frame)
        lines = frame.lines(slots, self._setters[key[0]])
        if lines is None:
            return None
        self._skeletons[key, tuple(map(len, lines))] = skeleton
        if len(self._skeletons) > _KEPT:
            self._skeletons.popitem(last=False)
        return Filled(skeleton, lines, slots)

    def refuse(self, found: Filled, shared: str) -> None:
        """Lay letters of this shape out as a whole from now on."""
        key = self._key(found.slots, shared)
        if key is not None:
            self._skeletons[key, tuple(map(len, found.lines))] = None

    def _key(self, slots: Slots, shared: str) -> _FrameKey | None:
        """Give what decides over a frame: the smallest repertoire that will do, and how many texts there are."""
        characters = set("".join(texts_of(slots)))
        for index, setter in enumerate(self._setters):
            if characters <= setter.characters:
                return index, shared, tuple((name, len(texts)) for name, texts in slots)
        return None
