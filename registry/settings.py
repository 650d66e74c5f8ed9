"""Settings: environment variables ``SAMSVAR_*``, else a TOML file named by ``SAMSVAR_CONFIG``, else the default."""

import os
from pathlib import Path
from typing import Literal

from pydantic import Field, field_validator
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)


class Settings(BaseSettings):
    """Everything that an operator can set. Sizes in MiB, times in seconds."""

    model_config = SettingsConfigDict(env_prefix="SAMSVAR_", frozen=True, extra="ignore")

    data: Path = Field(default=Path("samsvar-data"), description="data directory")
    store: str = Field(default="embedded", description="embedded, or the URL of a SPARQL 1.1 service")
    uri_base: str = Field(
        default="http://localhost:8000", description="what minted URIs begin with; frozen at the first write"
    )
    base_url: str = Field(default="", description="where pages are served; default the same as uri_base")
    query_timeout: float = Field(default=10.0, gt=0, description="seconds that a query may take")
    query_memory: int = Field(
        default=1024, gt=0, description="MiB that a query may use beyond what its worker inherits"
    )
    query_workers: int = Field(default=2, gt=0, description="queries that run at the same time, over all web workers")
    max_upload: int = Field(default=100, gt=0, description="MiB that one source may hold, unpacked")
    service_allow: tuple[str, ...] = Field(default=(), description="addresses that SERVICE may reach")
    default_graph: Literal["union", "plain"] = Field(
        default="union", description="what a query sees as its default graph"
    )
    write_deadline: float = Field(default=30.0, gt=0, description="seconds to wait for another writer")
    language: Literal["nb", "nn", "en"] = Field(
        default="nb", description="language of pages where the reader asks for none"
    )
    accessibility_statement: str = Field(
        default="", description="address of the accessibility statement that public bodies must publish"
    )

    @field_validator("uri_base", "base_url")
    @classmethod
    def _no_trailing_slash(cls, value: str) -> str:
        return value.rstrip("/")

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
            sources.append(TomlConfigSettingsSource(settings_cls, toml_file=config))
        return tuple(sources)
