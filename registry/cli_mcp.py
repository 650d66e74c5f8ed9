"""``samsvar mcp``: the register as a server of the Model Context Protocol."""

import importlib.util

import click

from registry.errors import ConfigurationError
from registry.settings import Settings


@click.command()
@click.option("--http", "bind", default="", metavar="HOST:PORT", help="Serve over HTTP at /mcp instead of stdio.")
@click.option("--register", "address", default="", metavar="URL", help="Ask a register that runs there.")
def mcp(bind: str, address: str) -> None:
    """Serve the register to language models: search, definitions, disagreements, chains, SPARQL.

    Without --register the data directory is read. Reading only.
    """
    if importlib.util.find_spec("mcp") is None or importlib.util.find_spec("httpx") is None:
        raise ConfigurationError("samsvar mcp needs an extra that is not installed: pip install 'samsvar[mcp]'.")
    from registry.assistants.asking import Register
    from registry.assistants.server import server

    made = server(Register(Settings(), address))
    if not bind:
        made.run("stdio")
        return
    host, _, port = bind.rpartition(":")
    if not host or not port.isdecimal():
        raise ConfigurationError(f"{bind} is no HOST:PORT, such as 127.0.0.1:8001.")
    made.run("streamable-http", host=host.strip("[]"), port=int(port), stateless_http=True, json_response=True)
