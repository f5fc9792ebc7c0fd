import { showScores, systemClock, type ShownScore } from '@kickstand/backend'
import { DomainError } from '@kickstand/domain'
import type { Command } from 'commander'
import { print, printJson } from '#output.ts'
import { withService } from '#service.ts'

/** `kickstand scores`: accuracy of the forecasts, measured by the reports of riders with a record. */
export function scoresCommand(program: Command): void {
  program
    .command('scores')
    .description('show the accuracy of the forecasts, measured by reports of riders with a record')
    .option('--days <n>', 'number of days, including today', '14')
    .option('--zone <id>', 'only this zone')
    .option('--json', 'print the scores as JSON')
    .action(async (options: { days: string; zone?: string; json?: boolean }) => {
      const days = wholeDays(options.days)
      await withService(async ({ database: { db } }) => {
        const scores = await showScores({ db, clock: systemClock }, days, options.zone ?? null)
        if (options.json === true) return printJson(scores)
        if (scores.total.reports === 0) {
          return print(
            `No report since ${scores.from} could be compared with a forecast. Only reports of riders with a record count, about a day after they were made.`,
          )
        }
        print(`${'day'.padEnd(14)}${HEAD}`)
        for (const { day, ...row } of scores.days) print(line(day, row))
        print(line('all', scores.total))
        if (options.zone !== undefined) return
        print()
        print(`${'zone'.padEnd(14)}${HEAD}`)
        for (const { zoneId, ...row } of scores.zones) print(line(zoneId, row))
      })
    })
}

const HEAD = 'reports   Brier   counts    CRPS   in the 80 % range'

function line(name: string, { reports, brier, counts, crps, coverage80 }: ShownScore): string {
  const share = coverage80 === null ? '–' : `${Math.round(coverage80 * 100)} %`
  return [
    name.padEnd(14),
    String(reports).padStart(7),
    (brier?.toFixed(3) ?? '–').padStart(8),
    String(counts).padStart(9),
    (crps?.toFixed(3) ?? '–').padStart(8),
    share.padStart(20),
  ].join('')
}

function wholeDays(given: string): number {
  const days = Number(given)
  if (/^\d+$/.test(given) && days >= 1 && days <= 3_650) return days
  throw new DomainError('invalid-request', `--days expects a whole number from 1 to 3650, got "${given}".`)
}
