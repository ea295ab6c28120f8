import { EmptyState, Page, useNavigation, useWords } from '@levee/ui';
import { Navigate } from '@tanstack/react-router';
import { features } from './features.ts';
import { useMe } from './session.ts';
import { shellWords } from './words.ts';

/** False where the rail would not show the address to somebody with these permissions. */
export function mayOpen(path: string, permissions: readonly string[]): boolean {
  const entry = features.flatMap((feature) => feature.nav ?? []).find(({ to }) => to === path);
  return entry?.permission === undefined || permissions.includes(entry.permission);
}

/** `/` without a screen of its own leads to the first one this person may open. */
export function HomePage() {
  const t = useWords(shellWords);
  const me = useMe();
  const first = features
    .flatMap((feature) => feature.nav ?? [])
    .find(({ permission }) => permission === undefined || (me.permissions as string[]).includes(permission));
  if (first !== undefined) return <Navigate to={first.to} replace />;
  return (
    <Page title={t('welcome')}>
      <EmptyState why="rights" title={t('welcome')}>
        {t('welcomeText')}
      </EmptyState>
    </Page>
  );
}

export function NotFoundPage() {
  const t = useWords(shellWords);
  const { Link } = useNavigation();
  return (
    <Page title={t('notFound')}>
      <EmptyState
        why="none"
        title={t('notFound')}
        actions={
          <Link className="lv-button" href="/">
            {t('home')}
          </Link>
        }
      >
        {t('notFoundText')}
      </EmptyState>
    </Page>
  );
}
