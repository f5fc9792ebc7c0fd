import { promisify } from 'node:util'
import { freePort } from '@kickstand/testkit'
import { expect, it } from 'vitest'
import { parseAddress } from './mariadb-address.ts'
import { isLost } from './mariadb-errors.ts'
import { createNodePool } from './mariadb-pool.ts'

it('when no node responds, all requests for a connection fail', async () => {
  const ports = await Promise.all([1, 2, 3].map(freePort))
  const hosts = ports.map((port) => `127.0.0.1:${port}`).join(',')
  const pool = createNodePool(parseAddress(`mariadb://kickstand@${hosts}/kickstand?pool=4`), false)
  const take = promisify(pool.getConnection.bind(pool))
  // More than the pool has: the queued ones see the pool closed by the first that moves to another node.
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
