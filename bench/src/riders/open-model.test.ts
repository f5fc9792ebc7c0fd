import { createServer } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import type { Action } from './draw-actions.ts'
import { play } from './play.ts'
import { runLoad } from './run-load.ts'
import { createSender } from './send.ts'
import { createTally } from './tally.ts'

const REQUESTS = 100
const PAUSE = { from: 100, until: 900 }

describe('load', () => {
  it('continues while a server is stalled, and measures from the scheduled time of each request', async () => {
    let began = Number.POSITIVE_INFINITY
    let [open, mostOpen] = [0, 0]
    const server = createServer((request, answer) => {
      open += 1
      mostOpen = Math.max(mostOpen, open)
      const now = performance.now() - began
      setTimeout(
        () => {
          open -= 1
          answer.writeHead(request.url === '/9' ? 503 : 200, { 'x-cache': request.url === '/8' ? 'miss' : 'hit' }).end()
        },
        now >= PAUSE.from && now < PAUSE.until ? PAUSE.until - now : 0,
      )
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    const port = typeof address === 'object' ? address?.port : 0
    const actions = Array.from({ length: REQUESTS }, (_, i): Action => {
      return { at: i / REQUESTS, kind: 'tile', rider: i, path: `/${i % 10}`, body: null, until: 1 }
    })
    const tally = createTally(1, 2)
    began = performance.now()
    const sender = createSender(`http://127.0.0.1:${port}`, null, began, tally)
    await play(actions, began, (action) => sender.send(action))
    await sleep(1_500)
    await sender.finish()
    server.close()
    const result = tally.result()
    // A closed model would have sent one request during the stall. Here seven in ten wait for at least 100 ms of it.
    expect(result.all.p50).toBeGreaterThan(100)
    expect(result.all.p99).toBeGreaterThan(600)
    expect(mostOpen).toBeGreaterThan(20)
    expect([result.all.count, result.errors, result.errorsByReason]).toEqual([90, 10, { 'tile: status 503': 10 }])
    expect(result.steps.map(({ count, errors }) => count + errors)).toEqual([50, 50])
    expect(result.hitRatio).toBeCloseTo(80 / 90)
  })

  it('is rejected for a server that is not one’s own', async () => {
    const options = {
      profile: 'soak',
      riders: 1,
      seconds: 1,
      visitSeconds: 1,
      steps: 1,
      seed: 1,
      at: null,
      ca: null,
    } as const
    for (const url of ['https://example.org', 'http://127.0.0.1.example.org', 'http://10.0.0.1', 'nothing']) {
      const run = runLoad({ ...options, url, ownServer: false }, () => undefined)
      await expect(run).rejects.toThrow(url === 'nothing' ? 'not a URL' : 'i-own-this-server')
    }
  })
})
