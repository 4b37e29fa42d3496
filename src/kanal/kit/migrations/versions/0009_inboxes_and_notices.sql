-- Conversations inboxes, and what people are told of.
-- squawk-ignore-file adding-field-with-default, adding-not-nullable-field, adding-foreign-key-constraint
-- squawk-ignore-file constraint-missing-not-valid, ban-drop-constraint, ban-drop-not-null

-- Conversations that are worked without a ticket (K2) -------------------------------------------------------------

alter table conversations
  -- It lives in a conversations inbox: who has it and whether it is open is said here, ticket or not.
  add column apart boolean not null default false,
  add column assignee_id uuid,
  add column team_id uuid,
  -- Rises with what is said and done in it, as a ticket's does.
  add column version bigint not null default 1,
  add column last_direction text check (last_direction in ('in', 'out')),
  add column snippet text not null default '',
  -- Since when the customer's word is the last.
  add column waiting_since timestamptz,
  add column has_failed_reply boolean not null default false,
  add foreign key (account_id, assignee_id) references members on delete set null (assignee_id),
  add foreign key (account_id, team_id) references teams on delete set null (team_id);

update conversations c set apart = true, last_direction = case when c.last_out_at > c.last_in_at then 'out' else 'in' end
from inboxes i
where i.account_id = c.account_id and i.id = c.inbox_id and i.kind = 'conversations';

create index conversations_apart on conversations (account_id, inbox_id, state, last_message_at desc, id desc)
  include (channel_id, assignee_id, team_id) where apart and spam_at is null;
create index conversations_apart_of on conversations
  (account_id, inbox_id, assignee_id, state, last_message_at desc, id desc)
  include (channel_id, team_id) where apart and spam_at is null;

-- How far each member has read such a conversation.
create table conversation_reads (
  account_id integer not null,
  conversation_id uuid not null,
  member_id uuid not null,
  version bigint not null,
  read_at timestamptz not null,
  primary key (account_id, conversation_id, member_id),
  foreign key (account_id, conversation_id) references conversations on delete cascade,
  foreign key (account_id, member_id) references members on delete cascade
);
create index conversation_reads_member on conversation_reads (account_id, member_id);

-- What a member has begun to write in one, as `drafts` holds it of a ticket.
create table conversation_drafts (
  account_id integer not null,
  conversation_id uuid not null,
  member_id uuid not null,
  mode text not null check (mode in ('reply', 'reply_all', 'forward', 'comment')),
  html text not null,
  recipients jsonb not null,
  attachments uuid[] not null default '{}',
  seen_version bigint,
  about_id uuid,
  channel_id uuid,
  updated_at timestamptz not null,
  primary key (account_id, conversation_id, member_id),
  foreign key (account_id, conversation_id) references conversations on delete cascade,
  foreign key (account_id, member_id) references members on delete cascade,
  foreign key (account_id, about_id) references messages on delete set null (about_id),
  foreign key (account_id, channel_id) references channels on delete set null (channel_id)
);

-- A comment on a conversation goes over to the ticket that is made of it.
alter table comments
  alter column ticket_id drop not null,
  add column conversation_id uuid,
  add foreign key (account_id, conversation_id) references conversations on delete cascade,
  add check (ticket_id is not null or conversation_id is not null);
create index comments_conversation on comments (account_id, conversation_id, created_at, id)
  where conversation_id is not null;

create index events_conversation on events (account_id, conversation_id, seq) where name = 'conversation.changed';

create unique index inboxes_name on inboxes (account_id, name) where kind = 'conversations';

alter table raw_events drop constraint raw_events_state_check;
alter table raw_events add constraint raw_events_state_check check (state in ('waiting', 'ticket', 'reply', 'comment',
  'receipt', 'duplicate', 'quarantined', 'held', 'failed', 'spam', 'outgoing', 'conversation'));

-- What people are told of -----------------------------------------------------------------------------------------

alter table notices
  add column conversation_id uuid,
  -- The mail in which it was told with others.
  add column digest_id uuid,
  add foreign key (account_id, conversation_id) references conversations on delete cascade;
alter table notices drop constraint notices_kind_check;
alter table notices add constraint notices_kind_check check (kind in ('assigned', 'customer_answered', 'reply_failed',
  'returned', 'waiting_too_long', 'contact_owner', 'channel_attention', 'mentioned', 'followed_activity', 'snooze_over',
  'bulk_done'));
create index notices_of_ticket on notices (account_id, member_id, ticket_id) where read_at is null;
create index notices_undigested on notices (account_id, member_id, created_at)
  where read_at is null and digest_id is null;

alter table member_mails
  add column conversation_id uuid,
  add column comment_id uuid,
  add foreign key (account_id, conversation_id) references conversations on delete cascade,
  add foreign key (account_id, comment_id) references comments on delete cascade;
alter table member_mails drop constraint member_mails_kind_check;
alter table member_mails add constraint member_mails_kind_check check (kind in ('assigned', 'returned',
  'waiting_too_long', 'customer_answered', 'reply_failed', 'contact_owner', 'invitation', 'channel_attention',
  'automation', 'mentioned', 'followed_activity', 'snooze_over', 'digest'));

-- When a member is next told, in one mail, of what they have not read; without a row never.
create table digests (
  account_id integer not null,
  member_id uuid not null,
  due_at timestamptz not null,
  primary key (account_id, member_id),
  foreign key (account_id, member_id) references members on delete cascade
);
create index digests_due on digests (due_at);

-- Isolation -------------------------------------------------------------------------------------------------------

select protect('conversation_reads'), protect('conversation_drafts'), protect('digests');
grant select, insert, update, delete on conversation_reads, conversation_drafts, digests to kanal_app;

-- Across accounts, workers see ids and nothing else.

create function due_digests(due timestamptz, most int) returns table (account_id int, member_id uuid)
language sql stable security definer set search_path = pg_catalog, public as $$
  select d.account_id, d.member_id from digests d where d.due_at <= due order by d.due_at limit most $$;

create function next_digest() returns timestamptz
language sql stable security definer set search_path = pg_catalog, public as $$
  select min(d.due_at) from digests d $$;

revoke all on function due_digests, next_digest from public;
grant execute on function due_digests, next_digest to kanal_app;
