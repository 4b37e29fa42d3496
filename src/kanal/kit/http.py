"""The HTTP client for addresses that customers and other services choose: it cannot be led into our own network.

Names are resolved here, every address is judged, and the connection goes to the address that was judged, so that
a second DNS answer changes nothing. The rules stand in the transport, where each redirect passes them again.
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket
import ssl
from collections.abc import AsyncIterator, Collection, Iterable
from contextlib import aclosing, asynccontextmanager
from http.cookiejar import CookieJar, DefaultCookiePolicy

import httpcore2
import httpx2

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

MAX_BYTES = 10_000_000
SECONDS = 30.0
CONNECT_SECONDS = 5.0
MAX_REDIRECTS = 3
PORTS = {"https": 443, "http": 80}

# Names that public DNS should never answer, and ours might.
PRIVATE_NAMES = {"localhost", "local", "localdomain", "internal", "intranet", "lan", "home", "corp", "private"}
# From the IANA special-purpose registries. `is_global` alone changed its mind between patch versions of Python,
# and it calls multicast, 6to4 and Teredo addresses global.
SPECIAL_NETWORKS: list[Network] = [
    ipaddress.ip_network(network)
    for network in (
        *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12"),
        *("192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15"),
        *("198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4"),
        *("::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"),
        *("5f00::/16", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8"),
    )
]
# Networks whose addresses carry an IPv4 address in their last 32 bits, which is the one to judge. Where hosts have
# IPv6 alone, DNS64 gives the second for every host of the old world.
CARRIERS = [ipaddress.IPv6Network("::ffff:0:0/96"), ipaddress.IPv6Network("64:ff9b::/96")]


class ForbiddenAddress(Exception):
    """Kanal does not go there; no request was sent."""

    def __init__(self, host: str, why: str) -> None:
        super().__init__(f"{host}: {why}")
        self.host = host
        self.why = why


class TooLarge(Exception):
    """The answer has more bytes than were asked for, perhaps only when unpacked; the rest was not read."""

    def __init__(self, limit: int) -> None:
        super().__init__(f"more than {limit} bytes")
        self.limit = limit


def safe_client(
    *,
    allow: Collection[str] = (),
    plain_http: bool = False,
    follow_redirects: bool = False,
    max_bytes: int = MAX_BYTES,
    seconds: float = SECONDS,
    verify: ssl.SSLContext | bool = True,
) -> httpx2.AsyncClient:
    """Make a client that goes to public hosts only, by https on port 443, and keeps no cookies.

    `allow` names the exceptions that the installation's operator (never a customer) makes: host names, addresses
    and networks, such as `n8n.lan`, `127.0.0.1`, `10.0.0.0/8`. What is allowed may be asked by http, on any port
    and by its bare address. `plain_http` adds port 80 elsewhere.

    Redirects, three at most and never of a request with a body, are followed if asked for, here or in the call.
    `seconds` is for everything from the first connection to the last byte. Raises `ForbiddenAddress`, `TooLarge`
    and what httpx2 raises.
    """
    rules = _Rules(allow, plain_http)
    return httpx2.AsyncClient(
        transport=_SafeTransport(rules, max_bytes, seconds, verify),
        timeout=httpx2.Timeout(seconds, connect=CONNECT_SECONDS),
        follow_redirects=follow_redirects,
        max_redirects=MAX_REDIRECTS,
        cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
        headers={"User-Agent": "Kanal"},
        trust_env=False,
    )


class _SafeTransport(httpx2.AsyncHTTPTransport):
    """One hop: the request is judged, the connection pinned, the answer counted."""

    def __init__(self, rules: _Rules, max_bytes: int, seconds: float, verify: ssl.SSLContext | bool) -> None:
        context = httpx2.create_ssl_context(verify=verify, trust_env=False)
        super().__init__(verify=context)
        self._rules = rules
        self._max_bytes = max_bytes
        self._seconds = seconds
        # httpx2 hands no network backend through to the pool that it makes, so this one takes its place.
        self._pool = httpcore2.AsyncConnectionPool(
            ssl_context=context,
            max_connections=100,
            max_keepalive_connections=20,
            keepalive_expiry=5,
            network_backend=_PinningBackend(rules),
        )

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        deadline = self._deadline(request)
        self._rules.check(request)
        async with _until(deadline, request):
            response = await super().handle_async_request(request)
        packed = ("content-encoding", "content-length", "transfer-encoding")
        return httpx2.Response(
            response.status_code,
            headers=[(name, value) for name, value in response.headers.multi_items() if name not in packed],
            stream=_CountedBody(response, request, self._max_bytes, deadline),
            extensions=response.extensions,
        )

    def _deadline(self, request: httpx2.Request) -> float:
        """One deadline for all hops: httpx2 hands the extensions of a request on to the redirected one."""
        deadline: float | None = request.extensions.get("kanal_deadline")
        if deadline is None:
            deadline = asyncio.get_running_loop().time() + self._seconds
            request.extensions["kanal_deadline"] = deadline
        elif request.method not in ("GET", "HEAD"):
            raise ForbiddenAddress(request.url.host, "a redirect may not carry the request's body elsewhere")
        return deadline


class _CountedBody(httpx2.AsyncByteStream):
    """The unpacked body of an answer, cut off when it grows too large or takes too long."""

    def __init__(self, response: httpx2.Response, request: httpx2.Request, max_bytes: int, deadline: float) -> None:
        self._response = response
        self._request = request
        self._max_bytes = max_bytes
        self._deadline = deadline

    async def __aiter__(self) -> AsyncIterator[bytes]:
        count = 0
        # httpx2 unpacks in pieces of a megabyte at most.
        async with aclosing(self._response.aiter_bytes()) as chunks:
            while True:
                async with _until(self._deadline, self._request):
                    chunk = await anext(chunks, None)
                if chunk is None:
                    return
                count += len(chunk)
                if count > self._max_bytes:
                    raise TooLarge(self._max_bytes)
                yield chunk

    async def aclose(self) -> None:
        await self._response.aclose()


class _PinningBackend(httpcore2.AsyncNetworkBackend):
    """Connects to addresses that were judged, never to a name."""

    def __init__(self, rules: _Rules) -> None:
        self._rules = rules
        self._backend = httpcore2.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.AsyncNetworkStream:
        failure: Exception = httpcore2.ConnectError(f"{host} has no address")
        for address in await self._rules.addresses(host, port, timeout):
            try:
                return await self._backend.connect_tcp(address, port, timeout, local_address, socket_options)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                failure = error
        raise failure


class _Rules:
    """Where a request may go: by its URL, and by the addresses behind the name."""

    def __init__(self, allow: Collection[str], plain_http: bool) -> None:
        self._schemes = ("https", "http") if plain_http else ("https",)
        self._names = {entry.lower() for entry in allow if _as_network(entry) is None}
        self._networks = [network for entry in allow if (network := _as_network(entry)) is not None]

    def check(self, request: httpx2.Request) -> None:
        url = request.url
        host = url.raw_host.decode("ascii").lower().rstrip(".")
        if url.userinfo:
            raise ForbiddenAddress(host, "a name and password in the URL")
        if url.scheme not in PORTS:
            raise ForbiddenAddress(host, f"{url.scheme or 'no scheme'} instead of https")
        if self._is_allowed(host):
            return
        if url.scheme not in self._schemes:
            raise ForbiddenAddress(host, "http instead of https")
        if url.port not in (None, PORTS[url.scheme]):
            raise ForbiddenAddress(host, f"port {url.port}")
        if _as_network(host) is not None:
            raise ForbiddenAddress(host, "a bare address instead of a name")
        if "." not in host or host.rpartition(".")[2] in PRIVATE_NAMES or host.endswith(".home.arpa"):
            raise ForbiddenAddress(host, "a name of a private network")

    async def addresses(self, host: str, port: int, timeout: float | None) -> list[str]:
        """Resolve the name and judge every address behind it: one that is forbidden forbids the name."""
        resolved = await _resolve(host, port, timeout)
        if not self._is_allowed(host.lower().rstrip(".")):
            for address in resolved:
                self._judge(host, address)
        return [str(address) for address in resolved]

    def _is_allowed(self, host: str) -> bool:
        network = _as_network(host)
        if network is None:
            return host in self._names
        return self._in_allowed_network(network.network_address)

    def _in_allowed_network(self, address: Address) -> bool:
        return any(address in network for network in self._networks)

    def _judge(self, host: str, address: Address) -> None:
        meant = _carried(address)
        if self._in_allowed_network(meant):
            return
        if not meant.is_global or any(meant in network for network in SPECIAL_NETWORKS):
            raise ForbiddenAddress(host, f"{address} is not an address of the public internet")


def _as_network(text: str) -> Network | None:
    try:
        return ipaddress.ip_network(text)
    except ValueError:
        return None


def _carried(address: Address) -> Address:
    if any(address in network for network in CARRIERS):
        return ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF)
    return address


async def _resolve(host: str, port: int, timeout: float | None) -> list[Address]:
    loop = asyncio.get_running_loop()
    try:
        async with asyncio.timeout(timeout):
            found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except TimeoutError as error:
        raise httpcore2.ConnectTimeout(f"the name {host} took too long to resolve") from error
    except (socket.gaierror, UnicodeError) as error:
        raise httpcore2.ConnectError(f"the name {host} does not resolve") from error
    return list(dict.fromkeys(ipaddress.ip_address(sockaddr[0]) for *_, sockaddr in found))


@asynccontextmanager
async def _until(deadline: float, request: httpx2.Request) -> AsyncIterator[None]:
    try:
        async with asyncio.timeout_at(deadline):
            yield
    except TimeoutError as error:
        raise httpx2.ReadTimeout("the whole exchange took too long", request=request) from error
