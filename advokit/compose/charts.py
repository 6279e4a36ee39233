"""Charts: the observations of one consistent series → one accessible SVG picture.

In: points in time with their labels, already in words of the edition's language. Out: SVG 1.1 with `<title>` and
`<desc>`, which WeasyPrint writes as a tagged figure with that title as its alternative text.

One form for one question, "how many, when?": a stem from the zero line to each observation, at its place in time,
with value and date written beside it. No line joins the stems, for nobody counted in between. There is no axis of
numbers: every number in the picture is an observation's own label, so no number is printed that the ledger does not
hold. A range is drawn from its low to its high end, a qualified value has an open mark. Where so many observations
crowd together that labels would touch, the picture becomes rows, one an observation, where they cannot.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import Literal


@dataclass(frozen=True)
class ChartPoint:
    """One observation as the chart draws it: a value, or a range from `low` to `high`."""

    moment: float
    """When, as a year with its fraction: 2025.92 stands for December 2025."""
    value: float | None
    """How many; none where `low` and `high` say it."""
    value_label: str
    """The value as printed, with its qualifier: "more than 1,600"."""
    date_label: str
    """The date as printed."""
    low: float | None = None
    """The lower end of a range."""
    high: float | None = None
    """The upper end of a range."""
    qualifier: str = "exact"
    """How the words bind the number; anything but `exact` draws an open mark."""
    observation: str = ""
    """The id of the observation, for the mark on the printed label."""
    machine_value: str = ""
    """The value as `<data value=…>` holds it: `1859` or `43..165`."""

    @property
    def top(self) -> float:
        """The highest number that is drawn."""
        return max(number for number in (self.value, self.high, 0.0) if number is not None)


@dataclass(frozen=True)
class ChartStyle:
    """Colours, typeface and measures, in points."""

    ink: str = "#1c2126"
    grey: str = "#585f66"
    hairline: str = "#b4b9be"
    accent: str = "#1d4f5c"
    paper: str = "#ffffff"
    family: str = "Advokit Sans"
    width: float = 330.0
    height: float = 180.0
    size: float = 8.6
    line: float = 11.0


@dataclass(frozen=True)
class Chart:
    """A finished picture."""

    svg: str
    """The SVG element, ready to stand in HTML."""
    form: Literal["time", "rows"]
    """Whether the observations stand on a scale of time or in rows."""


@dataclass(frozen=True)
class Rect:
    """A rectangle of the picture; two labels collide when theirs overlap."""

    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: Rect) -> bool:
        """Say whether the two share any area."""
        return (self.left < other.right and other.left < self.right
                and self.top < other.bottom and other.top < self.bottom)

    def inside(self, other: Rect) -> bool:
        """Say whether this one lies wholly within the other."""
        return (self.left >= other.left and self.right <= other.right
                and self.top >= other.top and self.bottom <= other.bottom)


@dataclass(frozen=True)
class Label:
    """Where the two lines of a point's label stand: value above date."""

    x: float
    y: float
    """The base line of the value; the date stands one line below."""
    anchor: Literal["start", "middle", "end"]
    rect: Rect
    leader: tuple[float, float] | None = None
    """Where a thin line from the mark meets the label, if the label stands away from it."""


#: Advance widths in em, never less than Source Sans's own, by kind of character.
_NARROW = frozenset(" .,:;'’!|iIjlіїІЇt()[]·-‑\u00a0\u202f\u2009")
_WIDE = frozenset("mwMWQOGДЖМФШЩЮжмфшщюыЫЪ@%—…&œŒæÆΩΦΨΜω")


def text_width(text: str, size: float) -> float:
    """Estimate the width of a text in the labels' typeface, rather too wide than too narrow."""
    em = 0.0
    for character in text:
        if character in _NARROW:
            em += 0.36
        elif character in _WIDE:
            em += 0.95
        elif character.isdigit():
            em += 0.51
        else:
            em += 0.70 if character.isupper() else 0.58
    return em * size


