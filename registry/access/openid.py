"""Signing in with OpenID Connect: authorization code with PKCE, and an ID token whose signature and claims are checked.

Only the provider that the operator names is asked, and only when somebody signs in.
"""

import secrets
from dataclasses import dataclass
from typing import Any, cast
from urllib.parse import urlsplit

import requests
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.requests_client import OAuth2Session
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet, KeySetSerialization

from registry.access.people import Begun
from registry.errors import ConfigurationError, UnauthorizedError
from registry.settings import Settings

_SECONDS = 10
_ALGORITHMS = ["RS256", "PS256", "ES256", "EdDSA"]
_METADATA = "/.well-known/openid-configuration"
_NEEDED = ("authorization_endpoint", "token_endpoint", "jwks_uri")
_LOOPBACK = {"localhost", "127.0.0.1", "::1"}


@dataclass(frozen=True, slots=True)
class Provider:
    """The provider that the settings name, and how this register is known there."""

    issuer: str
    client: str
    secret: str
    callback: str
    scope: str

    def begin(self, onward: str) -> tuple[str, Begun]:
        """The address at the provider to send the browser to, and what must come back.

        Raises:
            ConfigurationError: the provider does not answer as one.
        """
        verifier, nonce = secrets.token_urlsafe(48), secrets.token_urlsafe(16)
        with self._session() as session:
            address, state = session.create_authorization_url(
                self._metadata()["authorization_endpoint"], code_verifier=verifier, nonce=nonce
            )
        return str(address), Begun(str(state), nonce, verifier, onward)

    def claims(self, begun: Begun, address: str) -> dict[str, Any]:
        """What the provider says of the person who came back to `address`, the callback with its query.

        Raises:
            UnauthorizedError: the provider refused, or what came is not from it, not for this register, or too old.
            ConfigurationError: the provider does not answer as one.
        """
        metadata = self._metadata()
        try:
            with self._session() as session:
                answer = session.fetch_token(
                    metadata["token_endpoint"],
                    authorization_response=address,
                    state=begun.state,
                    code_verifier=begun.verifier,
                    timeout=_SECONDS,
                )
            keys = KeySet.import_key_set(cast("KeySetSerialization", _json(metadata["jwks_uri"])))
            token = jwt.decode(answer.get("id_token", ""), keys, algorithms=_ALGORITHMS)
            self._registry(begun).validate(token.claims)
        except (AuthlibBaseError, JoseError, ValueError) as error:
            raise UnauthorizedError(f"The provider's answer cannot be used ({error}). Sign in again.") from error
        except requests.RequestException as error:
            raise ConfigurationError(f"The provider {self.issuer} does not answer: {type(error).__name__}.") from error
        return dict(token.claims)

    def _registry(self, begun: Begun) -> jwt.JWTClaimsRegistry:
        return jwt.JWTClaimsRegistry(
            leeway=60,
            iss={"essential": True, "value": self.issuer},
            aud={"essential": True, "value": self.client},
            sub={"essential": True},
            exp={"essential": True},
            nonce={"essential": True, "value": begun.nonce},
        )

    def _session(self) -> OAuth2Session:
        return OAuth2Session(
            self.client,
            self.secret,
            scope=self.scope,
            redirect_uri=self.callback,
            code_challenge_method="S256",
        )

    def _metadata(self) -> dict[str, str]:
        try:
            found = _json(f"{self.issuer.rstrip('/')}{_METADATA}")
        except (requests.RequestException, ValueError) as error:
            raise ConfigurationError(f"The provider {self.issuer} does not answer: {type(error).__name__}.") from error
        if found.get("issuer") != self.issuer or not all(_is_safe(str(found.get(name, ""))) for name in _NEEDED):
            raise ConfigurationError(f"{self.issuer} does not describe itself as an OpenID provider over https.")
        return {name: str(found[name]) for name in _NEEDED}


def provider(settings: Settings) -> Provider | None:
    """The provider, if one is set."""
    if not settings.oidc_issuer:
        return None
    secret = settings.oidc_client_secret.get_secret_value()
    callback = f"{settings.public_url}/account/callback"
    return Provider(settings.oidc_issuer, settings.oidc_client_id, secret, callback, settings.oidc_scope)


def subjects(claims: dict[str, Any]) -> tuple[str, ...]:
    """What a person may be known by: the subject, and an address if the provider has verified it."""
    address = claims.get("email")
    verified = isinstance(address, str) and claims.get("email_verified") is True
    return (str(claims["sub"]), str(address)) if verified else (str(claims["sub"]),)


def _json(address: str) -> dict[str, Any]:
    answer = requests.get(address, timeout=_SECONDS, allow_redirects=False)
    answer.raise_for_status()
    found = answer.json()
    if not isinstance(found, dict):
        raise ValueError("no JSON object")  # noqa: TRY004 - what the callers catch
    return found


def _is_safe(address: str) -> bool:
    """Whether secrets may be sent there: over https, or on this machine."""
    parts = urlsplit(address)
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOOPBACK)
