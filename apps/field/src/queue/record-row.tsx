import { LeveeError } from '@levee/contract';
import { formatTime, useText, useWords } from '@levee/ui';
import { useState } from 'react';
import { useSession } from '../app/session.ts';
import { fieldWords, STATE_NAMES } from '../app/words.ts';
import { Trouble } from '../look/trouble.tsx';
import type { QueueRecord } from '../offline/queue.ts';
import { setAside, tryAgain } from './repair.ts';
import { RepairForm } from './repair-form.tsx';

/** One record: its state in a word; where it needs somebody, why and what to do, with the doing beside it. */
export function RecordRow({ record }: { record: QueueRecord }) {
  const t = useWords(fieldWords);
  const text = useText();
  const session = useSession();
  const [open, setOpen] = useState<'repair' | 'set_aside' | null>(null);
  const [reason, setReason] = useState('');
  const [error, setError] = useState<LeveeError | null>(null);
  const { command, about, state, problem, nextStep, quarantined } = record;
  const act = async (work: () => Promise<void>) => {
    setError(null);
    try {
      await work();
      setOpen(null);
    } catch (cause) {
      setError(cause instanceof LeveeError ? cause : new LeveeError('unavailable', {}, { cause }));
    }
  };
  const what = command.kind === 'send' ? t('tubes', { count: command.poolIds.length }) : about.tubeCode;
  return (
    <li className="record" data-record={record.id}>
      <div className="line">
        <span>
          <strong>{about.name || about.tubeCode}</strong> {about.masked}
          <small>
            {t(`kind_${command.kind}`)} · {about.name ? `${what ?? ''} · ` : ''}
            {formatTime(command.at, session.nowMs)}
          </small>
        </span>
        <span className="state" data-state={state}>
          {text(STATE_NAMES[state])}
        </span>
      </div>
      {problem && <Trouble problem={text(problem)} next={nextStep ? text(nextStep) : ''} />}
      {state === 'attention' && open === null && (
        <div className="record__acts">
          <button
            type="button"
            className="small"
            onClick={() => void act(() => tryAgain(session, record, t('resend')))}
          >
            {t('resend')}
          </button>
          {('who' in command || command.kind === 'specimen' || command.kind === 'seal') && (
            <button type="button" className="small" onClick={() => setOpen('repair')}>
              {t('repair')}
            </button>
          )}
          <button type="button" className="small" onClick={() => setOpen('set_aside')}>
            {t('setAside')}
          </button>
        </div>
      )}
      {open === 'repair' && <RepairForm record={record} act={act} onCancel={() => setOpen(null)} />}
      {open === 'set_aside' && (
        <div className="form">
          <label>
            {t('setAsideReason')}
            <input
              className="lv-input"
              value={reason}
              maxLength={300}
              onChange={(event) => setReason(event.target.value)}
            />
          </label>
          <div className="line">
            <button type="button" className="big" onClick={() => setOpen(null)}>
              {t('cancel')}
            </button>
            <button
              type="button"
              className="big big--danger"
              disabled={reason.trim() === ''}
              onClick={() => void act(() => setAside(session, record, reason.trim()))}
            >
              {t('setAside')}
            </button>
          </div>
        </div>
      )}
      {error && (
        <Trouble
          problem={quarantined && error.code === 'unavailable' ? t('needsOnline') : text(error.messages)}
          next={text(error.nextStep)}
        />
      )}
    </li>
  );
}
