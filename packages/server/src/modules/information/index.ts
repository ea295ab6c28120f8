/** information: bulletins with locked figures, the public store, and the portal that reads it. */
export { informationReactions } from './information.reactions.ts';
export { informationRoutes } from './information.routes.ts';
export { type PortalOptions, portalIsBuilt, registerPortal } from './portal.ts';
