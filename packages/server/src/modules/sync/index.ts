/** sync: field devices and the lists they take with them; what they record comes up through the intake. */
export { fieldPages } from './field-pages.ts';
export { syncRoutes } from './sync.routes.ts';