def draw(points: Iterable[ChartPoint], *, title: str, description: str, language: str,
         style: ChartStyle | None = None) -> Chart:
    """Draw a series; `title` asks the question, `description` says what the eye would take away."""
    look = style or ChartStyle()
    ordered = sorted(points, key=lambda point: (point.moment, point.top))
    if not ordered:
        raise ValueError("a chart needs at least one observation")
    if any(point.value is None and (point.low is None or point.high is None) for point in ordered):
        raise ValueError("a point of a chart needs a value, or a low and a high end")
    plot = _Plot.over(ordered, look)
    labels = place_labels(ordered, plot)
    if labels is None:
        body, width, height = _rows(ordered, look)
        return Chart(_frame(body, _words(title, description), language, width, height), "rows")
    body = [*_years(plot), *_stems(ordered, plot, labels)]
    return Chart(_frame(body, _words(title, description), language, look.width, look.height), "time")


@dataclass(frozen=True)
class _Plot:
    """The scales: time to the right, number upwards from zero."""

    style: ChartStyle
    first: float
    last: float
    most: float

    @classmethod
    def over(cls, points: Sequence[ChartPoint], style: ChartStyle) -> _Plot:
        """Span whole years around the points, and numbers from zero to the highest."""
        first = math.floor(points[0].moment)
        last = max(math.ceil(points[-1].moment + 1 / 24), first + 1)
        return cls(style, first, last, max(point.top for point in points) or 1.0)

    @property
    def zero(self) -> float:
        """The height of the zero line, above the line of years."""
        return self.style.height - 1.6 * self.style.line

    def x(self, moment: float) -> float:
        """Place a moment."""
        margin = 6.0
        return margin + (moment - self.first) / (self.last - self.first) * (self.style.width - 2 * margin)

    def y(self, value: float) -> float:
        """Place a number; above the highest there is room for its label."""
        return self.zero - value / self.most * (self.zero - 2.9 * self.style.line)

    @property
    def room(self) -> Rect:
        """Where labels may stand."""
        return Rect(0.0, 0.0, self.style.width, self.zero - 2.0)


_RADIUS = 2.6
_GAP = 3.5


def _obstacles(points: Sequence[ChartPoint], plot: _Plot) -> list[Rect]:
    """Give the marks and stems, which no label may cover."""
    found = []
    for point in points:
        x, top = plot.x(point.moment), plot.y(point.top)
        found.append(Rect(x - _RADIUS - 0.6, top - _RADIUS - 0.6, x + _RADIUS + 0.6, top + _RADIUS + 0.6))
        found.append(Rect(x - 1.2, top, x + 1.2, plot.zero))
    return found


def place_labels(points: Sequence[ChartPoint], plot: _Plot) -> list[Label] | None:
    """Find a place for every label, the newest first; None where one would touch another."""
    taken = _obstacles(points, plot)
    placed: dict[int, Label] = {}
    for index in range(len(points) - 1, -1, -1):
        label = next((found for found in _candidates(points[index], plot)
                      if _is_free(found, points[index], plot, taken)), None)
        if label is None:
            return None
        placed[index] = label
        taken.extend((label.rect, *_leader_rects(points[index], plot, label)))
    return [placed[index] for index in range(len(points))]


def _is_free(label: Label, point: ChartPoint, plot: _Plot, taken: Sequence[Rect]) -> bool:
    """Say whether neither a label nor its leader touches anything; a leader does begin at its own mark."""
    own = _obstacles((point,), plot)
    return (label.rect.inside(plot.room) and not any(label.rect.overlaps(other) for other in taken)
            and not any(leader.overlaps(other) for leader in _leader_rects(point, plot, label)
                        for other in taken if other not in own))


def _leader_rects(point: ChartPoint, plot: _Plot, label: Label) -> Iterator[Rect]:
    if label.leader:
        x, y = plot.x(point.moment), plot.y(point.top)
        end_x, end_y = label.leader
        yield Rect(min(x, end_x) - 0.5, min(y, end_y) - 0.5, max(x, end_x) + 0.5, max(y, end_y) + 0.5)


