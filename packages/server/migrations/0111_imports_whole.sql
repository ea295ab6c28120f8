-- What a job needs to go on where it stopped, and what an import shows without counting its rows.
alter table job add column cursor jsonb;
alter table job add column purpose text;
comment on column job.cursor is 'Where the next step begins, in the words of its kind; null at the start.';
comment on column job.purpose is 'The purpose named by who ordered it: the steps read personal data for this and nothing else.';

-- Written by the steps, in their transactions: a screen that watches an import reads one row.
alter table case_import add column counts jsonb not null default '{}';
alter table case_import add column fault_counts jsonb not null default '[]';
-- The list was made by this import and goes with it when it is undone and nothing is left in it.
alter table case_import add column made_list boolean not null default false;
grant delete on line_list to levee_app;

comment on column import_row.cells is
  'purpose: case_investigation; retention: investigation. As the file has them, identity numbers and phones sealed, never a cell of a dropped column (R1). Removed when the import is cancelled.';
comment on column import_row.value is
  'purpose: case_investigation; retention: investigation. What the dry run read, or null.';
comment on column case_import.cases_file is 'purpose: case_investigation; retention: investigation. Columns with a few samples.';
comment on column case_import.contacts_file is 'purpose: case_investigation; retention: investigation. Columns with a few samples.';
