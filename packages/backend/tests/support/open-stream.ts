import { setTimeout as delay } from 'node:timers/promises'

export type StreamMessage = { readonly id: string; readonly event: string; readonly data: unknown }

export type OpenStream = {
  readonly answer: Response
  readonly messages: readonly StreamMessage[]
  /** All received `retry` values in milliseconds; the last one applies. */
  retries(): readonly number[]
  /** Waits for a message that `wanted` accepts; earlier ones stay in `messages`. Fails after `withinMs`. */
  next(wanted: (message: StreamMessage) => boolean, withinMs?: number): Promise<StreamMessage>
  /** Resolves once the stream has ended: true if the server ended it, false if it broke. */
  readonly ended: Promise<boolean>
  close(): void
}

/** A client of `text/event-stream`, as a browser reads it. */
export async function openStream(url: string, headers: Record<string, string> = {}): Promise<OpenStream> {
  const abort = new AbortController()
  const answer = await fetch(url, { headers, signal: abort.signal })
  const messages: StreamMessage[] = []
  const retries: number[] = []
  let taken = 0

  function take(frame: string): void {
    const fields = new Map(
      frame.split('\n').map((line): [string, string] => {
        const colon = line.indexOf(':')
        return [line.slice(0, colon), line.slice(colon + 1).trimStart()]
      }),
    )
    const retry = fields.get('retry')
    if (retry !== undefined) retries.push(Number(retry))
    const data = fields.get('data')
    // Heartbeats are skipped: they arrive at any time.
    if (data === undefined || fields.get('event') === 'beat') return
    messages.push({ id: fields.get('id') ?? '', event: fields.get('event') ?? 'message', data: JSON.parse(data) })
  }

  async function read(): Promise<boolean> {
    let text = ''
    const decoder = new TextDecoder()
    try {
      for await (const chunk of answer.body ?? []) {
        text += decoder.decode(chunk, { stream: true })
        const frames = text.split('\n\n')
        text = frames.pop() ?? ''
        for (const frame of frames) take(frame)
      }
      return true
    } catch {
      return false
    }
  }

  return {
    answer,
    messages,
    retries: () => retries,
    async next(wanted, withinMs = 20_000) {
      const deadline = performance.now() + withinMs
      while (performance.now() < deadline) {
        for (; taken < messages.length; taken += 1) {
          const message = messages[taken]
          if (message === undefined || !wanted(message)) continue
          taken += 1
          return message
        }
        await delay(5)
      }
      throw new Error(`no such message within ${withinMs} ms; there were ${JSON.stringify(messages.slice(-5))}`)
    },
    ended: read(),
    close: () => abort.abort(),
  }
}
