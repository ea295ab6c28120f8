export * from './kit-provider.tsx';
