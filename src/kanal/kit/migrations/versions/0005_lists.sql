-- Which tickets stand in lists, which of them ask for work now, and views that people save.
-- squawk-ignore-file adding-field-with-default, adding-foreign-key-constraint, constraint-missing-not-valid, ban-drop-constraint
-- squawk-ignore-file require-concurrent-index-deletion, prefer-bigint-over-smallint, adding-not-nullable-field

alter table tickets
  add column snoozed_until timestamptz,
  -- Restored for 30 days, then gone.
  add column deleted_at timestamptz,
  add column deleted_by uuid,
  -- The ticket that it is part of now.
  add column merged_into uuid,
  -- Made of a conversation in another inbox: it is worked there, until its channel moves (GEN-7, K2).
  add column elsewhere boolean not null default false,
  add foreign key (account_id, deleted_by) references members on delete set null (deleted_by),
  add foreign key (account_id, merged_into) references tickets on delete set null (merged_into);
alter table tickets
  -- Whether it stands in the help desk at all.
  add column listed boolean not null generated always as
    (spam_at is null and deleted_at is null and merged_into is null and not elsewhere) stored,
  -- Whether it asks for work now.
  add column is_active boolean not null generated always as (is_open and snoozed_until is null) stored,
  add column priority_rank smallint not null generated always as
    (case priority when 'urgent' then 3 when 'high' then 2 when 'normal' then 1 else 0 end) stored,
  -- Who waits longest comes first, who does not wait last.
  add column waits_from timestamptz not null generated always as (coalesce(waiting_since, timestamptz '9999-01-01 00:00Z')) stored,
  -- What is out of sight is open to nobody.
  add check (not is_open or (deleted_at is null and merged_into is null and not elsewhere));

create index tickets_merged on tickets (account_id, merged_into) where merged_into is not null;
create index tickets_deleted on tickets (account_id, deleted_at desc, id desc) where deleted_at is not null;
create index tickets_deleted_at on tickets (deleted_at) where deleted_at is not null;
create index tickets_snoozed on tickets (account_id, snoozed_until, id) include (channel_id, assignee_id)
  where snoozed_until is not null;
create index tickets_snoozed_until on tickets (snoozed_until) where snoozed_until is not null;

-- Every list and count is answered from an index of what it shows.
drop index tickets_open, tickets_closed, tickets_unassigned, tickets_assignee, tickets_assignee_open, tickets_team,
  tickets_team_open, tickets_nobodys, tickets_failed;
create index tickets_open on tickets (account_id, last_message_at desc, id desc) include (channel_id)
  where is_active;
create index tickets_closed on tickets (account_id, last_message_at desc, id desc) include (channel_id)
  where not is_open and listed;
create index tickets_unassigned on tickets (account_id, last_message_at desc, id desc) include (channel_id)
  where is_active and assignee_id is null;
create index tickets_assignee on tickets (account_id, assignee_id, last_message_at desc, id desc)
  include (channel_id, is_open, listed);
create index tickets_assignee_open on tickets (account_id, assignee_id, last_message_at desc, id desc)
  include (channel_id) where is_active;
create index tickets_assignee_closed on tickets (account_id, assignee_id, last_message_at desc, id desc)
  include (channel_id) where not is_open and listed;
create index tickets_team on tickets (account_id, team_id, last_message_at desc, id desc)
  include (channel_id, is_open, assignee_id, listed);
create index tickets_team_open on tickets (account_id, team_id, last_message_at desc, id desc)
  include (channel_id, assignee_id) where is_active;
create index tickets_team_closed on tickets (account_id, team_id, last_message_at desc, id desc)
  include (channel_id, assignee_id) where not is_open and listed;
create index tickets_nobodys on tickets (account_id, is_open, last_message_at desc, id desc) include (channel_id, is_active)
  where assignee_id is null and team_id is null and listed;
create index tickets_unassigned_team on tickets (account_id, team_id, last_message_at desc, id desc) include (channel_id, listed)
  where is_active and assignee_id is null;
-- These go together: taken for independent, next to nothing would seem to be left of what is nobody's, and all of it be
-- read and sorted.
create statistics tickets_standing (mcv) on assignee_id, team_id, is_open, is_active, listed from tickets;
create index tickets_failed on tickets (account_id, last_message_at desc, id desc) include (channel_id)
  where has_failed_reply and listed;
