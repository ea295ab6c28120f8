-- How each positive was found, by rule, with what the rule stands on: the measure in force when the swab was taken, or the
-- decision on a contact; else what the desk stated. The stop rule of screening reads it (社会面).
create table found_in_decision (
  sample_id uuid primary key references sample,
  result_id uuid not null,
  person_id uuid not null,
  division division_code not null,
  stated text not null,
  found_in text not null,
  basis text not null check (basis in ('measure', 'contact', 'statement')),
  -- The measure or the contact; null where the desk's word stands alone.
  record_id uuid,
  -- Kind of the measure, class of the contact.
  record_kind text,
  -- When the swab was taken that the rule looks at: the first one, where this is a re-sample.
  sampled_at timestamptz not null,
  decided_at timestamptz not null,
  check ((basis = 'statement') = (record_id is null)),
  check (basis <> 'statement' or found_in = stated)
);
alter table found_in_decision enable row level security;
alter table found_in_decision force row level security;
create policy scope on found_in_decision using (in_scope(division)) with check (in_scope(division));
grant select, insert, update on found_in_decision to levee_app;

comment on column found_in_decision.sample_id is 'purpose: testing, case_investigation; retention: episode';
comment on column found_in_decision.person_id is 'purpose: testing, case_investigation; retention: episode';
comment on column found_in_decision.stated is 'purpose: testing, case_investigation; retention: episode';
comment on column found_in_decision.found_in is 'purpose: testing, case_investigation; retention: episode';
comment on column found_in_decision.basis is 'purpose: testing, case_investigation; retention: episode';
comment on column found_in_decision.record_id is 'purpose: testing, case_investigation; retention: episode';
comment on column found_in_decision.record_kind is 'purpose: testing, case_investigation; retention: episode';
