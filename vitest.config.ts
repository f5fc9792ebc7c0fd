import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { COVERED, LEFT_OUT, NO_CODE } from './tools/tests/coverage-files.ts'
import { texts } from './tools/texts/vite-plugin.ts'

/** The servers and commands that tests start keep compiled sources where those that people start do. */
const STARTING = { NODE_COMPILE_CACHE: fileURLToPath(new URL('.cache/node', import.meta.url)) }

/** Tests that open a database. The rest are pure and run as fast as they can. */
const SERVICE = [
  'packages/backend/tests/**/*.test.ts',
  'apps/cli/tests/**/*.test.ts',
  'ops/tests/**/*.test.ts',
  'packages/backend/src/**/*-store.test.ts',
]

export default defineConfig({
  test: {
    projects: [
      {
        plugins: [texts()],
        test: {
          name: 'unit',
          include: [
            '{packages,apps}/*/src/**/*.test.{ts,tsx}',
            'packages/ingest/tests/**/*.test.ts',
            '{tools,bench,eval}/**/*.test.ts',
          ],
          exclude: ['**/node_modules/**', ...SERVICE],
          // Against hanging only: how fast a machine is must not decide a test.
          testTimeout: 60_000,
          // Pure code leaves nothing behind, and a process for each file takes a third of the processor time.
          isolate: false,
        },
      },
      {
        test: {
          name: 'service',
          include: SERVICE,
          exclude: ['**/node_modules/**'],
          globalSetup: ['packages/testkit/src/vitest-setup.ts'],
          env: STARTING,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'faults',
          include: ['ops/faults/**/*.test.ts'],
          env: STARTING,
          // After the others and one file after the other: what riders notice of a fault is measured.
          sequence: { groupOrder: 1 },
          maxWorkers: 1,
        },
      },
    ],
    maxWorkers: 2,
    coverage: {
      provider: 'v8',
      include: COVERED,
      exclude: [...NO_CODE, ...Object.keys(LEFT_OUT)],
      reporter: ['json-summary', 'json'],
      reportOnFailure: true,
    },
  },
})
