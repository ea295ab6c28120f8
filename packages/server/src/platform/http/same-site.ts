/** Writes come from our own pages or from a program, never from another site's page (T46). */
import { LeveeError } from '@levee/contract';
import type { FastifyRequest } from 'fastify';

export function requireSameSite(request: FastifyRequest, publicOrigin: string | undefined): void {
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none')
    throw new LeveeError('request.cross_site');
  const { origin } = request.headers;
  if (origin === undefined) return;
  const own = publicOrigin ?? `${request.protocol}://${request.headers.host}`;
  if (origin !== new URL(own).origin) throw new LeveeError('request.cross_site');
}
