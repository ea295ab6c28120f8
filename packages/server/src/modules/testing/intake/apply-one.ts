/** The long way of one record: through the same use cases as the console's desk, as the person who recorded it. */
import type { Context } from '../../../platform/context.ts';
import { registerPerson } from '../../people/index.ts';
import { registerReturnee } from '../key-populations/key-populations.service.ts';
import { packBox, sendBox } from '../laboratory/boxes.service.ts';
import { closePool, handOver } from '../pools.service.ts';
import { giveSlip } from '../resident-results/resident-results.service.ts';
import { personOf, registerSample, withdrawSample } from '../samples.service.ts';
import { findSpecimenById } from '../specimens/specimens.repository.ts';
import { registerSpecimen, withdrawSpecimen } from '../specimens/specimens.service.ts';
import type { Recorded } from './intake-row.ts';

/** @throws LeveeError with the reason where the rules refuse it */
export async function applyOne(context: Context, { command, happenedAt, division }: Recorded): Promise<void> {
  switch (command.kind) {
    case 'sample': {
      const { id, poolId, tubeCode, capacity, siteId, who, foundIn } = command;
      await registerSample(context, {
        ...{ id, poolId, tubeCode, capacity, siteId, who, foundIn },
        takenAt: happenedAt,
      });
      return;
    }
    case 'specimen': {
      const { specimenKind: kind, id, poolId, tubeCode, siteId, placeId, description, goods } = command;
      await registerSpecimen(context, {
        ...{ id, poolId, tubeCode, siteId, kind, placeId, description, goods },
        takenAt: happenedAt,
      });
      return;
    }
    case 'seal': {
      const { poolId, tubeCode, capacity, siteId } = command;
      await closePool(context, { poolId, tubeCode, capacity, siteId, closedAt: happenedAt });
      return;
    }
    case 'send': {
      await handOver(context, { poolIds: command.poolIds, labId: command.labId, sentAt: happenedAt });
      return;
    }
    case 'withdraw': {
      const { sampleId, reason } = command;
      const isSpecimen = (await findSpecimenById(context.trx, sampleId)) !== undefined;
      await (isSpecimen ? withdrawSpecimen : withdrawSample)(context, sampleId, reason);
      return;
    }
    case 'person': {
      const { personId: id, nameZh, identityNumber, phone, placeId } = command;
      await registerPerson(context, { id, nameZh, identityNumber, phone, placeId });
      return;
    }
    case 'pack': {
      const { id, code, siteId, labId, tubeCodes } = command;
      await packBox(context, { id, code, fromId: siteId, labId, tubeCodes, packedAt: happenedAt });
      return;
    }
    case 'hand_over': {
      await sendBox(context, command.boxId, { sentAt: happenedAt, courier: command.courier });
      return;
    }
    case 'slip': {
      await giveSlip(context, command.sampleId, Buffer.from(command.tokenHash, 'base64'));
      return;
    }
    case 'returnee': {
      const { id, who, arrivedAt, travel } = command;
      const personId = await personOf(context, who);
      // Known by the card alone, they may be registered elsewhere: they are looked after where they stand.
      const staying = 'identityNumber' in who ? { division } : {};
      await registerReturnee(context, { id, personId, arrivedAt, travel, ...staying });
    }
  }
}
