"""What a query from outside may use. Every limit is announced in the error that it raises."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass

MIB = 1 << 20
UNITS: Mapping[str, str] = {
    "timeout": "seconds",
    "patience": "seconds",
    "slow_reader": "seconds",
    "memory": "bytes",
    "answer": "bytes",
    "query": "bytes",
    "update": "bytes",
    "rows": "rows",
    "values": "rows",
    "per_client": "queries",
    "client_waiting": "queries",
    "waiting": "queries",
    "depth": "levels",
    "patterns": "patterns",
    "path_steps": "steps",
    "service_timeout": "seconds",
    "service_answer": "bytes",
    "service_rows": "rows",
    "service_requests": "services",
}
"""Limit to what it counts, for those that a query can meet."""


@dataclass(frozen=True, slots=True)
class Budget:
    """Limits of queries. Times in seconds, sizes in bytes."""

    timeout: float = 10.0
    """From the moment when a worker has the query; time that a slow reader makes it wait is not counted."""
    slow_reader: float = 60.0
    """How long all in all a client may make a worker wait for it to read."""
    memory: int = 1024 * MIB
    """What a query may use beyond what its worker inherits from the zygote."""
    workers: int = 2
    """Queries that run at the same time."""
    per_client: int = 0
    """Queries of one client that run at the same time; 0 is no limit but `workers`."""
    client_waiting: int = 32
    """Queries of one client that may wait for a worker; 0 is no limit but `waiting`."""
    waiting: int = 64
    """Queries that may wait for a worker."""
    patience: float = 10.0
    """How long a query waits for a worker."""
    rows: int = 1_000_000
    """Solutions or triples of one answer; solutions without any value are not counted."""
    answer: int = 512 * MIB
    """Bytes of one answer."""
    cache: int = 64 * MIB
    """Bytes of answers that are kept until there is a new generation; 0 keeps none."""
    query: int = 64 * 1024
    """Bytes of the text of a query."""
    update: int = 10 * MIB
    """Bytes of the text of an update."""
    depth: int = 100
    """Brackets within brackets, and unary operators in a row."""
    patterns: int = 100
    """Triple patterns and groups that are joined in one group: planning is super-linear (200 take eight seconds)."""
    path_steps: int = 50
    """Steps of one property path."""
    values: int = 10_000
    """Rows of all VALUES."""
    in_memory: int = 6_000_000
    """Quads in memory, each counted three times (3 million take 1.2 GB); a larger generation is asked on disk."""
    at_once: int = 45_000
    """Quads, counted likewise, for whose loading the first query waits; meanwhile a larger one is asked on disk."""
    calm: float = 2.0
    """How old a large generation must be before it is loaded into memory: a row of imports is not loaded each time."""

    service_timeout: float = 10.0
    """In which all services that a query asks must have answered; the query's own time begins after it."""
    service_answer: int = 8 * MIB
    """Bytes that all services of a query may answer with."""
    service_rows: int = 10_000
    """Solutions of one service: the engine joins those of two one by one (10,000 with 10,000 takes 2.5 seconds)."""
    service_requests: int = 5
    """SERVICE clauses of one query."""
    service_workers: int = 2
    """Queries that ask services at the same time."""

    def as_dict(self) -> dict[str, float]:
        """The limits as plain numbers, for the query host's command line."""
        return asdict(self)
