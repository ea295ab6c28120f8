-- What the closed loop needs beyond the order: home isolation, a change of class, beds, samples of goods and surroundings.

alter table isolation_room add column beds integer not null default 1 check (beds between 1 and 4);

-- Whoever isolates at home is settled in without a room.
alter table isolation_order drop constraint isolation_order_check;
alter table isolation_order
  -- A changed class, last exposure or condition makes a new revision: its phases are drafted and approved anew.
  add column revision integer not null default 1,
  -- Grounds for home instead of centralised isolation (protocol pack, homeInsteadOfCentralised).
  add column conditions text[] not null default '{}',
  add column withdrawn_at timestamptz,
  add column withdrawn_reason text,
  -- Named instead of left out: why phases could not be drafted.
  add column undrafted_reason text,
  add check ((withdrawn_at is null) = (withdrawn_reason is null)),
  add check (released_at is null or admitted_at is not null);
create index isolation_order_contact on isolation_order (contact_id);

alter table isolation_phase drop constraint isolation_phase_pkey;
alter table isolation_phase
  add column revision integer not null default 1,
  add primary key (order_id, revision, ordinal);

-- Goods and surroundings of the room, sampled together with the person before leaving (人、物、环境同采).
create table site_sample (
  id uuid primary key,
  order_id uuid not null references isolation_order,
  division division_code not null,
  kind text not null check (kind in ('environment', 'goods')),
  sampled_at timestamptz not null,
  result text not null check (result in ('negative', 'positive')),
  reported_at timestamptz not null,
  by_id uuid not null,
  by_name text not null
);
create index site_sample_order on site_sample (order_id, sampled_at);

-- Who has a bed at `at`: admitted, not gone, and the order to be there still holds. A test of time, like the measure.
create function occupies_bed(subject isolation_order, at timestamptz) returns boolean
  language sql stable parallel safe
  return subject.room_id is not null and subject.admitted_at <= at
     and coalesce(subject.released_at > at, true) and coalesce(subject.withdrawn_at > at, true)
     and exists (
       select from isolation_phase as phase join measure on measure.id = phase.measure_id
        where phase.order_id = subject.id and measure.kind = 'centralised_isolation'
          and measure.approved_at is not null and measure.ends_at > at and coalesce(measure.closed_at > at, true));

-- A room never holds more people than beds, whoever writes: admissions to one room follow each other.
create function isolation_room_guard() returns trigger
  language plpgsql as $$
declare
  room_beds integer;
  taken integer;
begin
  if new.room_id is null or (new.room_id is not distinct from old.room_id and new.admitted_at is not distinct from old.admitted_at) then
    return new;
  end if;
  select beds into room_beds from isolation_room where id = new.room_id for update;
  select count(*) into taken from isolation_order as other
   where other.room_id = new.room_id and other.id <> new.id and occupies_bed(other, new.admitted_at);
  if taken >= room_beds then
    raise exception 'room is full' using errcode = 'check_violation', constraint = 'isolation_room_full';
  end if;
  return new;
end $$;
create trigger isolation_room_guard before update of room_id, admitted_at on isolation_order
  for each row execute function isolation_room_guard();

alter table site_sample enable row level security;
alter table site_sample force row level security;
create policy scope on site_sample using (in_scope(division)) with check (in_scope(division));
grant select, insert on site_sample to levee_app;
-- `select … for update` needs it; nothing of a room changes but its beds.
grant update (beds) on isolation_room to levee_app;
grant update (class, pack_id, schedule, conditions, revision, withdrawn_at, withdrawn_reason, undrafted_reason)
  on isolation_order to levee_app;

comment on column isolation_order.conditions is 'purpose: isolation_care; retention: episode';
comment on column site_sample.result is 'purpose: isolation_care; retention: episode';
