"""Letters of firms: offers, invoices, drawings, deliveries."""

from sandbox.demo.letter import MAGNUS, Letter, letter


def companies() -> list[Letter]:
    return [
        letter(
            '"Öberg, Åsa" <asa.oberg@kommunen.example>',
            "Offertförfrågan: belysning till biblioteket i Ljungby",
            "Hej,\n\nLjungby bibliotek ska bygga om läsesalen och vi söker 36 läslampor "
            "till bord. Vi är intresserade av "
            "Glimma, med fast montering och kabel genom bordsskivan.\n\n"
            "1. Kan ni göra en sådan variant?\n2. Pris per styck vid 36 och vid 50?\n3. Leveranstid?\n\n"
            "Anbud senast 11 december. Svara gärna alla.\n\nÅsa Öberg\nInköpare",
            cc=["Roger Blom <roger.blom@kommunen.example>"],
        ),
        letter(
            MAGNUS,
            "Faktura till fel adress",
            "Hej,\n\nFaktura 20931 gick till vår gamla adress. Kan ni skicka om den "
            "till\n\nFjällvik Inredning AB\n"
            "Box 118\n831 22 Östersund\n\noch ändra i registret? Organisationsnumret är "
            "detsamma.\n\nMagnus Öhman",
        ),
        letter(
            "Priya Nair <priya@studionair.example>",
            "Stockist enquiry – London",
            "Hello,\n\nWe run a small design shop in Hackney and several customers have asked for Norrsken. "
            "Do you supply stockists in the UK, and what are your terms?\n\nWarm "
            "wishes,\nPriya Nair\nStudio Nair",
        ),
        letter(
            "Henrik Dahl <henrik@dahlselektriska.example>",
            "Teknisk fråga, IP-klass Vinter",
            "Hej\n\nVilken IP-klass har Vinter? Kunden vill ha den ovanför handfatet, dvs. "
            "minst IP44 i område 2.\n"
            "Finns det monteringsanvisning och CE-försäkran som pdf?\n\n"
            "-- \nHenrik Dahl\nDahls Elektriska AB\n0470-555 120",
            html="",
        ),
        letter(
            "Amira Haddad <amira@haddadarkitekter.example>",
            "3D-filer till Norrsken",
            "Hej,\n\nfinns Norrsken som IFC eller DWG? Vi ritar en restaurang och vill ha med den i modellen.\n\nAmira",
        ),
        letter(
            MAGNUS,
            "Leverans till Åre, vecka 50",
            "Hej,\n\nKan order LF-10510 levereras direkt till bygget i Åre i vecka 50? "
            "Lastbil med lyft behövs, "
            "det är grus på planen. Kontakt på plats: Jonte, 070-555 01 77.\n\nMagnus",
        ),
    ]
