/** The server put together: platform, modules in their order, routes, reactions, live stream, pages. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import { contract } from '@levee/contract';
import type { FastifyInstance } from 'fastify';
import { type Access, createAccess } from './modules/access/index.ts';
import { analysisReactions, analysisRoutes } from './modules/analysis/index.ts';
import { casesJobs, casesReactions, casesRoutes } from './modules/cases/index.ts';
import { drillsRoutes, type Player } from './modules/drills/index.ts';
import { incidentsReactions, incidentsRoutes } from './modules/incidents/index.ts';
import {
  informationReactions,
  informationRoutes,
  portalIsBuilt,
  registerPortal,
} from './modules/information/index.ts';
import {
  createFhirGate,
  createMllp,
  createTextSender,
  interchangeReactions,
  interchangeRoutes,
  rememberSender,
} from './modules/interchange/index.ts';
import { isolationReactions, isolationRoutes, seamSweep } from './modules/isolation/index.ts';
import { foundInReactions, measuresReactions, measuresRoutes } from './modules/measures/index.ts';
import { organisationsReactions, organisationsRoutes } from './modules/organisations/index.ts';
import { peopleRoutes } from './modules/people/index.ts';
import { placesRoutes } from './modules/places/index.ts';
import { fieldPages, syncRoutes } from './modules/sync/index.ts';
import { climbSweep, tasksReactions, tasksRoutes } from './modules/tasks/index.ts';
import {
  intakeRoutes,
  keyPopulationsReactions,
  keyPopulationsRoutes,
  laboratoryRoutes,
  residentReactions,
  roundsReactions,
  roundsRoutes,
  roundsSweep,
  specimensReactions,
  specimensRoutes,
  startIntake,
  testingRoutes,
  testSitesSweep,
} from './modules/testing/index.ts';
import {
  handlersReactions,
  handlersRoutes,
  startStayIndex,
  stayIndexOf,
  tracingRoutes,
} from './modules/tracing/index.ts';
import { createCipher } from './platform/cipher.ts';
import { type Clock, systemClock } from './platform/clock.ts';
import type { Config } from './platform/config.ts';
import { assertDurable, openDb } from './platform/db/pool.ts';
import { type ImplementedGroup, registerGroups } from './platform/http/implement.ts';
import { registerMetrics } from './platform/http/metrics.ts';
import { openApi } from './platform/http/openapi.ts';
import { createServer } from './platform/http/server.ts';
import { registerStream } from './platform/http/stream.ts';
import { systemRoutes } from './platform/http/system.routes.ts';
import { createJobWorker, type JobKind, type JobWorker } from './platform/jobs/index.ts';
import type { Logger } from './platform/log.ts';
import { createDispatcher, type Dispatcher, type Reaction } from './platform/outbox/dispatch.ts';
import type { Platform } from './platform/platform.ts';
import { createSpaceWatch, type Measure, measureFolder } from './platform/space/index.ts';
import { createSweeper, type Sweep, type Sweeper } from './platform/sweep.ts';

const packageFile = fileURLToPath(new URL('../../../package.json', import.meta.url));
export const version = (JSON.parse(readFileSync(packageFile, 'utf8')) as { version: string }).version;

export interface HouseOptions {
  readonly config: Config;
  readonly log: Logger;
  /** The database as `levee_app`. */
  readonly appUrl: string;
  readonly dataDir: string;
  /** Key material for sessions and field encryption; the same at every start. */
  readonly secret: string;
  readonly clock?: Clock;
  /** False: searches go through SQL; default: the index is built when listening begins. */
  readonly stayIndex?: boolean;
  /** More kinds of jobs than the modules have: for tests of the worker. */
  readonly jobKinds?: readonly JobKind[];
  /** What runs is a demonstration: every page says so. */
  readonly demonstration?: Player;
  /** How the disks are read; default: those of the data folder. */
  readonly measureSpace?: Measure;
}

export interface House {
  readonly platform: Platform;
  readonly access: Access;
  readonly dispatcher: Dispatcher;
  readonly sweeper: Sweeper;
  readonly jobs: JobWorker;
  readonly app: FastifyInstance;
  /** Starts listening; returns the address. */
  listen(port: number, host?: string): Promise<string>;
  close(): Promise<void>;
}

const SEAL_EVERY_MS = 2_000;

/** Routes of every module, in the order of the modules. */
const moduleRoutes: readonly ImplementedGroup[] = [
  placesRoutes,
  peopleRoutes,
  organisationsRoutes,
  tasksRoutes,
  testingRoutes,
  laboratoryRoutes,
  intakeRoutes,
  specimensRoutes,
  roundsRoutes,
  keyPopulationsRoutes,
  incidentsRoutes,
  casesRoutes,
  tracingRoutes,
  handlersRoutes,
  measuresRoutes,
  isolationRoutes,
  analysisRoutes,
  informationRoutes,
];

