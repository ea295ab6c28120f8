/** One-off commands at the machine: as the installation itself, over its whole jurisdiction, in one transaction. */
import { type House, openHouse } from '../main.ts';
import { type Context, systemContext } from '../platform/context.ts';
import { inScopedTransaction } from '../platform/db/pool.ts';
import { openInstallation } from './installation.ts';

/** Whoever has the machine has this. What throws inside leaves nothing written. */
export async function asInstallation(work: (house: House, context: Context) => Promise<void>): Promise<void> {
  const installation = await openInstallation({ share: true });
  try {
    const house = await openHouse(installation);
    try {
      await inScopedTransaction(house.platform.db, installation.config.LEVEE_JURISDICTION, (trx) =>
        work(house, systemContext(house.platform, trx)),
      );
    } finally {
      await house.close();
    }
  } finally {
    await installation.close();
  }
}
