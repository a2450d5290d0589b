# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A chart of horizontal bars on a linear scale, as SVG. Its colors can be read on a light and on a dark background."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from html import escape

PANEL, GAP, ROW, TOP, BOTTOM, VALUE = 230, 40, 26, 64, 44, 44  # pixels; VALUE is the space for a number
LETTER = 7.3  # pixels, the width of a letter in a wide font
STYLE = """text { font: 13px -apple-system, "Segoe UI", Helvetica, Arial, sans-serif; fill: #6e7781; }
.title { font-weight: bold; }
.end { text-anchor: end; }
.middle { text-anchor: middle; }
.first { fill: #2da44e; }
.other { fill: #8c959f; }
line { stroke: #8c959f; stroke-opacity: 0.35; }"""


def draw(title: str, panels: Sequence[str], bars: Mapping[str, Sequence[float]]) -> str:
    """Draw a panel of bars for each of C(panels), side by side with one scale. The first bar is highlighted.

    C(bars) has a value in seconds for each panel, by the label of the row.
    """
    labels = 10 + round(LETTER * max(len(label) for label in bars))
    step = _step(max(max(values) for values in bars.values()))
    ticks = math.ceil(max(max(values) for values in bars.values()) / step)
    scale = PANEL / (ticks * step)
    width = labels + len(panels) * (PANEL + GAP + VALUE) - GAP
    height = TOP + len(bars) * ROW + BOTTOM
    lines = [
        "<!-- Written by benchmarks/chart.py. Do not edit. -->",
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" role="img">',
        f"<title>{escape(title)}</title>",
        f"<style>{STYLE}</style>",
        _text(0, 18, title, "title"),
    ]
    for number, panel in enumerate(panels):
        left = labels + number * (PANEL + GAP + VALUE)
        lines += _axis(left, len(bars), panel, [tick * step for tick in range(ticks + 1)], scale)
    for row, (label, values) in enumerate(bars.items()):
        middle = TOP + row * ROW + ROW / 2
        lines.append(_text(labels - 10, middle + 4.5, label, "end"))
        for number, value in enumerate(values):
            left = labels + number * (PANEL + GAP + VALUE)
            length, kind = value * scale, "other" if row else "first"
            lines.append(f'<rect class="{kind}" x="{left}" y="{middle - 8:g}" width="{length:.1f}" height="16"/>')
            lines.append(_text(round(left + length + 6), middle + 4.5, f"{value:.1f}"))
    return "\n".join([*lines, "</svg>", ""])


def _axis(left: int, rows: int, title: str, ticks: list[float], scale: float) -> Iterator[str]:
    bottom = TOP + rows * ROW
    yield _text(left, TOP - 14, title, "title")
    for tick in ticks:
        x = round(left + tick * scale)
        yield f'<line x1="{x}" y1="{TOP}" x2="{x}" y2="{bottom}"/>'
        yield _text(x, bottom + 18, f"{tick:g}", "middle")
    yield _text(left, bottom + 36, "seconds")


def _text(x: float, y: float, words: str, kind: str = "") -> str:
    named = f' class="{kind}"' if kind else ""
    return f'<text{named} x="{x:g}" y="{y:g}">{escape(words)}</text>'


def _step(largest: float) -> float:
    """Return the distance of about four ticks at round numbers."""
    power = 10.0 ** math.floor(math.log10(largest / 4))
    return next(factor * power for factor in (1, 2, 5, 10) if factor * power >= largest / 4)
