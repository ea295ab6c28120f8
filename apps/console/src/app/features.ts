import { access } from '../features/access/index.ts';
import { protocols } from '../features/protocols/index.ts';
import { tracing } from '../features/tracing/index.ts';
import type { Feature } from './feature.ts';

/** Every screen of the console. To add one: a folder in ../features/ and a line here. */
export const features: readonly Feature[] = [tracing, protocols, access];
