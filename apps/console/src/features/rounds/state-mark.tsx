import type { Round } from '@levee/contract';
import { StatusMark, useServerNow, useWords } from '@levee/ui';
import { roundWords } from './words.ts';

/** Where a round stands by the clock. */
export function RoundState({ round }: { round: Pick<Round, 'startsAt' | 'endsAt' | 'closedAt'> }) {
  const t = useWords(roundWords);
  const now = useServerNow();
  if (round.closedAt) return <StatusMark tone="neutral">{t('closed')}</StatusMark>;
  if (now < Date.parse(round.startsAt)) return <StatusMark tone="waiting">{t('planned')}</StatusMark>;
  if (now > Date.parse(round.endsAt)) return <StatusMark tone="over">{t('late')}</StatusMark>;
  return <StatusMark tone="active">{t('running')}</StatusMark>;
}

/** Share of the headcount that needs no further visit: 0 to 1. */
export const shareDone = ({ headcount, missed }: { headcount: number; missed: number }): number =>
  headcount === 0 ? 1 : Math.max(0, (headcount - missed) / headcount);

/** Sampled, exempt and away as parts of the headcount; what is empty is missed. */
export function CountsBar({
  counts,
}: {
  counts: { headcount: number; sampled: number; exempt: number; away: number };
}) {
  const width = (part: number) => `${counts.headcount === 0 ? 0 : (100 * part) / counts.headcount}%`;
  return (
    <span className="rounds-bar" aria-hidden="true">
      <span className="rounds-bar__sampled" style={{ width: width(counts.sampled) }} />
      <span className="rounds-bar__exempt" style={{ width: width(counts.exempt) }} />
      <span className="rounds-bar__away" style={{ width: width(counts.away) }} />
    </span>
  );
}
