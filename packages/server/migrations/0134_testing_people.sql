-- Key populations, returnees, results told to the person, and the queue at test sites.

-- Who must be tested how often by the post they hold: their employer's place and their occupation, nothing else (R1).
create table key_population_member (
  person_id uuid not null,
  population text not null check (population in ('direct_exposure_posts', 'crowded_service_posts')),
  -- Where the person lives.
  division division_code not null,
  employer_id uuid not null references place,
  employer_division division_code not null,
  since timestamptz not null,
  enrolled_by uuid not null,
  last_sampled_at timestamptz,
  -- By the pack, moved with each swab: the day by whose end the next is due, and the moment before which it is too soon.
  due_on date not null,
  not_before timestamptz,
  pack_id text not null,
  ended_at timestamptz,
  primary key (person_id, population)
);
create index key_population_employer on key_population_member (employer_id, due_on) where ended_at is null;
create index key_population_home on key_population_member (division, due_on) where ended_at is null;
alter table key_population_member enable row level security;
alter table key_population_member force row level security;
-- The area of the home and the area of the employer both answer for the person.
create policy scope on key_population_member
  using (in_scope(division) or in_scope(employer_division))
  with check (in_scope(division) or in_scope(employer_division));

-- Whoever came in, by where they have been: travel, never who they are.
create table returnee (
  id uuid primary key,
  person_id uuid not null,
  division division_code not null,
  arrived_at timestamptz not null,
  -- [{ division, level, leftAt }] as told or seen.
  travel jsonb not null,
  pack_id text not null,
  -- What the pack makes of it; null where it asks nothing.
  managed_class text,
  left_on date,
  registered_at timestamptz not null,
  registered_by uuid not null
);
create index returnee_division on returnee (division, arrived_at);
alter table returnee enable row level security;
alter table returnee force row level security;
create policy scope on returnee using (in_scope(division)) with check (in_scope(division));

create table returnee_test (
  returnee_id uuid not null references returnee,
  position integer not null,
  person_id uuid not null,
  division division_code not null,
  due_on date not null,
  met_by uuid,
  met_at timestamptz,
  primary key (returnee_id, position)
);
create index returnee_test_due on returnee_test (division, due_on) where met_by is null;
create index returnee_test_person on returnee_test (person_id, due_on) where met_by is null;
alter table returnee_test enable row level security;
alter table returnee_test force row level security;
create policy scope on returnee_test using (in_scope(division)) with check (in_scope(division));

-- The second proof for one's own result: 128 random bits, kept only as their hash. The first is on the identity card.
create table result_token (
  token_hash bytea primary key,
  sample_id uuid not null unique references sample,
  person_id uuid not null,
  division division_code not null,
  made_at timestamptz not null,
  failures integer not null default 0,
  locked_until timestamptz,
  seen_at timestamptz
);
alter table result_token enable row level security;
alter table result_token force row level security;
create policy scope on result_token using (in_scope(division)) with check (in_scope(division));

-- Texts composed and not yet sent. The text says that a result is there, never what it is (T65).
create table message_outbox (
  id uuid primary key,
  channel text not null check (channel in ('sms')),
  kind text not null check (kind in ('result')),
  person_id uuid not null,
  division division_code not null,
  about uuid not null,
  phone_sealed bytea not null,
  body_sealed bytea not null,
  composed_at timestamptz not null,
  sent_at timestamptz,
  unique (kind, about)
);
create index message_outbox_waiting on message_outbox (composed_at) where sent_at is null;
alter table message_outbox enable row level security;
alter table message_outbox force row level security;
create policy scope on message_outbox using (in_scope(division)) with check (in_scope(division));

-- How many wait at a site, as the desk counts them.
create table site_queue (
  site_id uuid primary key references place,
  division division_code not null,
  waiting integer not null check (waiting between 0 and 100000),
  counted_at timestamptz not null,
  counted_by uuid not null
);
alter table site_queue enable row level security;
alter table site_queue force row level security;
create policy scope on site_queue using (in_scope(division)) with check (in_scope(division));

-- The public store: sites of the rounds that run, with their queue. No column holds a person.
create table public_test_site (
  site_id uuid primary key,
  division division_code not null,
  county_zh text not null,
  county_en text not null,
  name_zh text not null,
  name_en text not null,
  open_from timestamptz not null,
  open_until timestamptz not null,
  -- Median seconds between two people at the desks of the last half hour; null where fewer than five came.
  seconds_per_person integer,
  waiting integer,
  waiting_counted_at timestamptz,
  updated_at timestamptz not null
);
alter table public_test_site enable row level security;
alter table public_test_site force row level security;
create policy everybody on public_test_site for select using (true);
create policy scope on public_test_site using (in_scope(division)) with check (in_scope(division));

grant select, insert, update on key_population_member, returnee, returnee_test, result_token, message_outbox, site_queue to levee_app;
grant select, insert, update, delete on public_test_site to levee_app;

comment on column key_population_member.person_id is 'purpose: testing; retention: while the post is held';
comment on column key_population_member.population is 'purpose: testing; retention: while the post is held';
comment on column key_population_member.employer_id is 'purpose: testing; retention: while the post is held';
comment on column key_population_member.last_sampled_at is 'purpose: testing; retention: while the post is held';
comment on column key_population_member.due_on is 'purpose: testing; retention: while the post is held';
comment on column returnee.person_id is 'purpose: testing, contact_tracing; retention: episode';
comment on column returnee.travel is 'purpose: testing, contact_tracing; retention: episode';
comment on column returnee.managed_class is 'purpose: testing, contact_tracing; retention: episode';
comment on column returnee_test.person_id is 'purpose: testing; retention: episode';
comment on column result_token.person_id is 'purpose: testing, subject_access; retention: 30 days';
comment on column message_outbox.person_id is 'purpose: testing; retention: 30 days';
comment on column message_outbox.phone_sealed is 'purpose: testing; retention: 30 days';
comment on column message_outbox.body_sealed is 'purpose: testing; retention: 30 days';
