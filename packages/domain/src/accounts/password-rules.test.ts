import { describe, expect, it } from 'vitest'
import { DomainError } from '../errors.ts'
import { checkPassword } from './password-rules.ts'

const OWNER = { name: 'Anna-Lena Østergård', email: 'parking.office@example.org' }
const check = (password: string): string => checkPassword(password, OWNER, (text) => text === 'iloveyou1')

describe('a new password', () => {
  it.each([
    ['8 letters', 'vbnqwkzx'],
    ['256 characters of four bytes each', '🏍🛵'.repeat(128)],
    ['words with spaces, without digits or capitals', 'three lanes of white paint'],
    ['any script', 'пароль от стоянки'],
    ['a short word of the name', 'ann4 parks her bike'],
  ])('is accepted with %s', (_what, password) => {
    expect(check(password)).toBe(password.normalize('NFKC'))
  })

  it.each([
    ['7 characters', 'vbnqwkz', 'must have 8 to 256 characters; it has 7'],
    ['7 characters outside of the basic plane', '🏍'.repeat(7), 'it has 7'],
    ['257 characters', 'x'.repeat(257), 'it has 257'],
    ['one character repeated', 'ｘxXxxxxxxxx', 'most common'],
    ['a run of digits', '01234567', 'most common'],
    ['a run of letters downwards', 'HGFEDCBA', 'most common'],
    ['a run of another script', 'абвгдежз', 'most common'],
    ['a common password', 'iloveyou1', 'most common'],
    ['a common password in capitals', 'ILOVEYOU1', 'most common'],
    ['a common password in full-width letters', 'ｉｌｏｖｅｙｏｕ１', 'most common'],
    ['a word of the name', 'xx-ØSTERGÅRD-xx', 'must not contain "østergård"'],
    ['a word of the name with combining marks', 'østerga\u030Ard 123', 'must not contain "østergård"'],
    ['the local part of the e-mail address', 'my Parking.Office!', 'must not contain "parking.office"'],
    ['the name of the product', 'Kickstand2026', 'must not contain "kickstand"'],
  ])('is rejected with %s', (_what, password, message) => {
    expect(() => check(password)).toThrow(message)
    expect(() => check(password)).toThrow(DomainError)
  })

  it('is rejected with the whole e-mail address, however short its local part', () => {
    const owner = { name: 'Ada', email: 'ada@example.org' }
    expect(() => checkPassword('Ada@example.org', owner, () => false)).toThrow('must not contain "ada@example.org"')
  })
})
