/** The files whose coverage is measured: the rules, reading files, the service and the logic of both apps. Stories cover components. */
export const COVERED = ['packages/{domain,ingest,backend}/src/**/*.ts', 'apps/{rider,console}/src/**/*.ts']

/** Tests and what only they use, what programs wrote, and files of types only. */
export const NO_CODE = ['**/*.test.ts', 'apps/*/src/**/fixtures.ts', '**/*.gen.ts', '**/*.d.ts']

/** Code whose coverage is not measured, each file with the reason: at most 2 % of the lines of its folder. */
export const LEFT_OUT: Readonly<Record<string, string>> = {
  'apps/rider/src/i18n/preload-texts.ts': 'the build copies it into the page, where it runs before the scripts',
  'apps/rider/src/map/engine/worker.ts': 'needs the map engine in a browser; the stories of the map use it',
}
