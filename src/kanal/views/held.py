"""Everything that is held about a contact (K21): each row and file, by table. A new table of an account fails a test
until it stands in HOLDS, and in the statement below, or in HOLDS_NONE with the reason."""

from __future__ import annotations

from uuid import UUID

from kanal.kit.db import NotFound, Transaction
from kanal.views.models import Held

HOLDS = {
    "contacts": "the contact",
    "handles": "an address of theirs",
    "participants": "their part in a conversation",
    "conversations": "a conversation they take part in",
    "messages": "a message in a conversation of theirs",
    "tickets": "a ticket of theirs",
    "comments": "an internal comment on a ticket of theirs",
    "attachments": "a file in a message or comment",
    "files": "the bytes of a file or of a received event",
    "raw_events": "what a channel received from them or for their ticket",
    "form_submissions": "a form that they filled in",
    "form_files": "a file that they sent with a form",
    "drafts": "an unsent reply to them",
    "conversation_drafts": "an unsent reply in a conversation of theirs",
    "remote_images": "a picture from elsewhere in a message of theirs, fetched when somebody asked for it",
    "deliveries": "an attempt to send them a message",
    "events": "a fact about them or their ticket, without words",
    "notices": "a notice about their ticket, without words",
    "work_spans": "when one of our people had their ticket to do",
    "routing_decisions": "why one of our people was given their ticket, or nobody",
    "queue": "their ticket's place in the queue",
    "hand_over_tickets": "their ticket, handed over",
    "member_mails": "a mail to one of our people about their ticket; the words are not kept",
    "sender_rules": "what our lists say of an address of theirs",
    "acknowledgements": "that an address of theirs was told that a message had arrived",
    "ledger": "that a mail server has a message of theirs; its number there",
    "search_entries": "the words of a ticket, message, comment or file that is listed itself",
    "ticket_tags": "a tag on a ticket of theirs",
    "automation_runs": "what a rule did about their ticket, without words",
    "bulk_items": "how their ticket stood before many were changed at once, kept for 30 days",
    "idempotency_keys": "an answer of the API that names them, kept for a day",
}
"""Table (`files` is the storage) and what a row of it is."""

HOLDS_NONE = {
    "members": "our own people",
    "roles": "our own settings",
    "teams": "our own people",
    "member_spans": "our own people",
    "availability": "our own people",
    "out_of_office": "our own people",
    "skill_categories": "our own settings",
    "skills": "our own settings",
    "member_skills": "our own people",
    "properties": "our own settings",
    "forms": "our own settings",
    "form_versions": "our own settings",
    "form_days": "counts",
    "desk_settings": "our own settings",
    "routing_versions": "our own settings",
    "routing_boards": "which of our people could have had a ticket",
    "turns": "our own people",
    "hand_overs": "our own people",
    "simulations": "counts by member and team",
    "team_members": "our own people",
    "inboxes": "our own settings",
    "channels": "our own settings",
    "channel_teams": "our own settings",
    "pipelines": "our own settings",
    "statuses": "our own settings",
    "ticket_numbers": "a number",
    "event_counters": "a number",
    "consumers": "a number",
    "ticket_links": "ids of tickets that are listed themselves",
    "address_codes": "our own people",
    "ledger_folders": "counts",
    "tags": "our own settings",
    "automation_rules": "our own settings",
    "ticket_reads": "which of our people saw which ticket",
    "ticket_followers": "which of our people follows which ticket",
    "mentions": "which of our people a comment names",
    "ticket_merges": "which ticket became part of which",
    "macros": "our own settings",
    "macro_teams": "our own settings",
    "macro_uses": "which of our people uses which macro",
    "bulk_jobs": "counts, and what one of our people did to many tickets",
    "saved_views": "our own settings",
    "view_teams": "our own settings",
    "conversation_reads": "which of our people saw which conversation",
    "digests": "our own settings",
    "member_views": "our own settings",
}
"""Tables of an account that hold nothing of a contact, and why."""


async def of_contact(tx: Transaction, contact: UUID) -> list[Held]:
    """Table by table. Whoever took part in a conversation has a share in all of it."""
    if not await tx.value("select true from contacts where id = %s", (contact,)):
        raise NotFound("contact")
    rows = await tx.dicts(STATEMENT, {"contact": contact})
    return [Held(what=HOLDS[row["table"]], **row) for row in rows]


