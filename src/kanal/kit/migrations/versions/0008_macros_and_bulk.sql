-- Snippets, macros and bulk jobs.

-- A text that people put into answers, with what it does to the ticket; one that does nothing is called a snippet.
create table macros (
  account_id integer not null references accounts on delete cascade,
  id uuid not null,
  name text not null,
  -- What one types after "/" or "#" to find it at once.
  shortcut text not null default '',
  body_html text not null default '',
  body_text text not null default '',
  actions jsonb not null default '[]',
  owner_id uuid,
  shared_with text not null check (shared_with in ('me', 'everyone', 'teams')),
  created_at timestamptz not null,
  updated_at timestamptz not null,
  -- Restored for 30 days, then gone.
  deleted_at timestamptz,
  primary key (account_id, id),
  foreign key (account_id, owner_id) references members on delete set null (owner_id)
);
create index macros_owner on macros (account_id, owner_id);

create table macro_teams (
  account_id integer not null,
  macro_id uuid not null,
  team_id uuid not null,
  primary key (account_id, macro_id, team_id),
  foreign key (account_id, macro_id) references macros on delete cascade,
  foreign key (account_id, team_id) references teams on delete cascade
);
create index macro_teams_team on macro_teams (account_id, team_id);

-- Who uses which, so that each finds their own first.
create table macro_uses (
  account_id integer not null,
  macro_id uuid not null,
  member_id uuid not null,
  used integer not null,
  last_used_at timestamptz not null,
  primary key (account_id, macro_id, member_id),
  foreign key (account_id, macro_id) references macros on delete cascade,
  foreign key (account_id, member_id) references members on delete cascade
);
create index macro_uses_member on macro_uses (account_id, member_id);

-- Many tickets changed at once. The job is worked through item by item; what it says of itself is the sum of them.
create table bulk_jobs (
  account_id integer not null references accounts on delete cascade,
  id uuid not null,
  member_id uuid not null,
  -- Whose tickets are meant, until they stand in bulk_items: a view, without some. Null: they stand there.
  view jsonb,
  action jsonb not null,
  -- The job that this one takes back.
  undoes uuid,
  state text not null default 'waiting' check (state in ('waiting', 'running', 'done', 'stopped', 'failed')),
  reason text not null default '',
  total integer not null default 0,
  done integer not null default 0,
  changed integer not null default 0,
  skipped integer not null default 0,
  created_at timestamptz not null,
  told_at timestamptz,
  ended_at timestamptz,
  primary key (account_id, id),
  foreign key (account_id, member_id) references members on delete cascade,
  foreign key (account_id, undoes) references bulk_jobs on delete cascade
);
create index bulk_jobs_member on bulk_jobs (account_id, member_id, id desc);
create index bulk_jobs_under_way on bulk_jobs (created_at) where state in ('waiting', 'running');
create unique index bulk_jobs_undoes on bulk_jobs (account_id, undoes) where undoes is not null;

create table bulk_items (
  account_id integer not null,
  job_id uuid not null,
  position integer not null,
  -- As it was asked for: there may be no such ticket.
  ticket_id uuid not null,
  -- The ticket's version when it was chosen; null: whichever it has.
  version integer,
  state text not null default 'waiting' check (state in ('waiting', 'changed', 'same', 'skipped')),
  why text not null default '',
  -- In words where `why` alone does not say it.
  detail text not null default '',
  -- What the job changed on it: as it was, and as it became.
  was jsonb,
  became jsonb,
  primary key (account_id, job_id, position),
  foreign key (account_id, job_id) references bulk_jobs on delete cascade
);
create unique index bulk_items_ticket on bulk_items (account_id, job_id, ticket_id);
create index bulk_items_waiting on bulk_items (account_id, job_id, position) where state = 'waiting';
create index bulk_items_skipped on bulk_items (account_id, job_id, position) where state = 'skipped';
create index bulk_items_of_ticket on bulk_items (account_id, ticket_id);

-- Isolation -----------------------------------------------------------------------------------------------------

select protect('macros'), protect('macro_teams'), protect('macro_uses'), protect('bulk_jobs'), protect('bulk_items');
grant select, insert, update, delete on macros, macro_teams, macro_uses, bulk_jobs, bulk_items to kanal_app;

-- Across accounts, workers see ids and nothing else.

create function bulk_jobs_under_way() returns table (account_id int, id uuid)
language sql stable security definer set search_path = pg_catalog, public as $$
  select j.account_id, j.id from bulk_jobs j where j.state in ('waiting', 'running') order by j.created_at $$;

revoke all on function bulk_jobs_under_way from public;
grant execute on function bulk_jobs_under_way to kanal_app;
