"""The keys of a lake, all derived from the one its owner keeps, and the proof that it is always the same one."""

from __future__ import annotations

import hmac
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from minassa.declarations.durable import write_atomically
from minassa.declarations.pseudonyms import KEY_BYTES, KeyTooShort
from minassa.vocabulary.errors import MinassaError

_FORMAT: Final = 1


class WrongKey(MinassaError):
    """The key is not the one the lake was made with: persons would get other pseudonyms."""

    code = "lake-wrong-key"


class LakeUnreadable(MinassaError):
    """What stands there is not a lake of this version of Minassa."""

    code = "lake-unreadable"


@dataclass(frozen=True, slots=True, repr=False)
class Keys:
    """What is derived from the owner's key: one key for pseudonyms, one for packs, and a check that reveals neither."""

    pseudonyms: bytes
    packs: bytes
    check: str


def derive(key: bytes) -> Keys:
    """Derive the keys of a lake (HKDF-SHA256). `KeyTooShort` for a key of fewer than `KEY_BYTES` bytes."""
    if len(key) < KEY_BYTES:
        raise KeyTooShort(len(key))
    pseudonyms, packs, check = (
        HKDF(algorithm=SHA256(), length=32, salt=None, info=use).derive(key)
        for use in (b"minassa lake pseudonyms", b"minassa lake packs", b"minassa lake check")
    )
    return Keys(pseudonyms, packs, check.hex())


def remember(description: Path, keys: Keys) -> None:
    """Write the description of a new lake, with the check of its key."""
    text = json.dumps({"format": _FORMAT, "key_check": keys.check}, indent=2)
    write_atomically(description, [text.encode()])


def verify(description: Path, keys: Keys) -> None:
    """Refuse (`WrongKey`, `LakeUnreadable`) a lake made with another key or by another version."""
    try:
        said = json.loads(description.read_bytes())
        known, check = said["format"], str(said["key_check"])
    except (OSError, ValueError, KeyError, TypeError) as cause:
        raise LakeUnreadable("La description du lac est illisible : restaurez-la d'une sauvegarde.") from cause
    if known != _FORMAT:
        raise LakeUnreadable(f"Ce lac est au format {known} ; cette version de Minassa lit le format {_FORMAT}.")
    if not hmac.compare_digest(check, keys.check):
        raise WrongKey("La clé donnée n'est pas celle de ce lac : reprenez celle qui a servi à le créer.")
