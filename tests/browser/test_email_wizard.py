"""An admin connects a mailbox at a real Dovecot and Postfix by the wizard, mail comes in and is answered, and the
channel is edited."""

from __future__ import annotations

import smtplib
from collections.abc import Iterator
from datetime import UTC, datetime

import httpx2
import pytest
from playwright.sync_api import Browser, Page, expect

from kanal.cli.bench.running import Running
from tests.browser.test_the_loop import mailbox as customers_mailbox
from tests.browser.test_the_loop import write_reply
from tests.make.dovecot import Dovecot, User, dovecot, mail_of
from tests.make.mail_wizard import (
    CHANNELS,
    admin,
    connect,
    go_on,
    sign_in_to,
    step,
    stored,
    to_sign_in,
    type_mailbox,
)
from tests.make.postfix import Postfix, postfix


@pytest.fixture(scope="module")
def server() -> Iterator[Dovecot]:
    with dovecot() as running:
        yield running


@pytest.fixture
def user(server: Dovecot) -> User:
    return server.user()


@pytest.fixture
def mx(kanal: Running, server: Dovecot, user: User) -> Iterator[Postfix]:
    """Takes mail for the mailbox, and from it; what leaves goes to the sandbox's mailboxes."""
    with postfix(server, [user], outside=kanal.catcher) as running:
        yield running


@pytest.fixture
def wizard(kanal: Running, chromium: Browser) -> Iterator[Page]:
    with admin(kanal, chromium) as page:
        yield page


def test_eml_7_the_path_leads_from_the_channels_to_where_the_mailbox_is_hosted(wizard: Page) -> None:
    wizard.goto(CHANNELS)
    wizard.get_by_role("link", name="Connect a channel").click()
    expect(wizard.get_by_role("heading", name="Connect a new channel", level=1)).to_be_visible()
    wizard.get_by_role("link", name="Team email").click()
    expect(wizard.get_by_text("Where is the mailbox?")).to_be_visible()
    for way in ("IMAP + SMTP", "Other mail account", "Gmail", "Microsoft 365"):
        expect(wizard.get_by_role("listitem").filter(has_text=way).first).to_be_visible()
    wizard.get_by_role("link", name="Connect it by IMAP today").click()
    step(wizard, "What Kanal will read, store and send")


def test_gen_9_channels_stand_where_the_settings_of_the_help_desk_are(wizard: Page) -> None:
    wizard.goto(CHANNELS)
    trail = wizard.get_by_role("navigation", name="Where this stands")
    assert trail.inner_text().split("\n")[-3:] == ["Inbox & Help Desk", "Help Desk", "Ticket sources and routing"]
    row = wizard.get_by_role("listitem").filter(has_text="support@demo.example")
    row.hover()
    row.get_by_role("link", name="Edit Support").click()
    expect(wizard.get_by_role("tab", name="Configuration")).to_be_visible()


def test_eml_10_who_goes_on_agrees_and_the_channel_keeps_who_and_when(wizard: Page, user: User) -> None:
    wizard.goto(f"{CHANNELS}/new/email/imap?step=signIn")
    step(wizard, "What Kanal will read, store and send")
    accepted = stored(wizard, connect(wizard, user, "Agreed"))["accepted"]
    assert accepted["by"]["name"] == "Alva Admin"
    assert abs((_now() - datetime.fromisoformat(accepted["at"])).total_seconds()) < 60


def test_eml_11_a_wrong_password_says_what_to_do_and_connects_nothing(wizard: Page, user: User) -> None:
    to_sign_in(wizard)
    type_mailbox(wizard, user, "wrong")
    go_on(wizard, "Sign in")
    fingerprint = wizard.locator("dd code")
    expect(fingerprint).to_be_visible()
    assert len(fingerprint.inner_text().replace(":", "")) == 64
    wizard.get_by_role("button", name="Trust this certificate").click()
    expect(wizard.get_by_text("refuses this user name or password")).to_be_visible()
    wizard.get_by_role("button", name="Cancel").click()
    expect(wizard.get_by_role("link", name="Support", exact=True)).to_be_visible()
    expect(wizard.get_by_text(user.name)).to_have_count(0)


