-- What somebody coming home told the public page of themselves: by the journey, never by who they are (R1). It is a
-- word until a grid worker has spoken with them: only then there is a returnee with test days.
create table returnee_declaration (
  id uuid primary key,
  -- Where they stay.
  place_id uuid not null references place,
  division division_code not null,
  identity_index bytea not null,
  -- Name, identity number, phone, journey: AES-GCM under the installation's key.
  values_sealed bytea not null,
  declared_at timestamptz not null,
  settled_at timestamptz,
  settled_by uuid,
  -- Null where it was set aside.
  returnee_id uuid references returnee,
  set_aside_reason text,
  check ((settled_at is null) = (settled_by is null)),
  check (settled_at is null or (returnee_id is null) <> (set_aside_reason is null))
);
create index returnee_declaration_waiting on returnee_declaration (division, declared_at) where settled_at is null;
create index returnee_declaration_person on returnee_declaration (identity_index) where settled_at is null;
alter table returnee_declaration enable row level security;
alter table returnee_declaration force row level security;
create policy scope on returnee_declaration using (in_scope(division)) with check (in_scope(division));

-- How often a source sent a public form: hashed addresses, counted an hour, in the database so that no restart forgets.
create table form_guard (
  key text primary key,
  window_start timestamptz not null,
  sent integer not null
);
alter table form_guard enable row level security;
alter table form_guard force row level security;
-- Holds no area and no person: only a hash of an address and a count.
create policy everybody on form_guard using (true) with check (true);

grant select, insert, update on returnee_declaration to levee_app;
grant select, insert, update, delete on form_guard to levee_app;

comment on column returnee_declaration.identity_index is 'purpose: testing; retention: episode';
comment on column returnee_declaration.values_sealed is 'purpose: testing, contact_tracing; retention: episode';
