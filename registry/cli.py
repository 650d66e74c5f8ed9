"""The command ``samsvar``. Each command does one thing and says plainly what it did; ``--json`` prints one document.

Exit codes: 0 done, 1 done with rejected records, 2 nothing done or wrong usage, 3 the store refused (the message says
what to do).
"""

from typing import Any

import click
from rich.console import Console

from importers.base import UnreadableSourceError
from registry.cli_audit import audit
from registry.cli_changes import changes
from registry.cli_check import check
from registry.cli_dump import dump
from registry.cli_export import export, rebuild
from registry.cli_impact import impact
from registry.cli_import import demo, import_command
from registry.cli_imports import imports, undo_command
from registry.cli_links import links
from registry.cli_mcp import mcp
from registry.cli_operations import backup, config, doctor, recheck, reindex, remove, restore, serve, upgrade
from registry.cli_quality import quality
from registry.cli_reading import compare, conflicts, query
from registry.cli_reasoning import reason
from registry.cli_references import resolve
from registry.cli_repair import repair
from registry.cli_rules import rules
from registry.cli_sources import harvest, sources
from registry.cli_tokens import token
from registry.cli_train import train
from registry.cli_users import user
from registry.cli_webhooks import notify, webhook
from registry.errors import SamsvarError
from sparql.errors import SparqlError


class _Group(click.Group):
    """Turns the errors of the tree into one sentence on standard error and an exit code."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except UnreadableSourceError as error:
            _say(str(error))
            ctx.exit(2)
        except (SamsvarError, SparqlError) as error:
            _say(str(error))
            ctx.exit(3)


def _say(message: str) -> None:
    Console(stderr=True, highlight=False).print(f"samsvar: {message}", markup=False, soft_wrap=True)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="samsvar")
def main() -> None:
    """A register of concepts and information models that finds definitions that disagree."""


for _command in (
    demo,
    import_command,
    conflicts,
    compare,
    check,
    train,
    resolve,
    impact,
    reason,
    query,
    quality,
    rules,
    links,
    repair,
    imports,
    undo_command,
    changes,
    audit,
    serve,
    mcp,
    backup,
    dump,
    restore,
    export,
    rebuild,
    doctor,
    remove,
    recheck,
    upgrade,
    reindex,
    config,
    token,
    user,
    sources,
    harvest,
    webhook,
    notify,
):
    main.add_command(_command)