create index tickets_waiting on tickets (account_id, waits_from, id) include (channel_id, assignee_id, team_id)
  where is_active;
-- The same of those who see their teams' tickets only.
create index tickets_waiting_assignee on tickets (account_id, assignee_id, waits_from, id) include (channel_id)
  where is_active and waits_from < timestamptz '9999-01-01 00:00Z';
create index tickets_waiting_team on tickets (account_id, team_id, waits_from, id) include (channel_id, assignee_id)
  where is_active and waits_from < timestamptz '9999-01-01 00:00Z';
create index tickets_waiting_nobodys on tickets (account_id, waits_from, id) include (channel_id)
  where is_active and waits_from < timestamptz '9999-01-01 00:00Z' and assignee_id is null and team_id is null;
create index tickets_priority on tickets (account_id, priority_rank desc, last_message_at desc, id desc)
  include (channel_id) where is_active;

-- What texts look like, as filters compare them; null where `plain` says the same, which it does of ASCII.
alter table tickets add column subject_look text, add column custom_looks jsonb;
alter table contacts add column name_look text, add column custom_looks jsonb;
alter table handles add column address_look text;
alter table conversations add column subject_look text;

create function plain(given text) returns text
language sql immutable parallel safe as $$
  select btrim(regexp_replace(translate(lower(given collate "C"), E'\t\n\u000b\f\r\u001c\u001d\u001e\u001f', '         '), ' +', ' ', 'g')) $$;

-- Views that people save. A default view has no row; who hid or moved one says so in `member_views`.
create table saved_views (
  account_id integer not null references accounts on delete cascade,
  id uuid not null,
  name text not null,
  owner_id uuid,
  -- A condition, as kit/conditions reads it.
  filter jsonb not null default '{}',
  columns text[] not null,
  sort text not null,
  layout text not null check (layout in ('table', 'split', 'board')),
  shared_with text not null check (shared_with in ('me', 'everyone', 'teams')),
  version integer not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  -- Can be taken back for a while.
  deleted_at timestamptz,
  primary key (account_id, id),
  foreign key (account_id, owner_id) references members on delete set null (owner_id)
);
create index saved_views_owner on saved_views (account_id, owner_id);

create table view_teams (
  account_id integer not null,
  view_id uuid not null,
  team_id uuid not null,
  primary key (account_id, view_id, team_id),
  foreign key (account_id, view_id) references saved_views on delete cascade,
  foreign key (account_id, team_id) references teams on delete cascade
);

-- How a member wants views to stand: by the key of a default one or the id of a saved one.
create table member_views (
  account_id integer not null,
  member_id uuid not null,
  view_key text not null,
  -- Null: behind those that have one.
  position integer,
  hidden boolean not null default false,
  -- Columns, sort and layout that this member chose for it; null: as the view says.
  own jsonb,
  primary key (account_id, member_id, view_key),
  foreign key (account_id, member_id) references members on delete cascade
);

-- Isolation -----------------------------------------------------------------------------------------------------

select protect('saved_views'), protect('view_teams'), protect('member_views');
grant select, insert, update, delete on saved_views, view_teams, member_views to kanal_app;

-- Across accounts, workers see ids and nothing else.

create function snoozed_until(due timestamptz, most int) returns table (account_id int, id uuid)
language sql stable security definer set search_path = pg_catalog, public as $$
  select t.account_id, t.id from tickets t
  where t.snoozed_until is not null and t.snoozed_until <= due order by t.snoozed_until limit most $$;

create function next_snooze_end() returns timestamptz
language sql stable security definer set search_path = pg_catalog, public as $$
  select min(t.snoozed_until) from tickets t where t.snoozed_until is not null $$;

create function deleted_tickets_to_forget(before timestamptz, most int) returns table (account_id int, id uuid)
language sql stable security definer set search_path = pg_catalog, public as $$
  select t.account_id, t.id from tickets t
  where t.deleted_at is not null and t.deleted_at < before order by t.deleted_at limit most $$;

revoke all on function snoozed_until, next_snooze_end, deleted_tickets_to_forget from public;
grant execute on function snoozed_until, next_snooze_end, deleted_tickets_to_forget to kanal_app;
