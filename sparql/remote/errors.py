"""What else can go wrong with a remote store, each a sentence that says what to do; see also sparql/errors.py."""

from typing import Final

from sparql.errors import StoreError

_SAID: Final = 300
"""Characters of a service's own error that are passed on."""


class StoreAnswerError(StoreError):
    """An answer is not whole, or not what was asked for."""


class StoreRefusedError(StoreError):
    """The service answered with an error of its own, `status` in HTTP."""

    def __init__(self, status: int, host: str, said: str) -> None:
        super().__init__(f"The store at {host} answered {status}: {said[:_SAID]}")
        self.status = status


class OtherRegisterError(StoreError):
    """The data directory and the remote store hold different registers."""
