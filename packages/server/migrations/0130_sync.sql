-- Phones and tablets that work for a sampling site, and the lists they took with them.
create table field_device (
  id uuid primary key,
  name text not null check (length(name) between 1 and 40),
  site_id uuid not null references place,
  division division_code not null,
  holder_id uuid not null references account,
  holder_name text not null,
  registered_at timestamptz not null,
  last_seen_at timestamptz,
  unsent integer check (unsent >= 0),
  revoked_at timestamptz,
  revoked_by uuid references account,
  revoked_reason text,
  check ((revoked_at is null) = (revoked_reason is null))
);
create index field_device_site on field_device (site_id, registered_at);

-- Who was in it is kept, so that its pages are the same whenever they are asked for, and so that it can be said later
-- whose data a lost phone held.
create table work_bundle (
  id uuid primary key,
  device_id uuid not null references field_device,
  site_id uuid not null references place,
  division division_code not null,
  person_ids uuid[] not null,
  key_sealed bytea not null,
  taken_at timestamptz not null,
  taken_by uuid not null references account,
  expires_at timestamptz not null
);
create index work_bundle_device on work_bundle (device_id, taken_at);

do $$
declare name text;
begin
  foreach name in array array['field_device', 'work_bundle'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy scope on %I using (in_scope(division)) with check (in_scope(division))', name);
  end loop;
end $$;
grant select, insert, update on field_device to levee_app;
grant select, insert on work_bundle to levee_app;

comment on column field_device.holder_name is 'purpose: who answers for a device; retention: while it is registered';
comment on column work_bundle.person_ids is 'purpose: accountability for a lost device; retention: episode';
comment on column work_bundle.key_sealed is 'purpose: finding a scanned card without a network; retention: until expires_at';
