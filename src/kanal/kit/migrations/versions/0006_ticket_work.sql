-- Tickets merged, split, linked, followed, deleted and restored; mentions.
-- squawk-ignore-file ban-drop-constraint, constraint-missing-not-valid, adding-foreign-key-constraint
-- squawk-ignore-file require-concurrent-index-creation

alter table tickets
  add column snoozed_by uuid,
  add foreign key (account_id, snoozed_by) references members on delete set null (snoozed_by);

-- The conversation that this one was a part of, the first of them all: an answer to a message that was moved away may
-- still carry the token of the thread that it was written in (WS-9).
alter table conversations
  add column split_from uuid,
  add foreign key (account_id, split_from) references conversations on delete set null (split_from);
create index conversations_split on conversations (account_id, split_from) where split_from is not null;

alter table ticket_links drop constraint ticket_links_why_check;
alter table ticket_links add constraint ticket_links_why_check
  check (why in ('after_closed', 'unproved_reference', 'by_hand', 'split'));

-- Who wants to hear of a ticket that is not theirs.
create table ticket_followers (
  account_id integer not null,
  ticket_id uuid not null,
  member_id uuid not null,
  created_at timestamptz not null,
  primary key (account_id, ticket_id, member_id),
  foreign key (account_id, ticket_id) references tickets on delete cascade,
  foreign key (account_id, member_id) references members on delete cascade
);
create index ticket_followers_member on ticket_followers (account_id, member_id, ticket_id);

-- A member named in a comment.
create table mentions (
  account_id integer not null,
  comment_id uuid not null,
  member_id uuid not null,
  ticket_id uuid not null,
  at timestamptz not null,
  primary key (account_id, comment_id, member_id),
  foreign key (account_id, comment_id) references comments on delete cascade,
  foreign key (account_id, member_id) references members on delete cascade,
  foreign key (account_id, ticket_id) references tickets on delete cascade
);
create index mentions_member on mentions (account_id, member_id, ticket_id);
create index mentions_ticket on mentions (account_id, ticket_id);

-- What a merge moved, so that it can be taken back (K12).
create table ticket_merges (
  account_id integer not null references accounts on delete cascade,
  id uuid not null,
  ticket_id uuid not null,
  into_id uuid not null,
  -- Ids by sort: conversations, comments, tags, followers and what else went over; and how the ticket stood.
  moved jsonb not null,
  made_by uuid,
  made_at timestamptz not null,
  undone_by uuid,
  undone_at timestamptz,
  primary key (account_id, id),
  foreign key (account_id, ticket_id) references tickets on delete cascade,
  foreign key (account_id, into_id) references tickets on delete cascade,
  foreign key (account_id, made_by) references members on delete set null (made_by),
  foreign key (account_id, undone_by) references members on delete set null (undone_by)
);
create index ticket_merges_ticket on ticket_merges (account_id, ticket_id);
-- A ticket is part of one other.
create unique index ticket_merges_now on ticket_merges (account_id, ticket_id) where undone_at is null;
create index ticket_merges_into on ticket_merges (account_id, into_id);

-- Isolation -----------------------------------------------------------------------------------------------------

select protect('ticket_followers'), protect('mentions'), protect('ticket_merges');
grant select, insert, update, delete on ticket_followers, mentions, ticket_merges to kanal_app;
