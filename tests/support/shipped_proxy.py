"""The shipped nginx configuration, run by a real nginx in front of a server, with a certificate of its own."""

import re
import shutil
import ssl
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from live_server import free_port

SHIPPED = Path(__file__).parents[2] / "deploy" / "nginx"
_AROUND = """
daemon off;
pid {place}/nginx.pid;
error_log stderr warn;
events {{ worker_connections 1024; }}
http {{
    client_body_temp_path {place}/body;
    proxy_temp_path {place}/proxy;
    fastcgi_temp_path {place}/fastcgi;
    uwsgi_temp_path {place}/uwsgi;
    scgi_temp_path {place}/scgi;
    access_log off;
    include {place}/samsvar.conf;
}}
"""


def nginx() -> str:
    """Where nginx is; skips the test where it is not installed."""
    found = shutil.which("nginx", path="/usr/sbin:/usr/bin:/usr/local/sbin:/usr/local/bin")
    if found is None or not shutil.which("openssl"):
        pytest.skip("nginx or openssl is not installed: apt-get install nginx openssl")
    return found


def trusting(place: Path) -> ssl.SSLContext:
    """What a client that knows the certificate connects with."""
    return ssl.create_default_context(cafile=str(place / "fullchain.pem"))


@contextmanager
def proxied(server: int, place: Path, reader: int | None = None) -> Iterator[tuple[int, int]]:
    """The ports of http and https of a proxy before the server at port `server`; `place` is an empty folder.

    With the port of a `reader` too, the configuration is the one for several hosts.
    """
    program = nginx()
    place.chmod(0o755)
    plain, secure = free_port(), free_port()
    _certify(place)
    text = (SHIPPED / "samsvar.conf").read_text(encoding="utf-8")
    if reader is not None:
        text = _of_several(text, server, reader)
    text = text.replace("127.0.0.1:8000", f"127.0.0.1:{server}")
    for shipped, here in (
        ("listen 80;", f"listen 127.0.0.1:{plain};"),
        ("listen 443 ssl;", f"listen 127.0.0.1:{secure} ssl;"),
        ("begrep.example", "localhost"),
        ("/etc/ssl/samsvar", str(place)),
        ("/var/cache/nginx/samsvar", f"{place}/cache"),
        ("include samsvar-proxy.conf", f"include {SHIPPED}/samsvar-proxy.conf"),
    ):
        assert shipped in text
        text = text.replace(shipped, here)
    text = re.sub(r"^ *listen \[::\].*\n", "", text, flags=re.MULTILINE)
    (place / "samsvar.conf").write_text(text, encoding="utf-8")
    (place / "nginx.conf").write_text(_AROUND.format(place=place), encoding="utf-8")
    process = subprocess.Popen([program, "-p", str(place), "-c", str(place / "nginx.conf")])
    try:
        _wait(process, place / "nginx.pid")
        yield plain, secure
    finally:
        process.terminate()
        process.wait(30)


def _of_several(text: str, writer: int, reader: int) -> str:
    """The configuration with what cluster.conf says in the place of the lines that it names."""
    one = re.compile(r"^upstream samsvar \{.*?^map [^\n]* \$samsvar_host \{.*?^\}\n", re.MULTILINE | re.DOTALL)
    cluster = (SHIPPED / "cluster.conf").read_text(encoding="utf-8")
    cluster = re.sub(r"^ *server 10\.0\.0\.13:8000;\n", "", cluster, flags=re.MULTILINE)
    hosts = cluster.replace("10.0.0.11:8000", f"127.0.0.1:{writer}").replace("10.0.0.12:8000", f"127.0.0.1:{reader}")
    assert one.search(text)
    return one.sub(lambda _: hosts, text)


def _wait(process: subprocess.Popen[bytes], pid: Path) -> None:
    for _ in range(200):
        if pid.exists() and pid.read_text(encoding="ascii").strip():
            return
        assert process.poll() is None, "nginx does not take the shipped configuration"
        time.sleep(0.05)


def _certify(place: Path) -> None:
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"]
    files = ["-addext", "subjectAltName=DNS:localhost", "-keyout", "privkey.pem", "-out", "fullchain.pem"]
    subprocess.run([*command, *files], cwd=place, check=True, capture_output=True)
