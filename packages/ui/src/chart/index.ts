export * from './chart.tsx';
export * from './epi-curve.tsx';
