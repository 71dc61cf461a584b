"""Drawing: a chart into a file, in the form that the ending of its name asks for; no browser and no network."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from scorta.errors import OutputError
from scorta.report.writing import put_file

SHARP = 2.0
"""Dots of a PNG for each point of the chart: sharp in print."""

_EMPTY = {"description": "the chart"}
"""What stands in a page in the place of the chart until it is put there."""


def write_chart(spec: Mapping[str, Any], path: Path) -> None:
    """Write a chart as an SVG, PNG or HTML file, or as its Vega specification: `.svg`, `.png`, `.html` or `.json`.

    Raises:
        OutputError: the name has another ending, or the file cannot be written; what was there stays.
    """
    draw = _FORMS.get(path.suffix.lower())
    if draw is None:
        raise OutputError("{path} is no name of a chart.", "End it in {endings}.", path=path, endings=", ".join(_FORMS))
    put_file(draw(dict(spec)), path)


def _svg(spec: dict[str, Any]) -> bytes:
    import vl_convert

    return vl_convert.vega_to_svg(spec, allowed_base_urls=[]).encode()


def _png(spec: dict[str, Any]) -> bytes:
    import vl_convert

    return vl_convert.vega_to_png(spec, scale=SHARP, allowed_base_urls=[])


def _html(spec: dict[str, Any]) -> bytes:
    import vl_convert

    page = vl_convert.vega_to_html(_EMPTY, bundle=True)
    before, found, after = page.rpartition(json.dumps(_EMPTY, separators=(",", ":")))
    if not found:
        raise OutputError("The page of the chart could not be made.", "Write it as .svg or .png.")
    return f"{before}{_quiet(json.dumps(spec))}{after}".encode()


def _quiet(text: str) -> str:
    """Return JSON as it may stand in a script of a page: no word in it can end the script or begin another."""
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _json(spec: dict[str, Any]) -> bytes:
    return (json.dumps(spec, indent=1, ensure_ascii=False) + "\n").encode()


_FORMS: Mapping[str, Callable[[dict[str, Any]], bytes]] = {".svg": _svg, ".png": _png, ".html": _html, ".json": _json}
"""What draws a chart, by the ending of a name."""
