import { readFileSync } from 'node:fs'
import { ReportInputSchema } from '@kickstand/contract'
import { fastify } from 'fastify'

// The baseline cost of the framework on this machine, without logs, limits, hooks or work. GET returns a fixed text; POST parses and
// validates a report as the service does and returns a fixed text.

const answer = readFileSync(process.env['BENCH_ANSWER'] ?? '', 'utf8')
const app = fastify()
app.get('/fixed', (_request, reply) => {
  reply.send(answer)
})
app.post('/fixed', { schema: { body: ReportInputSchema } }, (_request, reply) => {
  reply.code(201).send(answer)
})
await app.listen({ host: '127.0.0.1', port: Number(process.env['BENCH_PORT']) })
process.once('SIGTERM', () => process.exit(0))
