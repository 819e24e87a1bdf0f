"""Reasons of the bank (ISO 20022 external codes) and of our own refusals, in words that say what to do."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

REASONS: Final[Mapping[str, str | Promise]] = MappingProxyType(
    {
        "AC01": gettext_lazy("Le numéro de compte est faux : demandez à l'entreprise son RIB."),
        "AC04": gettext_lazy("Le compte est clos : demandez à l'entreprise un autre RIB."),
        "AC06": gettext_lazy("Le compte est bloqué : l'entreprise doit voir sa banque ou donner un autre RIB."),
        "AG01": gettext_lazy("Ce compte ne reçoit pas de virement : demandez un autre RIB."),
        "AM04": gettext_lazy("La provision du compte qui paie ne suffit pas : alimentez-le, puis ordonnez de nouveau."),
        "AM05": gettext_lazy("La banque croit à un doublon : vérifiez qu'aucun autre ordre n'a été payé."),
        "AM09": gettext_lazy("Le montant n'est pas celui qui était attendu : voyez avec la banque."),
        "BE04": gettext_lazy("L'adresse du bénéficiaire manque : complétez-la."),
        "BE05": gettext_lazy("La banque ne reconnaît pas l'émetteur : voyez avec elle."),
        "CUST": gettext_lazy("Le bénéficiaire a refusé le virement : demandez-lui pourquoi."),
        "DUPL": gettext_lazy("La banque croit à un doublon : vérifiez qu'aucun autre ordre n'a été payé."),
        "FF01": gettext_lazy("Le fichier n'a pas la forme attendue : faites-le lire par un technicien."),
        "MD07": gettext_lazy("Le bénéficiaire n'existe plus : voyez avec l'entreprise."),
        "MS02": gettext_lazy("Le bénéficiaire a demandé le rejet, sans en dire la raison."),
        "MS03": gettext_lazy("La banque n'a pas donné de raison : demandez-la-lui."),
        "NARR": gettext_lazy("La raison est écrite en clair dans le fichier de la banque : lisez-le."),
        "RC01": gettext_lazy("Le code de la banque du bénéficiaire est faux : vérifiez les premiers chiffres du RIB."),
        "RR04": gettext_lazy("Rejet pour une raison de réglementation : voyez avec la banque."),
        "TM01": gettext_lazy("L'ordre est arrivé après l'heure limite : ordonnez de nouveau."),
    }
)

REFUSALS: Final[Mapping[str, str | Promise]] = MappingProxyType(
    {
        "too-large": gettext_lazy("Le fichier est trop grand : demandez à la banque de le couper."),
        "too-many": gettext_lazy("Le fichier a trop de mouvements : demandez à la banque de le couper."),
        "encoding": gettext_lazy("Le fichier n'est pas en UTF-8 : redemandez-le à la banque."),
        "doctype": gettext_lazy("Le fichier contient une déclaration DOCTYPE, qui n'est jamais admise."),
        "not-xml": gettext_lazy("Le fichier est abîmé ou n'est pas du XML : redemandez-le à la banque."),
        "not-a-message": gettext_lazy("Ce n'est ni un pain.002, ni un camt.053, ni un camt.054."),
        "empty": gettext_lazy("Le fichier ne dit rien d'aucun ordre ni d'aucun mouvement."),
    }
)


def reason_in_words(code: str) -> str:
    """What a code of the bank means; a code that is not in the table is shown as it came."""
    if not code:
        return _("La banque n'a pas donné de raison : demandez-la-lui.")
    known = REASONS.get(code)
    return str(known) if known else _("Raison de la banque : %(code)s.") % {"code": code}


def refusal_in_words(code: str) -> str:
    """Why a file of the bank was refused."""
    return str(REFUSALS[code])
