import { CHECK_MODULUS, type Job, LEAST_SECONDS } from './job.ts';

/** What a meeting is, for stays of which none is a moment. `bound` narrows what an index on (place, from) reads. */
const meets = (bound: boolean) => `b.place = a.place and b."from" < a."until" and b."until" > a."from"
  ${bound ? 'and b."from" > a."from" - l.seconds' : ''}`;
const longest = (bound: boolean) => (bound ? 'join longest_stay l on l.place = a.place' : '');
const SECONDS = 'sum(least(a."until", b."until") - greatest(a."from", b."from"))';

const firstPeople = (cases: string, bound: boolean) => `
  select b.person, ${SECONDS} as seconds
    from stay a ${longest(bound)} join stay b on ${meets(bound)}
   where a.person in (${cases}) and b.person not in (${cases})
   group by b.person having ${SECONDS} >= ${LEAST_SECONDS}`;

/** The question in SQL, the same for every SQL engine: one row of three sums, so that nobody pays for transport. */
export function sqlOf(job: Job, { bound }: { bound: boolean }): string {
  const cases = job.cases.join(', ');
  const check = (via: string) => `((${via}::bigint * 31 + person * 17 + seconds) % ${CHECK_MODULUS})`;
  const sums = (via: string) =>
    `select count(*) as rows, coalesce(sum(seconds), 0) as seconds, coalesce(sum(${check(via)}), 0) as checksum`;
  if (job.kind === 'first') return `${sums('0')} from (${firstPeople(cases, bound)}) t`;
  const first = `with first_order as ${bound ? 'materialized ' : ''}(select person from (${firstPeople(cases, bound)}) f)`;
  if (job.kind === 'second pairs')
    return `${first} ${sums('via')} from (
      select a.person as via, b.person, ${SECONDS} as seconds
        from first_order f join stay a on a.person = f.person ${longest(bound)} join stay b on ${meets(bound)}
       where b.person not in (select person from first_order) and b.person not in (${cases})
       group by a.person, b.person having ${SECONDS} >= ${LEAST_SECONDS}) t`;
  return `${first} select count(*) as rows, 0 as seconds, coalesce(sum(person::bigint * 17 % ${CHECK_MODULUS}), 0) as checksum from (
      select b.person
        from first_order f join stay a on a.person = f.person ${longest(bound)} join stay b on ${meets(bound)}
       where b.person not in (select person from first_order) and b.person not in (${cases})
       group by b.person having ${SECONDS} >= ${LEAST_SECONDS}) t`;
}
