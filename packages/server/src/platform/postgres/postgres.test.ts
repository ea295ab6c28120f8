import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, readFile, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, describe, expect, it } from 'vitest';
import { isAlive } from './holder.ts';
import { startPostgres } from './index.ts';
import { makeTestFolder } from './test-cluster.ts';

const folders: string[] = [];
const newFolder = async () => {
  const folder = await makeTestFolder();
  folders.push(folder);
  return folder;
};

afterEach(async () => {
  for (const dataDir of folders.splice(0)) {
    expect(await postmasterPid(dataDir), `a server was left running in ${dataDir}`).toBeUndefined();
    await rm(dataDir, { recursive: true, force: true });
  }
});

describe('the PostgreSQL guard', () => {
  it('keeps data and port over a restart, and leaves no process when stopped [bootstrap]', async () => {
    const dataDir = await newFolder();
    const first = await startPostgres({ dataDir });
    await first.createDatabase('levee');
    await query(first.ownerUrl('levee'), 'create table sample (id int); insert into sample values (7)');
    const pid = await postmasterPid(dataDir);
    await first.stop();
    expect(isAlive(pid!)).toBe(false);

    const second = await startPostgres({ dataDir });
    expect(second).toMatchObject({ port: first.port, adopted: false });
    expect(await query(second.ownerUrl('levee'), 'select id from sample')).toEqual([{ id: 7 }]);
    await second.stop();
  });

  it('adopts the server of a process that was killed, with its committed rows, and stops it too [bootstrap]', async () => {
    const dataDir = await newFolder();
    await killAfterCommit(dataDir);
    const pid = await postmasterPid(dataDir);
    expect(isAlive(pid!)).toBe(true);

    const postgres = await startPostgres({ dataDir });
    expect(postgres.adopted).toBe(true);
    expect(await postmasterPid(dataDir)).toBe(pid);
    expect(await query(postgres.ownerUrl('levee'), 'select id from sample')).toEqual([{ id: 1 }]);
    await postgres.stop();
    expect(isAlive(pid!)).toBe(false);
  });

  it('starts clean after the server itself was killed, with its committed rows [bootstrap]', async () => {
    const dataDir = await newFolder();
    await killAfterCommit(dataDir);
    const pid = await postmasterPid(dataDir);
    process.kill(pid!, 'SIGKILL');
    while (isAlive(pid!)) await new Promise((resolve) => setTimeout(resolve, 20));

    const postgres = await startPostgres({ dataDir });
    expect(postgres.adopted).toBe(false);
    expect(await query(postgres.ownerUrl('levee'), 'select id from sample')).toEqual([{ id: 1 }]);
    await postgres.stop();
  });

  it('starts the server again by itself, on its port and with its committed rows, when it is killed or shut down [T02 T09]', async () => {
    const dataDir = await newFolder();
    const postgres = await startPostgres({ dataDir });
    await postgres.createDatabase('levee');
    await query(postgres.ownerUrl('levee'), 'create table sample (id int); insert into sample values (7)');
    for (const signal of ['SIGKILL', 'SIGINT'] as const) {
      const pid = await postmasterPid(dataDir);
      process.kill(pid!, signal);
      const again = async () => {
        const now = await postmasterPid(dataDir);
        return now !== undefined && now !== pid && isAlive(now);
      };
      while (!(await again())) await new Promise((resolve) => setTimeout(resolve, 50));
      // databaseExists waits while it recovers.
      await untilAnswers(() => postgres.databaseExists('levee'));
      expect(await query(postgres.ownerUrl('levee'), 'select id from sample')).toEqual([{ id: 7 }]);
    }
    await postgres.stop();
  });

  it('moves to another port when its own was taken, and keeps the new one [bootstrap]', async () => {
    const dataDir = await newFolder();
    const first = await startPostgres({ dataDir });
    await first.stop();
    const intruder = createServer().listen(first.port, '127.0.0.1');
    await once(intruder, 'listening');
    const moved = await startPostgres({ dataDir });
    expect(moved.port).not.toBe(first.port);
    await moved.stop();
    await expect(startPostgres({ dataDir, port: first.port })).rejects.toThrow(/is taken/);
    intruder.close();
    const after = await startPostgres({ dataDir });
    expect(after.port).toBe(moved.port);
    await after.stop();
  });

  it('refuses a folder another living Levee holds, and shares it with a one-off command [bootstrap]', async () => {
    const dataDir = await newFolder();
    const server = spawnHolder(dataDir, 'hold');
    await firstLine(server);
    await expect(startPostgres({ dataDir })).rejects.toThrow(/already running on .* \(process \d+\)/);
    const shared = await startPostgres({ dataDir, share: true });
    await shared.stop();
    expect(await query(shared.ownerUrl('levee'), 'select id from sample')).toEqual([{ id: 1 }]);
    server.stdin!.end();
    await once(server, 'exit');
  });

  it('leaves no server when its process ends in the ordinary way without stopping it [bootstrap]', async () => {
    const dataDir = await newFolder();
    const server = spawnHolder(dataDir, 'leave');
    await firstLine(server);
    const pid = await postmasterPid(dataDir);
    server.stdin!.end();
    await once(server, 'exit');
    expect(isAlive(pid!)).toBe(false);
  });

  it.skipIf(process.getuid?.() !== 0)(
    'names the folder the database user may not enter, and the command that mends it [bootstrap]',
    async () => {
      const closed = join(await newFolder(), 'closed');
      await mkdir(closed);
      await chmod(closed, 0o700);
      const start = startPostgres({ dataDir: join(closed, 'data') });
      await expect(start).rejects.toThrow(`may not enter ${closed}`);
      await expect(start).rejects.toThrow(`chmod o+x ${closed}`);
    },
  );

  it('keeps the passwords in a file only its owner can read, and refuses to go on without it [bootstrap]', async () => {
    const dataDir = await newFolder();
    await (await startPostgres({ dataDir })).stop();
    const secrets = join(dataDir, 'secrets.json');
    expect((await stat(secrets)).mode & 0o777).toBe(0o600);
    await rm(secrets);
    await expect(startPostgres({ dataDir })).rejects.toThrow(`${secrets} is missing`);
  });

  it('writes to disk before it says yes: fsync, synchronous_commit and full_page_writes are on [bootstrap]', async () => {
    const dataDir = await newFolder();
    const postgres = await startPostgres({ dataDir });
    const settings = await query(
      postgres.adminUrl(),
      `select name, setting from pg_settings where name in
         ('fsync', 'synchronous_commit', 'full_page_writes', 'listen_addresses', 'TimeZone', 'server_encoding')
       order by lower(name)`,
    );
    expect(settings.map(({ name, setting }) => `${name}=${setting}`)).toEqual([
      'fsync=on',
      'full_page_writes=on',
      'listen_addresses=127.0.0.1',
      'server_encoding=UTF8',
      'synchronous_commit=on',
      'TimeZone=UTC',
    ]);
    await postgres.stop();
  });

  it('gives the app account nothing, and clones a database while sessions are open on it [bootstrap]', async () => {
    const dataDir = await newFolder();
    const postgres = await startPostgres({ dataDir });
    await postgres.createDatabase('template_levee');
    await query(
      postgres.ownerUrl('template_levee'),
      'create table sample (id int); insert into sample values (3)',
    );
    const session = new pg.Client({ connectionString: postgres.ownerUrl('template_levee') });
    session.on('error', () => {});
    await session.connect();

    await postgres.cloneDatabase('template_levee', 'copy');
    expect(await query(postgres.ownerUrl('copy'), 'select id from sample')).toEqual([{ id: 3 }]);
    await expect(query(postgres.appUrl('copy'), 'select id from sample')).rejects.toThrow(
      /permission denied/,
    );
    await expect(query(postgres.appUrl('copy'), 'create table mine (id int)')).rejects.toThrow(
      /permission denied/,
    );
    await expect(query(postgres.appUrl('copy'), 'create temp table mine (id int)')).rejects.toThrow(
      /permission denied/,
    );
    await postgres.dropDatabase('copy');
    expect(await postgres.databaseExists('copy')).toBe(false);
    await postgres.stop();
  });
});

