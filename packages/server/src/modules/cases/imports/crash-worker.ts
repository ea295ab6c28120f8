/** For the test of a crash: a server in a process of its own, which does jobs until it is killed. */
import { parseArgs } from 'node:util';
import { openHouse } from '../../../main.ts';
import { HandClock } from '../../../platform/clock.ts';
import { readConfig } from '../../../platform/config.ts';
import { silentLog } from '../../../platform/log.ts';

const { values } = parseArgs({
  options: {
    url: { type: 'string' },
    data: { type: 'string' },
    secret: { type: 'string' },
    now: { type: 'string' },
  },
});
await openHouse({
  config: readConfig({ LEVEE_LOG_LEVEL: 'error', DATABASE_POOL: '4' }),
  log: silentLog(),
  appUrl: values.url!,
  dataDir: values.data!,
  secret: values.secret!,
  clock: new HandClock(values.now!),
  stayIndex: false,
});
