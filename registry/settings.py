"""Settings: environment variables ``SAMSVAR_*``, else a TOML file named by ``SAMSVAR_CONFIG``, else the default."""

import os
import re
from ipaddress import ip_network
from pathlib import Path
from tomllib import TOMLDecodeError
from typing import Any, Literal

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    SettingsError,
    TomlConfigSettingsSource,
)

from registry.errors import ConfigurationError
from registry.proxies import networks_of
from sparql.federation.addresses import Allowed, Network

_BASE = re.compile(r"https?://[^\s<>\"{}|\\^`?#/]+(?:/[^\s<>\"{}|\\^`?#]*)?")
_CONTACT = re.compile(r"[^\s@<>?&%\"',;:]+@[^\s@<>?&%\"',;:/]+|https?://[^\s<>\"]+")


class Settings(BaseSettings):
    """Everything that an operator can set. Sizes in MiB, times in seconds."""

    model_config = SettingsConfigDict(env_prefix="SAMSVAR_", frozen=True, extra="ignore")

    data: Path = Field(default=Path("samsvar-data"), description="data directory")
    store: str = Field(default="embedded", description="embedded, or the URL of a SPARQL 1.1 service")
    store_dialect: Literal["generic", "oxigraph", "virtuoso"] = Field(
        default="generic", description="which kind of service keeps the store"
    )
    store_query: str = Field(default="", description="where the store is queried; default by its dialect")
    store_update: str = Field(default="", description="where the store is updated; default by its dialect")
    store_graphs: str = Field(default="", description="where the store gives and takes graphs; default by its dialect")
    store_user: str = Field(default="", description="user of the store")
    store_password: SecretStr = Field(default=SecretStr(""), description="password of that user")
    store_token: SecretStr = Field(default=SecretStr(""), description="bearer token for the store, instead of a user")
    store_timeout: float = Field(default=60.0, gt=0, description="seconds that an answer of the store may take")
    store_follow: float = Field(default=2.0, gt=0, description="seconds between looks for what other hosts published")
    uri_base: str = Field(
        default="http://localhost:8000", description="what minted URIs begin with; frozen at the first write"
    )
    base_url: str = Field(default="", description="where pages are served; default the same as uri_base")
    query_timeout: float = Field(default=10.0, gt=0, description="seconds that a query may take")
    query_memory: int = Field(
        default=1024, gt=0, description="MiB that a query may use beyond what its worker inherits"
    )
    query_workers: int = Field(default=2, gt=0, description="queries that run at the same time, over all web workers")
    query_per_client: int = Field(
        default=0, ge=0, description="queries of one client at the same time; 0: as many as there are workers"
    )
    query_client_waiting: int = Field(
        default=32, ge=0, description="queries of one client that may wait; 0: as many as may wait in all"
    )
    query_waiting: int = Field(default=64, gt=0, description="queries that may wait")
    query_patience: float = Field(default=10.0, gt=0, description="seconds that a query waits for a worker")
    query_slow_reader: float = Field(
        default=60.0, gt=0, description="seconds in all that a client may make a query wait for it to read"
    )
    query_rows: int = Field(default=1_000_000, gt=0, description="rows or triples of one answer")
    query_answer: int = Field(default=512, gt=0, description="MiB of one answer")
    query_cache: int = Field(default=64, ge=0, description="MiB of answers kept until something is imported; 0: none")
    query_size: int = Field(default=64, gt=0, description="KiB of the text of a query")
    query_depth: int = Field(default=100, gt=0, description="brackets within brackets in a query")
    query_patterns: int = Field(default=100, gt=0, description="patterns joined in one group")
    query_path_steps: int = Field(default=50, gt=0, description="steps of a property path")
    query_values: int = Field(default=10_000, gt=0, description="rows of VALUES")
    query_in_memory: int = Field(
        default=6_000_000, ge=0, description="quads held in memory, each counted three times; more is asked on disk"
    )
    query_at_once: int = Field(
        default=45_000, ge=0, description="quads, counted likewise, for whose loading the first query waits"
    )
    query_calm: float = Field(
        default=2.0, ge=0, description="age in seconds of a large generation before it is loaded into memory"
    )
    request_timeout: float = Field(
        default=20.0,
        gt=0,
        description="seconds that a client may take to send headers, and a body (more for long ones)",
    )
    trusted_proxies: str = Field(
        default="",
        description="addresses and networks of proxies whose X-Forwarded-For is believed",
    )
    max_upload: int = Field(default=100, gt=0, description="MiB that an upload may hold, unpacked")
    max_source: int = Field(
        default=1024, gt=0, description="MiB that a source of the command line or a harvest may hold, unpacked"
    )
    harvest_allow: str = Field(
        default="", description="networks where sources that are harvested may lie beside the public internet"
    )
    harvest_timeout: float = Field(default=300.0, gt=0, description="seconds that a source's answer may take in all")
    webhook_allow: tuple[str, ...] = Field(
        default=(),
        description="hosts that webhooks may lead to; after each, the networks where it may lie if not public",
    )
    preview_hours: float = Field(default=24.0, gt=0, description="hours for which the preview of an import is kept")
    service_allow: tuple[str, ...] = Field(
        default=(),
        description="addresses that SERVICE may ask; after each, the networks where it may lie if not public",
    )
    service_timeout: float = Field(default=10.0, gt=0, description="seconds in which all services of a query answer")
    service_answer: int = Field(default=8, gt=0, description="MiB that all services of a query may answer with")
    service_rows: int = Field(default=10_000, gt=0, description="solutions of one service")
    service_requests: int = Field(default=5, gt=0, description="services that one query may ask")
    service_workers: int = Field(default=2, gt=0, description="queries that ask services at the same time")
    default_graph: Literal["union", "plain"] = Field(
        default="union", description="what a query sees as its default graph"
    )
    write_deadline: float = Field(default=30.0, gt=0, description="seconds to wait for another writer")
    language: Literal["nb", "nn", "en"] = Field(
        default="nb", description="language of pages where the reader asks for none"
    )
    language_packs: Path | None = Field(
        default=None, description="folder of language packs beside those that come with the program"
    )
    themes: Path | None = Field(default=None, description="TOML file of themes beside those that come with the program")
    semantic: bool = Field(
        default=False, description="whether meanings are compared too; needs the extra samsvar[semantic]"
    )
    scorer: Path | None = Field(
        default=None, description="file of coefficients that samsvar train made; default those of the program"
    )
    oidc_issuer: str = Field(
        default="", description="OpenID provider with which people sign in, by its issuer's address"
    )
    oidc_client_id: str = Field(default="", description="what this register is called at the OpenID provider")
    oidc_client_secret: SecretStr = Field(default=SecretStr(""), description="its secret there")
    oidc_scope: str = Field(default="openid profile email", description="what is asked for at the OpenID provider")
    oidc_hours: float = Field(default=8.0, gt=0, description="hours for which somebody who signed in stays so")
    two_persons: bool = Field(
        default=False, description="whether a second person must confirm what is decided about concepts"
    )
    log_format: Literal["text", "json"] = Field(
        default="text", description="log lines for people, or one JSON object each"
    )
    access_log: bool = Field(default=False, description="whether every request is logged, without who asked for what")
    metrics_allow: str = Field(
        default="127.0.0.0/8 ::1", description="addresses and networks that may see the figures at /metrics"
    )
    contact: str = Field(default="", description="e-mail or web address for feedback where a description names nobody")
    operator: str = Field(
        default="", pattern=r"^([0-9]{9})?$", description="organisation number of who runs the register, for its DCAT"
    )
    accessibility_statement: str = Field(
        default="", description="address of the accessibility statement that public bodies must publish"
    )
    accessibility_status: Literal["", "full", "partial", "none"] = Field(
        default="", description="how far the pages meet the requirements, for the page about it"
    )
    accessibility_contact: str = Field(
        default="", description="e-mail or web address to tell what cannot be used; the contact, if absent"
    )
    accessibility_gaps: tuple[str, ...] = Field(
        default=(), description="what is known not to meet the requirements, for the page about it"
    )

    def __init__(self, **passed: Any) -> None:
        """Reads them.

        Raises:
            ConfigurationError: a setting cannot be used; all that cannot are named.
        """
        try:
            super().__init__(**passed)
        except ValidationError as error:
            raise ConfigurationError(" ".join(map(_said, error.errors()))) from error
        except SettingsError as error:
            raise ConfigurationError(f"{error}: it is a list in JSON.") from error

    @field_validator("uri_base", "base_url")
    @classmethod
    def _no_trailing_slash(cls, value: str) -> str:
        if value and not _BASE.fullmatch(value):
            raise ValueError("it is http:// or https://, a host and perhaps a path")
        return value.rstrip("/")

    @field_validator("uri_base")
    @classmethod
    def _something(cls, value: str) -> str:
        if not value:
            raise ValueError("minted URIs begin with it")
        return value

    @field_validator("contact")
    @classmethod
    def _reachable(cls, value: str) -> str:
        if value and not _CONTACT.fullmatch(value):
            raise ValueError("it is an e-mail address, or http:// or https:// and a host")
        return value

    @field_validator("trusted_proxies")
    @classmethod
    def _addresses(cls, value: str) -> str:
        networks_of(value)
        return value

    @property
    def proxies(self) -> tuple[str, ...]:
        """The trusted proxies, one by one."""
        return networks_of(self.trusted_proxies)

    @field_validator("harvest_allow", "metrics_allow")
    @classmethod
    def _networks(cls, value: str) -> str:
        for each in value.split():
            ip_network(each)
        return value

    @property
    def harvest_networks(self) -> tuple[Network, ...]:
        """The networks of `harvest_allow`."""
        return tuple(ip_network(each) for each in self.harvest_allow.split())

    @property
    def metrics_networks(self) -> tuple[Network, ...]:
        """The networks of `metrics_allow`."""
        return tuple(ip_network(each) for each in self.metrics_allow.split())

    @field_validator("service_allow", "webhook_allow")
    @classmethod
    def _services(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for each in value:
            Allowed.parse(each)
        return value

    @property
    def public_url(self) -> str:
        """Where pages are served."""
        return self.base_url or self.uri_base

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - pydantic passes it by name
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - the same
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """What is passed wins, then the environment, then the TOML file."""
        sources: list[PydanticBaseSettingsSource] = [init_settings, env_settings]
        if config := os.environ.get("SAMSVAR_CONFIG"):
            sources.append(_file(settings_cls, config))
        return tuple(sources)


def _file(settings: type[BaseSettings], name: str) -> TomlConfigSettingsSource:
    """The settings of a file, of which none is passed over."""
    if not Path(name).is_file():
        raise ConfigurationError(f"SAMSVAR_CONFIG names {name}, and there is no such file.")
    try:
        source = TomlConfigSettingsSource(settings, toml_file=name)
    except (TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise ConfigurationError(f"{name} cannot be read as TOML: {error}.") from error
    if unknown := source.toml_data.keys() - settings.model_fields.keys():
        raise ConfigurationError(f"{name} sets what is no setting: {', '.join(sorted(unknown))}.")
    return source


def _said(wrong: Any) -> str:
    """What is wrong with one setting, as pydantic tells it."""
    name = f"SAMSVAR_{wrong['loc'][0]}".upper()
    reason = wrong["msg"].removeprefix("Value error, ")
    return f"{name} is {wrong['input']!r}: {reason[0].lower()}{reason[1:]}."