def test_a_server_that_does_not_answer_is_said_at_its_field(wizard: Page, user: User) -> None:
    to_sign_in(wizard)
    type_mailbox(wizard, user)
    incoming = wizard.get_by_role("group", name="Incoming mail (IMAP)")
    incoming.get_by_role("textbox", name="Port").fill("9")
    go_on(wizard, "Sign in")
    host = incoming.get_by_role("textbox", name="Server")
    expect(host).to_have_attribute("aria-invalid", "true")
    expect(incoming.get_by_text("127.0.0.1:9 does not answer.")).to_be_visible()


def test_what_was_typed_survives_a_step_back_and_a_reload_but_no_password_does(wizard: Page, user: User) -> None:
    to_sign_in(wizard)
    sign_in_to(wizard, user)
    wizard.get_by_role("radio", name="Also older mail").check()
    go_on(wizard)
    wizard.get_by_role("textbox", name="Company name").fill("Lampor AB")
    wizard.go_back()
    expect(wizard.get_by_role("radio", name="Also older mail")).to_be_checked()
    wizard.reload()
    step(wizard, "Sign in to the mailbox")
    expect(wizard.get_by_text("Type it once more")).to_be_visible()
    expect(wizard.get_by_role("textbox", name="Email address")).to_have_value(user.name)
    expect(wizard.get_by_role("textbox", name="Password")).to_have_value("")
    wizard.get_by_role("textbox", name="Password").fill("s3cret-åäö")
    go_on(wizard, "Sign in")
    expect(wizard.get_by_role("radio", name="Also older mail")).to_be_checked()
    go_on(wizard)
    expect(wizard.get_by_role("textbox", name="Company name")).to_have_value("Lampor AB")


def test_eml_12_17_what_recipients_see_is_previewed_while_it_is_typed(wizard: Page, user: User) -> None:
    to_sign_in(wizard)
    sign_in_to(wizard, user)
    go_on(wizard)
    step(wizard, "What do customers see?")
    preview = wizard.get_by_test_id("preview-from")
    expect(preview).to_contain_text("Alva Admin (Ljus & Form)")
    expect(preview).to_contain_text(user.name)
    wizard.get_by_role("textbox", name="Company name").fill("Lampor AB")
    expect(preview).to_contain_text("Alva Admin (Lampor AB)")
    wizard.get_by_role("radio", name="The company alone").check()  # EML-13
    expect(preview.get_by_text("Lampor AB", exact=True)).to_be_visible()


def test_eml_15_16_a_signature_is_formatted_or_html_and_its_names_are_filled_in(wizard: Page, user: User) -> None:
    to_sign_in(wizard)
    sign_in_to(wizard, user)
    go_on(wizard)
    editor = wizard.get_by_role("textbox", name="Signature")
    editor.click()
    wizard.get_by_role("button", name="Bold").click()
    editor.press_sequentially("Hej, ")
    wizard.get_by_role("button", name="Insert name").click()
    wizard.get_by_role("menuitem", name="First name").click()
    shown = wizard.frame_locator("iframe[title=Signature]")
    expect(shown.locator("strong")).to_have_text("Hej, Alva")
    wizard.get_by_text("HTML", exact=True).click()
    wizard.get_by_role("textbox", name="Signature").fill(
        "<p>{{agent.last_name}}, <a href='https://l.example'>us</a></p>"
    )
    expect(shown.locator("p")).to_have_text("Admin, us")


def test_eml_18_routing_is_set_on_the_way(wizard: Page, user: User) -> None:
    to_sign_in(wizard)
    sign_in_to(wizard, user)
    go_on(wizard)
    go_on(wizard)
    for part in ("Set ticket properties for this channel", "Routing rules", "Assign incoming tickets to"):
        expect(wizard.get_by_role("heading", name=part)).to_be_visible()
    wizard.get_by_role("button", name="Add a property").click()
    wizard.get_by_role("menuitem", name="Priority").click()
    wizard.get_by_role("switch", name="Automatically assign conversations").click()
    wizard.get_by_role("radio", name="Contact owner").check()
    expect(wizard.get_by_role("checkbox", name="Only")).to_be_checked()
    go_on(wizard, "Connect & finish")
    wizard.wait_for_url("**/channels/*-*tab=mailbox")
    routing = stored(wizard, wizard.url.split("/channels/")[1][:36])["routing"]
    assert (list(routing["properties"]), routing["assign"]) == (["priority"], "contact_owner")


