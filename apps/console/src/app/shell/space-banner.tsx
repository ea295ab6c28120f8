import type { Health, Role } from '@levee/contract';
import { formatTime, Icon, useServerClock, useText, useWords } from '@levee/ui';
import { useMe } from '../session.ts';
import { shellWords } from '../words.ts';

/** Who can have room made; the rest are told when it is about to stop them. */
const OPERATORS: readonly (Role | 'system')[] = ['administrator', 'duty_officer', 'commander'];

/** Says that the disk of the server fills, with the figures of the last look. */
export function SpaceBanner({ health }: { health: Health | undefined }) {
  const t = useWords(shellWords);
  const text = useText();
  const me = useMe();
  const clock = useServerClock();
  const space = health?.checks.find(({ name }) => name === 'space');
  if (!health || !space?.alarm) return null;
  if (space.alarm === 'warning' && !OPERATORS.includes(me.role)) return null;
  return (
    <div className={`shell__space shell__space--${space.alarm}`} role="status">
      <Icon name="warning" size={16} />
      <strong>{t(`space.${space.alarm}`)}</strong>
      <span>{text(space.detail)}</span>
      <span className="shell__space-time">
        {t('asOf', { time: formatTime(Date.parse(health.now), clock.now()) })}
      </span>
    </div>
  );
}
