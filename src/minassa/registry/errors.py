"""What the registry refuses, each with its code; the sentences quote no number and no name."""

from __future__ import annotations

from collections.abc import Mapping

from minassa.vocabulary.errors import MinassaError


class RegistryError(MinassaError):
    """Root of what the registry refuses."""

    code = "registry"


class WrongIdentity(RegistryError):
    """Numbers of an enterprise that cannot be theirs; `fields` says for each one what is wrong."""

    code = "identity-wrong"

    def __init__(self, message: str, fields: Mapping[str, str]) -> None:
        super().__init__(message, fields=dict(fields))
        self.fields = dict(fields)


class AlreadyKnown(RegistryError):
    """An enterprise with one of these numbers is registered; `fields` names them."""

    code = "enterprise-known"

    def __init__(self, message: str, fields: tuple[str, ...]) -> None:
        super().__init__(message, fields=fields)
        self.fields = fields


class WrongInvitation(RegistryError):
    """An invitation that was used, revoked, is too old, or never was: one answer for all four."""

    code = "invitation-wrong"


class OnePowerEach(RegistryError):
    """An account that prepares for an enterprise cannot sign for it, nor the reverse."""

    code = "one-power-each"


class LastSignatory(RegistryError):
    """An enterprise would be left without anybody who signs."""

    code = "last-signatory"


class WeakPassword(RegistryError):
    """A password that the rules refuse; the message says what to change."""

    code = "password-weak"


class AlreadyHeld(RegistryError):
    """The right is held already on these days."""

    code = "right-held"


class AlreadyAnswered(RegistryError):
    """The request was answered already."""

    code = "request-answered"
