"""What roles may do and what addresses and passwords may be."""

from __future__ import annotations

import pytest

from kanal.people import rules
from kanal.people.errors import EmailInvalid, PasswordTooWeak
from kanal.people.models import Permission


@pytest.mark.parametrize("permission", rules.ALL_PERMISSIONS)
def test_every_permission_comes_with_the_role_and_some_take_a_seat(permission: Permission) -> None:
    assert rules.may({permission}, True, permission)
    assert not rules.may(set(), True, permission)
    assert rules.may({permission}, False, permission) == (permission not in {"answer", "edit_routing"})


def test_token_of_a_member_covers_what_they_may() -> None:
    for permission in rules.ALL_PERMISSIONS:
        assert rules.scopes_cover(rules.scopes_of([permission]), permission)


def test_address_is_compared_without_case_and_spaces() -> None:
    assert rules.email_key(" Ann@Example.COM ") == "ann@example.com"


@pytest.mark.parametrize(
    "text", ["", "ann", "@example.com", "ann@", "Ann <ann@example.com>", "a@b.c\r\nBcc: x@y.z", "a b@c.d", "a@b\x00"]
)
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(EmailInvalid):
        rules.email_key(text)


@pytest.mark.parametrize("weak", ["123456789", "aaaabbbb1111"[:3] * 4, "ann@example.com", "x" * 501])
def test_weak_password_is_refused(weak: str) -> None:
    with pytest.raises(PasswordTooWeak):
        rules.check_password(weak, "ann@example.com")
