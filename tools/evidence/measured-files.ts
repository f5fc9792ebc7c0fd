/** The test files whose results are measurements of their own (launch/measurements.yaml). Patterns of `node:path`. */
export const MEASURED_FILES: Readonly<Record<string, readonly string[]>> = {
  'access-matrix': ['packages/backend/tests/access.test.ts'],
  'audit-walk': ['packages/backend/tests/audited-routes.test.ts', 'apps/cli/tests/audited-commands.test.ts'],
  imports: [
    'packages/backend/tests/import/*.test.ts',
    'packages/backend/tests/import-predecessor/*.test.ts',
    'packages/ingest/tests/*.test.ts',
  ],
  layout: ['ops/tests/topology.test.ts', 'ops/tests/forwarding-headers.test.ts'],
  'faults-short': ['ops/faults/*.test.ts'],
}
