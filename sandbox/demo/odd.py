"""Mail as older or stranger programs write it, byte by byte: other charsets, machine answers, a forwarded original."""

from email.header import Header

from sandbox.mail.compose import new_message_id
from sandbox.mail.models import Envelope


def odd_mails(to: str, date: str) -> list[tuple[Envelope, bytes]]:
    return [_windows_1252(to, date), _japanese(to, date), _auto_reply(to, date), _forwarded(to, date)]


def _windows_1252(to: str, date: str) -> tuple[Envelope, bytes]:
    body = (
        "Hej,\r\n\r\n"
        "Sladden till golvlampan Skymning är bara 1,5 m lång. På er sida står det ”cirka 2,5 m” – vad stämmer?\r\n"
        "Kan man köpa en längre? Den får gärna kosta några € extra.\r\n\r\n"
        "Hälsningar\r\nBirgitta Åkerström, Växjö\r\n"
    )
    head = _head("Birgitta =?iso-8859-1?Q?=C5kerstr=F6m?= <birgitta@akerstrom.example>", to, date)
    head += (
        "Subject: =?windows-1252?Q?Sladdl=E4ngd_p=E5_Skymning_=96_fel_p=E5_sidan=3F?=\r\n"
        "X-Mailer: Microsoft Windows Mail 6.0.6001.18000\r\n"
        "Content-Type: text/plain; charset=windows-1252\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
    )
    return Envelope("birgitta@akerstrom.example", [to]), head.encode() + body.encode("cp1252")


def _japanese(to: str, date: str) -> tuple[Envelope, bytes]:
    subject = Header("日本への発送について", "iso-2022-jp").encode()
    body = (
        "Ljus & Form ご担当者様\r\n\r\n"
        "はじめまして。東京で小さな北欧雑貨店を営んでおります佐藤と申します。\r\n"
        "ペンダントライト「Norrsken」を6台注文したいのですが、日本への発送は可能でしょうか。\r\n"
        "送料と納期を教えていただけると助かります。(English is fine for the answer.)\r\n\r\n"
        "佐藤 美咲\r\n"
    )
    head = _head("=?iso-2022-jp?B?GyRCOjRGI0h+OmkbKEI=?= <misaki@hokuo-zakka.example>", to, date)
    head += f"Subject: {subject}\r\n"
    head += "Content-Type: text/plain; charset=iso-2022-jp\r\nContent-Transfer-Encoding: 7bit\r\n\r\n"
    return Envelope("misaki@hokuo-zakka.example", [to]), head.encode() + body.encode("iso-2022-jp")


def _auto_reply(to: str, date: str) -> tuple[Envelope, bytes]:
    head = _head("Peter Sandell <peter.sandell@inredarna.example>", to, date)
    head += (
        "Subject: Automatic reply: Your order LF-10377 is on its way\r\n"
        "Auto-Submitted: auto-replied\r\nX-Auto-Response-Suppress: All\r\nPrecedence: auto_reply\r\n"
        "In-Reply-To: <order-10377.shipped@shop.ljusochform.example>\r\n"
        "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
    )
    body = "I am on parental leave until 1 March. For deliveries please write to lager@inredarna.example.\r\n"
    return Envelope("", [to]), (head + body).encode()


def _forwarded(to: str, date: str) -> tuple[Envelope, bytes]:
    """With the original as an attached mail, as Outlook and Thunderbird can."""
    inner = _head("Kundtjänst Fraktbolaget <noreply@fraktbolaget.example>", "kalle@nilssons.example", date)
    inner += (
        "Subject: Avisering: paket 4711 0815 kunde inte levereras\r\n"
        "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
        "Ditt paket från Ljus & Form kunde inte levereras: porten var låst.\r\n"
        "Det går i retur om det inte hämtas inom sju dagar.\r\n"
    )
    head = _head("Kalle Nilsson <kalle@nilssons.example>", to, date)
    head += "Subject: VB: Avisering: paket 4711 0815 kunde inte levereras\r\n"
    head += 'Content-Type: multipart/mixed; boundary="=_forward"\r\n\r\n'
    body = (
        "--=_forward\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
        "Hej! Det här fick jag i natt. Porten är aldrig låst före åtta… Kan ni be dem försöka igen?\r\n\r\n"
        "/Kalle\r\n"
        "--=_forward\r\nContent-Type: message/rfc822\r\n"
        'Content-Disposition: attachment; filename="Avisering.eml"\r\n\r\n'
        f"{inner}\r\n--=_forward--\r\n"
    )
    return Envelope("kalle@nilssons.example", [to]), (head + body).encode()


def _head(author: str, to: str, date: str) -> str:
    address = author.rpartition("<")[2].rstrip(">")
    return (
        f"From: {author}\r\nTo: {to}\r\nDate: {date}\r\nMessage-ID: {new_message_id(address)}\r\nMIME-Version: 1.0\r\n"
    )
