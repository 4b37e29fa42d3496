"""What an acknowledgement says unless somebody wrote their own, in the languages that customers write in."""

from __future__ import annotations

from typing import Literal

import msgspec

Language = Literal["en", "sv", "da", "nb", "fi", "de", "nl", "fr", "es", "it", "pt", "pl"]


class Text(msgspec.Struct, kw_only=True, frozen=True):
    name: str
    """Of the language, in the language."""
    text: str
    soon: str
    """The answer time where none is promised."""
    hours: str
    """With `{n}`."""
    hour: str
    days: str
    """With `{n}`: a promise of whole days."""
    day: str
    sample: str
    """A first name for the preview."""
    subject: str
    """What a customer may have written about, for the preview."""


SUBJECT = "Re: {{ticket.subject}}"
"""The thread keeps together in every mail program."""

LANGUAGES: dict[Language, Text] = {
    "en": Text(
        name="English",
        text=(
            "Hi {{contact.first_name}},\n\n"
            "Thank you for your message. It has reached us as number {{ticket.number}}, "
            "and we will answer you {{answer_time}}.\n\n"
            "If you want to add something, just answer this email."
        ),
        soon="as soon as we can",
        hours="within {n} hours",
        hour="within an hour",
        days="within {n} days",
        day="within a day",
        sample="Eva",
        subject="The lamp does not light up",
    ),
    "sv": Text(
        name="Svenska",
        text=(
            "Hej {{contact.first_name}},\n\n"
            "Tack för ditt meddelande. Det har kommit fram och har nummer {{ticket.number}}. "
            "Vi svarar dig {{answer_time}}.\n\n"
            "Vill du lägga till något? Svara på det här mejlet."
        ),
        soon="så snart vi kan",
        hours="inom {n} timmar",
        hour="inom en timme",
        days="inom {n} dagar",
        day="inom ett dygn",
        sample="Eva",
        subject="Lampan lyser inte",
    ),
    "da": Text(
        name="Dansk",
        text=(
            "Hej {{contact.first_name}},\n\n"
            "Tak for din besked. Vi har modtaget den, og den har nummer {{ticket.number}}. "
            "Vi svarer dig {{answer_time}}.\n\n"
            "Hvis du vil tilføje noget, så svar blot på denne mail."
        ),
        soon="så snart vi kan",
        hours="inden for {n} timer",
        hour="inden for en time",
        days="inden for {n} dage",
        day="inden for et døgn",
        sample="Eva",
        subject="Lampen lyser ikke",
    ),
    "nb": Text(
        name="Norsk bokmål",
        text=(
            "Hei {{contact.first_name}},\n\n"
            "Takk for meldingen. Vi har mottatt den, og den har nummer {{ticket.number}}. "
            "Vi svarer deg {{answer_time}}.\n\n"
            "Vil du legge til noe, kan du bare svare på denne e-posten."
        ),
        soon="så snart vi kan",
        hours="innen {n} timer",
        hour="innen en time",
        days="innen {n} dager",
        day="innen et døgn",
        sample="Eva",
        subject="Lampen lyser ikke",
    ),
    "fi": Text(
        name="Suomi",
        text=(
            "Hei {{contact.first_name}},\n\n"
            "Kiitos viestistäsi. Se on saapunut meille numerolla {{ticket.number}}. "
            "Vastaamme sinulle {{answer_time}}.\n\n"
            "Jos haluat lisätä jotakin, vastaa tähän viestiin."
        ),
        soon="niin pian kuin voimme",
        hours="{n} tunnin kuluessa",
        hour="tunnin kuluessa",
        days="{n} päivän kuluessa",
        day="vuorokauden kuluessa",
        sample="Eva",
        subject="Lamppu ei syty",
    ),
    "de": Text(
        name="Deutsch",
        text=(
            "Guten Tag {{contact.first_name}},\n\n"
            "vielen Dank für Ihre Nachricht. Sie ist unter der Nummer {{ticket.number}} bei uns angekommen. "
            "Wir antworten Ihnen {{answer_time}}.\n\n"
            "Möchten Sie etwas ergänzen, antworten Sie einfach auf diese E-Mail."
        ),
        soon="so bald wie möglich",
        hours="innerhalb von {n} Stunden",
        hour="innerhalb einer Stunde",
        days="innerhalb von {n} Tagen",
        day="innerhalb eines Tages",
        sample="Eva",
        subject="Die Lampe leuchtet nicht",
    ),
    "nl": Text(
        name="Nederlands",
        text=(
            "Hallo {{contact.first_name}},\n\n"
            "Bedankt voor je bericht. We hebben het ontvangen onder nummer {{ticket.number}}. "
            "We antwoorden je {{answer_time}}.\n\n"
            "Wil je iets toevoegen, beantwoord dan gewoon deze e-mail."
        ),
        soon="zo snel als we kunnen",
        hours="binnen {n} uur",
        hour="binnen een uur",
        days="binnen {n} dagen",
        day="binnen een dag",
        sample="Eva",
        subject="De lamp brandt niet",
    ),
    "fr": Text(
        name="Français",
        text=(
            "Bonjour {{contact.first_name}},\n\n"
            "Merci pour votre message. Nous l'avons reçu sous le numéro {{ticket.number}} "
            "et nous vous répondrons {{answer_time}}.\n\n"
            "Si vous souhaitez ajouter quelque chose, répondez simplement à cet e-mail."
        ),
        soon="dès que possible",
        hours="dans les {n} heures",
        hour="dans l'heure",
        days="dans les {n} jours",
        day="dans la journée",
        sample="Eva",
        subject="La lampe ne s'allume pas",
    ),
    "es": Text(
        name="Español",
        text=(
            "Hola {{contact.first_name}},\n\n"
            "Gracias por tu mensaje. Lo hemos recibido con el número {{ticket.number}} "
            "y te responderemos {{answer_time}}.\n\n"
            "Si quieres añadir algo, responde a este correo."
        ),
        soon="lo antes posible",
        hours="en un plazo de {n} horas",
        hour="en el plazo de una hora",
        days="en un plazo de {n} días",
        day="en el plazo de un día",
        sample="Eva",
        subject="La lámpara no se enciende",
    ),
    "it": Text(
        name="Italiano",
        text=(
            "Ciao {{contact.first_name}},\n\n"
            "Grazie per il tuo messaggio. Lo abbiamo ricevuto con il numero {{ticket.number}} "
            "e ti risponderemo {{answer_time}}.\n\n"
            "Se vuoi aggiungere qualcosa, rispondi a questa e-mail."
        ),
        soon="appena possibile",
        hours="entro {n} ore",
        hour="entro un'ora",
        days="entro {n} giorni",
        day="entro un giorno",
        sample="Eva",
        subject="La lampada non si accende",
    ),
    "pt": Text(
        name="Português",
        text=(
            "Olá {{contact.first_name}},\n\n"
            "Obrigado pela sua mensagem. Recebemo-la com o número {{ticket.number}} "
            "e responderemos {{answer_time}}.\n\n"
            "Se quiser acrescentar algo, basta responder a este e-mail."
        ),
        soon="logo que possível",
        hours="no prazo de {n} horas",
        hour="no prazo de uma hora",
        days="no prazo de {n} dias",
        day="no prazo de um dia",
        sample="Eva",
        subject="O candeeiro não acende",
    ),
    "pl": Text(
        name="Polski",
        text=(
            "Dzień dobry {{contact.first_name}},\n\n"
            "Dziękujemy za wiadomość. Dotarła do nas pod numerem {{ticket.number}}. "
            "Odpowiemy {{answer_time}}.\n\n"
            "Jeśli chcesz coś dodać, odpowiedz na tę wiadomość."
        ),
        soon="najszybciej, jak to możliwe",
        hours="w ciągu {n} godzin",
        hour="w ciągu godziny",
        days="w ciągu {n} dni",
        day="w ciągu jednego dnia",
        sample="Ewa",
        subject="Lampa nie świeci",
    ),
}
