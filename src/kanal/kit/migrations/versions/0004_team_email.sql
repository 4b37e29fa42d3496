-- Team email: mailboxes whose every message is explained, whose mail it is, senders that are believed or not,
-- acknowledgements, and the ticket automation of a channel.
-- Checks that grow are validated at once, and handles are written anew: these tables are read in whole within seconds at
-- a million rows.
-- squawk-ignore-file adding-field-with-default, adding-foreign-key-constraint, constraint-missing-not-valid, ban-drop-constraint, ban-drop-not-null
-- squawk-ignore-file require-concurrent-index-deletion

-- Channels ------------------------------------------------------------------------------------------------------

alter table channels
  -- To whom a mail that somebody hands on belongs: who wrote it, or who handed it on.
  add column forwards_belong_to text not null default 'original' check (forwards_belong_to in ('original', 'forwarder')),
  add column acknowledgement jsonb not null default '{}',
  -- Who agreed, at the connecting, to what is read, stored and sent; null: connected before that was asked.
  add column accepted_by uuid,
  add column accepted_at timestamptz,
  add column last_in_at timestamptz,
  add column last_out_at timestamptz,
  -- When the mail that proves its address is due to be sent, again or for the first time.
  add column prove_at timestamptz,
  -- Since when its people know that it needs one of them; null: all is well, as far as they were told.
  add column attention_told_at timestamptz,
  -- From when on old mail is fetched too; null: only what came since the channel was connected.
  add column history_from timestamptz,
  add foreign key (account_id, accepted_by) references members on delete set null (accepted_by);

create index channels_to_prove on channels (prove_at) where prove_at is not null;
-- Until now the first mail proved an address; where none has come, one is sent.
update channels c set prove_at = now()
where c.deleted_at is null and exists (
  select from addresses a where a.account_id = c.account_id and a.channel_id = c.id and a.proved_at is null);

-- The names that outside callers know since this version.
update channels set settings = (settings - 'from_name_mode' - 'company_name') || jsonb_build_object('from_name',
  jsonb_build_object('mode', coalesce(settings ->> 'from_name_mode', 'agent_company'),
                     'company', coalesce(settings ->> 'company_name', '')))
