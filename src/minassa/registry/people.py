"""Persons named in cases: kept encrypted, found again by number or by name without anything being decrypted."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from minassa.registry.actors import Actor
from minassa.registry.encryption import blind_index
from minassa.registry.enterprises import Enterprise
from minassa.registry.persons import Person
from minassa.registry.visibility import NONE, visible_persons
from minassa.vocabulary.folding import words
from minassa.vocabulary.identifiers import compact


@dataclass(frozen=True, slots=True)
class Civil:
    """Who a person is, as a form gives it; what is not known is empty."""

    full_name: str
    full_name_arabic: str = ""
    cin: str = ""
    passport: str = ""
    cnss_number: str = ""
    nationality: str = ""


def keep_person(civil: Civil, enterprise: Enterprise | None = None, person: Person | None = None) -> Person:
    """The person with this identity, newly kept or corrected, with the indexes by which they are found again.

    To be called in the transaction of the act that names them; the act asks the policy, not this.
    """
    kept = person or Person(enterprise=enterprise)
    kept.full_name, kept.full_name_arabic = civil.full_name.strip(), civil.full_name_arabic.strip()
    kept.cin, kept.passport, kept.cnss_number = map(compact, (civil.cin, civil.passport, civil.cnss_number))
    kept.nationality = civil.nationality.upper()
    kept.cin_index = _index("cin", kept.cin)
    kept.cnss_index = _index("cnss", kept.cnss_number)
    kept.name_index = [_index("name", word) for word in words(f"{kept.full_name} {kept.full_name_arabic}")]
    kept.save()
    return kept


def persons_by_number(actor: Actor, number: str) -> QuerySet[Person]:
    """The persons whose CIN or CNSS number it is, exactly, among those the actor may know of."""
    typed = compact(number)
    if not typed:
        return Person.objects.none()
    found = Q(cin_index=_index("cin", typed)) | Q(cnss_index=_index("cnss", typed))
    return Person.objects.filter(visible_persons(actor)).filter(found)


def persons_by_name(actor: Actor, text: str) -> QuerySet[Person]:
    """The persons whose name has all these words, spellings apart, among those the actor may know of.

    Whole words only: an index that answered to beginnings of words would give names away.
    """
    wanted = [_index("name", word) for word in words(text)]
    condition = Q(name_index__contains=wanted) if wanted else NONE
    return Person.objects.filter(visible_persons(actor)).filter(condition)


def _index(kind: str, value: str) -> str:
    return blind_index(f"{kind}:{value}") if value else ""
