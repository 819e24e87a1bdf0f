from __future__ import annotations

import io
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minassa.intake.sealing import SealBroken, SealedReader, Sealer, pieces

KEY, OTHER = b"k" * 32, b"o" * 32
HEADER = 33
TAG = 16


def sealed(content: bytes, frame: int = 8, cuts: int = 1) -> bytes:
    into = io.BytesIO()
    sealer = Sealer(into, KEY, frame)
    step = max(len(content) // cuts, 1)
    for start in range(0, len(content), step):
        sealer.write(content[start : start + step])
    sealer.close()
    return into.getvalue()


def read(content: bytes, *keys: bytes) -> bytes:
    return b"".join(pieces(SealedReader(io.BytesIO(content), keys or (KEY,))))


@given(st.binary(max_size=200), st.integers(1, 40), st.integers(1, 9))
def test_what_is_sealed_is_read_again(content: bytes, frame: int, cuts: int) -> None:
    assert read(sealed(content, frame, cuts)) == content


@given(st.binary(min_size=1, max_size=120), st.integers(1, 30), st.data())
def test_any_part_is_read_like_the_part_of_the_content(content: bytes, frame: int, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(content)))
    length = data.draw(st.integers(0, len(content)))
    with SealedReader(io.BytesIO(sealed(content, frame)), (KEY,)) as raw, io.BufferedReader(raw) as reader:
        reader.seek(start)
        assert reader.read(length) == content[start : start + length]
        assert reader.seek(0, io.SEEK_END) == len(content)


@given(st.binary(max_size=100), st.data())
def test_one_altered_byte_is_never_read(content: bytes, data: st.DataObject) -> None:
    whole = bytearray(sealed(content))
    place = data.draw(st.integers(0, len(whole) - 1))
    whole[place] ^= data.draw(st.integers(1, 255))
    with pytest.raises(SealBroken):
        read(bytes(whole))


@given(st.binary(max_size=100), st.data())
def test_a_file_that_lost_its_end_is_refused_rather_than_read_short(content: bytes, data: st.DataObject) -> None:
    whole = sealed(content)
    with pytest.raises(SealBroken):
        read(whole[: data.draw(st.integers(0, len(whole) - 1))])


@given(st.binary(min_size=1, max_size=30))
def test_nothing_can_be_added_at_the_end(more: bytes) -> None:
    with pytest.raises(SealBroken):
        read(sealed(b"0123456789") + more)


def test_frames_cannot_be_swapped_or_dropped() -> None:
    whole = sealed(bytes(range(24)), frame=8)
    step = 8 + TAG
    frames = [whole[HEADER + step * rank : HEADER + step * (rank + 1)] for rank in range(3)]
    for order in ((1, 0, 2), (0, 2), (1, 2), (0, 1)):
        with pytest.raises(SealBroken):
            read(whole[:HEADER] + b"".join(frames[rank] for rank in order))


def test_a_frame_of_another_file_is_refused() -> None:
    one, other = sealed(bytes(24)), sealed(bytes(24))
    step = 8 + TAG
    with pytest.raises(SealBroken):
        read(one[: HEADER + step] + other[HEADER + step :])


def test_the_key_is_found_among_those_that_are_kept() -> None:
    assert read(sealed(b"exemple"), OTHER, KEY) == b"exemple"
    with pytest.raises(SealBroken):
        read(sealed(b"exemple"), OTHER)


def test_nothing_of_the_content_shows() -> None:
    content = b"BENEXEMPLE FICTIFA" * 40
    assert b"EXEMPLE" not in sealed(content, 1 << 16)
    assert sealed(content) != sealed(content)


def test_a_large_file_is_sealed_and_read_a_frame_at_a_time() -> None:
    noise = random.Random(7).randbytes(1 << 18)
    with SealedReader(io.BytesIO(sealed(noise, frame=1 << 16)), (KEY,)) as reader:
        taken = [len(piece) for piece in pieces(reader)]
    assert taken == [1 << 16] * 4
