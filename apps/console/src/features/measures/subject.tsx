import { type Measure, measureKindWords } from '@levee/contract';
import { RiskMark, StatusMark, useText, useWords } from '@levee/ui';
import { measureWords, PHASE_TONES } from './words.ts';

/** What a measure limits, as its list names it: a place by name, a person only as one. */
export function Subject({ measure }: { measure: Measure }) {
  const t = useWords(measureWords);
  const text = useText();
  const name = measure.place ? text({ zh: measure.place.nameZh, en: measure.place.nameEn }) : t('onePerson');
  const area = text(measure.divisionName);
  return (
    <span className="measures-subject" title={`${name} · ${area}`}>
      {measure.level && <RiskMark level={measure.level} />}
      <span>
        {name}
        {name !== area && <small> {area}</small>}
      </span>
    </span>
  );
}

export function Kind({ measure }: { measure: Measure }) {
  return useText()(measureKindWords[measure.kind]);
}

export function Phase({ measure }: { measure: Measure }) {
  const t = useWords(measureWords);
  return (
    <StatusMark tone={PHASE_TONES[measure.phase]}>
      {t(measure.phase)}
      {measure.emergency && measure.approvedAt === null && ` · ${t('emergency')}`}
    </StatusMark>
  );
}
