import type { Purpose } from '@levee/contract';
import { useMe } from '../../app/session.ts';

const READING = [
  'case_investigation',
  'contact_tracing',
  'testing',
  'isolation_care',
  'resident_service',
] as const satisfies readonly Purpose[];

/** The first purpose this role may name for reading a person's record. */
export function usePeoplePurpose(): (typeof READING)[number] {
  const me = useMe();
  return READING.find((purpose) => me.purposes.includes(purpose)) ?? 'resident_service';
}
