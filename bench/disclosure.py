"""The published data of a synthetic nation attacked: two releases, dominance, a firm's own numbers, linear bounds.

    python -m bench.disclosure [PEOPLE]

A nation of 6,000 people (unless told) is filed, computed and published three times, as it came in; one firm is late.
Its three releases are attacked with the control on, then as they would be without it. The attacks: `bench/_attacks.py`.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from bench._attacks import Found, Published, read, subtracted, worked_out
from bench._goals import Goal
from bench._nation import NOTICE, ROOT
from minassa.entitlements.runs import Run, runs_in
from minassa.outlook.disclosure.tables import Key, Shape
from minassa.steering.releases.controlled import Release, release
from minassa.steering.releases.shapes import never_published
from minassa.vocabulary.periods import format_month

PEOPLE, TODAY, EVERY = 6_000, "2026-11-30", 6
SHOWN = 6
COMMAND = "from minassa.cli.main import main; main()"


def nation(home: Path, people: int) -> list[Run]:
    """The runs of a nation that was filed over time."""
    asked = ["--workspace", str(home), "demo", "--people", str(people), "--today", TODAY]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    subprocess.run([sys.executable, "-c", COMMAND, *asked], check=True, env=environment, stdout=subprocess.DEVNULL)
    return runs_in(home / "runs")


def tables(made: Release, *, controlled: bool) -> dict[str, Published]:
    """Every table of a release as it is published, or as it would be without control."""
    named = {f"jobs {format_month(month)}": told for month, told in made.months.items()} | made.tables
    return {
        name: Published(name, one.table, one.hidden if controlled else _never(name, one.table.shape))
        for name, one in named.items()
    }


def _never(name: str, shape: Shape) -> frozenset[Key]:
    """What no table tells, control or not."""
    return never_published(shape) if name.startswith("jobs ") or name == "new_jobs" else frozenset()


def attacks(releases: list[dict[str, Published]]) -> Iterator[Found]:
    """Every attack on every release; linear programmes on the last month and one in six before it."""
    for rank, seen in enumerate(releases):
        months = sorted(name for name in seen if name.startswith("jobs "))
        solved = {*months[::-EVERY], *(name for name in seen if name not in months)}
        for name, table in seen.items():
            yield from read(table)
            if name in solved:
                yield from worked_out(table, table.table.shape.arcs)
            if rank and name in releases[rank - 1]:
                yield from subtracted(table, releases[rank - 1][name])


def told(found: list[Found]) -> None:
    """What came out, attack by attack."""
    for attack, count in sorted(Counter(one.attack for one in found).items()):
        print(f"    {attack}: {count}")
        for one in [each for each in found if each.attack == attack][:SHOWN]:
            who = "anyone" if one.reader == -1 else f"firm {one.reader}"
            where = " ".join(part for part in one.key if part)
            print(f"      {one.table}, {where}: {who} reads {one.estimate:.0f} for {one.value}")


def main() -> None:
    """Print what is found with the control and without it."""
    people = int(sys.argv[1]) if len(sys.argv) > 1 else PEOPLE
    with tempfile.TemporaryDirectory(prefix="minassa-disclosure-") as folder:
        runs = nation(Path(folder), people)
        began = time.process_time()
        controlled: list[Release] = []
        for run in runs:
            controlled.append(release(run, controlled[-1].kept if controlled else None))
        seconds = time.process_time() - began
        # Without control, each release stands alone and hides nothing of its tables.
        bare = [release(run) for run in runs]
    print(f"{NOTICE} ; {people} salariés, {len(runs)} publications, contrôle {seconds:.1f} s de processeur")
    seen = [(name, one) for made in controlled for name, one in tables(made, controlled=True).items()]
    shown = sum(one.told(key) for _name, one in seen for key in one.table.values)
    whole = sum(key not in _never(name, one.table.shape) for name, one in seen for key in one.table.values)
    print(f"  nombres publiés : {shown} sur {whole} ; blocs retenus {[made.withheld for made in controlled]}")
    results = {}
    for controls, releases in ((True, controlled), (False, bare)):
        results[controls] = list(attacks([tables(made, controlled=controls) for made in releases]))
        print(f"  contrôle {'mis' if controls else 'ôté'} : {len(results[controls])} nombres trouvés")
        told(results[controls])
    Goal("nombres trouvés, contrôle mis", len(results[True]), 0, "").say()
    Goal("nombres trouvés, contrôle ôté", len(results[False]), 1, "", least=True).say()


if __name__ == "__main__":
    main()
