import { LeveeError, type Place } from '@levee/contract';
import { useText, useWords } from '@levee/ui';
import { useState } from 'react';
import { useSession } from '../app/session.ts';
import { fieldWords } from '../app/words.ts';
import { IncompleteListError } from '../offline/bundle.ts';
import { storageFull } from '../offline/database.ts';
import { client } from '../offline/wire.ts';

/** Taking the list: how far it is, what went wrong, and the parts of an area that is too large for a phone. */
export function useTakeList() {
  const t = useWords(fieldWords);
  const text = useText();
  const session = useSession();
  const [share, setShare] = useState<number | null>(null);
  const [trouble, setTrouble] = useState<{ problem: string; next: string } | null>(null);
  const [parts, setParts] = useState<readonly Place[] | null>(null);
  const [within, setWithin] = useState<string | null>(null);

  async function take(siteDivision: string): Promise<boolean> {
    setShare(0);
    setTrouble(null);
    let arrived = 0;
    try {
      await session.takeList(within, (share) => {
        arrived = share;
        setShare(share);
      });
      return true;
    } catch (error) {
      if (error instanceof LeveeError) {
        const percent = Math.round(arrived * 100);
        // A line that broke: pressed again, it goes on where it stopped.
        const goesOn = error.code === 'unavailable' && arrived > 0;
        const next = goesOn ? t('takingGoesOn', { percent }) : text(error.nextStep);
        setTrouble({ problem: text(error.messages), next });
        if (error.code === 'rule.refused') await offerParts(siteDivision);
      } else if (error instanceof IncompleteListError) {
        setTrouble({ problem: t('incomplete'), next: t('incompleteNext') });
      } else if (storageFull(error)) {
        setTrouble({ problem: t('full'), next: t('fullNext') });
      } else {
        throw error;
      }
      return false;
    } finally {
      setShare(null);
    }
  }
  async function offerParts(division: string): Promise<void> {
    const query = { within: division, level: ['township' as const, 'community' as const], limit: 500 };
    const { items } = await client.places.search({ query });
    setParts(items.filter((place) => place.division !== division));
  }
  return { share, trouble, parts, within, choose: (next: string) => setWithin(next || null), take };
}
