"""The register as a server of the Model Context Protocol, asked by the official Python client."""

import asyncio
import os
import socket
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from live_server import ROOT, free_port, served
from mcp import Client, StdioServerParameters
from mcp.client.stdio import stdio_client

from registry.assistants.asking import Register
from registry.assistants.server import server
from registry.services import Services

BARN = "https://eksempel-skatt.example/begrep/barn"
Work = Callable[[Client], Awaitable[Any]]


def asked(where: Any, work: Work) -> Any:
    async def asking() -> Any:
        async with Client(where) as client:
            return await work(client)

    return asyncio.run(asking())


@pytest.fixture(scope="module")
def call(demo_services: Services) -> Callable[..., dict[str, Any]]:
    made = server(Register(demo_services.settings))

    def calling(name: str, /, **arguments: Any) -> dict[str, Any]:
        answer = asked(made, lambda client: client.call_tool(name, arguments))
        assert not answer.is_error, answer.content
        content: dict[str, Any] = answer.structured_content
        return content

    return calling


@pytest.fixture(scope="module")
def refused(demo_services: Services) -> Callable[..., str]:
    made = server(Register(demo_services.settings))

    def refusing(name: str, /, **arguments: Any) -> str:
        answer = asked(made, lambda client: client.call_tool(name, arguments))
        assert answer.is_error
        return str(answer.content[0].text)

    return refusing


def test_tools_say_that_they_only_read(demo_services: Services) -> None:
    tools = asked(server(Register(demo_services.settings)), lambda client: client.list_tools()).tools
    assert {tool.name for tool in tools} == {
        *("search", "definitions", "lookup", "legal_references", "disagreements", "compare", "chain", "impact"),
        *("sparql", "check_draft"),
    }
    assert all(tool.annotations.read_only_hint and tool.description for tool in tools)


def test_the_definitions_of_a_word_with_source_and_terms(call: Any) -> None:
    answer = call("definitions", term="barnet", language="nn")
    assert answer["source"].endswith("/terms/barnet")
    assert "åndsverkloven" in answer["licence"]
    assert "no instructions" in answer["note"]
    first, *_ = found = answer["data"]["definitions"]
    assert first["texts"] == ["person som ikke har fylt 18 år"]
    assert first["defined_by"].endswith("§ 2")
    assert len(found) > 5
    assert "Aldersgrensa" in answer["data"]["disagreements"][0]["evidence"][0]["explanation"]


def test_search_and_lookup(call: Any) -> None:
    found = call("search", words="barn", kind="concept", limit=3)
    assert len(found["data"]) == 3
    assert found["total"] > 3
    assert call("lookup", uri=BARN)["data"]["term"]["nb"] == "barn"


def test_disagreements_and_comparing(call: Any) -> None:
    found = call("disagreements", term="barn", kind="ThresholdDifference", limit=2, language="en")
    assert len(found["data"]) == 2
    assert "age limit" in found["data"][0]["evidence"][0]["explanation"].lower()
    verdict = call("compare", term="kai", a="brygge på minst 10 meter", b="brygge på minst 20 meter")["data"]
    assert [each["kind"] for each in verdict["evidence"]] == ["ThresholdDifference", "ThresholdProof"]


def test_what_rests_on_what(call: Any) -> None:
    assert call("chain", uri=BARN)["data"]["dependants"]["total"]
    assert call("impact", uri=BARN)["data"]["owners"]
    references = call("legal_references", text="aksjeloven § 1-1")["data"]["references"]
    assert references[0]["provision"] == "§ 1-1"


def test_a_draft_is_held_against_the_register(call: Any, refused: Any) -> None:
    text = "§ 1 Definisjoner\nI denne loven menes med:\na) barn: person under 12 år\n\n§ 2 Billett\nBarn reiser gratis."
    checked = call("check_draft", draft=text, language="en")
    [child] = checked["data"]["definitions"]
    assert (child["term"], child["used"]["count"]) == ("barn", 1)
    assert "ThresholdDifference" in {item["kind"] for other in child["others"] for item in other["evidence"]}
    assert checked["source"].endswith("/draft-check")
    assert "A section begins with its number" in refused("check_draft", draft="bare prat", language="en")


def test_sparql_within_its_limits(call: Any, refused: Any) -> None:
    rows = call("sparql", query="SELECT ?c { ?c a <http://www.w3.org/2004/02/skos/core#Concept> } LIMIT 2")
    assert len(rows["data"]["results"]["bindings"]) == 2
    assert "Line 1, column 11" in refused("sparql", query="SELECT ?c {")
    assert refused("sparql", query="INSERT DATA { <urn:a> <urn:b> <urn:c> }")


def test_what_the_register_refuses_is_said(refused: Any) -> None:
    assert "urn:nobody" in refused("lookup", uri="urn:nobody")
    assert "ThresholdDifference" in refused("disagreements", kind="Colour")
    assert refused("definitions", term="x" * 501)


def test_resources_and_prompts(demo_services: Services) -> None:
    made = server(Register(demo_services.settings))
    word = asked(made, lambda client: client.read_resource("samsvar://terms/barn"))
    assert "18 år" in word.contents[0].text
    assert asked(made, lambda client: client.read_resource("samsvar://queries")).contents
    prompt = asked(made, lambda client: client.get_prompt("write_definition", {"term": "kai"}))
    assert "«kai»" in prompt.messages[0].content.text


@pytest.mark.slow
def test_over_stdio(demo_services: Services) -> None:
    wanted = StdioServerParameters(
        command=sys.executable,
        args=["-m", "registry", "mcp"],
        env=os.environ | {"SAMSVAR_DATA": str(demo_services.settings.data), "PYTHONPATH": str(ROOT)},
    )
    answer = asked(stdio_client(wanted), lambda client: client.call_tool("definitions", {"term": "barn"}))
    assert answer.structured_content["data"]["definitions"]


@pytest.mark.slow
def test_over_http_of_a_register_that_runs_elsewhere(demo_services: Services, tmp_path: Path) -> None:
    port = free_port()
    with served(demo_services.settings.data, tmp_path) as (register, _):
        command = [sys.executable, "-m", "registry", "mcp", "--http", f"127.0.0.1:{port}"]
        command += ["--register", f"http://127.0.0.1:{register}"]
        process = subprocess.Popen(command, env=os.environ | {"PYTHONPATH": str(ROOT)}, cwd=tmp_path)
        try:
            _wait_until_it_listens(port, process)
            where = f"http://127.0.0.1:{port}/mcp"
            answer = asked(where, lambda client: client.call_tool("definitions", {"term": "barn"}))
        finally:
            process.terminate()
            process.wait(30)
    assert answer.structured_content["source"] == f"http://127.0.0.1:{register}/terms/barn"


def _wait_until_it_listens(port: int, process: "subprocess.Popen[bytes]") -> None:
    for _ in range(600):
        assert process.poll() is None
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.1)
    raise AssertionError("samsvar mcp did not start")
