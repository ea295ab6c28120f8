/** The built field app at /field/. The shell is the same for everybody; what it holds is on the device. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';

const ROOT = fileURLToPath(new URL('../../../../../apps/field/dist/', import.meta.url));

export async function fieldPages(app: FastifyInstance, root = ROOT): Promise<void> {
  if (!existsSync(join(root, 'index.html'))) return;
  await app.register(fastifyStatic, {
    root,
    prefix: '/field/',
    wildcard: false,
    index: 'index.html',
    decorateReply: false,
    cacheControl: false,
    setHeaders: (response, path) => {
      // The service worker keeps the shell; it must itself always be asked for, or an update never arrives.
      const lasting = path.includes('/assets/');
      response.setHeader('cache-control', lasting ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
  app.get('/field', (_request, reply) => reply.redirect('/field/'));
}
