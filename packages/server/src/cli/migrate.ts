import type { Command } from 'commander';
import { migrate } from '../platform/db/migrate.ts';
import { openInstallation } from './installation.ts';

export function addMigrate(program: Command): void {
  program
    .command('migrate')
    .description('Bring the database to this version, as its owner')
    .action(async () => {
      const installation = await openInstallation({ share: true });
      try {
        const applied = await migrate(installation.ownerUrl, (name) => console.log(`applied ${name}`));
        if (applied.length === 0) console.log('nothing to apply');
      } finally {
        await installation.close();
      }
    });
}
