import { describe, expect, it } from 'vitest'
import { predecessorFields } from '../import-predecessor/predecessor-fields.ts'
import { readPerson } from './read-person.ts'

const HASH = `$2b$10$${'a'.repeat(53)}`
const read = (fields: Record<string, unknown>) => readPerson(predecessorFields({ where: 'row', fields }, new Set()))

describe('a user of the predecessor', () => {
  it('is read with the columns of a table or the fields of a document', () => {
    const person = {
      ref: '7',
      email: 'ada@example.org',
      name: 'Ada',
      language: 'de',
      wasAdmin: true,
      passwordHash: HASH,
    }
    const row = {
      id: 7,
      email: ' Ada@Example.ORG ',
      display_name: 'Ada',
      locale: 'de-AT',
      is_admin: 1,
      password_hash: HASH,
    }
    expect(read(row)).toEqual(person)
    const document = {
      uid: '7',
      emailAddress: 'ada@example.org',
      fullName: 'Ada',
      lang: 'de',
      role: 'Admin',
      password: HASH,
    }
    expect(read(document)).toEqual(person)
  })

  it('has the first part of the e-mail address as name where there is none that can be seen', () => {
    expect(read({ id: 1, email: 'ada@example.org', name: '\u200b \u202e' })).toMatchObject({ name: 'ada' })
    expect(read({ id: 1, email: 'ada@example.org', name: `A\u200bda ${'x'.repeat(200)}` })).toMatchObject({
      name: `Ada ${'x'.repeat(96)}`,
    })
  })

  it.each([
    ['argon2', '$argon2id$v=19$m=19456,t=2,p=1$abc$def'],
    ['MD5', '5f4dcc3b5aa765d61d8327deb882cf99'],
    ['a bcrypt hash of a high cost', `$2b$31$${'a'.repeat(53)}`],
    ['the bcrypt hash of a faulty implementation', `$2x$10$${'a'.repeat(53)}`],
    ['a truncated bcrypt hash', '$2b$10$secret'],
    ['nothing', null],
  ])('whose password is stored as %s has none here', (_what, password) => {
    expect(read({ id: 1, email: 'ada@example.org', password })).toMatchObject({ passwordHash: null })
  })

  it.each([
    [{ email: 'ada@example.org' }, /no id/],
    [{ id: 'x'.repeat(201), email: 'ada@example.org' }, /too long/],
    [{ id: 1 }, /no valid e-mail/],
    // Cyrillic а
    [{ id: 1, email: 'аda@example.org' }, /no valid e-mail/],
    [{ id: 1, email: 'ada@example.org\nBcc: all@example.org' }, /no valid e-mail/],
    [{ id: 1, email: `${'a'.repeat(300)}@example.org` }, /no valid e-mail/],
    [{ id: 1, email: 'ada@example.org', is_active: 0 }, /switched off/],
    [{ id: 1, email: 'ada@example.org', deleted_at: '2025-01-01 00:00:00' }, /switched off/],
  ])('%j is rejected', (fields, reason) => {
    expect(read(fields)).toEqual({ rejected: expect.stringMatching(reason) })
  })
})
