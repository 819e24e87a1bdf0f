"""A small invented nation in a lake of its own, and firms of the platform with the claims that it gives them.

`settle` copies the lake, its key and a run into the folder of the platform; `claims_of` opens the claims of firms;
`make_scene` does both, with people. The nation is made once in a process: pages show true files, down to their lines.
"""

from __future__ import annotations

import atexit
import shutil
import tempfile
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Final

import polars as pl
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import settings
from django.test import Client
from django.utils import timezone

from minassa.claims.models import Claim, Contest, Draw, Line, Restitution, RestitutionLine
from minassa.claims.public import all_runs, check, commit_draw, contest, draw_controls, open_claims, sign
from minassa.declarations.deposit import deposit
from minassa.declarations.lake import Lake
from minassa.entitlements.runs import Run, run
from minassa.hosting.keys import drawn_once
from minassa.intake.public import lake
from minassa.nation import make_nation
from minassa.offer.loading import load_offer
from minassa.registry.models import Account, Appointment, Body, Enterprise, Mandate, Power, Role
from minassa.registry.public import Actor, actor_of
from minassa.steering.indicators.descent import months_behind
from minassa.vocabulary.periods import format_month, month_index

PEOPLE, MONTHS, SEED = 150, 30, 1
UNTIL: Final = month_index(2027, 6)
DEPOSITED: Final = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
RUN: Final = "calcul-0001"
QUARTER: Final = "2025-T4"
"""A quarter whose claims are open whenever the tests are played."""
YEAR: Final = "2025"
"""The year of the premium for training whose claims are open whenever the tests are played."""
SINCE: Final = date(2020, 1, 1)
BACKEND: Final = "allauth.account.auth_backends.AuthenticationBackend"
FIRMS: Final = ("EXEMPLE PREMIER SARL", "EXEMPLE SECOND SARL")
_POWERS: Final = {"prepare": (0, Power.PREPARE), "sign": (0, Power.SIGN), "stranger": (1, Power.SIGN)}
_ROLES: Final = {
    "cnss": ("cnss", Role.OFFICER),
    "dgi": ("dgi", Role.OFFICER),
    "commune": ("commune", Role.OFFICER),
    "secretariat": ("cto", Role.SECRETARIAT),
    "cto": ("cto", Role.CTO_MEMBER),
}
_KEY: Final = bytes(range(32))


@dataclass(frozen=True, slots=True)
class Scene:
    """Two firms with their claims, and by name who acts: of the firms, of bodies, of the committee."""

    firm: Enterprise
    other: Enterprise
    accounts: dict[str, Account]

    def actor(self, name: str) -> Actor:
        """Someone, as who acts."""
        return actor_of(self.accounts[name])

    def browser(self, name: str) -> Client:
        """A browser where someone is signed in, the second factor met where it is needed."""
        account = self.accounts[name]
        if actor_of(account).needs_second_factor and not actor_of(account).second_factor:
            TOTP.activate(account, generate_totp_secret())
        opened = Client()
        opened.force_login(account, BACKEND)
        return opened

    def claim(self, measure: str, period: str, firm: Enterprise | None = None) -> Claim:
        """A claim of the first firm, or of another."""
        return Claim.objects.get(enterprise=firm or self.firm, measure=measure, period=period, superseded_by=None)

    def signed(self, measure: str = "paf", period: str = YEAR) -> Claim:
        """A claim of the first firm, checked and signed."""
        return signed(self.actor("prepare"), self.actor("sign"), self.claim(measure, period), timezone.now())


