-- Signals, incidents, statutory clocks, and the counters behind the situation page.
create table incident (
  id uuid primary key,
  name_zh text not null,
  name_en text not null,
  division division_code not null,
  pack_id text not null,
  level text not null check (level in ('I', 'II', 'III', 'IV')),
  reason text not null,
  activated_at timestamptz not null,
  activated_by uuid not null,
  activated_by_name text not null,
  stood_down_at timestamptz,
  stood_down_reason text,
  version integer not null default 1
);
create index incident_current on incident (activated_at) where stood_down_at is null;
alter table incident enable row level security;
alter table incident force row level security;
-- A county sees the prefecture's incident: it is its own as well.
create policy seen on incident for select using (in_scope(division) or above_scope(division));
create policy scope on incident using (in_scope(division)) with check (in_scope(division));

create table signal (
  id uuid primary key,
  kind text not null check (kind in ('screening_positive', 'manual')),
  division division_code not null,
  -- One result raises one signal, however often it is told.
  result_id uuid unique,
  sample_id uuid,
  person_id uuid,
  site_id uuid,
  found_in text,
  note text,
  at timestamptz not null,
  state text not null default 'open' check (state in ('open', 'joined', 'dismissed')),
  incident_id uuid references incident,
  decided_by uuid,
  decided_by_name text,
  decided_at timestamptz,
  reason text,
  check ((state = 'joined') = (incident_id is not null)),
  check (state <> 'dismissed' or reason is not null)
);
create index signal_state on signal (state, at);
create index signal_incident on signal (incident_id) where incident_id is not null;
alter table signal enable row level security;
alter table signal force row level security;
create policy scope on signal using (in_scope(division)) with check (in_scope(division));

create table statutory_clock (
  id uuid primary key,
  incident_id uuid not null references incident,
  division division_code not null,
  kind text not null,
  name_zh text not null,
  name_en text not null,
  started_at timestamptz not null,
  due_at timestamptz not null,
  met_at timestamptz,
  met_by uuid,
  met_by_name text,
  evidence text,
  source text not null,
  confidence text not null check (confidence in ('sourced', 'unverified')),
  unique (incident_id, kind)
);
alter table statutory_clock enable row level security;
alter table statutory_clock force row level security;
create policy seen on statutory_clock for select using (in_scope(division) or above_scope(division));
create policy scope on statutory_clock using (in_scope(division)) with check (in_scope(division));

create table level_change (
  id uuid primary key,
  incident_id uuid not null references incident,
  division division_code not null,
  from_level text not null,
  to_level text not null,
  reason text not null,
  lines jsonb not null,
  author_id uuid not null,
  author_name text not null,
  proposed_at timestamptz not null,
  approver_id uuid,
  approver_name text,
  decided_at timestamptz,
  state text not null default 'proposed' check (state in ('proposed', 'approved', 'declined')),
  check (approver_id <> author_id)
);
-- One change of an incident's level is decided at a time.
create unique index level_change_open on level_change (incident_id) where state = 'proposed';
alter table level_change enable row level security;
alter table level_change force row level security;
create policy seen on level_change for select using (in_scope(division) or above_scope(division));
create policy scope on level_change using (in_scope(division)) with check (in_scope(division));

-- What people write into the log; the event holds the id only.
create table incident_note (
  id uuid primary key,
  incident_id uuid not null references incident,
  division division_code not null,
  text text not null,
  at timestamptz not null
);
alter table incident_note enable row level security;
alter table incident_note force row level security;
create policy seen on incident_note for select using (in_scope(division) or above_scope(division));
create policy scope on incident_note using (in_scope(division)) with check (in_scope(division));

-- Flows of a day by township (samples, positives): added to as events are heard, so that the page never scans.
create table situation_counter (
  division division_code not null,
  name text not null,
  day date not null,
  value bigint not null,
  as_of timestamptz not null,
  primary key (name, day, division)
);
alter table situation_counter enable row level security;
alter table situation_counter force row level security;
create policy scope on situation_counter using (in_scope(division)) with check (in_scope(division));

-- Stocks (contacts, people and areas under measures, cases): who counts from when until when, by id. The figure of
-- any past moment is a count of those that held then, and nothing has to run for one to lapse.
create table situation_member (
  name text not null,
  record_id uuid not null,
  subject_id uuid not null,
  division division_code not null,
  from_at timestamptz not null,
  until_at timestamptz not null default 'infinity',
  as_of timestamptz not null,
  primary key (name, record_id)
);
create index situation_member_name on situation_member (name, division) include (subject_id, from_at, until_at);
create index situation_member_record on situation_member (record_id);
alter table situation_member enable row level security;
alter table situation_member force row level security;
create policy scope on situation_member using (in_scope(division)) with check (in_scope(division));

grant select, insert, update on incident, signal, statutory_clock, level_change, situation_counter to levee_app;
grant select, insert on incident_note to levee_app;
grant select, insert, update, delete on situation_member to levee_app;

-- What belongs in the timeline of a response: not every tube, stay and account.
create function is_milestone(kind text) returns boolean
  language sql immutable parallel safe
  return split_part(kind, '.', 1) not in ('account', 'person', 'place', 'sample', 'stay', 'follow_up', 'resample')
     and kind not in ('pool.opened', 'pool.closed', 'pool.sent', 'pool.received', 'pool.resulted', 'result.reported');
create index event_milestone on event (sequence) where is_milestone(kind);
create index event_milestone_division on event (division, sequence) where is_milestone(kind);
