import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { allEntries, openDatabase, systemClock, type Database, type ShownEntry } from '@kickstand/backend'
import { forEachEngine, type TestDatabase, type TestEngine } from '@kickstand/testkit/engines'
import type { Command } from 'commander'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { createProgram } from '#program.ts'
import { CHANGES, NO_CHANGES, type Place } from './command-samples.ts'

/** The names of all commands that do something, such as `keys create`; one for each choice of a first argument. */
function namesOf(command: Command, above: string): string[] {
  const inner = command.commands.flatMap((one) => namesOf(one, `${above} ${one.name()}`.trim()))
  const choices = command.registeredArguments.at(0)?.argChoices ?? []
  if (choices.length > 0) return [...choices.map((choice) => `${above} ${choice}`), ...inner]
  const acts = command.registeredArguments.length > 0 || command.commands.length === 0
  return acts && above !== '' ? [above, ...inner] : inner
}

it('every command is known to change something or not', async () => {
  const known = [...Object.keys(CHANGES).map((name) => name.replace(/ \(.*$/, '')), ...Object.keys(NO_CHANGES)]
  const names = namesOf(await createProgram(), '').map((name) => name.replace(/^(bench|eval) .*$/, '$1'))
  expect([...new Set(known)].toSorted()).toEqual([...new Set(names)].toSorted())
})

forEachEngine((engine) => {
  let place: Place
  let database: TestDatabase
  let opened: Database
  beforeAll(async () => {
    database = await engine.open()
    opened = await openDatabase(database.url, systemClock)
    const folder = await mkdtemp(path.join(tmpdir(), 'ks-audited-'))
    place = { folder, url: database.url, db: opened.db, openOther: () => openOther(engine), run }
    for (const stream of [process.stdout, process.stderr]) vi.spyOn(stream, 'write').mockReturnValue(true)
  })
  afterAll(async () => {
    vi.restoreAllMocks()
    for (const other of others.splice(0)) await other.dispose()
    await opened.close()
    await database.dispose()
    await rm(place.folder, { recursive: true })
  })

  const others: TestDatabase[] = []
  async function openOther(kind: TestEngine): Promise<string> {
    const other = await kind.openEmpty()
    others.push(other)
    return other.url
  }

  /** Runs a command in this process. Rejects where the command fails. */
  async function run(args: readonly string[]): Promise<void> {
    const before = { ...process.env }
    Object.assign(process.env, { KICKSTAND_DATABASE_URL: database.url, KICKSTAND_ENV: 'test', KICKSTAND_FEEDS: '' })
    try {
      await (await createProgram(args)).parseAsync(args, { from: 'user' })
      if (process.exitCode !== undefined && process.exitCode !== 0)
        throw new Error(`exit code ${process.exitCode}: ${args.join(' ')}`)
    } finally {
      process.exitCode = undefined
      process.env = before
    }
  }

  async function entriesIn(url: string): Promise<ShownEntry[]> {
    const other = url === database.url ? null : await openDatabase(url, systemClock)
    try {
      const entries: ShownEntry[] = []
      for await (const entry of allEntries((other ?? opened).db)) entries.push(entry)
      return entries
    } finally {
      await other?.close()
    }
  }

  describe('kickstand', () => {
    it.each(Object.keys(CHANGES))(
      '%s writes one audit entry where it changes something, and none where it fails',
      async (name) => {
        const { files = {}, prepare, args, failing, entryIn, action } = CHANGES[name]
        for (const [file, text] of Object.entries(files)) await writeFile(path.join(place.folder, file), text)
        const prepared = (await prepare?.(place)) ?? ''
        const url = entryIn?.(prepared) ?? database.url
        const before = entryIn === undefined ? await entriesIn(url) : []
        await run(args(place, prepared))
        const after = await entriesIn(url)
        const written = after.slice(0, after.length - before.length)
        expect(written.map((entry) => [entry.action, entry.actor.kind])).toEqual([[action, 'command']])
        const again = await entriesIn(url)
        await expect(run(failing(place, prepared))).rejects.toBeInstanceOf(Error)
        expect(await entriesIn(url)).toEqual(again)
      },
      60_000,
    )
  })
})
