"""The whole nation (280,000 employees, 66 months, synthetic): wall time and memory of the run, growth from a tenth."""

from __future__ import annotations

import os

from bench._nation import MONTHS, NOTICE, asked, folder, prepared, step

from minassa.entitlements.runs import Run


def measured(people: int) -> tuple[float, float, dict[str, int]]:
    """Seconds and peak memory (MiB) of a fresh run, and the rows it wrote."""
    work = prepared(people)
    found = step(folder(people), "run-measured", ["run"], again=True)
    latest = max((work / "runs").glob("*/manifest.json"), key=lambda path: path.stat().st_mtime_ns).parent
    return found["seconds"], found["peak_mib"], Run(latest).manifest["rows"]


def main() -> None:
    """Measure a tenth of the nation, then all of it."""
    people = asked()
    tenth = measured(people // 10)
    whole = measured(people)
    print(f"{NOTICE} ; {MONTHS} mois, {os.cpu_count()} cœurs")
    for size, (seconds, peak, rows) in ((people // 10, tenth), (people, whole)):
        print(f"  {size:>9} salariés : {seconds:7.1f} s, pointe {peak:6.0f} Mio, lignes {rows}")
    print(f"  croissance : temps × {whole[0] / tenth[0]:.2f}, mémoire × {whole[1] / tenth[1]:.2f} pour × 10 salariés")
    for name in ("make", "deposit"):
        note = step(folder(people), name, [])
        print(f"  {name} ({people} salariés) : {note['seconds']:.0f} s, pointe {note['peak_mib']:.0f} Mio")


if __name__ == "__main__":
    main()
