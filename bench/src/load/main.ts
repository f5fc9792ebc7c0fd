import { quantile } from '../measure/statistics.ts'
import { runConnection } from './connection.ts'
import type { LoadPlan, LoadRequest, LoadResult } from './plan.ts'

// The load process: it receives a plan from its parent, sends the requests and returns the result. It is a separate process, so that
// its CPU time is not counted as the server's.

function render({ path, body }: LoadRequest): { before: string; after: string } {
  const method = body === null ? 'GET' : 'POST'
  const before = `${method} ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\n`
  if (body === null) return { before, after: '\r\n' }
  const length = Buffer.byteLength(body)
  return { before, after: `Content-Type: application/json\r\nContent-Length: ${length}\r\n\r\n${body}` }
}

async function run(plan: LoadPlan): Promise<LoadResult> {
  const requests = plan.requests.map(render)
  const cookie = plan.cookie === undefined ? '' : `Cookie: ${plan.cookie}\r\n`
  const once = plan.until === 'each-once'
  const started = performance.now()
  const end = plan.until === 'each-once' ? Number.POSITIVE_INFINITY : started + plan.until.ms
  const latencies: number[] = []
  const statuses: Record<string, number> = {}
  const bodies: string[] = []
  let sent = 0
  let bytes = 0
  let failures = 0
  let lastAnswer = started

  async function connection(number: number): Promise<void> {
    const bearer = plan.bearers.length === 0 ? '' : bearerLine(plan.bearers[number % plan.bearers.length])
    // Connections start at different requests, so that they do not send the same one at the same time.
    let index = Math.floor((number * requests.length) / plan.connections)
    let sentAt = 0
    await runConnection(plan.port, plan.keepBodies, {
      next() {
        const now = performance.now()
        if (once ? sent >= requests.length : now >= end) return null
        index = once ? sent : (index + 1) % requests.length
        sent += 1
        const { before, after } = requests[index]
        const key = plan.keyPrefix === null ? '' : `Idempotency-Key: ${plan.keyPrefix}-${sent}\r\n`
        sentAt = performance.now()
        return `${before}${bearer}${cookie}${key}${after}`
      },
      answered({ status, bytes: length, body }) {
        lastAnswer = performance.now()
        latencies.push(lastAnswer - sentAt)
        statuses[status] = (statuses[status] ?? 0) + 1
        bytes += length
        if (body !== null) bodies[index] = body.toString('utf8')
      },
      failed() {
        failures += 1
      },
    })
  }

  await Promise.all(Array.from({ length: plan.connections }, (_, number) => connection(number)))
  const sorted = Float64Array.from(latencies).toSorted()
  return {
    answers: sorted.length,
    statuses,
    failures,
    seconds: (lastAnswer - started) / 1000,
    bytes,
    latency: { p50: quantile(sorted, 0.5), p95: quantile(sorted, 0.95), p99: quantile(sorted, 0.99) },
    bodies,
  }
}

function bearerLine(secret: string): string {
  return `Authorization: Bearer ${secret}\r\n`
}

process.on('message', (plan: LoadPlan) => {
  run(plan).then(
    (result) => process.send?.(result),
    (error: unknown) => {
      process.stderr.write(`${String(error)}\n`)
      process.exit(1)
    },
  )
})
