import { EmptyState, Loading, Page as PageFrame, useSingleKeys, useWords } from '@levee/ui';
import { useEffect } from 'react';
import { AreaChoice } from '../cases/area-choice.tsx';
import { CaseSourceChoice } from '../cases/case-source.tsx';
import { Figures } from './figures.tsx';
import { AberrationsPanel } from './panels/aberrations.tsx';
import { CaseReproductionPanel } from './panels/case-reproduction.tsx';
import { CurvePanel } from './panels/curve.tsx';
import { DelaysPanel } from './panels/delays.tsx';
import { ForecastPanel } from './panels/forecast.tsx';
import { GrowthPanel } from './panels/growth.tsx';
import { OffspringPanel, SerialPanel } from './panels/offspring.tsx';
import { ReproductionPanel } from './panels/reproduction.tsx';
import { SeverityPanel } from './panels/severity.tsx';
import { SettingsBar } from './settings-bar.tsx';
import { type Settings, useAnalysis, useAnalysisSettings, VIEWS } from './use-analysis.ts';
import { analysisWords } from './words.ts';
import '../cases/cases.css';
import './analysis.css';

/** What the line list says about one incident or one list. */
export function Page() {
  const t = useWords(analysisWords);
  const settings = useAnalysisSettings();
  const { shown, until, setUntil, isLoading } = settings;
  useViewKey(settings);
  return (
    <PageFrame
      title={t('title')}
      toolbar={
        <>
          <CaseSourceChoice any={false} value={shown} />
          <AreaChoice />
          <label className="an-interval">
            <span className="an-quiet">{t('cutoff')}</span>
            <input
              type="date"
              className="lv-input an-day"
              value={until}
              onChange={(event) => setUntil(event.target.value || null, { replace: true })}
            />
            {until && (
              <button type="button" className="lv-button lv-button--quiet" onClick={() => setUntil(null)}>
                {t('cutoffNow')}
              </button>
            )}
          </label>
        </>
      }
    >
      {shown === '' &&
        (isLoading ? (
          <Loading />
        ) : settings.series === 'cases' ? (
          <EmptyState why="none" title={t('choose')} />
        ) : (
          <Tests settings={settings} />
        ))}
      {shown !== '' && <Panels settings={settings} />}
    </PageFrame>
  );
}

/** Tests are counted before there is an incident: what a signal rests on can be looked at. */
function Tests({ settings }: { settings: Settings }) {
  const { aberrations } = useAnalysis(settings);
  return <AberrationsPanel asked={aberrations} settings={settings} />;
}

function Panels({ settings }: { settings: Settings }) {
  const t = useWords(analysisWords);
  const answers = useAnalysis(settings);
  const about = answers.curve.data?.about;
  return (
    <>
      <Figures answers={answers} />
      <SettingsBar settings={settings} />
      {about && about.notCasesCount + about.afterCutoffCount > 0 && (
        <p className="an-quiet">
          {t('leftOut', { not: about.notCasesCount, after: about.afterCutoffCount })}
        </p>
      )}
      <div className="an-panels">
        <CurvePanel asked={answers.curve} settings={settings} />
        <ReproductionPanel asked={answers.reproduction} curve={answers.curve.data} settings={settings} />
        <ForecastPanel asked={answers.forecast} settings={settings} />
        <CaseReproductionPanel asked={answers.caseReproduction} settings={settings} />
        <GrowthPanel asked={answers.growth} settings={settings} />
        <SeverityPanel asked={answers.severity} settings={settings} />
        <DelaysPanel asked={answers.delays} settings={settings} />
        <OffspringPanel asked={answers.offspring} settings={settings} />
        <SerialPanel asked={answers.offspring} settings={settings} />
        <AberrationsPanel asked={answers.aberrations} settings={settings} />
      </div>
    </>
  );
}

/** One key for all panels: chart, table, text (F15). */
function useViewKey({ view, setView }: Settings): void {
  const singleKeys = useSingleKeys();
  useEffect(() => {
    if (!singleKeys) return;
    const press = (event: KeyboardEvent) => {
      const element = event.target instanceof Element ? event.target : null;
      if (element?.closest('input, select, textarea, dialog, [contenteditable]')) return;
      if (event.key.toLowerCase() !== 'v' || event.ctrlKey || event.metaKey || event.altKey) return;
      setView(VIEWS[(VIEWS.indexOf(view) + 1) % VIEWS.length] ?? null, { replace: true });
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [singleKeys, view, setView]);
}
