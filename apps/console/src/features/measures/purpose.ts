import type { Purpose } from '@levee/contract';
import { useMe } from '../../app/session.ts';

const READING = [
  'outbreak_command',
  'isolation_care',
  'contact_tracing',
  'case_investigation',
  'oversight',
] as const satisfies readonly Purpose[];

/** The first purpose this post may name for reading measures; null where its post reads none. */
export function useMeasuresPurpose(): (typeof READING)[number] | null {
  const me = useMe();
  return READING.find((purpose) => me.purposes.includes(purpose)) ?? null;
}
