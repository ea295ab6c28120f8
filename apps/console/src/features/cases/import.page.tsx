import type { CaseImport } from '@levee/contract';
import {
  ErrorState,
  Loading,
  Page as PageFrame,
  useNavigation,
  useText,
  useUrlText,
  useWords,
} from '@levee/ui';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { client } from '../../app/client.ts';
import { ImportCommit } from './import-commit.tsx';
import { ImportHospitals } from './import-hospitals.tsx';
import { ImportMapping } from './import-mapping.tsx';
import { ImportProgress } from './import-progress.tsx';
import { ImportResult } from './import-result.tsx';
import { ImportStateMark, type ImportStep, ImportSteps } from './import-state.tsx';
import { ImportVerdicts } from './import-verdicts.tsx';
import { importWords } from './import-words.ts';
import './import.css';

/** Often enough to see it move; the server reads one row for it. */
const WATCH_MS = 700;

const isRunning = ({ state }: CaseImport): boolean => state === 'checking' || state === 'committing';

function stepOf({ state }: CaseImport, wantsMapping: boolean): ImportStep {
  if (state === 'uploaded' || (state === 'checked' && wantsMapping)) return 'stepMapping';
  return state === 'checking' || state === 'checked' ? 'stepVerdicts' : 'stepResult';
}

/** One import on its way from a file to cases: what is shown follows from its state, so a reload loses nothing. */
export function Page() {
  const t = useWords(importWords);
  const text = useText();
  const queries = useQueryClient();
  const { Link } = useNavigation();
  const { importId = '' } = useParams({ strict: false }) as { importId?: string };
  const [step, setStep] = useUrlText('step');
  const found = useQuery({
    queryKey: ['cases', 'imports', importId],
    queryFn: () => client.cases.importById({ params: { importId } }),
    refetchInterval: ({ state }) => (state.data && isRunning(state.data) ? WATCH_MS : false),
  });
  const changed = (one: CaseImport) => {
    queries.setQueryData(['cases', 'imports', importId], one);
    void queries.invalidateQueries({ queryKey: ['cases', 'imports', importId, 'rows'] });
  };
  const cancel = useMutation({
    mutationFn: () => client.cases.cancelImport({ params: { importId }, body: {} }),
    onSuccess: changed,
  });
  if (found.error) return <ErrorState error={found.error} onRetry={() => void found.refetch()} />;
  if (!found.data) return <Loading />;
  const one = found.data;
  const at = stepOf(one, step === 'mapping');
  const mayCancel = ['uploaded', 'checking', 'checked', 'committing'].includes(one.state);
  return (
    <PageFrame
      title={one.cases.name}
      breadcrumbs={[{ title: t('imports'), href: '/imports' }]}
      marks={<ImportStateMark state={one.state} />}
      toolbar={<ImportSteps at={at} />}
      actions={
        mayCancel ? (
          <button
            type="button"
            className="lv-button"
            disabled={cancel.isPending}
            onClick={() => cancel.mutate()}
          >
            {t('cancel')}
          </button>
        ) : (
          <Link className="lv-button" href="/imports/new">
            {t('newImport')}
          </Link>
        )
      }
    >
      {cancel.error && <ErrorState shape="line" error={cancel.error} />}
      {isRunning(one) && <ImportProgress one={one} />}
      {at === 'stepMapping' && (
        <ImportMapping
          key={one.id}
          one={one}
          onChecked={(next) => {
            setStep(null);
            changed(next);
          }}
        />
      )}
      {one.state === 'checked' && at === 'stepVerdicts' && (
        <>
          <ImportCommit one={one} onChanged={changed} onBack={() => setStep('mapping')} />
          <ImportHospitals one={one} onChanged={changed} />
          <ImportVerdicts one={one} />
        </>
      )}
      {one.state === 'failed' && (
        <p className="import-note">{one.problem ? text(one.problem) : t('failedNote')}</p>
      )}
      {one.state === 'cancelled' && <p className="import-note">{t('cancelled_note')}</p>}
      {(one.state === 'committed' || one.state === 'undone') && (
        <>
          <ImportResult one={one} onChanged={changed} />
          <ImportVerdicts one={one} />
        </>
      )}
    </PageFrame>
  );
}
