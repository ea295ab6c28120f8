import type { ABERRATION_SERIES, CURVE_BASES } from '@levee/contract';
import { useUrlText } from '@levee/ui';
import { keepPreviousData, type UseQueryResult, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { client } from '../../app/client.ts';
import { useCaseSource, useCaseSources } from '../cases/case-source.tsx';
import { useCasePurpose } from '../cases/purpose.ts';

export const BASES = ['onset', 'sample', 'report'] as const satisfies typeof CURVE_BASES;
export const WINDOWS = ['3', '7', '14'] as const;
export const VIEWS = ['chart', 'table', 'text'] as const;
export type View = (typeof VIEWS)[number];
const SERIES = ['cases', 'samples', 'positives'] as const satisfies typeof ABERRATION_SERIES;
const METHODS = ['c1', 'c2', 'c3'] as const;

/** Everything the page shows is decided by its address; without a source in it, the incident that runs. */
export function useAnalysisSettings() {
  const { of } = useCaseSource();
  const { incidents, lists, isLoading } = useCaseSources();
  const [within] = useUrlText('within');
  const [until, setUntil] = useUrlText('until');
  const [basisText, setBasis] = useUrlText('basis');
  const [windowText, setWindow] = useUrlText('window');
  const [interval, setInterval] = useUrlText('si');
  const [mean, setMean] = useUrlText('siMean');
  const [sd, setSd] = useUrlText('siSd');
  const [from, setFrom] = useUrlText('from');
  const [to, setTo] = useUrlText('to');
  const [viewText, setView] = useUrlText('view');
  const [seriesText, setSeries] = useUrlText('series');
  const [methodText, setMethod] = useUrlText('ears');
  const shown = of || incidents[0]?.of || lists[0]?.of || '';
  return {
    shown,
    isLoading,
    within,
    until,
    setUntil,
    basis: BASES.find((one) => one === basisText) ?? 'onset',
    setBasis,
    window: WINDOWS.find((one) => one === windowText) ?? '7',
    setWindow,
    interval,
    setInterval,
    mean,
    setMean,
    sd,
    setSd,
    from,
    setFrom,
    to,
    setTo,
    view: VIEWS.find((one) => one === viewText) ?? 'chart',
    setView,
    series: SERIES.find((one) => one === seriesText) ?? 'cases',
    setSeries,
    method: METHODS.find((one) => one === methodText) ?? 'c2',
    setMethod,
  };
}
export type Settings = ReturnType<typeof useAnalysisSettings>;

/** The interval as the address says it: `pack:mers`, `chains`, `given` with its two numbers; '' is the source's pack. */
function intervalQuery({ interval, mean, sd }: Settings) {
  if (interval === 'chains') return { serialInterval: 'chains' as const };
  const [intervalMean, intervalSd] = [Number(mean), Number(sd)];
  if (interval === 'given' && intervalMean > 1 && intervalSd > 0)
    return { serialInterval: 'given' as const, intervalMean, intervalSd };
  if (interval.startsWith('pack:')) return { packId: interval.slice(5) };
  return {};
}

const isDay = (text: string) => /^\d{4}-\d{2}-\d{2}$/.test(text);

/** The nine answers of the page, each asked for by itself so that the quick ones show first. */
export function useAnalysis(settings: Settings) {
  const purpose = useCasePurpose();
  const { shown, within, until, basis, from, to, series, method } = settings;
  const area = useMemo(
    () => ({ ...(within && { within }), ...(isDay(until) && { until }) }),
    [within, until],
  );
  const of = useMemo(() => {
    const [kind, id = ''] = shown.split(':');
    return { ...(kind === 'list' ? { lineListId: id } : { incidentId: id }), ...area };
  }, [shown, area]);
  const interval = intervalQuery(settings);
  const windowDays = Number(settings.window);
  const days = { ...(isDay(from) && { from }), ...(isDay(to) && { to }) };
  const shared = {
    enabled: shown !== '',
    placeholderData: keepPreviousData,
    staleTime: 30_000,
    refetchInterval: 60_000,
  };
  return {
    curve: useQuery({
      queryKey: ['analysis', 'curve', of, basis],
      queryFn: () => client.analysis.curve({ purpose, query: { ...of, basis } }),
      ...shared,
    }),
    reproduction: useQuery({
      queryKey: ['analysis', 'reproduction', of, basis, interval, windowDays],
      queryFn: () =>
        client.analysis.reproduction({ purpose, query: { ...of, basis, ...interval, windowDays } }),
      ...shared,
    }),
    caseReproduction: useQuery({
      queryKey: ['analysis', 'case-reproduction', of, basis, interval, windowDays],
      queryFn: () =>
        client.analysis.caseReproduction({ purpose, query: { ...of, basis, ...interval, windowDays } }),
      ...shared,
    }),
    forecast: useQuery({
      queryKey: ['analysis', 'forecast', of, basis, interval, windowDays],
      queryFn: () => client.analysis.forecast({ purpose, query: { ...of, basis, ...interval, windowDays } }),
      ...shared,
    }),
    growth: useQuery({
      queryKey: ['analysis', 'growth', of, basis, interval, days],
      queryFn: () => client.analysis.growth({ purpose, query: { ...of, basis, ...interval, ...days } }),
      ...shared,
    }),
    delays: useQuery({
      queryKey: ['analysis', 'delays', of],
      queryFn: () => client.analysis.delays({ purpose, query: of }),
      ...shared,
    }),
    severity: useQuery({
      queryKey: ['analysis', 'severity', of],
      queryFn: () => client.analysis.severity({ purpose, query: of }),
      ...shared,
    }),
    offspring: useQuery({
      queryKey: ['analysis', 'offspring', of],
      queryFn: () => client.analysis.offspring({ purpose, query: of }),
      ...shared,
    }),
    aberrations: useQuery({
      queryKey: ['analysis', 'aberrations', series === 'cases' ? of : area, series, method],
      queryFn: () =>
        client.analysis.aberrations({
          purpose,
          query: { ...(series === 'cases' ? of : area), series, method },
        }),
      ...shared,
      // Tests are of an area, whether there is an incident or not.
      enabled: shown !== '' || series !== 'cases',
    }),
  };
}
export type Answers = ReturnType<typeof useAnalysis>;
export type Asked<Answer> = UseQueryResult<Answer, Error>;
