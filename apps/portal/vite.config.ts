import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** One file the server loads; React goes in with it, so that nothing else is needed beside it. */
export default defineConfig({
  plugins: [react()],
  ssr: { noExternal: true },
  build: {
    ssr: 'src/server.tsx',
    outDir: 'dist',
    target: 'node22',
    rolldownOptions: { output: { entryFileNames: 'server.js' } },
  },
});
