"""Icons and the sign, drawn for Minassa as inline SVG: no file to fetch, nothing a strict CSP would refuse."""

from __future__ import annotations

from typing import Final

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from minassa.steering.identity import SIGN, filiere_shape
from minassa.vocabulary.filieres import Filiere

_LINE: Final = 'fill="none" stroke="currentColor" stroke-width="1.7" stroke-linecap="round" stroke-linejoin="round"'
_LINES: Final = {
    "search": '<circle cx="7" cy="7" r="4.6"/><path d="m10.5 10.5 4 4"/>',
    "account": '<circle cx="8" cy="5.4" r="3"/><path d="M2.4 14c.6-3 2.8-4.4 5.6-4.4s5 1.4 5.6 4.4"/>',
    "language": '<circle cx="8" cy="8" r="6.2"/><path d="M1.8 8h12.4M8 1.8c2 2 2.6 4 2.6 6.2S10 12.2 8 14.2'
    'c-2-2-2.6-4-2.6-6.2S6 3.8 8 1.8z"/>',
    "firm": '<path d="M2.5 14V4.5L8 2v12M8 6l5.5 1.6V14M1 14h14M5 6.5v0M5 9.5v0M10.8 10v0"/>',
    "case": '<path d="M2 4.5h4l1.4 1.6H14V13H2z"/>',
    "deposit": '<path d="M8 10.5V2.2M4.8 5.2 8 2l3.2 3.2M2 10v4h12v-4"/>',
    "download": '<path d="M8 2v8.3M4.8 7.3 8 10.5l3.2-3.2M2 10.5V14h12v-3.5"/>',
    "print": '<path d="M4.5 6V2h7v4M4.5 11.5H2V6h12v5.5h-2.5M4.5 9.5h7V14h-7z"/>',
    "inbox": '<path d="M2 9.5 4 3h8l2 6.5V13H2zM2 9.5h3.6l.9 1.6h3l.9-1.6H14"/>',
    "message": '<path d="M2 3h12v8H7l-3.2 2.6V11H2z"/>',
    "document": '<path d="M4 1.8h5.5L12.5 5v9.2H4zM9.3 2v3.2h3"/>',
    "calendar": '<path d="M2.2 3.5h11.6v10.3H2.2zM2.2 6.8h11.6M5.3 1.8v3M10.7 1.8v3"/>',
    "clock": '<circle cx="8" cy="8" r="6.2"/><path d="M8 4.3V8l2.6 1.7"/>',
    "shield": '<path d="M8 1.7 13.2 3.5v4c0 3.3-2.2 5.6-5.2 6.8-3-1.2-5.2-3.5-5.2-6.8v-4zM5.7 7.9l1.7 1.7 3-3.2"/>',
    "money": '<ellipse cx="8" cy="4.3" rx="5.3" ry="2.3"/><path d="M2.7 4.3v7.4c0 1.3 2.4 2.3 5.3 2.3s5.3-1 '
    '5.3-2.3V4.3M2.7 8c0 1.3 2.4 2.3 5.3 2.3s5.3-1 5.3-2.3"/>',
    "people": '<circle cx="6" cy="5.6" r="2.4"/><path d="M1.5 13.3c.4-2.6 2.2-3.9 4.5-3.9s4.1 1.3 4.5 3.9M10.6 3.4a2.4 '
    '2.4 0 0 1 0 4.4M12 9.6c1.5.5 2.3 1.8 2.5 3.7"/>',
    "settings": '<path d="M2 4.5h6M12 4.5h2M2 11.5h2M8 11.5h6"/><circle cx="10" cy="4.5" r="1.9"/>'
    '<circle cx="6" cy="11.5" r="1.9"/>',
    "chart": '<path d="M2 14h12M4 11V7.5M8 11V3M12 11V6"/>',
    "map": '<path d="M2 4.2 6 2.5l4 1.7 4-1.7v9.3l-4 1.7-4-1.7-4 1.7zM6 2.5v9.3M10 4.2v9.3"/>',
    "info": '<circle cx="8" cy="8" r="6.2"/><path d="M8 7.3v4M8 4.7v.1"/>',
    "question": '<circle cx="8" cy="8" r="6.2"/><path d="M6 6.3C6 5 7 4.4 8 4.4s2 .7 2 1.9c0 1.5-2 1.5-2 3'
    'M8 11.6v.1"/>',
    "next": '<path d="M3 8h10M9.5 4.5 13 8l-3.5 3.5"/>',
    "previous": '<path d="M13 8H3M6.5 4.5 3 8l3.5 3.5"/>',
    "add": '<path d="M8 3v10M3 8h10"/>',
    "remove": '<path d="M3.8 3.8l8.4 8.4M12.2 3.8l-8.4 8.4"/>',
    "draft": '<circle cx="8" cy="8" r="5.9" stroke-dasharray="2.3 1.8"/>',
    "pen": '<path d="M2.5 13.5 3.3 10 10.8 2.5l2.7 2.7L6 12.7zM9.2 4.1l2.7 2.7"/>',
    "waiting": '<path d="M4 2h8M4 14h8M5 2v2.3L8 8l3-3.7V2M5 14v-2.3L8 8l3 3.7V14"/>',
    "withdrawn": '<circle cx="8" cy="8" r="5.9"/><path d="M5 8h6"/>',
    "diamond": '<path d="M8 1.9 14.1 8 8 14.1 1.9 8z"/>',
    "dashed": '<path d="M8 2.2 14 13.4H2z" stroke-dasharray="2.2 1.5"/>',
    "half": '<circle cx="8" cy="8" r="5.8"/><path d="M8 2.3a5.7 5.7 0 0 0 0 11.4z" fill="currentColor"/>',
    "progress": '<circle cx="8" cy="8" r="5.9"/><path d="M8 4.6a3.4 3.4 0 1 1-3.4 3.4H8z" fill="currentColor" '
    'stroke="none"/>',
}
_KNOCKED: Final = 'stroke="var(--white,#fff)" stroke-width="1.9" fill="none" stroke-linecap="round"'
_SOLIDS: Final[dict[str, str]] = {
    "done": f'<circle cx="8" cy="8" r="6.6"/><path d="m4.9 8.2 2.2 2.2 4-4.6" {_KNOCKED}/>',
    "refused": f'<path d="M5.3 1.4h5.4l3.9 3.9v5.4l-3.9 3.9H5.3l-3.9-3.9V5.3z"/><path d="m5.6 5.6 4.8 4.8'
    f'M10.4 5.6l-4.8 4.8" {_KNOCKED}/>',
    "late": f'<path d="M8 1.2 15.2 14H.8z"/><path d="M8 5.8v3.7M8 11.7v.1" {_KNOCKED}/>',
    "sign": SIGN,
}
_SOLIDS["official"] = _SOLIDS["done"]
_SOLIDS.update({f"filiere-{each.name.lower()}": filiere_shape(each) for each in Filiere})
DIRECTIONAL: Final = frozenset({"next", "previous"})
"""Icons that point along the line of text: turned round where it runs from right to left."""

NAMES: Final = (*_LINES, *_SOLIDS)


def icon(name: str, label: str = "") -> SafeString:
    """The icon called `name`: an image that says its label, decoration without label. KeyError if unknown."""
    drawing = mark_safe(f"<g {_LINE}>{_LINES[name]}</g>" if name in _LINES else _SOLIDS[name])
    turned = " icon-turns" if name in DIRECTIONAL else ""
    said = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    return format_html(
        '<svg class="icon{}" viewBox="0 0 16 16" width="16" height="16" fill="currentColor" focusable="false" {}>{}'
        "</svg>",
        turned,
        said,
        drawing,
    )
