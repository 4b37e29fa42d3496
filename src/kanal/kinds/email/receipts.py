"""A read receipt (RFC 8098), sent because a person pressed for it: a report in place of words. compose.py puts the
headers above it."""

from __future__ import annotations

from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.policy import SMTP

from kanal.channelkit.contract import Channel
from kanal.channelkit.messages import Outbound
from kanal.kinds.email.settings import EmailSettings
from kanal.kinds.email.wire import on_the_wire, one_line

SENT_BY_HAND = "manual-action/MDN-sent-manually; displayed"


def body(out: Outbound, channel: Channel, settings: EmailSettings) -> MIMEMultipart:
    report = MIMEMultipart("report", policy=SMTP)
    report.set_param("report-type", "disposition-notification")
    report.attach(MIMEText(out.text, "plain", "utf-8", policy=SMTP))
    report.attach(_disposition(out, channel, settings))
    return report


def _disposition(out: Outbound, channel: Channel, settings: EmailSettings) -> MIMEText:
    fields = (
        ("Reporting-UA", f"{channel.mail_domain}; Kanal"),
        ("Final-Recipient", f"rfc822; {on_the_wire(settings.address)}"),
        ("Original-Message-ID", f"<{one_line(out.receipt_for)}>"),
        ("Disposition", SENT_BY_HAND),
    )
    part = MIMEText("".join(f"{name}: {value}\r\n" for name, value in fields), policy=SMTP)
    part.replace_header("Content-Type", "message/disposition-notification")
    return part
