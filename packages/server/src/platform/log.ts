/** Logs carry ids, codes, counts and times. Values of people never get in: what might hold one is cut out by name. */
import { type Logger, pino } from 'pino';
import type { Config } from './config.ts';

export type { Logger } from 'pino';

const personal = [
  'name',
  'nameZh',
  'phone',
  'identityNumber',
  'password',
  'code',
  'body',
  'query',
  'email',
  'address',
];

export function createLog(config: Pick<Config, 'LEVEE_LOG_LEVEL'>, destination: 1 | 2 = 2): Logger {
  const file = pino.destination({ fd: destination, sync: true });
  // The disk under the log is full: the line is lost, and the server goes on. Unheard it would be thrown at whoever logs.
  file.on('error', () => {});
  return pino(
    {
      level: config.LEVEE_LOG_LEVEL,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: { paths: personal.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]), censor: '[cut]' },
      formatters: { level: (label) => ({ level: label }) },
      serializers: {
        // A database error's detail quotes the row ("Key (phone)=(…) already exists"): only its code is logged.
        err: (error: Error & { code?: string; constraint?: string; table?: string }) => ({
          type: error.name,
          code: error.code,
          table: error.table,
          constraint: error.constraint,
          message: error.code && error.table ? '[database error]' : error.message,
          stack: error.stack?.split('\n').slice(1, 8).join('\n'),
        }),
      },
    },
    file,
  );
}

export const silentLog = (): Logger => pino({ level: 'silent' });
