-- domains and functions
CREATE OR REPLACE FUNCTION public.above_scope(division text)
 RETURNS boolean
 LANGUAGE sql
 STABLE PARALLEL SAFE
RETURN starts_with(levee_scope(), (division COLLATE "C"))
CREATE OR REPLACE FUNCTION public.alternatives_complete(alternatives jsonb)
 RETURNS boolean
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN ((jsonb_typeof(alternatives) = 'array'::text) AND (jsonb_array_length(alternatives) >= 2) AND (SELECT bool_and(COALESCE(((btrim(((one.value -> 'name'::text) ->> 'zh'::text)) <> ''::text) AND (btrim(((one.value -> 'expectedEffect'::text) ->> 'zh'::text)) <> ''::text) AND (btrim(((one.value -> 'rejectedBecause'::text) ->> 'zh'::text)) <> ''::text) AND (jsonb_typeof((one.value -> 'peopleCount'::text)) = 'number'::text) AND (jsonb_typeof((one.value -> 'burdenPersonDays'::text)) = 'number'::text)), false)) AS bool_and FROM jsonb_array_elements(alternatives_complete.alternatives) one(value)))
CREATE OR REPLACE FUNCTION public.appeal_independent()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if exists (select from measure where id = new.measure_id
              and (new.decider_id in (author_id, approver_id) or new.confirmed_by_id in (author_id, approver_id))) then
    raise exception 'author and approver do not judge their own measure'
      using errcode = 'check_violation', constraint = 'appeal_independent';
  end if;
  if tg_op = 'UPDATE' and old.decided_at is not null then
    raise exception 'a decided appeal stays decided' using errcode = 'check_violation', constraint = 'appeal_decided';
  end if;
  return new;
end $function$
CREATE OR REPLACE FUNCTION public.evidence_concerns(type text, evidence_id uuid, subject_type text, subject_id uuid)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public'
AS $function$
declare
  asking text := levee_scope();
  answer boolean := false;
begin
  perform set_config('levee.scope', coalesce(left(asking, 4), ''), true);
  if subject_type = 'person' then
    if type = 'result' then
      select exists (select from result join sample on sample.pool_id = result.pool_id
        where result.id = evidence_id and result.current and result.outcome in ('positive', 'inconclusive')
          and sample.person_id = subject_id and sample.withdrawn_at is null) into answer;
    elsif type = 'pool' then
      select exists (select from sample join result on result.pool_id = sample.pool_id and result.current
        where sample.pool_id = evidence_id and result.outcome in ('positive', 'inconclusive')
          and sample.person_id = subject_id and sample.withdrawn_at is null) into answer;
    elsif type = 'case' then
      select exists (select from case_file
        where id = evidence_id and person_id = subject_id and classification <> 'not_a_case') into answer;
    elsif type = 'contact' then
      select exists (select from contact
        where id = evidence_id and person_id = subject_id and state = 'accepted') into answer;
    elsif type = 'exposure' then
      select exists (select from exposure where id = evidence_id and person_id = subject_id) into answer;
    end if;
  else
    if type = 'stay' then
      -- Only where a case was is a ground; by way of the case, for stays are found by person and not by id.
      select exists (select from case_file join stay on stay.person_id = case_file.person_id
        where stay.id = evidence_id and case_file.classification <> 'not_a_case'
          and place_within(stay.place_id, subject_id)) into answer;
    elsif type = 'exposure' then
      select exists (select from exposure
        where id = evidence_id and place_within(exposure.place_id, subject_id)) into answer;
    elsif type = 'case' then
      select exists (select from case_file join person on person.id = case_file.person_id
          where case_file.id = evidence_id and classification <> 'not_a_case'
            and place_within(person.place_id, subject_id))
        or exists (select from case_file join stay on stay.person_id = case_file.person_id
          where case_file.id = evidence_id and classification <> 'not_a_case'
            and place_within(stay.place_id, subject_id)) into answer;
    elsif type = 'result' then
      select exists (select from result join sample on sample.pool_id = result.pool_id
          join person on person.id = sample.person_id
        where result.id = evidence_id and result.current and result.outcome in ('positive', 'inconclusive') and sample.withdrawn_at is null
          and place_within(person.place_id, subject_id)) into answer;
    end if;
  end if;
  perform set_config('levee.scope', coalesce(asking, ''), true);
  return answer;
end $function$
CREATE OR REPLACE FUNCTION public.in_scope(division text)
 RETURNS boolean
 LANGUAGE sql
 STABLE PARALLEL SAFE
RETURN (((division COLLATE "C") >= levee_scope()) AND ((division COLLATE "C") < (levee_scope() || '~'::text)))
CREATE OR REPLACE FUNCTION public.intake_append(scope text, devices uuid[], divisions text[], sites uuid[], kinds text[], aheads integer[], actors uuid[], ids uuid[], runs integer[], orders integer[], bodies text, ats timestamp with time zone[], received timestamp with time zone)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
declare
  areas division_code[] := divisions::division_code[];
begin
  perform set_config('levee.scope', scope, true);
  insert into intake (id, device_id, device_order, division, site_id, kind, body, at, received_at, ahead_seconds, actor_id)
  select id, devices[run], "order", areas[run], sites[run], kinds[run], body::json, at, received, aheads[run], actors[run]
    from unnest(ids, runs, orders, string_to_array(bodies, chr(10)), ats) as row (id, run, "order", body, at);
end $function$
CREATE OR REPLACE FUNCTION public.is_milestone(kind text)
 RETURNS boolean
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN ((split_part(kind, '.'::text, 1) <> ALL (ARRAY['account'::text, 'person'::text, 'place'::text, 'sample'::text, 'stay'::text, 'follow_up'::text, 'resample'::text])) AND (kind <> ALL (ARRAY['pool.opened'::text, 'pool.closed'::text, 'pool.sent'::text, 'pool.received'::text, 'pool.resulted'::text, 'result.reported'::text])))
CREATE OR REPLACE FUNCTION public.isolation_room_guard()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
declare
  room_beds integer;
  taken integer;
begin
  if new.room_id is null or (new.room_id is not distinct from old.room_id and new.admitted_at is not distinct from old.admitted_at) then
    return new;
  end if;
  select beds into room_beds from isolation_room where id = new.room_id for update;
  select count(*) into taken from isolation_order as other
   where other.room_id = new.room_id and other.id <> new.id and occupies_bed(other, new.admitted_at);
  if taken >= room_beds then
    raise exception 'room is full' using errcode = 'check_violation', constraint = 'isolation_room_full';
  end if;
  return new;
end $function$
CREATE OR REPLACE FUNCTION public.levee_scope()
 RETURNS text
 LANGUAGE sql
 STABLE PARALLEL SAFE
RETURN (NULLIF(current_setting('levee.scope'::text, true), ''::text) COLLATE "C")
CREATE OR REPLACE FUNCTION public.measure_active(subject measure, at timestamp with time zone)
 RETURNS boolean
 LANGUAGE sql
 STABLE PARALLEL SAFE
RETURN (measure_holds((subject).emergency, (subject).drafted_at, (subject).approved_at, (subject).closed_at, (subject).starts_at, (subject).ends_at, false, at) AND (NOT measure_suspended(subject, at)))
CREATE OR REPLACE FUNCTION public.measure_decided_once()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if old.approved_at is not null
     and (new.approved_at, new.approver_id, new.notice) is distinct from (old.approved_at, old.approver_id, old.notice) then
    raise exception 'an approved measure is not rewritten' using errcode = 'check_violation', constraint = 'measure_decided';
  end if;
  if old.closed_at is not null and (new.closed_at, new.approved_at) is distinct from (old.closed_at, old.approved_at) then
    raise exception 'a closed measure stays closed' using errcode = 'check_violation', constraint = 'measure_decided';
  end if;
  if old.approved_at is null and new.approved_at is not null and not exists (
    select from account where id = new.approver_id and role = 'commander' and disabled_at is null
       and starts_with(new.division, account.division)) then
    raise exception 'approver has no power here' using errcode = 'check_violation', constraint = 'measure_power';
  end if;
  return new;
end $function$
CREATE OR REPLACE FUNCTION public.measure_guard()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
declare
  item jsonb;
  longest integer;
begin
  for item in select * from jsonb_array_elements(new.ground) loop
    if not evidence_concerns(item ->> 'type', (item ->> 'id')::uuid, new.subject_type, new.subject_id) then
      raise exception 'measure without ground: % % does not concern this %', item ->> 'type', item ->> 'id', new.subject_type
        using errcode = 'check_violation', constraint = 'measure_ground';
    end if;
  end loop;

  select hours into longest from measure_limit where pack_id = new.pack_id and kind = new.kind;
  if longest is null or new.ends_at > new.starts_at + make_interval(hours => longest) then
    raise exception 'measure without a lawful end: % allows % h', new.pack_id, coalesce(longest, 0)
      using errcode = 'check_violation', constraint = 'measure_limit';
  end if;

  -- R6: a second limit of the same kind on the same subject rests on something new, whatever it is called.
  if exists (select from measure as earlier
              where earlier.subject_id = new.subject_id and earlier.kind = new.kind
                and earlier.level is not distinct from new.level
                and (earlier.approved_at is not null or earlier.emergency))
     and not exists (select from jsonb_array_elements(new.ground) as fresh
              where not exists (select from measure as earlier, jsonb_array_elements(earlier.ground) as used
                     where earlier.subject_id = new.subject_id and earlier.kind = new.kind
                       and earlier.level is not distinct from new.level
                       and (earlier.approved_at is not null or earlier.emergency)
                       and used ->> 'id' = fresh ->> 'id'))
  then
    raise exception 'measure without new evidence'
      using errcode = 'check_violation', constraint = 'measure_new_evidence';
  end if;

  if new.approved_at is not null or new.closed_at is not null then
    raise exception 'a measure is drafted before it is decided'
      using errcode = 'check_violation', constraint = 'measure_two_acts';
  end if;
  return new;
end $function$
CREATE OR REPLACE FUNCTION public.measure_holds(emergency boolean, drafted_at timestamp with time zone, approved_at timestamp with time zone, closed_at timestamp with time zone, starts_at timestamp with time zone, ends_at timestamp with time zone, suspended boolean, at timestamp with time zone)
 RETURNS boolean
 LANGUAGE sql
 STABLE PARALLEL SAFE
RETURN ((starts_at <= at) AND (at < ends_at) AND (COALESCE((approved_at <= at), false) OR (emergency AND (drafted_at <= at) AND (at < (drafted_at + '12:00:00'::interval)))) AND COALESCE((closed_at > at), true) AND (NOT suspended))
CREATE OR REPLACE FUNCTION public.measure_phase(subject measure, at timestamp with time zone)
 RETURNS text
 LANGUAGE sql
 STABLE PARALLEL SAFE
RETURN CASE WHEN ((subject).closed_at <= at) THEN (subject).close_kind WHEN measure_active(subject, at) THEN 'active'::text WHEN ((at >= (subject).ends_at) AND (((subject).approved_at IS NOT NULL) OR (subject).emergency)) THEN 'ended'::text WHEN (at >= (subject).ends_at) THEN 'lapsed'::text WHEN ((subject).approved_at <= at) THEN CASE WHEN (at < (subject).starts_at) THEN 'scheduled'::text ELSE 'suspended'::text END WHEN ((subject).emergency AND (at >= ((subject).drafted_at + '12:00:00'::interval))) THEN 'lapsed'::text WHEN ((subject).emergency AND (at >= (subject).starts_at)) THEN 'suspended'::text ELSE 'awaiting'::text END
CREATE OR REPLACE FUNCTION public.measure_suspended(subject measure, at timestamp with time zone)
 RETURNS boolean
 LANGUAGE sql
 STABLE PARALLEL SAFE
RETURN (((subject).subject_type = 'person'::text) AND (EXISTS (SELECT FROM appeal WHERE ((appeal.measure_id = (measure_suspended.subject).id) AND ((appeal.lodged_at + '48:00:00'::interval) <= measure_suspended.at) AND COALESCE((appeal.decided_at > measure_suspended.at), true) AND COALESCE((appeal.confirmed_at > measure_suspended.at), true)))))
CREATE OR REPLACE FUNCTION public.notice_complete(notice jsonb)
 RETURNS boolean
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN (SELECT bool_and(COALESCE(((btrim(((notice_complete.notice -> field.field) ->> 'zh'::text)) <> ''::text) AND (btrim(((notice_complete.notice -> field.field) ->> 'en'::text)) <> ''::text)), false)) AS bool_and FROM unnest(ARRAY['what'::text, 'why'::text, 'from'::text, 'until'::text, 'release'::text, 'appeal'::text, 'help'::text]) field(field))
CREATE OR REPLACE FUNCTION public.occupies_bed(subject isolation_order, at timestamp with time zone)
 RETURNS boolean
 LANGUAGE sql
 STABLE PARALLEL SAFE
RETURN (((subject).room_id IS NOT NULL) AND ((subject).admitted_at <= at) AND COALESCE(((subject).released_at > at), true) AND COALESCE(((subject).withdrawn_at > at), true) AND (EXISTS (SELECT FROM (isolation_phase phase JOIN measure ON ((measure.id = phase.measure_id))) WHERE ((phase.order_id = (occupies_bed.subject).id) AND (measure.kind = 'centralised_isolation'::text) AND (measure.approved_at IS NOT NULL) AND (measure.ends_at > occupies_bed.at) AND COALESCE((measure.closed_at > occupies_bed.at), true)))))
CREATE OR REPLACE FUNCTION public.person_id_by_identity(wanted bytea)
 RETURNS uuid
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public'
AS $function$
declare
  asking text := levee_scope();
  found uuid;
begin
  perform set_config('levee.scope', left(asking, 4), true);
  select id into found from person where identity_index = wanted;
  perform set_config('levee.scope', coalesce(asking, ''), true);
  return found;
