import { setTimeout as sleep } from 'node:timers/promises'
import { paths } from '@kickstand/contract'
import { follow, type Follower } from './follow.ts'
import { sendUntilAnswered, type Answered, type Rejected, type Report } from './phones.ts'
import type { Scene } from './scene.ts'
import { createTally, together, type Figures, type Tally } from './tally.ts'

export type LoadOptions = {
  /** Number of phones that report concurrently. */
  readonly phones: number
  /** Reports per second of all phones; 0 for as fast as possible. */
  readonly reportsASecond: number
  readonly readers: number
  readonly readsASecond: number
  readonly streams: number
}

/** As much load as two cores can carry in addition to the layout. */
export const USUAL_LOAD: LoadOptions = { phones: 24, reportsASecond: 120, readers: 6, readsASecond: 60, streams: 8 }

/** The reports that phones sent, by their outcome. */
export type ReportLog = {
  /** By the name of the report. */
  readonly answered: ReadonlyMap<string, Answered>
  readonly rejected: readonly Rejected[]
  /** Reports that were never answered. */
  readonly open: readonly Report[]
}

export type Load = {
  readonly reportLog: ReportLog
  readonly streams: readonly Follower[]
  /** Reports answered 2xx so far. */
  readonly answers: () => number
  /** Stops new reports. Resolves once every phone has its response, or has waited `withinMs` for it. */
  readonly finish: (withinMs: number) => Promise<Figures>
  /** Stops the readers and returns their figures. */
  readonly endReads: () => Promise<Figures>
  readonly endStreams: () => Promise<void>
}

const READ_WITHIN_MS = 10_000

/** Starts phones, readers and streams on the zones of a scene. They run until they are stopped. */
export function startLoad(scene: Scene, options: LoadOptions): Load {
  const { fronts, zones, cell, lat, lng } = scene
  const answered = new Map<string, Answered>()
  const rejected: Rejected[] = []
  const open: Report[] = []
  const writes = createTally()
  let sent = 0
  let until = Number.POSITIVE_INFINITY
  let isReading = true

  async function phone(): Promise<void> {
    const pauseMs = options.reportsASecond === 0 ? 0 : (1000 * options.phones) / options.reportsASecond
    // Spread the phones over time.
    await sleep(Math.random() * pauseMs)
    while (until === Number.POSITIVE_INFINITY) {
      sent += 1
      const report = { name: `${scene.name}-${sent}`, zoneId: zones[sent % zones.length], count: sent % 40 }
      const outcome = await sendUntilAnswered(fronts, report, writes, () => until)
      if (outcome === null) open.push(report)
      else if ('id' in outcome) answered.set(outcome.name, outcome)
      else rejected.push(outcome)
      await sleep(pauseMs)
    }
  }

  async function read(url: string, tally: Tally): Promise<void> {
    try {
      const answer = await fetch(url, { signal: AbortSignal.timeout(READ_WITHIN_MS) })
      await answer.arrayBuffer()
      if (answer.ok) tally.good()
      else tally.bad(String(answer.status))
    } catch {
      tally.bad('no answer')
    }
  }

  const nearby = createTally()
  const zoneReads = createTally()
  async function reader(first: number): Promise<void> {
    const pauseMs = (1000 * options.readers) / options.readsASecond
    for (let n = first; isReading; n += 1) {
      const front = fronts[n % fronts.length]
      await (n % 2 === 0
        ? read(`${front}${paths.nearby()}?lat=${lat}&lng=${lng}`, nearby)
        : read(front + paths.zone(zones[n % zones.length]), zoneReads))
      await sleep(pauseMs)
    }
  }

  const phones = Promise.all(Array.from({ length: options.phones }, phone))
  const readers = Promise.all(Array.from({ length: options.readers }, (_, i) => reader(i)))
  const streams = Array.from({ length: options.streams }, (_, i) => follow(fronts[i % fronts.length], cell))
  return {
    reportLog: { answered, rejected, open },
    streams,
    answers: () => answered.size,
    async finish(withinMs) {
      until = performance.now() + withinMs
      await phones
      return writes.figures()
    },
    async endReads() {
      isReading = false
      const figures = together(nearby.figures(), zoneReads.figures())
      await readers
      return figures
    },
    async endStreams() {
      await Promise.all(streams.map((one) => one.stop()))
    },
  }
}
