"""Files given for a P2I: kept encrypted like the documents of firms, known by their digest, read by who follows it."""

from __future__ import annotations

import hashlib
from datetime import datetime
from pathlib import PurePath
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from minassa.journal.public import append
from minassa.onestop import storage
from minassa.onestop.media import EXTENSIONS, media_type_of
from minassa.platforms.errors import EvidenceRefused
from minassa.platforms.models import Evidence
from minassa.registry.public import Actor, require

LARGEST: Final = 10 * 1024 * 1024
LONGEST_NAME: Final = 200


def keep_evidence(actor: Actor, place: int, name: str, content: bytes, at: datetime) -> Evidence:
    """Keep a file, for an act that the caller allows. EvidenceRefused: empty, above 10 MB, or of no known kind."""
    if not content or len(content) > LARGEST:
        raise EvidenceRefused(_("Une pièce pèse de 1 octet à 10 Mo."))
    media_type = media_type_of(content)
    if media_type is None:
        raise EvidenceRefused(_("Formats acceptés : PDF, PNG, JPEG, XLSX sans macros, CSV."))
    stem = PurePath(name.replace("\\", "/")).stem
    shown = "".join(sign for sign in stem if sign.isprintable())[:LONGEST_NAME].strip(" .") or "piece"
    row = Evidence(
        place=place,
        name=shown + EXTENSIONS[media_type],
        media_type=media_type,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        storage_name=storage.keep(content),
        by=str(actor),
        at=at,
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
            told = {"evidence": str(row.uuid), "sha256": row.sha256}
            append(f"platform:{place}", "platform.evidence-given", str(actor), told, at)
    except BaseException:
        storage.forget(row.storage_name)
        raise
    return row


def read_evidence(actor: Actor, evidence: Evidence) -> bytes:
    """The bytes of a file, for who may read what stands behind the P2I."""
    require(actor, "platform.view", evidence)
    return storage.read(evidence.storage_name)
