"""Levers moved on the page of reforms of a whole nation (synthetic), over HTTP, beside OpenFisca-Core on the same rows.

    python -m bench.reforms_live [PEOPLE]

The platform is started on a run of the nation (280,000 people, 66 months unless told); a person moves a lever, as htmx
asks it, and gets the results drawn again. What is timed: from the request sent to the last byte of the body, each value
of a lever asked once. Two values of each lever are computed again from nothing and must give the same centimes on the
page. OpenFisca has rules of the premium (PAE) and of income tax with AIR only, no page, no sums by filière or firm: it
is given its rows in memory, every condition that is not moved as an input, and timed on `set_input` and `calculate`.
"""

from __future__ import annotations

import http.client
import os
import re
import resource
import statistics
import tempfile
import time
from pathlib import Path
from typing import Any
from urllib.parse import quote

import polars as pl
import psutil

from bench._employee_months import MONTH, law_of
from bench._goals import Goal
from bench._nation import NOTICE, asked, ran
from bench._openfisca import INPUTS, OpenFisca
from bench._openfisca_pae import Asked, Premium
from bench._platform import Bench, machine, started
from bench._processor import seconds_of
from bench.reforms import recomputed
from minassa.engine import Offer, read_reform, reform
from minassa.entitlements.replays import offer_of
from minassa.entitlements.runs import Run
from minassa.offer.loading import codes, load_offer
from minassa.outlook.levers import reform_of, written
from minassa.outlook.trial import Trial

RATES = (1500, 1600, 1800, 1900, 2000, 2200, 2400, 2500, 2800, 3000)
MOVES: dict[str, list[dict[str, int]]] = {
    "taux de la PAE": [{"pae_rate": rate} for rate in RATES],
    "plafond AIR d'un P2I": [{"air_cap.casanearshore": rate - 700} for rate in RATES],
    "les 18 mois": [{"pae_stay_months": months} for months in (6, 9, 12, 13, 14, 15, 16, 20, 24, 30)],
    "emplois nets exigés": [{"pae_net_creation_required": 1, "pae_rate": rate} for rate in RATES],
    "barème de l'impôt": [{"income_tax_scale.rate-5": rate + 1500} for rate in RATES],
    "une condition levée": [{"air_firm_eligible": 0, "air_cap.casanearshore": rate - 700} for rate in RATES],
}
MEDIAN_S, WORST_S = 0.5, 1.0
LOADING = "se chargent"
"""What the page says while a process of the server loads the run."""
QUIET = 6
"""Answers with results, one after the other, after which every process of the server has loaded the run."""
PIECE = 1_000_000
AMOUNT = re.compile(r'<bdi dir="ltr">([^<]*)</bdi>')


def page(link: http.client.HTTPConnection, session: str, changes: dict[str, int]) -> tuple[str, float]:
    """The results drawn for a reform, and the seconds from the request to the last byte."""
    query = "&".join(f"{quote(code)}={value}" for code, value in changes.items())
    began = time.perf_counter()
    headers = {"Cookie": f"sessionid={session}", "HX-Request": "true"}
    link.request("GET", f"/fr/essais/?{query}", headers=headers)
    answer = link.getresponse()
    content = answer.read()
    seconds = time.perf_counter() - began
    if answer.status != http.client.OK:
        raise SystemExit(f"{query} : {answer.status}")
    return content.decode(), seconds


def warmed(link: http.client.HTTPConnection, session: str) -> float:
    """Ask until every process of the server has loaded the run; the seconds that it took."""
    began, answered = time.perf_counter(), 0
    while answered < QUIET:
        content, _seconds = page(link, session, {"pae_rate": 1701 + answered})
        answered = 0 if LOADING in content else answered + 1
        time.sleep(0.2)
    return time.perf_counter() - began


def shown_total(content: str) -> int:
    """The total under the reform that the page shows, in centimes."""
    told = content.partition('<p class="told">')[2].partition("</p>")[0]
    return int("".join(letter for letter in AMOUNT.findall(told)[1] if letter.isdecimal()))


def measured(bench: Bench, session: str, base: Offer, run: Run) -> list[float]:
    """Each kind of lever moved ten times, and its line; all the seconds."""
    link = http.client.HTTPConnection("127.0.0.1", bench.port, timeout=120)
    print(f"chargement du calcul par le serveur : {warmed(link, session):.1f} s ; {memory(bench):.1f} GiB en tout")
    every: list[float] = []
    for kind, moves in MOVES.items():
        before, seconds, pages = seconds_of(bench.pid("web")), [], []
        for changes in moves:
            content, spent = page(link, session, changes)
            seconds.append(spent)
            pages.append(content)
        used = (seconds_of(bench.pid("web")) - before) / len(moves)
        for rank in (0, -1):
            if shown_total(pages[rank]) != sum(recomputed(base, run, written(base, moves[rank], "t")).values()):
                raise SystemExit(f"{kind} : la page ne donne pas les montants du calcul complet")
        told = f"médiane {statistics.median(seconds):.3f} s, pire {max(seconds):.3f} s, processeur {used:.3f} s"
        print(f"  {kind:22} {told}, {len(pages[0]) / 1e3:.0f} ko, égal au centime", flush=True)
        every += seconds
    return every


