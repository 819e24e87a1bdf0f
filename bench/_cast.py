"""Makes the people and systems of a benchmark of the platform, and prints what opens their doors: a script of its own.

`python -m bench._cast FIRMS`: so many firms with one who signs, five agencies with a system, the committee. Sessions
are opened here, without their forms: signing in is not what is measured. All invented.
"""

# ruff: noqa: E402 (models are there once Django is set up)
from __future__ import annotations

import json
import os
import sys
from datetime import date
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "minassa.web.settings")
django.setup()

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone

from minassa.onestop.clients import SCOPES, create_client
from minassa.onestop.public import give_document, publish_procedures
from minassa.registry.models import Account, Appointment, Body, Enterprise, Mandate, Park
from minassa.registry.public import actor_of
from minassa.vocabulary.identifiers import ice_with_key

SINCE = date(2025, 1, 1)
PDF = b"%PDF-1.4\n% document EXEMPLE, synthetique\n%%EOF\n"
CODES = ("cnss", "dgi", "commune", "immigration", "gisre", "anapec", "cri", "cto", "minassa", "casanearshore-manager")


def account(name: str) -> Account:
    """An invented person with a second factor."""
    made = Account.objects.get_or_create(email=f"{name}@minassa.example", defaults={"password": "!"})[0]
    if not Authenticator.objects.filter(user=made).exists():
        TOTP.activate(made, generate_totp_secret())
    return made


def session(who: Account) -> str:
    """The key of a session opened for someone."""
    kept = SessionStore()
    kept[SESSION_KEY] = str(who.pk)
    kept[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    kept[HASH_SESSION_KEY] = who.get_session_auth_hash()
    kept.save()
    return str(kept.session_key)


def appointed(name: str, body: Body, role: str) -> Account:
    """Someone who holds a role in a body."""
    made = account(name)
    Appointment.objects.get_or_create(account=made, body=body, role=role, since=SINCE)
    return made


def body(code: str) -> Body:
    """A body; the first two answer by their system."""
    kept = {"kind": "agency", "name": f"{code} EXEMPLE", "answers_by_api": code in CODES[:2]}
    return Body.objects.get_or_create(code=code, defaults=kept)[0]


def firm(rank: int) -> dict[str, Any]:
    """A firm, who signs for it, and the document that it will use."""
    ice = ice_with_key((999_950_001 + rank) * 10_000)
    named = {"name": f"EXEMPLE BANC {rank}", "place": 101, "filiere": 2}
    made = Enterprise.objects.get_or_create(ice=ice, defaults=named)[0]
    who = account(f"banc{rank}")
    for power in ("prepare", "sign"):
        Mandate.objects.get_or_create(account=who, enterprise=made, power=power, since=SINCE)
    lease = give_document(actor_of(who), made, "premises_contract", "bail.pdf", PDF, timezone.now())
    return {"ice": ice, "enterprise": made.pk, "session": session(who), "document": str(lease.uuid)}


def main(firms: int) -> dict[str, Any]:
    """Make them all; a session for each person, secrets for each system."""
    now = timezone.now()
    bodies = {code: body(code) for code in CODES}
    Park.objects.get_or_create(place=101, defaults={"manager": bodies["casanearshore-manager"], "since": SINCE})
    publish_procedures(now)
    administrator = actor_of(appointed("admin", bodies["minassa"], "administrator"))
    people = [firm(rank) for rank in range(firms)]
    systems = {}
    for code in CODES[:5]:
        made = create_client(administrator, bodies[code], SCOPES, now)
        systems[code] = {"client_id": made.client_id, "secret": made.secret, "signing_secret": made.signing_secret}
    return {
        "firms": people,
        "systems": systems,
        "committee": session(appointed("cto", bodies["cto"], "cto_member")),
        "secretary": session(appointed("secretariat", bodies["cto"], "secretariat")),
        "officer": session(appointed("cnss", bodies["cnss"], "officer")),
        "manager": session(appointed("parc", bodies["casanearshore-manager"], "park_manager")),
    }


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1]))))
