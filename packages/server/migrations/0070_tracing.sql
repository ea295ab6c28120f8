-- Who met whom: searches over the stays, what they found, the contacts a person decides on, requests to other areas.
-- Columns on a person say what for and how long (R15).

-- A search is tied to a case and keeps what it asked, how it was answered and as of when.
create table search (
  id uuid primary key,
  case_id uuid not null,
  person_id uuid not null,
  incident_id uuid not null,
  division division_code not null,
  pack_id text not null,
  from_at timestamptz not null,
  until_at timestamptz not null,
  -- What the pack gave, and whether a person chose other bounds.
  trace_window jsonb not null,
  adjusted boolean not null,
  min_minutes integer not null check (min_minutes >= 0),
  lingering_minutes integer not null check (lingering_minutes >= 0),
  -- Only meetings at these places; null for all.
  place_ids uuid[],
  path text not null check (path in ('index', 'sql')),
  as_of timestamptz not null,
  purpose text not null,
  stays_count integer not null,
  meetings_count integer not null,
  milliseconds integer not null,
  counts jsonb not null,
  -- People outside the searcher's area by county: a number, so that assistance can be asked for.
  outside jsonb not null,
  actor_id uuid not null,
  actor_name text not null,
  at timestamptz not null,
  adopted_at timestamptz,
  check (from_at <= until_at)
);
create index search_case on search (case_id, at desc);
alter table search enable row level security;
alter table search force row level security;
create policy scope on search using (in_scope(division)) with check (in_scope(division));

-- One person a search found, with the best class over all meetings.
create table finding (
  search_id uuid not null references search,
  person_id uuid not null,
  division division_code not null,
  class text not null check (class in ('close', 'contact_of_contact', 'general')),
  contact_order smallint not null check (contact_order in (1, 2)),
  via_person_id uuid,
  rule text not null,
  source jsonb not null,
  confidence text not null check (confidence in ('sourced', 'unverified')),
  reasons jsonb not null,
  -- Higher classes that one more fact would decide.
  undecided jsonb not null,
  first_exposure timestamptz not null,
  last_exposure timestamptz not null,
  minutes integer,
  meetings_count integer not null,
  primary key (search_id, person_id)
);
alter table finding enable row level security;
alter table finding force row level security;
create policy scope on finding using (in_scope(division)) with check (in_scope(division));

-- One meeting: the evidence. `met_person_id` is the case's person in order 1, the close contact in order 2.
create table exposure (
  id uuid primary key,
  search_id uuid not null references search,
  case_id uuid not null,
  person_id uuid not null,
  met_person_id uuid not null,
  -- Where the person lives: who may see it.
  division division_code not null,
  contact_order smallint not null check (contact_order in (1, 2)),
  setting text not null,
  place_id uuid not null,
  from_at timestamptz not null,
  until_at timestamptz not null,
  -- Null where living together stands for the meeting and no stay was recorded.
  minutes integer,
  indoors boolean not null,
  household boolean not null,
  seat_rows smallint,
  -- Facts that a person added: nearness, distance, protection …
  facts jsonb not null default '{}',
  class text not null,
  rule text,
  reasons jsonb not null,
  undecided jsonb not null,
  evidence jsonb not null
);
create index exposure_search on exposure (search_id, person_id);
create index exposure_person on exposure (person_id, case_id);
alter table exposure enable row level security;
alter table exposure force row level security;
create policy scope on exposure using (in_scope(division)) with check (in_scope(division));

create table assistance_request (
  id uuid primary key,
  search_id uuid not null references search,
  case_id uuid not null,
  incident_id uuid not null,
  from_division division_code not null,
  to_division division_code not null,
  people_count integer not null check (people_count > 0),
  note text,
  author_id uuid not null,
  author_name text not null,
  at timestamptz not null,
  due_at timestamptz not null,
  state text not null default 'sent' check (state in ('sent', 'answered')),
  answer text,
  answered_by_name text,
  answered_at timestamptz,
  version integer not null default 1,
  check ((state = 'answered') = (answered_at is not null and answer is not null)),
  unique (search_id, to_division)
);
alter table assistance_request enable row level security;
alter table assistance_request force row level security;
-- The asking and the asked area both see it.
create policy scope on assistance_request
  using (in_scope(from_division) or in_scope(to_division))
  with check (in_scope(from_division) or in_scope(to_division));

-- One person as a contact of one case: proposed by a search, decided by a person.
create table contact (
  id uuid primary key,
  incident_id uuid not null,
  case_id uuid not null,
  person_id uuid not null,
  -- Where the person lives: who manages and sees it.
  division division_code not null,
  proposed_class text not null check (proposed_class in ('close', 'contact_of_contact', 'general')),
  -- What a person decided; null while proposed.
  class text check (class in ('close', 'contact_of_contact', 'general')),
  state text not null default 'proposed' check (state in ('proposed', 'accepted', 'rejected')),
  contact_order smallint not null check (contact_order in (1, 2)),
  via_person_id uuid,
  pack_id text not null,
  rule text not null,
  source jsonb not null,
  confidence text not null check (confidence in ('sourced', 'unverified')),
  reasons jsonb not null,
  undecided jsonb not null,
  first_exposure timestamptz not null,
  last_exposure timestamptz not null,
  minutes integer,
  meetings_count integer not null,
  -- The search whose exposures are the evidence.
  search_id uuid not null references search,
  assistance_request_id uuid references assistance_request,
  reason text,
  reviewed_by uuid,
  reviewed_by_name text,
  reviewed_at timestamptz,
  -- A later search no longer finds a contact that a person has accepted: a person decides again.
  lost_at timestamptz,
  -- Follow-up of this contact's own contacts ends here.
  isolated_at timestamptz,
  proposed_at timestamptz not null,
  version integer not null default 1,
  unique (case_id, person_id),
  check ((state = 'proposed') = (reviewed_at is null)),
  check (state <> 'accepted' or class is not null),
  check (state = 'proposed' or class is not distinct from proposed_class or reason is not null)
);
create index contact_incident on contact (incident_id, state, division);
create index contact_person on contact (person_id);
alter table contact enable row level security;
alter table contact force row level security;
create policy scope on contact using (in_scope(division)) with check (in_scope(division));

grant select, insert, update on search, contact, assistance_request to levee_app;
grant select, insert on finding to levee_app;
grant select, insert, update on exposure to levee_app;
-- A proposal nobody decided on is taken back when a later search no longer finds it; decided ones stay.
grant delete on contact to levee_app;

comment on column search.person_id is 'purpose: contact_tracing; retention: incident';
comment on column finding.person_id is 'purpose: contact_tracing; retention: incident';
comment on column exposure.person_id is 'purpose: contact_tracing; retention: incident';
comment on column exposure.met_person_id is 'purpose: contact_tracing; retention: incident';
comment on column exposure.place_id is 'purpose: contact_tracing; retention: incident';
comment on column contact.person_id is 'purpose: contact_tracing, isolation_care; retention: incident';
comment on column contact.via_person_id is 'purpose: contact_tracing; retention: incident';
