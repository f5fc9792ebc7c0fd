import { fileURLToPath } from 'node:url'
import { explainFailure, startService } from '@kickstand/backend'
import { parseConfig, readEnv } from '@kickstand/backend/config'

const root = fileURLToPath(new URL('../../..', import.meta.url))

try {
  const service = await startService(parseConfig(readEnv(root), root), { webRoot: `${root}apps/web/dist` })
  process.stdout.write(await service.welcome())
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      void service.stop().then(() => process.exit(0))
    })
  }
} catch (error) {
  const { line, exitCode } = explainFailure(error)
  process.stderr.write(`kickstand: ${line}\n`)
  process.exitCode = exitCode
}
