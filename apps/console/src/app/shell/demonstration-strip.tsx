import type { Health } from '@levee/contract';
import { formatTime, formatTimeFull, Icon, useLanguage, useServerNow, useText, useWords } from '@levee/ui';
import { shellWords } from '../words.ts';
import { Slot } from './slot.tsx';

type Demonstration = NonNullable<Health['demonstration']>;

/** While a demonstration runs every screen says so, printed ones too. Controls come from the drills feature. */
export function DemonstrationStrip({
  demonstration,
  signedIn,
}: {
  demonstration: Demonstration;
  signedIn: boolean;
}) {
  const t = useWords(shellWords);
  const text = useText();
  const current = useLanguage();
  const now = useServerNow();
  const { name, speed } = demonstration;
  return (
    <aside className="demo-strip" aria-label={t('demo')}>
      <span className="demo-strip__says">
        <Icon name="drills" size={16} />
        {t('demo')}
      </span>
      <span className="demo-strip__name" title={text(name)}>
        {text(name)}
      </span>
      <span className="demo-strip__clock" title={formatTimeFull(now, current)}>
        <span className="demo-strip__speed">{t('demoClock')}</span>
        <strong>{formatTime(now, 0)}</strong>
        <span className="demo-strip__speed">{speed === 0 ? t('demoPaused') : t('demoSpeed', { speed })}</span>
      </span>
      {signedIn && <Slot name="drill" />}
    </aside>
  );
}
