-- What devices handed over and the server has not yet applied. The shortest write that is durable: one table, one key,
-- appended in order. Ids are made by the client; that one is not applied twice is decided when it is settled.
create table intake (
  position bigint generated always as identity primary key,
  id uuid not null,
  device_id uuid not null,
  device_order integer not null,
  division division_code not null,
  site_id uuid not null,
  kind text not null,
  -- As received; a person's values in it are sealed.
  body jsonb not null,
  at timestamptz not null,
  received_at timestamptz not null,
  -- The device's clock less the server's when it was sent.
  ahead_seconds integer not null,
  actor_id uuid not null
);

-- What became of each. The key is the client's id: a second sending finds it here.
create table intake_outcome (
  id uuid primary key,
  device_id uuid not null,
  device_order integer not null,
  division division_code not null,
  site_id uuid not null,
  kind text not null,
  state text not null check (state in ('applied', 'quarantined', 'resolved')),
  at timestamptz not null,
  received_at timestamptz not null,
  settled_at timestamptz not null,
  ahead_seconds integer not null,
  actor_id uuid not null,
  -- SHA-256 of the body: the same id with another content is not the same command.
  body_hash bytea not null,
  -- Kept where it could not be applied, so that nothing is lost.
  body jsonb,
  problem jsonb,
  next_step jsonb,
  check ((state = 'applied') = (problem is null))
);
create index intake_outcome_device on intake_outcome (device_id, settled_at);
create index intake_outcome_open on intake_outcome (division, settled_at) where state = 'quarantined';

do $$
declare name text;
begin
  foreach name in array array['intake', 'intake_outcome'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy scope on %I using (in_scope(division)) with check (in_scope(division))', name);
  end loop;
end $$;
grant select, insert, delete on intake to levee_app;
-- A lock for the settler is taken with `for update`, which asks for the right to update one column.
grant update (ahead_seconds) on intake to levee_app;
grant select, insert, update on intake_outcome to levee_app;

-- One round trip, one transaction: the scope is set first, so that the policy judges every row by it.
create function intake_append(
  scope text, ids uuid[], devices uuid[], orders integer[], divisions text[], sites uuid[], kinds text[],
  bodies text[], ats timestamptz[], received timestamptz, aheads integer[], actors uuid[]
) returns void language plpgsql as $$
begin
  perform set_config('levee.scope', scope, true);
  insert into intake (id, device_id, device_order, division, site_id, kind, body, at, received_at, ahead_seconds, actor_id)
  select id, device, device_order, division, site, kind, body::jsonb, at, received, ahead, actor
    from unnest(ids, devices, orders, divisions, sites, kinds, bodies, ats, aheads, actors)
      as row (id, device, device_order, division, site, kind, body, at, ahead, actor);
end $$;
grant execute on function intake_append to levee_app;

-- Emptied as fast as it fills: dead rows must not pile up under the settler's feet.
alter table intake set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 20000);

comment on column intake.body is 'purpose: testing; retention: until settled';
comment on column intake_outcome.body is 'purpose: testing; retention: episode';
