import { ErrorState, Loading } from '@levee/ui';
import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import type { Feature } from './feature.ts';
import { HomePage, NotFoundPage } from './plain-pages.tsx';
import { Shell } from './shell/shell.tsx';

/** The router of all features' screens inside the shell. Screens load when first opened. */
export function buildRouter(features: readonly Feature[]) {
  const root = createRootRoute({ component: Shell, notFoundComponent: NotFoundPage });
  const home = createRoute({ getParentRoute: () => root, path: '/', component: HomePage });
  const screens = features.flatMap((feature) =>
    (feature.routes ?? []).map((route) =>
      createRoute({
        getParentRoute: () => root,
        path: route.path,
        component: lazyRouteComponent(route.load, 'Page'),
        ...(route.search !== undefined && { validateSearch: route.search }),
      }),
    ),
  );
  // A route knows its path only once it hangs in the tree, so the features are asked.
  const ownHome = features.some((feature) => feature.routes?.some(({ path }) => path === '/'));
  return createRouter({
    routeTree: root.addChildren(ownHome ? screens : [home, ...screens]),
    defaultPreload: 'intent',
    defaultPreloadStaleTime: 0,
    scrollRestoration: true,
    defaultPendingComponent: () => <Loading />,
    defaultErrorComponent: ({ error, reset }) => <ErrorState error={error} onRetry={reset} />,
    defaultNotFoundComponent: NotFoundPage,
  });
}
