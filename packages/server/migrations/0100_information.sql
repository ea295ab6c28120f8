-- Bulletins, and the public store: separate tables with listed columns only, written when something is published.

create table bulletin (
  id uuid primary key,
  incident_id uuid not null,
  division division_code not null,
  issue integer,
  changed_at timestamptz not null,
  withdrawn_at timestamptz,
  withdrawn_by uuid,
  withdrawn_by_name text,
  withdrawn_reason_zh text,
  withdrawn_reason_en text,
  version integer not null default 1,
  unique (division, issue)
);
create index bulletin_changed on bulletin (changed_at);
alter table bulletin enable row level security;
alter table bulletin force row level security;
create policy scope on bulletin using (in_scope(division)) with check (in_scope(division));

create table bulletin_edition (
  bulletin_id uuid not null references bulletin,
  number integer not null,
  division division_code not null,
  state text not null check (state in ('draft', 'checked', 'published', 'corrected', 'withdrawn')),
  title_zh text not null,
  title_en text not null,
  body_zh text not null,
  body_en text not null,
  title_bo text,
  body_bo text,
  writer_bo text,
  figures jsonb not null,
  locked_at timestamptz not null,
  author_id uuid not null,
  author_name text not null,
  checker_id uuid,
  checker_name text,
  checked_at timestamptz,
  findings jsonb not null default '[]',
  approver_id uuid,
  approver_name text,
  published_at timestamptz,
  correction jsonb,
  sent_back_by uuid,
  sent_back_by_name text,
  sent_back_at timestamptz,
  sent_back_reason text,
  primary key (bulletin_id, number),
  check (approver_id <> author_id),
  check (state in ('draft', 'checked') or (approver_id is not null and published_at is not null)),
  check (number = 1 or correction is not null),
  check ((body_bo is null) = (writer_bo is null) and (body_bo is null) = (title_bo is null))
);
-- One edition at a time is being worked on, and one is the word in force.
create unique index bulletin_edition_open on bulletin_edition (bulletin_id) where state in ('draft', 'checked');
create unique index bulletin_edition_current on bulletin_edition (bulletin_id) where state = 'published';
alter table bulletin_edition enable row level security;
alter table bulletin_edition force row level security;
create policy scope on bulletin_edition using (in_scope(division)) with check (in_scope(division));

-- The public store. Anybody reads it; only an act inside the area writes it. No column holds a person.
create table public_bulletin (
  bulletin_id uuid not null,
  edition integer not null,
  division division_code not null,
  state text not null check (state in ('published', 'corrected', 'withdrawn')),
  issue integer not null,
  issuing_body_zh text not null,
  issuing_body_en text not null,
  title_zh text not null,
  title_en text not null,
  body_zh text not null,
  body_en text not null,
  title_bo text,
  body_bo text,
  writer_bo text,
  locked_at timestamptz not null,
  published_at timestamptz not null,
  what_zh text,
  what_en text,
  why_zh text,
  why_en text,
  withdrawn_at timestamptz,
  withdrawn_reason_zh text,
  withdrawn_reason_en text,
  primary key (bulletin_id, edition)
);
create index public_bulletin_published on public_bulletin (published_at) where state = 'published';
alter table public_bulletin enable row level security;
alter table public_bulletin force row level security;
create policy everybody on public_bulletin for select using (true);
create policy scope on public_bulletin using (in_scope(division)) with check (in_scope(division));

create table public_figure (
  bulletin_id uuid not null,
  edition integer not null,
  division division_code not null,
  position integer not null,
  name text not null,
  title_zh text not null,
  title_en text not null,
  -- Null: the whole area of the bulletin; otherwise one county of it.
  area_code text,
  area_zh text,
  area_en text,
  value bigint,
  as_of timestamptz not null,
  source_zh text not null,
  source_en text not null,
  primary key (bulletin_id, edition, position)
);
alter table public_figure enable row level security;
alter table public_figure force row level security;
create policy everybody on public_figure for select using (true);
create policy scope on public_figure using (in_scope(division)) with check (in_scope(division));

create table public_area_status (
  id uuid primary key,
  division division_code not null,
  county_zh text not null,
  county_en text not null,
  name_zh text not null,
  name_en text not null,
  level text not null check (level in ('high', 'medium', 'low')),
  since timestamptz not null,
  until timestamptz not null,
  allowed_zh text not null,
  allowed_en text not null,
  updated_at timestamptz not null
);
alter table public_area_status enable row level security;
alter table public_area_status force row level security;
create policy everybody on public_area_status for select using (true);
create policy scope on public_area_status using (in_scope(division)) with check (in_scope(division));

-- How often a bulletin's page was opened on a day: a number, no cookie, no address.
create table public_view_count (
  bulletin_id uuid not null,
  day date not null,
  views bigint not null,
  primary key (bulletin_id, day)
);
alter table public_view_count enable row level security;
alter table public_view_count force row level security;
create policy everybody on public_view_count using (true) with check (true);

grant select, insert, update on bulletin, bulletin_edition, public_bulletin, public_view_count to levee_app;
grant select, insert on public_figure to levee_app;
grant select, insert, delete on public_area_status to levee_app;
