from __future__ import annotations

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from hypothesis import given, settings
from hypothesis import strategies as st

from minassa.proof import ed25519_verify, public_key_of

ORDER = 2**252 + 27742317777372353535851937790883648493


def accepted_elsewhere(public_key: bytes, message: bytes, signature: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


@settings(max_examples=25, deadline=None)
@given(st.binary(min_size=32, max_size=32), st.binary(max_size=80))
def test_what_cryptography_signs_is_verified(seed: bytes, message: bytes) -> None:
    key = Ed25519PrivateKey.from_private_bytes(seed)
    assert ed25519_verify(public_key_of(key), message, key.sign(message))


@settings(max_examples=60, deadline=None)
@given(st.binary(min_size=32, max_size=32), st.integers(0, (32 + 64 + 8) * 8 - 1))
def test_one_bit_changed_is_seen_by_both(seed: bytes, bit: int) -> None:
    key = Ed25519PrivateKey.from_private_bytes(seed)
    whole = bytearray(public_key_of(key) + key.sign(b"synthese") + b"synthese")
    whole[bit // 8] ^= 1 << bit % 8
    changed = bytes(whole)
    parts = changed[:32], changed[96:], changed[32:96]
    assert ed25519_verify(*parts) is accepted_elsewhere(*parts) is False


def test_the_first_vector_of_rfc_8032() -> None:
    public_key = bytes.fromhex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")
    signature = bytes.fromhex(
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46b"
        "d25bf5f0595bbe24655141438e7a100b"
    )
    assert ed25519_verify(public_key, b"", signature)
    assert not ed25519_verify(public_key, b" ", signature)


def test_a_second_writing_of_the_same_signature_is_refused() -> None:
    key = Ed25519PrivateKey.from_private_bytes(bytes(32))
    signature = key.sign(b"x")
    longer = int.from_bytes(signature[32:], "little") + ORDER
    twin = signature[:32] + longer.to_bytes(32, "little")
    assert not ed25519_verify(public_key_of(key), b"x", twin)
    assert not accepted_elsewhere(public_key_of(key), b"x", twin)


def test_wrong_lengths_are_refused() -> None:
    assert not ed25519_verify(bytes(31), b"", bytes(64))
    assert not ed25519_verify(bytes(32), b"", bytes(63))
    assert not ed25519_verify(b"\xff" * 32, b"", bytes(64))


def test_a_key_with_a_needless_sign_is_refused() -> None:
    neutral = (1).to_bytes(32, "little")
    assert ed25519_verify(neutral, b"x", neutral + bytes(32))
    assert not ed25519_verify(neutral[:31] + b"\x80", b"x", neutral + bytes(32))
