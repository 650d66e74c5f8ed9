"""What ``samsvar:search`` in a SPARQL query finds: the hits of the index, in its own order."""

from collections.abc import Iterator

from registry.search.index import SearchIndex
from registry.search.query import Question, search
from sparql.embedded.generations import GenerationStore
from sparql.language.text_search import Found, Search


def search_in_queries(store: GenerationStore, index: SearchIndex) -> Search:
    """The search of a register, for its query host. A language of "" prefers bokmål, as the search page does."""

    def found(words: str, language: str, limit: int) -> Iterator[Found]:
        question = Question(words, store.reader().generation, language=language or "nb")
        for hit in search(index, question, limit=limit).hits:
            yield Found(hit.uri, hit.text, hit.language, hit.reason)

    return found
