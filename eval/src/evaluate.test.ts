import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { evaluate, type EvaluateOptions } from './evaluate.ts'
import { exactBayes, simulateBay } from './modes/simulated-bay.ts'
import { weekAhead } from './modes/week-ahead.ts'
import { ALL_PARTS } from './methods/kickstand.ts'
import { reliabilityDiagram } from './report/reliability.ts'
import { evaluationTable } from './report/table.ts'
import { run } from './run.ts'
import { scoresOf } from './score/tally.ts'
import { simulateReports } from './simulate.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'kickstand-eval-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const OPTIONS: Omit<EvaluateOptions, 'series'> = {
  trainWeeks: 3,
  reportsPerHour: 0.5,
  noise: 0.1,
  liars: 0.1,
  history: 'crowd',
  sensorEvery: null,
  horizons: [0, 60],
  seeds: 1,
}

/** Two lots that fill by day and empty by night, five weeks. */
async function aSeries(): Promise<string> {
  const rows = ['time,A,B']
  for (let quarter = 0; quarter < 35 * 96; quarter += 1) {
    const hour = (quarter / 4) % 24
    const taken = Math.exp(-(((hour - 13) / 4) ** 2))
    const time = new Date(Date.UTC(2024, 0, 1) + quarter * 900_000).toISOString().slice(0, 16)
    rows.push(`${time},${Math.round(40 - 36 * taken)},${Math.round(200 - 150 * taken)}`)
  }
  const file = path.join(folder, 'days.csv')
  await writeFile(file, rows.join('\n'))
  return file
}

it('scores all methods by name, in the shape of --json', async () => {
  const parts: number[] = []
  const evaluation = await evaluate({ ...OPTIONS, series: await aSeries() }, (done) => parts.push(done))
  expect(evaluation.methods.map(({ name }) => name)).toEqual([
    'kickstand',
    'last-report',
    'decay-to-mean',
    'profile',
    'persistence',
  ])
  expect(Object.keys(evaluation)).toEqual(['file', 'options', 'dropped', 'lots', 'methods'])
  const [now] = evaluation.methods[0].horizons
  expect(Object.keys(now)).toEqual(['minutes', 'n', 'mae', 'brier10', 'brier1', 'crps', 'coverage80', 'width80', 'ece'])
  expect(evaluation.methods.map(({ horizons }) => horizons.map(({ minutes }) => minutes))).toEqual(
    Array.from({ length: 5 }, () => [0, 60]),
  )
  const mae = (name: string): number =>
    evaluation.methods.find((one) => one.name === name)?.horizons[1].mae ?? Number.NaN
  expect(mae('kickstand')).toBeLessThan(0.08)
  expect(mae('kickstand')).toBeLessThan(mae('profile'))
  expect(mae('profile')).toBeLessThan(mae('last-report'))
  expect(parts.at(-1)).toBeGreaterThan(0.9)
  expect(evaluationTable(evaluation)).toContain('2 lots of 40 to 200 spaces')
})

it('is the same each time', async () => {
  const series = await aSeries()
  const [one, two] = [
    await evaluate({ ...OPTIONS, series }, () => {}),
    await evaluate({ ...OPTIONS, series }, () => {}),
  ]
  expect(two).toEqual(one)
})

it('has the given share of liars, who report the opposite extreme', () => {
  const bay = simulateBay(1)
  const crowd = { reportsPerHour: 2, noise: 0.1, liars: 0.3, reporters: 100 }
  const reports = simulateReports(bay.series.lots, crowd, 1)
  const liars = reports.filter(({ reporter }) => reporter < 30)
  expect(liars.length / reports.length).toBeCloseTo(0.3, 1)
  expect(liars.every(({ count }) => count === 0 || count === 12)).toBe(true)
  expect(reports.length / (12 * 168 * 2)).toBeCloseTo(1, 1)
})

it('comes close to exact Bayes with the true rates, on a bay of 12', () => {
  const bay = simulateBay(3)
  const crowd = { reportsPerHour: 0.5, noise: 0.1, liars: 0.1, reporters: 0 }
  const tallies = run(
    bay.series,
    {
      ...OPTIONS,
      trainWeeks: 6,
      crowd,
      horizons: [0],
      baselines: false,
      variants: [{ name: 'kickstand', parts: ALL_PARTS }],
      methods: () => [exactBayes(bay, crowd)],
    },
    () => {},
  )
  const [own, best] = tallies.map(({ horizons }) => scoresOf(horizons[0]).mae)
  expect(own).toBeLessThan(1.25 * best)
  expect(own).toBeGreaterThan(best)
})

it('forecasts a week at once from earlier readings only', () => {
  const { series } = simulateBay(4)
  const from = series.lots[0].minutes[0] + 8 * 10_080
  const { kickstand } = weekAhead(series, from, ALL_PARTS)
  expect(kickstand.n).toBe((7 * 1440) / 5)
  const blind = {
    ...series,
    lots: series.lots.map((lot) => ({ ...lot, occupied: lot.occupied.map((n, i) => (lot.minutes[i] < from ? n : 0)) })),
  }
  expect(weekAhead(blind, from, ALL_PARTS).kickstand.width80).toBe(kickstand.width80)
})

it('draws a disc for each tenth in which there were forecasts', () => {
  const bins = new Float64Array(30)
  bins.set([100, 5, 4], 0)
  bins.set([900, 855, 860], 27)
  const svg = reliabilityDiagram('a town', { n: 1_000, sums: new Float64Array(6), bins })
  expect(svg.match(/<circle /g)).toHaveLength(2)
  expect(svg).toContain('forecast 95 %, happened 96 %, 90 % of forecasts')
})
