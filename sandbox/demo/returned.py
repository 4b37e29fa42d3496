"""Letters about things that come back; their mailbox is read where it is kept."""

from sandbox.demo.letter import Letter, letter

WRONG_COLOUR = """Hej!

Skärmen som kom är grå, inte den gröna som jag beställde (order 20511). Får jag skicka tillbaka den och få en grön?

Hälsningar
Nils Åberg
"""

TOO_BRIGHT = """Hello,

the Skymning floor lamp is lovely but far too bright for our bedroom. It is unused and still in its box. How do I return
it, and who pays for the parcel?

Regards
Hannah Doyle
"""


def returned() -> list[Letter]:
    return [
        letter("Nils Åberg <nils.aberg@kund.example>", "Fel färg på skärmen, order 20511", WRONG_COLOUR),
        letter("Hannah Doyle <hannah@doyle.example>", "Returning an unused lamp", TOO_BRIGHT, html=""),
    ]
