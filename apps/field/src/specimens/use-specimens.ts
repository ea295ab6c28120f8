/** Specimens of objects on this device: what is chosen stays, each scanned tube is a record. */
import { newId, type SpecimenKind } from '@levee/contract';
import { useLanguage, useWords } from '@levee/ui';
import { useState } from 'react';
import { useSession } from '../app/session.ts';
import { signal, type Tone } from '../look/signal.ts';
import { StorageFullError } from '../offline/database.ts';
import type { About, Draft, QueueRecord } from '../offline/queue.ts';
import { readScan } from '../sampling/read-scan.ts';
import { lastSpecimens, tubesOf } from '../sampling/tubes.ts';
import { specimenWords } from './words.ts';

export interface ChosenPlace {
  readonly id: string;
  readonly name: string;
}
export interface Said {
  readonly tone: Tone;
  readonly title: string;
  readonly detail: string;
}

export function useSpecimens() {
  const t = useWords(specimenWords);
  const language = useLanguage();
  const { queue, list, loop, profile } = useSession();
  const [kind, setKind] = useState<SpecimenKind>('surface');
  const [place, setPlace] = useState<ChosenPlace | null>(null);
  const [description, setDescription] = useState('');
  const [goods, setGoods] = useState({ product: '', batchNumber: '', supplier: '', coldChain: true });
  const [waiting, setWaiting] = useState('');
  const [said, setSaid] = useState<Said | null>(null);
  const say = (next: Said) => {
    setSaid(next);
    signal(next.tone);
  };

  async function write(draft: Draft, about: About): Promise<boolean> {
    try {
      await queue.add(profile.siteId!, [{ draft, about }]);
      loop.wake();
      return true;
    } catch (error) {
      const full = error instanceof StorageFullError;
      say({ tone: 'no', title: t(full ? 'full' : 'failed'), detail: t(full ? 'fullNext' : 'failedNext') });
      return false;
    }
  }

  /** A tube scanned too early waits in the field until what is missing is there. */
  async function scan(raw: string): Promise<void> {
    const read = readScan(raw);
    if (read.kind !== 'tube') return say({ tone: 'no', title: t('notTube'), detail: t('notTubeNext') });
    const { code } = read;
    if (tubesOf(queue.records).some(({ tubeCode }) => tubeCode === code)) {
      setWaiting('');
      return say({ tone: 'no', title: `${code} ${t('used')}`, detail: t('usedNext') });
    }
    setWaiting(code);
    const what = description.trim();
    const product = goods.product.trim();
    if (kind === 'goods' && product === '') {
      return say({ tone: 'question', title: t('needProduct'), detail: t('needNext') });
    }
    if (what === '') return say({ tone: 'question', title: t('needWhat'), detail: t('needNext') });
    const draft: Draft = {
      kind: 'specimen',
      poolId: newId(),
      tubeCode: code,
      specimenKind: kind,
      placeId: place?.id ?? profile.siteId!,
      description: what,
      ...(kind === 'goods' && {
        goods: {
          product,
          batchNumber: goods.batchNumber.trim().toUpperCase() || null,
          supplier: goods.supplier.trim() || null,
          coldChain: goods.coldChain,
        },
      }),
    };
    const name = kind === 'goods' ? `${product} · ${what}` : what;
    if (!(await write(draft, { name, tubeCode: code }))) return;
    setWaiting('');
    const where = place?.name ?? profile.siteName?.[language] ?? t('here');
    say({ tone: 'done', title: `${t('done')} ${code}`, detail: `${where} · ${name}` });
  }

  async function undo(record: QueueRecord): Promise<void> {
    const done = () =>
      say({
        tone: 'done',
        title: t('undone'),
        detail: `${record.about.tubeCode ?? ''} · ${t('undoneNext')}`,
      });
    if (await queue.takeBack([record.id])) return done();
    // The swab is not a person's, the command is the same: what the server knows under this id is withdrawn.
    const draft: Draft = { kind: 'withdraw', sampleId: record.id, reason: t('undoReason') };
    if (await write(draft, record.about)) done();
  }

  return {
    ...{ kind, setKind, place, setPlace, description, setDescription, goods, setGoods },
    ...{ waiting, setWaiting, said, scan, undo, venues: list?.manifest.venues ?? [] },
    last: lastSpecimens(queue.records, 5),
  };
}
export type Specimens = ReturnType<typeof useSpecimens>;
