import { describe, expect, it } from 'vitest'
import { digestOf } from './entry-hash.ts'
import { digestInEntry, personal, separatePersonal } from './personal-values.ts'

function counter(): () => string {
  let n = 0
  return () => `salt${(n += 1)}`
}

describe('a personal value in an entry', () => {
  const object = { name: personal('Anna', 'a1'), role: 'owner', email: personal('anna@example.org', 'a1') }

  it('is replaced by its digest, and its value is returned for the side table', () => {
    const { json, values } = separatePersonal('after', object, counter())
    expect(json).not.toMatch(/anna/i)
    expect(JSON.parse(json ?? '')).toEqual({
      name: { digest: digestOf('Anna', 'salt1') },
      role: 'owner',
      email: { digest: digestOf('anna@example.org', 'salt2') },
    })
    expect(values).toEqual([
      { field: 'after.name', salt: 'salt1', value: 'Anna', subject: 'a1' },
      { field: 'after.email', salt: 'salt2', value: 'anna@example.org', subject: 'a1' },
    ])
  })

  it('is found again by the name of its field', () => {
    const { json } = separatePersonal('after', object, counter())
    const entry = { actor: 'A', reason: null, value_before: null, value_after: json }
    expect(digestInEntry(entry, 'after.email')).toBe(digestOf('anna@example.org', 'salt2'))
    expect(digestInEntry(entry, 'actor')).toBe('A')
    for (const field of ['reason', 'before.email', 'after.role', 'after.nothing'])
      expect(digestInEntry(entry, field), field).toBeUndefined()
  })

  it.each([[null], ['text'], [3], [['a', 'b']], [{ a: { b: null } }]])('leaves %j unchanged', (value) => {
    const { json, values } = separatePersonal('before', value, counter())
    expect(json === null ? null : JSON.parse(json)).toEqual(value)
    expect(values).toEqual([])
  })
})
