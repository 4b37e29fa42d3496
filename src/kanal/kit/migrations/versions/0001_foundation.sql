-- The foundation: accounts and people, channels, the way in, conversations, tickets, the way out, events.
-- Every table of an account has account_id first in every key, composite foreign keys, and one policy (see the end).

-- Installation-wide ---------------------------------------------------------------------------------------------

create table accounts (
  id integer generated always as identity primary key,
  slug text not null unique check (slug ~ '^[a-z0-9](-?[a-z0-9])*$'),
  name text not null,
  locale text not null default 'en',
  created_at timestamptz not null
);

create table users (
  id uuid primary key,
  email text not null unique,
  name text not null,
  password_hash text,
  totp_secret bytea,
  totp_enabled boolean not null default false,
  totp_used bigint not null default 0,
  locale text not null default 'en',
  created_at timestamptz not null,
  deactivated_at timestamptz
);

create table sessions (
  id_hash bytea primary key,
  id uuid not null unique,
  user_id uuid not null references users on delete cascade,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  ip text not null,
  user_agent text not null
);
create index sessions_user on sessions (user_id, created_at);

create table one_time_links (
  token_hash bytea primary key,
  user_id uuid not null references users on delete cascade,
  purpose text not null check (purpose in ('first_run', 'password_reset')),
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz
);

create table api_tokens (
  id uuid primary key,
  token_hash bytea not null unique,
  account_id integer not null references accounts on delete cascade,
  user_id uuid not null references users on delete cascade,
  name text not null,
  scopes text[] not null,
  created_at timestamptz not null,
  expires_at timestamptz,
  revoked_at timestamptz
);

-- The unique key of every way in: which account and which channel (or member, for a personal address) answers for it.
create table addresses (
  space text not null,
  key text not null,
  account_id integer not null references accounts on delete cascade,
  channel_id uuid,
  member_id uuid,
  proved_at timestamptz,
  claimed_at timestamptz not null,
  primary key (space, key),
  check (num_nonnulls(channel_id, member_id) = 1)
);
create index addresses_channel on addresses (channel_id);

create table rate_limits (
  key text not null,
  bucket timestamptz not null,
  hits integer not null,
  primary key (key, bucket)
);

-- People --------------------------------------------------------------------------------------------------------

create table members (
  account_id integer not null references accounts on delete cascade,
  id uuid not null,
  user_id uuid not null references users,
  role text not null check (role in ('super_admin', 'admin', 'agent', 'viewer')),
  has_seat boolean not null default false,
  created_at timestamptz not null,
  deactivated_at timestamptz,
  primary key (account_id, id),
  unique (account_id, user_id)
);
create index members_user on members (user_id);

create table teams (
  account_id integer not null references accounts on delete cascade,
  id uuid not null,
  name text not null,
  created_at timestamptz not null,
  primary key (account_id, id),
  unique (account_id, name)
);

create table team_members (
  account_id integer not null,
  team_id uuid not null,
  member_id uuid not null,
  primary key (account_id, team_id, member_id),
  foreign key (account_id, team_id) references teams on delete cascade,
  foreign key (account_id, member_id) references members on delete cascade
);
create index team_members_member on team_members (account_id, member_id);

-- Inboxes and channels ------------------------------------------------------------------------------------------

create table inboxes (
  account_id integer not null references accounts on delete cascade,
  id uuid not null,
  kind text not null check (kind in ('help_desk', 'conversations')),
  name text not null,
  created_at timestamptz not null,
  primary key (account_id, id)
);
create unique index inboxes_one_help_desk on inboxes (account_id) where kind = 'help_desk';

