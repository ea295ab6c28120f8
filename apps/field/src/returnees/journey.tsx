import { RISK_LEVELS, type RiskLevel } from '@levee/protocol';
import { Icon, useText, useWords } from '@levee/ui';
import { fieldWords, LEVEL_NAMES } from '../app/words.ts';

export interface Stay {
  readonly key: number;
  readonly where: string;
  readonly level: RiskLevel | null;
  /** Civil day. */
  readonly left: string;
}

/** Where somebody has been in the last days: place, what it was then, the day they left. Nothing else is asked (R1). */
export function Journey({
  stays,
  latest,
  onChange,
}: {
  stays: readonly Stay[];
  latest: string;
  onChange: (stays: readonly Stay[]) => void;
}) {
  const t = useWords(fieldWords);
  const text = useText();
  const put = (key: number, change: Partial<Stay>) =>
    onChange(stays.map((stay) => (stay.key === key ? { ...stay, ...change } : stay)));
  return (
    <>
      {stays.map((stay) => (
        <fieldset key={stay.key} className="stay form">
          <label>
            {t('stayWhere')}
            <input
              className="lv-input"
              value={stay.where}
              maxLength={60}
              autoComplete="off"
              onChange={(event) => put(stay.key, { where: event.target.value })}
            />
          </label>
          <fieldset className="segments" aria-label={t('stayLevel')}>
            {RISK_LEVELS.map((level) => (
              <button
                key={level}
                type="button"
                aria-pressed={stay.level === level}
                onClick={() => put(stay.key, { level })}
              >
                {text(LEVEL_NAMES[level])}
              </button>
            ))}
          </fieldset>
          <div className="line">
            <label>
              {t('stayLeft')}
              <input
                className="lv-input"
                type="date"
                max={latest}
                value={stay.left}
                onChange={(event) => put(stay.key, { left: event.target.value })}
              />
            </label>
            {stays.length > 1 && (
              <button
                type="button"
                className="small"
                onClick={() => onChange(stays.filter(({ key }) => key !== stay.key))}
              >
                <Icon name="close" /> {t('remove')}
              </button>
            )}
          </div>
        </fieldset>
      ))}
      {stays.length < MOST && (
        <button
          type="button"
          className="small"
          onClick={() =>
            onChange([...stays, { key: stays.at(-1)!.key + 1, where: '', level: null, left: latest }])
          }
        >
          <Icon name="plus" /> {t('addStay')}
        </button>
      )}
    </>
  );
}

const MOST = 8;