def test_eml_19_mail_is_here_by_itself_and_its_answer_arrives(
    wizard: Page, page: Page, user: User, mx: Postfix, outside: httpx2.Client
) -> None:
    connect(wizard, user, "Lamps", mx=mx)
    expect(wizard.get_by_text("0 on the server, 0 explained")).to_be_visible()
    page.goto("/a/demo/tickets?view=open")
    mx.deliver(mail_of("A lamp by IMAP", sender="karl.imap@kund.example"), user.name)
    page.get_by_role("link", name="A lamp by IMAP").first.click()
    expect(wizard.get_by_text("1 on the server, 1 explained")).to_be_visible()
    write_reply(page, "A new one is on its way.")
    page.get_by_role("button", name="Send", exact=True).click()
    (answer,) = customers_mailbox(outside, "karl.imap@kund.example")
    assert "A new one is on its way." in answer["text"]
    assert user.name in str(answer["from"])
    # The copy in Sent is known as our own.
    expect(wizard.get_by_text("2 on the server, 2 explained")).to_be_visible()


def test_k1_the_mailbox_is_proved_by_the_mail_that_we_sent_to_it(
    wizard: Page, user: User, mx: Postfix, outside: httpx2.Client
) -> None:
    connect(wizard, user, "Proved")
    (proof,) = customers_mailbox(outside, user.name)
    mx.deliver(outside.get(f"/api/mails/{proof['id']}/raw").content, user.name)
    expect(wizard.get_by_role("main").get_by_text("Working")).to_be_visible()


def test_old_mail_is_imported_only_when_asked_for(wizard: Page, user: User) -> None:
    user.fill(3)
    connect(wizard, user, "Old mail")
    expect(wizard.get_by_text("3 on the server, 3 explained")).to_be_visible()
    expect(wizard.get_by_text("it was here before the channel was connected")).to_have_count(3)
    wizard.get_by_role("tab", name="Configuration").click()
    wizard.get_by_role("textbox", name="Since").fill("2020-01-01")
    wizard.get_by_role("button", name="Import", exact=True).click()
    expect(wizard.get_by_text("3 of 3")).to_be_visible()
    wizard.get_by_role("tab", name="Mailbox").click()
    expect(wizard.get_by_role("row").filter(has_text="New ticket")).to_have_count(3)


def test_one_click_fetches_what_was_skipped(wizard: Page, user: User) -> None:
    user.fill(2)
    connect(wizard, user, "One by one")
    wizard.get_by_role("button", name="Fetch it").first.click()
    expect(wizard.get_by_role("row").filter(has_text="New ticket")).to_have_count(1)
    wizard.get_by_role("button", name="New tickets").click()
    expect(wizard.get_by_role("row").filter(has_text="#")).to_have_count(1)


def test_eml_8_an_address_elsewhere_is_proved_by_the_mail_that_comes_back(
    kanal: Running, wizard: Page, outside: httpx2.Client
) -> None:
    wizard.goto(f"{CHANNELS}/new/email/forwarding")
    go_on(wizard, "Continue")
    wizard.get_by_role("textbox", name="Email address").fill("group@firma.example")
    go_on(wizard, "Get the forwarding address")
    step(wizard, "Have the mail forwarded to Kanal")
    expect(wizard.get_by_text("Waiting for the verification mail")).to_be_visible()
    forwarding = wizard.get_by_role("textbox", name="Forwarding address").input_value()
    _forward(kanal, outside, "group@firma.example", forwarding)
    expect(wizard.get_by_text("The address is proved")).to_be_visible()
    go_on(wizard)
    go_on(wizard)
    go_on(wizard, "Connect & finish")
    expect(wizard.get_by_role("heading", name="Group", level=1)).to_be_visible()


