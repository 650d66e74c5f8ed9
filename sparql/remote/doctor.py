"""What is wrong with a remote store: whether it answers, and whether every graph is what the store says of it."""

from sparql.embedded.doctor import Check
from sparql.errors import StoreError
from sparql.remote.following import fetched
from sparql.remote.manifest import ControlGraph

_AWAY = "See whether it runs, and whether SAMSVAR_STORE and the settings beside it are right."
_RESTORE = "Raise the service's limits; where it has none, restore a backup of it."


def examine(control: ControlGraph) -> list[Check]:
    """Reads every graph whole; it changes nothing."""
    try:
        state = control.state()
        manifest = control.manifest() if state else None
    except StoreError as error:
        return [Check("store", ok=False, message=str(error), remedy=_AWAY)]
    if manifest is None:
        return [Check("store", ok=True, message=f"{control.client.service.host} has nothing of this register yet.")]
    wrong = []
    for graph, holds in manifest.graphs.items():
        try:
            fetched(control, graph, holds)
        except StoreError as error:
            wrong.append(Check(f"store {graph}", ok=False, message=str(error), remedy=_RESTORE))
    if manifest.steps:
        message = f"Revision {manifest.revision} is not moved whole; the next write does it."
    else:
        triples = sum(each.count for each in manifest.graphs.values())
        message = f"Revision {manifest.revision}, {triples} triples in {len(manifest.graphs)} graphs."
    return [Check("store", ok=True, message=message), *wrong]