def _candidates(point: ChartPoint, plot: _Plot) -> Iterator[Label]:
    """Places for a label, the best first: above its mark, beside it, then further up with a leader."""
    style = plot.style
    width = max(text_width(point.value_label, style.size), text_width(point.date_label, style.size))
    x, y = plot.x(point.moment), plot.y(point.top)
    above = y - _RADIUS - _GAP - style.line
    beside = y - 0.15 * style.line
    yield _label(style, x, above, "middle", width)
    yield _label(style, x - _RADIUS - _GAP, beside, "end", width)
    yield _label(style, x + _RADIUS + _GAP, beside, "start", width)
    for shift in (3.0, 6.0, 9.0, 12.0):
        yield _label(style, x - _RADIUS - _GAP, beside + shift, "end", width)
        yield _label(style, x + _RADIUS + _GAP, beside - shift, "start", width)
    yield _label(style, x + _RADIUS, above, "end", width)
    yield _label(style, x - _RADIUS, above, "start", width)
    for step in range(1, 9):
        raised = above - step * style.line / 2
        leader = (x, raised + 1.3 * style.line)
        yield _label(style, x, raised, "middle", width, leader)
        yield _label(style, x, raised, "end", width, leader)
        yield _label(style, x, raised, "start", width, leader)


def _label(style: ChartStyle, x: float, y: float, anchor: Literal["start", "middle", "end"], width: float,
           leader: tuple[float, float] | None = None) -> Label:
    left = {"start": x, "middle": x - width / 2, "end": x - width}[anchor]
    shift = 0.0
    if anchor == "middle":  # a label at the edge is pushed in rather than cut
        shift = max(0.0, -left) - max(0.0, left + width - style.width)
    left += shift
    rect = Rect(left, y - 0.9 * style.size, left + width, y + style.line + 0.4 * style.size)
    return Label(x + shift, y, anchor, rect, leader)


def _years(plot: _Plot) -> Iterator[str]:
    """Draw the zero line and the years below it, as many as have room."""
    style = plot.style
    yield (f'<line x1="0" y1="{plot.zero:.2f}" x2="{style.width:.2f}" y2="{plot.zero:.2f}"'
           f' stroke="{style.ink}" stroke-width="0.8"/>')
    spacing = (style.width - 12) / (plot.last - plot.first)
    step = next((step for step in (1, 2, 5, 10, 20, 50, 100) if step * spacing >= 3.2 * style.size), 100)
    for year in range(int(plot.first), int(plot.last) + 1):
        x = plot.x(year)
        if year % step == 0 or step == 1:
            yield (f'<line x1="{x:.2f}" y1="{plot.zero:.2f}" x2="{x:.2f}" y2="{plot.zero + 3:.2f}"'
                   f' stroke="{style.ink}" stroke-width="0.8"/>')
            half = text_width(str(year), style.size) / 2
            anchor = "start" if x < half else "end" if x > style.width - half else "middle"
            place = {"start": 0.0, "end": style.width, "middle": x}[anchor]
            yield _quiet(str(year), place, plot.zero + 3 + style.line, anchor, style)


def _stems(points: Sequence[ChartPoint], plot: _Plot, labels: Sequence[Label]) -> Iterator[str]:
    style = plot.style
    for point, label in zip(points, labels, strict=True):
        x = plot.x(point.moment)
        if label.leader:
            yield (f'<line x1="{x:.2f}" y1="{plot.y(point.top) - _RADIUS:.2f}" x2="{label.leader[0]:.2f}"'
                   f' y2="{label.leader[1]:.2f}" stroke="{style.grey}" stroke-width="0.4"/>')
        yield from _mark(point, x, plot)
    for point, label in zip(points, labels, strict=True):
        yield _value(point, label.x, label.y, label.anchor, style)
        yield _quiet(point.date_label, label.x, label.y + style.line, label.anchor, style)


