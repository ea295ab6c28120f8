/** An answer that is whole already is compressed in one piece; @fastify/compress streams what is not, and other encodings. */
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';
import type { FastifyReply, FastifyRequest } from 'fastify';

const compress = promisify(brotliCompress);

/** Shorter ones gain less than a packet. */
export const COMPRESS_FROM = 1024;

/**
 * An onSend hook. As a stream of pieces 156 KB of JSON took 1.2 ms longer until the client had read them (3.4 of 4.6 ms,
 * 2.1 without compression; medians of 300, 2 vCPU), and every search answers with as much.
 */
export async function compressWhole(request: FastifyRequest, reply: FastifyReply, payload: unknown) {
  if (typeof payload !== 'string' || payload.length < COMPRESS_FROM) return payload;
  if (reply.hasHeader('content-encoding') || !takesBrotli(request)) return payload;
  const body = await compress(payload, {
    params: {
      // Quality 4 is what @fastify/compress takes: smaller than gzip's 6 in the same time.
      [constants.BROTLI_PARAM_QUALITY]: 4,
      [constants.BROTLI_PARAM_SIZE_HINT]: payload.length,
    },
  });
  reply
    .header('content-encoding', 'br')
    .header('vary', 'accept-encoding')
    .header('content-length', body.length);
  return body;
}

/** Named without a weight, as every browser does; who weighs encodings is answered by @fastify/compress. */
const takesBrotli = ({ headers }: FastifyRequest) =>
  (headers['accept-encoding'] ?? '')
    .toString()
    .split(',')
    .some((encoding) => encoding.trim() === 'br');
