import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';
import { leveeContract } from '../console/vite-contract.ts';

const api = process.env['LEVEE_API'] ?? 'http://127.0.0.1:8080';

export default defineConfig({
  base: '/field/',
  plugins: [
    react(),
    leveeContract(),
    VitePWA({
      // A new edition waits until the sampler closes the app: nothing changes under a hand that holds a swab.
      registerType: 'prompt',
      injectRegister: null,
      manifest: {
        id: '/field/',
        name: '堤 · 现场',
        short_name: '堤·现场',
        lang: 'zh-CN',
        start_url: '/field/',
        scope: '/field/',
        display: 'standalone',
        orientation: 'portrait',
        background_color: '#f4f6f6',
        theme_color: '#0b5a69',
        icons: [{ src: 'icon.svg', sizes: 'any', type: 'image/svg+xml', purpose: 'any' }],
      },
      workbox: {
        globPatterns: ['**/*.{js,css,html,svg}'],
        navigateFallback: '/field/index.html',
        cleanupOutdatedCaches: true,
        clientsClaim: true,
      },
    }),
  ],
  build: { target: 'es2022', sourcemap: false },
  server: { proxy: { '/api': { target: api, changeOrigin: false } } },
});
