import type { Command } from 'commander';
import { openHouse } from '../main.ts';
import { verifyAudit } from '../modules/access/index.ts';
import { openInstallation } from './installation.ts';

export function addAudit(program: Command): void {
  program
    .command('audit')
    .description('The record of who did what')
    .command('verify')
    .description(
      'Walk the hash chain and compare it with the anchors outside the database; exit code 1 where it is broken',
    )
    .action(async () => {
      const installation = await openInstallation({ share: true });
      try {
        const house = await openHouse(installation);
        const verdict = await verifyAudit(house.platform);
        await house.close();
        console.log(`${verdict.entries} entries, ${verdict.links} links, ${verdict.anchors} anchors`);
        for (const { problem } of verdict.problems) console.error(`${problem.zh} / ${problem.en}`);
        console.log(verdict.intact ? '完整 intact' : '被改动 broken');
        if (!verdict.intact) process.exitCode = 1;
      } finally {
        await installation.close();
      }
    });
}
