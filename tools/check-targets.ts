/**
 * Finds APIs that some browser of the build targets lacks, in the sources of the apps and in the built apps if they exist.
 * Prints each use as file:line and exits 1 if there is any.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { ROOT } from './steps.ts'
import { ALLOWED } from './targets/allowed.ts'
import { newerUses } from './targets/newer-uses.ts'

const SOURCES = ['apps/rider/src', 'apps/console/src', 'packages/client/src', 'packages/ui/src']
const BUILT = ['apps/rider/dist/assets', 'apps/console/dist/assets']

type Found = { readonly file: string; readonly isSource: boolean }

function filesIn(folders: readonly string[], wanted: RegExp, isSource: boolean): Found[] {
  return folders
    .filter((folder) => existsSync(path.join(ROOT, folder)))
    .flatMap((folder) =>
      readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
        .filter((name) => wanted.test(name))
        .map((name) => ({ file: path.join(folder, name), isSource })),
    )
}

const files = [...filesIn(SOURCES, /^(?!.*(\.test|fixtures)\.).*\.tsx?$/, true), ...filesIn(BUILT, /\.js$/, false)]
let violations = 0
for (const { file, isSource } of files) {
  for (const { api, line } of newerUses(path.basename(file), readFileSync(path.join(ROOT, file), 'utf8'), isSource)) {
    if (ALLOWED.some((one) => one.api === api && one.file.test(path.basename(file)))) continue
    violations += 1
    console.error(
      `${file}:${line}: ${api} is newer than the browsers that the apps are built for. ` +
        'Use an older API, or check at run time that it exists and list it in tools/targets/allowed.ts.',
    )
  }
}
console.log(`${files.length} files, ${violations} uses of newer APIs`)
process.exitCode = violations === 0 ? 0 : 1
