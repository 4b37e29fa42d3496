"""What speaks against a submission, asked as the door asks it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from kanal.forms import spam
from kanal.forms.models import Definition
from kanal.forms.pages import started
from kanal.forms.spam import Sender, TooMany, rules
from kanal.kit import clock
from kanal.kit.crypto import Keyring
from kanal.kit.db import Database
from tests.make import accounts, web
from tests.make.forms import make_form
from tests.sandbox.world import World, world

KEYRING = Keyring(["test"])
NOW = clock.now()
EVA = Sender(address="192.0.2.7")


class Form:
    """A published form, and what the door would ask of what is sent with it."""

    def __init__(self, db: Database, folder: Path, definition: Definition, outside: World) -> None:
        verify = f"{outside.sandbox.url}/captcha"
        env = {f"KANAL_{name.upper()}_VERIFY": f"{verify}/{name}/siteverify" for name in ("turnstile", "hcaptcha")}
        self.db, self.definition, self.outside = db, definition, outside
        self.settings = web.settings(folder, **env)

    def page(self, ago: float = 60) -> dict[str, list[str]]:
        """What our own page sends, shown so many seconds ago."""
        shown = NOW - timedelta(seconds=ago)
        return {"_started": [started.make(KEYRING, self.definition.form_id, shown)], "_website": [""]}

    async def suspicion(
        self, given: dict[str, list[str]] | None = None, sender: Sender = EVA, how: Any = "hosted"
    ) -> str:
        came = self.page() if given is None else given
        rates = spam.Rates(self.db)
        return await spam.suspicion(rates, KEYRING, self.settings, self.definition, came, sender, how, NOW)

    async def ask_captcha(self, provider: str, secret: str = "secret") -> None:
        self.definition.options.captcha = True
        async with self.db.transaction(self.definition.account_id) as tx:
            await tx.run(
                """
                insert into desk_settings (account_id, captcha_provider, captcha_site_key, captcha_secret)
                values (%s, %s, 'site', %s)
                """,
                (tx.account, provider, KEYRING.encrypt(secret.encode())),
            )


@pytest.fixture
async def form(db: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Form]:
    monkeypatch.setattr(clock, "now", lambda: NOW)  # the ten minutes in which is counted do not end in a test
    account = await accounts.account(db)
    async with world() as outside:
        yield Form(db, tmp_path, await make_form(db, account), outside)


async def test_nothing_speaks_against_somebody_who_took_their_time(form: Form) -> None:
    assert await form.suspicion() == ""
    assert await form.suspicion({}, how="api") == ""
    assert await form.suspicion({}, how="plain") == ""


async def test_the_field_that_people_do_not_see_catches(form: Form) -> None:
    assert await form.suspicion(form.page() | {"_website": ["https://spam.example"]}) == rules.FILLED_IN


async def test_nobody_fills_in_a_form_in_two_seconds(form: Form) -> None:
    assert await form.suspicion(form.page(ago=1.9)) == rules.TOO_FAST
    assert await form.suspicion(form.page(ago=1.9), how="plain") == rules.TOO_FAST
    assert await form.suspicion(form.page(ago=2.1)) == ""


@pytest.mark.parametrize("how", ["hosted", "embed"])
async def test_our_own_pages_say_when_they_were_shown(form: Form, how: str) -> None:
    assert await form.suspicion({}, how=how) == rules.NO_START


async def test_a_start_that_we_did_not_sign_is_none(form: Form) -> None:
    other = started.make(Keyring(["another"]), form.definition.form_id, NOW - timedelta(seconds=60))
    assert await form.suspicion({"_started": [other]}, how="api") == rules.NO_START


async def test_the_eleventh_from_one_address_is_caught_and_the_hundred_and_first_refused(form: Form) -> None:
    found = [await form.suspicion() for _ in range(100)]
    assert found == [""] * 10 + [rules.OFTEN_FROM_ADDRESS] * 90
    with pytest.raises(TooMany) as flood:
        await form.suspicion()
    assert 0 < flood.value.retry_after <= 600


async def test_many_from_one_network_are_caught(form: Form) -> None:
    found = [await form.suspicion(sender=Sender(address=f"192.0.2.{n}")) for n in range(61)]
    assert found == [""] * 60 + [rules.OFTEN_FROM_NETWORK]
    assert await form.suspicion(sender=Sender(address="192.0.3.1")) == ""


async def test_one_form_is_not_counted_for_another(form: Form) -> None:
    for _ in range(11):
        await form.suspicion()
    form.definition = await make_form(form.db, form.definition.account_id, name="Another")
    assert await form.suspicion() == ""


async def test_counts_name_nobody(form: Form) -> None:
    await form.suspicion()
    async with form.db.transaction(None) as tx:
        keys = await tx.values("select key from rate_limits")
    assert len(keys) == 2
    assert not any("192" in key for key in keys)


@pytest.mark.parametrize(("provider", "field"), [("turnstile", "_captcha"), ("hcaptcha", "h-captcha-response")])
async def test_a_solved_captcha_passes_once(form: Form, provider: str, field: str) -> None:
    await form.ask_captcha(provider)
    solved = form.page() | {field: ["pass-1"]}
    assert [await form.suspicion(solved), await form.suspicion(solved)] == ["", rules.NO_CAPTCHA]
    assert form.outside.sandbox.captchas.asked[0] == {"secret": "secret", "response": "pass-1"}


async def test_a_captcha_that_was_not_solved_catches_and_asks_nobody(form: Form) -> None:
    await form.ask_captcha("turnstile")
    assert await form.suspicion() == rules.NO_CAPTCHA
    assert await form.suspicion({}, how="api") == rules.NO_CAPTCHA
    assert form.outside.sandbox.captchas.asked == []


@pytest.mark.parametrize("provider", ["turnstile", "hcaptcha"])
async def test_a_provider_that_does_not_answer_stops_nobody(form: Form, provider: str) -> None:
    await form.ask_captcha(provider)
    form.outside.sandbox.captchas.down = True
    assert await form.suspicion(form.page() | {"_captcha": ["made up"]}) == ""


async def test_our_own_wrong_secret_stops_nobody(form: Form) -> None:
    await form.ask_captcha("turnstile", secret="wrong")
    assert await form.suspicion(form.page() | {"_captcha": ["pass-1"]}) == ""


async def test_a_form_that_asks_a_captcha_where_none_is_set_up_does_without(form: Form) -> None:
    form.definition.options.captcha = True
    assert await form.suspicion() == ""


def test_hashes_stand_for_an_address_and_the_network_around_it() -> None:
    def hashes(address: str) -> tuple[bytes, bytes]:
        sender = Sender(address=address)
        return spam.address_hash(KEYRING, sender), spam.network_hash(KEYRING, sender)

    here, there, mapped = hashes("192.0.2.7"), hashes("192.0.2.8"), hashes("::ffff:192.0.2.7")
    assert here == mapped
    assert here[0] != there[0]
    assert here[1] == there[1]
    home, neighbour = hashes("2001:db8:1:2::1"), hashes("2001:db8:1:3::1")
    assert home == hashes("2001:db8:1:2::2")
    assert home[0] != neighbour[0]
    assert home[1] == neighbour[1]
    assert hashes("2001:db8:2::1")[1] != home[1]
    assert len(here[0]) == 16
