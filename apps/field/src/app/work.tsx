import { Icon, type IconName, useWords } from '@levee/ui';
import { useState } from 'react';
import { DispatchPage } from '../dispatch/dispatch-page.tsx';
import { MorePage } from '../more/more-page.tsx';
import { QueuePage } from '../queue/queue-page.tsx';
import { SamplingPage } from '../sampling/sampling-page.tsx';
import { SitePage } from '../site/site-page.tsx';
import { SpecimensPage } from '../specimens/specimens-page.tsx';
import { DemonstrationStrip } from './demonstration.tsx';
import { useSession } from './session.ts';
import { StatusLine } from './status-line.tsx';
import { fieldWords } from './words.ts';

const TABS = ['sampling', 'objects', 'dispatch', 'queue', 'more'] as const;
export type Tab = (typeof TABS)[number];
const ICONS: Readonly<Record<Tab, IconName>> = {
  sampling: 'testing',
  objects: 'support',
  dispatch: 'forward',
  queue: 'task',
  more: 'more',
};

/** Status above, the work, four tabs under the thumb. The tab is in the address, so that Back goes back. */
export function Work({ onLock }: { onLock: () => void }) {
  const t = useWords(fieldWords);
  const session = useSession();
  const [tab, setTab] = useState<Tab>(tabOfAddress);
  // Registered is not yet equipped: the page stays until the list is here, or its holder goes back.
  const [choosing, setChoosing] = useState(session.profile.siteId === null);
  const go = (next: Tab) => {
    history.replaceState(null, '', `#${next}`);
    setTab(next);
  };
  const attention = session.queue.records.filter(({ state }) => state === 'attention').length;
  if (choosing) {
    return (
      <SitePage
        onDone={() => setChoosing(false)}
        onLock={onLock}
        canCancel={session.profile.siteId !== null}
      />
    );
  }
  return (
    <div className="work">
      <DemonstrationStrip />
      <StatusLine onOpen={() => go('queue')} onChooseSite={() => setChoosing(true)} />
      <main className="work__page">
        {tab === 'sampling' && <SamplingPage />}
        {tab === 'objects' && <SpecimensPage />}
        {tab === 'dispatch' && <DispatchPage />}
        {tab === 'queue' && <QueuePage />}
        {tab === 'more' && <MorePage onLock={onLock} onChooseSite={() => setChoosing(true)} />}
      </main>
      <nav className="tabs">
        {TABS.map((one) => (
          <button
            key={one}
            type="button"
            aria-current={tab === one ? 'page' : undefined}
            onClick={() => go(one)}
          >
            <Icon name={ICONS[one]} size={22} />
            {t(one)}
            {one === 'queue' && attention > 0 && <b className="tabs__count">{attention}</b>}
          </button>
        ))}
      </nav>
    </div>
  );
}

function tabOfAddress(): Tab {
  const named = location.hash.slice(1);
  return TABS.find((one) => one === named) ?? 'sampling';
}
