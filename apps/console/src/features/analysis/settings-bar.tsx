import { listPacks } from '@levee/protocol';
import { useText, useWords } from '@levee/ui';
import { BASES, type Settings, VIEWS, WINDOWS } from './use-analysis.ts';
import { analysisWords } from './words.ts';

/** How it is reckoned, on one line: date, window, serial interval; and how it is shown. */
export function SettingsBar({ settings }: { settings: Settings }) {
  const t = useWords(analysisWords);
  const { basis, setBasis, window, setWindow, view, setView } = settings;
  return (
    <div className="an-settings lv-no-print">
      <Segments
        label={t('basis')}
        value={basis}
        options={BASES.map((one) => [one, t(`basis.${one}`)])}
        onChange={(value) => setBasis(value === 'onset' ? null : value, { replace: true })}
      />
      <Segments
        label={t('window')}
        value={window}
        options={WINDOWS.map((one) => [one, t('windowOf', { days: one })])}
        onChange={(value) => setWindow(value === '7' ? null : value, { replace: true })}
      />
      <IntervalChoice settings={settings} />
      <div className="an-settings__view">
        <Segments
          label={t('view')}
          value={view}
          options={VIEWS.map((one) => [one, t(one)])}
          onChange={(value) => setView(value === 'chart' ? null : value, { replace: true })}
        />
      </div>
    </div>
  );
}

function IntervalChoice({ settings }: { settings: Settings }) {
  const t = useWords(analysisWords);
  const text = useText();
  const { interval, setInterval, mean, setMean, sd, setSd } = settings;
  const days = (label: string, value: string, set: Settings['setMean'], least: number) => (
    <input
      type="number"
      className="lv-input an-number"
      aria-label={`${t('interval')} ${label}（${t('day')}）`}
      placeholder={label}
      min={least}
      max={100}
      step={0.1}
      value={value}
      onChange={(event) => set(event.target.value || null, { replace: true })}
    />
  );
  return (
    <label className="an-interval">
      <span className="an-quiet">{t('interval')}</span>
      <select
        className="lv-input an-choice"
        value={interval}
        onChange={(event) => setInterval(event.target.value || null, { replace: true })}
      >
        <option value="">{t('intervalSource')}</option>
        {listPacks().map(({ id, title }) => (
          <option key={id} value={`pack:${id}`}>
            {text(title)}
          </option>
        ))}
        <option value="chains">{t('intervalChains')}</option>
        <option value="given">{t('intervalGiven')}</option>
      </select>
      {interval === 'given' && (
        <>
          {days(t('mean'), mean, setMean, 1.1)}
          <span aria-hidden="true">±</span>
          {days(t('sd'), sd, setSd, 0.1)}
          <span className="an-quiet">{t('day')}</span>
        </>
      )}
    </label>
  );
}

function Segments<Value extends string>({
  label,
  value,
  options,
  onChange,
}: {
  label: string;
  value: Value;
  options: readonly (readonly [Value, string])[];
  onChange: (value: Value) => void;
}) {
  return (
    <div className="case-segments" role="radiogroup" aria-label={label} title={label}>
      <span className="an-quiet">{label}</span>
      {options.map(([one, name]) => (
        <button
          key={one}
          type="button"
          role="radio"
          aria-checked={one === value}
          onClick={() => onChange(one)}
        >
          {name}
        </button>
      ))}
    </div>
  );
}
