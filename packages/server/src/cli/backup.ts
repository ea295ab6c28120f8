import { resolve } from 'node:path';
import type { Command } from 'commander';
import { version } from '../main.ts';
import { BackupError, backup } from '../platform/backup/backup.ts';
import { restore } from '../platform/backup/restore.ts';
import { readConfig } from '../platform/config.ts';
import { defaultDataDir } from '../platform/postgres/index.ts';
import { openInstallation } from './installation.ts';
import { progressLine } from './progress.ts';

export function addBackup(program: Command): void {
  program
    .command('backup')
    .description('Copy database, keys and files into a new folder, while the server runs')
    .argument('<folder>', 'new folder; keep it on another machine')
    .addHelpText('after', '\nExample:\n  levee backup /backup/levee-2022-08-12')
    .action(async (folder: string) => {
      const installation = await openInstallation({ share: true });
      try {
        if (!installation.adminUrl) {
          throw new BackupError(
            'This installation uses DATABASE_URL: back that server up with its own tools (pg_basebackup).',
          );
        }
        const { adminUrl, dataDir } = installation;
        const line = progressLine('backup');
        const manifest = await backup({
          adminUrl,
          dataDir,
          into: resolve(folder),
          version,
          progress: line.show,
        });
        line.end();
        const bytes = Object.values(manifest.files).reduce((sum, file) => sum + file.bytes, 0);
        console.log(
          `${Object.keys(manifest.files).length} files, ${(bytes / 1e6).toFixed(1)} MB in ${resolve(folder)}`,
        );
      } finally {
        await installation.close();
      }
    });
  program
    .command('restore')
    .description('Put a backup into an empty data folder (LEVEE_DATA_DIR)')
    .argument('<folder>', 'what levee backup made')
    .addHelpText(
      'after',
      '\nExample:\n  LEVEE_DATA_DIR=/var/lib/levee-2 levee restore /backup/levee-2022-08-12',
    )
    .action(async (folder: string) => {
      const dataDir = readConfig(process.env).LEVEE_DATA_DIR ?? defaultDataDir();
      const manifest = await restore(resolve(folder), dataDir);
      console.log(
        `restored the backup of ${manifest.madeAt} (version ${manifest.version}) into ${dataDir}; start with: levee serve`,
      );
    });
}
