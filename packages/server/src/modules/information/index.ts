/** information: bulletins with locked figures, the public store, and the portal that reads it. */
export { informationReactions } from './information.reactions.ts';
export { informationRoutes } from './information.routes.ts';
export { registerPortal } from './portal.ts';
export { portalIsBuilt } from './portal-renderer.ts';
