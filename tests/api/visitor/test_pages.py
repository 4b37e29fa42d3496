"""Where visitors meet a form: the hosted page, what the embed asks for, the script, the thanks, and where there is
none."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx2
import pytest
from selectolax.lexbor import LexborHTMLParser

from kanal.api.visitor import script
from kanal.forms.definitions import actions
from kanal.forms.models import Definition
from kanal.forms.pages import started
from kanal.kit import clock
from kanal.kit.crypto import Keyring
from kanal.kit.db import Database
from tests.make import web
from tests.make.forms import field, make_form
from tests.make.site import Site

SHOP = "https://shop.example"
BUILT = b'console.log("the script of forms")'


@pytest.fixture
async def site(db: Database, tmp_path: Path) -> Site:
    return await Site(db, tmp_path).open()


@pytest.fixture
async def visitor(site: Site) -> AsyncIterator[httpx2.AsyncClient]:
    async with web.program(site.app) as client:
        yield client


@pytest.fixture
def built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The script as its build leaves it."""
    file = tmp_path / "form.js"
    file.write_bytes(BUILT)
    monkeypatch.setattr(script, "FILE", file)
    script._read.cache_clear()
    return file


async def form(site: Site, *fields: Any, **options: Any) -> Definition:
    return await make_form(site.db, site.account, *fields, **options)


async def _delete(site: Site, made: Definition) -> None:
    async with site.db.transaction(site.account) as tx:
        await actions.delete(tx, made.form_id, made.name, None)


async def _counted(site: Site) -> tuple[int, int]:
    await site.counter.flush()
    async with site.db.transaction(site.account) as tx:
        rows = await tx.dicts("select views, starts from form_days")
    return (rows[0]["views"], rows[0]["starts"]) if rows else (0, 0)


def _hidden(html: str, name: str) -> str:
    [found] = LexborHTMLParser(html).css(f'input[name="{name}"]')
    return found.attributes["value"] or ""


async def test_the_hosted_page_carries_a_token_and_when_it_was_shown(site: Site, visitor: httpx2.AsyncClient) -> None:
    made = await form(site)
    one, other = [await visitor.get(f"/f/{made.key}") for _ in range(2)]
    assert one.status_code == 200
    assert one.headers["cache-control"] == "no-store"
    assert _hidden(one.text, "_submission") != _hidden(other.text, "_submission")
    keyring = Keyring(site.settings.secret_keys)
    shown = started.read(keyring, made.form_id, _hidden(one.text, "_started"))
    assert shown is not None
    assert clock.now() - shown < timedelta(minutes=1)


async def test_its_policy_lets_nothing_in_but_its_own_style(site: Site, visitor: httpx2.AsyncClient) -> None:
    made = await form(site, look={"accent": "#00aa77"})
    page = await visitor.get(f"/f/{made.key}")
    styles = re.findall(r"<style>(.*?)</style>", page.text, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(styles[0].encode()).digest()).decode()
    policy = page.headers["content-security-policy"]
    assert f"style-src 'sha256-{digest}'" in policy
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "style=" not in page.text
    assert "<script>" not in page.text


async def test_the_pages_address_fills_it_in(site: Site, visitor: httpx2.AsyncClient) -> None:
    made = await form(
        site, field("name"), field("campaign", hidden=True), field("rooms", "multi_select", options=["a", "b"])
    )
    page = await visitor.get(f"/f/{made.key}", params={"name": '"><script>', "campaign": "x", "rooms": ["a", "b"]})
    assert _hidden(page.text, "name") == '"><script>'
    assert _hidden(page.text, "campaign") == "x"
    assert len(LexborHTMLParser(page.text).css("input[checked]")) == 2


@pytest.mark.parametrize(("accepts", "words"), [("sv", "Här finns inget formulär"), ("", "There is no form here")])
async def test_an_address_without_a_form_says_so_in_the_browsers_language(
    visitor: httpx2.AsyncClient, accepts: str, words: str
) -> None:
    for path in ("/f/aaaaaaaaaaaaaaaa", "/f/x/thanks", "/f/%00%F0"):
        page = await visitor.get(path, headers={"accept-language": accepts})
        assert page.status_code == 404
        assert words in page.text


async def test_a_deleted_form_is_gone(site: Site, visitor: httpx2.AsyncClient) -> None:
    made = await form(site)
    await _delete(site, made)
    page = await visitor.get(f"/f/{made.key}")
    embedded = await visitor.get(f"/f/{made.key}/definition", headers={"origin": SHOP})
    assert (page.status_code, embedded.status_code) == (410, 410)
    assert "no longer here" in page.text
    assert embedded.json()["type"] == "/problems/form-deleted"


async def test_a_closed_form_says_so_kindly_and_in_its_own_words(site: Site, visitor: httpx2.AsyncClient) -> None:
    made = await form(site, language="sv", closed=True, closed_text="Vi ses <snart>!")
    page = await visitor.get(f"/f/{made.key}")
    embedded = await visitor.get(f"/f/{made.key}/definition")
    assert page.status_code == embedded.status_code == 410
    assert "Formuläret är stängt" in page.text
    assert "Vi ses &lt;snart&gt;!" in page.text
    assert "Vi ses &lt;snart&gt;!" in embedded.json()["html"]
    assert embedded.json()["detail"] == "Vi ses <snart>!"


async def test_a_form_closes_by_itself(site: Site, visitor: httpx2.AsyncClient) -> None:
    made = await form(site, closes_at=(clock.now() + timedelta(days=1)).isoformat())
    assert "Open until" in (await visitor.get(f"/f/{made.key}")).text
    over = await form(site, name="Over", closes_at=(clock.now() - timedelta(seconds=1)).isoformat())
    assert (await visitor.get(f"/f/{over.key}")).status_code == 410