def memory(bench: Bench) -> float:
    """GiB of the processes of the web server together."""
    web = psutil.Process(bench.pid("web"))
    return float(sum(one.memory_info().rss for one in (web, *web.children(recursive=True)))) / 1024**3


def rival(base: Offer, run: Run) -> dict[str, list[float]]:
    """The same reforms under OpenFisca on the same rows, its seconds by kind; by how much its sum misses, printed."""
    premium, spent = Premium(base, run), dict[str, list[float]]()
    asked_of = {
        "taux de la PAE": (Asked(2500, 18, net_creation=False), {"pae_rate": 2500}),
        "les 18 mois": (Asked(1700, 12, net_creation=False), {"pae_stay_months": 12}),
        "emplois nets exigés": (Asked(1700, 18, net_creation=True), {"pae_net_creation_required": 1}),
    }
    for kind, (given, changes) in asked_of.items():
        turns = [premium.run(given) for _ in range(5)]
        exact = recomputed(base, run, written(base, changes, "t"))["pae"] / 100
        spent[kind] = [one.wall for _sum, one in turns]
        print(f"  OpenFisca, {kind} : {premium.rows:,} recrues, sa somme s'écarte de {turns[0][0] - exact:+,.2f} MAD")
    spent["plafond AIR d'un P2I"] = _capped(base, run)
    return spent


def bare(base: Offer, run: Run) -> dict[str, list[float]]:
    """The same reforms by the engine without a page, aggregates along every axis included; seconds by kind."""
    trial = Trial(base, run)
    trial.outcome(reform_of(base, {"paf_rate": 1}, "t"))
    spent: dict[str, list[float]] = {}
    for kind, moves in MOVES.items():
        seconds = []
        for changes in moves:
            began = time.perf_counter()
            trial.outcome(reform_of(base, changes, "t"))
            seconds.append(time.perf_counter() - began)
        spent[kind] = seconds
    return spent


def _capped(base: Offer, run: Run) -> list[float]:
    """Income tax and AIR of every period with another cap in a P2I, at the figures of the month of the law."""
    law = reform(base, read_reform("{name: t, figures: {air_cap: {casanearshore: 1500}}}", codes()))
    columns = [column for column, _kind in INPUTS.values()]
    rows = run.table("employee_period").select(columns).collect()
    given: dict[str, Any] = {name: rows[name].to_numpy() for name in columns}
    made = OpenFisca(given, law_of(law.at("employee_period", MONTH)), PIECE)
    print(f"  OpenFisca, plafond AIR d'un P2I : {rows.height:,} périodes")
    return [made.run()[1].wall for _ in range(3)]


def main() -> None:
    """Start the platform on the nation, move the levers, then let the rival do the same."""
    people = asked()
    run = ran(people)
    base = offer_of(run, load_offer())
    rows = {name: run.table(name).select(pl.len()).collect().item() for name in ("employee_period", "hire")}
    print(f"{NOTICE} ; {people:,} personnes au départ, {rows['employee_period']:,} périodes, {rows['hire']:,} recrues")
    with tempfile.TemporaryDirectory(prefix="minassa-bench-") as name:
        home = Path(name)
        (home / "runs").mkdir()
        (home / "runs" / "calcul-0001").symlink_to(run.path.resolve())
        with started(home, worker=False) as bench:
            print(machine(bench.url))
            session = bench.run("bench._cast", "1")["secretary"]
            every = measured(bench, session, base, run)
    for who, timed in (("sans page", bare(base, run)), ("OpenFisca", rival(base, run))):
        for kind, seconds in timed.items():
            print(f"  {who}, {kind:22} médiane {statistics.median(seconds):.3f} s, pire {max(seconds):.3f} s")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    print(f"charge après {os.getloadavg()[0]:.1f} ; pointe de mémoire de la mesure elle-même {peak:.1f} GiB")
    Goal("a lever moved on the page, median", statistics.median(every), MEDIAN_S, "s").say()
    Goal("a lever moved on the page, worst", max(every), WORST_S, "s").say()


if __name__ == "__main__":
    main()
