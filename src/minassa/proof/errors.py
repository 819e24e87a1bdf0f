"""What can be asked of proofs that cannot be answered."""

from __future__ import annotations

from minassa.vocabulary.errors import MinassaError


class ProofError(MinassaError):
    """A proof that cannot be made as asked."""

    code = "proof-invalid"


class NotCanonical(ProofError):
    """An entry has no single way to be written: a float, a number beyond 64 bits, two keys alike."""

    code = "entry-not-canonical"


class OutsideTree(ProofError):
    """A proof was asked of a leaf, or of a tree, that is not there yet."""

    code = "outside-tree"


class HeadOutOfOrder(ProofError):
    """A head would not follow the one before it."""

    code = "head-out-of-order"
