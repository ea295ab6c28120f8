import { useWords } from '@levee/ui';
import { useEffect, useState } from 'react';
import { client } from '../offline/wire.ts';
import { fieldWords } from './words.ts';

const KEY = 'levee.demonstration';

/** Says on every screen, with and without a network, that people and numbers here are synthetic. */
export function DemonstrationStrip() {
  const t = useWords(fieldWords);
  const [running, setRunning] = useState(() => localStorage.getItem(KEY) === 'yes');
  useEffect(() => {
    client.system
      .health()
      .then(({ demonstration }) => {
        localStorage.setItem(KEY, demonstration ? 'yes' : 'no');
        setRunning(demonstration !== null);
      })
      // Without a network it stands as it was last known.
      .catch(() => {});
  }, []);
  return running ? (
    <p className="demonstration" role="note">
      {t('demonstration')}
    </p>
  ) : null;
}
