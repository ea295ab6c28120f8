/** A person at a place for a time, and what keeps a record from being one. */
import type { Bilingual, STAY_CERTAINTIES, STAY_FAULTS, STAY_SOURCES } from '@levee/contract';

export type StaySource = (typeof STAY_SOURCES)[number];
export type StayCertainty = (typeof STAY_CERTAINTIES)[number];
export type StayFaultCode = (typeof STAY_FAULTS)[number];

export interface Stay {
  readonly id: string;
  readonly personId: string;
  readonly placeId: string;
  /** Instants, ISO 8601. */
  readonly from: string;
  readonly until: string;
  readonly source: StaySource;
  readonly certainty: StayCertainty;
  readonly seatRow: number | null;
  readonly seatColumn: string | null;
  readonly note: string | null;
  readonly division: string;
  readonly version: number;
}

export interface StayDraft {
  readonly id: string;
  readonly caseId: string;
  readonly personId: string;
  readonly placeId: string | null;
  readonly placeText: string | null;
  readonly from: string | null;
  readonly until: string | null;
  readonly source: StaySource;
  readonly certainty: StayCertainty;
  readonly seatRow: number | null;
  readonly seatColumn: string | null;
  readonly note: string | null;
  readonly version: number;
}

export interface StayFault {
  readonly fault: StayFaultCode;
  readonly problem: Bilingual;
  readonly stayId: string | null;
}

const fault = (code: StayFaultCode, zh: string, en: string, stayId: string | null = null): StayFault => ({
  fault: code,
  problem: { zh, en },
  stayId,
});

/**
 * What is wrong with a stay as it was given; nothing = it can be kept. `others` are the stays of the same person.
 * Two stays that touch (one ends as the next begins) do not overlap; a vehicle inside a longer stay does.
 */
export function stayFaults(
  given: Pick<StayDraft, 'id' | 'placeId' | 'placeText' | 'from' | 'until'>,
  others: readonly Pick<Stay, 'id' | 'from' | 'until'>[],
  now: string,
): StayFault[] {
  const faults: StayFault[] = [];
  if (given.placeId === null) {
    const name = given.placeText ?? '';
    faults.push(
      name === ''
        ? fault('unknown_place', '没有填写场所', 'No place is given')
        : fault(
            'unknown_place',
            `未找到场所“${name}”，或不在您的辖区内`,
            `The place "${name}" is not known, or is outside your area`,
          ),
    );
  }
  if (given.from === null || given.until === null) {
    return [...faults, fault('no_time', '起止时间不全', 'The time it began or ended is missing')];
  }
  const from = Date.parse(given.from);
  const until = Date.parse(given.until);
  if (until <= from) {
    return [...faults, fault('ends_before_start', '结束时间不晚于开始时间', 'It ends before it starts')];
  }
  if (from > Date.parse(now)) faults.push(fault('in_future', '开始时间尚未到来', 'It begins in the future'));
  for (const other of others) {
    if (other.id === given.id) continue;
    if (Date.parse(other.from) < until && Date.parse(other.until) > from) {
      faults.push(
        fault(
          'overlaps',
          '与本人另一段行程时间重叠',
          'It overlaps another stay of the same person',
          other.id,
        ),
      );
    }
  }
  return faults;
}
