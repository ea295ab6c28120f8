import type { RoundDetail } from '@levee/contract';
import { Figure, FigureStrip, StatusMark, Time, useText, useWords } from '@levee/ui';
import { Fragment } from 'react';
import { roundWords } from './words.ts';

/** Where every sample of the round is, as equations: what does not balance is said with its size and its owner. */
export function RoundStrip({ accounting }: { accounting: RoundDetail['accounting'] }) {
  const t = useWords(roundWords);
  const text = useText();
  const onTheWay =
    (accounting.inOpenPools.value ?? 0) +
    (accounting.awaitingTransport.value ?? 0) +
    (accounting.inTransit.value ?? 0);
  const parts = [
    ['registered', accounting.registered.value, accounting.registered, '='],
    ['onTheWay', onTheWay, accounting.inTransit, '+'],
    ['rejected', accounting.rejected.value, accounting.rejected, '+'],
    ['received', accounting.received.value, accounting.received, '='],
    ['waiting', accounting.waiting.value, accounting.waiting, '+'],
    ['tested', accounting.tested.value, accounting.tested, '='],
    ['reported', accounting.reported.value, accounting.reported, ''],
  ] as const;
  const holes = accounting.identities.filter(({ gap }) => gap !== 0);
  return (
    <section aria-label={t('accounting')} className="rounds-section">
      <header className="rounds-line">
        <h2>{t('accounting')}</h2>
        {holes.length === 0 && <StatusMark tone="good">{t('balanced')}</StatusMark>}
        <span className="rounds-muted">
          {t('transitHint', {
            open: accounting.inOpenPools.value ?? 0,
            closed: accounting.awaitingTransport.value ?? 0,
            sent: accounting.inTransit.value ?? 0,
          })}
        </span>
      </header>
      {holes.map(({ name, text: equation, gap }) => (
        <p key={name} className="rounds-hole">
          <StatusMark tone="bad">{text(equation)}</StatusMark> {t('hole', { count: Math.abs(gap) })}
          {accounting.holeSince && (
            <>
              {' '}
              · <Time at={accounting.holeSince} />
            </>
          )}
        </p>
      ))}
      <FigureStrip>
        {parts.map(([name, value, figure, after]) => (
          <Fragment key={name}>
            <Figure label={t(name)} value={value} asOf={figure.asOf} source={text(figure.source)} />
            {after && (
              <span className="rounds-sign" aria-hidden="true">
                {after}
              </span>
            )}
          </Fragment>
        ))}
      </FigureStrip>
    </section>
  );
}
