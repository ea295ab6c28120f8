-- The one ledger of limits on a person or a place. What makes a limit lawful stands in the table itself, so that it
-- holds for every door, SQL included: ground, two persons, an end within the pack's maximum, notice, comparison.
-- Whether a limit holds is a test of time (measure_active): no job makes it begin, go on or stop.

-- Longest time of one decision, by pack and kind, in hours. Written here and not by the running system; a test holds
-- it equal to the packs. Person kinds: days of the phase plus the day that counts as 0. Areas: days of the step down
-- plus the day of the last case. Holds: hours.
create table measure_limit (
  pack_id text not null,
  kind text not null,
  hours integer not null,
  primary key (pack_id, kind)
);
insert into measure_limit (pack_id, kind, hours)
  select pack_id, kind, hours from (values
    ('covid19-cn-9', 'centralised_isolation', 192), ('covid19-cn-9', 'home_isolation', 192),
    ('covid19-cn-9', 'home_monitoring', 192), ('covid19-cn-9', 'self_monitoring', 192),
    ('covid19-cn-9', 'risk_area', 192), ('covid19-cn-9', 'venue_limit', 192),
    ('covid19-cn-9-20m', 'centralised_isolation', 144), ('covid19-cn-9-20m', 'home_isolation', 192),
    ('covid19-cn-9-20m', 'home_monitoring', 192), ('covid19-cn-9-20m', 'self_monitoring', 192),
    ('covid19-cn-9-20m', 'risk_area', 144), ('covid19-cn-9-20m', 'venue_limit', 144),
    ('plague-cn', 'centralised_isolation', 312), ('plague-cn', 'self_monitoring', 240),
    ('plague-cn', 'risk_area', 240), ('plague-cn', 'venue_limit', 240),
    ('mers', 'home_isolation', 360), ('mers', 'self_monitoring', 360), ('mers', 'venue_limit', 360)
  ) as limits (pack_id, kind, hours)
  union all
  select pack_id, kind, hours
    from unnest(array['covid19-cn-9', 'covid19-cn-9-20m', 'plague-cn', 'mers']) as pack_id,
         (values ('pool_hold', 12), ('checkpoint_hold', 24)) as holds (kind, hours);

-- What, why, from, until, how to be released early, how to appeal, what help: each in Chinese and English.
create function notice_complete(notice jsonb) returns boolean
  language sql immutable parallel safe
  return (select bool_and(coalesce(btrim(notice -> field ->> 'zh') <> '' and btrim(notice -> field ->> 'en') <> '', false))
            from unnest(array['what', 'why', 'from', 'until', 'release', 'appeal', 'help']) as field);

-- At least two milder ways, each with effect, people, burden and the reason it was not enough.
create function alternatives_complete(alternatives jsonb) returns boolean
  language sql immutable parallel safe
  return jsonb_typeof(alternatives) = 'array' and jsonb_array_length(alternatives) >= 2
     and (select bool_and(coalesce(
            btrim(one -> 'name' ->> 'zh') <> '' and btrim(one -> 'expectedEffect' ->> 'zh') <> ''
            and btrim(one -> 'rejectedBecause' ->> 'zh') <> ''
            and jsonb_typeof(one -> 'peopleCount') = 'number' and jsonb_typeof(one -> 'burdenPersonDays') = 'number', false))
          from jsonb_array_elements(alternatives) as one);

