import { ErrorState, Figure, FigureStrip, StatusMark, useText, useWords } from '@levee/ui';
import { useQuery } from '@tanstack/react-query';
import { client } from '../../app/client.ts';
import { testingWords } from './words.ts';

const PARTS = [
  'registered',
  'inOpenPools',
  'awaitingTransport',
  'inTransit',
  'received',
  'rejected',
  'lost',
  'resulted',
  'missing',
] as const;

/** Where every sample is: the first number is the sum of those after it, and the last must be 0 (F25). */
export function AccountingStrip({ siteId }: { siteId?: string | undefined }) {
  const t = useWords(testingWords);
  const text = useText();
  const strip = useQuery({
    queryKey: ['testing', 'accounting', siteId ?? ''],
    queryFn: () => client.testing.accounting({ query: siteId ? { siteId } : {} }),
  });
  if (strip.error)
    return <ErrorState error={strip.error} onRetry={() => void strip.refetch()} shape="line" />;
  const overdue = strip.data?.overdueInTransit.value ?? 0;
  return (
    <section aria-label={t('accounting')}>
      <FigureStrip>
        {PARTS.map((part) => {
          const figure = strip.data?.[part];
          return (
            <Figure
              key={part}
              label={t(part)}
              value={figure?.value ?? null}
              asOf={figure?.asOf ?? null}
              source={figure ? text(figure.source) : ''}
            />
          );
        })}
      </FigureStrip>
      {overdue > 0 && (
        <p className="testing-note">
          <StatusMark tone="over">{t('overdueInTransit', { count: overdue })}</StatusMark>
        </p>
      )}
    </section>
  );
}