end $function$
CREATE OR REPLACE FUNCTION public.place_within(inner_id uuid, outer_id uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE
RETURN (EXISTS (WITH RECURSIVE up AS (SELECT place.id, place.parent_id FROM place WHERE (place.id = place_within.inner_id) UNION ALL SELECT place.id, place.parent_id FROM (up up_1 JOIN place ON ((place.id = up_1.parent_id)))) SELECT FROM up WHERE (up.id = place_within.outer_id)))
CREATE OR REPLACE FUNCTION public.round_area_of(division text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN "substring"(division, '^[0-9]+(?:-G[0-9]+)?'::text)
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
public.aberration.day date not null
public.aberration.division division_code not null
public.aberration.expected numeric not null
public.aberration.found_at timestamp with time zone not null
public.aberration.id uuid not null
public.aberration.method text not null
public.aberration.observed integer not null
public.aberration.series text not null
public.aberration.upper numeric not null
public.account.disabled_at timestamp with time zone
public.account.division division_code not null
public.account.id uuid not null
public.account.last_seen_at timestamp with time zone
public.account.name text not null
public.account.opened_at timestamp with time zone not null
public.account.role text not null
public.account.second_factor boolean not null default false
public.account.username text not null
public.appeal.acknowledged_at timestamp with time zone
public.appeal.acknowledged_by_id uuid
public.appeal.acknowledged_by_name text
public.appeal.channel text not null
public.appeal.confirmed_at timestamp with time zone
public.appeal.confirmed_by_id uuid
public.appeal.confirmed_by_name text
public.appeal.confirmed_reason text
public.appeal.decided_at timestamp with time zone
public.appeal.decider_id uuid
public.appeal.decider_name text
public.appeal.division division_code not null
public.appeal.id uuid not null
public.appeal.lodged_at timestamp with time zone not null
public.appeal.lodged_by_id uuid
public.appeal.measure_id uuid not null
public.appeal.outcome text
public.appeal.reason text
public.appeal.statement text not null
public.area_outline.datum text not null
public.area_outline.division division_code not null
public.area_outline.geometry jsonb not null
public.area_outline.imported_at timestamp with time zone not null
public.area_outline.label_lat double precision not null
public.area_outline.label_lon double precision not null
public.area_outline.name_en text not null
public.area_outline.name_zh text not null
public.area_outline.source text not null
public.assay.code text not null
public.assay.internal_controls text[] not null
public.assay.name_en text not null
public.assay.name_zh text not null
public.assay.positive_targets integer not null
public.assay.source_en text not null
public.assay.source_zh text not null
public.assay.targets jsonb not null
public.assistance_request.answer text
public.assistance_request.answered_at timestamp with time zone
public.assistance_request.answered_by_name text
public.assistance_request.at timestamp with time zone not null
public.assistance_request.author_id uuid not null
public.assistance_request.author_name text not null
public.assistance_request.case_id uuid not null
public.assistance_request.due_at timestamp with time zone not null
public.assistance_request.from_division division_code not null
public.assistance_request.id uuid not null
public.assistance_request.incident_id uuid not null
public.assistance_request.note text
public.assistance_request.people_count integer not null
public.assistance_request.search_id uuid not null
public.assistance_request.state text not null default 'sent'::text
public.assistance_request.to_division division_code not null
public.assistance_request.version integer not null default 1
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
public.bulletin.changed_at timestamp with time zone not null
public.bulletin.division division_code not null
public.bulletin.id uuid not null
public.bulletin.incident_id uuid not null
public.bulletin.issue integer
public.bulletin.version integer not null default 1
public.bulletin.withdrawn_at timestamp with time zone
public.bulletin.withdrawn_by uuid
public.bulletin.withdrawn_by_name text
public.bulletin.withdrawn_reason_en text
public.bulletin.withdrawn_reason_zh text
public.bulletin_edition.approver_id uuid
public.bulletin_edition.approver_name text
public.bulletin_edition.author_id uuid not null
public.bulletin_edition.author_name text not null
public.bulletin_edition.body_bo text
public.bulletin_edition.body_en text not null
public.bulletin_edition.body_zh text not null
public.bulletin_edition.bulletin_id uuid not null
public.bulletin_edition.checked_at timestamp with time zone
public.bulletin_edition.checker_id uuid
public.bulletin_edition.checker_name text
public.bulletin_edition.correction jsonb
public.bulletin_edition.division division_code not null
public.bulletin_edition.figures jsonb not null
public.bulletin_edition.findings jsonb not null default '[]'::jsonb
public.bulletin_edition.locked_at timestamp with time zone not null
public.bulletin_edition.number integer not null
public.bulletin_edition.published_at timestamp with time zone
public.bulletin_edition.sent_back_at timestamp with time zone
public.bulletin_edition.sent_back_by uuid
public.bulletin_edition.sent_back_by_name text
public.bulletin_edition.sent_back_reason text
public.bulletin_edition.state text not null
public.bulletin_edition.title_bo text
public.bulletin_edition.title_en text not null
public.bulletin_edition.title_zh text not null
public.bulletin_edition.writer_bo text
public.case_change.actor_id uuid not null
public.case_change.actor_name text not null
public.case_change.at timestamp with time zone not null
public.case_change.case_id uuid not null
public.case_change.division division_code not null
public.case_change.field text not null
public.case_change.id bigint not null identity always
public.case_change.new jsonb
public.case_change.old jsonb
public.case_change.reason text
public.case_change.version integer not null
public.case_file.age integer
public.case_file.changed_at timestamp with time zone not null
public.case_file.classification text not null
public.case_file.date_admission date
public.case_file.date_discharge date
public.case_file.date_infection date
public.case_file.date_onset date
public.case_file.date_outcome date
public.case_file.date_reporting date
public.case_file.date_sample date
public.case_file.division division_code not null
public.case_file.external_id text not null
public.case_file.found_in text
public.case_file.gender text
public.case_file.hcw boolean
public.case_file.hospital text
public.case_file.id uuid not null
public.case_file.import_id uuid
public.case_file.import_line integer
public.case_file.incident_id uuid
public.case_file.line_list_id uuid
public.case_file.location text
public.case_file.note text
public.case_file.occupation text
public.case_file.opened_at timestamp with time zone not null
public.case_file.outcome text
public.case_file.person_id uuid
public.case_file.result_id uuid
public.case_file.sample_id uuid
public.case_file.severity text
public.case_file.signal_id uuid
public.case_file.version integer not null default 1
public.case_import.cases_file jsonb not null
public.case_import.committed_at timestamp with time zone
public.case_import.contacts_file jsonb
public.case_import.counts jsonb not null default '{}'::jsonb
public.case_import.created_at timestamp with time zone not null
public.case_import.created_by jsonb not null
public.case_import.division division_code not null
public.case_import.fault_counts jsonb not null default '[]'::jsonb
public.case_import.hospital_groups jsonb not null default '[]'::jsonb
public.case_import.id uuid not null
public.case_import.incident_id uuid
public.case_import.kept_count integer not null default 0
public.case_import.line_list_id uuid
public.case_import.made_list boolean not null default false
public.case_import.mapping_remembered boolean not null default false
public.case_import.problem jsonb
public.case_import.settings jsonb
public.case_import.state text not null
public.case_import.with_warnings boolean not null default true
public.case_link.date_exposure date
public.case_link.division division_code not null
public.case_link.exposure text
public.case_link.from_external_id text not null
public.case_link.id bigint not null identity always
public.case_link.import_id uuid
public.case_link.import_line integer
public.case_link.incident_id uuid
public.case_link.line_list_id uuid
public.case_link.to_external_id text not null
public.command.actor_id uuid not null
public.command.at timestamp with time zone not null
public.command.id uuid not null
public.command.request_hash text not null
public.command.response jsonb
public.command.route text not null
public.contact.assistance_request_id uuid
public.contact.case_id uuid not null
public.contact.class text
public.contact.confidence text not null
public.contact.contact_order smallint not null
public.contact.division division_code not null
public.contact.first_exposure timestamp with time zone not null
public.contact.id uuid not null
public.contact.incident_id uuid not null
public.contact.isolated_at timestamp with time zone
public.contact.last_exposure timestamp with time zone not null
public.contact.lost_at timestamp with time zone
public.contact.meetings_count integer not null
public.contact.minutes integer
public.contact.pack_id text not null
public.contact.person_id uuid not null
public.contact.proposed_at timestamp with time zone not null
public.contact.proposed_class text not null
public.contact.reason text
public.contact.reasons jsonb not null
public.contact.reviewed_at timestamp with time zone
public.contact.reviewed_by uuid
public.contact.reviewed_by_name text
public.contact.rule text not null
public.contact.search_id uuid not null
public.contact.source jsonb not null
public.contact.state text not null default 'proposed'::text
public.contact.undecided jsonb not null
public.contact.version integer not null default 1
public.contact.via_person_id uuid
public.division_name.code division_code
public.division_name.en text
public.division_name.zh text
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
public.exposure.case_id uuid not null
public.exposure.class text not null
public.exposure.contact_order smallint not null
public.exposure.division division_code not null
public.exposure.evidence jsonb
public.exposure.facts jsonb not null default '{}'::jsonb
public.exposure.from_at timestamp with time zone not null
public.exposure.household boolean not null
public.exposure.id uuid not null
public.exposure.indoors boolean not null
public.exposure.met_person_id uuid not null
public.exposure.minutes integer
public.exposure.pack_id text not null
public.exposure.person_id uuid not null
public.exposure.place_id uuid not null
public.exposure.rule text
public.exposure.search_id uuid not null
public.exposure.seat_rows smallint
public.exposure.setting text not null
public.exposure.until_at timestamp with time zone not null
public.field_device.division division_code not null
public.field_device.holder_id uuid not null
public.field_device.holder_name text not null
public.field_device.id uuid not null
public.field_device.last_seen_at timestamp with time zone
public.field_device.name text not null
public.field_device.registered_at timestamp with time zone not null
public.field_device.revoked_at timestamp with time zone
public.field_device.revoked_by uuid
public.field_device.revoked_reason text
public.field_device.site_id uuid not null
public.field_device.unsent integer
public.finding.class text not null
public.finding.confidence text not null
public.finding.contact_order smallint not null
public.finding.division division_code not null
public.finding.first_exposure timestamp with time zone not null
public.finding.last_exposure timestamp with time zone not null
public.finding.meetings_count integer not null
public.finding.minutes integer
public.finding.person_id uuid not null
public.finding.reasons jsonb not null
public.finding.rule text not null
public.finding.search_id uuid not null
public.finding.source jsonb not null
public.finding.undecided jsonb not null
public.finding.via_person_id uuid
public.follow_up.at timestamp with time zone not null
public.follow_up.by_id uuid not null
public.follow_up.by_name text not null
public.follow_up.day date not null
public.follow_up.division division_code not null
public.follow_up.id uuid not null
public.follow_up.note text
public.follow_up.order_id uuid not null
public.follow_up.symptoms text[] not null default '{}'::text[]
public.follow_up.temperature numeric(3,1)
public.form_guard.key text not null
public.form_guard.sent integer not null
public.form_guard.window_start timestamp with time zone not null
public.found_in_decision.basis text not null
public.found_in_decision.decided_at timestamp with time zone not null
public.found_in_decision.division division_code not null
public.found_in_decision.found_in text not null
public.found_in_decision.person_id uuid not null
public.found_in_decision.record_id uuid
public.found_in_decision.record_kind text
public.found_in_decision.result_id uuid not null
public.found_in_decision.sample_id uuid not null
public.found_in_decision.sampled_at timestamp with time zone not null
public.found_in_decision.stated text not null
public.handler.added_reason text
public.handler.division division_code not null
public.handler.first_at timestamp with time zone
public.handler.found_at timestamp with time zone not null
public.handler.last_at timestamp with time zone
public.handler.person_id uuid not null
public.handler.specimen_id uuid not null
public.handler.stays_count integer not null
public.handler.works_here boolean not null
public.handler_search.actor_id uuid not null
public.handler_search.actor_name text not null
public.handler_search.added integer not null
public.handler_search.at timestamp with time zone not null
public.handler_search.counties jsonb not null
public.handler_search.division division_code not null
public.handler_search.from_at timestamp with time zone not null
public.handler_search.id uuid not null
public.handler_search.purpose text not null
public.handler_search.rule jsonb not null
public.handler_search.specimen_id uuid not null
public.handler_search.until_at timestamp with time zone not null
public.handler_search.visitors integer not null
public.handler_search.workers integer not null
public.headquarters.division division_code not null
public.headquarters.id uuid not null
public.headquarters.name_en text not null
public.headquarters.name_zh text not null
public.headquarters.set_up_at timestamp with time zone not null
public.household.division division_code not null
public.household.id uuid not null
public.household.place_id uuid not null
public.import_mapping.division division_code not null
public.import_mapping.header_hash text not null
public.import_mapping.mapping jsonb not null
public.import_mapping.used_at timestamp with time zone not null
public.import_row.case_id uuid
public.import_row.cells jsonb not null
public.import_row.division division_code not null
public.import_row.faults jsonb not null default '[]'::jsonb
public.import_row.file text not null
public.import_row.import_id uuid not null
public.import_row.line integer not null
public.import_row.value jsonb
public.import_row.verdict text
public.import_row.written text
public.incident.activated_at timestamp with time zone not null
public.incident.activated_by uuid not null
public.incident.activated_by_name text not null
public.incident.division division_code not null
public.incident.id uuid not null
public.incident.level text not null
public.incident.name_en text not null
public.incident.name_zh text not null
public.incident.pack_id text not null
public.incident.reason text not null
public.incident.stood_down_at timestamp with time zone
public.incident.stood_down_reason text
public.incident.version integer not null default 1
public.incident_note.at timestamp with time zone not null
public.incident_note.division division_code not null
public.incident_note.id uuid not null
public.incident_note.incident_id uuid not null
public.incident_note.text text not null
public.intake.actor_id uuid not null
public.intake.ahead_seconds integer not null
public.intake.at timestamp with time zone not null
public.intake.body json not null
public.intake.device_id uuid not null
public.intake.device_order integer not null
public.intake.division division_code not null
public.intake.id uuid not null
public.intake.kind text not null
public.intake.position bigint not null identity always
public.intake.received_at timestamp with time zone not null
public.intake.site_id uuid not null
public.intake_outcome.actor_id uuid not null
public.intake_outcome.ahead_seconds integer not null
public.intake_outcome.at timestamp with time zone not null
public.intake_outcome.body jsonb
public.intake_outcome.body_hash bytea not null
public.intake_outcome.device_id uuid not null
public.intake_outcome.device_order integer not null
public.intake_outcome.division division_code not null
public.intake_outcome.held_until timestamp with time zone
public.intake_outcome.id uuid not null
public.intake_outcome.kind text not null
public.intake_outcome.next_step jsonb
public.intake_outcome.problem jsonb
public.intake_outcome.received_at timestamp with time zone not null
public.intake_outcome.settled_at timestamp with time zone not null
public.intake_outcome.site_id uuid not null
public.intake_outcome.state text not null
public.intake_outcome.without_base boolean not null default false
public.isolation_order.admitted_at timestamp with time zone
public.isolation_order.admitted_by text
public.isolation_order.case_id uuid
public.isolation_order.class text not null
public.isolation_order.conditions text[] not null default '{}'::text[]
public.isolation_order.contact_id uuid not null
public.isolation_order.division division_code not null
public.isolation_order.drafted_at timestamp with time zone not null
public.isolation_order.found_at timestamp with time zone not null
public.isolation_order.id uuid not null
public.isolation_order.incident_id uuid
public.isolation_order.notified_at timestamp with time zone
public.isolation_order.notified_by text
public.isolation_order.notified_channel text
public.isolation_order.pack_id text not null
public.isolation_order.person_id uuid not null
public.isolation_order.released_at timestamp with time zone
public.isolation_order.released_by text
public.isolation_order.revision integer not null default 1
public.isolation_order.room_id uuid
public.isolation_order.schedule jsonb not null
public.isolation_order.transferred_at timestamp with time zone
public.isolation_order.transferred_by text
public.isolation_order.undrafted_reason text
public.isolation_order.version integer not null default 1
public.isolation_order.withdrawn_at timestamp with time zone
public.isolation_order.withdrawn_reason text
public.isolation_phase.division division_code not null
public.isolation_phase.measure_id uuid not null
public.isolation_phase.order_id uuid not null
public.isolation_phase.ordinal integer not null
public.isolation_phase.revision integer not null default 1
public.isolation_room.beds integer not null default 1
public.isolation_room.division division_code not null
public.isolation_room.facility_id uuid not null
public.isolation_room.id uuid not null
public.isolation_room.name text not null
public.job.actor jsonb not null
public.job.created_at timestamp with time zone not null
public.job.cursor jsonb
public.job.division division_code not null
public.job.done_count integer not null default 0
public.job.error text
public.job.failures integer not null default 0
public.job.fence bigint not null default 0
public.job.finished_at timestamp with time zone
public.job.id uuid not null
public.job.kind text not null
public.job.lease_until timestamp with time zone
public.job.purpose text
public.job.started_at timestamp with time zone
public.job.state text not null
public.job.subject_id uuid not null
public.job.total_count integer not null default 0
public.key_population_member.division division_code not null
public.key_population_member.due_on date not null
public.key_population_member.employer_division division_code not null
public.key_population_member.employer_id uuid not null
public.key_population_member.ended_at timestamp with time zone
public.key_population_member.enrolled_by uuid not null
public.key_population_member.last_sampled_at timestamp with time zone
public.key_population_member.not_before timestamp with time zone
public.key_population_member.pack_id text not null
public.key_population_member.person_id uuid not null
public.key_population_member.population text not null
public.key_population_member.since timestamp with time zone not null
public.lab_link.account_id uuid not null
public.lab_link.closed_at timestamp with time zone
public.lab_link.division division_code not null
public.lab_link.id uuid not null
public.lab_link.lab_id uuid not null
public.lab_link.name text not null
public.lab_link.opened_at timestamp with time zone not null
public.lab_link.sending_facility text not null
public.lab_link.source_addresses text[] not null
public.lab_link.token_hash bytea
public.lab_link.token_made_at timestamp with time zone
public.lab_message.answer text
public.lab_message.answer_status integer
public.lab_message.applied_count integer not null default 0
public.lab_message.bytes integer not null
public.lab_message.charset text
public.lab_message.content_hash bytea not null
public.lab_message.control_id text
public.lab_message.division division_code not null
public.lab_message.first boolean not null
public.lab_message.id uuid not null
public.lab_message.lab_id uuid
public.lab_message.outcome text not null
public.lab_message.problem jsonb
public.lab_message.protocol text not null
public.lab_message.raw bytea not null
public.lab_message.received_at timestamp with time zone not null
public.lab_message.rerun_at timestamp with time zone
public.lab_message.rerun_by uuid
public.lab_message.rerun_by_name text
public.lab_message.rerun_reason text
public.lab_message.result_count integer not null default 0
public.lab_message.sender_id uuid not null
public.lab_message.source text not null
public.lab_quarantine.actor_id uuid not null
public.lab_quarantine.at timestamp with time zone not null
public.lab_quarantine.code text not null
public.lab_quarantine.division division_code not null
public.lab_quarantine.finding jsonb not null
public.lab_quarantine.id uuid not null
public.lab_quarantine.lab_id uuid not null
public.lab_quarantine.message_id uuid not null
public.lab_quarantine.next_step jsonb not null
public.lab_quarantine.position integer not null
public.lab_quarantine.problem jsonb not null
public.lab_quarantine.reason text
public.lab_quarantine.sender_id uuid not null
public.lab_quarantine.settled_at timestamp with time zone
public.lab_quarantine.settled_by uuid
public.lab_quarantine.settled_by_name text
public.lab_quarantine.state text not null default 'open'::text
public.lab_quarantine.tube_code text
public.lab_run.assay text not null
public.lab_run.division division_code not null
public.lab_run.id uuid not null
public.lab_run.invalid_reason text
public.lab_run.lab_id uuid not null
public.lab_run.opened_by uuid not null
public.lab_run.opened_by_name text not null
public.lab_run.plate_code text not null
public.lab_run.read_at timestamp with time zone
public.lab_run.started_at timestamp with time zone not null
public.lab_run.state text not null default 'open'::text
public.lab_run_well.decision text
public.lab_run_well.division division_code not null
public.lab_run_well.kind text not null
public.lab_run_well.outcome text
public.lab_run_well.pool_id uuid
public.lab_run_well.problem jsonb
public.lab_run_well.run_id uuid not null
public.lab_run_well.targets jsonb
public.lab_run_well.well text not null
public.label_batch.capacity smallint not null
public.label_batch.count integer not null
public.label_batch.division division_code not null
public.label_batch.id uuid not null
public.label_batch.printed_at timestamp with time zone not null
public.label_batch.printed_by uuid not null
public.label_batch.site_id uuid not null
public.level_change.approver_id uuid
public.level_change.approver_name text
public.level_change.author_id uuid not null
public.level_change.author_name text not null
public.level_change.decided_at timestamp with time zone
public.level_change.division division_code not null
public.level_change.from_level text not null
public.level_change.id uuid not null
public.level_change.incident_id uuid not null
public.level_change.lines jsonb not null
public.level_change.proposed_at timestamp with time zone not null
public.level_change.reason text not null
public.level_change.state text not null default 'proposed'::text
public.level_change.to_level text not null
public.line_list.created_at timestamp with time zone not null
public.line_list.created_by uuid not null
public.line_list.division division_code not null
public.line_list.id uuid not null
public.line_list.name text not null
public.line_list.pack_id text
public.measure.alternatives jsonb not null default '[]'::jsonb
public.measure.approved_at timestamp with time zone
public.measure.approver_id uuid
public.measure.approver_name text
public.measure.author_account uuid default NULLIF(author_id, '00000000-0000-7000-8000-000000000000'::uuid)
public.measure.author_id uuid not null
public.measure.author_name text not null
public.measure.close_kind text
public.measure.close_reason text
public.measure.closed_at timestamp with time zone
public.measure.closed_by_id uuid
public.measure.closed_by_name text
public.measure.division division_code not null
public.measure.drafted_at timestamp with time zone not null
public.measure.emergency boolean not null default false
public.measure.ends_at timestamp with time zone not null
public.measure.extends_id uuid
public.measure.ground jsonb not null
public.measure.id uuid not null
public.measure.incident_id uuid
public.measure.kind text not null
public.measure.legal_basis text not null
public.measure.level text
public.measure.notice jsonb not null
public.measure.pack_id text not null
public.measure.people_count integer not null
public.measure.power_en text not null
public.measure.power_zh text not null
public.measure.review_at timestamp with time zone
public.measure.smallest jsonb
public.measure.starts_at timestamp with time zone not null
public.measure.state text not null default 
CASE
    WHEN (close_kind IS NOT NULL) THEN close_kind
    WHEN (approved_at IS NOT NULL) THEN 'approved'::text
    ELSE 'awaiting_approval'::text
END
public.measure.subject_id uuid not null
public.measure.subject_type text not null
public.measure.version integer not null default 1
public.measure.vulnerable_count integer
public.measure_alarm.at timestamp with time zone not null
public.measure_alarm.author_id uuid not null
public.measure_alarm.author_name text not null
public.measure_alarm.count integer not null
public.measure_alarm.division division_code not null
public.measure_alarm.hour timestamp with time zone not null
public.measure_alarm.id uuid not null
public.measure_alarm.reason text not null
public.measure_limit.hours integer not null
public.measure_limit.kind text not null
public.measure_limit.pack_id text not null
public.measure_refusal.at timestamp with time zone not null
public.measure_refusal.author_id uuid not null
public.measure_refusal.division division_code not null
public.measure_refusal.id bigint not null identity always
public.measure_refusal.kind text not null
public.measure_review.at timestamp with time zone not null
public.measure_review.division division_code not null
public.measure_review.id uuid not null
public.measure_review.measure_id uuid not null
public.measure_review.reason text not null
public.measure_review.reviewer_id uuid not null
public.measure_review.reviewer_name text not null
public.measure_review.still_needed boolean not null
public.message_budget.allowed integer
public.message_budget.division division_code not null
public.message_budget.incident_id uuid not null
public.message_budget.reason text
public.message_budget.set_at timestamp with time zone
public.message_budget.set_by uuid
public.message_budget.set_by_name text
public.message_budget.used integer not null default 0
public.message_number.division division_code not null
public.message_number.number_index bytea not null
public.message_number.reason text not null
public.message_number.since timestamp with time zone not null
public.message_outbox.about uuid not null
public.message_outbox.body_sealed bytea not null
public.message_outbox.channel text not null
public.message_outbox.claimed_at timestamp with time zone
public.message_outbox.composed_at timestamp with time zone not null
public.message_outbox.division division_code not null
public.message_outbox.failure text
public.message_outbox.id uuid not null
public.message_outbox.incident_id uuid
public.message_outbox.kind text not null
public.message_outbox.next_try_at timestamp with time zone
public.message_outbox.number_index bytea
public.message_outbox.person_id uuid not null
public.message_outbox.phone_sealed bytea not null
public.message_outbox.segments integer
public.message_outbox.sent_at timestamp with time zone
public.message_outbox.settled_at timestamp with time zone
public.message_outbox.state text not null default 'waiting'::text
public.message_outbox.tries integer not null default 0
public.message_outbox.waits_for text
public.message_part.at timestamp with time zone
public.message_part.division division_code not null
public.message_part.error text
public.message_part.message_id uuid not null
public.message_part.part integer not null
public.message_part.provider_id text
public.message_part.state text not null default 'waiting'::text
public.message_receipt.at timestamp with time zone not null
public.message_receipt.division division_code not null
public.message_receipt.error text
public.message_receipt.provider_id text not null
public.message_receipt.stat text not null
public.migration.applied_at timestamp with time zone not null default now()
public.migration.checksum text not null
public.migration.name text not null
public.person.created_at timestamp with time zone not null
public.person.date_birth date
public.person.division division_code not null
public.person.household_id uuid
public.person.id uuid not null
public.person.identity_index bytea
public.person.identity_sealed bytea
public.person.name_initials text not null default ''::text
public.person.name_pinyin text not null default ''::text
public.person.name_zh text not null
public.person.occupation text
public.person.phone_index bytea
public.person.phone_sealed bytea
public.person.place_id uuid not null
public.person.school_id uuid
public.person.sex text not null
public.person.synthetic boolean not null default false
public.person.version integer not null default 1
public.person.work_id uuid
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
public.place_steward.account_id uuid not null
public.place_steward.division division_code not null
public.place_steward.name text not null
public.place_steward.place_id uuid not null
public.place_steward.since timestamp with time zone not null
public.pool.capacity integer not null
public.pool.closed_at timestamp with time zone
public.pool.content text not null default 'people'::text
public.pool.division division_code not null
public.pool.id uuid not null
public.pool.lab_id uuid
public.pool.lost_at timestamp with time zone
public.pool.lost_reason text
public.pool.member_count integer not null default 0
public.pool.opened_at timestamp with time zone not null
public.pool.received_at timestamp with time zone
public.pool.rejected_at timestamp with time zone
public.pool.rejected_reason text
public.pool.resulted_at timestamp with time zone
public.pool.sent_at timestamp with time zone
public.pool.site_id uuid not null
public.pool.state text not null default 
CASE
    WHEN (resulted_at IS NOT NULL) THEN 'resulted'::text
    WHEN (rejected_at IS NOT NULL) THEN 'rejected'::text
    WHEN (received_at IS NOT NULL) THEN 'received'::text
    WHEN (lost_at IS NOT NULL) THEN 'lost'::text
    WHEN (sent_at IS NOT NULL) THEN 'sent'::text
    WHEN (closed_at IS NOT NULL) THEN 'closed'::text
    ELSE 'open'::text
END
public.pool.tube_code text not null
public.post.deputy_id uuid
public.post.deputy_name text
public.post.division division_code not null
public.post.headquarters_id uuid not null
public.post.holder_id uuid
public.post.holder_name text
public.post.id uuid not null
public.post.rank integer not null
public.post.role text not null
public.post.title_en text not null
public.post.title_zh text not null
public.post.version integer not null default 1
public.post_handover.at timestamp with time zone not null
public.post_handover.division division_code not null
public.post_handover.from_id uuid
public.post_handover.from_name text
public.post_handover.id uuid not null
public.post_handover.open_items text not null
public.post_handover.post_id uuid not null
public.post_handover.risks text not null
public.post_handover.to_id uuid not null
public.post_handover.to_name text not null
public.public_area_status.allowed_en text not null
public.public_area_status.allowed_zh text not null
public.public_area_status.county_en text not null
public.public_area_status.county_zh text not null
public.public_area_status.division division_code not null
public.public_area_status.id uuid not null
public.public_area_status.level text not null
public.public_area_status.name_en text not null
public.public_area_status.name_zh text not null
public.public_area_status.since timestamp with time zone not null
public.public_area_status.until timestamp with time zone not null
public.public_area_status.updated_at timestamp with time zone not null
public.public_bulletin.body_bo text
public.public_bulletin.body_en text not null
public.public_bulletin.body_zh text not null
public.public_bulletin.bulletin_id uuid not null
public.public_bulletin.division division_code not null
public.public_bulletin.edition integer not null
public.public_bulletin.issue integer not null
public.public_bulletin.issuing_body_en text not null
public.public_bulletin.issuing_body_zh text not null
public.public_bulletin.locked_at timestamp with time zone not null
public.public_bulletin.published_at timestamp with time zone not null
public.public_bulletin.state text not null
public.public_bulletin.title_bo text
public.public_bulletin.title_en text not null
public.public_bulletin.title_zh text not null
public.public_bulletin.what_en text
public.public_bulletin.what_zh text
public.public_bulletin.why_en text
public.public_bulletin.why_zh text
public.public_bulletin.withdrawn_at timestamp with time zone
public.public_bulletin.withdrawn_reason_en text
public.public_bulletin.withdrawn_reason_zh text
public.public_bulletin.writer_bo text
public.public_figure.area_code text
public.public_figure.area_en text
public.public_figure.area_zh text
public.public_figure.as_of timestamp with time zone not null
public.public_figure.bulletin_id uuid not null
public.public_figure.division division_code not null
public.public_figure.edition integer not null
public.public_figure.name text not null
public.public_figure.position integer not null
public.public_figure.source_en text not null
public.public_figure.source_zh text not null
public.public_figure.title_en text not null
public.public_figure.title_zh text not null
public.public_figure.value bigint
public.public_test_site.county_en text not null
public.public_test_site.county_zh text not null
public.public_test_site.division division_code not null
public.public_test_site.name_en text not null
public.public_test_site.name_zh text not null
public.public_test_site.open_from timestamp with time zone not null
public.public_test_site.open_until timestamp with time zone not null
public.public_test_site.seconds_per_person integer
public.public_test_site.site_id uuid not null
public.public_test_site.updated_at timestamp with time zone not null
public.public_test_site.waiting integer
public.public_test_site.waiting_counted_at timestamp with time zone
public.public_view_count.bulletin_id uuid not null
public.public_view_count.day date not null
public.public_view_count.views bigint not null
public.reaction_checkpoint.name text not null
public.reaction_checkpoint.sequence bigint not null default 0
public.reaction_checkpoint.transaction xid8 not null default '0'::xid8
public.reaction_failure.at timestamp with time zone not null
public.reaction_failure.error text not null
public.reaction_failure.id bigint not null identity always
public.reaction_failure.kind text not null
public.reaction_failure.name text not null
public.reaction_failure.position text not null
public.recall.batch_key text not null
public.recall.batch_number text
public.recall.cold_chain boolean not null
public.recall.division division_code not null
public.recall.id uuid not null
public.recall.incident_id uuid
public.recall.opened_at timestamp with time zone not null
public.recall.product text not null
public.recall.supplier text
public.recall.withdrawn_at timestamp with time zone
public.resample_request.cancelled_at timestamp with time zone
public.resample_request.division division_code not null
public.resample_request.id uuid not null
public.resample_request.met_at timestamp with time zone
public.resample_request.met_by uuid
public.resample_request.person_id uuid not null
public.resample_request.pool_id uuid not null
public.resample_request.rule text not null
public.resample_request.sample_count integer not null
public.resample_request.sample_id uuid
public.resample_request.site_id uuid not null
public.resample_request.wanted_at timestamp with time zone not null
public.result.current boolean not null default true
public.result.division division_code not null
public.result.id uuid not null
public.result.lab_id uuid not null
public.result.outcome text not null
public.result.person_id uuid
public.result.pool_id uuid not null
public.result.reported_at timestamp with time zone not null
public.result.reported_by uuid not null
public.result.sample_id uuid
public.result.supersedes uuid
public.result.targets jsonb not null
public.result.tested_at timestamp with time zone not null
public.result_amendment.at timestamp with time zone not null
public.result_amendment.author_id uuid not null
public.result_amendment.author_name text not null
public.result_amendment.decided_at timestamp with time zone
public.result_amendment.decider_id uuid
public.result_amendment.decider_name text
public.result_amendment.decision text
public.result_amendment.division division_code not null
public.result_amendment.id uuid not null
public.result_amendment.outcome text not null
public.result_amendment.reason text not null
public.result_amendment.result_id uuid not null
public.result_amendment.targets jsonb not null
public.result_token.division division_code not null
public.result_token.failures integer not null default 0
public.result_token.given text not null default 'text'::text
public.result_token.locked_until timestamp with time zone
public.result_token.made_at timestamp with time zone not null
public.result_token.person_id uuid not null
public.result_token.sample_id uuid not null
public.result_token.seen_at timestamp with time zone
public.result_token.token_hash bytea not null
public.returnee.arrived_at timestamp with time zone not null
public.returnee.division division_code not null
public.returnee.id uuid not null
public.returnee.left_on date
public.returnee.managed_class text
public.returnee.pack_id text not null
public.returnee.person_id uuid not null
public.returnee.registered_at timestamp with time zone not null
public.returnee.registered_by uuid not null
public.returnee.travel jsonb not null
public.returnee_declaration.declared_at timestamp with time zone not null
public.returnee_declaration.division division_code not null
public.returnee_declaration.id uuid not null
public.returnee_declaration.identity_index bytea not null
public.returnee_declaration.place_id uuid not null
public.returnee_declaration.returnee_id uuid
public.returnee_declaration.set_aside_reason text
public.returnee_declaration.settled_at timestamp with time zone
public.returnee_declaration.settled_by uuid
public.returnee_declaration.values_sealed bytea not null
public.returnee_test.division division_code not null
public.returnee_test.due_on date not null
public.returnee_test.met_at timestamp with time zone
public.returnee_test.met_by uuid
public.returnee_test.person_id uuid not null
public.returnee_test.position integer not null
public.returnee_test.returnee_id uuid not null
public.round_area.away integer not null default 0
public.round_area.division division_code not null
public.round_area.exempt integer not null default 0
public.round_area.headcount integer not null
public.round_area.missed integer not null default (((headcount - sampled) - exempt) - away)
public.round_area.round_id uuid not null
public.round_area.sampled integer not null default 0
public.round_call.called_at timestamp with time zone not null
public.round_call.division division_code not null
public.round_call.id uuid not null
public.round_call.missed integer not null
public.round_call.round_id uuid not null
public.round_pace.division division_code not null
public.round_pace.round_id uuid not null
public.round_pace.sampled integer not null
public.round_pace.slot timestamp with time zone not null
public.round_person.at timestamp with time zone not null
public.round_person.division division_code not null
public.round_person.note text
public.round_person.person_id uuid not null
public.round_person.pool_id uuid
public.round_person.reason text
public.round_person.recorded_by uuid
public.round_person.round_id uuid not null
public.round_person.sample_id uuid
public.round_person.standing text not null
public.round_positive.at timestamp with time zone not null
public.round_positive.division division_code not null
public.round_positive.found_in text not null
public.round_positive.person_id uuid not null
public.round_positive.result_id uuid not null
public.round_positive.round_id uuid not null
public.round_site.division division_code not null
public.round_site.round_id uuid not null
public.round_site.site_id uuid not null
public.round_tube.division division_code not null
public.round_tube.people integer not null
public.round_tube.pool_id uuid not null
public.round_tube.round_id uuid not null
public.sample.division division_code not null
public.sample.found_in text not null
public.sample.id uuid not null
public.sample.open boolean not null
public.sample.person_id uuid not null
public.sample.pool_id uuid not null
public.sample.registered_at timestamp with time zone not null
public.sample.registered_by uuid not null
public.sample.resample_of uuid
public.sample.site_id uuid not null
public.sample.taken_at timestamp with time zone not null
public.sample.withdrawn_at timestamp with time zone
public.sample.withdrawn_reason text
public.sample_box.code text not null
public.sample_box.courier text
public.sample_box.division division_code not null
public.sample_box.from_id uuid not null
public.sample_box.id uuid not null
public.sample_box.lab_id uuid not null
public.sample_box.packed_at timestamp with time zone not null
public.sample_box.packed_by uuid not null
public.sample_box.packed_by_name text not null
public.sample_box.received_at timestamp with time zone
public.sample_box.received_by uuid
public.sample_box.sent_at timestamp with time zone
public.sample_box_tube.arrived_at timestamp with time zone
public.sample_box_tube.box_id uuid not null
public.sample_box_tube.division division_code not null
public.sample_box_tube.packed boolean not null
public.sample_box_tube.pool_id uuid
public.sample_box_tube.tube_code text not null
public.screening_round.checked_at timestamp with time zone not null
public.screening_round.closed_at timestamp with time zone
public.screening_round.closed_by uuid
public.screening_round.closed_by_name text
public.screening_round.counted_in pg_snapshot not null
public.screening_round.division division_code not null
public.screening_round.ends_at timestamp with time zone not null
public.screening_round.hole_since timestamp with time zone
public.screening_round.id uuid not null
public.screening_round.incident_id uuid not null
public.screening_round.number integer not null
public.screening_round.pack_id text not null
public.screening_round.pool_size integer not null
public.screening_round.started_at timestamp with time zone not null
public.screening_round.started_by uuid not null
public.screening_round.started_by_name text not null
public.screening_round.starts_at timestamp with time zone not null
public.search.actor_id uuid not null
public.search.actor_name text not null
public.search.adjusted boolean not null
public.search.adopted_at timestamp with time zone
public.search.as_of timestamp with time zone not null
public.search.at timestamp with time zone not null
public.search.case_id uuid not null
public.search.counts jsonb not null
public.search.division division_code not null
public.search.from_at timestamp with time zone not null
public.search.id uuid not null
public.search.incident_id uuid not null
public.search.lingering_minutes integer not null
public.search.meetings_count integer not null
public.search.milliseconds integer not null
public.search.min_minutes integer not null
public.search.outside jsonb not null
public.search.pack_id text not null
public.search.path text not null
public.search.person_id uuid not null
public.search.place_ids uuid[]
public.search.purpose text not null
public.search.stays_count integer not null
public.search.trace_window jsonb not null
public.search.until_at timestamp with time zone not null
public.setting.name text not null
public.setting.value jsonb not null
public.signal.at timestamp with time zone not null
public.signal.decided_at timestamp with time zone
public.signal.decided_by uuid
public.signal.decided_by_name text
public.signal.division division_code not null
public.signal.evidence jsonb
public.signal.found_in text
public.signal.id uuid not null
public.signal.incident_id uuid
public.signal.kind text not null
public.signal.note text
public.signal.person_id uuid
public.signal.reason text
public.signal.result_id uuid
public.signal.sample_id uuid
public.signal.site_id uuid
public.signal.state text not null default 'open'::text
public.site_queue.counted_at timestamp with time zone not null
public.site_queue.counted_by uuid not null
public.site_queue.division division_code not null
public.site_queue.site_id uuid not null
public.site_queue.waiting integer not null
public.site_sample.by_id uuid not null
public.site_sample.by_name text not null
public.site_sample.division division_code not null
public.site_sample.id uuid not null
public.site_sample.kind text not null
public.site_sample.order_id uuid not null
public.site_sample.reported_at timestamp with time zone not null
public.site_sample.result text not null
public.site_sample.sampled_at timestamp with time zone not null
public.situation_counter.as_of timestamp with time zone not null
public.situation_counter.day date not null
public.situation_counter.division division_code not null
public.situation_counter.name text not null
public.situation_counter.value bigint not null
public.situation_member.as_of timestamp with time zone not null
public.situation_member.division division_code not null
public.situation_member.from_at timestamp with time zone not null
public.situation_member.name text not null
public.situation_member.record_id uuid not null
public.situation_member.subject_id uuid not null
public.situation_member.until_at timestamp with time zone not null default 'infinity'::timestamp with time zone
public.space_alarm.cleared_at timestamp with time zone
public.space_alarm.division division_code not null
public.space_alarm.free_bytes bigint not null
public.space_alarm.host text not null
public.space_alarm.id uuid not null
public.space_alarm.place text not null
public.space_alarm.raised_at timestamp with time zone not null
public.space_alarm.severity text not null
public.space_alarm.total_bytes bigint not null
public.specimen.batch_number text
public.specimen.cold_chain boolean not null default false
public.specimen.description text not null
public.specimen.division division_code not null
public.specimen.id uuid not null
public.specimen.kind text not null
public.specimen.place_id uuid not null
public.specimen.pool_id uuid not null
public.specimen.product text
public.specimen.registered_at timestamp with time zone not null
public.specimen.registered_by uuid not null
public.specimen.registered_by_name text not null
public.specimen.site_id uuid not null
public.specimen.supplier text
public.specimen.taken_at timestamp with time zone not null
public.specimen.withdrawn_at timestamp with time zone
public.specimen.withdrawn_reason text
public.specimen_response.checked_at timestamp with time zone
public.specimen_response.checked_by uuid
public.specimen_response.disinfected_at timestamp with time zone
public.specimen_response.division division_code not null
public.specimen_response.handlers_from timestamp with time zone not null
public.specimen_response.incident_id uuid
public.specimen_response.opened_at timestamp with time zone not null
public.specimen_response.recall_id uuid
public.specimen_response.result_id uuid not null
public.specimen_response.rule jsonb not null
public.specimen_response.samples_per_person integer not null
public.specimen_response.specimen_id uuid not null
public.specimen_response.withdrawn_at timestamp with time zone
public.statutory_clock.confidence text not null
public.statutory_clock.division division_code not null
public.statutory_clock.due_at timestamp with time zone not null
public.statutory_clock.evidence text
public.statutory_clock.id uuid not null
public.statutory_clock.incident_id uuid not null
public.statutory_clock.kind text not null
public.statutory_clock.met_at timestamp with time zone
public.statutory_clock.met_by uuid
public.statutory_clock.met_by_name text
public.statutory_clock.name_en text not null
public.statutory_clock.name_zh text not null
public.statutory_clock.source text not null
public.statutory_clock.started_at timestamp with time zone not null
public.stay.certainty text not null default 'certain'::text
public.stay.division division_code not null
public.stay.from_at timestamp with time zone not null
public.stay.id uuid not null
public.stay.note text
public.stay.person_id uuid not null
public.stay.place_id uuid not null
public.stay.recorded_at timestamp with time zone not null
public.stay.recorded_by uuid
public.stay.seat_column text
public.stay.seat_row smallint
public.stay.source text not null
public.stay.until_at timestamp with time zone not null
public.stay.version integer not null default 1
public.stay_draft.case_id uuid not null
public.stay_draft.certainty text not null
public.stay_draft.division division_code not null
public.stay_draft.from_at timestamp with time zone
public.stay_draft.id uuid not null
public.stay_draft.note text
public.stay_draft.person_id uuid not null
public.stay_draft.place_id uuid
public.stay_draft.place_text text
public.stay_draft.recorded_at timestamp with time zone not null
public.stay_draft.recorded_by uuid not null
public.stay_draft.seat_column text
public.stay_draft.seat_row smallint
public.stay_draft.source text not null
public.stay_draft.until_at timestamp with time zone
public.stay_draft.version integer not null default 1
public.task.accepted_at timestamp with time zone
public.task.closed_at timestamp with time zone
public.task.deputy_id uuid
public.task.deputy_name text
public.task.division division_code not null
public.task.due_at timestamp with time zone not null
public.task.escalation_step integer not null default 0
public.task.evidence jsonb
public.task.evidence_wanted_en text
public.task.evidence_wanted_zh text
public.task.headquarters_id uuid
public.task.headquarters_name text
public.task.id uuid not null
public.task.incident_id uuid
public.task.key text
public.task.kind text not null
public.task.opened_at timestamp with time zone not null
public.task.opened_by uuid not null
public.task.owner_id uuid
public.task.owner_name text
public.task.parent_id uuid
public.task.role text
public.task.source_id uuid not null
public.task.source_type text not null
public.task.state text not null default 'open'::text
public.task.title_en text not null
public.task.title_zh text not null
public.task.upper_id uuid
public.task.upper_name text
public.task.version integer not null default 1
public.task_entry.account_id uuid
public.task_entry.account_name text
public.task_entry.actor_id uuid
public.task_entry.actor_name text
public.task_entry.at timestamp with time zone not null
public.task_entry.division division_code not null
public.task_entry.kind text not null
public.task_entry.sequence bigint not null identity always
public.task_entry.step integer
public.task_entry.task_id uuid not null
public.task_entry.text text
public.task_file.added_at timestamp with time zone not null
public.task_file.added_by uuid not null
public.task_file.added_by_name text not null
public.task_file.bytes bytea not null
public.task_file.division division_code not null
public.task_file.id uuid not null
public.task_file.media_type text not null
public.task_file.name text not null
public.task_file.sha256 text not null
public.task_file.task_id uuid not null
public.tube_loss.decided_at timestamp with time zone
public.tube_loss.decided_by uuid
public.tube_loss.decided_by_name text
public.tube_loss.decision text
public.tube_loss.division division_code not null
public.tube_loss.id uuid not null
public.tube_loss.lost_at timestamp with time zone not null
public.tube_loss.note text
public.tube_loss.pool_id uuid not null
public.tube_loss.proposed_at timestamp with time zone not null
public.tube_loss.proposed_by uuid not null
public.tube_loss.proposed_by_name text not null
public.tube_loss.reason text not null
public.work_bundle.device_id uuid not null
public.work_bundle.division division_code not null
public.work_bundle.expires_at timestamp with time zone not null
public.work_bundle.id uuid not null
public.work_bundle.key_sealed bytea not null
public.work_bundle.person_ids uuid[] not null
public.work_bundle.site_id uuid not null
public.work_bundle.taken_at timestamp with time zone not null
public.work_bundle.taken_by uuid not null

-- constraints
aberration aberration_id_key UNIQUE (id)
aberration aberration_pkey PRIMARY KEY (division, day, series)
aberration aberration_series_check CHECK ((series = ANY (ARRAY['positives'::text, 'cases'::text])))
account account_pkey PRIMARY KEY (id)
account account_username_key UNIQUE (username)
appeal appeal_channel_check CHECK ((channel = ANY (ARRAY['portal'::text, 'phone'::text, 'paper'::text, 'in_person'::text])))
appeal appeal_check CHECK (((decided_at IS NULL) = (outcome IS NULL)))
appeal appeal_check1 CHECK (((decided_at IS NULL) OR ((decider_id IS NOT NULL) AND (btrim(COALESCE(reason, ''::text)) <> ''::text))))
appeal appeal_check2 CHECK (((confirmed_at IS NULL) OR ((confirmed_by_id IS NOT NULL) AND (btrim(COALESCE(confirmed_reason, ''::text)) <> ''::text))))
appeal appeal_confirmed_by_id_fkey FOREIGN KEY (confirmed_by_id) REFERENCES account(id)
appeal appeal_decider_id_fkey FOREIGN KEY (decider_id) REFERENCES account(id)
appeal appeal_measure_id_fkey FOREIGN KEY (measure_id) REFERENCES measure(id)
appeal appeal_outcome_check CHECK ((outcome = ANY (ARRAY['granted'::text, 'upheld'::text])))
appeal appeal_pkey PRIMARY KEY (id)
area_outline area_outline_datum_check CHECK ((datum = ANY (ARRAY['wgs84'::text, 'gcj02'::text])))
area_outline area_outline_label_lat_check CHECK (((label_lat >= ('-90'::integer)::double precision) AND (label_lat <= (90)::double precision)))
area_outline area_outline_label_lon_check CHECK (((label_lon >= ('-180'::integer)::double precision) AND (label_lon <= (180)::double precision)))
area_outline area_outline_pkey PRIMARY KEY (division)
assay assay_code_check CHECK ((code ~ '^[A-Z0-9-]{2,24}$'::text))
assay assay_pkey PRIMARY KEY (code)
assay assay_positive_targets_check CHECK ((positive_targets >= 1))
assistance_request assistance_request_check CHECK (((state = 'answered'::text) = ((answered_at IS NOT NULL) AND (answer IS NOT NULL))))
assistance_request assistance_request_people_count_check CHECK ((people_count > 0))
assistance_request assistance_request_pkey PRIMARY KEY (id)
assistance_request assistance_request_search_id_fkey FOREIGN KEY (search_id) REFERENCES search(id)
assistance_request assistance_request_search_id_to_division_key UNIQUE (search_id, to_division)
assistance_request assistance_request_state_check CHECK ((state = ANY (ARRAY['sent'::text, 'answered'::text])))
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
bulletin bulletin_division_issue_key UNIQUE (division, issue)
bulletin bulletin_pkey PRIMARY KEY (id)
bulletin_edition bulletin_edition_bulletin_id_fkey FOREIGN KEY (bulletin_id) REFERENCES bulletin(id)
bulletin_edition bulletin_edition_check CHECK ((approver_id <> author_id))
bulletin_edition bulletin_edition_check1 CHECK (((state = ANY (ARRAY['draft'::text, 'checked'::text])) OR ((approver_id IS NOT NULL) AND (published_at IS NOT NULL))))
bulletin_edition bulletin_edition_check2 CHECK (((number = 1) OR (correction IS NOT NULL)))
bulletin_edition bulletin_edition_check3 CHECK ((((body_bo IS NULL) = (writer_bo IS NULL)) AND ((body_bo IS NULL) = (title_bo IS NULL))))
bulletin_edition bulletin_edition_pkey PRIMARY KEY (bulletin_id, number)
bulletin_edition bulletin_edition_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'checked'::text, 'published'::text, 'corrected'::text, 'withdrawn'::text])))
case_change case_change_case_id_fkey FOREIGN KEY (case_id) REFERENCES case_file(id) ON DELETE CASCADE
case_change case_change_pkey PRIMARY KEY (id)
case_file case_file_age_check CHECK (((age >= 0) AND (age <= 120)))
case_file case_file_classification_check CHECK ((classification = ANY (ARRAY['suspected'::text, 'probable'::text, 'confirmed'::text, 'asymptomatic'::text, 'not_a_case'::text])))
case_file case_file_gender_check CHECK ((gender = ANY (ARRAY['male'::text, 'female'::text, 'other'::text])))
case_file case_file_line_list_id_fkey FOREIGN KEY (line_list_id) REFERENCES line_list(id)
case_file case_file_outcome_check CHECK ((outcome = ANY (ARRAY['recovered'::text, 'died'::text, 'transferred'::text, 'other'::text])))
case_file case_file_pkey PRIMARY KEY (id)
case_file case_file_severity_check CHECK ((severity = ANY (ARRAY['asymptomatic'::text, 'mild'::text, 'moderate'::text, 'severe'::text, 'critical'::text])))
case_file case_file_signal_id_key UNIQUE (signal_id)
case_import case_import_pkey PRIMARY KEY (id)
case_import case_import_state_check CHECK ((state = ANY (ARRAY['uploaded'::text, 'checking'::text, 'checked'::text, 'committing'::text, 'committed'::text, 'undone'::text, 'cancelled'::text, 'failed'::text])))
case_link case_link_line_list_id_fkey FOREIGN KEY (line_list_id) REFERENCES line_list(id)
case_link case_link_pkey PRIMARY KEY (id)
command command_pkey PRIMARY KEY (id)
contact contact_assistance_request_id_fkey FOREIGN KEY (assistance_request_id) REFERENCES assistance_request(id)
contact contact_case_id_person_id_key UNIQUE (case_id, person_id)
contact contact_check CHECK (((state = 'proposed'::text) = (reviewed_at IS NULL)))
contact contact_check1 CHECK (((state <> 'accepted'::text) OR (class IS NOT NULL)))
contact contact_check2 CHECK (((state = 'proposed'::text) OR (NOT (class IS DISTINCT FROM proposed_class)) OR (reason IS NOT NULL)))
contact contact_class_check CHECK ((class = ANY (ARRAY['close'::text, 'contact_of_contact'::text, 'general'::text])))
contact contact_confidence_check CHECK ((confidence = ANY (ARRAY['sourced'::text, 'unverified'::text])))
contact contact_contact_order_check CHECK ((contact_order = ANY (ARRAY[1, 2])))
contact contact_pkey PRIMARY KEY (id)
contact contact_proposed_class_check CHECK ((proposed_class = ANY (ARRAY['close'::text, 'contact_of_contact'::text, 'general'::text])))
contact contact_search_id_fkey FOREIGN KEY (search_id) REFERENCES search(id)
contact contact_state_check CHECK ((state = ANY (ARRAY['proposed'::text, 'accepted'::text, 'rejected'::text])))
event event_pkey PRIMARY KEY (sequence)
exposure exposure_contact_order_check CHECK ((contact_order = ANY (ARRAY[1, 2])))
exposure exposure_pkey PRIMARY KEY (id)
field_device field_device_check CHECK (((revoked_at IS NULL) = (revoked_reason IS NULL)))
field_device field_device_holder_id_fkey FOREIGN KEY (holder_id) REFERENCES account(id)
field_device field_device_name_check CHECK (((length(name) >= 1) AND (length(name) <= 40)))
field_device field_device_pkey PRIMARY KEY (id)
field_device field_device_revoked_by_fkey FOREIGN KEY (revoked_by) REFERENCES account(id)
field_device field_device_site_id_fkey FOREIGN KEY (site_id) REFERENCES place(id)
field_device field_device_unsent_check CHECK ((unsent >= 0))
finding finding_class_check CHECK ((class = ANY (ARRAY['close'::text, 'contact_of_contact'::text, 'general'::text])))
finding finding_confidence_check CHECK ((confidence = ANY (ARRAY['sourced'::text, 'unverified'::text])))
finding finding_contact_order_check CHECK ((contact_order = ANY (ARRAY[1, 2])))
finding finding_pkey PRIMARY KEY (search_id, person_id)
follow_up follow_up_order_id_fkey FOREIGN KEY (order_id) REFERENCES isolation_order(id)
follow_up follow_up_pkey PRIMARY KEY (id)
follow_up follow_up_temperature_check CHECK (((temperature >= (30)::numeric) AND (temperature <= (45)::numeric)))
form_guard form_guard_pkey PRIMARY KEY (key)
found_in_decision found_in_decision_basis_check CHECK ((basis = ANY (ARRAY['measure'::text, 'contact'::text, 'statement'::text])))
found_in_decision found_in_decision_check CHECK (((basis = 'statement'::text) = (record_id IS NULL)))
found_in_decision found_in_decision_check1 CHECK (((basis <> 'statement'::text) OR (found_in = stated)))
found_in_decision found_in_decision_pkey PRIMARY KEY (sample_id)
found_in_decision found_in_decision_sample_id_fkey FOREIGN KEY (sample_id) REFERENCES sample(id)
handler handler_pkey PRIMARY KEY (specimen_id, person_id)
handler handler_specimen_id_fkey FOREIGN KEY (specimen_id) REFERENCES specimen(id)
handler_search handler_search_check CHECK ((until_at >= from_at))
handler_search handler_search_pkey PRIMARY KEY (id)
handler_search handler_search_specimen_id_fkey FOREIGN KEY (specimen_id) REFERENCES specimen(id)
headquarters headquarters_division_key UNIQUE (division)
headquarters headquarters_pkey PRIMARY KEY (id)
household household_pkey PRIMARY KEY (id)
household household_place_id_fkey FOREIGN KEY (place_id) REFERENCES place(id)
import_mapping import_mapping_pkey PRIMARY KEY (header_hash, division)
import_row import_row_file_check CHECK ((file = ANY (ARRAY['cases'::text, 'contacts'::text])))
import_row import_row_import_id_fkey FOREIGN KEY (import_id) REFERENCES case_import(id) ON DELETE CASCADE
import_row import_row_pkey PRIMARY KEY (import_id, file, line)
import_row import_row_verdict_check CHECK ((verdict = ANY (ARRAY['ok'::text, 'warning'::text, 'error'::text, 'duplicate'::text])))
import_row import_row_written_check CHECK ((written = ANY (ARRAY['accepted'::text, 'rejected'::text, 'duplicate'::text])))
incident incident_level_check CHECK ((level = ANY (ARRAY['I'::text, 'II'::text, 'III'::text, 'IV'::text])))
incident incident_pkey PRIMARY KEY (id)
incident_note incident_note_incident_id_fkey FOREIGN KEY (incident_id) REFERENCES incident(id)
incident_note incident_note_pkey PRIMARY KEY (id)
intake intake_pkey PRIMARY KEY ("position")
intake_outcome intake_outcome_check CHECK (((state = 'applied'::text) = (problem IS NULL)))
intake_outcome intake_outcome_held_until CHECK (((state <> 'held'::text) OR (held_until IS NOT NULL)))
intake_outcome intake_outcome_pkey PRIMARY KEY (id)
intake_outcome intake_outcome_state_check CHECK ((state = ANY (ARRAY['held'::text, 'applied'::text, 'quarantined'::text, 'resolved'::text])))
isolation_order isolation_order_check CHECK (((withdrawn_at IS NULL) = (withdrawn_reason IS NULL)))
isolation_order isolation_order_check1 CHECK (((released_at IS NULL) OR (admitted_at IS NOT NULL)))
isolation_order isolation_order_contact_id_key UNIQUE (contact_id)
isolation_order isolation_order_pkey PRIMARY KEY (id)
isolation_order isolation_order_room_id_fkey FOREIGN KEY (room_id) REFERENCES isolation_room(id)
isolation_phase isolation_phase_measure_id_fkey FOREIGN KEY (measure_id) REFERENCES measure(id)
isolation_phase isolation_phase_measure_id_key UNIQUE (measure_id)
isolation_phase isolation_phase_order_id_fkey FOREIGN KEY (order_id) REFERENCES isolation_order(id)
isolation_phase isolation_phase_pkey PRIMARY KEY (order_id, revision, ordinal)
isolation_room isolation_room_beds_check CHECK (((beds >= 1) AND (beds <= 4)))
isolation_room isolation_room_facility_id_fkey FOREIGN KEY (facility_id) REFERENCES place(id)
isolation_room isolation_room_facility_id_name_key UNIQUE (facility_id, name)
isolation_room isolation_room_pkey PRIMARY KEY (id)
job job_pkey PRIMARY KEY (id)
job job_state_check CHECK ((state = ANY (ARRAY['queued'::text, 'running'::text, 'done'::text, 'failed'::text, 'cancelled'::text])))
key_population_member key_population_member_employer_id_fkey FOREIGN KEY (employer_id) REFERENCES place(id)
key_population_member key_population_member_pkey PRIMARY KEY (person_id, population)
key_population_member key_population_member_population_check CHECK ((population = ANY (ARRAY['direct_exposure_posts'::text, 'crowded_service_posts'::text])))
lab_link lab_link_lab_id_fkey FOREIGN KEY (lab_id) REFERENCES place(id)
lab_link lab_link_pkey PRIMARY KEY (id)
lab_message lab_message_lab_id_fkey FOREIGN KEY (lab_id) REFERENCES place(id)
lab_message lab_message_pkey PRIMARY KEY (id)
lab_message lab_message_protocol_check CHECK ((protocol = ANY (ARRAY['hl7'::text, 'fhir'::text, 'csv'::text])))
lab_quarantine lab_quarantine_lab_id_fkey FOREIGN KEY (lab_id) REFERENCES place(id)
lab_quarantine lab_quarantine_message_id_fkey FOREIGN KEY (message_id) REFERENCES lab_message(id)
lab_quarantine lab_quarantine_message_id_position_key UNIQUE (message_id, "position")
lab_quarantine lab_quarantine_pkey PRIMARY KEY (id)
lab_quarantine lab_quarantine_state_check CHECK ((state = ANY (ARRAY['open'::text, 'applied'::text, 'set_aside'::text])))
lab_run lab_run_assay_fkey FOREIGN KEY (assay) REFERENCES assay(code)
lab_run lab_run_check CHECK (((state = 'invalid'::text) = (invalid_reason IS NOT NULL)))
lab_run lab_run_lab_id_fkey FOREIGN KEY (lab_id) REFERENCES place(id)
lab_run lab_run_pkey PRIMARY KEY (id)
lab_run lab_run_state_check CHECK ((state = ANY (ARRAY['open'::text, 'reported'::text, 'invalid'::text])))
lab_run_well lab_run_well_check CHECK (((kind = 'tube'::text) = (pool_id IS NOT NULL)))
lab_run_well lab_run_well_decision_check CHECK ((decision = ANY (ARRAY['reported'::text, 'recheck'::text, 'refused'::text])))
lab_run_well lab_run_well_kind_check CHECK ((kind = ANY (ARRAY['tube'::text, 'positive_control'::text, 'negative_control'::text])))
lab_run_well lab_run_well_outcome_check CHECK ((outcome = ANY (ARRAY['negative'::text, 'positive'::text, 'inconclusive'::text, 'invalid'::text])))
lab_run_well lab_run_well_pkey PRIMARY KEY (run_id, well)
lab_run_well lab_run_well_pool_id_fkey FOREIGN KEY (pool_id) REFERENCES pool(id)
lab_run_well lab_run_well_run_id_fkey FOREIGN KEY (run_id) REFERENCES lab_run(id)
lab_run_well lab_run_well_well_check CHECK ((well ~ '^[A-H]([1-9]|1[0-2])$'::text))
label_batch label_batch_capacity_check CHECK ((capacity = ANY (ARRAY[1, 5, 10, 20])))
label_batch label_batch_count_check CHECK (((count >= 1) AND (count <= 400)))
label_batch label_batch_pkey PRIMARY KEY (id)
label_batch label_batch_site_id_fkey FOREIGN KEY (site_id) REFERENCES place(id)
level_change level_change_check CHECK ((approver_id <> author_id))
level_change level_change_incident_id_fkey FOREIGN KEY (incident_id) REFERENCES incident(id)
level_change level_change_pkey PRIMARY KEY (id)
level_change level_change_state_check CHECK ((state = ANY (ARRAY['proposed'::text, 'approved'::text, 'declined'::text])))
line_list line_list_pkey PRIMARY KEY (id)
measure measure_approver_id_fkey FOREIGN KEY (approver_id) REFERENCES account(id)
measure measure_author_account_fkey FOREIGN KEY (author_account) REFERENCES account(id)
measure measure_check CHECK (((kind = ANY (ARRAY['risk_area'::text, 'venue_limit'::text])) = (subject_type = 'place'::text)))
measure measure_check1 CHECK (((kind = 'risk_area'::text) = (level IS NOT NULL)))
measure measure_check10 CHECK (((approved_at IS NULL) OR (kind <> 'risk_area'::text) OR (smallest IS NOT NULL)))
measure measure_check11 CHECK (((close_kind IS NULL) = (closed_at IS NULL)))
measure measure_check12 CHECK (((close_kind IS NULL) OR (btrim(COALESCE(close_reason, ''::text)) <> ''::text)))
measure measure_check13 CHECK (((close_kind <> 'rejected'::text) OR (approved_at IS NULL)))
measure measure_check2 CHECK ((ends_at > starts_at))
measure measure_check3 CHECK ((starts_at >= (drafted_at - '12:00:00'::interval)))
measure measure_check4 CHECK (((subject_type = 'person'::text) OR ((review_at IS NOT NULL) AND (review_at <= (starts_at + '72:00:00'::interval)))))
measure measure_check5 CHECK ((approver_id <> author_id))
measure measure_check6 CHECK (((approved_at IS NULL) OR ((approver_id IS NOT NULL) AND (author_account IS NOT NULL))))
measure measure_check7 CHECK (((NOT emergency) OR (approved_at IS NULL) OR (approved_at < (drafted_at + '12:00:00'::interval))))
measure measure_check8 CHECK ((((approved_at IS NULL) AND (NOT emergency)) OR notice_complete(notice)))
measure measure_check9 CHECK (((approved_at IS NULL) OR alternatives_complete(alternatives)))
measure measure_close_kind_check CHECK ((close_kind = ANY (ARRAY['rejected'::text, 'withdrawn'::text])))
measure measure_extends_id_fkey FOREIGN KEY (extends_id) REFERENCES measure(id)
measure measure_ground_check CHECK (((jsonb_typeof(ground) = 'array'::text) AND (jsonb_array_length(ground) >= 1)))
measure measure_kind_check CHECK ((kind = ANY (ARRAY['pool_hold'::text, 'checkpoint_hold'::text, 'centralised_isolation'::text, 'home_isolation'::text, 'home_monitoring'::text, 'self_monitoring'::text, 'risk_area'::text, 'venue_limit'::text])))
measure measure_legal_basis_check CHECK ((btrim(legal_basis) <> ''::text))
measure measure_level_check CHECK ((level = ANY (ARRAY['high'::text, 'medium'::text, 'low'::text])))
measure measure_people_count_check CHECK ((people_count >= 0))
measure measure_pkey PRIMARY KEY (id)
measure measure_power_zh_check CHECK ((btrim(power_zh) <> ''::text))
measure measure_subject_type_check CHECK ((subject_type = ANY (ARRAY['person'::text, 'place'::text])))
measure_alarm measure_alarm_author_id_reason_hour_key UNIQUE (author_id, reason, hour)
measure_alarm measure_alarm_pkey PRIMARY KEY (id)
measure_alarm measure_alarm_reason_check CHECK ((reason = ANY (ARRAY['no_ground'::text, 'same_ground'::text, 'volume'::text])))
measure_limit measure_limit_pkey PRIMARY KEY (pack_id, kind)
measure_refusal measure_refusal_pkey PRIMARY KEY (id)
measure_review measure_review_measure_id_fkey FOREIGN KEY (measure_id) REFERENCES measure(id)
measure_review measure_review_pkey PRIMARY KEY (id)
measure_review measure_review_reason_check CHECK ((btrim(reason) <> ''::text))
measure_review measure_review_reviewer_id_fkey FOREIGN KEY (reviewer_id) REFERENCES account(id)
message_budget message_budget_pkey PRIMARY KEY (incident_id)
message_number message_number_pkey PRIMARY KEY (number_index)
message_number message_number_reason_check CHECK ((reason = ANY (ARRAY['wrong_number'::text, 'opted_out'::text])))
message_outbox message_outbox_channel_check CHECK ((channel = 'sms'::text))
message_outbox message_outbox_kind_about_key UNIQUE (kind, about)
message_outbox message_outbox_kind_check CHECK ((kind = 'result'::text))
message_outbox message_outbox_pkey PRIMARY KEY (id)
message_outbox message_outbox_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'submitting'::text, 'submitted'::text, 'delivered'::text, 'failed'::text, 'unsure'::text, 'expired'::text, 'cancelled'::text])))
message_outbox message_outbox_waits_for_check CHECK ((waits_for = ANY (ARRAY['number_cap'::text, 'budget'::text, 'gateway'::text])))
message_part message_part_message_id_fkey FOREIGN KEY (message_id) REFERENCES message_outbox(id)
message_part message_part_pkey PRIMARY KEY (message_id, part)
message_part message_part_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'submitting'::text, 'accepted'::text, 'delivered'::text, 'failed'::text, 'unsure'::text])))
message_receipt message_receipt_pkey PRIMARY KEY (provider_id)
migration migration_pkey PRIMARY KEY (name)
person person_check CHECK (((identity_sealed IS NULL) = (identity_index IS NULL)))
person person_check1 CHECK (((phone_sealed IS NULL) = (phone_index IS NULL)))
person person_household_id_fkey FOREIGN KEY (household_id) REFERENCES household(id)
person person_identity_index_key UNIQUE (identity_index)
person person_name_zh_check CHECK (((length(name_zh) >= 1) AND (length(name_zh) <= 60)))
person person_pkey PRIMARY KEY (id)
person person_place_id_fkey FOREIGN KEY (place_id) REFERENCES place(id)
person person_school_id_fkey FOREIGN KEY (school_id) REFERENCES place(id)
person person_sex_check CHECK ((sex = ANY (ARRAY['male'::text, 'female'::text, 'unknown'::text])))
person person_work_id_fkey FOREIGN KEY (work_id) REFERENCES place(id)
place place_check CHECK (((code IS NULL) OR ((code)::text = (division)::text)))
place place_check1 CHECK (((level = ANY (ARRAY['venue'::text, 'vehicle'::text])) = (code IS NULL)))
place place_check2 CHECK (((level <> ALL (ARRAY['venue'::text, 'vehicle'::text])) OR (class IS NOT NULL)))
place place_class_check CHECK ((class = ANY (ARRAY['dwelling'::text, 'school'::text, 'work'::text, 'market'::text, 'catering'::text, 'care'::text, 'lodging'::text, 'transport'::text, 'gathering_indoor'::text, 'gathering_outdoor'::text, 'checkpoint'::text, 'test_site'::text, 'isolation_site'::text, 'laboratory'::text, 'public_office'::text])))
place place_code_key UNIQUE (code)
place place_level_check CHECK ((level = ANY (ARRAY['prefecture'::text, 'county'::text, 'township'::text, 'community'::text, 'grid'::text, 'building'::text, 'unit'::text, 'venue'::text, 'vehicle'::text])))
place place_parent_id_fkey FOREIGN KEY (parent_id) REFERENCES place(id)
place place_pkey PRIMARY KEY (id)
place_steward place_steward_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id)
place_steward place_steward_pkey PRIMARY KEY (place_id)
place_steward place_steward_place_id_fkey FOREIGN KEY (place_id) REFERENCES place(id)
pool pool_capacity_check CHECK ((capacity = ANY (ARRAY[1, 5, 10, 20])))
pool pool_check CHECK (((member_count >= 0) AND (member_count <= capacity)))
pool pool_content_check CHECK ((content = ANY (ARRAY['people'::text, 'specimen'::text])))
pool pool_lab_id_fkey FOREIGN KEY (lab_id) REFERENCES place(id)
pool pool_pkey PRIMARY KEY (id)
pool pool_site_id_fkey FOREIGN KEY (site_id) REFERENCES place(id)
pool pool_specimen_alone CHECK (((content = 'people'::text) OR (capacity = 1)))
pool pool_tube_code_check CHECK ((tube_code ~ '^[0-9A-Z-]{4,32}$'::text))
pool pool_tube_code_key UNIQUE (tube_code)
post post_check CHECK (((holder_id IS NULL) = (holder_name IS NULL)))
post post_check1 CHECK (((deputy_id IS NULL) = (deputy_name IS NULL)))
post post_check2 CHECK ((holder_id <> deputy_id))
post post_deputy_id_fkey FOREIGN KEY (deputy_id) REFERENCES account(id)
post post_headquarters_id_fkey FOREIGN KEY (headquarters_id) REFERENCES headquarters(id)
post post_headquarters_id_rank_key UNIQUE (headquarters_id, rank)
post post_holder_id_fkey FOREIGN KEY (holder_id) REFERENCES account(id)
post post_pkey PRIMARY KEY (id)
post_handover post_handover_from_id_fkey FOREIGN KEY (from_id) REFERENCES account(id)
post_handover post_handover_pkey PRIMARY KEY (id)
post_handover post_handover_post_id_fkey FOREIGN KEY (post_id) REFERENCES post(id)
post_handover post_handover_to_id_fkey FOREIGN KEY (to_id) REFERENCES account(id)
public_area_status public_area_status_level_check CHECK ((level = ANY (ARRAY['high'::text, 'medium'::text, 'low'::text])))
public_area_status public_area_status_pkey PRIMARY KEY (id)
public_bulletin public_bulletin_pkey PRIMARY KEY (bulletin_id, edition)
public_bulletin public_bulletin_state_check CHECK ((state = ANY (ARRAY['published'::text, 'corrected'::text, 'withdrawn'::text])))
public_figure public_figure_pkey PRIMARY KEY (bulletin_id, edition, "position")
public_test_site public_test_site_pkey PRIMARY KEY (site_id)
public_view_count public_view_count_pkey PRIMARY KEY (bulletin_id, day)
reaction_checkpoint reaction_checkpoint_pkey PRIMARY KEY (name)
reaction_failure reaction_failure_pkey PRIMARY KEY (id)
recall recall_pkey PRIMARY KEY (id)
resample_request resample_request_met_by_fkey FOREIGN KEY (met_by) REFERENCES sample(id)
resample_request resample_request_pkey PRIMARY KEY (id)
resample_request resample_request_pool_id_fkey FOREIGN KEY (pool_id) REFERENCES pool(id)
resample_request resample_request_pool_id_person_id_key UNIQUE (pool_id, person_id)
resample_request resample_request_sample_count_check CHECK ((sample_count >= 1))
resample_request resample_request_sample_id_fkey FOREIGN KEY (sample_id) REFERENCES sample(id)
resample_request resample_request_site_id_fkey FOREIGN KEY (site_id) REFERENCES place(id)
result result_lab_id_fkey FOREIGN KEY (lab_id) REFERENCES place(id)
result result_outcome_check CHECK ((outcome = ANY (ARRAY['negative'::text, 'positive'::text, 'inconclusive'::text, 'invalid'::text])))
result result_pkey PRIMARY KEY (id)
result result_pool_id_fkey FOREIGN KEY (pool_id) REFERENCES pool(id)
result result_sample_id_fkey FOREIGN KEY (sample_id) REFERENCES sample(id)
result result_supersedes_fkey FOREIGN KEY (supersedes) REFERENCES result(id)
result_amendment result_amendment_check CHECK (((decider_id IS NULL) OR (decider_id <> author_id)))
result_amendment result_amendment_decision_check CHECK ((decision = ANY (ARRAY['confirmed'::text, 'refused'::text])))
result_amendment result_amendment_outcome_check CHECK ((outcome = ANY (ARRAY['negative'::text, 'positive'::text, 'inconclusive'::text, 'invalid'::text])))
result_amendment result_amendment_pkey PRIMARY KEY (id)
result_amendment result_amendment_result_id_fkey FOREIGN KEY (result_id) REFERENCES result(id)
result_token result_token_given_check CHECK ((given = ANY (ARRAY['text'::text, 'slip'::text])))
result_token result_token_pkey PRIMARY KEY (token_hash)
result_token result_token_sample_id_fkey FOREIGN KEY (sample_id) REFERENCES sample(id)
returnee returnee_pkey PRIMARY KEY (id)
returnee_declaration returnee_declaration_check CHECK (((settled_at IS NULL) = (settled_by IS NULL)))
returnee_declaration returnee_declaration_check1 CHECK (((settled_at IS NULL) OR ((returnee_id IS NULL) <> (set_aside_reason IS NULL))))
returnee_declaration returnee_declaration_pkey PRIMARY KEY (id)
returnee_declaration returnee_declaration_place_id_fkey FOREIGN KEY (place_id) REFERENCES place(id)
returnee_declaration returnee_declaration_returnee_id_fkey FOREIGN KEY (returnee_id) REFERENCES returnee(id)
returnee_test returnee_test_pkey PRIMARY KEY (returnee_id, "position")
returnee_test returnee_test_returnee_id_fkey FOREIGN KEY (returnee_id) REFERENCES returnee(id)
round_area round_area_pkey PRIMARY KEY (round_id, division)
round_area round_area_round_id_fkey FOREIGN KEY (round_id) REFERENCES screening_round(id)
round_call round_call_pkey PRIMARY KEY (id)
round_call round_call_round_id_division_key UNIQUE (round_id, division)
round_call round_call_round_id_fkey FOREIGN KEY (round_id) REFERENCES screening_round(id)
round_pace round_pace_pkey PRIMARY KEY (round_id, division, slot)
round_pace round_pace_round_id_fkey FOREIGN KEY (round_id) REFERENCES screening_round(id)
round_person round_person_check CHECK (((standing = 'sampled'::text) = (sample_id IS NOT NULL)))
round_person round_person_check1 CHECK (((standing = 'sampled'::text) = (reason IS NULL)))
round_person round_person_pkey PRIMARY KEY (round_id, person_id)
round_person round_person_round_id_fkey FOREIGN KEY (round_id) REFERENCES screening_round(id)
round_person round_person_standing_check CHECK ((standing = ANY (ARRAY['sampled'::text, 'exempt'::text, 'away'::text])))
round_positive round_positive_pkey PRIMARY KEY (round_id, result_id)
round_positive round_positive_round_id_fkey FOREIGN KEY (round_id) REFERENCES screening_round(id)
round_site round_site_pkey PRIMARY KEY (round_id, site_id)
round_site round_site_round_id_fkey FOREIGN KEY (round_id) REFERENCES screening_round(id)
round_site round_site_site_id_fkey FOREIGN KEY (site_id) REFERENCES place(id)
round_tube round_tube_pkey PRIMARY KEY (round_id, pool_id)
round_tube round_tube_pool_id_fkey FOREIGN KEY (pool_id) REFERENCES pool(id)
round_tube round_tube_round_id_fkey FOREIGN KEY (round_id) REFERENCES screening_round(id)
sample sample_pkey PRIMARY KEY (id)
sample sample_pool_id_fkey FOREIGN KEY (pool_id) REFERENCES pool(id)
sample sample_resample_of_fkey FOREIGN KEY (resample_of) REFERENCES pool(id)
sample sample_site_id_fkey FOREIGN KEY (site_id) REFERENCES place(id)
sample_box sample_box_code_check CHECK ((code ~ '^[0-9A-Z-]{4,32}$'::text))
sample_box sample_box_code_key UNIQUE (code)
sample_box sample_box_courier_check CHECK (((length(courier) >= 1) AND (length(courier) <= 60)))
sample_box sample_box_from_id_fkey FOREIGN KEY (from_id) REFERENCES place(id)
sample_box sample_box_lab_id_fkey FOREIGN KEY (lab_id) REFERENCES place(id)
sample_box sample_box_pkey PRIMARY KEY (id)
sample_box_tube sample_box_tube_box_id_fkey FOREIGN KEY (box_id) REFERENCES sample_box(id)
sample_box_tube sample_box_tube_pkey PRIMARY KEY (box_id, tube_code)
sample_box_tube sample_box_tube_pool_id_fkey FOREIGN KEY (pool_id) REFERENCES pool(id)
screening_round screening_round_check CHECK ((ends_at > starts_at))
screening_round screening_round_incident_id_division_number_key UNIQUE (incident_id, division, number)
screening_round screening_round_incident_id_fkey FOREIGN KEY (incident_id) REFERENCES incident(id)
screening_round screening_round_number_check CHECK ((number >= 1))
screening_round screening_round_pkey PRIMARY KEY (id)
screening_round screening_round_pool_size_check CHECK ((pool_size = ANY (ARRAY[1, 5, 10, 20])))
search search_check CHECK ((from_at <= until_at))
search search_lingering_minutes_check CHECK ((lingering_minutes >= 0))
search search_min_minutes_check CHECK ((min_minutes >= 0))
search search_path_check CHECK ((path = ANY (ARRAY['index'::text, 'sql'::text])))
search search_pkey PRIMARY KEY (id)
setting setting_pkey PRIMARY KEY (name)
signal signal_check CHECK (((state = 'joined'::text) = (incident_id IS NOT NULL)))
signal signal_check1 CHECK (((state <> 'dismissed'::text) OR (reason IS NOT NULL)))
signal signal_evidence CHECK (((kind = 'aberration'::text) = (evidence IS NOT NULL)))
signal signal_incident_id_fkey FOREIGN KEY (incident_id) REFERENCES incident(id)
signal signal_kind_check CHECK ((kind = ANY (ARRAY['screening_positive'::text, 'manual'::text, 'aberration'::text])))
signal signal_pkey PRIMARY KEY (id)
signal signal_result_id_key UNIQUE (result_id)
signal signal_state_check CHECK ((state = ANY (ARRAY['open'::text, 'joined'::text, 'dismissed'::text])))
site_queue site_queue_pkey PRIMARY KEY (site_id)
site_queue site_queue_site_id_fkey FOREIGN KEY (site_id) REFERENCES place(id)
site_queue site_queue_waiting_check CHECK (((waiting >= 0) AND (waiting <= 100000)))
site_sample site_sample_kind_check CHECK ((kind = ANY (ARRAY['environment'::text, 'goods'::text])))
site_sample site_sample_order_id_fkey FOREIGN KEY (order_id) REFERENCES isolation_order(id)
site_sample site_sample_pkey PRIMARY KEY (id)
site_sample site_sample_result_check CHECK ((result = ANY (ARRAY['negative'::text, 'positive'::text])))
situation_counter situation_counter_pkey PRIMARY KEY (name, day, division)
situation_member situation_member_pkey PRIMARY KEY (name, record_id)
space_alarm space_alarm_pkey PRIMARY KEY (id)
space_alarm space_alarm_severity_check CHECK ((severity = ANY (ARRAY['warning'::text, 'critical'::text])))
specimen specimen_check CHECK (((kind = 'goods'::text) = (product IS NOT NULL)))
specimen specimen_check1 CHECK (((kind = 'goods'::text) OR ((batch_number IS NULL) AND (supplier IS NULL) AND (NOT cold_chain))))
specimen specimen_check2 CHECK (((withdrawn_at IS NULL) = (withdrawn_reason IS NULL)))
specimen specimen_kind_check CHECK ((kind = ANY (ARRAY['goods'::text, 'surface'::text, 'sewage'::text, 'environment'::text])))
specimen specimen_pkey PRIMARY KEY (id)
specimen specimen_place_id_fkey FOREIGN KEY (place_id) REFERENCES place(id)
specimen specimen_pool_id_fkey FOREIGN KEY (pool_id) REFERENCES pool(id)
specimen specimen_pool_id_key UNIQUE (pool_id)
specimen specimen_site_id_fkey FOREIGN KEY (site_id) REFERENCES place(id)
specimen_response specimen_response_check CHECK (((checked_at IS NULL) = (checked_by IS NULL)))
specimen_response specimen_response_check1 CHECK (((checked_at IS NULL) OR (disinfected_at IS NOT NULL)))
specimen_response specimen_response_checked_by_fkey FOREIGN KEY (checked_by) REFERENCES specimen(id)
specimen_response specimen_response_pkey PRIMARY KEY (specimen_id)
specimen_response specimen_response_recall_id_fkey FOREIGN KEY (recall_id) REFERENCES recall(id)
specimen_response specimen_response_samples_per_person_check CHECK ((samples_per_person >= 1))
specimen_response specimen_response_specimen_id_fkey FOREIGN KEY (specimen_id) REFERENCES specimen(id)
statutory_clock statutory_clock_confidence_check CHECK ((confidence = ANY (ARRAY['sourced'::text, 'unverified'::text])))
statutory_clock statutory_clock_incident_id_fkey FOREIGN KEY (incident_id) REFERENCES incident(id)
statutory_clock statutory_clock_incident_id_kind_key UNIQUE (incident_id, kind)
statutory_clock statutory_clock_pkey PRIMARY KEY (id)
stay stay_certainty_check CHECK ((certainty = ANY (ARRAY['certain'::text, 'probable'::text, 'possible'::text])))
stay stay_check CHECK ((until_at > from_at))
stay stay_pkey PRIMARY KEY (place_id, from_at, id)
stay stay_place_id_fkey FOREIGN KEY (place_id) REFERENCES place(id)
stay stay_source_check CHECK ((source = ANY (ARRAY['interview'::text, 'venue_register'::text, 'checkpoint'::text, 'test_site'::text, 'import'::text, 'everyday'::text])))
stay_draft stay_draft_case_id_fkey FOREIGN KEY (case_id) REFERENCES case_file(id) ON DELETE CASCADE
stay_draft stay_draft_pkey PRIMARY KEY (id)
task task_check CHECK (((state = ANY (ARRAY['done'::text, 'cancelled'::text])) = (closed_at IS NOT NULL)))
task task_check1 CHECK (((state <> 'done'::text) OR (evidence IS NOT NULL)))
task task_deputy_id_fkey FOREIGN KEY (deputy_id) REFERENCES account(id)
task task_headquarters_id_fkey FOREIGN KEY (headquarters_id) REFERENCES account(id)
task task_key_key UNIQUE (key)
task task_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES account(id)
task task_parent_id_fkey FOREIGN KEY (parent_id) REFERENCES task(id)
task task_pkey PRIMARY KEY (id)
task task_state_check CHECK ((state = ANY (ARRAY['open'::text, 'accepted'::text, 'done'::text, 'cancelled'::text])))
task task_upper_id_fkey FOREIGN KEY (upper_id) REFERENCES account(id)
task_entry task_entry_kind_check CHECK ((kind = ANY (ARRAY['opened'::text, 'accepted'::text, 'reassigned'::text, 'explained'::text, 'climbed'::text, 'done'::text, 'cancelled'::text])))
task_entry task_entry_pkey PRIMARY KEY (sequence)
task_entry task_entry_task_id_fkey FOREIGN KEY (task_id) REFERENCES task(id)
task_file task_file_bytes_check CHECK (((octet_length(bytes) >= 1) AND (octet_length(bytes) <= 5242880)))
task_file task_file_media_type_check CHECK ((media_type = ANY (ARRAY['image/jpeg'::text, 'image/png'::text, 'image/webp'::text, 'application/pdf'::text])))
task_file task_file_pkey PRIMARY KEY (id)
task_file task_file_task_id_fkey FOREIGN KEY (task_id) REFERENCES task(id)
tube_loss tube_loss_check CHECK ((((decision IS NULL) = (decided_at IS NULL)) AND ((decision IS NULL) = (decided_by IS NULL))))
tube_loss tube_loss_check1 CHECK (((decided_by IS NULL) OR (decided_by <> proposed_by)))
tube_loss tube_loss_decision_check CHECK ((decision = ANY (ARRAY['confirmed'::text, 'refused'::text])))
tube_loss tube_loss_pkey PRIMARY KEY (id)
tube_loss tube_loss_pool_id_fkey FOREIGN KEY (pool_id) REFERENCES pool(id)
work_bundle work_bundle_device_id_fkey FOREIGN KEY (device_id) REFERENCES field_device(id)
work_bundle work_bundle_pkey PRIMARY KEY (id)
work_bundle work_bundle_site_id_fkey FOREIGN KEY (site_id) REFERENCES place(id)
work_bundle work_bundle_taken_by_fkey FOREIGN KEY (taken_by) REFERENCES account(id)

