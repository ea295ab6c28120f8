-- Sheets of tube labels printed for a site. The codes themselves are drawn from the batch by the installation's key and kept
-- nowhere; a phone that carries them knows its own tubes from a foreign one without a network.
create table label_batch (
  id uuid primary key,
  site_id uuid not null references place,
  division division_code not null,
  capacity smallint not null check (capacity in (1, 5, 10, 20)),
  count integer not null check (count between 1 and 400),
  printed_at timestamptz not null,
  printed_by uuid not null
);
create index label_batch_site on label_batch (site_id, printed_at);
alter table label_batch enable row level security;
alter table label_batch force row level security;
create policy scope on label_batch using (in_scope(division)) with check (in_scope(division));
grant select, insert, update on label_batch to levee_app;

-- A code may be given on a slip at the swab, before there is a result, and again by text when there is one.
alter table result_token drop constraint result_token_sample_id_key;
alter table result_token add column given text not null default 'text' check (given in ('text', 'slip'));
create unique index result_token_text on result_token (sample_id) where given = 'text';
create index result_token_sample on result_token (sample_id);
