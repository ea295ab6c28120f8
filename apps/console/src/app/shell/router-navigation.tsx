import type { LinkProps, Navigation, Search } from '@levee/ui';
import { useRouter, useRouterState } from '@tanstack/react-router';
import { type MouseEvent, useMemo } from 'react';

/** A plain press stays inside the app; one with a modifier is the browser's. */
function RouterLink({ onClick, ...props }: LinkProps) {
  const router = useRouter();
  const follow = (event: MouseEvent<HTMLAnchorElement>) => {
    onClick?.(event);
    const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
    if (event.defaultPrevented || !plain || props.target !== undefined) return;
    event.preventDefault();
    void router.navigate({ href: props.href });
  };
  return <a {...props} onClick={follow} />;
}

/** The navigation @levee/ui asks for, told by TanStack Router. */
export function useRouterNavigation(): Navigation {
  const router = useRouter();
  const search = useRouterState({ select: (state) => state.location.search as Search });
  return useMemo<Navigation>(
    () => ({
      search,
      setSearch: (patch, options) =>
        void router.navigate({
          to: '.',
          search: ((before: Search) => ({ ...before, ...patch })) as never,
          replace: options?.replace ?? false,
          resetScroll: false,
        }),
      go: (href) => void router.navigate({ href }),
      Link: RouterLink,
    }),
    [router, search],
  );
}
