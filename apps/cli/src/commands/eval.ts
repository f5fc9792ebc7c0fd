import { access, constants, writeFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { uptime } from '@kickstand/backend'
import { DomainError } from '@kickstand/domain'
import { evaluate, evaluationTable, FORMATS, writeResults, type Format } from '@kickstand/eval'
import { InvalidArgumentError, Option, type Command } from 'commander'
import { processorMs } from '#processor-time.ts'
import { linesOf, print, printToStderr } from '#output.ts'
import { progressBar } from '#progress.ts'
import { keepEvidence } from '#readiness/keep-evidence.ts'
import { projectRoot } from '#service.ts'
import { evalPlanCommand } from './eval-plan.ts'

type Options = {
  readonly series?: string
  readonly lots?: string
  readonly format?: Format
  readonly timezone?: string
  readonly trainWeeks: number
  readonly reportsPerHour: number
  readonly noise: number
  readonly liars: number
  readonly history: 'crowd' | 'counter'
  readonly sensorEvery?: number
  readonly horizons: readonly number[]
  readonly minCapacity?: number
  readonly maxCapacity?: number
  readonly seeds: number
  readonly json?: string
}

/** `kickstand eval`: accuracy of the estimates on a real occupancy series, compared with simpler methods. */
export function evalCommand(program: Command): void {
  const command = program
    .command('eval')
    .description('score the estimates on a real occupancy series, with simulated reports drawn from it')
    .option('--series <file>', 'occupancy series as CSV, optionally gzipped')
    .option('--lots <file>', 'CSV with id and capacity (or capacity_published) of each lot')
    .addOption(
      new Option('--format <name>', 'format of the series; default: detected from the header').choices(FORMATS),
    )
    .option('--timezone <name>', 'IANA time zone of the series')
    .option('--train-weeks <n>', 'weeks of each lot used for training', positive, 6)
    .option('--reports-per-hour <n>', 'reports per hour and lot', atMostSixty, 0.5)
    .option('--noise <share>', 'standard deviation of an honest count, as a share of the capacity', share, 0.1)
    .option('--liars <share>', 'share of riders who report the opposite extreme', share, 0.1)
    .addOption(
      new Option('--history <source>', 'source of the training data: reports (crowd) or full counts (counter)')
        .choices(['crowd', 'counter'])
        .default('crowd'),
    )
    .option('--sensor-every <minutes>', 'add a sensor reading at this interval during the evaluation', positive)
    .option('--horizons <minutes>', 'comma-separated forecast horizons', minutes, [0, 15, 30, 60])
    .option('--min-capacity <n>', 'only lots with at least this capacity', positive)
    .option('--max-capacity <n>', 'only lots with at most this capacity', positive)
    .option('--seeds <n>', 'number of simulations', whole, 5)
    .option('--json <file>', 'write the scores to this file as JSON')
    .action((options: Options) => evaluateFile(options))
  evalPlanCommand(command)
  command
    .command('results')
    .description('run all evaluations and write eval/RESULTS.md with its charts')
    .requiredOption('--data <folder>', 'folder with the Birmingham and Málaga series')
    .option('--seeds <n>', 'number of simulations', whole, 5)
    .action(async ({ data, seeds }: { data: string; seeds: number }) => {
      const { benchAvailability } = await import('@kickstand/bench')
      const measureCost = () => benchAvailability(processorMs, 20)
      const out = resolve(projectRoot, 'eval')
      const deps = { data: resolve(data), out, seeds, measureCost, clock: uptime }
      const { file, figures } = await writeResults(deps, printToStderr)
      print(`Written: ${file}`)
      const repeat = `npx kickstand eval results --data FOLDER --seeds ${seeds}`
      print(`Written: ${keepEvidence({ id: 'estimates', command: repeat, figures: { ...figures } })}`)
    })
}

async function evaluateFile({ series, timezone, sensorEvery, json, ...rest }: Options): Promise<void> {
  if (series === undefined) {
    throw new DomainError(
      'invalid-request',
      'eval needs an occupancy series. Name it with --series FILE, or see kickstand eval --help.',
    )
  }
  if (json !== undefined) await checkFolder(json)
  const bar = progressBar('simulating')
  try {
    const evaluation = await evaluate(
      { ...rest, series: resolve(series), timeZone: timezone, sensorEvery: sensorEvery ?? null },
      (done, of) => bar.show(Math.round(done * 100), of * 100),
    )
    bar.stop()
    print(linesOf(evaluationTable(evaluation)))
    if (json !== undefined) await writeFile(json, `${JSON.stringify(evaluation, null, 2)}\n`)
  } finally {
    bar.stop()
  }
}

/** Checked before the simulation, which takes minutes. */
async function checkFolder(file: string): Promise<void> {
  const folder = dirname(resolve(file))
  await access(folder, constants.W_OK).catch(() => {
    throw new DomainError(
      'invalid-request',
      `--json cannot be written: ${folder} is not a writable folder. Name a file in one that is.`,
    )
  })
}

function positive(text: string): number {
  const value = Number(text)
  if (!(value > 0)) throw new InvalidArgumentError('Expected a number above 0.')
  return value
}

function atMostSixty(text: string): number {
  const value = Number(text)
  if (!(value > 0 && value <= 60)) throw new InvalidArgumentError('Expected a number above 0, at most 60.')
  return value
}

function whole(text: string): number {
  const value = Number(text)
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError('Expected a whole number of at least 1.')
  return value
}

function share(text: string): number {
  const value = Number(text)
  if (!(value >= 0 && value <= 1)) throw new InvalidArgumentError('Expected a share from 0 to 1.')
  return value
}

function minutes(text: string): number[] {
  const values = text.split(',').map((value) => (value.trim() === '' ? Number.NaN : Number(value)))
  if (!values.every((value) => value >= 0 && value <= 1440) || new Set(values).size < values.length) {
    throw new InvalidArgumentError('Expected different minutes from 0 to 1440, such as 0,15,30,60.')
  }
  return values
}
