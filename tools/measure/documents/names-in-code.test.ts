import { expect, it } from 'vitest'
import { jobNames, metricNames } from './names-in-code.ts'

const inFile = (text: string) => new Map([['a.ts', text]])

it('finds metrics, but no other names with the same beginning', () => {
  const metrics =
    "import { Gauge } from 'prom-client'\nnew Gauge({ name: 'kickstand_zones' })\nadd('kickstand_feeds', 'Feeds.')"
  expect(metricNames(inFile(metrics))).toEqual(['kickstand_feeds', 'kickstand_zones'])
  expect(metricNames(inFile("const COOKIE = 'kickstand_session'"))).toEqual([])
})

it('finds jobs on one line and on several, and with names of configured parts', () => {
  const jobs =
    "{ name: 'tail', runsOn: 'every-server' }\n{\n  name: `feed:${id}:${channel}`,\n  runsOn: 'one-server',\n}"
  expect(jobNames(inFile(jobs))).toEqual(['feed:ID:CHANNEL', 'tail'])
})

it('rejects a job whose name cannot be read', () => {
  expect(() => jobNames(inFile("{ name: NAME, runsOn: 'one-server' }"))).toThrow(/a\.ts: expected a job/)
})
