"""Which address counts as the client's, behind proxies and without."""

import pytest
from flask import Flask, request

from registry.errors import ConfigurationError
from registry.proxies import Proxies
from registry.settings import Settings

NEAR, FAR, OTHER = "10.0.0.1", "192.0.2.7", "198.51.100.9"


@pytest.mark.parametrize(
    ("trusted", "peer", "forwarded", "client"),
    [
        ("", NEAR, OTHER, NEAR),
        (NEAR, NEAR, OTHER, OTHER),
        (NEAR, FAR, OTHER, FAR),
        (NEAR, NEAR, f"{OTHER}, {FAR}", FAR),
        (f"{NEAR} {FAR}", NEAR, f"{OTHER}, {FAR}", OTHER),
        (f"{NEAR},{FAR}", NEAR, f"1.2.3.4, {OTHER},{FAR}", OTHER),
        ("10.0.0.0/8", NEAR, "10.9.9.9, 10.8.8.8", "10.9.9.9"),
        (NEAR, NEAR, "unknown", NEAR),
        (NEAR, NEAR, f"{OTHER}, nonsense", NEAR),
        (NEAR, NEAR, f"{OTHER}:40123", OTHER),
        (NEAR, NEAR, "[2001:db8::7]:443", "2001:db8::7"),
        (NEAR, NEAR, "2001:DB8:0::7", "2001:db8::7"),
        (NEAR, f"::ffff:{NEAR}", OTHER, OTHER),
        ("unix", "", OTHER, OTHER),
        (NEAR, "", OTHER, ""),
    ],
)
def test_only_what_trusted_proxies_say_is_believed(trusted: str, peer: str, forwarded: str, client: str) -> None:
    app = Flask(__name__)
    app.add_url_rule("/", "who", lambda: request.remote_addr or "")
    app.wsgi_app = Proxies(app.wsgi_app, Settings(trusted_proxies=trusted).proxies)  # type: ignore[method-assign] # how middleware is put around
    answer = app.test_client().get("/", headers={"X-Forwarded-For": forwarded}, environ_overrides={"REMOTE_ADDR": peer})
    assert answer.text == client


def test_without_the_header_it_is_the_peer() -> None:
    assert Proxies(lambda *_: [], [NEAR]).client(NEAR, "") == NEAR


@pytest.mark.parametrize("wrong", ["proxy.example", "10.0.0.1/8", "300.1.1.1"])
def test_what_is_no_address_is_refused_at_the_start(wrong: str) -> None:
    with pytest.raises(ConfigurationError, match="SAMSVAR_TRUSTED_PROXIES"):
        Settings(trusted_proxies=wrong)
