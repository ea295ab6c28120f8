import type { Purpose } from '@levee/contract';
import { useMe } from '../../app/session.ts';

const READING = [
  'testing',
  'case_investigation',
  'contact_tracing',
  'isolation_care',
  'outbreak_command',
] as const satisfies readonly Purpose[];

/** The first purpose this role may name for reading tests. */
export function useTestingPurpose(): (typeof READING)[number] {
  const me = useMe();
  return READING.find((purpose) => me.purposes.includes(purpose)) ?? 'testing';
}
