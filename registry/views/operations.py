"""What those who run the register ask it: whether it is there, whether it can read, and its figures."""

from ipaddress import ip_address

from flask import Blueprint, Response, jsonify, request

from registry.errors import ForbiddenError
from registry.observing.metrics import exposition
from registry.store_kinds import store_health
from registry.views.context import reader, register

blueprint = Blueprint("operations", __name__)
_EXPOSITION = "text/plain; version=0.0.4; charset=utf-8"


@blueprint.get("/healthz")
def healthz() -> Response:
    """The process answers."""
    return jsonify(status="ok")


@blueprint.get("/readyz")
def readyz() -> Response:
    """The register can be read; and what is wrong with the service that keeps it, if one does."""
    return jsonify(status="ok", generation=reader().generation, **store_health(register().store))


@blueprint.get("/metrics")
def metrics() -> Response:
    """Figures for Prometheus, for the networks that `SAMSVAR_METRICS_ALLOW` names."""
    if not _may_see(request.remote_addr or ""):
        raise ForbiddenError(
            f"Figures are not for {request.remote_addr or 'a Unix socket'}: SAMSVAR_METRICS_ALLOW names who sees them."
        )
    answer = Response(exposition(register()), content_type=_EXPOSITION)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _may_see(address: str) -> bool:
    try:
        client = ip_address(address)
    except ValueError:
        return False
    return any(client in each for each in register().settings.metrics_networks)
