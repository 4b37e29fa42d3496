-- Search: what is written in the desk, as words, in a table of its own.
-- squawk-ignore-file adding-field-with-default, require-concurrent-index-creation, prefer-bigint-over-smallint, adding-not-nullable-field

-- Snowball's languages in which words are reduced to their stems.
alter table accounts add column search_languages text[] not null default '{english,swedish}'
  check (search_languages <@ array['arabic', 'armenian', 'basque', 'catalan', 'danish', 'dutch', 'english', 'finnish',
    'french', 'german', 'greek', 'hindi', 'hungarian', 'indonesian', 'irish', 'italian', 'lithuanian', 'nepali',
    'norwegian', 'portuguese', 'romanian', 'russian', 'serbian', 'spanish', 'swedish', 'tamil', 'turkish', 'yiddish']);

create table search_entries (
  account_id integer not null references accounts on delete cascade,
  -- Of the ticket, message, comment or file.
  id uuid not null,
  -- Long texts are several entries.
  part smallint not null,
  what text not null check (what in ('ticket', 'message', 'comment', 'attachment')),
  ticket_id uuid,
  at timestamptz not null,
  -- The words as they stand, with their places; their stems; who wrote ('f:anna') and to whom ('t:bo'); what the entry
  -- is called as a whole ('=new lamp'); the account's year, month and day ('~7.2026', '~7.202603', '~7.20260324'):
  -- with these in it the index itself keeps to one account, and to what is new where a word is common.
  words tsvector not null,
  primary key (account_id, id, part),
  foreign key (account_id, ticket_id) references tickets on delete cascade
);
create index search_entries_words on search_entries using gin (words) with (gin_pending_list_limit = 512);
create index search_entries_ticket on search_entries (account_id, ticket_id, at);
create index search_entries_at on search_entries (account_id, at);

-- Words ---------------------------------------------------------------------------------------------------------

-- Whatever is not a letter or a digit parts words, so that "file_name.pdf" and "anna@kund.example" are found by each.
create function search_text(said text) returns text
language sql immutable parallel safe as $$
  select translate(said, '!"#$%&''()*+,-./:;<=>?@[\]^_`{|}~', repeat(' ', 32)) $$;

-- Words of a text with their places, and their stems without.
create function search_words(languages text[], said text) returns tsvector
language plpgsql stable parallel safe as $$
declare
  plain text := search_text(said);
  words tsvector := to_tsvector('simple', plain);
  stems tsvector := '';
  each text;
begin
  foreach each in array languages loop
    stems := stems || strip(to_tsvector(each::regconfig, plain));
  end loop;
  return words || strip(stems);
end $$;

-- The words of a name or an address, each behind a mark.
create function search_marked(mark text, said text) returns tsvector
language sql stable parallel safe as $$
  select coalesce(array_to_tsvector(array_agg(distinct mark || left(word, 200))), '')
  from unnest(tsvector_to_array(to_tsvector('simple', search_text(said)))) as word $$;

create function search_place(account int, at timestamptz) returns tsvector
language sql stable parallel safe as $$
  select array_to_tsvector(array[
    '~' || account || '.' || to_char(at at time zone 'UTC', 'YYYY'),
    '~' || account || '.' || to_char(at at time zone 'UTC', 'YYYYMM'),
    '~' || account || '.' || to_char(at at time zone 'UTC', 'YYYYMMDD')]) $$;

-- What somebody would type to find exactly this.
create function search_exactly(said text) returns text
language sql immutable parallel safe as $$
  select '=' || left(trim(regexp_replace(lower(search_text(left(said, 400))), '\s+', ' ', 'g')), 200) $$;

-- Entries -------------------------------------------------------------------------------------------------------

