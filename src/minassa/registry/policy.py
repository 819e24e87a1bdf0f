"""Who may do what: one predicate per action, refused unless it says yes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, ClassVar, Final, TypeAlias

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from minassa.registry.actors import Actor
from minassa.vocabulary.errors import MinassaError

Predicate: TypeAlias = Callable[[Actor, Any], bool]


class Forbidden(MinassaError):
    """The policy refuses this action to this actor."""

    code = "forbidden"


class UnknownAction(MinassaError):
    """An action that no predicate was written for, or that two claim: an error of the program."""

    code = "action-unknown"


@dataclass(frozen=True, slots=True)
class Rule:
    """An action, who may hold it at most, and the predicate that decides for one subject.

    `roles` (of a body), `powers` (of an enterprise), `clients` (the systems of bodies) and `committees` (what a
    committee decides in a session) are a gate before the predicate: holding none of them is a refusal. Without any of
    the four the predicate alone decides.
    """

    name: str
    predicate: Predicate
    label: str | Promise
    roles: frozenset[str]
    powers: frozenset[str]
    clients: bool
    committees: bool

    def holds(self, actor: Actor, subject: Any) -> bool:  # noqa: ANN401 (each action has its own kind of subject)
        """Whether the actor may do it to the subject."""
        return self._gate(actor) and bool(self.predicate(actor, subject))

    @property
    def gated(self) -> bool:
        """Whether it is known beforehand who may hold the action."""
        return bool(self.roles or self.powers or self.clients or self.committees)

    def _gate(self, actor: Actor) -> bool:
        if not self.gated:
            return True
        if self.clients and actor.client_body:
            return True
        if self.committees and actor.sitting:
            return True
        return actor.has_role(*self.roles) or any(self.powers & mandate.powers for mandate in actor.mandates)


class Policy:
    """The table of actions of the platform: filled at start, only read afterwards."""

    _rules: ClassVar[dict[str, Rule]] = {}

    @classmethod
    def add(cls, rule: Rule) -> None:
        """Enter an action; UnknownAction when it is there already, for two predicates would contradict each other."""
        if rule.name in cls._rules:
            raise UnknownAction(f"L'action « {rule.name} » a déjà sa règle.", action=rule.name)
        cls._rules[rule.name] = rule

    @classmethod
    def rules(cls) -> Mapping[str, Rule]:
        """Every action, by name."""
        return MappingProxyType(cls._rules)


def action(
    name: str,
    *,
    label: str | Promise = "",
    roles: Iterable[str] = (),
    powers: Iterable[str] = (),
    clients: bool = False,
    committees: bool = False,
) -> Callable[[Predicate], Predicate]:
    """Register the predicate `(actor, subject) -> bool` of an action; see `Rule` for who may hold it at most.

    The label is the action in words, for the page that shows what each role may do.
    """

    def register(predicate: Predicate) -> Predicate:
        Policy.add(Rule(name, predicate, label, frozenset(roles), frozenset(powers), clients, committees))
        return predicate

    return register


def allowed(actor: Actor, name: str, subject: object = None) -> bool:
    """Whether the actor may do this action to this subject. UnknownAction when no predicate was written for it."""
    rule = Policy.rules().get(name)
    if rule is None:
        raise UnknownAction(f"L'action « {name} » n'a pas de règle : elle est donc refusée à tous.", action=name)
    return rule.holds(actor, subject)


def require(actor: Actor, name: str, subject: object = None) -> None:
    """Do nothing when the action is allowed; Forbidden when it is not."""
    if not allowed(actor, name, subject):
        raise Forbidden(_("Votre rôle ne permet pas cette action."), action=name, actor=str(actor))


def rules() -> Mapping[str, Rule]:
    """Every action of the platform with its rule, by name."""
    return Policy.rules()


SIGNED_IN: Final = "signed-in"
"""The action of pages that anyone with an account may see: they show only what is theirs."""


@action(SIGNED_IN)
def _signed_in(actor: Actor, _subject: object) -> bool:
    return actor.signed_in
