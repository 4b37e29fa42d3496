"""A step of the pipeline: to whom a mail belongs that somebody handed on (K13, EML-22, EML-23). Where the forwarder is
believed, its original sender becomes the sender, and contacts, threads and signals are theirs; else the claim is kept
beside the message, and choosing.py applies it when a person says so."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import msgspec

from kanal.channelkit.messages import Forwarded
from kanal.contacts.senders import queries as senders
from kanal.contacts.senders.models import SenderKey
from kanal.intake.models import ChannelRow, Claim, Forwarder, Item
from kanal.kit.db import Transaction
from kanal.kit.freemail import is_shared
from kanal.kit.html import from_text
from kanal.kit.mail import domain_of, normalise
from kanal.people import queries as people

MAIL = "email"


async def find_owners(tx: Transaction, mail_domain: str, channel: ChannelRow, wave: Sequence[Item]) -> None:
    """Note on each item what is claimed, and make the original sender its sender where that is believed.
    `mail_domain` is the installation's own, whose addresses say nothing of an account."""
    handed_on = [item for item in wave if item.said.forwarded is not None]
    if not handed_on:
        return
    belongs_to = await tx.value("select forwards_belong_to from channels where id = %s", (channel.id,))
    believed = await _believed(tx, mail_domain, handed_on) if belongs_to == "original" else set()
    for item in handed_on:
        if belongs_to == "forwarder":
            _note(item, "refused")
        elif _key(item) in believed and item.said.trust == "pass":  # nobody else can have sent it
            _note(item, "applied")
            _apply(item)
        else:
            _note(item, "claimed")


async def _believed(tx: Transaction, mail_domain: str, items: Sequence[Item]) -> set[SenderKey]:
    """Members, senders on the allow list, and the domains of the account's own team addresses; never somebody on the
    deny list."""
    keys = {_key(item) for item in items}
    listed = await senders.verdict_of(tx, keys)
    open_to_question = {key for key in keys if key not in listed}
    ours = await _members(tx, open_to_question)
    domains = await _own_domains(tx, mail_domain) if open_to_question - ours else set()
    return (
        {key for key, verdict in listed.items() if verdict == "allow"}
        | ours
        | {key for key in open_to_question if key[0] == MAIL and domain_of(key[1]) in domains}
    )


async def _members(tx: Transaction, keys: Collection[SenderKey]) -> set[SenderKey]:
    """By the address that they sign in with, or one that they proved to be theirs."""

    class Row(msgspec.Struct):
        space: str
        key: str

    rows = await tx.all(
        Row,
        """
        select a.space, a.key
        from unnest(%s::text[], %s::text[]) as wanted (space, key)
        join addresses a on a.space = wanted.space and a.key = wanted.key
        join members m on m.id = a.member_id and m.deactivated_at is null
        where a.account_id = %s and a.proved_at is not null
        """,
        ([space for space, _ in keys], [key for _, key in keys], tx.account),
    )
    signing_in = {(MAIL, normalise(member.email)) for member in await people.members(tx) if member.active}
    return {(row.space, row.key) for row in rows} | (signing_in & set(keys))


async def _own_domains(tx: Transaction, mail_domain: str) -> set[str]:
    """Of the account's proved team addresses, as far as a domain is the account's alone."""
    found = await tx.values(
        """
        select distinct split_part(a.key, '@', 2) from channels c
        join addresses a on a.channel_id = c.id and a.account_id = c.account_id
        where c.deleted_at is null and a.space = %s and a.proved_at is not null
        """,
        (MAIL,),
    )
    return {domain for domain in found if domain != mail_domain and not is_shared(domain)}


def _note(item: Item, state: str) -> None:
    forwarded = _forwarded(item)
    original, by = forwarded.sender, item.said.sender
    item.claim = Claim(
        state=state,
        space=original.handle.kind,
        key=original.handle.key,
        address=original.handle.address,
        name=original.name,
        sent=forwarded.sent,
        subject=forwarded.subject,
        by=Forwarder(
            space=by.handle.kind,
            key=by.handle.key,
            address=by.handle.address,
            name=by.name,
            trust=item.said.trust,
        ),
    )


def _apply(item: Item) -> None:
    """As if the original sender had written it; above their words stand those of the forwarder. Nothing proves the
    original sender, so that nothing that needs a proof is done in their name."""
    said, forwarded = item.said, _forwarded(item)
    said.sender = forwarded.sender
    said.trust = "none"
    said.signals = msgspec.structs.replace(said.signals, reply_to="", hidden_behind="")
    said.receipt_to = ""
    said.subject = forwarded.subject or said.subject
    if forwarded.text or forwarded.html:
        said.text = "\n\n".join(each for each in (forwarded.note, forwarded.text) if each)
        said.html = f"{from_text(forwarded.note)}{forwarded.html}" if forwarded.html else ""


def _forwarded(item: Item) -> Forwarded:
    if item.said.forwarded is None:
        raise LookupError("nothing is handed on in it")
    return item.said.forwarded


def _key(item: Item) -> SenderKey:
    return (item.handle.kind, item.handle.key)
