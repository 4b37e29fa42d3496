-- Forms exist by themselves: they collect submissions and contacts, and make tickets only while a channel carries them.
-- The tables are new and empty, and roles has a handful of rows an account.
-- squawk-ignore-file adding-foreign-key-constraint, constraint-missing-not-valid

-- Forms ---------------------------------------------------------------------------------------------------------

create table forms (
  account_id integer not null references accounts on delete cascade,
  id uuid not null,
  -- Names the form in addresses; random, so that nobody finds one that was not published to them.
  key text not null,
  name text not null,
  -- The version that is published.
  version integer not null,
  -- Earlier submissions, up to this moment, are being made into tickets; null: none are.
  hand_in_before timestamptz,
  created_by uuid,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  deleted_at timestamptz,
  primary key (account_id, id),
  unique (account_id, key),
  foreign key (account_id, created_by) references members on delete set null (created_by)
);
create index forms_key on forms (key);

-- A version never changes: a submission always shows the form as it was.
create table form_versions (
  account_id integer not null,
  form_id uuid not null,
  version integer not null,
  name text not null,
  fields jsonb not null,
  options jsonb not null,
  created_by uuid,
  created_at timestamptz not null,
  primary key (account_id, form_id, version),
  foreign key (account_id, form_id) references forms on delete cascade,
  foreign key (account_id, created_by) references members on delete set null (created_by)
);

-- Submissions ---------------------------------------------------------------------------------------------------

create table form_submissions (
  account_id integer not null,
  id uuid not null,
  form_id uuid not null,
  version integer not null,
  -- The page gave it; a second copy of a submission has the same.
  token text not null,
  answers jsonb not null,
  -- What was sent under names that the form does not have.
  extra jsonb not null default '{}',
  source text not null check (source in ('hosted', 'embed', 'plain', 'api')),
  page text not null default '',
  language text not null default '',
  visitor text not null default '',
  -- Keyed hashes of the address and the network it came from; forgotten after 30 days.
  address_hash bytea,
  network_hash bytea,
  -- Why it is not believed to come from a person; '' when it is.
  caught text not null default '',
  contact_id uuid,
  channel_id uuid,
  raw_event_id uuid,
  received_at timestamptz not null,
  primary key (account_id, id),
  unique (account_id, form_id, token),
  foreign key (account_id, form_id, version) references form_versions,
  foreign key (account_id, contact_id) references contacts on delete set null (contact_id),
  foreign key (account_id, channel_id) references channels,
  foreign key (account_id, raw_event_id) references raw_events on delete set null (raw_event_id)
);
create index form_submissions_newest on form_submissions (account_id, form_id, received_at desc, id desc);
create index form_submissions_caught on form_submissions (account_id, form_id, received_at desc, id desc)
  where caught <> '';
create index form_submissions_contact on form_submissions (account_id, contact_id, received_at desc, id desc);
create index form_submissions_raw_event on form_submissions (account_id, raw_event_id);
create index form_submissions_to_hand_in on form_submissions (account_id, form_id, received_at, id)
  where raw_event_id is null and caught = '';
create index form_submissions_address on form_submissions (received_at) where address_hash is not null;

create table form_files (
  account_id integer not null,
  id uuid not null,
  submission_id uuid not null,
  field text not null,
  position integer not null,
  blob text not null,
  name text not null,
  -- As its bytes say, whatever the sender claimed.
  content_type text not null,
  size bigint not null,
  -- What the virus scanner found; '' when nothing, or when there is none.
  virus text not null default '',
  created_at timestamptz not null,
  primary key (account_id, id),
  foreign key (account_id, submission_id) references form_submissions on delete cascade
);
create index form_files_submission on form_files (account_id, submission_id);
create index form_files_blob on form_files (blob);

-- Counted without knowing whom.
create table form_days (
  account_id integer not null,
  form_id uuid not null,
  day date not null,
  views bigint not null default 0,
  starts bigint not null default 0,
  submissions bigint not null default 0,
  caught bigint not null default 0,
  primary key (account_id, form_id, day),
  foreign key (account_id, form_id) references forms on delete cascade
);

-- The desk ------------------------------------------------------------------------------------------------------

alter table desk_settings
  -- Answers to what came by a kind that carries none leave by this channel; null: by the oldest that can.
  add column fallback_channel_id uuid,
  add column captcha_provider text check (captcha_provider in ('turnstile', 'hcaptcha')),
  add column captcha_site_key text not null default '',
  add column captcha_secret bytea,
  add foreign key (account_id, fallback_channel_id) references channels on delete set null (fallback_channel_id);

-- People who build forms and read what was submitted ------------------------------------------------------------

create or replace function builtin_roles()
returns table (key text, permissions text[], sees text, at integer)
language sql immutable set search_path = pg_catalog as $$
  values
    ('super_admin', array['read', 'answer', 'manage_channels', 'manage_forms', 'see_raw', 'manage_members',
      'edit_routing', 'manage_availability', 'manage_desk', 'lead'], 'all', 0),
    ('admin', array['read', 'answer', 'manage_channels', 'manage_forms', 'see_raw', 'edit_routing',
      'manage_availability', 'manage_desk', 'lead'], 'all', 1),
    ('agent', array['read', 'answer'], 'channels', 2),
    ('viewer', array['read'], 'channels', 3) $$;

update roles r set permissions = b.permissions from builtin_roles() b where r.builtin and r.key = b.key;

-- Isolation -----------------------------------------------------------------------------------------------------

select protect(c.oid::regclass)
from pg_class c join pg_namespace n on n.oid = c.relnamespace
where n.nspname = 'public' and c.relkind = 'r' and c.relname in
  ('forms', 'form_versions', 'form_submissions', 'form_files', 'form_days');

grant select, insert, update, delete on forms, form_versions, form_submissions, form_files, form_days to kanal_app;

-- Across accounts, visitors and workers see ids and nothing else; of a form also which version is published.

create function form_of_key(wanted text) returns table (account_id int, id uuid, version int, deleted boolean)
language sql stable security definer set search_path = pg_catalog, public as $$
  select f.account_id, f.id, f.version, f.deleted_at is not null from forms f where f.key = wanted $$;

create function forms_to_hand_in() returns table (account_id int, id uuid)
language sql stable security definer set search_path = pg_catalog, public as $$
  select f.account_id, f.id from forms f where f.hand_in_before is not null $$;

create function form_addresses_to_forget(before timestamptz, most int) returns table (account_id int, id uuid)
language sql stable security definer set search_path = pg_catalog, public as $$
  select s.account_id, s.id from form_submissions s
  where s.address_hash is not null and s.received_at < before order by s.received_at limit most $$;

create or replace function blob_in_use(wanted text) returns boolean
language sql stable security definer set search_path = pg_catalog, public as $$
  select exists (select from attachments a where a.blob = wanted)
      or exists (select from raw_events r where r.blob = wanted)
      or exists (select from members m where m.photo = wanted)
      or exists (select from form_files f where f.blob = wanted) $$;

revoke all on function form_of_key, forms_to_hand_in, form_addresses_to_forget from public;
grant execute on function form_of_key, forms_to_hand_in, form_addresses_to_forget to kanal_app;
