-- Sending the texts of the outbox: once each, within caps, budget and quiet hours, with what became of them.
alter table message_outbox
  add column state text not null default 'waiting' check (state in
    ('waiting', 'submitting', 'submitted', 'delivered', 'failed', 'unsure', 'expired', 'cancelled')),
  -- Why one that could go does not go yet; quiet hours hold all and are no property of one.
  add column waits_for text check (waits_for in ('number_cap', 'budget', 'gateway')),
  add column next_try_at timestamptz,
  add column tries integer not null default 0,
  -- Whose budget it was taken from; null where no response runs.
  add column incident_id uuid,
  -- Blind index of the number, for caps: the number itself stays sealed.
  add column number_index bytea,
  add column segments integer,
  add column claimed_at timestamptz,
  add column settled_at timestamptz,
  add column failure text;
drop index message_outbox_waiting;
create index message_outbox_waiting on message_outbox (composed_at) where state = 'waiting';
create index message_outbox_claimed on message_outbox (claimed_at) where state = 'submitting';
create index message_outbox_number on message_outbox (number_index, claimed_at) where number_index is not null;
create index message_outbox_shown on message_outbox (state, composed_at desc);

-- A long text goes in segments; the gateway numbers each and tells of each.
create table message_part (
  message_id uuid not null references message_outbox,
  part integer not null,
  division division_code not null,
  state text not null default 'waiting' check (state in ('waiting', 'submitting', 'accepted', 'delivered', 'failed', 'unsure')),
  provider_id text,
  error text,
  at timestamptz,
  primary key (message_id, part)
);
create unique index message_part_provider on message_part (provider_id) where provider_id is not null;

-- What the gateway told of a segment: it may come before the answer that names it, twice, or days late.
create table message_receipt (
  provider_id text primary key,
  division division_code not null,
  stat text not null,
  error text,
  at timestamptz not null
);

-- Numbers nothing is sent to any more: nobody there, or who lives there said stop.
create table message_number (
  number_index bytea primary key,
  division division_code not null,
  reason text not null check (reason in ('wrong_number', 'opted_out')),
  since timestamptz not null
);

-- Segments paid for and allowed, by incident; the row of zeros is for texts of no incident.
create table message_budget (
  incident_id uuid primary key,
  division division_code not null,
  used integer not null default 0,
  allowed integer,
  set_by uuid,
  set_by_name text,
  reason text,
  set_at timestamptz
);

do $$
declare name text;
begin
  foreach name in array array['message_part', 'message_receipt', 'message_number', 'message_budget'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy scope on %I using (in_scope(division)) with check (in_scope(division))', name);
    execute format('grant select, insert, update on %I to levee_app', name);
  end loop;
end $$;

comment on column message_outbox.number_index is 'purpose: testing; retention: 30 days';
comment on column message_number.number_index is 'purpose: testing; retention: until the number is given to somebody else';
