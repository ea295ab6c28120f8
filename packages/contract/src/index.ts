/** The face of @levee/contract. */
export * from './access.ts';
export * from './client.ts';
export * from './contract.ts';
export * from './errors.ts';
export * from './events.ts';
export * from './ids.ts';
export * from './permissions.ts';
export * from './places.ts';
export * from './purposes.ts';
export * from './route.ts';
export * from './shapes.ts';
export * from './system.ts';
