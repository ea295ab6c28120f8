-- What proves that a task was done, as it was photographed or signed. Append-only, small, in the database so that a
-- backup holds it and row security covers it.
create table task_file (
  id uuid primary key,
  task_id uuid not null references task,
  division division_code not null,
  name text not null,
  media_type text not null check (media_type in ('image/jpeg', 'image/png', 'image/webp', 'application/pdf')),
  bytes bytea not null check (octet_length(bytes) between 1 and 5242880),
  sha256 text not null,
  added_at timestamptz not null,
  added_by uuid not null,
  added_by_name text not null
);
create index task_file_task on task_file (task_id, added_at);
alter table task_file enable row level security;
alter table task_file force row level security;
create policy scope on task_file using (in_scope(division)) with check (in_scope(division));
comment on column task_file.bytes is 'purpose: evidence of a duty done; retention: task';

-- Outlines an authority loaded of its own areas; where there is one, it stands instead of the shipped map.
create table area_outline (
  division division_code primary key,
  name_zh text not null,
  name_en text not null,
  label_lon double precision not null check (label_lon between -180 and 180),
  label_lat double precision not null check (label_lat between -90 and 90),
  -- GeoJSON Polygon or MultiPolygon, WGS-84 degrees, whatever the file came in.
  geometry jsonb not null,
  source text not null,
  datum text not null check (datum in ('wgs84', 'gcj02')),
  imported_at timestamptz not null
);
alter table area_outline enable row level security;
alter table area_outline force row level security;
create policy seen on area_outline for select using (in_scope(division) or above_scope(division));
create policy scope on area_outline using (in_scope(division)) with check (in_scope(division));

-- Who looks after a place of the tree (D2). A place without one is a gap and is shown as one.
create table place_steward (
  place_id uuid primary key references place,
  division division_code not null,
  account_id uuid not null references account,
  name text not null,
  since timestamptz not null
);
create index place_steward_account on place_steward (account_id);
create index place_steward_division on place_steward (division);
alter table place_steward enable row level security;
alter table place_steward force row level security;
create policy scope on place_steward using (in_scope(division)) with check (in_scope(division));
comment on column place_steward.name is 'purpose: who answers for a place; retention: while the post is held';

grant select, insert on task_file to levee_app;
grant select, insert, update, delete on area_outline, place_steward to levee_app;
