-- Alarms about the room left on a disk: one row while it stands, so that it is raised once.
create table space_alarm (
  id uuid primary key,
  division division_code not null,
  host text not null,
  place text not null,
  severity text not null check (severity in ('warning', 'critical')),
  raised_at timestamptz not null,
  free_bytes bigint not null,
  total_bytes bigint not null,
  cleared_at timestamptz
);
create unique index space_alarm_standing on space_alarm (host, place, severity) where cleared_at is null;

alter table space_alarm enable row level security;
alter table space_alarm force row level security;
create policy scope on space_alarm using (in_scope(division)) with check (in_scope(division));
grant select, insert, update (cleared_at) on space_alarm to levee_app;
