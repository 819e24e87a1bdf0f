"""Starts one agency: `python -m minassa.simulators cnss --port 8101`."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from minassa.simulators.agencies import AGENCIES
from minassa.simulators.server import Simulator


def main(arguments: list[str]) -> int:
    """Serve one agency until interrupted; the data folder is MINASSA_HOME."""
    parser = argparse.ArgumentParser(prog="python -m minassa.simulators", description=__doc__)
    parser.add_argument("code", choices=AGENCIES, help="l'administration jouée")
    parser.add_argument("--port", type=int, required=True, help="port de cette machine (0 : le premier libre)")
    parser.add_argument("--answer-after", type=float, help="secondes d'examen (tirées au sort par défaut)")
    given = parser.parse_args(arguments)
    home = Path(os.environ.get("MINASSA_HOME", "var"))
    simulator = Simulator(AGENCIES[given.code], home, given.port, given.answer_after)
    sys.stdout.write(f"{given.code} (simulée) : {simulator.address}\n")
    sys.stdout.flush()
    try:
        simulator.serve_forever()
    except KeyboardInterrupt:
        simulator.server_close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
