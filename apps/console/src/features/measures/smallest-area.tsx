import type { MeasureDetail } from '@levee/contract';
import { formatCount, useText, useWords } from '@levee/ui';
import { measureWords } from './words.ts';

/** The smallest area the evidence would have allowed, beside the one drawn. */
export function SmallestArea({ measure }: { measure: MeasureDetail }) {
  const t = useWords(measureWords);
  const text = useText();
  const { smallest, place } = measure;
  if (smallest === null) return null;
  const name = { zh: smallest.nameZh, en: smallest.nameEn };
  return (
    <p className="measures-muted">
      {smallest.nameZh === place?.nameZh
        ? t('smallestSame')
        : t('smallestIs', {
            name: text(name),
            people: formatCount(smallest.peopleCount),
            now: formatCount(measure.peopleCount),
          })}
    </p>
  );
}
