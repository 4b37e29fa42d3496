"""What stands beside a field that is wrong, in the form's language."""

from __future__ import annotations

from kanal.forms.filling.values import Wrong
from kanal.forms.models import Language

ERRORS: dict[Language, dict[str, str]] = {
    "en": {
        "required": "Fill this in.",
        "choose": "Choose one.",
        "tick": "Tick this to go on.",
        "one": "Write one answer.",
        "text": "Write text.",
        "long": "Write at most {most} characters.",
        "short": "Write at least {least} characters.",
        "email": "Write an email address, such as eva@example.com.",
        "phone": "Write a phone number.",
        "phone_with_country": "Write a phone number with its country, such as +46 8 123 456 78.",
        "number": "Write a number.",
        "least": "Write {limit} or more.",
        "most": "Write {limit} or less.",
        "date": "Write a date, such as 2026-05-31.",
        "earliest": "Choose {limit} or later.",
        "latest": "Choose {limit} or earlier.",
        "option": "Choose one of the choices.",
        "ticked": "Tick it or leave it.",
        "file": "Choose a file.",
        "files": "Choose {most} files at most.",
        "large": "{name} is too large; a file may have {megabytes} MB at most.",
        "group": "{name} is not a kind of file that can be sent here.",
    },
    "sv": {
        "required": "Fyll i det här.",
        "choose": "Välj ett alternativ.",
        "tick": "Kryssa i rutan för att gå vidare.",
        "one": "Skriv ett svar.",
        "text": "Skriv text.",
        "long": "Skriv högst {most} tecken.",
        "short": "Skriv minst {least} tecken.",
        "email": "Skriv en e-postadress, till exempel eva@example.com.",
        "phone": "Skriv ett telefonnummer.",
        "phone_with_country": "Skriv ett telefonnummer med landskod, till exempel +46 8 123 456 78.",
        "number": "Skriv ett tal.",
        "least": "Skriv {limit} eller mer.",
        "most": "Skriv {limit} eller mindre.",
        "date": "Skriv ett datum, till exempel 2026-05-31.",
        "earliest": "Välj {limit} eller senare.",
        "latest": "Välj {limit} eller tidigare.",
        "option": "Välj ett av alternativen.",
        "ticked": "Kryssa i rutan eller låt bli.",
        "file": "Välj en fil.",
        "files": "Välj högst {most} filer.",
        "large": "{name} är för stor; en fil får ha högst {megabytes} MB.",
        "group": "{name} är en sorts fil som inte går att skicka här.",
    },
}


def error(language: Language, wrong: Wrong) -> str:
    return ERRORS[language][wrong.why].format(**wrong.more)
