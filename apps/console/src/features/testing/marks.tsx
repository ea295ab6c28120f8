import type { PoolState, TestOutcome } from '@levee/contract';
import { StatusMark, useText } from '@levee/ui';
import { OUTCOME_NAMES, STATE_NAMES } from './words.ts';

/** Where a tube is. */
export function StateMark({ state }: { state: PoolState }) {
  const text = useText();
  return <StatusMark tone={STATE_NAMES[state].tone}>{text(STATE_NAMES[state])}</StatusMark>;
}

/** What came out of it; nothing yet is a dash. */
export function OutcomeMark({ outcome }: { outcome: TestOutcome | null }) {
  const text = useText();
  if (outcome === null) return <>–</>;
  return <StatusMark tone={OUTCOME_NAMES[outcome].tone}>{text(OUTCOME_NAMES[outcome])}</StatusMark>;
}
