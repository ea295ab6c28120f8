-- Days on which a county had more positives or cases than chance explains: found once, told once, with what it rests on.
create table aberration (
  id uuid not null unique,
  division division_code not null,
  day date not null,
  series text not null check (series in ('positives', 'cases')),
  method text not null,
  observed integer not null,
  expected numeric not null,
  upper numeric not null,
  found_at timestamptz not null,
  primary key (division, day, series)
);
alter table aberration enable row level security;
alter table aberration force row level security;
create policy scope on aberration using (in_scope(division)) with check (in_scope(division));
grant select, insert on aberration to levee_app;

alter table signal drop constraint signal_kind_check;
alter table signal add constraint signal_kind_check check (kind in ('screening_positive', 'manual', 'aberration'));
-- Counts and days only, no person: series, day, method, observed, expected, upper.
alter table signal add column evidence jsonb;
alter table signal add constraint signal_evidence check ((kind = 'aberration') = (evidence is not null));
-- Once for a place and a day, whatever series said so first.
create unique index signal_aberration on signal (division, (evidence ->> 'day')) where kind = 'aberration';
