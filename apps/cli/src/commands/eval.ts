import { access, constants, writeFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { DomainError } from '@kickstand/domain'
import { evaluate, evaluationTable, FORMATS, writeResults, type Format } from '@kickstand/eval'
import { InvalidArgumentError, Option, type Command } from 'commander'
import { processorMs } from '#processor-time.ts'
import { linesOf, print, printToStderr } from '#output.ts'
import { progressBar } from '#progress.ts'
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

/** `kickstand eval`: how good the estimates are on a series of what really happened, beside simpler methods. */
export function evalCommand(program: Command): void {
  const command = program
    .command('eval')
    .description('score the estimates on a real series of occupancy, with simulated riders reporting from it')
    .option('--series <file>', 'what really happened; CSV, gzip or not')
    .option('--lots <file>', 'CSV with id and capacity (or capacity_published) of each lot')
    .addOption(new Option('--format <name>', 'how the series is written; without it the header tells').choices(FORMATS))
    .option('--timezone <name>', 'IANA time zone of the times in it')
    .option('--train-weeks <n>', 'weeks of each lot to learn from before judging', positive, 6)
    .option('--reports-per-hour <n>', 'reports an hour and lot', atMostSixty, 0.5)
    .option('--noise <share>', 'sd of an honest count, share of the capacity', share, 0.1)
    .option('--liars <share>', 'share of the riders who report the opposite extreme', share, 0.1)
    .addOption(
      new Option('--history <source>', 'who was there in training').choices(['crowd', 'counter']).default('crowd'),
    )
    .option('--sensor-every <minutes>', 'a live sensor beside the riders while judging', positive)
    .option('--horizons <minutes>', 'how far ahead to forecast', minutes, [0, 15, 30, 60])
    .option('--min-capacity <n>', 'only lots of at least so many spaces', positive)
    .option('--max-capacity <n>', 'only lots of at most so many spaces', positive)
    .option('--seeds <n>', 'how many times to simulate', whole, 5)
    .option('--json <file>', 'write the scores there as JSON')
    .action((options: Options) => evaluateFile(options))
  evalPlanCommand(command)
  command
    .command('results')
    .description('run all evaluations and write eval/RESULTS.md with its diagrams')
    .requiredOption('--data <folder>', 'folder with the Birmingham and Málaga series')
    .option('--seeds <n>', 'how many times to simulate', whole, 5)
    .action(async ({ data, seeds }: { data: string; seeds: number }) => {
      const { benchAvailability } = await import('@kickstand/bench')
      const measureCost = () => benchAvailability(processorMs, 20)
      const out = resolve(projectRoot, 'eval')
      const file = await writeResults({ data: resolve(data), out, seeds, measureCost }, printToStderr)
      print(`Written: ${file}`)
    })
}

async function evaluateFile({ series, timezone, sensorEvery, json, ...rest }: Options): Promise<void> {
  if (series === undefined) {
    throw new DomainError(
      'invalid-request',
      'eval needs a series to judge by. Say which with --series FILE, or see kickstand eval --help.',
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

/** Found out before minutes of simulating, not after. */
async function checkFolder(file: string): Promise<void> {
  const folder = dirname(resolve(file))
  await access(folder, constants.W_OK).catch(() => {
    throw new DomainError(
      'invalid-request',
      `--json cannot be written: ${folder} is not a folder that may be written to.`,
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
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError('Expected a whole number from 1.')
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
