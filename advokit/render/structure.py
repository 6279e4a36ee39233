
"""The structure of a PDF about to be written: footers that readers skip, links that say where they lead.

In: the pydyf objects that WeasyPrint made (ISO 32000-1, 14.7 and 14.8). Out: the same, changed in place: the text of
margin boxes, which WeasyPrint marks as content that no structure element reaches, becomes a pagination artifact; or,
where a document has no list of references, its sources become a section at the end of the structure.
"""

from __future__ import annotations

import html
from collections.abc import Iterator, Mapping
from typing import Any


def finish(pdf: Any, shorts: Mapping[str, str], *, keep_sources: bool) -> None:
    """Mend structure and links; `shorts` names the reference behind each link target."""
    _describe_links(pdf, shorts)
    root = _get(pdf, pdf.catalog["StructTreeRoot"])
    document_reference = root["K"][0]
    if keep_sources:
        _adopt_sources(pdf, document_reference)
    reachable = set(_descendants(pdf, document_reference))
    nums = _get(pdf, root["ParentTree"])["Nums"]
    for index, page_reference in enumerate(pdf.page_references):
        stream = _get(pdf, _get(pdf, page_reference)["Contents"])
        elements = nums[2 * index + 1]
        lost = {mcid for mcid, element in enumerate(elements) if _number(element) not in reachable}
        for mcid in lost:
            elements[mcid] = b"null"
        _to_artifacts(stream.stream, lost)


def _number(reference: Any) -> int:
    """Read the object number of a reference such as `12 0 R`."""
    return int(bytes(reference).split()[0])


def _get(pdf: Any, reference: Any) -> Any:
    """Follow a reference."""
    return pdf.objects[_number(reference)]


def _descendants(pdf: Any, reference: Any) -> Iterator[int]:
    """Yield the numbers of every structure element below one, and its own."""
    waiting = [reference]
    while waiting:
        number = _number(waiting.pop())
        yield number
        element = pdf.objects[number]
        if isinstance(element, dict):
            waiting.extend(kid for kid in element.get("K", ()) if isinstance(kid, bytes))


def _adopt_sources(pdf: Any, document_reference: Any) -> None:
    """Hang the sources of each page's footer, and only those, at the end of the document's structure."""
    reachable = set(_descendants(pdf, document_reference))
    document = _get(pdf, document_reference)
    elements: list[Any] = [item for item in pdf.objects if isinstance(item, dict)]
    for element in elements:
        if (element.get("Type") == "/StructElem" and element.get("S") == "/Sect"
                and element.number not in reachable):
            element["P"] = document_reference
            document["K"].append(element.reference)
            reachable.update(_descendants(pdf, element.reference))


def _to_artifacts(operators: list[Any], mcids: set[int]) -> None:
    """Mark the given pieces of content as part of the page, not of the text."""
    for index in range(len(operators) - 2):
        properties = operators[index + 1]
        if operators[index + 2] == b"BDC" and isinstance(properties, dict) and properties.get("MCID") in mcids:
            operators[index] = "/Artifact"
            operators[index + 1] = b"<</Type /Pagination /Subtype /Footer>>"


def _describe_links(pdf: Any, shorts: Mapping[str, str]) -> None:
    """Say behind each citation which source it leads to; screen readers read this text."""
    for element in pdf.objects:
        if not isinstance(element, dict) or element.get("Subtype") != "/Link" or "Dest" not in element:
            continue
        target = html.unescape(str(getattr(element["Dest"], "string", "")))
        if target in shorts:
            element["Contents"] = type(element["Dest"])(shorts[target])