create function search_of_tickets(account int, ids uuid[]) returns setof search_entries
language sql stable set search_path = pg_catalog, public as $$
  select t.account_id, t.id, 0::smallint, 'ticket', t.id, t.created_at,
    search_words(a.search_languages, concat_ws(' ', t.number, t.subject, left(t.description, 50000), who.name, who.addresses))
      || search_marked('f:', concat_ws(' ', who.name, who.addresses))
      || array_to_tsvector(array[search_exactly(t.subject), search_exactly(t.number::text)] || who.exactly)
      || search_place(t.account_id, t.created_at)
  from tickets t
  join accounts a on a.id = t.account_id
  left join lateral (
    select c.name, h.addresses, array[search_exactly(c.name)] || h.exactly as exactly
    from contacts c cross join lateral (
      select string_agg(left(x.address, 400), ' ') as addresses,
        coalesce(array_agg(search_exactly(x.address)), '{}') as exactly
      from (select address from handles h where h.account_id = c.account_id and h.contact_id = c.id limit 20) x
    ) h
    where c.account_id = t.account_id and c.id = t.contact_id
  ) who on true
  where t.account_id = account and t.id = any(ids) $$;

create function search_of_messages(account int, ids uuid[]) returns setof search_entries
language sql stable set search_path = pg_catalog, public as $$
  select m.account_id, m.id, part::smallint, 'message', v.ticket_id, m.created_at,
    search_words(a.search_languages, concat_ws(' ', m.subject, m.from_name, m.from_address,
        substr(m.body_text, part * 50000 + 1, 50200)))
      || search_marked('f:', concat_ws(' ', m.from_name, m.from_address))
      || search_marked('t:', (
        select string_agg(concat_ws(' ', left(r.one ->> 'name', 200), left(r.one ->> 'address', 200)), ' ')
        from (select one from jsonb_array_elements(m.recipients) as one limit 50) r))
      || search_place(m.account_id, m.created_at)
  from messages m
  join accounts a on a.id = m.account_id
  join conversations v on v.account_id = m.account_id and v.id = m.conversation_id
  cross join lateral generate_series(0, least(greatest(length(m.body_text) - 1, 0) / 50000, 19)) as part
  where m.account_id = account and m.id = any(ids) $$;

create function search_of_comments(account int, ids uuid[]) returns setof search_entries
language sql stable set search_path = pg_catalog, public as $$
  select c.account_id, c.id, part::smallint, 'comment', c.ticket_id, c.created_at,
    search_words(a.search_languages, substr(c.body_text, part * 50000 + 1, 50200))
      || search_marked('f:', u.name) || search_place(c.account_id, c.created_at)
  from comments c
  join accounts a on a.id = c.account_id
  left join members m on m.account_id = c.account_id and m.id = c.author_id
  left join users u on u.id = m.user_id
  cross join lateral generate_series(0, least(greatest(length(c.body_text) - 1, 0) / 50000, 19)) as part
  where c.account_id = account and c.id = any(ids) $$;

create function search_of_attachments(account int, ids uuid[]) returns setof search_entries
language sql stable set search_path = pg_catalog, public as $$
  select f.account_id, f.id, 0::smallint, 'attachment', coalesce(v.ticket_id, c.ticket_id),
    coalesce(m.created_at, c.created_at),
    search_words(a.search_languages, left(f.name, 1000))
      || search_marked('f:', concat_ws(' ', m.from_name, m.from_address))
      || search_place(f.account_id, coalesce(m.created_at, c.created_at))
  from attachments f
  join accounts a on a.id = f.account_id
  left join messages m on m.account_id = f.account_id and m.id = f.message_id
  left join conversations v on v.account_id = m.account_id and v.id = m.conversation_id
  left join comments c on c.account_id = f.account_id and c.id = f.comment_id
  where f.account_id = account and f.id = any(ids) and not f.inline and (m.id is not null or c.id is not null) $$;

-- A word too long for the index is left out of it, and need not be told.
create function search_put(what text, account int, ids uuid[], anew boolean) returns void
language plpgsql security definer set search_path = pg_catalog, public set client_min_messages = warning as $$
begin
  if anew then
    delete from search_entries e where e.account_id = account and e.id = any(ids);
  end if;
  case what
    when 'ticket' then insert into search_entries select * from search_of_tickets(account, ids);
    when 'message' then insert into search_entries select * from search_of_messages(account, ids);
    when 'comment' then insert into search_entries select * from search_of_comments(account, ids);
    when 'attachment' then insert into search_entries select * from search_of_attachments(account, ids);
  end case;
end $$;

-- Everything of an account anew, set by set: after a load that went past the triggers, or with other languages.
create function search_fill(account int) returns void
language plpgsql security definer set search_path = pg_catalog, public as $$
declare
  what text;
  ids uuid[];
