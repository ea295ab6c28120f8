import type { Command } from 'commander';
import { openHouse } from '../main.ts';
import { seedDivisions } from '../modules/places/index.ts';
import { migrate } from '../platform/db/migrate.ts';
import { openInstallation } from './installation.ts';
import { choosePort, untilStopped } from './listen.ts';

export function addServe(program: Command): void {
  program
    .command('serve')
    .description('Start the server; migrates first')
    .addHelpText('after', '\nExample:\n  LEVEE_PORT=8080 LEVEE_DATA_DIR=/var/lib/levee levee serve')
    .action(serve);
}

async function serve(): Promise<void> {
  const installation = await openInstallation();
  try {
    await migrate(installation.ownerUrl, (name) => installation.log.info({ migration: name }, 'migrated'));
    const house = await openHouse(installation);
    await seedDivisions(house.platform.db, installation.config.LEVEE_JURISDICTION);
    const address = await house.listen(await choosePort(installation.config));
    console.log(`ready ${address}`);
    await untilStopped();
    await house.close();
  } finally {
    await installation.close();
  }
}
