import { createCall } from '@kickstand/client'
import { deviceKey } from './device-key.ts'
import { storage } from './safe-storage.ts'
import { serverClock } from './server-clock.ts'

/** Calls the server that the page came from. */
export const call = createCall({ baseUrl: '', fetch: (url, init) => fetch(url, init), clock: serverClock })

/** The key of this device. Created by the first request that needs it. */
export const riderKey = (): string => deviceKey(storage)
