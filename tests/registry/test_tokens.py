"""Tokens: made once, kept as a keyed hash in a file for the owner only, refused when revoked, expired or altered."""

import json
import stat
from base64 import urlsafe_b64encode
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from registry.access.bearer import administrator, token_of
from registry.access.tokens import ROLES, TokenStore
from registry.cli import main
from registry.errors import BadRequestError, ForbiddenError, NotFoundError, UnauthorizedError
from registry.services import Services

ORGANISATION = "123456785"


@pytest.fixture
def tokens(tmp_path: Path) -> TokenStore:
    return TokenStore(tmp_path / "data" / "state.db")


def test_a_token_is_known_by_its_text_alone(tokens: TokenStore) -> None:
    made, text = tokens.create("editor", organisation=ORGANISATION, owner="Kari")
    prefix, identifier, secret = text.split("_", 2)
    assert (prefix, identifier) == ("samsvar", made.id)
    assert len(secret) == 43
    assert tokens.verify(text) == made
    assert (made.role, made.organisation, made.owner) == ("editor", ORGANISATION, "Kari")


def test_what_is_stored_opens_nothing(tokens: TokenStore) -> None:
    _, text = tokens.create("administrator")
    assert stat.S_IMODE(tokens.path.stat().st_mode) == 0o600
    content = tokens.path.read_bytes()
    assert text.encode() not in content
    assert text.split("_", 2)[2].encode() not in content


@pytest.mark.parametrize(
    "changed",
    [
        lambda text: text[:-1] + ("A" if text[-1] != "A" else "B"),
        lambda text: text.replace("samsvar_", "samsvar_0"),
        lambda text: text + "x",
        lambda text: text[8:],
        lambda text: "",
        lambda text: "samsvar__",
        lambda text: text.upper(),
        lambda text: f"{text}\ud800",
    ],
)
def test_an_altered_token_is_not_known(tokens: TokenStore, changed) -> None:
    _, text = tokens.create("administrator")
    with pytest.raises(UnauthorizedError, match="not known here"):
        tokens.verify(changed(text))


def test_no_token_is_known_where_none_was_made(tokens: TokenStore) -> None:
    with pytest.raises(UnauthorizedError):
        tokens.verify("samsvar_0a0a0a0a_secret")
    assert tokens.list() == []
    assert not tokens.path.exists()


def test_revoked_and_expired_tokens_say_so(tokens: TokenStore) -> None:
    made, text = tokens.create("administrator")
    tokens.revoke(made.id)
    with pytest.raises(UnauthorizedError, match="revoked"):
        tokens.verify(text)
    tokens.revoke(made.id)
    with pytest.raises(NotFoundError, match="token list"):
        tokens.revoke("ffffffff")
    short, _ = tokens.create("administrator", days=1)
    always, _ = tokens.create("administrator", days=0)
    later = datetime.now(UTC) + timedelta(days=2)
    assert not short.is_valid(later)
    assert always.is_valid(later)
    assert [each.id for each in tokens.list()] == [
        each.id for each in sorted(tokens.list(), key=lambda t: (t.created, t.id))
    ]


@pytest.mark.parametrize(
    ("role", "organisation"), [("owner", ""), ("editor", ""), ("contributor", ""), ("administrator", "12")]
)
def test_roles_and_organisations_are_checked(tokens: TokenStore, role: str, organisation: str) -> None:
    with pytest.raises(BadRequestError):
        tokens.create(role, organisation=organisation)


def test_only_the_bearer_header_carries_a_token(tokens: TokenStore) -> None:
    made, text = tokens.create("administrator")
    assert token_of(tokens, f"Bearer {text}") == made
    assert token_of(tokens, f"bearer  {text} ") == made
    for header in (None, "", text, f"Basic {text}", "Bearer", "Bearer "):
        with pytest.raises(UnauthorizedError):
            token_of(tokens, header)


def test_an_administrator_is_asked_for(tokens: TokenStore) -> None:
    for role in ROLES:
        _, text = tokens.create(role, organisation=ORGANISATION)
        if role == "administrator":
            assert administrator(tokens, f"Bearer {text}").role == role
        else:
            with pytest.raises(ForbiddenError, match=role):
                administrator(tokens, f"Bearer {text}")