create table channels (
  account_id integer not null references accounts on delete cascade,
  id uuid not null,
  inbox_id uuid not null,
  kind text not null,
  name text not null,
  settings jsonb not null,
  secrets bytea,
  routing jsonb not null default '{}',
  state jsonb not null default '{}',
  active boolean not null default true,
  authorized boolean not null default true,
  open_to text not null default 'account' check (open_to in ('account', 'teams')),
  health text not null default 'waiting' check (health in ('ok', 'waiting', 'attention')),
  health_why text not null default '',
  health_since timestamptz not null,
  first_received_at timestamptz,
  created_at timestamptz not null,
  deleted_at timestamptz,
  primary key (account_id, id),
  foreign key (account_id, inbox_id) references inboxes
);

create table channel_teams (
  account_id integer not null,
  channel_id uuid not null,
  team_id uuid not null,
  primary key (account_id, channel_id, team_id),
  foreign key (account_id, channel_id) references channels on delete cascade,
  foreign key (account_id, team_id) references teams on delete cascade
);

-- Contacts ------------------------------------------------------------------------------------------------------

create table contacts (
  account_id integer not null references accounts on delete cascade,
  id uuid not null,
  name text not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (account_id, id)
);

create table handles (
  account_id integer not null,
  id uuid not null,
  contact_id uuid not null,
  space text not null,
  key text not null,
  address text not null,
  created_at timestamptz not null,
  primary key (account_id, id),
  unique (account_id, space, key),
  foreign key (account_id, contact_id) references contacts on delete cascade
);
create index handles_contact on handles (account_id, contact_id);

-- Pipelines and tickets -----------------------------------------------------------------------------------------

create table pipelines (
  account_id integer not null references accounts on delete cascade,
  id uuid not null,
  name text not null,
  is_default boolean not null,
  grace_days integer not null default 30 check (grace_days >= 0),
  created_at timestamptz not null,
  primary key (account_id, id)
);
create unique index pipelines_one_default on pipelines (account_id) where is_default;

create table statuses (
  account_id integer not null,
  id uuid not null,
  pipeline_id uuid not null,
  key text not null,
  name text not null,
  position integer not null,
  is_closed boolean not null,
  primary key (account_id, id),
  unique (account_id, pipeline_id, key),
  foreign key (account_id, pipeline_id) references pipelines on delete cascade
);

create table ticket_numbers (
  account_id integer primary key references accounts on delete cascade,
  last bigint not null
);

create table tickets (
  account_id integer not null references accounts on delete cascade,
  id uuid not null,
  number bigint not null,
  subject text not null,
  description text not null default '',
  contact_id uuid,
  pipeline_id uuid not null,
  status_id uuid not null,
  is_open boolean not null,
  priority text not null default 'normal' check (priority in ('low', 'normal', 'high', 'urgent')),
  team_id uuid,
  assignee_id uuid,
  channel_id uuid,
  source text not null check (source in ('message', 'hand', 'api', 'import', 'workflow')),
  version bigint not null default 1,
  snippet text not null default '',
  last_direction text check (last_direction in ('in', 'out')),
  has_failed_reply boolean not null default false,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  last_message_at timestamptz not null,
  waiting_since timestamptz,
  closed_at timestamptz,
  primary key (account_id, id),
  unique (account_id, number),
  foreign key (account_id, contact_id) references contacts on delete set null (contact_id),
  foreign key (account_id, pipeline_id) references pipelines,
  foreign key (account_id, status_id) references statuses,
  foreign key (account_id, team_id) references teams on delete set null (team_id),
  foreign key (account_id, assignee_id) references members on delete set null (assignee_id),
  foreign key (account_id, channel_id) references channels
);
create index tickets_newest on tickets (account_id, last_message_at desc, id desc);
create index tickets_created on tickets (account_id, created_at desc, id desc);
-- channel_id is included for counting: who may see a ticket depends on it.
create index tickets_open on tickets (account_id, last_message_at desc, id desc) include (channel_id)
  where is_open;
create index tickets_closed on tickets (account_id, last_message_at desc, id desc) include (channel_id)
  where not is_open;
create index tickets_unassigned on tickets (account_id, last_message_at desc, id desc) include (channel_id)
  where is_open and assignee_id is null;
