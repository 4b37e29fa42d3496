"""What holds for the whole desk: which channel answers by default, and the captcha provider, whose secret is never
shown."""

from __future__ import annotations

from typing import Any

import httpx2
import pytest

from kanal.forms.spam import captcha
from kanal.kit.db import Database
from kanal.kit.ids import new_id
from tests.make import channels, forms
from tests.make.site import Site

KEYS = {"provider": "turnstile", "site_key": "0x4AAA", "secret": "s3cret"}


@pytest.fixture
async def admin(site: Site) -> Any:
    async with await site.program("chief", "super_admin") as client:
        client.base_url = client.base_url.join("/api/v1/")
        yield client


async def _set(admin: httpx2.AsyncClient, **change: Any) -> dict[str, Any]:
    answer = await admin.patch("desk-settings", json=change)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def _refused(admin: httpx2.AsyncClient, **change: Any) -> str:
    answer = await admin.patch("desk-settings", json=change)
    assert answer.status_code == 422, answer.text
    return str(answer.json()["errors"][0]["field"])


async def test_the_fallback_is_a_channel_that_can_write_and_goes_with_it(
    site: Site, admin: httpx2.AsyncClient, db: Database
) -> None:
    sales = str(await channels.email_channel(db, site.account, "sales@a.example", name="Sales"))
    assert (await _set(admin, fallback_channel=sales))["fallback_channel"] == sales
    form = await forms.make_form(db, site.account)
    web_form = str(await forms.connect_form(db, site.account, form.form_id))
    for wrong in (web_form, str(new_id())):
        assert await _refused(admin, fallback_channel=wrong) == "fallback_channel"
    await admin.request("DELETE", f"channels/{sales}", json={"confirm_name": "Sales"})
    assert (await admin.get("desk-settings")).json()["fallback_channel"] is None


async def test_a_captchas_secret_is_kept_sealed_and_never_shown(
    site: Site, admin: httpx2.AsyncClient, db: Database
) -> None:
    shown = (await _set(admin, captcha=KEYS))["captcha"]
    assert shown == {"provider": "turnstile", "site_key": "0x4AAA", "has_secret": True}
    async with db.transaction(site.account) as tx:
        assert b"s3cret" not in await tx.value("select captcha_secret from desk_settings")
        found = await captcha.account(tx, site.carriers.keyring)
    assert found is not None
    assert (found.name, found.secret) == ("turnstile", "s3cret")


async def test_a_secret_stays_with_the_provider_it_was_typed_for(admin: httpx2.AsyncClient) -> None:
    await _set(admin, captcha=KEYS)
    kept = await _set(admin, captcha={"provider": "turnstile", "site_key": "0x4BBB"})
    assert kept["captcha"] == {"provider": "turnstile", "site_key": "0x4BBB", "has_secret": True}
    assert await _refused(admin, captcha={"provider": "hcaptcha", "site_key": "x"}) == "captcha.secret"
    assert (await _set(admin, captcha=None))["captcha"] is None
    assert await _refused(admin, captcha={"provider": "turnstile", "site_key": "x"}) == "captcha.secret"


@pytest.mark.parametrize(("field", "wrong"), [("site_key", " "), ("site_key", "a b"), ("secret", "x" * 501)])
async def test_a_key_that_is_none_is_refused_at_its_field(admin: httpx2.AsyncClient, field: str, wrong: str) -> None:
    assert await _refused(admin, captcha=KEYS | {field: wrong}) == f"captcha.{field}"


async def test_what_is_left_out_stays(admin: httpx2.AsyncClient) -> None:
    await _set(admin, captcha=KEYS, capacity_max_age_days=30)
    assert (await _set(admin, fallback_channel=None))["captcha"]["site_key"] == "0x4AAA"
    assert (await admin.get("desk-settings")).json()["capacity_max_age_days"] == 30
