import { useWords } from '@levee/ui';
import { useState } from 'react';
import { fieldWords } from '../app/words.ts';
import { database as db } from '../offline/database.ts';
import { type ListedProfile, removeProfile } from '../offline/profiles.ts';

/** The one way anything unsent is deleted: with its count said, and typed. */
export function ForgottenPin({ who, onGone }: { who: ListedProfile; onGone: () => void }) {
  const t = useWords(fieldWords);
  const [typed, setTyped] = useState('');
  const count = who.unsent;
  const remove = async () => {
    await removeProfile(db, who.profile.accountId);
    onGone();
  };
  return (
    <section className="form">
      <p>{t('forgotText', { name: who.profile.name, count })}</p>
      <label>
        {t('forgotConfirm', { count })}
        <input
          className="lv-input"
          inputMode="numeric"
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
      </label>
      <button
        type="button"
        className="big big--danger"
        disabled={typed !== String(count)}
        onClick={() => void remove()}
      >
        {t('remove')}
      </button>
    </section>
  );
}
