-- Rounds of mass screening. Who must come is the register of residents; it is counted once, when a round begins, and
-- then kept by what happens: nobody counts 450,000 people to draw a screen.

-- The grid a person lives in, or the community where no grids are drawn.
create function round_area_of(division text) returns text
  language sql immutable parallel safe
  return substring(division from '^[0-9]+(?:-G[0-9]+)?');

create table screening_round (
  id uuid primary key,
  incident_id uuid not null references incident,
  division division_code not null,
  number integer not null check (number >= 1),
  pack_id text not null,
  pool_size integer not null check (pool_size in (1, 5, 10, 20)),
  starts_at timestamptz not null,
  ends_at timestamptz not null check (ends_at > starts_at),
  started_at timestamptz not null,
  started_by uuid not null,
  started_by_name text not null,
  -- What had been committed when the residents were counted: who was registered later is added, nobody twice.
  counted_in pg_snapshot not null,
  closed_at timestamptz,
  closed_by uuid,
  closed_by_name text,
  checked_at timestamptz not null,
  -- Since when the accounting does not balance; null where it does.
  hole_since timestamptz,
  unique (incident_id, division, number)
);
-- A round is finished before the next begins.
create unique index screening_round_open on screening_round (incident_id, division) where closed_at is null;
create index screening_round_started on screening_round (starts_at);
alter table screening_round enable row level security;
alter table screening_round force row level security;
-- A county sees the prefecture's round: it is part of it.
create policy seen on screening_round for select using (in_scope(division) or above_scope(division));
create policy scope on screening_round using (in_scope(division)) with check (in_scope(division));

create table round_site (
  round_id uuid not null references screening_round,
  site_id uuid not null references place,
  division division_code not null,
  primary key (round_id, site_id)
);

-- One line a grid: headcount = sampled + exempt + away + missed.
create table round_area (
  round_id uuid not null references screening_round,
  division division_code not null,
  headcount integer not null,
  sampled integer not null default 0,
  exempt integer not null default 0,
  away integer not null default 0,
  missed integer not null generated always as (headcount - sampled - exempt - away) stored,
  primary key (round_id, division)
);

-- Whoever is not missed: once a round, however often they are sampled.
create table round_person (
  round_id uuid not null references screening_round,
  person_id uuid not null,
  division division_code not null,
  standing text not null check (standing in ('sampled', 'exempt', 'away')),
  reason text,
  note text,
  sample_id uuid,
  pool_id uuid,
  at timestamptz not null,
  recorded_by uuid,
  primary key (round_id, person_id),
  check ((standing = 'sampled') = (sample_id is not null)),
  check ((standing = 'sampled') = (reason is null))
);
create index round_person_standing on round_person (round_id, standing, division) where standing <> 'sampled';
create index round_person_sample on round_person (sample_id);

-- The tubes people of the round are in, and how many of them.
create table round_tube (
  round_id uuid not null references screening_round,
  pool_id uuid not null references pool,
  division division_code not null,
  people integer not null,
  primary key (round_id, pool_id)
);
create index round_tube_pool on round_tube (pool_id);

-- People first sampled in ten minutes, by county: what the rate is read from.
create table round_pace (
  round_id uuid not null references screening_round,
  division division_code not null,
  slot timestamptz not null,
  sampled integer not null,
  primary key (round_id, division, slot)
);

create table round_positive (
  round_id uuid not null references screening_round,
  result_id uuid not null,
  division division_code not null,
  person_id uuid not null,
  found_in text not null,
  at timestamptz not null,
  primary key (round_id, result_id)
);

-- The steward of a community was asked to bring in those missed there.
create table round_call (
  id uuid primary key,
  round_id uuid not null references screening_round,
  division division_code not null,
  missed integer not null,
  called_at timestamptz not null,
  unique (round_id, division)
);

do $$
declare name text;
begin
  foreach name in array array['round_site', 'round_area', 'round_person', 'round_tube', 'round_pace', 'round_positive',
                              'round_call'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy scope on %I using (in_scope(division)) with check (in_scope(division))', name);
    execute format('grant select, insert, update on %I to levee_app', name);
  end loop;
end $$;
grant select, insert, update on screening_round to levee_app;
grant delete on round_person, round_positive to levee_app;

comment on column round_person.person_id is 'purpose: testing; retention: episode';
comment on column round_person.standing is 'purpose: testing; retention: episode';
comment on column round_person.reason is 'purpose: testing; retention: episode';
comment on column round_person.note is 'purpose: testing; retention: episode';
comment on column round_person.sample_id is 'purpose: testing; retention: episode';
comment on column round_person.pool_id is 'purpose: testing; retention: episode';
comment on column round_positive.person_id is 'purpose: testing; retention: episode';
comment on column round_positive.found_in is 'purpose: testing; retention: episode';
comment on column round_positive.result_id is 'purpose: testing; retention: episode';
