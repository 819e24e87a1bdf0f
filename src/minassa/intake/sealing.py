"""Files sealed by frames (AES-256-GCM), so that none ever stands whole in memory nor in clear on the disk.

Layout: magic and version, name of the key, salt of the file, size of a frame; then the frames. Each file has its own
key (HKDF-SHA256 of the platform's key and the salt). The nonce of a frame is its number and whether it is the last:
frames cannot be swapped, dropped or added, and a file that lost its end is refused rather than read short.
"""

from __future__ import annotations

import hashlib
import io
import os
import struct
from collections.abc import Iterator, Sequence
from typing import Any, BinaryIO, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from minassa.vocabulary.errors import MinassaError

FRAME: Final = 1 << 16
"""Bytes of a frame in clear."""
_MAGIC: Final = b"MNSF\x01"
_HEADER: Final = struct.Struct(">5s8s16sI")
_TAG: Final = 16


class SealBroken(MinassaError):
    """A sealed file that is cut, altered, or sealed under a key that is not there."""

    code = "upload-seal-broken"

    def __init__(self) -> None:
        super().__init__("Le fichier gardé est abîmé, ou la clé qui l'a scellé manque : reprenez-le d'une sauvegarde.")


def key_name(key: bytes) -> bytes:
    """Eight bytes that tell keys apart and say nothing of them."""
    return hashlib.sha256(b"minassa upload key name" + key).digest()[:8]


def _cipher(key: bytes, salt: bytes) -> AESGCM:
    return AESGCM(HKDF(algorithm=SHA256(), length=32, salt=salt, info=b"minassa upload").derive(key))


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + (b"\x01" if last else b"\x00")


class Sealer:
    """Seals what it is given, frame after frame, into a stream. Closing it writes the last frame."""

    def __init__(self, into: BinaryIO, key: bytes, frame: int = FRAME) -> None:
        salt = os.urandom(16)
        self._into, self._frame = into, frame
        self._cipher = _cipher(key, salt)
        self._header = _HEADER.pack(_MAGIC, key_name(key), salt, frame)
        self._waiting = bytearray()
        self._number = 0
        into.write(self._header)

    def write(self, content: bytes) -> None:
        """Add bytes; full frames are written at once, the last one waits until it is known to be the last."""
        self._waiting += content
        while len(self._waiting) > self._frame:
            self._seal(bytes(self._waiting[: self._frame]), last=False)
            del self._waiting[: self._frame]

    def close(self) -> None:
        """Write the last frame; the stream stays open."""
        self._seal(bytes(self._waiting), last=True)

    def _seal(self, content: bytes, *, last: bool) -> None:
        self._into.write(self._cipher.encrypt(_nonce(self._number, last=last), content, self._header))
        self._number += 1


class SealedReader(io.RawIOBase):
    """A sealed file read as if it were in clear; it can be sought in, and holds one frame at a time.

    `SealBroken` at once when the end is missing, and while reading when a frame was altered.
    """

    def __init__(self, sealed: BinaryIO, keys: Sequence[bytes]) -> None:
        """`keys` are those that may have sealed it."""
        super().__init__()
        self._sealed = sealed
        self._header = sealed.read(_HEADER.size)
        if len(self._header) != _HEADER.size or not self._header.startswith(_MAGIC):
            raise SealBroken
        _, named, salt, self._frame = _HEADER.unpack(self._header)
        found = next((key for key in keys if key_name(key) == named), None)
        if found is None or not self._frame:
            raise SealBroken
        self._cipher = _cipher(found, salt)
        body = sealed.seek(0, os.SEEK_END) - _HEADER.size
        self._frames = -(-body // (self._frame + _TAG))
        self.size = body - self._frames * _TAG
        self._at = 0
        self._held: tuple[int, bytes] = (-1, b"")
        if self._frames < 1 or body - (self._frames - 1) * (self._frame + _TAG) < _TAG:
            raise SealBroken
        self._read_frame(self._frames - 1)

    def readable(self) -> bool:
        """It can be read."""
        return True

    def seekable(self) -> bool:
        """It can be sought in."""
        return True

    def tell(self) -> int:
        """Where the next byte is read."""
        return self._at

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Go elsewhere."""
        base = {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self.size}[whence]
        self._at = max(0, base + offset)
        return self._at

    def readinto(self, buffer: Any) -> int:  # noqa: ANN401 (any writable buffer)
        """Read into a buffer, at most to the end of the frame; how many bytes."""
        if self._at >= self.size:
            return 0
        number, start = divmod(self._at, self._frame)
        piece = self._read_frame(number)[start : start + len(buffer)]
        buffer[: len(piece)] = piece
        self._at += len(piece)
        return len(piece)

    def close(self) -> None:
        """Close the sealed file too."""
        self._sealed.close()
        super().close()

    def _read_frame(self, number: int) -> bytes:
        if self._held[0] != number:
            self._sealed.seek(_HEADER.size + number * (self._frame + _TAG))
            sealed = self._sealed.read(self._frame + _TAG)
            try:
                nonce = _nonce(number, last=number == self._frames - 1)
                self._held = (number, self._cipher.decrypt(nonce, sealed, self._header))
            except InvalidTag:
                raise SealBroken from None
        return self._held[1]


def pieces(reader: io.BufferedReader | SealedReader) -> Iterator[bytes]:
    """What is left of a sealed file, a frame at a time."""
    while piece := reader.read(FRAME):
        yield piece
