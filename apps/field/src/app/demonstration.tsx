import { useWords } from '@levee/ui';
import { useEffect, useState } from 'react';
import { client } from '../offline/wire.ts';
import { fieldWords } from './words.ts';

const KEY = 'levee.demonstration';
/** Asked once for each opening of the app, though it stands at the door and above the work: on a slow line that is a second. */
let asked: Promise<boolean> | undefined;
const ask = () => {
  asked ??= client.system.health().then(({ demonstration }) => demonstration !== null);
  asked.catch(() => {
    asked = undefined;
  });
  return asked;
};

/** Says on every screen, with and without a network, that people and numbers here are synthetic. */
export function DemonstrationStrip() {
  const t = useWords(fieldWords);
  const [running, setRunning] = useState(() => localStorage.getItem(KEY) === 'yes');
  useEffect(() => {
    ask()
      .then((is) => {
        localStorage.setItem(KEY, is ? 'yes' : 'no');
        setRunning(is);
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
