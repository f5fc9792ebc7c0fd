import { expect, it } from 'vitest'
import { readEmail } from './email.ts'

it.each([
  ['anna@example.org', 'anna@example.org'],
  ['  Anna.B+map@EXAMPLE.org ', 'anna.b+map@example.org'],
  ['o’x'.replace('’', "'") + '@sub.example.co', "o'x@sub.example.co"],
  ['a@xn--bcher-kva.example', 'a@xn--bcher-kva.example'],
])('the e-mail address %j is stored as %j', (text, stored) => {
  expect(readEmail(text)).toBe(stored)
})

it.each([
  [''],
  ['anna'],
  ['anna@'],
  ['@example.org'],
  ['anna@example'],
  ['anna@@example.org'],
  ['anna..b@example.org'],
  ['.anna@example.org'],
  ['anna@-example.org'],
  ['anna@example.org\nBcc: all@example.org'],
  ['anna@exam\r\nple.org'],
  // Cyrillic а
  ['аnna@example.org'],
  ['anna@bücher.example'],
  // The Kelvin sign, whose lower case is the ASCII k.
  ['\u212Aadm@example.org'],
  ['anna@\u212Aiel.example'],
  ['"a b"@example.org'],
  [`${'a'.repeat(65)}@example.org`],
  [`a@${'b.'.repeat(150)}org`],
  [`${'x'.repeat(300)}@example.org`],
])('rejects %j', (text) => {
  expect(() => readEmail(text)).toThrow('e-mail address')
})
