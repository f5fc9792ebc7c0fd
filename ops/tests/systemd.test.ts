import { readFileSync } from 'node:fs'
import path from 'node:path'
import { freePort, serviceEnvironment, startManaged } from '@kickstand/testkit'
import { forEachEngine } from '@kickstand/testkit/engines'
import { testSettings } from '@kickstand/testkit/start-service'
import { expect, it } from 'vitest'

const ROOT = path.resolve(import.meta.dirname, '../..')
const UNIT = readFileSync(path.join(ROOT, 'ops/systemd/kickstand@.service'), 'utf8')

forEachEngine((engine) => {
  it('what the systemd unit says starts an app server', async () => {
    const database = await engine.openEmpty()
    const port = await freePort()
    const line = (name: string): string => new RegExp(`^${name}=(.*)$`, 'm').exec(UNIT)?.[1] ?? ''
    const named = line('Environment').replaceAll('%i', String(port)).split(' ')
    const settings = Object.fromEntries(named.map((pair) => pair.split('=', 2)))
    const command = line('ExecStart').replace('/usr/bin/node', process.execPath)
    const server = await startManaged(`cd "$1"; exec ${command}`, [ROOT], {
      env: serviceEnvironment({ ...testSettings(database.url), ...settings }),
    })
    await server.until(async () => expect((await fetch(`http://127.0.0.1:${port}/readyz`)).status).toBe(200), 60_000)
    await server.stop()
    await database.dispose()
  })
})
