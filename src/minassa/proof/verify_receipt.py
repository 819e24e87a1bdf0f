"""Checks a receipt of Minassa against the published heads, with nothing but Python 3.8 or later.

    python3 verify_receipt.py receipt.json heads.json [--lang fr|ar|en] [--key HEX]

Exit code 0: the receipt is genuine. 1: it is not. 2: a file cannot be read, or the question cannot be answered.
`receipt.json` is the receipt that was handed over; `heads.json` is the public list of daily heads. `--key` is the
public key of the log, learnt elsewhere, in hexadecimal; without it, the keys listed in heads.json are believed.

The platform runs this very file: the rule is not written elsewhere.
- Canonical bytes: JSON with sorted keys, no spaces, UTF-8 in form NFC, whole numbers of 64 bits, no floats.
- Entry: sha256("minassa-entry-1", line feed, hash of the entry before it, canonical bytes): 32 bytes.
- Tree: RFC 6962 over these 32 bytes; leaf sha256(0x00 + data), node sha256(0x01 + left + right).
- Head: Ed25519 (RFC 8032) over "minassa-head-1", line feed, canonical bytes of the head without its signature;
  `previous` is the sha256 of the canonical bytes of the head before it; `consistency` proves the tree only grew.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
import unicodedata

GENUINE, NOT_GENUINE, UNREADABLE = 0, 1, 2
RECEIPT_FORMAT, HEADS_FORMAT, HEAD_FORMAT = "minassa-receipt-1", "minassa-heads-1", "minassa-head-1"
ENTRY_DOMAIN, HEAD_DOMAIN = b"minassa-entry-1\n", b"minassa-head-1\n"
HASH_BYTES, SIGNATURE_BYTES = 32, 64
NO_HEAD = ""  # what the first head gives as the one before it

RECEIPT_KEYS = {"format", "what", "entry", "previous", "index", "proof", "head"}
HEAD_KEYS = {"format", "date", "tree_size", "root", "previous", "consistency", "key_id", "signature"}
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_ENCODER = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":"), check_circular=False)
_HEX = re.compile(r"(?:[0-9a-f]{2})*")

MESSAGES = {
    "genuine": (
        "Reçu authentique : « {what} » figure au journal public sous le numéro {index}, attesté le {date}.",
        "وصل صحيح: «{what}» مسجل في السجل العمومي تحت الرقم {index}، ومشهود عليه بتاريخ {date}.",
        "Genuine receipt: “{what}” stands in the public log as number {index}, attested on {date}.",
    ),
    "entry": (
        "Reçu faux : ce qu'il annonce, l'écriture ou sa preuve ne mène pas à la racine attestée.",
        "وصل غير صحيح: ما يعلنه أو القيد أو دليله لا يؤدي إلى الجذر المشهود عليه.",
        "Not genuine: what it announces, its entry or its proof does not lead to the attested root.",
    ),
    "head-unpublished": (
        "Reçu faux ou liste trop ancienne : la tête du {date} n'est pas publiée telle que le reçu la donne.",
        "وصل غير صحيح أو لائحة قديمة: رأس يوم {date} غير منشور كما ورد في الوصل.",
        "Not genuine, or the list is too old: the head of {date} is not published as the receipt gives it.",
    ),
    "signature": (
        "Tête du {date} : la signature est fausse.",
        "رأس يوم {date}: التوقيع غير صحيح.",
        "Head of {date}: the signature is wrong.",
    ),
    "key": (
        "Tête du {date} : signée par une clé inconnue.",
        "رأس يوم {date}: موقع بمفتاح غير معروف.",
        "Head of {date}: signed by an unknown key.",
    ),
    "chain": (
        "Tête du {date} : elle ne suit pas la tête d'avant.",
        "رأس يوم {date}: لا يتبع الرأس الذي قبله.",
        "Head of {date}: it does not follow the head before it.",
    ),
    "consistency": (
        "Tête du {date} : le journal a été réécrit depuis la tête d'avant.",
        "رأس يوم {date}: أعيدت كتابة السجل منذ الرأس السابق.",
        "Head of {date}: the log was rewritten since the head before it.",
    ),
    "unreadable": (
        "Fichier illisible ou d'une autre forme : {where}. Demandez-en une nouvelle copie.",
        "ملف غير مقروء أو بشكل آخر: {where}. اطلبوا نسخة جديدة.",
        "Unreadable file, or one of another form: {where}. Ask for a new copy.",
    ),
}
LANGUAGES = ("fr", "ar", "en")


class NotGenuine(Exception):
    """What was checked does not hold: the code of the message, and what it names."""

    def __init__(self, code: str, **details: object) -> None:
        """Keep the code and the details."""
        super().__init__(code)
        self.code, self.details = code, details


class Unreadable(NotGenuine):
    """A document does not have the expected form."""

    def __init__(self, where: str) -> None:
        """Say where."""
        super().__init__("unreadable", where=where)


def canonical_bytes(value: object) -> bytes:
    """Return the one way to write a JSON value as bytes; ValueError for a float, a huge number or a key given twice."""
    return _ENCODER.encode(_normal(value)).encode("utf-8")


def _normal(value: object) -> object:
    if isinstance(value, str):
        return value if value.isascii() else unicodedata.normalize("NFC", value)
    if value is None or isinstance(value, bool) or (isinstance(value, int) and -(2**63) <= value < 2**63):
        return value
    if isinstance(value, (list, tuple)):
        return [_normal(one) for one in value]
    if isinstance(value, dict):
        found = {_normal(key): _normal(one) for key, one in value.items() if isinstance(key, str)}
        if len(found) == len(value):
            return found
    raise ValueError("not canonical: " + type(value).__name__)


def entry_hash(previous: bytes, entry: dict[str, object]) -> bytes:
    """Return the hash of an entry that follows, in its stream, the entry of hash `previous` (32 bytes)."""
    if len(previous) != HASH_BYTES:
        raise ValueError("a hash has 32 bytes")
    return hashlib.sha256(ENTRY_DOMAIN + previous + canonical_bytes(entry)).digest()


def leaf_hash(data: bytes) -> bytes:
    """Return the hash of a leaf (RFC 6962, 2.1)."""
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of a node over its two subtrees (RFC 6962, 2.1)."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def root_from_inclusion(leaf: bytes, index: int, size: int, path: list[bytes]) -> bytes | None:
    """Return the root of the tree of `size` leaves in which `leaf` stands at `index`, or None for an unfit path."""
    if not 0 <= index < size:
        return None
    place, last, found = index, size - 1, leaf
    for node in path:
        if last == 0:
            return None
        if place & 1 or place == last:
            found = node_hash(node, found)
            while place and not place & 1:
                place, last = place >> 1, last >> 1
        else:
            found = node_hash(found, node)
        place, last = place >> 1, last >> 1
    return found if last == 0 else None


def consistency_holds(old_size: int, old_root: bytes, size: int, root: bytes, path: list[bytes]) -> bool:
    """Tell whether the tree of `size` leaves only adds leaves to the one of `old_size`; an empty tree precedes any."""
    if not 0 <= old_size <= size:
        return False
    if old_size in (0, size):
        return not path and (old_size == 0 or old_root == root)
    nodes = [old_root, *path] if old_size & (old_size - 1) == 0 else list(path)
    if not nodes:
        return False
    place, last = old_size - 1, size - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    old_found = found = nodes[0]
    for node in nodes[1:]:
        if last == 0:
            return False
        if place & 1 or place == last:
            old_found, found = node_hash(node, old_found), node_hash(node, found)
            while place and not place & 1:
                place, last = place >> 1, last >> 1
        else:
            found = node_hash(found, node)
        place, last = place >> 1, last >> 1
    return last == 0 and old_found == old_root and found == root


# --- Ed25519 (RFC 8032, 5.1.7), to verify only ------------------------------------------------------------------------

_P = 2**255 - 19
_L = 2**252 + 27742317777372353535851937790883648493
_D = -121665 * pow(121666, -1, _P) % _P
_ROOT_OF_MINUS_ONE = pow(2, (_P - 1) // 4, _P)


def _decompress(data: bytes) -> tuple[int, int, int, int] | None:
    """Return the point (X, Y, Z, T) that 32 bytes stand for, or None."""
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & (2**255 - 1)
    if y >= _P:
        return None
    squared = (y * y - 1) * pow(_D * y * y + 1, -1, _P) % _P
    x = pow(squared, (_P + 3) // 8, _P)
    if (x * x - squared) % _P:
        x = x * _ROOT_OF_MINUS_ONE % _P
    if (x * x - squared) % _P or (x == 0 and sign):
        return None
    x = _P - x if x & 1 != sign else x
    return (x, y, 1, x * y % _P)


def _add(left: tuple[int, int, int, int], right: tuple[int, int, int, int]) -> tuple[int, int, int, int]:
    a = (left[1] - left[0]) * (right[1] - right[0]) % _P
    b = (left[1] + left[0]) * (right[1] + right[0]) % _P
    c = 2 * left[3] * right[3] * _D % _P
    d = 2 * left[2] * right[2] % _P
    e, f, g, h = b - a, d - c, d + c, b + a
    return (e * f % _P, g * h % _P, f * g % _P, e * h % _P)


def _times(scalar: int, point: tuple[int, int, int, int]) -> tuple[int, int, int, int]:
    found = (0, 1, 1, 0)
    while scalar:
        if scalar & 1:
            found = _add(found, point)
        point, scalar = _add(point, point), scalar >> 1
    return found


_BASE = _decompress((4 * pow(5, -1, _P) % _P).to_bytes(32, "little"))


def ed25519_verify(public_key: bytes, message: bytes, signature: bytes) -> bool:
    """Tell whether a signature (64 bytes) of a message was made by the holder of a public key (32 bytes)."""
    if len(public_key) != HASH_BYTES or len(signature) != SIGNATURE_BYTES or _BASE is None:
        return False
    key, commitment = _decompress(public_key), _decompress(signature[:32])
    scalar = int.from_bytes(signature[32:], "little")
    if key is None or commitment is None or scalar >= _L:
        return False
    challenge = int.from_bytes(hashlib.sha512(signature[:32] + public_key + message).digest(), "little") % _L
    left, right = _times(scalar, _BASE), _add(commitment, _times(challenge, key))
    crossed = (left[0] * right[2] - right[0] * left[2]) % _P, (left[1] * right[2] - right[1] * left[2]) % _P
    return crossed == (0, 0)


def key_id(public_key: bytes) -> str:
    """Return the name of a public key: the first 16 hexadecimal digits of its sha256."""
    return hashlib.sha256(public_key).hexdigest()[:16]


def signed_bytes(head: dict[str, object]) -> bytes:
    """Return the bytes of a head that its signature covers: all of it but the signature."""
    return HEAD_DOMAIN + canonical_bytes({key: value for key, value in head.items() if key != "signature"})


def head_digest(head: dict[str, object]) -> str:
    """Return the hash of a whole head, in hexadecimal, as the next head cites it."""
    return hashlib.sha256(canonical_bytes(head)).hexdigest()


def read_json(text: str, where: str) -> object:
    """Return a JSON value in which no key stands twice and no number is a float; Unreadable otherwise."""

    def pairs(found: list[tuple[str, object]]) -> dict[str, object]:
        if len(dict(found)) != len(found):
            raise ValueError("a key twice")
        return dict(found)

    def refuse(text: str) -> object:
        raise ValueError("not a whole number: " + text)

    try:
        return json.loads(text, object_pairs_hook=pairs, parse_float=refuse, parse_constant=refuse)
    except (ValueError, RecursionError):
        raise Unreadable(where) from None


def _hex(value: object, where: str, length: int = HASH_BYTES) -> bytes:
    if isinstance(value, str) and len(value) == 2 * length and _HEX.fullmatch(value):
        return bytes.fromhex(value)
    raise Unreadable(where)


def _path(value: object, where: str) -> list[bytes]:
    if not isinstance(value, list):
        raise Unreadable(where)
    return [_hex(one, where) for one in value]


def _count(value: object, where: str) -> int:
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**63:
        return value
    raise Unreadable(where)


def _closed(value: object, keys: set[str], form: str, where: str) -> dict[str, object]:
    if isinstance(value, dict) and set(value) == keys and value.get("format") == form:
        return value
    raise Unreadable(where)


def _head(value: object, where: str) -> dict[str, object]:
    head = _closed(value, HEAD_KEYS, HEAD_FORMAT, where)
    _count(head["tree_size"], where + ".tree_size")
    _hex(head["root"], where + ".root")
    _path(head["consistency"], where + ".consistency")
    _hex(head["signature"], where + ".signature", SIGNATURE_BYTES)
    if head["previous"] != NO_HEAD:
        _hex(head["previous"], where + ".previous")
    if not isinstance(head["date"], str) or not _DATE.fullmatch(head["date"]) or not isinstance(head["key_id"], str):
        raise Unreadable(where)
    return head


def read_heads(document: object) -> tuple[list[dict[str, object]], dict[str, bytes]]:
    """Return the heads of a list and its keys by name, forms checked; Unreadable otherwise."""
    listed = _closed(document, {"format", "keys", "heads"}, HEADS_FORMAT, "heads")
    if not isinstance(listed["heads"], list) or not isinstance(listed["keys"], list) or not listed["heads"]:
        raise Unreadable("heads")
    keys = [_hex(key, "heads.keys[%d]" % rank) for rank, key in enumerate(listed["keys"])]  # noqa: UP031
    return [_head(one, "heads.heads") for one in listed["heads"]], {key_id(key): key for key in keys}


def check_signature(head: dict[str, object], keys: dict[str, bytes]) -> None:
    """Raise NotGenuine when a head is not signed by one of the keys."""
    key = keys.get(str(head["key_id"]))
    if key is None:
        raise NotGenuine("key", date=head["date"])
    if not ed25519_verify(key, signed_bytes(head), bytes.fromhex(str(head["signature"]))):
        raise NotGenuine("signature", date=head["date"])


def check_heads(heads: list[dict[str, object]]) -> None:
    """Raise NotGenuine at the first head that does not follow the one before it, or that rewrites the log."""
    for rank in range(1, len(heads)):
        earlier, later = heads[rank - 1], heads[rank]
        if later["previous"] != head_digest(earlier) or str(later["date"]) <= str(earlier["date"]):
            raise NotGenuine("chain", date=later["date"])
        sizes = [_count(head["tree_size"], "heads") for head in (earlier, later)]
        roots = [bytes.fromhex(str(head["root"])) for head in (earlier, later)]
        if not consistency_holds(sizes[0], roots[0], sizes[1], roots[1], _path(later["consistency"], "heads")):
            raise NotGenuine("consistency", date=later["date"])


def check_receipt(receipt: object, published: object, key: bytes | None = None) -> dict[str, object]:
    """Check a receipt against the list of heads and return it; NotGenuine says what is wrong, Unreadable what is unfit.

    The signature of the receipt's head and of the last head are checked: the others are held by the chain. `key` is
    the public key to believe (32 bytes), in place of those of the list.
    """
    told = _closed(receipt, RECEIPT_KEYS, RECEIPT_FORMAT, "receipt")
    head, entry = _head(told["head"], "receipt.head"), told["entry"]
    index, previous = _count(told["index"], "receipt.index"), _hex(told["previous"], "receipt.previous")
    path = _path(told["proof"], "receipt.proof")
    if not isinstance(entry, dict):
        raise Unreadable("receipt.entry")
    heads, keys = read_heads(published)
    keys = keys if key is None else {key_id(key): key}
    try:
        if head not in heads:
            raise NotGenuine("head-unpublished", date=head["date"])
        check_signature(head, keys)
        check_signature(heads[-1], keys)
        check_heads(heads)
        leaf = leaf_hash(entry_hash(previous, entry))
    except ValueError:
        raise Unreadable("receipt") from None
    root = root_from_inclusion(leaf, index, _count(head["tree_size"], "head"), path)
    if told["what"] != entry.get("kind") or root != bytes.fromhex(str(head["root"])):
        raise NotGenuine("entry")
    return told


def read_file(path: str) -> object:
    """Return the JSON value that a file holds; Unreadable otherwise."""
    try:
        with open(path, encoding="utf-8") as opened:  # noqa: PTH123 (a script: nothing but what is needed)
            return read_json(opened.read(), path)
    except (OSError, ValueError):
        raise Unreadable(path) from None


def main(arguments: list[str] | None = None) -> int:
    """Check the receipt that the command line names, say the outcome and return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("receipt")
    parser.add_argument("heads")
    parser.add_argument("--lang", choices=LANGUAGES, default=LANGUAGES[0])
    parser.add_argument("--key")
    asked = parser.parse_args(arguments)
    try:
        key = None if asked.key is None else _hex(asked.key, "--key")
        told = check_receipt(read_file(asked.receipt), read_file(asked.heads), key)
        date = _head(told["head"], "receipt.head")["date"]
        code, outcome, details = GENUINE, "genuine", {"what": told["what"], "index": told["index"], "date": date}
    except Unreadable as error:
        code, outcome, details = UNREADABLE, error.code, error.details
    except NotGenuine as error:
        code, outcome, details = NOT_GENUINE, error.code, error.details
    sys.stdout.buffer.write(f"{MESSAGES[outcome][LANGUAGES.index(asked.lang)].format(**details)}\n".encode())
    return code


if __name__ == "__main__":
    sys.exit(main())
