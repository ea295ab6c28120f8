import type { Figure, RoundDetail } from '@levee/contract';
import { AsOf, formatCount, StatusMark, Time, useText, useWords } from '@levee/ui';
import { roundWords } from './words.ts';

/** Where every sample of the round is, as equations: what does not balance is said with its size and its owner. */
export function RoundStrip({ accounting }: { accounting: RoundDetail['accounting'] }) {
  const t = useWords(roundWords);
  const text = useText();
  const onTheWay: Figure = {
    ...accounting.inTransit,
    value:
      (accounting.inOpenPools.value ?? 0) +
      (accounting.awaitingTransport.value ?? 0) +
      (accounting.inTransit.value ?? 0),
  };
  const { registered, received, rejected, tested, waiting, reported } = accounting;
  const equations = [
    [
      ['registered', registered],
      ['onTheWay', onTheWay],
      ['received', received],
      ['rejected', rejected],
    ],
    [
      ['received', received],
      ['tested', tested],
      ['waiting', waiting],
    ],
    [
      ['tested', tested],
      ['reported', reported],
    ],
  ] as const;
  const holes = accounting.identities.filter(({ gap }) => gap !== 0);
  return (
    <section aria-label={t('accounting')} className="rounds-section">
      <header className="rounds-line">
        <h2>{t('accounting')}</h2>
        {holes.length === 0 && <StatusMark tone="good">{t('balanced')}</StatusMark>}
        <span className="rounds-muted">
          {t('transitHint', {
            open: formatCount(accounting.inOpenPools.value),
            closed: formatCount(accounting.awaitingTransport.value),
            sent: formatCount(accounting.inTransit.value),
          })}
        </span>
        <AsOf at={accounting.asOf} source={text(accounting.inTransit.source)} />
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
      <div className="rounds-equations">
        {equations.map((parts) => (
          <p key={parts[0][0]} className="rounds-equation">
            {parts.map(([name, figure], index) => (
              <span key={name} title={text(figure.source)}>
                {index > 0 && <b aria-hidden="true">{index === 1 ? '=' : '+'}</b>}
                <small>{t(name)}</small> <strong>{formatCount(figure.value)}</strong>
              </span>
            ))}
          </p>
        ))}
      </div>
    </section>
  );
}
