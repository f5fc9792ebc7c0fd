import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { loadProfile, parseProfile } from './load-profile.ts'
import { ProfileSchema } from './profile-schema.ts'

const FOLDER = path.resolve(import.meta.dirname, '../../../../feeds')
const GOOD = { id: 'x', name: 'X', licence: 'CC0-1.0', attribution: 'X', trust: 'official' }

describe('profiles', () => {
  it('that come with Kickstand are all valid and named like their files', async () => {
    const names = (await readdir(FOLDER)).filter((file) => file.endsWith('.json') && !file.includes('.schema.'))
    expect(names).toEqual(expect.arrayContaining(['osm.json', 'sf-unmetered.json', 'madrid.json', 'generic.json']))
    for (const name of names) {
      const profile = await loadProfile(name.replace('.json', ''), FOLDER)
      expect(`${profile.id}.json`).toBe(name)
    }
  })

  it('have the same schema for editors as for validation', async () => {
    const schema: unknown = JSON.parse(await readFile(path.join(FOLDER, 'profile.schema.json'), 'utf8'))
    expect(schema).toMatchObject(JSON.parse(JSON.stringify(ProfileSchema)) as object)
  })

  it('that do not exist are rejected with a list of those that do', async () => {
    await expect(loadProfile('nowhere', FOLDER)).rejects.toThrow(/no profile "nowhere".*madrid.*osm/)
    await expect(loadProfile('./nowhere.json', FOLDER)).rejects.toThrow(/Cannot read the profile/)
  })

  it('are read unchanged', () => {
    expect(parseProfile(JSON.stringify(GOOD), 'x.json')).toEqual(GOOD)
  })

  it.each<[object, RegExp]>([
    [{ ...GOOD, licenze: 'x' }, /licenze/],
    [{ ...GOOD, fields: { capasity: 'n' } }, /\/fields.*capasity/],
    [{ ...GOOD, trust: 'some' }, /\/trust/],
    [{ ...GOOD, id: 'No Good' }, /\/id/],
    [{ ...GOOD, crs: 'EPSG:99999' }, /EPSG:99999/],
    [{ ...GOOD, filter: [{ field: 'a', matches: '(' }] }, /not usable/],
    [{ ...GOOD, timeZone: 'Mars/Base' }, /not usable.*Mars/],
    [{ ...GOOD, trust: { fee: 'official' } }, /\/trust/],
    [{ ...GOOD, trust: { default: 'official', fees: 'official' } }, /fees/],
    [{ id: 'x' }, /required/],
    [{ ...GOOD, static: { address: 'ftp://x.test/' } }, /\/static address "ftp.*neither/],
    [{ ...GOOD, live: { address: 'https://me:secret@x.test/' } }, /\/live address of x.test contains a user name/],
    [{ ...GOOD, live: { address: 'https://x.test/', every: '5 fortnights' } }, /\/live\/every/],
    [{ ...GOOD, live: { address: 'https://x.test/', every: '5 minutes', daily: '04:00' } }, /both "every" and "daily"/],
    [{ ...GOOD, live: { every: '5 minutes' } }, /no "address"/],
    [{ ...GOOD, static: { address: 'https://x.test/{page}' } }, /no "pages"/],
    [{ ...GOOD, static: { address: 'https://x.test/', pages: { most: 3 } } }, /one address with \{page\}/],
    [{ ...GOOD, static: { address: 'https://x.test/', headers: { authorization: 'Bearer abc' } } }, /headers/],
    [{ ...GOOD, static: { address: 'https://x.test/', headers: { host: 'FEED_X' } } }, /header "host" cannot be set/],
  ])('like %j are rejected with the reason', (profile, message) => {
    expect(() => parseProfile(JSON.stringify(profile), 'x.json')).toThrow(message)
  })

  it('that are not JSON are rejected', () => {
    expect(() => parseProfile('{', 'x.json')).toThrow(/not valid JSON/)
  })
})
