"""What an admin reads when a mailbox cannot be read: each way to fail has words of its own, and names the setting."""

from __future__ import annotations

import socket

import pytest

from kanal.kinds.email.imap import words
from kanal.kinds.email.imap.errors import NoMailbox, Refused
from kanal.kinds.email.imap.trying import try_out
from kanal.kinds.email.settings import Imap
from tests.make.dovecot import Dovecot, User, dovecot, mail_of


async def failure(imap: dict[str, object]) -> NoMailbox:
    with pytest.raises(NoMailbox) as failed:
        await try_out(Imap(**imap))  # type: ignore[arg-type]  # as it comes from JSON
    return failed.value


async def test_folders_are_shown_with_what_they_are_for_and_how_much_they_hold(user: User) -> None:
    user.deliver()
    said, folders = await try_out(Imap(**user.imap()))
    assert said == "Signed in; 4 folders; new mail is told at once."
    assert [(each.name, each.role, each.messages) for each in folders] == [
        ("INBOX", "inbox", 1),
        ("Junk", "junk", 0),
        ("Skickat", "sent", 0),
        ("Trash", "trash", 0),
    ]


async def test_a_wrong_password_is_named_as_such(user: User) -> None:
    failed = await failure(user.imap(password="wrong"))
    assert (failed.field, failed.refused, failed.passing) == ("imap.password", True, False)
    assert "“Authentication failed”. Type them again" in failed.why


async def test_a_host_that_does_not_answer_and_one_that_does_not_exist_are_told_apart(user: User) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    failed = await failure(user.imap(port=port))
    assert (failed.field, failed.passing) == ("imap.host", True)
    assert failed.why.startswith(f"127.0.0.1:{port} does not answer.")
    assert "There is no server named mail.invalid" in (await failure(user.imap(host="mail.invalid"))).why


async def test_a_self_signed_certificate_is_shown_and_believed_once_it_was_accepted(user: User) -> None:
    wanted = user.imap(host="localhost", port=user.server.tls_port, security="tls")
    failed = await failure(wanted)
    assert (failed.field, failed.passing) == ("imap.certificate", False)
    assert failed.certificate is not None
    assert failed.certificate.subject == "CN=localhost"
    said, _ = await try_out(Imap(**wanted | {"certificate": failed.certificate.fingerprint}))
    assert said.startswith("Signed in")


async def test_another_certificate_than_the_accepted_one_is_refused(user: User) -> None:
    failed = await failure(user.imap(host="localhost", security="starttls", certificate="0" * 64))
    assert "another certificate than the one that was accepted" in failed.why


async def test_an_accepted_certificate_holds_with_starttls_too(user: User) -> None:
    failed = await failure(user.imap(host="localhost", security="starttls"))
    assert failed.certificate is not None
    accepted = user.imap(host="localhost", security="starttls", certificate=failed.certificate.fingerprint)
    assert (await try_out(Imap(**accepted)))[0].startswith("Signed in")


async def test_tls_where_none_is_spoken_names_the_encryption(user: User) -> None:
    failed = await failure(user.imap(security="tls"))
    assert (failed.field, "does not speak TLS there" in failed.why) == ("imap.security", True)


async def test_a_folder_that_is_missing_and_one_without_rights_are_told_apart(user: User) -> None:
    with user.program() as program:
        program.create("Board")
        program._simple_command("SETACL", "Board", user.name, "l")
    missing, closed = [await failure(user.imap(folders=["INBOX", name])) for name in ("Nowhere", "Board")]
    assert missing.field == closed.field == "imap.folders"
    assert "“Nowhere” cannot be opened" in missing.why
    assert f"{user.name} has no right to read the folder “Board”" in closed.why


async def test_a_full_mailbox_is_named_as_such() -> None:
    with dovecot(quota="3K") as server:
        user = server.user()
        user.deliver(mail_of("Large", text="x" * 70 + "\n" * 4_000))
        assert "The mailbox is full" in (await failure(user.imap())).why


async def test_too_many_connections_pass_by_themselves() -> None:
    with dovecot(connections=1) as server:
        user = server.user()
        with user.program():
            failed = await failure(user.imap())
    assert failed.passing
    assert not failed.refused
    assert "Maximum number of connections" in failed.why
    assert "Kanal tries again by itself" in failed.why


@pytest.mark.parametrize(
    ("code", "text", "passing"),
    [
        ("UNAVAILABLE", "Temporary authentication failure.", True),
        ("ALERT", "Too many simultaneous connections. (Failure)", True),
        ("", "User is authenticated but not connected.", True),
        ("AUTHENTICATIONFAILED", "Invalid credentials (Failure)", False),
        ("ALERT", "Application-specific password required", False),
    ],
)
def test_a_refusal_that_time_mends_is_not_taken_for_a_wrong_password(code: str, text: str, passing: bool) -> None:
    failed = words.sign_in_refused(Imap(host="imap.example.com", user="a@b.example"), Refused(code, text))
    assert (failed.passing, failed.refused) == (passing, not passing)


async def test_a_password_never_travels_in_the_clear_to_another_machine(mail_server: Dovecot) -> None:
    failed = words.in_the_clear(Imap(host="imap.example.com"))
    assert (failed.field, failed.passing) == ("imap.security", False)
