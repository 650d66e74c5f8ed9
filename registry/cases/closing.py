"""Closing a case: what is still missing, and the decisions that follow from what the parties chose.

    harmonise       the original is tied to the common concept as chosen; findings between two such are harmonised
    differentiate   the concept is differentiated from any other of the case that it has a finding or a term with
    neither         nothing follows; the reason stands in the case

Reads: the case, findings, drafts. Writes: decisions, mappings, the case.
"""

from collections.abc import Iterator
from itertools import combinations

from pyoxigraph import NamedNode

from ontologies.namespaces import SAMSVAR
from registry.access.tokens import Token
from registry.cases.case import Case, case, may_work
from registry.cases.keeping import common_concept, write
from registry.cases.lining_up import findings_among
from registry.catalogue.concepts import concept
from registry.editing.drafts import draft
from registry.errors import BadRequestError
from registry.ledger.ledger import Put
from registry.services import Services
from registry.settling.deciding import Asked, IntegrityError, decide, may_decide
from registry.settling.decisions import OUTCOMES, Outcome, of_pair
from registry.settling.integrity import violations

_MEASURES = ("new-definition", "new-term", "new-note", "new-subject", "see-also")


class UnfinishedError(BadRequestError):
    """A case that cannot be closed yet; `missing` are the codes of `unfinished`."""

    def __init__(self, missing: list[str]) -> None:
        super().__init__(f"The case cannot be closed yet: {', '.join(missing)}.")
        self.missing = tuple(missing)


def unfinished(services: Services, found: Case) -> list[str]:
    """What is missing, as codes.

    ``no-concepts``, ``no-outcome:{iri}``, ``no-reason:{iri}``, ``no-measure:{iri}``, ``no-common``, ``not-published``.
    """
    wrong = [] if found.concepts else ["no-concepts"]
    for each in found.concepts:
        outcome = found.get(f"outcome:{each}")
        if not outcome:
            wrong.append(f"no-outcome:{each}")
        elif outcome == "neither" and not found.get(f"outcome-reason:{each}"):
            wrong.append(f"no-reason:{each}")
        elif outcome == "differentiate" and not any(found.get(f"{name}:{each}") for name in _MEASURES):
            wrong.append(f"no-measure:{each}")
    if found.with_outcome("harmonise"):
        wrong += _common(services, found)
    return wrong


def _common(services: Services, found: Case) -> Iterator[str]:
    if found.get("existing"):
        return
    if not found.get("common"):
        yield "no-common"
    elif draft(services.ledger, found.get("common")).state != "published":
        yield "not-published"


def tie_of(services: Services, found: Case, uri: str) -> Outcome:
    """What an original is to be to the common concept.

    As chosen; else the same for a concept of law, which only the law can replace, and replaced by it for any other.
    """
    chosen = found.get(f"tie:{uri}")
    known = concept(services.store.reader(), uri)
    usual: Outcome = "exactMatch" if known is not None and known.statutory else "isReplacedBy"
    return next((each for each in OUTCOMES if each == chosen), usual)


def following(services: Services, found: Case) -> list[Asked]:
    """The decisions that follow from the case and are not there yet."""
    return [each for each in _following(services, found) if not _is_there(services, each)]


def _following(services: Services, found: Case) -> Iterator[Asked]:
    uri = services.urls.mint("cases", found.id).value
    common = common_concept(services.urls, found)
    for each in found.with_outcome("harmonise"):
        if common and each != common:
            why = found.get(f"outcome-reason:{each}")
            yield Asked(each, common, tie_of(services, found, each), why, case=uri)
    for first, second in combinations(found.concepts, 2):
        chosen = {found.get(f"outcome:{each}") for each in (first, second)}
        finding = next(iter(findings_among(services.store.reader(), (first, second))), None)
        if not chosen <= {"harmonise", "differentiate"} or not (finding or _share_term(services, first, second)):
            continue
        outcome: Outcome = "harmonised" if chosen == {"harmonise"} else "differentiated"
        if common in {first, second} and outcome == "harmonised":
            continue  # the tie says it
        named = services.urls.mint("conflicts", finding.id).value if finding else ""
        yield Asked(first, second, outcome, finding=named, case=uri)


def _share_term(services: Services, first: str, second: str) -> bool:
    """Whether the two go by one word: copies of a definition elsewhere may have left no finding between just these."""
    reader = services.store.reader()
    keys = [
        {quad.object for quad in reader.quads(NamedNode(each), SAMSVAR.termKey, None, services.urls.derived)}
        for each in (first, second)
    ]
    return bool(keys[0] & keys[1])


def _is_there(services: Services, asked: Asked) -> bool:
    held = of_pair(services.store.reader(), (asked.first, asked.second))
    return bool(held) and held[-1].decision.outcome == asked.outcome and held[-1].decision.case == asked.case


def close(services: Services, token: Token, identifier: str) -> Case:
    """Writes the decisions that follow, and closes the case. What cannot stand is said before anything is written.

    Raises:
        UnfinishedError: something is missing.
        ForbiddenError: the token takes no part, or may not decide about one of the concepts.
        IntegrityError: a mapping cannot stand beside what is said already.
    """
    found = case(services.ledger, identifier)
    may_work(token, found)
    if wrong := unfinished(services, found):
        raise UnfinishedError(wrong)
    wanted = following(services, found)
    reader = services.store.reader()
    for each in wanted:
        may_decide(reader, token, each.first, each.second)
        if refused := violations(reader, services.urls, each.first, each.second, each.outcome):
            raise IntegrityError(refused)
    for each in wanted:
        decide(services, token, each)
    return write(services, token, identifier, [Put("state", "closed")])
