/**
 * Finds APIs that some browser of the page's build targets lacks, in the sources of the page and in the built page if
 * it exists. Prints each use as file:line and exits 1 if there is any.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { ROOT } from './steps.ts'
import { ALLOWED } from './targets/allowed.ts'
import { newerUses } from './targets/newer-uses.ts'

const SOURCES = path.join(ROOT, 'apps/rider/src')
const BUILT = path.join(ROOT, 'apps/rider/dist/assets')

function files(folder: string, wanted: RegExp): string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => wanted.test(name))
}

let count = 0
let violations = 0
for (const [folder, wanted] of [
  [SOURCES, /^(?!.*(\.test|fixtures)\.).*\.tsx?$/],
  [BUILT, /\.js$/],
] as const) {
  for (const name of files(folder, wanted)) {
    count += 1
    for (const { api, line } of newerUses(name, readFileSync(path.join(folder, name), 'utf8'), folder === SOURCES)) {
      if (ALLOWED.some((one) => one.api === api && one.file.test(path.basename(name)))) continue
      violations += 1
      console.error(
        `${path.relative(ROOT, path.join(folder, name))}:${line}: ${api} is newer than the browsers that the page is built for. ` +
          'Use an older API, or check at run time that it exists and list it in tools/targets/allowed.ts.',
      )
    }
  }
}
console.log(`${count} files, ${violations} uses of newer APIs`)
process.exitCode = violations === 0 ? 0 : 1
