/** A command sent twice is done once and answers the same (its id is the client's). */
import { LeveeError, type Route, refuseState } from '@levee/contract';
import type { Context } from '../context.ts';

interface Command {
  readonly commandId: string;
  readonly name: string;
  readonly input: unknown;
  readonly route: Route;
}

/**
 * Claims the id first: a second sender waits on the first's row until that commits or rolls back. The answer is
 * kept beside it, except where it holds a secret shown once, or is large and can be read again.
 */
export async function answerOnce(
  context: Context,
  command: Command,
  act: () => Promise<unknown>,
): Promise<unknown> {
  const { commandId, name, input, route } = command;
  // Keyed: a request may hold an identity number, and a plain hash of one is soon guessed.
  const { cipher } = context.platform;
  const requestHash = cipher.blindIndex('command.request', JSON.stringify(input)).toString('base64');
  const claimed = await context.trx
    .insertInto('command')
    .values({
      id: commandId,
      actor_id: context.actor.id,
      route: name,
      request_hash: requestHash,
      at: context.now,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  if (!claimed) return earlierAnswer(context, command, requestHash, act);
  const output = await act();
  if (!route.secretAnswer && !route.answersAgain) {
    await context.trx
      .updateTable('command')
      .set({ response: JSON.stringify(output) })
      .where('id', '=', commandId)
      .execute();
  }
  return output;
}

async function earlierAnswer(
  context: Context,
  { commandId, name, route }: Command,
  requestHash: string,
  act: () => Promise<unknown>,
): Promise<unknown> {
  const earlier = await context.trx
    .selectFrom('command')
    .select(['actor_id', 'route', 'request_hash', 'response'])
    .where('id', '=', commandId)
    .executeTakeFirstOrThrow();
  if (
    earlier.actor_id !== context.actor.id ||
    earlier.route !== name ||
    earlier.request_hash !== requestHash
  ) {
    throw new LeveeError('command.id_reused');
  }
  if (route.answersAgain) return act();
  if (earlier.response === null) {
    throw refuseState(
      { zh: '该指令已执行，结果只显示一次', en: 'This was done already; its answer is shown once only' },
      { zh: '如需新的结果，请另发一条指令。', en: 'Send a new command for a new answer.' },
    );
  }
  return earlier.response;
}
