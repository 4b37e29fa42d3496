"""The client that cannot be led into our own network, against real servers. Only the DNS is played."""

from __future__ import annotations

import asyncio
import datetime
import gzip
import ipaddress
import socket
import ssl
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import httpx2
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from kanal.kit.http import ForbiddenAddress, TooLarge, safe_client

LOOPBACK = ["127.0.0.1"]
PUBLIC = "93.184.216.34"

FORBIDDEN = """
0.0.0.0 10.1.2.3 100.64.0.1 127.0.0.1 127.8.8.8 169.254.169.254 172.16.0.1 172.31.255.255 192.0.0.8 192.0.2.1
192.88.99.1 192.168.1.1 198.18.0.1 198.51.100.1 203.0.113.1 224.0.0.1 239.255.255.255 240.0.0.1 255.255.255.255
:: ::1 ::127.0.0.1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 64:ff9b::a9fe:a9fe 64:ff9b:1::1 100::1 2001::1 2001:db8::1
2002:7f00:1::1 3fff::1 fc00::1 fd00:ec2::254 fe80::1 fec0::1 ff02::1
"""

FORBIDDEN_URLS = {
    "http://shop.example.com/": "http instead of https",
    "https://shop.example.com:8443/": "port 8443",
    "https://user:secret@shop.example.com/": "a name and password in the URL",
    "ftp://shop.example.com/": "ftp instead of https",
    "https://127.0.0.1/": "a bare address",
    f"https://{PUBLIC}/": "a bare address",
    "https://[::1]/": "a bare address",
    "https://localhost/": "a name of a private network",
    "https://LOCALHOST./": "a name of a private network",
    "https://db/": "a name of a private network",
    "https://2130706433/": "a name of a private network",
    "https://127.1/": "not an address of the public internet",
    "https://printer.local/": "a name of a private network",
    "https://metadata.google.internal/": "a name of a private network",
    "https://router.home.arpa/": "a name of a private network",
}


@pytest.mark.parametrize(("url", "why"), FORBIDDEN_URLS.items())
async def test_url_that_leads_inside_is_refused(url: str, why: str) -> None:
    async with safe_client() as client:
        with pytest.raises(ForbiddenAddress, match=why):
            await client.get(url)


@pytest.mark.parametrize("address", FORBIDDEN.split())
async def test_name_with_a_special_address_is_refused(address: str, dns: Dns) -> None:
    dns["shop.example.com"] = [address]
    async with safe_client() as client:
        with pytest.raises(ForbiddenAddress, match="not an address of the public internet"):
            await client.get("https://shop.example.com/")


async def test_one_forbidden_address_among_public_ones_forbids_the_name(dns: Dns) -> None:
    dns["shop.example.com"] = [PUBLIC, "10.0.0.1"]
    async with safe_client() as client:
        with pytest.raises(ForbiddenAddress) as refused:
            await client.get("https://shop.example.com/")
    assert (refused.value.host, refused.value.why[:8]) == ("shop.example.com", "10.0.0.1")


@pytest.mark.parametrize("address", [PUBLIC, "2606:4700::1111", f"64:ff9b::{PUBLIC}"])
async def test_public_address_is_connected_to_as_it_was_judged(address: str, dns: Dns, connections: list[str]) -> None:
    dns["shop.example.com"] = [address]
    async with safe_client() as client:
        with pytest.raises(httpx2.ConnectError):
            await client.get("https://shop.example.com/")
    assert connections == [str(ipaddress.ip_address(address))]


async def test_allowed_address_answers_over_http_on_any_port() -> None:
    async with serve({"/": [answer(b"hello")]}) as url, safe_client(allow=LOOPBACK) as client:
        assert (await client.get(url)).text == "hello"


