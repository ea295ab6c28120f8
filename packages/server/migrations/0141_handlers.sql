-- Who handled, or was at the place of, a positive object or surface: a search by the rule, kept with its window and counts.
create table handler_search (
  id uuid primary key,
  specimen_id uuid not null references specimen,
  -- Of the place of the specimen.
  division division_code not null,
  from_at timestamptz not null,
  until_at timestamptz not null check (until_at >= from_at),
  rule jsonb not null,
  purpose text not null,
  workers integer not null,
  visitors integer not null,
  added integer not null,
  -- By county, so that a reader sees how many live elsewhere: numbers only.
  counties jsonb not null,
  actor_id uuid not null,
  actor_name text not null,
  at timestamptz not null
);
create index handler_search_specimen on handler_search (specimen_id, at desc);

create table handler (
  specimen_id uuid not null references specimen,
  person_id uuid not null,
  -- Where the person lives: that area asks them for a test.
  division division_code not null,
  works_here boolean not null,
  first_at timestamptz,
  last_at timestamptz,
  stays_count integer not null,
  added_reason text,
  found_at timestamptz not null,
  primary key (specimen_id, person_id)
);
create index handler_division on handler (division, specimen_id);

do $$
declare name text;
begin
  foreach name in array array['handler_search', 'handler'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy scope on %I using (in_scope(division)) with check (in_scope(division))', name);
    execute format('grant select, insert, update on %I to levee_app', name);
  end loop;
end $$;

comment on column handler.specimen_id is 'purpose: contact_tracing; retention: episode';
comment on column handler.person_id is 'purpose: contact_tracing; retention: episode';
comment on column handler.division is 'purpose: scope; retention: episode';
comment on column handler.works_here is 'purpose: contact_tracing; retention: episode';
comment on column handler.first_at is 'purpose: contact_tracing; retention: episode';
comment on column handler.last_at is 'purpose: contact_tracing; retention: episode';
comment on column handler.stays_count is 'purpose: contact_tracing; retention: episode';
comment on column handler.added_reason is 'purpose: contact_tracing; retention: episode';
comment on column handler.found_at is 'purpose: accountability; retention: episode';
