import type { Health, Me } from '@levee/contract';
import { ErrorState, Loading, NavigationProvider, useWords } from '@levee/ui';
import { Outlet, useRouterState } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useRef } from 'react';
import { useHealth } from '../health.ts';
import { useLive } from '../live-context.ts';
import { HomePage, mayOpen } from '../plain-pages.tsx';
import { useSession } from '../session.ts';
import { SignInPage } from '../sign-in/sign-in.page.tsx';
import { shellWords } from '../words.ts';
import { DemonstrationStrip } from './demonstration-strip.tsx';
import { LostBanner } from './lost-banner.tsx';
import { PaletteHost } from './palette-host.tsx';
import { Rail } from './rail.tsx';
import { useRouterNavigation } from './router-navigation.tsx';
import { SpaceBanner } from './space-banner.tsx';
import { TopBar } from './top-bar.tsx';
import './shell.css';

// antd comes with the first screen, not with the sign-in.
const Kit = lazy(() => import('@levee/ui/kit').then(({ KitProvider }) => ({ default: KitProvider })));

/** Everything around a screen. Without a session it is the sign-in, in place, so the address survives. */
export function Shell() {
  const navigation = useRouterNavigation();
  const { me, error, retry } = useSession();
  const health = useHealth();
  const demonstration = health.data?.demonstration ?? null;
  return (
    <NavigationProvider value={navigation}>
      <div className="shell">
        {demonstration !== null && (
          <DemonstrationStrip demonstration={demonstration} signedIn={Boolean(me)} />
        )}
        {me === undefined && (error === null ? <Loading /> : <ErrorState error={error} onRetry={retry} />)}
        {me === null && <SignInPage />}
        {me && <SignedIn me={me} health={health.data} />}
      </div>
    </NavigationProvider>
  );
}

function SignedIn({ me, health }: { me: Me; health: Health | undefined }) {
  const t = useWords(shellWords);
  const live = useLive();
  const main = useRef<HTMLElement>(null);
  const path = useRouterState({ select: (state) => state.location.pathname });
  useEffect(() => {
    live.start();
    return live.stop;
  }, [live]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new screen starts at its top
  useEffect(() => {
    main.current?.scrollTo(0, 0);
  }, [path]);
  // The situation is not everybody's: whoever may not see it begins with the first screen of theirs.
  // While the router is on its way there, what it shows is still the old address.
  const shown = useRouterState({ select: (state) => (state.resolvedLocation ?? state.location).pathname });
  const atHome = shown === '/' && !mayOpen('/', me.permissions);
  return (
    <div className="shell__frame">
      <a className="shell__skip" href="#main" onClick={() => main.current?.focus()}>
        {t('skip')}
      </a>
      <Rail />
      <TopBar />
      <main className="shell__main" id="main" tabIndex={-1} ref={main}>
        <LostBanner />
        <SpaceBanner health={health} />
        <Suspense fallback={<Loading />}>
          <Kit>{atHome ? <HomePage /> : <Outlet />}</Kit>
        </Suspense>
      </main>
      <PaletteHost />
    </div>
  );
}
