import { transferDatabase, systemClock, type MoveProgress, type MoveReport } from '@kickstand/backend'
import type { Command } from 'commander'
import { commandActor } from '#actor.ts'
import { printToStderr, print, printJson } from '#output.ts'

type Options = { readonly from: string; readonly to: string; readonly json?: boolean }

/** `kickstand move`: copies everything from one database to another. Exits 1 if the two differ at the end. */
export function moveCommand(program: Command): void {
  program
    .command('move')
    .description(
      'copy everything to another database and compare the two; run it again to resume after an interruption',
    )
    .requiredOption('--from <address>', 'URL of the current database, as in KICKSTAND_DATABASE_URL')
    .requiredOption('--to <address>', 'URL of an empty database')
    .option('--json', 'print the comparison as one JSON object')
    .action(async ({ from, to, json }: Options) => {
      const report = await transferDatabase(
        { clock: systemClock, actor: commandActor() },
        { from, to, onProgress: progressLines() },
      )
      if (json === true) printJson(report)
      else print(moveText(report))
      if (report.equal) return
      process.exitCode = 1
      const differing = report.tables.filter(({ equal }) => !equal).map(({ table }) => table)
      printToStderr(
        `kickstand: the two databases differ in: ${differing.join(', ')}. No server will start on the target. Recreate it and move again.`,
      )
    })
}

const PROGRESS_EVERY_MS = 2_000

/**
 * Progress lines on standard error, at intervals and for each finished table; suitable for a terminal and for a log.
 */
function progressLines(): (progress: MoveProgress) => void {
  let table = ''
  let begun = 0
  let shown = 0
  return (progress) => {
    const now = systemClock()
    // Empty tables appear only in the final report.
    if (progress.step === 'check') {
      if (progress.rows === 0) return
      printToStderr(`${progress.table}: ${progress.rows} rows compared`)
      return
    }
    if (progress.of === 0) return
    if (progress.table !== table) {
      table = progress.table
      begun = shown = now
      // The speed is unknown after the first commit of a table.
      if (progress.copied < progress.of) return
    }
    if (progress.copied < progress.of && now - shown < PROGRESS_EVERY_MS) return
    shown = now
    const seconds = (now - begun) / 1000
    const speed = seconds < 1 ? '' : `, ${Math.round((progress.copied - progress.resumed) / seconds)} rows/s`
    printToStderr(`${table}: ${progress.copied} of ${progress.of}${speed}`)
  }
}

const SHOWN_CHECKSUM_LENGTH = 16

function moveText({ from, to, tables, unknownTables, copied, equal, copyTook, checkTook }: MoveReport): string[] {
  const lines = [
    `${from} → ${to}`,
    '',
    `${'table'.padEnd(24)}${'source'.padStart(12)}${'target'.padStart(12)}  checksum`,
    ...tables.map(({ table, source, target, equal: same }) => {
      const sums = same
        ? source.checksum.slice(0, SHOWN_CHECKSUM_LENGTH)
        : `${source.checksum.slice(0, SHOWN_CHECKSUM_LENGTH)} ≠ ${target.checksum.slice(0, SHOWN_CHECKSUM_LENGTH)}`
      return `${table.padEnd(24)}${String(source.rows).padStart(12)}${String(target.rows).padStart(12)}  ${sums}`
    }),
    '',
    `${copied} rows copied in ${secondsText(copyTook)} s, compared in ${secondsText(checkTook)} s.`,
  ]
  if (unknownTables.length > 0)
    lines.push(`Not copied, because they are not tables of Kickstand: ${unknownTables.join(', ')}.`)
  if (equal) lines.push(`All tables are equal. Set KICKSTAND_DATABASE_URL to the new database and start the service.`)
  return lines
}

function secondsText(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(1)
}
