"""What mail programs write above a quoted or forwarded mail, in the languages that they speak. quotes.py looks for it;
every pattern takes linear time, since a body may hold a megabyte of almost-matches."""

from __future__ import annotations

import re

_WROTE = (
    r"wrote|writes|skrev|skriver|kirjoitti|schrieb|schreef|geschreven|a écrit|escribió|ha scritto|"
    r"escreveu|napisał(?:\(a\)|a)?|napsal(?:\(a\)|a)?|írta|yazdı|şunu yazdı|написал(?:\(а\)|а)?|пише|写道|寫道|"
    r"のメッセージ|作成|작성|đã viết|följande|έγραψε|kirjutas|rašė|\bот\b"
)
ATTRIBUTION_END = re.compile(rf"(?:{_WROTE})[^:：\n]{{0,120}}[:：]\s*$", re.IGNORECASE)
"""The last words of `On …, Eva wrote:`; the line must also hold a digit or an address."""
ATTRIBUTION_HINT = re.compile(r"[0-9@]|\"")
_LEAD = (
    r"(?:(?:On|Den|D\.|På|Am|Op|Le|El|En|Il|Em|No|W dniu|Dnia|Dne|Vào)\s|在|"
    r"(?:mån|tis|ons|tors?|fre|lör|sön|mon|tue|wed|thu|fri|sat|sun)\w{0,6}[ .,]|\d{1,4}[ .年/-]|"
    r"[^\W\d_]{2,10}[.,]{0,2}\s\d{1,2}\.?\s)"
)
ATTRIBUTION_LEAD = re.compile(_LEAD, re.IGNORECASE)
"""With a date of some sort one begins, in most languages."""
ATTRIBUTION_START = re.compile(rf"{_LEAD}|[^<]{{0,80}}<[^<>\s]+@", re.IGNORECASE)
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
    r"[>\s]*(?:(?P<line>[-=]{3,}\s*(?:Forwarded message|Vidarebefordrat (?:meddelande|mejl|brev)|"
    r"Weitergeleitete (?:Nachricht|Mail|E-Mail)|(?:Message|Mail|Courriel) transféré|Message réexpédié|"
    r"Doorgestuurd bericht|Videresendt? (?:meddelelse|melding|besked|e-mail|mail)|"
    r"(?:Välitetty|Edelleen lähetetty|Edelleenlähetetty) viesti(?: / Fwd\.Msg)?|"
    r"Treść przekazanej wiadomości|Wiadomość przekazana|Mensaje reenviado|Mensagem (?:encaminhada|reencaminhada)|"
    r"Messaggio inoltrato|Přeposlaná zpráva|Továbbított üzenet|Пересылаемое сообщение|Перенаправленное сообщение|"
    r"Original forwarded message|转发的邮件|轉寄的郵件)\s*[-=]{3,})\s*(?:$|(?=\w[^:\n]{0,20}[:：]))"
    r"|(?:(?:Begin )?forwarded message|Vidarebefordrat (?:mejl|brev)|Anfang der weitergeleiteten (?:Nachricht|E-Mail)|"
    r"Début du message (?:réexpédié|transféré)|Inicio del mensaje reenviado|Inizio messaggio inoltrato|"
    r"Begin (?:van )?doorgestuurd bericht|Start på videresendt besked|Videresendt melding|Välitetty viesti alkaa|"
    r"Początek przekazywanej wiadomości|Início da mensagem (?:reencaminhada|encaminhada)|"
    r"Začátek přeposílané zprávy|Továbbított levél kezdete|İleti başlangıcı|"
    r"Начало переадресованного сообщения)[\s\u00a0]?:\s*$)",
    re.IGNORECASE,
)
"""What sets a forward off. Behind a `line` of dashes the head may stand at once, as Yahoo writes it."""

SIGNATURE = re.compile(
    r"(?:--\s?$|_{2,60}\s*$|-{2,60}\s*$|Sent from (?:my|Outlook|Yahoo|Mail)\b|Skickat från (?:min|Outlook|Mail)\b|"
    r"Hämta Outlook för |Von meinem .{1,40} gesendet|Gesendet von |Envoyé de(?:puis)? mon |Enviado desde |"
    r"Enviado do meu |Inviato da(?:l mio)? |Verstuurd vanaf |Sendt fra |Lähetetty |Get Outlook for |Wysłane z )",
    re.IGNORECASE,
)


FINNISH = re.compile(r"\bkirjoitti\b", re.IGNORECASE)


def is_attribution(line: str) -> bool:
    line = line.rstrip()
    if line.lstrip().startswith("---"):  # `---- On …, Eva wrote ----`
        line = line.strip("- ") + ":"
    if len(line) > 600 or not line.endswith((":", "：")):
        return False
    return bool(ATTRIBUTION_END.search(line)) and bool(ATTRIBUTION_HINT.search(line))
