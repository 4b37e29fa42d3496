-- People with roles of their own, when they are there and what they can do, typed properties, and routing with its
-- reasons. What the simulator asks about ("as it stood then") is kept as rows from/to from the first day.
-- Nothing was released before this migration: whatever it changes is small, and no older process runs beside it.
-- squawk-ignore-file constraint-missing-not-valid, adding-foreign-key-constraint, ban-drop-constraint, ban-drop-function
-- squawk-ignore-file prefer-bigint-over-smallint, require-concurrent-index-deletion

-- Roles and people ----------------------------------------------------------------------------------------------

create table roles (
  account_id integer not null references accounts on delete cascade,
  key text not null,
  name text not null default '',
  permissions text[] not null,
  sees text not null check (sees in ('all', 'channels', 'teams', 'own')),
  builtin boolean not null default false,
  position integer not null,
  created_at timestamptz not null,
  primary key (account_id, key)
);

create function builtin_roles() returns table (key text, permissions text[], sees text, at integer)
language sql immutable set search_path = pg_catalog as $$
  values
    ('super_admin', array['read', 'answer', 'manage_channels', 'see_raw', 'manage_members', 'edit_routing',
      'manage_availability', 'manage_desk', 'lead'], 'all', 0),
    ('admin', array['read', 'answer', 'manage_channels', 'see_raw', 'edit_routing', 'manage_availability',
      'manage_desk', 'lead'], 'all', 1),
    ('agent', array['read', 'answer'], 'channels', 2),
    ('viewer', array['read'], 'channels', 3) $$;

insert into roles (account_id, key, permissions, sees, builtin, position, created_at)
select a.id, r.key, r.permissions, r.sees, true, r.at, a.created_at from accounts a cross join builtin_roles() r;

alter table members drop constraint members_role_check;
alter table members add foreign key (account_id, role) references roles;
alter table members
  add column chat_name text not null default '',
  add column title text not null default '',
  add column photo text,
  add column timezone text not null default 'UTC',
  add column country text not null default '',
  add column working_hours jsonb,
  add column capacity jsonb not null default '{}',
  add column preferences jsonb not null default '{}',
  add column invited_by uuid,
  add column invited_at timestamptz,
  add column joined_at timestamptz;
update members set joined_at = created_at;

alter table one_time_links drop constraint one_time_links_purpose_check;
alter table one_time_links add constraint one_time_links_purpose_check
  check (purpose in ('first_run', 'password_reset', 'invitation'));

-- Only main members of a team are given its tickets by themselves.
alter table team_members add column is_main boolean not null default true;

