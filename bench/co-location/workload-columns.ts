import type { Workload } from './workload.ts';

/** The stays as four columns: what every engine is loaded from. */
export type WorkloadColumns = { person: Int32Array; place: Int32Array; from: Int32Array; until: Int32Array };

export function toColumns(workload: Workload): WorkloadColumns {
  const column = () => new Int32Array(workload.staysCount);
  const columns = { person: column(), place: column(), from: column(), until: column() };
  let at = 0;
  workload.stays((person, place, from, until) => {
    columns.person[at] = person;
    columns.place[at] = place;
    columns.from[at] = from;
    columns.until[at++] = until;
  });
  return columns;
}
