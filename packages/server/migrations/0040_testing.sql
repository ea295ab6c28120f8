-- Samples, pools, results. A pool is one tube: 1, 5, 10 or 20 people; a single sample is a pool of one, so that
-- custody (sealed, sent, received, resulted) exists once.
-- Devices send late, twice and in any order: a pool keeps facts (moments), its state is read off them.

create table pool (
  id uuid primary key,
  tube_code text not null unique check (tube_code ~ '^[0-9A-Z-]{4,32}$'),
  site_id uuid not null references place,
  lab_id uuid references place,
  division division_code not null,
  capacity integer not null check (capacity in (1, 5, 10, 20)),
  member_count integer not null default 0 check (member_count between 0 and capacity),
  opened_at timestamptz not null,
  closed_at timestamptz,
  sent_at timestamptz,
  received_at timestamptz,
  rejected_at timestamptz,
  rejected_reason text,
  resulted_at timestamptz,
  state text not null generated always as (
    case when resulted_at is not null then 'resulted'
         when rejected_at is not null then 'rejected'
         when received_at is not null then 'received'
         when sent_at is not null then 'sent'
         when closed_at is not null then 'closed'
         else 'open' end) stored
);
create index pool_site on pool (site_id, opened_at);
create index pool_queue on pool (division, state, opened_at);
create index pool_lab on pool (lab_id, state, received_at);

-- No foreign key to person: a sample may be taken from somebody who lives in another area, and the table must be able
-- to be spread over machines by person.
create table sample (
  id uuid primary key,
  pool_id uuid not null references pool,
  person_id uuid not null,
  site_id uuid not null references place,
  division division_code not null,
  found_in text not null,
  resample_of uuid references pool,
  taken_at timestamptz not null,
  registered_at timestamptz not null,
  registered_by uuid not null,
  withdrawn_at timestamptz,
  withdrawn_reason text,
  -- True while the tube is open: nobody can be in two open tubes.
  open boolean not null
);
create unique index sample_open_person on sample (person_id) where open;
create unique index sample_once_per_pool on sample (pool_id, person_id) where withdrawn_at is null;
create index sample_person on sample (person_id, taken_at);
create index sample_site on sample (site_id, registered_at);

-- A result is never changed: an amendment, made by one and confirmed by another, puts a new one in its place.
create table result (
  id uuid primary key,
  pool_id uuid not null references pool,
  -- Of a tube of one: whose it is.
  sample_id uuid references sample,
  person_id uuid,
  division division_code not null,
  lab_id uuid not null references place,
  outcome text not null check (outcome in ('negative', 'positive', 'inconclusive', 'invalid')),
  targets jsonb not null,
  tested_at timestamptz not null,
  reported_at timestamptz not null,
  reported_by uuid not null,
  supersedes uuid references result,
  current boolean not null default true
);
create unique index result_current on result (pool_id) where current;
create index result_person on result (person_id, tested_at) where person_id is not null;

create table result_amendment (
  id uuid primary key,
  result_id uuid not null references result,
  division division_code not null,
  outcome text not null check (outcome in ('negative', 'positive', 'inconclusive', 'invalid')),
  targets jsonb not null,
  reason text not null,
  author_id uuid not null,
  author_name text not null,
  at timestamptz not null,
  decider_id uuid,
  decider_name text,
  decided_at timestamptz,
  decision text check (decision in ('confirmed', 'refused')),
  check (decider_id is null or decider_id <> author_id)
);
create unique index result_amendment_open on result_amendment (result_id) where decision is null;

-- Who must be sampled again, singly, and why.
create table resample_request (
  id uuid primary key,
  pool_id uuid not null references pool,
  sample_id uuid not null references sample,
  person_id uuid not null,
  site_id uuid not null references place,
  division division_code not null,
  sample_count integer not null check (sample_count >= 1),
  rule text not null,
  wanted_at timestamptz not null,
  met_by uuid references sample,
  met_at timestamptz,
  cancelled_at timestamptz,
  unique (pool_id, person_id)
);
create index resample_request_wanted on resample_request (division, wanted_at) where met_at is null and cancelled_at is null;
create index resample_request_person on resample_request (person_id) where met_at is null and cancelled_at is null;

do $$
declare name text;
begin
  foreach name in array array['pool', 'sample', 'result', 'result_amendment', 'resample_request'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy scope on %I using (in_scope(division)) with check (in_scope(division))', name);
    execute format('grant select, insert, update on %I to levee_app', name);
  end loop;
end $$;

comment on column sample.id is 'purpose: linking; retention: episode';
comment on column sample.pool_id is 'purpose: testing; retention: episode';
comment on column sample.person_id is 'purpose: testing; retention: episode';
comment on column sample.site_id is 'purpose: testing; retention: episode';
comment on column sample.division is 'purpose: scope; retention: episode';
comment on column sample.found_in is 'purpose: testing, case_investigation; retention: episode';
comment on column sample.resample_of is 'purpose: testing; retention: episode';
comment on column sample.taken_at is 'purpose: testing, case_investigation; retention: episode';
comment on column sample.registered_at is 'purpose: accountability; retention: episode';
comment on column sample.registered_by is 'purpose: accountability; retention: episode';
comment on column sample.withdrawn_at is 'purpose: accountability; retention: episode';
comment on column sample.withdrawn_reason is 'purpose: accountability; retention: episode';
comment on column sample.open is 'purpose: refusing a second open tube; retention: episode';
comment on column result.id is 'purpose: linking; retention: episode';
comment on column result.pool_id is 'purpose: testing; retention: episode';
comment on column result.sample_id is 'purpose: testing; retention: episode';
comment on column result.person_id is 'purpose: testing; retention: episode';
comment on column result.division is 'purpose: scope; retention: episode';
comment on column result.lab_id is 'purpose: testing; retention: episode';
comment on column result.outcome is 'purpose: testing, case_investigation; retention: episode';
comment on column result.targets is 'purpose: testing, case_investigation; retention: episode';
comment on column result.tested_at is 'purpose: testing; retention: episode';
comment on column result.reported_at is 'purpose: accountability; retention: episode';
comment on column result.reported_by is 'purpose: accountability; retention: episode';
comment on column result.supersedes is 'purpose: history; retention: episode';
comment on column result.current is 'purpose: history; retention: episode';
