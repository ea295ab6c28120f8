-- A tube that cannot be found: one person says where they looked, another looks a second time; only then it is lost and its
-- people are asked back.
create table tube_loss (
  id uuid primary key,
  pool_id uuid not null references pool,
  division division_code not null,
  reason text not null,
  -- When it was last seen or missed.
  lost_at timestamptz not null,
  proposed_at timestamptz not null,
  proposed_by uuid not null,
  proposed_by_name text not null,
  decision text check (decision in ('confirmed', 'refused')),
  decided_at timestamptz,
  decided_by uuid,
  decided_by_name text,
  -- What the second look found.
  note text,
  check ((decision is null) = (decided_at is null) and (decision is null) = (decided_by is null)),
  check (decided_by is null or decided_by <> proposed_by)
);
create unique index tube_loss_open on tube_loss (pool_id) where decision is null;
create index tube_loss_pool on tube_loss (pool_id, proposed_at);
alter table tube_loss enable row level security;
alter table tube_loss force row level security;
create policy scope on tube_loss using (in_scope(division)) with check (in_scope(division));
grant select, insert, update on tube_loss to levee_app;

-- Who drove off with the box.
alter table sample_box add column courier text check (length(courier) between 1 and 60);
comment on column sample_box.courier is 'purpose: custody of samples; retention: episode';
comment on column tube_loss.proposed_by_name is 'purpose: custody of samples; retention: episode';
comment on column tube_loss.decided_by_name is 'purpose: custody of samples; retention: episode';
