import { expect, it } from 'vitest'
import { parseAddress } from './mariadb-address.ts'

it('an address has one or several hosts, ports or not, and options with their defaults', () => {
  expect(parseAddress('mariadb://rider:p%40ss@db.example/kickstand')).toMatchObject({
    nodes: [{ host: 'db.example', port: 3306 }],
    user: 'rider',
    password: 'p@ss',
    database: 'kickstand',
    tls: null,
    pool: 10,
    statementMs: 10_000,
  })
  expect(parseAddress('mysql://rider@h1:3307,[::1]:3308,h3/k?pool=4&queue=7&statement-seconds=3')).toMatchObject({
    nodes: [
      { host: 'h1', port: 3307 },
      { host: '::1', port: 3308 },
      { host: 'h3', port: 3306 },
    ],
    pool: 4,
    queue: 7,
    statementMs: 3_000,
  })
})

it('TLS verifies the certificate unless ssl-mode says otherwise', () => {
  const tlsOf = (options: string) => parseAddress(`mariadb://u@db.example/k?${options}`).tls
  expect(tlsOf('ssl-mode=off')).toBeNull()
  expect(tlsOf('ssl-mode=verify-full')).toEqual({ rejectUnauthorized: true, verifyIdentity: true })
  expect(tlsOf('ssl-mode=verify-ca')).toEqual({ rejectUnauthorized: true, verifyIdentity: false })
  expect(tlsOf('ssl-mode=required')).toEqual({ rejectUnauthorized: false })
  expect(tlsOf(`ssl-ca=${import.meta.filename}`)).toMatchObject({ rejectUnauthorized: true, verifyIdentity: true })
})

it.each([
  ['mariadb://u:secret@h', /expected mariadb:\/\/user:password@host:port\/database/],
  ['mariadb://u:secret@h:0/k', /expected host:port, got "h:0"/],
  ['mariadb://u:secret@h:1,,h:2/k', /expected host:port, got ""/],
  ['mariadb://u:sec%ret@h/k', /written as %25/],
  ['mariadb://u:secret@h/k?pol=3', /unknown option pol; known: ssl-mode/],
  ['mariadb://u:secret@h/k?pool=0', /pool must be a whole number from 1 to 500/],
  ['mariadb://u:secret@h/k?ssl-mode=on', /ssl-mode must be one of off, required, verify-ca, verify-full/],
  ['mariadb://u:secret@h/k?ssl-ca=/no/such/file', /ssl-ca, \/no\/such\/file, cannot be read/],
  ['mariadb://u:secret@10.0.0.1/k?ssl-mode=verify-full', /needs the name that is in the certificate/],
])('names the invalid part of %s, and does not show the password', (address, message) => {
  expect(() => parseAddress(address)).toThrow(message)
  expect(() => parseAddress(address)).not.toThrow(/secret/)
})