async def test_allowed_network_holds_for_names_in_it_and_for_nothing_else(dns: Dns, connections: list[str]) -> None:
    dns["n8n.example.com"], dns["db.example.com"] = ["10.0.0.5"], ["10.1.0.5"]
    async with safe_client(allow=["10.0.0.0/16"]) as client:
        with pytest.raises(httpx2.ConnectError):
            await client.get("https://n8n.example.com/")
        with pytest.raises(ForbiddenAddress):
            await client.get("https://db.example.com/")
    assert connections == ["10.0.0.5"]


async def test_second_dns_answer_is_never_asked_for(dns: Dns) -> None:
    dns["shop.lan"] = ["127.0.0.1"]
    async with serve({"/": [answer(b"hello")]}) as url, safe_client(allow=["shop.lan"]) as client:
        response = await client.get(url.replace("127.0.0.1", "shop.lan"))
    assert response.text == "hello"
    assert dns.asked == ["shop.lan"]


async def test_certificate_is_checked_against_the_name_though_the_address_is_dialled(dns: Dns, tmp_path: Path) -> None:
    dns["shop.lan"] = dns["other.lan"] = ["127.0.0.1"]
    server_side, client_side = certificate("shop.lan", tmp_path)
    async with (
        serve({"/": [answer(b"hello")]}, server_side) as url,
        safe_client(allow=["shop.lan", "other.lan"], verify=client_side) as client,
    ):
        assert (await client.get(url.replace("127.0.0.1", "shop.lan"))).text == "hello"
        with pytest.raises(httpx2.ConnectError, match="certificate"):
            await client.get(url.replace("127.0.0.1", "other.lan"))


async def test_redirect_is_returned_unless_following_was_asked_for() -> None:
    routes = {"/": [moved("/there")], "/there": [answer(b"hello")]}
    async with serve(routes) as url, safe_client(allow=LOOPBACK) as client:
        assert (await client.get(url)).status_code == 307
        assert (await client.get(url, follow_redirects=True)).text == "hello"


async def test_redirect_to_a_forbidden_host_is_refused() -> None:
    async with (
        serve({"/": [moved("http://169.254.169.254/latest/meta-data/")]}) as url,
        safe_client(allow=LOOPBACK, follow_redirects=True) as client,
    ):
        with pytest.raises(ForbiddenAddress, match=r"169\.254\.169\.254"):
            await client.get(url)


async def test_body_is_never_redirected() -> None:
    async with (
        serve({"/": [moved("/there")]}) as url,
        safe_client(allow=LOOPBACK, follow_redirects=True) as client,
    ):
        with pytest.raises(ForbiddenAddress, match="may not carry"):
            await client.post(url, content=b"order")


async def test_more_than_three_redirects_are_too_many() -> None:
    async with (
        serve({"/": [moved("/")]}) as url,
        safe_client(allow=LOOPBACK, follow_redirects=True) as client,
    ):
        with pytest.raises(httpx2.TooManyRedirects):
            await client.get(url)


async def test_answer_over_the_limit_is_cut_off() -> None:
    async with serve({"/": [answer(b"x" * 1001)]}) as url, safe_client(allow=LOOPBACK, max_bytes=1000) as client:
        with pytest.raises(TooLarge):
            await client.get(url)
        async with client.stream("GET", url) as response:
            with pytest.raises(TooLarge):
                [chunk async for chunk in response.aiter_bytes()]


async def test_limit_counts_unpacked_bytes() -> None:
    bomb = answer(gzip.compress(bytes(50_000_000)), b"Content-Encoding: gzip\r\n")
    async with serve({"/": [bomb]}) as url, safe_client(allow=LOOPBACK, max_bytes=1_000_000) as client:
        with pytest.raises(TooLarge):
            await client.get(url)


async def test_packed_answer_within_the_limit_is_unpacked_once() -> None:
    packed = answer(gzip.compress(b"hello"), b"Content-Encoding: gzip\r\n")
    async with serve({"/": [packed]}) as url, safe_client(allow=LOOPBACK) as client:
        assert (await client.get(url)).text == "hello"


