import { transferDatabase, systemClock, type MoveProgress, type MoveReport } from '@kickstand/backend'
import type { Command } from 'commander'
import { printToStderr, print, printJson } from '#output.ts'

type Options = { readonly from: string; readonly to: string; readonly json?: boolean }

/** `kickstand move`: everything from one database to another. Exit 1 where the two are not equal at the end. */
export function moveCommand(program: Command): void {
  program
    .command('move')
    .description('copy everything to another database, and compare the two; run again after an interruption to go on')
    .requiredOption('--from <address>', 'where everything is now, as KICKSTAND_DATABASE_URL takes it')
    .requiredOption('--to <address>', 'an empty database')
    .option('--json', 'print the reconciliation as one JSON object')
    .action(async ({ from, to, json }: Options) => {
      const report = await transferDatabase(systemClock, { from, to, onProgress: progressLines() })
      if (json === true) printJson(report)
      else print(moveText(report))
      if (report.equal) return
      process.exitCode = 1
      const differing = report.tables.filter(({ equal }) => !equal).map(({ table }) => table)
      printToStderr(
        `kickstand: the two databases are not equal: ${differing.join(', ')}. No server will start on the target; make it anew and move again.`,
      )
    })
}

const EVERY_MS = 2_000

/** A line on standard error now and then, and one for each table that is done: of use in a terminal and in a log. */
function progressLines(): (progress: MoveProgress) => void {
  let table = ''
  let begun = 0
  let shown = 0
  return (progress) => {
    const now = systemClock()
    // Tables without rows are in the reconciliation.
    if (progress.step === 'check') {
      if (progress.rows === 0) return
      printToStderr(`${progress.table}: ${progress.rows} rows compared`)
      return
    }
    if (progress.of === 0) return
    if (progress.table !== table) {
      table = progress.table
      begun = shown = now
      // The first commit of a table says nothing of its speed.
      if (progress.copied < progress.of) return
    }
    if (progress.copied < progress.of && now - shown < EVERY_MS) return
    shown = now
    const seconds = (now - begun) / 1000
    const speed = seconds < 1 ? '' : `, ${Math.round((progress.copied - progress.resumed) / seconds)} rows/s`
    printToStderr(`${table}: ${progress.copied} of ${progress.of}${speed}`)
  }
}

const SHOWN = 16

function moveText({ from, to, tables, left, copied, equal, copyTook, checkTook }: MoveReport): string[] {
  const lines = [
    `${from} → ${to}`,
    '',
    `${'table'.padEnd(24)}${'source'.padStart(12)}${'target'.padStart(12)}  checksum`,
    ...tables.map(({ table, source, target, equal: same }) => {
      const sums = same
        ? source.checksum.slice(0, SHOWN)
        : `${source.checksum.slice(0, SHOWN)} ≠ ${target.checksum.slice(0, SHOWN)}`
      return `${table.padEnd(24)}${String(source.rows).padStart(12)}${String(target.rows).padStart(12)}  ${sums}`
    }),
    '',
    `${copied} rows copied in ${secondsText(copyTook)} s, compared in ${secondsText(checkTook)} s.`,
  ]
  if (left.length > 0) lines.push(`Left where they are, being none of Kickstand's tables: ${left.join(', ')}.`)
  if (equal) lines.push(`All equal. Set KICKSTAND_DATABASE_URL to the new address and start.`)
  return lines
}

function secondsText(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(1)
}
