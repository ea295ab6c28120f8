import type { Purpose } from '@levee/contract';
import { useMe } from '../../app/session.ts';

const READING = [
  'testing',
  'case_investigation',
  'outbreak_command',
  'oversight',
] as const satisfies readonly Purpose[];

/** The first purpose this role may name for reading who is due. */
export function useDuePurpose(): (typeof READING)[number] {
  const me = useMe();
  return READING.find((purpose) => me.purposes.includes(purpose)) ?? 'testing';
}
