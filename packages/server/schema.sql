-- domains and functions
CREATE OR REPLACE FUNCTION public.in_scope(division text)
 RETURNS boolean
 LANGUAGE sql
 STABLE PARALLEL SAFE
RETURN (((division COLLATE "C") >= levee_scope()) AND ((division COLLATE "C") < (levee_scope() || '~'::text)))
CREATE OR REPLACE FUNCTION public.levee_scope()
 RETURNS text
 LANGUAGE sql
 STABLE PARALLEL SAFE
RETURN (NULLIF(current_setting('levee.scope'::text, true), ''::text) COLLATE "C")
domain division_code text CHECK ((VALUE ~ '^\d{2}(\d{2}(\d{2}(\d{3}(\d{3}(-[A-Z]\d{1,3}){0,3})?)?)?)?$'::text))

-- columns
auth.account.accessToken text
auth.account.accessTokenExpiresAt timestamp with time zone
auth.account.accountId text not null
auth.account.createdAt timestamp with time zone not null default CURRENT_TIMESTAMP
auth.account.id uuid not null default gen_random_uuid()
auth.account.idToken text
auth.account.password text
auth.account.providerId text not null
auth.account.refreshToken text
auth.account.refreshTokenExpiresAt timestamp with time zone
auth.account.scope text
auth.account.updatedAt timestamp with time zone not null
auth.account.userId uuid not null
auth.session.createdAt timestamp with time zone not null default CURRENT_TIMESTAMP
auth.session.expiresAt timestamp with time zone not null
auth.session.id uuid not null default gen_random_uuid()
auth.session.ipAddress text
auth.session.token text not null
auth.session.updatedAt timestamp with time zone not null
auth.session.userAgent text
auth.session.userId uuid not null
auth.sign_in_guard.failures integer not null
auth.sign_in_guard.key text not null
auth.sign_in_guard.locked_until timestamp with time zone
auth.sign_in_guard.window_start timestamp with time zone not null
auth.twoFactor.backupCodes text not null
auth.twoFactor.failedVerificationCount integer
auth.twoFactor.id uuid not null default gen_random_uuid()
auth.twoFactor.lockedUntil timestamp with time zone
auth.twoFactor.secret text not null
auth.twoFactor.userId uuid not null
auth.twoFactor.verified boolean
auth.user.createdAt timestamp with time zone not null default CURRENT_TIMESTAMP
auth.user.displayUsername text
auth.user.email text not null
auth.user.emailVerified boolean not null
auth.user.id uuid not null default gen_random_uuid()
auth.user.image text
auth.user.name text not null
auth.user.twoFactorEnabled boolean
auth.user.updatedAt timestamp with time zone not null default CURRENT_TIMESTAMP
auth.user.username text
auth.verification.createdAt timestamp with time zone not null default CURRENT_TIMESTAMP
auth.verification.expiresAt timestamp with time zone not null
auth.verification.id uuid not null default gen_random_uuid()
auth.verification.identifier text not null
auth.verification.updatedAt timestamp with time zone not null default CURRENT_TIMESTAMP
auth.verification.value text not null
public.account.disabled_at timestamp with time zone
public.account.division division_code not null
public.account.id uuid not null
public.account.last_seen_at timestamp with time zone
public.account.name text not null
public.account.opened_at timestamp with time zone not null
public.account.role text not null
public.account.second_factor boolean not null default false
public.account.username text not null
public.audit_entry.actor_id uuid not null
public.audit_entry.actor_name text not null
public.audit_entry.at timestamp with time zone not null
public.audit_entry.command_id uuid
public.audit_entry.division division_code not null
public.audit_entry.opened jsonb not null default '[]'::jsonb
public.audit_entry.outcome text not null
public.audit_entry.purpose text
public.audit_entry.role text not null
public.audit_entry.route text not null
public.audit_entry.sequence bigint not null identity always
public.audit_entry.transaction xid8 not null default pg_current_xact_id()
public.audit_link.entry_sequence bigint not null
public.audit_link.hash bytea not null
public.audit_link.ordinal bigint not null
public.command.actor_id uuid not null
public.command.at timestamp with time zone not null
public.command.id uuid not null
public.command.request_hash text not null
public.command.response jsonb
public.command.route text not null
public.event.actor_id uuid
public.event.actor_name text
public.event.at timestamp with time zone not null
public.event.data jsonb not null default '{}'::jsonb
public.event.division division_code not null
public.event.incident_id uuid
public.event.kind text not null
public.event.sequence bigint not null identity always
public.event.subject_id uuid not null
public.event.subject_type text not null
public.event.transaction xid8 not null default pg_current_xact_id()
public.migration.applied_at timestamp with time zone not null default now()
public.migration.checksum text not null
public.migration.name text not null
public.place.approximate boolean not null default true
public.place.class text
public.place.code division_code
public.place.division division_code not null
public.place.headcount integer not null default 0
public.place.id uuid not null
public.place.indoors boolean not null default true
public.place.lat double precision
public.place.level text not null
public.place.lon double precision
public.place.name_en text not null
public.place.name_zh text not null
public.place.parent_id uuid
public.place.pinyin text not null default ''::text
public.reaction_checkpoint.name text not null
public.reaction_checkpoint.sequence bigint not null default 0
public.reaction_checkpoint.transaction xid8 not null default '0'::xid8
public.reaction_failure.at timestamp with time zone not null
public.reaction_failure.error text not null
public.reaction_failure.id bigint not null identity always
public.reaction_failure.kind text not null
public.reaction_failure.name text not null
public.reaction_failure.position text not null
public.setting.name text not null
public.setting.value jsonb not null

