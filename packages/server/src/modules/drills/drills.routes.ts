import { drills as contract, refuseState } from '@levee/contract';
import type { Context } from '../../platform/context.ts';
import { implement } from '../../platform/http/implement.ts';
import { emit } from '../../platform/outbox/emit.ts';
import type { Player } from './scenario/player.ts';

/** `player` is null in service: a real response has no scenario, and nobody moves its clock. */
export function drillsRoutes(player: Player | null) {
  const running = (): Player => {
    if (player) return player;
    throw refuseState(
      { zh: '当前没有演示在运行', en: 'no demonstration is running' },
      { zh: '用 npm run demo 启动演示。', en: 'Start one with npm run demo.' },
    );
  };
  const control =
    (kind: 'drill.paused' | 'drill.resumed' | 'drill.stepped', act: (player: Player) => void) =>
    async (context: Context) => {
      const current = running();
      act(current);
      await emit(context, {
        kind,
        division: context.actor.scope,
        subject: { type: 'account', id: context.actor.id },
      });
      return current.state();
    };
  return implement('drills', contract, {
    state: async () => running().state(),
    pause: control('drill.paused', (current) => current.pause()),
    resume: control('drill.resumed', (current) => current.resume()),
    step: control('drill.stepped', (current) => current.step()),
    speed: async (_context, { body }) => {
      const current = running();
      current.setSpeed(body.speed);
      return current.state();
    },
    restart: async () => {
      const current = running();
      // After the answer is on its way: the house that gives it is about to close.
      setTimeout(() => current.restart(), 200);
      return { restarting: true as const };
    },
  });
}
