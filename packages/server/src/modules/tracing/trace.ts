/** One search from windows to findings: first order, then the contacts of those who are close contacts. */
import { newId } from '@levee/contract';
import type { ProtocolPack } from '@levee/protocol';
import type { Trx } from '../../platform/db/pool.ts';
import { findAffiliationsByIds } from '../people/index.ts';
import { findPlacesByIds, type Place } from '../places/index.ts';
import { isolationOf } from './contacts.repository.ts';
import { meetingFacts, type Seat } from './evidence.ts';
import {
  decide,
  type ExposureRecord,
  type FindingRecord,
  findingsOf,
  riskiestMeeting,
  tracesSecondOrder,
  type Undecided,
} from './findings.ts';
import { epochOf, instantOf, type Meeting, type MeetingOptions, type PersonWindow } from './meeting.ts';
import { findHouseholdMembers, findSeatedStays, type SeatedStay } from './meetings.repository.ts';

export type FindMeetings = (
  trx: Trx,
  windows: readonly PersonWindow[],
  options: MeetingOptions,
) => Promise<Meeting[]>;

export interface TraceInput extends MeetingOptions {
  readonly pack: ProtocolPack;
  readonly personId: string;
  readonly from: string;
  readonly until: string;
  readonly now: string;
  /** Only meetings at these places; null for all. */
  readonly placeIds: ReadonlySet<string> | null;
}

export interface Traced {
  readonly findings: FindingRecord[];
  readonly exposures: ExposureRecord[];
  /** Where people were met, by id. */
  readonly places: ReadonlyMap<string, Place>;
  readonly meetingsCount: number;
}

/** `trx` must see the whole jurisdiction. */
export async function trace(trx: Trx, findMeetings: FindMeetings, input: TraceInput): Promise<Traced> {
  const { pack, personId, now } = input;
  const source = { personId, from: epochOf(input.from), until: epochOf(input.until) };
  const first = await metBy(trx, findMeetings, input, 1, [source]);
  const firstExposures = first.met.map((exposure) => decide(pack, exposure));
  const close = findingsOf(firstExposures).filter((finding) => finding.class === 'close');
  const second = tracesSecondOrder(pack) && close.length > 0 ? await secondOrder() : null;

  const all = [...firstExposures, ...(second?.exposures ?? [])];
  const findings = findingsOf(all);
  const found = new Set(findings.map((finding) => finding.personId));
  return {
    findings,
    // A person whom no criterion fits is nobody's contact, and nothing is kept of them.
    exposures: all.filter((exposure) => found.has(exposure.personId) && exposure.decision.class !== 'none'),
    places: new Map([...first.places, ...(second?.places ?? [])]),
    meetingsCount: all.filter(({ minutes }) => minutes !== null).length,
  };

  async function secondOrder() {
    const isolated = await isolationOf(
      trx,
      close.map((finding) => finding.personId),
    );
    const windows = close
      .map((finding) => ({
        personId: finding.personId,
        from: epochOf(finding.firstExposure),
        until: epochOf(isolated.get(finding.personId) ?? now),
      }))
      .filter(({ from, until }) => from < until);
    const via = new Map(
      Map.groupBy(firstExposures, (exposure) => exposure.personId)
        .entries()
        .map(([id, exposures]) => [id, riskiestMeeting(pack, exposures)]),
    );
    const known = new Set([personId, ...close.map((finding) => finding.personId)]);
    const { met, places } = await metBy(trx, findMeetings, input, 2, windows, known);
    return {
      exposures: met.map((exposure) => decide(pack, exposure, via.get(exposure.metPersonId))),
      places,
    };
  }
}

