"""How a mailbox is found: by its provider, by what its domain publishes, by the servers that take its mail, by
a guess."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from kanal.channelkit.contract import Discovered
from kanal.channelkit.errors import InvalidSettings
from kanal.kinds.email import autoconfig, presets
from kanal.kinds.email.autoconfig import Record
from kanal.kinds.email.discovery import discover
from kanal.kinds.email.outside import Internet
from kanal.kinds.email.presets import Place, Preset
from tests.make import certificates, channels
from tests.make.mail_server import mail_server

XML = b"""<?xml version="1.0"?><clientConfig version="1.1"><emailProvider id="firma.example">
<incomingServer type="pop3"><hostname>pop.firma.example</hostname><port>995</port><socketType>SSL</socketType>
<username>%EMAILADDRESS%</username><authentication>password-cleartext</authentication></incomingServer>
<incomingServer type="imap"><hostname>IMAP.%EMAILDOMAIN%</hostname><port>143</port><socketType>STARTTLS</socketType>
<username>%EMAILLOCALPART%</username><authentication>password-cleartext</authentication></incomingServer>
<outgoingServer type="smtp"><hostname>smtp.firma.example</hostname><port>465</port><socketType>SSL</socketType>
<username>%EMAILADDRESS%</username><authentication>password-cleartext</authentication></outgoingServer>
</emailProvider></clientConfig>"""


class World:
    """An internet of dictionaries."""

    def __init__(
        self,
        *,
        srv: Mapping[str, Sequence[Record]] | None = None,
        mx: Sequence[str] = (),
        pages: Mapping[str, bytes] | None = None,
        servers: Mapping[str, int] | None = None,
    ) -> None:
        self.srv, self.mx, self.pages, self.servers = srv or {}, mx, pages or {}, servers or {}

    async def services(self, name: str) -> Sequence[Record]:
        return self.srv.get(name, [])

    async def exchangers(self, domain: str) -> Sequence[str]:
        return self.mx

    async def page(self, url: str) -> bytes:
        return self.pages.get(url.partition("?")[0], b"")

    async def answers(self, place: Place) -> int:
        return self.servers.get(f"{place.host}:{place.port}", 0)


async def found(world: World, address: str = "support@firma.example") -> Discovered:
    return await discover(address, world)


async def test_a_provider_is_known_by_the_domain_of_its_addresses() -> None:
    google = await found(World(), "Lamp.Shop@Gmail.com")
    assert (google.method, google.provider, google.source) == ("imap", "Google", "preset")
    assert google.settings["imap"]["host"] == "imap.gmail.com"
    assert google.settings["imap"]["user"] == "lamp.shop@gmail.com"
    assert google.settings["imap"]["save_sent"] is False
    assert (google.settings["imap"]["authserv"], google.settings["plus"]) == ("mx.google.com", True)
    assert "app password" in google.note


@pytest.mark.parametrize(
    ("address", "mx"), [("a@hotmail.se", ""), ("a@firma.se", "firma-se.mail.protection.outlook.com")]
)
async def test_eml_5_microsoft_says_that_its_sign_in_follows_and_offers_forwarding(address: str, mx: str) -> None:
    microsoft = await found(World(mx=[mx]), address)
    assert (microsoft.method, microsoft.provider) == ("forwarding", "Microsoft 365")
    assert microsoft.settings == {"plus": True}
    assert "follows" in microsoft.note
    assert "forward" in microsoft.note


@pytest.mark.parametrize(
    ("mx", "provider", "host"),
    [
        ("aspmx.l.google.com", "Google", "imap.gmail.com"),
        ("mx1.pub.mailpod11-cph3.one.com", "one.com", "imap.one.com"),
        ("mail.loopia.se", "Loopia", "mailcluster.loopia.se"),
        ("mx.zoho.eu", "Zoho", "imappro.zoho.eu"),
        ("mx1.mail.ovh.net", "OVHcloud", "ssl0.ovh.net"),
        ("mx00.kundenserver.de", "IONOS", "imap.ionos.de"),
        ("in1-smtp.messagingengine.com", "Fastmail", "imap.fastmail.com"),
    ],
)
async def test_a_provider_is_known_by_the_servers_that_take_the_mail(mx: str, provider: str, host: str) -> None:
    known = await found(World(mx=[mx]))
    assert (known.provider, known.settings["imap"]["host"], known.source) == (provider, host, "dns")


async def test_a_mail_host_that_only_this_installation_knows_goes_first() -> None:
    ours = Preset(name="Ours", domains=frozenset({"gmail.com"}), imap=Place("imap.lan", 143, "none"))
    known = await discover("a@gmail.com", World(), known=[ours])
    assert (known.provider, known.settings["imap"]["host"]) == ("Ours", "imap.lan")


async def test_a_name_that_only_ends_alike_is_another_provider() -> None:
    assert (await found(World(mx=["mx.notone.com"]))).provider == ""


async def test_service_records_name_the_servers() -> None:
    srv = {
        "_imaps._tcp.firma.example": [
            Record(20, 0, 993, "backup.firma.example"),
            Record(10, 5, 1993, "post.firma.example"),
        ],
        "_submissions._tcp.firma.example": [Record(0, 0, 0, "")],
        "_submission._tcp.firma.example": [Record(0, 0, 587, "out.firma.example")],
    }
    known = await found(World(srv=srv, mx=["aspmx.l.google.com"]))
    assert known.source == "dns"
    assert known.settings["imap"] == {
        "host": "post.firma.example", "port": 1993, "security": "tls", "user": "support@firma.example",
    }  # fmt: skip
    assert (known.settings["smtp"]["host"], known.settings["smtp"]["security"]) == ("out.firma.example", "starttls")


async def test_a_service_record_of_a_known_provider_brings_what_is_known_of_it() -> None:
    srv = {"_imaps._tcp.firma.example": [Record(0, 1, 993, "imap.fastmail.com")]}
    known = await found(World(srv=srv))
    assert (known.provider, known.settings["smtp"]["host"]) == ("Fastmail", "smtp.fastmail.com")
    assert "app password" in known.note


@pytest.mark.parametrize("url", autoconfig.pages("support@firma.example"))
async def test_the_page_of_the_domain_names_the_servers(url: str) -> None:
    known = await found(World(pages={url.partition("?")[0]: XML}))
    assert known.source == "autoconfig"
    assert known.settings == {
        "imap": {"host": "imap.firma.example", "port": 143, "security": "starttls", "user": "support"},
        "smtp": {"host": "smtp.firma.example", "port": 465, "security": "tls", "user": "support@firma.example"},
    }


@pytest.mark.parametrize(
    "xml",
    [
        b"",
        b"<html><body>Page not found",
        XML.replace(b"STARTTLS", b"plain"),
        XML.replace(b">143<", b">99999<"),
        XML.replace(b"password-cleartext", b"OAuth2"),
        b"\x00\xff" * 50_000,
        b"<!DOCTYPE x [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]><incomingServer type='imap'><hostname>&b;</hostname>",
    ],
)
async def test_a_page_without_a_safe_server_says_nothing(xml: bytes) -> None:
    assert autoconfig.of_xml(xml, "support@firma.example") is None


async def test_a_web_host_is_not_believed_where_the_mail_is_at_a_known_provider() -> None:
    pages = {"https://autoconfig.firma.example/mail/config-v1.1.xml": XML}
    assert (await found(World(pages=pages, mx=["aspmx.l.google.com"]))).provider == "Google"


async def test_usual_names_are_tried_and_a_server_that_can_be_believed_goes_first() -> None:
    servers = {"imap.firma.example:993": 1, "mail.firma.example:993": 2, "mail.firma.example:587": 2}
    known = await found(World(servers=servers, mx=["mx.elsewhere.example"]))
    assert known.source == "guess"
    assert known.settings["imap"]["host"] == "mail.firma.example"
    assert (known.settings["smtp"]["port"], known.settings["smtp"]["security"]) == (587, "starttls")


async def test_usual_names_of_whoever_takes_the_mail_are_tried_too() -> None:
    known = await found(World(servers={"imap.host.example:993": 2}, mx=["mx7.cluster.host.example"]))
    assert known.settings["imap"]["host"] == "imap.host.example"


@pytest.mark.parametrize("address", ["", "no address", "a@", "support@unheard-of.example", "x" * 5_000])
async def test_without_an_idea_nothing_is_filled_in(address: str) -> None:
    assert await discover(address, World()) == Discovered(method="imap")


class Slow(World):
    async def exchangers(self, domain: str) -> Sequence[str]:
        await asyncio.Event().wait()  # for ever
        return []


async def test_a_world_that_never_answers_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kanal.kinds.email.discovery.SECONDS", 0.2)
    assert await found(Slow()) == Discovered(method="imap")


async def test_a_server_is_tried_without_a_word_and_its_certificate_is_judged(tmp_path: Path) -> None:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(*certificates.self_signed(tmp_path, "localhost"))
    async with mail_server(tls=context) as server:
        assert await Internet().answers(Place("localhost", server.port, "tls")) == 1
    assert await Internet().answers(Place("localhost", server.port, "tls")) == 0
    async with mail_server() as server:
        assert await Internet().answers(Place("localhost", server.port, "starttls")) == 2


def test_every_preset_can_be_stored_as_it_is() -> None:
    for preset in presets.PRESETS:
        for part, place in (("imap", preset.imap), ("smtp", preset.smtp)):
            if place is not None:
                server = {"host": place.host, "port": place.port, "security": place.security, "password": "p"}
                given = {"method": "imap", "address": "a@b.example", "imap": server, part: server}
                assert channels.email_kind().check(given, "in.example")[part]["host"] == place.host


def test_no_domain_belongs_to_two_providers() -> None:
    domains = [domain for preset in presets.PRESETS for domain in preset.domains]
    assert len(domains) == len(set(domains))


def test_imap_needs_its_server() -> None:
    with pytest.raises(InvalidSettings) as wrong:
        channels.email_kind().check({"method": "imap", "address": "a@b.example"}, "in.example")
    assert wrong.value.field == "imap.host"
