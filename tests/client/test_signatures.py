"""A signature holds for its message, its number and its time, and for nothing else."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minassa.client import BadSignature, draw_secret, sign, verify
from minassa.client.signatures import key_of

SECRET = "secret-des-essais"
NOW = 1_790_000_000


@given(body=st.binary(max_size=200), drift=st.integers(-300, 300))
def test_a_signed_message_is_recognised_within_five_minutes(body: bytes, drift: int) -> None:
    assert verify(SECRET, sign(SECRET, "msg-1", NOW, body), body, NOW + drift) == "msg-1"


@given(body=st.binary(min_size=1, max_size=50), bit=st.integers(0, 7), data=st.data())
def test_one_changed_bit_is_refused(body: bytes, bit: int, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(body) - 1))
    changed = bytes(b ^ (1 << bit) if i == place else b for i, b in enumerate(body))
    with pytest.raises(BadSignature):
        verify(SECRET, sign(SECRET, "msg-1", NOW, body), changed, NOW)


@pytest.mark.parametrize("name", ["webhook-id", "webhook-timestamp", "webhook-signature"])
def test_a_missing_header_is_refused(name: str) -> None:
    headers = sign(SECRET, "msg-1", NOW, b"{}")
    del headers[name]
    with pytest.raises(BadSignature):
        verify(SECRET, headers, b"{}", NOW)


@pytest.mark.parametrize("drift", [-301, 301, 10**9])
def test_an_old_or_early_message_is_refused(drift: int) -> None:
    with pytest.raises(BadSignature):
        verify(SECRET, sign(SECRET, "msg-1", NOW, b"{}"), b"{}", NOW + drift)


def test_another_secret_or_number_is_refused_and_two_signatures_may_be_given_while_a_secret_changes() -> None:
    headers = sign(SECRET, "msg-1", NOW, b"{}")
    with pytest.raises(BadSignature):
        verify("un autre", headers, b"{}", NOW)
    with pytest.raises(BadSignature):
        verify(SECRET, {**headers, "webhook-id": "msg-2"}, b"{}", NOW)
    old = sign("ancien", "msg-1", NOW, b"{}")["webhook-signature"]
    both = {**headers, "webhook-signature": f"{old} {headers['webhook-signature']}"}
    assert verify(SECRET, both, b"{}", NOW) == "msg-1"


def test_a_signature_is_that_of_the_reference_algorithm() -> None:
    """Example of the specification of Standard Webhooks: secret, number, time and body give this very signature."""
    headers = sign(
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, b'{"test": 2432232314}'
    )
    assert headers["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


@given(key=st.binary(min_size=1, max_size=64))
def test_a_secret_is_read_in_either_alphabet_padded_or_not(key: bytes) -> None:
    forms = [base64.b64encode(key).decode(), base64.urlsafe_b64encode(key).decode().rstrip("=")]
    assert {key_of(f"whsec_{form}") for form in forms} == {key}


def test_a_drawn_secret_is_padded_base64_of_256_bits_and_no_two_are_the_same() -> None:
    drawn = [draw_secret() for _ in range(50)]
    assert len(set(drawn)) == 50
    assert all(len(base64.b64decode(one.removeprefix("whsec_"), validate=True)) == 32 for one in drawn)


def test_a_secret_that_is_no_base64_opens_nothing() -> None:
    with pytest.raises(BadSignature):
        verify("whsec_é", sign(SECRET, "msg-1", NOW, b"{}"), b"{}", NOW)
