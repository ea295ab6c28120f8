/** Looks at the screens while the day runs, as the people at headquarters do: how long they take, and how far behind they are. */
import type { Stage } from './stage.ts';

const EVERY_MS = 5_000;

export interface Seen {
  /** Milliseconds of each look at the screen. */
  readonly round: number[];
  readonly accounting: number[];
  readonly laboratory: number[];
  readonly situation: number[];
  /** People acknowledged and not yet in the round's figure, at each look. */
  readonly behind: number[];
  failures: string[];
}

export function watch(
  stage: Stage,
  print: (line: string) => void,
): { readonly seen: Seen; stop(): Promise<void> } {
  const seen: Seen = { round: [], accounting: [], laboratory: [], situation: [], behind: [], failures: [] };
  let stopped = false;
  const { client } = stage.commander;
  const timed = async <Answer>(into: number[], ask: () => Promise<Answer>): Promise<Answer | undefined> => {
    const started = performance.now();
    try {
      const answer = await ask();
      into.push(performance.now() - started);
      return answer;
    } catch (error) {
      seen.failures.push(String(error));
      return undefined;
    }
  };
  const looking = (async () => {
    while (!stopped) {
      const round = await timed(seen.round, () => client.rounds.byId({ params: { roundId: stage.roundId } }));
      await timed(seen.accounting, () => client.testing.accounting({ query: {} }));
      await timed(seen.laboratory, () => client.laboratory.load());
      await timed(seen.situation, () => client.incidents.situation({ query: {} }));
      if (round) {
        seen.behind.push(stage.ledger.sampled.size - round.counts.sampled);
        print(
          `sampled ${stage.ledger.sampled.size}, counted ${round.counts.sampled}, resulted ${stage.ledger.peopleIn('resulted')}, ` +
            `round page ${seen.round.at(-1)!.toFixed(0)} ms`,
        );
      }
      for (let waited = 0; waited < EVERY_MS && !stopped; waited += 100)
        await new Promise((resolve) => setTimeout(resolve, 100));
    }
  })();
  return {
    seen,
    async stop() {
      stopped = true;
      await looking;
    },
  };
}
