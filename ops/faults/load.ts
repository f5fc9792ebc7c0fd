import { setTimeout as sleep } from 'node:timers/promises'
import { paths } from '@kickstand/contract'
import { follow, type Follower } from './follow.ts'
import { sendUntilAnswered, type Answered, type Refused, type Report } from './phones.ts'
import type { Scene } from './scene.ts'
import { createTally, together, type Figures, type Tally } from './tally.ts'

export type LoadOptions = {
  /** Phones that report at once. */
  readonly phones: number
  /** Of all phones together; 0 for as fast as they are answered. */
  readonly reportsASecond: number
  readonly readers: number
  readonly readsASecond: number
  readonly streams: number
}

/** What two busy cores hold beside the layout itself. */
export const USUAL_LOAD: LoadOptions = { phones: 24, reportsASecond: 120, readers: 6, readsASecond: 60, streams: 8 }

/** What phones sent and were told. */
export type Books = {
  /** By the name of the report. */
  readonly answered: ReadonlyMap<string, Answered>
  readonly refused: readonly Refused[]
  /** Sent, and given up without an answer. */
  readonly open: readonly Report[]
}

export type Load = {
  readonly books: Books
  readonly streams: readonly Follower[]
  /** Reports answered 2xx so far. */
  readonly answers: () => number
  /** No phone begins another report; resolves once each has its answer, or has waited `withinMs` for it. */
  readonly finish: (withinMs: number) => Promise<Figures>
  /** Ends readers, and tells how it went with them. */
  readonly endReads: () => Promise<Figures>
  readonly endStreams: () => Promise<void>
}

const READ_WITHIN_MS = 10_000

/** Phones that report, readers and streams at the zones of a scene, until they are ended. */
export function startLoad(scene: Scene, options: LoadOptions): Load {
  const { fronts, zones, cell, lat, lng } = scene
  const answered = new Map<string, Answered>()
  const refused: Refused[] = []
  const open: Report[] = []
  const writes = createTally()
  let sent = 0
  let until = Number.POSITIVE_INFINITY
  let isReading = true

  async function phone(): Promise<void> {
    const pauseMs = options.reportsASecond === 0 ? 0 : (1000 * options.phones) / options.reportsASecond
    // Not all in one moment.
    await sleep(Math.random() * pauseMs)
    while (until === Number.POSITIVE_INFINITY) {
      sent += 1
      const report = { name: `${scene.name}-${sent}`, zoneId: zones[sent % zones.length], count: sent % 40 }
      const told = await sendUntilAnswered(fronts, report, writes, () => until)
      if (told === null) open.push(report)
      else if ('id' in told) answered.set(told.name, told)
      else refused.push(told)
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
    books: { answered, refused, open },
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