/** Everybody who met the persons of the windows, by stays and by living together, with what the registers know. */
async function metBy(
  trx: Trx,
  findMeetings: FindMeetings,
  { minMinutes, lingeringMinutes, placeIds, pack }: TraceInput,
  order: 1 | 2,
  windows: readonly PersonWindow[],
  known: ReadonlySet<string> = new Set(windows.map((window) => window.personId)),
): Promise<{ met: Undecided[]; places: ReadonlyMap<string, Place> }> {
  if (windows.length === 0) return { met: [], places: new Map() };
  const isAsked = (personId: string, placeId: string) =>
    !known.has(personId) && (placeIds === null || placeIds.has(placeId));
  // The air of the room is the first contact's question; a contact is not known to have been infectious there.
  const options = { minMinutes, lingeringMinutes: order === 1 ? lingeringMinutes : 0 };
  const ids = windows.map((window) => window.personId);
  // The index answers from another thread while the database is asked who lives together.
  const [met, living] = await Promise.all([
    findMeetings(trx, windows, options),
    findHouseholdMembers(trx, ids),
  ]);
  const meetings = met.filter((meeting) => isAsked(meeting.personId, meeting.placeId));
  const members = living.filter((member) => isAsked(member.memberId, member.placeId));

  const people = await findAffiliationsByIds(trx, [
    ...ids,
    ...meetings.map((meeting) => meeting.personId),
    ...members.map((member) => member.memberId),
  ]);
  const places = await findPlacesByIds(
    trx,
    [...meetings, ...members].map((one) => one.placeId),
  );
  const seats = await seatsOf(trx, windows, meetings, places);

  const exposures: Undecided[] = [];
  for (const meeting of meetings) {
    const window = windows[meeting.window]!;
    const [source, person, place] = [
      people.get(window.personId),
      people.get(meeting.personId),
      places.get(meeting.placeId),
    ];
    if (!source || !person || !place) continue;
    exposures.push({
      id: newId(),
      order,
      personId: person.id,
      metPersonId: source.id,
      division: person.division,
      placeId: place.id,
      from: instantOf(meeting.from),
      until: instantOf(meeting.until),
      minutes: Math.floor((meeting.until - meeting.from) / 60),
      facts: {},
      ...meetingFacts(place, source, person, {
        source: seats(window.personId, meeting),
        person: seats(person.id, meeting),
      }),
    });
  }
  const windowOf = new Map(windows.map((window) => [window.personId, window]));
  for (const { personId, memberId, placeId } of members) {
    const [window, member] = [windowOf.get(personId)!, people.get(memberId)];
    if (!member) continue;
    exposures.push({
      id: newId(),
      order,
      personId: memberId,
      metPersonId: personId,
      division: member.division,
      placeId,
      from: instantOf(window.from),
      until: instantOf(window.until),
      minutes: null,
      facts: {},
      setting: 'household',
      indoors: true,
      household: true,
      seatRows: null,
      distanceMetres: null,
      near: null,
    });
  }
  return {
    met: order === 2 ? exposures.filter((exposure) => mayCount(pack, exposure)) : exposures,
    places,
  };
}

/** In second order most meetings fit no criterion whatever is learnt; they are left out before anything is kept. */
const mayCount = (pack: ProtocolPack, { setting }: Undecided) =>
  Object.values(pack.tracing.criteria).some(
    ({ value }) => value.order === 2 && value.settings.includes(setting),
  );

/** Looks up the seat or table a person had during a meeting. */
async function seatsOf(
  trx: Trx,
  windows: readonly PersonWindow[],
  meetings: readonly Meeting[],
  places: ReadonlyMap<string, { level: string; class: string | null }>,
): Promise<(personId: string, meeting: Meeting) => Seat | null> {
  const seated = meetings.filter(({ placeId }) => {
    const place = places.get(placeId);
    return place?.level === 'vehicle' || place?.class === 'catering';
  });
  if (seated.length === 0) return () => null;
  const stays = await findSeatedStays(
    trx,
    [...new Set(seated.map((meeting) => meeting.placeId))],
    [...new Set([...windows.map((window) => window.personId), ...seated.map((meeting) => meeting.personId)])],
    seated.reduce((least, meeting) => Math.min(least, meeting.from), Number.POSITIVE_INFINITY),
    seated.reduce((most, meeting) => Math.max(most, meeting.until), 0),
  );
  const key = (one: Pick<SeatedStay, 'personId' | 'placeId'>) => `${one.personId} ${one.placeId}`;
  const byWhoAndWhere = Map.groupBy(stays, key);
  return (personId, meeting) => {
    const stay = byWhoAndWhere
      .get(key({ personId, placeId: meeting.placeId }))
      ?.find(({ from, until }) => from < meeting.until && until > meeting.from);
    return stay?.seatRow == null ? null : { row: stay.seatRow, column: stay.seatColumn };
  };
}
