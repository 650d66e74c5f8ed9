"""Writes samsvar_client.py out of the register's OpenAPI document: ``python docs/client/generate.py``."""

import subprocess
import sys
from pathlib import Path
from typing import Any

from registry.api.description import openapi

PLACE = Path(__file__).with_name("samsvar_client.py")
_TYPES = {"string": "str", "integer": "int", "number": "float", "boolean": "bool", "object": "dict[str, Any]"} | {
    "null": "None"
}
_HEAD = '''"""A typed client of the register's API. Made by generate.py of /api/v1/openapi.json: change that."""

import json
from collections.abc import Iterator
from typing import Any, Generic, Literal, TypedDict, TypeVar
from urllib.parse import quote, urlencode, urljoin
from urllib.request import Request, urlopen

T = TypeVar("T")
'''
_CLIENT = '''

class Page(TypedDict, Generic[T]):
    """One page of a list; `next` is the address of the following one, "" at the end."""

    items: list[T]
    total: int
    after: str
    next: str


class Client:
    """Asks one register. Its methods raise urllib.error.HTTPError, whose body says what is wrong and how to mend it."""

    def __init__(self, address: str) -> None:
        """`address` is where the register is, such as http://localhost:8000."""
        self.address = address.rstrip("/")

    def follow(self, page: Page[T]) -> Iterator[T]:
        """The items of a page and of all that follow it."""
        while True:
            yield from page["items"]
            if not page["next"]:
                return
            page = self._fetched(page["next"])

    def _asked(self, path: str, **parameters: object) -> Any:
        given = {name: _said(value) for name, value in parameters.items() if value is not None}
        return self._fetched(f"{path}?{urlencode(given)}" if given else path)

    def _fetched(self, path: str) -> Any:
        request = Request(urljoin(f"{self.address}/", path), headers={"Accept": "application/json"})
        with urlopen(request) as answer:
            return json.load(answer)
'''
_TAIL = """

def _said(value: object) -> str:
    return ",".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)
"""


def client() -> str:
    """The module's text."""
    document = openapi("http://localhost:8000")
    shapes = "".join(_shape(name, each) for name, each in document["components"]["schemas"].items())
    reading = [
        (path, methods["get"])
        for path, methods in document["paths"].items()
        if path.startswith("/api/v1/") and _is_for_all(methods.get("get", {}))
    ]
    text = _HEAD + shapes + _CLIENT + "".join(_method(path, each) for path, each in reading) + _TAIL
    formatting = [sys.executable, "-m", "ruff", "format", "--line-length", "120", "-"]
    return subprocess.run(formatting, input=text, capture_output=True, text=True, check=True).stdout


def _is_for_all(operation: dict[str, Any]) -> bool:
    """Whether it answers in JSON, and without a token."""
    content = operation.get("responses", {}).get("200", {}).get("content", {})
    return "application/json" in content and "security" not in operation


def _shape(name: str, schema: dict[str, Any]) -> str:
    """A component: an object as a TypedDict, of which any member may be missing where `fields` chose others."""
    if "properties" not in schema:
        return f"\n{name} = {_type(schema)}\n"
    members = "".join(f"    {member}: {_type(each)}\n" for member, each in schema["properties"].items())
    return f'\n\nclass {name}(TypedDict, total=False):\n    """As OpenAPI describes it."""\n\n{members}\n'


def _type(schema: dict[str, Any]) -> str:
    """A shape as Python has it."""
    if reference := schema.get("$ref"):
        return str(reference).rpartition("/")[2]
    if "oneOf" in schema:
        return " | ".join(_type(each) for each in schema["oneOf"])
    if "enum" in schema:
        return f"Literal[{', '.join(map(repr, schema['enum']))}]"
    kinds = schema.get("type", "")
    return " | ".join(_plain(kind, schema) for kind in (kinds if isinstance(kinds, list) else [kinds]))


def _plain(kind: str, schema: dict[str, Any]) -> str:
    """A shape of one type."""
    if kind == "array":
        return f"list[{_type(schema.get('items', {}))}]"
    if kind == "object" and "additionalProperties" in schema:
        return f"dict[str, {_type(schema['additionalProperties'])}]"
    return _TYPES.get(kind, "Any")


def _method(path: str, operation: dict[str, Any]) -> str:
    known = sorted(operation["parameters"], key=lambda each: not each.get("required"))
    required = [each for each in known if each.get("required")]
    arguments = [f"{each['name']}: {_type(each['schema'])}" for each in required]
    if optional := [each for each in known if not each.get("required")]:
        arguments += ["*", *(f"{each['name']}: {_type(each['schema'])} | None = None" for each in optional)]
    filled = path
    for each in known:
        if each["in"] == "path":
            filled = filled.replace(f"{{{each['name']}}}", f'{{quote({each["name"]}, safe="")}}')
    passed = [f"{each['name']}={each['name']}" for each in known if each["in"] == "query"]
    called = ", ".join([f"{'f' if filled != path else ''}{filled!r}", *passed])
    return (
        f"\n    def {operation['operationId']}({', '.join(['self', *arguments])}) -> {_answer(operation)}:\n"
        f'        """{operation["summary"]}."""\n'
        f"        found: {_answer(operation)} = self._asked({called})\n"
        "        return found\n"
    )


def _answer(operation: dict[str, Any]) -> str:
    schema = operation["responses"]["200"]["content"].get("application/json", {}).get("schema", {})
    items = schema.get("properties", {}).get("items")
    return f"Page[{items['items']['title']}]" if items else "dict[str, Any]"


if __name__ == "__main__":
    PLACE.write_text(client(), encoding="utf-8")
