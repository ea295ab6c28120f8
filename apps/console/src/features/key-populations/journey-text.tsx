import type { RiskLevel } from '@levee/protocol';
import { dayOf, formatDay, useServerNow, useText, useWords } from '@levee/ui';
import { keyPopulationWords, LEVEL_NAMES } from './words.ts';

interface Stay {
  readonly where: string;
  readonly level: RiskLevel | null;
  readonly leftAt: string;
}

/** 西宁市城中区（低风险区，08-11 离开） */
export function JourneyText({ travel }: { travel: readonly Stay[] }) {
  const t = useWords(keyPopulationWords);
  const text = useText();
  const now = useServerNow();
  return travel
    .map(({ where, level, leftAt }) => {
      const at = level ? text(LEVEL_NAMES[level]) : t('unknownLevel');
      return `${where}（${at}，${t('leftOn', { day: formatDay(dayOf(leftAt), now) })}）`;
    })
    .join('；');
}
