import type { Door } from '../../platform/http/implement.ts';
import type { Platform } from '../../platform/platform.ts';
import { createReceive } from './hl7-receive.ts';
import { createMllpServer, MLLP_DEFAULTS, type MllpOptions, type MllpServer } from './mllp-server.ts';

/** The door for HL7, not yet listening: it opens where `LEVEE_MLLP_PORT` is set. */
export function createMllp(platform: Platform, door: Door, options: Partial<MllpOptions> = {}): MllpServer {
  return createMllpServer(createReceive(platform, door), { ...MLLP_DEFAULTS, ...options }, platform.log);
}
