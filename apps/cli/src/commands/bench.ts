import { InvalidArgumentError, type Command } from 'commander'
import { processorMs } from '#processor-time.ts'
import { linesOf, print, printJson, printToStderr } from '#output.ts'

type Common = { json?: boolean; write?: boolean; profile?: string; worlds?: string }
type Rounds = { rounds: number; seconds: number }

function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,7}$/.test(text)) throw new InvalidArgumentError('expected a whole number over 0.')
  return Number(text)
}

function sizes(text: string): number[] {
  return text.split(',').map(wholeNumber)
}

/** `kickstand bench …`: how fast this machine serves, beside the bare framework. Needs Linux. */
export function benchCommand(program: Command): void {
  const bench = program.command('bench').description('measure speed and memory on this machine (minutes of full load)')

  withCommon(withRounds(bench.command('nearby').description('CPU and latency of the nearest zones')))
    .option('--zones <sizes>', 'sizes of the world, smallest first', sizes, [1000, 100_000, 1_000_000])
    .option('--connections <count>', 'keep-alive connections', wholeNumber, 32)
    .action(async (options: Common & Rounds & { zones: number[]; connections: number }) => {
      const { benchNearby, describeNearby } = await load()
      const result = await benchNearby(options, printToStderr)
      await finish(
        options,
        'nearby',
        `npx kickstand bench nearby --zones ${options.zones.join(',')}`,
        result,
        describeNearby(result),
      )
    })

  withCommon(withRounds(bench.command('report').description('durable reports a second')))
    .option('--zones <count>', 'zones to report on', wholeNumber, 20_000)
    .option('--database <engine>', 'where to store them: the embedded engine, or a private server of the other')
    .action(async (options: Common & Rounds & { zones: number; database?: string }) => {
      const { benchReport, describeReport } = await load()
      const result = await benchReport(options, printToStderr)
      const command = `npx kickstand bench report --database ${result.engine}`
      await finish(options, `report (${result.engine})`, command, result, describeReport(result))
    })

  withCommon(bench.command('readings').description('durable readings of sensors a second, in batches'))
    .option('--zones <count>', 'zones with a sensor', wholeNumber, 20_000)
    .option('--batch <count>', 'readings of a batch, 1,000 at most', wholeNumber, 1000)
    .option('--seconds <count>', 'length of the measurement', wholeNumber, 10)
    .option('--database <engine>', 'where to store them: the embedded engine, or a private server of the other')
    .action(async (options: Common & { zones: number; batch: number; seconds: number; database?: string }) => {
      const { benchReadings, describeReadings } = await load()
      const result = await benchReadings(options, printToStderr)
      const command = `npx kickstand bench readings --database ${result.engine}`
      await finish(options, `readings (${result.engine})`, command, result, describeReadings(result))
    })

  withCommon(withRounds(bench.command('plan').description('CPU of a plan: which zones to try first')))
    .option('--zones <count>', 'zones in the world', wholeNumber, 1_000_000)
    .option('--connections <count>', 'keep-alive connections', wholeNumber, 8)
    .action(async (options: Common & Rounds & { zones: number; connections: number }) => {
      const { benchPlan, describePlan } = await load()
      const result = await benchPlan(options, printToStderr)
      await finish(options, 'plan', `npx kickstand bench plan --zones ${options.zones}`, result, describePlan(result))
    })

  withCommon(
    withRounds(bench.command('peers').description('the nearest zones beside the stores that others build this on')),
  )
    .option('--zones <count>', 'zones in the world', wholeNumber, 1_000_000)
    .option('--connections <count>', 'keep-alive connections', wholeNumber, 8)
    .action(async (options: Common & Rounds & { zones: number; connections: number }) => {
      const { benchPeers, describePeers } = await load()
      const result = await benchPeers(options, printToStderr)
      const command = `npx kickstand bench peers --zones ${options.zones}`
      await finish(options, 'peers', command, result, describePeers(result))
    })

  withCommon(bench.command('board').description('memory and cold start of a server with many zones'))
    .option('--zones <count>', 'zones in the world', wholeNumber, 1_000_000)
    .action(async (options: Common & { zones: number }) => {
      const { benchBoard, describeBoard } = await load()
      const result = await benchBoard(options, printToStderr)
      await finish(
        options,
        'board',
        `npx kickstand bench board --zones ${options.zones}`,
        result,
        describeBoard(result),
      )
    })

  withCommon(
    bench.command('live').description('live streams on one server: how soon a change is on each, memory of each'),
  )
    .option('--streams <count>', 'streams open at once', wholeNumber, 10_000)
    .option('--changes <count>', 'reports a second, each of another zone', wholeNumber, 20)
    .option('--seconds <count>', 'length of each case', wholeNumber, 60)
    .action(async (options: Common & { streams: number; changes: number; seconds: number }) => {
      const { benchLive, describeLive } = await load()
      const result = await benchLive(options, printToStderr)
      const asked = `--streams ${options.streams} --changes ${options.changes} --seconds ${options.seconds}`
      await finish(options, 'live', `npx kickstand bench live ${asked}`, result, describeLive(result))
    })

  withCommon(bench.command('matching').description('time and memory of joining two lists of places'))
    .option('--zones <count>', 'zones in each', wholeNumber, 100_000)
    .action(async (options: Common & { zones: number }) => {
      const { benchMatching, describeMatching } = await load()
      const result = await benchMatching(options.zones, processorMs, printToStderr)
      const command = `npx kickstand bench matching --zones ${options.zones}`
      await finish(options, 'matching', command, result, describeMatching(result))
    })

  withCommon(bench.command('move').description('a move from one engine to the other and back'))
    .option('--zones <count>', 'zones in the world, each with two reports', wholeNumber, 1_000_000)
    .action(async (options: Common & { zones: number }) => {
      const { benchMove, describeMove } = await load()
      const result = await benchMove(options, printToStderr)
      await finish(options, 'move', `npx kickstand bench move --zones ${options.zones}`, result, describeMove(result))
    })

  withCommon(bench.command('availability').description('time and memory of the estimator alone')).action(
    async (options: Common) => {
      const { benchAvailability, describeAvailability } = await load()
      const result = benchAvailability(processorMs, 20)
      const command = 'npx kickstand bench availability'
      await finish(options, 'availability', command, result, describeAvailability(result))
    },
  )
}

function withCommon(command: Command): Command {
  return command
    .option('--json', 'print the figures as JSON')
    .option('--write', 'put the figures into bench/RESULTS.md')
    .option('--profile <folder>', 'write CPU profiles of the servers there (slows them)')
    .option('--worlds <folder>', 'keep the databases there for the next run')
}

function withRounds(command: Command): Command {
  return command
    .option('--rounds <count>', 'times that each is measured, in turn', wholeNumber, 7)
    .option('--seconds <count>', 'length of one measurement', wholeNumber, 4)
}

/** Only when asked for: other commands need not load it. */
async function load(): Promise<typeof import('@kickstand/bench')> {
  return import('@kickstand/bench')
}

async function finish(options: Common, title: string, command: string, result: object, text: string): Promise<void> {
  if (options.json) printJson(result)
  else print(linesOf(text))
  if (!options.write) return
  const { RESULTS_FILE, writeResults } = await load()
  writeResults(title, command, text, new Date())
  printToStderr(`written to ${RESULTS_FILE}`)
}
