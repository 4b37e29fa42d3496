"""Settings from the environment, all optional. Read once, at the composition root, and handed down from there."""

from __future__ import annotations

import ipaddress
import os
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

import msgspec

MAIL_CATCHER = "smtp://127.0.0.1:8026"
"""Where the sandbox takes mail; the way out of `--demo`."""


class InvalidSetting(ValueError):
    """A variable of the environment is wrong; the message names it and the mend."""


class Address(msgspec.Struct, frozen=True):
    host: str
    port: int

    def __str__(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


class CaptchaService(msgspec.Struct, kw_only=True, frozen=True):
    """Where a provider's script is loaded from, by the pages that ask it, and where its answers are checked."""

    script: str
    verify: str


TURNSTILE = CaptchaService(
    script="https://challenges.cloudflare.com/turnstile/v0/api.js",
    verify="https://challenges.cloudflare.com/turnstile/v0/siteverify",
)
HCAPTCHA = CaptchaService(script="https://js.hcaptcha.com/1/api.js", verify="https://api.hcaptcha.com/siteverify")


class Settings(msgspec.Struct, kw_only=True, frozen=True):
    database_url: str | None
    data_dir: Path
    http: Address
    smtp_in: Address
    smtp_out: str | None
    smtp_tls_cert: Path | None
    smtp_tls_key: Path | None
    smtp_max_bytes: int
    mail_domain: str
    public_url: str
    trusted_proxies: tuple[ipaddress.IPv4Network | ipaddress.IPv6Network, ...]
    secret_keys: tuple[str, ...]
    storage_url: str | None
    turnstile: CaptchaService
    hcaptcha: CaptchaService
    clamd: str | Address | None
    """The virus scanner: the path of its socket, or its address."""
    rspamd: str | None
    """The mail filter, such as `http://127.0.0.1:11333`."""
    fetch_allow: tuple[str, ...]
    """Hosts and networks of our own to which a request may go whose address somebody else wrote."""
    sandbox: Address
    sandbox_imap: Address
    demo: bool

    @property
    def mail_domain_is_loopback(self) -> bool:
        return self.mail_domain == "localhost" or self.mail_domain.endswith(".localhost")

    @property
    def secure(self) -> bool:
        return self.public_url.startswith("https://")


def read(env: Mapping[str, str] = os.environ, *, demo: bool = False) -> Settings:
    http = _address(env, "KANAL_HTTP", "127.0.0.1:8000")
    public_url = _public_url(env, http)
    sandbox = _address(env, "KANAL_SANDBOX", "127.0.0.1:8010")
    return Settings(
        database_url=env.get("KANAL_DATABASE_URL") or None,
        data_dir=Path(env.get("KANAL_DATA_DIR") or "var").absolute(),
        http=http,
        smtp_in=_address(env, "KANAL_SMTP_IN", "127.0.0.1:8025"),
        smtp_out=env.get("KANAL_SMTP_OUT") or (MAIL_CATCHER if demo else None),
        smtp_tls_cert=_file(env, "KANAL_SMTP_TLS_CERT"),
        smtp_tls_key=_file(env, "KANAL_SMTP_TLS_KEY"),
        smtp_max_bytes=_number(env, "KANAL_SMTP_MAX_BYTES", 50_000_000),
        mail_domain=(env.get("KANAL_MAIL_DOMAIN") or _mail_domain(public_url)).lower().rstrip("."),
        public_url=public_url,
        trusted_proxies=_networks(env, "KANAL_TRUSTED_PROXIES"),
        secret_keys=tuple(k.strip() for k in env.get("KANAL_SECRET_KEY", "").split(",") if k.strip()),
        storage_url=env.get("KANAL_STORAGE_URL") or None,
        turnstile=_captcha(env, "TURNSTILE", _played(sandbox, "turnstile") if demo else TURNSTILE),
        hcaptcha=_captcha(env, "HCAPTCHA", _played(sandbox, "hcaptcha") if demo else HCAPTCHA),
        clamd=_scanner(env, "KANAL_CLAMD"),
        rspamd=_rspamd(env, sandbox if demo else None),
        fetch_allow=_allowed(env, sandbox if demo else None),
        sandbox=sandbox,
        sandbox_imap=_address(env, "KANAL_SANDBOX_IMAP", "127.0.0.1:8143"),
        demo=demo,
    )


def _address(env: Mapping[str, str], name: str, default: str) -> Address:
    value = env.get(name) or default
    host, _, port = value.rpartition(":")
    if not host or not port.isdigit() or int(port) > 65535:
        raise InvalidSetting(f"{name} is {value!r}; write host:port, such as {default}")
    return Address(host.strip("[]"), int(port))


def _public_url(env: Mapping[str, str], http: Address) -> str:
    value = (env.get("KANAL_PUBLIC_URL") or f"http://{http}").rstrip("/")
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path:
        raise InvalidSetting(f"KANAL_PUBLIC_URL is {value!r}; write it like https://desk.example.com, without a path")
    return value


def _captcha(env: Mapping[str, str], name: str, default: CaptchaService) -> CaptchaService:
    return CaptchaService(
        script=_url(env, f"KANAL_{name}_SCRIPT", default.script),
        verify=_url(env, f"KANAL_{name}_VERIFY", default.verify),
    )


def _played(sandbox: Address, provider: str) -> CaptchaService:
    """Under `--demo` the sandbox plays them."""
    base = f"http://{sandbox}/captcha/{provider}"
    return CaptchaService(script=f"{base}/api.js", verify=f"{base}/siteverify")


def _url(env: Mapping[str, str], name: str, default: str) -> str:
    value = env.get(name) or default
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise InvalidSetting(f"{name} is {value!r}; write a whole address, such as {default}")
    return value


def _scanner(env: Mapping[str, str], name: str) -> str | Address | None:
    value = env.get(name, "")
    if value.startswith("unix:/"):
        return value.removeprefix("unix:")
    return _address(env, name, "127.0.0.1:3310") if value else None


def _allowed(env: Mapping[str, str], sandbox: Address | None) -> tuple[str, ...]:
    """Under `--demo` the sandbox is the outside world."""
    given = tuple(part.strip() for part in env.get("KANAL_FETCH_ALLOW", "").split(",") if part.strip())
    return (*given, sandbox.host) if sandbox else given


def _rspamd(env: Mapping[str, str], player: Address | None) -> str | None:
    """Under `--demo` the sandbox plays it."""
    default = f"http://{player}/rspamd" if player else ""
    wanted = env.get("KANAL_RSPAMD") or default
    return _url(env, "KANAL_RSPAMD", default).rstrip("/") if wanted else None


def _mail_domain(public_url: str) -> str:
    host = urlsplit(public_url).hostname or "localhost"
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return host
    return "localhost"


def _number(env: Mapping[str, str], name: str, default: int) -> int:
    value = env.get(name) or str(default)
    if not value.isdigit():
        raise InvalidSetting(f"{name} is {value!r}; write a whole number")
    return int(value)


def _file(env: Mapping[str, str], name: str) -> Path | None:
    value = env.get(name)
    if value and not Path(value).is_file():
        raise InvalidSetting(f"{name} is {value!r}, where there is no file")
    return Path(value) if value else None


def _networks(env: Mapping[str, str], name: str) -> tuple[ipaddress.IPv4Network | ipaddress.IPv6Network, ...]:
    try:
        return tuple(ipaddress.ip_network(part.strip()) for part in env.get(name, "").split(",") if part.strip())
    except ValueError as wrong:
        raise InvalidSetting(f"{name}: {wrong}; write networks such as 10.0.0.0/8, separated by commas") from wrong
