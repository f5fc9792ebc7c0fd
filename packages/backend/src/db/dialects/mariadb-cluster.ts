import { sql, type Kysely } from 'kysely'

/**
 * Waits until the node has applied everything that the cluster committed before. Returns at once on a single server.
 */
export async function awaitCluster<S>(db: Kysely<S>): Promise<void> {
  const { rows } = await sql<{
    Value: string
  }>`show global status where variable_name = 'wsrep_cluster_status'`.execute(db)
  if ((rows[0]?.Value ?? 'Disconnected') === 'Disconnected') return
  // All connections of this process use one node, so this wait covers them all.
  await sql`set statement wsrep_sync_wait = 1 for select count(*) from information_schema.schemata where 1 = 0`.execute(
    db,
  )
}
