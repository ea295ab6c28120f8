import type { CaseCurve, CURVE_GROUPS } from '@levee/contract';
import { ErrorState, Loading, useText, useUrlText, useWords } from '@levee/ui';
import { EpiCurve } from '@levee/ui/chart';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { client } from '../../app/client.ts';
import { useCaseSource } from './case-source.tsx';
import { type CurveBasis, useLinkedDay } from './use-case-list.ts';
import { caseWords } from './words.ts';

type Group = CaseCurve['by'];
const BASES = ['onset', 'sample', 'report'] as const satisfies readonly CurveBasis[];
const GROUPS = ['classification', 'county', 'severity', 'foundIn'] as const satisfies typeof CURVE_GROUPS;

/** The epidemic curve of the chosen cases; a press on a day narrows whatever stands beside it. */
export function CurvePanel({ height }: { height: number }) {
  const t = useWords(caseWords);
  const { of, source } = useCaseSource();
  const [within] = useUrlText('within');
  const [byText, setBy] = useUrlText('by');
  const { basis, setBasis, day, setDay } = useLinkedDay();
  const by: Group = GROUPS.find((one) => one === byText) ?? 'classification';
  const curve = useQuery({
    queryKey: ['cases', 'curve', of, within, basis, by],
    queryFn: () => client.cases.curve({ query: { ...source, ...(within && { within }), basis, by } }),
    placeholderData: (before) => before,
  });
  if (curve.error) return <ErrorState error={curve.error} onRetry={() => void curve.refetch()} />;
  if (!curve.data) return <Loading />;
  const { totalCount, missingCount, incompleteBy } = curve.data;
  const incompleteFrom = curve.data.days.find(({ incomplete }) => incomplete)?.day;
  return (
    <section className="case-curve__panel" aria-label={t('curve')}>
      <div className="case-line">
        <Choice
          label={t('curveBy')}
          value={basis}
          options={BASES.map((one) => [one, t(`basis.${one}`)])}
          onChange={(value) => setBasis(value === 'onset' ? null : value)}
        />
        <Choice
          label={t('stackedBy')}
          value={by}
          options={GROUPS.map((one) => [one, t(`by.${one}`)])}
          onChange={(value) => setBy(value === 'classification' ? null : value)}
        />
        <span className={missingCount > 0 ? 'case-missing' : 'case-quiet'}>
          {missingCount > 0
            ? t('missing', { missing: missingCount, total: totalCount, basis: t(`basis.${basis}`) })
            : t('noneMissing', { total: totalCount })}
        </span>
        {incompleteFrom && (
          <span className="case-quiet">{t(`incompleteBy.${incompleteBy}`, { day: incompleteFrom })}</span>
        )}
      </div>
      <Drawn curve={curve.data} height={height} day={day} onDay={setDay} />
    </section>
  );
}

function Choice<Value extends string>({
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
    <div className="case-segments" role="radiogroup" aria-label={label}>
      <span className="case-quiet">{label}</span>
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

/** More groups than colours would say nothing: the small ones are drawn as one. */
const MOST_SERIES = 6;

function Drawn({
  curve,
  height,
  day,
  onDay,
}: {
  curve: CaseCurve;
  height: number;
  day: string | null;
  onDay: (day: string | null) => void;
}) {
  const t = useWords(caseWords);
  const text = useText();
  const { days, series } = useMemo(() => {
    const { days, groupNames } = curve;
    const own = groupNames.length > MOST_SERIES ? groupNames.slice(0, MOST_SERIES - 1) : groupNames;
    const rest = groupNames.slice(own.length);
    const drawn = own.map(({ key, name }) => ({
      key,
      name: text(name),
      counts: days.map(({ groups }) => groups[key] ?? 0),
    }));
    const others = rest.length > 0 && {
      key: 'rest',
      name: t('restOf', { count: rest.length }),
      counts: days.map(({ groups }) => rest.reduce((sum, { key }) => sum + (groups[key] ?? 0), 0)),
    };
    return { days: days.map(({ day: one }) => one), series: others ? [...drawn, others] : drawn };
  }, [curve, t, text]);
  if (days.length === 0) return <p className="case-quiet">{t('noCurve')}</p>;
  return (
    <EpiCurve
      name="curve-drawn"
      title={t('curve')}
      days={days}
      series={series}
      dateKind={curve.basis}
      incompleteFrom={curve.days.find(({ incomplete }) => incomplete)?.day ?? null}
      sevenDayLine={days.length >= 14}
      asOf={curve.asOf}
      source={t('curveSource', { total: curve.totalCount, missing: curve.missingCount })}
      height={height}
      selectedDay={day}
      onSelectDay={onDay}
    />
  );
}
