import { existsSync, readFileSync } from 'node:fs'

/** Required line coverage per folder, in percent. */
const REQUIRED: Readonly<Record<string, number>> = {
  'packages/domain/src': 90,
  'packages/ingest/src': 90,
  'packages/backend/src': 90,
}

export type FolderCoverage = { readonly folder: string; readonly percent: number; readonly required: number }

type Summary = Readonly<Record<string, { readonly lines: { readonly total: number; readonly covered: number } }>>

/** Line coverage of each folder with a threshold, from the v8 summary; empty if there is no summary. */
export function folderCoverage(summaryFile: string): FolderCoverage[] {
  if (!existsSync(summaryFile)) return []
  const summary = JSON.parse(readFileSync(summaryFile, 'utf8')) as Summary
  return Object.entries(REQUIRED).map(([folder, required]) => {
    const lines = Object.entries(summary).flatMap(([file, each]) => (file.includes(`/${folder}/`) ? [each.lines] : []))
    const total = lines.reduce((sum, each) => sum + each.total, 0)
    const covered = lines.reduce((sum, each) => sum + each.covered, 0)
    return { folder, required, percent: total === 0 ? 100 : (100 * covered) / total }
  })
}

export function coverageLine({ folder, percent, required }: FolderCoverage): string {
  return `coverage: ${percent.toFixed(1)} % of the lines in ${folder} (at least ${required} %)`
}
