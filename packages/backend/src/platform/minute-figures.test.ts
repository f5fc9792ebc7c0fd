import { describe, expect, it } from 'vitest'
import { createMinuteFigures, LATENCY_BOUNDS_MS } from './minute-figures.ts'

describe('the figures of a minute', () => {
  it('count requests by class, with failures apart from rejections, and start again once taken', () => {
    const figures = createMinuteFigures()
    figures.countRequest('nearby', 200, 3)
    figures.countRequest('nearby', 404, 40)
    figures.countRequest('nearby', 503, 5_000)
    figures.countRequest('reports', 201, 12)
    const [nearby, reports] = figures.take()
    expect(nearby).toMatchObject({
      kind: 'requests',
      label: 'nearby',
      count: 3,
      failures: 1,
      rejections: 1,
      max: 5_000,
    })
    expect(nearby?.buckets).toEqual([1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1])
    expect(reports).toMatchObject({ label: 'reports', count: 1, failures: 0, sum: 12 })
    expect(figures.take()).toEqual([])
  })

  it('has a class for every latency, with its upper bound inside', () => {
    const figures = createMinuteFigures()
    for (const bound of LATENCY_BOUNDS_MS) figures.countRequest('all', 200, bound)
    figures.countRequest('all', 200, 3_001)
    expect(figures.take()[0]?.buckets).toEqual(LATENCY_BOUNDS_MS.map(() => 1).concat(1))
  })

  it('keep the last value of a gauge', () => {
    const figures = createMinuteFigures()
    figures.gauge('disk-free-bytes', 10)
    figures.gauge('disk-free-bytes', 7)
    expect(figures.take()).toMatchObject([{ kind: 'gauge', label: 'disk-free-bytes', count: 1, sum: 7, max: 7 }])
  })

  it('stay bounded where something unbounded is counted', () => {
    const figures = createMinuteFigures()
    for (let i = 0; i < 5_000; i += 1) figures.countRun(`job ${i}`, false, 1)
    const taken = figures.take()
    expect(taken.length).toBeLessThanOrEqual(201)
    expect(taken.reduce((sum, { count }) => sum + count, 0)).toBe(5_000)
  })
})
