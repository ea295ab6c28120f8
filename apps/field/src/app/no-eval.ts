/** zod compiles its checks with eval where it may; our content policy forbids eval, so it is told before any schema is made. */
import { config } from 'zod';

config({ jitless: true });