create table measure (
  id uuid primary key,
  kind text not null check (kind in
    ('pool_hold', 'checkpoint_hold', 'centralised_isolation', 'home_isolation', 'home_monitoring', 'self_monitoring',
     'risk_area', 'venue_limit')),
  level text check (level in ('high', 'medium', 'low')),
  subject_type text not null check (subject_type in ('person', 'place')),
  subject_id uuid not null,
  division division_code not null,
  incident_id uuid,
  pack_id text not null,
  -- [{type, id}]: records of the house; each must concern the subject (measure_guard).
  ground jsonb not null check (jsonb_typeof(ground) = 'array' and jsonb_array_length(ground) >= 1),
  legal_basis text not null check (btrim(legal_basis) <> ''),
  power_zh text not null check (btrim(power_zh) <> ''),
  power_en text not null,
  author_id uuid not null,
  author_name text not null,
  -- The rule itself (a hold after a positive pool) has no account; whoever else writes a measure has one.
  author_account uuid generated always as (nullif(author_id, '00000000-0000-7000-8000-000000000000'::uuid)) stored
    references account,
  drafted_at timestamptz not null,
  emergency boolean not null default false,
  approver_id uuid references account,
  approver_name text,
  approved_at timestamptz,
  close_kind text check (close_kind in ('rejected', 'withdrawn')),
  closed_at timestamptz,
  closed_by_id uuid,
  closed_by_name text,
  close_reason text,
  state text not null generated always as (
    case when close_kind is not null then close_kind
         when approved_at is not null then 'approved'
         else 'awaiting_approval' end) stored,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  review_at timestamptz,
  extends_id uuid references measure,
  alternatives jsonb not null default '[]',
  smallest jsonb,
  people_count integer not null check (people_count >= 0),
  vulnerable_count integer,
  notice jsonb not null,
  version integer not null default 1,
  check ((kind in ('risk_area', 'venue_limit')) = (subject_type = 'place')),
  check ((kind = 'risk_area') = (level is not null)),
  check (ends_at > starts_at),
  check (starts_at >= drafted_at - interval '12 hours'),
  -- R18: an area is asked about within 72 h.
  check (subject_type = 'person' or (review_at is not null and review_at <= starts_at + interval '72 hours')),
  -- R4: two persons. What a rule wrote nobody can turn into a decision of one.
  check (approver_id <> author_id),
  check (approved_at is null or (approver_id is not null and author_account is not null)),
  check (not emergency or approved_at is null or approved_at < drafted_at + interval '12 hours'),
  -- R5 and R7: nothing acts before its notice is complete, nothing is approved without the comparison.
  check ((approved_at is null and not emergency) or notice_complete(notice)),
  check (approved_at is null or alternatives_complete(alternatives)),
  check (approved_at is null or kind <> 'risk_area' or smallest is not null),
  check ((close_kind is null) = (closed_at is null)),
  check (close_kind is null or btrim(coalesce(close_reason, '')) <> ''),
  check (close_kind <> 'rejected' or approved_at is null)
);
create index measure_subject on measure (subject_id, ends_at);
create index measure_time on measure (ends_at, starts_at);
create index measure_division on measure (division, ends_at);
create index measure_incident on measure (incident_id, drafted_at) where incident_id is not null;
create index measure_author on measure (author_id, drafted_at);
create index measure_awaiting on measure (drafted_at) where approved_at is null and closed_at is null;

create table appeal (
  id uuid primary key,
  measure_id uuid not null references measure,
  division division_code not null,
  channel text not null check (channel in ('portal', 'phone', 'paper', 'in_person')),
  statement text not null,
  lodged_at timestamptz not null,
  lodged_by_id uuid,
  acknowledged_at timestamptz,
  acknowledged_by_id uuid,
  acknowledged_by_name text,
  -- An independent reviewer says in writing that ending the measure now is dangerous.
  confirmed_at timestamptz,
  confirmed_by_id uuid references account,
  confirmed_by_name text,
  confirmed_reason text,
  decided_at timestamptz,
  decider_id uuid references account,
  decider_name text,
  outcome text check (outcome in ('granted', 'upheld')),
  reason text,
  check ((decided_at is null) = (outcome is null)),
  check (decided_at is null or (decider_id is not null and btrim(coalesce(reason, '')) <> '')),
  check (confirmed_at is null or (confirmed_by_id is not null and btrim(coalesce(confirmed_reason, '')) <> ''))
);
create index appeal_measure on appeal (measure_id);
create index appeal_open on appeal (lodged_at) where decided_at is null;

create table measure_review (
  id uuid primary key,
  measure_id uuid not null references measure,
  division division_code not null,
  at timestamptz not null,
  reviewer_id uuid not null references account,
  reviewer_name text not null,
  still_needed boolean not null,
  reason text not null check (btrim(reason) <> '')
);
create index measure_review_measure on measure_review (measure_id, at);

-- Attempts refused for want of ground, and the alarms they raise to the auditor (R4). No subject is kept.
create table measure_refusal (
  id bigint generated always as identity primary key,
  at timestamptz not null,
  division division_code not null,
  author_id uuid not null,
  kind text not null
);
create index measure_refusal_author on measure_refusal (author_id, at);
create table measure_alarm (
  id uuid primary key,
  at timestamptz not null,
  division division_code not null,
  author_id uuid not null,
  author_name text not null,
  reason text not null check (reason in ('no_ground', 'same_ground', 'volume')),
  count integer not null,
  -- One alarm per author, reason and hour.
  hour timestamptz not null,
  unique (author_id, reason, hour)
);

-- The time test. Scalars in, so that it can be held equal to the same rule in the application.
create function measure_holds(
  emergency boolean, drafted_at timestamptz, approved_at timestamptz, closed_at timestamptz,
  starts_at timestamptz, ends_at timestamptz, suspended boolean, at timestamptz
) returns boolean
  language sql stable parallel safe
  return starts_at <= at and at < ends_at
     and (coalesce(approved_at <= at, false)
          or (emergency and drafted_at <= at and at < drafted_at + interval '12 hours'))
     and coalesce(closed_at > at, true)
     and not suspended;