create index tickets_assignee on tickets (account_id, assignee_id, last_message_at desc, id desc);
create index tickets_assignee_open on tickets (account_id, assignee_id, last_message_at desc, id desc) include (channel_id)
  where is_open;
create index tickets_team on tickets (account_id, team_id, last_message_at desc, id desc);
create index tickets_team_open on tickets (account_id, team_id, last_message_at desc, id desc) include (channel_id)
  where is_open;
create index tickets_status on tickets (account_id, status_id, last_message_at desc, id desc);
create index tickets_channel on tickets (account_id, channel_id, last_message_at desc, id desc);
create index tickets_channel_open on tickets (account_id, channel_id, last_message_at desc, id desc) where is_open;
create index tickets_contact on tickets (account_id, contact_id, last_message_at desc, id desc);
create index tickets_failed on tickets (account_id, last_message_at desc, id desc) include (channel_id)
  where has_failed_reply;

create table ticket_links (
  account_id integer not null,
  ticket_id uuid not null,
  other_id uuid not null,
  why text not null check (why in ('after_closed', 'unproved_reference')),
  created_at timestamptz not null,
  primary key (account_id, ticket_id, other_id),
  foreign key (account_id, ticket_id) references tickets on delete cascade,
  foreign key (account_id, other_id) references tickets on delete cascade
);
create index ticket_links_other on ticket_links (account_id, other_id);

create table ticket_reads (
  account_id integer not null,
  ticket_id uuid not null,
  member_id uuid not null,
  version bigint not null,
  read_at timestamptz not null,
  primary key (account_id, ticket_id, member_id),
  foreign key (account_id, ticket_id) references tickets on delete cascade,
  foreign key (account_id, member_id) references members on delete cascade
);
create index ticket_reads_member on ticket_reads (account_id, member_id);

-- Conversations and messages ------------------------------------------------------------------------------------

create table conversations (
  account_id integer not null references accounts on delete cascade,
  id uuid not null,
  inbox_id uuid not null,
  channel_id uuid not null,
  ticket_id uuid,
  contact_id uuid,
  thread_key text not null default '',
  subject text not null,
  subject_key text not null,
  state text not null default 'open' check (state in ('open', 'closed')),
  spam_at timestamptz,
  created_at timestamptz not null,
  last_message_at timestamptz not null,
  last_in_at timestamptz,
  last_out_at timestamptz,
  closed_at timestamptz,
  primary key (account_id, id),
  foreign key (account_id, inbox_id) references inboxes,
  foreign key (account_id, channel_id) references channels,
  foreign key (account_id, ticket_id) references tickets on delete set null (ticket_id),
  foreign key (account_id, contact_id) references contacts on delete set null (contact_id)
);
create index conversations_ticket on conversations (account_id, ticket_id);
create index conversations_contact on conversations (account_id, contact_id);
create index conversations_thread on conversations (account_id, channel_id, thread_key) where thread_key <> '';

create table participants (
  account_id integer not null,
  conversation_id uuid not null,
  space text not null,
  key text not null,
  address text not null,
  name text not null,
  role text not null check (role in ('contact', 'cc', 'new_person')),
  joined_at timestamptz not null,
  primary key (account_id, conversation_id, space, key),
  foreign key (account_id, conversation_id) references conversations on delete cascade
);
create index participants_key on participants (account_id, space, key);

-- What a channel received, and its fate. The row is its own job.
create table raw_events (
  account_id integer not null,
  id uuid not null,
  channel_id uuid not null,
  external_id text not null,
  state text not null default 'waiting' check (state in ('waiting', 'ticket', 'reply', 'comment', 'receipt',
    'duplicate', 'quarantined', 'held', 'failed')),
  reason text not null default '',
  body bytea,
  blob text,
  size bigint not null,
  door jsonb not null,
  received_at timestamptz not null,
  settled_at timestamptz,
  tries integer not null default 0,
  next_try_at timestamptz,
  ticket_id uuid,
  message_id uuid,
  primary key (account_id, id),
  unique (account_id, channel_id, external_id),
  foreign key (account_id, channel_id) references channels,
  foreign key (account_id, ticket_id) references tickets on delete set null (ticket_id)
);
create index raw_events_waiting on raw_events (account_id, channel_id, received_at, id) where state = 'waiting';
create index raw_events_failed on raw_events (next_try_at) where state = 'failed';
create index raw_events_newest on raw_events (account_id, received_at desc, id desc);
create index raw_events_channel on raw_events (account_id, channel_id, received_at desc, id desc);
create index raw_events_state on raw_events (account_id, state, received_at desc, id desc);
create index raw_events_ticket on raw_events (account_id, ticket_id);

