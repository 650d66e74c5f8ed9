"""What HTTP/1.1 forbids in a request and gunicorn lets by: who sends it gets 400 or 501 and the end of the connection.

RFC 9112: a request has one Host that can be one, its body no other transfer coding than chunks, and those can be read.
"""

import re
from typing import Any

from gunicorn.http.body import ChunkedReader
from gunicorn.http.errors import InvalidHeader, ParseException, UnsupportedTransferCoding

from registry.errors import BadRequestError

_HOST = re.compile(r"(?:\[[0-9A-Fa-f:.]+\]|[\w.~!$&'()*+,;=%-]*)(?::[0-9]*)?", re.ASCII)


class Chunks:
    """The reader of a body in chunks, whose errors are those of a client."""

    def __init__(self, reader: ChunkedReader) -> None:
        self._reader = reader

    def read(self, size: int) -> bytes:
        """At most so many bytes; none at the end.

        Raises:
            BadRequestError: the chunks cannot be read.
        """
        try:
            content: bytes = self._reader.read(size)
        except ParseException as error:
            raise BadRequestError(f"The body's chunks cannot be read: {error}.") from error
        return content


def check_framing(request: Any) -> None:
    """Checks a request whose headers have come, and has its body checked while it is read.

    Raises:
        ParseException: gunicorn's own, which it answers.
    """
    hosts = [value for name, value in request.headers if name == "HOST"]
    if request.version >= (1, 1) and not (hosts and _HOST.fullmatch(hosts[0])):
        raise InvalidHeader("HOST", req=request)
    for name, value in request.headers:
        if name == "TRANSFER-ENCODING" and value.strip().lower() != "chunked":
            raise UnsupportedTransferCoding(value)
    if isinstance(request.body.reader, ChunkedReader):
        request.body.reader = Chunks(request.body.reader)
