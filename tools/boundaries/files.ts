import { globSync } from 'node:fs'
import { matchesGlob } from 'node:path'

/** Test files and test support. */
export function isTest(file: string): boolean {
  return /\.test\.tsx?$/.test(file) || /^(packages\/testkit|(packages|apps)\/\w+\/tests|e2e|bench)\//.test(file)
}

/** `**` also matches no folder at all. */
export function matches(file: string, glob: string): boolean {
  return matchesGlob(file, glob)
}

export function matchesAny(file: string, globs: readonly string[]): boolean {
  return globs.some((glob) => matches(file, glob))
}

/** All TypeScript sources of the repository as sorted paths from its root. */
export function sourceFiles(root: string): string[] {
  return globSync(
    ['packages/*/{src,tests}/**/*.{ts,tsx}', 'apps/*/src/**/*.{ts,tsx}', '{bench,e2e,eval,ops,tools}/**/*.ts'],
    {
      cwd: root,
      exclude: (name) => name === 'node_modules' || name === 'dist',
    },
  ).toSorted()
}
