-- A record that builds on another of its device waits for it here, seen by the site, until that one has come or the time is over.
alter table intake_outcome drop constraint intake_outcome_state_check;
alter table intake_outcome add constraint intake_outcome_state_check
  check (state in ('held', 'applied', 'quarantined', 'resolved'));
alter table intake_outcome add column held_until timestamptz;
alter table intake_outcome add column without_base boolean not null default false;
alter table intake_outcome add constraint intake_outcome_held_until check (state <> 'held' or held_until is not null);

-- Few at any time; asked in every round.
create index intake_outcome_held on intake_outcome (held_until) where state = 'held';
drop index intake_outcome_open;
create index intake_outcome_open on intake_outcome (division, settled_at) where state in ('quarantined', 'held');

comment on column intake_outcome.body is 'purpose: testing; retention: until applied, else episode';
