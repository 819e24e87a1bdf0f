"""Files of a form sealed while they arrive: no part of them is ever written in clear, nor held whole."""

from __future__ import annotations

from types import MethodType
from typing import Any, Final

from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest, QueryDict
from django.http.multipartparser import MultiPartParser
from django.utils.datastructures import MultiValueDict

from minassa.intake.public import Incoming, limits

FIELD: Final = "files"
"""Name of the field that holds files; others are not read."""


class SealingHandler(FileUploadHandler):
    """Gives each piece of each file to intake, as it comes."""

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self.incoming: list[Incoming] = []
        self.too_many = False
        self._most = limits().files

    def new_file(self, field_name: str, file_name: str, *rest: Any, **named: Any) -> None:  # noqa: ANN401
        """A file begins; it is stepped over when its name is not admitted or when there are too many."""
        super().new_file(field_name, file_name, *rest, **named)
        if field_name != FIELD:
            raise SkipFile
        if len(self.incoming) >= self._most:
            self.too_many = True
            raise SkipFile
        self.incoming.append(Incoming(file_name))
        if self.incoming[-1].problem:
            raise SkipFile

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:  # noqa: ARG002 (Django's signature)
        """A piece; the rest is stepped over once the file is refused."""
        if not self.incoming[-1].write(raw_data):
            raise SkipFile

    def file_complete(self, file_size: int) -> None:  # noqa: ARG002 (Django's signature)
        """The file is whole; Django itself keeps nothing of it."""
        self.incoming[-1].finish()

    def drop(self) -> None:
        """Keep nothing of what was not received for good."""
        for file in self.incoming:
            file.refuse("cut")


class PlainNames(MultiPartParser):
    """Reads a form without repairing the names of files: a name with a path is to be refused, not cut."""

    def sanitize_file_name(self, file_name: str) -> str:
        """The name as it was sent."""
        return file_name


def seal_on_arrival(request: HttpRequest) -> SealingHandler:
    """Have the files of a request that is not read yet sealed as they come."""
    handler = SealingHandler(request)
    request.upload_handlers = [handler]

    def parse(self: HttpRequest, meta: dict[str, Any], post: Any) -> tuple[QueryDict, MultiValueDict[str, Any]]:  # noqa: ANN401
        return PlainNames(meta, post, self.upload_handlers, self.encoding).parse()

    request.parse_file_upload = MethodType(parse, request)  # type: ignore[method-assign]
    return handler
