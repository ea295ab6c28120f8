import { useServerClock } from '@levee/ui';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { client } from './client.ts';

export const healthKey = ['system', 'health'] as const;

/** Asks the server how it is and what time it has; keeps the app's clock on the server's (or the scenario's) time. */
export function useHealth() {
  const clock = useServerClock();
  const query = useQuery({
    queryKey: healthKey,
    queryFn: () => client.system.health(),
    // A scenario's clock changes its pace between scenes: a wrong guess would run hours ahead.
    refetchInterval: ({ state }) => (state.data?.demonstration ? 2_000 : 30_000),
  });
  const health = query.data;
  useEffect(() => {
    if (health === undefined) return;
    const demo = health.demonstration;
    if (demo === null) clock.sync({ at: Date.parse(health.now), speed: 1, paused: false });
    else clock.sync({ at: Date.parse(demo.now), speed: demo.speed, paused: demo.speed === 0 });
  }, [health, clock]);
  return query;
}
