"""Makes the people and systems of a benchmark of the platform, and prints what opens their doors: a script of its own.

`python -m bench._cast FIRMS`: so many firms with one who signs, five agencies with a system, the committee. Sessions
are opened here, without their forms: signing in is not what is measured. All invented.
"""

from __future__ import annotations

import json
import os
import sys
from datetime import date
from typing import Any

import django

SINCE = date(2025, 1, 1)
PDF = b"%PDF-1.4\n% document EXEMPLE, synthetique\n%%EOF\n"


def main(firms: int) -> dict[str, Any]:
    """Make them all; a session for each person, secrets for each system."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "minassa.web.settings")
    django.setup()
    from allauth.mfa.models import Authenticator  # noqa: PLC0415 (Django is set up only now)
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret  # noqa: PLC0415
    from django.conf import settings  # noqa: PLC0415
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: PLC0415
    from django.contrib.sessions.backends.db import SessionStore  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    from minassa.onestop.clients import SCOPES, create_client  # noqa: PLC0415
    from minassa.onestop.public import give_document, publish_procedures  # noqa: PLC0415
    from minassa.registry.models import Account, Appointment, Body, Enterprise, Mandate, Park  # noqa: PLC0415
    from minassa.registry.public import actor_of  # noqa: PLC0415
    from minassa.vocabulary.identifiers import ice_with_key  # noqa: PLC0415

    now = timezone.now()

    def account(name: str) -> Account:
        made = Account.objects.get_or_create(email=f"{name}@minassa.example", defaults={"password": "!"})[0]
        if not Authenticator.objects.filter(user=made).exists():
            TOTP.activate(made, generate_totp_secret())
        return made

    def session(who: Account) -> str:
        kept = SessionStore()
        kept[SESSION_KEY] = str(who.pk)
        kept[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        kept[HASH_SESSION_KEY] = who.get_session_auth_hash()
        kept.save()
        return str(kept.session_key)

    def appointed(name: str, body: Body, role: str) -> Account:
        made = account(name)
        Appointment.objects.get_or_create(account=made, body=body, role=role, since=SINCE)
        return made

    codes = (
        "cnss",
        "dgi",
        "commune",
        "immigration",
        "gisre",
        "anapec",
        "cri",
        "cto",
        "minassa",
        "casanearshore-manager",
    )
    bodies = {
        code: Body.objects.get_or_create(
            code=code, defaults={"kind": "agency", "name": f"{code} EXEMPLE", "answers_by_api": code in codes[:2]}
        )[0]
        for code in codes
    }
    Park.objects.get_or_create(place=101, defaults={"manager": bodies["casanearshore-manager"], "since": SINCE})
    publish_procedures(now)
    administrator = actor_of(appointed("admin", bodies["minassa"], "administrator"))
    people = []
    for rank in range(firms):
        ice = ice_with_key((999_950_001 + rank) * 10_000)
        firm = Enterprise.objects.get_or_create(
            ice=ice, defaults={"name": f"EXEMPLE BANC {rank}", "place": 101, "filiere": 2}
        )[0]
        who = account(f"banc{rank}")
        for power in ("prepare", "sign"):
            Mandate.objects.get_or_create(account=who, enterprise=firm, power=power, since=SINCE)
        lease = give_document(actor_of(who), firm, "premises_contract", "bail.pdf", PDF, now)
        people.append({"ice": ice, "enterprise": firm.pk, "session": session(who), "document": str(lease.uuid)})
    systems = {}
    for code in codes[:5]:
        made = create_client(administrator, bodies[code], SCOPES, now)
        systems[code] = {"client_id": made.client_id, "secret": made.secret, "signing_secret": made.signing_secret}
    return {
        "firms": people,
        "systems": systems,
        "committee": session(appointed("cto", bodies["cto"], "cto_member")),
        "officer": session(appointed("cnss", bodies["cnss"], "officer")),
    }


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1]))))
