"""Fields of an entry of the reference, as people call them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from minassa.talent.reference.changes import ADD_SYNONYMS

NAMES: Final = {
    "label": _("nom"),
    "definition": _("définition"),
    "isco08": _("groupe de la CITP-08"),
    "cnc": _("niveau du CNC"),
    "filieres": _("filières"),
    "essential": _("compétences essentielles"),
    "optional": _("compétences complémentaires"),
    ADD_SYNONYMS: _("autres noms"),
    "synonyms": _("tous les autres noms"),
    "kind": _("nature"),
    "rome": _("codes ROME"),
    "rome_by": _("origine des codes ROME"),
    "ecf": _("codes e-CF"),
    "sfia": _("codes SFIA"),
    "esco": _("lien vers ESCO"),
    "status": _("validation de l'entrée"),
    "successor": _("successeur"),
}


def field_names(fields: Iterable[str]) -> dict[str, str | Promise]:
    """The words of fields, in the order in which an entry is read; a field without a word keeps its own name."""
    given = list(fields)
    known: dict[str, str | Promise] = {name: label for name, label in NAMES.items() if name in given}
    return known | {name: name for name in given if name not in known}


def listed(value: Any) -> Any:  # noqa: ANN401 (whatever a field holds)
    """A value as a page shows it: codes of a list side by side."""
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else value
