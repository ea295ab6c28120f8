/**
 * The case routes for a command: over HTTP as a person, or at the machine as the installation itself. Either way a
 * purpose is named and every act is on record.
 */
import { type Client, contract, createClient, newId, type Purpose, type Route } from '@levee/contract';
import type { Command } from 'commander';
import { type House, openHouse } from '../main.ts';
import { casesRoutes } from '../modules/cases/index.ts';
import { type Context, systemContext } from '../platform/context.ts';
import { inScopedTransaction } from '../platform/db/pool.ts';
import { cookieJar } from '../platform/http/cookie-jar.ts';
import { collectFile } from '../platform/http/streamed-file.ts';
import { openInstallation } from './installation.ts';

export interface CaseDoor {
  readonly cases: Client['cases'];
  /** The area of whoever acts. */
  readonly division: string;
  /** At the machine only: one act in one transaction, on record under this name. */
  readonly act: (<T>(name: string, work: (context: Context) => Promise<T>) => Promise<T>) | null;
  close(): Promise<void>;
}

export interface DoorOptions {
  readonly url?: string;
  readonly account?: string;
  readonly code?: string;
}

export const PURPOSE = 'case_investigation' as const satisfies Purpose;

/** Adds `--url`, `--account` and `--code` to a command. */
export const addDoorOptions = (command: Command): Command =>
  command
    .option(
      '--url <address>',
      'a running server, e.g. http://127.0.0.1:8080; without it the database of this machine',
    )
    .option('--account <username>', 'who signs in at --url; the password is read from LEVEE_PASSWORD')
    .option('--code <digits>', 'the six digits of the second factor, where the account has one');

export async function openDoor(options: DoorOptions, command: Command): Promise<CaseDoor> {
  if (options.url === undefined) return openMachineDoor();
  const password = process.env['LEVEE_PASSWORD'];
  if (!options.account || !password) {
    return command.error(
      '--url needs --account, and the password in the environment variable LEVEE_PASSWORD',
    );
  }
  const client = createClient(contract, cookieJar(options.url.replace(/\/$/, '')).transport);
  await client.access.signIn({
    body: { username: options.account, password, ...(options.code && { code: options.code }) },
  });
  const { division } = await client.access.me();
  return {
    cases: client.cases,
    division,
    act: null,
    close: async () => void (await client.access.signOut()),
  };
}

async function openMachineDoor(): Promise<CaseDoor> {
  const installation = await openInstallation({ share: true });
  try {
    const house = await openHouse(installation);
    return {
      cases: machineCases(house),
      division: installation.config.LEVEE_JURISDICTION,
      act: (name, work) => actAtMachine(house, name, work),
      async close() {
        await house.close();
        await installation.close();
      },
    };
  } catch (error) {
    await installation.close();
    throw error;
  }
}

/** The handlers themselves, called with what the contract lets through and nothing else. */
function machineCases(house: House): Client['cases'] {
  interface Input {
    params?: unknown;
    query?: unknown;
    body?: unknown;
  }
  const call = (name: string, route: Route) => (input: Input) =>
    actAtMachine(house, `cases.${name}`, async (context) => {
      const parsed = {
        params: route.params?.parse(input.params),
        query: route.query?.parse(input.query ?? {}),
        body: route.body?.parse(input.body),
      };
      const handler = casesRoutes.handlers[name]!;
      // Group commits are for intake; no route of this module is one.
      if ('grouped' in handler) throw new Error(`cases.${name} cannot be called from here`);
      if ('streamed' in handler) {
        const streamed = { ...context, page: <T>(work: (context: Context) => Promise<T>) => work(context) };
        return route.response.parse(await collectFile(await handler.streamed(streamed, parsed)));
      }
      const output = await handler(context, parsed, undefined as never);
      return route.response.parse(output);
    });
  return Object.fromEntries(
    Object.entries(contract.cases).map(([name, route]) => [name, call(name, route)]),
  ) as unknown as Client['cases'];
}

function actAtMachine<T>(house: House, route: string, work: (context: Context) => Promise<T>): Promise<T> {
  const { platform, access } = house;
  return inScopedTransaction(platform.db, platform.config.LEVEE_JURISDICTION, async (trx) => {
    const opened: { type: string; ids: readonly string[] }[] = [];
    const context: Context = {
      ...systemContext(platform, trx),
      purpose: PURPOSE,
      opened: (type, ids) => {
        if (ids.length > 0) opened.push({ type, ids });
      },
    };
    const result = await work(context);
    await access.door.record(context, {
      route,
      purpose: PURPOSE,
      commandId: newId(),
      outcome: 'done',
      opened,
    });
    return result;
  });
}
