-- The laboratory's work (boxes, runs, assays) and what other systems send (messages, quarantine, links).

-- A tube that was looked for and not found. Found after all and received, it is received.
alter table pool add column lost_at timestamptz;
alter table pool add column lost_reason text;
alter table pool alter column state set expression as (
  case when resulted_at is not null then 'resulted'
       when rejected_at is not null then 'rejected'
       when received_at is not null then 'received'
       when lost_at is not null then 'lost'
       when sent_at is not null then 'sent'
       when closed_at is not null then 'closed'
       else 'open' end);

-- Kits and their cut-offs: reference data, the same for everybody.
create table assay (
  code text primary key check (code ~ '^[A-Z0-9-]{2,24}$'),
  name_zh text not null,
  name_en text not null,
  -- [{ name, cutoffCt, aliases }]
  targets jsonb not null,
  positive_targets integer not null check (positive_targets >= 1),
  internal_controls text[] not null,
  source_zh text not null,
  source_en text not null
);
grant select on assay to levee_app;
insert into assay values (
  'SARS2-NAAT', '新冠病毒核酸检测（ORF1ab、N双靶标）', 'SARS-CoV-2 nucleic acid, ORF1ab and N',
  '[{"name": "ORF1ab", "cutoffCt": 40, "aliases": ["94644-2", "94511-3", "ORF1AB", "ORF1A/B", "ORF1"]},
    {"name": "N", "cutoffCt": 40, "aliases": ["94510-5", "94312-6", "N", "N基因", "NGENE"]}]',
  2, '{IC,RNASEP,RP,内标}',
  '试剂说明书判读线 Ct≤40；以实验室所用试剂为准', 'Cut-off of the kit''s instructions, Ct ≤ 40; the kit in use decides'
);

create table sample_box (
  id uuid primary key,
  code text not null unique check (code ~ '^[0-9A-Z-]{4,32}$'),
  from_id uuid not null references place,
  lab_id uuid not null references place,
  division division_code not null,
  packed_at timestamptz not null,
  packed_by uuid not null,
  packed_by_name text not null,
  sent_at timestamptz,
  received_at timestamptz,
  received_by uuid
);
create index sample_box_lab on sample_box (lab_id, packed_at);

-- packed and not arrived: missing; arrived and not packed: extra.
create table sample_box_tube (
  box_id uuid not null references sample_box,
  tube_code text not null,
  pool_id uuid references pool,
  division division_code not null,
  packed boolean not null,
  arrived_at timestamptz,
  primary key (box_id, tube_code)
);
create index sample_box_tube_pool on sample_box_tube (pool_id);

create table lab_run (
  id uuid primary key,
  lab_id uuid not null references place,
  division division_code not null,
  assay text not null references assay,
  plate_code text not null,
  started_at timestamptz not null,
  opened_by uuid not null,
  opened_by_name text not null,
  read_at timestamptz,
  state text not null default 'open' check (state in ('open', 'reported', 'invalid')),
  invalid_reason text,
  check ((state = 'invalid') = (invalid_reason is not null))
);
create index lab_run_lab on lab_run (lab_id, started_at);

create table lab_run_well (
  run_id uuid not null references lab_run,
  well text not null check (well ~ '^[A-H]([1-9]|1[0-2])$'),
  division division_code not null,
  kind text not null check (kind in ('tube', 'positive_control', 'negative_control')),
  pool_id uuid references pool,
  targets jsonb,
  outcome text check (outcome in ('negative', 'positive', 'inconclusive', 'invalid')),
  decision text check (decision in ('reported', 'recheck', 'refused')),
  problem jsonb,
  primary key (run_id, well),
  check ((kind = 'tube') = (pool_id is not null))
);
create unique index lab_run_well_once on lab_run_well (run_id, pool_id) where pool_id is not null;
create index lab_run_well_pool on lab_run_well (pool_id);

-- How one laboratory's system speaks to this one: as which account, from where, with which token.
create table lab_link (
  id uuid primary key,
  name text not null,
  lab_id uuid not null references place,
  account_id uuid not null,
  division division_code not null,
  sending_facility text not null,
  source_addresses text[] not null,
  token_hash bytea,
  token_made_at timestamptz,
  opened_at timestamptz not null,
  closed_at timestamptz
);
create unique index lab_link_facility on lab_link (sending_facility) where closed_at is null;
create unique index lab_link_token on lab_link (token_hash) where token_hash is not null;

-- Every message as it came, sealed, with what became of it and what was answered.
create table lab_message (
  id uuid primary key,
  -- The link, or the account of a person who sent it.
  sender_id uuid not null,
  lab_id uuid references place,
  division division_code not null,
  protocol text not null check (protocol in ('hl7', 'fhir', 'csv')),
  control_id text,
  -- False: the control id had been used for another content.
  first boolean not null,
  content_hash bytea not null,
  raw bytea not null,
  bytes integer not null,
  charset text,
  source text not null,
  received_at timestamptz not null,
  outcome text not null,
  answer text,
  answer_status integer,
  problem jsonb,
  result_count integer not null default 0,
  applied_count integer not null default 0
);
create unique index lab_message_control on lab_message (sender_id, control_id) where first and control_id is not null;
create index lab_message_received on lab_message (division, received_at);

-- Results that could not be applied: kept until somebody, or the tube's receipt, settles them.
create table lab_quarantine (
  id uuid primary key,
  message_id uuid not null references lab_message,
  sender_id uuid not null,
  lab_id uuid not null references place,
  division division_code not null,
  position integer not null,
  tube_code text,
  code text not null,
  finding jsonb not null,
  problem jsonb not null,
  next_step jsonb not null,
  state text not null default 'open' check (state in ('open', 'applied', 'set_aside')),
  at timestamptz not null,
  actor_id uuid not null,
  settled_at timestamptz,
  settled_by uuid,
  settled_by_name text,
  reason text,
  unique (message_id, position)
);
create index lab_quarantine_open on lab_quarantine (division, at) where state = 'open';
create index lab_quarantine_tube on lab_quarantine (tube_code) where state = 'open';

do $$
declare name text;
begin
  foreach name in array array['sample_box', 'sample_box_tube', 'lab_run', 'lab_run_well', 'lab_link', 'lab_message', 'lab_quarantine'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy scope on %I using (in_scope(division)) with check (in_scope(division))', name);
    execute format('grant select, insert, update on %I to levee_app', name);
  end loop;
end $$;
-- A raw message is evidence: only what became of it is written later.
revoke update on lab_message from levee_app;
grant update (outcome, answer, answer_status, problem, result_count, applied_count, charset) on lab_message to levee_app;

comment on column lab_message.raw is 'purpose: testing, accountability; retention: episode';
comment on column lab_message.answer is 'purpose: accountability; retention: episode';
comment on column lab_quarantine.finding is 'purpose: testing; retention: episode';
comment on column lab_quarantine.tube_code is 'purpose: testing; retention: episode';
comment on column lab_run_well.targets is 'purpose: testing; retention: episode';
comment on column lab_run_well.outcome is 'purpose: testing; retention: episode';
comment on column lab_run_well.pool_id is 'purpose: testing; retention: episode';
