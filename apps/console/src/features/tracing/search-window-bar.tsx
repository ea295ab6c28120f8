import type { SearchWindowAnswer } from '@levee/contract';
import { listPacks } from '@levee/protocol';
import { formatTime, StatusMark, Time, useServerNow, useText, useWords } from '@levee/ui';
import { Slider } from 'antd';
import { useState } from 'react';
import { tracingWords } from './words.ts';
import './tracing.css';

export interface SearchSettings {
  readonly window?: { readonly from: string; readonly until: string };
  readonly minMinutes: number;
  readonly lingeringMinutes: number;
}

const HOUR = 3_600_000;
/** How far before the pack's window a person may look. */
const BACK_DAYS = 7;

/** The window the pack gives, with its rule; a person may move its ends, and the search will say so. */
export function SearchWindowBar({
  window,
  onPack,
  onRun,
  busy,
}: {
  window: SearchWindowAnswer;
  onPack: (packId: string) => void;
  onRun: (settings: SearchSettings) => void;
  busy: boolean;
}) {
  const t = useWords(tracingWords);
  const text = useText();
  const now = useServerNow();
  const byPack = [Date.parse(window.from), Date.parse(window.until)] as const;
  const [bounds, setBounds] = useState<readonly [number, number]>(byPack);
  const [minMinutes, setMinMinutes] = useState(0);
  const [lingeringMinutes, setLingering] = useState(0);
  const adjusted = bounds[0] !== byPack[0] || bounds[1] !== byPack[1];
  const least = byPack[0] - BACK_DAYS * 24 * HOUR;
  const most = Math.max(byPack[1], Number(now));
  return (
    <div className="tracing-window">
      <div className="tracing-window__slider">
        <div className="tracing-line">
          <strong>{t('window')}</strong>
          <span>
            <Time at={bounds[0]} /> – <Time at={bounds[1]} />
          </span>
          <StatusMark tone={adjusted ? 'waiting' : 'neutral'}>
            {adjusted ? t('adjusted') : t('byPack')}
          </StatusMark>
          {adjusted && (
            <button type="button" className="lv-button lv-button--quiet" onClick={() => setBounds(byPack)}>
              {t('reset')}
            </button>
          )}
        </div>
        <Slider
          range
          min={least}
          max={most}
          step={HOUR}
          value={[...bounds]}
          ariaLabelForHandle={[t('from'), t('until')]}
          tooltip={{ formatter: (value) => (value === undefined ? '' : formatTime(value, most)) }}
          onChange={([from, until]) => {
            if (from !== undefined && until !== undefined) setBounds([from, until]);
          }}
        />
      </div>
      <form
        className="tracing-window__form"
        onSubmit={(event) => {
          event.preventDefault();
          const [from, until] = bounds.map((bound) => new Date(bound).toISOString());
          onRun({
            minMinutes,
            lingeringMinutes,
            ...(adjusted && { window: { from: from!, until: until! } }),
          });
        }}
      >
        <label>
          {t('pack')}
          <select className="lv-input" value={window.packId} onChange={(event) => onPack(event.target.value)}>
            {listPacks().map((pack) => (
              <option key={pack.id} value={pack.id}>
                {text(pack.title)}
              </option>
            ))}
          </select>
        </label>
        <label>
          {t('minMinutes')}
          <input
            className="lv-input"
            type="number"
            min={0}
            max={1440}
            value={minMinutes}
            onChange={(event) => setMinMinutes(event.target.valueAsNumber || 0)}
          />
        </label>
        <label>
          {t('lingering')}
          <input
            className="lv-input"
            type="number"
            min={0}
            max={1440}
            value={lingeringMinutes}
            onChange={(event) => setLingering(event.target.valueAsNumber || 0)}
          />
        </label>
        <button type="submit" className="lv-button lv-button--primary" disabled={busy}>
          {busy ? t('running') : t('run')}
        </button>
      </form>
      <div className="tracing-window__facts">
        <span>
          {t('rule')}：{window.source.title}
          {window.source.section && ` ${window.source.section}`}
          {window.confidence === 'unverified' && `（${t('unverified')}）`}
        </span>
        {window.open && <span>{t('stillOpen')}</span>}
        {window.reasons.map((reason) => (
          <span key={reason.en}>{text(reason)}</span>
        ))}
        {window.staysCount > 0 ? (
          <span>{t('staysInWindow', { count: window.staysCount })}</span>
        ) : (
          <StatusMark tone="waiting">{t('noStays')}</StatusMark>
        )}
      </div>
    </div>
  );
}
