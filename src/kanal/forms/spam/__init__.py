"""Whether a person means what a form was sent with. What is not believed is kept and shown, never thrown away; only a
flood is refused. `judging` asks, in order, `rules` (pure), `rates` (how often) and `captcha` (a provider)."""

from kanal.forms.spam.judging import suspicion
from kanal.forms.spam.rates import Rates, TooMany
from kanal.forms.spam.rules import VIRUS, Sender, address_hash, network_hash

__all__ = ["VIRUS", "Rates", "Sender", "TooMany", "address_hash", "network_hash", "suspicion"]
