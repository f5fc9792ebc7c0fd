import { everyVehicle } from '@kickstand/domain'
import { describe, expect, it } from 'vitest'
import { textsOf } from '#i18n/fixtures.ts'
import { distanceBetween, walkingMinutes } from './distances.ts'
import { bareZone } from './fixtures.ts'
import { directionLinks, factsOf, vehiclesByAnswer } from './zone-facts.ts'
import { zoneTitle } from './zone-title.ts'

const words = await textsOf('en')
describe('facts of a zone', () => {
  it('are all unknown for a zone without data', () => {
    const { known, unknown } = factsOf(bareZone, words)
    expect(known).toEqual([])
    expect(unknown).toContain('covered')
    expect(unknown).toHaveLength(14)
  })

  it('mark an estimated capacity', () => {
    const { known } = factsOf({ ...bareZone, capacity: 9, capacityEstimated: true }, words)
    expect(known).toEqual([{ label: 'Spaces', value: 'about 9 (estimated)' }])
  })

  it('distinguish no from unknown', () => {
    const { known, unknown } = factsOf({ ...bareZone, covered: false, maxStay: 7_200 }, words)
    expect(known).toEqual([
      { label: 'Maximum stay', value: '2 hr' },
      { label: 'Covered', value: 'No' },
    ])
    expect(unknown).not.toContain('covered')
  })

  it('combine the fee and its note', () => {
    expect(factsOf({ ...bareZone, fee: 'paid', feeNote: '1 an hour' }, words).known).toEqual([
      { label: 'Fee', value: 'Paid · 1 an hour' },
    ])
    expect(factsOf({ ...bareZone, feeNote: 'coins only' }, words).known).toEqual([
      { label: 'Fee', value: 'coins only' },
    ])
  })

  it('format hours and surface', async () => {
    const zone = { ...bareZone, openingHours: 'Mo-Fr 18:00-08:00', surface: 'asphalt' } as const
    expect(factsOf(zone, await textsOf('en', 'en-GB')).known).toEqual([
      { label: 'Hours', value: 'Mon–Fri 18:00–08:00' },
      { label: 'Surface', value: 'Asphalt' },
    ])
    expect(factsOf({ ...bareZone, surface: 'fine_gravel' }, words).known).toEqual([
      { label: 'Surface', value: 'Fine gravel' },
    ])
  })

  it('never count an unknown vehicle as allowed', () => {
    const groups = vehiclesByAnswer({ vehicles: { ...everyVehicle('unknown'), scooter: 'yes', sidecar: 'no' } })
    expect(groups).toEqual({ yes: ['scooter'], no: ['sidecar'], unknown: ['moped', 'motorcycle', 'heavy', 'electric'] })
  })

  it('name a zone without a name after its kind', () => {
    expect(zoneTitle({ name: null, kind: 'rack' }, words.t)).toBe('Rack with anchors')
    expect(zoneTitle({ name: null, kind: null }, words.t)).toBe('Motorcycle parking')
  })
})

describe('directions to a zone', () => {
  it('lead to its point, with any characters in its name', () => {
    const links = directionLinks(bareZone, 'A & B (north)')
    expect(links.device).toBe('geo:37.789300,-122.402100?q=37.789300,-122.402100(A%20%26%20B%20(north))')
    expect(links.web).toBe(
      'https://www.openstreetmap.org/directions?to=37.789300%2C-122.402100#map=17/37.789300/-122.402100',
    )
  })

  it('measure distances on the sphere, also across the antimeridian', () => {
    expect(distanceBetween({ lat: 0, lng: 179.999 }, { lat: 0, lng: -179.999 })).toBeCloseTo(222.39, 1)
    expect(distanceBetween({ lat: 90, lng: 0 }, { lat: 90, lng: 120 })).toBeCloseTo(0, 6)
  })

  it('give minutes on foot up to an hour', () => {
    expect(walkingMinutes(0)).toBe(1)
    expect(walkingMinutes(400)).toBe(7)
    expect(walkingMinutes(9_000)).toBeNull()
  })
})
