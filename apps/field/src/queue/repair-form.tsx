import { checkIdentityNumber } from '@levee/protocol';
import { useWords } from '@levee/ui';
import { type FormEvent, useState } from 'react';
import { useSession } from '../app/session.ts';
import { fieldWords } from '../app/words.ts';
import { Trouble } from '../look/trouble.tsx';
import type { QueueRecord } from '../offline/queue.ts';
import { HomeChoice } from '../people/home-choice.tsx';
import { readScan } from '../sampling/read-scan.ts';
import { resendCorrected } from './repair.ts';

/** The two things that are wrong in practice: whose swab it is, and which tube it is in. */
export function RepairForm({
  record,
  act,
  onCancel,
}: {
  record: QueueRecord;
  act: (work: () => Promise<void>) => Promise<void>;
  onCancel: () => void;
}) {
  const t = useWords(fieldWords);
  const session = useSession();
  const [fault, setFault] = useState<string | null>(null);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const number = String(form.get('identityNumber') ?? '').trim();
    const [nameZh, placeId] = [String(form.get('nameZh') ?? '').trim(), String(form.get('placeId') ?? '')];
    if ((nameZh === '') !== (placeId === '')) return setFault(t('needNameHome'));
    const tube = readScan(String(form.get('tubeCode') ?? ''));
    const check = number === '' ? null : checkIdentityNumber(number);
    if (check && !check.ok) return setFault(t(`badCard_${check.reason}`));
    const correction = {
      ...(check?.ok && { identityNumber: check.number }),
      ...(tube.kind === 'tube' && { tubeCode: tube.code }),
      ...(nameZh && placeId && { newPerson: { nameZh, placeId } }),
    };
    void act(() => resendCorrected(session, record, correction, (id) => t('repaired', { id })));
  };
  return (
    <form className="form" onSubmit={submit}>
      {'who' in record.command && (
        <label>
          {t('repairCard')}
          <input
            className="lv-input"
            name="identityNumber"
            autoComplete="off"
            placeholder={record.about.masked}
          />
        </label>
      )}
      {'tubeCode' in record.command && (
        <label>
          {t('repairTube')}
          <input
            className="lv-input"
            name="tubeCode"
            defaultValue={record.about.tubeCode}
            autoComplete="off"
          />
        </label>
      )}
      {'who' in record.command && 'identityNumber' in record.command.who && (
        <>
          <p>{t('repairNew')}</p>
          <label>
            {t('name')}
            <input className="lv-input" name="nameZh" maxLength={60} autoComplete="off" />
          </label>
          <HomeChoice homes={session.list?.manifest.homes ?? []} />
        </>
      )}
      {fault && <Trouble problem={fault} next={t('badCardNext')} />}
      <div className="line">
        <button type="button" className="big" onClick={onCancel}>
          {t('cancel')}
        </button>
        <button type="submit" className="big big--primary">
          {t('repairSend')}
        </button>
      </div>
    </form>
  );
}
