/** The command `levee`. Exit codes: 0 done, 1 it could not be done (said why), 2 called wrongly; 3 see `levee import --help`. */
import { LeveeError } from '@levee/contract';
import { Command, CommanderError } from 'commander';
import { version } from '../main.ts';
import { UnreadableMapError } from '../modules/places/index.ts';
import { BackupError } from '../platform/backup/backup.ts';
import { ConfigError, describeSettings } from '../platform/config.ts';
import { MigrationError } from '../platform/db/migrate.ts';
import { UnsafeDatabaseError } from '../platform/db/pool.ts';
import { PostgresError } from '../platform/postgres/index.ts';
import { addAccounts } from './accounts.ts';
import { addAudit } from './audit.ts';
import { addBackup } from './backup.ts';
import { addDemo } from './demo.ts';
import { addEstimate } from './estimate/index.ts';
import { addExport } from './export.ts';
import { addImport } from './import.ts';
import { addMigrate } from './migrate.ts';
import { addPlaces } from './places.ts';
import { addServe } from './serve.ts';

export async function run(argv: readonly string[]): Promise<number> {
  const program = new Command('levee')
    .description('堤 Levee: the command system for an outbreak response')
    .version(version)
    .exitOverride()
    .showHelpAfterError()
    .addHelpText('after', `\nSettings (environment):\n${settingsHelp()}`);
  for (const add of [
    addServe,
    addDemo,
    addMigrate,
    addAccounts,
    addPlaces,
    addImport,
    addExport,
    addEstimate,
    addAudit,
    addBackup,
  ])
    add(program);
  try {
    await program.parseAsync(argv, { from: 'user' });
    return typeof process.exitCode === 'number' ? process.exitCode : 0;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    console.error(explain(error));
    return 1;
  }
}

/** A refusal is said in words with its next step; anything else keeps its stack, for it is our fault. */
function explain(error: unknown): string {
  if (error instanceof LeveeError)
    return `${error.messages.zh} ${error.messages.en}\n→ ${error.nextStep.zh} ${error.nextStep.en}`;
  const expected = [
    BackupError,
    ConfigError,
    MigrationError,
    PostgresError,
    UnreadableMapError,
    UnsafeDatabaseError,
  ].some((kind) => error instanceof kind);
  if (expected && error instanceof Error) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

function settingsHelp(): string {
  return describeSettings()
    .map(
      ({ name, meaning, fallback }) =>
        `  ${name.padEnd(20)} ${meaning}${fallback === undefined ? '' : ` [${fallback}]`}`,
    )
    .join('\n');
}
