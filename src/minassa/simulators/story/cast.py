"""Who acts in the story: the invented accounts of the demonstration, each with the rights it has today."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from minassa.registry.demonstration import DOMAIN
from minassa.registry.models import Account, Enterprise, Power
from minassa.registry.public import Actor, Mandated, actor_of

BOTH: Final = (Power.PREPARE.value, Power.SIGN.value)
COMMITTEE: Final = ("cto", "cto-cnss", "cto-finances", "cto-industrie", "cto-emploi")
"""Members who come to the sessions of the story: the one who presides, then enough others."""
STEERING: Final = ("copil", "copil-budget", "copil-cdg", "copil-tmsa", "copil-amdie")
"""The same of the steering committee."""


@dataclass(frozen=True, slots=True)
class Cast:
    """The people of the story, by the name of their account."""

    accounts: dict[str, Account]
    actors: dict[str, Actor]

    def __getitem__(self, name: str) -> Actor:
        """Who an account is today."""
        return self.actors[name]

    def preparer(self, firm: Enterprise) -> Actor:
        """Who prepares for a firm: the account that prepares for all firms of the story."""
        return self._for(firm, "accountant", BOTH[:1])

    def signer(self, firm: Enterprise) -> Actor:
        """Who signs for a firm."""
        return self._for(firm, "signataires", BOTH[1:])

    def committee(self) -> list[Actor]:
        """Those who come to the sessions of the technical committee; the first presides."""
        return [self.actors[name] for name in COMMITTEE]

    def steering(self) -> list[Actor]:
        """Those who come to the sessions of the steering committee; the first presides."""
        return [self.actors[name] for name in STEERING]

    def _for(self, firm: Enterprise, name: str, powers: tuple[str, ...]) -> Actor:
        account = self.accounts[name]
        return Actor(account_id=account.pk, email=account.email, mandates=(Mandated(firm.pk, frozenset(powers)),))


def cast() -> Cast:
    """The people of the story."""
    found = {one.email.partition("@")[0]: one for one in Account.objects.filter(email__endswith=f"@{DOMAIN}")}
    return Cast(found, {name: actor_of(account) for name, account in found.items()})
