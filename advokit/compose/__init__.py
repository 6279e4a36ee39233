"""Composing: models, Markdown and Jinja2 → `Composed`, the HTML of one document with its references.

In: a `Job`. Out: `Composed`. Everything a document prints comes through `expressions.py`; nothing else is reachable
from a text or a template.
"""

from advokit.compose.composed import Box, Composed, PrintedFigure, Reference, Running
from advokit.compose.document import Job, compose
from advokit.compose.letter import Envelope, Sender

__all__ = ["Box", "Composed", "Envelope", "Job", "PrintedFigure", "Reference", "Running", "Sender", "compose"]