-- indexes
CREATE INDEX account_by_user ON auth.account USING btree ("userId")
CREATE INDEX account_division ON public.account USING btree (division)
CREATE INDEX appeal_measure ON public.appeal USING btree (measure_id)
CREATE INDEX appeal_open ON public.appeal USING btree (lodged_at) WHERE (decided_at IS NULL)
CREATE INDEX audit_entry_actor ON public.audit_entry USING btree (actor_id, sequence)
CREATE INDEX audit_entry_opened ON public.audit_entry USING gin (opened jsonb_path_ops)
CREATE INDEX audit_entry_position ON public.audit_entry USING btree (transaction, sequence)
CREATE INDEX bulletin_changed ON public.bulletin USING btree (changed_at)
CREATE INDEX case_change_case ON public.case_change USING btree (case_id, version)
CREATE INDEX case_file_division ON public.case_file USING btree (division, opened_at)
CREATE INDEX case_file_import ON public.case_file USING btree (import_id) WHERE (import_id IS NOT NULL)
CREATE INDEX case_file_incident ON public.case_file USING btree (incident_id, opened_at) WHERE (incident_id IS NOT NULL)
CREATE INDEX case_file_order ON public.case_file USING btree (external_id, id)
CREATE INDEX case_file_person ON public.case_file USING btree (person_id) WHERE (person_id IS NOT NULL)
CREATE INDEX case_import_division ON public.case_import USING btree (division, created_at)
CREATE INDEX case_link_import ON public.case_link USING btree (import_id) WHERE (import_id IS NOT NULL)
CREATE INDEX command_at ON public.command USING btree (at)
CREATE INDEX contact_incident ON public.contact USING btree (incident_id, state, division)
CREATE INDEX contact_person ON public.contact USING btree (person_id)
CREATE INDEX event_flow ON public.event USING btree (kind, at) INCLUDE (division) WHERE (kind = ANY (ARRAY['sample.registered'::text, 'sample.withdrawn'::text, 'result.screening_positive'::text, 'result.amended'::text]))
CREATE INDEX event_incident ON public.event USING btree (incident_id, sequence) WHERE (incident_id IS NOT NULL)
CREATE INDEX event_milestone ON public.event USING btree (sequence) WHERE is_milestone(kind)
CREATE INDEX event_milestone_division ON public.event USING btree (division, sequence) WHERE is_milestone(kind)
CREATE INDEX event_position ON public.event USING btree (transaction, sequence)
CREATE INDEX event_subject ON public.event USING btree (subject_id, sequence)
CREATE INDEX exposure_person ON public.exposure USING btree (person_id, case_id)
CREATE INDEX exposure_search ON public.exposure USING btree (search_id, person_id)
CREATE INDEX field_device_site ON public.field_device USING btree (site_id, registered_at)
CREATE INDEX follow_up_order ON public.follow_up USING btree (order_id, at)
CREATE INDEX handler_division ON public.handler USING btree (division, specimen_id)
CREATE INDEX handler_search_specimen ON public.handler_search USING btree (specimen_id, at DESC)
CREATE INDEX household_place ON public.household USING btree (place_id)
CREATE INDEX import_row_verdict ON public.import_row USING btree (import_id, file, verdict)
CREATE INDEX incident_current ON public.incident USING btree (activated_at) WHERE (stood_down_at IS NULL)
CREATE INDEX intake_outcome_device ON public.intake_outcome USING btree (device_id, settled_at)
CREATE INDEX intake_outcome_held ON public.intake_outcome USING btree (held_until) WHERE (state = 'held'::text)
CREATE INDEX intake_outcome_open ON public.intake_outcome USING btree (division, settled_at) WHERE (state = ANY (ARRAY['quarantined'::text, 'held'::text]))
CREATE INDEX isolation_order_contact ON public.isolation_order USING btree (contact_id)
CREATE INDEX isolation_order_division ON public.isolation_order USING btree (division, drafted_at)
CREATE INDEX isolation_order_incident ON public.isolation_order USING btree (incident_id) WHERE (incident_id IS NOT NULL)
CREATE INDEX isolation_order_person ON public.isolation_order USING btree (person_id)
CREATE INDEX isolation_order_room ON public.isolation_order USING btree (room_id) WHERE (released_at IS NULL)
CREATE INDEX job_open ON public.job USING btree (created_at) WHERE (state = ANY (ARRAY['queued'::text, 'running'::text]))
CREATE INDEX job_subject ON public.job USING btree (subject_id)
CREATE INDEX key_population_employer ON public.key_population_member USING btree (employer_id, due_on) WHERE (ended_at IS NULL)
CREATE INDEX key_population_home ON public.key_population_member USING btree (division, due_on) WHERE (ended_at IS NULL)
CREATE INDEX lab_message_received ON public.lab_message USING btree (division, received_at)
CREATE INDEX lab_quarantine_open ON public.lab_quarantine USING btree (division, at) WHERE (state = 'open'::text)
CREATE INDEX lab_quarantine_tube ON public.lab_quarantine USING btree (tube_code) WHERE (state = 'open'::text)
CREATE INDEX lab_run_lab ON public.lab_run USING btree (lab_id, started_at)
CREATE INDEX lab_run_well_pool ON public.lab_run_well USING btree (pool_id)
CREATE INDEX label_batch_site ON public.label_batch USING btree (site_id, printed_at)
CREATE INDEX line_list_division ON public.line_list USING btree (division)
CREATE INDEX measure_author ON public.measure USING btree (author_id, drafted_at)
CREATE INDEX measure_awaiting ON public.measure USING btree (drafted_at) WHERE ((approved_at IS NULL) AND (closed_at IS NULL))
CREATE INDEX measure_division ON public.measure USING btree (division, ends_at)
CREATE INDEX measure_incident ON public.measure USING btree (incident_id, drafted_at) WHERE (incident_id IS NOT NULL)
CREATE INDEX measure_refusal_author ON public.measure_refusal USING btree (author_id, at)
CREATE INDEX measure_review_measure ON public.measure_review USING btree (measure_id, at)
CREATE INDEX measure_subject ON public.measure USING btree (subject_id, ends_at)
CREATE INDEX measure_time ON public.measure USING btree (ends_at, starts_at)
CREATE INDEX message_outbox_claimed ON public.message_outbox USING btree (claimed_at) WHERE (state = 'submitting'::text)
CREATE INDEX message_outbox_number ON public.message_outbox USING btree (number_index, claimed_at) WHERE (number_index IS NOT NULL)
CREATE INDEX message_outbox_shown ON public.message_outbox USING btree (state, composed_at DESC)
CREATE INDEX message_outbox_waiting ON public.message_outbox USING btree (composed_at) WHERE (state = 'waiting'::text)
CREATE INDEX person_division ON public.person USING btree (division)
CREATE INDEX person_household ON public.person USING btree (household_id)
CREATE INDEX person_initials ON public.person USING btree (name_initials)
CREATE INDEX person_name ON public.person USING btree (name_zh COLLATE "C")
CREATE INDEX person_phone ON public.person USING btree (phone_index)
CREATE INDEX person_pinyin ON public.person USING btree (name_pinyin)
CREATE INDEX place_division ON public.place USING btree (division, level)
CREATE INDEX place_name ON public.place USING gin (name_zh gin_trgm_ops, name_en gin_trgm_ops, pinyin gin_trgm_ops)
CREATE INDEX place_parent ON public.place USING btree (parent_id)
CREATE INDEX place_steward_account ON public.place_steward USING btree (account_id)
CREATE INDEX place_steward_division ON public.place_steward USING btree (division)
CREATE INDEX pool_lab ON public.pool USING btree (lab_id, state, received_at)
CREATE INDEX pool_queue ON public.pool USING btree (division, state, opened_at)
CREATE INDEX pool_site ON public.pool USING btree (site_id, opened_at)
CREATE INDEX post_deputy ON public.post USING btree (deputy_id)
CREATE INDEX post_division ON public.post USING btree (division, rank)
CREATE INDEX post_handover_post ON public.post_handover USING btree (post_id, at DESC)
CREATE INDEX post_holder ON public.post USING btree (holder_id)
CREATE INDEX public_bulletin_published ON public.public_bulletin USING btree (published_at) WHERE (state = 'published'::text)
CREATE INDEX resample_request_person ON public.resample_request USING btree (person_id) WHERE ((met_at IS NULL) AND (cancelled_at IS NULL))
CREATE INDEX resample_request_wanted ON public.resample_request USING btree (division, wanted_at) WHERE ((met_at IS NULL) AND (cancelled_at IS NULL))
CREATE INDEX result_person ON public.result USING btree (person_id, tested_at) WHERE (person_id IS NOT NULL)
CREATE INDEX result_token_sample ON public.result_token USING btree (sample_id)
CREATE INDEX returnee_declaration_person ON public.returnee_declaration USING btree (identity_index) WHERE (settled_at IS NULL)
CREATE INDEX returnee_declaration_waiting ON public.returnee_declaration USING btree (division, declared_at) WHERE (settled_at IS NULL)
CREATE INDEX returnee_division ON public.returnee USING btree (division, arrived_at)
CREATE INDEX returnee_test_due ON public.returnee_test USING btree (division, due_on) WHERE (met_by IS NULL)
CREATE INDEX returnee_test_person ON public.returnee_test USING btree (person_id, due_on) WHERE (met_by IS NULL)
CREATE INDEX round_person_sample ON public.round_person USING btree (sample_id)
CREATE INDEX round_person_standing ON public.round_person USING btree (round_id, standing, division) WHERE (standing <> 'sampled'::text)
CREATE INDEX round_tube_pool ON public.round_tube USING btree (pool_id)
CREATE INDEX sample_box_lab ON public.sample_box USING btree (lab_id, packed_at)
CREATE INDEX sample_box_tube_pool ON public.sample_box_tube USING btree (pool_id)
CREATE INDEX sample_person ON public.sample USING btree (person_id, taken_at)
CREATE INDEX sample_site ON public.sample USING btree (site_id, registered_at)
CREATE INDEX screening_round_started ON public.screening_round USING btree (starts_at)
CREATE INDEX search_case ON public.search USING btree (case_id, at DESC)
CREATE INDEX session_by_user ON auth.session USING btree ("userId")
CREATE INDEX signal_incident ON public.signal USING btree (incident_id) WHERE (incident_id IS NOT NULL)
CREATE INDEX signal_state ON public.signal USING btree (state, at)
CREATE INDEX site_sample_order ON public.site_sample USING btree (order_id, sampled_at)
CREATE INDEX situation_member_name ON public.situation_member USING btree (name, division) INCLUDE (subject_id, from_at, until_at)
CREATE INDEX situation_member_record ON public.situation_member USING btree (record_id)
CREATE INDEX specimen_place ON public.specimen USING btree (place_id, taken_at)
CREATE INDEX specimen_response_open ON public.specimen_response USING btree (division, opened_at) WHERE (withdrawn_at IS NULL)
CREATE INDEX specimen_response_recall ON public.specimen_response USING btree (recall_id) WHERE (recall_id IS NOT NULL)
CREATE INDEX specimen_site ON public.specimen USING btree (site_id, registered_at)
CREATE INDEX specimen_taken ON public.specimen USING btree (division, taken_at)
CREATE INDEX stay_draft_case ON public.stay_draft USING btree (case_id)
CREATE INDEX stay_person ON public.stay USING btree (person_id, from_at)
CREATE INDEX task_division ON public.task USING btree (division, state)
CREATE INDEX task_entry_task ON public.task_entry USING btree (task_id, sequence)
CREATE INDEX task_file_task ON public.task_file USING btree (task_id, added_at)
CREATE INDEX task_incident ON public.task USING btree (incident_id) WHERE (incident_id IS NOT NULL)
CREATE INDEX task_open ON public.task USING btree (due_at) WHERE (state = ANY (ARRAY['open'::text, 'accepted'::text]))
CREATE INDEX task_owner ON public.task USING btree (owner_id, due_at) WHERE (state = ANY (ARRAY['open'::text, 'accepted'::text]))
CREATE INDEX task_parent ON public.task USING btree (parent_id) WHERE (parent_id IS NOT NULL)
CREATE INDEX task_source ON public.task USING btree (source_id)
CREATE INDEX tube_loss_pool ON public.tube_loss USING btree (pool_id, proposed_at)
CREATE INDEX two_factor_secret ON auth."twoFactor" USING btree (secret)
CREATE INDEX two_factor_user ON auth."twoFactor" USING btree ("userId")
CREATE INDEX verification_identifier ON auth.verification USING btree (identifier)
CREATE INDEX work_bundle_device ON public.work_bundle USING btree (device_id, taken_at)
CREATE UNIQUE INDEX "twoFactor_pkey" ON auth."twoFactor" USING btree (id)
CREATE UNIQUE INDEX aberration_id_key ON public.aberration USING btree (id)
CREATE UNIQUE INDEX aberration_pkey ON public.aberration USING btree (division, day, series)
CREATE UNIQUE INDEX account_pkey ON auth.account USING btree (id)
CREATE UNIQUE INDEX account_pkey ON public.account USING btree (id)
CREATE UNIQUE INDEX account_username_key ON public.account USING btree (username)
CREATE UNIQUE INDEX appeal_pkey ON public.appeal USING btree (id)
CREATE UNIQUE INDEX area_outline_pkey ON public.area_outline USING btree (division)
CREATE UNIQUE INDEX assay_pkey ON public.assay USING btree (code)
CREATE UNIQUE INDEX assistance_request_pkey ON public.assistance_request USING btree (id)
CREATE UNIQUE INDEX assistance_request_search_id_to_division_key ON public.assistance_request USING btree (search_id, to_division)
CREATE UNIQUE INDEX audit_entry_pkey ON public.audit_entry USING btree (sequence)
CREATE UNIQUE INDEX audit_link_entry_sequence_key ON public.audit_link USING btree (entry_sequence)
CREATE UNIQUE INDEX audit_link_pkey ON public.audit_link USING btree (ordinal)
CREATE UNIQUE INDEX bulletin_division_issue_key ON public.bulletin USING btree (division, issue)
CREATE UNIQUE INDEX bulletin_edition_current ON public.bulletin_edition USING btree (bulletin_id) WHERE (state = 'published'::text)
CREATE UNIQUE INDEX bulletin_edition_open ON public.bulletin_edition USING btree (bulletin_id) WHERE (state = ANY (ARRAY['draft'::text, 'checked'::text]))
CREATE UNIQUE INDEX bulletin_edition_pkey ON public.bulletin_edition USING btree (bulletin_id, number)
CREATE UNIQUE INDEX bulletin_pkey ON public.bulletin USING btree (id)
CREATE UNIQUE INDEX case_change_pkey ON public.case_change USING btree (id)
CREATE UNIQUE INDEX case_file_in_list ON public.case_file USING btree (line_list_id, external_id) WHERE (line_list_id IS NOT NULL)
CREATE UNIQUE INDEX case_file_once ON public.case_file USING btree (incident_id, person_id) WHERE ((incident_id IS NOT NULL) AND (person_id IS NOT NULL))
CREATE UNIQUE INDEX case_file_pkey ON public.case_file USING btree (id)
CREATE UNIQUE INDEX case_file_signal_id_key ON public.case_file USING btree (signal_id)
CREATE UNIQUE INDEX case_import_pkey ON public.case_import USING btree (id)
CREATE UNIQUE INDEX case_link_in_incident ON public.case_link USING btree (incident_id, from_external_id, to_external_id) WHERE (incident_id IS NOT NULL)
CREATE UNIQUE INDEX case_link_in_list ON public.case_link USING btree (line_list_id, from_external_id, to_external_id) WHERE (line_list_id IS NOT NULL)
CREATE UNIQUE INDEX case_link_pkey ON public.case_link USING btree (id)
CREATE UNIQUE INDEX command_pkey ON public.command USING btree (id)
CREATE UNIQUE INDEX contact_case_id_person_id_key ON public.contact USING btree (case_id, person_id)
CREATE UNIQUE INDEX contact_pkey ON public.contact USING btree (id)
CREATE UNIQUE INDEX event_pkey ON public.event USING btree (sequence)
CREATE UNIQUE INDEX exposure_pkey ON public.exposure USING btree (id)
CREATE UNIQUE INDEX field_device_pkey ON public.field_device USING btree (id)
CREATE UNIQUE INDEX finding_pkey ON public.finding USING btree (search_id, person_id)
CREATE UNIQUE INDEX follow_up_pkey ON public.follow_up USING btree (id)
CREATE UNIQUE INDEX form_guard_pkey ON public.form_guard USING btree (key)
CREATE UNIQUE INDEX found_in_decision_pkey ON public.found_in_decision USING btree (sample_id)
CREATE UNIQUE INDEX handler_pkey ON public.handler USING btree (specimen_id, person_id)
CREATE UNIQUE INDEX handler_search_pkey ON public.handler_search USING btree (id)
CREATE UNIQUE INDEX headquarters_division_key ON public.headquarters USING btree (division)
CREATE UNIQUE INDEX headquarters_pkey ON public.headquarters USING btree (id)
CREATE UNIQUE INDEX household_pkey ON public.household USING btree (id)
CREATE UNIQUE INDEX import_mapping_pkey ON public.import_mapping USING btree (header_hash, division)
CREATE UNIQUE INDEX import_row_pkey ON public.import_row USING btree (import_id, file, line)
CREATE UNIQUE INDEX incident_note_pkey ON public.incident_note USING btree (id)
CREATE UNIQUE INDEX incident_pkey ON public.incident USING btree (id)
CREATE UNIQUE INDEX intake_outcome_pkey ON public.intake_outcome USING btree (id)
CREATE UNIQUE INDEX intake_pkey ON public.intake USING btree ("position")
CREATE UNIQUE INDEX isolation_order_contact_id_key ON public.isolation_order USING btree (contact_id)
CREATE UNIQUE INDEX isolation_order_pkey ON public.isolation_order USING btree (id)
CREATE UNIQUE INDEX isolation_phase_measure_id_key ON public.isolation_phase USING btree (measure_id)
CREATE UNIQUE INDEX isolation_phase_pkey ON public.isolation_phase USING btree (order_id, revision, ordinal)
CREATE UNIQUE INDEX isolation_room_facility_id_name_key ON public.isolation_room USING btree (facility_id, name)
CREATE UNIQUE INDEX isolation_room_pkey ON public.isolation_room USING btree (id)
CREATE UNIQUE INDEX job_pkey ON public.job USING btree (id)
CREATE UNIQUE INDEX key_population_member_pkey ON public.key_population_member USING btree (person_id, population)
CREATE UNIQUE INDEX lab_link_facility ON public.lab_link USING btree (sending_facility) WHERE (closed_at IS NULL)
CREATE UNIQUE INDEX lab_link_pkey ON public.lab_link USING btree (id)
CREATE UNIQUE INDEX lab_link_token ON public.lab_link USING btree (token_hash) WHERE (token_hash IS NOT NULL)
CREATE UNIQUE INDEX lab_message_control ON public.lab_message USING btree (sender_id, control_id) WHERE (first AND (control_id IS NOT NULL))
CREATE UNIQUE INDEX lab_message_pkey ON public.lab_message USING btree (id)
CREATE UNIQUE INDEX lab_quarantine_message_id_position_key ON public.lab_quarantine USING btree (message_id, "position")
CREATE UNIQUE INDEX lab_quarantine_pkey ON public.lab_quarantine USING btree (id)
CREATE UNIQUE INDEX lab_run_pkey ON public.lab_run USING btree (id)
CREATE UNIQUE INDEX lab_run_well_once ON public.lab_run_well USING btree (run_id, pool_id) WHERE (pool_id IS NOT NULL)
CREATE UNIQUE INDEX lab_run_well_pkey ON public.lab_run_well USING btree (run_id, well)
CREATE UNIQUE INDEX label_batch_pkey ON public.label_batch USING btree (id)
CREATE UNIQUE INDEX level_change_open ON public.level_change USING btree (incident_id) WHERE (state = 'proposed'::text)
CREATE UNIQUE INDEX level_change_pkey ON public.level_change USING btree (id)
CREATE UNIQUE INDEX line_list_pkey ON public.line_list USING btree (id)
CREATE UNIQUE INDEX measure_alarm_author_id_reason_hour_key ON public.measure_alarm USING btree (author_id, reason, hour)
CREATE UNIQUE INDEX measure_alarm_pkey ON public.measure_alarm USING btree (id)
CREATE UNIQUE INDEX measure_limit_pkey ON public.measure_limit USING btree (pack_id, kind)
CREATE UNIQUE INDEX measure_pkey ON public.measure USING btree (id)
CREATE UNIQUE INDEX measure_refusal_pkey ON public.measure_refusal USING btree (id)
CREATE UNIQUE INDEX measure_review_pkey ON public.measure_review USING btree (id)
CREATE UNIQUE INDEX message_budget_pkey ON public.message_budget USING btree (incident_id)
CREATE UNIQUE INDEX message_number_pkey ON public.message_number USING btree (number_index)
CREATE UNIQUE INDEX message_outbox_kind_about_key ON public.message_outbox USING btree (kind, about)
CREATE UNIQUE INDEX message_outbox_pkey ON public.message_outbox USING btree (id)
CREATE UNIQUE INDEX message_part_pkey ON public.message_part USING btree (message_id, part)
CREATE UNIQUE INDEX message_part_provider ON public.message_part USING btree (provider_id) WHERE (provider_id IS NOT NULL)
CREATE UNIQUE INDEX message_receipt_pkey ON public.message_receipt USING btree (provider_id)
CREATE UNIQUE INDEX migration_pkey ON public.migration USING btree (name)
CREATE UNIQUE INDEX person_identity_index_key ON public.person USING btree (identity_index)
CREATE UNIQUE INDEX person_pkey ON public.person USING btree (id)
CREATE UNIQUE INDEX place_code_key ON public.place USING btree (code)
CREATE UNIQUE INDEX place_pkey ON public.place USING btree (id)
CREATE UNIQUE INDEX place_steward_pkey ON public.place_steward USING btree (place_id)
CREATE UNIQUE INDEX pool_pkey ON public.pool USING btree (id)
CREATE UNIQUE INDEX pool_tube_code_key ON public.pool USING btree (tube_code)
CREATE UNIQUE INDEX post_handover_pkey ON public.post_handover USING btree (id)
CREATE UNIQUE INDEX post_headquarters_id_rank_key ON public.post USING btree (headquarters_id, rank)
CREATE UNIQUE INDEX post_pkey ON public.post USING btree (id)
CREATE UNIQUE INDEX public_area_status_pkey ON public.public_area_status USING btree (id)
CREATE UNIQUE INDEX public_bulletin_pkey ON public.public_bulletin USING btree (bulletin_id, edition)
CREATE UNIQUE INDEX public_figure_pkey ON public.public_figure USING btree (bulletin_id, edition, "position")
CREATE UNIQUE INDEX public_test_site_pkey ON public.public_test_site USING btree (site_id)
CREATE UNIQUE INDEX public_view_count_pkey ON public.public_view_count USING btree (bulletin_id, day)
CREATE UNIQUE INDEX reaction_checkpoint_pkey ON public.reaction_checkpoint USING btree (name)
CREATE UNIQUE INDEX reaction_failure_pkey ON public.reaction_failure USING btree (id)
CREATE UNIQUE INDEX recall_once ON public.recall USING btree (batch_key) WHERE (withdrawn_at IS NULL)
CREATE UNIQUE INDEX recall_pkey ON public.recall USING btree (id)
CREATE UNIQUE INDEX resample_request_pkey ON public.resample_request USING btree (id)
CREATE UNIQUE INDEX resample_request_pool_id_person_id_key ON public.resample_request USING btree (pool_id, person_id)
CREATE UNIQUE INDEX result_amendment_open ON public.result_amendment USING btree (result_id) WHERE (decision IS NULL)
CREATE UNIQUE INDEX result_amendment_pkey ON public.result_amendment USING btree (id)
CREATE UNIQUE INDEX result_current ON public.result USING btree (pool_id) WHERE current
CREATE UNIQUE INDEX result_pkey ON public.result USING btree (id)
CREATE UNIQUE INDEX result_token_pkey ON public.result_token USING btree (token_hash)
CREATE UNIQUE INDEX result_token_text ON public.result_token USING btree (sample_id) WHERE (given = 'text'::text)
CREATE UNIQUE INDEX returnee_declaration_pkey ON public.returnee_declaration USING btree (id)
CREATE UNIQUE INDEX returnee_pkey ON public.returnee USING btree (id)
CREATE UNIQUE INDEX returnee_test_pkey ON public.returnee_test USING btree (returnee_id, "position")
CREATE UNIQUE INDEX round_area_pkey ON public.round_area USING btree (round_id, division)
CREATE UNIQUE INDEX round_call_pkey ON public.round_call USING btree (id)
CREATE UNIQUE INDEX round_call_round_id_division_key ON public.round_call USING btree (round_id, division)
CREATE UNIQUE INDEX round_pace_pkey ON public.round_pace USING btree (round_id, division, slot)
CREATE UNIQUE INDEX round_person_pkey ON public.round_person USING btree (round_id, person_id)
CREATE UNIQUE INDEX round_positive_pkey ON public.round_positive USING btree (round_id, result_id)
CREATE UNIQUE INDEX round_site_pkey ON public.round_site USING btree (round_id, site_id)
CREATE UNIQUE INDEX round_tube_pkey ON public.round_tube USING btree (round_id, pool_id)
CREATE UNIQUE INDEX sample_box_code_key ON public.sample_box USING btree (code)
CREATE UNIQUE INDEX sample_box_pkey ON public.sample_box USING btree (id)
CREATE UNIQUE INDEX sample_box_tube_pkey ON public.sample_box_tube USING btree (box_id, tube_code)
CREATE UNIQUE INDEX sample_once_per_pool ON public.sample USING btree (pool_id, person_id) WHERE (withdrawn_at IS NULL)
CREATE UNIQUE INDEX sample_open_person ON public.sample USING btree (person_id) WHERE open
CREATE UNIQUE INDEX sample_pkey ON public.sample USING btree (id)
CREATE UNIQUE INDEX screening_round_incident_id_division_number_key ON public.screening_round USING btree (incident_id, division, number)
CREATE UNIQUE INDEX screening_round_open ON public.screening_round USING btree (incident_id, division) WHERE (closed_at IS NULL)
CREATE UNIQUE INDEX screening_round_pkey ON public.screening_round USING btree (id)
CREATE UNIQUE INDEX search_pkey ON public.search USING btree (id)
CREATE UNIQUE INDEX session_pkey ON auth.session USING btree (id)
CREATE UNIQUE INDEX session_token_key ON auth.session USING btree (token)
CREATE UNIQUE INDEX setting_pkey ON public.setting USING btree (name)
CREATE UNIQUE INDEX sign_in_guard_pkey ON auth.sign_in_guard USING btree (key)
CREATE UNIQUE INDEX signal_aberration ON public.signal USING btree (division, ((evidence ->> 'day'::text))) WHERE (kind = 'aberration'::text)
CREATE UNIQUE INDEX signal_pkey ON public.signal USING btree (id)
CREATE UNIQUE INDEX signal_result_id_key ON public.signal USING btree (result_id)
CREATE UNIQUE INDEX site_queue_pkey ON public.site_queue USING btree (site_id)
CREATE UNIQUE INDEX site_sample_pkey ON public.site_sample USING btree (id)
CREATE UNIQUE INDEX situation_counter_pkey ON public.situation_counter USING btree (name, day, division)
CREATE UNIQUE INDEX situation_member_pkey ON public.situation_member USING btree (name, record_id)
CREATE UNIQUE INDEX space_alarm_pkey ON public.space_alarm USING btree (id)
CREATE UNIQUE INDEX space_alarm_standing ON public.space_alarm USING btree (host, place, severity) WHERE (cleared_at IS NULL)
CREATE UNIQUE INDEX specimen_pkey ON public.specimen USING btree (id)
CREATE UNIQUE INDEX specimen_pool_id_key ON public.specimen USING btree (pool_id)
CREATE UNIQUE INDEX specimen_response_pkey ON public.specimen_response USING btree (specimen_id)
CREATE UNIQUE INDEX statutory_clock_incident_id_kind_key ON public.statutory_clock USING btree (incident_id, kind)
CREATE UNIQUE INDEX statutory_clock_pkey ON public.statutory_clock USING btree (id)
CREATE UNIQUE INDEX stay_draft_pkey ON public.stay_draft USING btree (id)
CREATE UNIQUE INDEX stay_pkey ON public.stay USING btree (place_id, from_at, id)
CREATE UNIQUE INDEX task_entry_pkey ON public.task_entry USING btree (sequence)
CREATE UNIQUE INDEX task_file_pkey ON public.task_file USING btree (id)
CREATE UNIQUE INDEX task_key_key ON public.task USING btree (key)
CREATE UNIQUE INDEX task_pkey ON public.task USING btree (id)
CREATE UNIQUE INDEX tube_loss_open ON public.tube_loss USING btree (pool_id) WHERE (decision IS NULL)
CREATE UNIQUE INDEX tube_loss_pkey ON public.tube_loss USING btree (id)
CREATE UNIQUE INDEX user_email_key ON auth."user" USING btree (email)
CREATE UNIQUE INDEX user_pkey ON auth."user" USING btree (id)
CREATE UNIQUE INDEX user_username_key ON auth."user" USING btree (username)
CREATE UNIQUE INDEX verification_pkey ON auth.verification USING btree (id)
CREATE UNIQUE INDEX work_bundle_pkey ON public.work_bundle USING btree (id)

