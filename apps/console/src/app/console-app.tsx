import { LeveeError } from '@levee/contract';
import { applyTheme, useTheme } from '@levee/ui';
import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { useEffect } from 'react';
import { features } from './features.ts';
import { createLive } from './live.ts';
import { LiveContext } from './live-context.ts';
import { buildRouter } from './router.tsx';

const signedOut = (error: unknown) => error instanceof LeveeError && error.code === 'access.signed_out';
const onError = (error: unknown) => {
  // A session that ended under the hands: the sign-in comes up in place, the address stays.
  if (signedOut(error)) queries.setQueryData(['access', 'me'], null);
};

const queries: QueryClient = new QueryClient({
  queryCache: new QueryCache({ onError }),
  mutationCache: new MutationCache({ onError }),
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      refetchOnWindowFocus: false,
      // A refusal is an answer; only a server out of reach is asked again.
      retry: (count, error) => count < 2 && !(error instanceof LeveeError && error.status < 500),
    },
  },
});
const live = createLive(queries);
for (const [kind, queryKey] of features.flatMap((feature) => feature.live ?? [])) live.on(kind, queryKey);
live.on('system.clock_changed', ['system', 'health']);

const router = buildRouter(features);

export function ConsoleApp() {
  const { choice } = useTheme();
  useEffect(() => applyTheme(choice), [choice]);
  return (
    <QueryClientProvider client={queries}>
      <LiveContext.Provider value={live}>
        <RouterProvider router={router} />
      </LiveContext.Provider>
    </QueryClientProvider>
  );
}
