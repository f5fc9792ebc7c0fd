import { describe, expect, it } from 'vitest'
import { judgePositions, type PositionSurvey, widenArea } from './judge-positions.ts'

const quiet: PositionSurvey = {
  known: 100,
  moved: 0,
  left: 0,
  displaced: 0,
  zones: 100,
  elsewhere: 0,
  hasCoverage: false,
}

describe('judgePositions', () => {
  it.each<[Partial<PositionSurvey>, RegExp | null]>([
    [{}, null],
    [{ moved: 50 }, null],
    [{ moved: 51 }, /51 of 100 known zones would move by more than 500 m/],
    [{ known: 2, moved: 2 }, null],
    [{ known: 3, moved: 3 }, /3 of 3/],
    [{ moved: 20, left: 20 }, null],
    [{ moved: 21, left: 21 }, /leave the area/],
    [{ displaced: 5 }, null],
    [{ displaced: 6 }, /ids shifted by a row/],
    [{ known: 10, displaced: 2 }, null],
    [{ elsewhere: 50 }, null],
    [{ known: 0, elsewhere: 51 }, /far outside.*--source/],
    [{ known: 0, elsewhere: 100, hasCoverage: true }, null],
  ])('%j', (given, reason) => {
    const fault = judgePositions({ ...quiet, ...given })
    if (reason === null) expect(fault).toBeNull()
    else expect(fault).toMatch(reason)
  })
})

describe('widenArea', () => {
  it('adds 20 km on every side', () => {
    const area = widenArea({ south: 60, north: 60, west: 10, east: 10 })
    expect(area?.south).toBeCloseTo(59.82, 2)
    expect(area?.east).toBeCloseTo(10.36, 2)
    expect(widenArea(null)).toBeNull()
  })
})