-- R11: a limit on one person with an appeal undecided at 48 h is suspended, unless an independent reviewer confirmed
-- danger in writing; a decision ends the suspension.
create function measure_suspended(subject measure, at timestamptz) returns boolean
  language sql stable parallel safe
  return subject.subject_type = 'person' and exists (
    select from appeal
     where appeal.measure_id = subject.id
       and appeal.lodged_at + interval '48 hours' <= at
       and coalesce(appeal.decided_at > at, true)
       and coalesce(appeal.confirmed_at > at, true));

-- What every query asks.
create function measure_active(subject measure, at timestamptz) returns boolean
  language sql stable parallel safe
  return measure_holds(subject.emergency, subject.drafted_at, subject.approved_at, subject.closed_at,
                       subject.starts_at, subject.ends_at, false, at)
     and not measure_suspended(subject, at);

-- What a reader calls it at a time. Never stored, so nothing has to run for it to change.
create function measure_phase(subject measure, at timestamptz) returns text
  language sql stable parallel safe
  return case
    when subject.closed_at <= at then subject.close_kind
    when measure_active(subject, at) then 'active'
    when at >= subject.ends_at and (subject.approved_at is not null or subject.emergency) then 'ended'
    when at >= subject.ends_at then 'lapsed'
    when subject.approved_at <= at then case when at < subject.starts_at then 'scheduled' else 'suspended' end
    when subject.emergency and at >= subject.drafted_at + interval '12 hours' then 'lapsed'
    when subject.emergency and at >= subject.starts_at then 'suspended'
    else 'awaiting'
  end;

create function place_within(inner_id uuid, outer_id uuid) returns boolean
  language sql stable
  return exists (
    with recursive up as (
      select id, parent_id from place where id = inner_id
      union all
      select place.id, place.parent_id from up join place on place.id = up.parent_id)
    select from up where id = outer_id);

-- Does this record exist, and does it concern this person or place? (R3) Records of one person may lie in several
-- counties, so the question is asked over the prefecture; the answer is a yes or a no.
create function evidence_concerns(type text, evidence_id uuid, subject_type text, subject_id uuid) returns boolean
  language plpgsql security definer set search_path = public as $$
declare
  asking text := levee_scope();
  answer boolean := false;
begin
  perform set_config('levee.scope', coalesce(left(asking, 4), ''), true);
  if subject_type = 'person' then
    if type = 'result' then
      select exists (select from result join sample on sample.pool_id = result.pool_id
        where result.id = evidence_id and result.current and result.outcome in ('positive', 'inconclusive')
          and sample.person_id = subject_id and sample.withdrawn_at is null) into answer;
    elsif type = 'pool' then
      select exists (select from sample join result on result.pool_id = sample.pool_id and result.current
        where sample.pool_id = evidence_id and result.outcome in ('positive', 'inconclusive')
          and sample.person_id = subject_id and sample.withdrawn_at is null) into answer;
    elsif type = 'case' then
      select exists (select from case_file
        where id = evidence_id and person_id = subject_id and classification <> 'not_a_case') into answer;
    elsif type = 'contact' then
      select exists (select from contact
        where id = evidence_id and person_id = subject_id and state = 'accepted') into answer;
    elsif type = 'exposure' then
      select exists (select from exposure where id = evidence_id and person_id = subject_id) into answer;
    end if;
  else
    if type = 'stay' then
      -- Only where a case was is a ground; by way of the case, for stays are found by person and not by id.
      select exists (select from case_file join stay on stay.person_id = case_file.person_id
        where stay.id = evidence_id and case_file.classification <> 'not_a_case'
          and place_within(stay.place_id, subject_id)) into answer;
    elsif type = 'exposure' then
      select exists (select from exposure
        where id = evidence_id and place_within(exposure.place_id, subject_id)) into answer;
    elsif type = 'case' then
      select exists (select from case_file join person on person.id = case_file.person_id
          where case_file.id = evidence_id and classification <> 'not_a_case'
            and place_within(person.place_id, subject_id))
        or exists (select from case_file join stay on stay.person_id = case_file.person_id
          where case_file.id = evidence_id and classification <> 'not_a_case'
            and place_within(stay.place_id, subject_id)) into answer;
    elsif type = 'result' then
      select exists (select from result join sample on sample.pool_id = result.pool_id
          join person on person.id = sample.person_id
        where result.id = evidence_id and result.current and result.outcome in ('positive', 'inconclusive') and sample.withdrawn_at is null
          and place_within(person.place_id, subject_id)) into answer;
    end if;
  end if;
  perform set_config('levee.scope', coalesce(asking, ''), true);
  return answer;
end $$;
revoke all on function evidence_concerns(text, uuid, text, uuid) from public;
grant execute on function evidence_concerns(text, uuid, text, uuid) to levee_app;

