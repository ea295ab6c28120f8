import { LeveeError, type Me } from '@levee/contract';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { client } from './client.ts';

const sessionKey = ['access', 'me'] as const;

/** Who is signed in: `null` when nobody is, `undefined` while asking. */
export function useSession(): { me: Me | null | undefined; error: Error | null; retry: () => void } {
  const { data, error, refetch } = useQuery({
    queryKey: sessionKey,
    queryFn: async () => {
      try {
        return await client.access.me();
      } catch (refusal) {
        if (refusal instanceof LeveeError && refusal.status === 401) return null;
        throw refusal;
      }
    },
    staleTime: 300_000,
  });
  return { me: data, error, retry: () => void refetch() };
}

/** The signed-in person, for screens inside the shell. */
export function useMe(): Me {
  const { me } = useSession();
  if (!me) throw new Error('useMe is for screens behind the sign-in');
  return me;
}

/** Sets and clears the session; clearing drops every cached answer, so the next person sees nothing of this one's. */
export function useSessionChange() {
  const queries = useQueryClient();
  return {
    entered: (me: Me) => queries.setQueryData(sessionKey, me),
    async leave() {
      await client.access.signOut();
      queries.clear();
      queries.setQueryData(sessionKey, null);
    },
    lapsed: () => queries.setQueryData(sessionKey, null),
  };
}
