"""The table of the cockpit made, its page asked, or people signed in, in a process that Django knows."""

from __future__ import annotations

import json
import random
import re
import resource
import sys
import time
from datetime import UTC, datetime
from typing import Any

import django

django.setup()

import polars as pl  # noqa: E402 (Django first)
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret  # noqa: E402
from django.conf import settings  # noqa: E402
from django.test import Client  # noqa: E402
from django.urls import get_resolver  # noqa: E402

from bench._nation import MIB  # noqa: E402
from minassa.entitlements.runs import Run, runs_in  # noqa: E402
from minassa.registry.models import Account, Appointment, Body, Role  # noqa: E402
from minassa.steering.indicators.kept import keep_cube  # noqa: E402
from minassa.steering.indicators.live import to_come  # noqa: E402
from minassa.steering.indicators.vintages import keep_next  # noqa: E402
from minassa.steering.public import publish  # noqa: E402

PAGE, BACKEND = "/fr/pilotage/", "allauth.account.auth_backends.AuthenticationBackend"
FILTERS = 40
REGIONS, P2I, SIZES = range(1, 13), range(101, 106), range(1, 6)


def latest() -> Run:
    """The run of the workspace."""
    return runs_in(settings.MINASSA_HOME / "runs")[-1]


def make() -> dict[str, Any]:
    """Make what is made once after a run: the table, and the published figures with their projection."""
    began = time.perf_counter()
    cube = keep_cube(settings.MINASSA_HOME, latest())
    publish(settings.MINASSA_HOME)
    if cube is None:
        raise SystemExit("no table was made")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MIB
    return {"rows": cube.height, "seconds": time.perf_counter() - began, "peak_mib": peak}


def member(rank: int = 0) -> Client:
    """A browser of a member of the Steering Committee, invented; of another for each rank."""
    body, _ = Body.objects.get_or_create(code="copil", defaults={"name": "EXEMPLE comité"})
    account, new = Account.objects.get_or_create(email=f"exemple{rank}@minassa.example", defaults={"password": "!"})
    if new:
        since = datetime(2025, 1, 1, tzinfo=UTC).date()
        Appointment.objects.create(account=account, body=body, role=Role.STEERING_MEMBER, since=since)
        TOTP.activate(account, generate_totp_secret())
    client = Client()
    client.force_login(account, BACKEND)
    return client


def page(seed: int) -> dict[str, Any]:
    """The first page of this process, then filters drawn from a seed; seconds of the clock and of the processor."""
    client, drawn = member(), random.Random(seed)  # noqa: S311 (drawn again from its seed)
    _ = get_resolver().url_patterns  # the code of a process that serves is loaded
    text, cold, cold_cpu = asked(client, PAGE)
    check(text)
    seconds, cpu = [], []
    for _rank in range(FILTERS):
        cut = {"filiere": drawn.choice(range(1, 6)), "region": drawn.choice(REGIONS)}
        cut |= {"p2i": drawn.choice(P2I), "taille": drawn.choice(SIZES)}
        name = drawn.choice(list(cut))
        since = drawn.choice(range(2025, 2030))
        _text, spent, worked = asked(
            client, f"{PAGE}?{name}={cut[name]}&de={since}-{drawn.choice(range(1, 10)):02d}", part=True
        )
        seconds.append(spent)
        cpu.append(worked)
    return {"cold": cold, "cold_cpu": cold_cpu, "filters": seconds, "filters_cpu": cpu}


def asked(client: Client, address: str, *, part: bool = False) -> tuple[str, float, float]:
    """What an address answers, with the seconds of the clock and of the processor that it took."""
    began, worked = time.perf_counter(), time.process_time()
    response = client.get(address, headers={"HX-Request": "true"} if part else {})
    text = response.content.decode()
    if response.status_code != 200:  # noqa: PLR2004 (the word of HTTP for: here it is)
        raise SystemExit(f"{address}: {response.status_code}")
    return text, time.perf_counter() - began, time.process_time() - worked


def check(text: str) -> None:
    """The net jobs of the page are those of the firms of the run."""
    run = latest()
    months = run.table("firm_month").filter(pl.col("month") == run.until)
    net = months.select(pl.col("headcount_month").sum() - pl.col("headcount_base").sum()).collect().item()
    value = re.search(r'class="value"><bdi[^>]*>([^<]+)</bdi>', text)
    shown = re.sub(r"[^0-9-]", "", value[1].replace("\N{MINUS SIGN}", "-")) if value else ""
    if shown != str(net):
        raise SystemExit(f"the page shows {shown}, the firms give {net}")


def sign_in(number: int) -> list[str]:
    """The cookies of sessions of as many members."""
    return [member(rank).cookies[settings.SESSION_COOKIE_NAME].value for rank in range(number)]


def keep() -> bool:
    """What the worker does once after a run is done: what is measured then is the reading of pages alone."""
    kept = keep_next(datetime.now(UTC))
    to_come(latest())
    return kept


DONE = {"make": lambda _number: make(), "keep": lambda _number: keep(), "page": page, "sign-in": sign_in}

if __name__ == "__main__":
    print(json.dumps(DONE[sys.argv[1]](int(sys.argv[2]) if len(sys.argv) > 2 else 0)))  # noqa: PLR2004 (a number follows)
