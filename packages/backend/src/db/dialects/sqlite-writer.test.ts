import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openFile } from './sqlite-file.ts'
import { createWriter, WriterThreadLost } from './sqlite-writer.ts'

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'kickstand-writer-'))
})
afterEach(async () => {
  await rm(folder, { recursive: true })
})

const batch = (name: string) =>
  ({
    unless: { table: 'secrets', column: 'name', keys: [name] },
    inserts: [{ table: 'secrets', columns: ['name', 'value'], rows: [[name, '']], ignoresDuplicates: false }],
  }) as const

it('a thread that dies fails its batches, and the next batch starts another thread', async () => {
  const file = path.join(folder, 'test.db')
  const writer = createWriter(folder)
  const both = await Promise.allSettled([writer.run(batch('a')), writer.run(batch('b'))])
  expect(both.map((one) => one.status === 'rejected' && one.reason instanceof WriterThreadLost)).toEqual([true, true])
  await expect(writer.run(batch('c'))).rejects.toThrow(WriterThreadLost)
  await writer.close()

  const own = openFile(file)
  own.exec('create table secrets (name primary key, value)')
  const good = createWriter(file)
  expect(await Promise.all([good.run(batch('a')), good.run(batch('a'))])).toEqual([[], [{ name: 'a', value: '' }]])
  await good.close()
  expect(own.prepare('select name from secrets').all()).toEqual([{ name: 'a' }])
  own.close()
})
