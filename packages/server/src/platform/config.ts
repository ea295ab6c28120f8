/** Every setting, with what it does and its default. Read once at start; a wrong value refuses to start. */
import * as z from 'zod';

const onOff = z.stringbool({ truthy: ['1', 'true', 'on', 'yes'], falsy: ['0', 'false', 'off', 'no'] });

const settings = z.object({
  LEVEE_HOST: z
    .string()
    .default('127.0.0.1')
    .describe('Address to listen on. A reverse proxy with TLS stands in front.'),
  LEVEE_PORT: z.coerce
    .number()
    .int()
    .min(0)
    .max(65535)
    .optional()
    .describe('Port to listen on; otherwise the first free one from 8080.'),
  LEVEE_DATA_DIR: z
    .string()
    .min(1)
    .optional()
    .describe('Folder of the embedded database, files and anchors; outside the checkout.'),
  LEVEE_ORIGIN: z
    .url()
    .optional()
    .describe(
      'Public origin, e.g. https://levee.example.gov.cn; sets Secure cookies and the allowed origin.',
    ),
  LEVEE_MLLP_PORT: z.coerce
    .number()
    .int()
    .min(1)
    .max(65535)
    .optional()
    .describe('Port for HL7 v2 results over MLLP; off unless set.'),
  LEVEE_MLLP_HOST: z
    .string()
    .default('127.0.0.1')
    .describe(
      'Address for MLLP. It has no encryption: put a tunnel or TLS proxy of the laboratory network in front.',
    ),
  LEVEE_SMPP_URL: z
    .url({ protocol: /^s?smpp$/ })
    .optional()
    .describe(
      'SMPP 3.4 gateway for texts, smpp://account:password@host:port (ssmpp:// for TLS); off unless set.',
    ),
  LEVEE_SMS_SENDER: z
    .string()
    .max(20)
    .default('')
    .describe('Number texts come from, as the operator gave it.'),
  LEVEE_SMS_QUIET_HOURS: z
    .string()
    .regex(/^(off|([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d)$/)
    .default('22:00-07:00')
    .describe('Hours in which no text is sent, or off.'),
  LEVEE_SMS_PER_NUMBER_DAY: z.coerce
    .number()
    .int()
    .min(1)
    .max(1000)
    .default(10)
    .describe('Most texts to one number in 24 hours; the rest wait.'),
  LEVEE_SMS_BUDGET: z.coerce
    .number()
    .int()
    .min(0)
    .max(100_000_000)
    .default(1_000_000)
    .describe('Segments an incident may cost before an administrator allows more.'),
  LEVEE_SMS_PER_SECOND: z.coerce
    .number()
    .int()
    .min(1)
    .max(500)
    .default(20)
    .describe('Texts handed to the gateway a second, as bought from the operator.'),
  LEVEE_TIME_ZONE: z.string().default('Asia/Shanghai').describe('Civil days are counted in this zone.'),
  LEVEE_JURISDICTION: z
    .string()
    .regex(/^\d{4,6}$/)
    .default('6325')
    .describe('GB/T 2260 code of the prefecture this installation serves.'),
  LEVEE_LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace'])
    .default('info')
    .describe('How much to log.'),
  LEVEE_SECRET: z
    .string()
    .min(32)
    .optional()
    .describe('Key material for sessions and field encryption; otherwise made once in the data folder.'),
  LEVEE_ACCESS_LOG: onOff.default(false).describe('One log line per request (never with query or body).'),
  DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/ })
    .optional()
    .describe('PostgreSQL as the app role; otherwise the embedded one is started.'),
  DATABASE_OWNER_URL: z
    .url({ protocol: /^postgres(ql)?$/ })
    .optional()
    .describe('The same database as its owner, for migrations.'),
  DATABASE_POOL: z.coerce.number().int().min(2).max(200).default(16).describe('Connections for requests.'),
});

export type Config = Readonly<z.output<typeof settings>>;

export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/** Reads the environment. Throws `ConfigError` naming each wrong setting, its value's problem and its meaning. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value !== ''),
  );
  const parsed = settings.safeParse(given);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map((issue) => {
    const name = String(issue.path[0]) as keyof typeof settings.shape;
    return `${name}: ${issue.message}. ${settings.shape[name].description ?? ''}`;
  });
  throw new ConfigError(`Settings refused:\n${lines.join('\n')}`);
}

/** Name, meaning and default of every setting, for `levee --help`. */
export function describeSettings(): { name: string; meaning: string; fallback: string | undefined }[] {
  return Object.entries(settings.shape).map(([name, schema]) => {
    const parsed = schema.safeParse(undefined);
    return {
      name,
      meaning: schema.description ?? '',
      fallback: parsed.success && parsed.data !== undefined ? String(parsed.data) : undefined,
    };
  });
}
