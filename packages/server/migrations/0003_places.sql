-- One tree of places: prefecture, county, township, community, grid, building, unit; venues and vehicles hang in it.
create table place (
  id uuid primary key,
  parent_id uuid references place,
  code division_code unique,
  level text not null check (level in
    ('prefecture', 'county', 'township', 'community', 'grid', 'building', 'unit', 'venue', 'vehicle')),
  -- What happens in it, never who goes there (R1).
  class text check (class in
    ('dwelling', 'school', 'work', 'market', 'catering', 'care', 'lodging', 'transport', 'gathering_indoor',
     'gathering_outdoor', 'checkpoint', 'test_site', 'isolation_site', 'laboratory', 'public_office')),
  division division_code not null,
  name_zh text not null,
  name_en text not null,
  -- Initials and full pinyin, for searching by keyboard.
  pinyin text not null default '',
  lon double precision,
  lat double precision,
  approximate boolean not null default true,
  indoors boolean not null default true,
  headcount integer not null default 0,
  check (code is null or code = division),
  check ((level in ('venue', 'vehicle')) = (code is null)),
  check (level not in ('venue', 'vehicle') or class is not null)
);
create index place_parent on place (parent_id);
create index place_division on place (division, level);
create extension if not exists pg_trgm;
create index place_name on place using gin (name_zh gin_trgm_ops, name_en gin_trgm_ops, pinyin gin_trgm_ops);
alter table place enable row level security;
alter table place force row level security;
create policy scope on place using (in_scope(division)) with check (in_scope(division));

grant select, insert, update on place to levee_app;
