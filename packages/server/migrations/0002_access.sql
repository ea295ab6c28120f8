-- Accounts and the record of who did what. Signing in (passwords, sessions, second factor) is better-auth's,
-- in a schema of its own; what an account may do and where is ours.

create schema auth;
grant usage on schema auth to levee_app;

create table auth."user" (
  id uuid primary key default gen_random_uuid(),
  name text not null,
  email text not null unique,
  "emailVerified" boolean not null,
  image text,
  "createdAt" timestamptz not null default current_timestamp,
  "updatedAt" timestamptz not null default current_timestamp,
  username text unique,
  "displayUsername" text,
  "twoFactorEnabled" boolean
);
create table auth.session (
  id uuid primary key default gen_random_uuid(),
  "expiresAt" timestamptz not null,
  token text not null unique,
  "createdAt" timestamptz not null default current_timestamp,
  "updatedAt" timestamptz not null,
  "ipAddress" text,
  "userAgent" text,
  "userId" uuid not null references auth."user" on delete cascade
);
create index session_by_user on auth.session ("userId");
create table auth.account (
  id uuid primary key default gen_random_uuid(),
  "accountId" text not null,
  "providerId" text not null,
  "userId" uuid not null references auth."user" on delete cascade,
  "accessToken" text,
  "refreshToken" text,
  "idToken" text,
  "accessTokenExpiresAt" timestamptz,
  "refreshTokenExpiresAt" timestamptz,
  scope text,
  password text,
  "createdAt" timestamptz not null default current_timestamp,
  "updatedAt" timestamptz not null
);
create index account_by_user on auth.account ("userId");
create table auth.verification (
  id uuid primary key default gen_random_uuid(),
  identifier text not null,
  value text not null,
  "expiresAt" timestamptz not null,
  "createdAt" timestamptz not null default current_timestamp,
  "updatedAt" timestamptz not null default current_timestamp
);
create index verification_identifier on auth.verification (identifier);
create table auth."twoFactor" (
  id uuid primary key default gen_random_uuid(),
  secret text not null,
  "backupCodes" text not null,
  "userId" uuid not null references auth."user" on delete cascade,
  verified boolean,
  "failedVerificationCount" integer,
  "lockedUntil" timestamptz
);
create index two_factor_secret on auth."twoFactor" (secret);
create index two_factor_user on auth."twoFactor" ("userId");

-- Failed attempts per account name, source address and altogether (T44). Keys are hashed: no list of names.
create table auth.sign_in_guard (
  key text primary key,
  failures integer not null,
  window_start timestamptz not null,
  locked_until timestamptz
);
grant select, insert, update, delete on all tables in schema auth to levee_app;

-- What an account may do (role) and where (division).
create table account (
  id uuid primary key,
  username text not null unique,
  name text not null,
  role text not null,
  division division_code not null,
  second_factor boolean not null default false,
  opened_at timestamptz not null,
  disabled_at timestamptz,
  last_seen_at timestamptz
);
create index account_division on account (division);
alter table account enable row level security;
alter table account force row level security;
create policy scope on account using (in_scope(division)) with check (in_scope(division));

-- One entry per write, per read of personal data and per refused attempt; ids only, never values. Append-only.
create table audit_entry (
  sequence bigint generated always as identity primary key,
  transaction xid8 not null default pg_current_xact_id(),
  at timestamptz not null,
  division division_code not null,
  actor_id uuid not null,
  actor_name text not null,
  role text not null,
  route text not null,
  purpose text,
  command_id uuid,
  outcome text not null,
  opened jsonb not null default '[]'
);
create index audit_entry_position on audit_entry (transaction, sequence);
create index audit_entry_actor on audit_entry (actor_id, sequence);
create index audit_entry_opened on audit_entry using gin (opened jsonb_path_ops);
alter table audit_entry enable row level security;
alter table audit_entry force row level security;
create policy scope on audit_entry using (in_scope(division)) with check (in_scope(division));

-- The hash chain over the entries, written after them in the order their transactions settled.
create table audit_link (
  ordinal bigint primary key,
  entry_sequence bigint not null unique,
  hash bytea not null
);

grant select, insert, update on account to levee_app;
grant select, insert on audit_entry, audit_link to levee_app;
