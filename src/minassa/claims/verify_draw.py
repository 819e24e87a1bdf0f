"""Does a draw of controls again, with nothing but Python: `python3 verify_draw.py DRAW.json`; exit 0 when it agrees.

Digest: sha256 of the JSON of what was committed (sorted keys, no spaces, UTF-8). Draw: in each stratum, claims in the
order of sha256("minassa-draw-1", digest, seed, claim, joined by line feeds); the first of them are drawn, as many as
the stratum has claims times its rate in basis points / 10,000, rounded up.
"""

import hashlib
import json
import sys
from pathlib import Path

COMMITTED = ("candidates", "name", "rates", "seed_not_before", "seed_source")


def verify(draw: dict) -> bool:  # type: ignore[type-arg]
    """Whether the digest is that of the list, and the claims drawn are those that the seed gives."""
    committed = {key: draw[key] for key in COMMITTED}
    text = json.dumps(committed, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    if hashlib.sha256(text.encode()).hexdigest() != draw["digest"]:
        return False
    drawn = []
    for stratum, rate in draw["rates"].items():
        listed = [one["claim"] for one in draw["candidates"] if one["stratum"] == stratum]
        mixed = {c: "\n".join(("minassa-draw-1", draw["digest"], draw["seed"], c)).encode() for c in listed}
        listed.sort(key=lambda claim: hashlib.sha256(mixed[claim]).hexdigest())
        drawn += listed[: (len(listed) * rate + 9_999) // 10_000]
    return sorted(drawn) == sorted(draw["selected"])


if __name__ == "__main__":
    sys.exit(0 if verify(json.loads(Path(sys.argv[1]).read_text("utf-8"))) else 1)