-- policies
aberration row level security t forced t
aberration scope ALL using (in_scope((division)::text)) check (in_scope((division)::text))
account row level security t forced t
account scope ALL using (in_scope((division)::text)) check (in_scope((division)::text))
appeal row level security t forced t
appeal scope ALL using (in_scope((division)::text)) check (in_scope((division)::text))
area_outline row level security t forced t
area_outline scope ALL using (in_scope((division)::text)) check (in_scope((division)::text))
area_outline seen SELECT using ((in_scope((division)::text) OR above_scope((division)::text))) check ()
assay row level security f forced f
assistance_request row level security t forced t
assistance_request scope ALL using ((in_scope((from_division)::text) OR in_scope((to_division)::text))) check ((in_scope((from_division)::text) OR in_scope((to_division)::text)))
audit_entry row level security t forced t
audit_entry scope ALL using (in_scope((division)::text)) check (in_scope((division)::text))
audit_link row level security f forced f
bulletin row level security t forced t
bulletin scope ALL using (in_scope((division)::text)) check (in_scope((division)::text))
bulletin_edition row level security t forced t
bulletin_edition scope ALL using (in_scope((division)::text)) check (in_scope((division)::text))
case_change row level security t forced t
case_change scope ALL using (in_scope((division)::text)) check (in_scope((division)::text))
case_file row level security t forced t
case_file scope ALL using (in_scope((division)::text)) check (in_scope((division)::text))
case_import row level security t forced t
case_import scope ALL using (in_scope((division)::text)) check (in_scope((division)::text))
case_link row level security t forced t
case_link scope ALL using (in_scope((division)::text)) check (in_scope((division)::text))
command row level security f forced f
contact row level security t forced t
contact scope ALL using (in_scope((division)::text)) check (in_scope((division)::text))
event row level security t forced t
event scope ALL using (in_scope((division)::text)) check (in_scope((division)::text))
exposure row level security t forced t
exposure scope ALL using (in_scope((division)::text)) check (in_scope((division)::text))
field_device row level security t forced t
field_device scope ALL using (in_scope((division)::text)) check (in_scope((division)::text))
finding row level security t forced t
finding scope ALL using (in_scope((division)::text)) check (in_scope((division)::text))
follow_up row level security t forced t
follow_up scope ALL using (in_scope((division)::text)) check (in_scope((division)::text))
form_guard everybody ALL using (true) check (true)
form_guard row level security t forced t
found_in_decision row level security t forced t
found_in_decision scope ALL using (in_scope((division)::text)) check (in_scope((division)::text))
handler row level security t forced t
handler scope ALL using (in_scope((division)::text)) check (in_scope((division)::text))
handler_search row level security t forced t
handler_search scope ALL using (in_scope((division)::text)) check (in_scope((division)::text))
headquarters row level security t forced t
headquarters scope ALL using (in_scope((division)::text)) check (in_scope((division)::text))
headquarters seen SELECT using ((in_scope((division)::text) OR above_scope((division)::text))) check ()
household row level security t forced t
household scope ALL using (in_scope((division)::text)) check (in_scope((division)::text))
import_mapping row level security t forced t
import_mapping scope ALL using (in_scope((division)::text)) check (in_scope((division)::text))
import_row row level security t forced t
import_row scope ALL using (in_scope((division)::text)) check (in_scope((division)::text))
incident row level security t forced t
incident scope ALL using (in_scope((division)::text)) check (in_scope((division)::text))
incident seen SELECT using ((in_scope((division)::text) OR above_scope((division)::text))) check ()
incident_note row level security t forced t
incident_note scope ALL using (in_scope((division)::text)) check (in_scope((division)::text))
incident_note seen SELECT using ((in_scope((division)::text) OR above_scope((division)::text))) check ()
intake row level security t forced t
intake scope ALL using (in_scope((division)::text)) check (in_scope((division)::text))
intake_outcome row level security t forced t
intake_outcome scope ALL using (in_scope((division)::text)) check (in_scope((division)::text))
isolation_order row level security t forced t
isolation_order scope ALL using (in_scope((division)::text)) check (in_scope((division)::text))
isolation_phase row level security t forced t
isolation_phase scope ALL using (in_scope((division)::text)) check (in_scope((division)::text))
isolation_room row level security t forced t
isolation_room scope ALL using (in_scope((division)::text)) check (in_scope((division)::text))
job row level security t forced t
job scope ALL using (in_scope((division)::text)) check (in_scope((division)::text))
key_population_member row level security t forced t
key_population_member scope ALL using ((in_scope((division)::text) OR in_scope((employer_division)::text))) check ((in_scope((division)::text) OR in_scope((employer_division)::text)))
lab_link row level security t forced t
lab_link scope ALL using (in_scope((division)::text)) check (in_scope((division)::text))
lab_message row level security t forced t
lab_message scope ALL using (in_scope((division)::text)) check (in_scope((division)::text))
lab_quarantine row level security t forced t
lab_quarantine scope ALL using (in_scope((division)::text)) check (in_scope((division)::text))
lab_run row level security t forced t
lab_run scope ALL using (in_scope((division)::text)) check (in_scope((division)::text))
lab_run_well row level security t forced t
lab_run_well scope ALL using (in_scope((division)::text)) check (in_scope((division)::text))
label_batch row level security t forced t
label_batch scope ALL using (in_scope((division)::text)) check (in_scope((division)::text))
level_change row level security t forced t
level_change scope ALL using (in_scope((division)::text)) check (in_scope((division)::text))
level_change seen SELECT using ((in_scope((division)::text) OR above_scope((division)::text))) check ()
line_list row level security t forced t
line_list scope ALL using (in_scope((division)::text)) check (in_scope((division)::text))
measure row level security t forced t
measure scope ALL using (in_scope((division)::text)) check (in_scope((division)::text))
measure_alarm row level security t forced t
measure_alarm scope ALL using (in_scope((division)::text)) check (in_scope((division)::text))
measure_limit row level security f forced f
measure_refusal row level security t forced t
measure_refusal scope ALL using (in_scope((division)::text)) check (in_scope((division)::text))
measure_review row level security t forced t
measure_review scope ALL using (in_scope((division)::text)) check (in_scope((division)::text))
message_budget row level security t forced t
message_budget scope ALL using (in_scope((division)::text)) check (in_scope((division)::text))
message_number row level security t forced t
message_number scope ALL using (in_scope((division)::text)) check (in_scope((division)::text))
message_outbox row level security t forced t
message_outbox scope ALL using (in_scope((division)::text)) check (in_scope((division)::text))
message_part row level security t forced t
message_part scope ALL using (in_scope((division)::text)) check (in_scope((division)::text))
message_receipt row level security t forced t
message_receipt scope ALL using (in_scope((division)::text)) check (in_scope((division)::text))
migration row level security f forced f
person row level security t forced t
person scope ALL using (in_scope((division)::text)) check (in_scope((division)::text))
place row level security t forced t
place scope ALL using (in_scope((division)::text)) check (in_scope((division)::text))
place_steward row level security t forced t
place_steward scope ALL using (in_scope((division)::text)) check (in_scope((division)::text))
pool row level security t forced t
pool scope ALL using (in_scope((division)::text)) check (in_scope((division)::text))
post row level security t forced t
post scope ALL using (in_scope((division)::text)) check (in_scope((division)::text))
post seen SELECT using ((in_scope((division)::text) OR above_scope((division)::text))) check ()
post_handover row level security t forced t
post_handover scope ALL using (in_scope((division)::text)) check (in_scope((division)::text))
public_area_status everybody SELECT using (true) check ()
public_area_status row level security t forced t
public_area_status scope ALL using (in_scope((division)::text)) check (in_scope((division)::text))
public_bulletin everybody SELECT using (true) check ()
public_bulletin row level security t forced t
public_bulletin scope ALL using (in_scope((division)::text)) check (in_scope((division)::text))
public_figure everybody SELECT using (true) check ()
public_figure row level security t forced t
public_figure scope ALL using (in_scope((division)::text)) check (in_scope((division)::text))
public_test_site everybody SELECT using (true) check ()
public_test_site row level security t forced t
public_test_site scope ALL using (in_scope((division)::text)) check (in_scope((division)::text))
public_view_count everybody ALL using (true) check (true)
public_view_count row level security t forced t
reaction_checkpoint row level security f forced f
reaction_failure row level security f forced f
recall row level security t forced t
recall scope ALL using (in_scope((division)::text)) check (in_scope((division)::text))
recall seen SELECT using ((EXISTS ( SELECT
   FROM specimen_response response
  WHERE (response.recall_id = recall.id)))) check ()
