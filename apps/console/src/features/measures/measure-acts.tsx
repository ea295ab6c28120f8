import type { MeasureDetail } from '@levee/contract';
import { Dialog, ErrorState, useNavigation, useWords, WriteDialog } from '@levee/ui';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { client } from '../../app/client.ts';
import { useMe } from '../../app/session.ts';
import { LodgeDialog } from './lodge-dialog.tsx';
import { NoticeView } from './notice-view.tsx';
import { measureWords } from './words.ts';

type Act = 'needed' | 'notNeeded' | 'end' | 'lodge' | 'amend';

/** What the reader may do with one measure now; each legal act in two steps with its reason. */
export function MeasureActs({ measure }: { measure: MeasureDetail }) {
  const t = useWords(measureWords);
  const me = useMe();
  const { Link } = useNavigation();
  const queries = useQueryClient();
  const [act, setAct] = useState<Act | null>(null);
  const close = () => setAct(null);
  const renew = () => queries.invalidateQueries({ queryKey: ['measures'] });
  const params = { measureId: measure.id };
  const approves = me.permissions.includes('measures.approve');
  const drafts = me.permissions.includes('measures.draft');
  const own = measure.author.id === me.id;
  const awaiting = measure.phase === 'awaiting';
  const holds = measure.phase === 'active' || measure.phase === 'suspended';
  const running = holds || awaiting || measure.phase === 'scheduled';
  return (
    <>
      {measure.state === 'awaiting_approval' && running && approves && (
        <Link href={`/approvals?measure=${measure.id}`} className="lv-button lv-button--primary">
          {t('forApproval')}
        </Link>
      )}
      {measure.active && measure.subjectType === 'place' && approves && (
        <button
          type="button"
          className={`lv-button${measure.reviewOverdue ? ' lv-button--primary' : ''}`}
          onClick={() => setAct('needed')}
        >
          {t('reviewAct')}
        </button>
      )}
      {holds && measure.approvedAt !== null && drafts && (
        <Link href={`/measures/new?extends=${measure.id}`} className="lv-button" title={t('extendHint')}>
          {t('extend')}…
        </Link>
      )}
      {awaiting && drafts && (
        <button type="button" className="lv-button" onClick={() => setAct('amend')}>
          {t('amend')}…
        </button>
      )}
      {running && (approves || (awaiting && own)) && (
        <button type="button" className="lv-button" onClick={() => setAct('end')}>
          {t('end')}…
        </button>
      )}
      {running && (
        <button type="button" className="lv-button" onClick={() => setAct('lodge')}>
          {t('lodge')}…
        </button>
      )}
      {(act === 'needed' || act === 'notNeeded') && (
        <WriteDialog
          title={t('reviewAct')}
          label={t('reviewReason')}
          act={t(act === 'needed' ? 'stillNeeded' : 'notNeeded')}
          onClose={close}
          onAct={async (reason) => {
            await client.measures.review({ params, body: { stillNeeded: act === 'needed', reason } });
            await renew();
          }}
        >
          <div className="measures-tabs">
            {(['needed', 'notNeeded'] as const).map((each) => (
              <button
                key={each}
                type="button"
                className="lv-button lv-button--quiet"
                aria-pressed={each === act}
                onClick={() => setAct(each)}
              >
                {t(each === 'needed' ? 'stillNeeded' : 'notNeeded')}
              </button>
            ))}
          </div>
          <p className="measures-muted">{t('reviewHint')}</p>
        </WriteDialog>
      )}
      {act === 'end' && (
        <WriteDialog
          title={t('endTitle')}
          label={t('endReason')}
          act={t('end')}
          onClose={close}
          onAct={async (reason) => {
            await client.measures.withdraw({ params, body: { reason, version: measure.version } });
            await renew();
          }}
        >
          <p className="measures-muted">{t('endHint')}</p>
        </WriteDialog>
      )}
      {act === 'lodge' && <LodgeDialog measure={measure} onClose={close} />}
      {act === 'amend' && <AmendNotice measure={measure} onClose={close} />}
    </>
  );
}

function AmendNotice({ measure, onClose }: { measure: MeasureDetail; onClose: () => void }) {
  const t = useWords(measureWords);
  const queries = useQueryClient();
  const [notice, setNotice] = useState(measure.notice);
  const [error, setError] = useState<unknown>(null);
  const save = async () => {
    try {
      await client.measures.amendNotice({
        params: { measureId: measure.id },
        body: { notice, version: measure.version },
      });
      await queries.invalidateQueries({ queryKey: ['measures'] });
      onClose();
    } catch (refusal) {
      setError(refusal);
    }
  };
  return (
    <Dialog
      wide
      title={t('amend')}
      onClose={onClose}
      onSubmit={() => void save()}
      footer={
        <>
          <button type="submit" className="lv-button lv-button--primary">
            {t('save')}
          </button>
          <button type="button" className="lv-button" onClick={onClose}>
            {t('cancel')}
          </button>
        </>
      }
    >
      <NoticeView notice={notice} onChange={setNotice} />
      {error !== null && <ErrorState shape="line" error={error} />}
    </Dialog>
  );
}
