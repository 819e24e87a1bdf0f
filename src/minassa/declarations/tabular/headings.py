"""The first line of a sheet against the headings of its form."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from minassa.declarations.tabular.forms import REMARK, Form, nearest
from minassa.declarations.tabular.refusals import Refused

Place = Callable[[int], tuple[int, int]]


def match(form: Form, headings: Sequence[str], place: Place) -> tuple[dict[str, int], list[tuple[int, str]]]:
    """The rank of each heading of the form, and the ranks of headings that are of no form with what to say of them.

    `place` gives the line and column of the heading of a rank. Raises Refused when a heading is missing or given twice.
    """
    given = [heading.strip().casefold() for heading in headings]
    counts = Counter(given)
    for heading in (*form.headings, REMARK):
        if counts[heading] > 1:
            rank = [at for at, each in enumerate(given) if each == heading][1]
            raise Refused(
                "ENTETE-DOUBLE", f"La colonne « {heading} » est donnée deux fois : gardez la bonne.", *place(rank)
            )
    strange = [rank for rank, heading in enumerate(given) if heading and heading not in (*form.headings, REMARK)]
    missing = [heading for heading in form.headings if heading not in counts]
    if missing:
        raise Refused("ENTETE-ABSENTE", _missing(form, missing, [given[rank] for rank in strange]), *place(0))
    ranks = {heading: given.index(heading) for heading in (*form.headings, REMARK) if heading in counts}
    return ranks, [(rank, _strange(rank)) for rank in strange]


def _missing(form: Form, missing: list[str], strange: list[str]) -> str:
    if len(missing) == len(form.headings):
        return "La première ligne ne porte pas les noms des colonnes : partez du modèle à remplir."
    meant = [
        f"« {heading} » (écrit autrement ?)" if nearest(heading, tuple(strange)) else f"« {heading} »"
        for heading in missing
    ]
    return f"Colonnes absentes : {', '.join(meant)} ; ajoutez-les à la première ligne, vides si besoin."


def _strange(rank: int) -> str:
    # The text itself is not quoted: without a first line of headings it would be somebody's data.
    return f"La colonne n° {rank + 1} n'est pas de ce formulaire, elle est ignorée : supprimez-la."
