"""What people write, and what their programs write around it, in eight languages. All content is invented."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Language:
    code: str
    new: str
    """What the writer says now; two lines."""
    old: str
    """What was said before; two lines."""
    subject: str

    sender: str
    sent: str
    date: str
    to: str
    title: str
    """Labels: From, Sent, Date, To, Subject."""

    re_outlook: str
    fw_outlook: str

    day_outlook: str
    day_gmail: str
    day_apple: str

    gmail: str
    apple: str
    thunderbird: str
    yahoo: str
    outlook_mac: str
    """Attributions of a reply."""

    apple_forward: str
    thunderbird_forward: str
    yahoo_forward: str
    original: str
    """Separators."""

    phone: str
    outlook_app: str
    """Signatures that programs add."""


SV = Language(
    code="sv",
    new="Tack, det hjälpte.\nLampan lyser igen.",
    old="Hej, vår lampa är trasig.\nKan ni skicka en ny?",
    subject="Trasig lampa",
    sender="Från", sent="Skickat", date="Datum", to="Till", title="Ämne",
    re_outlook="SV", fw_outlook="VB",
    day_outlook="den 3 mars 2026 09:12", day_gmail="tis 3 mars 2026 kl 09:12", day_apple="3 mars 2026 kl. 09:12:00 CET",
    gmail="Den tis 3 mars 2026 kl 09:12 skrev {name} <{address}>:",
    apple="3 mars 2026 kl. 09:12 skrev {name} <{address}>:",
    thunderbird="Den 2026-03-03 kl. 09:12, skrev {name}:",
    yahoo="Den tisdag 3 mars 2026 09:12:00 CET, {name} <{address}> skrev:",
    outlook_mac='Den 2026-03-03 09:12 skrev "{name}" <{address}> följande:',
    apple_forward="Vidarebefordrat mejl:",
    thunderbird_forward="-------- Vidarebefordrat meddelande --------",
    yahoo_forward="----- Vidarebefordrat meddelande -----",
    original="Originalmeddelande",
    phone="Skickat från min iPhone", outlook_app="Hämta Outlook för iOS",
)  # fmt: skip
EN = Language(
    code="en",
    new="Thank you, that helped.\nThe lamp works again.",
    old="Hello, our lamp is broken.\nCould you send a new one?",
    subject="Broken lamp",
    sender="From", sent="Sent", date="Date", to="To", title="Subject",
    re_outlook="RE", fw_outlook="FW",
    day_outlook="Tuesday, March 3, 2026 9:12 AM", day_gmail="Tue, Mar 3, 2026 at 9:12 AM",
    day_apple="3 March 2026 at 09:12:00 GMT",
    gmail="On Tue, Mar 3, 2026 at 9:12 AM {name} <{address}> wrote:",
    apple="On 3 Mar 2026, at 09:12, {name} <{address}> wrote:",
    thunderbird="On 3/3/26 09:12, {name} wrote:",
    yahoo="On Tuesday, March 3, 2026 at 09:12:00 AM GMT+1, {name} <{address}> wrote:",
    outlook_mac='On 03/03/2026, 09:12, "{name}" <{address}> wrote:',
    apple_forward="Begin forwarded message:",
    thunderbird_forward="-------- Forwarded Message --------",
    yahoo_forward="----- Forwarded Message -----",
    original="Original message",
    phone="Sent from my iPhone", outlook_app="Get Outlook for iOS",
)  # fmt: skip
DE = Language(
    code="de",
    new="Danke, das hat geholfen.\nDie Lampe leuchtet wieder.",
    old="Guten Tag, unsere Lampe ist kaputt.\nKönnen Sie eine neue schicken?",
    subject="Kaputte Lampe",
    sender="Von", sent="Gesendet", date="Datum", to="An", title="Betreff",
    re_outlook="AW", fw_outlook="WG",
    day_outlook="Dienstag, 3. März 2026 09:12", day_gmail="Di., 3. März 2026 um 09:12 Uhr",
    day_apple="3. März 2026 um 09:12:00 MEZ",
    gmail="Am Di., 3. März 2026 um 09:12 Uhr schrieb {name} <{address}>:",
    apple="Am 03.03.2026 um 09:12 schrieb {name} <{address}>:",
    thunderbird="Am 03.03.26 um 09:12 schrieb {name}:",
    yahoo="Am Dienstag, 3. März 2026 um 09:12:00 MEZ hat {name} <{address}> Folgendes geschrieben:",
    outlook_mac='Am 03/03/2026, 09:12 schrieb "{name}" <{address}>:',
    apple_forward="Anfang der weitergeleiteten Nachricht:",
    thunderbird_forward="-------- Weitergeleitete Nachricht --------",
    yahoo_forward="----- Weitergeleitete Nachricht -----",
    original="Ursprüngliche Nachricht",
    phone="Von meinem iPhone gesendet", outlook_app="Outlook für iOS beziehen",
)  # fmt: skip
FR = Language(
    code="fr",
    new="Merci, c'est réparé.\nLa lampe s'allume de nouveau.",
    old="Bonjour, notre lampe est cassée.\nPouvez-vous en envoyer une autre ?",
    subject="Lampe cassée",
    sender="De\u00a0", sent="Envoyé\u00a0", date="Date\u00a0", to="À\u00a0", title="Objet\u00a0",
    re_outlook="RE", fw_outlook="TR",
    day_outlook="mardi 3 mars 2026 09:12", day_gmail="mar. 3 mars 2026 à 09:12",
    day_apple="3 mars 2026 à 09:12:00 UTC+1",
    gmail="Le mar. 3 mars 2026 à 09:12, {name} <{address}> a écrit :",
    apple="Le 3 mars 2026 à 09:12, {name} <{address}> a écrit :",
    thunderbird="Le 03/03/2026 à 09:12, {name} a écrit\u00a0:",
    yahoo="Le mardi 3 mars 2026 à 09:12:00 UTC+1, {name} <{address}> a écrit :",
    outlook_mac="Le 03/03/2026 09:12, « {name} » <{address}> a écrit :",
    apple_forward="Début du message réexpédié :",
    thunderbird_forward="-------- Message transféré --------",
    yahoo_forward="----- Message transféré -----",
    original="Message d'origine",
    phone="Envoyé de mon iPhone", outlook_app="Télécharger Outlook pour iOS",
)  # fmt: skip
ES = Language(
    code="es",
    new="Gracias, eso ayudó.\nLa lámpara funciona otra vez.",
    old="Hola, nuestra lámpara está rota.\n¿Pueden enviar una nueva?",
    subject="Lámpara rota",
    sender="De", sent="Enviado el", date="Fecha", to="Para", title="Asunto",
    re_outlook="RE", fw_outlook="RV",
    day_outlook="martes, 3 de marzo de 2026 9:12", day_gmail="mar, 3 mar 2026 a las 9:12",
    day_apple="3 de marzo de 2026, 9:12:00 CET",
    gmail="El mar, 3 mar 2026 a las 9:12, {name} (<{address}>) escribió:",
    apple="El 3 mar 2026, a las 9:12, {name} <{address}> escribió:",
    thunderbird="El 3/3/26 a las 9:12, {name} escribió:",
    yahoo="En martes, 3 de marzo de 2026, 09:12:00 CET, {name} <{address}> escribió:",
    outlook_mac='El 03/03/2026 9:12, "{name}" <{address}> escribió:',
    apple_forward="Inicio del mensaje reenviado:",
    thunderbird_forward="-------- Mensaje reenviado --------",
    yahoo_forward="----- Mensaje reenviado -----",
    original="Mensaje original",
    phone="Enviado desde mi iPhone", outlook_app="Obtener Outlook para iOS",
)  # fmt: skip
DA = Language(
    code="da",
    new="Tak, det hjalp.\nLampen lyser igen.",
    old="Hej, vores lampe er i stykker.\nKan I sende en ny?",
    subject="Lampe i stykker",
    sender="Fra", sent="Sendt", date="Dato", to="Til", title="Emne",
    re_outlook="SV", fw_outlook="VS",
    day_outlook="3. marts 2026 09:12", day_gmail="tirs. 3. mar. 2026 kl. 09.12",
    day_apple="3. marts 2026 kl. 09.12.00 CET",
    gmail="Den tirs. 3. mar. 2026 kl. 09.12 skrev {name} <{address}>:",
    apple="Den 3. mar. 2026 kl. 09.12 skrev {name} <{address}>:",
    thunderbird="Den 03.03.2026 kl. 09.12 skrev {name}:",
    yahoo="Den tirsdag den 3. marts 2026 09.12.00 CET skrev {name} <{address}>:",
    outlook_mac='D. 03/03/2026 09.12 skrev "{name}" <{address}>:',
    apple_forward="Start på videresendt besked:",
    thunderbird_forward="-------- Videresendt meddelelse --------",
    yahoo_forward="----- Videresendt meddelelse -----",
    original="Oprindelig meddelelse",
    phone="Sendt fra min iPhone", outlook_app="Hent Outlook til iOS",
)  # fmt: skip
FI = Language(
    code="fi",
    new="Kiitos, se auttoi.\nLamppu palaa taas.",
    old="Hei, lamppumme on rikki.\nVoitteko lähettää uuden?",
    subject="Rikkinäinen lamppu",
    sender="Lähettäjä", sent="Lähetetty", date="Päivämäärä", to="Vastaanottaja", title="Aihe",
    re_outlook="VS", fw_outlook="VL",
    day_outlook="tiistai 3. maaliskuuta 2026 9.12", day_gmail="ti 3. maalisk. 2026 klo 9.12",
    day_apple="3. maaliskuuta 2026 klo 9.12.00 UTC+2",
    gmail="ti 3. maalisk. 2026 klo 9.12 {name} ({address}) kirjoitti:",
    apple="{name} <{address}> kirjoitti 3.3.2026 kello 9.12:",
    thunderbird="{name} kirjoitti 3.3.2026 klo 9.12:",
    yahoo="tiistai 3. maaliskuuta 2026 klo 09.12.00 UTC+2 {name} <{address}> kirjoitti:",
    outlook_mac="{name} <{address}> kirjoitti 03/03/2026 9.12:",
    apple_forward="Välitetty viesti alkaa:",
    thunderbird_forward="-------- Välitetty viesti / Fwd.Msg --------",
    yahoo_forward="----- Edelleenlähetetty viesti -----",
    original="Alkuperäinen viesti",
    phone="Lähetetty iPhonesta", outlook_app="Hanki Outlook for iOS",
)  # fmt: skip
NL = Language(
    code="nl",
    new="Bedankt, dat hielp.\nDe lamp doet het weer.",
    old="Hallo, onze lamp is kapot.\nKunt u een nieuwe sturen?",
    subject="Kapotte lamp",
    sender="Van", sent="Verzonden", date="Datum", to="Aan", title="Onderwerp",
    re_outlook="RE", fw_outlook="FW",
    day_outlook="dinsdag 3 maart 2026 09:12", day_gmail="di 3 mrt 2026 om 09:12",
    day_apple="3 maart 2026 om 09:12:00 CET",
    gmail="Op di 3 mrt 2026 om 09:12 schreef {name} <{address}>:",
    apple="Op 3 mrt 2026, om 09:12 heeft {name} <{address}> het volgende geschreven:",
    thunderbird="Op 03-03-2026 om 09:12 schreef {name}:",
    yahoo="Op dinsdag 3 maart 2026 om 09:12:00 CET schreef {name} <{address}>:",
    outlook_mac="Op 03/03/2026 09:12 heeft {name} <{address}> geschreven:",
    apple_forward="Begin doorgestuurd bericht:",
    thunderbird_forward="-------- Doorgestuurd bericht --------",
    yahoo_forward="----- Doorgestuurd bericht -----",
    original="Oorspronkelijk bericht",
    phone="Verstuurd vanaf mijn iPhone", outlook_app="Outlook voor iOS downloaden",
)  # fmt: skip

LANGUAGES = (SV, EN, DE, FR, ES, DA, FI, NL)
