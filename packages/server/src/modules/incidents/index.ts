/** incidents: signals, activation, level, statutory clocks, the timeline and the situation. */

export { packOf } from './incident.ts';
export { incidentsReactions } from './incidents.reactions.ts';
export {
  currentIncidents,
  findIncidentById,
  findIncidentByIdOrThrow,
  findPackIdOrThrow,
} from './incidents.repository.ts';
export { incidentsRoutes } from './incidents.routes.ts';
export { firstFlowDay } from './situation.repository.ts';
