import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { DomainError } from '@kickstand/domain'
import { afterAll, describe, expect, it } from 'vitest'
import { envExample, parseConfig, readEnv, SETTINGS } from './config.ts'

function faults(env: Record<string, string>): string[] {
  try {
    parseConfig(env, '/srv/kickstand')
  } catch (error) {
    if (error instanceof DomainError && error.code === 'invalid-config') return error.message.split('\n')
    throw error
  }
  return []
}

describe('configuration', () => {
  it('takes some roles, and lists the known ones for an unknown one', () => {
    expect([...parseConfig({ KICKSTAND_ROLES: 'jobs, api' }, '/srv').roles]).toEqual(['api', 'jobs'])
    for (const given of ['', 'api,jbos', ',']) {
      expect(faults({ KICKSTAND_ROLES: given })).toEqual([
        `KICKSTAND_ROLES: expected some of web, api, live, jobs, got "${given}".`,
      ])
    }
  })

  it.each([
    ['KICKSTAND_RATE_LIMIT', 'KICKSTAND_LIMIT_REQUESTS_PER_ADDRESS'],
    ['KICKSTAND_REPORT_LIMIT', 'KICKSTAND_LIMIT_REPORTS_PER_ADDRESS'],
    ['KICKSTAND_DEVICE_LIMIT', 'KICKSTAND_LIMIT_REPORTS_PER_RIDER'],
    ['KICKSTAND_FACT_LIMIT', 'KICKSTAND_LIMIT_CONTRIBUTIONS_PER_RIDER'],
    ['KICKSTAND_FEED_LIMIT', 'KICKSTAND_LIMIT_BATCHES_PER_FEED_KEY'],
  ])('gives the new name of %s', (former, now) => {
    expect(faults({ [former]: '5' })).toEqual([`${former} is called ${now} now. Rename it.`])
  })

  it('has a default for everything', () => {
    expect(parseConfig({}, '/srv/kickstand')).toEqual({
      env: 'development',
      host: '127.0.0.1',
      port: 4242,
      publicUrl: '',
      databaseUrl: 'sqlite:/srv/kickstand/var/kickstand.db',
      basemap: '',
      demo: 'auto',
      riderLimit: 30,
      contributionLimit: 20,
      feedLimit: 600,
      signInLimit: 60,
      sessionIdleMinutes: 720,
      sessionDays: 30,
      streamsPerAddress: 256,
      requestSeconds: 15,
      bodyMb: 128,
      bodyMbPerAddress: 32,
      smtpUrl: '',
      mailFrom: 'Kickstand <no-reply@localhost>',
      redisUrl: '',
      feeds: '',
      feedSecrets: {},
      profiles: '/srv/kickstand/feeds',
      metricsPort: 0,
      trustedProxies: [],
      rateLimit: 6000,
      reportLimit: 120,
      drainSeconds: 2,
      roles: new Set(['web', 'api', 'live', 'jobs']),
      logLevel: 'info',
    })
  })

  it.each([
    ['https://parking.example', 'https://parking.example'],
    ['https://parking.example/', 'https://parking.example'],
    ['http://192.168.1.4:4242', 'http://192.168.1.4:4242'],
    ['HTTPS://Parking.Example:443', 'https://parking.example'],
  ])('takes the public address %s', (given, expected) => {
    expect(parseConfig({ KICKSTAND_PUBLIC_URL: given }, '/srv').publicUrl).toBe(expected)
  })

  it.each([
    'parking.example',
    'javascript:alert(1)',
    'ftp://parking.example',
    'https://parking.example/map',
    'https://parking.example?a',
    'https://parking.example/#a',
    'https://user:secret@parking.example',
    'https://',
  ])('rejects the public address %s', (given) => {
    expect(faults({ KICKSTAND_PUBLIC_URL: given })).toEqual([
      `KICKSTAND_PUBLIC_URL: expected an address such as https://parking.example without a path, got "${given}".`,
    ])
  })

  it.each([
    ['sqlite:data/a.db', 'sqlite:/srv/kickstand/data/a.db'],
    ['sqlite:/data/a.db', 'sqlite:/data/a.db'],
    ['sqlite::memory:', 'sqlite::memory:'],
    ['mariadb://u:p@db:3306/k', 'mariadb://u:p@db:3306/k'],
  ])('takes the database %s from the project’s folder', (given, expected) => {
    expect(parseConfig({ KICKSTAND_DATABASE_URL: given }, '/srv/kickstand').databaseUrl).toBe(expected)
  })

  it.each([
    ['../shared/sf.pmtiles', '/srv/shared/sf.pmtiles'],
    ['https://tiles.example/planet.pmtiles', 'https://tiles.example/planet.pmtiles'],
    ['none', 'none'],
  ])('takes the basemap %s from the project’s folder where it is a file', (given, expected) => {
    expect(parseConfig({ KICKSTAND_BASEMAP: given }, '/srv/kickstand').basemap).toBe(expected)
  })

  it('takes addresses and networks of proxies, and rejects anything else', () => {
    const given = ' 10.0.0.0/8, ::1 ,, 2001:db8::/32,192.0.2.7'
    expect(parseConfig({ KICKSTAND_TRUSTED_PROXIES: given }, '/').trustedProxies).toEqual([
      '10.0.0.0/8',
      '::1',
      '2001:db8::/32',
      '192.0.2.7',
    ])
    for (const wrong of ['2', 'true', 'proxy.local', '10.0.0.0/33', '10.0.0.0/8/8', '::1/129', '10.0.0.1/x']) {
      expect(faults({ KICKSTAND_TRUSTED_PROXIES: wrong }), wrong).toHaveLength(1)
    }
  })

  it('reports all errors at once, including unknown settings, and ignores those of the test runner', () => {
    const found = faults({
      KICKSTAND_PORT: '65536',
      KICKSTAND_LOG_LEVEL: 'loud',
      KICKSTAND_SPEED: 'fast',
      KICKSTAND_TEST_REQUIRE_ALL: '1',
      OTHER: 'x',
    })
    expect(found.map((fault) => fault.split(/[ :]/)[0]).toSorted()).toEqual([
      'KICKSTAND_LOG_LEVEL',
      'KICKSTAND_PORT',
      'KICKSTAND_SPEED',
    ])
  })

  it('writes an example that is the defaults when uncommented', () => {
    const lines = envExample().split('\n')
    for (const name of Object.keys(SETTINGS))
      expect(lines.filter((line) => line.startsWith(`#${name}=`))).toHaveLength(1)
    const folder = mkdtempSync(path.join(tmpdir(), 'ks-env-'))
    writeFileSync(path.join(folder, '.env'), envExample().replaceAll(/^#KICKSTAND/gm, 'KICKSTAND'))
    const fromFile = Object.entries(readEnv(folder)).filter(([name]) => Object.hasOwn(SETTINGS, name))
    rmSync(folder, { recursive: true })
    expect(fromFile).toHaveLength(Object.keys(SETTINGS).length)
    expect(parseConfig(Object.fromEntries(fromFile), '/srv')).toEqual(parseConfig({}, '/srv'))
  })

  describe('.env', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'ks-env-'))
    afterAll(() => rmSync(folder, { recursive: true }))

    it('is overridden by the environment, and optional', () => {
      expect(readEnv(folder)['KICKSTAND_X']).toBeUndefined()
      writeFileSync(path.join(folder, '.env'), `KICKSTAND_X=file\nPATH=file\n`)
      expect(readEnv(folder)['KICKSTAND_X']).toBe('file')
      expect(readEnv(folder)['PATH']).toBe(process.env['PATH'])
    })

    it('causes an error if it cannot be read', () => {
      const broken = path.join(folder, 'broken')
      mkdirSync(path.join(broken, '.env'), { recursive: true })
      expect(() => readEnv(broken)).toThrow(/\.env cannot be read/)
    })
  })
})
