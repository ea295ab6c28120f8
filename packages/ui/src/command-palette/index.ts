export * from './command-palette.tsx';
export * from './search-commands.ts';
