"""The providers of captchas that the sandbox plays, on the wire as the real ones."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest

from tests.sandbox.world import World, world

VERIFY = "/captcha/{}/siteverify"
PROVIDERS = ("turnstile", "hcaptcha")


@pytest.fixture
async def outside() -> AsyncIterator[World]:
    async with world() as made:
        yield made


async def ask(outside: World, provider: str, **form: str) -> dict[str, Any]:
    response = await outside.http.post(VERIFY.format(provider), data=form)
    assert response.status_code == 200
    return dict(response.json())


@pytest.mark.parametrize("provider", PROVIDERS)
async def test_a_token_is_good_once(outside: World, provider: str) -> None:
    first = await ask(outside, provider, secret="s", response="pass-1")
    second = await ask(outside, provider, secret="s", response="pass-1")
    assert first["success"] is True
    assert first["challenge_ts"]
    assert second["success"] is False
    assert len(second["error-codes"]) == 1


@pytest.mark.parametrize("provider", PROVIDERS)
async def test_what_is_wrong_is_named(outside: World, provider: str) -> None:
    answers = [
        await ask(outside, provider, **form)
        for form in ({"response": "pass"}, {"secret": "wrong", "response": "pass"}, {"secret": "s"})
    ]
    codes = [answer["error-codes"][0] for answer in answers]
    assert codes == ["missing-input-secret", "invalid-input-secret", "missing-input-response"]
    failed = await ask(outside, provider, secret="s", response="made up")
    assert failed["error-codes"] == ["invalid-input-response"]


async def test_turnstile_takes_json_too(outside: World) -> None:
    body = {"secret": "s", "response": "pass-2"}
    assert (await outside.http.post(VERIFY.format("turnstile"), json=body)).json()["success"] is True


@pytest.mark.parametrize("provider", PROVIDERS)
async def test_the_widget_is_a_script_of_its_provider(outside: World, provider: str) -> None:
    response = await outside.http.get(f"/captcha/{provider}/api.js")
    assert response.headers["content-type"].startswith("text/javascript")
    assert f'const provider = "{provider}"' in response.text


async def test_other_providers_are_not_there(outside: World) -> None:
    assert (await outside.http.get("/captcha/other/api.js")).status_code == 404
