import { describe, expect, it } from 'vitest'
import { createUnreadRows, SIGNS, type UnreadRows } from './unread-rows.ts'

function rows(...texts: string[]): UnreadRows {
  const unread = createUnreadRows()
  for (const text of texts) unread.add(text)
  return unread
}

const claims = (unread: UnreadRows, ref: string, facts: Parameters<UnreadRows['claim']>[2]): boolean =>
  SIGNS.some((sign) => unread.claim(sign, ref, facts))

describe('unreadable rows', () => {
  it.each([
    ['its reference', 'b3";"Street";x', 'b3', {}],
    ['a reference with signs in it', '{"@id": "way/12", capacity: NaN}', 'way/12', {}],
    ['its place', '{"lat": 48.740001, "lon": 9.30900}', 'x', { lat: 48.740001, lng: 9.309 }],
    ['its place with decimal commas', 'a;48,74;9,309;"', 'x', { lat: 48.74, lng: 9.309 }],
    ['its name', '"id: ?, Mill Street 5', 'x', { name: 'Mill street 5' }],
  ])('match an entry by %s, once', (_sign, text, ref, facts) => {
    const unread = rows('nothing of use 1 2 3', text)
    expect(claims(unread, ref, facts)).toBe(true)
    expect(claims(unread, ref, facts)).toBe(false)
    expect(unread.left()).toBe(1)
  })

  it('match no entry whose words they do not contain', () => {
    const unread = rows('b31 48.74 Mill Street 7', '')
    expect(claims(unread, '7', {})).toBe(false)
    expect(claims(unread, 'b3', { lat: 48.74, lng: 9.3, name: 'Mill Street 5' })).toBe(false)
    expect(unread.left()).toBe(2)
  })
})
