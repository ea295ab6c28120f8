/** The modules in the order of the response. A module imports only the faces of those above it. */
export const moduleOrder = [
  'access',
  'places',
  'people',
  'organisations',
  'tasks',
  'testing',
  'incidents',
  'cases',
  'tracing',
  'measures',
  'isolation',
  'analysis',
  'information',
  'drills',
  'interchange',
  'sync',
] as const;
