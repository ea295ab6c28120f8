/** Use cases of the trajectory: record, edit, remove, read, take in a table. */
import {
  LeveeError,
  type NewStay,
  newId,
  refuse,
  type StayAnswer,
  type StayDraftAnswer,
  type Trajectory,
} from '@levee/contract';
import { startOfDay } from '@levee/protocol';
import type { Context } from '../../../platform/context.ts';
import { emit } from '../../../platform/outbox/emit.ts';
import {
  findPlaceByCode,
  findPlaceById,
  findPlacesByIds,
  findPlacesByName,
  type Place,
} from '../../places/index.ts';
import type { CaseFile } from '../case.ts';
import { findCaseByIdOrThrow } from '../cases.repository.ts';
import { type Stay, type StayDraft, stayFaults } from './stay.ts';
import * as stays from './stays.repository.ts';
import { readStaysCsv } from './stays-csv.ts';
import { findContradictions, findGaps, TRAJECTORY_RULES } from './trajectory.ts';

/** How far back before the case began a trajectory is shown: the longest incubation of the packs here, in days. */
const SHOWN_DAYS = 14;
const DAY_MS = 86_400_000;

export interface CasePerson extends CaseFile {
  readonly personId: string;
}

async function casePersonOf(context: Context, caseId: string): Promise<CasePerson> {
  const caseFile = await findCaseByIdOrThrow(context.trx, caseId);
  if (caseFile.personId === null) {
    throw refuse(
      {
        zh: '该病例未关联人员，不能登记行程',
        en: 'This case names no person, so there is nobody to have been anywhere',
      },
      { zh: '名单导入的历史病例不记行程。', en: 'Cases of an imported list carry no stays.' },
    );
  }
  context.opened('person', [caseFile.personId]);
  return caseFile as CasePerson;
}

/** The place meant: by id, by code, by exact name; several of one name are none. */
async function placeOf(
  context: Context,
  given: Pick<NewStay, 'placeId' | 'placeText'>,
): Promise<Place | null> {
  const { trx } = context;
  if (given.placeId) return (await findPlaceById(trx, given.placeId)) ?? null;
  const text = given.placeText?.trim();
  if (!text) return null;
  const byCode = /^\d{4,12}/.test(text) ? await findPlaceByCode(trx, text) : undefined;
  if (byCode) return byCode;
  const named = await findPlacesByName(trx, text);
  return named.length === 1 ? named[0]! : null;
}

async function faultsOf(context: Context, personId: string, given: Parameters<typeof stayFaults>[0]) {
  const others =
    given.from && given.until && given.until > given.from
      ? await stays.staysOfPeople(context.trx, [personId], given.from, given.until)
      : [];
  return stayFaults(given, others, context.now);
}

/** Keeps what was given: as a stay when nothing is wrong with it, otherwise as a draft that says what is. */
async function keep(context: Context, caseFile: CasePerson, given: NewStay, version = 1) {
  const { trx, now, actor } = context;
  const place = await placeOf(context, given);
  const parts = {
    id: given.id,
    personId: caseFile.personId,
    from: given.from && new Date(given.from).toISOString(),
    until: given.until && new Date(given.until).toISOString(),
    source: given.source,
    certainty: given.certainty,
    seatRow: given.seatRow,
    seatColumn: given.seatColumn,
    note: given.note,
  };
  const candidate = { ...parts, placeId: place?.id ?? null, placeText: given.placeText };
  const faults = await faultsOf(context, caseFile.personId, candidate);
  if (faults.length > 0) {
    const draft = { ...candidate, caseId: caseFile.id, version };
    await stays.insertDraft(trx, draft, caseFile.division, { id: actor.id, at: now });
    return { stay: null, draft: draftAnswer(draft, faults) };
  }
  const kept: Stay = {
    ...parts,
    from: parts.from!,
    until: parts.until!,
    placeId: place!.id,
    division: place!.division,
    version,
  };
  await stays.insertStay(trx, kept, { id: actor.id, at: now });
  await emit(context, {
    kind: 'stay.recorded',
    division: kept.division,
    subject: { type: 'stay', id: kept.id },
    incidentId: caseFile.incidentId,
    data: {
      stayId: kept.id,
      caseId: caseFile.id,
      personId: kept.personId,
      placeId: kept.placeId,
      from: kept.from,
      until: kept.until,
    },
  });
  return { stay: stayAnswer(kept, place!), draft: null };
}

export async function recordStay(context: Context, caseId: string, given: NewStay) {
  return keep(context, await casePersonOf(context, caseId), given);
}

