/** Finds decision records that share a number, and files of docs/decisions without one; exits 1 where there are any. */
import { globSync } from 'node:fs'
import { ROOT } from './steps.ts'

/** What is wrong with these file names, a line each. */
export function findNumberFaults(names: readonly string[]): string[] {
  const numbered = names.map((name) => ({ name, number: /^(\d{4})-.+\.md$/.exec(name)?.[1] }))
  const without = numbered.filter(({ number }) => number === undefined)
  const shared = [...Map.groupBy(numbered, ({ number }) => number)].filter(
    ([number, files]) => number !== undefined && files.length > 1,
  )
  return [
    ...without.map(({ name }) => `${name}: expected NNNN-title.md, with the next free number`),
    ...shared.map(([number, files]) => `${files.map(({ name }) => name).join(' and ')} share the number ${number}`),
  ]
}

if (import.meta.main) {
  const names = globSync('**', { cwd: `${ROOT}/docs/decisions` }).filter((name) => name !== '' && name !== '.')
  const faults = findNumberFaults(names.toSorted())
  for (const fault of faults) console.error(`docs/decisions: ${fault}`)
  console.log(`${names.length} decisions, ${faults.length} with a wrong number`)
  process.exitCode = faults.length === 0 ? 0 : 1
}
