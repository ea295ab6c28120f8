/** analysis: what the line list says about the outbreak, and how sure one may be. */
export { analysisReactions } from './analysis.reactions.ts';
export { analysisRoutes } from './analysis.routes.ts';