-- constraints
account account_pkey PRIMARY KEY (id)
account account_username_key UNIQUE (username)
audit_entry audit_entry_pkey PRIMARY KEY (sequence)
audit_link audit_link_entry_sequence_key UNIQUE (entry_sequence)
audit_link audit_link_pkey PRIMARY KEY (ordinal)
auth."twoFactor" twoFactor_pkey PRIMARY KEY (id)
auth."twoFactor" twoFactor_userId_fkey FOREIGN KEY ("userId") REFERENCES auth."user"(id) ON DELETE CASCADE
auth."user" user_email_key UNIQUE (email)
auth."user" user_pkey PRIMARY KEY (id)
auth."user" user_username_key UNIQUE (username)
auth.account account_pkey PRIMARY KEY (id)
auth.account account_userId_fkey FOREIGN KEY ("userId") REFERENCES auth."user"(id) ON DELETE CASCADE
auth.session session_pkey PRIMARY KEY (id)
auth.session session_token_key UNIQUE (token)
auth.session session_userId_fkey FOREIGN KEY ("userId") REFERENCES auth."user"(id) ON DELETE CASCADE
auth.sign_in_guard sign_in_guard_pkey PRIMARY KEY (key)
auth.verification verification_pkey PRIMARY KEY (id)
command command_pkey PRIMARY KEY (id)
event event_pkey PRIMARY KEY (sequence)
migration migration_pkey PRIMARY KEY (name)
place place_check CHECK (((code IS NULL) OR ((code)::text = (division)::text)))
place place_check1 CHECK (((level = ANY (ARRAY['venue'::text, 'vehicle'::text])) = (code IS NULL)))
place place_check2 CHECK (((level <> ALL (ARRAY['venue'::text, 'vehicle'::text])) OR (class IS NOT NULL)))
place place_class_check CHECK ((class = ANY (ARRAY['dwelling'::text, 'school'::text, 'work'::text, 'market'::text, 'catering'::text, 'care'::text, 'lodging'::text, 'transport'::text, 'gathering_indoor'::text, 'gathering_outdoor'::text, 'checkpoint'::text, 'test_site'::text, 'isolation_site'::text, 'laboratory'::text, 'public_office'::text])))
place place_code_key UNIQUE (code)
place place_level_check CHECK ((level = ANY (ARRAY['prefecture'::text, 'county'::text, 'township'::text, 'community'::text, 'grid'::text, 'building'::text, 'unit'::text, 'venue'::text, 'vehicle'::text])))
place place_parent_id_fkey FOREIGN KEY (parent_id) REFERENCES place(id)
place place_pkey PRIMARY KEY (id)
reaction_checkpoint reaction_checkpoint_pkey PRIMARY KEY (name)
reaction_failure reaction_failure_pkey PRIMARY KEY (id)
setting setting_pkey PRIMARY KEY (name)

