"""What roles may do and what addresses and passwords may be."""

from __future__ import annotations

import pytest

from kanal.people import rules
from kanal.people.errors import EmailInvalid, PasswordTooWeak
from kanal.people.models import Role


@pytest.mark.parametrize(
    ("role", "permissions"),
    [
        ("viewer", {"read"}),
        ("agent", {"read", "answer"}),
        ("admin", {"read", "answer", "manage_channels", "see_raw"}),
        ("super_admin", {"read", "answer", "manage_channels", "see_raw", "manage_members"}),
    ],
)
def test_role_with_a_seat_may(role: Role, permissions: set[str]) -> None:
    assert {p for p in rules.NEEDED_SCOPE if rules.may(role, True, p)} == permissions


def test_answering_takes_a_seat() -> None:
    assert not rules.may("super_admin", False, "answer")
    assert rules.may("super_admin", False, "manage_channels")


def test_token_of_a_role_covers_what_the_role_may() -> None:
    for role in rules.ROLES:
        scopes = rules.scopes_of(role)
        assert all(rules.scopes_cover(scopes, permission) for permission in rules.PERMISSIONS[role])


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
