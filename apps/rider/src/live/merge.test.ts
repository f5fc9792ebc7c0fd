import { LIVE_MAX_CELLS, type AvailabilityBody } from '@kickstand/contract'
import { describe, expect, it } from 'vitest'
import { LIVE_CELLS } from './follow-figures.ts'
import { parseMessage } from './live-stream.ts'
import { mergeZones, changesById } from './merge.ts'

const few: AvailabilityBody = {
  state: 'few',
  expectedFree: 1,
  freeLow: 0,
  freeHigh: 2,
  chance: 0.6,
  observedAt: '2026-06-01T12:00:00Z',
  ageSeconds: 10,
  source: 'rider',
  reports: 1,
  reportsDisagree: false,
  capacityDoubted: false,
  latest: null,
}
const full: AvailabilityBody = { ...few, state: 'full', expectedFree: 0 }

describe('live figures merged into a list', () => {
  const list = [
    { id: 'a', availability: few },
    { id: 'b', availability: few },
  ]

  it('change only the zones in the message and keep the order', () => {
    const merged = mergeZones(list, changesById({ zones: [{ id: 'b', availability: full }] }))
    expect(merged.map((zone) => [zone.id, zone.availability.state])).toEqual([
      ['a', 'few'],
      ['b', 'full'],
    ])
    expect(merged[0]).toBe(list[0])
  })

  it('return the same list if only the age changed', () => {
    expect(mergeZones(list, changesById({ zones: [{ id: 'a', availability: { ...few, ageSeconds: 99 } }] }))).toBe(list)
    expect(mergeZones(list, changesById({ zones: [{ id: 'x', availability: full }] }))).toBe(list)
  })
})

describe('a message of the stream', () => {
  it('is parsed only if it has the expected shape', () => {
    expect(parseMessage('{"zones":[]}', 'zones')).toEqual({ zones: [] })
    for (const broken of ['', '{', 'null', '[]', '{"zones":1}', '{"ids":[]}', 7])
      expect(parseMessage(broken, 'zones')).toBeNull()
  })

  it('can come for as many cells as the server allows', () => {
    expect(LIVE_CELLS).toBe(LIVE_MAX_CELLS)
  })
})
