"""What Minassa looks like: its colours, its sign, the marks of filières and of statuses. All drawn here."""

from __future__ import annotations

from typing import Final

from markupsafe import Markup

from minassa.vocabulary.filieres import Filiere
from minassa.vocabulary.statuses import Status, label

WHITE: Final = "#ffffff"
SAND: Final = "#f7f3ea"
SAND_LINE: Final = "#ded5c2"
INK: Final = "#0f1b2d"
INK_SOFT: Final = "#44546a"
ACTION: Final = "#0b5f56"
WRONG: Final = "#b3261e"
WAITING: Final = "#8a5a00"

FILIERE_COLOURS: Final = {
    Filiere.NONE: "#6a7280",
    Filiere.ITO: "#0b2a75",
    Filiere.CRM: "#d06a15",
    Filiere.BPO: "#b14bcb",
    Filiere.ESO: "#118a8e",
    Filiere.KPO: "#614d23",
}
"""Chosen so that any two stay apart for the three kinds of colour blindness (see the tests)."""

STATUS_COLOURS: Final = {
    Status.OFFICIAL: ACTION,
    Status.PRESS: "#1f5a99",
    Status.INFERRED: "#1f5a99",
    Status.PROPOSED: WAITING,
    Status.ASSUMED: "#5b6472",
}

TEALS: Final = ("#eef3ef", "#c5ddd6", "#8fc1b6", "#4f9c90", "#0b5f56")
"""Five classes of a map, from nothing to most."""

_FILIERE_SHAPES: Final = {
    Filiere.NONE: '<path d="M3 8h10" stroke="currentColor" stroke-width="2.4" fill="none"/>',
    Filiere.ITO: '<rect x="2.5" y="2.5" width="11" height="11" rx="1.5"/>',
    Filiere.CRM: '<circle cx="8" cy="8" r="6"/>',
    Filiere.BPO: '<path d="M8 1.8 14.6 13.6H1.4z"/>',
    Filiere.ESO: '<path d="M8 1.2 14.8 8 8 14.8 1.2 8z"/>',
    Filiere.KPO: '<path d="M5.6 1.6h4.8v4h4v4.8h-4v4H5.6v-4h-4V5.6h4z"/>',
}
_STATUS_SHAPES: Final = {
    Status.OFFICIAL: '<circle cx="8" cy="8" r="6.6"/><path d="m4.9 8.2 2.2 2.2 4-4.6" stroke="#fff" '
    'stroke-width="1.9" fill="none" stroke-linecap="round" stroke-linejoin="round"/>',
    Status.PRESS: '<circle cx="8" cy="8" r="5.7" fill="none" stroke="currentColor" stroke-width="1.8"/>'
    '<path d="M8 2.3a5.7 5.7 0 0 0 0 11.4z"/>',
    Status.PROPOSED: '<path d="M8 1.9 14.1 8 8 14.1 1.9 8z" fill="none" stroke="currentColor" stroke-width="1.9" '
    'stroke-linejoin="round"/>',
    Status.ASSUMED: '<path d="M8 2.2 14 13.4H2z" fill="none" stroke="currentColor" stroke-width="1.8" '
    'stroke-dasharray="2.2 1.5" stroke-linejoin="round"/>',
}
_STATUS_SHAPES_OF: Final = {**_STATUS_SHAPES, Status.INFERRED: _STATUS_SHAPES[Status.PRESS]}

SIGN: Final = (
    '<path d="M1 12.2h14v2.3H1z"/><path d="M3.2 8.6H15v2.3H3.2z" opacity=".82"/>'
    '<path d="M6.4 5H15v2.3H6.4z" opacity=".66"/><path d="M10.2 1.4H15v2.3h-4.8z" opacity=".5"/>'
)
"""The sign of Minassa, in a square of 16: a platform made of level lines, each resting on the one below."""


def filiere_shape(filiere: Filiere) -> str:
    """The shape of a filière as SVG, in a square of 16."""
    return _FILIERE_SHAPES[filiere]


def symbols() -> Markup:
    """The shapes of every mark, once per page, to be used by reference."""
    shapes = {f"f-{f.name}": shape for f, shape in _FILIERE_SHAPES.items()}
    shapes |= {f"s-{s.value}": shape for s, shape in _STATUS_SHAPES_OF.items()}
    shapes["sign"] = SIGN
    drawn = "".join(f'<symbol id="{name}" viewBox="0 0 16 16">{shape}</symbol>' for name, shape in shapes.items())
    return Markup(f'<svg width="0" height="0" class="symbols" aria-hidden="true" focusable="false">{drawn}</svg>')  # noqa: S704


def _mark(symbol: str, style: str, text: str, title: str) -> Markup:
    drawing = Markup('<svg class="mark" aria-hidden="true" focusable="false"><use href="#{}"/></svg>').format(symbol)
    tooltip = Markup(' title="{}"').format(title) if title else Markup("")
    return Markup('<span class="marked {}"{}>{}{}</span>').format(style, tooltip, drawing, text)


def filiere_mark(filiere: Filiere) -> Markup:
    """A filière: its shape in its colour, and its abbreviation."""
    text = filiere.name if filiere else "Aucune"
    return _mark(f"f-{filiere.name}", f"f-{filiere.name}", text, filiere.label())


def status_mark(status: Status) -> Markup:
    """A status: its shape in its colour, and its word."""
    return _mark(f"s-{status.value}", f"s-{status.value}", label(status), "")


def colours_css() -> Markup:
    """The colours as CSS: variables of the identity, one class per filière and per status."""
    named = {"white": WHITE, "sand": SAND, "line": SAND_LINE, "ink": INK, "soft": INK_SOFT}
    named |= {"action": ACTION, "wrong": WRONG, "waiting": WAITING}
    root = ":root{" + "".join(f"--{name}:{value};" for name, value in named.items()) + "}"
    filieres = "".join(f".f-{f.name}{{--mark:{colour}}}" for f, colour in FILIERE_COLOURS.items())
    statuses = "".join(f".s-{s.value}{{--mark:{colour}}}" for s, colour in STATUS_COLOURS.items())
    return Markup(root + filieres + statuses)  # noqa: S704
