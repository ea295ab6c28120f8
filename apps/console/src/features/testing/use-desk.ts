import { LeveeError, newId, type Pool, type PoolCapacity } from '@levee/contract';
import { useServerClock, useText, useWords } from '@levee/ui';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { client } from '../../app/client.ts';
import { testingWords } from './words.ts';

type Who = { readonly personId: string } | { readonly identityNumber: string };
interface Tube {
  readonly poolId: string;
  readonly tubeCode: string;
  readonly capacity: PoolCapacity;
}
export interface Said {
  readonly tone: 'plain' | 'good' | 'bad';
  readonly text: string;
}

const CARD = /^\d{17}[\dXx]$/;

/** The desk's own state: the tube in hand, the person whose single tube is awaited, and what was last said. */
export function useDesk(siteId: string) {
  const t = useWords(testingWords);
  const text = useText();
  const queries = useQueryClient();
  const clock = useServerClock();
  const [capacity, setCapacity] = useState<PoolCapacity>(10);
  const [tube, setTube] = useState<Tube | null>(null);
  const [pending, setPending] = useState<{ who: Who; name: string | null } | null>(null);
  const [unknownCard, setUnknownCard] = useState<string | null>(null);
  const [said, setSaid] = useState<Said | null>(null);
  const [busy, setBusy] = useState(false);
  const now = () => new Date(clock.snapshot()).toISOString();

  /** Runs one act at the desk and says how it went; a wedge scanner does not wait for us, so acts go one by one. */
  const act = async (run: () => Promise<Said | null>) => {
    if (busy) return;
    setBusy(true);
    try {
      setSaid(await run());
    } catch (error) {
      const plain = error instanceof Error ? error.message : String(error);
      const spoken = error instanceof LeveeError ? `${text(error.messages)} ${text(error.nextStep)}` : plain;
      setSaid({ tone: 'bad', text: spoken });
    } finally {
      setBusy(false);
      void queries.invalidateQueries({ queryKey: ['testing'] });
    }
  };

  const register = async (into: Tube, who: Who): Promise<Said | null> => {
    try {
      const { sample } = await client.testing.registerSample({
        purpose: 'testing',
        body: { ...into, siteId, id: newId(), who, takenAt: now() },
      });
      setPending(null);
      setUnknownCard(null);
      return { tone: 'good', text: t('done', { name: sample.person?.nameZh ?? t('elsewhere') }) };
    } catch (error) {
      // The one refusal the desk can mend on the spot: nobody is registered under the card.
      const mendable = error instanceof LeveeError && error.code === 'rule.refused';
      if ('identityNumber' in who && mendable && error.message.includes('nobody is registered')) {
        setUnknownCard(who.identityNumber);
        return { tone: 'bad', text: t('newPerson') };
      }
      throw error;
    }
  };

  return {
    capacity,
    chooseCapacity(next: PoolCapacity) {
      setCapacity(next);
      setTube(null);
      setPending(null);
    },
    tube,
    pending,
    unknownCard,
    said,
    busy,
    act,
    now,
    take: (pool: Pool) => setTube({ poolId: pool.id, tubeCode: pool.tubeCode, capacity: pool.capacity }),
    let: () => setTube(null),
    takeSingly(personId: string, name: string | null) {
      setCapacity(1);
      setPending({ who: { personId }, name });
      setSaid({ tone: 'plain', text: t('pendingFor', { name: name ?? t('elsewhere') }) });
    },
    forgetCard: () => setUnknownCard(null),
    /** After the person is registered: the swab goes where it was meant to go. */
    registerKnown: (personId: string) =>
      act(async () => {
        setUnknownCard(null);
        if (tube) return register(tube, { personId });
        setPending({ who: { personId }, name: null });
        return { tone: 'plain', text: t('pending') };
      }),
    /** One box for everything: eighteen places are a card, anything else is a tube. */
    scan: (raw: string, open: readonly Pool[]) =>
      act(async () => {
        const code = raw.trim().toUpperCase();
        if (code === '') return null;
        if (CARD.test(code)) {
          const who = { identityNumber: code };
          if (capacity > 1) return tube ? register(tube, who) : { tone: 'bad', text: t('noTube') };
          setPending({ who, name: null });
          return { tone: 'plain', text: t('pending') };
        }
        const known = open.find(({ tubeCode }) => tubeCode === code);
        const next: Tube = known
          ? { poolId: known.id, tubeCode: code, capacity: known.capacity }
          : { poolId: newId(), tubeCode: code, capacity };
        if (next.capacity === 1 && pending) return register(next, pending.who);
        if (next.capacity === 1) return { tone: 'bad', text: t('scanHint') };
        setTube(next);
        return { tone: 'plain', text: `${t('current')} ${code}` };
      }),
  };
}
export type Desk = ReturnType<typeof useDesk>;
