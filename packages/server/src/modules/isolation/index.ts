/** isolation: orders made of accepted contacts, the closed loop, facilities; every limit is a measure of the ledger. */
export { isolationReactions, seamSweep } from './isolation.reactions.ts';
export { isolationRoutes } from './isolation.routes.ts';
