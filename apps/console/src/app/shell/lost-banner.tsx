import { formatTime, Icon, useServerClock, useWords } from '@levee/ui';
import { useEffect, useState } from 'react';
import { useLiveState } from '../live-context.ts';
import { shellWords } from '../words.ts';

const graceMs = 4000;

/** Says that the screen stands still, once a broken connection has lasted longer than a blink. */
export function LostBanner() {
  const t = useWords(shellWords);
  const clock = useServerClock();
  const lost = useLiveState() === 'lost';
  const [since, setSince] = useState<number | null>(null);
  useEffect(() => {
    if (!lost) return setSince(null);
    const at = clock.now();
    const timer = setTimeout(() => setSince(at), graceMs);
    return () => clearTimeout(timer);
  }, [lost, clock]);
  if (since === null) return null;
  return (
    <div className="shell__lost" role="status">
      <Icon name="warning" size={16} />
      {t('lost', { time: formatTime(since, clock.now()) })}
    </div>
  );
}
