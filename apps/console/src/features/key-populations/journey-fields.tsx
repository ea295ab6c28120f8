import { RISK_LEVELS, type RiskLevel } from '@levee/protocol';
import { useText, useWords } from '@levee/ui';
import { keyPopulationWords, LEVEL_NAMES } from './words.ts';

export interface StayDraft {
  readonly key: number;
  readonly where: string;
  readonly level: RiskLevel | null;
  /** Civil day. */
  readonly left: string;
}

/** Whole lines only, or null where one is not. */
export function travelOf(stays: readonly StayDraft[]) {
  const whole = stays.flatMap(({ where, level, left }) =>
    where.trim() && level && left
      ? [{ where: where.trim(), level, leftAt: new Date(`${left}T00:00:00+08:00`).toISOString() }]
      : [],
  );
  return whole.length === stays.length ? whole : null;
}

/** Where they have been: place, what it was then, the day they left. */
export function JourneyFields({
  stays,
  onChange,
}: {
  stays: readonly StayDraft[];
  onChange: (stays: readonly StayDraft[]) => void;
}) {
  const t = useWords(keyPopulationWords);
  const text = useText();
  const put = (key: number, change: Partial<StayDraft>) =>
    onChange(stays.map((stay) => (stay.key === key ? { ...stay, ...change } : stay)));
  return (
    <>
      {stays.map((stay) => (
        <div key={stay.key} className="keypop-stay">
          <input
            className="lv-input"
            aria-label={t('where')}
            placeholder={t('where')}
            maxLength={80}
            value={stay.where}
            onChange={({ target }) => put(stay.key, { where: target.value })}
          />
          <select
            className="lv-input"
            aria-label={t('level')}
            value={stay.level ?? ''}
            onChange={({ target }) => put(stay.key, { level: (target.value || null) as RiskLevel | null })}
          >
            <option value="">{t('unknownLevel')}</option>
            {RISK_LEVELS.map((level) => (
              <option key={level} value={level}>
                {text(LEVEL_NAMES[level])}
              </option>
            ))}
          </select>
          <input
            className="lv-input"
            type="date"
            aria-label={t('left')}
            value={stay.left}
            onChange={({ target }) => put(stay.key, { left: target.value })}
          />
          {stays.length > 1 && (
            <button
              type="button"
              className="lv-button lv-button--quiet"
              onClick={() => onChange(stays.filter(({ key }) => key !== stay.key))}
            >
              {t('removeStay')}
            </button>
          )}
        </div>
      ))}
      <button
        type="button"
        className="lv-button lv-button--quiet"
        onClick={() => onChange([...stays, { key: stays.at(-1)!.key + 1, where: '', level: null, left: '' }])}
      >
        {t('addStay')}
      </button>
    </>
  );
}
