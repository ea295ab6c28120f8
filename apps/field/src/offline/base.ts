/**
 * What a new record builds on: the server holds it until that one has come. Only where out of order it would be wrong: a
 * sample of somebody this phone registered, a withdrawal, a slip, a sealing, a box. Pure.
 */
import type { RecordState } from './database.ts';
import type { Command, Draft } from './draft.ts';

interface Earlier {
  readonly id: string;
  readonly state: RecordState;
  readonly command: Command;
}

/** @param earlier this phone's records, oldest first @returns the id of the latest it builds on */
export function baseOf(draft: Draft, earlier: readonly Earlier[]): string | undefined {
  const builds = buildsOn(draft, earlier);
  return earlier.findLast(
    (record) => record.state !== 'undone' && record.state !== 'set_aside' && builds(record),
  )?.id;
}

function buildsOn(draft: Draft, earlier: readonly Earlier[]): (record: Earlier) => boolean {
  switch (draft.kind) {
    case 'sample':
    case 'returnee': {
      const personId = 'personId' in draft.who ? draft.who.personId : null;
      if (personId === null) return () => false;
      const samples = new Set(
        earlier.flatMap(({ command }) =>
          command.kind === 'sample' && 'personId' in command.who && command.who.personId === personId
            ? [command.id]
            : [],
        ),
      );
      return ({ command }) =>
        (command.kind === 'person' && command.personId === personId) ||
        (command.kind === 'withdraw' && samples.has(command.sampleId));
    }
    case 'withdraw':
    case 'slip':
      return ({ id }) => id === draft.sampleId;
    case 'seal':
      return ({ command }) =>
        (command.kind === 'sample' || command.kind === 'specimen') && command.poolId === draft.poolId;
    case 'send':
      return ({ command }) => command.kind === 'seal' && draft.poolIds.includes(command.poolId);
    case 'pack':
      return ({ command }) => command.kind === 'seal' && draft.tubeCodes.includes(command.tubeCode);
    case 'hand_over':
      return ({ id }) => id === draft.boxId;
    default:
      return () => false;
  }
}
