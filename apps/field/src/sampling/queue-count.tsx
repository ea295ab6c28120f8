import { LeveeError } from '@levee/contract';
import { formatHour, useText, useWords } from '@levee/ui';
import { useState } from 'react';
import { useSession } from '../app/session.ts';
import { fieldWords } from '../app/words.ts';
import { Trouble } from '../look/trouble.tsx';
import { client } from '../offline/wire.ts';

const STEPS = [0, 5, 10, 20, 40, 80, 150] as const;

/** How many wait, in one tap; the public page has it at once. An old count is worth nothing, so it is never queued. */
export function QueueCount() {
  const t = useWords(fieldWords);
  const text = useText();
  const { profile } = useSession();
  const [told, setTold] = useState<{ waiting: number; at: string } | null>(null);
  const [error, setError] = useState<LeveeError | null>(null);
  const tell = async (waiting: number) => {
    setError(null);
    try {
      const { countedAt } = await client.rounds.countQueue({
        params: { siteId: profile.siteId! },
        body: { waiting },
      });
      setTold({ waiting, at: countedAt });
    } catch (cause) {
      setError(cause instanceof LeveeError ? cause : new LeveeError('unavailable', {}, { cause }));
    }
  };
  return (
    <section aria-label={t('queueLength')}>
      <p className="line muted queue-count">
        {t('queueLength')}
        {told && (
          <span role="status">{t('queueTold', { count: told.waiting, time: formatHour(told.at) })}</span>
        )}
      </p>
      <fieldset className="segments" aria-label={t('queueLength')}>
        {STEPS.map((waiting) => (
          <button
            key={waiting}
            type="button"
            aria-pressed={told?.waiting === waiting}
            onClick={() => void tell(waiting)}
          >
            {waiting}
            {waiting === STEPS.at(-1) && '+'}
          </button>
        ))}
      </fieldset>
      {error && (
        <Trouble problem={error.code === 'unavailable' ? t('queueOffline') : text(error.messages)} next="" />
      )}
    </section>
  );
}
