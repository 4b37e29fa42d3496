"""Letters of people who ask, return or simply thank."""

from sandbox.demo.files import lamp_png
from sandbox.demo.letter import EVA, Letter, letter
from sandbox.mail.compose import File

NEWSLETTER_TEXT = """Hej!

Den svarta Norrsken i ert nyhetsbrev, finns den i lager? På sidan går den inte att lägga i korgen.

Anneli Strand

Från: Ljus & Form <nyheter@ljusochform.example>
Ämne: Ljus i mörkret: tre nyheter för november
"""

NEWSLETTER_HTML = """<div style="font-family:Calibri,sans-serif;font-size:11pt">
<p>Hej!</p>
<p>Den <b>svarta Norrsken</b> i ert nyhetsbrev, finns den i lager? På sidan går den inte att lägga i korgen.</p>
<p>Anneli Strand</p>
</div>
<div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3pt 0 0 0">
<p><b>Från:</b> Ljus &amp; Form &lt;nyheter@ljusochform.example&gt;<br><b>Ämne:</b> Ljus i mörkret: tre nyheter för
november</p></div>
<table width="600" cellpadding="0" cellspacing="0" style="border-collapse:collapse;background:#f7f3ec">
<tr><td style="padding:24px;background:#2f2a26;color:#f8e3b4;font:28px Georgia,serif">Ljus i mörkret</td></tr>
<tr><td style="padding:24px;font:16px/1.5 Georgia,serif;color:#333">
<h2 style="margin:0 0 8px;font-weight:normal">Norrsken, nu i svart</h2>
<p style="margin:0 0 16px">Taklampan som drar upp blicken. Handblåst glas från Nybro, 42 cm.</p>
<a href="https://shop.ljusochform.example/norrsken?utm_source=nyhetsbrev"
 style="display:inline-block;padding:10px 18px;background:#b5473c;color:#fff;text-decoration:none">Se lampan</a>
</td></tr>
<tr><td style="padding:12px 24px;font:12px sans-serif;color:#999">Du får det här brevet eftersom du handlat hos oss.
<a href="https://shop.ljusochform.example/avsluta">Avsluta</a></td></tr>
</table>"""

FORWARDED = """Hi, my mother does not write English or mails with pictures, so I forward this for her.
Could somebody call her? Her number is 070-555 01 42.

Johan

---------- Forwarded message ---------
From: Gunnel Ek <gunnel.ek@ek-familjen.example>
Date: Sun, Nov 22, 2026 at 6:41 PM
Subject: lampan
To: Johan Ek <johan.ek@ek-familjen.example>

Johan kan du fråga dom om lampan i hallen, den blinkar när jag tänder i köket. Jag törs inte röra den.
Kram mamma
"""


def questions() -> list[Letter]:
    return [
        letter(
            "Anneli Strand <anneli@strandsrum.example>",
            "SV: Ljus i mörkret: tre nyheter för november",
            NEWSLETTER_TEXT,
            html=NEWSLETTER_HTML,
        ),
        letter(
            "Lars-Erik Håkansson <larserik@hakansson.example>",
            "Byta sladd",
            "Hej\n\nKan jag själv byta sladden på en Skymning från 2019 eller måste det göras av elektriker? "
            "Hunden har tuggat på den.\n\nMvh Lars-Erik",
            html="",
        ),
        letter(
            "Sofia Lund <sofia.lund@brevlada.example>",
            "",
            "Hej! Hur länge har man öppet köp hos er? Det är en present.",
            html="",
        ),
        letter(
            "Tom Becker <tom@beckerandsons.example>",
            "Which bulb fits?",
            "Hi there,\n\nI inherited this lamp and the label says Ljus & Form. Which model "
            "is it, and which bulb fits?\n",
            html="<p>Hi there,</p><p>I inherited this lamp and the label says <i>Ljus &amp; "
            "Form</i>. Which model is it, "
            'and which bulb fits?</p><p><img src="cid:lamp@beckerandsons" alt="The lamp" '
            'width="320"></p><p>Tom</p>',
            files=[File("IMG_2041.png", "image/png", lamp_png(), content_id="lamp@beckerandsons")],
        ),
        letter(
            "Johan Ek <johan.ek@ek-familjen.example>",
            "Fwd: lampan",
            FORWARDED,
        ),
        letter(
            "Karin Wallin <karin.wallin@postladan.example>",
            "Ångra köp LF-10501",
            "Hej! Jag vill ångra mitt köp av golvlampan Skymning, den blev för hög för "
            "hörnet. Kartongen är öppnad men "
            "lampan är inte monterad. Hur gör jag med returen?\n\nKarin",
        ),
        letter(
            "Frida <frida.n@musikskolan.example>",
            "tack!!",
            "Ville bara säga att ni är bäst 💛 Lampan kom på två dagar och mormor grät en skvätt. "
            "Bilden är från hennes fönster.",
            files=[File("mormors fönster 💛.png", "image/png", lamp_png(160, 120))],
        ),
        letter(
            EVA,
            "En annan fråga: lampkupa till vinden",
            "Hej igen!\n\nHelt annat ärende: säljer ni bara kupan till taklampan Norrsken, den stora? "
            "Vi har stommen kvar sedan förra lägenheten.\n\nEva Lindqvist",
        ),
    ]
