-- Cases, every change of them, where they were, and who infected whom.

-- A list of cases that no incident of ours holds: an outbreak from elsewhere or from the past.
create table line_list (
  id uuid primary key,
  name text not null,
  division division_code not null,
  pack_id text,
  created_at timestamptz not null,
  created_by uuid not null
);
create index line_list_division on line_list (division);
alter table line_list enable row level security;
alter table line_list force row level security;
create policy scope on line_list using (in_scope(division)) with check (in_scope(division));

create table case_file (
  id uuid primary key,
  external_id text not null,
  incident_id uuid,
  line_list_id uuid references line_list,
  import_id uuid,
  import_line integer,
  person_id uuid,
  signal_id uuid unique,
  result_id uuid,
  sample_id uuid,
  classification text not null check (classification in
    ('suspected', 'probable', 'confirmed', 'asymptomatic', 'not_a_case')),
  date_infection date,
  date_onset date,
  date_sample date,
  date_reporting date,
  date_admission date,
  date_discharge date,
  date_outcome date,
  outcome text check (outcome in ('recovered', 'died', 'transferred', 'other')),
  severity text check (severity in ('asymptomatic', 'mild', 'moderate', 'severe', 'critical')),
  hospital text,
  gender text check (gender in ('male', 'female', 'other')),
  age integer check (age between 0 and 120),
  occupation text,
  hcw boolean,
  location text,
  found_in text,
  note text,
  division division_code not null,
  opened_at timestamptz not null,
  changed_at timestamptz not null,
  version integer not null default 1
);
create index case_file_division on case_file (division, opened_at);
create index case_file_incident on case_file (incident_id, opened_at) where incident_id is not null;
create index case_file_person on case_file (person_id) where person_id is not null;
create index case_file_import on case_file (import_id) where import_id is not null;
create unique index case_file_in_list on case_file (line_list_id, external_id) where line_list_id is not null;
-- One person is one case of one incident, however many positives they have.
create unique index case_file_once on case_file (incident_id, person_id)
  where incident_id is not null and person_id is not null;
alter table case_file enable row level security;
alter table case_file force row level security;
create policy scope on case_file using (in_scope(division)) with check (in_scope(division));

-- One row for each field of each change. Only an undone import takes its own rows away, with their cases.
create table case_change (
  id bigint generated always as identity primary key,
  case_id uuid not null references case_file on delete cascade,
  division division_code not null,
  version integer not null,
  field text not null,
  old jsonb,
  new jsonb,
  reason text,
  actor_id uuid not null,
  actor_name text not null,
  at timestamptz not null
);
create index case_change_case on case_change (case_id, version);
alter table case_change enable row level security;
alter table case_change force row level security;
create policy scope on case_change using (in_scope(division)) with check (in_scope(division));

-- Somebody at a place for a time; a journey is a stay in a vehicle. The division is the place's.
-- The key leads with the place, so that the table can be distributed by it and is searched by place and time.
create table stay (
  id uuid not null,
  person_id uuid not null,
  place_id uuid not null references place,
  from_at timestamptz not null,
  until_at timestamptz not null,
  source text not null check (source in
    ('interview', 'venue_register', 'checkpoint', 'test_site', 'import', 'everyday')),
  certainty text not null default 'certain' check (certainty in ('certain', 'probable', 'possible')),
  seat_row smallint,
  seat_column text,
  note text,
  division division_code not null,
  recorded_by uuid,
  recorded_at timestamptz not null,
  version integer not null default 1,
  primary key (place_id, from_at, id),
  check (until_at > from_at)
);
create index stay_person on stay (person_id, from_at);
alter table stay enable row level security;
alter table stay force row level security;
create policy scope on stay using (in_scope(division)) with check (in_scope(division));

-- What was said and cannot be so: kept as it was given until somebody mends it.
create table stay_draft (
  id uuid primary key,
  case_id uuid not null references case_file on delete cascade,
  person_id uuid not null,
  place_id uuid,
  place_text text,
  from_at timestamptz,
  until_at timestamptz,
  source text not null,
  certainty text not null,
  seat_row smallint,
  seat_column text,
  note text,
  division division_code not null,
  recorded_by uuid not null,
  recorded_at timestamptz not null,
  version integer not null default 1
);
create index stay_draft_case on stay_draft (case_id);
alter table stay_draft enable row level security;
alter table stay_draft force row level security;
create policy scope on stay_draft using (in_scope(division)) with check (in_scope(division));

-- Who is said to have infected whom. By list id, for a link may name a case the list does not hold.
create table case_link (
  id bigint generated always as identity primary key,
  incident_id uuid,
  line_list_id uuid references line_list,
  import_id uuid,
  import_line integer,
  from_external_id text not null,
  to_external_id text not null,
  exposure text,
  date_exposure date,
  division division_code not null
);
create unique index case_link_in_list on case_link (line_list_id, from_external_id, to_external_id)
  where line_list_id is not null;
create unique index case_link_in_incident on case_link (incident_id, from_external_id, to_external_id)
  where incident_id is not null;
create index case_link_import on case_link (import_id) where import_id is not null;
alter table case_link enable row level security;
alter table case_link force row level security;
create policy scope on case_link using (in_scope(division)) with check (in_scope(division));

grant select, insert on line_list to levee_app;
grant select, insert, update, delete on case_file, stay, stay_draft, case_link to levee_app;
grant select, insert on case_change to levee_app;
