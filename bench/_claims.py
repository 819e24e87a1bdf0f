"""Claims of a made-up nation opened, read and looked at again on a database, in a process that Django knows."""

from __future__ import annotations

import json
import sys
import time
from datetime import UTC, datetime
from typing import Any

import django

django.setup()

from django.db.models import Sum  # noqa: E402 (Django first)

from bench._nation import Rows, ran  # noqa: E402
from minassa.claims.models import Claim, Line  # noqa: E402
from minassa.claims.public import explained, is_intact, open_claims, recheck  # noqa: E402
from minassa.registry.models import Account, Enterprise, Mandate  # noqa: E402
from minassa.registry.public import actor_of  # noqa: E402

AT = datetime(2030, 9, 2, 9, 0, tzinfo=UTC)
MEASURE = {"one": ("air", "2030-T1"), "nation": ("air", "2029-T4")}


def register(affiliations: list[int]) -> None:
    """The firms of the nation, invented."""
    Enterprise.objects.bulk_create(
        Enterprise(ice=f"{number:015d}", affiliation=number, name=f"EXEMPLE {number} FICTIF") for number in affiliations
    )


def timed(found: dict[str, Any], name: str, began: tuple[float, float]) -> None:
    """Seconds of the clock and of this process since."""
    found[name] = {"seconds": time.perf_counter() - began[0], "cpu": time.process_time() - began[1]}


def now() -> tuple[float, float]:
    """The clock and the time of this process."""
    return time.perf_counter(), time.process_time()


def one_firm(people: int) -> dict[str, Any]:
    """The claim of the largest firm: prepared and checked, each line explained, its digests verified."""
    run, rows = ran(people), Rows(ran(people).path.parent)
    measure, period = MEASURE["one"]
    amounts = run.table("amounts").filter(measure=measure).collect()
    largest = int(amounts["affiliation"].value_counts(sort=True)["affiliation"][0])
    register([largest])
    found: dict[str, Any] = {}
    began = now()
    open_claims(run, rows, AT, (measure,), period)
    timed(found, "prepared and checked", began)
    claim = Claim.objects.get()
    account = Account.objects.create_user("exemple@minassa.example")
    Mandate.objects.create(account=account, enterprise=claim.enterprise, power="sign", since=AT.date())
    actor = actor_of(account, AT.date())
    began = now()
    lines = [(one.conditions, one.reasons) for one in explained(actor, claim)]
    timed(found, "explained", began)
    began = now()
    intact = is_intact(claim)
    timed(found, "verified", began)
    if not intact or len(lines) != claim.line_count:
        raise SystemExit("the claim is not what was frozen")
    return {"lines": claim.line_count, "times": found}


def nation(people: int) -> dict[str, Any]:
    """The claims of every firm for a quarter: opened, then looked at again from the same run, nothing changed."""
    run, rows = ran(people), Rows(ran(people).path.parent)
    measure, period = MEASURE["nation"]
    register(run.table("amounts").select("affiliation").unique().collect()["affiliation"].sort().to_list())
    found: dict[str, Any] = {}
    began = now()
    open_claims(run, rows, AT, (measure,), period)
    timed(found, "opened", began)
    began = now()
    again = recheck(run, rows, AT)
    timed(found, "looked at again", began)
    asked = Claim.objects.aggregate(sum=Sum("total_cents"))["sum"]
    if any(one.changed for one in again) or asked != Line.objects.aggregate(sum=Sum("amount_cents"))["sum"]:
        raise SystemExit("the claims do not add up")
    return {"claims": len(again), "lines": Line.objects.count(), "times": found}


if __name__ == "__main__":
    made = {"one": one_firm, "nation": nation}[sys.argv[1]](int(sys.argv[2]))
    sys.stdout.write(json.dumps(made) + "\n")