begin
  delete from search_entries e where e.account_id = account;
  foreach what in array array['ticket', 'message', 'comment', 'attachment'] loop
    for ids in execute format(
      'select array_agg(id) from (select id, row_number() over (order by created_at, id) as n from %I where account_id = $1) x
       group by n / 5000 order by n / 5000', what || 's') using account
    loop
      perform search_put(what, account, ids, false);
    end loop;
  end loop;
end $$;

-- Kept up in the transaction that writes ------------------------------------------------------------------------

create function search_written() returns trigger
language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  perform search_put(tg_argv[0], w.account_id, array_agg(w.id), false)
  from (select account_id, id, row_number() over () / 5000 as n from written) w group by w.account_id, w.n;
  return null;
end $$;

create function search_rewritten() returns trigger
language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  perform search_put(tg_argv[0], new.account_id, array[new.id], true);
  if tg_argv[0] = 'message' then
    perform search_put('attachment', new.account_id, array_agg(f.id), true)
    from attachments f where f.account_id = new.account_id and f.message_id = new.id having count(*) > 0;
  end if;
  return null;
end $$;

create function search_erased() returns trigger
language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  delete from search_entries e using erased x where e.account_id = x.account_id and e.id = x.id;
  return null;
end $$;

create function search_conversation_moved() returns trigger
language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  update search_entries e set ticket_id = new.ticket_id
  from messages m
  where m.account_id = new.account_id and m.conversation_id = new.id
    and e.account_id = new.account_id and (e.id = m.id or e.id in (
      select f.id from attachments f where f.account_id = m.account_id and f.message_id = m.id));
  return null;
end $$;

create function search_contact_renamed() returns trigger
language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  perform search_put('ticket', new.account_id, array_agg(t.id), true)
  from tickets t where t.account_id = new.account_id and t.contact_id = new.id having count(*) > 0;
  return null;
end $$;

create function search_addresses_changed() returns trigger
language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  perform search_put('ticket', t.account_id, array_agg(distinct t.id), true)
  from changed h join tickets t on t.account_id = h.account_id and t.contact_id = h.contact_id
  group by t.account_id;
  return null;
end $$;

create trigger search_written after insert on tickets referencing new table as written
  for each statement execute function search_written('ticket');
create trigger search_written after insert on messages referencing new table as written
  for each statement execute function search_written('message');
create trigger search_written after insert on comments referencing new table as written
  for each statement execute function search_written('comment');
create trigger search_written after insert on attachments referencing new table as written
  for each statement execute function search_written('attachment');

create trigger search_rewritten after update of subject, description, contact_id on tickets for each row
  when ((old.subject, old.description, old.contact_id) is distinct from (new.subject, new.description, new.contact_id))
  execute function search_rewritten('ticket');
create trigger search_rewritten
  after update of subject, body_text, from_name, from_address, recipients, conversation_id on messages for each row
  when ((old.subject, old.body_text, old.from_name, old.from_address, old.recipients, old.conversation_id)
    is distinct from (new.subject, new.body_text, new.from_name, new.from_address, new.recipients, new.conversation_id))
  execute function search_rewritten('message');
create trigger search_rewritten after update of body_text, ticket_id on comments for each row
  when ((old.body_text, old.ticket_id) is distinct from (new.body_text, new.ticket_id))
  execute function search_rewritten('comment');
create trigger search_rewritten after update of name, inline, message_id, comment_id on attachments for each row
  when ((old.name, old.inline, old.message_id, old.comment_id)
    is distinct from (new.name, new.inline, new.message_id, new.comment_id))
  execute function search_rewritten('attachment');
create trigger search_moved after update of ticket_id on conversations for each row
  when (old.ticket_id is distinct from new.ticket_id) execute function search_conversation_moved();
create trigger search_renamed after update of name on contacts for each row
  when (old.name is distinct from new.name) execute function search_contact_renamed();
create trigger search_added after insert on handles referencing new table as changed
  for each statement execute function search_addresses_changed();
create trigger search_changed after update on handles referencing new table as changed
  for each statement execute function search_addresses_changed();
create trigger search_removed after delete on handles referencing old table as changed
  for each statement execute function search_addresses_changed();

create trigger search_erased after delete on messages referencing old table as erased
  for each statement execute function search_erased();
create trigger search_erased after delete on comments referencing old table as erased
  for each statement execute function search_erased();
create trigger search_erased after delete on attachments referencing old table as erased
  for each statement execute function search_erased();

-- Finding -------------------------------------------------------------------------------------------------------

-- Words that many entries hold and that begin so, where there are such: all that begin so would be read at every step.
create function search_common(starts text) returns tsquery
language sql stable security definer set search_path = pg_catalog, public as $$
  select string_agg('''' || word || '''', ' | ' order by often desc)::tsquery
  from (
    select s.word, s.often, sum(s.often) over () * (select reltuples from pg_class where oid = 'search_entries'::regclass) as n
    from pg_stats p, unnest(p.most_common_elems::text::text[], p.most_common_elem_freqs) as s (word, often)
    where p.schemaname = 'public' and p.tablename = 'search_entries' and p.attname = 'words'
      and starts_with(s.word, starts)
    order by s.often desc limit 20
  ) known
  where n > 20000 $$;

-- A word as it stands or by its stem; `starts`: what begins with it too.
create function search_query(languages text[], said text, starts boolean) returns tsquery
language plpgsql stable as $$
declare
  plain text := lower(trim(search_text(said)));
  found tsquery := plainto_tsquery('simple', plain);
  each text;
begin
  if plain !~ '\s' then
    if starts and plain <> '' then
      found := found || coalesce(search_common(plain), to_tsquery('simple', '''' || plain || ''':*'));
    end if;
    foreach each in array languages loop
      found := found || plainto_tsquery(each::regconfig, plain);
    end loop;
  end if;
  return found;
end $$;

-- The words of a name or an address, all of them behind a mark.
create function search_marked_query(mark text, said text) returns tsquery
language sql stable as $$
  select coalesce(string_agg('''' || mark || left(word, 200) || '''', ' & '), '')::tsquery
  from unnest(tsvector_to_array(to_tsvector('simple', search_text(said)))) as word $$;

-- So many of the newest before a moment: of a day first; how many that had says whether the next step is a day, a month
-- or a year, so that neither a common word nor a rare one reads much.
create function search_newest(wanted tsquery, before timestamptz, before_id uuid, most int)
returns table (id uuid, part smallint, what text, ticket_id uuid, at timestamptz)
language plpgsql stable rows 500 security definer
set search_path = pg_catalog, public set enable_seqscan = off set plan_cache_mode = force_custom_plan as $$
declare
  account int := nullif(current_setting('app.account_id', true), '')::int;
  first_at timestamptz;
  last_at timestamptz;
  starts timestamptz;
  span text := 'day';
  pattern text;
  days numeric := 0;
  needed numeric;
  left_over int := most;
  got int;
begin
  select min(e.at), max(e.at) into first_at, last_at from search_entries e where e.account_id = account;
  last_at := least(last_at, before);
  while left_over > 0 and last_at >= first_at loop
    pattern := case span when 'day' then 'YYYYMMDD' when 'month' then 'YYYYMM' else 'YYYY' end;
    starts := date_trunc(span, last_at, 'UTC');
    return query
      select e.id, e.part, e.what, e.ticket_id, e.at from search_entries e
      where e.words @@ (('''~' || account || '.' || to_char(starts at time zone 'UTC', pattern) || '''')::tsquery && wanted)
        and e.at <= last_at and (before is null or (e.at, e.id) < (before, before_id))
      order by e.at desc, e.id desc limit left_over;
    get diagnostics got = row_count;
    left_over := left_over - got;
    days := days + extract(epoch from last_at - starts) / 86400;
    needed := left_over * days / nullif(most - left_over, 0);
    span := case
      when needed < 3 then 'day'
      when needed < 90 or span = 'day' then 'month'
      else 'year' end;
    last_at := starts - interval '1 microsecond';
  end loop;
end $$;

-- Isolation -----------------------------------------------------------------------------------------------------

select protect('search_entries');
grant select, insert, update, delete on search_entries to kanal_app;

revoke all on function search_of_tickets, search_of_messages, search_of_comments, search_of_attachments, search_put,
  search_fill, search_written, search_rewritten, search_erased, search_conversation_moved, search_contact_renamed,
  search_addresses_changed, search_common, search_newest from public;
grant execute on function search_common, search_newest to kanal_app;

select search_fill(id) from accounts;