export async function editStay(
  context: Context,
  caseId: string,
  id: string,
  input: { readonly version: number; readonly stay: Omit<NewStay, 'id'> },
) {
  const caseFile = await casePersonOf(context, caseId);
  const found =
    (await stays.findStay(context.trx, caseFile.personId, id)) ??
    (await stays.findDraft(context.trx, caseId, id));
  if (!found) throw new LeveeError('not_found');
  if (found.version !== input.version) {
    throw new LeveeError('edit.clash', {}, { detail: { version: found.version, fields: [] } });
  }
  await takeAway(context, caseFile, found);
  return keep(context, caseFile, { ...input.stay, id }, found.version + 1);
}

export async function removeStay(
  context: Context,
  caseId: string,
  id: string,
  reason: string,
): Promise<void> {
  const caseFile = await casePersonOf(context, caseId);
  const found =
    (await stays.findStay(context.trx, caseFile.personId, id)) ??
    (await stays.findDraft(context.trx, caseId, id));
  if (!found) throw new LeveeError('not_found');
  await takeAway(context, caseFile, found, reason);
}

async function takeAway(
  context: Context,
  caseFile: CasePerson,
  found: Stay | StayDraft,
  reason: string | null = null,
): Promise<void> {
  if ('caseId' in found) return stays.deleteDraft(context.trx, caseFile.id, found.id);
  await stays.deleteStay(context.trx, caseFile.personId, found.id);
  await emit(context, {
    kind: 'stay.removed',
    division: found.division,
    subject: { type: 'stay', id: found.id },
    incidentId: caseFile.incidentId,
    data: {
      stayId: found.id,
      caseId: caseFile.id,
      personId: found.personId,
      placeId: found.placeId,
      from: found.from,
      until: found.until,
      reason,
    },
  });
}

/**
 * Stays, drafts, gaps and contradictions of a case between two instants. By default from 14 days before the case began
 * (onset, else sample, else now) until now: the days in which it was infected and may have infected.
 */
export async function trajectoryOf(
  context: Context,
  caseId: string,
  window: { readonly from?: string | undefined; readonly until?: string | undefined } = {},
): Promise<Trajectory> {
  const { trx, now } = context;
  const zone = context.platform.config.LEVEE_TIME_ZONE;
  const caseFile = await casePersonOf(context, caseId);
  const until = window.until ?? now;
  const began = caseFile.dateOnset ?? caseFile.dateSample;
  const start = Math.min(Date.parse(until), began ? Date.parse(startOfDay(began, zone)) : Infinity);
  const from = window.from ?? new Date(start - SHOWN_DAYS * DAY_MS).toISOString();
  const found = await stays.staysOfPeople(trx, [caseFile.personId], from, until);
  const drafts = await stays.draftsOf(trx, caseId);
  const places = await findPlacesByIds(
    trx,
    found.map(({ placeId }) => placeId),
  );
  const answers = found.map((one) => stayAnswer(one, places.get(one.placeId)!));
  const timed = answers.map(({ id, from: start, until: end, place }) => ({
    id,
    placeId: place.id,
    from: start,
    until: end,
    lon: place.lon,
    lat: place.lat,
  }));
  return {
    caseId,
    personId: caseFile.personId,
    from,
    until,
    stays: answers,
    drafts: await Promise.all(
      drafts.map(async (draft) => draftAnswer(draft, await faultsOf(context, caseFile.personId, draft))),
    ),
    gaps: findGaps(timed, from, until),
    contradictions: findContradictions(timed),
    rules: Object.entries(TRAJECTORY_RULES).map(([rule, { value, unit, reason }]) => ({
      rule,
      value,
      unit,
      reason,
    })),
  };
}

/** Reads a table of stays; every row is kept, as a stay or as a draft that says why not. */
export async function importStays(
  context: Context,
  caseId: string,
  input: { csv: string; source: NewStay['source'] },
) {
  const caseFile = await casePersonOf(context, caseId);
  const given = readStaysCsv(input.csv);
  const rows = [];
  for (const { line, ...row } of given) {
    const { draft } = await keep(context, caseFile, {
      ...row,
      id: newId(Date.parse(context.now)),
      placeId: null,
      source: input.source,
      certainty: 'certain',
    });
    rows.push({
      line,
      kept: draft ? ('draft' as const) : ('stay' as const),
      faults: draft?.faults.map(({ problem }) => problem) ?? [],
    });
  }
  const draftsCount = rows.filter(({ kept }) => kept === 'draft').length;
  return { rowsCount: rows.length, recordedCount: rows.length - draftsCount, draftsCount, rows };
}

function stayAnswer({ placeId: _, division: __, ...rest }: Stay, place: Place): StayAnswer {
  const { id, nameZh, nameEn, level, class: venueClass, division, lon, lat, approximate, indoors } = place;
  return {
    ...rest,
    place: { id, nameZh, nameEn, level, class: venueClass, division, lon, lat, approximate, indoors },
  };
}

function draftAnswer(
  { caseId: _, personId: __, ...draft }: StayDraft,
  faults: StayDraftAnswer['faults'],
): StayDraftAnswer {
  return { ...draft, faults };
}
