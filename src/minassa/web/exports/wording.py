"""Words of exports: scopes, what each counts, periods."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from minassa.outlook.export.scopes import Scope

SCOPES: Final = {
    Scope.MINISTRY: _("Ancien périmètre (ministère)"),
    Scope.EXCHANGE_OFFICE: _("Nouveau périmètre (Office des changes)"),
    Scope.ACCOUNTS: _("Comptes annuels des entreprises"),
    Scope.STATEMENTS: _("États trimestriels des entreprises"),
}
COUNTS: Final = {
    Scope.MINISTRY: _("Série étroite donnée par le ministère, arrêtée en 2023."),
    Scope.EXCHANGE_OFFICE: _("Recettes des cinq filières selon l'Office des changes, provisoires, depuis 2023."),
    Scope.ACCOUNTS: _("Chiffre d'affaires exporté et encaissé en devises, des comptes remis ici."),
    Scope.STATEMENTS: _("Chiffre d'affaires exporté que les entreprises déclarent ici, trimestre par trimestre."),
}