def _mark(point: ChartPoint, x: float, plot: _Plot) -> Iterator[str]:
    style = plot.style
    if point.value is None and point.low is not None and point.high is not None:
        low, high = plot.y(point.low), plot.y(point.high)
        yield (f'<rect x="{x - 4:.2f}" y="{high:.2f}" width="8" height="{low - high:.2f}" fill="{style.paper}"'
               f' stroke="{style.accent}" stroke-width="1.2"/>')
        return
    y = plot.y(point.top)
    yield (f'<line x1="{x:.2f}" y1="{plot.zero:.2f}" x2="{x:.2f}" y2="{y:.2f}" stroke="{style.accent}"'
           f' stroke-width="1.6"/>')
    fill = style.accent if point.qualifier == "exact" else style.paper
    yield f'<circle cx="{x:.2f}" cy="{y:.2f}" r="{_RADIUS}" fill="{fill}" stroke="{style.accent}" stroke-width="1.2"/>'


def _rows(points: Sequence[ChartPoint], style: ChartStyle) -> tuple[list[str], float, float]:
    """Draw the same observations in rows, oldest first: date, bar from zero, value; give shapes, width, height."""
    dates = max(text_width(point.date_label, style.size) for point in points) + 2 * _GAP
    values = max(text_width(point.value_label, style.size) for point in points) + 2 * _GAP
    length = max(style.width - dates - values, 0.2 * style.width)
    most = max(point.top for point in points) or 1.0
    pitch = 1.5 * style.line
    height = len(points) * pitch + 2
    body = []
    for row, point in enumerate(points):
        middle = row * pitch + pitch / 2 + 1
        base = middle + 0.35 * style.size
        end = dates + point.top / most * length
        body.append(_quiet(point.date_label, dates - 2 * _GAP, base, "end", style))
        start = dates if point.value is not None else dates + (point.low or 0.0) / most * length
        solid = point.value is not None and point.qualifier == "exact"
        body.append(f'<rect x="{start:.2f}" y="{middle - 3.5:.2f}" width="{max(end - start, 0.6):.2f}" height="7"'
                    f' fill="{style.accent if solid else style.paper}" stroke="{style.accent}" stroke-width="0.8"/>')
        body.append(_value(point, end + _GAP, base, "start", style))
    body.append(f'<line x1="{dates:.2f}" y1="0" x2="{dates:.2f}" y2="{height:.2f}" stroke="{style.ink}"'
                ' stroke-width="0.8"/>')
    return body, dates + length + values, height


def _value(point: ChartPoint, x: float, y: float, anchor: str, style: ChartStyle) -> str:
    """Write the label of a value; its marks say which observation it prints."""
    marks = (f'class="figure" font-weight="600" data-observation="{escape(point.observation)}"'
             f' data-value="{escape(point.machine_value)}" fill="{style.ink}"')
    return _text(point.value_label, x, y, anchor, style, marks)


def _quiet(text: str, x: float, y: float, anchor: str, style: ChartStyle) -> str:
    """Write a date or a year, marked as a typed field: it is no figure."""
    return _text(text, x, y, anchor, style, f'class="field" fill="{style.grey}"')


def _text(text: str, x: float, y: float, anchor: str, style: ChartStyle, marks: str) -> str:
    return (f'<text {marks} x="{x:.2f}" y="{y:.2f}" text-anchor="{anchor}"'
            f' font-family="{escape(style.family)}" font-size="{style.size}">{escape(text, quote=False)}</text>')


def _words(title: str, description: str) -> str:
    return f"<title>{escape(title, quote=False)}</title>\n<desc>{escape(description, quote=False)}</desc>"


def _frame(body: Iterable[str], words: str, language: str, width: float, height: float) -> str:
    shapes = "\n".join(body)
    return (f'<svg xmlns="http://www.w3.org/2000/svg" class="chart-svg" lang="{escape(language)}"'
            f' viewBox="0 0 {width:.2f} {height:.2f}" width="{width:.2f}pt" height="{height:.2f}pt">\n'
            f"{words}\n{shapes}\n</svg>")
