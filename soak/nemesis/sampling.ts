/** A sampler who works on whatever happens, and writes down what the screen said. */
import { type Random, seeded } from '../random.ts';
import type { CardHolder } from '../stage/card-holders.ts';
import { capture, openTube } from '../stage/phone.ts';
import type { StruckPhone } from './strike.ts';

const TUBE_SIZE = 10;
/** Every so manieth person was met by the neighbour too. */
const SHARED_EVERY = 12;

export interface Sampler {
  /** Person → tube, where the screen was green. */
  readonly said: Map<string, string>;
  /** The phone died, or said nothing in time: recorded or not, nobody knows. */
  readonly unknown: string[];
}

export async function sampleOn(
  one: StruckPhone,
  given: {
    readonly number: number;
    readonly own: CardHolder[];
    readonly shared: CardHolder[];
    readonly seed: number;
    readonly until: () => boolean;
  },
): Promise<Sampler> {
  const { number, own, shared, until } = given;
  const random: Random = seeded(given.seed * 100 + number);
  const sampler: Sampler = { said: new Map(), unknown: [] };
  let tubes = 0;
  let members = TUBE_SIZE;
  let code = '';
  for (let turn = 1; !until(); turn += 1) {
    await one.ready;
    const who = (turn % SHARED_EVERY === 0 ? shared.pop() : undefined) ?? own.pop();
    if (!who) throw new Error('everybody of the site has been sampled: the run needs more people');
    try {
      if (members === TUBE_SIZE) {
        tubes += 1;
        code = `NM-${number}${String(tubes).padStart(5, '0')}`;
        await openTube(one.phone, code);
        members = 0;
      }
      await capture(one.phone, who);
      sampler.said.set(who.id, code);
      members += 1;
    } catch {
      sampler.unknown.push(who.id);
      // How full the tube is, nobody knows either: the next is begun.
      members = TUBE_SIZE;
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
    await new Promise((resolve) => setTimeout(resolve, 200 + random.whole(900)));
  }
  return sampler;
}
