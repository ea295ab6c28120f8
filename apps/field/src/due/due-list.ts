/** Who of the carried list owes a test by today, and who has given it on this phone since. Pure. */
import type { BundleManifest, BundlePerson } from '@levee/contract';
import { dayOf } from '@levee/ui';
import type { QueueRecord } from '../offline/queue.ts';
import { lastSamples } from '../sampling/tubes.ts';

export interface DuePerson {
  readonly person: BundlePerson;
  readonly on: string;
  readonly overdue: boolean;
  readonly done: boolean;
}
/** Those of one employer, or the returnees. */
export interface DueGroup {
  readonly why: NonNullable<BundlePerson['due']>['why'];
  /** null for returnees, and for an employer outside the holder's area. */
  readonly employer: BundleManifest['employers'][number] | null;
  /** Overdue first, then due today, done last. */
  readonly people: readonly DuePerson[];
  readonly open: number;
}

/** Groups with most still open first. A swab of today, or of the day it was due or later, ticks a person off. */
export function dueToday(
  list: { readonly manifest: BundleManifest; readonly people: readonly BundlePerson[] },
  records: readonly QueueRecord[],
  today: string,
): DueGroup[] {
  const sampledOn = new Map<string, string>();
  for (const { command } of lastSamples(records, Number.MAX_SAFE_INTEGER)) {
    if (command.kind !== 'sample' || !('personId' in command.who)) continue;
    const { personId } = command.who;
    // Newest first: the first one met is the last one taken.
    if (!sampledOn.has(personId)) sampledOn.set(personId, dayOf(command.at));
  }
  const groups = new Map<string | null, DuePerson[]>();
  for (const person of list.people) {
    const { due } = person;
    if (!due || due.on > today) continue;
    const day = sampledOn.get(person.id) ?? (person.lastSampledAt && dayOf(person.lastSampledAt));
    const done = day !== undefined && day !== null && (day === today || day >= due.on);
    const group = groups.get(due.employerId) ?? [];
    groups.set(due.employerId, group);
    group.push({ person, on: due.on, overdue: due.on < today, done });
  }
  const employers = new Map(list.manifest.employers.map((employer) => [employer.id, employer]));
  return [...groups]
    .map(([employerId, people]) => ({
      why: people[0]!.person.due!.why,
      employer: employerId === null ? null : (employers.get(employerId) ?? null),
      people: people.sort(
        (a, b) => Number(a.done) - Number(b.done) || a.on.localeCompare(b.on) || byName(a, b),
      ),
      open: people.filter(({ done }) => !done).length,
    }))
    .sort((a, b) => b.open - a.open);
}

const byName = (a: DuePerson, b: DuePerson) => a.person.pinyin.localeCompare(b.person.pinyin);
