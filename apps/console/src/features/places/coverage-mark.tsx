import type { PlaceInTree } from '@levee/contract';
import { StatusMark, useWords } from '@levee/ui';
import { placeWords } from './words.ts';

/** Whether each grid inside has somebody who looks after it. Buildings and units lie in a grid and say nothing. */
export function CoverageMark({ place }: { place: PlaceInTree }) {
  const t = useWords(placeWords);
  if (place.level === 'building' || place.level === 'unit' || place.level === 'grid') return '–';
  if (place.gridCount === 0) return <StatusMark tone="neutral">{t('noGrids')}</StatusMark>;
  if (place.gridsWithoutSteward === 0)
    return <StatusMark tone="good">{t('covered', { count: place.gridCount })}</StatusMark>;
  return (
    <StatusMark tone="bad">
      {t('gaps', { gaps: place.gridsWithoutSteward, count: place.gridCount })}
    </StatusMark>
  );
}