resample_request row level security t forced t
resample_request scope ALL using (in_scope((division)::text)) check (in_scope((division)::text))
result row level security t forced t
result scope ALL using (in_scope((division)::text)) check (in_scope((division)::text))
result_amendment row level security t forced t
result_amendment scope ALL using (in_scope((division)::text)) check (in_scope((division)::text))
result_token row level security t forced t
result_token scope ALL using (in_scope((division)::text)) check (in_scope((division)::text))
returnee row level security t forced t
returnee scope ALL using (in_scope((division)::text)) check (in_scope((division)::text))
returnee_declaration row level security t forced t
returnee_declaration scope ALL using (in_scope((division)::text)) check (in_scope((division)::text))
returnee_test row level security t forced t
returnee_test scope ALL using (in_scope((division)::text)) check (in_scope((division)::text))
round_area row level security t forced t
round_area scope ALL using (in_scope((division)::text)) check (in_scope((division)::text))
round_call row level security t forced t
round_call scope ALL using (in_scope((division)::text)) check (in_scope((division)::text))
round_pace row level security t forced t
round_pace scope ALL using (in_scope((division)::text)) check (in_scope((division)::text))
round_person row level security t forced t
round_person scope ALL using (in_scope((division)::text)) check (in_scope((division)::text))
round_positive row level security t forced t
round_positive scope ALL using (in_scope((division)::text)) check (in_scope((division)::text))
round_site row level security t forced t
round_site scope ALL using (in_scope((division)::text)) check (in_scope((division)::text))
round_tube row level security t forced t
round_tube scope ALL using (in_scope((division)::text)) check (in_scope((division)::text))
sample row level security t forced t
sample scope ALL using (in_scope((division)::text)) check (in_scope((division)::text))
sample_box row level security t forced t
sample_box scope ALL using (in_scope((division)::text)) check (in_scope((division)::text))
sample_box_tube row level security t forced t
sample_box_tube scope ALL using (in_scope((division)::text)) check (in_scope((division)::text))
screening_round row level security t forced t
screening_round scope ALL using (in_scope((division)::text)) check (in_scope((division)::text))
screening_round seen SELECT using ((in_scope((division)::text) OR above_scope((division)::text))) check ()
search row level security t forced t
search scope ALL using (in_scope((division)::text)) check (in_scope((division)::text))
setting row level security f forced f
signal row level security t forced t
signal scope ALL using (in_scope((division)::text)) check (in_scope((division)::text))
site_queue row level security t forced t
site_queue scope ALL using (in_scope((division)::text)) check (in_scope((division)::text))
site_sample row level security t forced t
site_sample scope ALL using (in_scope((division)::text)) check (in_scope((division)::text))
situation_counter row level security t forced t
situation_counter scope ALL using (in_scope((division)::text)) check (in_scope((division)::text))
situation_member row level security t forced t
situation_member scope ALL using (in_scope((division)::text)) check (in_scope((division)::text))
space_alarm row level security t forced t
space_alarm scope ALL using (in_scope((division)::text)) check (in_scope((division)::text))
specimen row level security t forced t
specimen scope ALL using (in_scope((division)::text)) check (in_scope((division)::text))
specimen_response row level security t forced t
specimen_response scope ALL using (in_scope((division)::text)) check (in_scope((division)::text))
statutory_clock row level security t forced t
statutory_clock scope ALL using (in_scope((division)::text)) check (in_scope((division)::text))
statutory_clock seen SELECT using ((in_scope((division)::text) OR above_scope((division)::text))) check ()
stay row level security t forced t
stay scope ALL using (in_scope((division)::text)) check (in_scope((division)::text))
stay_draft row level security t forced t
stay_draft scope ALL using (in_scope((division)::text)) check (in_scope((division)::text))
task row level security t forced t
task scope ALL using (in_scope((division)::text)) check (in_scope((division)::text))
task_entry row level security t forced t
task_entry scope ALL using (in_scope((division)::text)) check (in_scope((division)::text))
task_file row level security t forced t
task_file scope ALL using (in_scope((division)::text)) check (in_scope((division)::text))
tube_loss row level security t forced t
tube_loss scope ALL using (in_scope((division)::text)) check (in_scope((division)::text))
work_bundle row level security t forced t
work_bundle scope ALL using (in_scope((division)::text)) check (in_scope((division)::text))

