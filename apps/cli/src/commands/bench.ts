import { InvalidArgumentError, type Command } from 'commander'
import { processorMs } from '#processor-time.ts'
import { linesOf, print, printJson, printToStderr } from '#output.ts'
import { keepEvidence } from '#readiness/keep-evidence.ts'

type Common = { json?: boolean; write?: boolean; profile?: string; worlds?: string }
type Rounds = { rounds: number; seconds: number }

function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,7}$/.test(text)) throw new InvalidArgumentError('expected a whole number above 0.')
  return Number(text)
}

function sizes(text: string): number[] {
  return text.split(',').map(wholeNumber)
}

/** `kickstand bench …`: speed of the service on this machine, compared with the bare framework. Needs Linux. */
export function benchCommand(program: Command): void {
  const bench = program
    .command('bench')
    .description('measure speed and memory on this machine (takes minutes at full load)')

  withCommon(withRounds(bench.command('nearby').description('CPU time and latency of a search for the nearest zones')))
    .option('--zones <sizes>', 'comma-separated numbers of zones, smallest first', sizes, [1000, 100_000, 1_000_000])
    .option('--connections <count>', 'number of keep-alive connections', wholeNumber, 32)
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

  withCommon(withRounds(bench.command('report').description('durable reports per second')))
    .option('--zones <count>', 'number of zones to report on', wholeNumber, 20_000)
    .option('--database <engine>', 'database engine: the embedded one, or the other on a private server')
    .action(async (options: Common & Rounds & { zones: number; database?: string }) => {
      const { benchReport, describeReport } = await load()
      const result = await benchReport(options, printToStderr)
      const command = `npx kickstand bench report --database ${result.engine}`
      await finish(options, `report (${result.engine})`, command, result, describeReport(result))
    })

  withCommon(bench.command('readings').description('durable sensor readings per second, sent in batches'))
    .option('--zones <count>', 'number of zones with a sensor', wholeNumber, 20_000)
    .option('--batch <count>', 'readings per batch, at most 1,000', wholeNumber, 1000)
    .option('--seconds <count>', 'duration of the measurement', wholeNumber, 10)
    .option('--database <engine>', 'database engine: the embedded one, or the other on a private server')
    .action(async (options: Common & { zones: number; batch: number; seconds: number; database?: string }) => {
      const { benchReadings, describeReadings } = await load()
      const result = await benchReadings(options, printToStderr)
      const command = `npx kickstand bench readings --database ${result.engine}`
      await finish(options, `readings (${result.engine})`, command, result, describeReadings(result))
    })

  withCommon(withRounds(bench.command('plan').description('CPU time of a plan (which zones to try first)')))
    .option('--zones <count>', 'number of zones in the database', wholeNumber, 1_000_000)
    .option('--connections <count>', 'number of keep-alive connections', wholeNumber, 8)
    .action(async (options: Common & Rounds & { zones: number; connections: number }) => {
      const { benchPlan, describePlan } = await load()
      const result = await benchPlan(options, printToStderr)
      await finish(options, 'plan', `npx kickstand bench plan --zones ${options.zones}`, result, describePlan(result))
    })

  withCommon(withRounds(bench.command('principal').description('CPU time of finding out who a request speaks for')))
    .option('--connections <count>', 'number of keep-alive connections', wholeNumber, 32)
    .action(async (options: Common & Rounds & { connections: number }) => {
      const { benchPrincipal, describePrincipal } = await load()
      const result = await benchPrincipal(options, printToStderr)
      await finish(options, 'principal', 'npx kickstand bench principal', result, describePrincipal(result))
    })

  withCommon(
    withRounds(bench.command('peers').description('nearest zones, compared with common alternatives for this search')),
  )
    .option('--zones <count>', 'number of zones in the database', wholeNumber, 1_000_000)
    .option('--connections <count>', 'number of keep-alive connections', wholeNumber, 8)
    .action(async (options: Common & Rounds & { zones: number; connections: number }) => {
      const { benchPeers, describePeers } = await load()
      const result = await benchPeers(options, printToStderr)
      const command = `npx kickstand bench peers --zones ${options.zones}`
      await finish(options, 'peers', command, result, describePeers(result))
    })

  withCommon(bench.command('board').description('memory and cold start time of a server with many zones'))
    .option('--zones <count>', 'number of zones in the database', wholeNumber, 1_000_000)
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

  withCommon(bench.command('live').description('live streams on one server: delay of a change and memory per stream'))
    .option('--streams <count>', 'number of open streams', wholeNumber, 10_000)
    .option('--changes <count>', 'reports per second, each on another zone', wholeNumber, 20)
    .option('--seconds <count>', 'duration of each case', wholeNumber, 60)
    .action(async (options: Common & { streams: number; changes: number; seconds: number }) => {
      const { benchLive, describeLive } = await load()
      const result = await benchLive(options, printToStderr)
      const asked = `--streams ${options.streams} --changes ${options.changes} --seconds ${options.seconds}`
      await finish(options, 'live', `npx kickstand bench live ${asked}`, result, describeLive(result))
    })

  withCommon(withRounds(bench.command('frameworks').description('CPU time of Fastify and of Express on equal routes')))
    .option('--connections <count>', 'number of keep-alive connections', wholeNumber, 32)
    .action(async (options: Common & Rounds & { connections: number }) => {
      const { benchFrameworks, describeFrameworks } = await load()
      const result = await benchFrameworks(options, printToStderr)
      await finish(options, 'frameworks', 'npx kickstand bench frameworks', result, describeFrameworks(result))
    })

  withCommon(bench.command('matching').description('time and memory of matching two lists of zones'))
    .option('--zones <count>', 'zones per list', wholeNumber, 100_000)
    .action(async (options: Common & { zones: number }) => {
      const { benchMatching, describeMatching } = await load()
      const result = await benchMatching(options.zones, processorMs, printToStderr)
      const command = `npx kickstand bench matching --zones ${options.zones}`
      await finish(options, 'matching', command, result, describeMatching(result))
    })

  withCommon(bench.command('move').description('speed of a move from one database engine to the other and back'))
    .option('--zones <count>', 'number of zones, each with two reports', wholeNumber, 1_000_000)
    .action(async (options: Common & { zones: number }) => {
      const { benchMove, describeMove } = await load()
      const result = await benchMove(options, printToStderr)
      await finish(options, 'move', `npx kickstand bench move --zones ${options.zones}`, result, describeMove(result))
    })

  withCommon(bench.command('audit').description('audited changes per second on a cluster of three database servers'))
    .option('--writers <count>', 'changes at a time on each node', wholeNumber, 8)
    .option('--seconds <count>', 'duration of the measurement', wholeNumber, 20)
    .action(async (options: Common & { writers: number; seconds: number }) => {
      const { benchAudit, describeAudit } = await load()
      const { writers, seconds } = options
      const result = await benchAudit({ writers, seconds }, printToStderr)
      await finish(options, 'audit', `npx kickstand bench audit --writers ${writers}`, result, describeAudit(result))
    })

  withCommon(bench.command('availability').description('time and memory of the estimator')).action(
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
    .option('--json', 'print the results as JSON')
    .option('--write', 'write the results to bench/RESULTS.md')
    .option('--profile <folder>', 'write CPU profiles of the servers to this folder (slows them down)')
    .option('--worlds <folder>', 'keep the generated databases in this folder for the next run')
}

function withRounds(command: Command): Command {
  return command
    .option('--rounds <count>', 'number of measurements of each case, interleaved', wholeNumber, 7)
    .option('--seconds <count>', 'duration of one measurement', wholeNumber, 4)
}

/** Imported on demand: other commands do not need it. */
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
  const figures = { met: countOf(text, /^\* met: /gm), missed: countOf(text, /^\* \*\*missed\*\*: /gm) }
  const id = `bench-${title.replaceAll(/[^a-z]+/g, '-').replace(/-$/, '')}`
  printToStderr(`written to ${keepEvidence({ id, command, figures })}`)
}

function countOf(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0
}
