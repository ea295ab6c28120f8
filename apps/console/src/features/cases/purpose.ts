import type { Purpose } from '@levee/contract';
import { useMe } from '../../app/session.ts';

const READING = [
  'case_investigation',
  'contact_tracing',
  'isolation_care',
  'outbreak_command',
] as const satisfies readonly Purpose[];

/** The first purpose this role may name for reading a case. */
export function useCasePurpose(): (typeof READING)[number] {
  const me = useMe();
  return READING.find((purpose) => me.purposes.includes(purpose)) ?? 'outbreak_command';
}

export const useMayWriteCases = (): boolean => useMe().permissions.includes('cases.write');
