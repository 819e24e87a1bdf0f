"""The whole nation (280,000 employees, 66 months, synthetic rows): time and memory of the run, growth from a tenth."""

from __future__ import annotations

import os

from bench._nation import MONTHS, NOTICE, asked, prepared
from minassa.entitlements.runs import Run


def main() -> None:
    """Measure a tenth of the nation, then all of it, each in a process of its own."""
    people = asked()
    print(f"{NOTICE} ; {MONTHS} mois, {os.cpu_count()} cœurs", flush=True)
    found = []
    for size in (people // 10, people):
        path, measured = prepared(size, again=True)
        found.append(measured)
        rows = Run(path).manifest["rows"]
        seconds, peak = measured["seconds"], measured["peak_mib"]
        print(f"  {size:>9} salariés : {seconds:7.1f} s, pointe {peak:6.0f} Mio, lignes {rows}", flush=True)
    time, memory = (found[1][key] / found[0][key] for key in ("seconds", "peak_mib"))
    print(f"  croissance : temps × {time:.2f}, mémoire × {memory:.2f} pour × 10 salariés")


if __name__ == "__main__":
    main()
