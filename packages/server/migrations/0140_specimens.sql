-- Specimens of objects and surroundings. The tube is a pool like any other, so that custody, boxes, runs and results exist
-- once; nobody is in it, so it has no sample row and is told apart by what it holds.
alter table pool add column content text not null default 'people' check (content in ('people', 'specimen'));
alter table pool add constraint pool_specimen_alone check (content = 'people' or capacity = 1);

create table specimen (
  id uuid primary key,
  pool_id uuid not null unique references pool,
  kind text not null check (kind in ('goods', 'surface', 'sewage', 'environment')),
  place_id uuid not null references place,
  site_id uuid not null references place,
  -- Of the place: whoever answers for it sees what was taken there.
  division division_code not null,
  description text not null,
  product text,
  batch_number text,
  supplier text,
  cold_chain boolean not null default false,
  taken_at timestamptz not null,
  registered_at timestamptz not null,
  registered_by uuid not null,
  registered_by_name text not null,
  withdrawn_at timestamptz,
  withdrawn_reason text,
  check ((kind = 'goods') = (product is not null)),
  check (kind = 'goods' or (batch_number is null and supplier is null and not cold_chain)),
  check ((withdrawn_at is null) = (withdrawn_reason is null))
);
create index specimen_taken on specimen (division, taken_at);
create index specimen_place on specimen (place_id, taken_at);
create index specimen_site on specimen (site_id, registered_at);

-- One recall a batch, however many of its cartons are positive, and wherever. Read and written for the whole jurisdiction
-- by the rule; a county sees it by its own positives.
create table recall (
  id uuid primary key,
  -- Batch number and supplier as compared; the specimen itself where no batch can be read.
  batch_key text not null,
  product text not null,
  batch_number text,
  supplier text,
  cold_chain boolean not null,
  division division_code not null,
  incident_id uuid,
  opened_at timestamptz not null,
  withdrawn_at timestamptz
);
create unique index recall_once on recall (batch_key) where withdrawn_at is null;

-- What a positive specimen set off: once for each specimen, taken back where the result is amended.
create table specimen_response (
  specimen_id uuid primary key references specimen,
  result_id uuid not null,
  division division_code not null,
  incident_id uuid,
  -- The rule it rests on, as cited that day.
  rule jsonb not null,
  -- Whoever worked at or was at the place from here on is a handler; single samples of each.
  handlers_from timestamptz not null,
  samples_per_person integer not null check (samples_per_person >= 1),
  recall_id uuid references recall,
  opened_at timestamptz not null,
  disinfected_at timestamptz,
  checked_at timestamptz,
  checked_by uuid references specimen,
  withdrawn_at timestamptz,
  check ((checked_at is null) = (checked_by is null)),
  check (checked_at is null or disinfected_at is not null)
);
create index specimen_response_recall on specimen_response (recall_id) where recall_id is not null;
create index specimen_response_open on specimen_response (division, opened_at) where withdrawn_at is null;

do $$
declare name text;
begin
  foreach name in array array['specimen', 'recall', 'specimen_response'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy scope on %I using (in_scope(division)) with check (in_scope(division))', name);
    execute format('grant select, insert, update on %I to levee_app', name);
  end loop;
end $$;
-- The recall of a batch is seen by every area in which one of its cartons was positive.
create policy seen on recall for select using (
  exists (select from specimen_response as response where response.recall_id = recall.id));

-- Handlers of a positive specimen are wanted for a single sample as members of a positive pool are; no first sample of
-- theirs stands behind the wish.
alter table resample_request alter column sample_id drop not null;

comment on column specimen.registered_by is 'purpose: accountability; retention: episode';
comment on column specimen.registered_by_name is 'purpose: accountability; retention: episode';
