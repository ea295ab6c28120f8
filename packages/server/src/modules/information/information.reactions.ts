import type { Reaction } from '../../platform/outbox/dispatch.ts';
import { refreshAreaStatus } from './area-status.ts';

export const informationReactions: readonly Reaction[] = [
  {
    name: 'information.refresh-area-status',
    kinds: [
      'measure.drafted',
      'measure.approved',
      'measure.rejected',
      'measure.withdrawn',
      'measure.reviewed',
      'appeal.decided',
    ],
    handle: async (context, event) => {
      // Measures on a person change no area.
      const kind = event.data['kind'];
      if (kind !== undefined && kind !== 'risk_area') return;
      await refreshAreaStatus(context);
    },
  },
];
