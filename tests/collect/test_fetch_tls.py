"""TLS: certificates are checked against the host's name, though the connection goes to an address."""

from __future__ import annotations

import socket
import ssl
import threading
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from servers import HEAD, HTML, answer, drip, fetched, fetcher, refused, site

x509 = pytest.importorskip("cryptography.x509")


@dataclass
class Identity:
    """A certificate that signed itself, and the server's side of it."""

    path: str
    context: ssl.SSLContext


@pytest.fixture(scope="module")
def identity(tmp_path_factory: pytest.TempPathFactory) -> Identity:
    return make(tmp_path_factory.mktemp("tls"), datetime.now(UTC) - timedelta(days=1))


def make(folder: Path, begins: datetime) -> Identity:
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "news.example")])
    certificate = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(7)
    certificate = certificate.not_valid_before(begins).not_valid_after(begins + timedelta(days=2))
    certificate = certificate.add_extension(x509.SubjectAlternativeName([x509.DNSName("news.example")]), critical=False)
    certificate = certificate.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True).sign(key, hashes.SHA256())
    public = folder / "cert.pem"
    public.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    private = folder / "key.pem"
    plain = serialization.NoEncryption()
    private.write_bytes(key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(public, private)
    return Identity(str(public), context)


def test_a_certificate_that_is_trusted_and_names_the_host(identity: Identity) -> None:
    names: list[str | None] = []
    identity.context.sni_callback = lambda sock, name, context: names.append(name)
    with site({"/": answer(), "/b": answer()}, tls=identity.context) as here, fetcher(ca_file=identity.path) as f:
        assert fetched(f.get(here.url(host="news.example"))).body == HTML
        assert fetched(f.get(here.url("/b", host="news.example"))).body == HTML
    assert names == ["news.example"]
    assert here.accepted == 1


def test_a_certificate_that_nobody_vouches_for(identity: Identity) -> None:
    with site(tls=identity.context) as here:
        error = refused(here.url(host="news.example"))
    assert (error.reason, here.asked) == ("tls", [])


def test_a_certificate_of_another_host(identity: Identity) -> None:
    with site(tls=identity.context) as here:
        assert refused(here.url(host="other.example"), ca_file=identity.path).reason == "tls"
        assert refused(here.url(), ca_file=identity.path).reason == "tls"
    assert here.asked == []


def test_a_certificate_that_ran_out(tmp_path: Path) -> None:
    old = make(tmp_path, datetime.now(UTC) - timedelta(days=9))
    with site(tls=old.context) as here:
        assert refused(here.url(host="news.example"), ca_file=old.path).reason == "tls"


def test_a_server_that_speaks_no_tls() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=lambda: listener.accept()[0].sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n"), daemon=True).start()
        assert refused(f"https://127.0.0.1:{listener.getsockname()[1]}/", retries=0, timeout=10).reason == "tls"


def test_drips_within_tls(identity: Identity) -> None:
    with site({"/": drip(HEAD + b"\r\n")}, tls=identity.context) as here:
        assert refused(here.url(host="news.example"), ca_file=identity.path, timeout=0.8).reason == "timeout"


def test_silence_before_tls() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        error = refused(f"https://127.0.0.1:{listener.getsockname()[1]}/", timeout=0.5)
    assert error.reason == "robots_unavailable"
    assert "timeout" in error.detail
