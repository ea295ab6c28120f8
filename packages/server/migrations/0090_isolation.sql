-- Orders made of contacts. An order restricts nobody: each of its phases is a measure of the ledger.
create table isolation_room (
  id uuid primary key,
  facility_id uuid not null references place,
  division division_code not null,
  name text not null,
  unique (facility_id, name)
);

create table isolation_order (
  id uuid primary key,
  -- One order per accepted contact, however often the news comes.
  contact_id uuid not null unique,
  person_id uuid not null,
  case_id uuid,
  incident_id uuid,
  division division_code not null,
  pack_id text not null,
  class text not null,
  -- As computed when it was drafted: phases, test days, late placement, source.
  schedule jsonb not null,
  drafted_at timestamptz not null,
  -- When the contact was determined: the clocks of the loop start here.
  found_at timestamptz not null,
  notified_at timestamptz,
  notified_by text,
  notified_channel text,
  transferred_at timestamptz,
  transferred_by text,
  admitted_at timestamptz,
  admitted_by text,
  room_id uuid references isolation_room,
  released_at timestamptz,
  released_by text,
  version integer not null default 1,
  check (admitted_at is null or room_id is not null)
);
create index isolation_order_person on isolation_order (person_id);
create index isolation_order_division on isolation_order (division, drafted_at);
create index isolation_order_incident on isolation_order (incident_id) where incident_id is not null;
create index isolation_order_room on isolation_order (room_id) where released_at is null;

create table isolation_phase (
  order_id uuid not null references isolation_order,
  ordinal integer not null,
  measure_id uuid not null unique references measure,
  division division_code not null,
  primary key (order_id, ordinal)
);

create table follow_up (
  id uuid primary key,
  order_id uuid not null references isolation_order,
  division division_code not null,
  day date not null,
  at timestamptz not null,
  temperature numeric(3, 1) check (temperature between 30 and 45),
  symptoms text[] not null default '{}',
  note text,
  by_id uuid not null,
  by_name text not null
);
create index follow_up_order on follow_up (order_id, at);

do $$
declare name text;
begin
  foreach name in array array['isolation_room', 'isolation_order', 'isolation_phase', 'follow_up'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy scope on %I using (in_scope(division)) with check (in_scope(division))', name);
    execute format('grant select, insert on %I to levee_app', name);
  end loop;
end $$;
grant update (notified_at, notified_by, notified_channel, transferred_at, transferred_by, admitted_at, admitted_by,
              room_id, released_at, released_by, version) on isolation_order to levee_app;

comment on column isolation_order.person_id is 'purpose: isolation_care; retention: episode';
comment on column follow_up.temperature is 'purpose: isolation_care; retention: episode';
comment on column follow_up.symptoms is 'purpose: isolation_care; retention: episode';