/** A process of its own that starts the cluster, commits one row and then waits for its input to end. */
function spawnHolder(dataDir: string, ending: 'hold' | 'leave') {
  const script = `
    import pg from 'pg';
    import { startPostgres } from ${JSON.stringify(new URL('./index.ts', import.meta.url).href)};
    const postgres = await startPostgres({ dataDir: ${JSON.stringify(dataDir)} });
    await postgres.createDatabase('levee');
    const client = new pg.Client({ connectionString: postgres.ownerUrl('levee') });
    await client.connect();
    await client.query('create table sample (id int); insert into sample values (1)');
    await client.end();
    console.log('ready');
    process.stdin.resume().on('end', async () => {
      ${ending === 'hold' ? 'await postgres.stop();' : ''}
    });`;
  return spawn(process.execPath, ['--input-type=module', '--eval', script], {
    cwd: import.meta.dirname,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
}

async function firstLine(child: ReturnType<typeof spawnHolder>): Promise<void> {
  await Promise.race([
    once(child.stdout!, 'data'),
    once(child, 'exit').then(() => expect.fail('the holder ended early')),
  ]);
}

async function killAfterCommit(dataDir: string): Promise<void> {
  const holder = spawnHolder(dataDir, 'hold');
  await firstLine(holder);
  holder.kill('SIGKILL');
  await once(holder, 'exit');
}

async function postmasterPid(dataDir: string): Promise<number | undefined> {
  const text = await readFile(join(dataDir, 'pg/postmaster.pid'), 'utf8').catch(() => undefined);
  return text === undefined ? undefined : Number(text.split('\n')[0]);
}

async function query(url: string, text: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

/** A server that is being started refuses connections before it takes them. */
async function untilAnswers(ask: () => Promise<boolean>): Promise<void> {
  while (!(await ask().catch(() => false))) await new Promise((resolve) => setTimeout(resolve, 50));
}
