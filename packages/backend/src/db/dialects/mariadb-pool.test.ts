import { promisify } from 'node:util'
import { freePort } from '@kickstand/testkit'
import { expect, it } from 'vitest'
import { parseAddress } from './mariadb-address.ts'
import { isLost } from './mariadb-errors.ts'
import { createNodePool } from './mariadb-pool.ts'

it('where no node is there, everybody who waits for a connection is told so', async () => {
  const ports = await Promise.all([1, 2, 3].map(freePort))
  const hosts = ports.map((port) => `127.0.0.1:${port}`).join(',')
  const pool = createNodePool(parseAddress(`mariadb://kickstand@${hosts}/kickstand?pool=4`), false)
  const take = promisify(pool.getConnection.bind(pool))
  // More than the pool has: those in its queue see it closed by the first who moves on.
  const errors = await Promise.all(
    Array.from({ length: 40 }, () =>
      take().then(
        () => null,
        (error: unknown) => error,
      ),
    ),
  )
  await promisify(pool.end.bind(pool))()
  expect(errors.filter((error) => !isLost(error))).toEqual([])
})
