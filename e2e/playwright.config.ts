import { defineConfig } from '@playwright/test';

/**
 * The console and the portal in a real browser, against one demonstration that waits at its first minute. The files
 * run one after the other: they share that one world, and each begins it anew where it needs to.
 */
export default defineConfig({
  testDir: '.',
  globalSetup: './house/start.ts',
  workers: 1,
  fullyParallel: false,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  use: {
    viewport: { width: 1440, height: 900 },
    actionTimeout: 15_000,
    screenshot: 'only-on-failure',
    launchOptions: {
      ...(process.env.CHROMIUM_PATH && { executablePath: process.env.CHROMIUM_PATH }),
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        // A browser that looks for its own updates on a closed network floods the log with refusals.
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
});
