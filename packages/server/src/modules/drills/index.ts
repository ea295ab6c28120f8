/** drills: the demonstration that plays the model case through the real doors. */
export { drillsRoutes } from './drills.routes.ts';
export { generatePopulation, generateStays, type Population } from './population/index.ts';
export { type Cast, castOf } from './scenario/cast.ts';
export { GRID, gridSiteOf, TOWN } from './scenario/grid-site.ts';
export { createPlayer, type DrillAccount, type Player } from './scenario/player.ts';
export { STARTS_AT } from './scenario/scenes.ts';
export { loadWorld } from './world/load-world.ts';
export type { WorldStay } from './world/stay.ts';
