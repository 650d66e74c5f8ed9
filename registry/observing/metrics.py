"""Figures for Prometheus: what the web processes count together, and what the register holds when it is asked.

The processes of one server count in files of a directory of their own (`PROMETHEUS_MULTIPROC_DIR`, which
registry/serving.py makes before any of them begins); a process by itself counts in memory.
"""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from prometheus_client import REGISTRY, CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from registry.harmonisation.listing import counts
from registry.services import Services
from registry.serving import COUNTING
from sparql.errors import StoreError

_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"})
_REQUESTS = Counter("samsvar_requests", "Requests that were answered.", ("method", "area", "status"))
_SECONDS = Histogram(
    "samsvar_request_seconds",
    "Seconds from the request to the end of its answer.",
    ("area",),
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30),
)
_PROBLEMS = Counter("samsvar_problems", "Requests that were answered with a problem, by its kind.", ("problem",))


def observe(method: str, area: str, status: str, seconds: float) -> None:
    """Counts a request that has been answered."""
    _REQUESTS.labels(method if method in _METHODS else "other", area or "front", status).inc()
    _SECONDS.labels(area or "front").observe(seconds)


def count_problem(slug: str) -> None:
    """Counts an answer that is a problem."""
    _PROBLEMS.labels(slug).inc()


class Holdings(Collector):
    """What the register holds and how it stands, read when somebody asks."""

    def __init__(self, parts: Services) -> None:
        self._parts = parts

    def collect(self) -> Iterator[Metric]:
        """One figure after the other; where the register cannot be read, only that."""
        try:
            figures = self._figures()
        except StoreError:
            figures = {}
        yield _gauge("samsvar_readable", "1 where the register can be read.", float(bool(figures)))
        for name, (help_, value) in figures.items():
            yield _gauge(name, help_, value)
        yield _gauge(
            "samsvar_disk_free_bytes",
            "Bytes free on the disk of the data directory.",
            shutil.disk_usage(_there(self._parts)).free,
        )

    def _figures(self) -> dict[str, tuple[str, float]]:
        reader = self._parts.store.reader()
        graphs = reader.graphs()
        failing = [each for each in self._parts.harvests.everything() if each.failing_since]
        return {
            "samsvar_generation": ("Number of the newest generation.", reader.generation),
            "samsvar_graphs": ("Named graphs.", len(graphs)),
            "samsvar_triples": ("Triples in all named graphs.", sum(graphs.values())),
            "samsvar_findings": ("Definitions that disagree: findings.", sum(counts(reader).values())),
            "samsvar_sources_failing": ("Sources whose last harvest failed.", len(failing)),
        }


def exposition(parts: Services) -> bytes:
    """All of it in Prometheus' text format."""
    registry = CollectorRegistry()
    if os.environ.get(COUNTING):
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call] # prometheus_client has it untyped
        counted = generate_latest(registry)
    else:
        counted = generate_latest(REGISTRY)
    held = CollectorRegistry()
    held.register(Holdings(parts))
    return counted + generate_latest(held)


def _gauge(name: str, help_: str, value: float) -> Metric:
    return GaugeMetricFamily(name, help_, value=value)


def _there(parts: Services) -> Path:
    """The data directory, or the nearest folder above it that is there."""
    directory = parts.store.directory
    return next(each for each in (directory, *directory.absolute().parents) if each.is_dir())
