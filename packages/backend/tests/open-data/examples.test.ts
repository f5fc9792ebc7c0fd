import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { everyVehicle } from '@kickstand/domain'
import { forEachEngine } from '@kickstand/testkit/engines'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { useService } from '../support/use-service.ts'

const run = promisify(execFile)
const GUIDE = path.resolve(import.meta.dirname, '../../../../docs/api/open-data.md')

/** The commands in a guide, one per line. */
async function commandsOf(guide: string): Promise<string[]> {
  const text = await readFile(guide, 'utf8')
  return [...text.matchAll(/```sh\n([\s\S]*?)```/g)].flatMap(([, block = '']) => block.trim().split('\n'))
}

const hasCurl = await run('curl', ['--version']).then(
  () => true,
  () => false,
)

forEachEngine((engine) => {
  const at = useService(engine, {
    zones: [{ id: 'marketst1', fee: 'free', covered: true, vehicles: everyVehicle('yes') }],
  })
  let folder = ''
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'ks-examples-'))
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  it.skipIf(!hasCurl)('every command in docs/api/open-data.md works', async () => {
    const commands = await commandsOf(GUIDE)
    expect(commands.length).toBeGreaterThan(9)
    for (const command of commands) {
      const here = command.replaceAll('http://127.0.0.1:4242', at().url)
      const { stdout } = await run('sh', ['-c', here], { cwd: folder })
      if (command.includes('/v1/zones') || command.includes('/items')) {
        const given = command.endsWith('-o zones.csv') ? await readFile(path.join(folder, 'zones.csv'), 'utf8') : stdout
        expect(given, command).toMatch(command.includes('-sfI') ? /etag: W/i : /"changes":\[|marketst1/)
      } else expect(() => JSON.parse(stdout), command).not.toThrow()
    }
  })
})
