from pathlib import Path

import pytest
from definition_samples import BASE

from registry.urls import Urls
from sparql.embedded.generations import GenerationStore


@pytest.fixture
def urls() -> Urls:
    return Urls(BASE)


@pytest.fixture
def store(tmp_path: Path) -> GenerationStore:
    return GenerationStore(tmp_path / "store", uri_base=BASE)
