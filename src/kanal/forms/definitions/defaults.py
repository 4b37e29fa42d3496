"""The fields of a new form: who asks, about what, and where the ticket begins (FRM-3, FRM-4)."""

from __future__ import annotations

from kanal.forms.models import Field, FieldType, Language

_LABELS: dict[Language, dict[str, str]] = {
    "en": {
        "name": "Your name",
        "email": "Email",
        "subject": "What is it about?",
        "description": "How can we help?",
        "pipeline": "Pipeline",
        "status": "Status",
    },
    "sv": {
        "name": "Ditt namn",
        "email": "E-post",
        "subject": "Vad gäller det?",
        "description": "Vad kan vi hjälpa till med?",
        "pipeline": "Pipeline",
        "status": "Status",
    },
}


def fields(language: Language) -> list[Field]:
    """Pipeline and status are not shown; without a default the ticket begins where all do."""

    def field(name: str, type_: FieldType, property_: str, *, required: bool = False, hidden: bool = False) -> Field:
        label = _LABELS[language][name]
        return Field(name=name, type=type_, label=label, required=required, hidden=hidden, property=property_)

    return [
        field("name", "text", "contact.name"),
        field("email", "email", "contact.email", required=True),
        field("subject", "text", "ticket.subject", required=True),
        field("description", "long_text", "ticket.description", required=True),
        field("pipeline", "select", "ticket.pipeline", hidden=True),
        field("status", "select", "ticket.status", hidden=True),
    ]
