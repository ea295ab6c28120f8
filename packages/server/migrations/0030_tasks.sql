-- Every duty of a person on shift. The ladder's people are written down when the task is opened, so that who must
-- answer now is a test of time and needs no job that runs.
create table task (
  id uuid primary key,
  -- The same duty asked for twice opens once.
  key text unique,
  kind text not null,
  title_zh text not null,
  title_en text not null,
  division division_code not null,
  role text,
  owner_id uuid references account,
  owner_name text,
  deputy_id uuid references account,
  deputy_name text,
  headquarters_id uuid references account,
  headquarters_name text,
  upper_id uuid references account,
  upper_name text,
  opened_at timestamptz not null,
  opened_by uuid not null,
  due_at timestamptz not null,
  state text not null default 'open' check (state in ('open', 'accepted', 'done', 'cancelled')),
  accepted_at timestamptz,
  closed_at timestamptz,
  evidence_wanted_zh text,
  evidence_wanted_en text,
  evidence jsonb,
  source_type text not null,
  source_id uuid not null,
  incident_id uuid,
  parent_id uuid references task,
  -- The last step the sweep wrote down; never what decides.
  escalation_step integer not null default 0,
  version integer not null default 1,
  check ((state in ('done', 'cancelled')) = (closed_at is not null)),
  check (state <> 'done' or evidence is not null)
);
create index task_open on task (due_at) where state in ('open', 'accepted');
create index task_owner on task (owner_id, due_at) where state in ('open', 'accepted');
create index task_division on task (division, state);
create index task_source on task (source_id);
create index task_incident on task (incident_id) where incident_id is not null;
create index task_parent on task (parent_id) where parent_id is not null;
alter table task enable row level security;
alter table task force row level security;
create policy scope on task using (in_scope(division)) with check (in_scope(division));

-- What happened to a task, in the words of those who did it. Append-only.
create table task_entry (
  sequence bigint generated always as identity primary key,
  task_id uuid not null references task,
  division division_code not null,
  kind text not null check (kind in ('opened', 'accepted', 'reassigned', 'explained', 'climbed', 'done', 'cancelled')),
  at timestamptz not null,
  actor_id uuid,
  actor_name text,
  account_id uuid,
  account_name text,
  step integer,
  text text
);
create index task_entry_task on task_entry (task_id, sequence);
alter table task_entry enable row level security;
alter table task_entry force row level security;
create policy scope on task_entry using (in_scope(division)) with check (in_scope(division));

grant select, insert, update on task to levee_app;
grant select, insert on task_entry to levee_app;
