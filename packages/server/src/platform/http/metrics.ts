/** Figures about the running system for Prometheus, at `/metrics`, to this machine only: routes and counts, no values. */
import { LeveeError } from '@levee/contract';
import type { FastifyInstance } from 'fastify';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Platform } from '../platform.ts';
import { usedProportion } from '../space/index.ts';

const LOOPBACK = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1']);

export function registerMetrics(app: FastifyInstance, platform: Platform): void {
  const register = new Registry();
  collectDefaultMetrics({ register });
  const seconds = new Histogram({
    name: 'levee_http_request_seconds',
    help: 'Time to answer, by route and status',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [register],
  });
  new Gauge({
    name: 'levee_database_connections',
    help: 'Connections of the request pool, by what they do',
    labelNames: ['state'],
    registers: [register],
    collect() {
      const { totalCount, idleCount, waitingCount } = platform.pool;
      this.set({ state: 'busy' }, totalCount - idleCount);
      this.set({ state: 'idle' }, idleCount);
      this.set({ state: 'waiting' }, waitingCount);
    },
  });
  new Gauge({
    name: 'levee_disk_free_bytes',
    help: 'Room left on each disk, by what lies there',
    labelNames: ['place'],
    registers: [register],
    collect() {
      for (const { place, freeBytes } of platform.space.states()) this.set({ place }, freeBytes);
    },
  });
  new Gauge({
    name: 'levee_disk_used_proportion',
    help: 'Used part of each disk, 0 to 1; alarms at 0.8 and 0.9',
    labelNames: ['place'],
    registers: [register],
    collect() {
      for (const state of platform.space.states()) this.set({ place: state.place }, usedProportion(state));
    },
  });
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'unknown';
    seconds.observe({ method: request.method, route, status: reply.statusCode }, reply.elapsedTime / 1000);
  });
  app.get('/metrics', async (request, reply) => {
    // The socket's own address: a forwarded one can be written by anybody.
    if (!LOOPBACK.has(request.socket.remoteAddress ?? '')) throw new LeveeError('not_found');
    return reply.type(register.contentType).send(await register.metrics());
  });
}