async def test_the_embed_is_handed_all_it_shows(site: Site, visitor: httpx2.AsyncClient) -> None:
    made = await form(site)
    answer = await visitor.get(f"/f/{made.key}/definition", headers={"origin": SHOP})
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-credentials" not in answer.headers
    assert answer.headers["cache-control"] == "no-store"
    given = answer.json()
    assert _hidden(given["html"], "_submission") == given["token"]
    assert _hidden(given["html"], "_started") == given["started"]
    assert f'action="{web.PUBLIC_URL}/f/{made.key}"' in given["html"]
    assert given["css"].startswith(".kanal-form")
    assert [each["name"] for each in given["fields"]] == [each.name for each in made.fields]
    assert given["wrong"]["required"]


async def test_a_form_for_certain_sites_is_shown_there_only(site: Site, visitor: httpx2.AsyncClient) -> None:
    made = await form(site, origins=[SHOP])
    path = f"/f/{made.key}/definition"
    theirs = await visitor.get(path, headers={"origin": SHOP})
    others = await visitor.get(path, headers={"origin": "https://evil.example"})
    assert theirs.headers["access-control-allow-origin"] == SHOP
    assert theirs.headers["vary"] == "origin"
    assert others.status_code == 403
    assert others.json()["type"] == "/problems/origin-not-allowed"
    assert "token" not in others.json()
    assert (await visitor.get(path, headers={"origin": web.PUBLIC_URL})).status_code == 200
    page = await visitor.get(f"/f/{made.key}")
    assert f"frame-ancestors {SHOP};" in page.headers["content-security-policy"]


async def test_views_and_starts_are_counted_without_a_cookie(site: Site, visitor: httpx2.AsyncClient) -> None:
    made = await form(site)
    page = await visitor.get(f"/f/{made.key}")
    embedded = await visitor.get(f"/f/{made.key}/definition")
    await visitor.get(f"/f/{made.key}", headers={"sec-purpose": "prefetch"})
    begun = await visitor.post(f"/f/{made.key}/started", headers={"origin": SHOP})
    assert begun.status_code == 204
    assert await _counted(site) == (2, 1)
    assert not [each for each in (page, embedded, begun) if "set-cookie" in each.headers]


async def test_nothing_is_counted_of_a_form_that_is_not_there(site: Site, visitor: httpx2.AsyncClient) -> None:
    made = await form(site, closed=True)
    assert (await visitor.get(f"/f/{made.key}")).status_code == 410
    assert (await visitor.post("/f/nowhere/started")).status_code == 404
    assert await _counted(site) == (0, 0)


async def test_the_thanks_are_the_forms_own(site: Site, visitor: httpx2.AsyncClient) -> None:
    made = await form(site, thanks="We are on it.")
    page = await visitor.get(f"/f/{made.key}/thanks")
    assert page.status_code == 200
    assert "We are on it." in page.text


@pytest.mark.usefixtures("built")
async def test_the_script_is_the_same_for_all_and_kept_by_its_version(site: Site, visitor: httpx2.AsyncClient) -> None:
    made = await form(site)
    answer = await visitor.get(f"/f/{made.key}.js")
    assert answer.content == BUILT
    assert answer.headers["content-type"].startswith("text/javascript")
    assert answer.headers["cross-origin-resource-policy"] == "cross-origin"
    assert "max-age=3600" in answer.headers["cache-control"]
    again = await visitor.get(f"/f/{made.key}.js", headers={"if-none-match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    page = LexborHTMLParser((await visitor.get(f"/f/{made.key}")).text)
    [tag] = page.css("script[src]")
    pinned = await visitor.get(str(tag.attributes["src"]))
    assert "immutable" in pinned.headers["cache-control"]
    assert "immutable" not in (await visitor.get(f"/f/{made.key}.js?v=old")).headers["cache-control"]


async def test_the_page_works_where_the_script_was_not_built(
    site: Site, visitor: httpx2.AsyncClient, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(script, "FILE", tmp_path / "none.js")
    made = await form(site)
    assert (await visitor.get(f"/f/{made.key}.js")).status_code == 503
    page = await visitor.get(f"/f/{made.key}")
    assert page.status_code == 200
    assert "<script" not in page.text


async def test_a_page_that_asks_a_captcha_may_load_from_its_provider_and_nobody_else(
    site: Site, visitor: httpx2.AsyncClient
) -> None:
    sealed = Keyring(site.settings.secret_keys).encrypt(b"secret")
    async with site.db.transaction(site.account) as tx:
        await tx.run(
            """
            insert into desk_settings (account_id, captcha_provider, captcha_site_key, captcha_secret)
            values (%s, 'turnstile', 'site-key', %s)
            """,
            (site.account, sealed),
        )
    asks, asks_not = await form(site, captcha=True), await form(site, name="Other")
    page = await visitor.get(f"/f/{asks.key}")
    assert "script-src 'self' https://challenges.cloudflare.com;" in page.headers["content-security-policy"]
    assert "site-key" in page.text
    assert "secret" not in page.text.replace("site-key", "")
    given = (await visitor.get(f"/f/{asks.key}/definition")).json()["captcha"]
    assert given == {"name": "turnstile", "site_key": "site-key", "script": site.settings.turnstile.script}
    other = await visitor.get(f"/f/{asks_not.key}")
    assert "cloudflare" not in other.headers["content-security-policy"]


async def test_our_routes_may_not_be_framed_but_the_form_may(site: Site, visitor: httpx2.AsyncClient) -> None:
    made = await form(site)
    assert "frame-ancestors *" in (await visitor.get(f"/f/{made.key}")).headers["content-security-policy"]
    assert "frame-ancestors 'none'" in (await visitor.get("/signin")).headers["content-security-policy"]