/** News travels down: every module's reactions, in the order of the modules. */
const reactions: readonly Reaction[] = [
  ...organisationsReactions,
  ...tasksReactions,
  ...roundsReactions,
  ...specimensReactions,
  ...keyPopulationsReactions,
  ...residentReactions,
  ...incidentsReactions,
  ...casesReactions,
  ...handlersReactions,
  ...measuresReactions,
  ...foundInReactions,
  ...isolationReactions,
  ...analysisReactions,
  ...informationReactions,
  ...interchangeReactions,
];

/** Written down by the clock; nothing depends on them having run. */
const sweeps: readonly Sweep[] = [climbSweep, roundsSweep, testSitesSweep, seamSweep];

/** Work a person waits for. */
const jobKinds: readonly JobKind[] = [...casesJobs];

/** Builds the server over a migrated database. Refuses unsafe database settings. Does not listen yet. */
export async function openHouse(options: HouseOptions): Promise<House> {
  const { config, log, appUrl, dataDir, secret, clock = systemClock } = options;
  const main = openDb(appUrl, { max: config.DATABASE_POOL });
  const auth = openDb(appUrl, { max: 4, name: 'levee sign-in', searchPath: 'auth' });
  try {
    await assertDurable(main.pool);
  } catch (error) {
    await Promise.all([main.close(), auth.close()]);
    throw error;
  }
  const ground = {
    config,
    clock,
    log,
    db: main.db,
    pool: main.pool,
    cipher: createCipher(secret),
    dataDir,
    version,
  };
  const space = createSpaceWatch(ground, options.measureSpace ?? measureFolder(dataDir));
  const platform: Platform = { ...ground, space };
  // What may be written is known before the first request.
  await space.look();
  const access = createAccess(platform, auth.pool, secret);
  const intake = startIntake(platform, access.door);
  const dispatcher = createDispatcher(platform, reactions);
  const sweeper = createSweeper(platform, sweeps);
  const jobs = createJobWorker(platform, [...jobKinds, ...(options.jobKinds ?? [])]);
  const app = await createServer(platform);
  registerMetrics(app, platform);
  const player = options.demonstration ?? null;
  const demonstration = () => {
    if (!player) return null;
    const { name, now } = player.state();
    return { name, now, speed: player.pace() };
  };
  const system = systemRoutes(platform, demonstration, portalIsBuilt);
  registerGroups(app, platform, access.door, [
    system,
    ...access.routes,
    ...moduleRoutes,
    drillsRoutes(player),
    interchangeRoutes,
    syncRoutes,
  ]);
  createFhirGate(app, platform, access.door);
  const mllp = createMllp(platform, access.door);
  const textSender = createTextSender(platform);
  rememberSender(platform, textSender);
  registerStream(app, platform, access.door, dispatcher);
  app.get('/api/openapi.json', () => openApi(contract, version));
  await registerPortal(app, platform, { demonstration, door: access.door });
  await fieldPages(app);
  await registerPages(app);
  await dispatcher.start();
  const seal = () =>
    access.sealAudit().catch((err) => log.error({ err }, 'audit entries could not be sealed'));
  const sealing = setInterval(() => void seal(), SEAL_EVERY_MS);
  sweeper.start();
  space.start();
  textSender.start();
  await jobs.start();

  return {
    platform,
    access,
    dispatcher,
    sweeper,
    jobs,
    app,
    async listen(port, host = config.LEVEE_HOST) {
      const address = await app.listen({ port, host });
      if (config.LEVEE_MLLP_PORT !== undefined) {
        await mllp.listen(config.LEVEE_MLLP_PORT, config.LEVEE_MLLP_HOST);
      }
      if (options.stayIndex !== false) startStayIndex(platform, appUrl);
      return address;
    },
    async close() {
      await mllp.close();
      await textSender.stop();
      await app.close();
      await intake.stop();
      await stayIndexOf(platform)?.stop();
      await sweeper.stop();
      await space.stop();
      await jobs.stop();
      await dispatcher.stop();
      clearInterval(sealing);
      await seal();
      await Promise.all([main.close(), auth.close()]);
    },
  };
}

/** The built console at `/`; every address that is not a file opens it, for the address bar is its state. */
async function registerPages(app: FastifyInstance): Promise<void> {
  const root = fileURLToPath(new URL('../../../apps/console/dist/', import.meta.url));
  if (!existsSync(join(root, 'index.html'))) return;
  await app.register(fastifyStatic, {
    root,
    wildcard: false,
    index: 'index.html',
    cacheControl: false,
    setHeaders: (response, path) => {
      response.setHeader(
        'cache-control',
        path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-store',
      );
    },
  });
  app.get('/*', (request, reply) =>
    /^\/(api|assets)\//.test(request.url) ? reply.callNotFound() : reply.sendFile('index.html'),
  );
}