create table messages (
  account_id integer not null,
  id uuid not null,
  conversation_id uuid not null,
  channel_id uuid not null,
  direction text not null check (direction in ('in', 'out')),
  author_id uuid,
  contact_id uuid,
  space text not null,
  from_key text not null,
  from_address text not null,
  from_name text not null,
  recipients jsonb not null default '[]',
  subject text not null,
  body_text text not null,
  body_html text not null default '',
  quoted_text text not null default '',
  quoted_html text not null default '',
  external_id text not null default '',
  digest text not null default '',
  in_reply_to text not null default '',
  refs text[] not null default '{}',
  automatic text check (automatic in ('auto_reply', 'machine', 'list', 'bounce')),
  new_person boolean not null default false,
  raw_only boolean not null default false,
  trust text not null default 'none' check (trust in ('pass', 'fail', 'none')),
  door_auth jsonb not null default '{}',
  remote_images integer not null default 0,
  flags text[] not null default '{}',
  answers jsonb not null default '[]',
  raw_event_id uuid,
  claimed_at timestamptz,
  created_at timestamptz not null,
  primary key (account_id, id),
  foreign key (account_id, conversation_id) references conversations on delete cascade,
  foreign key (account_id, channel_id) references channels,
  foreign key (account_id, author_id) references members on delete set null (author_id),
  foreign key (account_id, contact_id) references contacts on delete set null (contact_id),
  foreign key (account_id, raw_event_id) references raw_events on delete set null (raw_event_id)
);
create index messages_conversation on messages (account_id, conversation_id, created_at, id);
create index messages_external on messages (account_id, external_id) where external_id <> '';
create index messages_contact on messages (account_id, contact_id);
create index messages_from on messages (account_id, space, from_key);
create unique index messages_once on messages (account_id, channel_id, external_id, digest)
  where direction = 'in';

create table comments (
  account_id integer not null,
  id uuid not null,
  ticket_id uuid not null,
  author_id uuid,
  body_text text not null,
  body_html text not null default '',
  raw_event_id uuid,
  created_at timestamptz not null,
  primary key (account_id, id),
  foreign key (account_id, ticket_id) references tickets on delete cascade,
  foreign key (account_id, author_id) references members on delete set null (author_id),
  foreign key (account_id, raw_event_id) references raw_events on delete set null (raw_event_id)
);
create index comments_ticket on comments (account_id, ticket_id, created_at, id);

create table attachments (
  account_id integer not null references accounts on delete cascade,
  id uuid not null,
  message_id uuid,
  comment_id uuid,
  uploader_id uuid,
  position integer not null default 0,
  blob text not null,
  name text not null,
  content_type text not null,
  size bigint not null,
  inline boolean not null default false,
  content_id text not null default '',
  created_at timestamptz not null,
  primary key (account_id, id),
  foreign key (account_id, message_id) references messages on delete cascade,
  foreign key (account_id, comment_id) references comments on delete cascade,
  foreign key (account_id, uploader_id) references members on delete set null (uploader_id)
);
create index attachments_message on attachments (account_id, message_id);
create index attachments_comment on attachments (account_id, comment_id);
create index attachments_loose on attachments (account_id, uploader_id) where message_id is null and comment_id is null;
create index attachments_blob on attachments (blob);

