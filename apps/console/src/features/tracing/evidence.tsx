import type { Exposure } from '@levee/contract';
import { Time, useText, useWords } from '@levee/ui';
import type { ReactNode } from 'react';
import { usePlaceName } from '../places/place-name.ts';
import { ClassMark } from './class-mark.tsx';
import { classNames, factNames, settingNames, type TracingWords, tracingWords } from './words.ts';

/** Every meeting of one person: where, from when until when, how close, and what the pack made of it. */
export function Evidence({
  exposures,
  actions,
}: {
  exposures: readonly Exposure[];
  actions?: (exposure: Exposure) => ReactNode;
}) {
  const t = useWords(tracingWords);
  const nameOf = usePlaceName();
  const text = useText();
  return (
    <ol className="tracing-evidence">
      {exposures.map((exposure) => (
        <li key={exposure.id}>
          <div className="tracing-evidence__head">
            <strong>
              {exposure.household ? t('household') : exposure.place ? nameOf(exposure.place) : t('someone')}
            </strong>
            <ClassMark value={exposure.class} />
          </div>
          <div>
            <Time at={exposure.from} /> – <Time at={exposure.until} />
            {exposure.minutes !== null && ` · ${t('min', { count: exposure.minutes })}`}
          </div>
          <div className="tracing-muted">{circumstances(exposure, t, text)}</div>
          <ul className="tracing-reasons">
            {exposure.reasons.map((reason) => (
              <li key={reason.en}>{text(reason)}</li>
            ))}
          </ul>
          <OpenQuestions undecided={exposure.undecided} />
          {actions?.(exposure)}
        </li>
      ))}
    </ol>
  );
}

function circumstances(exposure: Exposure, t: TracingWords, text: ReturnType<typeof useText>): string {
  const { seatRows, setting } = exposure;
  const seats =
    seatRows === null
      ? null
      : setting === 'meal'
        ? seatRows === 0
          ? t('sameTable')
          : null
        : seatRows === 0
          ? t('sameRow')
          : t('seatRows', { count: seatRows });
  return [
    text(settingNames[setting]),
    exposure.indoors ? t('indoors') : t('outdoors'),
    seats,
    exposure.distanceMetres !== null ? t('metres', { count: exposure.distanceMetres }) : null,
    exposure.order === 2 ? t('order2', { name: exposure.met?.nameZh ?? t('someone') }) : null,
  ]
    .filter((part) => part !== null)
    .join(' · ');
}

/** Which fact would raise the class: what to ask the person. */
export function OpenQuestions({ undecided }: { undecided: Exposure['undecided'] }) {
  const t = useWords(tracingWords);
  const text = useText();
  return undecided.map((open) => (
    <p key={open.rule} className="tracing-question">
      {t('wouldRaise', { class: text(classNames[open.class]) })}{' '}
      {open.missing.map((fact) => text(factNames[fact] ?? { zh: fact, en: fact })).join('；')}
    </p>
  ));
}
