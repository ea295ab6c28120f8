/** tracing: who met whom; searches, contacts, assistance between areas. */
export {
  findContactByIdOrThrow,
  listContacts as findContacts,
} from './contacts.repository.ts';
export { markContactIsolated } from './contacts.service.ts';
export { countContactsByCounty } from './county-counts.repository.ts';
export { handlersReactions } from './handlers/handlers.reactions.ts';
export { handlersRoutes } from './handlers/handlers.routes.ts';
export { exposuresOf } from './searches.repository.ts';
export { type StayIndex, startStayIndex, stayIndexOf } from './stay-index/stay-index.ts';
export { tracingRoutes } from './tracing.routes.ts';
export type { ContactRecord } from './tracing.ts';
