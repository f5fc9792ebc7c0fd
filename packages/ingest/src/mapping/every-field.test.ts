import { FIELD_LIST } from '@kickstand/domain'
import { aFactValue } from '@kickstand/testkit'
import { describe, expect, it } from 'vitest'
import { toDegrees } from '#coordinates/crs.ts'
import { parseProfile } from '#profiles/load-profile.ts'
import { mapRow } from './map-row.ts'

const FIELDS = FIELD_LIST.map((field) => [field.name, field] as const)

function mapped(name: string, value: unknown, profile: object = {}) {
  const bare = { id: 'x', name: 'X', licence: 'CC0-1.0', attribution: 'X', trust: 'official', ref: 'id' }
  const fields = { lat: 'lat', lng: 'lng', [name]: 'value' }
  const checked = parseProfile(JSON.stringify({ ...bare, fields, ...profile }), 'x.json')
  const grid = { geometry: toDegrees(null), fields: toDegrees(null) }
  const row = { where: 'line 2', id: null, geometry: null, fields: { lat: 1, lng: 2, id: 'a', value } }
  return mapRow(row, checked, grid)
}

describe('every field', () => {
  it.each(FIELDS)('%s can be mapped by a profile under its name', (name, field) => {
    const value = aFactValue(field)
    const text = typeof value === 'object' ? JSON.stringify(value) : String(value)
    const stated = field.type === 'seconds' ? `${text} seconds` : text
    expect(mapped(name, stated)?.zone?.facts[name]).toEqual(value)
    expect(mapped(name, stated, { trust: 'unverified' })?.zone?.facts[name]).toEqual(
      field.assertedBy === 'operators' ? null : value,
    )
  })

  it.each(FIELDS)('%s can be a default of a profile, unless it differs from zone to zone', (name, field) => {
    const value = aFactValue(field)
    const zone = () => mapped('name', 'X', { defaults: { [name]: value } })?.zone
    if (field.isIndividual === true) expect(zone).toThrow(/defaults/)
    else expect(zone()?.facts[name]).toEqual(value)
  })

  it.each(FIELDS)('%s has a trust of its own in a profile', (name) => {
    expect(() => mapped(name, '', { trust: { default: 'official', [name]: 'unverified' } })).not.toThrow()
  })
})
