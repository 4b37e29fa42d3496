"""Letters of customers with something broken, missing or late."""

from sandbox.demo.files import lamp_png, receipt_pdf
from sandbox.demo.letter import EVA, OLIVIA, Letter, letter
from sandbox.mail.compose import File

QUOTED_THREAD = """Thanks, that explains it. One more question: does the dimmer work with the 40 W version as well,
or only with LED? I would rather not buy the wrong one twice :-)

Best,
Olivia

On Thu, Nov 19, 2026 at 4:12 PM Ljus & Form <support@demo.example> wrote:

> Hi Olivia,
>
> The humming comes from the dimmer, not from the lamp. Older dimmers need a load of
> at least 20 W, and our LED draws only 6 W.
>
> Kind regards
> Sara, Ljus & Form
>
> On Wed, Nov 18, 2026 at 9:03 AM Olivia Hart <olivia.hart@harthome.example> wrote:
>
>> Hello,
>>
>> I put up two Vinter wall lamps last weekend. They look wonderful, but both hum as soon as
>> I dim them below half. Is that normal?
>>
>> On Mon, Nov 9, 2026 at 11:20 AM Ljus & Form <support@demo.example> wrote:
>>
>>> Dear Olivia,
>>>
>>> Your order LF-10391 has left our workshop in Nybro today.
>>> You can follow it with the number 4711 0799.
>>>
>>> Ljus & Form
"""

RECEIPT = [
    "Ljus & Form AB",
    "Kvitto LF-10482",
    "",
    "1 st Bordslampa Glimma, mässing      1 295,00 kr",
    "1 st Ljuskälla E14, varmvit                  79,00 kr",
    "Frakt                                                  0,00 kr",
    "",
    "Summa                                       1 374,00 kr (varav moms 274,80 kr)",
]


def complaints() -> list[Letter]:
    return [
        letter(
            EVA,
            "Trasig skärm på Glimma (order LF-10482)",
            "Hej!\n\nLampan kom i går men glasskärmen har en spricka, se bilden. Kartongen "
            "var hel, så jag tror att den "
            "var trasig redan när den packades.\n\nJag vill gärna ha en ny skärm, inte pengarna tillbaka. "
            "Kvittot bifogas.\n\nVänliga hälsningar\nEva Lindqvist\nSturegatan 14, Uppsala",
            files=[
                File("sprickan på skärmen.png", "image/png", lamp_png(broken=True)),
                File("kvitto-LF-10482.pdf", "application/pdf", receipt_pdf(RECEIPT)),
            ],
            key="eva",
        ),
        letter(
            OLIVIA,
            "Re: Humming when dimmed",
            QUOTED_THREAD,
            html="",
            headers={"User-Agent": "Mozilla Thunderbird"},
        ),
        letter(
            "Daniel Brooks <d.brooks@thelanternhotel.example>",
            "URGENT: 24 lamps missing, we open on Friday!!",
            "This is the third time I write.\n\nWe ordered 48 Vinter wall lamps (LF-10298) "
            "for our opening THIS FRIDAY. "
            "Only 24 came, and nobody answers the phone. The electricians stand here and "
            "wait, at 85 € an hour each.\n\n"
            "I need a delivery date today or I cancel the whole order and send you the bill.\n\n"
            "Daniel Brooks\nOwner, The Lantern Hotel",
            headers={"X-Priority": "1 (Highest)", "Importance": "high"},
            key="daniel",
        ),
        letter(
            EVA,
            "Re: Trasig skärm på Glimma (order LF-10482)",
            "Jag glömde: det är den rökfärgade skärmen, inte den klara.\n\n/Eva",
            html="",
            key="eva 2",
            follows="eva",
        ),
        letter(
            "Daniel Brooks <d.brooks@thelanternhotel.example>",
            "Re: URGENT: 24 lamps missing, we open on Friday!!",
            "Still no answer. It is 10:40. The forwarder says he never got a second pallet from you.",
            html="",
            follows="daniel",
        ),
        letter(
            "Webbutiken <formular@shop.ljusochform.example>",
            "Kontaktformulär: Reklamation",
            "Namn: Stig Forsberg\nE-post: stig.forsberg@sjobris.example\nOrdernummer: LF-10266\n\n"
            "Meddelande:\nStrömbrytaren på Glimma har slutat fungera efter tre månader. Vad gör jag?",
            html="",
            headers={"Reply-To": "Stig Forsberg <stig.forsberg@sjobris.example>"},
        ),
        letter(
            "Chloé Martin <chloe.martin@atelier-martin.example>",
            "Commande LF-10455 : où est mon colis ?",
            "Bonjour,\n\nJe n'ai toujours pas reçu ma commande du 2 novembre. Le suivi "
            "indique « en transit » depuis dix "
            "jours. You may answer in English.\n\nMerci,\nChloé Martin",
        ),
        letter(
            "Nils <nils.1952@pensionaren.example>",
            "PROBLEM MED ER HEMSIDA",
            "JAG KOMMER INTE IN PÅ MINA SIDOR. DET STÅR ATT LÖSENORDET ÄR FEL MEN DET ÄR DET INTE.\n\nNILS BERGKVIST",
            html="",
        ),
    ]
