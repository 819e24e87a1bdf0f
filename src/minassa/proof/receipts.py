"""The receipt: what proves to its holder, offline and without trusting anyone's server, that an entry is in the log."""

from __future__ import annotations

from collections.abc import Mapping

from minassa.proof.chains import entry_hash
from minassa.proof.errors import OutsideTree, ProofError
from minassa.proof.heads import Document
from minassa.proof.tree import Nodes, inclusion_proof
from minassa.proof.verify_receipt import RECEIPT_FORMAT, leaf_hash, root_from_inclusion


def make_receipt(entry: Mapping[str, object], previous: bytes, index: int, head: Document, nodes: Nodes) -> Document:
    """Return the receipt of an entry, as a JSON document: what, entry, proof of inclusion, head.

    `entry` names what happened under its key `kind`; `previous` is the hash of the entry before it in its stream;
    `index` is the place of its leaf, whose data is `entry_hash(previous, entry)`, in the tree that `head` attests.
    ProofError when the entry has no kind; OutsideTree when the head does not cover it or is not of this tree.
    """
    kind, size = entry.get("kind"), head.get("tree_size")
    if not isinstance(kind, str) or not isinstance(size, int):
        raise ProofError("Une écriture dit ce qui est arrivé sous la clé « kind », une tête dit sa taille.")
    path = inclusion_proof(index, size, nodes)
    found = root_from_inclusion(leaf_hash(entry_hash(previous, entry)), index, size, path)
    if found is None or found.hex() != head.get("root"):
        raise OutsideTree("Cette écriture n'est pas à cette place de l'arbre attesté.", index=index, size=size)
    return {
        "format": RECEIPT_FORMAT,
        "what": kind,
        "entry": dict(entry),
        "previous": previous.hex(),
        "index": index,
        "proof": [node.hex() for node in path],
        "head": dict(head),
    }