@cache
def nation() -> Path:
    """The folder of the nation: `lake`, `key` and `runs`, as the command leaves them."""
    folder = Path(tempfile.mkdtemp(prefix="minassa-nation-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    files = folder / "files"
    make_nation(files, people=PEOPLE, months=MONTHS, seed=SEED)
    drawn_once(folder / "key", lambda: _KEY)
    tables = Lake(folder / "lake", _KEY)
    tables.prepare()
    deposit([files], tables, DEPOSITED.isoformat())
    (folder / "runs").mkdir()
    run(tables, tables.versions(), load_offer(), folder / "runs" / RUN, UNTIL)
    shutil.rmtree(files)
    return folder


def settle() -> Run:
    """Copy the nation into the folder of the platform, which must hold no lake yet; the run."""
    home = Path(settings.MINASSA_HOME)
    home.mkdir(parents=True, exist_ok=True)
    shutil.copy(nation() / "key", home / "key")
    for name in ("lake", "runs"):
        shutil.copytree(nation() / name, home / name)
    return all_runs()[-1]


def a_declared_month(affiliation: int) -> dict[str, object]:
    """Where a line of a CNSS file of a firm stands, in the last month of the run: the parts of its address."""
    latest = all_runs()[-1]
    row = months_behind(lake(), latest, affiliation, latest.until).row(0, named=True)
    month = format_month(latest.until)
    return {"affiliation": affiliation, "month": month, "file": row["file_id"], "line": row["line"]}


def a_month() -> dict[str, object]:
    """The report of the last month of the run: the parts of its address."""
    return {"kind": "mois", "name": format_month(all_runs()[-1].until)}


@cache
def affiliations() -> tuple[int, ...]:
    """The firms of the nation that every measure gives something to, those with most employees first."""
    due = Run(nation() / "runs" / RUN).table("amounts").filter("entitled", pl.col("amount_cents") > 0)
    found = due.group_by("affiliation").agg(pl.col("measure").n_unique(), pl.len().alias("lines"))
    ordered = found.sort("measure", "lines", "affiliation", descending=[True, True, False]).collect()
    return tuple(ordered["affiliation"].to_list())


def claims_of(*firms: Enterprise, at: datetime) -> list[Claim]:
    """Make firms of the platform those of the nation with most employees, and open what they may claim at a moment."""
    for firm, affiliation in zip(firms, affiliations(), strict=False):
        firm.affiliation = affiliation
        firm.save(update_fields=["affiliation"])
    open_claims(all_runs()[-1], lake(), at)
    return list(Claim.objects.filter(enterprise__in=firms).order_by("pk"))


def signed(preparer: Actor, signer: Actor, claim: Claim, at: datetime) -> Claim:
    """A claim checked and signed."""
    check(preparer, claim, at)
    return sign(signer, claim, at)


def committed(secretary: Actor, at: datetime, name: str = "Tirage EXEMPLE") -> Draw:
    """The list of all signed claims, committed: every one of them will be drawn."""
    whole = dict.fromkeys(("high", "medium", "low"), 10_000)
    return commit_draw(secretary, name, whole, "Loterie EXEMPLE", at + timedelta(hours=1), at)


def drawn(secretary: Actor, at: datetime, name: str = "Tirage EXEMPLE") -> Draw:
    """The same, drawn: every signed claim is in control."""
    return draw_controls(secretary, committed(secretary, at, name), "3 14 15 92 65 35", at + timedelta(hours=2))


def contested(preparer: Actor, claim: Claim, at: datetime) -> Contest:
    """A claim one line of which the firm contests."""
    return contest(preparer, claim, a_line(claim).pk, "Un mois manque.", at)


def a_line(claim: Claim, rank: int = 0) -> Line:
    """A line of a claim that asks for something."""
    return Line.objects.filter(claim=claim, amount_cents__gt=0).order_by("pk")[rank]


def to_give_back(claim: Claim, at: datetime) -> Restitution:
    """One or two lines of a claim asked back, as if it was paid: a job left too early, then one corrected since."""
    lines = Line.objects.filter(claim=claim, amount_cents__gt=0).order_by("pk")[:2]
    made = [_left(lines[0]), *map(_corrected, lines[1:])]
    restitution = Restitution.objects.create(
        claim=claim, run=RUN, cents=sum(one.cents for one in made), opened_at=at, reply_by=at + timedelta(days=15)
    )
    for one in made:
        one.restitution = restitution
    RestitutionLine.objects.bulk_create(made)
    return restitution


def _left(line: Line) -> RestitutionLine:
    told = {"line": line, "claimed_cents": line.amount_cents, "now_cents": 0, "months_kept": 11, "months_required": 18}
    return RestitutionLine(cause=RestitutionLine.Cause.LEFT, cents=line.amount_cents * 7 // 18, **told)


def _corrected(line: Line) -> RestitutionLine:
    now = line.amount_cents // 2
    told = {"line": line, "claimed_cents": line.amount_cents, "now_cents": now}
    return RestitutionLine(cause=RestitutionLine.Cause.CORRECTED, cents=line.amount_cents - now, **told)


def make_scene() -> Scene:
    """The nation settled, two firms registered, people, and every claim that may be opened now."""
    settle()
    firms = [Enterprise.objects.create(ice=f"{rank:015d}", name=name, place=101) for rank, name in enumerate(FIRMS, 1)]
    accounts = {name: _account(name) for name in (*_POWERS, *_ROLES, "nobody")}
    for name, (rank, power) in _POWERS.items():
        Mandate.objects.create(account=accounts[name], enterprise=firms[rank], power=power, since=SINCE)
    for name, (code, role) in _ROLES.items():
        body, _made = Body.objects.get_or_create(code=code, defaults={"kind": "agency", "name": f"{code} EXEMPLE"})
        Appointment.objects.create(account=accounts[name], body=body, role=role, since=SINCE)
    claims_of(*firms, at=timezone.now())
    return Scene(firms[0], firms[1], accounts)


def _account(name: str) -> Account:
    return Account.objects.create(email=f"{name}@minassa.example", password="!")