where kind = 'email' and not jsonb_exists(settings, 'from_name');
update channels
set settings = jsonb_set(settings #- '{smtp,username}', '{smtp,user}', coalesce(settings #> '{smtp,username}', '""'))
where kind = 'email' and jsonb_typeof(settings -> 'smtp') = 'object';

-- By which channel a team writes where no thread says otherwise.
alter table teams
  add column sends_by uuid,
  add foreign key (account_id, sends_by) references channels on delete set null (sends_by);

-- The ledger: every message that a mail server lists, and what became of it here ---------------------------------

create table ledger (
  account_id integer not null,
  channel_id uuid not null,
  folder text not null,
  -- The server's name for the message in that folder; by IMAP `<UIDVALIDITY>:<UID>`.
  key text not null,
  -- `wanted`: to be fetched; `stored`: the raw event tells what became of it; `skipped`: by a rule, `reason` says which.
  state text not null check (state in ('wanted', 'stored', 'skipped', 'failed')),
  reason text not null default '',
  -- It was there before the channel was connected.
  history boolean not null default false,
  size bigint not null,
  -- When the server got it; when we first saw it, where the server does not say.
  server_at timestamptz not null,
  raw_event_id uuid,
  tries integer not null default 0,
  next_try_at timestamptz,
  -- When the server last listed it, and since when it does not any more.
  listed_at timestamptz not null,
  gone_at timestamptz,
  primary key (account_id, channel_id, folder, key),
  foreign key (account_id, channel_id) references channels on delete cascade,
  foreign key (account_id, raw_event_id) references raw_events on delete set null (raw_event_id)
)
-- Every sweep notes on each row that it is still there: in place, where the page has room.
with (fillfactor = 85);
-- In the order in which it is fetched: what is new before what is old, then by the number in the key.
create index ledger_unexplained on ledger (account_id, channel_id, folder, history, length(key), key)
  where state in ('wanted', 'failed') and gone_at is null;
create index ledger_history on ledger (account_id, channel_id, state, server_at) where history;
create index ledger_newest on ledger (account_id, channel_id, state, server_at, folder, key) where gone_at is null;
create index ledger_gone on ledger (account_id, channel_id, folder, gone_at) where gone_at is not null;
create index ledger_raw_event on ledger (account_id, raw_event_id);

-- A folder as a whole: what the server holds, and when its list was last gone through from end to end.
create table ledger_folders (
  account_id integer not null,
  channel_id uuid not null,
  folder text not null,
  on_server bigint not null,
  swept_at timestamptz,
  primary key (account_id, channel_id, folder),
  foreign key (account_id, channel_id) references channels on delete cascade
);

alter table raw_events drop constraint raw_events_state_check;
alter table raw_events add constraint raw_events_state_check check (state in ('waiting', 'ticket', 'reply', 'comment',
  'receipt', 'duplicate', 'quarantined', 'held', 'failed', 'spam', 'outgoing'));

-- Messages ------------------------------------------------------------------------------------------------------

alter table messages
  -- The message that it answers or hands on; one of the same account.
  add column about_id uuid,
  add column is_forward boolean not null default false,
  -- Written in another program and seen in the mailbox: it has left already and has no delivery.
  add column sent_elsewhere boolean not null default false,
  -- Whose mail was handed on, as its forwarder claims: {state, space, key, address, name, sent, subject, by: {space, key,
  -- address, name, trust}}, state one of `applied`, `claimed`, `refused`.
  add column forwarded jsonb,
  -- What a reader should know of its sender: {first_time, reply_to, hidden_behind, looks_like}.
  add column signals jsonb not null default '{}',
  -- A calendar invitation in it, and what was answered.
  add column invitation jsonb,
  -- At which address its sender asks for a read receipt; and since when one was sent.
  add column receipt_to text not null default '',
  add column receipt_sent_at timestamptz,
  add foreign key (account_id, about_id) references messages on delete set null (about_id);
create index messages_forwarded on messages (account_id, id) where forwarded is not null;
create index messages_about on messages (account_id, about_id) where about_id is not null;

-- Whose domain a stranger's may be taken for.
alter table handles
  add column domain text generated always as (case space when 'email' then split_part(key, '@', 2) else '' end) stored;
create index handles_domain on handles (account_id, domain) where domain <> '';

alter table deliveries
  -- When its author wants it to leave; null: at once.
  add column send_at timestamptz;
create index deliveries_scheduled on deliveries (account_id, send_at) where state = 'queued' and send_at is not null;

-- What somebody has begun to write, and how: an answer to one of the messages or to all of its people, or handing it on.
alter table drafts
  add column about_id uuid,
  add column channel_id uuid,
  add foreign key (account_id, about_id) references messages on delete set null (about_id),
  add foreign key (account_id, channel_id) references channels on delete set null (channel_id);
alter table drafts drop constraint drafts_mode_check;
alter table drafts add constraint drafts_mode_check check (mode in ('reply', 'reply_all', 'forward', 'comment'));

-- Pictures from elsewhere that a reader asked for, by their place in the message.
create table remote_images (
  account_id integer not null,
  message_id uuid not null,
  n integer not null,
  blob text not null,
  content_type text not null,
  size bigint not null,
  fetched_at timestamptz not null,
  primary key (account_id, message_id, n),
  foreign key (account_id, message_id) references messages on delete cascade
);
create index remote_images_blob on remote_images (blob);

create or replace function blob_in_use(wanted text) returns boolean
language sql stable security definer set search_path = pg_catalog, public as $$
  select exists (select from attachments a where a.blob = wanted)
      or exists (select from raw_events r where r.blob = wanted)
      or exists (select from members m where m.photo = wanted)
      or exists (select from form_files f where f.blob = wanted)
      or exists (select from remote_images i where i.blob = wanted) $$;

-- Spam ----------------------------------------------------------------------------------------------------------

alter table conversations
  add column spam_why text not null default '',
  add column spam_by uuid,
  add foreign key (account_id, spam_by) references members on delete set null (spam_by);
create index conversations_spam on conversations (account_id, spam_at desc, id desc) where spam_at is not null;
create index conversations_spam_at on conversations (spam_at) where spam_at is not null;

alter table tickets
  -- Since when all its conversations are spam: it is in no list, and comes back as it was.
  add column spam_at timestamptz,
  add check (spam_at is null or not is_open);
-- What is spam is left out of every list and count, in the index alone.
drop index tickets_open, tickets_closed, tickets_unassigned, tickets_assignee, tickets_assignee_open, tickets_team,
  tickets_team_open, tickets_nobodys, tickets_failed, tickets_unanswered;
create index tickets_open on tickets (account_id, last_message_at desc, id desc) include (channel_id)
  where is_open and spam_at is null;
create index tickets_closed on tickets (account_id, last_message_at desc, id desc) include (channel_id)
  where not is_open and spam_at is null;
create index tickets_unassigned on tickets (account_id, last_message_at desc, id desc) include (channel_id)
  where is_open and assignee_id is null and spam_at is null;
create index tickets_assignee on tickets (account_id, assignee_id, last_message_at desc, id desc)
  include (channel_id, is_open, spam_at);
create index tickets_assignee_open on tickets (account_id, assignee_id, last_message_at desc, id desc)
  include (channel_id) where is_open and spam_at is null;
create index tickets_team on tickets (account_id, team_id, last_message_at desc, id desc)
  include (channel_id, is_open, assignee_id, spam_at);
create index tickets_team_open on tickets (account_id, team_id, last_message_at desc, id desc)
  include (channel_id, assignee_id) where is_open and spam_at is null;
create index tickets_nobodys on tickets (account_id, is_open, last_message_at desc, id desc) include (channel_id)
  where assignee_id is null and team_id is null and spam_at is null;
create index tickets_failed on tickets (account_id, last_message_at desc, id desc) include (channel_id)
  where has_failed_reply and spam_at is null;
create index tickets_unanswered on tickets (account_id, assignee_id, waiting_since, id)
  include (channel_id, team_id, spam_at) where is_open and waiting_since is not null;

-- Senders that are always believed, and those that never are: an address, or a domain with all below it.
create table sender_rules (
  account_id integer not null references accounts on delete cascade,
  id uuid not null,
  verdict text not null check (verdict in ('allow', 'deny')),
  space text not null,
  entry text not null,
  -- `list`: typed in; `block`: somebody blocked this sender; `forwarder`: what they hand on is believed.
  why text not null check (why in ('list', 'block', 'forwarder')),
  note text not null default '',
  created_by uuid,
  created_at timestamptz not null,
  primary key (account_id, id),
  unique (account_id, space, entry),
  foreign key (account_id, created_by) references members on delete set null (created_by)
);

alter table desk_settings
  add column spam_filters jsonb not null default '{}';

-- People's own addresses ----------------------------------------------------------------------------------------

-- An address that a member says is theirs, until they type the code that was mailed there.
create table address_codes (
  account_id integer not null,
  member_id uuid not null,
  space text not null,
  key text not null,
  address text not null,
  code_hash bytea not null,
  tries integer not null default 0,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  primary key (account_id, member_id, space, key),
  foreign key (account_id, member_id) references members on delete cascade
);

-- Acknowledgements and ticket automation --------------------------------------------------------------------------

-- Once per sender and day.
create table acknowledgements (
  account_id integer not null,
  channel_id uuid not null,
  space text not null,
  key text not null,
  at timestamptz not null,
  primary key (account_id, channel_id, space, key),
  foreign key (account_id, channel_id) references channels on delete cascade
);

create table tags (
  account_id integer not null references accounts on delete cascade,
  id uuid not null,
  name text not null,
  -- The name in lower case, so that one tag is not made twice.
  key text not null,
  created_at timestamptz not null,
  primary key (account_id, id),
  unique (account_id, key)
);
create table ticket_tags (
  account_id integer not null,
  ticket_id uuid not null,
  tag_id uuid not null,
  created_at timestamptz not null,
  primary key (account_id, ticket_id, tag_id),
  foreign key (account_id, ticket_id) references tickets on delete cascade,
  foreign key (account_id, tag_id) references tags on delete cascade
);
create index ticket_tags_tag on ticket_tags (account_id, tag_id, ticket_id);

create table automation_rules (
  account_id integer not null,
  id uuid not null,
  channel_id uuid not null,
  position integer not null,
  name text not null,
  active boolean not null,
  trigger text not null check (trigger in ('created', 'customer_answered', 'agent_answered', 'status_changed')),
  condition jsonb not null,
  actions jsonb not null,
  created_by uuid,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  -- What happened before it was switched on is not its business.
  active_since timestamptz not null,
  deleted_at timestamptz,
  primary key (account_id, id),
  foreign key (account_id, channel_id) references channels on delete cascade,
  foreign key (account_id, created_by) references members on delete set null (created_by)
);
create index automation_rules_channel on automation_rules (account_id, channel_id, position) where deleted_at is null;

-- What a rule did about an event; the key makes that one run, however often the event is read.
create table automation_runs (
  account_id integer not null,
  id uuid not null,
  rule_id uuid not null,
  ticket_id uuid not null,
  event_seq bigint not null,
  outcome text not null check (outcome in ('done', 'not_met', 'failed', 'stopped')),
  why text not null default '',
  did jsonb not null default '[]',
  -- How many rules ran, each because of the one before it, until this one did.
  depth integer not null,
  at timestamptz not null,
  primary key (account_id, id),
  unique (account_id, rule_id, event_seq),
  foreign key (account_id, rule_id) references automation_rules on delete cascade,
  foreign key (account_id, ticket_id) references tickets on delete cascade
);
create index automation_runs_newest on automation_runs (account_id, rule_id, at desc, id desc);
create index automation_runs_ticket on automation_runs (account_id, ticket_id, at desc, id desc);
create index automation_runs_at on automation_runs (at);
create index acknowledgements_at on acknowledgements (at);

-- Automation begins with what happens from now on.
insert into consumers (account_id, name, seq) select account_id, 'automation', last from event_counters;

alter table routing_decisions drop constraint routing_decisions_cause_check;
alter table routing_decisions add constraint routing_decisions_cause_check check (cause in ('arrival', 'answer',
  'queue', 'hand_over', 'undo', 'hand', 'rule'));

-- People are told of a channel that needs them -------------------------------------------------------------------

alter table notices
  alter column ticket_id drop not null,
  add column channel_id uuid,
  add foreign key (account_id, channel_id) references channels on delete cascade;
alter table notices drop constraint notices_kind_check;
alter table notices add constraint notices_kind_check check (kind in ('assigned', 'customer_answered', 'reply_failed',
  'returned', 'waiting_too_long', 'contact_owner', 'channel_attention'));

alter table member_mails
  add column channel_id uuid,
  -- Subject and text of a mail that a rule of the ticket automation words.
  add column words jsonb,
  add foreign key (account_id, channel_id) references channels on delete cascade;
alter table member_mails drop constraint member_mails_kind_check;
alter table member_mails add constraint member_mails_kind_check check (kind in ('assigned', 'returned',
  'waiting_too_long', 'customer_answered', 'reply_failed', 'contact_owner', 'invitation', 'channel_attention', 'automation'));

-- Isolation -----------------------------------------------------------------------------------------------------

select protect(c.oid::regclass)
from pg_class c join pg_namespace n on n.oid = c.relnamespace
where n.nspname = 'public' and c.relkind = 'r' and c.relname in
  ('ledger', 'ledger_folders', 'remote_images', 'sender_rules', 'address_codes', 'acknowledgements', 'tags', 'ticket_tags', 'automation_rules',
   'automation_runs');

grant select, insert, update, delete on ledger, ledger_folders, remote_images, sender_rules, address_codes, acknowledgements, tags, ticket_tags,
  automation_rules, automation_runs to kanal_app;

-- Across accounts, workers see ids and nothing else.

create function spam_to_forget(before timestamptz, most int) returns table (account_id int, id uuid)
language sql stable security definer set search_path = pg_catalog, public as $$
  select c.account_id, c.id from conversations c
  where c.spam_at is not null and c.spam_at < before order by c.spam_at limit most $$;

create function automation_runs_to_forget(before timestamptz, most int) returns table (account_id int, id uuid)
language sql stable security definer set search_path = pg_catalog, public as $$
  select r.account_id, r.id from automation_runs r where r.at < before order by r.at limit most $$;

create function acknowledgements_to_forget(before timestamptz) returns table (account_id int)
language sql stable security definer set search_path = pg_catalog, public as $$
  select distinct a.account_id from acknowledgements a where a.at < before $$;

-- What we sent that joined no conversation, and every copy of what stands here, goes like what was quarantined.
create or replace function raw_events_to_forget(before timestamptz, most int) returns table (account_id int, id uuid)
language sql stable security definer set search_path = pg_catalog, public as $$
  select r.account_id, r.id from raw_events r
  where (r.state in ('held', 'quarantined')
         or r.state in ('outgoing', 'duplicate') and not exists (
           select from messages m where m.account_id = r.account_id and m.id = r.message_id and m.raw_event_id = r.id))
    and r.received_at < before and (r.body is not null or r.blob is not null)
  limit most $$;

create function channels_to_prove(due timestamptz, most int) returns table (account_id int, id uuid)
language sql stable security definer set search_path = pg_catalog, public as $$
  select c.account_id, c.id from channels c
  where c.prove_at is not null and c.prove_at <= due order by c.prove_at limit most $$;

revoke all on function channels_to_prove, spam_to_forget, automation_runs_to_forget, acknowledgements_to_forget from public;
grant execute on function channels_to_prove, spam_to_forget, automation_runs_to_forget, acknowledgements_to_forget to kanal_app;