-- triggers and views
CREATE TRIGGER appeal_independent BEFORE INSERT OR UPDATE ON public.appeal FOR EACH ROW EXECUTE FUNCTION appeal_independent()
CREATE TRIGGER isolation_room_guard BEFORE UPDATE OF room_id, admitted_at ON public.isolation_order FOR EACH ROW EXECUTE FUNCTION isolation_room_guard()
CREATE TRIGGER measure_decided_once BEFORE UPDATE ON public.measure FOR EACH ROW EXECUTE FUNCTION measure_decided_once()
CREATE TRIGGER measure_guard BEFORE INSERT ON public.measure FOR EACH ROW EXECUTE FUNCTION measure_guard()
division_name  SELECT area.code,
        CASE
            WHEN (length((area.code)::text) > 6) THEN concat(above.name_zh, area.name_zh)
            ELSE area.name_zh
        END AS zh,
        CASE
            WHEN (length((area.code)::text) > 6) THEN concat_ws(', '::text, area.name_en, above.name_en)
            ELSE area.name_en
        END AS en
   FROM (place area
     LEFT JOIN place above ON ((above.id = area.parent_id)))
  WHERE (area.level = ANY (ARRAY['prefecture'::text, 'county'::text, 'township'::text, 'community'::text]));

-- grants to levee_app
auth.account DELETE, INSERT, SELECT, UPDATE
auth.session DELETE, INSERT, SELECT, UPDATE
auth.sign_in_guard DELETE, INSERT, SELECT, UPDATE
auth.twoFactor DELETE, INSERT, SELECT, UPDATE
auth.user DELETE, INSERT, SELECT, UPDATE
auth.verification DELETE, INSERT, SELECT, UPDATE
public.aberration INSERT, SELECT
public.account INSERT, SELECT, UPDATE
public.appeal INSERT, SELECT
public.area_outline DELETE, INSERT, SELECT, UPDATE
public.assay SELECT
public.assistance_request INSERT, SELECT, UPDATE
public.audit_entry INSERT, SELECT
public.audit_link INSERT, SELECT
public.bulletin INSERT, SELECT, UPDATE
public.bulletin_edition INSERT, SELECT, UPDATE
public.case_change INSERT, SELECT
public.case_file DELETE, INSERT, SELECT, UPDATE
public.case_import INSERT, SELECT, UPDATE
public.case_link DELETE, INSERT, SELECT, UPDATE
public.command DELETE, INSERT, SELECT, UPDATE
public.contact DELETE, INSERT, SELECT, UPDATE
public.division_name SELECT
public.event INSERT, SELECT
public.exposure INSERT, SELECT, UPDATE
public.field_device INSERT, SELECT, UPDATE
public.finding INSERT, SELECT
public.follow_up INSERT, SELECT
public.form_guard DELETE, INSERT, SELECT, UPDATE
public.found_in_decision INSERT, SELECT, UPDATE
public.handler INSERT, SELECT, UPDATE
public.handler_search INSERT, SELECT, UPDATE
public.headquarters INSERT, SELECT
public.household INSERT, SELECT
public.import_mapping INSERT, SELECT, UPDATE
public.import_row DELETE, INSERT, SELECT, UPDATE
public.incident INSERT, SELECT, UPDATE
public.incident_note INSERT, SELECT
public.intake DELETE, INSERT, SELECT
public.intake_outcome INSERT, SELECT, UPDATE
public.isolation_order INSERT, SELECT
public.isolation_phase INSERT, SELECT
public.isolation_room INSERT, SELECT
public.job INSERT, SELECT, UPDATE
public.key_population_member INSERT, SELECT, UPDATE
public.lab_link INSERT, SELECT, UPDATE
public.lab_message INSERT, SELECT
public.lab_quarantine INSERT, SELECT, UPDATE
public.lab_run INSERT, SELECT, UPDATE
public.lab_run_well INSERT, SELECT, UPDATE
public.label_batch INSERT, SELECT, UPDATE
public.level_change INSERT, SELECT, UPDATE
public.line_list DELETE, INSERT, SELECT
public.measure INSERT, SELECT
public.measure_alarm INSERT, SELECT
public.measure_limit SELECT
public.measure_refusal INSERT, SELECT
public.measure_review INSERT, SELECT
public.message_budget INSERT, SELECT, UPDATE
public.message_number INSERT, SELECT, UPDATE
public.message_outbox INSERT, SELECT, UPDATE
public.message_part INSERT, SELECT, UPDATE
public.message_receipt INSERT, SELECT, UPDATE
public.person INSERT, SELECT, UPDATE
public.place INSERT, SELECT, UPDATE
public.place_steward DELETE, INSERT, SELECT, UPDATE
public.pool INSERT, SELECT, UPDATE
public.post INSERT, SELECT, UPDATE
public.post_handover INSERT, SELECT
public.public_area_status DELETE, INSERT, SELECT
public.public_bulletin INSERT, SELECT, UPDATE
public.public_figure INSERT, SELECT
public.public_test_site DELETE, INSERT, SELECT, UPDATE
public.public_view_count INSERT, SELECT, UPDATE
public.reaction_checkpoint DELETE, INSERT, SELECT, UPDATE
public.reaction_failure INSERT, SELECT
public.recall INSERT, SELECT, UPDATE
public.resample_request INSERT, SELECT, UPDATE
public.result INSERT, SELECT, UPDATE
public.result_amendment INSERT, SELECT, UPDATE
public.result_token INSERT, SELECT, UPDATE
public.returnee INSERT, SELECT, UPDATE
public.returnee_declaration INSERT, SELECT, UPDATE
public.returnee_test INSERT, SELECT, UPDATE
public.round_area INSERT, SELECT, UPDATE
public.round_call INSERT, SELECT, UPDATE
public.round_pace INSERT, SELECT, UPDATE
public.round_person DELETE, INSERT, SELECT, UPDATE
public.round_positive DELETE, INSERT, SELECT, UPDATE
public.round_site INSERT, SELECT, UPDATE
public.round_tube INSERT, SELECT, UPDATE
public.sample INSERT, SELECT, UPDATE
public.sample_box INSERT, SELECT, UPDATE
public.sample_box_tube INSERT, SELECT, UPDATE
public.screening_round INSERT, SELECT, UPDATE
public.search INSERT, SELECT, UPDATE
public.setting DELETE, INSERT, SELECT, UPDATE
public.signal INSERT, SELECT, UPDATE
public.site_queue INSERT, SELECT, UPDATE
public.site_sample INSERT, SELECT
public.situation_counter INSERT, SELECT, UPDATE
public.situation_member DELETE, INSERT, SELECT, UPDATE
public.space_alarm INSERT, SELECT
public.specimen INSERT, SELECT, UPDATE
public.specimen_response INSERT, SELECT, UPDATE
public.statutory_clock INSERT, SELECT, UPDATE
public.stay DELETE, INSERT, SELECT, UPDATE
public.stay_draft DELETE, INSERT, SELECT, UPDATE
public.task INSERT, SELECT, UPDATE
public.task_entry INSERT, SELECT
public.task_file INSERT, SELECT
public.tube_loss INSERT, SELECT, UPDATE
public.work_bundle INSERT, SELECT
