"""Messages lost or done twice under faults and kill -9, agencies at one instant, lateness of timers; all invented.

    python -m bench.faults [--messages 100000] [--rounds 10000] [--timers 100000] [--seed N] [--minutes 30]

1. Messages: cases come in by SQL, with two messages to each of five agencies and its answer. Agencies are the
   simulators of the demonstration, each behind a TCP proxy of ours, and so is the platform for them: latency, resets,
   half-open connections, outages by turns; answers doubled and reordered; the worker, the server of pages, an agency,
   a process of PostgreSQL or all of it killed (-9) at random. Lost: not in the record of the agency, or not answered in
   the journal. Double: a task answered twice, a case joined twice. Order: messages of a case reach an agency in the
   order in which they were owed. Recovery: from a kill until what the killed process does is done again.
2. Five agencies answer one case at the same instant, over five connections: the case is joined once.
3. Timers fall due within a minute, a worker is killed meanwhile: how late each was seen to.

0 leaves a part out; each runs on a platform of its own. A figure of 0 is printed as found, and anything else ends the
benchmark with an error. `--seed` draws the same faults again, though not at the same moments of the run.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
from collections.abc import Callable
from typing import Any

from bench._fault_messages import messages
from bench._fault_rounds import LANES, together
from bench._fault_timers import timers
from bench._platform import Bench, machine, started


def asked() -> argparse.Namespace:
    """What is asked for."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--messages", type=int, default=100_000, help="out and in together; 0 leaves the part out")
    parser.add_argument("--rounds", type=int, default=10_000, help="0 leaves the part out")
    parser.add_argument("--timers", type=int, default=100_000, help="0 leaves the part out")
    parser.add_argument("--lanes", type=int, default=LANES, help="cases answered at once in the part of rounds")
    parser.add_argument("--seed", type=int, default=random.randrange(10**6), help="of the faults; drawn unless told")  # noqa: S311
    parser.add_argument("--minutes", type=float, default=30, help="after which a part ends, with what is left told")
    return parser.parse_args()


def play(part: Callable[[Bench, dict[str, Any]], None]) -> str:
    """Run one part on a platform of its own; what it found wrong, empty when nothing."""
    try:
        with started() as bench:
            print(machine(bench.url))
            part(bench, bench.run("bench._cast", "1"))
            print(f"load after {os.getloadavg()[0]:.1f}", flush=True)
    except SystemExit as found:
        return str(found)
    return ""


def main() -> int:
    """Run the parts asked for; 1 when one of them found something wrong."""
    given, wrong = asked(), []
    if given.timers:
        wrong.append(play(lambda bench, _cast: timers(bench, given.timers, given.minutes)))
    if given.rounds:
        wrong.append(play(lambda bench, cast: together(bench, cast, given.rounds, given.lanes)))
    if given.messages:
        wrong.append(play(lambda bench, cast: messages(bench, cast, given.messages, given.seed, given.minutes)))
    for sentence in filter(None, wrong):
        print(sentence, file=sys.stderr)
    return int(any(wrong))


if __name__ == "__main__":
    sys.exit(main())
