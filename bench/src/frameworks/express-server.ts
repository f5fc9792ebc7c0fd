import { readFileSync } from 'node:fs'
import { ReportInputSchema } from '@kickstand/contract'
import { Ajv } from 'ajv'
import express from 'express'

// The same two routes as in `fastify-server.ts`, with Express and the validator that Fastify uses.

const answer = readFileSync(process.env['BENCH_ANSWER'] ?? '', 'utf8')
const isReport = new Ajv({ strict: false, validateFormats: false }).compile(ReportInputSchema)
const app = express()
// Fastify adds neither.
app.disable('etag')
app.disable('x-powered-by')
app.get('/fixed', (_request, response) => {
  response.type('text/plain').send(answer)
})
app.post('/fixed', express.json(), (request, response) => {
  if (isReport(request.body)) response.status(201).type('text/plain').send(answer)
  else response.status(400).json(isReport.errors)
})
app.listen(Number(process.env['BENCH_PORT']), '127.0.0.1')
process.once('SIGTERM', () => process.exit(0))
