"""The chart of accounts and the kinds of operation. A debit is above zero, a credit below."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class AccountCode(models.TextChoices):
    """Accounts; each is kept for a firm (or none), a measure and a budget year."""

    CREDITS_OPENED = "credits_opened", _("crédits ouverts")
    CREDITS_AVAILABLE = "credits_available", _("crédits disponibles")
    CREDITS_COMMITTED = "credits_committed", _("crédits engagés")
    EXPENSE = "expense", _("dépenses de l'offre")
    ENTITLED = "entitled", _("droits à payer")
    SUSPENDED = "suspended", _("droits suspendus")
    PAYABLE = "payable", _("ordres en cours de paiement")
    TREASURY = "treasury", _("compte du Trésor")
    RECEIVABLE = "receivable", _("sommes à rendre par l'entreprise")
    ADVANCES = "advances", _("avances à imputer")


FIRM_ACCOUNTS = (AccountCode.ENTITLED, AccountCode.SUSPENDED, AccountCode.PAYABLE, AccountCode.RECEIVABLE)
"""What stands between the State and a firm."""


class OperationKind(models.TextChoices):
    """What a transaction records."""

    ENVELOPE = "envelope", _("crédits ouverts, changés ou reportés")
    ENTITLEMENT = "entitlement", _("droit reconnu")
    ADVANCE = "advance", _("avance accordée")
    REVERSAL = "reversal", _("droit annulé")
    COMMITMENT = "commitment", _("crédits engagés")
    DECOMMITMENT = "decommitment", _("engagement rendu")
    ORDER = "order", _("ordre de paiement validé")
    PAYMENT = "payment", _("paiement exécuté par la banque")
    REJECTION = "rejection", _("ordre rejeté par la banque")
    RETURN_OF_FUNDS = "return_of_funds", _("fonds revenus de la banque")
    SUSPENSION = "suspension", _("droit suspendu")
    RELEASE = "release", _("suspension levée")
    RECOVERY = "recovery", _("somme à rendre")
    IMPUTATION = "imputation", _("avance imputée sur un droit")
    CORRECTION = "correction", _("paiement de trop reconnu")
    SET_OFF = "set_off", _("somme à rendre retenue sur un paiement")
    RECEIPT = "receipt", _("somme rendue par l'entreprise")