def test_whoever_cancels_leaves_nothing_half_connected(wizard: Page) -> None:
    wizard.goto(f"{CHANNELS}/new/email/forwarding")
    go_on(wizard, "Continue")
    wizard.get_by_role("textbox", name="Email address").fill("half@firma.example")
    go_on(wizard, "Get the forwarding address")
    step(wizard, "Have the mail forwarded to Kanal")
    go_on(wizard, "Cancel")
    go_on(wizard, "Take it away")
    expect(wizard.get_by_role("link", name="Support", exact=True)).to_be_visible()
    expect(wizard.get_by_text("half@firma.example")).to_have_count(0)


def test_a_refused_password_is_typed_anew_where_the_channel_says_so_and_mail_comes_on(
    wizard: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    with dovecot() as server:
        user = server.user()
        connect(wizard, user, "Locked out")
        expect(wizard.get_by_text("0 on the server, 0 explained")).to_be_visible()
        server.stop()
        monkeypatch.setattr("tests.make.dovecot.PASSWORD", "changed")
        server.start()
        user.deliver(subject="Came while nobody was let in")
        wizard.goto(CHANNELS)
        row = wizard.get_by_role("listitem").filter(has_text="Locked out")
        expect(row.get_by_text("Signed out")).to_be_visible(timeout=40_000)
        row.get_by_role("link", name="Sign in again").click()
        expect(wizard.get_by_text("The mail server lets us in no more")).to_be_visible()
        part = wizard.get_by_role("region", name="Sign-in to the mailbox")
        part.get_by_role("textbox", name="Password").fill("changed")
        part.get_by_role("button", name="Sign in again").click()
        expect(wizard.get_by_text("The mail server lets us in no more")).to_be_hidden()
        wizard.get_by_role("tab", name="Mailbox").click()
        expect(wizard.get_by_text("1 on the server, 1 explained")).to_be_visible()


def test_eml_21_the_configuration_changes_what_recipients_see(wizard: Page) -> None:
    channel = _of_demo(wizard, "orders@demo.example")
    wizard.goto(f"{CHANNELS}/{channel}")
    seen = wizard.get_by_role("region", name="What customers see")
    expect(seen.get_by_role("textbox", name="From-address")).to_have_value("orders@demo.example")
    seen.get_by_role("radio", name="The company alone").check()
    seen.get_by_role("textbox", name="Company name").fill("Ordrar")
    seen.get_by_role("button", name="Save").click()
    expect(seen.get_by_text("Saved")).to_be_visible()
    assert stored(wizard, channel)["settings"]["from_name"] == {"mode": "company", "company": "Ordrar"}


def test_eml_22_23_a_switch_says_whose_a_forwarded_mail_is(wizard: Page) -> None:
    channel = _of_demo(wizard, "orders@demo.example")
    wizard.goto(f"{CHANNELS}/{channel}")
    part = wizard.get_by_role("region", name="Forwarded mail and quotes")
    switch = part.get_by_role("switch", name="Pick the original sender of forwarded mail")
    expect(switch).to_be_checked()
    switch.click()
    part.get_by_role("button", name="Save").click()
    expect(part.get_by_text("Saved")).to_be_visible()
    assert stored(wizard, channel)["forwards_belong_to"] == "forwarder"


def test_eml_24_the_automation_tab_holds_properties_and_assignment(wizard: Page) -> None:
    wizard.goto(f"{CHANNELS}/{_of_demo(wizard, 'orders@demo.example')}")
    wizard.get_by_role("tab", name="Automation").click()
    for part in ("Set ticket properties for this channel", "Assign incoming tickets to"):
        expect(wizard.get_by_role("heading", name=part)).to_be_visible()


def _now() -> datetime:
    return datetime.now(UTC)


def _of_demo(page: Page, address: str) -> str:
    channels = page.request.get("/api/v1/channels", headers={"kanal-account": "demo"}).json()["items"]
    return next(str(each["id"]) for each in channels if each["settings"].get("address") == address)


def _forward(kanal: Running, outside: httpx2.Client, address: str, to: str) -> None:
    """As the mail host of an address does: what came for it is handed on, unchanged."""
    (proof,) = customers_mailbox(outside, address)
    source = outside.get(f"/api/mails/{proof['id']}/raw")
    assert source.status_code == 200, source.text
    with smtplib.SMTP("127.0.0.1", kanal.smtp) as door:
        door.sendmail("bounces@firma.example", [to], source.content)