def test_the_command_prints_the_token_alone_on_its_last_line(tmp_path: Path) -> None:
    runner = CliRunner(env={"SAMSVAR_DATA": str(tmp_path / "data")})
    made = runner.invoke(
        main, ["token", "create", "--role", "editor", "--organisation", ORGANISATION, "--owner", "Kari"]
    )
    text = made.output.splitlines()[-1]
    token = TokenStore(tmp_path / "data" / "state.db").verify(text)
    listed = runner.invoke(main, ["token", "list"]).output
    assert listed == f"{token.id} valid editor {ORGANISATION} Kari\n"
    assert text not in runner.invoke(main, ["token", "list", "--json"]).output
    assert runner.invoke(main, ["token", "revoke", token.id]).exit_code == 0
    assert "revoked" in runner.invoke(main, ["token", "list"]).output
    assert runner.invoke(main, ["token", "create", "--role", "editor"]).exit_code == 3


def test_the_web_says_which_door_is_closed(client: FlaskClient, services: Services) -> None:
    _, text = services.tokens.create("reader")
    update = {"data": "CLEAR ALL", "content_type": "application/sparql-update"}
    without = client.post("/sparql", **update)
    assert (without.status_code, without.headers["WWW-Authenticate"]) == (401, 'Bearer realm="samsvar"')
    unknown = client.post("/sparql", headers={"Authorization": f"Bearer {text}x"}, **update)
    assert unknown.status_code == 401
    assert 'error="invalid_token"' in unknown.headers["WWW-Authenticate"]
    reader = client.post("/sparql", headers={"Authorization": f"Bearer {text}"}, **update)
    assert reader.status_code == 403
    assert "administrator" in reader.json["detail"]
    assert client.post(f"/sparql?access_token={text}", **update).status_code == 401
    client.set_cookie("Authorization", f"Bearer {text}")
    assert client.post("/sparql", **update).status_code == 401
    for answer in (without, unknown, reader):
        assert text not in answer.text


def test_who_tries_token_after_token_is_told_to_wait(client: FlaskClient, services: Services) -> None:
    _, text = services.tokens.create("administrator")

    def status(token: str, address: str = "192.0.2.7") -> int:
        headers = {"Authorization": f"Bearer {token}"}
        return client.delete("/api/v1/sources/none", headers=headers, environ_base={"REMOTE_ADDR": address}).status_code

    assert [status(f"samsvar_0_{number}") for number in range(60)] == [401] * 50 + [429] * 10
    assert status("samsvar_0_0", "192.0.2.8") == 401
    assert status(text) == 404
    told = client.delete(
        "/api/v1/sources/none", headers={"Authorization": "Bearer x"}, environ_base={"REMOTE_ADDR": "192.0.2.7"}
    )
    assert told.headers["Retry-After"] == "60"


@pytest.mark.parametrize(
    "header",
    [
        {"alg": "none", "typ": "JWT"},
        {"alg": "HS256", "kid": "../../../../dev/null"},
        {"alg": "RS256", "jku": "http://127.0.0.1:9/keys"},
    ],
)
def test_a_token_of_another_kind_opens_nothing(client: FlaskClient, services: Services, header: dict[str, str]) -> None:
    services.tokens.create("administrator")
    claims = {"role": "administrator", "sub": "admin", "exp": 4102444800}
    parts = [urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=").decode() for part in (header, claims)]
    for signature in ("", "AAAA"):
        sent = {"Authorization": f"Bearer {'.'.join([*parts, signature])}"}
        assert client.delete("/api/v1/sources/none", headers=sent).status_code == 401


def test_no_token_is_logged(client: FlaskClient, services: Services, capfd: pytest.CaptureFixture[str]) -> None:
    _, text = services.tokens.create("administrator")
    for sent in (text, f"{text}x"):
        client.post(
            "/sparql",
            data="INSERT DATA { <a:a> <a:b> ?c }",
            content_type="application/sparql-update",
            headers={"Authorization": f"Bearer {sent}"},
        )
    said = capfd.readouterr()
    assert text not in said.out + said.err
