-- A message that was not read or was refused, tried again after a repair: when, by whom and why; its answer then stays as told.
alter table lab_message
  add column rerun_at timestamptz,
  add column rerun_by uuid,
  add column rerun_by_name text,
  add column rerun_reason text;
grant update (lab_id, rerun_at, rerun_by, rerun_by_name, rerun_reason) on lab_message to levee_app;
