"""Letters about orders; they go to an address of their own."""

from sandbox.demo.letter import Letter, letter

FINNISH = """Hyvää päivää,

tilasin kaksi Norrsken-valaisinta kolme viikkoa sitten (tilaus 20512). Milloin ne tulevat?

Terveisin
Aino Laine
"""

GERMAN = """Guten Tag,

zu meiner Bestellung 20498 fehlt noch die Rechnung. Können Sie sie mir bitte als PDF schicken?

Mit freundlichen Grüßen
Katrin Vogel
"""

BROKEN = """Hello,

one of the four lamps of order 20476 arrived broken: the glass is fine, but the cable comes out of the base and I can
see copper. I did not plug it in.

Priya Nair
"""


def orders() -> list[Letter]:
    return [
        letter("Katrin Vogel <katrin.vogel@vogel-und-sohn.example>", "Rechnung zu Bestellung 20498", GERMAN),
        letter("Priya Nair <priya@nair.example>", "Order 20476: one of four is broken", BROKEN, html=""),
        letter("Aino Laine <aino.laine@laine.example>", "Tilaus 20512", FINNISH),
        letter(
            "Per Sjögren <per@sjogrensbygg.example>",
            "Ändra leveransadress",
            "Hej! Kan ni skicka order 20530 till Storgatan 4 i stället för till butiken? /Per",
        ),
    ]