create table drafts (
  account_id integer not null,
  ticket_id uuid not null,
  member_id uuid not null,
  mode text not null check (mode in ('reply', 'comment')),
  html text not null,
  recipients jsonb not null,
  attachments uuid[] not null default '{}',
  seen_version bigint,
  updated_at timestamptz not null,
  primary key (account_id, ticket_id, member_id),
  foreign key (account_id, ticket_id) references tickets on delete cascade,
  foreign key (account_id, member_id) references members on delete cascade
);

-- The way out. The row is the promise; a new attempt that a person asked for is a new row.
create table deliveries (
  account_id integer not null,
  id uuid not null,
  message_id uuid not null,
  channel_id uuid not null,
  state text not null default 'queued' check (state in ('queued', 'sending', 'data_sent', 'sent', 'failed',
    'unknown', 'bounced', 'cancelled')),
  reason text not null default '',
  said text not null default '',
  refused jsonb not null default '{}',
  receipts text[] not null default '{}',
  token text not null,
  tries integer not null default 0,
  created_at timestamptz not null,
  changed_at timestamptz not null,
  next_try_at timestamptz,
  claimed_by text,
  changed_ticket jsonb not null default '{}',
  primary key (account_id, id),
  foreign key (account_id, message_id) references messages on delete cascade,
  foreign key (account_id, channel_id) references channels
);
create index deliveries_message on deliveries (account_id, message_id, created_at);
create index deliveries_token on deliveries (account_id, token);
create index deliveries_due on deliveries (next_try_at) where state = 'queued';
create index deliveries_under_way on deliveries (changed_at) where state in ('sending', 'data_sent');

-- Events --------------------------------------------------------------------------------------------------------

create table event_counters (
  account_id integer primary key references accounts on delete cascade,
  last bigint not null
);

create table events (
  account_id integer not null references accounts on delete cascade,
  seq bigint not null,
  name text not null,
  version integer not null default 1,
  at timestamptz not null,
  actor_id uuid,
  ticket_id uuid,
  conversation_id uuid,
  channel_id uuid,
  contact_id uuid,
  data jsonb not null default '{}',
  primary key (account_id, seq)
);
create index events_ticket on events (account_id, ticket_id, seq) where ticket_id is not null;

create table consumers (
  account_id integer not null references accounts on delete cascade,
  name text not null,
  seq bigint not null,
  primary key (account_id, name)
);

create table notices (
  account_id integer not null,
  id uuid not null,
  member_id uuid not null,
  kind text not null check (kind in ('assigned', 'customer_answered', 'reply_failed')),
  ticket_id uuid not null,
  actor_id uuid,
  event_seq bigint not null,
  created_at timestamptz not null,
  read_at timestamptz,
  primary key (account_id, id),
  unique (account_id, member_id, event_seq),
  foreign key (account_id, member_id) references members on delete cascade,
  foreign key (account_id, ticket_id) references tickets on delete cascade,
  foreign key (account_id, actor_id) references members on delete set null (actor_id)
);
create index notices_newest on notices (account_id, member_id, created_at desc, id desc);
create index notices_unread on notices (account_id, member_id) where read_at is null;

create table idempotency_keys (
  account_id integer not null references accounts on delete cascade,
  caller text not null,
  key text not null,
  body_hash bytea not null,
  status integer,
  response bytea,
  content_type text,
  carried_out boolean not null default false,
  created_at timestamptz not null,
  primary key (account_id, caller, key)
);

-- Isolation -----------------------------------------------------------------------------------------------------
-- Not FORCE: the application is not the owner, and under FORCE definer functions and backfills would see nothing.

