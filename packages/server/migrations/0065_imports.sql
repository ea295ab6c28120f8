-- Work that a person waits for: written with the data it belongs to, done in steps, each one transaction.
create table job (
  id uuid primary key,
  kind text not null,
  subject_id uuid not null,
  division division_code not null,
  -- Who ordered it: every step runs as they would, in their scope.
  actor jsonb not null,
  state text not null check (state in ('queued', 'running', 'done', 'failed', 'cancelled')),
  done_count integer not null default 0,
  total_count integer not null default 0,
  -- Taken by one worker at a time; a worker whose fence is not the row's has lost it and writes nothing.
  fence bigint not null default 0,
  lease_until timestamptz,
  failures integer not null default 0,
  error text,
  created_at timestamptz not null,
  started_at timestamptz,
  finished_at timestamptz
);
create index job_open on job (created_at) where state in ('queued', 'running');
create index job_subject on job (subject_id);
alter table job enable row level security;
alter table job force row level security;
create policy scope on job using (in_scope(division)) with check (in_scope(division));

create table case_import (
  id uuid primary key,
  division division_code not null,
  state text not null check (state in
    ('uploaded', 'checking', 'checked', 'committing', 'committed', 'undone', 'cancelled', 'failed')),
  -- What the files are: name, format, encoding, columns, counts. Never a cell of a dropped column.
  cases_file jsonb not null,
  contacts_file jsonb,
  mapping_remembered boolean not null default false,
  -- What the dry run was asked: mapping, date order, renames.
  settings jsonb,
  hospital_groups jsonb not null default '[]',
  with_warnings boolean not null default true,
  line_list_id uuid,
  incident_id uuid,
  kept_count integer not null default 0,
  problem jsonb,
  created_at timestamptz not null,
  created_by jsonb not null,
  committed_at timestamptz
);
create index case_import_division on case_import (division, created_at);
alter table case_import enable row level security;
alter table case_import force row level security;
create policy scope on case_import using (in_scope(division)) with check (in_scope(division));

create table import_row (
  import_id uuid not null references case_import on delete cascade,
  file text not null check (file in ('cases', 'contacts')),
  line integer not null,
  division division_code not null,
  cells jsonb not null,
  verdict text check (verdict in ('ok', 'warning', 'error', 'duplicate')),
  faults jsonb not null default '[]',
  -- What will be written, as the dry run read it.
  value jsonb,
  written text check (written in ('accepted', 'rejected', 'duplicate')),
  case_id uuid,
  primary key (import_id, file, line)
);
create index import_row_verdict on import_row (import_id, file, verdict);
alter table import_row enable row level security;
alter table import_row force row level security;
create policy scope on import_row using (in_scope(division)) with check (in_scope(division));

-- What a header was mapped to last time, by the set of column names.
create table import_mapping (
  header_hash text not null,
  division division_code not null,
  mapping jsonb not null,
  used_at timestamptz not null,
  primary key (header_hash, division)
);
alter table import_mapping enable row level security;
alter table import_mapping force row level security;
create policy scope on import_mapping using (in_scope(division)) with check (in_scope(division));

grant select, insert, update on job, case_import, import_mapping to levee_app;
grant select, insert, update, delete on import_row to levee_app;
