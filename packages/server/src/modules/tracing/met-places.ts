/** Where the people a search found were met. Pure. */
import type { ExposureRecord } from './findings.ts';

export type MetWhere = Pick<ExposureRecord, 'personId' | 'placeId' | 'from' | 'until'>;

export interface MetPlace {
  readonly placeId: string;
  readonly personIds: ReadonlySet<string>;
  /** From the first meeting's start to the last one's end. */
  readonly from: string;
  readonly until: string;
}

/** The place with most people first. */
export function metPlaces(meetings: readonly MetWhere[]): MetPlace[] {
  return [...Map.groupBy(meetings, ({ placeId }) => placeId)]
    .map(([placeId, there]) => ({
      placeId,
      personIds: new Set(there.map(({ personId }) => personId)),
      from: there.map(({ from }) => from).toSorted()[0]!,
      until: there
        .map(({ until }) => until)
        .toSorted()
        .at(-1)!,
    }))
    .sort((a, b) => b.personIds.size - a.personIds.size || (a.placeId < b.placeId ? -1 : 1));
}