async def test_server_that_drips_is_left_at_the_deadline() -> None:
    drops = [b"HTTP/1.1 200 OK\r\n\r\n"] + [b"x"] * 100
    async with serve({"/": drops}) as url, safe_client(allow=LOOPBACK, seconds=0.3) as client:
        with pytest.raises(httpx2.ReadTimeout):
            await client.get(url)


async def test_server_that_says_nothing_is_left_at_the_deadline() -> None:
    async with serve({"/": [b""] * 100}) as url, safe_client(allow=LOOPBACK, seconds=0.3) as client:
        with pytest.raises(httpx2.ReadTimeout):
            await client.get(url)


async def test_cookies_are_not_kept() -> None:
    async with (
        serve({"/": [answer(b"", b"Set-Cookie: a=b; Path=/\r\n")]}) as url,
        safe_client(allow=LOOPBACK) as client,
    ):
        await client.get(url)
        assert not client.cookies


async def test_proxy_of_the_environment_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    async with serve({"/": [answer(b"hello")]}) as url, safe_client(allow=LOOPBACK) as client:
        assert (await client.get(url)).text == "hello"


async def test_name_that_does_not_resolve_is_a_connect_error(dns: Dns) -> None:
    async with safe_client() as client:
        with pytest.raises(httpx2.ConnectError, match="does not resolve"):
            await client.get("https://nowhere.example.com/")


class Dns(defaultdict[str, list[str]]):
    """What each name resolves to, and which were asked for."""

    asked: list[str]

    async def getaddrinfo(self, host: str, port: int, **_: object) -> list[tuple[object, ...]]:
        self.asked.append(host)
        if host not in self:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return [(0, 0, 0, "", (address, port)) for address in self[host]]


@pytest.fixture
async def dns(monkeypatch: pytest.MonkeyPatch) -> Dns:
    made = Dns()
    made.asked = []
    monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", made.getaddrinfo)
    return made


@pytest.fixture
async def connections(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses that were dialled; nobody answers."""
    dialled: list[str] = []

    async def create_connection(_: object, host: str, *__: object, **___: object) -> None:
        dialled.append(host)
        raise ConnectionRefusedError

    monkeypatch.setattr(asyncio.get_running_loop(), "create_connection", create_connection)
    return dialled


def answer(body: bytes, headers: bytes = b"") -> bytes:
    return b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n%s\r\n%s" % (len(body), headers, body)


def moved(where: str) -> bytes:
    return b"HTTP/1.1 307 Moved\r\nContent-Length: 0\r\nLocation: %s\r\n\r\n" % where.encode()


@asynccontextmanager
async def serve(routes: dict[str, list[bytes]], tls: ssl.SSLContext | None = None) -> AsyncIterator[str]:
    """Answer each path with its pieces, a little apart from each other."""
    server = await asyncio.start_server(_handler(routes), "127.0.0.1", 0, ssl=tls)
    port = server.sockets[0].getsockname()[1]
    yield f"{'https' if tls else 'http'}://127.0.0.1:{port}/"
    server.close()


def _handler(
    routes: dict[str, list[bytes]],
) -> Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]:
    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            path = (await reader.readuntil(b"\r\n\r\n")).split()[1].decode()
            for piece in routes[path]:
                writer.write(piece)
                await writer.drain()
                await asyncio.sleep(0.02 if len(routes[path]) > 1 else 0)
        except (OSError, asyncio.IncompleteReadError):
            pass  # the client went away, as it should in some tests
        finally:
            writer.close()

    return handle


def certificate(name: str, folder: Path) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """A certificate that the name signed itself, for the server and for a client that trusts it."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.datetime.now(datetime.UTC)
    signed = (
        x509.CertificateBuilder(subject, subject, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = folder / "certificate.pem"
    pem.write_bytes(
        signed.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    server_side = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server_side.load_cert_chain(pem)
    return server_side, ssl.create_default_context(cafile=str(pem))
