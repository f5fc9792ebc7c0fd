import type { ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { Metrics } from '#platform/metrics.ts'
import type { LiveClient } from './subscriptions.ts'
import { toFrames, type Frames } from './frames.ts'
import type { LiveHub } from './live-hub.ts'

const HEARTBEAT_EVERY_MS = 20_000
/** An event and not a comment, because pages cannot see the comments of a stream. */
const HEARTBEAT = toFrames('event: heartbeat\ndata: {}\n\n')
/** Streams are divided into groups, whose heartbeats are spread over the interval. */
const GROUPS = 80
/** Streams end after about ten minutes, so that clients reconnect all the time and not only at a deployment. */
const HEARTBEATS_PER_STREAM = 30
/** Random variation of that, so that clients that connected together do not reconnect together. */
const MAX_HEARTBEATS_JITTER = 3
/** A client with more unread bytes is disconnected. */
const MAX_BUFFERED_BYTES = 256 * 1024
const RETRY = toFrames('retry: 2000\n\n')
/** Drained clients reconnect within this time. */
const MAX_RECONNECT_DELAY_MS = 2_000

type Stream = LiveClient & {
  readonly raw: ServerResponse
  /**
   * The socket to write chunks to; null for a response without chunks (HTTP/1.0) or one that has to wait for its turn.
   */
  readonly socket: Socket | null
  /** At 0 the stream ends; if the client does not read its end before the next heartbeat, it is destroyed. */
  heartbeatsLeft: number
}

/** The open streams of this server. */
export type OpenStreams = {
  count(): number
  /** Streams of one address. */
  countOf(address: string): number
  /** Takes over a response whose headers are written. */
  add(raw: ServerResponse, cells: readonly number[], lastId: number | null, address: string): void
  /** Ends all streams. Asks clients to reconnect at random times, so that other servers can take them over. */
  drain(): void
  stop(): void
}

/**
 * There are thousands of streams, open for minutes: none has a timer of its own, and the bytes of a message are encoded
 * once and written to each socket.
 */
export function createOpenStreams(
  hub: Pick<LiveHub, 'join' | 'leave'>,
  metrics: Metrics,
  random: () => number,
): OpenStreams {
  const groups = Array.from({ length: GROUPS }, () => new Set<Stream>())
  const byAddress = new Map<string, number>()
  let open = 0
  let turn = 0
  const timer = setInterval(() => {
    turn = (turn + 1) % GROUPS
    for (const stream of groups[turn]) sendHeartbeat(stream)
  }, HEARTBEAT_EVERY_MS / GROUPS)

  function write(stream: Stream, frames: Frames): void {
    const { raw, socket } = stream
    const to = socket ?? raw
    to.write(socket === null ? frames.text : frames.chunk)
    if (to.writableLength <= MAX_BUFFERED_BYTES) return
    cutOff(stream)
  }

  function cutOff(stream: Stream): void {
    metrics.liveCut.inc()
    hub.leave(stream)
    stream.raw.destroy()
  }

  function sendHeartbeat(stream: Stream): void {
    stream.heartbeatsLeft -= 1
    if (stream.heartbeatsLeft > 0) write(stream, HEARTBEAT)
    else if (stream.heartbeatsLeft === 0) end(stream)
    else cutOff(stream)
  }

  // Buffered data may still be sent; nothing more is added to it.
  function end(stream: Stream, lastText = ''): void {
    hub.leave(stream)
    stream.heartbeatsLeft = 0
    stream.raw.end(lastText)
  }

  return {
    count: () => open,
    countOf: (address) => byAddress.get(address) ?? 0,
    add(raw, cells, lastId, address) {
      const stream: Stream = {
        cells,
        raw,
        socket: raw.chunkedEncoding ? raw.socket : null,
        heartbeatsLeft: Math.round(HEARTBEATS_PER_STREAM + MAX_HEARTBEATS_JITTER * (2 * random() - 1)),
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
          if (stream.heartbeatsLeft > 0) end(stream, `retry: ${Math.round(MAX_RECONNECT_DELAY_MS * random())}\n\n`)
        }
      }
    },
    stop: () => clearInterval(timer),
  }
}
