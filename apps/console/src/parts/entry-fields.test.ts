import { describe, expect, test } from 'vitest'
import { entryFields } from './entry-fields.ts'

const nothing = { kind: 'nothing' }
const text = (value: string) => ({ kind: 'text', text: value })

describe('the fields of an audit entry', () => {
  test('a field of either side is listed once with both values', () => {
    expect(entryFields({ roles: ['admin', 'support'] }, { roles: [], name: 'Ada' })).toEqual([
      { path: ['roles'], before: text('admin, support'), after: nothing },
      { path: ['name'], before: nothing, after: text('Ada') },
    ])
  })

  test('nested objects are opened, also when there was none before', () => {
    expect(
      entryFields({ suspension: null }, { suspension: { since: '2026-11-29T12:00:00.000Z', until: null } }),
    ).toEqual([
      { path: ['suspension', 'since'], before: nothing, after: { kind: 'time', at: '2026-11-29T12:00:00.000Z' } },
      { path: ['suspension', 'until'], before: nothing, after: nothing },
    ])
  })

  test('milliseconds are a time only in fields of a time', () => {
    expect(entryFields(null, { expiresAt: 1_764_000_000_000, sessions: 2 })).toEqual([
      { path: ['expiresAt'], before: nothing, after: { kind: 'time', at: '2025-11-24T16:00:00.000Z' } },
      { path: ['sessions'], before: nothing, after: text('2') },
    ])
  })

  test('an entry without details has no fields; a value that is no object has one', () => {
    expect(entryFields(null, null)).toEqual([])
    expect(entryFields(null, { revoked: true })[0]?.after).toEqual({ kind: 'boolean', isTrue: true })
    expect(entryFields(3, 4)).toEqual([{ path: [], before: text('3'), after: text('4') }])
  })
})
