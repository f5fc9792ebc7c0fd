import { existsSync, readFileSync } from 'node:fs'

/** `requiredLines`: percent below which `npm test` fails; null where only a readiness gate asks for it. */
const FOLDERS = [
  { id: 'domain', folder: 'packages/domain/src', requiredLines: 90 },
  { id: 'ingest', folder: 'packages/ingest/src', requiredLines: 90 },
  { id: 'backend', folder: 'packages/backend/src', requiredLines: 90 },
  { id: 'rider', folder: 'apps/rider/src', requiredLines: null },
  { id: 'console', folder: 'apps/console/src', requiredLines: null },
] as const

/** `lines`, `branches`: percent that tests run. */
export type FolderCoverage = (typeof FOLDERS)[number] & { readonly lines: number; readonly branches: number }

type Share = { readonly total: number; readonly covered: number }
type Summary = Readonly<Record<string, { readonly lines: Share; readonly branches: Share }>>

/** Coverage of each folder, from the v8 summary; empty if there is no summary. A folder that is not in it has 0 %. */
export function folderCoverage(summaryFile: string): FolderCoverage[] {
  if (!existsSync(summaryFile)) return []
  const summary = JSON.parse(readFileSync(summaryFile, 'utf8')) as Summary
  return FOLDERS.map((folder) => {
    const files = Object.entries(summary).flatMap(([file, each]) => (file.includes(`/${folder.folder}/`) ? [each] : []))
    const [lines, branches] = [percent(files.map((each) => each.lines)), percent(files.map((each) => each.branches))]
    return { ...folder, lines: lines ?? 0, branches: branches ?? (lines === null ? 0 : 100) }
  })
}

/** Null if there is nothing to cover. */
function percent(shares: readonly Share[]): number | null {
  const total = shares.reduce((sum, each) => sum + each.total, 0)
  const covered = shares.reduce((sum, each) => sum + each.covered, 0)
  return total === 0 ? null : (100 * covered) / total
}

export function coverageLine({ folder, lines, branches, requiredLines }: FolderCoverage): string {
  const required = requiredLines === null ? '' : ` (at least ${requiredLines} %)`
  return `coverage: ${rounded(lines)} % of the lines${required}, ${rounded(branches)} % of the branches in ${folder}`
}

/** For the evidence of the measurement `coverage`: `domainLines`, `domainBranches` and so on. */
export function coverageFigures(folders: readonly FolderCoverage[]): Record<string, number> {
  return Object.fromEntries(
    folders.flatMap(({ id, lines, branches }) => [
      [`${id}Lines`, Number(rounded(lines))],
      [`${id}Branches`, Number(rounded(branches))],
    ]),
  )
}

/** Down, so that 89.97 % is not shown as 90 %. */
function rounded(share: number): string {
  return (Math.floor(share * 10) / 10).toFixed(1)
}
