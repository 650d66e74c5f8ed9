"""Which token may write which named graph.

An administrator's: any but the register's own. An editor's: catalogues of the editor's organisation, and new ones
whose id begins with its number.
"""

from pyoxigraph import NamedNode

from ontologies.namespaces import ORGANISATION
from registry.access.tokens import Token
from registry.errors import ForbiddenError
from registry.provenance import publisher_of
from registry.urls import Urls
from sparql.store import Reader
from sparql.updating.own_graphs import own_graphs


def may_write(reader: Reader, urls: Urls, token: Token, graph: str) -> None:
    """Lets the token write the graph; the empty name is the default graph.

    Raises:
        ForbiddenError: it may not; says what it may.
    """
    if graph in own_graphs(urls.base):
        raise ForbiddenError(f"The graph <{graph}> is kept by the register itself: nobody writes to it.")
    if token.role == "administrator":
        return
    if token.role != "editor":
        raise ForbiddenError(f"Writing a graph needs an editor's or an administrator's token, not a {token.role}'s.")
    place = urls.place(graph)
    if place.kind != "catalogue":
        raise ForbiddenError("An editor's token writes catalogues only: {base}/graph/catalogue/{id}.")
    publisher = publisher_of(reader, urls, NamedNode(graph))
    own_name = place.identifier == token.organisation or place.identifier.startswith(f"{token.organisation}-")
    if publisher != ORGANISATION[token.organisation].value and (publisher or graph in reader.graphs() or not own_name):
        raise ForbiddenError(
            f"This catalogue is not that of {token.organisation}. A new one of yours has an id that begins with "
            f"{token.organisation}."
        )