STATEMENT = """
  with own as materialized (
    select space, key, address from handles where contact_id = %(contact)s
  ), threads as materialized (
    select id, ticket_id, created_at from conversations where contact_id = %(contact)s
    union
    select v.id, v.ticket_id, v.created_at
    from own join participants p on (p.space, p.key) = (own.space, own.key)
    join conversations v on v.id = p.conversation_id
  ), said as materialized (
    select m.id, m.raw_event_id, m.created_at from messages m join threads on threads.id = m.conversation_id
    union
    select m.id, m.raw_event_id, m.created_at from messages m where m.contact_id = %(contact)s
    union
    select m.id, m.raw_event_id, m.created_at from messages m join own on (m.space, m.from_key) = (own.space, own.key)
    union
    -- Of one that was handed on: whose it was, or who handed it on.
    select m.id, m.raw_event_id, m.created_at from messages m
    where m.forwarded is not null and exists (
      select from own where (own.space, own.key) in (
        (m.forwarded->>'space', m.forwarded->>'key'), (m.forwarded->'by'->>'space', m.forwarded->'by'->>'key')))
  ), cases as materialized (
    select t.id, t.created_at from tickets t where t.contact_id = %(contact)s
    union
    select t.id, t.created_at from tickets t join threads on threads.ticket_id = t.id
  ), remarks as materialized (
    select c.id, c.raw_event_id, c.created_at from comments c join cases on cases.id = c.ticket_id
    union
    select c.id, c.raw_event_id, c.created_at from comments c join threads on threads.id = c.conversation_id
  ), files_of as materialized (
    select a.id, a.blob, a.created_at from attachments a
    where a.message_id in (select id from said) or a.comment_id in (select id from remarks)
       or a.id in (select unnest(d.attachments) from drafts d join cases on cases.id = d.ticket_id)
       or a.id in (select unnest(d.attachments) from conversation_drafts d
                   join threads on threads.id = d.conversation_id)
  ), filled_in as materialized (
    select s.id, s.raw_event_id, s.received_at from form_submissions s where s.contact_id = %(contact)s
    union
    select s.id, s.raw_event_id, s.received_at from form_submissions s
    where s.contact_id is null
      and exists (
        select from own where position(own.key in lower(s.answers::text)) > 0
           or position(lower(own.address) in lower(s.answers::text)) > 0)
  ), arrived as materialized (
    select r.id, r.blob, r.received_at from raw_events r
    where r.id in (select raw_event_id from said union all select raw_event_id from remarks)
       or r.ticket_id in (select id from cases) or r.message_id in (select id from said)
       or lower(r.door->>'mail_from') in (select key from own union all select lower(address) from own)
       or r.id in (select raw_event_id from filled_in)
  ), sent_with as materialized (
    select f.id, f.blob, f.created_at from form_files f join filled_in on filled_in.id = f.submission_id
  ), needles as materialized (
    select convert_to(%(contact)s::text, 'UTF8') as needle
    union select convert_to(address, 'UTF8') from own
    union select convert_to(id::text, 'UTF8') from cases
  )
  select 'contacts' as table, id::text, created_at as at from contacts where id = %(contact)s
  union all select 'handles', id::text, created_at from handles where contact_id = %(contact)s
  union all select 'participants', p.conversation_id || '/' || p.key, p.joined_at
    from own join participants p on (p.space, p.key) = (own.space, own.key)
  union all select 'conversations', id::text, created_at from threads
  union all select 'messages', id::text, created_at from said
  union all select 'tickets', id::text, created_at from cases
  union all select 'comments', id::text, created_at from remarks
  union all select 'attachments', id::text, created_at from files_of
  union all select 'files', blob, min(at) from (
      select blob, created_at as at from files_of union all select blob, received_at from arrived where blob is not null
      union all select blob, created_at from sent_with
      union all select i.blob, i.fetched_at from remote_images i join said on said.id = i.message_id
    ) stored group by blob
  union all select 'raw_events', id::text, received_at from arrived
  union all select 'form_submissions', id::text, received_at from filled_in
  union all select 'form_files', id::text, created_at from sent_with
  union all select 'drafts', d.ticket_id || '/' || d.member_id, d.updated_at from drafts d
    join cases on cases.id = d.ticket_id
  union all select 'conversation_drafts', d.conversation_id || '/' || d.member_id, d.updated_at
    from conversation_drafts d join threads on threads.id = d.conversation_id
  union all select 'remote_images', i.message_id || '/' || i.n, i.fetched_at from remote_images i
    join said on said.id = i.message_id
  union all select 'deliveries', d.id::text, d.created_at from deliveries d join said on said.id = d.message_id
  union all select 'events', e.seq::text, e.at from events e
    where e.contact_id = %(contact)s or e.ticket_id in (select id from cases)
       or e.conversation_id in (select id from threads)
  union all select 'work_spans', w.ticket_id || '/' || w.member_id, w.from_at from work_spans w
    join cases on cases.id = w.ticket_id
  union all select 'routing_decisions', r.id::text, r.at from routing_decisions r join cases on cases.id = r.ticket_id
  union all select 'queue', q.ticket_id::text, q.queued_at from queue q join cases on cases.id = q.ticket_id
  union all select 'hand_over_tickets', h.hand_over_id || '/' || h.ticket_id, o.created_at from hand_over_tickets h
    join hand_overs o on o.id = h.hand_over_id join cases on cases.id = h.ticket_id
  union all select 'member_mails', m.id::text, m.created_at from member_mails m
    where m.ticket_id in (select id from cases) or m.message_id in (select id from said)
       or m.conversation_id in (select id from threads)
  union all select 'notices', n.id::text, n.created_at from notices n
    where n.ticket_id in (select id from cases) or n.conversation_id in (select id from threads)
  union all select 'sender_rules', r.id::text, r.created_at
    from own join sender_rules r on (r.space, r.entry) = (own.space, own.key)
  union all select 'acknowledgements', k.channel_id || '/' || k.key, k.at
    from own join acknowledgements k on (k.space, k.key) = (own.space, own.key)
  union all select 'ledger', l.channel_id || '/' || l.folder || '/' || l.key, l.listed_at
    from ledger l join arrived on arrived.id = l.raw_event_id
  union all select 'ticket_tags', x.ticket_id || '/' || x.tag_id, x.created_at from ticket_tags x
    join cases on cases.id = x.ticket_id
  union all select 'search_entries', s.id || '/' || s.part, s.at from search_entries s
    where s.id in (select id from cases union select id from said union select id from remarks
      union select id from files_of)
  union all select 'automation_runs', r.id::text, r.at from automation_runs r join cases on cases.id = r.ticket_id
  union all select 'bulk_items', b.job_id || '/' || b.position, j.created_at from bulk_items b
    join bulk_jobs j on j.id = b.job_id join cases on cases.id = b.ticket_id
  union all select 'idempotency_keys', k.caller || '/' || k.key, k.created_at from idempotency_keys k
    where exists (select from needles where position(needles.needle in k.response) > 0)
"""
