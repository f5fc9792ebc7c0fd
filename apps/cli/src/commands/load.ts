import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { InvalidArgumentError, Option, type Command } from 'commander'
import { keepEvidence } from '#readiness/keep-evidence.ts'
import { linesOf, print, printJson, printToStderr } from '#output.ts'

type Options = {
  url: string
  profile: 'soak' | 'ramp' | 'steps' | 'spike'
  riders: number
  seconds: number
  visit: number
  steps: number
  seed: number
  at?: { lat: number; lng: number }
  ca?: string
  html?: string
  json?: boolean
  p95: number
  errors: number
  hitRatio?: number
  iOwnThisServer: boolean
  layout?: string
  write?: boolean
}

function nonNegativeNumber(text: string): number {
  const value = Number(text)
  if (text.trim() === '' || !Number.isFinite(value) || value < 0) throw new InvalidArgumentError('expected a number.')
  return value
}

function parsePosition(text: string): { lat: number; lng: number } {
  const [, lat = '', lng = ''] = /^(-?[\d.]+),(-?[\d.]+)$/.exec(text) ?? []
  if (lat === '' || Math.abs(Number(lat)) > 90 || Math.abs(Number(lng)) > 180) {
    throw new InvalidArgumentError('expected degrees such as 37.79,-122.4.')
  }
  return { lat: Number(lat), lng: Number(lng) }
}

function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,6}$/.test(text)) throw new InvalidArgumentError('expected a whole number above 0.')
  return Number(text)
}

/** `kickstand load`: a load test with simulated riders. Exits 1 if a threshold is not met. */
export function loadCommand(program: Command): void {
  program
    .command('load')
    .description(
      'load-test a running service with simulated riders, who open the map, move it, stream, report and plan',
    )
    .requiredOption('--url <address>', 'URL of the service, such as http://127.0.0.1:8080')
    .addOption(
      new Option('--profile <name>', 'load profile: the number of riders over time')
        .choices(['soak', 'ramp', 'steps', 'spike'])
        .default('soak'),
    )
    .option('--riders <count>', 'maximum number of concurrent riders', wholeNumber, 100)
    .option('--seconds <count>', 'duration of the run', wholeNumber, 60)
    .option('--visit <seconds>', 'mean duration of a visit', wholeNumber, 60)
    .option('--steps <count>', 'number of intervals in the report', wholeNumber, 8)
    .option('--at <lat,lng>', 'position of the riders; default: where the map opens', parsePosition)
    .option('--seed <number>', 'seed of the random generator', wholeNumber, 1)
    .option('--ca <file>', 'CA certificate to trust (PEM)')
    .option('--layout <folder>', 'report the CPU time of the layout in this folder (see kickstand topology)')
    .option('--write', 'write the results to bench/RESULTS.md')
    .option('--html <file>', 'write the report to this file as HTML')
    .option('--json', 'print the report as JSON')
    .option('--p95 <ms>', 'threshold for the 95th percentile of response times', nonNegativeNumber, 100)
    .option('--errors <share>', 'threshold for the share of failed requests', nonNegativeNumber, 0)
    .option('--hit-ratio <share>', 'threshold for the cache hit ratio of tiles and static reads', nonNegativeNumber)
    .option('--i-own-this-server', 'confirm that you may load-test a server that is not on this machine', false)
    .action(async (options: Options) => {
      const { describeLoad, judgeLoad, loadPage, RESULTS_FILE, runLoad, targetLines, writeResults } =
        await import('@kickstand/bench')
      const readCpuSeconds = await measureLayout(options.layout)
      const report = await runLoad(
        {
          ...options,
          visitSeconds: options.visit,
          at: options.at ?? null,
          ca: options.ca === undefined ? null : readFileSync(options.ca, 'utf8'),
          ownServer: options.iOwnThisServer,
        },
        printToStderr,
      )
      const cpuSeconds = readCpuSeconds()
      const cpuByPart = Object.entries(cpuSeconds).map(([name, seconds]) => `${name} ${seconds.toFixed(1)} s`)
      const targets = judgeLoad(report, options)
      const cpuText = cpuByPart.length === 0 ? '' : `\nCPU time of the layout: ${cpuByPart.join(', ')}.`
      const text = `${describeLoad(report)}${cpuText}\n\n${targetLines(targets)}`
      if (options.html !== undefined) writeFileSync(options.html, loadPage(report))
      if (options.write) {
        const cacheFlag = options.hitRatio === undefined ? '' : ` --hit-ratio ${options.hitRatio}`
        const flags = `--url … --riders ${report.riders} --seconds ${report.seconds} --profile ${report.profile}${cacheFlag}`
        writeResults(`riders (${report.profile})`, `npx kickstand load ${flags}`, text, new Date())
        printToStderr(`written to ${RESULTS_FILE}`)
        const { riders, seconds, errors, requests, all } = report
        const figures = {
          riders,
          seconds,
          requests,
          errors,
          p95Ms: all.p95,
          missed: targets.filter(({ met }) => !met).length,
        }
        printToStderr(`written to ${keepEvidence({ id: 'load', command: `npx kickstand load ${flags}`, figures })}`)
      }
      const failed = targets.filter(({ met }) => !met).map(({ what, measured }) => `${what}; measured ${measured}`)
      if (options.json) printJson({ ...report, cpuSeconds, failed })
      else print(linesOf(text))
      printToStderr(...failed.map((line) => `missed: ${line}`))
      if (failed.length > 0) process.exitCode = 1
    })
}

/**
 * Starts to measure the CPU time of a layout. The returned function gives the CPU seconds of each part since this call;
 * `{}` without a layout.
 */
async function measureLayout(folder: string | undefined): Promise<() => Record<string, number>> {
  if (folder === undefined) return () => ({})
  const { cpuSecondsOfTree } = await import('@kickstand/bench')
  const { inspect } = await import('@kickstand/ops')
  const parts = await inspect(path.resolve(folder))
  const before = parts.map(({ pid }) => cpuSecondsOfTree(pid))
  return () => Object.fromEntries(parts.map(({ name, pid }, i) => [name, cpuSecondsOfTree(pid) - before[i]]))
}
