import { formatAge, useLanguage, useServerNow, useWords } from '@levee/ui';
import { useLive } from '../live-context.ts';
import { shellWords } from '../words.ts';

const staleMs = 60_000;

/** How old what the screen shows may be: the time since the server was last heard. */
export function DataAge() {
  const t = useWords(shellWords);
  const current = useLanguage();
  const live = useLive();
  useServerNow(); // renews this every second
  const heardAt = live.heardAt();
  if (heardAt === null) return null;
  const age = Date.now() - heardAt;
  return (
    <span
      className={age > staleMs ? 'top-bar__age top-bar__age--stale' : 'top-bar__age'}
      title={t('dataAgeTitle')}
    >
      {t('dataAge', { time: formatAge(age, current) })}
    </span>
  );
}
