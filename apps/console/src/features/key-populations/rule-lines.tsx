import type { PopulationRule } from '@levee/contract';
import { useText, useWords } from '@levee/ui';
import { keyPopulationWords } from './words.ts';

/** How often the pack has each population tested, with where that is written. */
export function RuleLines({ rules }: { rules: readonly PopulationRule[] }) {
  const t = useWords(keyPopulationWords);
  const text = useText();
  return rules.map((rule) => (
    <p key={rule.population} className="keypop-rule">
      <strong>{t(rule.population)}</strong>
      <span>{t('perWeek', { count: rule.perWeek })}</span>
      {rule.minHoursBetween > 0 && <span>{t('hoursBetween', { hours: rule.minHoursBetween })}</span>}
      <span className="keypop-quiet">{text(rule.who)}</span>
      <span className="keypop-quiet" title={rule.rule}>
        {t('source')}: {rule.source}
        {rule.confidence === 'unverified' && ` · ${t('unverified')}`}
      </span>
    </p>
  ));
}
