"""Domains whose addresses belong to anybody who asks for one: that two people write from the same one says nothing of
either. What vouches for a whole domain, or warns of one that looks alike, leaves these out."""

from __future__ import annotations


def is_shared(domain: str) -> bool:
    return domain in _SHARED or domain.partition(".")[0] in _BRANDS


_BRANDS = frozenset({"gmail", "googlemail", "yahoo", "ymail", "hotmail", "outlook", "live", "msn", "gmx", "yandex"})
"""Under many endings: `yahoo.co.uk`, `live.se` …"""
_LISTED = """
163.com 126.com 139.com aim.com alice.it aol.com arcor.de att.net bell.net bellsouth.net bigpond.com bluewin.ch
bredband.net bredband2.com btinternet.com charter.net comcast.net comhem.se cox.net duck.com earthlink.net
email.cz email.it fastmail.com fastmail.fm foxmail.com free.fr freenet.de freemail.hu googlegroups.com
groups.io groups.outlook.com hey.com home.se home.nl hush.com hushmail.com icloud.com inbox.lv inbox.com
interia.pl jubii.dk juno.com kolumbus.fi kpnmail.nl laposte.net libero.it live.com luukku.com mac.com mail.com
mail.de mail.dk mail.ee mail.ru mailbox.org mailfence.com me.com mindspring.com mozmail.com naver.com neuf.fr
ntlworld.com o2.pl onet.pl onlinehome.de online.no optonline.net orange.fr passport.com passagen.se pm.me poczta.fm
post.cz posteo.de proton.me protonmail.ch protonmail.com privaterelay.appleid.com qq.com rambler.ru
rediffmail.com rocketmail.com runbox.com saunalahti.fi sapo.pt sbcglobal.net seznam.cz sfr.fr shaw.ca sina.com
sky.com skynet.be skynet.com sohu.com spray.se startmail.com suomi24.fi sympatico.ca t-online.de talktalk.net
telenet.be telia.com terra.com.br tele2.se tin.it tiscali.it tuta.com tuta.io tutamail.com tutanota.com
tutanota.de ukr.net uol.com.br verizon.net virgilio.it virginmedia.com wanadoo.fr web.de wp.pl xs4all.nl zoho.com
zohomail.com zohomail.eu ziggo.nl
"""
_SHARED = frozenset(_LISTED.split())
