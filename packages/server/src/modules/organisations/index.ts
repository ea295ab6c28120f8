/** organisations: headquarters, posts with holder and deputy, and who answers for what. */

export { headquartersOf } from './organisation.ts';
export { organisationsReactions } from './organisations.reactions.ts';
export { findHeadquartersName } from './organisations.repository.ts';
export { organisationsRoutes } from './organisations.routes.ts';
export { chainFor, ownerFor, seedHeadquarters } from './organisations.service.ts';