-- A fact about a member that routing asks for, as it stood from then to then: `seat` (value ''), `team` (main members;
-- the team's id), `skill` (its id), `capacity` (the limits as JSON).
create table member_spans (
  account_id integer not null,
  member_id uuid not null,
  what text not null check (what in ('seat', 'team', 'skill', 'capacity')),
  value text not null,
  from_at timestamptz not null,
  to_at timestamptz,
  primary key (account_id, member_id, what, value, from_at),
  foreign key (account_id, member_id) references members on delete cascade
);
create unique index member_spans_now on member_spans (account_id, member_id, what, value) where to_at is null;
insert into member_spans (account_id, member_id, what, value, from_at)
select account_id, id, 'seat', '', now() from members where has_seat and deactivated_at is null
union all select account_id, member_id, 'team', team_id::text, now() from team_members;

-- Availability --------------------------------------------------------------------------------------------------

-- The open row (to_at is null) is how it stands; from next_change_at on, the member's hours say something else.
create table availability (
  account_id integer not null,
  member_id uuid not null,
  from_at timestamptz not null,
  to_at timestamptz,
  state text not null check (state in ('available', 'away')),
  why text not null check (why in ('start', 'hours', 'hand', 'out_of_office', 'holiday', 'deactivated')),
  set_by uuid,
  next_change_at timestamptz,
  primary key (account_id, member_id, from_at),
  foreign key (account_id, member_id) references members on delete cascade
);
create unique index availability_now on availability (account_id, member_id) where to_at is null;
create index availability_due on availability (next_change_at) where to_at is null and next_change_at is not null;
insert into availability (account_id, member_id, from_at, state, why)
select account_id, id, now(), case when deactivated_at is null then 'available' else 'away' end,
       case when deactivated_at is null then 'start' else 'deactivated' end
from members;

create table out_of_office (
  account_id integer not null,
  id uuid not null,
  member_id uuid not null,
  from_at timestamptz not null,
  to_at timestamptz not null,
  note text not null default '',
  made_by uuid,
  created_at timestamptz not null,
  ended_at timestamptz,
  primary key (account_id, id),
  foreign key (account_id, member_id) references members on delete cascade,
  check (to_at > from_at)
);
create index out_of_office_member on out_of_office (account_id, member_id, from_at);

-- Who sees their teams' tickets only: each mate's, each team's and nobody's are walked, and counted from the index.

drop index tickets_assignee, tickets_team, tickets_team_open;
create index tickets_assignee on tickets (account_id, assignee_id, last_message_at desc, id desc)
  include (channel_id, is_open);
create index tickets_team on tickets (account_id, team_id, last_message_at desc, id desc)
  include (channel_id, is_open, assignee_id);
create index tickets_team_open on tickets (account_id, team_id, last_message_at desc, id desc)
  include (channel_id, assignee_id) where is_open;
create index tickets_nobodys on tickets (account_id, is_open, last_message_at desc, id desc) include (channel_id)
  where assignee_id is null and team_id is null;

-- Capacity ------------------------------------------------------------------------------------------------------

create table desk_settings (
  account_id integer primary key references accounts on delete cascade,
  capacity_max_age_days integer check (capacity_max_age_days > 0)
);

alter table channels add column work text not null default 'email' check (work in ('calling', 'messaging', 'email'));

-- A ticket that counts against a member's capacity: assigned to them, open, the customer's word the last, in a status
-- that counts. Written by tickets.actions with every change of a ticket.
create table work_spans (
  account_id integer not null,
  ticket_id uuid not null,
  member_id uuid not null,
  work text not null check (work in ('calling', 'messaging', 'email')),
  ticket_created_at timestamptz not null,
  from_at timestamptz not null,
  to_at timestamptz,
  primary key (account_id, ticket_id, member_id, from_at),
  foreign key (account_id, ticket_id) references tickets on delete cascade,
  foreign key (account_id, member_id) references members on delete cascade
);
-- Whose word is the last, by whoever has it: the oldest unanswered ticket of each member.
create index tickets_unanswered on tickets (account_id, assignee_id, waiting_since, id) include (channel_id, team_id)
  where is_open and waiting_since is not null;
create unique index work_spans_now on work_spans (account_id, ticket_id) where to_at is null;
create index work_spans_load on work_spans (account_id, member_id, work) include (ticket_created_at)
  where to_at is null;
create index work_spans_then on work_spans (account_id, member_id, from_at, to_at);

-- Skills --------------------------------------------------------------------------------------------------------

create table skill_categories (
  account_id integer not null references accounts on delete cascade,
  id uuid not null,
  name text not null,
  is_languages boolean not null default false,
  position integer not null,
  created_at timestamptz not null,
  primary key (account_id, id)
);
create unique index skill_categories_languages on skill_categories (account_id) where is_languages;

create table skills (
  account_id integer not null,
  id uuid not null,
  category_id uuid not null,
  name text not null,
  name_key text not null,
  language text,
  created_at timestamptz not null,
  primary key (account_id, id),
  unique (account_id, category_id, name_key),
  foreign key (account_id, category_id) references skill_categories
);

create table member_skills (
  account_id integer not null,
  member_id uuid not null,
  skill_id uuid not null,
  level text not null check (level in ('main', 'secondary')),
  primary key (account_id, member_id, skill_id),
  foreign key (account_id, member_id) references members on delete cascade,
  foreign key (account_id, skill_id) references skills
);
create index member_skills_skill on member_skills (account_id, skill_id);

-- Properties ----------------------------------------------------------------------------------------------------

create table properties (
  account_id integer not null references accounts on delete cascade,
  id uuid not null,
  object text not null check (object in ('ticket', 'contact')),
  key text not null check (key ~ '^[a-z][a-z0-9_]*$'),
  label text not null,
  help text not null default '',
  type text not null check (type in ('text', 'long_text', 'number', 'boolean', 'select', 'multi_select', 'date',
    'datetime', 'url', 'email', 'phone', 'member')),
  options jsonb not null default '[]',
  limits jsonb not null default '{}',
  position integer not null,
  created_at timestamptz not null,
  archived_at timestamptz,
  primary key (account_id, id),
  unique (account_id, object, key)
);

alter table tickets add column custom jsonb not null default '{}';
alter table contacts
  add column owner_id uuid,
  add column custom jsonb not null default '{}',
  add foreign key (account_id, owner_id) references members on delete set null (owner_id);
create index contacts_owner on contacts (account_id, owner_id) where owner_id is not null;

-- Pipelines -----------------------------------------------------------------------------------------------------

alter table pipelines
  add column position integer not null default 0,
  add column no_skipping boolean not null default false,
  add column no_backwards boolean not null default false;
alter table statuses
  add column may_start boolean not null default true,
  add column counts boolean not null default true,
  add column on_customer_message uuid,
  add column on_agent_reply uuid,
  add foreign key (account_id, on_customer_message) references statuses on delete set null (on_customer_message),
  add foreign key (account_id, on_agent_reply) references statuses on delete set null (on_agent_reply);
update statuses set counts = false where key = 'waiting_on_contact' or is_closed;
update statuses s set on_customer_message = n.id from statuses n
where n.account_id = s.account_id and n.pipeline_id = s.pipeline_id and n.key = 'waiting_on_us'
  and (s.key = 'waiting_on_contact' or s.is_closed);
update statuses s set on_agent_reply = n.id from statuses n
where n.account_id = s.account_id and n.pipeline_id = s.pipeline_id and n.key = 'waiting_on_contact'
  and not s.is_closed and s.key <> 'waiting_on_contact';
insert into work_spans (account_id, ticket_id, member_id, work, ticket_created_at, from_at)
select t.account_id, t.id, t.assignee_id, 'email', t.created_at, now()
from tickets t join statuses s on s.account_id = t.account_id and s.id = t.status_id
where t.assignee_id is not null and t.is_open and t.waiting_since is not null and s.counts;

-- Routing -------------------------------------------------------------------------------------------------------

-- A channel's routing as it stood; the open row says the same as channels.routing.
create table routing_versions (
  account_id integer not null,
  channel_id uuid not null,
  version integer not null,
  routing jsonb not null,
  set_by uuid,
  restored_from integer,
  from_at timestamptz not null,
  to_at timestamptz,
  primary key (account_id, channel_id, version),
  foreign key (account_id, channel_id) references channels on delete cascade,
  foreign key (account_id, set_by) references members on delete set null (set_by)
);
create unique index routing_versions_now on routing_versions (account_id, channel_id) where to_at is null;
insert into routing_versions (account_id, channel_id, version, routing, from_at)
select account_id, id, 1, routing, now() from channels;

-- Who could have had a ticket, and why they could not, at one moment. Decisions that saw the same share it.
create table routing_boards (
  account_id integer not null references accounts on delete cascade,
  id uuid not null,
  digest text not null,
  candidates jsonb not null,
  created_at timestamptz not null,
  primary key (account_id, id),
  unique (account_id, digest)
);

create table routing_decisions (
  account_id integer not null,
  id uuid not null,
  ticket_id uuid not null,
  channel_id uuid,
  cause text not null check (cause in ('arrival', 'answer', 'queue', 'hand_over', 'undo', 'hand')),
  outcome text not null check (outcome in ('assigned', 'waiting', 'unassigned', 'kept')),
  why text not null,
  rule jsonb,
  assignee_id uuid,
  was_member_id uuid,
  board_id uuid,
  since_board jsonb not null default '{}',
  owner jsonb,
  actor_id uuid,
  at timestamptz not null,
  primary key (account_id, id),
  foreign key (account_id, ticket_id) references tickets on delete cascade,
  foreign key (account_id, assignee_id) references members on delete set null (assignee_id),
  foreign key (account_id, board_id) references routing_boards
);
create index routing_decisions_ticket on routing_decisions (account_id, ticket_id, at, id);
create index routing_decisions_at on routing_decisions (account_id, at);

-- Work that waits for somebody who can take it, in order.
create table queue (
  account_id integer not null,
  ticket_id uuid not null,
  channel_id uuid not null,
  rank smallint not null,
  arrived_at timestamptz not null,
  queued_at timestamptz not null,
  why text not null,
  rule_id text,
  was_member_id uuid,
  owner_id uuid,
  owner_until timestamptz,
  fewer_skills_at timestamptz,
  too_long_at timestamptz,
  told_at timestamptz,
  primary key (account_id, ticket_id),
  foreign key (account_id, ticket_id) references tickets on delete cascade,
  foreign key (account_id, channel_id) references channels on delete cascade
);
create index queue_order on queue (account_id, rank, arrived_at, ticket_id);
create index queue_channel on queue (account_id, channel_id);
create index queue_owner_until on queue (owner_until) where owner_until is not null;
create index queue_fewer_skills_at on queue (fewer_skills_at) where fewer_skills_at is not null;
create index queue_too_long_at on queue (too_long_at) where too_long_at is not null and told_at is null;

-- When a member was last given something on a channel.
create table turns (
  account_id integer not null,
  member_id uuid not null,
  channel_id uuid not null,
  at timestamptz not null,
  primary key (account_id, member_id, channel_id),
  foreign key (account_id, member_id) references members on delete cascade,
  foreign key (account_id, channel_id) references channels on delete cascade
);

create table hand_overs (
  account_id integer not null,
  id uuid not null,
  from_member_id uuid not null,
  why text not null check (why in ('ill', 'out_of_office', 'deactivated', 'other')),
  set_away boolean not null default false,
  made_by uuid,
  created_at timestamptz not null,
  undone_at timestamptz,
  primary key (account_id, id),
  foreign key (account_id, from_member_id) references members on delete cascade
);
create table hand_over_tickets (
  account_id integer not null,
  hand_over_id uuid not null,
  ticket_id uuid not null,
  to_member_id uuid,
  primary key (account_id, hand_over_id, ticket_id),
  foreign key (account_id, hand_over_id) references hand_overs on delete cascade,
  foreign key (account_id, ticket_id) references tickets on delete cascade
);

create table simulations (
  account_id integer not null,
  id uuid not null,
  channel_id uuid not null,
  routing jsonb not null,
  asked_by uuid,
  state text not null default 'waiting' check (state in ('waiting', 'running', 'done', 'failed', 'cancelled')),
  reason text not null default '',
  done integer not null default 0,
  total integer not null default 0,
  result jsonb,
  created_at timestamptz not null,
  changed_at timestamptz not null,
  primary key (account_id, id),
  foreign key (account_id, channel_id) references channels on delete cascade
);
create index simulations_waiting on simulations (created_at) where state in ('waiting', 'running');

-- What members are told by mail. The row is the promise, as with deliveries; the words are made when it is sent.
create table member_mails (
  account_id integer not null,
  id uuid not null,
  member_id uuid not null,
  kind text not null check (kind in ('assigned', 'returned', 'waiting_too_long', 'customer_answered', 'reply_failed',
    'contact_owner', 'invitation')),
  ticket_id uuid,
  message_id uuid,
  state text not null default 'waiting' check (state in ('waiting', 'sent', 'failed', 'dropped')),
  reason text not null default '',
  tries integer not null default 0,
  once text not null,
  created_at timestamptz not null,
  next_try_at timestamptz,
  sent_at timestamptz,
  primary key (account_id, id),
  unique (account_id, member_id, once),
  foreign key (account_id, member_id) references members on delete cascade,
  foreign key (account_id, ticket_id) references tickets on delete cascade,
  foreign key (account_id, message_id) references messages on delete cascade
);
create index member_mails_due on member_mails (next_try_at) where state = 'waiting';
create index member_mails_member on member_mails (account_id, member_id, created_at desc);

alter table notices drop constraint notices_kind_check;
alter table notices add constraint notices_kind_check check (kind in ('assigned', 'customer_answered', 'reply_failed',
  'returned', 'waiting_too_long', 'contact_owner'));

-- Isolation -----------------------------------------------------------------------------------------------------

select protect(c.oid::regclass)
from pg_class c join pg_namespace n on n.oid = c.relnamespace
where n.nspname = 'public' and c.relkind = 'r' and not c.relrowsecurity and c.relname <> 'alembic_version'
  and c.relname not in ('accounts', 'users', 'sessions', 'one_time_links', 'api_tokens', 'addresses', 'rate_limits');

grant select, insert, update, delete on roles, member_spans, availability, out_of_office, desk_settings, work_spans,
  skill_categories, skills, member_skills, properties, routing_versions, routing_boards, routing_decisions, queue,
  turns, hand_overs, hand_over_tickets, simulations, member_mails to kanal_app;
grant execute on function builtin_roles to kanal_app;

-- Across accounts, workers see ids and nothing else.

drop function memberships(uuid);
create function memberships(of_user uuid)
returns table (account_id int, member_id uuid, role text, has_seat boolean, permissions text[])
language sql stable security definer set search_path = pg_catalog, public as $$
  select m.account_id, m.id, m.role, m.has_seat, r.permissions from members m
  join roles r on r.account_id = m.account_id and r.key = m.role
  where m.user_id = of_user and m.deactivated_at is null $$;

create function availability_due(due timestamptz) returns table (account_id int, member_id uuid)
language sql stable security definer set search_path = pg_catalog, public as $$
  select a.account_id, a.member_id from availability a where a.to_at is null and a.next_change_at <= due $$;

create function next_availability_at() returns timestamptz
language sql stable security definer set search_path = pg_catalog, public as $$
  select min(a.next_change_at) from availability a where a.to_at is null and a.next_change_at is not null $$;

create function queues() returns table (account_id int)
language sql stable security definer set search_path = pg_catalog, public as $$
  select distinct q.account_id from queue q $$;

-- A moment that has passed stays in its row, so both ask for those after the last look.
create function queues_due(after timestamptz, due timestamptz) returns table (account_id int)
language sql stable security definer set search_path = pg_catalog, public as $$
  select q.account_id from queue q where q.owner_until > after and q.owner_until <= due
  union select q.account_id from queue q where q.fewer_skills_at > after and q.fewer_skills_at <= due
  union select q.account_id from queue q
    where q.too_long_at > after and q.too_long_at <= due and q.told_at is null $$;

create function next_queue_at(after timestamptz) returns timestamptz
language sql stable security definer set search_path = pg_catalog, public as $$
  select least((select min(q.owner_until) from queue q where q.owner_until > after),
    (select min(q.fewer_skills_at) from queue q where q.fewer_skills_at > after),
    (select min(q.too_long_at) from queue q where q.too_long_at > after and q.told_at is null)) $$;

create function waiting_simulations() returns table (account_id int, id uuid)
language sql stable security definer set search_path = pg_catalog, public as $$
  select s.account_id, s.id from simulations s where s.state in ('waiting', 'running') order by s.created_at $$;

create function due_member_mails(due timestamptz, most int) returns table (account_id int, id uuid)
language sql stable security definer set search_path = pg_catalog, public as $$
  select m.account_id, m.id from member_mails m where m.state = 'waiting' and m.next_try_at <= due
  order by m.next_try_at limit most $$;

create or replace function blob_in_use(wanted text) returns boolean
language sql stable security definer set search_path = pg_catalog, public as $$
  select exists (select from attachments a where a.blob = wanted)
      or exists (select from raw_events r where r.blob = wanted)
      or exists (select from members m where m.photo = wanted) $$;
create index members_photo on members (photo) where photo is not null;

revoke all on function memberships, availability_due, next_availability_at, queues, queues_due, next_queue_at,
  waiting_simulations, due_member_mails from public;
grant execute on function memberships, availability_due, next_availability_at, queues, queues_due, next_queue_at,
  waiting_simulations, due_member_mails to kanal_app;
