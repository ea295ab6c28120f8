import type { NextStep, RoundRule } from '@levee/contract';
import { StatusMark, useText, useWords } from '@levee/ui';
import { roundWords, STEP_NAMES } from './words.ts';

/** What the pack says, and where it says so. */
export function RuleLine({ rule }: { rule: RoundRule }) {
  const t = useWords(roundWords);
  const text = useText();
  return (
    <span className="rounds-rule">
      <span>{text(rule.text)}</span>
      <span className="rounds-muted" title={`${rule.rule}${rule.address ? ` · ${rule.address}` : ''}`}>
        {t('why')}: {rule.source}
        {rule.confidence === 'unverified' && ` · ${t('unverified')}`}
      </span>
    </span>
  );
}

/** What the pack asks after the rounds so far, and why. */
export function NextStepLine({ next }: { next: NextStep }) {
  const t = useWords(roundWords);
  const text = useText();
  return (
    <section className="rounds-next" aria-label={t('next')}>
      <span className="rounds-next__name">{t('next')}</span>
      <StatusMark tone={STEP_NAMES[next.step].tone}>{text(STEP_NAMES[next.step])}</StatusMark>
      {next.nextOn && <strong>{t('nextOn', { day: next.nextOn })}</strong>}
      <RuleLine rule={next} />
    </section>
  );
}
