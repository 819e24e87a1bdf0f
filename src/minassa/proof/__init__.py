"""Proof that the log was not rewritten: chains of entries, Merkle tree, signed daily heads, receipts checked offline.

This module is the package's door: the rest is private to it. `verify_receipt.py` is also handed out as it stands: one
file, nothing but the standard library. It holds the rules of verification, which are written nowhere else.
"""

from minassa.proof.chains import NO_ENTRY, Break, Link, canonical_bytes, entry_hash, verify_chain
from minassa.proof.errors import HeadOutOfOrder, NotCanonical, OutsideTree, ProofError
from minassa.proof.heads import Document, heads_document, public_key_of, sign_head
from minassa.proof.receipts import make_receipt
from minassa.proof.tree import (
    EMPTY_ROOT,
    Keep,
    MemoryNodes,
    Nodes,
    TreeBuilder,
    consistency_proof,
    inclusion_proof,
    tree_root,
)
from minassa.proof.verify_receipt import (
    NotGenuine,
    Unreadable,
    check_heads,
    check_receipt,
    check_signature,
    consistency_holds,
    ed25519_verify,
    head_digest,
    key_id,
    leaf_hash,
    node_hash,
    read_heads,
    root_from_inclusion,
)

__all__ = [
    "EMPTY_ROOT",
    "NO_ENTRY",
    "Break",
    "Document",
    "HeadOutOfOrder",
    "Keep",
    "Link",
    "MemoryNodes",
    "Nodes",
    "NotCanonical",
    "NotGenuine",
    "OutsideTree",
    "ProofError",
    "TreeBuilder",
    "Unreadable",
    "canonical_bytes",
    "check_heads",
    "check_receipt",
    "check_signature",
    "consistency_holds",
    "consistency_proof",
    "ed25519_verify",
    "entry_hash",
    "head_digest",
    "heads_document",
    "inclusion_proof",
    "key_id",
    "leaf_hash",
    "make_receipt",
    "node_hash",
    "public_key_of",
    "read_heads",
    "root_from_inclusion",
    "sign_head",
    "tree_root",
    "verify_chain",
]
