-- Persons and households. Identity number and phone are sealed by the application; their blind indexes are what is
-- looked up. There is no column for ethnicity, religion, politics or the like, and none may be added (R1).
-- Every column says what it is for and how long its class is kept (R15); a test reads these comments.

create table household (
  id uuid primary key,
  place_id uuid not null references place,
  division division_code not null
);
create index household_place on household (place_id);

create table person (
  id uuid primary key,
  household_id uuid references household,
  place_id uuid not null references place,
  division division_code not null,
  name_zh text not null check (length(name_zh) between 1 and 60),
  name_pinyin text collate "C" not null default '',
  name_initials text collate "C" not null default '',
  sex text not null check (sex in ('male', 'female', 'unknown')),
  date_birth date,
  occupation text,
  identity_sealed bytea,
  identity_index bytea unique,
  phone_sealed bytea,
  phone_index bytea,
  school_id uuid references place,
  work_id uuid references place,
  synthetic boolean not null default false,
  version integer not null default 1,
  created_at timestamptz not null,
  check ((identity_sealed is null) = (identity_index is null)),
  check ((phone_sealed is null) = (phone_index is null))
);
create index person_household on person (household_id);
create index person_division on person (division);
create index person_phone on person (phone_index);
create index person_name on person (name_zh collate "C");
create index person_pinyin on person (name_pinyin);
create index person_initials on person (name_initials);

alter table household enable row level security;
alter table household force row level security;
create policy scope on household using (in_scope(division)) with check (in_scope(division));
alter table person enable row level security;
alter table person force row level security;
create policy scope on person using (in_scope(division)) with check (in_scope(division));

-- Somebody who stands at a desk of another county with the card in hand: the id alone, for the whole number alone, inside
-- the prefecture of the asking area. Nothing of the record is told.
create function person_id_by_identity(wanted bytea) returns uuid
  language plpgsql security definer set search_path = public as $$
declare
  asking text := levee_scope();
  found uuid;
begin
  perform set_config('levee.scope', left(asking, 4), true);
  select id into found from person where identity_index = wanted;
  perform set_config('levee.scope', coalesce(asking, ''), true);
  return found;
end $$;
revoke all on function person_id_by_identity(bytea) from public;

grant select, insert on household to levee_app;
grant select, insert, update on person to levee_app;
grant execute on function person_id_by_identity(bytea) to levee_app;

comment on column household.id is 'purpose: linking; retention: register';
comment on column household.place_id is 'purpose: contact_tracing, isolation_care, resident_service; retention: register';
comment on column household.division is 'purpose: scope; retention: register';
comment on column person.id is 'purpose: linking; retention: register';
comment on column person.household_id is 'purpose: contact_tracing, resident_service; retention: register';
comment on column person.place_id is 'purpose: contact_tracing, isolation_care, resident_service; retention: register';
comment on column person.division is 'purpose: scope; retention: register';
comment on column person.name_zh is 'purpose: testing, case_investigation, contact_tracing, isolation_care, resident_service; retention: register';
comment on column person.name_pinyin is 'purpose: search by keyboard; retention: register';
comment on column person.name_initials is 'purpose: search by keyboard; retention: register';
comment on column person.sex is 'purpose: case_investigation; retention: register';
comment on column person.date_birth is 'purpose: case_investigation, isolation_care; retention: register';
comment on column person.occupation is 'purpose: case_investigation; retention: register';
comment on column person.identity_sealed is 'purpose: telling people apart, testing; retention: register';
comment on column person.identity_index is 'purpose: look-up without opening; retention: register';
comment on column person.phone_sealed is 'purpose: testing, contact_tracing, isolation_care; retention: register';
comment on column person.phone_index is 'purpose: look-up without opening; retention: register';
comment on column person.school_id is 'purpose: contact_tracing; retention: register';
comment on column person.work_id is 'purpose: contact_tracing; retention: register';
comment on column person.synthetic is 'purpose: saying that nobody real is meant; retention: register';
comment on column person.version is 'purpose: edit clashes; retention: register';
comment on column person.created_at is 'purpose: accountability; retention: register';
