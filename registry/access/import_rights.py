"""Which token may import what, and see which preview: an editor's the catalogues of its organisation, and new ones.

Reads: the descriptions of graphs. Writes: nothing.
"""

from ontologies.namespaces import DCT, ORGANISATION
from registry.access.graph_rights import may_write
from registry.access.tokens import Token
from registry.arrivals import Arrival
from registry.errors import ForbiddenError
from registry.previews.shelf import Owned
from registry.urls import Urls
from sparql.store import Reader


def can_import(token: Token) -> bool:
    """Whether the token imports anything at all."""
    return token.role in {"editor", "administrator"}


def may_import(token: Token) -> None:
    """Lets the token import something: asked before anything is read.

    Raises:
        ForbiddenError: it may import nothing.
    """
    if not can_import(token):
        raise ForbiddenError(f"Importing needs an editor's or an administrator's token, not a {token.role}'s.")


def may_import_arrival(reader: Reader, urls: Urls, token: Token, arrival: Arrival) -> None:
    """Lets the token import what was read.

    Raises:
        ForbiddenError: it is another's catalogue, names another publisher, or is no catalogue.
    """
    batch = arrival.batch
    may_write(reader, urls, token, urls.graph(batch.kind, batch.catalogue).value)
    if token.role == "administrator":
        return
    own = ORGANISATION[token.organisation]
    for triple in arrival.triples():
        if triple.predicate == DCT.publisher and triple.object != own:
            publisher = getattr(triple.object, "value", "").rpartition("/")[2]
            raise ForbiddenError(
                f"The source says of {triple.subject} that {publisher} publishes it; your token is that of "
                f"{token.organisation}. An administrator can import it."
            )


def may_see(token: Token, upload: Owned) -> None:
    """Lets the token see, accept and discard a preview, a table that waits, or a job.

    Raises:
        ForbiddenError: it is another organisation's.
    """
    of_own = token.organisation and token.organisation == upload.organisation
    if token.role != "administrator" and token.id != upload.token and not of_own:
        raise ForbiddenError("The upload is another organisation's.")
