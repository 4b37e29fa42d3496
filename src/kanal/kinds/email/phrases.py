"""What mail programs write above a quoted or forwarded mail, in the languages that they speak. quotes.py looks for it;
every pattern takes linear time, since a body may hold a megabyte of almost-matches."""

from __future__ import annotations

import re

_FROM = (
    "from från fra lähettäjä von van de da mittente od nadawca feladó kimden gönderen от отправитель від 发件人 寄件者 "
    "差出人 보낸사람 από"
)
_SENT = (
    "sent date skickat datum sendt dato lähetetty päivämäärä päiväys gesendet verzonden envoyé enviado fecha inviato "
    "data wysłano "
    "odesláno odoslané dátum elküldve gönderilen tarih дата отправлено відправлено 发送时间 日期 送信日時 날짜"
)
_TO = "to till til vastaanottaja an aan à pour para a do adresat komu pre címzett kime кому 收件人 宛先 받는사람"
_SUBJECT = (
    "subject ämne emne aihe betreff onderwerp objet sujet asunto oggetto assunto temat předmět predmet tárgy konu тема "
    "主题 主旨 件名 제목"
)


def _label(words: str) -> re.Pattern[str]:
    return re.compile(rf"[>\s*_]*(?:{'|'.join(words.split())})\s?[*_]*\s?[:：]", re.IGNORECASE)


FROM, SENT, TO, SUBJECT = _label(_FROM), _label(_SENT), _label(_TO), _label(_SUBJECT)

_WROTE = (
    r"wrote|writes|skrev|skriver|kirjoitti|schrieb|schreef|geschreven|a écrit|escribió|ha scritto|"
    r"escreveu|napisał(?:\(a\)|a)?|napsal(?:\(a\)|a)?|írta|yazdı|şunu yazdı|написал(?:\(а\)|а)?|пише|写道|寫道|"
    r"のメッセージ|作成|작성|đã viết|följande|έγραψε|kirjutas|rašė"
)
ATTRIBUTION_END = re.compile(rf"(?:{_WROTE})[^:：\n]{{0,60}}[:：]\s*$", re.IGNORECASE)
"""The last words of `On …, Eva wrote:`; the line must also hold a digit or an address."""
ATTRIBUTION_HINT = re.compile(r"[0-9@]|\"")
ATTRIBUTION_START = re.compile(
    r"(?:(?:On|Den|D\.|På|Am|Op|Le|El|Il|Em|No|W dniu|Dnia|Dne|Vào)\s|在|"
    r"(?:mån|tis|ons|tors?|fre|lör|sön|mon|tue|wed|thu|fri|sat|sun)\w{0,6}[ .,]|\d{1,4}[ .年/-])|[^<]{0,80}<[^<>\s]+@",
    re.IGNORECASE,
)
"""How one begins that is wrapped over several lines."""
ATTRIBUTION_SURE = re.compile(r"<[^<>@]+@[^<>@]+>|\d{1,2}[:.]\d{2}|\b(?:19|20)\d\d\b")
"""With a time, a year or an address in brackets it counts even where the lines below carry no mark."""

ORIGINAL = re.compile(
    r"[>\s]*[-_]{2,}\s*(?:Original Message|Original-Nachricht|Original Appointment|Ursprüngliche Nachricht|"
    r"Ursprüngliche Mail|Oprindelig (?:meddelelse|besked|e-mail)|Message d['’]origine|Message original|"
    r"Ursprungligt meddelande|Originalmeddelande|Opprinnelig melding|Alkuperäinen viesti|Mensaje original|"
    r"Mensagem original|Messaggio originale|Oorspronkelijk bericht|Oryginalna wiadomość|Původní (?:zpráva|e-mail)|"
    r"Eredeti üzenet|Исходное сообщение|原始邮件|原始郵件|Αρχικό μήνυμα|Orijinal Mesaj)\s*[-_]{2,}\s*$",
    re.IGNORECASE,
)
UNDERSCORES = re.compile(r"[>\s]*_{20,}\s*$")

FORWARDED = re.compile(
    r"[>\s]*(?:-{3,}\s*(?:Forwarded message|Vidarebefordrat meddelande|Weitergeleitete Nachricht|Message transféré|"
    r"Doorgestuurd bericht|Videresendt? (?:meddelelse|melding|besked)|Välitetty viesti(?: / Fwd\.Msg)?|"
    r"Treść przekazanej wiadomości|Mensaje reenviado|Mensagem encaminhada|Messaggio inoltrato|"
    r"Přeposlaná zpráva|Továbbított üzenet|Пересылаемое сообщение|Original forwarded message)\s*-{3,}"
    r"|(?:Begin forwarded message|Vidarebefordrat (?:mejl|brev)|Anfang der weitergeleiteten (?:Nachricht|E-Mail)|"
    r"Début du message (?:réexpédié|transféré)|Inicio del mensaje reenviado|Inizio messaggio inoltrato|"
    r"Begin doorgestuurd bericht|Start på videresendt besked|Videresendt melding|Välitetty viesti alkaa|"
    r"Początek przekazywanej wiadomości|Início da mensagem (?:reencaminhada|encaminhada)|"
    r"Začátek přeposílané zprávy|Továbbított levél kezdete|İleti başlangıcı|"
    r"Начало переадресованного сообщения)\s?:)\s*$",
    re.IGNORECASE,
)

SIGNATURE = re.compile(
    r"(?:--\s?$|_{2,60}\s*$|-{2,60}\s*$|Sent from (?:my|Outlook|Yahoo|Mail)\b|Skickat från (?:min|Outlook|Mail)\b|"
    r"Hämta Outlook för |Von meinem .{1,40} gesendet|Gesendet von |Envoyé de(?:puis)? mon |Enviado desde |"
    r"Enviado do meu |Inviato da(?:l mio)? |Verstuurd vanaf |Sendt fra |Lähetetty |Get Outlook for |Wysłane z )",
    re.IGNORECASE,
)


def is_attribution(line: str) -> bool:
    line = line.rstrip()
    if len(line) > 600 or not line.endswith((":", "：")):
        return False
    return bool(ATTRIBUTION_END.search(line)) and bool(ATTRIBUTION_HINT.search(line))


def starts_header_block(lines: list[str]) -> bool:
    """`From: … Sent: … To: … Subject: …`, as Outlook writes it, each in a line of its own."""
    if not lines or not FROM.match(lines[0]):
        return False
    others = sum(any(label.match(line) for line in lines[1:8]) for label in (SENT, TO, SUBJECT))
    return others >= 2
