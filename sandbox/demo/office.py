"""What comes to the office: nothing that anybody has to solve, but that somebody answers."""

from sandbox.demo.letter import Letter, letter

VISIT = """Hej!

Vi är en klass på 24 elever från Teleborgs gymnasium som gärna vill se hur lampor görs. Passar någon förmiddag i maj?

Vänliga hälsningar
Lena Falk
"""

APPLICATION = """Hello,

I am an industrial designer and would like to work with you after the summer. My portfolio is at your disposal; may I
send it to somebody?

Kind regards
Tomas Novak
"""

FAIR = """Hej,

er monter på Formex är nu nummer C14:22. Bygget börjar måndag klockan 8.

Mässan
"""


def office() -> list[Letter]:
    return [
        letter("Lena Falk <lena.falk@teleborg.example>", "Studiebesök i maj", VISIT, key="visit"),
        letter("Tomas Novak <tomas@novakdesign.example>", "Working with you", APPLICATION),
        letter("Formex <montrar@formex.example>", "Er monter C14:22", FAIR),
        letter(
            "Lena Falk <lena.falk@teleborg.example>",
            "Re: Studiebesök i maj",
            "Jag glömde skriva: två av eleverna sitter i rullstol. Går det bra hos er?",
            follows="visit",
        ),
    ]
