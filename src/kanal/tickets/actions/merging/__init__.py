"""Several tickets become one (WS-8), and become several again (K12): `merge` moves, `ticket_merges` keeps what it moved
and how both stood, `unmerge` reads that. `split` makes a ticket of some of another one's messages (WS-9)."""

from kanal.tickets.actions.merging.joining import merge
from kanal.tickets.actions.merging.splitting import split
from kanal.tickets.actions.merging.undoing import unmerge

__all__ = ["merge", "split", "unmerge"]
