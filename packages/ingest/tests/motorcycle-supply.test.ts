import { readContent } from '@kickstand/testkit/read-files'
import { describe, expect, it } from 'vitest'

const asked = { supply: null } as const
const CSV = 'id,name,lat,lng,capacity\n1,North,43.1,7.1,4\n2,South,43.2,7.2,6\n'

describe('a list without a profile', () => {
  it('is rejected where it does not mention motorcycles, with --supply in the message', async () => {
    const rejected = readContent('bays.csv', CSV, asked)
    await expect(rejected).rejects.toMatchObject({ code: 'unreadable-file' })
    await expect(rejected).rejects.toThrow(/does not mention motorcycles.*--supply motorcycle/)
  })

  it.each<[string, string, string | null]>([
    ['its name', 'Motos Gijón.csv', null],
    ['its source’s name', 'bays.csv', 'paris-moto'],
  ])('is imported completely if %s mentions them', async (_what, name, sourceId) => {
    const { zones } = await readContent(name, CSV, { ...asked, sourceId })
    expect(zones).toHaveLength(2)
  })

  it('is imported completely with --supply motorcycle', async () => {
    expect((await readContent('bays.csv', CSV, { supply: 'motorcycle' })).zones).toHaveLength(2)
  })

  it('yields the rows that mention them, and counts the others', async () => {
    const rows = ['type,id,lat,lng', 'Motorrad,1,43.1,7.1', 'PKW,2,43.2,7.2', 'PKW (kein Motorrad),3,43.3,7.3']
    const { zones, leftOut, end } = await readContent('lots.csv', `${rows.join('\n')}\n`, asked)
    expect(zones.map(({ ref }) => ref)).toEqual(['1'])
    expect(leftOut).toHaveLength(2)
    expect(end?.note).toMatch(/2 objects were left out.*--supply motorcycle/)
  })

  it('uses a column of motorcycle spaces, row by row', async () => {
    const rows = ['id,lat,lng,motorcycle_spaces', '1,43.1,7.1,4', '2,43.2,7.2,0', '3,43.3,7.3,no', '4,43.4,7.4,']
    const { zones } = await readContent('lots.csv', `${rows.join('\n')}\n`, asked)
    expect(zones.map(({ ref, facts }) => [ref, facts.capacity])).toEqual([['1', 4]])
  })

  it('writes nothing of a list that it rejects', async () => {
    await expect(readContent('a.json', JSON.stringify([{ id: 1, lat: 43, lng: 7 }]), asked)).rejects.toThrow(/--supply/)
  })
})
