/** Where this installation keeps its things: database, data folder, secret. */
import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Config, ConfigError, readConfig } from '../platform/config.ts';
import { createLog, type Logger } from '../platform/log.ts';
import { defaultDataDir, startPostgres } from '../platform/postgres/index.ts';

export interface Installation {
  readonly config: Config;
  readonly log: Logger;
  readonly dataDir: string;
  readonly secret: string;
  /** As `levee_app`: serves requests. */
  readonly appUrl: string;
  /** As `levee_owner`: migrates. */
  readonly ownerUrl: string;
  /** As superuser, of the embedded server only: for backups. */
  readonly adminUrl?: string;
  close(): Promise<void>;
}

const DATABASE = 'levee';

/** Opens the given server (`DATABASE_URL`) or the embedded one. `share`: use a running Levee's for a one-off command. */
export async function openInstallation(
  options: { share?: boolean; env?: NodeJS.ProcessEnv } = {},
): Promise<Installation> {
  const config = readConfig(options.env ?? process.env);
  const log = createLog(config);
  const dataDir = config.LEVEE_DATA_DIR ?? defaultDataDir();
  const base = { config, log, dataDir };
  if (config.DATABASE_URL) {
    if (!config.DATABASE_OWNER_URL) {
      throw new ConfigError(
        'DATABASE_URL is set, so DATABASE_OWNER_URL is needed too: migrations run as the owner, requests do not.',
      );
    }
    const urls = { appUrl: config.DATABASE_URL, ownerUrl: config.DATABASE_OWNER_URL };
    return { ...base, ...urls, secret: keepSecret(dataDir, config), close: async () => {} };
  }
  const postgres = await startPostgres({
    dataDir,
    share: options.share ?? false,
    log: (message) => log.info(message),
  });
  if (!(await postgres.databaseExists(DATABASE))) await postgres.createDatabase(DATABASE);
  return {
    ...base,
    secret: keepSecret(dataDir, config),
    appUrl: postgres.appUrl(DATABASE),
    ownerUrl: postgres.ownerUrl(DATABASE),
    adminUrl: postgres.adminUrl(),
    close: () => postgres.stop(),
  };
}

/** The key material: given, or made once and kept where only this account reads it. Losing it loses the sealed fields. */
export function keepSecret(dataDir: string, config: Pick<Config, 'LEVEE_SECRET'>): string {
  if (config.LEVEE_SECRET) return config.LEVEE_SECRET;
  mkdirSync(dataDir, { recursive: true });
  const file = join(dataDir, 'field-key');
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    const secret = randomBytes(32).toString('base64url');
    writeFileSync(file, `${secret}\n`, { mode: 0o600, flag: 'wx' });
    return secret;
  }
}
