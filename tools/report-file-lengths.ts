/** Prints the length of source files without tests: median, p90 and longest, and every file over the limit. */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { isTest, sourceFiles } from './boundaries/files.ts'
import { ROOT } from './steps.ts'

const LIMIT_LINES = 300

const files = sourceFiles(ROOT)
  .filter((file) => !isTest(file) && !file.includes('.gen.'))
  .map((file) => ({ file, lines: readFileSync(path.join(ROOT, file), 'utf8').split('\n').length - 1 }))
  .toSorted((a, b) => a.lines - b.lines)

/** The number of lines that this share of all files does not exceed. */
function quantile(share: number): number {
  return files[Math.min(files.length - 1, Math.ceil(share * files.length) - 1)]?.lines ?? 0
}

console.log(`${files.length} files: median ${quantile(0.5)} lines, p90 ${quantile(0.9)}, longest ${quantile(1)}`)
for (const { file, lines } of files.filter((each) => each.lines > LIMIT_LINES)) console.log(`${lines}  ${file}`)
