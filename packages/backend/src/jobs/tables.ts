/** When each job is due, and its lease. */
export type JobsTable = { name: string; due_at: number; holder: string | null; lease_expires_at: number }

declare module '#db/schema.ts' {
  interface Schema {
    jobs: JobsTable
  }
}
