import { formatTime, Icon, Menu, useNavigation, usePreference, useWords } from '@levee/ui';
import { useEffect, useRef, useState } from 'react';
import { features } from '../features.ts';
import { useLive } from '../live-context.ts';
import { shellWords } from '../words.ts';
import { beep } from './beep.ts';

const alerts = features.flatMap((feature) => feature.alerts ?? []);

/** New signals since this person last looked: a count, a sound that can be muted, and the way there. */
export function Bell() {
  const t = useWords(shellWords);
  const live = useLive();
  const { go } = useNavigation();
  const [sound, setSound] = usePreference('signal-sound', 'on');
  const audible = useRef(sound);
  audible.current = sound;
  const [heard, setHeard] = useState<{ to: string; at: string; position: string }[]>([]);

  useEffect(() => {
    const stops = alerts.map(({ kind, to }) =>
      live.listen(kind, ({ at, position }) => {
        setHeard((before) => [{ to, at, position }, ...before].slice(0, 99));
        if (audible.current === 'on') beep();
      }),
    );
    return () => {
      for (const stop of stops) stop();
    };
  }, [live]);

  const count = heard.length;
  return (
    <Menu
      label={count === 0 ? t('bell') : t('bellCount', { count })}
      button={
        <span className="top-bar__badged">
          <Icon name={sound === 'on' ? 'bell' : 'bell-off'} />
          {count > 0 && <span className="top-bar__badge">{count}</span>}
          <span className="lv-hidden" role="status">
            {count > 0 && t('bellCount', { count })}
          </span>
        </span>
      }
      items={[
        ...heard.slice(0, 8).map(({ to, at, position }) => ({
          id: position,
          label: `${formatTime(at)} ${t('bell')}`,
          run: () => {
            setHeard([]);
            go(to);
          },
        })),
        {
          id: 'sound',
          label: sound === 'on' ? t('soundOn') : t('soundOff'),
          run: () => setSound(sound === 'on' ? 'off' : 'on'),
        },
      ]}
    />
  );
}
