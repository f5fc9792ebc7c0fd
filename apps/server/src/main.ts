import { fileURLToPath } from 'node:url'
import { serve } from '@kickstand/backend'
import { parseConfig, readEnv } from '@kickstand/backend/config'

const root = fileURLToPath(new URL('../../..', import.meta.url))

await serve(() => parseConfig(readEnv(root), root), root)