create function protect(name regclass) returns void language plpgsql as $$
begin
  execute format('alter table %s enable row level security', name);
  execute format('create policy account on %s using '
    '(account_id = nullif(current_setting(''app.account_id'', true), '''')::int)', name);
end $$;
revoke all on function protect from public;

select protect(c.oid::regclass)
from pg_class c join pg_namespace n on n.oid = c.relnamespace
where n.nspname = 'public' and c.relkind = 'r' and c.relname <> 'alembic_version'
  and c.relname not in ('accounts', 'users', 'sessions', 'one_time_links', 'api_tokens', 'addresses', 'rate_limits');

grant select, insert, update, delete on all tables in schema public to kanal_app;
revoke all on alembic_version from kanal_app;

-- Across accounts, workers see ids and nothing else.

create function waiting_channels() returns table (account_id int, channel_id uuid)
language sql stable security definer set search_path = pg_catalog, public as $$
  with recursive c as (
    (select r.account_id, r.channel_id from raw_events r where r.state = 'waiting'
     order by r.account_id, r.channel_id limit 1)
    union all
    select n.account_id, n.channel_id from c cross join lateral (
      select r.account_id, r.channel_id from raw_events r
      where r.state = 'waiting' and (r.account_id, r.channel_id) > (c.account_id, c.channel_id)
      order by r.account_id, r.channel_id limit 1) n
  )
  select c.account_id, c.channel_id from c $$;

create function failed_raw_events(due timestamptz, most int) returns table (account_id int, id uuid)
language sql stable security definer set search_path = pg_catalog, public as $$
  select r.account_id, r.id from raw_events r where r.state = 'failed' and r.next_try_at <= due
  order by r.next_try_at limit most $$;

create function due_deliveries(due timestamptz, most int, busy_channels uuid[])
returns table (account_id int, id uuid, channel_id uuid)
language sql stable security definer set search_path = pg_catalog, public as $$
  select d.account_id, d.id, d.channel_id from deliveries d
  where d.state = 'queued' and d.next_try_at <= due and not d.channel_id = any(busy_channels)
  order by d.next_try_at limit most $$;

create function next_delivery_at() returns timestamptz
language sql stable security definer set search_path = pg_catalog, public as $$
  select min(d.next_try_at) from deliveries d where d.state = 'queued' $$;

create function deliveries_left_behind(before timestamptz) returns table (account_id int, id uuid)
language sql stable security definer set search_path = pg_catalog, public as $$
  select d.account_id, d.id from deliveries d where d.state in ('sending', 'data_sent') and d.changed_at < before $$;

create function channels_of_kind(wanted text) returns table (account_id int, id uuid)
language sql stable security definer set search_path = pg_catalog, public as $$
  select c.account_id, c.id from channels c where c.kind = wanted and c.deleted_at is null $$;

create function accounts_behind(consumer text) returns table (account_id int)
language sql stable security definer set search_path = pg_catalog, public as $$
  select e.account_id from event_counters e
  left join consumers c on c.account_id = e.account_id and c.name = consumer
  where e.last > coalesce(c.seq, 0) $$;

create function memberships(of_user uuid) returns table (account_id int, member_id uuid, role text, has_seat boolean)
language sql stable security definer set search_path = pg_catalog, public as $$
  select m.account_id, m.id, m.role, m.has_seat from members m
  where m.user_id = of_user and m.deactivated_at is null $$;

create function blob_in_use(wanted text) returns boolean
language sql stable security definer set search_path = pg_catalog, public as $$
  select exists (select from attachments a where a.blob = wanted)
      or exists (select from raw_events r where r.blob = wanted) $$;

create function raw_events_to_forget(before timestamptz, most int) returns table (account_id int, id uuid)
language sql stable security definer set search_path = pg_catalog, public as $$
  select r.account_id, r.id from raw_events r
  where r.state in ('held', 'quarantined') and r.received_at < before and (r.body is not null or r.blob is not null)
  limit most $$;

revoke all on function waiting_channels, failed_raw_events, due_deliveries, next_delivery_at, deliveries_left_behind,
  channels_of_kind, accounts_behind, memberships, blob_in_use, raw_events_to_forget from public;
grant execute on function waiting_channels, failed_raw_events, due_deliveries, next_delivery_at, deliveries_left_behind,
  channels_of_kind, accounts_behind, memberships, blob_in_use, raw_events_to_forget to kanal_app;
