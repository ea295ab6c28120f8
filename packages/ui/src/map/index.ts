export type * from './map-data.ts';
export * from './map-view.tsx';
