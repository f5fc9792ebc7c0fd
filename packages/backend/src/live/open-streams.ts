import type { ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { Metrics } from '#platform/metrics.ts'
import type { LiveClient } from './subscriptions.ts'
import { toFrames, type Frames } from './frames.ts'
import type { LiveHub } from './live-hub.ts'

const BEAT_EVERY_MS = 20_000
/** The heartbeat. It is an event because pages cannot see comments of a stream. */
const BEAT = toFrames('event: beat\ndata: {}\n\n')
/** Streams are visited in turn, so many groups of them between two beats: never all at once. */
const GROUPS = 80
/** Streams end politely after about ten minutes, so that a deploy looks like what happens all day. */
const BEATS = 30
/** By so much sooner or later, so that those who came together do not come back together. */
const BEATS_SPREAD = 3
/** A client that lets so much pile up does not keep up. */
const MAX_BUFFERED = 256 * 1024
const RETRY = toFrames('retry: 2000\n\n')
/** Those that are sent elsewhere come back within this time. */
const ELSEWHERE_MS = 2_000

type Stream = LiveClient & {
  readonly raw: ServerResponse
  /** Where chunks are written as they are; null where the answer is not in chunks (HTTP/1.0) or has to wait for its turn. */
  readonly socket: Socket | null
  /** After so many it ends; where its last words are not taken by the next, it is cut off. */
  beatsLeft: number
}

/** The streams of this server, from their first words to their last. */
export type OpenStreams = {
  count(): number
  /** Those of one address. */
  countOf(address: string): number
  /** Takes over an answer whose head is written. */
  add(raw: ServerResponse, cells: readonly number[], lastId: number | null, address: string): void
  /** Ends all and tells their clients to come back: not all at the same moment, since others take them over. */
  drain(): void
  stop(): void
}

/**
 * A stream is held for minutes and there are thousands: it has no timer of its own, and the bytes of a message are made once
 * and written to each socket as they are.
 */
export function createOpenStreams(hub: LiveHub, metrics: Metrics, random: () => number): OpenStreams {
  const groups = Array.from({ length: GROUPS }, () => new Set<Stream>())
  const byAddress = new Map<string, number>()
  let open = 0
  let turn = 0
  const timer = setInterval(() => {
    turn = (turn + 1) % GROUPS
    for (const stream of groups[turn]) beat(stream)
  }, BEAT_EVERY_MS / GROUPS)

  function write(stream: Stream, frames: Frames): void {
    const { raw, socket } = stream
    const to = socket ?? raw
    to.write(socket === null ? frames.text : frames.chunk)
    if (to.writableLength <= MAX_BUFFERED) return
    cutOff(stream)
  }

  function cutOff(stream: Stream): void {
    metrics.liveCut.inc()
    hub.leave(stream)
    stream.raw.destroy()
  }

  function beat(stream: Stream): void {
    stream.beatsLeft -= 1
    if (stream.beatsLeft > 0) write(stream, BEAT)
    else if (stream.beatsLeft === 0) end(stream)
    else cutOff(stream)
  }

  // What is still to be sent may take its time; nothing more is added to it.
  function end(stream: Stream, lastWords = ''): void {
    hub.leave(stream)
    stream.beatsLeft = 0
    stream.raw.end(lastWords)
  }

  return {
    count: () => open,
    countOf: (address) => byAddress.get(address) ?? 0,
    add(raw, cells, lastId, address) {
      const stream: Stream = {
        cells,
        raw,
        socket: raw.chunkedEncoding ? raw.socket : null,
        beatsLeft: Math.round(BEATS + BEATS_SPREAD * (2 * random() - 1)),
        send(frames) {
          metrics.liveMessages.inc()
          write(stream, frames)
        },
      }
      const group = groups[Math.floor(GROUPS * random())]
      group.add(stream)
      open += 1
      byAddress.set(address, (byAddress.get(address) ?? 0) + 1)
      metrics.liveStreams.set(open)
      raw.once('close', () => {
        group.delete(stream)
        hub.leave(stream)
        open -= 1
        const left = (byAddress.get(address) ?? 1) - 1
        if (left > 0) byAddress.set(address, left)
        else byAddress.delete(address)
        metrics.liveStreams.set(open)
      })
      raw.socket?.cork()
      raw.flushHeaders()
      write(stream, RETRY)
      hub.join(stream, lastId)
      raw.socket?.uncork()
    },
    drain() {
      for (const group of groups) {
        for (const stream of group) {
          if (stream.beatsLeft > 0) end(stream, `retry: ${Math.round(ELSEWHERE_MS * random())}\n\n`)
        }
      }
    },
    stop: () => clearInterval(timer),
  }
}
