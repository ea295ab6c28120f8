/** The one list of routes, in the order of the modules. */
import { access } from './access.ts';
import { places } from './places.ts';
import { system } from './system.ts';

export const contract = { system, access, places };
export type Contract = typeof contract;