create function measure_guard() returns trigger
  language plpgsql as $$
declare
  item jsonb;
  longest integer;
begin
  for item in select * from jsonb_array_elements(new.ground) loop
    if not evidence_concerns(item ->> 'type', (item ->> 'id')::uuid, new.subject_type, new.subject_id) then
      raise exception 'measure without ground: % % does not concern this %', item ->> 'type', item ->> 'id', new.subject_type
        using errcode = 'check_violation', constraint = 'measure_ground';
    end if;
  end loop;

  select hours into longest from measure_limit where pack_id = new.pack_id and kind = new.kind;
  if longest is null or new.ends_at > new.starts_at + make_interval(hours => longest) then
    raise exception 'measure without a lawful end: % allows % h', new.pack_id, coalesce(longest, 0)
      using errcode = 'check_violation', constraint = 'measure_limit';
  end if;

  -- R6: a second limit of the same kind on the same subject rests on something new, whatever it is called.
  if exists (select from measure as earlier
              where earlier.subject_id = new.subject_id and earlier.kind = new.kind
                and earlier.level is not distinct from new.level
                and (earlier.approved_at is not null or earlier.emergency))
     and not exists (select from jsonb_array_elements(new.ground) as fresh
              where not exists (select from measure as earlier, jsonb_array_elements(earlier.ground) as used
                     where earlier.subject_id = new.subject_id and earlier.kind = new.kind
                       and earlier.level is not distinct from new.level
                       and (earlier.approved_at is not null or earlier.emergency)
                       and used ->> 'id' = fresh ->> 'id'))
  then
    raise exception 'measure without new evidence'
      using errcode = 'check_violation', constraint = 'measure_new_evidence';
  end if;

  if new.approved_at is not null or new.closed_at is not null then
    raise exception 'a measure is drafted before it is decided'
      using errcode = 'check_violation', constraint = 'measure_two_acts';
  end if;
  return new;
end $$;
create trigger measure_guard before insert on measure for each row execute function measure_guard();

-- What was decided stays decided; who approves is a commander of the area.
create function measure_decided_once() returns trigger
  language plpgsql as $$
begin
  if old.approved_at is not null
     and (new.approved_at, new.approver_id, new.notice) is distinct from (old.approved_at, old.approver_id, old.notice) then
    raise exception 'an approved measure is not rewritten' using errcode = 'check_violation', constraint = 'measure_decided';
  end if;
  if old.closed_at is not null and (new.closed_at, new.approved_at) is distinct from (old.closed_at, old.approved_at) then
    raise exception 'a closed measure stays closed' using errcode = 'check_violation', constraint = 'measure_decided';
  end if;
  if old.approved_at is null and new.approved_at is not null and not exists (
    select from account where id = new.approver_id and role = 'commander' and disabled_at is null
       and starts_with(new.division, account.division)) then
    raise exception 'approver has no power here' using errcode = 'check_violation', constraint = 'measure_power';
  end if;
  return new;
end $$;
create trigger measure_decided_once before update on measure for each row execute function measure_decided_once();

create function appeal_independent() returns trigger
  language plpgsql as $$
begin
  if exists (select from measure where id = new.measure_id
              and (new.decider_id in (author_id, approver_id) or new.confirmed_by_id in (author_id, approver_id))) then
    raise exception 'author and approver do not judge their own measure'
      using errcode = 'check_violation', constraint = 'appeal_independent';
  end if;
  if tg_op = 'UPDATE' and old.decided_at is not null then
    raise exception 'a decided appeal stays decided' using errcode = 'check_violation', constraint = 'appeal_decided';
  end if;
  return new;
end $$;
create trigger appeal_independent before insert or update on appeal for each row execute function appeal_independent();

do $$
declare name text;
begin
  foreach name in array array['measure', 'appeal', 'measure_review', 'measure_refusal', 'measure_alarm'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy scope on %I using (in_scope(division)) with check (in_scope(division))', name);
    execute format('grant select, insert on %I to levee_app', name);
  end loop;
end $$;
grant select on measure_limit to levee_app;
-- Start, end, ground, subject, author: no grant to change them exists.
grant update (approver_id, approver_name, approved_at, close_kind, closed_at, closed_by_id, closed_by_name,
              close_reason, notice, version) on measure to levee_app;
grant update (acknowledged_at, acknowledged_by_id, acknowledged_by_name, confirmed_at, confirmed_by_id,
              confirmed_by_name, confirmed_reason, decided_at, decider_id, decider_name, outcome, reason)
  on appeal to levee_app;

comment on column measure.subject_id is 'purpose: isolation_care, outbreak_command; retention: episode';
comment on column measure.ground is 'purpose: oversight; retention: episode';
comment on column appeal.statement is 'purpose: oversight; retention: episode';
