import { writeFile } from 'node:fs/promises'
import { describePlanScores, evaluatePlan, PLAN_RESULTS_FILE, writePlanResults } from '@kickstand/eval'
import { InvalidArgumentError, type Command } from 'commander'
import { linesOf, print, printToStderr } from '#output.ts'
import { progressBar } from '#progress.ts'

type Options = {
  readonly seeds: number
  readonly zones: number
  readonly riders: number
  readonly reportsPerHour: number
  readonly json?: string
  readonly write?: boolean
}

const NOISE = 0.1
const LIARS = 0.1

/** `kickstand eval plan`: compares plans with simpler strategies in simulated cities. A subcommand of `eval`. */
export function evalPlanCommand(evaluation: Command): void {
  evaluation
    .command('plan')
    .description('compare plans with the strategies "nearest first" and "most free first" in simulated cities')
    .option('--seeds <n>', 'number of cities to simulate', whole, 12)
    .option('--zones <n>', 'zones per city', whole, 300)
    .option('--riders <n>', 'riders per city', whole, 400)
    .option('--reports-per-hour <n>', 'reports per hour and zone', positive, 0.5)
    .option('--json <file>', 'write the scores to this file as JSON')
    .option('--write', 'write the tables to eval/PLAN-RESULTS.md')
    .action((options: Options) => simulate(options))
}

async function simulate({ seeds, zones, riders, reportsPerHour, json, write }: Options): Promise<void> {
  const bar = progressBar('cities')
  const crowd = { reportsPerHour, noise: NOISE, liars: LIARS }
  const scores = evaluatePlan({ seeds, zones, riders, crowd }, (done, of) => bar.show(done, of))
  bar.stop()
  const text = describePlanScores(scores)
  print(linesOf(text))
  const options = { seeds, zones, riders, crowd }
  if (json !== undefined) await writeFile(json, `${JSON.stringify({ options, cities: scores }, null, 2)}\n`)
  if (write !== true) return
  const given = `--seeds ${seeds} --zones ${zones} --riders ${riders} --reports-per-hour ${reportsPerHour}`
  writePlanResults(`npx kickstand eval plan ${given} --write`, text)
  printToStderr(`written to ${PLAN_RESULTS_FILE}`)
}

function whole(text: string): number {
  const value = Number(text)
  if (!Number.isInteger(value) || value < 1 || value > 10_000) {
    throw new InvalidArgumentError('Expected a whole number from 1 to 10000.')
  }
  return value
}

function positive(text: string): number {
  const value = Number(text)
  if (!(value > 0 && value <= 60)) throw new InvalidArgumentError('Expected a number above 0, at most 60.')
  return value
}
