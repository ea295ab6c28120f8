import type { Purpose } from '@levee/contract';
import { useMe } from '../../app/session.ts';

const READING = ['isolation_care', 'outbreak_command', 'oversight'] as const satisfies readonly Purpose[];

/** The first purpose this role may name for reading orders. */
export function useIsolationPurpose(): (typeof READING)[number] {
  const me = useMe();
  return READING.find((purpose) => me.purposes.includes(purpose)) ?? 'isolation_care';
}