-- indexes
CREATE INDEX account_by_user ON auth.account USING btree ("userId")
CREATE INDEX account_division ON public.account USING btree (division)
CREATE INDEX audit_entry_actor ON public.audit_entry USING btree (actor_id, sequence)
CREATE INDEX audit_entry_opened ON public.audit_entry USING gin (opened jsonb_path_ops)
CREATE INDEX audit_entry_position ON public.audit_entry USING btree (transaction, sequence)
CREATE INDEX command_at ON public.command USING btree (at)
CREATE INDEX event_incident ON public.event USING btree (incident_id, sequence) WHERE (incident_id IS NOT NULL)
CREATE INDEX event_position ON public.event USING btree (transaction, sequence)
CREATE INDEX event_subject ON public.event USING btree (subject_id, sequence)
CREATE INDEX place_division ON public.place USING btree (division, level)
CREATE INDEX place_name ON public.place USING gin (name_zh gin_trgm_ops, name_en gin_trgm_ops, pinyin gin_trgm_ops)
CREATE INDEX place_parent ON public.place USING btree (parent_id)
CREATE INDEX session_by_user ON auth.session USING btree ("userId")
CREATE INDEX two_factor_secret ON auth."twoFactor" USING btree (secret)
CREATE INDEX two_factor_user ON auth."twoFactor" USING btree ("userId")
CREATE INDEX verification_identifier ON auth.verification USING btree (identifier)
CREATE UNIQUE INDEX "twoFactor_pkey" ON auth."twoFactor" USING btree (id)
CREATE UNIQUE INDEX account_pkey ON auth.account USING btree (id)
CREATE UNIQUE INDEX account_pkey ON public.account USING btree (id)
CREATE UNIQUE INDEX account_username_key ON public.account USING btree (username)
CREATE UNIQUE INDEX audit_entry_pkey ON public.audit_entry USING btree (sequence)
CREATE UNIQUE INDEX audit_link_entry_sequence_key ON public.audit_link USING btree (entry_sequence)
CREATE UNIQUE INDEX audit_link_pkey ON public.audit_link USING btree (ordinal)
CREATE UNIQUE INDEX command_pkey ON public.command USING btree (id)
CREATE UNIQUE INDEX event_pkey ON public.event USING btree (sequence)
CREATE UNIQUE INDEX migration_pkey ON public.migration USING btree (name)
CREATE UNIQUE INDEX place_code_key ON public.place USING btree (code)
CREATE UNIQUE INDEX place_pkey ON public.place USING btree (id)
CREATE UNIQUE INDEX reaction_checkpoint_pkey ON public.reaction_checkpoint USING btree (name)
CREATE UNIQUE INDEX reaction_failure_pkey ON public.reaction_failure USING btree (id)
CREATE UNIQUE INDEX session_pkey ON auth.session USING btree (id)
CREATE UNIQUE INDEX session_token_key ON auth.session USING btree (token)
CREATE UNIQUE INDEX setting_pkey ON public.setting USING btree (name)
CREATE UNIQUE INDEX sign_in_guard_pkey ON auth.sign_in_guard USING btree (key)
CREATE UNIQUE INDEX user_email_key ON auth."user" USING btree (email)
CREATE UNIQUE INDEX user_pkey ON auth."user" USING btree (id)
CREATE UNIQUE INDEX user_username_key ON auth."user" USING btree (username)
CREATE UNIQUE INDEX verification_pkey ON auth.verification USING btree (id)

-- policies
account row level security t forced t
account scope ALL using (in_scope((division)::text)) check (in_scope((division)::text))
audit_entry row level security t forced t
audit_entry scope ALL using (in_scope((division)::text)) check (in_scope((division)::text))
audit_link row level security f forced f
command row level security f forced f
event row level security t forced t
event scope ALL using (in_scope((division)::text)) check (in_scope((division)::text))
migration row level security f forced f
place row level security t forced t
place scope ALL using (in_scope((division)::text)) check (in_scope((division)::text))
reaction_checkpoint row level security f forced f
reaction_failure row level security f forced f
setting row level security f forced f

-- triggers and views

-- grants to levee_app
auth.account DELETE, INSERT, SELECT, UPDATE
auth.session DELETE, INSERT, SELECT, UPDATE
auth.sign_in_guard DELETE, INSERT, SELECT, UPDATE
auth.twoFactor DELETE, INSERT, SELECT, UPDATE
auth.user DELETE, INSERT, SELECT, UPDATE
auth.verification DELETE, INSERT, SELECT, UPDATE
public.account INSERT, SELECT, UPDATE
public.audit_entry INSERT, SELECT
public.audit_link INSERT, SELECT
public.command DELETE, INSERT, SELECT, UPDATE
public.event INSERT, SELECT
public.place INSERT, SELECT, UPDATE
public.reaction_checkpoint DELETE, INSERT, SELECT, UPDATE
public.reaction_failure INSERT, SELECT
public.setting DELETE, INSERT, SELECT, UPDATE
