import { sql, type Kysely } from 'kysely'

/** Waits until the node has applied whatever the cluster had committed before; on a server that is alone, nothing is waited for. */
export async function awaitCluster<S>(db: Kysely<S>): Promise<void> {
  const { rows } = await sql<{
    Value: string
  }>`show global status where variable_name = 'wsrep_cluster_status'`.execute(db)
  if ((rows[0]?.Value ?? 'Disconnected') === 'Disconnected') return
  // All connections of this process go to one node: what this one has waited for, the others see.
  await sql`set statement wsrep_sync_wait = 1 for select count(*) from information_schema.schemata where 1 = 0`.execute(
    db,
  )
}
