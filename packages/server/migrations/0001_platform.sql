-- What every module stands on: areas as codes, scope, commands, events.
-- Role levee_owner owns everything and migrates; role levee_app runs requests and owns nothing.

-- GB/T 2260 code, extended downward. Collation "C" so that "inside an area" is a range an index can walk.
create domain division_code as text collate "C"
  check (value ~ '^\d{2}(\d{2}(\d{2}(\d{3}(\d{3}(-[A-Z]\d{1,3}){0,3})?)?)?)?$');

-- The area of the running transaction. Unset and empty are null, and null matches nothing.
create function levee_scope() returns text
  language sql stable parallel safe
  return nullif(current_setting('levee.scope', true), '') collate "C";

create function in_scope(division text) returns boolean
  language sql stable parallel safe
  return division collate "C" >= levee_scope() and division collate "C" < levee_scope() || '~';

create table setting (
  name text primary key,
  value jsonb not null
);

-- A command sent twice is done once and answers the same.
create table command (
  id uuid primary key,
  actor_id uuid not null,
  route text not null,
  request_hash text not null,
  response jsonb,
  at timestamptz not null
);
create index command_at on command (at);

-- The one log. Append-only: the app role may neither change nor delete.
create table event (
  sequence bigint generated always as identity primary key,
  transaction xid8 not null default pg_current_xact_id(),
  kind text not null,
  at timestamptz not null,
  division division_code not null,
  actor_id uuid,
  actor_name text,
  subject_type text not null,
  subject_id uuid not null,
  incident_id uuid,
  data jsonb not null default '{}'
);
create index event_position on event (transaction, sequence);
create index event_subject on event (subject_id, sequence);
create index event_incident on event (incident_id, sequence) where incident_id is not null;

alter table event enable row level security;
alter table event force row level security;
create policy scope on event using (in_scope(division)) with check (in_scope(division));

create table reaction_checkpoint (
  name text primary key,
  transaction xid8 not null default '0'::xid8,
  sequence bigint not null default 0
);

-- Events a reaction could not handle, set aside for a person to look at.
create table reaction_failure (
  id bigint generated always as identity primary key,
  name text not null,
  position text not null,
  kind text not null,
  error text not null,
  at timestamptz not null
);

grant usage on schema public to levee_app;
grant select, insert, update, delete on setting, command, reaction_checkpoint to levee_app;
grant select, insert on event, reaction_failure to levee_app;
