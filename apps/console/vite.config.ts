import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { leveeContract } from './vite-contract.ts';

const api = process.env['LEVEE_API'] ?? 'http://127.0.0.1:8080';
const proxy = { '/api': { target: api, changeOrigin: false } };

export default defineConfig({
  plugins: [react(), leveeContract()],
  // MapLibre's worker imports a second file, which only works as a module worker.
  worker: { format: 'es' },
  build: { target: 'es2022', sourcemap: false, chunkSizeWarningLimit: 1500 },
  server: { proxy },
  preview: { proxy },
});
