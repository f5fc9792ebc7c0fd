import { setTimeout as sleep } from 'node:timers/promises'
import { LiveAvailabilitySchema, paths, type AvailabilityBody } from '@kickstand/contract'
import Value from 'typebox/value'

export type Follower = {
  /** The newest received availability of each zone. */
  readonly figures: ReadonlyMap<string, AvailabilityBody>
  /** Number of opened streams, including the first. */
  readonly opened: () => number
  /** Number of streams that broke instead of ending normally. */
  readonly broken: () => number
  readonly stop: () => Promise<void>
}

/** Follows cells as the page does: reconnects after the `retry` time, with the last event id. */
export function follow(url: string, cells: string): Follower {
  const figures = new Map<string, AvailabilityBody>()
  const abort = new AbortController()
  let lastId = ''
  let retryMs = 2_000
  let opened = 0
  let broken = 0

  function take(frame: string): void {
    const fields = new Map(
      frame.split('\n').map((line): [string, string] => {
        const colon = line.indexOf(':')
        return [line.slice(0, colon), line.slice(colon + 1).trimStart()]
      }),
    )
    lastId = fields.get('id') ?? lastId
    retryMs = Number(fields.get('retry') ?? retryMs)
    if (fields.get('event') !== 'availability') return
    const body = Value.Parse(LiveAvailabilitySchema, JSON.parse(fields.get('data') ?? ''))
    for (const { id, availability } of body.zones) figures.set(id, availability)
  }

  async function readOne(): Promise<void> {
    const headers: Record<string, string> = lastId === '' ? {} : { 'last-event-id': lastId }
    const answer = await fetch(`${url}${paths.live()}?cells=${cells}`, { headers, signal: abort.signal })
    if (!answer.ok) throw new Error(`the stream answered ${answer.status}`)
    opened += 1
    let text = ''
    const decoder = new TextDecoder()
    for await (const chunk of answer.body ?? []) {
      text += decoder.decode(chunk, { stream: true })
      const frames = text.split('\n\n')
      text = frames.pop() ?? ''
      for (const frame of frames) take(frame)
    }
  }

  async function run(): Promise<void> {
    while (!abort.signal.aborted) {
      await readOne().catch(() => {
        if (!abort.signal.aborted) broken += 1
      })
      await sleep(retryMs, null, { signal: abort.signal }).catch(() => null)
    }
  }

  const running = run()
  return {
    figures,
    opened: () => opened,
    broken: () => broken,
    stop: async () => {
      abort.abort()
      await running
    },
  }
}
