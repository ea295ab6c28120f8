/** analysis: what the line list says about the outbreak, and how sure one may be. */
export { analysisRoutes } from './analysis.routes.ts';
